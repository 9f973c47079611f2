"""What of submissions and lines a user may see, the reviewer's queue, and what waits for whom."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db.models import Case, Count, Exists, F, Min, OuterRef, Q, QuerySet, When
from django.utils import timezone

from accounts import policy
from accounts.models import User
from accounts.permissions import Permission
from awards.models import Nomination, Notice, Remark, Submission
from awards.states import LIVE, NominationState
from campaigns.models import Campaign, CampaignKind
from campaigns.states import CampaignState
from history.models import Discovery, Grant
from history.selectors import discoveries_visible_to, waiting_on
from history.states import DiscoveryState, Nearness
from rulebook import catalogue
from units.models import Person, Posting, Unit, UnitLink
from units.selectors import in_force, parent_of, people_of, superiors, units_visible_to, within

S = NominationState

#: Tabs of the queue: key, label, states. The empty key shows everything sent.
TABS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("", "Tất cả", ()),
    ("submitted", "Chờ tiếp nhận", (S.SUBMITTED,)),
    ("reviewing", "Đang thẩm định", (S.REVIEWING,)),
    ("incomplete", "Chờ bổ sung", (S.INCOMPLETE,)),
    ("noticed", "Lấy ý kiến Nhân dân", (S.NOTICED,)),
    ("qualified", "Đủ điều kiện", (S.QUALIFIED,)),
    ("on_agenda", "Đã trình Hội đồng", (S.ON_AGENDA, S.POSTPONED)),
    ("after", "Đã có kết quả", (S.UNQUALIFIED, S.PASSED, S.FAILED, S.DOWNGRADED, S.FORWARDED, S.DECIDED)),
)


def submissions_visible_to(user: User) -> QuerySet[Submission]:
    """Sent ones of the units one may see; drafts only for those who may draft there."""
    sent = Q(sent_at__isnull=False, unit__in=units_visible_to(user, Permission.SUBMISSION_VIEW))
    draft = Q(sent_at=None, unit__in=units_visible_to(user, Permission.SUBMISSION_DRAFT))
    return Submission.objects.filter(sent | draft).select_related("unit", "campaign", "sent_by", "created_by")


def nominations_visible_to(user: User) -> QuerySet[Nomination]:
    """Lines of visible submissions, and lines that lie where one reviews. Drafts stay with their unit."""
    views = Q(submission__unit__in=units_visible_to(user, Permission.SUBMISSION_VIEW))
    reviews = Q(held_by__in=units_visible_to(user, Permission.NOMINATION_REVIEW))
    draft = Q(state=S.DRAFT, submission__unit__in=units_visible_to(user, Permission.SUBMISSION_DRAFT))
    return with_relations(Nomination.objects.filter(~Q(state=S.DRAFT) & (views | reviews) | draft))


def reviewed_by(user: User) -> QuerySet[Nomination]:
    """Lines on which one may act as a reviewer somewhere: for the moves of the reviewing side."""
    units = units_visible_to(user, Permission.NOMINATION_REVIEW)
    return with_relations(Nomination.objects.filter(held_by__in=units).exclude(state=S.DRAFT))


def queue(user: User, *, below: bool = False) -> QuerySet[Nomination]:
    """Lines that lie with the units where one holds the right itself (`below`: and in all units under them).

    Lines left with a unit that has ended belong to whoever answers for it.
    """
    covered = units_visible_to(user, Permission.NOMINATION_REVIEW)
    sent = Nomination.objects.exclude(state__in=[S.DRAFT, S.WITHDRAWN])
    if below:
        return sent.filter(held_by__in=covered)
    own = policy.granted_scopes(user, Permission.NOMINATION_REVIEW, Unit)
    ended = Q(held_by__valid_to__lt=timezone.localdate(), held_by__in=covered)
    return sent.filter(Q(held_by__in=own) | ended)


def with_relations(lines: QuerySet[Nomination]) -> QuerySet[Nomination]:
    """What lists and pages read of a line, in the same query."""
    return lines.select_related(
        "submission__unit", "submission__campaign", "person", "collective", "held_by", "reviewed_by", "override_by"
    )


def with_due(lines: QuerySet[Nomination]) -> QuerySet[Nomination]:
    """Each line with `due_day`, the day by which whoever has it must act."""
    return lines.annotate(due_day=Case(When(state=S.INCOMPLETE, then=F("return_due")), default=F("review_due")))


def count_by_tab(lines: QuerySet[Nomination]) -> dict[str, int]:
    """How many lines stand under each tab: one query."""
    rows = dict(lines.order_by().values_list("state").annotate(n=Count("pk")))
    counts = {key: sum(rows.get(state, 0) for state in states) for key, _, states in TABS if key}
    return {"": sum(rows.values()), **counts}


def states_of_tab(key: str) -> tuple[str, ...]:
    """The states under a tab; empty for all, and for a tab nobody knows."""
    return next((states for tab, _, states in TABS if tab == key), ())


def neighbours(ids: Sequence[int], pk: int) -> tuple[int | None, int | None, int, int]:
    """Before and after `pk` in a list of ids, its place (from 1) and how many there are; place 0: not in it."""
    if pk not in ids:
        return None, None, 0, len(ids)
    place = ids.index(pk)
    before = ids[place - 1] if place else None
    after = ids[place + 1] if place + 1 < len(ids) else None
    return before, after, place + 1, len(ids)


def waiting_for(user: User) -> int:
    """For the menu: lines to take up, and lines one is reviewing."""
    if not policy.holds(user, Permission.NOMINATION_REVIEW):
        return 0
    mine = Q(state=S.REVIEWING) & (Q(reviewed_by=user) | Q(reviewed_by=None))
    return queue(user).filter(Q(state=S.SUBMITTED) | mine).count()


def unit_waiting(user: User) -> int:
    """For the menu: lines returned to one's units, and drafts not yet sent."""
    units = units_visible_to(user, Permission.SUBMISSION_DRAFT)
    returned = Nomination.objects.filter(state=S.INCOMPLETE, submission__unit__in=units).count()
    return returned + Submission.objects.filter(sent_at=None, unit__in=units).count()


