"""Lists for the ceremony and for the cashier, as papers and as rows of a sheet."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby

from core.templatetags.vi import in_words
from decisions.facts.order import in_law_order
from decisions.models import DecisionLine, Payment
from decisions.papers import words
from documents.papers import AnnexGroup, AnnexPaper, AnnexRow, Column, Row, official_day
from documents.papers.wording import in_full
from rulebook import catalogue

CEREMONY = (
    Column("STT", 12, "center"), Column("Họ và tên, tập thể", 60), Column("Chức vụ, đơn vị"),
    Column("Quyết định", 42), Column("Số sổ vàng", 20, "center"), Column("Ký nhận", 34),
)  # fmt: skip
PAYMENTS = (
    Column("STT", 12, "center"), Column("Họ và tên, tập thể", 58), Column("Danh hiệu, hình thức"),
    Column("Quyết định", 40), Column("Số tiền (đồng)", 30, "right"), Column("Ký nhận", 34),
)  # fmt: skip
SHEET_HEADS = (
    "STT", "Đơn vị nhận", "Họ và tên, tập thể", "Danh hiệu, hình thức", "Số quyết định", "Ngày quyết định",
    "Cách tính", "Số tiền (đồng)", "Ngày chi", "Chứng từ", "Tình trạng",
)  # fmt: skip


def ceremony_list(lines: Sequence[DecisionLine], day: date) -> AnnexPaper:
    """In the law's order (NĐ 152/2025 art. 29(5)): a band per award, collectives before individuals."""
    rows: list[Row] = []
    number = 0
    for award, group in groupby(in_law_order(lines), key=lambda line: line.award):
        rows.append(AnnexGroup(in_full(catalogue.award(award).label)))
        for line in group:
            number += 1
            rows.append(AnnexRow(_ceremony_cells(number, line)))
    people = sum(line.person_id is not None for line in lines)
    return AnnexPaper(
        title="Danh sách trao tặng", heading="DANH SÁCH TRAO TẶNG DANH HIỆU THI ĐUA, HÌNH THỨC KHEN THƯỞNG",
        reference=f"(Lập {official_day(day)})", columns=CEREMONY, rows=tuple(rows), landscape=True,
        closing=words.totals(people, len(lines) - people, None) if lines else "",
        signed_by=("Người lập biểu", "Thủ trưởng đơn vị"),
    )  # fmt: skip


def payment_list(payments: Sequence[Payment], day: date) -> AnnexPaper:
    """A band per unit with its sum; the whole sum in words below."""
    rows: list[Row] = []
    number = 0
    for unit, group in groupby(payments, key=lambda row: row.unit):
        held = list(group)
        total = words.dotted(sum(row.amount for row in held))
        rows.append(AnnexGroup(f"{unit.name} ({len(held)} khoản, {total} đồng)"))
        for row in held:
            number += 1
            rows.append(AnnexRow(_payment_cells(number, row)))
    said = in_words(sum(row.amount for row in payments))
    total = words.dotted(sum(row.amount for row in payments))
    return AnnexPaper(
        title="Danh sách chi tiền thưởng", heading="DANH SÁCH CHI TIỀN THƯỞNG", columns=PAYMENTS, rows=tuple(rows),
        reference=f"(Lập {official_day(day)})", landscape=True,
        closing=f"Tổng số tiền: {total} đồng (Bằng chữ: {said[:1].upper()}{said[1:]} đồng).",
        signed_by=("Người lập biểu", "Kế toán", "Thủ trưởng đơn vị"),
    )  # fmt: skip


def payment_cells(number: int, row: Payment) -> tuple[object, ...]:
    """One row of the sheet, as SHEET_HEADS names them."""
    decision = row.line.decision
    return (
        number, row.unit.name, row.line.name_printed, row.line.entry.label, decision.number_text, decision.dated or "",
        row.says, row.amount, row.paid_on or "", row.voucher, standing(row),
    )  # fmt: skip


def standing(row: Payment) -> str:
    """Where a bonus stands, in words."""
    if row.cancelled_by_id is not None:
        return "Đã hủy"
    if row.paid_on is not None:
        return "Đã chi"
    return "Chưa chi" if row.amount else "Không chi"


def _ceremony_cells(number: int, line: DecisionLine) -> tuple[str, ...]:
    decision = line.decision
    where = ", ".join(part for part in (line.post_printed, line.unit_printed) if part)
    day = f"{decision.dated:%d/%m/%Y}" if decision.dated else ""
    return (str(number), line.name_printed, where, f"{decision.number_text}, {day}", str(line.golden_book_no), "")


def _payment_cells(number: int, row: Payment) -> tuple[str, ...]:
    line = row.line
    award, amount = in_full(line.entry.label), words.dotted(row.amount)
    return (str(number), line.name_printed, award, line.decision.number_text, amount, "")
