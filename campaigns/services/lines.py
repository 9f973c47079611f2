"""The cells of a registration: one act changes many, one journal entry keeps old and new of each."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils import timezone

from accounts import policy
from accounts.models import User
from accounts.permissions import Permission
from campaigns import selectors
from campaigns.models import Answer, Origin, Registration, RegistrationLine
from campaigns.selectors import sheet
from campaigns.workflow import campaign_is_running, is_in_time, unit_is_in_force
from core import journal
from core.act import act
from core.workflow import Attempt, Conflict, Refused, lock
from rulebook import catalogue
from units.models import Person, Unit

#: Cells one act may change: a unit of 500 people and ten titles.
LIMIT = 5000


@dataclass(frozen=True)
class Tick:
    """One cell as wanted: the row's key (p12 a person, u5 a collective), the award, ticked or not."""

    key: str
    award: str
    on: bool


@dataclass(frozen=True)
class Changed:
    """The sheet after the act and the rows that differ; `kept` names people whose base title had to stay."""

    registration: Registration
    keys: frozenset[str]
    kept: tuple[str, ...] = ()
    skipped: tuple[str, ...] = ()


@act
def set_lines(
    *, registration: Registration, ticks: Sequence[Tick], by: User, at: datetime, expected_version: int | None
) -> Changed:
    """Tick and untick cells. A higher title brings the base title with it, as the law builds one on the other.

    Cells that a person proposed are answered by the head, not changed here. Raises Conflict with the
    cells of both sides when the sheet has another version than the user saw.
    """
    if len(ticks) > LIMIT:
        raise Refused(f"Mỗi lần lưu tối đa {LIMIT} ô. Chia nhỏ rồi lưu lại.")
    page = _Page(lock_for_editing(registration, by=by, at=at), timezone.localdate(at))
    if expected_version is not None and page.registration.version != expected_version:
        raise Conflict(*page.both_sides(ticks))
    for tick in ticks:
        page.put(tick.key, tick.award, on=tick.on)
    kept = page.complete_bases()
    return page.write(by=by, at=at, kept=kept)


@act
def register_everyone(*, registration: Registration, by: User, at: datetime, expected_version: int | None) -> Changed:
    """The base title (LĐTT) for all people of the sheet who have no line for it yet."""
    page = _Page(lock_for_editing(registration, by=by, at=at), timezone.localdate(at))
    page.compare(expected_version, "Đăng ký LĐTT cho tất cả")
    for person in page.people.values():
        base = sheet.base_title_of(person, page.individual)
        if base and (f"p{person.pk}", base) not in page.lines:
            page.put(f"p{person.pk}", base, on=True)
    return page.write(by=by, at=at)


@act
def copy_previous(*, registration: Registration, by: User, at: datetime, expected_version: int | None) -> Changed:
    """Add what the unit registered the year before, for those who are still here; nothing is taken away."""
    page = _Page(lock_for_editing(registration, by=by, at=at), timezone.localdate(at))
    page.compare(expected_version, "Lấy theo năm trước")
    previous = selectors.previous_registration(page.registration)
    if previous is None:
        raise Refused(f"Đơn vị chưa gửi bản đăng ký năm {page.registration.campaign.year - 1} trên hệ thống.")
    skipped = []
    for line in selectors.counted_lines(previous).select_related("person", "collective").order_by("pk"):
        key = f"u{page.registration.unit_id}" if line.collective_id == previous.unit_id else sheet.key_of(line)
        if page.takes(key, line.award) and (key, line.award) not in page.lines:
            page.put(key, line.award, on=True)
        elif not page.takes(key, line.award):
            skipped.append(f"{line.subject_name}: {line.entry.short}")
    page.complete_bases()
    return page.write(by=by, at=at, skipped=skipped)


def lock_for_editing(registration: Registration, *, by: User, at: datetime) -> Registration:
    """The sheet locked, if `by` may draft it and it may change now; campaign and unit loaded."""
    locked = lock(registration)
    policy.check(by, Permission.REGISTRATION_DRAFT, locked)
    check_editable(locked, by=by, at=at)
    return locked


def check_editable(registration: Registration, *, by: User, at: datetime) -> None:
    """Refuse unless the sheet is a draft or was returned, in a running campaign and in time."""
    if not registration.is_editable:
        raise Refused(
            f"Bản đăng ký ở trạng thái “{registration.get_state_display()}”, không sửa được. "
            "Đề nghị cấp trên mở lại nếu cần sửa."
        )
    for guard in (unit_is_in_force, campaign_is_running, is_in_time):
        guard(Attempt(registration, by, at))


def mark_changed(registration: Registration, at: datetime) -> None:
    """A new version of the sheet."""
    registration.version += 1
    registration.updated_at = at
    registration.save(update_fields=["version", "updated_at"])


