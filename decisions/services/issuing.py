"""From draft to issued: number, to the signer, signature, issue. Each step by the right person, once."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from accounts import policy
from accounts.models import User
from accounts.permissions import Permission
from awards.services import outcomes
from core import later
from core.act import act
from core.models import Job
from core.services.notifications import notify
from core.workflow import Attempt, Refused, compare_version, lock, move
from decisions import selectors
from decisions.facts import money
from decisions.models import Certificate, Decision, DecisionLine
from decisions.services import payments, rendering, reversing
from decisions.services.drafting import check_bases, fill_keys
from decisions.states import DecisionKind, DecisionState
from decisions.workflow import MOVES
from documents.models import IssuedNumber
from documents.services import numbering
from documents.states import NumberState
from history.eligibility import overrides
from history.services import grants
from rulebook import catalogue, engine
from units.models import Unit
from units.selectors import users_covering


@act
def give_number(
    *, decision: Decision, dated: date, expected_version: int, by: User, at: datetime, number: int | None = None
) -> Decision:
    """Cấp số: the next free number of the body's series that year, or `number` if it is free.

    Raises Refused for a draft that is not complete, a day before the last number's day or in the
    future, a number in use, or a legal base not in force on `dated`.
    """
    held = lock(decision)
    compare_version(held, expected_version, mine={"Ngày ban hành": dated, "Số": number or "tiếp theo"})
    MOVES["number"].check(_attempt(held, by, at))
    _check_day(held, dated, at)
    held.number = numbering.take(
        body=held.unit.code, kind=selectors.SERIES, dated=dated, number=number, subject=held, by=by, at=at
    ).number
    held.dated, held.numbered_by, held.numbered_at = dated, by, at
    fill_keys(held)
    held.save()
    _freeze_lines(held)
    moved = move(held, MOVES["number"], by=by, at=at, note=held.number_text)
    _freeze_rivals(moved, dated)
    return moved


@act
def take_back_number(*, issued: IssuedNumber, reason: str, by: User, at: datetime) -> IssuedNumber:
    """Hủy số: the number stays in the register, void, with the reason; its decision is a draft again.

    Numbers kept back or imported are made void alike. Raises Refused once the decision is with the signer.
    """
    decision = issued.subject
    if isinstance(decision, Decision) and issued.state == NumberState.ISSUED:
        held = lock(decision)
        MOVES["take_back_number"].check(Attempt(held, by, at, reason))
        dated = held.dated
        held.number = held.dated = held.numbered_by = held.numbered_at = None
        fill_keys(held)
        held.save()
        move(held, MOVES["take_back_number"], by=by, at=at, note=reason)
        if dated is not None:
            _freeze_rivals(held, dated)
    else:
        policy.check(by, Permission.DECISION_NUMBER, body_of(issued))
    return numbering.void(issued=issued, reason=reason, by=by, at=at)


def body_of(issued: IssuedNumber) -> Unit:
    """The body in whose register the number stands."""
    return Unit.objects.get(code=issued.series.body)


@act
def send_to_sign(*, decision: Decision, expected_version: int, by: User, at: datetime) -> Decision:
    """Trình ký: the signer hears of it."""
    moved = move(decision, MOVES["send_to_sign"], by=by, at=at, expected_version=expected_version)
    if moved.signer:
        text = f"{moved.number_text} chờ đồng chí ký: {moved.title}"
        notify(users=[moved.signer], kind="decision.sign", text=text, key=f"sign:{moved.pk}:{moved.version}", at=at,
               url=rendering.address(moved))  # fmt: skip
    return moved


@act
def number_and_send(
    *, decision: Decision, dated: date, expected_version: int, by: User, at: datetime, number: int | None = None
) -> Decision:
    """Cấp số và trình ký in one go: both or neither."""
    numbered = give_number(
        decision=decision, dated=dated, expected_version=expected_version, by=by, at=at, number=number
    )
    return send_to_sign(decision=numbered, expected_version=numbered.version, by=by, at=at)


@act
def send_back(*, decision: Decision, expected_version: int, reason: str, by: User, at: datetime) -> Decision:
    """Trả lại văn thư, with a reason; the number stays given."""
    moved = move(decision, MOVES["send_back"], by=by, at=at, expected_version=expected_version, note=reason)
    told = {user for user in (moved.numbered_by, moved.drafted_by) if user is not None}
    text = f"{moved.number_text} bị trả lại: {reason}"
    notify(users=told, kind="decision.back", text=text, key=f"back:{moved.pk}:{moved.version}", at=at,
           url=rendering.address(moved))  # fmt: skip
    return moved


@act
def recall(*, decision: Decision, expected_version: int, reason: str, by: User, at: datetime) -> Decision:
    """Rút lại, with a reason: from a signer who is away or may no longer sign. The number stays given."""
    moved = move(decision, MOVES["recall"], by=by, at=at, expected_version=expected_version, note=reason)
    if moved.signer:
        notify(
            users=[moved.signer],
            kind="decision.recall",
            text=f"{moved.number_text} không còn chờ đồng chí ký, văn thư rút lại: {reason}",
            key=f"recall:{moved.pk}:{moved.version}",
            at=at,
            url=rendering.address(moved),
        )
    return moved


@act
def sign(*, decision: Decision, expected_version: int, by: User, at: datetime) -> Decision:
    """Mark as signed by the one named under the paper; from here printing is open.

    The certificates' rows and the papers' codes come into being, and their rendering is queued.
    """
    held = lock(decision)
    compare_version(held, expected_version)
    MOVES["sign"].check(_attempt(held, by, at))
    held.signed_by, held.signed_at = by, at
    held.save(update_fields=["signed_by", "signed_at"])
    moved = move(held, MOVES["sign"], by=by, at=at)
    if moved.kind != DecisionKind.REVOCATION:
        lines = moved.lines.order_by("order").values_list("pk", "award")
        printed = [pk for pk, award in lines if catalogue.award(award).printed]
        Certificate.objects.bulk_create([Certificate(line_id=pk) for pk in printed], ignore_conflicts=True)
    rendering.queue_all(decision=moved, by=by, at=at)
    return moved


@act
def issue(*, decision: Decision, expected_version: int, by: User, at: datetime) -> Decision:
    """Ban hành, in one transaction: honours are written and bonuses opened, or those of earlier lines end."""
    held = lock(decision)
    compare_version(held, expected_version)
    MOVES["issue"].check(_attempt(held, by, at))
    held.issued_at = at
    held.save(update_fields=["issued_at"])
    moved = move(held, MOVES["issue"], by=by, at=at)
    lines = list(
        selectors.lines_of(moved)
        .select_related("nomination__submission__unit", "target__decision", "person", "collective")
        .defer("nomination__verdict", "nomination__facts", "nomination__rechecked")
    )
    if moved.kind == DecisionKind.AWARD:
        _award(moved, lines, by=by, at=at)
    else:
        reversing.carry_out(moved, lines, by=by, at=at)
    if moved.kind == DecisionKind.CORRECTION:
        rows: dict[Any, grants.GrantRow] = {line.target: _grant(line.awarding_decision, line) for line in lines}
        grants.correct_of(rows=rows, basis=reversing.basis(moved), about=moved, by=by, at=at)
    return moved


def _award(decision: Decision, lines: Sequence[DecisionLine], *, by: User, at: datetime) -> None:
    grants.record(rows=[_grant(decision, line) for line in lines], by=by, at=at)
    nominations = [line.nomination for line in lines if line.nomination]
    outcomes.mark_decided(nominations=nominations, about=decision, by=by, at=at)
    payments.open_for(decision, lines, by=by, at=at)
    later.announce("decision.issued", by=by, at=at, id=decision.pk)


def tell_units(*, job: Job) -> dict[str, Any]:
    """Job: heads and clerks of the units whose lines an issued decision holds hear of it; may run twice."""
    decision = Decision.objects.get(pk=job.payload["id"])
    units = Unit.objects.filter(pk__in=decision.lines.values("nomination__submission__unit"))
    for unit in units:
        text = f"Đã ban hành {decision.number_text}: {decision.title}"
        notify(users=users_covering(Permission.SUBMISSION_DRAFT, unit), kind="decision.issued", text=text,
               key=f"issued:{decision.pk}", at=timezone.now(), url=rendering.address(decision))  # fmt: skip
    return {"units": len(units)}


def _attempt(decision: Decision, by: User, at: datetime) -> Attempt:
    return Attempt(decision, by, at)


def _check_day(decision: Decision, dated: date, at: datetime) -> None:
    """Not later than today, not before what the decision rests on, and every legal base in force that day.

    The series itself refuses back-dating.
    """
    if dated > timezone.localdate(at):
        raise Refused(f"Ngày ban hành {dated:%d/%m/%Y} chưa đến. Đồng chí ghi ngày hôm nay hoặc ngày trước đó.")
    met = decision.session
    if met is not None and dated < (held_on := timezone.localdate(met.held_at)):
        raise Refused(f"Hội đồng họp ngày {held_on:%d/%m/%Y}; ngày ban hành không thể sớm hơn.")
    changed = decision.replaces
    if changed is not None and changed.dated is not None and dated < changed.dated:
        raise Refused(f"Ngày ban hành sớm hơn ngày của {changed.number_text} ({changed.dated:%d/%m/%Y}).")
    check_bases(decision.legal_bases, dated)


def _freeze_lines(decision: Decision) -> None:
    """Money by the law of the decision's day; what changes an earlier line keeps that line's figures."""
    assert decision.dated is not None  # given with the number
    if decision.kind != DecisionKind.AWARD:
        return
    lines, laid = list(decision.lines.order_by("order", "id")), overrides()
    book = {kind: engine.money(*kind, decision.dated, laid) for kind in {_kind(line) for line in lines}}
    for line in lines:
        found = book[_kind(line)]
        line.coefficient, line.base_salary, line.money = found.coefficient, found.base_salary, found.amount
    due = money.payables(lines, decision.dated)
    alike: dict[tuple[tuple[str, str], money.Payable | None], list[int]] = defaultdict(list)
    for line in lines:
        alike[_kind(line), due.get(line.pk)].append(line.pk)
    for (kind, payable), keys in alike.items():
        found = book[kind]
        values: dict[str, Any] = {
            "coefficient": found.coefficient, "base_salary": found.base_salary, "money": found.amount,
            "money_cite": [cite.as_dict() for cite in found.cite],
        }  # fmt: skip
        if payable is not None:
            values |= {"payable": payable.amount, "payable_says": payable.says[:300]}
        DecisionLine.objects.filter(pk__in=keys).update(**values)


def _kind(line: DecisionLine) -> tuple[str, str]:
    """What the book's money depends on."""
    return line.award, "individual" if line.person_id else "collective"


def _freeze_rivals(decision: Decision, dated: date) -> None:
    """What is payable beside these lines in decisions of that day that nobody has been asked to sign yet."""
    lines = money.rivals_of(list(decision.lines.all()), dated)
    open_ones = [line for line in lines if line.decision.state == DecisionState.NUMBERED]
    due = money.payables(open_ones, dated)
    for line in open_ones:
        line.payable, line.payable_says = due[line.pk].amount, due[line.pk].says[:300]
    DecisionLine.objects.bulk_update(open_ones, ["payable", "payable_says"], batch_size=500)


def _grant(decision: Decision, line: DecisionLine) -> grants.GrantRow:
    subject = line.person or line.collective
    if subject is None or decision.dated is None:
        raise ValueError(line.pk)
    return grants.GrantRow(
        subject=subject, award=line.award, type=line.type, year=line.year, decided_on=decision.dated,
        decision_number=decision.number_text, decider=f"{decision.authority_post} {decision.issuer_name}",
        name_printed=line.name_printed, post_printed=line.post_printed, unit_printed=line.unit_printed,
        achievement=line.achievement, achievement_from=line.achievement_from, achievement_to=line.achievement_to,
        money=line.money, source=line,
    )  # fmt: skip
