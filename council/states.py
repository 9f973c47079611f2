"""The codes that councils store: states of a session, roles of members, choices of a ballot."""

from django.db.models import TextChoices


class SessionState(TextChoices):
    """A session from its draft to its minutes; nothing else exists."""

    DRAFT = "draft", "Đang chuẩn bị"
    LOCKED = "locked", "Đã chốt danh sách"
    OPEN = "open", "Đang bỏ phiếu"
    CLOSED = "closed", "Đã đóng bỏ phiếu"
    MINUTED = "minuted", "Đã lập biên bản"
    CANCELLED = "cancelled", "Đã hủy"


class MemberRole(TextChoices):
    """What a member does on the council; a vice chair has the rights of a member."""

    CHAIR = "council_chair", "Chủ tịch Hội đồng"
    VICE_CHAIR = "council_vice_chair", "Phó Chủ tịch Hội đồng"
    MEMBER = "council_member", "Ủy viên"
    SECRETARY = "council_secretary", "Thư ký"
    TELLER = "teller", "Ban kiểm phiếu"


class Choice(TextChoices):
    """What may stand on a slip."""

    YES = "yes", "Đồng ý"
    NO = "no", "Không đồng ý"
    BLANK = "blank", "Phiếu trắng"


class Base(TextChoices):
    """What a share is counted on."""

    ALL_MEMBERS = "all_members", "Tổng số thành viên"
    PRESENT = "present", "Số thành viên dự họp"


class Origin(TextChoices):
    """Where the rule of an item comes from."""

    LAW = "law", "Pháp luật"
    OVERRIDE = "override", "Mức riêng của Ngành"
    COUNCIL = "council", "Quy chế Hội đồng"


class Status(TextChoices):
    """How sure a rule is."""

    CONFIRMED = "confirmed", "Đã đối chiếu"
    SECONDARY = "secondary", "Nguồn thứ cấp"
    UNCONFIRMED = "unconfirmed", "Chưa đối chiếu"


class ItemKind(TextChoices):
    """What is voted on."""

    NOMINATION = "nomination", "Hồ sơ khen thưởng"
    INITIATIVE = "initiative", "Sáng kiến"
    CLUSTER_RESULT = "cluster_result", "Kết quả cụm, khối"
