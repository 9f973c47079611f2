"""Word files: real tables and styles, the words of the paper, and templates that cannot do harm."""

from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from docx import Document as Docx
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from core.models import Event
from core.workflow import Refused
from documents.models import WordTemplate
from documents.papers import AnnexGroup, AnnexPaper, AnnexRow, Column, DecisionPaper
from documents.services import word, word_check, word_drawn, word_engine, word_fields
from documents.services.uploads import Accepted, accept
from documents.services.uploads_verdict import UploadRefused
from documents.states import WordKind
from tests.documents import hostile
from tests.factories.documents import decision_paper as decision
from tests.factories.documents import invitation_paper

DAY = date(2026, 11, 25)
COLUMNS = (Column("STT", 12, "center"), Column("Họ và tên", 60), Column("Đơn vị"), Column("Tiền", 30, "right"))


def docx(*lines: str) -> bytes:
    """A template of plain paragraphs."""
    made, out = Docx(), BytesIO()
    for line in lines:
        made.add_paragraph(line)
    made.save(out)
    return out.getvalue()


def a_decision(rows: int = 3) -> DecisionPaper:
    lines = [AnnexRow((str(place), f"Nguyễn Thị {place}", "VKSND tỉnh", "1.170.000")) for place in range(1, rows + 1)]
    listed = AnnexPaper(
        title="Danh sách", heading="DANH SÁCH", columns=COLUMNS, rows=(AnnexGroup("Bằng khen"), *lines),
        closing=f"Danh sách này có {rows} cá nhân.",
    )  # fmt: skip
    return decision(annexes=(listed,))


def opened(paper, units=(), day=DAY):
    return Docx(BytesIO(word.word_file(paper, units, day)))


def words_of(file) -> str:
    return "\n".join(t.text or "" for t in file.element.body.iter(qn("w:t")))


def mistakes(*lines: str) -> str:
    return "\n".join(map(str, word_check.check("decision", docx(*lines)).mistakes))


@pytest.mark.once
@pytest.mark.parametrize("kind", WordKind)
def test_the_built_in_templates_pass_the_check_of_uploads(kind):
    template = word_drawn.template(kind)
    assert accept(BytesIO(template), name="mau.docx").data == template
    assert word_check.check(kind, template) == word_check.Report((), word_check.check(kind, template).used)


@pytest.mark.once
def test_the_word_file_says_what_the_paper_says():
    paper = a_decision()
    text = words_of(opened(paper))
    for said in (paper.letterhead.number_text, paper.summary, *paper.base_lines, paper.annexes[0].closing):
        assert said in text
    assert "Nguyễn Thị 3" in text
    assert "{{" not in text
    assert "{%" not in text


@pytest.mark.once
def test_an_invitation_says_who_is_invited_when_where_and_what_for():
    paper = invitation_paper()
    file = opened(replace(paper, annexes=a_decision().annexes))
    text = words_of(file)
    for said in (
        "GIẤY MỜI",
        paper.summary,
        paper.opening,
        paper.invited,
        *(part for fact in paper.facts for part in fact),
    ):
        assert said in text
    assert "{" not in text
    told = next(paragraph for paragraph in file.paragraphs if "Thời gian" in paragraph.text)
    assert [(run.text.strip(" :"), bool(run.bold)) for run in told.runs if run.text.strip(" :")] == [
        ("Thời gian", True), (paper.facts[0][1], False),
    ]  # fmt: skip
    assert {"Trích yếu", "Nội dung", "Người ký", "Tên phụ lục"} <= {
        p.style.name for p in (*file.paragraphs, *(q for t in file.tables for c in t._cells for q in c.paragraphs))
    }


@pytest.mark.once
def test_a_template_of_invitations_with_an_unknown_field_or_without_the_place_is_reported():
    report = word_check.check(WordKind.INVITATION, docx("{{ dia_diem }}", "{{ loi_mo }}"))
    told = "\n".join(map(str, report.mistakes))
    assert "Không có trường “dia_diem”" in told
    assert "Thiếu trường bắt buộc “thong_tin” (thời gian, địa điểm, nội dung)." in told


@pytest.mark.once
def test_the_list_is_a_real_table_whose_head_repeats_and_whose_rows_are_whole():
    file = opened(a_decision())
    table = file.tables[-1]
    assert [cell.text for cell in table.rows[0].cells] == [column.label for column in COLUMNS]
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)
    assert [cell.text for cell in table.rows[-1].cells] == ["3", "Nguyễn Thị 3", "VKSND tỉnh", "1.170.000"]
    widths = [round(int(column.get(qn("w:w"))) / 1440 * 25.4) for column in table._tbl.tblGrid]
    assert widths == [12, 60, 63, 30]
    assert table.rows[2].cells[3].paragraphs[0].alignment == 2
    assert len(table.rows[1]._tr.findall(qn("w:tc"))) == 1


