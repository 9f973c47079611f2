"""A decision's papers part by part: what each part job lays out, from no more lines than it needs.

The plan is made once, when the work is queued; a part knows its stretch of lines by number. So a part
of a list of 16,000 loads 250 of them, and the merge none.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.functions import Length
from django.urls import reverse
from django.utils import timezone

from core.models import Job
from decisions import selectors
from decisions.facts import printing
from decisions.models import Certificate, CertificateDesign, Decision, DecisionLine
from decisions.papers.certificate import certificate_paper
from decisions.papers.decision import decision_paper, who_of
from decisions.states import DecisionState
from documents.papers import (
    SHEETS_PER_PART,
    CertificatePaper,
    DecisionPaper,
    Paper,
    Part,
    VerificationMark,
)
from documents.selectors import signatures_of
from documents.services import codes, offline, render, render_certificates, render_rows, storage
from rulebook import catalogue

DECISION = "decision"
#: The decision as it goes to the signer's own device: final, with empty fields for signatures.
TO_SIGN = "decision.to_sign"
CERTIFICATES = "certificates"
#: Lines tried for their length while a page waits.
AT_MOST = 200
#: A decision may be rendered for good from its signature on.
PRINTABLE = (DecisionState.SIGNED, DecisionState.ISSUED)


def plan(decision: Decision, kind: str) -> list[dict[str, Any]]:
    """One payload for each part: its stretch of lines, and `units` for the progress bar."""
    if kind.startswith(CERTIFICATES):
        count = award_lines(decision, kind).count()
        return [_stretch(start, min(start + SHEETS_PER_PART, count)) for start in range(0, count, SHEETS_PER_PART)]
    lines = list(selectors.lines_of(decision))
    paper = paper_of(decision, lines, kind=kind)
    if len(paper.annexes) > 1:
        return [{"part": place, "units": 1} for place in range(len(paper.parts()))]
    parts: list[dict[str, Any]] = [{"part": 0, "units": 1}]
    place, who = 0, who_of(lines)
    for part in paper.parts()[1:]:
        rows = part.context.rows
        many = sum(not row.is_group for row in rows)
        says = {"opens": part.opens, "last": part.context.last, "band": rows[0].is_group, "who": who}
        closing = {"closing": part.context.closing} if part.context.last else {}
        parts.append(_stretch(place, place + many) | says | closing)
        place += many
    return parts if len(parts) > 1 else [parts[0] | {"alone": True}]


def laid_out(decision: Decision, payload: Mapping[str, Any]) -> tuple[bytes, list[dict[str, str]]]:
    """The piece of one part, and the lines left out of it with why and how to mend that."""
    kind = payload["kind"]
    if kind.startswith(CERTIFICATES):
        lines = list(_cut(award_lines(decision, kind), payload))
        paper = certificates_of(decision, kind, lines)
        misfits = render_certificates.misfits(paper)
        wrong = {place for place, _ in misfits}
        fitting = tuple(line for place, line in enumerate(paper.lines) if place not in wrong)
        failures = [_failure(lines[place], why) for place, why in misfits]
        return render_certificates.lay_out_batch(replace(paper, lines=fitting)), failures
    if "from" not in payload:
        whole = paper_of(decision, None if payload["part"] else [], kind=kind)
        part = whole.parts()[payload["part"]]
        return render.render_alone(whole, part, tagged=payload.get("alone", False)), []
    return render.render_alone(paper_of(decision, []), _annex_part(decision, payload)), []


def joined(decision: Decision, kind: str, parts: Sequence[Job]) -> bytes:
    """The whole paper from the pieces of its parts."""
    pieces = Pieces(decision, parts)
    if kind.startswith(CERTIFICATES):
        return render_certificates.bind(certificates_of(decision, kind, []), pieces)
    return render.join(paper_of(decision, []), [bool(part.payload.get("opens", True)) for part in parts], pieces)


def too_long(decision: Decision) -> list[dict[str, str]]:
    """What will be left out for want of room, named before anything is queued; only long words are tried."""
    lines = selectors.lines_of(decision).annotate(
        name_length=Length("name_printed"), achievement_length=Length("achievement"),
        detail_length=Length("post_printed") + Length("unit_printed"),
    )  # fmt: skip
    long = Q(name_length__gt=40) | Q(detail_length__gt=80) | Q(achievement_length__gt=150)
    found: list[dict[str, str]] = []
    by_award: dict[str, list[DecisionLine]] = {}
    for line in lines.filter(long)[:AT_MOST]:
        if catalogue.award(line.award).printed:
            by_award.setdefault(line.award, []).append(line)
    for award, some in by_award.items():
        paper = certificate_paper(decision, award, some, marks={}, design=design_of(decision, award))
        found.extend(_failure(some[place], why) for place, why in render_certificates.misfits(paper))
    return found


class Pieces:
    """The pieces of finished parts, read one at a time; one that was swept meanwhile is laid out anew."""

    def __init__(self, decision: Decision, parts: Sequence[Job]) -> None:
        self.decision, self.parts = decision, parts

    def __iter__(self) -> Iterator[bytes]:
        return map(self._read, self.parts)

    def _read(self, part: Job) -> bytes:
        try:
            return storage.read_piece(part.result["piece"])
        except storage.Missing:
            return laid_out(self.decision, part.payload)[0]


def paper_of(
    decision: Decision, lines: Sequence[DecisionLine] | None = None, *, kind: str = DECISION, who: str = ""
) -> DecisionPaper:
    """The decision's paper as it is printed for good; with all its lines unless some are given."""
    mark = marks([decision])[decision.pk]
    some = list(selectors.lines_of(decision)) if lines is None else lines
    paper = decision_paper(
        decision, some, draft=False, mark=replace(mark, offline=_offline(decision)), who=who,
        by_hand=kind != TO_SIGN and is_signed_by_hand(decision),
    )  # fmt: skip
    return render_rows.cut_to_pages(paper)


