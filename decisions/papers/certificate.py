"""Certificates of a decision: one face per award, one line per recipient (NĐ 98/2023 art. 104)."""

from collections.abc import Mapping, Sequence

from decisions.models import Decision, DecisionLine
from decisions.papers.decision import decision_line, signature
from documents.papers import CertificateFace, CertificateLine, CertificatePaper, VerificationMark, official_day
from rulebook import catalogue


def certificate_paper(
    decision: Decision,
    award: str,
    lines: Sequence[DecisionLine],
    *,
    marks: Mapping[int, VerificationMark],
    draft: bool = False,
) -> CertificatePaper:
    """All certificates of one award; `marks` by line id."""
    entry = catalogue.award(award)
    day = official_day(decision.dated) if decision.dated else ""
    return CertificatePaper(
        title=f"{entry.label}, {decision_line(decision)}",
        draft=draft,
        face=CertificateFace(
            decider=f"{decision.authority_post} {decision.issuer_name}".upper(),
            verb="TẶNG DANH HIỆU" if entry.kind == "title" else "TẶNG",
            award=entry.label.upper(),
            decision_line=decision_line(decision),
            place_line=f"{decision.place}, {day}",
            signature=signature(decision),
        ),
        lines=tuple(_line(line, marks.get(line.pk)) for line in lines),
    )


def _line(line: DecisionLine, mark: VerificationMark | None) -> CertificateLine:
    where = ", ".join(part for part in (line.post_printed, line.unit_printed) if part)
    return CertificateLine(
        name=line.name_printed,
        detail=where,
        achievement=line.achievement,
        ordinal=str(line.golden_book_no or line.order),
        mark=mark,
    )
