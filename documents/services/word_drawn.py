"""The Word templates that ship with the product, drawn in code: real styles, real tables, NĐ 30/2020's page.

Margins, sizes and faces are those of Phụ lục I of Nghị định 30/2020/NĐ-CP, as in templates/documents/paper.css.
An office may download one, change it in Word and upload it as its own.
"""

from collections.abc import Callable
from copy import deepcopy
from functools import cache
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from documents.services.word_engine import BY_DATA
from documents.states import WordKind

FONT = "Times New Roman"
#: Width of the text on an A4 page with margins of 30 and 15 mm.
TEXT_WIDTH = 165.0
CENTER, BOTH = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.JUSTIFY
LEFT, RIGHT = WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.RIGHT
#: Style -> size in points, bold, italic, side, first line in mm, space after in points.
STYLES: dict[str, tuple[float, bool, bool, Any, float, float]] = {
    "Quốc hiệu": (13, True, False, CENTER, 0, 0),
    "Tiêu ngữ": (14, True, False, CENTER, 0, 0),
    "Cơ quan chủ quản": (13, False, False, CENTER, 0, 0),
    "Cơ quan ban hành": (13, True, False, CENTER, 0, 0),
    "Số ký hiệu": (13, False, False, CENTER, 0, 0),
    "Địa danh ngày": (14, False, True, CENTER, 0, 0),
    "Tên loại": (14, True, False, CENTER, 0, 0),
    "Trích yếu": (14, True, False, CENTER, 0, 0),
    "Người quyết định": (14, True, False, CENTER, 0, 6),
    "Căn cứ": (14, False, True, BOTH, 12.7, 6),
    "Nội dung": (14, False, False, BOTH, 12.7, 6),
    "Nội dung đậm": (14, True, False, BOTH, 12.7, 6),
    "Nội dung nghiêng": (14, False, True, BOTH, 12.7, 6),
    "Nội dung giữa": (14, False, False, CENTER, 0, 6),
    "Nội dung không thụt": (14, False, False, BOTH, 0, 6),
    "Kính gửi": (14, False, False, CENTER, 0, 6),
    "Quyền hạn ký": (14, True, False, CENTER, 0, 0),
    "Ghi chú chữ ký": (13, False, True, CENTER, 0, 0),
    "Người ký": (14, True, False, CENTER, 0, 0),
    "Nơi nhận": (12, True, True, LEFT, 0, 0),
    "Danh sách nơi nhận": (11, False, False, LEFT, 0, 0),
    "Tên phụ lục": (14, True, False, CENTER, 0, 6),
    "Dòng kèm theo": (14, False, True, CENTER, 0, 6),
    "Đầu bảng": (13, True, False, CENTER, 0, 0),
    "Nhóm trong bảng": (13, True, False, LEFT, 0, 0),
    "Ô bảng": (13, False, False, LEFT, 0, 0),
    "Dòng cuối danh sách": (14, False, True, BOTH, 12.7, 6),
    "Dự thảo": (12, True, True, LEFT, 0, 6),
    "Vạch": (2, False, False, CENTER, 0, 0),
}


@cache
def template(kind: str) -> bytes:
    """The built-in template of one kind, the same bytes' worth of content each time."""
    drawn = _Sheet()
    _DRAWINGS[WordKind(kind)](drawn)
    return drawn.saved(WordKind(kind).label)


