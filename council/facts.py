"""Which rule governs an item on the day of the session, and what stands in the way of the lock.

One order of precedence: the sector's own share, which the office enters with its citation where the law
leaves it to the ministry; then the share the law fixes; where neither speaks, the council's own dated rule;
where there is none, the session cannot be locked: no share is ever assumed. The quorum is the council's.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby

from django.utils import timezone

from awards.eligibility import cite_text
from awards.states import NominationState
from core.templatetags.vi import vi_number
from council.models import AgendaItem, Council, CouncilRule, Recusal, Seat, Session
from council.selectors import rules_on
from council.states import Base, ItemKind, Origin, Status
from council.voting import Share, can_pass, needed_votes, stricter
from history.eligibility import overrides
from rulebook.catalogue import awards as catalogue
from rulebook.engine import VoteRule, vote_rule

#: With fewer slips than this the count of an item would tell who voted how; it is then not shown.
FEWEST_SHOWN = 3
BASE_NAMES: dict[str, str] = {Base.ALL_MEMBERS: "tổng số thành viên", Base.PRESENT: "số thành viên dự họp"}
BASE_WORDS: dict[str, str] = {Base.ALL_MEMBERS: "thành viên", Base.PRESENT: "thành viên dự họp"}


@dataclass(frozen=True)
class ItemRule:
    """Share, base and source of one vote. `cite` = [{"doc", "at"}]."""

    share: Share
    base: str
    origin: str
    cite: tuple[dict[str, str], ...]
    status: str

    @property
    def origin_name(self) -> str:
        """Where it comes from: the law, or the council's own rules."""
        return str(Origin(self.origin).label)

    @property
    def origin_inside(self) -> str:
        """The same inside a sentence."""
        return f"{self.origin_name[:1].lower()}{self.origin_name[1:]}"

    @property
    def source(self) -> str:
        """The citation as a sentence shows it."""
        if self.origin == Origin.LAW:
            return cite_text(self.cite)
        return "; ".join(f"{one['at']} {one['doc']}{_entered_by(one)}" for one in self.cite)


@dataclass(frozen=True)
class Obstacle:
    """Why the list cannot be locked, and what to do about it."""

    says: str
    cure: str


@dataclass(frozen=True)
class Outlook:
    """What an item needs, and whether it can still get it. `voters` = present and not recused."""

    rule: ItemRule | None
    members: int
    recused: int
    voters: int
    needed: int | None

    @property
    def possible(self) -> bool:
        """Could it pass if everybody who may vote on it said yes?"""
        return self.needed is None or can_pass(self.needed, voters=self.voters)

    @property
    def formula(self) -> str:
        """The arithmetic in words: “90 % × 15 thành viên = 13,5, cần 14 phiếu”."""
        if self.rule is None or self.needed is None:
            return ""
        share = self.rule.share
        exact = Decimal(share.num * self.members) / share.den
        shown = f"{exact.quantize(Decimal('0.01')).normalize():f}".replace(".", ",")
        return f"{share.text} × {self.members} {BASE_WORDS[self.rule.base]} = {shown}, cần {self.needed} phiếu"


@dataclass(frozen=True)
class Line:
    """An item with its outlook, as lists show it."""

    item: AgendaItem
    outlook: Outlook

    @property
    def shown(self) -> bool:
        """May its numbers be shown?"""
        return is_shown(self.item)

    @property
    def share_text(self) -> str:
        """The share of yes votes: 93,3 %."""
        return share_text(self.item)

    @property
    def share(self) -> Decimal:
        """The share of yes votes in hundredths, for the bar."""
        return Decimal((self.item.yes or 0) * 100) / (self.item.members or 1)

    @property
    def tick(self) -> Decimal:
        """Where the share asked stands on the bar."""
        return Decimal((self.item.share_num or 0) * 100) / (self.item.share_den or 1)

    @property
    def share_label(self) -> str:
        """The bar in words."""
        return f"{self.share_text} đồng ý, ngưỡng {self.item.share.text if self.item.share else ''}"

    @property
    def tone(self) -> str:
        """The colour of the bar."""
        return "ok" if self.item.passed else "err"


@dataclass(frozen=True)
class Group:
    """The items of one award, under one heading and one rule."""

    heading: str
    rule: ItemRule | None
    lines: list[Line]

    @property
    def rule_text(self) -> str:
        """“ngưỡng 90 % tổng số thành viên”."""
        return (
            f"ngưỡng {self.rule.share.text} {BASE_NAMES[self.rule.base]}"
            if self.rule
            else "chưa có quy định tỷ lệ phiếu"
        )


class Rules:
    """The rules of a council on a day; two queries, however many awards are asked about."""

    def __init__(self, council: Council, day: date) -> None:
        self.day = day
        self._own = {rule.award: rule for rule in rules_on(council, day)}
        self._laid = overrides()

    def of(self, award: str) -> ItemRule | None:
        """The rule that governs `award` ("" for what is no award): the sector's, the law's, the council's, or None."""
        law = vote_rule(award, self.day, self._laid) if award else None
        if law is not None:
            return _of_law(law)
        own = self._own.get(award) or self._own.get("")
        return _of_council(own) if own else None

    def quorum(self, awards: Iterable[str]) -> Share | None:
        """The strictest quorum that the council's rules ask for these awards; None: none is set."""
        rules = [rule for award in {*awards, ""} if (rule := self._own.get(award))]
        return stricter(Share(rule.quorum_num, rule.quorum_den) for rule in rules)


