"""Bản đăng ký thi đua: opened, sent with its names frozen, accepted, returned, reopened."""

from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone

from accounts import policy
from accounts.models import User
from accounts.permissions import Permission
from campaigns import selectors
from campaigns.models import Campaign, Registration, RegistrationLine
from campaigns.workflow import MOVES, campaign_is_running, is_in_time, unit_is_in_force
from core import journal
from core.act import act
from core.services.notifications import notify
from core.vietnamese import clean_text
from core.workflow import Attempt, Refused, compare_version, lock, move
from units.models import Person, Unit
from units.selectors import unit_name_on, users_with, with_posting

#: Parts of a unit's code that say nothing in a receipt: the sector, the kind; and the year of its founding.
_SILENT = {"TC", "TINH", "T"}


@act
def open_registration(*, campaign: Campaign, unit: Unit, by: User, at: datetime) -> Registration:
    """The unit's sheet in the campaign: the one there is, or a new draft."""
    policy.check(by, Permission.REGISTRATION_DRAFT, unit)
    return find_or_begin(campaign=campaign, unit=unit, by=by, at=at)


@act
def find_or_begin(*, campaign: Campaign, unit: Unit, by: User, at: datetime) -> Registration:
    """As `open_registration`, without asking for the right to draft: people propose in an unopened sheet too."""
    lock(unit)
    found = Registration.objects.filter(campaign=campaign, unit=unit).select_related("campaign__unit", "unit").first()
    if found is not None:
        return found
    sheet = Registration(campaign=campaign, unit=unit, updated_at=at)
    for guard in (unit_is_in_force, campaign_is_running, is_in_time):
        guard(Attempt(sheet, by, at))
    if not selectors.registering_units(campaign, timezone.localdate(at)).filter(pk=unit.pk).exists():
        raise Refused(f"{unit.name} không đăng ký riêng trong phong trào này.")
    sheet.save()
    journal.record(sheet, by=by, at=at, kind="registration.open", changes={"unit": unit.code})
    return sheet


@act
def send(*, registration: Registration, by: User, at: datetime, expected_version: int | None) -> Registration:
    """Send to the superior: names, posts and the unit's name stay as they are printed today.

    Quotas warn and never block; what blocks stands in `campaigns.workflow.MOVES["send"]`.
    """
    locked = lock(registration)
    compare_version(locked, expected_version, mine={"Việc": "Gửi bản đăng ký"})
    day = timezone.localdate(at)
    _freeze_lines(locked, day)
    locked.unit_name = unit_name_on(locked.unit, day) or locked.unit.name
    locked.receipt_code = locked.receipt_code or _receipt_code(locked)
    locked.sent_at, locked.sent_by, locked.updated_at = at, by, at
    locked.answered_at = locked.answered_by = None
    locked.save()
    sent = move(locked, MOVES["send"], by=by, at=at, expected_version=expected_version)
    sent.return_reason = ""
    sent.save(update_fields=["return_reason"])
    notify(
        users=selectors.nearest_office(sent.unit, day), kind="registration.sent", at=at, url=_url(sent),
        text=f"{sent.unit_name} đã gửi bản đăng ký thi đua năm {sent.campaign.year}.",
        key=f"registration:{sent.pk}:sent:{sent.version}",
    )  # fmt: skip
    return sent


@act
def accept(*, registration: Registration, by: User, at: datetime, expected_version: int | None) -> Registration:
    """Tiếp nhận; the unit is told."""
    accepted = move(registration, MOVES["accept"], by=by, at=at, expected_version=expected_version)
    _answered(accepted, by, at)
    _tell_unit(accepted, at, f"Bản đăng ký thi đua năm {accepted.campaign.year} đã được tiếp nhận.")
    return accepted


@act
def return_with_reason(
    *, registration: Registration, reason: str, by: User, at: datetime, expected_version: int | None
) -> Registration:
    """Trả lại: the unit corrects the same sheet and sends it again, even after the deadline."""
    return _give_back(registration, "return", reason, by=by, at=at, expected_version=expected_version)


@act
def reopen(
    *, registration: Registration, reason: str, by: User, at: datetime, expected_version: int | None
) -> Registration:
    """The office opens an accepted or locked sheet again; it is then a returned one."""
    return _give_back(registration, "reopen", reason, by=by, at=at, expected_version=expected_version)


