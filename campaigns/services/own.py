"""Đăng ký của cá nhân: a person proposes titles and undertakes something; the head answers line by line."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from accounts import policy
from accounts.models import User
from accounts.permissions import Permission
from campaigns import selectors
from campaigns.models import Answer, Campaign, Commitment, Origin, Registration, RegistrationLine
from campaigns.selectors import sheet
from campaigns.services.lines import check_editable, mark_changed
from campaigns.services.registrations import find_or_begin
from core import journal
from core.act import act
from core.services.notifications import notify
from core.vietnamese import clean_text
from core.workflow import Refused, compare_version, lock
from units.models import Person
from units.selectors import users_with


@dataclass(frozen=True)
class Proposal:
    """What a person has proposed after the act; `by_unit` are titles the unit registered already."""

    registration: Registration
    proposed: frozenset[str]
    by_unit: frozenset[str]


@act
def register_own(
    *, person: Person, campaign: Campaign, awards: Collection[str], commitment: str, by: User, at: datetime
) -> Proposal:
    """Propose `awards` for oneself and say what one undertakes; what the head confirmed stays.

    The sheet's version does not change: nothing of what the unit itself registers is touched. The
    head of the unit needs nobody's confirmation within the unit; the superior accepts the sheet.
    """
    policy.check(by, Permission.OWN_REGISTRATION, person)
    unit = selectors.registering_unit_of(person, timezone.localdate(at))
    if unit is None:
        raise Refused("Đồng chí chưa được ghi vị trí công tác ở đơn vị nào nên chưa đăng ký được. Báo cán bộ TĐKT.")
    registration = lock(find_or_begin(campaign=campaign, unit=unit, by=by, at=at))
    check_editable(registration, by=by, at=at)
    wanted = _wanted(person, campaign, awards)
    lines = {line.award: line for line in RegistrationLine.objects.filter(registration=registration, person=person)}
    changes = _propose(registration, person, wanted, lines, answer=_first_answer(by, registration))
    changes |= _commit(registration, person, commitment, at)
    if changes:
        journal.record(registration, by=by, at=at, kind="registration.own", changes=changes, note=person.code)
        _tell_head(registration, person, by, at)
    by_unit = frozenset(code for code, line in lines.items() if not line.is_own and line.answer == Answer.CONFIRMED)
    return Proposal(registration, frozenset(wanted) - by_unit, by_unit)


@act
def confirm_line(*, line: RegistrationLine, by: User, at: datetime, expected_version: int | None) -> RegistrationLine:
    """The head takes a person's proposal into the sheet; the base title it rests on comes with it."""
    registration, locked = _lock_for_answer(line, by=by, at=at, expected_version=expected_version)
    if locked.answer != Answer.WAITING:
        raise Refused(f"Dòng này đã được trả lời: {locked.get_answer_display().lower()}.")
    answered = [locked]
    if sheet.is_higher_title(locked.award):
        base = RegistrationLine.objects.filter(
            registration=registration, person=locked.person, answer=Answer.WAITING,
            award__in=[sheet.LDTT, sheet.CSTT],
        )  # fmt: skip
        answered += list(base)
    for row in answered:
        _answer(row, Answer.CONFIRMED, "", by=by, at=at)
    mark_changed(registration, at)
    return locked


@act
def return_line(
    *, line: RegistrationLine, reason: str, by: User, at: datetime, expected_version: int | None
) -> RegistrationLine:
    """The head gives a person's proposal back; the person reads why."""
    registration, locked = _lock_for_answer(line, by=by, at=at, expected_version=expected_version)
    if locked.answer == Answer.RETURNED:
        raise Refused("Dòng này đã được trả lại.")
    said = clean_text(reason, multiline=True)
    if not said:
        raise Refused("Nêu lý do trả lại để người đăng ký biết.")
    if locked.award in {sheet.LDTT, sheet.CSTT}:
        _refuse_while_built_upon(locked)
    _answer(locked, Answer.RETURNED, said, by=by, at=at)
    mark_changed(registration, at)
    person = locked.person
    if person is not None and person.user is not None:
        notify(
            users=[person.user], kind="registration.line_returned", at=at, key=f"line:{locked.pk}:{locked.version}",
            text=f"Đăng ký {locked.entry.short} của đồng chí được trả lại: {clean_text(reason)}",
        )  # fmt: skip
    return locked


