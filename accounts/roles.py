"""Every role: a short stable code, what it is called, where it is held and what it may do."""

from dataclasses import dataclass
from enum import StrEnum

from accounts.permissions import Permission as P


class Held(StrEnum):
    """On what a role is held."""

    UNIT = "unit"
    COUNCIL = "council"
    SELF = "self"
    NOWHERE = "nowhere"


@dataclass(frozen=True)
class Role:
    """One role; `permissions` hold on the scope the role is assigned on and on what stands below."""

    code: str
    label: str
    description: str
    held: Held
    permissions: frozenset[P]


READS = {P.UNIT_VIEW, P.PERSON_VIEW, P.REGISTRATION_VIEW, P.SUBMISSION_VIEW, P.DECISION_VIEW, P.GRANT_VIEW}
CLERKS = READS | {P.PERSON_EDIT, P.REGISTRATION_DRAFT, P.SUBMISSION_DRAFT}
OFFICE = READS | {
    P.PERSON_EDIT,
    P.CAMPAIGN_MANAGE,
    P.REGISTRATION_ACCEPT,
    P.NOMINATION_REVIEW,
    P.DECISION_DRAFT,
    P.PAYMENT_RECORD,
    P.RECOVERY_RECORD,
    P.GRANT_RECORD,
    P.INITIATIVE_REVIEW,
}
MEMBER = {P.SESSION_VIEW, P.BALLOT_CAST}


def _role(code: str, label: str, held: Held, permissions: set[P], description: str) -> Role:
    return Role(code, label, description, held, frozenset(permissions))


_ALL = [
    _role(
        "unit_head",
        "Thủ trưởng đơn vị",
        Held.UNIT,
        CLERKS | {P.REGISTRATION_SEND, P.SUBMISSION_SEND, P.TRANSFER_CONFIRM},
        "Ký, gửi bản đăng ký và hồ sơ đề nghị của đơn vị mình và cấp dưới; xác nhận đăng ký của cá nhân.",
    ),
    _role(
        "unit_clerk",
        "Cán bộ TĐKT của đơn vị",
        Held.UNIT,
        CLERKS,
        "Soạn bản đăng ký và hồ sơ đề nghị của đơn vị; không gửi.",
    ),
    _role(
        "person",
        "Cá nhân",
        Held.SELF,
        {P.OWN_RECORD, P.OWN_REGISTRATION, P.OWN_INITIATIVE},
        "Xem hồ sơ của mình, đăng ký danh hiệu và cam kết, khai sáng kiến, báo dữ liệu sai.",
    ),
    _role(
        "office",
        "Chuyên viên thường trực",
        Held.UNIT,
        OFFICE,
        "Tiếp nhận đăng ký, thẩm định, trả hồ sơ, quản lý phong trào; không thẩm định hồ sơ mình đề nghị.",
    ),
    _role(
        "office_lead",
        "Lãnh đạo thường trực",
        Held.UNIT,
        OFFICE | {P.NOMINATION_OVERRIDE, P.RULE_OVERRIDE},
        "Như chuyên viên thường trực; ghi đè kết luận có lý do, nhập quy chế của Hội đồng.",
    ),
    _role("opinion", "Cơ quan góp ý", Held.UNIT, {P.OPINION_GIVE}, "Trả lời các yêu cầu góp ý gửi đích danh."),
    _role(
        "council_chair", "Chủ tịch Hội đồng", Held.COUNCIL, MEMBER | {P.SESSION_CLOSE}, "Bỏ phiếu; mở và đóng bỏ phiếu."
    ),
    _role("council_member", "Ủy viên Hội đồng", Held.COUNCIL, MEMBER, "Xem hồ sơ trình và bỏ phiếu kín."),
    _role(
        "council_secretary",
        "Thư ký Hội đồng",
        Held.COUNCIL,
        {P.SESSION_VIEW, P.SESSION_PREPARE, P.SESSION_CLOSE},
        "Chuẩn bị phiên họp, mở và đóng bỏ phiếu, lập biên bản; không xem phiếu.",
    ),
    _role("teller", "Ban kiểm phiếu", Held.COUNCIL, {P.SESSION_VIEW, P.SESSION_COUNT}, "Kiểm phiếu sau khi đóng."),
    _role(
        "cluster_lead",
        "Cụm trưởng, khối trưởng",
        Held.UNIT,
        {P.UNIT_VIEW, P.CLUSTER_SCORE},
        "Tổ chức chấm điểm cụm, khối.",
    ),
    _role(
        "clerk",
        "Văn thư",
        Held.UNIT,
        {P.UNIT_VIEW, P.DECISION_VIEW, P.DECISION_NUMBER, P.CERTIFICATE_PRINT, P.RECOVERY_RECORD},
        "Cấp số, ban hành, in, quản lý phôi, giao bằng, nhận lại hiện vật bị thu hồi.",
    ),
    _role(
        "signer",
        "Người ký",
        Held.UNIT,
        {P.UNIT_VIEW, P.DECISION_VIEW, P.DECISION_SIGN},
        "Ký quyết định đã được người khác cấp số.",
    ),
    _role(
        "editor", "Cán bộ tuyên truyền", Held.UNIT, {P.UNIT_VIEW, P.STORY_EDIT}, "Biên tập gương điển hình, tin bài."
    ),
    _role("auditor", "Người kiểm tra nhật ký", Held.UNIT, {P.JOURNAL_VIEW}, "Xem nhật ký, không sửa gì."),
    _role(
        "admin",
        "Quản trị hệ thống",
        Held.UNIT,
        {P.UNIT_VIEW, P.UNIT_EDIT, P.ROLE_MANAGE, P.ACCOUNT_MANAGE, P.SETTINGS_MANAGE},
        "Quản lý tài khoản, vai trò, cấu hình; không xem hồ sơ, không bỏ phiếu.",
    ),
    _role(
        "system", "Hệ thống", Held.NOWHERE, {P.CERTIFICATE_PRINT}, "Tài khoản không đăng nhập được, chạy việc định kỳ."
    ),
]

#: Every role by its code.
ROLES: dict[str, Role] = {role.code: role for role in _ALL}


def role_choices() -> list[tuple[str, str]]:
    """Codes and labels for model fields; a callable, so that a new role makes no migration."""
    return [(role.code, role.label) for role in _ALL]
