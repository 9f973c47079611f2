"""A decision as a paper: model in, words out."""

from collections.abc import Sequence
from itertools import groupby

from decisions.models import Decision, DecisionLine
from decisions.papers import reversal, words
from decisions.states import DecisionKind
from decisions.workflow import SIGNED_FOR_ANOTHER
from documents.papers import (
    AnnexGroup,
    AnnexPaper,
    AnnexRow,
    Article,
    Column,
    DecisionPaper,
    Letterhead,
    Row,
    Signature,
    VerificationMark,
    official_day,
)
from rulebook import catalogue

REVOKED = (
    Column("STT", 12, "center"), Column("Họ và tên", 48), Column("Chức vụ, đơn vị"), Column("Danh hiệu bị hủy bỏ", 44),
)  # fmt: skip
CORRECTED = (Column("STT", 12, "center"), Column("Họ và tên, tập thể", 48), Column("Nội dung đính chính"))
HEADINGS = {
    DecisionKind.AWARD: "DANH SÁCH TẬP THỂ, CÁ NHÂN ĐƯỢC KHEN THƯỞNG",
    DecisionKind.REVOCATION: "DANH SÁCH TẬP THỂ, CÁ NHÂN BỊ HỦY BỎ NỘI DUNG KHEN THƯỞNG",
    DecisionKind.CORRECTION: "DANH SÁCH TẬP THỂ, CÁ NHÂN ĐƯỢC ĐÍNH CHÍNH NỘI DUNG KHEN THƯỞNG",
}
PEOPLE = (Column("STT", 12, "center"), Column("Họ và tên", 52), Column("Chức vụ, đơn vị"), Column("Ghi chú", 20))


def decision_paper(
    decision: Decision, lines: Sequence[DecisionLine], *, draft: bool, mark: VerificationMark | None = None
) -> DecisionPaper:
    """The decision with its list of recipients as annex."""
    return DecisionPaper(
        title=f"Quyết định {decision.number_text}".strip(),
        draft=draft,
        letterhead=letterhead(decision),
        summary=decision.title,
        decider=f"{decision.authority_post} {decision.issuer_name}".upper(),
        bases=tuple(str(base["text"]) for base in decision.legal_bases),
        articles=tuple(
            Article(str(row["text"]), tuple(row.get("more", ())), str(row.get("tail", ""))) for row in decision.articles
        ),
        signatures=(signature(decision),),
        recipients=tuple(decision.sent_to),
        annexes=(annex(decision, lines),) if lines else (),
        mark=mark,
    )


def letterhead(decision: Decision) -> Letterhead:
    """Boxes 1 to 4 as frozen on the decision."""
    return Letterhead(
        parent=words.body_lines(decision.issuer_above) if decision.issuer_above else (),
        body=words.body_lines(decision.issuer_name),
        symbol=decision.symbol,
        number=decision.number,
        place=decision.place,
        day=decision.dated,
    )


def signature(decision: Decision) -> Signature:
    """“VIỆN TRƯỞNG”, or “KT. VIỆN TRƯỞNG / PHÓ VIỆN TRƯỞNG”."""
    head = f"{decision.authority_form} {decision.authority_post}".strip().upper()
    for_another = decision.authority_form in SIGNED_FOR_ANOTHER
    return Signature((head, decision.signer_post.upper()) if for_another else (head,), decision.signer_name)


def annex(decision: Decision, lines: Sequence[DecisionLine]) -> AnnexPaper:
    """The list: a band per award, rows in the order of the decision, ordinals through all of it."""
    rows: list[Row] = []
    by_award = decision.kind == DecisionKind.AWARD
    for award, group in groupby(lines, key=lambda line: line.award if by_award else ""):
        if by_award:
            rows.append(AnnexGroup(catalogue.award(award).label))
        rows.extend(_row(decision.kind, line) for line in group)
    columns = {DecisionKind.REVOCATION: REVOKED, DecisionKind.CORRECTION: CORRECTED}.get(
        DecisionKind(decision.kind), PEOPLE
    )
    return AnnexPaper(
        title=f"Danh sách kèm theo Quyết định {decision.number_text}".strip(),
        heading=HEADINGS[DecisionKind(decision.kind)],
        columns=columns,
        rows=tuple(rows),
        closing=words.totals(*_totals(lines), _money(lines) if by_award else None),
    )


def decision_line(decision: Decision) -> str:
    """“Quyết định số 412/QĐ-VKSTC ngày 25 tháng 11 năm 2026” on certificates."""
    day = official_day(decision.dated) if decision.dated else ""
    return f"Quyết định số {decision.number_text} {day}".strip()


def _row(kind: str, line: DecisionLine) -> AnnexRow:
    where = ", ".join(part for part in (line.post_printed, line.unit_printed) if part)
    if kind == DecisionKind.REVOCATION:
        return AnnexRow((str(line.order), line.name_printed, where, f"{line.entry.label} năm {line.year}"))
    if kind == DecisionKind.CORRECTION:
        name = line.target.name_printed if line.target else line.name_printed
        return AnnexRow((str(line.order), name, reversal.fixes(line)))
    return AnnexRow((str(line.order), line.name_printed, where, ""))


def _totals(lines: Sequence[DecisionLine]) -> tuple[int, int]:
    people = sum(line.person_id is not None for line in lines)
    return people, len(lines) - people


def _money(lines: Sequence[DecisionLine]) -> int | None:
    """What the lines bring together; None before the number is given, or where the book knows no amount of one."""
    amounts = [line.payable for line in lines]
    return None if not amounts or None in amounts else sum(amount or 0 for amount in amounts)
