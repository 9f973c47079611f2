"""A decision as a paper: model in, words out."""

from collections.abc import Sequence
from itertools import groupby

from decisions.models import Decision, DecisionLine
from decisions.papers import words
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
    return Signature((head, decision.signer_post.upper()) if decision.authority_form else (head,), decision.signer_name)


def annex(decision: Decision, lines: Sequence[DecisionLine]) -> AnnexPaper:
    """The list: a band per award, rows in the order of the decision, ordinals through all of it."""
    rows: list[Row] = []
    for award, group in groupby(lines, key=lambda line: line.award):
        rows.append(AnnexGroup(catalogue.award(award).label))
        rows.extend(_row(line) for line in group)
    return AnnexPaper(
        title=f"Danh sách kèm theo Quyết định {decision.number_text}".strip(),
        heading="DANH SÁCH TẬP THỂ, CÁ NHÂN ĐƯỢC KHEN THƯỞNG",
        columns=PEOPLE,
        rows=tuple(rows),
        closing=f"Danh sách này có {words.counted(*_totals(lines))}.",
    )


def decision_line(decision: Decision) -> str:
    """“Quyết định số 412/QĐ-VKSTC ngày 25 tháng 11 năm 2026” on certificates."""
    day = official_day(decision.dated) if decision.dated else ""
    return f"Quyết định số {decision.number_text} {day}".strip()


def _row(line: DecisionLine) -> AnnexRow:
    where = ", ".join(part for part in (line.post_printed, line.unit_printed) if part)
    return AnnexRow((str(line.order), line.name_printed, where, ""))


def _totals(lines: Sequence[DecisionLine]) -> tuple[int, int]:
    people = sum(line.person_id is not None for line in lines)
    return people, len(lines) - people
