"""Keep a paper the system made, put a file into a dossier, take it out again."""

from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.db import models

from accounts.models import User
from core import journal
from core.act import act
from core.workflow import Refused
from documents.models import Attachment, Document
from documents.services.render_merge import page_count
from documents.services.storage import store
from documents.services.uploads import Accepted, safe_name

PDF = "application/pdf"


@act
def keep(
    *, subject: models.Model, kind: str, title: str, name: str, data: bytes, by: User, at: datetime,
    template_version: str = "", is_draft: bool = False, pages: int = 0,
) -> Document:  # fmt: skip
    """Store the PDF `data` as the current paper of `kind` of `subject`; the one before is superseded.

    `pages` is known to who bound thousands: only to count them takes twice the memory of the file.
    Keeping the same bytes again gives the row that is there, so a job may run twice.
    """
    stored = store(data)
    before = _current(subject, kind)
    if before is not None and before.sha256 == stored.sha256 and before.is_draft == is_draft:
        return before
    if before is not None:
        before.is_current = False
        before.save(update_fields=["is_current"])
    document = Document.objects.create(
        subject=subject, kind=kind, title=title, name=safe_name(name), sha256=stored.sha256, size=stored.size, mime=PDF,
        pages=pages or page_count(data), template_version=template_version, is_draft=is_draft, supersedes=before,
        created_by=by, created_at=at,
    )  # fmt: skip
    changes = {"sha256": [before.sha256 if before else None, stored.sha256]}
    journal.record(document, by=by, at=at, kind="document.keep", changes=changes)
    return document


@act
def attach(*, subject: models.Model, kind: str, file: Accepted, by: User, at: datetime, note: str = "") -> Attachment:
    """Put an accepted upload into the dossier of `subject`; may `by` do so is asked by the caller."""
    stored = store(file.data)
    attachment = Attachment.objects.create(
        subject=subject, kind=kind, name=file.name, sha256=stored.sha256, size=stored.size, mime=file.mime,
        pages=file.pages, is_signed=file.is_signed, note=note, created_by=by, created_at=at,
    )  # fmt: skip
    journal.record(attachment, by=by, at=at, kind="attachment.add", changes={"sha256": [None, stored.sha256]})
    return attachment


@act
def remove(*, attachment: Attachment, by: User, at: datetime, reason: str = "") -> None:
    """Take a file out of its dossier. The file stays stored: what was once submitted can be shown."""
    taken = Attachment.objects.filter(pk=attachment.pk, removed_at=None)
    if not taken.update(removed_at=at, removed_by=by):
        raise Refused("Tệp này đã được gỡ khỏi hồ sơ.")
    changes = {"removed_at": [None, at]}
    journal.record(attachment, by=by, at=at, kind="attachment.remove", changes=changes, note=reason)


def _current(subject: models.Model, kind: str) -> Document | None:
    found = Document.objects.select_for_update(of=("self",)).filter(
        subject_type=ContentType.objects.get_for_model(type(subject)), subject_id=subject.pk, kind=kind, is_current=True
    )
    return found.first()