@act
def lock_registration(
    *, registration: Registration, by: User, at: datetime, expected_version: int | None
) -> Registration:
    """Khóa: an accepted sheet changes no more unless it is reopened."""
    return move(registration, MOVES["lock"], by=by, at=at, expected_version=expected_version)


@act
def ask_to_reopen(*, registration: Registration, reason: str, by: User, at: datetime) -> Registration:
    """The unit asks the office for its sheet back; only the office can open it."""
    locked = lock(registration)
    policy.check(by, Permission.REGISTRATION_DRAFT, locked)
    if locked.is_editable:
        raise Refused("Bản đăng ký đang mở, đồng chí sửa được ngay.")
    if not reason.strip():
        raise Refused("Nêu lý do đề nghị mở lại.")
    journal.record(locked, by=by, at=at, kind="registration.ask_to_reopen", note=clean_text(reason))
    notify(
        users=selectors.nearest_office(locked.unit, timezone.localdate(at)), kind="registration.asked", at=at,
        text=f"{locked.printed_name} đề nghị mở lại bản đăng ký thi đua: {clean_text(reason)}", url=_url(locked),
        key=f"registration:{locked.pk}:asked:{at.isoformat()}",
    )  # fmt: skip
    return locked


def _give_back(
    registration: Registration, name: str, reason: str, *, by: User, at: datetime, expected_version: int | None
) -> Registration:
    locked = lock(registration)
    compare_version(locked, expected_version, mine={"Việc": MOVES[name].label, "Lý do": reason})
    said = clean_text(reason, multiline=True)
    locked.return_reason = said
    locked.save(update_fields=["return_reason"])
    returned = move(locked, MOVES[name], by=by, at=at, expected_version=expected_version, note=said)
    _answered(returned, by, at)
    _tell_unit(returned, at, f"Bản đăng ký thi đua năm {returned.campaign.year} bị trả lại: {said}")
    return returned


def _answered(registration: Registration, by: User, at: datetime) -> None:
    registration.answered_at, registration.answered_by, registration.updated_at = at, by, at
    registration.save(update_fields=["answered_at", "answered_by", "updated_at"])


def _tell_unit(registration: Registration, at: datetime, text: str) -> None:
    """Whoever drafts or sends for the unit itself, and the one who sent."""
    users = {user.pk: user for user in users_with(Permission.REGISTRATION_DRAFT, registration.unit)}
    if registration.sent_by:
        users[registration.sent_by.pk] = registration.sent_by
    notify(
        users=users.values(), kind=f"registration.{registration.state}", text=text, url=_url(registration), at=at,
        key=f"registration:{registration.pk}:{registration.state}:{registration.version}",
    )  # fmt: skip


def _freeze_lines(registration: Registration, day: date) -> None:
    lines = list(RegistrationLine.objects.filter(registration=registration).select_related("collective"))
    people = with_posting(Person.objects.filter(pk__in={line.person_id for line in lines if line.person_id}), day)
    named: dict[int, Any] = {person.pk: person for person in people}
    for line in lines:
        if line.collective:
            line.name_printed = unit_name_on(line.collective, day) or line.collective.name
        elif line.person_id:
            person = named[line.person_id]
            line.name_printed = person.full_name
            line.post_printed = ", ".join(part for part in (person.rank_now, person.post_now) if part)
    RegistrationLine.objects.bulk_update(lines, ["name_printed", "post_printed"])


def _receipt_code(registration: Registration) -> str:
    """“DK-2026-V16”; a second sheet of the year gets “-2”. The unit's row is locked, so codes do not race."""
    lock(registration.unit)
    parts = registration.unit.code.upper().split(".")
    telling = [part for part in parts if part not in _SILENT and not (part.isdecimal() and len(part) == 4)] or parts
    stem = f"DK-{registration.campaign.year}-{'.'.join(telling)}"[:30]
    taken = set(Registration.objects.filter(receipt_code__startswith=stem).values_list("receipt_code", flat=True))
    choices = (stem if number == 1 else f"{stem}-{number}" for number in range(1, len(taken) + 2))
    return next(code for code in choices if code not in taken)


def _url(registration: Registration) -> str:
    return reverse("campaigns:registration", args=[registration.pk])
