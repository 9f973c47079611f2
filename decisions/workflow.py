"""The ways of a decision and of a certificate, as tables; guards say why a way is closed."""

from django.db.models import F, Q

from accounts.permissions import Permission as P
from core.workflow import Attempt, Move, Refused, step
from decisions.models import DecisionLine
from decisions.states import CertificateState as C
from decisions.states import DecisionKind
from decisions.states import DecisionState as S
from documents.selectors import signatures_of
from documents.states import SignatureKind, Standing

#: Forms of authority under which the signer's own post stands on a second line (NĐ 30/2020, box 7a).
#: “Q.” is no such form: who acts as head signs with “Q.” before the head's post.
SIGNED_FOR_ANOTHER = ("TM.", "KT.", "TL.", "TUQ.")


def is_complete(attempt: Attempt) -> None:
    """Recipients, bases, articles and the signature's words are all there."""
    decision = attempt.subject
    missing = [
        name
        for name, held in (
            ("danh sách được khen", decision.lines.exists()),
            ("căn cứ pháp lý", decision.legal_bases),
            ("nội dung các điều", decision.articles),
            ("nơi nhận", decision.sent_to),
            ("địa danh", decision.place),
            ("chức vụ người đứng đầu", decision.authority_post),
            ("người ký", decision.signer_id),
        )
        if not held
    ]
    if decision.authority_form in SIGNED_FOR_ANOTHER and not decision.signer_post:
        missing.append("chức vụ người ký")
    if missing:
        raise Refused(f"Dự thảo còn thiếu: {', '.join(missing)}. Đồng chí bổ sung rồi cấp số.")


def corrects_something(attempt: Attempt) -> None:
    """Each line of a correction prints something else than the line it sets right."""
    if attempt.subject.kind != DecisionKind.CORRECTION:
        return
    same = {name: F(f"target__{name}") for name in ("name_printed", "post_printed", "unit_printed", "achievement")}
    idle = attempt.subject.lines.filter(**same).order_by("order").first()
    if idle is not None:
        raise Refused(f"Dòng {idle.order} ({idle.name_printed}) chưa có nội dung đính chính.")


def line_stands(attempt: Attempt) -> None:
    """Nothing is printed or handed over for a line that was taken back or set right by a later one."""
    check_stands(attempt.subject.line)


def check_stands(line: DecisionLine) -> None:
    """Raise Refused for a line that was taken back or set right by a later one."""
    if line.standing != Standing.IN_FORCE:
        raise Refused(f"{line.name_printed}: {line.get_standing_display().lower()}, không in, không trao.")


def is_not_the_signer(attempt: Attempt) -> None:
    """Number and signature come from two people."""
    if attempt.subject.signer_id == attempt.by.pk:
        raise Refused("Người ký không tự cấp số. Đồng chí giao văn thư cấp số quyết định này.")


def is_the_named_signer(attempt: Attempt) -> None:
    """Only the one whose name stands under the paper signs it."""
    if attempt.subject.signer_id != attempt.by.pk:
        raise Refused(f"Quyết định này do {attempt.subject.signer_name} ký.")


def was_numbered_by_another(attempt: Attempt) -> None:
    """Number and signature come from two people, also where another signer was named after the number."""
    if attempt.subject.numbered_by_id == attempt.subject.signer_id:
        raise Refused(f"{attempt.subject.signer_name} đã cấp số nên không ký quyết định này. Cần người ký khác.")


def did_not_give_the_number(attempt: Attempt) -> None:
    """Number and signature come from two people."""
    if attempt.subject.numbered_by_id == attempt.by.pk:
        raise Refused("Người cấp số không ký chính quyết định đó.")


def signer_took_no_part(attempt: Attempt) -> None:
    """On each line, who proposes, who reviews and who signs are different people."""
    signer = attempt.subject.signer
    if signer is None:
        return
    proposed = Q(nomination__proposed_by=signer) | Q(nomination__submission__created_by=signer)
    proposed |= Q(nomination__submission__sent_by=signer)
    reviewed = Q(nomination__reviewed_by=signer) | Q(nomination__stages__reviewed_by=signer)
    line = attempt.subject.lines.filter(proposed | reviewed).order_by("order").first()
    if line is not None:
        took = f"{signer} đã đề nghị hoặc thẩm định hồ sơ của {line.name_printed}"
        raise Refused(f"{took} nên không ký quyết định này. Cần người ký khác.")


