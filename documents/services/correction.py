"""The correction of a printer, computed from marks measured with a ruler on a trial sheet."""

from collections.abc import Sequence
from dataclasses import replace
from math import atan2, degrees, hypot

from documents.papers import Correction

Point = tuple[float, float]
#: Distance of the marks from the edges of the sheet.
INSET = 30.0
#: Decimal places kept: 0.0001 of a millimetre, of a degree; a millionth of the size.
PLACES, SCALE_PLACES = 4, 6


def marks(width: float, height: float) -> tuple[Point, ...]:
    """The four marks of a trial sheet, row by row."""
    return tuple((x, y) for y in (INSET, height - INSET) for x in (INSET, width - INSET))


def from_measured(
    measured: Sequence[Point], meant: Sequence[Point], *, printed_with: Correction | None = None
) -> tuple[Correction, float]:
    """The correction that brings each measured mark to where it was meant to be, and what is left (mm).

    `printed_with`: the correction that was already in force when the sheet was printed; the answer
    then replaces it. Least squares over all marks, so one slip of the ruler shows in what is left.
    """
    more = _fitted(measured, meant)
    left = max(_distance(more.apply(*here), there) for here, there in zip(measured, meant, strict=True))
    if printed_with is None:
        return _rounded(more), left
    return _rounded(_fitted(meant, [printed_with.apply(*more.apply(*point)) for point in meant])), left


def _fitted(sources: Sequence[Point], targets: Sequence[Point]) -> Correction:
    """Stretch along both axes, turn and shift from `sources` to `targets`, nearest in the mean square."""
    (mx, my), (tx, ty) = _middle(sources), _middle(targets)
    near = [(x - mx, y - my) for x, y in sources]
    far = [(x - tx, y - ty) for x, y in targets]
    xx, xy, yy = _sum(near, 0, near, 0), _sum(near, 0, near, 1), _sum(near, 1, near, 1)
    whole = xx * yy - xy * xy
    if whole <= 0:
        raise ValueError("the marks lie on one line")

    def row(axis: int) -> Point:
        p, q = _sum(far, axis, near, 0), _sum(far, axis, near, 1)
        return (p * yy - q * xy) / whole, (q * xx - p * xy) / whole

    (a, c), (b, d) = row(0), row(1)
    turn = degrees((atan2(b, a) + atan2(-c, d)) / 2)
    bare = Correction(0.0, 0.0, hypot(a, b), hypot(c, d), turn)
    x, y = bare.apply(mx, my)
    return replace(bare, right=tx - x, down=ty - y)


def _rounded(found: Correction) -> Correction:
    return Correction(
        round(found.right, PLACES), round(found.down, PLACES), round(found.scale_x, SCALE_PLACES),
        round(found.scale_y, SCALE_PLACES), round(found.turn, PLACES),
    )  # fmt: skip


def _middle(points: Sequence[Point]) -> Point:
    return sum(x for x, _ in points) / len(points), sum(y for _, y in points) / len(points)


def _sum(left: Sequence[Point], one: int, right: Sequence[Point], other: int) -> float:
    return sum(p[one] * q[other] for p, q in zip(left, right, strict=True))


def _distance(one: Point, other: Point) -> float:
    return hypot(one[0] - other[0], one[1] - other[1])