def _wanted(person: Person, campaign: Campaign, awards: Collection[str]) -> set[str]:
    """What is proposed, with the base title under every higher one; refuses what the campaign does not name."""
    named = {award.code for award in sheet.awards_of(campaign) if award.may_be_held_by("individual")}
    if unknown := set(awards) - named:
        raise Refused(f"Phong trào này không nhận đăng ký danh hiệu mang mã “{min(unknown)}”.")
    wanted = set(awards)
    base = sheet.base_title_of(person, named)
    if base and any(sheet.is_higher_title(code) for code in wanted):
        wanted.add(base)
    return wanted


def _first_answer(by: User, registration: Registration) -> Answer:
    heads = policy.can(by, Permission.REGISTRATION_SEND, registration)
    return Answer.CONFIRMED if heads else Answer.WAITING


def _propose(
    registration: Registration, person: Person, wanted: set[str], lines: dict[str, RegistrationLine], answer: Answer
) -> dict[str, list[str]]:
    """Add and renew proposals, take back those not yet answered; returns old and new answers by award."""
    changes: dict[str, list[str]] = {}
    for code in sorted(wanted):
        line = lines.get(code)
        if line is None:
            RegistrationLine.objects.create(
                registration=registration, person=person, award=code, origin=Origin.PERSON, answer=answer
            )
            changes[code] = ["", answer.value]
        elif line.answer == Answer.RETURNED:
            changes[code] = [line.answer, answer.value]
            line.origin, line.answer, line.answer_reason = Origin.PERSON, answer, ""
            line.version += 1
            line.save(update_fields=["origin", "answer", "answer_reason", "version"])
    for code in sorted(set(lines) - wanted):
        if lines[code].answer == Answer.WAITING:
            lines[code].delete()
            changes[code] = [Answer.WAITING.value, ""]
    return changes


def _commit(registration: Registration, person: Person, text: str, at: datetime) -> dict[str, list[str]]:
    said = clean_text(text, multiline=True)
    stored = Commitment.objects.filter(registration=registration, person=person).first()
    before = stored.text if stored else ""
    if said == before:
        return {}
    if stored is None:
        Commitment.objects.create(registration=registration, person=person, text=said, at=at)
    elif said:
        stored.text, stored.at = said, at
        stored.save(update_fields=["text", "at"])
    else:
        stored.delete()
    return {"commitment": [before, said]}


def _tell_head(registration: Registration, person: Person, by: User, at: datetime) -> None:
    """Once a day for each person, whoever may answer for the unit itself."""
    heads = users_with(Permission.REGISTRATION_SEND, registration.unit).exclude(pk=by.pk)
    notify(
        users=heads, kind="registration.own", at=at, text=f"{person.full_name} đăng ký thi đua, chờ đồng chí xác nhận.",
        key=f"registration:{registration.pk}:own:{person.pk}:{timezone.localdate(at).isoformat()}",
    )  # fmt: skip


def _lock_for_answer(
    line: RegistrationLine, *, by: User, at: datetime, expected_version: int | None
) -> tuple[Registration, RegistrationLine]:
    """The sheet first, then the line: everyone locks in this order."""
    registration = lock(line.registration)
    locked = lock(line)
    compare_version(locked, expected_version, mine={"Việc": "Trả lời đăng ký của cá nhân"})
    policy.check(by, Permission.REGISTRATION_SEND, registration)
    check_editable(registration, by=by, at=at)
    if locked.origin != Origin.PERSON or locked.person is None:
        raise Refused("Dòng này do đơn vị đăng ký, không cần xác nhận.")
    if locked.person.user_id == by.pk:
        raise Refused("Đồng chí không tự xác nhận hay trả lại đăng ký của chính mình.")
    return registration, locked


def _answer(line: RegistrationLine, answer: Answer, reason: str, *, by: User, at: datetime) -> None:
    before, line.answer, line.answer_reason = line.answer, answer, reason
    line.answered_at, line.answered_by = at, by
    line.version += 1
    line.save(update_fields=["answer", "answer_reason", "answered_at", "answered_by", "version"])
    changes = {f"{line.subject_name}: {line.entry.short}": [before, answer.value]}
    journal.record(line.registration, by=by, at=at, kind="registration.answer_line", changes=changes, note=reason)


def _refuse_while_built_upon(line: RegistrationLine) -> None:
    others = RegistrationLine.objects.filter(registration=line.registration, person=line.person)
    above = [
        other.entry.short for other in others.exclude(answer=Answer.RETURNED) if sheet.is_higher_title(other.award)
    ]
    if above:
        raise Refused(f"{line.entry.short} là cơ sở của {', '.join(above)}. Trả lại danh hiệu cao hơn trước.")
