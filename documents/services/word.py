"""Papers as editable Word files: from the template of the unit, else from the one of the product."""

from collections.abc import Sequence
from datetime import date, datetime

from django.contrib.contenttypes.models import ContentType
from django.db import models

from accounts.models import User
from core import journal
from core.act import act
from core.workflow import Refused
from documents.models import WordTemplate
from documents.papers import AnnexPaper, OfficialPaper, Paper
from documents.services import word_check, word_drawn, word_engine, word_fields
from documents.services.storage import read_stored, store
from documents.services.uploads import MIMES, Accepted
from documents.states import WordKind

MIME = MIMES["docx"]
#: Lines of lists that a request fills by itself, in about three seconds.
MOST_ROWS = 5_000


class TemplateRefused(Refused):
    """The template has mistakes; `report` names each."""

    def __init__(self, report: word_check.Report) -> None:
        super().__init__(f"Mẫu có {len(report.mistakes)} lỗi, chưa lưu. Đồng chí sửa rồi tải lại.")
        self.report = report


@act
def add(
    *, unit: models.Model, kind: WordKind, file: Accepted, valid_from: date, note: str, by: User, at: datetime
) -> WordTemplate:
    """Keep a template of `unit` for papers dated `valid_from` or later; may `by` do so is asked by the caller.

    Raises TemplateRefused with a report when fields are unknown or missing, or the template cannot be filled.
    """
    if file.mime != MIME:
        raise TemplateRefused(word_check.Report((word_check.Mistake("", "", "Mẫu phải là tệp Word (.docx)."),)))
    report = word_check.check(kind, file.data)
    if not report.is_usable:
        raise TemplateRefused(report)
    stored = store(file.data)
    template = WordTemplate.objects.create(
        subject=unit, kind=kind, name=file.name, sha256=stored.sha256, size=stored.size, mime=MIME,
        valid_from=valid_from, note=note, created_by=by, created_at=at,
    )  # fmt: skip
    changes = {"sha256": [None, stored.sha256], "kind": [None, str(kind)], "valid_from": [None, valid_from]}
    journal.record(template, by=by, at=at, kind="word_template.add", changes=changes, note=note)
    return template


@act
def withdraw(*, template: WordTemplate, by: User, at: datetime) -> None:
    """Stop using a template; the one before it (or the product's own) counts again."""
    if not WordTemplate.objects.filter(pk=template.pk, withdrawn_at=None).update(withdrawn_at=at, withdrawn_by=by):
        raise Refused("Mẫu này đã ngừng dùng.")
    journal.record(template, by=by, at=at, kind="word_template.withdraw", changes={"withdrawn_at": [None, at]})


def template_for(kind: WordKind, units: Sequence[models.Model], day: date) -> WordTemplate | None:
    """The template in use on `day` of the first of `units` that has one; None means the product's own."""
    if not units:
        return None
    rows = WordTemplate.objects.filter(
        subject_type=ContentType.objects.get_for_model(type(units[0])), subject_id__in=[unit.pk for unit in units],
        kind=kind, valid_from__lte=day, withdrawn_at=None,
    )  # fmt: skip
    newest = {row.subject_id: row for row in rows.order_by("valid_from", "id")}
    return next((newest[unit.pk] for unit in units if unit.pk in newest), None)


def word_file(paper: Paper, units: Sequence[models.Model], day: date) -> bytes:
    """The paper as DOCX; `units` are the issuing unit and those above it, nearest first.

    Raises Refused for a list too long to be worked on in Word.
    """
    annexes = [paper] if isinstance(paper, AnnexPaper) else getattr(paper, "annexes", ())
    if sum(len(annex.rows) for annex in annexes) > MOST_ROWS:
        raise Refused(f"Danh sách có hơn {MOST_ROWS:,} dòng nên không lập bản Word. Đồng chí dùng bản PDF."
                      .replace(",", "."))  # fmt: skip
    kind = word_fields.kind_of(paper)
    chosen = template_for(kind, units, day)
    data = read_stored(chosen.sha256) if chosen else word_drawn.template(kind)
    try:
        return word_engine.fill(data, word_fields.context(paper), word_fields.tables(paper, word_drawn.TEXT_WIDTH))
    except word_engine.TooLong as told:
        raise Refused(str(told)) from told


def list_of(paper: OfficialPaper) -> AnnexPaper | None:
    """The list that follows a paper, to be had as a file of its own."""
    return paper.annexes[0] if paper.annexes else None
