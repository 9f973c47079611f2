"""Long service (quá trình cống hiến): the class of order a person's posts and years earn (C-11)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction

from rulebook.criteria.case import Case, Params, answer, vn
from rulebook.criteria.grants import held
from rulebook.findings import Finding
from rulebook.periods import Period, in_words, joined, months_in
from rulebook.shapes import Rung
from rulebook.values import Value

_WHOLE = Fraction(1)


@dataclass(frozen=True)
class Earned:
    """A class of an order that the time in one post earns."""

    post: str
    months: int
    rung: Rung


def posts_held(case: Case, params: Params, value: Value) -> Finding:
    """The posts held earn exactly this class; women leaders need two thirds of the time."""
    if case.person.postings is None:
        return answer(value, None, "Chưa rõ quá trình giữ chức vụ lãnh đạo, quản lý")
    ladder = case.asking.value("long_service.ladder").content
    outcomes = {share: _earned(case, ladder, share) for share in _shares(case)}
    answers = {any(e.rung.form == params["form"] for e in earned) for earned in outcomes.values()}
    if len(answers) > 1:
        return answer(value, None, _unsettled(case))
    share, earned = next(iter(outcomes.items()))
    says = _sentence(case, params["form"], earned, share)
    return answer(value, answers.pop(), says + _earlier(case))


def _shares(case: Case) -> list[Fraction]:
    """By which share the required time may be multiplied; two where the facts leave it open."""
    third = case.asking.value("readings.women_long_service_share").content
    reduced = Fraction(third.numerator, third.denominator)
    person = case.person
    if person.sex == "male" or person.raised_retirement_age is True:
        return [_WHOLE]
    if person.sex == "female" and person.raised_retirement_age is False:
        return [reduced]
    return [_WHOLE, reduced]


def _unsettled(case: Case) -> str:
    if case.person.sex is None:
        return "Chưa rõ là nam hay nữ; thời gian giữ chức vụ của nữ lãnh đạo được giảm 1/3"
    return "Chưa rõ có thuộc đối tượng tuổi nghỉ hưu cao hơn hay không; việc giảm 1/3 thời gian quyết định kết quả"


def _earned(case: Case, ladder: tuple[Rung, ...], share: Fraction) -> list[Earned]:
    """What each post earns, from the highest down; time too short for any class goes to the next lower post."""
    found: list[Earned] = []
    carried: list[Period] = []
    taken: list[Period] = []
    for post in case.book.posts:
        own = _without(_periods(case, post), taken)
        taken = joined(taken + own)
        counted = joined(carried + own)
        months = months_in(counted)
        rungs = [rung for rung in ladder if rung.post == post]
        reached = [rung for rung in rungs if counted and months >= rung.months * share]
        carried = [] if reached else counted
        found += [Earned(post, months, rung) for rung in reached if _within(months, rung, share)]
    return found


def _within(months: int, rung: Rung, share: Fraction) -> bool:
    return rung.below is None or months < rung.below * share


def _periods(case: Case, post: str) -> list[Period]:
    own = [posting for posting in case.person.postings or () if posting.post == post]
    return joined((posting.start, min(posting.end or case.day, case.day)) for posting in own)


def _without(periods: list[Period], taken: list[Period]) -> list[Period]:
    """The periods less the days already counted for a higher post held at the same time."""
    day = timedelta(days=1)
    for first, last in taken:
        rest: list[Period] = []
        for start, end in periods:
            if end < first or start > last:
                rest.append((start, end))
                continue
            rest += [(start, first - day)] if start < first else []
            rest += [(last + day, end)] if end > last else []
        periods = rest
    return periods


def _sentence(case: Case, form: str, earned: list[Earned], share: Fraction) -> str:
    reduced = " (đã giảm 1/3 cho nữ)" if share != _WHOLE else ""
    if not earned:
        return f"Thời gian giữ chức vụ chưa đủ hạng nào{reduced}"
    named = "; ".join(f"{_post(case, e)}: {in_words(e.months)}, đạt {case.name(e.rung.form)}" for e in earned)
    return f"{named}{reduced}; đang xét {case.name(form)}"


def _post(case: Case, earned: Earned) -> str:
    return case.book.posts[earned.post].partition(" (")[0]


def _earlier(case: Case) -> str:
    own = [g for g in case.grants or () if g.type == "long_service" and held(case, g) is True]
    listed = ", ".join(f"{case.name(grant.award)} năm {grant.year}" for grant in own)
    return f"; đã được khen quá trình cống hiến: {listed}" if listed else ""


def no_discipline_in_post(case: Case, _params: Params, value: Value) -> Finding:
    """Was not disciplined while holding a post that is counted."""
    if case.person.discipline is None or case.person.postings is None:
        return answer(value, None, "Chưa rõ có bị kỷ luật trong thời gian giữ chức vụ hay không")
    periods = [period for post in case.book.posts for period in _periods(case, post)]
    hits = [d for d in case.person.discipline if any(start <= d.decided_on <= end for start, end in periods)]
    if hits:
        days = ", ".join(vn(entry.decided_on) for entry in hits)
        return answer(value, False, f"Bị kỷ luật trong thời gian giữ chức vụ (quyết định ngày {days})")
    return answer(value, True, "Không bị kỷ luật trong thời gian giữ chức vụ được tính")
