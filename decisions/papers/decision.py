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
from documents.papers.wording import in_full, whom
from rulebook import catalogue

#: By kind: what a list says of those it names, and its columns; “{}” is who they are.
HEADINGS = {
    DecisionKind.AWARD: "DANH SÁCH {} ĐƯỢC KHEN THƯỞNG",
    DecisionKind.REVOCATION: "DANH SÁCH {} BỊ HỦY BỎ NỘI DUNG KHEN THƯỞNG",
    DecisionKind.CORRECTION: "DANH SÁCH {} ĐƯỢC ĐÍNH CHÍNH NỘI DUNG KHEN THƯỞNG",
}
COLUMNS = {
    DecisionKind.AWARD: (Column("Chức vụ, đơn vị"), Column("Ghi chú", 20)),
    DecisionKind.REVOCATION: (Column("Chức vụ, đơn vị"), Column("Danh hiệu, hình thức bị hủy bỏ", 44)),
    DecisionKind.CORRECTION: (Column("Nội dung đính chính"),),
}
#: What the column of names is called, by who they are.
NAMES = {"cá nhân": "Họ và tên", "tập thể": "Tập thể"}


def decision_paper(
    decision: Decision, lines: Sequence[DecisionLine], *, draft: bool, mark: VerificationMark | None = None,
    by_hand: bool = False, who: str = "",
) -> DecisionPaper:  # fmt: skip
    """The decision with its list of recipients as annex.

    `by_hand` prints on the list which decision it follows, as paper originals have it; `who` is what `whom` says
    of all lines where only some are given.
    """
    return DecisionPaper(
        title=f"Quyết định {decision.number_text}".strip(),
        draft=draft,
        letterhead=letterhead(decision),
        summary=decision.title,
        decider=f"{decision.authority_post} {decision.issuer_name}".upper(),
        bases=tuple(str(base["text"]) for base in decision.legal_bases),
        articles=tuple(
            Article(str(row["text"]), tuple(row.get("more", ())), str(row.get("tail", "")).strip())
            for row in decision.articles
        ),
        signatures=(signature(decision),),
        recipients=tuple(decision.sent_to),
        annexes=(annex(decision, lines, by_hand=by_hand, who=who),) if lines else (),
        mark=mark,
    )


def letterhead(decision: Decision) -> Letterhead:
    """Boxes 1 to 4 as frozen on the decision."""
    return Letterhead(
        parent=(decision.issuer_above.upper(),) if decision.issuer_above else (),
        body=(decision.issuer_name.upper(),),
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


def annex(decision: Decision, lines: Sequence[DecisionLine], *, by_hand: bool = False, who: str = "") -> AnnexPaper:
    """The list: a band per award, rows in the order of the decision, ordinals through all of it."""
    rows: list[Row] = []
    kind = DecisionKind(decision.kind)
    by_award = kind == DecisionKind.AWARD
    for award, group in groupby(lines, key=lambda line: line.award if by_award else ""):
        if by_award:
            rows.append(AnnexGroup(in_full(catalogue.award(award).label)))
        rows.extend(_row(kind, line) for line in group)
    who = who or who_of(lines)
    names = Column(NAMES.get(who, "Tập thể, cá nhân"), 52 if by_award else 48)
    return AnnexPaper(
        title=f"Danh sách kèm theo Quyết định {decision.number_text}".strip(),
        heading=HEADINGS[kind].format(who.upper()),
        reference=reference(decision) if by_hand else "",
        columns=(Column("STT", 12, "center"), names, *COLUMNS[kind]),
        rows=tuple(rows),
        closing=words.totals(*_totals(lines), _money(lines) if by_award else None),
    )


def who_of(lines: Sequence[DecisionLine]) -> str:
    """“tập thể, cá nhân”, or the one of them that the lines name."""
    return whom(*_totals(lines))


def reference(decision: Decision) -> str:
    """“(Kèm theo Quyết định số … ngày … của …)”, with room for a clerk where number and day are not given yet."""
    head = letterhead(decision)
    return (
        f"(Kèm theo Quyết định số {head.number_text} {head.day_text}"
        f" của {decision.authority_post} {decision.issuer_name})"
    )


def decision_line(decision: Decision) -> str:
    """“Quyết định số 412/QĐ-VKSTC ngày 25 tháng 11 năm 2026” on certificates."""
    day = official_day(decision.dated) if decision.dated else ""
    return f"Quyết định số {decision.number_text} {day}".strip()


def _row(kind: DecisionKind, line: DecisionLine) -> AnnexRow:
    where = ", ".join(part for part in (line.post_printed, line.unit_printed) if part)
    if kind == DecisionKind.REVOCATION:
        return AnnexRow((str(line.order), line.name_printed, where, f"{in_full(line.entry.label)} năm {line.year}"))
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
