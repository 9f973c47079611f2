"""What the frame of every page shows: navigation of the active role, counters, bell, name.

The menus are data. An item is shown when its page exists and its user holds the right somewhere;
counters come from settings.NAV_COUNTERS ({key: "dotted.function"}; user in, number out).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.module_loading import import_string

from accounts import policy
from accounts.permissions import Permission as P
from accounts.roles import ROLES, Role

SESSION_ROLE = "active_role"


@dataclass(frozen=True)
class Item:
    """A line of a menu, before anybody asks who looks at it; `key` goes there after G."""

    label: str
    icon: str
    page: str
    permission: P | None = None
    counter: str = ""
    key: str = ""


@dataclass(frozen=True)
class Group:
    """Lines under a small heading; the first group has none."""

    label: str
    items: tuple[Item, ...]


@dataclass
class Link:
    """A line as shown to one user."""

    label: str
    icon: str
    href: str
    count: int = 0
    key: str = ""
    is_current: bool = False


@dataclass
class Section:
    """A group as shown to one user."""

    label: str
    links: list[Link] = field(default_factory=list)


_TREE = Item("Cây đơn vị", "diagram-3", "units:unit_tree", P.UNIT_VIEW, key="c")
_PEOPLE = Item("Cá nhân", "people", "units:person_list", P.PERSON_VIEW)
_OWN = Item("Hồ sơ của tôi", "person-badge", "history:own_record", P.OWN_RECORD)
_CAMPAIGNS = Item("Phong trào", "flag", "campaigns:campaign_list", counter="campaigns")
_REGISTRATIONS = Item(
    "Đăng ký thi đua", "pencil-square", "campaigns:registration_list", P.REGISTRATION_VIEW, "registrations", "d"
)
_NEARLY = Item("Sắp đủ điều kiện", "signpost", "awards:discovery_list", P.GRANT_VIEW, "discoveries")
_RESULTS = Item("Kết quả, biên bản", "clipboard-data", "council:results", P.SESSION_VIEW)

UNIT_MENU = (
    Group("", (
        Item("Trang chủ", "house", "reports:home"),
        Item("Việc cần làm", "list-check", "reports:tasks", counter="tasks", key="v"),
    )),
    Group("Thi đua", (
        _CAMPAIGNS,
        _REGISTRATIONS,
        Item("Chấm điểm cụm, khối", "clipboard-check", "campaigns:cluster_list", P.CLUSTER_SCORE),
        Item("Tiến độ đơn vị", "graph-up", "reports:progress", P.REGISTRATION_VIEW),
    )),
    Group("Khen thưởng", (
        Item("Hồ sơ đề nghị", "folder2-open", "awards:submission_list", P.SUBMISSION_VIEW, "submissions", "h"),
        _NEARLY,
        Item("Kết quả, quyết định", "award", "decisions:decision_list", P.DECISION_VIEW),
    )),
    Group("Đơn vị", (Item("Cá nhân, tập thể", "people", "units:person_list", P.PERSON_VIEW), _TREE)),
    Group("Của tôi", (_OWN,)),
)  # fmt: skip
OFFICE_MENU = (
    Group("", (
        Item("Bàn làm việc", "house", "reports:home"),
        Item("Việc cần làm", "list-check", "reports:tasks", counter="tasks", key="v"),
        Item("Thẩm định", "inboxes", "awards:review_queue", P.NOMINATION_REVIEW, "review", "t"),
    )),
    Group("Nghiệp vụ", (
        _CAMPAIGNS,
        Item("Bản đăng ký", "pencil-square", "campaigns:registration_list", P.REGISTRATION_VIEW, "registrations", "d"),
        Item("Hồ sơ đề nghị", "folder2-open", "awards:submission_list", P.SUBMISSION_VIEW, "submissions", "h"),
        _NEARLY,
        Item("Phiên họp Hội đồng", "person-check", "council:session_list", P.SESSION_VIEW, "sessions"),
        Item("Quyết định", "file-earmark-text", "decisions:decision_list", P.DECISION_VIEW, "decisions"),
        Item("Sổ số quyết định", "123", "decisions:number_register", P.DECISION_NUMBER),
        Item("In bằng", "printer", "decisions:certificate_list", P.CERTIFICATE_PRINT, "certificates"),
        Item("Trao tặng", "gift", "decisions:hand_over_list", P.CERTIFICATE_PRINT),
        Item("Tiền thưởng, quỹ", "cash-coin", "decisions:payment_list", P.PAYMENT_RECORD),
        Item("Thu hồi", "arrow-counterclockwise", "decisions:recovery_list", P.RECOVERY_RECORD),
    )),
    Group("Tra cứu", (
        _PEOPLE,
        _TREE,
        Item("Thống kê", "bar-chart", "reports:statistics", P.GRANT_VIEW),
    )),
    Group("Cấu hình", (
        Item("Quy tắc, căn cứ", "journal-text", "history:rulebook", P.GRANT_VIEW),
        Item("Mẫu Word", "file-earmark-word", "decisions:word_templates", P.DECISION_DRAFT),
        Item("Hội đồng, quy chế", "people", "council:rules", P.RULE_OVERRIDE),
        Item("Tài khoản, vai trò", "person-gear", "units:role_list", P.ROLE_MANAGE),
        Item("Nhật ký", "clock-history", "core:journal", P.JOURNAL_VIEW),
    )),
)  # fmt: skip
COUNCIL_MENU = (
    Group("", (
        Item("Trang chủ", "house", "reports:home"),
        Item("Việc cần làm", "list-check", "reports:tasks", counter="tasks", key="v"),
        Item("Phiếu của tôi", "check2-square", "council:my_ballots", P.BALLOT_CAST, "ballots"),
    )),
    Group("Hội đồng", (
        Item("Phiên họp", "calendar-event", "council:session_list", P.SESSION_VIEW, "sessions"),
        _RESULTS,
        Item("Hồ sơ trình", "folder2-open", "council:agenda", P.SESSION_VIEW, "agenda"),
    )),
    Group("Của tôi", (_OWN,)),
)  # fmt: skip
PERSON_MENU = (
    Group("", (
        Item("Trang chủ", "house", "reports:home"),
        Item("Việc cần làm", "list-check", "reports:tasks", counter="tasks", key="v"),
    )),
    Group("Của tôi", (
        _OWN,
        Item("Đăng ký thi đua", "pencil-square", "campaigns:own", P.OWN_REGISTRATION, "own_registration", "d"),
        Item("Sáng kiến của tôi", "lightbulb", "history:own_initiatives", P.OWN_INITIATIVE),
    )),
    Group("Tra cứu", (_CAMPAIGNS, Item("Quyết định", "file-earmark-text", "decisions:decision_list", P.DECISION_VIEW))),
)  # fmt: skip

#: Which menu a role works with; the order is the order of precedence on signing in.
MENUS: dict[str, tuple[Group, ...]] = {
    "office_lead": OFFICE_MENU,
    "office": OFFICE_MENU,
    "unit_head": UNIT_MENU,
    "unit_clerk": UNIT_MENU,
    "council_chair": COUNCIL_MENU,
    "council_secretary": COUNCIL_MENU,
    "council_member": COUNCIL_MENU,
    "teller": COUNCIL_MENU,
    "signer": OFFICE_MENU,
    "clerk": OFFICE_MENU,
    "admin": OFFICE_MENU,
    "auditor": OFFICE_MENU,
    "cluster_lead": UNIT_MENU,
    "opinion": UNIT_MENU,
    "editor": UNIT_MENU,
    "person": PERSON_MENU,
}
#: Pages the frame links to when they exist.
FRAME_PAGES = {
    "home": "reports:home",
    "search": "reports:search",
    "help": "core:help",
    "notifications": "core:notifications",
    "switch_role": "core:switch_role",
    "stay": "core:stay",
    "own_record": "history:own_record",
    "password": "account_change_password",
    "second_factor": "mfa_index",
    "sign_in": "account_login",
    "sign_out": "account_logout",
}


class Shell:
    """The frame of one page; every part is computed only when a template asks for it."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.user: Any = getattr(request, "user", None)
        self.is_demo = settings.DEMO
        self.idle_seconds = settings.SESSION_IDLE_SECONDS

    @cached_property
    def pages(self) -> Mapping[str, str]:
        """Addresses of the frame's own links; a page that does not exist is absent."""
        return {name: href for name, page in FRAME_PAGES.items() if (href := _address(page))}

    @cached_property
    def roles(self) -> list[Role]:
        """The roles the user can work as, in order of precedence."""
        codes = policy.role_codes(self.user) if self.user is not None else frozenset()
        return [ROLES[code] for code in MENUS if code in codes]

    @cached_property
    def role(self) -> Role | None:
        """The role chosen at the avatar, else the first one."""
        session = getattr(self.request, "session", {})
        chosen = session.get(SESSION_ROLE)
        return next((role for role in self.roles if role.code == chosen), self.roles[0] if self.roles else None)

    @property
    def role_label(self) -> str:
        """Printed under the name on every page."""
        return self.role.label if self.role else "Chưa được phân vai trò"

    @cached_property
    def sections(self) -> list[Section]:
        """The navigation: only what exists and what the user may open."""
        held = policy.held(self.user)
        menu = MENUS[self.role.code] if self.role else PERSON_MENU[:1]
        sections = [Section(group.label, self._links(group, held)) for group in menu]
        links = [link for section in sections for link in section.links]
        _mark_current(links, self.request.path)
        return [section for section in sections if section.links]

    @property
    def error_layout(self) -> str:
        """How an error answers: a remark for htmx, a page inside the frame, or a bare page."""
        if getattr(self.request, "htmx", False):
            return "errors/fragment.html"
        known = self.user is not None and self.user.is_authenticated
        return "errors/page.html" if known else "errors/public.html"

    @property
    def back(self) -> str:
        """The page the user came from, if it is one of ours; else the home page."""
        came_from = urlsplit(self.request.headers.get("Referer", ""))
        query = f"?{came_from.query}" if came_from.query else ""
        try:
            ours = came_from.netloc == self.request.get_host() and came_from.path != self.request.path
        except DisallowedHost:
            ours = False
        return f"{came_from.path}{query}" if ours and came_from.path.startswith("/") else "/"

    @cached_property
    def unread(self) -> int:
        """Lines under the bell not read yet."""
        return self._count("unread")

    def _links(self, group: Group, held: frozenset[P]) -> list[Link]:
        return [
            Link(item.label, item.icon, href, self._count(item.counter), item.key)
            for item in group.items
            if (item.permission is None or item.permission in held) and (href := _address(item.page))
        ]

    def _count(self, key: str) -> int:
        path = settings.NAV_COUNTERS.get(key)
        return import_string(path)(self.user) if path else 0


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context processor; lazy, so that fragments and public pages cost no query."""
    return {"shell": SimpleLazyObject(lambda: Shell(request))}


def _address(page: str) -> str:
    try:
        return reverse(page)
    except NoReverseMatch:
        return ""


def _mark_current(links: list[Link], path: str) -> None:
    """The page itself or the nearest list above it; the home page only when it is open."""
    above = [link for link in links if path == link.href or (link.href != "/" and path.startswith(link.href))]
    if above:
        max(above, key=lambda link: len(link.href)).is_current = True
