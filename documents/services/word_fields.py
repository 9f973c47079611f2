"""Merge fields: the same papers that become PDF, as plain texts and lists for Word templates.

`context(paper)` is what a template is filled with, `sample(kind)` the same for an invented paper: the
list of fields on the page, the check of uploaded templates and the trial filling all come from it.
"""

import unicodedata
from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import Any

from documents.papers import (
    AnnexGroup,
    AnnexPaper,
    AnnexRow,
    Article,
    Block,
    Column,
    DecisionPaper,
    Heading,
    InvitationPaper,
    Letterhead,
    MinutesPaper,
    OfficialPaper,
    Paper,
    Para,
    Row,
    Signature,
    SubmissionPaper,
    Table,
    VerificationMark,
)
from documents.services.render_fit import name_lines
from documents.states import WordKind

#: Columns that a template may name one by one (`d.cot_2`); `d.o` has all of them.
NAMED_COLUMNS = 9
#: What a template of each kind must print; without them a paper would lack a part that NĐ 30/2020 asks for.
_LETTERHEAD = ("co_quan", "so_ky_hieu", "dia_danh_ngay", "chu_ky", "noi_nhan")
REQUIRED: dict[str, tuple[str, ...]] = {
    WordKind.DECISION: (*_LETTERHEAD, "trich_yeu", "nguoi_quyet_dinh", "can_cu", "dieu", "phu_luc"),
    WordKind.SUBMISSION: (*_LETTERHEAD, "trich_yeu", "kinh_gui", "noi_dung", "phu_luc"),
    WordKind.MINUTES: ("co_quan", "so_ky_hieu", "dia_danh_ngay", "chu_ky", "noi_dung"),
    WordKind.LIST: ("ten", "dong"),
    WordKind.INVITATION: (*_LETTERHEAD, "trich_yeu", "loi_mo", "nguoi_duoc_moi", "thong_tin"),
}
LABELS = {
    "co_quan_cap_tren": "Cơ quan chủ quản", "co_quan": "Cơ quan ban hành", "so_ky_hieu": "Số, ký hiệu",
    "dia_danh_ngay": "Địa danh, ngày tháng năm", "ten_loai": "Tên loại văn bản", "trich_yeu": "Trích yếu",
    "du_thao": "Còn là dự thảo (dùng trong if)", "chu_ky": "Các chữ ký", "chu_ky.quyen_han": "Quyền hạn, chức vụ",
    "chu_ky.ho_ten": "Họ tên người ký", "chu_ky.ghi_chu": "Ghi chú dưới chức vụ", "noi_nhan": "Nơi nhận, từng dòng",
    "phu_luc": "Các phụ lục, danh sách", "ma_tra_cuu": "Mã tra cứu", "dia_chi_tra_cuu": "Địa chỉ tra cứu",
    "nguoi_quyet_dinh": "Người ra quyết định", "can_cu": "Căn cứ, từng dòng", "dieu": "Các điều",
    "dieu.so": "Số của điều", "dieu.noi_dung": "Nội dung", "dieu.dong_sau": "Các dòng tiếp theo",
    "dieu.duoi": "Phần in nghiêng ở cuối", "kinh_gui": "Kính gửi, từng dòng", "noi_dung": "Nội dung, từng khối",
    "nhan": "Nhãn phụ lục", "ten": "Tên danh sách", "dan_chieu": "Dòng kèm theo", "ket": "Dòng cuối danh sách",
    "cot": "Tên các cột", "so_cot": "Số cột", "dong": "Các dòng", "la_nhom": "Là dòng nhóm (dùng trong if)",
    "ten_nhom": "Tên nhóm", "o": "Các ô của dòng", "la_doan": "Khối là đoạn văn", "la_muc": "Khối là đề mục",
    "la_bang": "Khối là bảng", "dam": "Phần in đậm ở đầu", "chu": "Chữ", "nghieng": "Phần in nghiêng ở cuối",
    "loi_mo": "Câu mở đầu giấy mời", "nguoi_duoc_moi": "Người được mời", "thong_tin": "Thời gian, địa điểm, nội dung",
    "thong_tin.muc": "Tên mục", "thong_tin.chi_tiet": "Chi tiết",
    "kieu": "Kiểu đoạn: thuong, dam, nghieng, giua, khong_thut", "chu_thich": "Tên bảng",
}  # fmt: skip
STYLES = {"": "thuong", "bold": "dam", "italic": "nghieng", "center": "giua", "plain": "khong_thut"}
#: Papers whose text is a row of paragraphs, headings and tables.
WITH_BLOCKS = (SubmissionPaper, MinutesPaper, InvitationPaper)
Context = dict[str, Any]


def kind_of(paper: Paper) -> WordKind:
    """Which templates fit a paper. Raises ValueError for a paper that has no Word form."""
    for kind, model in (
        (WordKind.DECISION, DecisionPaper),
        (WordKind.SUBMISSION, SubmissionPaper),
        (WordKind.MINUTES, MinutesPaper),
        (WordKind.LIST, AnnexPaper),
        (WordKind.INVITATION, InvitationPaper),
    ):
        if isinstance(paper, model):
            return kind
    raise ValueError(type(paper).__name__)