@dataclass
class _Page:
    """The sheet as stored and as wanted; `write` makes one out of the other."""

    registration: Registration
    day: date
    old: dict[tuple[str, str], bool] = field(default_factory=dict)

    def __post_init__(self) -> None:
        awards = sheet.awards_of(self.registration.campaign)
        self.individual = {award.code for award in awards if award.may_be_held_by("individual")}
        self.collective = {award.code for award in awards if award.may_be_held_by("collective")}
        units = sheet.collectives_of(self.registration, self.day)
        self.units: dict[int, Unit] = {unit.pk: unit for unit in units}
        self.people: dict[int, Person] = {person.pk: person for person in sheet.staff_of_sheet(units, self.day)}
        stored = RegistrationLine.objects.filter(registration=self.registration).select_related("person", "collective")
        self.lines = {(sheet.key_of(line), line.award): line for line in stored}
        self.removed: list[RegistrationLine] = []
        self.revived: list[RegistrationLine] = []

    def compare(self, expected_version: int | None, what: str) -> None:
        if expected_version is not None and self.registration.version != expected_version:
            raise Conflict({"Việc": what}, {"Bản đăng ký": "đã được người khác sửa"})

    def takes(self, key: str, award: str) -> bool:
        """May this row be registered for this award?"""
        if key.startswith("p"):
            return int(key[1:]) in self.people and award in self.individual
        return int(key[1:]) in self.units and award in self.collective

    def is_on(self, key: str, award: str) -> bool:
        line = self.lines.get((key, award))
        return line is not None and line.answer == Answer.CONFIRMED

    def put(self, key: str, award: str, *, on: bool) -> None:
        cell, line = (key, award), self.lines.get((key, award))
        if on == self.is_on(key, award):
            return
        if line is not None and line.is_own:
            raise Refused(
                f"{line.subject_name} tự đăng ký {line.entry.short}: thủ trưởng xác nhận hoặc trả lại, "
                "không sửa trong lưới."
            )
        self.old.setdefault(cell, not on)
        if not on:
            self.removed.append(self.lines.pop(cell))  # a line that is on is always stored here
        elif not self.takes(key, award):
            raise Refused("Ô vừa chọn không thuộc bản đăng ký này. Tải lại trang rồi chọn lại.")
        elif line is not None:
            line.origin, line.answer, line.answer_reason = Origin.UNIT, Answer.CONFIRMED, ""
            self.revived.append(line)
        else:
            self.lines[cell] = self._new(key, award)

    def complete_bases(self) -> tuple[str, ...]:
        """Where a higher title stands without its base, add the base; names of those for whom it was done."""
        higher = {key for key, award in self.lines if key.startswith("p") and sheet.is_higher_title(award)}
        kept = []
        for key in sorted(higher):
            person = self.people.get(int(key[1:]))
            base = sheet.base_title_of(person, self.individual) if person else ""
            line = self.lines.get((key, base))
            stands = any(
                self.is_on(row, award) for row, award in self.lines if row == key and sheet.is_higher_title(award)
            )
            if person and base and stands and (line is None or line.answer == Answer.RETURNED):
                self.put(key, base, on=True)
                kept.append(person.full_name)
        return tuple(kept)

    def both_sides(self, ticks: Iterable[Tick]) -> tuple[dict[str, str], dict[str, str]]:
        """The cells of `ticks` as the user wants them and as they are stored."""
        mine = {self._label(tick.key, tick.award): _word(tick.on) for tick in ticks}
        theirs = {self._label(tick.key, tick.award): _word(self.is_on(tick.key, tick.award)) for tick in ticks}
        return mine, theirs

    def write(self, *, by: User, at: datetime, kept: Sequence[str] = (), skipped: Sequence[str] = ()) -> Changed:
        """Store what differs: one version, one entry."""
        cells = [cell for cell, before in self.old.items() if before != self.is_on(*cell)]
        if cells:
            RegistrationLine.objects.filter(pk__in=[line.pk for line in self.removed if line.pk]).delete()
            new = [line for line in self.lines.values() if line.pk is None]
            RegistrationLine.objects.bulk_create(new)
            RegistrationLine.objects.bulk_update(self.revived, ["origin", "answer", "answer_reason"])
            mark_changed(self.registration, at)
            changes = {self._label(*cell): [self.old[cell], self.is_on(*cell)] for cell in cells}
            journal.record(self.registration, by=by, at=at, kind="registration.lines", changes=changes)
        return Changed(self.registration, frozenset(key for key, _ in cells), tuple(kept), tuple(skipped))

    def _new(self, key: str, award: str) -> RegistrationLine:
        number = int(key[1:])
        return RegistrationLine(
            registration=self.registration, award=award,
            person=self.people[number] if key.startswith("p") else None,
            collective=self.units[number] if key.startswith("u") else None,
        )  # fmt: skip

    def _label(self, key: str, award: str) -> str:
        """How a cell is called in the journal and in a conflict; a row of another sheet has no name here."""
        short = catalogue.awards()[award].short if award in catalogue.awards() else award
        line = next((line for line in [*self.lines.values(), *self.removed] if sheet.key_of(line) == key), None)
        if key.startswith("p"):
            person = self.people.get(int(key[1:])) or (line.person if line else None)
            return f"{person.full_name} ({person.code}): {short}" if person else f"{key}: {short}"
        unit = self.units.get(int(key[1:])) or (line.collective if line else None)
        return f"{unit.short_name}: {short}" if unit else f"{key}: {short}"


def _word(on: bool) -> str:
    return "có" if on else "không"
