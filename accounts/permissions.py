"""Everything one may do, by noun. The codes are stored: never rename one, add another."""

from enum import StrEnum


class Permission(StrEnum):
    """A right; held on a Unit or a Council (and what stands below it), or on oneself."""

    # Units and people
    UNIT_VIEW = "unit_view"
    UNIT_EDIT = "unit_edit"
    PERSON_VIEW = "person_view"
    PERSON_EDIT = "person_edit"
    TRANSFER_CONFIRM = "transfer_confirm"
    ROLE_MANAGE = "role_manage"
    ACCOUNT_MANAGE = "account_manage"
    SETTINGS_MANAGE = "settings_manage"
    JOURNAL_VIEW = "journal_view"
    # Campaigns and registrations
    CAMPAIGN_MANAGE = "campaign_manage"
    REGISTRATION_VIEW = "registration_view"
    REGISTRATION_DRAFT = "registration_draft"
    REGISTRATION_SEND = "registration_send"
    REGISTRATION_ACCEPT = "registration_accept"
    CLUSTER_SCORE = "cluster_score"
    # Nominations
    SUBMISSION_VIEW = "submission_view"
    SUBMISSION_DRAFT = "submission_draft"
    SUBMISSION_SEND = "submission_send"
    NOMINATION_REVIEW = "nomination_review"
    NOMINATION_OVERRIDE = "nomination_override"
    OPINION_GIVE = "opinion_give"
    RULE_OVERRIDE = "rule_override"
    # Councils (held on a Council)
    SESSION_VIEW = "session_view"
    SESSION_PREPARE = "session_prepare"
    SESSION_CLOSE = "session_close"
    SESSION_COUNT = "session_count"
    BALLOT_CAST = "ballot_cast"
    # Decisions
    DECISION_VIEW = "decision_view"
    DECISION_DRAFT = "decision_draft"
    DECISION_NUMBER = "decision_number"
    DECISION_SIGN = "decision_sign"
    CERTIFICATE_PRINT = "certificate_print"
    PAYMENT_RECORD = "payment_record"
    RECOVERY_RECORD = "recovery_record"
    # History
    GRANT_VIEW = "grant_view"
    GRANT_RECORD = "grant_record"
    INITIATIVE_REVIEW = "initiative_review"
    STORY_EDIT = "story_edit"
    # On oneself
    OWN_RECORD = "own_record"
    OWN_REGISTRATION = "own_registration"
    OWN_INITIATIVE = "own_initiative"

    @property
    def label(self) -> str:
        """What the right is called on screen."""
        return LABELS[self]


#: Rights that need no grant: the subject must be about the person who asks.
ON_ONESELF = frozenset({Permission.OWN_RECORD, Permission.OWN_REGISTRATION, Permission.OWN_INITIATIVE})

#: Rights held on a Council; all others are held on a Unit.
ON_COUNCIL = frozenset(
    {
        Permission.SESSION_VIEW,
        Permission.SESSION_PREPARE,
        Permission.SESSION_CLOSE,
        Permission.SESSION_COUNT,
        Permission.BALLOT_CAST,
    }
)
ON_UNIT = frozenset(Permission) - ON_COUNCIL - ON_ONESELF

LABELS: dict[Permission, str] = {
    Permission.UNIT_VIEW: "Xem đơn vị",
    Permission.UNIT_EDIT: "Sắp xếp đơn vị",
    Permission.PERSON_VIEW: "Xem hồ sơ cá nhân",
    Permission.PERSON_EDIT: "Cập nhật hồ sơ cá nhân",
    Permission.TRANSFER_CONFIRM: "Xác nhận chuyển đơn vị",
    Permission.ROLE_MANAGE: "Phân công vai trò",
    Permission.ACCOUNT_MANAGE: "Quản lý tài khoản",
    Permission.SETTINGS_MANAGE: "Cấu hình hệ thống",
    Permission.JOURNAL_VIEW: "Xem nhật ký",
    Permission.CAMPAIGN_MANAGE: "Quản lý phong trào",
    Permission.REGISTRATION_VIEW: "Xem bản đăng ký",
    Permission.REGISTRATION_DRAFT: "Soạn bản đăng ký",
    Permission.REGISTRATION_SEND: "Gửi bản đăng ký",
    Permission.REGISTRATION_ACCEPT: "Tiếp nhận bản đăng ký",
    Permission.CLUSTER_SCORE: "Chấm điểm cụm, khối",
    Permission.SUBMISSION_VIEW: "Xem hồ sơ đề nghị",
    Permission.SUBMISSION_DRAFT: "Lập hồ sơ đề nghị",
    Permission.SUBMISSION_SEND: "Trình hồ sơ đề nghị",
    Permission.NOMINATION_REVIEW: "Thẩm định hồ sơ",
    Permission.NOMINATION_OVERRIDE: "Ghi đè kết luận điều kiện",
    Permission.OPINION_GIVE: "Góp ý hồ sơ",
    Permission.RULE_OVERRIDE: "Nhập quy chế, mức riêng có căn cứ",
    Permission.SESSION_VIEW: "Xem phiên họp",
    Permission.SESSION_PREPARE: "Chuẩn bị phiên họp",
    Permission.SESSION_CLOSE: "Mở, đóng bỏ phiếu",
    Permission.SESSION_COUNT: "Kiểm phiếu",
    Permission.BALLOT_CAST: "Bỏ phiếu",
    Permission.DECISION_VIEW: "Xem quyết định",
    Permission.DECISION_DRAFT: "Soạn quyết định",
    Permission.DECISION_NUMBER: "Cấp số, ban hành quyết định",
    Permission.DECISION_SIGN: "Ký quyết định",
    Permission.CERTIFICATE_PRINT: "In bằng",
    Permission.PAYMENT_RECORD: "Ghi chi tiền thưởng, quỹ",
    Permission.RECOVERY_RECORD: "Ghi thu hồi tiền thưởng, hiện vật",
    Permission.GRANT_VIEW: "Xem quá trình khen thưởng",
    Permission.GRANT_RECORD: "Ghi quá trình khen thưởng",
    Permission.INITIATIVE_REVIEW: "Xét sáng kiến",
    Permission.STORY_EDIT: "Biên tập tin bài",
    Permission.OWN_RECORD: "Xem hồ sơ của mình",
    Permission.OWN_REGISTRATION: "Đăng ký thi đua của mình",
    Permission.OWN_INITIATIVE: "Khai sáng kiến của mình",
}
