"""Hủy bỏ and đính chính: a decision of its own, by the body that awarded (law art. 93(8)); nothing is deleted.

Drafted from lines of an issued decision; numbered, signed and issued as any other. On issue, in one
transaction: honours leave force or get a successor, lines and certificates are marked, unpaid bonuses are
cancelled, and what was paid and handed over is to come back.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from accounts import policy
from accounts.models import User
from accounts.permissions import Permission
from core import journal, later
from core.act import act
from core.services.notifications import notify
from core.vietnamese import clean_text
from core.workflow import Refused, compare_version, lock, move, move_many
from decisions.models import Certificate, Decision, DecisionLine, HandOver, Payment, Recovery
from decisions.papers import reversal
from decisions.services import payments, print_runs
from decisions.services.drafting import fill_keys
from decisions.states import OPEN, CertificateState, DecisionKind, DecisionState
from decisions.workflow import CERTIFICATE_MOVES, MOVES
from documents.papers.wording import place_in
from documents.states import Standing
from history.services import grants
from rulebook import catalogue, clocks
from units.selectors import users_covering

#: What a correction may change of a line, besides its achievement's words.
PRINTED = ("name_printed", "post_printed", "unit_printed", "achievement")
KEPT = (
    "nomination", "award", "type", "person", "collective", "year", "achievement_from", "achievement_to",
    "coefficient", "base_salary", "money", "money_cite", "payable", "payable_says", *PRINTED,
)  # fmt: skip
KIND_WORDS = {DecisionKind.REVOCATION: "hủy bỏ", DecisionKind.CORRECTION: "đính chính"}


@act
def draft(
    *, original: Decision, lines: Sequence[DecisionLine], kind: str, reason: str, by: User, at: datetime,
    ground: str = "",
) -> Decision:  # fmt: skip
    """A draft that takes back (`ground` names the case of the law) or sets right some lines of `original`.

    Raises Refused for a decision that is not out, lines not in force or in another draft, no reason.
    """
    policy.check(by, Permission.DECISION_DRAFT, original)
    held = lock(original)
    day = timezone.localdate(at)
    case = next((row for row in clocks.grounds(day) if row.code == ground), None)
    chosen = _chosen(held, lines, kind, reason, needs_ground=kind == DecisionKind.REVOCATION and case is None)
    whole = len(chosen) == held.lines.count()
    sources, clock = catalogue.legal_bases(day, "decision"), clocks.recovery(day)
    made = Decision(
        unit=held.unit, campaign=held.campaign, year=held.year, kind=kind, ground=ground, reason=reason.strip(),
        replaces=held, title=reversal.title(kind, held, chosen, whole=whole), symbol=held.symbol, place=held.place,
        issuer_above=held.issuer_above, issuer_name=held.issuer_name, authority_form=held.authority_form,
        authority_post=held.authority_post, signer_post=held.signer_post, signer=held.signer,
        signer_name=held.signer_name, sent_to=held.sent_to, legal_bases=reversal.bases(held, sources, case),
        articles=reversal.articles(kind, held, chosen, ground=case, clock=clock, place=_place(clock, sources)),
        drafted_by=by, drafted_at=at,
    )  # fmt: skip
    fill_keys(made)
    made.save()
    DecisionLine.objects.bulk_create(_copy(made, target, order) for order, target in enumerate(chosen, 1))
    changes = {"lines": [0, len(chosen)], "replaces": held.number_text, "ground": ground}
    journal.record(made, by=by, at=at, kind="decision.reverse", changes=changes, note=reason)
    return made


@act
def edit_line(
    *, line: DecisionLine, values: dict[str, str], expected_version: int, by: User, at: datetime
) -> DecisionLine:
    """What a correction prints in the place of the wrong words. `expected_version` is the decision's."""
    decision = lock(line.decision)
    policy.check(by, Permission.DECISION_DRAFT, decision)
    row = DecisionLine.objects.get(pk=line.pk)
    compare_version(decision, expected_version, mine=dict(values), of=row)
    if decision.state not in OPEN or decision.kind != DecisionKind.CORRECTION:
        raise Refused(
            "Chỉ sửa được nội dung đính chính khi quyết định chưa trình ký. Người ký trả lại thì đồng chí sửa được."
        )
    changes = {}
    for name in PRINTED:
        new = clean_text(values.get(name, getattr(row, name)))
        if new != getattr(row, name):
            changes[name] = [getattr(row, name), new]
            setattr(row, name, new)
    row.save(update_fields=list(PRINTED))
    decision.version += 1
    decision.save(update_fields=["version"])
    journal.record(decision, by=by, at=at, kind="decision.edit_line", changes={"order": row.order, **changes})
    return row


