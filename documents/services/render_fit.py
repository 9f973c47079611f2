"""Long names on certificates: smaller first, then broken into even lines, never over the edge."""

from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from fontTools.ttLib import TTFont

from documents.services.render_engine import RenderError, font_path

#: Kerning and rounding may add this much to the sum of the advances.
SAFETY = 1.01


class DoesNotFit(RenderError):
    """The text is too long for its box even at the smallest size."""


@dataclass(frozen=True)
class Fitted:
    """Lines, their size and the top of the first one, in units of the sheet."""

    lines: tuple[str, ...]
    size: float
    top: float


@dataclass(frozen=True)
class Slot:
    """A box on the sheet; `choices` are (size, lines allowed) from the best to the last resort."""

    what: str
    face: str
    top: float
    height: float
    width: float
    choices: tuple[tuple[float, int], ...]
    leading: float = 1.25

    def fit(self, text: str) -> Fitted:
        """The first choice that holds `text`, centred in the height. Raises DoesNotFit."""
        words = [(word, advance(word, self.face)) for word in text.split()]
        space = advance(" ", self.face)
        for size, most in self.choices:
            limit = self.width / (size * SAFETY)
            for count in range(1, most + 1):
                lines = _even_lines(words, space, count, limit)
                if lines:
                    top = self.top + (self.height - len(lines) * size * self.leading) / 2
                    return Fitted(tuple(lines), size, round(top, 3))
        raise DoesNotFit(f"{self.what} dài quá ô in: “{text}”. Đồng chí rút gọn rồi tạo lại bằng này.")


def advance(text: str, face: str) -> float:
    """Width of `text` in ems."""
    cmap, widths, em = _metrics(face)
    missing = widths[".notdef"][0]
    return sum(widths[cmap[ord(c)]][0] if ord(c) in cmap else missing for c in text) / em


def _even_lines(words: list[tuple[str, float]], space: float, count: int, limit: float) -> list[str] | None:
    """`words` on `count` lines whose widest is as narrow as can be; None when one is over `limit`."""
    if not words or len(words) < count:
        return None
    sums = [0.0]
    for _, width in words:
        sums.append(sums[-1] + width)

    def line(start: int, end: int) -> float:
        return sums[end] - sums[start] + space * (end - start - 1)

    total = len(words)
    best: list[tuple[float, tuple[int, ...]]] = [(line(0, end) if end else 0.0, (0, end)) for end in range(total + 1)]
    for used in range(2, count + 1):
        best = [
            min((max(best[cut][0], line(cut, end)), (*best[cut][1], end)) for cut in range(used - 1, end))
            if end >= used
            else (float("inf"), ())
            for end in range(total + 1)
        ]
    widest, cuts = best[total]
    if widest > limit:
        return None
    return [" ".join(word for word, _ in words[start:end]) for start, end in pairwise(cuts)]


@lru_cache(maxsize=4)
def _metrics(face: str) -> tuple[dict[int, str], dict[str, tuple[int, int]], int]:
    font = TTFont(font_path(face), lazy=True)
    return font.getBestCmap(), dict(font["hmtx"].metrics), font["head"].unitsPerEm