@pytest.mark.once
def test_styles_margins_and_page_numbers_follow_the_decree():
    file = opened(a_decision())
    for section in file.sections:
        sizes = [section.page_width, section.page_height, section.left_margin, section.right_margin, section.top_margin]
        assert [round(size.mm) for size in sizes] == [210, 297, 30, 15, 20]
        assert section.different_first_page_header_footer
    assert len(file.sections) == 2
    assert "PAGE" in file.sections[0].header._element.xml
    used = {paragraph.style.name for paragraph in file.paragraphs}
    assert {"Tên loại", "Trích yếu", "Căn cứ", "Nội dung", "Tên phụ lục"} <= used
    motto = file.styles["Tiêu ngữ"]
    assert (motto.font.name, motto.font.size.pt, motto.font.bold) == ("Times New Roman", 14, True)


@pytest.mark.once
def test_texts_are_nfc_and_marks_of_word_in_data_stay_text():
    paper = replace(decision(), summary="Về việc <w:p> & “khen” \a\f{{ 7*7 }} Hòa")
    text = words_of(opened(paper))
    assert "Về việc <w:p> & “khen” {{ 7*7 }} Hòa" in text


@pytest.mark.once
@given(st.text(max_size=40))
@settings(max_examples=25, deadline=None)
def test_no_text_in_the_data_can_break_the_file(text):
    filled = word_engine.fill(docx("a {{ trich_yeu }} z"), {"trich_yeu": word_fields.clean(text)})
    assert Docx(BytesIO(filled)).paragraphs[0].text.startswith("a ")


@pytest.mark.once
@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("{{ so_quyet_dinh }}", "Không có trường “so_quyet_dinh”"),
        ("{{ ''.__class__ }}", "__class__"),
        ("{{ so_ky_hieu.__class__.__mro__ }}", "__class__"),
        ("{{ can_cu[0] }}", "Chỉ dùng được"),
        ("{{ so_ky_hieu|upper }}", "Chỉ dùng được"),
        ("{% for i in range(1000000000) %}x{% endfor %}", "Chỉ dùng được"),
        ("{{ 'a' * 1000000000 }}", "Chỉ dùng được"),
        ("{{ cycler }}", "Không có trường"),
        ("{% set x = so_ky_hieu %}", "Chỉ dùng được"),
        ("{% include 'settings.py' %}", "Chỉ dùng được"),
        ("{% macro a() %}{% endmacro %}", "Chỉ dùng được"),
        ("{% for a in phu_luc %}{% for b in phu_luc %}x{% endfor %}{% endfor %}", "phần của vòng lặp ngoài"),
        ("{% for c in can_cu %}{{ c }}", "Thiếu lệnh đóng"),
        ("{{ can_cu }}", "danh sách"),
        ("{% for c in so_ky_hieu %}{% endfor %}", "không phải danh sách"),
        ("{{ số_ký_hiệu | }}", "viết sai"),
    ],
)
def test_a_template_may_use_fields_and_nothing_else(line, says):
    found = mistakes("Dòng trước", line)
    assert says in found
    assert line[:20] in found  # where it stands


@pytest.mark.once
def test_the_report_names_every_missing_field():
    found = mistakes("{{ so_ky_hieu }}")
    assert "Thiếu trường bắt buộc “can_cu”" in found
    assert "“so_ky_hieu”" not in found


@pytest.mark.once
def test_a_loop_opened_in_one_cell_and_closed_in_another_is_refused():
    made, out = Docx(), BytesIO()
    cells = made.add_table(rows=1, cols=2).rows[0].cells
    cells[0].text, cells[1].text = "{% for c in can_cu %}{{ c }}", "{% endfor %}{% if du_thao %}"
    made.add_paragraph("{% endif %}")
    made.save(out)
    assert "đoạn hoặc hai ô khác nhau" in "\n".join(map(str, word_check.check("decision", out.getvalue()).mistakes))


@pytest.mark.once
def test_fields_of_word_that_fetch_are_refused():
    made, out = Docx(), BytesIO()
    run = made.add_paragraph().add_run()
    code = run._r.makeelement(qn("w:instrText"), {})
    code.text = ' DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe "/k calc" '
    run._r.append(code)
    made.save(out)
    assert "tự tải hoặc chạy" in "\n".join(map(str, word_check.check("decision", out.getvalue()).mistakes))