def signatures_are_made(attempt: Attempt) -> None:
    """A digital signature that was asked for stands on the file, or was withdrawn for one by hand."""
    waiting = signatures_of(attempt.subject).filter(document=None).first()
    if waiting is None:
        return
    whose = "cơ quan" if waiting.kind == SignatureKind.AGENCY else attempt.subject.signer_name
    raise Refused(
        f"Chữ ký số của {whose} chưa có trên tệp quyết định. Đồng chí chờ ký xong; nếu ký trên bản giấy, "
        "người yêu cầu ký số rút yêu cầu rồi ban hành."
    )


def says_why_void(attempt: Attempt) -> None:
    """A number is made void with the reason that stays in the register."""
    if not attempt.note.strip():
        raise Refused("Đồng chí ghi lý do hủy số.")


def says_why_spoilt(attempt: Attempt) -> None:
    """A spoilt certificate has its reason in the register."""
    if not attempt.note.strip():
        raise Refused("Đồng chí ghi lý do hỏng.")


def gives_reason(attempt: Attempt) -> None:
    """A return says why."""
    if not attempt.note.strip():
        raise Refused("Đồng chí ghi lý do trả lại để văn thư sửa.")


def says_why_recalled(attempt: Attempt) -> None:
    """Taking a decision away from its signer says why."""
    if not attempt.note.strip():
        raise Refused("Đồng chí ghi lý do rút lại.")


MOVES: dict[str, Move] = {
    move.name: move
    for move in (
        step(
            "number",
            "Cấp số",
            {S.DRAFT},
            S.NUMBERED,
            P.DECISION_NUMBER,
            is_complete,
            corrects_something,
            is_not_the_signer,
            signer_took_no_part,
        ),
        step("take_back_number", "Hủy số", {S.NUMBERED}, S.DRAFT, P.DECISION_NUMBER, says_why_void),
        step(
            "send_to_sign",
            "Trình ký",
            {S.NUMBERED},
            S.AWAITING,
            P.DECISION_NUMBER,
            is_complete,
            was_numbered_by_another,
            signer_took_no_part,
        ),
        step(
            "send_back", "Trả lại văn thư", {S.AWAITING}, S.NUMBERED, P.DECISION_SIGN, is_the_named_signer, gives_reason
        ),
        step("recall", "Rút lại", {S.AWAITING}, S.NUMBERED, P.DECISION_NUMBER, says_why_recalled),
        step(
            "sign",
            "Xác nhận đã ký",
            {S.AWAITING},
            S.SIGNED,
            P.DECISION_SIGN,
            is_the_named_signer,
            did_not_give_the_number,
            signer_took_no_part,
        ),
        step("issue", "Ban hành", {S.SIGNED}, S.ISSUED, P.DECISION_NUMBER, signatures_are_made),
        step("revoke", "Ghi bị thu hồi", {S.ISSUED}, S.REVOKED, P.DECISION_NUMBER),
        step("replace", "Ghi bị thay thế", {S.ISSUED}, S.REPLACED, P.DECISION_NUMBER),
    )
}

#: Whose turn it is in each state.
TURN: dict[str, str] = {
    S.DRAFT: "clerk",
    S.NUMBERED: "clerk",
    S.AWAITING: "signer",
    S.SIGNED: "clerk",
    S.ISSUED: "nobody",
    S.REPLACED: "nobody",
    S.REVOKED: "nobody",
}

CERTIFICATE_MOVES: dict[str, Move] = {
    move.name: move
    for move in (
        step("render", "Dựng bằng", {C.WAITING, C.RENDERED}, C.RENDERED, P.CERTIFICATE_PRINT, line_stands),
        step("print", "Ghi đã in", {C.RENDERED}, C.PRINTED, P.CERTIFICATE_PRINT, line_stands),
        step("spoil", "Ghi hỏng", {C.RENDERED, C.PRINTED}, C.SPOILT, P.CERTIFICATE_PRINT, says_why_spoilt),
        step("reprint", "In lại", {C.SPOILT}, C.RENDERED, P.CERTIFICATE_PRINT, line_stands),
        step("hand_over", "Ghi đã trao", {C.PRINTED}, C.HANDED_OVER, P.CERTIFICATE_PRINT, line_stands),
        step("annul", "Hủy bằng", {C.WAITING, C.RENDERED, C.PRINTED}, C.SPOILT, P.DECISION_NUMBER),
    )
}
