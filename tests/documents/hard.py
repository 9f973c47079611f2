"""Papers that strain their boxes: each case changes a paper of any kind."""

import unicodedata
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from documents.papers import AnnexPaper, AnnexRow, Column, DecisionPaper, OfficialPaper, Para, Signature
from tests.factories import documents as make

KINDS: dict[str, Callable[[], Any]] = {
    "decision": lambda: make.decision_paper(annexes=(make.annex(30, 12),), mark=make.MARK),
    "submission": make.submission_paper,
    "registration": make.registration_paper,
    "minutes of two": make.minutes_paper,
    "minutes of four": lambda: make.minutes_paper(4),
    "invitation": make.invitation_paper,
}
NAMES = ("Y Moan Êban", "H'Hen Niê", "K'Sor Phước", "Đỗ Thị Ẵng", "Vữ Quỷnh Ỷ Lễ", "Nguyễn Ngọc Huỷ", "Điểu K’Ré",
         "Hoàng Thị Thùy Dương Nguyễn Phước Bảo Ngọc Minh Châu")  # fmt: skip
LONG_SUMMARY = (
    "Về việc tặng Bằng khen của Viện trưởng Viện kiểm sát nhân dân tối cao cho các tập thể, cá nhân thuộc Viện "
    "kiểm sát nhân dân tỉnh Phú Thọ đã có thành tích xuất sắc trong phong trào thi đua “Vững về chính trị, giỏi về "
    "nghiệp vụ, tinh thông về pháp luật, công tâm và bản lĩnh, kỷ cương và trách nhiệm” giai đoạn 2021 - 2026"
)
BASE = (
    "Căn cứ Nghị định số {}/2025/NĐ-CP ngày 05 tháng 02 năm 2025 của Chính phủ quy định chi tiết một số điều của Luật"
)


def long_summary(paper: OfficialPaper) -> OfficialPaper:
    return replace(paper, summary=LONG_SUMMARY)


def many_bases(paper: OfficialPaper) -> OfficialPaper:
    if isinstance(paper, DecisionPaper):
        return replace(paper, bases=tuple(BASE.format(number) for number in range(101, 113)))
    return replace(
        paper, blocks=(*(Para(f"{BASE.format(n)};", style="italic") for n in range(101, 113)), *_blocks(paper))
    )


def many_recipients(paper: OfficialPaper) -> OfficialPaper:
    units = tuple(f"Viện kiểm sát nhân dân khu vực {number} - tỉnh Phú Thọ" for number in range(1, 29))
    return replace(paper, recipients=("Như Điều 3", *units, "Lưu: VT, TĐKT"))


def long_authority(paper: OfficialPaper) -> OfficialPaper:
    lines = ("TUQ. VIỆN TRƯỞNG VIỆN KIỂM SÁT NHÂN DÂN TỐI CAO", "PHÓ CHÁNH VĂN PHÒNG PHỤ TRÁCH THI ĐUA, KHEN THƯỞNG")
    return replace(paper, signatures=tuple(Signature(lines, row.name) for row in paper.signatures))


def three_line_names(paper: OfficialPaper) -> OfficialPaper:
    head = replace(
        paper.letterhead, parent=("VIỆN KIỂM SÁT NHÂN DÂN TỐI CAO",),
        body=("HỘI ĐỒNG THI ĐUA - KHEN THƯỞNG NGÀNH KIỂM SÁT NHÂN DÂN",),
    )  # fmt: skip
    return replace(paper, letterhead=head)


def one_row(paper: OfficialPaper) -> OfficialPaper:
    return replace(paper, annexes=(make.annex(1),))


def rare_names(paper: OfficialPaper) -> OfficialPaper:
    signatures = tuple(Signature(row.authority, NAMES[n]) for n, row in enumerate(paper.signatures))
    return replace(paper, signatures=signatures, annexes=(names_list(),))


def decomposed(paper: OfficialPaper) -> OfficialPaper:
    """Typed as some keyboards do: each mark a character of its own."""
    loose = replace(rare_names(paper), summary=_loose(LONG_SUMMARY), recipients=tuple(map(_loose, paper.recipients)))
    head = replace(paper.letterhead, place=_loose("Thừa Thiên Huế"), body=tuple(map(_loose, paper.letterhead.body)))
    rows = tuple(AnnexRow(tuple(map(_loose, row.cells))) for row in names_list().rows if isinstance(row, AnnexRow))
    return replace(loose, letterhead=head, annexes=(replace(names_list(), rows=rows, heading=_loose("DANH SÁCH")),))


def with_paragraphs(paper: OfficialPaper, count: int) -> OfficialPaper:
    """Longer by so many short paragraphs, so that the close meets the end of a page."""
    if isinstance(paper, DecisionPaper):
        return replace(make.decision_paper(more_text=count), annexes=())
    return replace(paper, annexes=(), blocks=(*(Para(f"Đoạn thứ {n}.") for n in range(count)), *_blocks(paper)))


def names_list() -> AnnexPaper:
    columns = (Column("STT", 12, "center"), Column("Họ và tên", 52), Column("Chức vụ, đơn vị"), Column("Ghi chú", 20))
    rows = tuple(AnnexRow((str(n), name, "Kiểm sát viên, Viện kiểm sát nhân dân tỉnh Đắk Lắk", ""))
                 for n, name in enumerate(NAMES, 1))  # fmt: skip
    return AnnexPaper(
        title="Danh sách", heading="DANH SÁCH TẬP THỂ, CÁ NHÂN BỊ HỦY BỎ NỘI DUNG KHEN THƯỞNG", columns=columns,
        rows=rows, closing="Danh sách này có 08 cá nhân (tám cá nhân).",
    )  # fmt: skip


CASES: dict[str, Callable[[OfficialPaper], OfficialPaper]] = {
    "as it is": lambda paper: paper,
    "a summary of three lines": long_summary,
    "twelve grounds": many_bases,
    "thirty recipients": many_recipients,
    "long lines of authority": long_authority,
    "a body's name of three lines": three_line_names,
    "a list of one row": one_row,
    "names of rare letters": rare_names,
    "decomposed letters": decomposed,
}


def _blocks(paper: OfficialPaper) -> tuple[Any, ...]:
    return tuple(getattr(paper, "blocks", ()))


def _loose(text: str) -> str:
    return unicodedata.normalize("NFD", text)
