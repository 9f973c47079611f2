"""What is really paid: of several titles won at one moment for one period, only the highest (NĐ 152/2025 art. 49)."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from core.templatetags.vi import money as shown_money
from decisions.models import DecisionLine
from decisions.states import DecisionKind, DecisionState
from documents.states import Standing
from rulebook.asking import asking

#: States in which a line of the same day competes for the one bonus.
COUNTED = (DecisionState.NUMBERED, DecisionState.AWAITING, DecisionState.SIGNED, DecisionState.ISSUED)
RULE = "money_rules.titles_of_one_period"


@dataclass(frozen=True)
class Payable:
    """The amount to be paid for one line, in đồng, and how it came about."""

    amount: int
    says: str


def payables(lines: Sequence[DecisionLine], dated: date) -> dict[int, Payable]:
    """For each line by id; lines whose money the book does not know are left out.

    “At one moment” is read as the same day of decision: bonuses of other days stand beside each other.
    """
    highest = {period: min(rivals, key=_rank) for period, rivals in _rivals(lines, dated).items()}
    return {line.pk: _payable(line, highest.get(_period(line), line)) for line in lines if line.money is not None}


def lower_rivals(lines: Sequence[DecisionLine], dated: date) -> list[DecisionLine]:
    """Issued lines of other decisions of that day that one of `lines` outranks."""
    own = {line.pk for line in lines}
    groups = _rivals(lines, dated)
    highest: dict[tuple[object, ...], tuple[int, int, int]] = {}
    for line in lines:
        highest[_period(line)] = min(_rank(line), highest.get(_period(line), _rank(line)))
    return [
        rival for period, rank in highest.items() for rival in groups.get(period, ())
        if rival.pk not in own and rank < _rank(rival)
    ]  # fmt: skip


def _payable(line: DecisionLine, rival: DecisionLine) -> Payable:
    amount, highest = line.money or 0, min(line, rival, key=_rank)
    if highest.pk == line.pk:
        return Payable(amount, _arithmetic(line))
    says = f"Hưởng mức cao nhất cùng thời gian thành tích: {highest.entry.short} ({shown_money(highest.money)})"
    return Payable(0, says)


def _arithmetic(line: DecisionLine) -> str:
    if line.coefficient is None or line.base_salary is None:
        return ""
    raw, amount = int(line.coefficient * line.base_salary), line.money or 0
    factor = f"{line.coefficient:.1f}".replace(".", ",")
    says = f"{factor} × {shown_money(line.base_salary)} = {shown_money(raw)}"
    return says if raw == amount else f"{says}, làm tròn lên {shown_money(amount)}"


def _rivals(lines: Sequence[DecisionLine], dated: date) -> dict[tuple[object, ...], list[DecisionLine]]:
    """Title lines of that day, of this and other decisions, by who won them and for which period."""
    found: dict[tuple[object, ...], list[DecisionLine]] = defaultdict(list)
    rule = asking(dated).find(RULE)
    if rule is None or not rule.content:
        return found
    for line in [*lines, *_others(lines, dated)]:
        if line.entry.kind == "title" and line.money:
            found[_period(line)].append(line)
    return found


def _others(lines: Sequence[DecisionLine], dated: date) -> Iterable[DecisionLine]:
    """Lines of the same people and collectives awarded that day, also where a correction has taken their place."""
    people = {line.person_id for line in lines if line.person_id}
    units = {line.collective_id for line in lines if line.collective_id}
    awarded = Q(decision__kind=DecisionKind.AWARD, decision__state__in=COUNTED, decision__dated=dated)
    corrected = Q(decision__kind=DecisionKind.CORRECTION, decision__state=DecisionState.ISSUED)
    rows = (
        DecisionLine.objects.filter(
            awarded | corrected, Q(person__in=people) | Q(collective__in=units), standing=Standing.IN_FORCE,
            money__isnull=False,
        )
        .exclude(pk__in=[line.pk for line in lines])
        .select_related("decision", "target__decision", "target__target__decision")
    )  # fmt: skip
    return [line for line in rows if line.awarding_decision.dated == dated]


def rivals_of(lines: Sequence[DecisionLine], dated: date) -> list[DecisionLine]:
    """Title lines that stand and were awarded that day to those whom `lines` name, for the same period."""
    own, periods = {line.pk for line in lines}, {_period(line) for line in lines}
    groups = _rivals(lines, dated)
    return [line for period in periods for line in groups.get(period, ()) if line.pk not in own]


def _period(line: DecisionLine) -> tuple[object, ...]:
    if line.entry.kind != "title":
        return ("form", line.pk)
    return (line.person_id, line.collective_id, line.achievement_from, line.achievement_to)


def _rank(line: DecisionLine) -> tuple[int, int, int]:
    return (-(line.money or 0), line.entry.order, line.pk)
