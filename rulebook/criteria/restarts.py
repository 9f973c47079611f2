"""From which year a run of years may be counted: the award it follows, joining, discipline, earlier awards."""

from __future__ import annotations

from dataclasses import dataclass

from rulebook.criteria.case import Case
from rulebook.criteria.grants import basis
from rulebook.facts import Grant
from rulebook.values import Value


@dataclass(frozen=True)
class Restart:
    """The first year that may count, and why.

    ``never``: the run cannot have begun, for the award it follows was not given.
    ``open_question``: what must be known before the run can be called long enough; empty where nothing.
    ``commended``: the previous state commendation where the law counts from it.
    """

    first_year: int | None = None
    says: str = ""
    never: bool = False
    open_question: str = ""
    confirmed: bool = True
    commended: Grant | None = None
    rule: Value | None = None


def restart_of(case: Case, after: tuple[str, ...] | None, within: tuple[str, ...] = ()) -> Restart:
    """The latest of: joining, the award the run follows, the previous state commendation, the end of a sanction.

    ``within``: awards the run itself must hold; received in the run they do not begin it anew.
    """
    joined = case.person.joined_on
    floors = [joined.year] if joined else []
    question = ""
    commended, rule, plain = _previous_commendation(case, within)
    if after:
        start, sure = _granted(case, after)
        if start is None and sure:
            return Restart(says=f"Chưa được tặng {case.names(after)} nên chưa có mốc để tính", never=True)
        floors += [start + 1] if start else []
        question = "" if sure else f"Chưa xác định được năm được tặng {case.names(after)}"
    if commended is not None:
        floors.append(commended.year + 1)
    floor, says, sanction_question, confirmed = _after_sanction(case)
    floors += [floor] if floor else []
    return Restart(
        first_year=max(floors, default=None),
        says=says,
        open_question=sanction_question or question,
        confirmed=confirmed and plain,
        commended=commended,
        rule=rule,
    )


def _granted(case: Case, awards: tuple[str, ...]) -> tuple[int | None, bool]:
    """The first year in which one of the awards was given, None where in none; and whether that is sure."""
    if case.grants is None:
        return None, False
    own = [grant for grant in case.grants if grant.award in awards]
    sure = [grant.year for grant in own if basis(case, grant) is True]
    perhaps = [grant.year for grant in own if basis(case, grant) is None]
    if sure:
        return min(sure), True
    return (min(perhaps), False) if perhaps else (None, True)


def _previous_commendation(case: Case, within: tuple[str, ...]) -> tuple[Grant | None, Value | None, bool]:
    """The latest state-level form held, for a state-level form (NĐ 152 art 33(7)); and whether that is plain.

    The law's own sets count a Prime Minister's certificate inside the run: taken as a new beginning it could
    never be counted. The reading that it is none is a dated value of the book.
    """
    rule = case.asking.find("readings.state_runs_count_from_previous_commendation")
    if rule is None or rule.content is not True or not _is_state_form(case, case.award):
        return None, None, True
    latest = case.once(("commended",), _latest_commendation)
    reading = case.asking.find("readings.awards_within_a_run_do_not_restart_it")
    if latest is None or latest.award not in within or reading is None or reading.content is not True:
        return latest, rule, True
    return _latest_commendation(case, within), rule, reading.confirmed


def _latest_commendation(case: Case, without: tuple[str, ...] = ()) -> Grant | None:
    own = [g for g in case.grants or () if _is_state_form(case, g.award) and basis(case, g) is True]
    earlier = [grant for grant in own if grant.year < case.year and grant.award not in without]
    return max(earlier, key=lambda grant: grant.year, default=None)


def _is_state_form(case: Case, award: str) -> bool:
    return case.is_form(award) and case.book.awards[award]["level"] == "state"


def _after_sanction(case: Case) -> tuple[int | None, str, str, bool]:
    """First full year after a sanction, a sentence, what is open, whether the rule is confirmed (C-8)."""
    rule = case.asking.find("readings.discipline_restarts_year_runs")
    if rule is None or rule.content is not True or case.subject == "collective" or not case.is_form(case.award):
        return None, "", "", True
    if case.person.discipline is None:
        return None, "", "Chưa rõ có bị kỷ luật hay không", rule.confirmed
    decided = [entry for entry in case.person.discipline if entry.decided_on <= case.day]
    if not decided:
        return None, "", "", True
    first = max((entry.ended_on or entry.decided_on).year + 1 for entry in decided)
    ends_unknown = any(entry.ended_on is None for entry in decided)
    question = "Chưa rõ ngày chấp hành xong kỷ luật" if ends_unknown else ""
    return first, f"tính lại từ năm {first} sau kỷ luật", question, rule.confirmed