def is_signed_by_hand(decision: Decision) -> bool:
    """Is the original on paper? No digital signature stands on it and none was asked for."""
    return not signatures_of(decision).exists()


def certificates_of(decision: Decision, kind: str, lines: Sequence[DecisionLine]) -> CertificatePaper:
    """The certificates of some lines of one award."""
    by_certificate = marks([line.certificate for line in lines])
    by_line = {line.pk: by_certificate[line.certificate.pk] for line in lines}
    award = kind.partition(":")[2]
    draft = decision.state not in PRINTABLE
    return certificate_paper(decision, award, lines, marks=by_line, draft=draft, design=design_of(decision, award))


def award_lines(decision: Decision, kind: str) -> QuerySet[DecisionLine]:
    """The lines of a decision that get this certificate, in the order of the paper."""
    return selectors.lines_of(decision).filter(award=kind.partition(":")[2], certificate__isnull=False)


def design_of(decision: Decision, award: str) -> CertificateDesign | None:
    """The office's design for white paper in force on the decision's day."""
    return printing.design_on(decision.unit, award, decision.dated) if decision.dated else None


def marks(subjects: Sequence[Decision] | Sequence[Certificate]) -> dict[int, VerificationMark]:
    """What is printed for verification, by primary key."""
    rows = codes.codes_for(subjects=subjects, at=timezone.now())
    return {pk: codes.mark(row) for pk, row in rows.items()}


def version_of(kind: str) -> str:
    """The version of the template of this kind of paper."""
    paper: type[Paper] = CertificatePaper if kind.startswith(CERTIFICATES) else DecisionPaper
    return paper.version


def _annex_part(decision: Decision, payload: Mapping[str, Any]) -> Part:
    """A stretch of the list; the band of an award that began in the part before is not repeated."""
    lines = list(_cut(selectors.lines_of(decision), payload))
    paper = paper_of(decision, lines, kind=payload["kind"], who=payload.get("who", ""))
    annex = paper.annexes[0]
    rows = annex.rows if payload["band"] or not annex.rows[0].is_group else annex.rows[1:]
    closing = payload.get("closing", "")
    context = replace(annex, rows=rows, first=payload["opens"], last=payload["last"], closing=closing)
    return Part(annex.template, context, opens=payload["opens"])


def _stretch(start: int, end: int) -> dict[str, Any]:
    return {"from": start, "to": end, "units": end - start}


def _cut(lines: QuerySet[DecisionLine], payload: Mapping[str, Any]) -> QuerySet[DecisionLine]:
    return lines[payload["from"] : payload["to"]]


def _failure(line: DecisionLine, why: str) -> dict[str, str]:
    signed = hasattr(line, "certificate")
    return {
        "what": f"{line.order}. {line.name_printed}", "why": why, "line": str(line.pk),
        "cure": "Rút gọn chữ in trên bằng, rồi dựng lại bằng này." if signed else "Rút gọn được sau khi ký.",
        "url": reverse("decisions:certificate_words", args=[line.certificate.pk]) if signed else "",
    }  # fmt: skip


def _offline(decision: Decision) -> str:
    """The same words as on the public page, which is silent until the decision is issued."""
    if decision.dated is None:
        return ""
    return offline.code(
        offline.Words(
            number=decision.number_text, dated=decision.dated, award=decision.title, recipient="",
            issuer=decision.issuer_name,
        )
    )  # fmt: skip
