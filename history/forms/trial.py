"""The whole form of a trial: all its parts together, and the question they make."""

from collections.abc import Iterable
from typing import Any

from django.http import QueryDict

from core.forms import ViForm
from history.forms.what_if import (
    LISTS,
    MOST,
    AskedForm,
    CollectiveForm,
    KnownForm,
    PersonForm,
    Plain,
    RatingsForm,
    Rows,
    rows_of,
    this_year,
)
from rulebook.engine import Override
from rulebook.facts import Collective, Individual


class Trial:
    """Everything typed about one subject; unbound it offers what `known` holds."""

    def __init__(
        self, subject: str, data: QueryDict | None = None, *, asked: Plain, known: Individual | Collective | None = None
    ) -> None:
        self.subject = subject
        year = _year(data.get("year") if data else asked.get("year"), this_year())
        plain = offered(known, year) if known else {}
        own = PersonForm if subject == "individual" else CollectiveForm
        self.asked = AskedForm(data, subject=subject, initial=asked)
        self.own: PersonForm | CollectiveForm = own(data, initial=plain)
        self.ratings = RatingsForm(data, year=year, initial=plain.get("ratings", {}))
        complete = {name: known is None or getattr(known, name) is not None for name in self.names}
        self.known = KnownForm(data, prefix="known", subject=subject, initial=complete)
        self.lists: dict[str, Rows] = {
            name: rows_of(name)(data, prefix=name, initial=plain.get(name, [])) for name in self.names
        }

    @property
    def names(self) -> list[str]:
        """The lists that speak of such a subject."""
        return [name for name, (_, _, subjects) in LISTS.items() if self.subject in subjects]

    @property
    def sections(self) -> Iterable[tuple[str, str, Any, Rows]]:
        """Each list with its name, heading and the box “complete”."""
        return [(name, LISTS[name][0], self.known[name], self.lists[name]) for name in self.names]

    @property
    def forms(self) -> list[ViForm]:
        """Every form, rows included."""
        return [self.asked, self.own, self.ratings, self.known, *(row for rows in self.lists.values() for row in rows)]

    def is_valid(self) -> bool:
        """Is everything readable?"""
        return all([*(form.is_valid() for form in self.forms[:4]), *(rows.is_valid() for rows in self.lists.values())])

    def errors(self) -> list[tuple[str, str]]:
        """Every fault as a sentence with the id of its field."""
        found = [
            (str(text), form[name].auto_id if name in form.fields else "")
            for form in self.forms
            for name, texts in form.errors.items()
            for text in texts
        ]
        return found + [(str(text), "") for rows in self.lists.values() for text in rows.non_form_errors()]

    def question(self, overrides: Iterable[Override] = ()) -> Plain:
        """The question as `manage.py ask` reads it."""
        asked = self.asked.cleaned_data
        facts = {**self.own.facts(), "ratings": self.ratings.facts()}
        for name, rows in self.lists.items():
            entries = rows.facts()
            if entries or self.known.cleaned_data[name]:
                facts[name] = entries
        return {
            "id": "thu", "kind": "eligibility", "award": asked["award"], "subject": self.subject, "type": asked["type"],
            "year": asked["year"], "governing_day": asked["governing_day"].isoformat(), self.subject: facts,
            **laid_over(overrides),
        }  # fmt: skip


def laid_over(overrides: Iterable[Override]) -> Plain:
    """What a question says of the values laid over the book; nothing where there are none."""
    found = [_plain_override(one) for one in overrides]
    return {"overrides": found} if found else {}


def _plain_override(one: Override) -> Plain:
    days = {"from": one.start.isoformat(), **({"to": one.end.isoformat()} if one.end else {})}
    cite = [item.as_dict() for item in one.cite]
    return {
        "parameter": one.parameter, **days, "value": one.content, "cite": cite, "by": one.by, "status": one.status
    }  # fmt: skip


def with_another_row(data: QueryDict, name: str) -> QueryDict:
    """What was typed, with one more empty row in the list `name`."""
    more = data.copy()
    typed = str(data.get(f"{name}-TOTAL_FORMS", ""))
    total = int(typed) if typed.isdecimal() and len(typed) < 4 else 0
    more[f"{name}-TOTAL_FORMS"] = str(min(total + 1, MOST))
    return more


def offered(known: Individual | Collective, year: int) -> Plain:
    """Facts of the register as the forms show them; `year` is the one considered."""
    plain: Plain = {"ratings": {f"rating_{year}": rating for year, rating in (known.ratings or {}).items()}}
    if isinstance(known, Individual):
        raised = {None: "", True: "co", False: "khong"}[known.raised_retirement_age]
        plain |= {"sex": known.sex, "category": known.category, "joined_on": known.joined_on}
        plain["raised_retirement_age"] = raised
        plain["initiatives"] = [
            {
                "code": one.code,
                "level": one.level,
                "recognised_on": one.recognised_on,
                "used_for": next(iter(one.used_for or ()), ""),
            }
            for one in known.initiatives or ()
        ]
        for name in ("discipline", "absences", "postings"):
            plain[name] = [vars(entry) for entry in getattr(known, name) or ()]
    else:
        if known.rating:
            plain["ratings"][f"rating_{year}"] = known.rating
        words = {None: "", True: "co", False: "khong"}
        plain |= {"founded_on": known.founded_on, **vars(known.members)}
        plain |= {"leads_cluster": words[known.leads_cluster], "flag_eligible": words[known.flag_eligible]}
    plain["grants"] = [{**vars(grant), "state": grant.state or "in_force"} for grant in known.grants or ()]
    plain["pending"] = [vars(entry) for entry in known.pending or ()]
    return plain


def _year(text: Any, default: int) -> int:
    """A year the form can offer ratings for; else the default."""
    found = str(text or "").strip()
    return int(found) if found.isdecimal() and len(found) == 4 and 1955 <= int(found) <= 2200 else default
