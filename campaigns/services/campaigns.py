"""Phong trào thi đua: written, launched by its directive, extended, closed, reviewed."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any

from accounts import policy
from accounts.models import User
from accounts.permissions import Permission
from campaigns.models import Campaign, CampaignAward, CampaignTask, Registration, TaskKind
from campaigns.states import CampaignState, RegistrationState
from campaigns.workflow import CAMPAIGN_MOVES, MOVES
from core import journal
from core.act import act
from core.vietnamese import clean_text
from core.workflow import Refused, compare_version, lock, move, move_many
from rulebook import catalogue
from units.models import Unit


@dataclass(frozen=True, kw_only=True)
class CampaignFacts:
    """What a campaign says of itself; `tasks` maps a TaskKind to its lines in their order."""

    title: str
    kind: str
    year: int
    starts_on: date
    ends_on: date
    theme: str = ""
    directive_number: str = ""
    directive_on: date | None = None
    directive_title: str = ""
    directive_text: str = ""
    registration_opens_on: date | None = None
    registration_closes_on: date | None = None
    nomination_closes_on: date | None = None
    awards: tuple[str, ...] = ()
    tasks: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def columns(self) -> dict[str, Any]:
        """The facts that are columns of the campaign, texts in their one stored form."""
        own = {name: value for name, value in asdict(self).items() if name not in {"awards", "tasks"}}
        return {
            name: clean_text(value, multiline=name == "directive_text") if isinstance(value, str) else value
            for name, value in own.items()
        }


@act
def create(*, unit: Unit, facts: CampaignFacts, by: User, at: datetime) -> Campaign:
    """A new draft of `unit`; refuses dates in a wrong order and awards the law does not know."""
    policy.check(by, Permission.CAMPAIGN_MANAGE, unit)
    _check(facts)
    campaign = Campaign.objects.create(unit=unit, created_by=by, created_at=at, **facts.columns())
    _write_lists(campaign, facts)
    journal.record(campaign, by=by, at=at, kind="campaign.create", changes={"title": [None, campaign.title]})
    return campaign


@act
def edit(*, campaign: Campaign, facts: CampaignFacts, by: User, at: datetime, expected_version: int | None) -> Campaign:
    """Rewrite a draft; a launched campaign is only extended."""
    locked = lock(campaign)
    compare_version(locked, expected_version, mine={"Tên phong trào": facts.title, "Chủ đề": facts.theme})
    policy.check(by, Permission.CAMPAIGN_MANAGE, locked)
    if locked.state != CampaignState.DRAFT:
        raise Refused("Phong trào đã phát động, chỉ gia hạn được. Các nội dung khác giữ như văn bản phát động.")
    _check(facts)
    changes = _overwrite(locked, facts.columns())
    changes |= _write_lists(locked, facts)
    journal.record(locked, by=by, at=at, kind="campaign.edit", changes=changes)
    return locked


@act
def extend(
    *, campaign: Campaign, registration_closes_on: date | None, nomination_closes_on: date | None, ends_on: date,
    reason: str, by: User, at: datetime, expected_version: int | None,
) -> Campaign:  # fmt: skip
    """Put off days of a launched campaign; the old ones stay in the journal, with the reason."""
    locked = lock(campaign)
    days = {
        "registration_closes_on": registration_closes_on,
        "nomination_closes_on": nomination_closes_on,
        "ends_on": ends_on,
    }
    compare_version(locked, expected_version, mine={"Gia hạn đến": ends_on})
    policy.check(by, Permission.CAMPAIGN_MANAGE, locked)
    if locked.state != CampaignState.LAUNCHED:
        raise Refused("Chỉ gia hạn được phong trào đang diễn ra.")
    if not reason.strip():
        raise Refused("Nêu lý do hoặc văn bản gia hạn.")
    for name, day in days.items():
        before = getattr(locked, name)
        if before is not None and (day is None or day < before):
            label = getattr(Campaign._meta.get_field(name), "verbose_name", name)
            raise Refused(f"{label}: ngày gia hạn phải từ ngày {before:%d/%m/%Y} trở đi.")
    changes = _overwrite(locked, days)
    if not changes:
        raise Refused("Chưa đổi ngày nào. Nhập ngày gia hạn.")
    journal.record(locked, by=by, at=at, kind="campaign.extend", changes=changes, note=clean_text(reason))
    return locked


@act
def launch(*, campaign: Campaign, by: User, at: datetime, expected_version: int | None) -> Campaign:
    """Phát động: from now on units see it and register."""
    return move(campaign, CAMPAIGN_MOVES["launch"], by=by, at=at, expected_version=expected_version)


@act
def close(*, campaign: Campaign, by: User, at: datetime, expected_version: int | None, note: str = "") -> Campaign:
    """Kết thúc: accepted registrations are locked with it."""
    closed = move(campaign, CAMPAIGN_MOVES["close"], by=by, at=at, expected_version=expected_version, note=note)
    accepted = Registration.objects.filter(campaign=closed, state=RegistrationState.ACCEPTED)
    move_many(list(accepted), MOVES["lock"], by=by, at=at, note="Phong trào kết thúc")
    return closed


@act
def review(*, campaign: Campaign, by: User, at: datetime, expected_version: int | None, note: str) -> Campaign:
    """Tổng kết: `note` names the final report."""
    return move(campaign, CAMPAIGN_MOVES["review"], by=by, at=at, expected_version=expected_version, note=note)


def _check(facts: CampaignFacts) -> None:
    if not clean_text(facts.title):
        raise Refused("Nhập tên phong trào.")
    if facts.ends_on < facts.starts_on:
        raise Refused(f"Ngày kết thúc phải từ ngày bắt đầu {facts.starts_on:%d/%m/%Y} trở đi.")
    opens, closes = facts.registration_opens_on, facts.registration_closes_on
    if (opens is None) != (closes is None):
        raise Refused("Nhập cả ngày bắt đầu và hạn gửi đăng ký, hoặc để trống cả hai.")
    if opens and closes and closes < opens:
        raise Refused(f"Hạn gửi đăng ký phải từ ngày {opens:%d/%m/%Y} trở đi.")
    unknown = [code for code in facts.awards if code not in catalogue.awards()]
    if unknown:
        raise Refused(f"Không có danh hiệu, hình thức mang mã “{unknown[0]}”.")


def _overwrite(campaign: Campaign, values: Mapping[str, Any]) -> dict[str, Any]:
    changes = {
        name: [getattr(campaign, name), value] for name, value in values.items() if getattr(campaign, name) != value
    }
    for name, (_, value) in changes.items():
        setattr(campaign, name, value)
    campaign.version += 1
    campaign.save()
    return changes


def _write_lists(campaign: Campaign, facts: CampaignFacts) -> dict[str, Any]:
    """Awards and tasks become what the facts say; returns what changed."""
    before = _lists(campaign)
    campaign.awards.all().delete()
    campaign.tasks.all().delete()
    CampaignAward.objects.bulk_create(
        CampaignAward(campaign=campaign, award=code) for code in _in_order_of_law(facts.awards)
    )
    CampaignTask.objects.bulk_create(
        CampaignTask(campaign=campaign, kind=kind, order=order, text=text)
        for kind in TaskKind.values
        for order, text in enumerate(_lines(facts.tasks.get(kind, ())), start=1)
    )
    after = _lists(campaign)
    return {name: [before[name], after[name]] for name in before if before[name] != after[name]}


def _lists(campaign: Campaign) -> dict[str, list[Any]]:
    return {
        "awards": sorted(campaign.awards.values_list("award", flat=True)),
        "tasks": [list(row) for row in campaign.tasks.order_by("kind", "order").values_list("kind", "order", "text")],
    }


def _lines(texts: Iterable[str]) -> list[str]:
    return [line for text in texts if (line := clean_text(text))]


def _in_order_of_law(codes: Iterable[str]) -> list[str]:
    return sorted(set(codes), key=lambda code: catalogue.award(code).order)
