"""After the issue: bonuses partly paid, items partly handed over, one line revoked, one decision replaced."""

from awards.models import Nomination
from awards.states import NominationState
from core.workflow import move_many
from decisions.models import Certificate, Decision, Payment
from decisions.services import drafting, handing, issuing, payments, rechecking, reversing
from decisions.states import DecisionKind, DecisionState
from decisions.workflow import CERTIFICATE_MOVES
from documents.services import numbering
from kiemsat_thidua.demo import council
from kiemsat_thidua.demo.scene import Scene

REASON = "Kết luận xác minh số 05/KL-TTr (dữ liệu minh họa): thành tích kê khai không đúng thực tế."


def build(scene: Scene) -> None:
    """The one issued decision is paid in part and loses a line; a small one is replaced for a wrong name."""
    issued = Decision.objects.filter(state=DecisionState.ISSUED, kind=DecisionKind.AWARD).order_by("pk").first()
    if issued is None or issued.number is None:
        return
    _fund(scene)
    _pay_and_hand_over(scene, issued)
    _revoke(scene, issued)
    _replace(scene)
    numbering.reserve(
        body=issued.unit.code, kind="decision", year=scene.ago(0).year, numbers=[issued.number + 40],
        note="Giữ cho quyết định khen thưởng đột xuất", by=scene.users["vanthu"], at=scene.ago(0, 10),
    )  # fmt: skip


def _fund(scene: Scene) -> None:
    for kind, amount, basis in (
        ("appropriated", 120_000_000, "Quyết định giao dự toán (dữ liệu minh họa)"),
        ("organising", 18_000_000, "Chứng từ chi hội nghị, khung bằng (dữ liệu minh họa)"),
    ):
        payments.enter_fund(
            unit=scene.units["toi_cao"], year=scene.today.year, kind=kind, amount=amount, on=scene.ago(40).date(),
            basis=basis, by=scene.users["thuongtruc"], at=scene.ago(40),
        )  # fmt: skip


def _pay_and_hand_over(scene: Scene, issued: Decision) -> None:
    """All but the last line are paid; the first one has its certificate."""
    due = list(Payment.objects.filter(line__decision=issued).order_by("line__order"))
    payments.record_paid(
        payments=due[:-1] or due, paid_on=scene.ago(4).date(), voucher="PC 112", by=scene.users["thuongtruc"],
        at=scene.ago(4),
    )  # fmt: skip
    first = issued.lines.order_by("order").first()
    if first is None:
        return
    held = list(Certificate.objects.filter(line=first))
    for step in ("render", "print"):
        move_many(held, CERTIFICATE_MOVES[step], by=scene.users["vanthu"], at=scene.ago(4))
    ceremony = handing.Ceremony(
        presented_on=scene.ago(3).date(), place="Hội trường VKSND tối cao", presenter="Lãnh đạo VKSND tối cao",
        receipt="Danh sách ký nhận kèm theo",
    )  # fmt: skip
    handing.hand_over(lines=[first], ceremony=ceremony, by=scene.users["vanthu"], at=scene.ago(3, 15))


def _revoke(scene: Scene, issued: Decision) -> None:
    """The line that was paid and handed over is taken back: money and item are to return."""
    draft = reversing.draft(
        original=issued, lines=list(issued.lines.order_by("order")[:1]), kind=DecisionKind.REVOCATION,
        ground="ground_false_record", reason=REASON, by=scene.users["thuongtruc"], at=scene.ago(1, 8),
    )  # fmt: skip
    done = _sent_through(scene, draft, 1)
    rechecking.look(decision=done, by=scene.system, at=scene.ago(1, 17))


def _replace(scene: Scene) -> None:
    """A session of one line; its decision leaves out the superior body's name and is replaced the same day."""
    line = Nomination.objects.filter(state=NominationState.QUALIFIED).order_by("pk").last()
    if line is None:
        return
    session = council.voted(scene, council.prepared(scene, "Phiên họp xét khen thưởng bổ sung", 3, [line]), 3)
    made = drafting.draft_from_session(session=session, by=scene.users["thuongtruc"], at=scene.ago(1, 8))
    issued = _sent_through(scene, made, 1)
    draft = reversing.draft(
        original=issued, lines=list(issued.lines.all()), kind=DecisionKind.CORRECTION,
        reason="Ghi thiếu tên đơn vị cấp trên của tập thể.", by=scene.users["thuongtruc"],
        at=scene.ago(1, 14),
    )  # fmt: skip
    wrong = draft.lines.get()
    reversing.edit_line(
        line=wrong, values={"name_printed": f"{wrong.name_printed}, VKSND tỉnh Phú Thọ"},
        expected_version=draft.version, by=scene.users["thuongtruc"], at=scene.ago(1, 14),
    )  # fmt: skip
    draft.refresh_from_db()
    _sent_through(scene, draft, 1)


def _sent_through(scene: Scene, draft: Decision, days_ago: int) -> Decision:
    """Numbered by one, signed by another, issued."""
    clerk, signer, at = scene.users["vanthu"], scene.users["nguoiky"], scene.ago(days_ago, 16)
    draft = drafting.edit(
        decision=draft, values={"signer": signer, "signer_name": signer.full_name}, expected_version=draft.version,
        by=scene.users["thuongtruc"], at=scene.ago(days_ago, 15),
    )  # fmt: skip
    held = issuing.give_number(
        decision=draft, dated=scene.ago(days_ago).date(), expected_version=draft.version, by=clerk, at=at
    )
    held = issuing.send_to_sign(decision=held, expected_version=held.version, by=clerk, at=at)
    held = issuing.sign(decision=held, expected_version=held.version, by=signer, at=at)
    return issuing.issue(decision=held, expected_version=held.version, by=clerk, at=at)
