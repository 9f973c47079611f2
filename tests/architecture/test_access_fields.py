"""A form changes what it shows and nothing else, whatever else is sent along."""

from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

import pytest
from django.db import models
from django.urls import reverse

from awards.models import Remark, Submission
from tests.architecture.access_asking import Asker
from tests.architecture.access_table import FOREIGN, OWN
from tests.architecture.access_world import World, undone

pytestmark = [pytest.mark.django_db, pytest.mark.only("postgresql")]

_PLAIN = {"version"}
_CAMPAIGN = set(
    "title theme directive_number directive_on directive_title directive_text year starts_on ends_on kind "  # noqa: SIM905
    "registration_opens_on registration_closes_on nomination_closes_on sort_key search_key".split()
)
_DECISION = set(
    "title place legal_bases articles sent_to authority_form authority_post signer signer_post signer_name "  # noqa: SIM905
    "sort_key search_key issuer_name issuer_above".split()
)
_LINE = {"type", "achievement_from", "achievement_to", "achievement", "explanation", "updated_at"}
_WORDS_OF_A_DECISION = {"title": "Trích yếu mới", "legal_bases": "Căn cứ Luật", "articles": "Tặng Giấy khen",
                        "sent_to": "Như Điều 3", "signer": ""}  # fmt: skip
#: Who opens which page of what, what is typed anew, and the columns that may change besides the version.
FORMS = [
    ("unit_clerk", "awards:submission_edit", "draft", {"title": "Trích yếu mới"}, {"title", "number", "dated"}),
    ("unit_clerk", "awards:line_edit", "draft line", {"achievement": "Thành tích mới"}, _LINE),
    ("office", "campaigns:campaign_edit", "campaign draft", {"title": "Tên mới"}, _CAMPAIGN),
    ("office", "campaigns:campaign_extend", "campaign to manage",
     {"registration_closes_on": "28/02/2027", "reason": "Gia hạn"}, {"registration_closes_on", "nomination_closes_on"}),
    ("unit_clerk", "campaigns:registration_targets", "registration", {"ct-0-text": "Chỉ tiêu mới"}, {"updated_at"}),
    ("council_secretary", "council:session_edit", "session draft", {"title": "Phiên mới"},
     {"title", "held_at", "due_at", "place"}),
    ("council_secretary", "council:session_cancel", "session locked", {"reason": "Hoãn"}, {"state", "cancel_reason"}),
    ("office", "decisions:decision_edit", "decision draft", _WORDS_OF_A_DECISION, _DECISION),
    ("office", "awards:notice", "notice", {"summary": "Đã nghe"}, {"closed_by", "closed_at", "summary"}),
    ("admin", "units:role_end", "assignment", {"last_day": "01/01/2026", "reason": "Thôi"}, {"valid_to"}),
    ("office_lead", "awards:nomination_override", "line", {"reason": "Có căn cứ"},
     {"override_by", "override_reason", "updated_at"}),
]  # fmt: skip


class Fields(HTMLParser):
    """The names and values a browser would send for the form that posts to a page."""

    def __init__(self) -> None:
        super().__init__()
        self.sent: dict[str, Any] = {}
        self.area = self.choice = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name, value = given.get("name") or "", given.get("value") or ""
        if tag == "input" and name and given.get("type") not in {"checkbox", "radio", "file", "search", "submit"}:
            self.sent[name] = value
        elif tag == "input" and name and "checked" in given:
            self.sent.setdefault(name, []).append(value or "on")
        elif tag == "textarea":
            self.area = name
            self.sent[name] = ""
        elif tag == "select":
            self.choice = name
        elif tag == "option" and self.choice and ("selected" in given or self.choice not in self.sent):
            self.sent[self.choice] = value

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.area = ""
        elif tag == "select":
            self.choice = ""

    def handle_data(self, data: str) -> None:
        if self.area:
            self.sent[self.area] += data