def carry_out(decision: Decision, lines: Sequence[DecisionLine], *, by: User, at: datetime) -> None:
    """What the issue of a revocation or correction does. Call inside its act.

    Raises Refused when a line has been changed by another decision in the meantime.
    """
    original = lock(decision.replaces) if decision.replaces else None
    if original is None or decision.dated is None:
        raise Refused("Quyết định này chưa ghi quyết định bị hủy bỏ, đính chính.")
    revokes = decision.kind == DecisionKind.REVOCATION
    targets = [line.target for line in lines if line.target is not None]
    standing = Standing.REVOKED if revokes else Standing.CORRECTED
    changed = DecisionLine.objects.filter(pk__in=[row.pk for row in targets], standing=Standing.IN_FORCE).update(
        standing=standing, standing_by=decision
    )
    if changed != len(lines):
        raise Refused("Có dòng đã bị quyết định khác hủy bỏ hoặc đính chính. Đồng chí tải lại trang để xem.")
    if revokes:
        grants.revoke_of(sources=targets, basis=basis(decision), about=decision, by=by, at=at)
    _open_recoveries(decision, targets, revokes=revokes, by=by, at=at)
    _annul_certificates(targets, basis(decision), decision, by=by, at=at)
    if revokes:
        payments.open_again(targets, decision, by=by, at=at)
    else:
        _hand_payments_on(lines)
    _mark_original(original, decision, basis(decision), changed, by=by, at=at)
    later.announce("decision.revoked" if revokes else "decision.corrected", by=by, at=at, id=decision.pk)


def basis(decision: Decision) -> str:
    """“Quyết định số 13/QĐ-VKSTC ngày 01/12/2026”, as the history and the journal name it."""
    return f"Quyết định số {decision.number_text} ngày {decision.dated:%d/%m/%Y}"


def _chosen(
    original: Decision, lines: Sequence[DecisionLine], kind: str, reason: str, *, needs_ground: bool
) -> list[DecisionLine]:
    word = KIND_WORDS.get(DecisionKind(kind))
    if word is None:
        raise Refused("Đồng chí chọn hủy bỏ hoặc đính chính.")
    if original.state != DecisionState.ISSUED or original.kind == DecisionKind.REVOCATION:
        raise Refused(f"Chỉ {word} được quyết định khen thưởng đã ban hành, còn hiệu lực.")
    if not lines:
        raise Refused(f"Đồng chí chọn ít nhất một dòng cần {word}.")
    if needs_ground:
        raise Refused("Đồng chí chọn trường hợp hủy bỏ theo Luật.")
    if not reason.strip():
        raise Refused(f"Đồng chí ghi lý do {word}: kết luận, văn bản làm căn cứ.")
    keys = [line.pk for line in lines]
    rows = list(original.lines.filter(pk__in=keys).select_related("decision").order_by("order", "id"))
    ended = [row.name_printed for row in rows if row.standing != Standing.IN_FORCE]
    if ended or len(rows) != len(set(keys)):
        raise Refused(f"{', '.join(ended[:5]) or 'Dòng đã chọn'} không còn hiệu lực trong quyết định này.")
    waiting = DecisionLine.objects.filter(target__in=keys).select_related("decision").first()
    if waiting is not None:
        raise Refused(f"{waiting.name_printed} đang nằm trong dự thảo khác: {waiting.decision.title}.")
    return rows