class _Sheet:
    """A4 with the margins, styles and page number of NĐ 30; paragraphs are added one by one."""

    def __init__(self) -> None:
        self.file: Any = Document()
        _page(self.file.sections[0])
        _number_at_top(self.file.sections[0])
        _faces(self.file)

    def add(self, text: str, style: str, into: Any = None) -> Any:
        """A paragraph at the end of the text, or of a cell (its first one is used up first)."""
        if into is None:
            return self.file.add_paragraph(text, style=style)
        first = into.paragraphs[0]
        if not first.text and len(into.paragraphs) == 1 and first.style.name == "Normal":
            first.style = self.file.styles[style]
            first.add_run(text)
            return first
        return into.add_paragraph(text, style=style)

    def rule(self, width: float, whole: float, into: Any = None) -> None:
        """A line of `width` mm in the middle of `whole` mm (box 1, 2, 5a)."""
        line = self.add("", "Vạch", into)
        line.paragraph_format.left_indent = line.paragraph_format.right_indent = Mm((whole - width) / 2)
        border = OxmlElement("w:pBdr")
        edge = OxmlElement("w:bottom")
        for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
            edge.set(qn(f"w:{name}"), value)
        border.append(edge)
        line._p.get_or_add_pPr().insert_element_before(
            border, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr", "w:sectPr"
        )

    def grid(self, *widths: float) -> Any:
        """A table without lines, one row, for what stands side by side; never cut by a page's end."""
        table = self.file.add_table(rows=1, cols=len(widths))
        table.autofit = False
        for column, width in zip(table.columns, widths, strict=True):
            column.width = column.cells[0].width = Mm(width)
        _no_margins(table)
        _whole_row(table.rows[0])
        return table.rows[0].cells

    def table(self, whole: str) -> None:
        """A table whose columns and rows come from `whole`; its head repeats, its rows are never cut."""
        table = self.file.add_table(rows=8, cols=3)
        table.style, table.alignment, table.autofit = "Table Grid", WD_TABLE_ALIGNMENT.CENTER, False
        note = OxmlElement("w:tblDescription")
        note.set(qn("w:val"), BY_DATA)
        table._tbl.tblPr.append(note)
        dot = f"{whole}." if whole else ""
        texts = [
            ("{%tc for c in " + dot + "cot %}", "{{ c }}", "{%tc endfor %}"), ("{%tr for d in " + dot + "dong %}",),
            ("{%tr if d.la_nhom %}",), ("{% colspan " + dot + "so_cot %}{{ d.ten_nhom }}",), ("{%tr else %}",),
            ("{%tc for o in d.o %}", "{{ o }}", "{%tc endfor %}"), ("{%tr endif %}",), ("{%tr endfor %}",),
        ]  # fmt: skip
        for place, (row, line) in enumerate(zip(table.rows, texts, strict=True)):
            style = {0: "Đầu bảng", 3: "Nhóm trong bảng"}.get(place, "Ô bảng")
            for cell, text in zip(row.cells, line, strict=False):
                self.add(text, style, cell)
            if place == 3:
                for cell in row.cells[1:]:
                    row._tr.remove(cell._tc)
            _whole_row(row, head=place == 0)

    def section(self) -> None:
        """What follows stands on new pages with numbers of its own."""
        paragraph = self.add("", "Vạch")
        paragraph._p.get_or_add_pPr().append(deepcopy(self.file.sections[0]._sectPr))

    def saved(self, title: str) -> bytes:
        """The file."""
        names = self.file.core_properties
        names.title, names.author, names.language, names.comments = title, "", "vi-VN", ""
        out = BytesIO()
        self.file.save(out)
        return out.getvalue()


def _decision(sheet: _Sheet) -> None:
    _head(sheet)
    sheet.add("{{ nguoi_quyet_dinh }}", "Người quyết định")
    for text, style in (
        ("{%p for c in can_cu %}", "Căn cứ"), ("{{ c }}", "Căn cứ"), ("{%p endfor %}", "Căn cứ"),
        ("QUYẾT ĐỊNH:", "Người quyết định"), ("{%p for d in dieu %}", "Nội dung"),
    ):  # fmt: skip
        sheet.add(text, style)
    article = sheet.add("", "Nội dung")
    article.add_run("Điều {{ d.so }}.").bold = True
    article.add_run(" {{ d.noi_dung }}")
    article.add_run("{% if d.duoi %} {{ d.duoi }}{% endif %}").italic = True
    for text in ("{%p for t in d.dong_sau %}", "{{ t }}", "{%p endfor %}", "{%p endfor %}"):
        sheet.add(text, "Nội dung")
    _close(sheet)
    _annexes(sheet)


def _submission(sheet: _Sheet) -> None:
    _head(sheet)
    for text in ("{%p for k in kinh_gui %}", "{% if loop.first %}Kính gửi: {% endif %}{{ k }}", "{%p endfor %}"):
        sheet.add(text, "Kính gửi")
    _blocks(sheet)
    _close(sheet)
    _annexes(sheet)


def _invitation(sheet: _Sheet) -> None:
    _head(sheet)
    opening = sheet.add("{{ loi_mo }} ", "Nội dung")
    opening.add_run("{{ nguoi_duoc_moi }}").bold = True
    sheet.add("{%p for t in thong_tin %}", "Nội dung")
    fact = sheet.add("", "Nội dung")
    fact.add_run("{{ t.muc }}:").bold = True
    fact.add_run(" {{ t.chi_tiet }}")
    sheet.add("{%p endfor %}", "Nội dung")
    _blocks(sheet)
    _close(sheet)
    _annexes(sheet)