def with_totals(submissions: QuerySet[Submission]) -> QuerySet[Submission]:
    """Each submission with its numbers of lines, of those returned, under way and decided, and the next due day."""
    state = "nominations__state"
    return submissions.annotate(
        line_count=Count("nominations"),
        returned=Count("nominations", filter=Q(**{state: S.INCOMPLETE})),
        live=Count("nominations", filter=Q(**{f"{state}__in": sorted(LIVE)})),
        decided=Count("nominations", filter=Q(**{f"{state}__in": [S.DECIDED, S.FORWARDED]})),
        urgent=Case(When(sent_at=None, then=1), default=2 * Count("nominations", filter=Q(**{state: S.INCOMPLETE}))),
        next_due=Min("nominations__return_due", filter=Q(**{state: S.INCOMPLETE})),
    )


def lines_of(submission: Submission) -> QuerySet[Nomination]:
    """The lines of a tờ trình: people before collectives, by award and name."""
    return with_relations(submission.nominations.all()).order_by("collective", "award", "sort_key", "id")


def drafting_units(user: User) -> QuerySet[Unit]:
    """Units for which one may begin a tờ trình today."""
    today = timezone.localdate()
    units = units_visible_to(user, Permission.SUBMISSION_DRAFT)
    return units.filter(Q(valid_to=None) | Q(valid_to__gte=today)).order_by("sort_key", "id")


def open_campaigns(units: QuerySet[Unit]) -> QuerySet[Campaign]:
    """Campaigns that take dossiers from one of `units`, the latest year first."""
    rows = Campaign.objects.filter(unit__in=superiors(units), state__in=[CampaignState.LAUNCHED, CampaignState.CLOSED])
    return rows.order_by("-year", "sort_key", "id")


