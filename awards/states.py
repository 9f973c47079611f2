"""States of a nomination line; nothing else exists."""

from django.db.models import TextChoices


class NominationState(TextChoices):
    """One line of a submission, from its draft to a decision."""

    DRAFT = "draft", "Đang soạn"
    SUBMITTED = "submitted", "Chờ tiếp nhận"
    REVIEWING = "reviewing", "Đang thẩm định"
    INCOMPLETE = "incomplete", "Cần bổ sung"
    NOTICED = "noticed", "Lấy ý kiến Nhân dân"
    QUALIFIED = "qualified", "Đủ điều kiện"
    UNQUALIFIED = "unqualified", "Không đủ điều kiện"
    ON_AGENDA = "on_agenda", "Đã trình Hội đồng"
    PASSED = "passed", "Đạt"
    FAILED = "failed", "Không đạt"
    DOWNGRADED = "downgraded", "Chuyển mức thấp hơn"
    POSTPONED = "postponed", "Hoãn xét"
    FORWARDED = "forwarded", "Đã trình cấp trên"
    DECIDED = "decided", "Đã có quyết định"
    WITHDRAWN = "withdrawn", "Đã rút"


S = NominationState

#: What stands in the reviewer's words where the unit reads others (Cần bổ sung / Chờ bổ sung).
SEEN_FROM_ABOVE: dict[str, str] = {S.INCOMPLETE: "Chờ bổ sung"}

#: The proposing unit may change the line itself.
EDITABLE = frozenset({S.DRAFT, S.INCOMPLETE})

#: The line is under way: sent, and neither ended nor decided.
LIVE = frozenset({S.SUBMITTED, S.REVIEWING, S.INCOMPLETE, S.NOTICED, S.QUALIFIED, S.ON_AGENDA, S.PASSED, S.POSTPONED})

#: The line counts beside others: under way, sent up, or decided.
COUNTED = LIVE | {S.FORWARDED, S.DECIDED}

#: Nothing happens to the line any more.
FINAL = frozenset({S.UNQUALIFIED, S.FAILED, S.DOWNGRADED, S.FORWARDED, S.DECIDED, S.WITHDRAWN})

#: Sent up the ways the reviewing side works through, in the order of its tabs.
REVIEWED = frozenset(S) - {S.DRAFT}

#: Types of which a subject receives at most one a year for the same award.
ONCE_A_YEAR = ("merit", "long_service", "tenure")
