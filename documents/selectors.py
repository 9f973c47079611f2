"""Reads of documents: files a user may open, the state of a register, codes of verification."""

from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from django.contrib.auth.models import AnonymousUser
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import QuerySet

from accounts.models import User
from core.selectors import may_see
from documents.facts import VerificationFacts
from documents.models import Document, IssuedNumber, NumberSeries, Signature, StoredFile, VerificationCode
from documents.states import NumberState

File = TypeVar("File", bound=StoredFile)


def may_read(user: User | AnonymousUser, file: StoredFile) -> bool:
    """Whoever may see what the file belongs to; a paper that looks final and is not, whomever its subject names."""
    subject: Any = file.subject
    if not user.is_authenticated or subject is None or not may_see(user, subject):
        return False
    rule = getattr(subject, "may_read_draft", None)
    return not getattr(file, "is_draft", False) or (rule is not None and bool(rule(user)))


def readable(user: User | AnonymousUser, model: type[File], pk: int) -> File | None:
    """The document or attachment, or None when there is none or the user may not see its subject."""
    file = model._default_manager.filter(pk=pk).first()
    return file if file is not None and may_read(user, file) else None


def documents_of(subject: models.Model, kind: str = "") -> QuerySet[Document]:
    """The current papers of a subject, newest first."""
    rows = Document.objects.filter(**_about(subject), is_current=True)
    return (rows.filter(kind=kind) if kind else rows).order_by("-created_at", "-id")


@dataclass(frozen=True)
class NumberAnswer:
    """May this number be given? `says` is the sentence beside the field."""

    free: bool
    next: int
    says: str


def number_answer(*, body: str, kind: str, year: int, number: int | None = None) -> NumberAnswer:
    """Is `number` (or the next one) free, and what stands before it: for the live check of the form."""
    series = NumberSeries.objects.filter(body=body, kind=kind, year=year).first()
    taken = set(series.numbers.filter(number__gt=series.last).values_list("number", flat=True)) if series else set()
    following = (series.last if series else 0) + 1
    while following in taken:
        following += 1
    asked = number or following
    row = series.numbers.filter(number=asked).first() if series else None
    if row is not None and row.state == NumberState.RESERVED:
        return NumberAnswer(True, following, f"Số {asked} đang được để dành: {row.note}.")
    if row is not None:
        return NumberAnswer(False, following, f"Số {asked} đã dùng trong năm {year}. Số kế tiếp là {following}.")
    if asked != following:
        return NumberAnswer(False, following, f"Số {asked} chưa đến lượt. Số kế tiếp là {following}.")
    return NumberAnswer(True, following, f"Số {asked} chưa dùng trong năm {year}.{_before(series, asked)}")


def gaps(series: NumberSeries) -> list[int]:
    """Numbers below the largest one in use that stand nowhere in the register; what is kept back is not in use."""
    rows = dict(series.numbers.filter(number__gt=series.last).values_list("number", "state"))
    largest = max((number for number, state in rows.items() if state != NumberState.RESERVED), default=0)
    return [number for number in range(series.last + 1, largest) if number not in rows]


@dataclass(frozen=True)
class KnownCode:
    """A code of the register: what its paper says, and the digital signatures on its newest version."""

    code: VerificationCode
    facts: VerificationFacts
    signatures: list[Signature]


def facts_by_code(code: str) -> KnownCode | None:
    """What the public page may say to this code, or None.

    An unknown code costs the same queries as a known one: another paper's facts are fetched and
    thrown away.
    """
    field = "code" if len(code) > 12 else "typed"
    decoy = VerificationCode.objects.order_by("pk").first()
    found = VerificationCode.objects.filter(**{field: code}).order_by("pk").first()
    row = found or decoy
    facts = _facts(row) if row else None
    signatures = list(_made(row)) if row else []
    return KnownCode(found, facts, signatures) if found is not None and facts is not None else None


@dataclass(frozen=True)
class KnownFile:
    """A file of the register: what its paper says, which signatures stand on it, is it the newest version."""

    facts: VerificationFacts
    is_current: bool
    signatures: list[Signature]


def facts_by_file(sha256: str) -> KnownFile | None:
    """What the public page may say to a file with this hash, or None."""
    for document in Document.objects.filter(sha256=sha256, is_draft=False).order_by("-is_current", "-id")[:5]:
        subject: Any = document.subject
        facts = subject.verification_facts() if hasattr(subject, "verification_facts") else None
        if facts is not None:
            made = _made(document).filter(document__kind=document.kind, document__lte=document.pk)
            return KnownFile(facts, document.is_current, list(made))
    return None


def signatures_of(subject: models.Model) -> QuerySet[Signature]:
    """Digital signatures ordered for or standing on the paper of a subject, the person's first."""
    return Signature.objects.filter(**_about(subject)).select_related("document", "ordered_by").order_by("-kind")


def _made(row: VerificationCode | Document) -> QuerySet[Signature]:
    """Digital signatures on the paper of a subject, the person's first: each later version holds those before it."""
    rows = Signature.objects.filter(subject_type=row.subject_type_id, subject_id=row.subject_id, document__isnull=False)
    return rows.order_by("-kind")


def _facts(row: VerificationCode) -> VerificationFacts | None:
    subject: Any = row.subject
    answer: VerificationFacts | None = subject.verification_facts() if subject is not None else None
    return answer


def _before(series: NumberSeries | None, number: int) -> str:
    rows: QuerySet[IssuedNumber] | list[IssuedNumber] = (
        series.numbers.filter(number__lt=number).order_by("-number")[:1] if series else []
    )
    for row in rows:
        return f" Số trước: {row.number}{_on(row.dated)}."
    return ""


def _on(day: date | None) -> str:
    return f" ({day:%d/%m/%Y})" if day else ""


def _about(subject: models.Model) -> dict[str, Any]:
    return {"subject_type": ContentType.objects.get_for_model(type(subject)), "subject_id": subject.pk}