def _copy(decision: Decision, target: DecisionLine, order: int) -> DecisionLine:
    return DecisionLine(decision=decision, order=order, target=target, **{name: getattr(target, name) for name in KEPT})


def _place(clock: clocks.Clock, sources: Sequence[Any]) -> str:
    known = {source.number: source for source in sources}
    cite = next((cite for cite in clock.cite if cite.doc in known), None)
    return place_in(cite.at, known[cite.doc]) if cite else ""


def _open_recoveries(
    decision: Decision, targets: Sequence[DecisionLine], *, revokes: bool, by: User, at: datetime
) -> None:
    """Unpaid bonuses are cancelled; paid ones and items handed over come back. The law gives a correction no days."""
    assert decision.dated is not None
    bonuses = {row.line_id: row for row in Payment.objects.select_for_update(of=("self",)).filter(line__in=targets)}
    handed = set(HandOver.objects.filter(line__in=targets).values_list("line", flat=True))
    handed |= set(
        Certificate.objects.filter(line__in=targets, state=CertificateState.HANDED_OVER).values_list("line", flat=True)
    )
    due_on = clocks.recovery(decision.dated).due if revokes else None
    rows = []
    for target in targets:
        payment = bonuses.get(target.pk)
        money = payment.amount if revokes and payment and payment.paid_on else 0
        if money or target.pk in handed:
            rows.append(
                Recovery(
                    line=target, decision=decision, opened_on=decision.dated, due_on=due_on, money_due=money,
                    item_due=target.pk in handed,
                )
            )  # fmt: skip
    Recovery.objects.bulk_create(rows, batch_size=500)
    if revokes:
        unpaid = [row.pk for row in bonuses.values() if row.paid_on is None]
        Payment.objects.filter(pk__in=unpaid).update(cancelled_by=decision, version=F("version") + 1)
    changes = {"recoveries": len(rows), "money": sum(row.money_due for row in rows)}
    journal.record(decision, by=by, at=at, kind="recovery.open", changes=changes)
    if rows:
        text = f"{decision.number_text}: thu hồi của {len(rows)} trường hợp" + (
            f", hạn {due_on:%d/%m/%Y}" if due_on else ""
        )
        users = users_covering(Permission.RECOVERY_RECORD, decision.unit)
        notify(
            users=users,
            kind="recovery.open",
            text=text,
            key=f"recovery:{decision.pk}",
            at=at,
            url=reverse("decisions:recovery_list"),
        )


def _annul_certificates(
    targets: Sequence[DecisionLine], why: str, decision: Decision, *, by: User, at: datetime
) -> None:
    """Certificates still in the house are spoilt with their blanks; handed over ones keep their state."""
    held = Certificate.objects.filter(line__in=targets, state__in=CERTIFICATE_MOVES["annul"].source)
    annulled, _ = move_many(list(held), CERTIFICATE_MOVES["annul"], by=by, at=at, note=why, about=decision)
    print_runs.spoil(certificates=annulled, reason=why, by=by, at=at)


def _hand_payments_on(lines: Sequence[DecisionLine]) -> None:
    """The bonus of a corrected line is that of the line that takes its place."""
    successor = {line.target_id: line for line in lines}
    held = list(Payment.objects.filter(line__in=[line.target for line in lines]))
    for payment in held:
        payment.line = successor[payment.line_id]
    Payment.objects.bulk_update(held, ["line"], batch_size=500)


def _mark_original(original: Decision, decision: Decision, why: str, changed: int, *, by: User, at: datetime) -> None:
    """When no line of it stands any more, the decision itself is revoked or replaced."""
    journal.record(original, by=by, at=at, kind="decision.lines_changed", changes={"lines": changed}, note=why)
    if original.lines.filter(standing=Standing.IN_FORCE).exists():
        return
    only_revoked = not original.lines.filter(standing=Standing.CORRECTED).exists()
    move(original, MOVES["revoke" if only_revoked else "replace"], by=by, at=at, note=why, about=decision)
