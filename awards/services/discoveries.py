"""From a suggestion of the nightly pass to a line of the unit's draft, and the word to the head about new ones."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from accounts import policy
from accounts.models import User
from accounts.permissions import Permission
from awards import selectors
from awards.models import Nomination, Submission
from awards.models.submission import level_of
from awards.services import lines, submissions
from awards.states import NominationState
from campaigns.models import Campaign
from core.act import act
from core.models import Job, Notification
from core.services.notifications import notify_each
from core.workflow import Refused, lock
from history.models import Discovery
from history.services import discoveries as suggested
from units.models import Unit, UnitLink, UnitUserGrant
from units.selectors import in_force, within

Refusal = tuple[Discovery, str]
#: One draft for all that go the same way: unit, campaign, award, type.
Way = tuple[Unit, Campaign, str, str]


@dataclass(frozen=True)
class Proposer:
    """A unit that proposes, and the units whose campaigns bind it (itself and those above)."""

    unit: Unit
    above: frozenset[int]


@dataclass
class Started:
    """What came of it: lines now in drafts (new ones, and those that were there), and who was left out and why."""

    made: list[Nomination] = field(default_factory=list)
    there: list[Nomination] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)

    @property
    def submissions(self) -> list[int]:
        """The tờ trình that hold the lines, each once."""
        return list(dict.fromkeys(line.submission_id for line in [*self.made, *self.there]))


@act
def start(*, discoveries: Iterable[Discovery], by: User, at: datetime) -> Started:
    """A line for each, in the draft of the unit that answers for them; begun twice, it is the same line.

    The draft is the newest one not sent of the same unit, campaign and level, or a new one.
    """
    keys = [row.pk for row in discoveries]
    locked = Discovery.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk")
    rows = list(locked.select_related("person", "collective", "unit"))
    started, day = Started(), timezone.localdate(at)
    there = _lines_of(rows)
    proposers, campaigns = _proposers(rows, by, day), campaigns_for(by, day)
    ways: dict[Way, list[Discovery]] = defaultdict(list)
    for row in rows:
        if line := there.get(_about(row)):
            started.there.append(line)
            continue
        try:
            ways[_way(row, proposers, campaigns)].append(row)
        except Refused as why:
            started.refused.append((row, str(why)))
    for way, members in ways.items():
        _go(way, members, started, by=by, at=at)
    return started


def why_not(row: Discovery, campaigns: Sequence[Campaign]) -> str:
    """Why no dossier can be begun for a suggestion in any of these campaigns; "" where one can."""
    return "" if any(_takes(campaign, row) for campaign in campaigns) else _no_campaign(row)


def campaigns_for(user: User, day: date) -> list[Campaign]:
    """The campaigns in which the user's units may hand in dossiers on `day`, the awards they are open for at hand."""
    rows = selectors.open_campaigns(selectors.drafting_units(user)).prefetch_related("awards")
    return [row for row in rows if row.nomination_closes_on is None or row.nomination_closes_on >= day]


def tell_heads(*, job: Job) -> dict[str, Any]:
    """After a pass, as a job."""
    return {"units": tell(year=int(job.payload["year"]), run=datetime.fromisoformat(job.payload["run"]))}


def tell(*, year: int, run: datetime) -> int:
    """One line to the head of each unit in which the run found somebody newly eligible; how many units."""
    day = timezone.localdate(run)
    fresh = selectors.with_dossier(Discovery.objects.filter(year=year, found_at=run, ended_on=None))
    subjects = set(fresh.filter(selectors.suggestions_under("", day)).values_list("unit", "person", "collective"))
    units = Counter(unit for unit, _, _ in subjects)
    heads = _heads()
    told = _gathered(units, heads, day)
    names = Unit.objects.in_bulk(told)
    url = reverse("awards:discovery_list")
    notify_each(
        Notification(
            user_id=head, kind="discovery.found", key=f"discovery:{year}:{unit}:{run.isoformat()}", at=run, url=url,
            text=f"{number} cá nhân, tập thể của {names[unit].short_name} mới đủ điều kiện khen thưởng cao hơn.",
        )
        for unit, number in told.items()
        for head in heads[unit]
    )  # fmt: skip
    return len(told)


def _go(way: Way, rows: Sequence[Discovery], started: Started, *, by: User, at: datetime) -> None:
    try:
        made = _into_draft(way=way, rows=rows, by=by, at=at)
    except (Refused, PermissionDenied) as why:
        started.refused += [(row, str(why)) for row in rows]
        return
    started.made += made
    lined = {(line.person_id, line.collective_id) for line in made}
    left = [row for row in rows if (row.person_id, row.collective_id) not in lined]
    started.refused += [(row, "không thuộc đơn vị lập tờ trình trong năm xét") for row in left]