def context(paper: Paper) -> Context:
    """All fields of a paper; texts are NFC and hold no control characters."""
    if isinstance(paper, AnnexPaper):
        return _annex(paper)
    if not isinstance(paper, OfficialPaper):
        raise TypeError(type(paper).__name__)
    fields = _official(paper)
    if isinstance(paper, DecisionPaper):
        fields |= {
            "nguoi_quyet_dinh": clean(paper.decider),
            "can_cu": _texts(paper.base_lines),
            "dieu": [_article(place, article) for place, article in enumerate(paper.closed_articles, 1)],
        }
    if isinstance(paper, SubmissionPaper):
        fields["kinh_gui"] = _texts(paper.addressee_lines)
    if isinstance(paper, InvitationPaper):
        fields |= {
            "loi_mo": clean(paper.opening),
            "nguoi_duoc_moi": clean(paper.invited),
            "thong_tin": [{"muc": clean(label), "chi_tiet": clean(text)} for label, text in paper.facts],
        }
    if isinstance(paper, WITH_BLOCKS):
        fields["noi_dung"] = [_block(block) for block in paper.blocks]
    return fields


def tables(paper: Paper, width: float) -> list[dict[str, Any]]:
    """Widths in mm and sides of the columns of each table in the order of the text; `width` is that of the page."""
    if isinstance(paper, AnnexPaper):
        return [_columns(paper.columns, width)]
    blocks = paper.blocks if isinstance(paper, WITH_BLOCKS) else ()
    inside = [_columns(block.columns, width) for block in blocks if isinstance(block, Table)]
    annexes = paper.annexes if isinstance(paper, OfficialPaper) else ()
    return inside + [_columns(annex.columns, width) for annex in annexes]


@cache
def sample(kind: str) -> Context:
    """The fields of an invented paper, with at least one entry in each list."""
    return context(_SAMPLES[WordKind(kind)])


def shape(value: Any) -> Any:
    """What a template may do with a value: "" text, "?" yes or no, [x] list, {…} parts."""
    if isinstance(value, bool):
        return "?"
    if isinstance(value, list):
        return [shape(value[0])]
    if isinstance(value, dict):
        return {name: shape(part) for name, part in value.items()}
    return ""


def listed(kind: str) -> list[dict[str, Any]]:
    """Rows for the page of fields: name as written in a template, label, sample, required, depth."""
    return list(_rows(sample(kind), "", REQUIRED[kind], 0))


def clean(text: str) -> str:
    """NFC, and no control characters but the end of a line: Word's own marks must not come from data."""
    return "".join(c for c in unicodedata.normalize("NFC", text) if c == "\n" or unicodedata.category(c) != "Cc")


def _rows(fields: Context, above: str, required: Sequence[str], depth: int) -> Any:
    for name, value in fields.items():
        if name.startswith("cot_") and name[4:].isdecimal() and name != "cot_2":
            continue
        first = value[0] if isinstance(value, list) else value
        shown = first if isinstance(first, str) else ""
        label = LABELS.get(f"{above}.{name}", LABELS.get(name, ""))
        if name == "cot_2":
            label = "Ô thứ 2 của dòng (có từ cot_1 đến cot_9)"
        yield {
            "name": name, "label": label, "sample": shown, "required": name in required and not depth,
            "depth": depth, "many": isinstance(value, list), "flag": isinstance(first, bool), "above": above,
        }  # fmt: skip
        if isinstance(first, dict):
            yield from _rows(first, name, required, depth + 1)


def _official(paper: OfficialPaper) -> Context:
    head = paper.letterhead
    return {
        "co_quan_cap_tren": clean("\n".join(name_lines(head.parent, bold=False))),
        "co_quan": clean("\n".join(name_lines(head.body, bold=True))),
        "so_ky_hieu": clean(head.number_text), "dia_danh_ngay": clean(head.place_line),
        "ten_loai": clean(paper.heading), "trich_yeu": clean(paper.summary), "du_thao": paper.draft,
        "chu_ky": [
            {"quyen_han": clean("\n".join(row.authority)), "ho_ten": clean(row.name), "ghi_chu": clean(row.note)}
            for row in paper.signatures
        ],
        "noi_nhan": _texts(paper.recipient_lines), "phu_luc": [_annex(annex) for annex in paper.annexes],
        "ma_tra_cuu": paper.mark.typed if paper.mark else "", "dia_chi_tra_cuu": paper.mark.url if paper.mark else "",
    }  # fmt: skip


def _annex(paper: AnnexPaper) -> Context:
    return {
        "nhan": clean(paper.label), "ten": clean(paper.heading), "dan_chieu": clean(paper.reference),
        **_table(paper.columns, paper.rows), "ket": clean(paper.closing),
    }  # fmt: skip


def _table(columns: Sequence[Column], rows: Sequence[Row]) -> Context:
    return {
        "cot": [clean(column.label) for column in columns],
        "so_cot": str(len(columns)),
        "dong": [_row(row) for row in rows],
    }


