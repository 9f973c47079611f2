"""The steps of both sides as pages: heading, button, the form each needs and the service that does it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from awards.forms import DueForm, NoteForm, ReasonForm, ReturnForm, StepForm, found_reasons
from awards.models import Nomination
from awards.services import nominations, outcomes, reviews
from awards.views import panels
from core.workflow import Refused
from rulebook.findings import UNDETERMINED

Form = Callable[..., Any]
Act = Callable[..., Any]


@dataclass(frozen=True)
class Step:
    """One step as a page: its heading, its button, the form it needs and the service that does it."""

    move: str
    title: str
    button: str
    done: str
    form: Form
    act: Act
    lead: str = ""
    danger: bool = False


def _take_up(line: Nomination, values: dict[str, Any], **who: Any) -> None:
    reviews.take_up(nomination=line, expected_version=values["version"], **who)


def _return(line: Nomination, values: dict[str, Any], **who: Any) -> None:
    reviews.return_incomplete(
        nomination=line,
        reasons=values["all_reasons"],
        guidance=values["guidance"],
        due_on=values["due_on"],
        expected_version=values["version"],
        **who,
    )


def _qualify(line: Nomination, values: dict[str, Any], **who: Any) -> None:
    reviews.qualify(nomination=line, note=values["note"], expected_version=values["version"], **who)


def _with_reason(act: Act) -> Act:
    def run(line: Nomination, values: dict[str, Any], **who: Any) -> None:
        act(nomination=line, reason=values["reason"], expected_version=values["version"], **who)

    return run


def _extend(line: Nomination, values: dict[str, Any], **who: Any) -> None:
    reviews.extend(nomination=line, due_on=values["due_on"], expected_version=values["version"], **who)


def _recheck(line: Nomination, values: dict[str, Any], **who: Any) -> None:
    reviews.recheck(nomination=line, expected_version=values["version"], **who)


def _pass_up(line: Nomination, values: dict[str, Any], **who: Any) -> None:
    _, refused = reviews.pass_up(nominations=[line], **who)
    if refused:
        raise Refused(refused[0][1])


def _forward(line: Nomination, values: dict[str, Any], **who: Any) -> None:
    outcomes.forward(nominations=[line], **who)


def _resubmit(line: Nomination, values: dict[str, Any], **who: Any) -> None:
    nominations.resubmit(nomination=line, expected_version=values["version"], **who)


def _plain_form(line: Nomination, *args: Any, **kwargs: Any) -> Any:
    return StepForm(*args, **kwargs)


def return_form(line: Nomination, *args: Any, **kwargs: Any) -> Any:
    """The form of a return, with the reasons the dossier itself suggests."""
    missing = panels.missing_labels(panels.parts(line))
    return ReturnForm(*args, found=found_reasons(line, missing), **kwargs)


def _note_form(line: Nomination, *args: Any, **kwargs: Any) -> Any:
    verdict = line.present_verdict or {}
    wanted = verdict.get("outcome") == UNDETERMINED and not line.override_by_id
    return NoteForm(*args, wanted=wanted, **kwargs)


def _reason_form(says: str, hint: str = "") -> Form:
    def build(line: Nomination, *args: Any, **kwargs: Any) -> Any:
        return ReasonForm(*args, says=says, hint=hint, **kwargs)

    return build


def _due_form(line: Nomination, *args: Any, **kwargs: Any) -> Any:
    return DueForm(*args, **kwargs)


REVIEW_STEPS = {
    "tiep-nhan": Step(
        "take_up", "Tiếp nhận hồ sơ", "Tiếp nhận", "Đã tiếp nhận, đồng chí là người thẩm định.", _plain_form, _take_up
    ),
    "tra-lai": Step(
        "return_incomplete",
        "Trả lại hồ sơ",
        "Trả lại hồ sơ",
        "Đã trả lại; đơn vị nhận thông báo.",
        return_form,
        _return,
        "Đơn vị nhận thông báo ngay và sửa trên chính hồ sơ này.",
        danger=True,
    ),
    "dat": Step("qualify", "Xác nhận đạt", "Xác nhận đạt", "Đã xác nhận đủ điều kiện.", _note_form, _qualify),
    "khong-du": Step(
        "disqualify",
        "Kết luận không đủ điều kiện",
        "Kết luận không đủ điều kiện",
        "Đã kết luận; đơn vị nhận thông báo.",
        _reason_form("Lý do, căn cứ", "Gửi đơn vị nguyên văn."),
        _with_reason(reviews.disqualify),
        "Hồ sơ dừng ở đây, không mở lại được.",
        danger=True,
    ),
    "tham-dinh-lai": Step(
        "reopen",
        "Thẩm định lại",
        "Thẩm định lại",
        "Hồ sơ trở lại bước thẩm định.",
        _reason_form("Lý do"),
        _with_reason(reviews.reopen),
    ),
    "kiem-tra-lai": Step(
        "recheck",
        "Kiểm tra lại điều kiện",
        "Kiểm tra lại",
        "Đã kiểm tra lại trên dữ liệu hôm nay.",
        _plain_form,
        _recheck,
        "Kết luận khi trình vẫn giữ nguyên; kết luận mới ghi bên cạnh.",
    ),
    "gia-han": Step("extend", "Gia hạn bổ sung", "Gia hạn", "Đã gia hạn bổ sung.", _due_form, _extend),
    "chuyen-cap-tren": Step(
        "pass_up", "Chuyển cấp trên thẩm định", "Chuyển cấp trên", "Đã chuyển cấp trên.", _plain_form, _pass_up
    ),
    "trinh-ngoai-nganh": Step(
        "forward",
        "Trình cấp trên ngoài Ngành",
        "Xác nhận đã trình",
        "Đã ghi: đã trình cấp trên.",
        _plain_form,
        _forward,
        "Danh hiệu, hình thức này do cấp trên ngoài Ngành quyết định.",
        danger=True,
    ),
}
UNIT_STEPS = {
    "gui-lai": Step(
        "resubmit",
        "Gửi lại hồ sơ",
        "Gửi lại hồ sơ",
        "Đã gửi lại hồ sơ.",
        _plain_form,
        _resubmit,
        "Máy kiểm tra lại và khóa kết luận mới; người thẩm định thấy những gì đã đổi.",
    ),
    "rut": Step(
        "withdraw",
        "Rút hồ sơ",
        "Rút hồ sơ",
        "Đã rút hồ sơ.",
        _reason_form("Lý do rút"),
        _with_reason(nominations.withdraw),
        "Hồ sơ đã rút không mở lại được; đơn vị lập tờ trình mới nếu cần.",
        danger=True,
    ),
}
OVERRIDE = Step(
    "override",
    "Ghi đè kết luận có lý do",
    "Ghi đè kết luận",
    "Đã ghi đè; lý do được ghi vào nhật ký.",
    _reason_form("Lý do ghi đè", "In trong phiếu thẩm định và ghi vào nhật ký kèm tên đồng chí."),
    _with_reason(reviews.override),
    "Máy thấy chưa đủ điều kiện; lãnh đạo thường trực cho tiếp tục và chịu trách nhiệm về lý do.",
    danger=True,
)
