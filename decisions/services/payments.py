"""Bonuses: opened when a decision is issued, paid with a voucher, moved or cancelled when a line is changed."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db.models import F
from django.utils import timezone

from accounts import policy
from accounts.models import User
from accounts.permissions import Permission
from core import journal
from core.act import act
from core.workflow import Refused, lock
from decisions.facts import money
from decisions.models import Decision, DecisionLine, FundEntry, Payment
from units.models import Unit

BATCH = 500


def open_for(decision: Decision, lines: Sequence[DecisionLine], *, by: User, at: datetime) -> None:
    """A payment for each line whose money the book knows. Call inside the act of issue.

    A lower title issued the same day for the same period and not paid yet gives way.
    """
    assert decision.dated is not None
    due = money.payables(lines, decision.dated)
    rows = [
        Payment(line=line, unit=_receiver(line, decision), amount=due[line.pk].amount, says=due[line.pk].says[:300])
        for line in lines
        if line.pk in due
    ]
    Payment.objects.bulk_create(rows, batch_size=BATCH)
    beaten = [line.pk for line in money.lower_rivals(lines, decision.dated)]
    says = f"Hưởng mức cao nhất cùng thời gian thành tích theo {decision.number_text}"
    Payment.objects.filter(line__in=beaten, paid_on=None).update(amount=0, says=says, version=F("version") + 1)
    changes = {"count": len(rows), "sum": sum(row.amount for row in rows), "given way": beaten}
    journal.record(decision, by=by, at=at, kind="payment.open", changes=changes)


def open_again(lines: Sequence[DecisionLine], about: Decision, *, by: User, at: datetime) -> None:
    """What gave way to `lines`, revoked by `about`, is due again where nothing else outranks it; inside its act."""
    dated = lines[0].awarding_decision.dated if lines else None
    if dated is None:
        return
    rivals = money.rivals_of(lines, dated)
    due = money.payables(rivals, dated)
    changed = []
    held = Payment.objects.select_for_update(of=("self",))
    for row in held.filter(line__in=rivals, paid_on=None, cancelled_by=None).order_by("pk"):
        if row.amount != due[row.line_id].amount:
            row.amount, row.says, row.version = due[row.line_id].amount, due[row.line_id].says[:300], row.version + 1
            changed.append(row)
    Payment.objects.bulk_update(changed, ["amount", "says", "version"], batch_size=BATCH)
    if changed:
        changes = {"count": len(changed), "sum": sum(row.amount for row in changed)}
        journal.record(about, by=by, at=at, kind="payment.open", changes=changes)


@act
def record_paid(
    *, payments: Sequence[Payment], paid_on: date, voucher: str, by: User, at: datetime
) -> tuple[list[Payment], list[tuple[Payment, str]]]:
    """Note that these bonuses were paid; those that cannot be come back with the reason. Constant queries."""
    if not payments:
        raise Refused("Đồng chí chọn ít nhất một khoản tiền thưởng.")
    if not voucher.strip():
        raise Refused("Đồng chí nhập số chứng từ chi.")
    keys = [payment.pk for payment in payments]
    rows = list(Payment.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk"))
    related = ("line__decision__unit", "line__target__decision", "line__target__target")
    known = {row.pk: row for row in Payment.objects.filter(pk__in=keys).select_related(*related)}
    _authorise({known[row.pk].line.decision.unit for row in rows}, by)
    paid: list[Payment] = []
    refused: list[tuple[Payment, str]] = []
    for row in rows:
        row.line = known[row.pk].line
        reason = _why_not_paid(row, paid_on, at)
        if reason:
            refused.append((row, reason))
            continue
        row.paid_on, row.voucher, row.paid_by, row.version = paid_on, voucher.strip()[:60], by, row.version + 1
        journal.record(row, by=by, at=at, kind="payment.pay", changes={"paid_on": [None, paid_on], "voucher": voucher})
        paid.append(row)
    Payment.objects.bulk_update(paid, ["paid_on", "voucher", "paid_by", "version"], batch_size=BATCH)
    return paid, refused


@act
def enter_fund(
    *, unit: Unit, year: int, kind: str, amount: int, on: date, basis: str, by: User, at: datetime
) -> FundEntry:
    """A sum appropriated to the fund of a body, given to it, carried over, or spent on organising.

    Raises Refused for the very same entry again: one voucher counts once, however often the button is pressed.
    """
    policy.check(by, Permission.PAYMENT_RECORD, lock(unit))
    same = FundEntry.objects.filter(unit=unit, year=year, kind=kind, amount=amount, on=on, basis=basis, struck_at=None)
    if same.exists():
        raise Refused("Khoản này đã ghi vào quỹ. Nếu là khoản khác, đồng chí ghi rõ căn cứ, chứng từ của khoản đó.")
    entry = FundEntry.objects.create(unit=unit, year=year, kind=kind, amount=amount, on=on, basis=basis, by=by, at=at)
    journal.record(entry, by=by, at=at, kind="fund.enter", changes={"amount": [None, amount], "basis": basis})
    return entry


@act
def strike_fund(*, entry: FundEntry, why: str, by: User, at: datetime) -> FundEntry:
    """A wrong entry stays and counts no more."""
    held = FundEntry.objects.select_for_update(of=("self",)).get(pk=entry.pk)
    policy.check(by, Permission.PAYMENT_RECORD, held.unit)
    if held.struck_at is not None:
        raise Refused("Khoản này đã gạch bỏ.")
    if not why.strip():
        raise Refused("Đồng chí ghi lý do gạch bỏ.")
    held.struck_at, held.struck_why = at, why.strip()[:200]
    held.save(update_fields=["struck_at", "struck_why"])
    journal.record(held, by=by, at=at, kind="fund.strike", changes={"amount": [held.amount, 0]}, note=why)
    return held


def _receiver(line: DecisionLine, decision: Decision) -> Unit:
    if line.nomination is not None:
        return line.nomination.submission.unit
    return line.collective or decision.unit


def _authorise(units: set[Unit], by: User) -> None:
    for unit in units:
        policy.check(by, Permission.PAYMENT_RECORD, unit)


def _why_not_paid(row: Payment, paid_on: date, at: datetime) -> str:
    if row.cancelled_by_id is not None:
        return "Danh hiệu đã bị hủy bỏ, không chi."
    if row.paid_on is not None:
        return f"Đã chi ngày {row.paid_on:%d/%m/%Y}, chứng từ {row.voucher}."
    if not row.amount:
        return row.says or "Không có tiền thưởng."
    if paid_on > timezone.localdate(at):
        return f"Ngày chi {paid_on:%d/%m/%Y} chưa đến."
    decided = row.line.awarding_decision.dated
    if decided is not None and paid_on < decided:
        return f"Ngày chi sớm hơn ngày quyết định ({decided:%d/%m/%Y})."
    return ""