def _row(row: Row) -> Context:
    cells = [] if isinstance(row, AnnexGroup) else _texts(row.cells)
    named = {f"cot_{place}": cells[place - 1] if place <= len(cells) else "" for place in range(1, NAMED_COLUMNS + 1)}
    label = clean(row.label) if isinstance(row, AnnexGroup) else ""
    return {"la_nhom": isinstance(row, AnnexGroup), "ten_nhom": label, "o": cells, **named}


def _article(place: int, article: Article) -> Context:
    return {
        "so": str(place),
        "noi_dung": clean(article.text),
        "duoi": clean(article.tail),
        "dong_sau": _texts(article.more),
    }


def _block(block: Block) -> Context:
    para = block if isinstance(block, Para) else Para("")
    table = block if isinstance(block, Table) else Table((), ())
    return {
        "la_doan": isinstance(block, Para), "la_muc": isinstance(block, Heading), "la_bang": isinstance(block, Table),
        "chu": clean(block.text) if isinstance(block, Para | Heading) else "", "dam": clean(para.lead),
        "nghieng": clean(para.tail), "kieu": STYLES[para.style], "chu_thich": clean(table.caption),
        **_table(table.columns, table.rows),
    }  # fmt: skip


def _columns(columns: Sequence[Column], width: float) -> dict[str, Any]:
    free = [column for column in columns if column.width is None]
    left = max(width - sum(column.width or 0 for column in columns), 20.0)
    return {
        "widths": [column.width if column.width is not None else left / len(free) for column in columns],
        "sides": [column.align for column in columns],
    }


def _texts(lines: Sequence[str]) -> list[str]:
    return [clean(line) for line in lines]


_COLUMNS = (Column("STT", 12, "center"), Column("Họ và tên", 52), Column("Chức vụ, đơn vị"), Column("Ghi chú", 20))
_LIST = AnnexPaper(
    title="Danh sách", label="Phụ lục I", heading="DANH SÁCH TẬP THỂ, CÁ NHÂN ĐƯỢC KHEN THƯỞNG", columns=_COLUMNS,
    rows=(AnnexRow(("1", "Nguyễn Thị Minh An", "Kiểm sát viên, Phòng 1", "")), AnnexGroup("Chiến sĩ thi đua cơ sở")),
    reference="(Kèm theo Quyết định số 07/QĐ-VKS)", closing="Danh sách này có 01 cá nhân.",
)  # fmt: skip
_OFFICE: dict[str, Any] = {
    "title": "Văn bản minh họa",
    "letterhead": Letterhead(
        body=("VIỆN KIỂM SÁT NHÂN DÂN", "TỈNH MINH HỌA"), parent=("VIỆN KIỂM SÁT NHÂN DÂN TỐI CAO",),
        symbol="QĐ-VKS", number=7, place="Minh Họa", day=date(2026, 11, 25),
    ),
    "signatures": (Signature(("KT. VIỆN TRƯỞNG", "PHÓ VIỆN TRƯỞNG"), "Lê Văn Bình", "(Ký, ghi rõ họ tên)"),),
    "recipients": ("Như Điều 3", "Lưu: VT"), "annexes": (_LIST,),
    "mark": VerificationMark("https://thidua.example/xm/7H4MQX47BK26/", "7H4M-QX47-BK26"),
}  # fmt: skip
_BLOCKS: tuple[Block, ...] = (
    Table(_COLUMNS, _LIST.rows, caption="Bảng tổng hợp"),
    Para("Nội dung của đoạn.", lead="Ý chính.", tail="(Có danh sách kèm theo)"),
    Heading("I. Đề mục"),
)
_SAMPLES: dict[WordKind, Paper] = {
    WordKind.DECISION: DecisionPaper(
        **_OFFICE, summary="Về việc khen thưởng năm 2026", decider="VIỆN TRƯỞNG VIỆN KIỂM SÁT NHÂN DÂN TỈNH MINH HỌA",
        bases=("Căn cứ Luật Thi đua, khen thưởng",),
        articles=(Article("Khen thưởng 01 cá nhân", ("- Dòng tiếp theo.",), " (có danh sách kèm theo)."),),
    ),
    WordKind.SUBMISSION: SubmissionPaper(
        **_OFFICE, summary="Về việc đề nghị khen thưởng", addressees=("Viện kiểm sát nhân dân tối cao",), blocks=_BLOCKS
    ),
    WordKind.MINUTES: MinutesPaper(**_OFFICE, summary="Họp Hội đồng Thi đua - Khen thưởng", blocks=_BLOCKS),
    WordKind.LIST: _LIST,
    WordKind.INVITATION: InvitationPaper(
        **_OFFICE, summary="Họp Hội đồng Thi đua - Khen thưởng", opening="Hội đồng Thi đua - Khen thưởng kính mời:",
        invited="Các đồng chí thành viên Hội đồng", facts=(("Thời gian", "08 giờ 00, ngày 25 tháng 11 năm 2026"),),
        blocks=_BLOCKS,
    ),
}  # fmt: skip