@pytest.mark.once
@pytest.mark.parametrize("name", ["word/vbaProject.bin", "word/embeddings/a.zip"])
def test_macros_and_archives_inside_are_refused_before_the_check(name):
    with pytest.raises(UploadRefused):
        accept(BytesIO(hostile.office(extra={name: b"x"})), name="mau.docx")


@pytest.mark.once
def test_an_outside_template_and_a_bomb_are_refused_before_the_check():
    link = (
        b'<Relationship Id="r" Type="http://x/attachedTemplate" Target="http://evil.example/" TargetMode="External"/>'
    )
    hostile_files = (
        hostile.office(extra={"word/_rels/settings.xml.rels": hostile.RELATIONS % link}),
        hostile.office(extra={"word/media/big.xml": b"0" * (40 * 1024 * 1024)}),
    )
    for data in hostile_files:
        with pytest.raises(UploadRefused):
            accept(BytesIO(data), name="mau.docx")


@pytest.mark.once
def test_what_is_no_word_file_inside_is_reported_and_not_raised():
    report = word_check.check("decision", hostile.office())
    assert not report.is_usable
    assert "Không đọc được mẫu" in str(report.mistakes[0])


@pytest.mark.django_db
def test_the_newest_template_of_the_nearest_unit_counts(region, van, now):
    def put(text: str, unit, day: date) -> WordTemplate:
        made = Docx(BytesIO(word_drawn.template("decision")))
        made.add_paragraph(text)
        out = BytesIO()
        made.save(out)
        return word.add(unit=unit, kind=WordKind.DECISION, file=Accepted("mau.docx", word.MIME, out.getvalue()),
                        valid_from=day, note="", by=van, at=now)  # fmt: skip

    assert "Mẫu cũ" not in words_of(opened(a_decision(), [region]))
    put("Mẫu cũ", region, date(2026, 1, 1))
    newer = put("Mẫu mới", region, date(2026, 6, 1))
    put("Mẫu sang năm", region, date(2027, 1, 1))
    assert "Mẫu mới" in words_of(opened(a_decision(), [region]))
    assert "Mẫu cũ" in words_of(opened(a_decision(), [region], date(2026, 2, 1)))
    word.withdraw(template=newer, by=van, at=now)
    assert "Mẫu cũ" in words_of(opened(a_decision(), [region]))
    with pytest.raises(Refused):
        word.withdraw(template=newer, by=van, at=now)
    assert Event.objects.filter(kind__startswith="word_template.").count() == 4


@pytest.mark.django_db
def test_a_template_with_mistakes_is_not_stored(region, van, now):
    file = Accepted("mau.docx", word.MIME, docx("{{ khong_co }}"))
    with pytest.raises(word.TemplateRefused) as refused:
        word.add(unit=region, kind=WordKind.LIST, file=file, valid_from=DAY, note="", by=van, at=now)
    assert any("khong_co" in str(row) for row in refused.value.report.mistakes)
    assert not WordTemplate.objects.exists()


@pytest.mark.once
def test_a_list_too_long_for_a_request_is_refused(monkeypatch):
    monkeypatch.setattr(word, "MOST_ROWS", 2)
    with pytest.raises(Refused, match="bản PDF"):
        word.word_file(a_decision(3), (), DAY)


@pytest.mark.django_db
def test_a_small_template_with_a_large_loop_does_not_fill_the_memory(region, van, now, monkeypatch):
    """It passes the check, whose list is short, and is stopped when a long list comes."""
    made, out = Docx(BytesIO(word_drawn.template("decision"))), BytesIO()
    made.add_paragraph("{%p for p in phu_luc %}")
    made.add_paragraph("{% for d in p.dong %}" + "x" * 20_000 + "{% endfor %}")
    made.add_paragraph("{%p endfor %}")
    made.save(out)
    word.add(unit=region, kind=WordKind.DECISION, file=Accepted("mau.docx", word.MIME, out.getvalue()),
             valid_from=date(2026, 1, 1), note="", by=van, at=now)  # fmt: skip
    monkeypatch.setattr(word_engine, "MOST_LETTERS", 1_000_000)
    assert word.word_file(a_decision(10), [region], DAY)
    with pytest.raises(Refused, match="dài quá mức"):
        word.word_file(a_decision(100), [region], DAY)