def sender_of(submission: Submission, day: date) -> dict[str, str]:
    """Names on the letterhead of a tờ trình, and the head who signs it, on `day`."""
    unit, superior = submission.unit, parent_of(submission.unit, day)
    head = Posting.objects.filter(in_force(day), unit=unit, is_head=True).select_related("person").first()
    return {
        "name": submission.shown_unit,
        "superior": superior.name if superior else "",
        "place": unit.place or (superior.place if superior else ""),
        "head_post": head.post if head else "",
        "head_name": head.person.full_name if head else "",
    }


def people_of_submission(submission: Submission) -> QuerySet[Person]:
    """People whose present (or last) post lies in the proposing unit or below it."""
    return people_of(within([submission.unit_id]))


def people_to_propose(submission: Submission) -> QuerySet[Person]:
    """Those who serve in the unit now or served there in the campaign's year."""
    units, campaign = within([submission.unit_id]), submission.campaign
    served = Posting.objects.filter(
        Q(valid_to=None) | Q(valid_to__gte=campaign.starts_on), unit__in=units, valid_from__lte=campaign.ends_on
    )
    return Person.objects.filter(Q(pk__in=people_of(units)) | Q(pk__in=served.values("person")))


#: How many people the page for adding them lists at once.
PEOPLE_LISTED = 20


def people_to_add(submission: Submission, text: str) -> QuerySet[Person]:
    """The first people of the unit whose name or code holds `text` (already a search key), by name."""
    people = people_of_submission(submission)
    if text:
        people = people.filter(search_key__contains=text)
    return people.order_by("sort_key", "id")[:PEOPLE_LISTED]


def collectives_of(submission: Submission) -> QuerySet[Unit]:
    """The unit and everything within it today."""
    today = timezone.localdate()
    units = within([submission.unit_id]).filter(Q(valid_to=None) | Q(valid_to__gte=today))
    return units.order_by("sort_key", "id")


def remarks_for(user: User, line: Nomination) -> QuerySet[Remark]:
    """What was said about a line; internal words only for those who review where they were said."""
    inside = units_visible_to(user, Permission.NOMINATION_REVIEW)
    rows = line.remarks.filter(Q(internal=False) | Q(unit__in=inside))
    return rows.select_related("by", "unit").order_by("at", "id")


def honours_of(line: Nomination) -> QuerySet[Grant]:
    """What the subject of a line has received, newest first."""
    about = Q(person=line.person_id) if line.person_id else Q(unit=line.collective_id)
    return Grant.objects.filter(about).order_by("-year", "-decided_on", "-id")


def notices_visible_to(user: User) -> QuerySet[Notice]:
    """Notices of the units where one reviews."""
    units = units_visible_to(user, Permission.NOMINATION_REVIEW)
    return Notice.objects.filter(unit__in=units).select_related("unit", "by").order_by("-opens_on", "-id")


def open_notices(day: date) -> QuerySet[Notice]:
    """Notices anybody may read on `day`."""
    rows = Notice.objects.filter(opens_on__lte=day, closes_on__gte=day, closed_at=None)
    return rows.select_related("unit").order_by("-opens_on", "-id")


def latest_intake(user: User, at: datetime) -> Campaign | None:
    """The campaign whose last day for dossiers comes next among those of the units where one reviews."""
    today = timezone.localdate(at)
    units = units_visible_to(user, Permission.NOMINATION_REVIEW)
    rows = Campaign.objects.filter(unit__in=units, nomination_closes_on__gte=today, state=CampaignState.LAUNCHED)
    return rows.order_by("nomination_closes_on", "id").first()


def units_sent(campaign: Campaign) -> int:
    """How many units have sent a tờ trình in a campaign."""
    return Submission.objects.filter(campaign=campaign, sent_at__isnull=False).values("unit").distinct().count()


def proposing_units(lines: QuerySet[Nomination]) -> QuerySet[Unit]:
    """The units whose lines stand in a list, for its filter."""
    return Unit.objects.filter(pk__in=lines.order_by().values("submission__unit")).order_by("sort_key", "id")


def reviewing_units(user: User) -> QuerySet[Unit]:
    """Units on which one holds the right to review itself."""
    return policy.granted_scopes(user, Permission.NOMINATION_REVIEW, Unit).order_by("sort_key", "id")


