"""The smallest valid submissions and lines, by plain rows; acts are left to the services."""

from datetime import UTC, date, datetime
from itertools import count

from accounts.models import User
from awards.models import Nomination, Stage, Submission
from awards.states import NominationState
from campaigns.models import Campaign
from documents.models import Attachment
from documents.services.uploads import Accepted
from history.models import Grant, Initiative, InitiativeAuthor
from tests.factories.campaigns import make_campaign
from tests.factories.units import make_person, make_user
from units.models import Person, Unit, YearlyRating

_numbers = count(1)
BEFORE = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
LDTT, CSTDCS, CSTDN = "lao_dong_tien_tien", "chien_si_thi_dua_co_so", "chien_si_thi_dua_nganh"
TTLDTT, TTLDXS = "tap_the_lao_dong_tien_tien", "tap_the_lao_dong_xuat_sac"
CO_NGANH, CO_CHINH_PHU, BKVT = "co_thi_dua_nganh", "co_thi_dua_chinh_phu", "bang_khen_vien_truong"
CSTDTQ = "chien_si_thi_dua_toan_quoc"
GIAY_KHEN, BKTT = "giay_khen", "bang_khen_thu_tuong"

ELIGIBLE = {
    "outcome": "eligible", "confirmed": True, "to_be_confirmed_by_people": [],
    "findings": [{"rule": "rating", "met": True, "says": "Hoàn thành tốt nhiệm vụ trở lên năm 2026", "confirmed": True,
                  "cite": [{"doc": "06/2022/QH15", "at": "Điều 24"}]}],
}  # fmt: skip
NOT_ELIGIBLE = {
    **ELIGIBLE, "outcome": "not_eligible",
    "findings": [*ELIGIBLE["findings"],
                 {"rule": "sector_initiative", "met": False, "says": "Chưa có sáng kiến được công nhận cấp ngành",
                  "confirmed": True, "cite": [{"doc": "06/2022/QH15", "at": "Điều 22"}]}],
}  # fmt: skip
UNDETERMINED = {
    **ELIGIBLE, "outcome": "undetermined",
    "findings": [*ELIGIBLE["findings"],
                 {"rule": "members", "met": None, "says": "Chưa biết số người hoàn thành nhiệm vụ", "confirmed": True,
                  "cite": [{"doc": "06/2022/QH15", "at": "Điều 28"}]}],
}  # fmt: skip


def make_intake(unit: Unit, **values: object) -> Campaign:
    """The movement of 2026, its year nearly over, taking dossiers until 15/12/2026."""
    values.setdefault("awards", ())
    facts: dict[str, object] = {
        "year": 2026, "starts_on": date(2025, 12, 1), "ends_on": date(2026, 11, 30), "registration_opens_on": None,
        "registration_closes_on": None, "nomination_closes_on": date(2026, 12, 15),
    }  # fmt: skip
    return make_campaign(unit, **{**facts, **values})


def make_submission(
    unit: Unit,
    *,
    campaign: Campaign | None = None,
    level: str = "sector",
    created_by: User | None = None,
    **values: object,
) -> Submission:
    """A draft of `unit`; `sent_by` makes it a sent one."""
    if values.get("sent_by"):
        values.setdefault("sent_at", BEFORE)
        values.setdefault("receipt_code", f"TT-2026-{next(_numbers):05}")
        values.setdefault("unit_name", unit.name)
    values.setdefault("title", f"Đề nghị khen thưởng năm 2026, tờ trình {next(_numbers)}")
    return Submission.objects.create(
        campaign=campaign or make_intake(unit), unit=unit, level=level, created_by=created_by or make_user(),
        created_at=BEFORE, **values,
    )  # fmt: skip


def make_nomination(
    submission: Submission, *, award: str = CSTDN, state: str = "draft", held_by: Unit | None = None, **values: object
) -> Nomination:
    """A line of `submission`; beyond a draft it is frozen as if sent, and lies with `held_by`."""
    number = next(_numbers)
    if not values.keys() & {"person", "collective"}:
        values["person"] = make_person(submission.unit)
    if state != "draft":
        subject: Person | Unit = values.get("person") or values["collective"]  # type: ignore[assignment]
        values = {
            "verdict": ELIGIBLE, "facts": {}, "rulebook_version": "0", "governing_day": date(2026, 11, 20),
            "proposed_by": submission.sent_by or submission.created_by, "unit_printed": submission.unit.name,
            "name_printed": getattr(subject, "full_name", None) or subject.name, **values,
        }  # fmt: skip
    line = Nomination.objects.create(
        submission=submission, code=f"HS-2026-T{number:05}", award=award, state=NominationState(state),
        held_by=held_by or submission.unit, year=2026, achievement_from=date(2025, 12, 1),
        achievement_to=date(2026, 11, 30), updated_at=BEFORE, **values,
    )  # fmt: skip
    if state != "draft":
        Stage.objects.create(nomination=line, unit=line.held_by, entered_at=BEFORE)
    return line


def make_file(subject: Submission | Nomination, kind: str = "report", **values: object) -> Attachment:
    """A file of `kind` in the dossier; nothing is stored under its hash."""
    facts = {"name": f"{kind}.pdf", "sha256": f"{next(_numbers):064x}", "size": 1024, "mime": "application/pdf"}
    values.setdefault("created_by", None) or values.update(created_by=make_user())
    return Attachment.objects.create(subject=subject, kind=kind, created_at=BEFORE, **{**facts, **values})


def accepted(name: str = "bao-cao.pdf", data: bytes = b"%PDF-1.7 invented") -> Accepted:
    """An upload that was found good."""
    return Accepted(name=name, mime="application/pdf", data=data)


def make_eligible_for_ldtt(person: Person) -> Person:
    """What Lao động tiên tiến of 2026 asks of the facts."""
    YearlyRating.objects.get_or_create(person=person, year=2026, defaults={"rating": "good"})
    return person


def make_eligible_for_cstdn(person: Person, *, initiative: bool = True) -> Person:
    """Three years of CSTĐ cơ sở, and an initiative recognised in the whole sector."""
    for year in (2024, 2025, 2026):
        Grant.objects.create(
            person=person, award=CSTDCS, type="merit", year=year, decided_on=date(year, 11, 1),
            decision_number=f"{year}/QĐ-VKS", provenance="original",
        )  # fmt: skip
        YearlyRating.objects.get_or_create(person=person, year=year, defaults={"rating": "excellent"})
    if initiative:
        make_initiative(person)
    return person


def make_initiative(person: Person) -> Initiative:
    """An initiative of `person` alone, recognised by the sector."""
    number = next(_numbers)
    made = Initiative.objects.create(
        code=f"SK-{number}", title=f"Sáng kiến số {number}", unit=person.posting_on().unit, year=2026, level="sector",
        state="recognised", recognised_on=date(2026, 10, 1), decision=f"{number}/QĐ-VKSTC",
    )  # fmt: skip
    InitiativeAuthor.objects.create(initiative=made, person=person, share=100, order=1)
    return made
