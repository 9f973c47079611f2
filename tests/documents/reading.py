"""Reads a PDF of ours back: every stretch of text with its place, size and face, every thin rule.

Places are millimetres from the upper left corner; `y` is the baseline. Written for the streams
that WeasyPrint and our merging make, and for nothing else.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from io import BytesIO

import pikepdf
from pikepdf import Matrix

MM = 25.4 / 72


@dataclass(frozen=True)
class Run:
    """Text set in one go."""

    page: int
    text: str
    x: float
    y: float
    width: float
    size: float
    face: str
    colour: tuple[float, ...]

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def middle(self) -> float:
        return self.x + self.width / 2


@dataclass(frozen=True)
class Rule:
    """A filled rectangle thinner than a millimetre."""

    page: int
    x: float
    y: float
    width: float


@dataclass(frozen=True)
class Stroke:
    """A line drawn across or down, as the borders of a table are."""

    page: int
    x: float
    y: float
    right: float
    bottom: float


@dataclass
class _State:
    matrix: Matrix
    face: str = ""
    size: float = 0.0
    colour: tuple[float, ...] = (0.0,)
    points: tuple[tuple[float, float], ...] = ()


@dataclass
class _Font:
    name: str
    widths: dict[int, float]
    letters: dict[int, str]


@dataclass
class Reading:
    """What stands in a PDF."""

    runs: list[Run] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    strokes: list[Stroke] = field(default_factory=list)
    sizes: list[tuple[float, float]] = field(default_factory=list)

    def on(self, page: int) -> list[Run]:
        return [run for run in self.runs if run.page == page]

    def find(self, text: str) -> Run:
        """The first stretch that holds `text`."""
        return next(run for run in self.runs if text in run.text)


def read(pdf: bytes) -> Reading:
    reading = Reading()
    with pikepdf.open(BytesIO(pdf)) as opened:
        for number, page in enumerate(opened.pages, start=1):
            _, _, width, height = (float(edge) for edge in page.mediabox)
            reading.sizes.append((width * MM, height * MM))
            _walk(page.obj, page.obj.Resources, Matrix(), number, height, reading)
    return reading


def _walk(stream, resources, matrix, page, height, reading) -> None:
    fonts = {name: _font(font) for name, font in resources.get("/Font", {}).items()}
    state, stack, text_matrix = _State(matrix), [], Matrix()
    for operands, name in pikepdf.parse_content_stream(stream):
        operator = str(name)
        if operator == "q":
            stack.append(replace(state))
        elif operator == "Q":
            state = stack.pop()
        elif operator == "Tm":
            text_matrix = Matrix(*map(float, operands))
        elif operator in {"TJ", "Tj"}:
            pieces = operands[0] if operator == "TJ" else [operands[0]]
            reading.runs.append(_run(pieces, fonts[state.face], state, text_matrix @ state.matrix, page, height))
        elif operator == "re":
            reading.rules.extend(_rules(operands, state.matrix, page, height))
        elif operator == "S" and len(state.points) > 1:
            reading.strokes.append(_stroke(state.points, page, height))
        elif operator == "Do" and (form := resources.XObject[str(operands[0])]).get("/Subtype") == "/Form":
            _walk(form, form.Resources, state.matrix, page, height, reading)
        else:
            _set(state, operator, operands)


def _set(state: _State, operator: str, operands) -> None:
    if operator == "cm":
        state.matrix = Matrix(*map(float, operands)) @ state.matrix
    elif operator in {"rg", "g"}:
        state.colour = tuple(round(float(part), 3) for part in operands)
    elif operator in {"m", "l"}:
        before = state.points if operator == "l" else ()
        state.points = (*before, state.matrix.transform(tuple(map(float, operands))))
    elif operator == "Tf":
        state.face, state.size = str(operands[0]), float(operands[1])


def _run(pieces, font, state, place, page, height) -> Run:
    text, width = "", 0.0
    for piece in pieces:
        if isinstance(piece, pikepdf.String | bytes):
            raw = bytes(piece)
            for code in (int.from_bytes(raw[k : k + 2], "big") for k in range(0, len(raw), 2)):
                text += font.letters.get(code, "\ufffd")
                width += font.widths.get(code, 1000.0) / 1000 * state.size
        else:
            width -= float(piece) / 1000 * state.size
    scale = abs(place.a) or abs(place.b)
    return Run(
        page,
        text,
        place.e * MM,
        (height - place.f) * MM,
        width * scale * MM,
        state.size * scale,
        font.name,
        state.colour,
    )


def _rules(operands, matrix, page, height) -> Iterator[Rule]:
    x, y, width, tall = map(float, operands)
    if 0 < abs(tall * matrix.d) < 3 and width * matrix.a > 10:
        left, top = matrix.transform((x, y))
        yield Rule(page, left * MM, (height - top) * MM, width * matrix.a * MM)


def _stroke(points, page, height) -> Stroke:
    across, down = [x * MM for x, _ in points], [(height - y) * MM for _, y in points]
    return Stroke(page, min(across), min(down), max(across), max(down))


def _font(font) -> _Font:
    descendant = font.DescendantFonts[0]
    widths: dict[int, float] = {}
    table = list(descendant.W)
    for first, row in zip(table[::2], table[1::2], strict=True):
        widths.update({int(first) + place: float(width) for place, width in enumerate(row)})
    return _Font(str(font.BaseFont).partition("+")[2], widths, _letters(font.ToUnicode.read_bytes().decode()))


def _letters(cmap: str) -> dict[int, str]:
    letters = {}
    for block in re.findall(r"beginbfchar(.*?)endbfchar", cmap, re.DOTALL):
        for code, text in re.findall(r"<(\w+)>\s*<(\w+)>", block):
            letters[int(code, 16)] = bytes.fromhex(text).decode("utf-16-be")
    for block in re.findall(r"beginbfrange(.*?)endbfrange", cmap, re.DOTALL):
        for first, last, text in re.findall(r"<(\w+)>\s*<(\w+)>\s*<(\w+)>", block):
            start = int.from_bytes(bytes.fromhex(text), "big")
            for step in range(int(last, 16) - int(first, 16) + 1):
                letters[int(first, 16) + step] = chr(start + step)
    return letters