def has_superior(units: QuerySet[Unit]) -> bool:
    """Does any of `units` stand under another one today?"""
    return UnitLink.objects.filter(in_force(timezone.localdate()), child__in=units).exists()


def reviewers_of(units: QuerySet[Unit]) -> QuerySet[User]:
    """Users who hold the right to review on one of `units` itself."""
    grants = policy.grant_model(Unit)._default_manager.filter(
        permission__codename=Permission.NOMINATION_REVIEW.value, content_object__in=units
    )
    return User.objects.filter(is_active=True, pk__in=grants.values("user")).order_by("full_name", "id")


#: Tabs of the list of suggestions: key, label. The empty key is what waits for a dossier.
SUGGESTION_TABS = (
    ("", "Đủ điều kiện"),
    ("thieu", "Thiếu một điều kiện"),
    ("du-lieu", "Cần bổ sung dữ liệu"),
    ("hoan", "Đã hoãn"),
    ("khong", "Không đề nghị"),
    ("ho-so", "Đã có hồ sơ"),
)


def suggestions(user: User) -> QuerySet[Discovery]:
    """Who in the units one sees has come near a higher award: with `has_dossier` and the award's `place` in the law."""
    places = [When(award=code, then=entry.order) for code, entry in catalogue.awards().items()]
    return with_dossier(discoveries_visible_to(user)).annotate(place=Case(*places, default=0))


def with_dossier(rows: QuerySet[Discovery]) -> QuerySet[Discovery]:
    """Each suggestion with `has_dossier`; the line itself is asked, so one thrown away brings the suggestion back."""
    subject = Q(person=OuterRef("person_id")) | Q(collective=OuterRef("collective_id"))
    same = {name: OuterRef(name) for name in ("award", "type", "year")}
    return rows.annotate(has_dossier=Exists(Nomination.objects.filter(subject, **same).exclude(state=S.WITHDRAWN)))


def suggestions_under(tab: str, day: date) -> Q:
    """What stands under a tab on `day`."""
    waiting = waiting_on(day) & Q(has_dossier=False)
    return {
        "thieu": waiting & Q(outcome=Nearness.ONE_MISSING),
        "du-lieu": waiting & Q(outcome=Nearness.DATA_MISSING),
        "hoan": Q(state=DiscoveryState.POSTPONED, until__gt=day, has_dossier=False),
        "khong": Q(state=DiscoveryState.DECLINED, has_dossier=False),
        "ho-so": Q(has_dossier=True),
    }.get(tab, waiting & Q(outcome=Nearness.ELIGIBLE))


def count_suggestions(rows: QuerySet[Discovery], day: date) -> dict[str, int]:
    """How many stand under each tab: one query."""
    counts = {
        f"n{place}": Count("pk", filter=suggestions_under(key, day)) for place, (key, _) in enumerate(SUGGESTION_TABS)
    }
    found = rows.order_by().aggregate(**counts)
    return {key: found[f"n{place}"] for place, (key, _) in enumerate(SUGGESTION_TABS)}


def to_propose(user: User, day: date) -> QuerySet[Discovery]:
    """Who has come to a higher award in the units for which `user` drafts, and waits for an answer."""
    units = units_visible_to(user, Permission.SUBMISSION_DRAFT)
    rows = with_dossier(Discovery.objects.filter(unit__in=units, ended_on=None))
    return rows.filter(suggestions_under("", day))


def count_to_propose(user: User) -> int:
    """For the menu."""
    if not policy.holds(user, Permission.SUBMISSION_DRAFT):
        return 0
    return to_propose(user, timezone.localdate()).count()


def year_taking_dossiers(day: date) -> int:
    """The emulation year that is decided next: of the yearly campaign whose last day for dossiers comes first."""
    rows = Campaign.objects.filter(
        Q(nomination_closes_on=None) | Q(nomination_closes_on__gte=day), kind=CampaignKind.ANNUAL, starts_on__lte=day,
        state__in=[CampaignState.LAUNCHED, CampaignState.CLOSED],
    )  # fmt: skip
    return rows.order_by("nomination_closes_on", "year").values_list("year", flat=True).first() or day.year
