"""Codes that lead from paper to the public page: drawn by lot, never guessed, never reused.

31 letters and digits without look-alikes. 26 of them in the QR code (128 bits), 12 to be typed
(59 bits, behind a limit of tries).
"""

import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models

from core.act import act
from documents.models import VerificationCode
from documents.papers import VerificationMark

#: No 0 O, no 1 I L: they look alike on paper.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
LONG, SHORT = 26, 12
#: The page `documents:verify_code`. Written out, since to ask for it loads every view of the product into a worker.
ADDRESS = "/xm/{}/"


@act
def codes_for(*, subjects: Sequence[models.Model], at: datetime) -> dict[Any, VerificationCode]:
    """The codes of many subjects of one model, by primary key, in three queries; TypeError for several models."""
    if not subjects:
        return {}
    if len({type(subject) for subject in subjects}) > 1:
        raise TypeError("codes of one model at a time: primary keys of two would be mixed up")
    kind = ContentType.objects.get_for_model(type(subjects[0]))
    rows = VerificationCode.objects.filter(subject_type=kind, subject_id__in=[subject.pk for subject in subjects])
    have = set(rows.values_list("subject_id", flat=True))
    missing = [
        VerificationCode(subject_type=kind, subject_id=subject.pk, code=draw(LONG), typed=draw(SHORT), created_at=at)
        for subject in subjects
        if subject.pk not in have
    ]
    # Two workers may draw for one subject: the first row stays, and both read it.
    VerificationCode.objects.bulk_create(missing, ignore_conflicts=True)
    return {row.subject_id: row for row in rows.all()}


def mark(code: VerificationCode) -> VerificationMark:
    """What is printed: the address in the QR code and the groups below it."""
    return VerificationMark(settings.PUBLIC_BASE_URL + ADDRESS.format(code.code), code.shown)


def mark_of(subject: models.Model) -> VerificationMark | None:
    """The mark of a subject that has a code already; none is drawn here."""
    kind = ContentType.objects.get_for_model(type(subject))
    row = VerificationCode.objects.filter(subject_type=kind, subject_id=subject.pk).first()
    return mark(row) if row else None


def draw(length: int) -> str:
    """A code by lot from the operating system's source of randomness."""
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


def well_formed(typed: str) -> str:
    """The code as stored, or "" for what cannot be one: no such text reaches the database."""
    code = normalised(typed)
    return code if len(code) in {LONG, SHORT} and set(code) <= set(ALPHABET) else ""


def normalised(typed: str) -> str:
    """A code as stored: capitals, without the spaces and dashes people type."""
    return "".join(char for char in typed.upper() if not char.isspace() and char not in "-‐‑–—.")
