"""A printer that shifts, stretches and turns is brought back to within a tenth of a millimetre."""

from math import hypot

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.papers import Correction
from documents.services.correction import from_measured, marks

pytestmark = pytest.mark.once
A4 = (297.0, 210.0)
PRINTERS = st.builds(
    Correction,
    st.floats(-6, 6), st.floats(-6, 6), st.floats(0.985, 1.015), st.floats(0.985, 1.015), st.floats(-0.8, 0.8),
)  # fmt: skip


def off(printer: Correction, correction: Correction, size=A4) -> float:
    """How far the worst of many places lands from where it was meant to be."""
    places = [(x, y) for x in (15, 148, size[0] - 15) for y in (15, 105, size[1] - 15)]
    return max(
        hypot(got[0] - x, got[1] - y) for x, y in places for got in [printer.apply(*correction.apply(x, y))]
    )  # fmt: skip


def test_a_pure_shift_is_taken_back():
    measured = [(x + 2.5, y - 1.5) for x, y in marks(*A4)]
    found, left = from_measured(measured, marks(*A4))
    assert (found.right, found.down, found.scale_x, found.turn) == (-2.5, 1.5, 1.0, 0.0)
    assert left == pytest.approx(0, abs=1e-6)


@given(PRINTERS)
def test_any_printer_that_shifts_stretches_and_turns_is_brought_within_a_tenth_of_a_millimetre(printer):
    measured = [printer.apply(*mark) for mark in marks(*A4)]
    found, _ = from_measured(measured, marks(*A4))
    assert off(printer, found) < 0.1


@given(PRINTERS)
def test_rounding_of_the_ruler_to_a_tenth_leaves_less_than_two_tenths(printer):
    measured = [tuple(round(value, 1) for value in printer.apply(*mark)) for mark in marks(*A4)]
    found, _ = from_measured(measured, marks(*A4))
    assert off(printer, found) < 0.2


@given(PRINTERS, st.builds(Correction, st.floats(-3, 3), st.floats(-3, 3)))
def test_a_check_sheet_measured_again_replaces_the_correction_it_was_printed_with(printer, first):
    measured = [printer.apply(*first.apply(*mark)) for mark in marks(*A4)]
    found, _ = from_measured(measured, marks(*A4), printed_with=first)
    assert off(printer, found) < 0.1


def test_a_slip_of_the_ruler_shows_in_what_is_left():
    measured = list(marks(*A4))
    measured[2] = (measured[2][0] + 5, measured[2][1])
    _, left = from_measured(measured, marks(*A4))
    assert left > 1


def test_marks_on_one_line_are_no_measurement():
    with pytest.raises(ValueError, match="one line"):
        from_measured([(10, 10), (20, 20), (30, 30), (40, 40)], marks(*A4))
