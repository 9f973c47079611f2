"""Certificates stamped: the layout engine sets each shape of sheet once, then only the words change.

WeasyPrint lays out a sheet of every shape (which boxes, how many lines, which size) with two sets
of trial words. Where each line starts, leans and how large it is, is read from these two streams;
a recipient's words are shaped by HarfBuzz as Pango would and written into the same stream. What
cannot be written with certainty (words at a smaller size, letters that need more than plain
shaping) is None: the caller has the engine lay it out.
"""

import re
import unicodedata
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from io import BytesIO
from typing import Any, Protocol, Self

import pikepdf
import uharfbuzz

from documents.services.render_engine import FAMILY, FONTS, font_path

#: Units of Pango in a pixel.
PANGO = 1024
#: Trial words long and short: letters only, so that nothing in them could be broken or reordered.
TRIALS = ("Thử {}", "Chữ thử dài hơn {}")
#: A text run as WeasyPrint writes it: place, font where it changes, glyphs with their kerning.
_RUN = re.compile(rb"1 0 0 -1 (\S+) (\S+) Tm\n(?:/(\w+) (\S+) Tf\n)?\[([^\]]*)\] TJ")
_GLYPHS = re.compile(rb"<([0-9a-f]*)>(-?[\d.]+)?")
_PLAIN = re.compile("[ -~\xa1-\xac\xae-\u024f\u1ea0-\u1eff“”‘’–—…№]*[A-Za-z\xc0-\u024f\u1ea0-\u1eff]"
                    "[ -~\xa1-\xac\xae-\u024f\u1ea0-\u1eff“”‘’–—…№]*")  # fmt: skip
#: Rounding of six decimals.
NEAR = 2e-5


class Sheet(Protocol):
    """What is stamped: lines of words that may change, and a shape that says where they stand."""

    @property
    def shape(self) -> Hashable:
        """Sheets of one shape differ in their words only."""

    @property
    def texts(self) -> tuple[str, ...]:
        """The words line by line."""

    @property
    def is_at_best(self) -> bool:
        """Does every word stand at the size it was designed for?"""

    def with_texts(self, texts: tuple[str, ...]) -> Self:
        """The same shape with other words."""


@dataclass
class Needs:
    """What the streams of many sheets use: numbers of glyphs by the name of their font, graphics states as source."""

    glyphs: dict[str, set[int]] = field(default_factory=dict)
    states: dict[str, str] = field(default_factory=dict)

    def add(self, font: str, numbers: Iterable[int]) -> None:
        """More glyphs of a font."""
        self.glyphs.setdefault(font, set()).update(numbers)

    def add_states(self, laid: pikepdf.Pdf) -> None:
        """The graphics states of a PDF made by WeasyPrint; names say their value, so all may be united."""
        found: Any = laid.pages[0].obj.Resources.get("/ExtGState", {})
        self.states.update({name: state.unparse().decode() for name, state in found.items()})


@dataclass(frozen=True)
class _Written:
    """A line of words shaped: what stands between the brackets of TJ, its width in pixels, its glyphs."""

    source: bytes
    width: float
    glyphs: tuple[int, ...]


@dataclass(frozen=True)
class _Hole:
    """Where one line of words goes; `anchor` is the point that stays when words grow, `lean` its share of the width."""

    before: bytes
    text: int
    anchor: float
    lean: float
    y: bytes
    setting: bytes
    font: str
    face: str
    units: int


@dataclass(frozen=True)
class _Template:
    holes: tuple[_Hole, ...]
    after: bytes

    def filled(self, texts: Sequence[str], needs: Needs) -> bytes | None:
        pieces: list[bytes] = []
        for hole in self.holes:
            line = written(texts[hole.text], hole.face, hole.units)
            if line is None:
                return None
            x = (b"%f" % (hole.anchor - hole.lean * line.width)).rstrip(b"0")
            pieces += (hole.before, b"1 0 0 -1 ", x, b" ", hole.y, b" Tm\n", hole.setting, b"[", line.source, b"] TJ")
            needs.add(hole.font, line.glyphs)
        return b"".join((*pieces, self.after))


@dataclass(frozen=True)
class _Run:
    """A text run found in a stream."""

    start: int
    end: int
    x: float
    y: bytes
    setting: bytes
    font: str
    size: bytes
    glyphs: bytes


def stamp(sheets: Sequence[Sheet], lay: Callable[[Sequence[Any]], bytes], needs: Needs) -> list[bytes | None]:
    """The stream of each sheet, None for what the engine has to lay out; `lay` gives the PDF of some sheets."""
    templates: dict[Hashable, _Template | None] = {}
    found: list[bytes | None] = []
    for sheet in sheets:
        if not sheet.is_at_best:
            found.append(None)
            continue
        shape = sheet.shape
        if shape not in templates:
            templates[shape] = _template(sheet, lay, needs)
        template = templates[shape]
        found.append(template.filled(sheet.texts, needs) if template else None)
    return found


@lru_cache(maxsize=2048)
def written(text: str, face: str, units: int) -> _Written | None:
    """`text` shaped at `units` (of Pango) to the em; None where plain shaping might not be what Pango does."""
    text = unicodedata.normalize("NFC", text)
    if not _PLAIN.fullmatch(text) or text != " ".join(text.split()):
        return None
    infos, places = _shaped(text, face, units)
    own = _advances(face, units)
    pieces, width = [], 0
    for info, place in zip(infos, places, strict=True):
        glyph, advance = info.codepoint, place.x_advance
        width += advance
        if glyph == 0 or place.x_offset or place.y_offset:
            return None
        pieces.append(f"{glyph:04x}")
        if advance != own(glyph):
            kerning = int(_logical(own(glyph), units) - advance * 1000 / PANGO / (units / PANGO))
            if kerning:
                pieces.append(f">{kerning}<")
    source = f"<{''.join(pieces)}>".replace("<>", "").encode()
    return _Written(source, width / PANGO, tuple(info.codepoint for info in infos))


