"""Lines of a draft: people and collectives added, taken over from the registration, changed, removed."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from accounts import policy
from accounts.models import User
from accounts.permissions import Permission
from awards import selectors
from awards.models import Nomination, Submission
from awards.models.submission import LEVELS, level_of
from awards.services import verdicts
from awards.services.submissions import bump, drafted
from awards.states import EDITABLE, NominationState
from campaigns.models import RegistrationLine
from campaigns.states import RegistrationState
from core import journal
from core.act import act
from core.workflow import Refused, compare_version, lock
from rulebook import catalogue
from units.models import Person, Unit
from units.selectors import within

#: Registrations whose lines may be taken over.
REGISTERED = {RegistrationState.SENT, RegistrationState.ACCEPTED, RegistrationState.LOCKED}

#: What the unit may change in a line.
FIELDS = ("type", "achievement_from", "achievement_to", "achievement", "explanation")


@dataclass
class Added:
    """What came of adding: the new lines, and who was left out and why."""

    lines: list[Nomination] = field(default_factory=list)
    skipped: list[tuple[str, str]] = field(default_factory=list)


@act
def add_people(
    *, submission: Submission, people: Iterable[Person], award: str, by: User, at: datetime, award_type: str = "merit"
) -> Added:
    """Propose people of the unit (or who served there in the year) for one award; doubles are left out by name."""
    held = drafted(submission, by=by)
    _check_award(held, award, "individual", award_type)
    chosen = list(people)
    ours = set(_own_people(held, [person.pk for person in chosen]))
    taken = set(held.nominations.filter(award=award).values_list("person", flat=True))
    added = Added()
    new = []
    for person in chosen:
        if person.pk in taken:
            added.skipped.append((person.full_name, "đã có trong tờ trình với danh hiệu này"))
        elif person.pk not in ours:
            added.skipped.append((person.full_name, "không công tác tại đơn vị trong năm xét"))
        else:
            new.append(_line(held, award, award_type, at, person=person))
    added.lines = _create(held, new, by=by, at=at)
    return added


@act
def add_collectives(
    *, submission: Submission, units: Iterable[Unit], award: str, by: User, at: datetime, award_type: str = "merit"
) -> Added:
    """Propose the unit itself or collectives in it for one award."""
    held = drafted(submission, by=by)
    _check_award(held, award, "collective", award_type)
    chosen = list(units)
    ours = set(within([held.unit_id]).filter(pk__in=[unit.pk for unit in chosen]).values_list("pk", flat=True))
    taken = set(held.nominations.filter(award=award).values_list("collective", flat=True))
    added = Added()
    new = []
    for unit in chosen:
        if unit.pk in taken:
            added.skipped.append((unit.name, "đã có trong tờ trình với danh hiệu này"))
        elif unit.pk not in ours:
            added.skipped.append((unit.name, f"không thuộc {held.unit}"))
        else:
            new.append(_line(held, award, award_type, at, collective=unit))
    added.lines = _create(held, new, by=by, at=at)
    return added


@act
def take_from_registration(*, submission: Submission, by: User, at: datetime) -> Added:
    """Take over what the unit registered in this campaign, as far as it belongs to this level."""
    held = drafted(submission, by=by)
    rows = RegistrationLine.objects.filter(
        registration__campaign=held.campaign_id, registration__unit=held.unit_id, registration__state__in=REGISTERED,
        answer="confirmed",
    ).select_related("person", "collective").order_by("pk")  # fmt: skip
    taken = set(held.nominations.values_list("award", "person", "collective"))
    fitting = [row for row in rows if level_of(row.award) == held.level]
    if not fitting:
        raise Refused("Bản đăng ký của đơn vị không có danh hiệu nào thuộc cấp xét này, hoặc chưa gửi.")
    new = [
        _line(held, row.award, "merit", at, person=row.person, collective=row.collective)
        for row in fitting
        if (row.award, row.person_id, row.collective_id) not in taken
    ]
    return Added(lines=_create(held, new, by=by, at=at))


@act
def edit(
    *, nomination: Nomination, values: dict[str, Any], expected_version: int, by: User, at: datetime
) -> Nomination:
    """Change what the unit says of a line, while it is a draft or was returned."""
    policy.check(by, Permission.SUBMISSION_DRAFT, nomination)
    held = lock(nomination)
    compare_version(held, expected_version, mine={str(key): value for key, value in values.items()})
    if held.state not in EDITABLE:
        raise Refused("Hồ sơ đã gửi nên không sửa được. Nơi thẩm định trả lại thì sửa được.")
    changes = {}
    for name in FIELDS:
        if name in values and getattr(held, name) != values[name]:
            changes[name] = [getattr(held, name), values[name]]
            setattr(held, name, values[name])
    if held.type not in catalogue.award(held.award).types:
        raise Refused(f"{held.entry.label} không xét theo loại hình “{held.get_type_display()}”.")
    held.save(update_fields=[*FIELDS])
    bump(held, at=at)
    journal.record(held, by=by, at=at, kind="nomination.edit", changes=changes)
    return held


@act
def remove(*, nomination: Nomination, expected_version: int | None, by: User, at: datetime) -> None:
    """Take a line out of a draft; a line once sent can only be withdrawn."""
    held = lock(nomination)
    submission = drafted(held.submission, by=by)
    compare_version(held, expected_version)
    if held.state != NominationState.DRAFT:
        raise Refused("Hồ sơ đã gửi không xóa được. Dùng “Rút hồ sơ” kèm lý do.")
    changes = {"award": [held.award, None], "subject": [held.shown_name, None]}
    journal.record(submission, by=by, at=at, kind="submission.remove_line", changes=changes, note=held.code)
    held.delete()
    bump(submission, at=at)


def awards_for(submission: Submission, holder: str) -> list[tuple[str, str]]:
    """The awards a line of this tờ trình may ask for: of its level, its holder, and open in the campaign."""
    listed = set(submission.campaign.awards.values_list("award", flat=True))
    return [
        (code, label)
        for code, label in catalogue.choices_for(holder)
        if level_of(code) == submission.level and (not listed or code in listed)
    ]


def _check_award(submission: Submission, award: str, holder: str, type_: str) -> None:
    if award not in dict(awards_for(submission, holder)):
        level = dict(LEVELS)[submission.level].lower()
        raise Refused(f"Danh hiệu, hình thức này không trình được trong tờ trình {level} của phong trào.")
    entry = catalogue.award(award)
    if type_ not in entry.types:
        raise Refused(f"{entry.label} không xét theo loại hình này. Chọn loại hình khác.")


def _own_people(submission: Submission, people: Sequence[int]) -> list[int]:
    """Of `people`, those whom the unit may propose."""
    return list(selectors.people_to_propose(submission).filter(pk__in=people).values_list("pk", flat=True))


def _line(
    submission: Submission, award: str, type_: str, at: datetime, *, person: Person | None = None,
    collective: Unit | None = None,
) -> Nomination:  # fmt: skip
    campaign = submission.campaign
    last: date = min(campaign.ends_on, max(timezone.localdate(at), campaign.starts_on))
    return Nomination(
        submission=submission, code=uuid.uuid4().hex, award=award, type=type_, person=person, collective=collective,
        held_by=submission.unit, year=campaign.year, achievement_from=campaign.starts_on, achievement_to=last,
        updated_at=at,
    )  # fmt: skip


def _create(submission: Submission, lines: list[Nomination], *, by: User, at: datetime) -> list[Nomination]:
    if not lines:
        return []
    for line in lines:
        line.fill_keys()
    made = Nomination.objects.bulk_create(lines, batch_size=200)
    for line in made:
        line.code = verdicts.code_of(line)
        line.fill_keys()
    Nomination.objects.bulk_update(made, ["code", "search_key"], batch_size=200)
    changes = {"lines": [0, len(made)], "codes": [None, [line.code for line in made]]}
    journal.record(submission, by=by, at=at, kind="submission.add_lines", changes=changes)
    bump(submission, at=at)
    return made
