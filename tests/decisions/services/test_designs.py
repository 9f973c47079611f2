"""Designs of certificates: dated editions, never changed after a print, checked against sheet and law."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from hypothesis import given
from hypothesis import strategies as st

from core.workflow import Conflict, Refused
from decisions.facts import printing
from decisions.models import CertificateDesign
from decisions.papers import layout as layouts
from decisions.papers.certificate import certificate_paper, emblem_of, trial_paper
from decisions.services import designs, preview
from documents.papers import STANDARD
from documents.services import render
from documents.services.uploads import Accepted
from rulebook.certificates import rule
from tests.documents.reading import read
from tests.factories.council import NOW
from tests.factories.printing import FIRST_DAY, chosen, make_kind

AWARD, UNDER_98 = "giay_khen", date(2025, 3, 1)


def begin(desk, **more) -> CertificateDesign:
    award = more.pop("award", AWARD)
    return designs.begin(unit=desk.world.unit, award=award, chosen=chosen(award, **more), by=desk.clerk, at=NOW)


def moved(name: str, **numbers):
    """Our own design with one box put elsewhere."""
    boxes = tuple((n, replace(box, **numbers) if n == name else box) for n, box in STANDARD.boxes)
    return replace(STANDARD, boxes=boxes)


def faults(layout, **more) -> dict[str, str]:
    return dict(layouts.faults(layout, layouts.NAMES, on_stock=False, **more))


def test_our_own_design_has_no_fault_on_any_sheet_of_the_book():
    for award, _ in printing.printed_awards():
        for day in (UNDER_98, FIRST_DAY):
            assert faults(layouts.read(layouts.standard(award, day), rule(award, day))) == {}


def test_a_box_outside_the_frame_is_named_with_the_edge_that_is_too_far():
    assert "vượt ra ngoài khung in" in faults(moved("decision", x=5.0))["decision_x"]
    assert "vượt ra ngoài khung in" in faults(moved("signer", width=140.0))["signer_width"]


def test_a_box_over_another_is_named_with_the_depth():
    assert faults(moved("detail", y=106.0))["detail_y"] == "Ô “Chức vụ, đơn vị” đè lên ô “Họ tên, tên đơn vị” 3,0 mm."


def test_a_box_out_of_the_order_of_lines_is_named():
    assert "phải đứng dưới" in faults(moved("motto", y=30.0, x=22.0, width=100.0))["motto_y"]


def test_on_stock_only_the_boxes_that_are_printed_count():
    assert layouts.faults(moved("country", x=0.0), layouts.ON_STOCK, on_stock=True) == []


@given(st.floats(0, 280), st.floats(0, 200))
def test_two_boxes_that_lie_over_each_other_are_always_found(x, y):
    layout = moved("typed", x=x, y=y)
    typed, others = layout.by_name["typed"], [box for name, box in layout.boxes if name != "typed"]
    over = any(
        min(typed.right, o.right) - max(typed.x, o.x) > layouts.TOUCH
        and min(typed.bottom, o.bottom) - max(typed.y, o.y) > layouts.TOUCH
        for o in others
    )
    assert over <= any("đè lên" in says for _, says in layouts.faults(layout, layouts.NAMES, on_stock=False))


def test_the_law_sets_bold_and_red_whatever_the_office_chooses():
    layout = layouts.read(layouts.standard(AWARD, UNDER_98), rule(AWARD, UNDER_98))
    assert (layout.by_name["award"].colour, layout.by_name["award"].face) == ("#b3121d", "tinos-bold")
    assert (layout.by_name["ordinal"].colour, layout.by_name["ordinal"].face) == ("#000", "tinos-bolditalic")


def test_another_sheet_than_the_confirmed_one_is_refused_and_than_an_unread_one_only_remarked():
    a5 = layouts.read({**layouts.standard(AWARD, UNDER_98), "width": 210.0}, rule(AWARD, UNDER_98))
    assert layouts.wrong_sheet(a5, rule(AWARD, UNDER_98)) == "Điều 104 98/2023/NĐ-CP quy định cỡ 297 × 210 mm."
    assert layouts.wrong_sheet(a5, rule(AWARD, FIRST_DAY)) == ""
    assert any("khác sổ luật" in says for says in layouts.remarks(a5, rule(AWARD, FIRST_DAY)))


def test_a_new_edition_ends_the_one_before_the_day_before(desk):
    first = begin(desk)
    second = begin(desk, valid_from=FIRST_DAY + timedelta(days=90))
    first.refresh_from_db()
    assert (second.edition, first.valid_to) == (2, FIRST_DAY + timedelta(days=89))
    unit = desk.world.unit
    assert printing.design_on(unit, AWARD, FIRST_DAY + timedelta(days=89)) == first
    assert printing.design_on(unit, AWARD, FIRST_DAY + timedelta(days=90)) == second
    assert printing.design_on(unit, AWARD, FIRST_DAY - timedelta(days=1)) is None


def test_an_edition_may_not_begin_on_or_before_the_day_of_another(desk):
    begin(desk)
    with pytest.raises(Refused, match="chọn ngày áp dụng sau ngày đó"):
        begin(desk)


def test_nothing_is_designed_for_awards_of_money_only(desk):
    with pytest.raises(Refused, match="không có bằng để in"):
        designs.begin(unit=desk.world.unit, award="lao_dong_tien_tien", chosen=chosen(AWARD), by=desk.clerk, at=NOW)


def test_an_edition_is_changed_only_while_nothing_is_printed_from_it(desk):
    design = begin(desk)
    changed = designs.change(
        design=design, chosen=chosen(AWARD, colour="luc"), expected_version=1, by=desk.clerk, at=NOW
    )
    assert (changed.colour, changed.version) == ("luc", 2)
    with pytest.raises(Conflict):
        designs.change(design=design, chosen=chosen(AWARD), expected_version=1, by=desk.clerk, at=NOW)
    designs.mark_used(design=changed, by=desk.clerk, at=NOW)
    with pytest.raises(Refused, match="đã dùng để in nên không sửa"):
        designs.change(design=changed, chosen=chosen(AWARD), expected_version=2, by=desk.clerk, at=NOW)


def test_faults_are_refused_whatever_way_a_design_comes(desk):
    wrong = layouts.plain(moved("name", x=0.0))
    with pytest.raises(Refused, match="vượt ra ngoài"):
        begin(desk, layout=wrong)


@pytest.mark.once
def test_the_certificates_of_a_decision_follow_the_design_in_force_on_its_day(desk):
    decision = desk.signed()
    award = decision.lines.order_by("order").first().award
    numbers = layouts.standard(award, FIRST_DAY, width=297, height=210)
    numbers["boxes"]["name"][1] += 0.4
    design = begin(desk, award=award, layout=numbers, valid_from=FIRST_DAY)
    lines = list(decision.lines.filter(award=award))
    drawn = read(render.render_pdf(certificate_paper(decision, award, lines, marks={}, design=design)))
    plain_numbers = layouts.standard(award, FIRST_DAY, width=297, height=210)
    design.layout = plain_numbers
    before = read(render.render_pdf(certificate_paper(decision, award, lines, marks={}, design=design)))
    name = lines[0].name_printed
    assert drawn.find(name).y - before.find(name).y == pytest.approx(0.4, abs=0.02)
    assert drawn.sizes[0] == (pytest.approx(297, abs=0.2), pytest.approx(210, abs=0.2))


@pytest.mark.once
def test_the_preview_shows_each_line_where_the_pdf_has_it():
    layout = layouts.read(layouts.standard(AWARD, FIRST_DAY), rule(AWARD, FIRST_DAY))
    paper = trial_paper(AWARD, layout, None, FIRST_DAY)
    shown = preview.preview(paper, layouts.NAMES)
    printed = read(render.render_pdf(paper))
    assert shown.faults == []
    for line in shown.lines:
        run = printed.find(line.text)
        assert run.y == pytest.approx(line.y, abs=0.15)
        assert run.size == pytest.approx(line.size * 72 / 25.4, abs=0.1)


def test_a_name_too_long_is_named_in_the_preview_and_the_other_lines_still_show(desk):
    decision = desk.signed()
    line = decision.lines.order_by("order").first()
    line.name_printed = "Rất dài " * 40
    layout = layouts.read(layouts.standard(line.award, FIRST_DAY), rule(line.award, FIRST_DAY))
    shown = preview.preview(trial_paper(line.award, layout, line, FIRST_DAY), layouts.NAMES)
    assert [says.split(" dài")[0] for says in shown.faults] == ["Họ tên, tên đơn vị"]
    assert len(shown.lines) > 5


def picture(colour: str = "#fc0") -> Accepted:
    drawing = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><circle r="4" fill="{colour}"/></svg>'
    return Accepted("qh.svg", "image/svg+xml", drawing.encode())


def set_emblem(desk, design, file: Accepted | None) -> None:
    designs.set_emblem(design=design, file=file, by=desk.clerk, at=NOW)


def test_the_emblem_of_an_edition_is_the_one_that_was_brought_last(desk):
    design = begin(desk)
    for colour in ("#fc0", "#c00"):
        set_emblem(desk, design, picture(colour))
    assert emblem_of(design).data == picture("#c00").data
    set_emblem(desk, design, None)
    assert emblem_of(design) is None
    with pytest.raises(Refused, match="chưa có Quốc huy"):
        set_emblem(desk, design, None)


def test_certificates_once_printed_keep_their_emblem_and_the_next_edition_begins_with_it(desk):
    first = begin(desk)
    set_emblem(desk, first, picture("#fc0"))
    designs.mark_used(design=first, by=desk.clerk, at=NOW)
    with pytest.raises(Refused, match="đã dùng để in"):
        set_emblem(desk, first, picture("#c00"))
    second = begin(desk, valid_from=NOW.date() + timedelta(days=90))
    assert emblem_of(second).data == picture("#fc0").data
    set_emblem(desk, second, picture("#c00"))
    assert emblem_of(first).data == picture("#fc0").data


def test_stock_has_its_emblem_already(desk):
    kind = make_kind(desk.world.unit, AWARD, desk.clerk, NOW)
    design = designs.begin(unit=desk.world.unit, award=AWARD, stock=kind, chosen=chosen(AWARD), by=desk.clerk, at=NOW)
    with pytest.raises(Refused, match="in sẵn trên phôi"):
        set_emblem(desk, design, picture())


def test_nobody_else_changes_the_emblem(desk):
    with pytest.raises(PermissionDenied):
        designs.set_emblem(design=begin(desk), file=picture(), by=desk.signer, at=NOW)


def test_the_certificates_of_a_decision_show_the_emblem_of_their_design(desk):
    decision = desk.signed()
    award = decision.lines.order_by("order").first().award
    design = begin(desk, award=award)
    set_emblem(desk, design, picture())
    lines = list(decision.lines.filter(award=award))
    assert certificate_paper(decision, award, lines, marks={}, design=design).face.emblem.data == picture().data
    assert certificate_paper(decision, award, lines, marks={}).face.emblem is None


def test_a_code_on_stock_is_an_option_with_a_least_size_and_a_place_of_its_own():
    coded = (*layouts.ON_STOCK, "code")
    small = replace(STANDARD, code=replace(STANDARD.code, size=14.0))
    assert "code" not in layouts.ON_STOCK
    assert dict(layouts.faults(small, coded, on_stock=True))["code_size"].startswith("Mã QR nhỏ hơn 15 mm")
    assert layouts.faults(small, layouts.ON_STOCK, on_stock=True) == []
    over = replace(STANDARD, code=replace(STANDARD.code, x=100.0, y=96.0))
    assert "đè lên" in " ".join(dict(layouts.faults(over, coded, on_stock=True)).values())