def _template(sheet: Sheet, lay: Callable[[Sequence[Any]], bytes], needs: Needs) -> _Template | None:
    """From two trial sheets of this shape; None when what the engine wrote is not what would be stamped."""
    trials = [tuple(_trial(words, place) for place in range(len(sheet.texts))) for words in TRIALS]
    with pikepdf.open(BytesIO(lay([sheet.with_texts(texts) for texts in trials]))) as laid:
        streams = [page.obj.Contents.read_bytes() for page in laid.pages]
        faces = {name.lstrip("/"): _face(font) for name, font in laid.pages[0].obj.Resources.Font.items()}
        needs.add_states(laid)
    pages = [_runs(stream) for stream in streams]
    if len(streams) != 2 or len(pages[0]) != len(pages[1]):
        return None
    holes: list[_Hole] = []
    end = [0, 0]
    for runs in zip(*pages, strict=True):
        text = _match(runs[0], trials[0], faces)
        if text is None:
            continue
        hole = _hole(runs, text, [words[text] for words in trials], faces)
        before = [stream[start : run.start] for stream, start, run in zip(streams, end, runs, strict=True)]
        if hole is None or before[0] != before[1]:
            return None
        holes.append(_Hole(before[0], *hole))
        end = [run.end for run in runs]
    rest = {stream[start:] for stream, start in zip(streams, end, strict=True)}
    if len(rest) != 1 or sorted(hole.text for hole in holes) != list(range(len(sheet.texts))):
        return None
    return _Template(tuple(holes), rest.pop())


def _trial(words: str, place: int) -> str:
    """Trial words of one line, unlike those of every other line."""
    return words.format("".join("bcdghklmnp"[int(digit)] for digit in str(place)))


def _runs(stream: bytes) -> list[_Run]:
    runs = []
    font, size = b"", b""
    for found in _RUN.finditer(stream):
        setting = b"/%s %s Tf\n" % (found[3], found[4]) if found[3] else b""
        font, size = (found[3], found[4]) if found[3] else (font, size)
        runs.append(_Run(*found.span(), float(found[1]), found[2], setting, font.decode(), size, found[5]))
    return runs


def _match(run: _Run, texts: Sequence[str], faces: dict[str, str]) -> int | None:
    """Which of the texts this run shows, glyph for glyph and kern for kern."""
    for place, text in enumerate(texts):
        line = written(text, faces[run.font], _units(run))
        if line is not None and _same(line.source, run.glyphs):
            return place
    return None


def _hole(runs: Sequence[_Run], text: int, words: Sequence[str], faces: dict[str, str]) -> tuple[Any, ...] | None:
    first, second = runs
    face, units = faces[first.font], _units(first)
    lines = [written(each, face, units) for each in words]
    if (first.y, first.font, first.size, first.setting) != (second.y, second.font, second.size, second.setting):
        return None
    if lines[0] is None or lines[1] is None or not _same(lines[1].source, second.glyphs):
        return None
    for lean in (0.5, 0.0, 1.0):
        anchors = [run.x + lean * line.width for run, line in zip(runs, lines, strict=True) if line]
        if abs(anchors[0] - anchors[1]) < NEAR:
            return text, sum(anchors) / 2, lean, first.y, first.setting, first.font, face, units
    return None


def _same(mine: bytes, theirs: bytes) -> bool:
    return _steps(mine) == _steps(theirs)


def _steps(source: bytes) -> list[tuple[str, float]]:
    """Glyphs with the kerning after each; WeasyPrint also writes kerning of nothing."""
    steps: list[tuple[str, float]] = []
    for found in _GLYPHS.finditer(source):
        codes = found[1].decode()
        steps.extend((codes[start : start + 4], 0.0) for start in range(0, len(codes), 4))
        if steps and found[2]:
            steps[-1] = (steps[-1][0], steps[-1][1] + float(found[2]))
    return steps


def _units(run: _Run) -> int:
    return round(float(run.size) * PANGO)


def _logical(advance: int, units: int) -> int:
    """A glyph's width as it stands in the font of the PDF, in thousandths of an em."""
    return round(advance * 1000 / PANGO / (units / PANGO))


def _shaped(text: str, face: str, units: int) -> tuple[Any, Any]:
    buffer = uharfbuzz.Buffer()
    buffer.add_str(text)
    buffer.direction, buffer.script, buffer.language = "ltr", "Latn", "vi"
    uharfbuzz.shape(_font(face, units), buffer)
    return buffer.glyph_infos, buffer.glyph_positions


@cache
def _font(face: str, units: int) -> Any:
    font = uharfbuzz.Font(_opened(face))
    font.scale = (units, units)
    return font


@cache
def _opened(face: str) -> Any:
    return uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(font_path(face))))


@cache
def _advances(face: str, units: int) -> Callable[[int], int]:
    """The width of a glyph that nothing is kerned against."""
    font = _font(face, units)
    return cache(lambda glyph: int(font.get_glyph_h_advance(glyph)))


def _face(font: Any) -> str:
    """Which of our faces a font of the PDF is, by its name."""
    name = str(font.BaseFont).partition("+")[2].removeprefix(FAMILY.replace(" ", "-"))
    wanted = ("bold" if "Bold" in name else "normal", "italic" if "Italic" in name else "normal")
    return next(face for face, style in FONTS.items() if style == wanted)