@act
def _into_draft(*, way: Way, rows: Sequence[Discovery], by: User, at: datetime) -> list[Nomination]:
    """The lines of one way, all in one draft; the suggestions are marked as taken."""
    unit, campaign, award, award_type = way
    draft = _draft(unit, campaign, level_of(award), by=by, at=at)
    people = [row.person for row in rows if row.person]
    collectives = [row.collective for row in rows if row.collective]
    made: list[Nomination] = []
    if people:
        made += lines.add_people(
            submission=draft, people=people, award=award, award_type=award_type, by=by, at=at
        ).lines
    if collectives:
        made += lines.add_collectives(
            submission=draft, units=collectives, award=award, award_type=award_type, by=by, at=at
        ).lines
    lined = {(line.person_id, line.collective_id) for line in made}
    taken = [row for row in rows if (row.person_id, row.collective_id) in lined]
    _, refused = suggested.take(discoveries=taken, by=by, at=at)
    if refused:
        raise Refused(refused[0][1])
    return made


def _draft(unit: Unit, campaign: Campaign, level: str, *, by: User, at: datetime) -> Submission:
    """The newest draft of the unit in the campaign at that level, or a new one; two at once find the same."""
    lock(unit)
    rows = Submission.objects.filter(unit=unit, campaign=campaign, level=level, sent_at=None)
    found = rows.order_by("-created_at", "-pk").first()
    return found or submissions.create(
        campaign=campaign, unit=unit, level=level, by=by, at=at,
        title=f"Đề nghị khen thưởng năm {campaign.year}, {unit.short_name}",
    )  # fmt: skip


def _lines_of(rows: Sequence[Discovery]) -> dict[tuple[Any, ...], Nomination]:
    """The lines there are for these suggestions already."""
    found = Nomination.objects.exclude(state=NominationState.WITHDRAWN).select_related("submission")
    people, units = [row.person_id for row in rows if row.person_id], [r.collective_id for r in rows if r.collective_id]
    near = [*found.filter(person__in=people), *found.filter(collective__in=units)]
    return {_about(line): line for line in near}


def _about(row: Discovery | Nomination) -> tuple[Any, ...]:
    return row.person_id, row.collective_id, row.award, row.type, row.year


def _proposers(rows: Sequence[Discovery], by: User, day: date) -> dict[int, Proposer]:
    """For each unit of the rows, the nearest unit for which `by` drafts and which answers for it."""
    wanted = {row.unit_id for row in rows}
    reach: list[tuple[int, Proposer, set[int]]] = []
    for unit in policy.granted_scopes(by, Permission.SUBMISSION_DRAFT, Unit):
        inside = set(within([unit.pk]).values_list("pk", flat=True))
        if found := inside & wanted:
            above = frozenset(unit.lineage(day).values_list("pk", flat=True))
            reach.append((len(inside), Proposer(unit, above), found))
    farthest_first = sorted(reach, key=lambda each: (-each[0], each[1].unit.pk))
    return {pk: proposer for _, proposer, found in farthest_first for pk in found}


def _way(row: Discovery, proposers: Mapping[int, Proposer], campaigns: Sequence[Campaign]) -> Way:
    """Where a dossier goes, or Refused."""
    proposer = proposers.get(row.unit_id)
    if proposer is None:
        raise Refused("Đồng chí không lập hồ sơ cho đơn vị này.")
    for campaign in campaigns:
        if campaign.unit_id in proposer.above and _takes(campaign, row):
            return proposer.unit, campaign, row.award, row.type
    raise Refused(_no_campaign(row))


def _takes(campaign: Campaign, row: Discovery) -> bool:
    listed = {each.award for each in campaign.awards.all()}
    return campaign.year == row.year and (not listed or row.award in listed)


def _no_campaign(row: Discovery) -> str:
    return f"Chưa có phong trào năm {row.year} nhận hồ sơ {row.entry.label}."


def _heads() -> dict[int, list[int]]:
    """Who sends for each unit, by a right on the unit itself."""
    grants = UnitUserGrant.objects.filter(
        permission__codename=Permission.SUBMISSION_SEND.value, user__is_active=True, user__is_system=False
    )
    heads: dict[int, list[int]] = defaultdict(list)
    for unit, user in grants.values_list("content_object", "user").order_by("pk"):
        heads[unit].append(user)
    return heads


def _gathered(units: Mapping[int, int], heads: Mapping[int, list[int]], day: date) -> dict[int, int]:
    """The numbers of each unit, added to the nearest unit above it that has a head."""
    parents = dict(UnitLink.objects.filter(in_force(day)).values_list("child", "parent"))
    told: Counter[int] = Counter()
    for unit, number in units.items():
        place: int | None = unit
        while place is not None and place not in heads:
            place = parents.get(place)
        if place is not None:
            told[place] += number
    return dict(told)