def _minutes(sheet: _Sheet) -> None:
    _head(sheet)
    _blocks(sheet)
    left, right = sheet.grid(TEXT_WIDTH / 2, TEXT_WIDTH / 2)
    for cell, place in ((left, "loop.first"), (right, "not loop.first")):
        _signatures(sheet, cell, place)
    for text, style in _SENT:
        sheet.add(text, style)
    _annexes(sheet)


def _list(sheet: _Sheet) -> None:
    for text, style in _LIST_HEAD:
        sheet.add(text.replace("pl.", ""), style)
    sheet.table("")
    sheet.add("{{ ket }}", "Dòng cuối danh sách")


def _head(sheet: _Sheet) -> None:
    for text in ("{%p if du_thao %}", "DỰ THẢO", "{%p endif %}"):
        sheet.add(text, "Dự thảo")
    left, right = sheet.grid(68, 97)
    for text in ("{%p if co_quan_cap_tren %}", "{{ co_quan_cap_tren }}", "{%p endif %}"):
        sheet.add(text, "Cơ quan chủ quản", left)
    sheet.add("{{ co_quan }}", "Cơ quan ban hành", left)
    sheet.rule(24, 68, left)
    sheet.add("Số: {{ so_ky_hieu }}", "Số ký hiệu", left)
    sheet.add("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Quốc hiệu", right)
    sheet.add("Độc lập - Tự do - Hạnh phúc", "Tiêu ngữ", right)
    sheet.rule(62, 97, right)
    sheet.add("{{ dia_danh_ngay }}", "Địa danh ngày", right)
    sheet.add("", "Số ký hiệu")
    sheet.add("{{ ten_loai }}", "Tên loại")
    sheet.add("{{ trich_yeu }}", "Trích yếu")
    sheet.rule(40, TEXT_WIDTH)
    sheet.add("", "Số ký hiệu")


def _blocks(sheet: _Sheet) -> None:
    sheet.add("{%p for k in noi_dung %}", "Nội dung")
    sheet.add("{%p if k.la_muc %}", "Nội dung")
    sheet.add("{{ k.chu }}", "Nội dung đậm")
    for value, style in (
        ("thuong", "Nội dung"), ("dam", "Nội dung đậm"), ("nghieng", "Nội dung nghiêng"), ("giua", "Nội dung giữa"),
        ("khong_thut", "Nội dung không thụt"),
    ):  # fmt: skip
        sheet.add('{%p elif k.la_doan and k.kieu == "' + value + '" %}', "Nội dung")
        line = sheet.add("", style)
        line.add_run("{% if k.dam %}{{ k.dam }} {% endif %}").bold = True
        line.add_run("{{ k.chu }}")
        line.add_run("{% if k.nghieng %} {{ k.nghieng }}{% endif %}").italic = True
    for text in ("{%p endif %}", "{%p if k.la_bang %}", "{%p if k.chu_thich %}"):
        sheet.add(text, "Nội dung")
    sheet.add("{{ k.chu_thich }}", "Nội dung giữa")
    sheet.add("{%p endif %}", "Nội dung")
    sheet.table("k")
    sheet.add("", "Vạch")
    for text in ("{%p endif %}", "{%p endfor %}"):
        sheet.add(text, "Nội dung")


def _close(sheet: _Sheet) -> None:
    left, right = sheet.grid(75, 90)
    for text, style in _SENT:
        sheet.add(text, style, left)
    _signatures(sheet, right, "")


def _signatures(sheet: _Sheet, cell: Any, place: str) -> None:
    condition = [("{%p if " + place + " %}", "Quyền hạn ký")] if place else []
    for text, style in (
        ("{%p for k in chu_ky %}", "Quyền hạn ký"), *condition, ("{{ k.quyen_han }}", "Quyền hạn ký"),
        ("{%p if k.ghi_chu %}", "Ghi chú chữ ký"), ("{{ k.ghi_chu }}", "Ghi chú chữ ký"),
        ("{%p endif %}", "Ghi chú chữ ký"), ("", "Quyền hạn ký"), ("", "Quyền hạn ký"), ("", "Quyền hạn ký"),
        ("{{ k.ho_ten }}", "Người ký"), *([("{%p endif %}", "Người ký")] if place else []),
        ("{%p endfor %}", "Người ký"),
    ):  # fmt: skip
        sheet.add(text, style, cell)
    # A cell must end with a paragraph, also when its loop prints nothing.
    sheet.add("", "Vạch", cell)