def smuggled(subject: models.Model, world: World, known: set[str]) -> Iterator[tuple[str, Any]]:
    """A value for every column of the row that the form does not show, and the usual suspects."""
    foreign = {
        "accounts.user": world.users["without role"].pk, "units.unit": world.units[FOREIGN].pk,
        "units.person": world.subjects["person", FOREIGN].pk,
        "campaigns.campaign": world.subjects["campaign", FOREIGN].pk,
    }  # fmt: skip
    for column in subject._meta.fields:
        if column.is_relation:
            key = foreign.get(column.related_model._meta.label_lower, 1)
            yield column.name, key
            yield column.attname, key
        elif column.name not in known:
            yield column.name, _other(column, subject)
    yield from {
        "id": 1,
        "pk": 1,
        "_state": "x",
        "is_staff": "1",
        "is_superuser": "1",
        "by": 1,
        "at": "01/01/2020",
    }.items()


def _other(column: models.Field, subject: models.Model) -> Any:
    if column.choices:
        return next((code for code, _ in column.flatchoices if code != getattr(subject, column.name)), "")
    if isinstance(column, models.DateTimeField):
        return "08:00 01/01/2020"
    if isinstance(column, models.DateField):
        return "01/01/2020"
    return 99 if isinstance(column, models.IntegerField) else "Lén vào"


@pytest.mark.parametrize(("who", "name", "kind", "typed", "columns"), FORMS, ids=[form[1] for form in FORMS])
def test_a_form_changes_only_its_own_fields(world: World, asker: Asker, who, name, kind, typed, columns):
    subject, address = world.subjects[kind, OWN], reverse(name, kwargs=world.addresses[kind, OWN])
    page = Fields()
    page.feed(asker.ask(who, address).text)
    sent = {**page.sent, **typed}
    if "signer" in sent:
        sent["signer"] = world.users["signer"].pk
    extra = dict(smuggled(subject, world, set(sent)))
    with undone():
        before = _row(subject)
        answer = asker.ask(who, address, "POST", {**extra, **sent})
        after = _row(subject)
    assert answer.status == 302, answer.text[-3000:]
    changed = {column for column in before if before[column] != after[column]}
    assert changed, "nothing was saved"
    assert changed <= columns | _PLAIN
    assert not {"Lén vào", 99} & {value for column, value in after.items() if column in changed and value.__hash__}


def test_a_new_remark_is_by_whoever_is_signed_in_and_from_where_the_line_lies(world: World, asker: Asker):
    line, other = world.subjects["line", OWN], world.users["without role"]
    extra = {"by": other.pk, "by_id": other.pk, "unit": world.units[FOREIGN].pk, "at": "01/01/2020", "nomination": 1}
    asker.ask("unit_clerk", reverse("awards:remark", args=[line.pk]), "POST", {"text": "Lời mới", **extra})
    made = Remark.objects.latest("pk")
    assert (made.text, made.by, made.unit, made.nomination) == (
        "Lời mới",
        world.users["unit_clerk"],
        line.held_by,
        line,
    )


def test_a_new_submission_begins_as_a_draft_of_ones_own(world: World, asker: Asker):
    campaign, unit = world.subjects["campaign", OWN], world.units[OWN]
    typed = {"campaign": campaign.pk, "unit": unit.pk, "level": "sector", "title": "Tờ trình mới"}
    extra = {
        "sent_at": "01/01/2020",
        "receipt_code": "TT-GIA",
        "sent_by": 1,
        "created_by": 1,
        "state": "decided",
        "id": 1,
    }
    page = Fields()
    page.feed(asker.ask("unit_clerk", reverse("awards:submission_new")).text)
    answer = asker.ask("unit_clerk", reverse("awards:submission_new"), "POST", {**extra, **page.sent, **typed})
    assert answer.status == 302, answer.text[-2000:]
    made = Submission.objects.latest("pk")
    assert (made.title, made.unit, made.created_by) == ("Tờ trình mới", unit, world.users["unit_clerk"])
    assert (made.sent_at, made.sent_by, made.receipt_code) == (None, None, "")


def _row(subject: models.Model) -> dict[str, Any]:
    names = [column.name for column in subject._meta.fields]
    return type(subject)._default_manager.filter(pk=subject.pk).values(*names).get()
