"""Certificates of a decision: one face per award, one line per recipient.

Which lines there are and how they are set comes from the rule book (NĐ 98/2023 art. 104 and after); where they
stand comes from the office's design, if it has one.
"""

from collections.abc import Mapping, Sequence
from datetime import date

from decisions.facts import printing
from decisions.models import CertificateDesign, Decision, DecisionLine
from decisions.papers.decision import decision_line, signature
from decisions.papers.layout import layout_of, read, standard
from documents.papers import (
    CertificateFace,
    CertificateLayout,
    CertificateLine,
    CertificatePaper,
    Picture,
    Signature,
    Stock,
    VerificationMark,
    official_day,
)
from documents.services.storage import read_stored
from rulebook import catalogue
from rulebook.certificates import rule


def certificate_paper(
    decision: Decision, award: str, lines: Sequence[DecisionLine], *, marks: Mapping[int, VerificationMark],
    draft: bool = False, design: CertificateDesign | None = None,
) -> CertificatePaper:  # fmt: skip
    """All certificates of one award on white paper; `marks` by line id. Without a design: our own."""
    day = _day(decision)
    layout = layout_of(design, day) if design else read(standard(award, day), rule(award, day))
    return _paper(decision, award, lines, layout=layout, marks=marks, draft=draft, emblem=emblem_of(design))


def stock_paper(
    decision: Decision, design: CertificateDesign, lines: Sequence[DecisionLine], *,
    marks: Mapping[int, VerificationMark], draft: bool = False,
) -> CertificatePaper:  # fmt: skip
    """The words, and the code where the design has it, that go on pre-printed stock."""
    layout = layout_of(design, _day(decision))
    return _paper(decision, design.award, lines, layout=layout, marks=marks, draft=draft)


def trial_paper(
    award: str, layout: CertificateLayout, line: DecisionLine | None, day: date, *, emblem: Picture | None = None
) -> CertificatePaper:
    """One sheet to look at while a design is made: a recipient of the office, else invented words."""
    if line is not None:
        mark = {line.pk: SAMPLE_MARK}
        return _paper(line.decision, award, [line], layout=layout, marks=mark, draft=True, emblem=emblem)
    entry = catalogue.award(award)
    face = CertificateFace(
        decider="CHỨC VỤ NGƯỜI QUYẾT ĐỊNH", verb=_verb(entry), award=entry.printed_as.upper(),
        decision_line=f"Quyết định số 00/QĐ ngày {day:%d} tháng {day:%m} năm {day:%Y}",
        place_line=f"Hà Nội, {official_day(day)}", signature=Signature(("VIỆN TRƯỞNG",), "Họ và tên người ký"),
        flags=rule(award, day).has_flags, emblem=emblem,
    )  # fmt: skip
    sample = CertificateLine(
        name="Họ và tên người được khen", detail="Chức vụ, đơn vị công tác", ordinal="1", mark=SAMPLE_MARK,
        achievement="Đã có thành tích xuất sắc trong công tác, góp phần hoàn thành nhiệm vụ chính trị của ngành.",
    )  # fmt: skip
    stock = Stock(layout.width, layout.height)
    return CertificatePaper(title=entry.label, draft=True, face=face, lines=(sample,), stock=stock, layout=layout)


#: What stands for a code while a design is made.
SAMPLE_MARK = VerificationMark("https://example.invalid/xm/MAU", "MAU0-MAU0-MAU0")


def _paper(
    decision: Decision, award: str, lines: Sequence[DecisionLine], *, layout: CertificateLayout,
    marks: Mapping[int, VerificationMark], draft: bool, emblem: Picture | None = None,
) -> CertificatePaper:  # fmt: skip
    entry, day = catalogue.award(award), _day(decision)
    # Who is set right was honoured by the earlier decision, and stands in it with the number of the golden book.
    honoured_by = lines[0].awarding_decision if lines else decision
    return CertificatePaper(
        title=f"{entry.label}, {decision_line(decision)}",
        draft=draft,
        face=CertificateFace(
            decider=f"{decision.authority_post} {decision.issuer_name}".upper(),
            verb=_verb(entry),
            award=entry.printed_as.upper(),
            decision_line=decision_line(honoured_by),
            place_line=f"{decision.place}, {official_day(decision.dated) if decision.dated else ''}",
            signature=signature(decision),
            flags=rule(award, day).has_flags,
            emblem=emblem,
        ),
        lines=tuple(_line(line, marks.get(line.pk)) for line in lines),
        stock=Stock(layout.width, layout.height),
        layout=layout,
    )


def emblem_of(design: CertificateDesign | None) -> Picture | None:
    """The emblem the office brought for this edition."""
    kept = printing.emblem_of(design) if design else None
    return Picture(kept.mime, read_stored(kept.sha256)) if kept else None


def _verb(entry: catalogue.Award) -> str:
    return "TẶNG DANH HIỆU" if entry.kind == "title" else "TẶNG"


def _day(decision: Decision) -> date:
    """The day whose law holds: that of the decision, before it has one that of its drafting."""
    return decision.dated or decision.drafted_at.date()


def own_words(line: DecisionLine) -> dict[str, str]:
    """The three texts of a certificate as the decision has them."""
    where = ", ".join(part for part in (line.post_printed, line.unit_printed) if part)
    return {"name": line.name_printed, "detail": where, "achievement": line.achievement}


def _line(line: DecisionLine, mark: VerificationMark | None) -> CertificateLine:
    shorter = line.certificate.words if hasattr(line, "certificate") else {}
    return CertificateLine(
        **{**own_words(line), **shorter},
        ordinal=str(line.golden_book_no),
        mark=mark,
    )