def rules_of(session: Session) -> Rules:
    """The rules on the day of the session."""
    return Rules(session.council, timezone.localdate(session.held_at))


def base_of(base: str, seats: Sequence[Seat]) -> int:
    """The number a share is counted on: the voting seats, or those of them that are present."""
    return sum(seat.votes and (seat.present or base != Base.PRESENT) for seat in seats)


def outlooks(session: Session, items: Sequence[AgendaItem], seats: Sequence[Seat]) -> dict[int, Outlook]:
    """The outlook of every item, by its id; after the lock by the frozen rule. Two queries."""
    recused: dict[int, set[int]] = {}
    for item_id, seat_id in Recusal.objects.filter(item__session=session).values_list("item_id", "seat_id"):
        recused.setdefault(item_id, set()).add(seat_id)
    rules = rules_of(session) if session.is_composed else None
    voting = [seat for seat in seats if seat.votes]
    found = {}
    for item in items:
        rule = rules.of(item.award) if rules else frozen_rule(item)
        members = base_of(rule.base if rule else Base.ALL_MEMBERS, seats)
        out = recused.get(item.pk, set())
        found[item.pk] = Outlook(
            rule=rule,
            members=members,
            recused=sum(seat.pk in out for seat in voting),
            voters=sum(seat.present and seat.pk not in out for seat in voting),
            needed=needed_votes(rule.share, members) if rule else None,
        )
    return found


def groups(items: Sequence[AgendaItem], found: Mapping[int, Outlook]) -> list[Group]:
    """The agenda award by award, in its order."""
    answer = []
    for heading, members in groupby(items, heading_of):
        lines = [Line(item, found[item.pk]) for item in members]
        answer.append(Group(heading, lines[0].outlook.rule, lines))
    return answer


def heading_of(item: AgendaItem) -> str:
    """The group an item stands under: its award, else its kind."""
    return catalogue()[item.award].label if item.award in catalogue() else ItemKind(item.kind).label


def share_text(item: AgendaItem) -> str:
    """The share of yes votes: 93,3 %."""
    if item.yes is None or not item.members:
        return ""
    return f"{vi_number(Decimal(item.yes * 100) / item.members, 1)} %"


def is_shown(item: AgendaItem) -> bool:
    """May the numbers of the item be shown without telling who voted how?"""
    return item.count is not None and item.count.slips >= FEWEST_SHOWN


def frozen_rule(item: AgendaItem) -> ItemRule | None:
    """The rule as it was when the list was locked."""
    if item.share is None:
        return None
    return ItemRule(item.share, item.base, item.origin, tuple(item.rule_cite), item.rule_status)


def obstacles(session: Session, items: Sequence[AgendaItem], seats: Sequence[Seat]) -> list[Obstacle]:
    """Everything that keeps the list from being locked, all at once."""
    found = []
    if not items:
        found.append(Obstacle("Chưa có mục biểu quyết nào.", "Thêm hồ sơ đủ điều kiện vào danh sách."))
    if not any(seat.votes for seat in seats):
        found.append(
            Obstacle("Hội đồng chưa có thành viên bỏ phiếu vào ngày họp.", "Lãnh đạo thường trực nhập thành viên.")
        )
    rules = rules_of(session)
    awards = {item.award: item for item in items if rules.of(item.award) is None}
    found.extend(_without_rule(item, rules.day) for item in awards.values())
    found.extend(
        Obstacle(
            f"Mục {item.order}, {item.title}: hồ sơ không còn ở trạng thái đã trình Hội đồng.",
            "Đưa mục ra khỏi danh sách.",
        )
        for item in items
        if item.nomination and item.nomination.state != NominationState.ON_AGENDA
    )
    return found


def _without_rule(item: AgendaItem, day: date) -> Obstacle:
    what = item.nomination.get_award_display() if item.nomination else ItemKind(item.kind).label
    return Obstacle(
        f"{what}: ngày {day:%d/%m/%Y} không có văn bản nào quy định tỷ lệ phiếu, Hội đồng cũng chưa có quy chế.",
        "Lãnh đạo thường trực nhập quy chế Hội đồng có căn cứ, rồi chốt lại.",
    )


def _of_law(rule: VoteRule) -> ItemRule:
    """What the book says, or what the office has laid over it; then who entered it stands with the citation."""
    own = [used for used in rule.overrides if used.parameter.startswith("votes.")]
    by = {"by": own[0].by} if own else {}
    cite = tuple({**one.as_dict(), **by} for one in rule.cite)
    origin = Origin.OVERRIDE if own else Origin.LAW
    status = Status.CONFIRMED if rule.confirmed else Status.UNCONFIRMED
    return ItemRule(Share(rule.share.numerator, rule.share.denominator), Base.ALL_MEMBERS, origin, cite, status)


def _entered_by(cite: dict[str, str]) -> str:
    return f" ({cite['by']} nhập)" if cite.get("by") else ""


def _of_council(rule: CouncilRule) -> ItemRule:
    cite = ({"doc": rule.cite_document, "at": rule.cite_place},)
    return ItemRule(Share(rule.share_num, rule.share_den, rule.over), rule.base, Origin.COUNCIL, cite, rule.status)
