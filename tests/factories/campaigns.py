"""The smallest valid campaigns and registrations, by plain rows, no services."""

from datetime import UTC, date, datetime
from itertools import count

from accounts.models import User
from campaigns.models import Campaign, CampaignAward, CampaignTask, Registration, RegistrationLine
from tests.factories.units import make_user
from units.models import Person, Unit

_numbers = count(1)
LONG_BEFORE = datetime(2026, 11, 1, 2, 0, tzinfo=UTC)
LDTT, CSTDCS, CSTDN = "lao_dong_tien_tien", "chien_si_thi_dua_co_so", "chien_si_thi_dua_nganh"
TTLDTT, TTLDXS = "tap_the_lao_dong_tien_tien", "tap_the_lao_dong_xuat_sac"
AWARDS = (LDTT, CSTDCS, CSTDN, TTLDTT, TTLDXS)


def make_campaign(unit: Unit, *, awards: tuple[str, ...] = AWARDS, **values: object) -> Campaign:
    """The movement of 2027, launched, receiving registrations from 01/11/2026 to 31/01/2027."""
    number = next(_numbers)
    facts: dict[str, object] = {
        "title": f"Thi đua yêu nước trong ngành Kiểm sát nhân dân, số {number}",
        "kind": "annual",
        "year": 2027,
        "starts_on": date(2026, 12, 1),
        "ends_on": date(2027, 11, 30),
        "directive_number": "01/CT-VKSTC",
        "directive_on": date(2026, 10, 30),
        "directive_title": "Chỉ thị phát động phong trào thi đua yêu nước",
        "registration_opens_on": date(2026, 11, 1),
        "registration_closes_on": date(2027, 1, 31),
        "nomination_closes_on": date(2027, 12, 15),
        "state": "launched",
        "created_at": LONG_BEFORE,
    }
    facts.setdefault("created_by", values.pop("created_by", None) or make_user())
    campaign = Campaign.objects.create(unit=unit, **{**facts, **values})
    CampaignAward.objects.bulk_create(CampaignAward(campaign=campaign, award=award) for award in awards)
    return campaign


def make_task(
    campaign: Campaign, text: str = "Hoàn thành nhiệm vụ", *, kind: str = "task", order: int = 1
) -> CampaignTask:
    """One line of the directive."""
    return CampaignTask.objects.create(campaign=campaign, kind=kind, order=order, text=text)


def make_registration(campaign: Campaign, unit: Unit, *, by: User | None = None, **values: object) -> Registration:
    """A draft; with `state` beyond a draft it is complete as if it had been sent by `by`."""
    values.setdefault("updated_at", LONG_BEFORE)
    if values.get("state", "draft") != "draft":
        values.setdefault("sent_at", LONG_BEFORE)
        values.setdefault("sent_by", by or make_user())
        values.setdefault("receipt_code", f"DK-{campaign.year}-{next(_numbers)}")
        values.setdefault("unit_name", unit.name)
        if values["state"] == "returned":
            values.setdefault("return_reason", "Thiếu chỉ tiêu")
    return Registration.objects.create(campaign=campaign, unit=unit, **values)


def make_line(
    registration: Registration, *, person: Person | None = None, collective: Unit | None = None, award: str = LDTT,
    **values: object,
) -> RegistrationLine:  # fmt: skip
    """A confirmed line of the unit; `answer="waiting"` makes it a person's proposal."""
    if values.get("answer", "confirmed") != "confirmed":
        values.setdefault("origin", "person")
    if values.get("answer") == "returned":
        values.setdefault("answer_reason", "Chưa đủ thời gian công tác")
    return RegistrationLine.objects.create(
        registration=registration, person=person, collective=collective, award=award, **values
    )