def _annexes(sheet: _Sheet) -> None:
    sheet.add("{%p for pl in phu_luc %}", "Tên phụ lục")
    sheet.section()
    for text, style in _LIST_HEAD:
        sheet.add(text, style)
    sheet.table("pl")
    sheet.add("{{ pl.ket }}", "Dòng cuối danh sách")
    sheet.add("{%p endfor %}", "Tên phụ lục")


_SENT = (
    ("{%p if noi_nhan %}", "Nơi nhận"), ("Nơi nhận:", "Nơi nhận"), ("{%p for n in noi_nhan %}", "Danh sách nơi nhận"),
    ("- {{ n }}", "Danh sách nơi nhận"), ("{%p endfor %}", "Danh sách nơi nhận"), ("{%p endif %}", "Nơi nhận"),
    ("{%p if ma_tra_cuu %}", "Danh sách nơi nhận"), ("Mã tra cứu: {{ ma_tra_cuu }}", "Danh sách nơi nhận"),
    ("{%p endif %}", "Danh sách nơi nhận"), ("", "Vạch"),
)  # fmt: skip
_LIST_HEAD = (
    ("{%p if pl.nhan %}", "Tên phụ lục"), ("{{ pl.nhan }}", "Tên phụ lục"), ("{%p endif %}", "Tên phụ lục"),
    ("{{ pl.ten }}", "Tên phụ lục"), ("{%p if pl.dan_chieu %}", "Dòng kèm theo"),
    ("{{ pl.dan_chieu }}", "Dòng kèm theo"), ("{%p endif %}", "Dòng kèm theo"),
)  # fmt: skip
_DRAWINGS: dict[WordKind, Callable[[_Sheet], None]] = {
    WordKind.DECISION: _decision,
    WordKind.SUBMISSION: _submission,
    WordKind.MINUTES: _minutes,
    WordKind.LIST: _list,
    WordKind.INVITATION: _invitation,
}


def _page(section: Any) -> None:
    section.orientation, section.page_width, section.page_height = WD_ORIENT.PORTRAIT, Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin, section.header_distance = Mm(30), Mm(15), Mm(9)
    section.different_first_page_header_footer = True
    start = OxmlElement("w:pgNumType")
    start.set(qn("w:start"), "1")
    section._sectPr.insert_element_before(start, "w:cols", "w:titlePg", "w:docGrid")


def _number_at_top(section: Any) -> None:
    """The page's number in the middle of the top margin, not on the first page."""
    line = section.header.paragraphs[0]
    line.alignment = CENTER
    for kind, text in (("begin", ""), ("", " PAGE "), ("separate", ""), ("", "2"), ("end", "")):
        run = line.add_run()
        run.font.size, run.font.name = Pt(13), FONT
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText" if "PAGE" in text else "w:t")
            mark.text = text
        run._r.append(mark)


def _faces(file: Any) -> None:
    normal = file.styles["Normal"]
    _face(normal, 14, bold=False, italic=False)
    for name, (size, bold, italic, side, first, after) in STYLES.items():
        style = file.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = normal
        _face(style, size, bold=bold, italic=italic)
        form = style.paragraph_format
        form.alignment, form.space_before, form.space_after = side, Pt(0), Pt(after)
        form.first_line_indent = Mm(first) if first else None
        form.line_spacing_rule = WD_LINE_SPACING.SINGLE
    file.styles["Dòng cuối danh sách"].paragraph_format.space_before = Pt(9)
    for name in ("Tên loại", "Tên phụ lục", "Quyền hạn ký", "Đầu bảng"):
        file.styles[name].paragraph_format.keep_with_next = True


def _face(style: Any, size: float, *, bold: bool, italic: bool) -> None:
    style.font.name, style.font.size, style.font.bold, style.font.italic = FONT, Pt(size), bold, italic
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("w:eastAsia", "w:cs", "w:hAnsi"):
        fonts.set(qn(script), FONT)


def _no_margins(table: Any) -> None:
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        edge = OxmlElement(f"w:{side}")
        edge.set(qn("w:w"), "0")
        edge.set(qn("w:type"), "dxa")
        margins.append(edge)
    table._tbl.tblPr.append(margins)


def _whole_row(row: Any, *, head: bool = False) -> None:
    for name in ("w:cantSplit", *(["w:tblHeader"] if head else [])):
        row._tr.get_or_add_trPr().append(OxmlElement(name))
