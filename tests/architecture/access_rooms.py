"""The objects of one unit, of every kind that an address may name."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.db import models
from django.utils import timezone

from accounts.models import User
from awards.models import Notice, NoticeItem, Remark, Return
from campaigns.models import RegistrationTarget
from core.models import Job, Notification
from documents.models import Attachment, Document, WordTemplate
from documents.services.storage import store
from tests.architecture import access_meetings as meetings
from tests.architecture import access_printing as printing
from tests.factories import awards as make
from tests.factories import campaigns as make_campaigns
from tests.factories.history import make_discovery, make_grant, make_initiative
from tests.factories.units import make_person, make_role, make_user
from units.models import Person, Unit

Token = Callable[..., str]
PDF = b"%PDF-1.7 invented"


def furnish(world: Any, place: str, token: Token) -> None:
    """Objects of every kind in the unit of `place`."""
    unit: Unit = world.units[place]
    staff = make_user(full_name=f"Cán bộ {token(place)}")
    person = make_person(unit, full_name=f"Nguyễn {token(place, 'people')}", post="Kiểm sát viên")
    other = make_person(unit, full_name=f"Trần {token(place, 'people')}", post="Kiểm sát viên")
    world.put("unit", place, unit)
    world.put("person", place, person)
    world.put("assignment", place, make_role(staff, "editor", unit, reason=token(place)))
    _honours(unit, person, place, token)
    _suggestions(world, place, token, staff, person)
    _campaigns(world, place, token, staff, person)
    _dossiers(world, place, token, staff, [person, other])
    _papers_and_bells(world, place, token, staff)
    meetings.hold(world, place, token, staff, person)
    printing.furnish(world, place, token, staff)


def keep_file(subject: models.Model, name: str, by: User) -> Attachment:
    """An uploaded file that is really stored."""
    stored = store(PDF)
    return Attachment.objects.create(
        subject=subject, kind="report", name=name, sha256=stored.sha256, size=stored.size, mime="application/pdf",
        created_by=by, created_at=timezone.now(),
    )  # fmt: skip


def keep_paper(subject: models.Model, name: str, by: User, kind: str = "decision") -> Document:
    """A paper of the system that is really stored."""
    stored = store(PDF)
    return Document.objects.create(
        subject=subject, kind=kind, title=name, name=f"{name}.pdf", sha256=stored.sha256, size=stored.size,
        mime="application/pdf", created_by=by, created_at=timezone.now(),
    )  # fmt: skip


def keep_template(unit: Unit, name: str, by: User) -> WordTemplate:
    """A Word template in use that is really stored."""
    stored = store(PDF)
    return WordTemplate.objects.create(
        subject=unit, kind="decision", name=f"{name}.docx", sha256=stored.sha256, size=stored.size,
        mime="application/octet-stream", valid_from=date(2026, 1, 1), created_by=by, created_at=timezone.now(),
    )  # fmt: skip


def _honours(unit: Unit, person: Person, place: str, token: Token) -> None:
    make_grant(person, decision_number=f"1/{token(place, 'people')}")
    make_grant(unit, "co_thi_dua_nganh", decision_number=f"2/{token(place, 'people')}")
    make_initiative(unit, person, recognised_on=date(2025, 10, 1), title=f"Sáng kiến {token(place, 'people')}")


def _suggestions(world: Any, place: str, token: Token, staff: User, person: Person) -> None:
    """One that waits, one that was put off, one about the collective."""
    world.put("suggestion", place, make_discovery(person, "chien_si_thi_dua_toan_quoc"))
    make_discovery(
        person, "ky_niem_chuong", state="postponed", until=date(2030, 1, 1), reason=f"Vì {token(place, 'people')}",
        by=staff, at=timezone.now(),
    )  # fmt: skip
    make_discovery(world.units[place], "co_thi_dua_nganh", outcome="one_missing", missing_says=token(place, "people"))


def _campaigns(world: Any, place: str, token: Token, staff: User, person: Person) -> None:
    unit, text = world.units[place], token(place, "registration")
    running = make_campaigns.make_campaign(unit, title=f"Phong trào {token(place)}", created_by=staff)
    later = make_campaigns.make_campaign(unit, title=f"Phong trào sau {token(place)}", created_by=staff)
    draft = make_campaigns.make_campaign(unit, title=f"Bản soạn {token(place)}", state="draft", created_by=staff)
    sheet = make_campaigns.make_registration(
        running,
        unit,
        return_reason=f"Vì {text}",
        state="returned",
        sent_at=None,
        sent_by=None,
        receipt_code="",
        unit_name="",
    )
    RegistrationTarget.objects.create(registration=sheet, order=1, text=f"Chỉ tiêu {text}")
    make_campaigns.make_line(sheet, person=person, award=make_campaigns.LDTT)
    proposal = make_campaigns.make_line(sheet, person=person, award=make_campaigns.CSTDCS, answer="waiting")
    sent = make_campaigns.make_registration(later, unit, by=staff, state="sent", receipt_code=f"DK-{text}")
    world.put("campaign", place, running)
    world.put("campaign to manage", place, running)
    world.put("campaign draft", place, draft)
    world.put("registration", place, sheet)
    world.put("registered person", place, sheet, person=person.pk)
    world.put("registration sent", place, sent)
    world.put("proposal", place, proposal)


def _dossiers(world: Any, place: str, token: Token, staff: User, people: list[Person]) -> None:
    unit, text = world.units[place], token(place, "dossier")
    campaign = world.subjects["campaign", place]
    draft = make.make_submission(unit, campaign=campaign, created_by=staff, title=f"Bản nháp {text}")
    sent = make.make_submission(
        unit, campaign=campaign, created_by=staff, sent_by=staff, title=f"Tờ trình {text}", receipt_code=f"TT-{text}"
    )
    first = make.make_nomination(draft, person=people[0], explanation=f"Giải trình {text}")
    line = make.make_nomination(
        sent, state="reviewing", person=people[1], explanation=f"Giải trình {text}", award=make.CSTDCS,
        reviewed_by=make_user(), return_guidance=f"Bổ sung {text}",
    )  # fmt: skip
    now = timezone.now()
    Remark.objects.create(nomination=line, unit=unit, by=staff, at=now, text=f"Trao đổi {text}")
    slip = Return.objects.create(
        nomination=line, unit=unit, by=staff, at=now, reasons=[], guidance=f"Bổ sung {text}", due_on=date(2026, 12, 1),
        snapshot={},
    )  # fmt: skip
    files = {kind: keep_file(subject, f"{text}.pdf", staff) for kind, subject in
             {"submission": sent, "draft": draft, "line": line, "draft line": first}.items()}  # fmt: skip
    world.put("submission", place, sent)
    world.put("sent file", place, sent, file=files["submission"].pk)
    world.put("draft", place, draft)
    world.put("draft file", place, draft, file=files["draft"].pk)
    world.put("line", place, line)
    world.put("line file", place, line, file=files["line"].pk)
    world.put("draft line", place, first)
    world.put("draft line file", place, first, file=files["draft line"].pk)
    world.put("return slip", place, line, slip=slip.pk)
    for kind, file in files.items():
        world.put(f"file of {kind}", place, file)
    _notice(world, place, line, staff)
    _jobs(world, place, text, staff, sent, draft)


def _notice(world: Any, place: str, line: Any, staff: User) -> None:
    """Closed again: what stands on an open one everybody may read."""
    now, today = timezone.now(), timezone.localdate()
    notice = Notice.objects.create(
        unit=world.units[place], title=f"Lấy ý kiến {line.unit_printed}", place="Trụ sở", by=staff, at=now,
        opens_on=today - timedelta(days=20), closes_on=today - timedelta(days=1), summary="Không có ý kiến",
    )  # fmt: skip
    NoticeItem.objects.create(notice=notice, nomination=line)
    world.put("notice", place, notice)


def _jobs(world: Any, place: str, text: str, staff: User, sent: Any, draft: Any) -> None:
    for kind, subject in {"submission": sent, "draft": draft, "another": None}.items():
        job = Job.objects.create(
            kind="decisions.merge", key=f"{place} {kind}", title=f"Việc {text}", by=staff, created_at=timezone.now(),
            state="failed", error=f"Lỗi {text}", **({"subject": subject} if subject else {}),
        )  # fmt: skip
        world.put("job of another" if subject is None else f"job of {kind}", place, job)


def _papers_and_bells(world: Any, place: str, token: Token, staff: User) -> None:
    line = Notification.objects.create(
        user=staff, at=timezone.now(), kind="kiem-thu", text=f"Báo {token(place)}", url=f"/tim-kiem/?q={token(place)}",
        key=f"kiem-thu {place}",
    )  # fmt: skip
    world.put("notification of another", place, line)
