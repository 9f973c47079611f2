"""Printers keep the corrections measured on them; a contradiction of the ruler is refused."""

import pytest

from core.workflow import Refused
from decisions.models import Printer
from decisions.services import printers
from documents.papers import Correction
from documents.services.correction import marks
from tests.factories.council import NOW

A4 = {"width": 297.0, "height": 210.0}


@pytest.fixture
def printer(desk) -> Printer:
    return printers.add(unit=desk.world.unit, name="HP", tray="khay tay", by=desk.clerk, at=NOW)


def measure(desk, printer, points, **more):
    values = {"with_profile": False, **A4, **more}
    return printers.measure(printer=printer, measured=points, by=desk.clerk, at=NOW, **values)


def test_the_profile_is_computed_from_the_measured_marks_and_says_who_and_when(desk, printer):
    profile = measure(desk, printer, [(x + 2.5, y - 1.5) for x, y in marks(297, 210)])
    assert (profile.right, profile.down, profile.scale_x, profile.turn) == (-2.5, 1.5, 1.0, 0.0)
    assert (profile.by, profile.at, len(profile.measured)) == (desk.clerk, NOW, 4)
    assert printer.profile == profile


def test_a_check_sheet_measured_again_replaces_the_profile_and_keeps_the_old_row(desk, printer):
    crooked = Correction(1.2, -0.7, 1.003, 0.998, 0.2)
    first = measure(
        desk, printer, [(round(x, 1), round(y, 1)) for x, y in (crooked.apply(*m) for m in marks(297, 210))]
    )
    checked = [crooked.apply(*first.correction.apply(*mark)) for mark in marks(297, 210)]
    second = measure(desk, printer, checked, with_profile=True)
    for mark in marks(297, 210):
        assert crooked.apply(*second.correction.apply(*mark)) == pytest.approx(mark, abs=0.02)
    assert list(printer.profiles.order_by("pk")) == [first, second]


def test_marks_that_contradict_each_other_are_refused(desk, printer):
    points = list(marks(297, 210))
    points[3] = (points[3][0] + 6, points[3][1])
    with pytest.raises(Refused, match="Bốn dấu không khớp nhau"):
        measure(desk, printer, points)


def test_a_correction_too_large_to_be_a_printers_is_refused(desk, printer):
    with pytest.raises(Refused, match="Độ lệch quá lớn"):
        measure(desk, printer, [(x + 40, y) for x, y in marks(297, 210)])
    with pytest.raises(Refused, match="Độ lệch quá lớn"):
        printers.correct(printer=printer, correction=Correction(0, 0, 1, 1, 5), by=desk.clerk, at=NOW)


def test_there_is_no_check_sheet_before_the_first_measurement(desk, printer):
    with pytest.raises(Refused, match="chưa có hồ sơ bù lệch"):
        measure(desk, printer, list(marks(297, 210)), with_profile=True)


def test_a_tray_is_entered_once(desk, printer):
    with pytest.raises(Refused, match="Đã có máy in “HP, khay tay”"):
        printers.add(unit=desk.world.unit, name="HP", tray="khay tay", by=desk.clerk, at=NOW)
