"""Long names on certificates: smaller first, then broken into even lines, never over the edge."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

from fontTools.ttLib import TTFont

from documents.papers import Box
from documents.services.render_engine import RenderError, font_path

#: Words that a line break should not part; whatever case they are written in.
COMPOUNDS = (
    "viện trưởng", "phó viện trưởng", "kiểm sát", "viện kiểm sát", "nhân dân", "tối cao", "thi đua", "khen thưởng",
    "danh hiệu", "hình thức", "bằng khen", "giấy khen", "cá nhân", "tập thể", "cơ sở", "hội đồng", "chiến sĩ",
    "lao động", "tiên tiến", "xuất sắc", "kỷ niệm chương", "thành tích", "phong trào", "công tố", "điều tra",
    "xét xử", "hình sự", "thành phố", "khu vực", "công tác", "nhiệm vụ", "quyết định", "tiêu chuẩn", "chính trị",
)  # fmt: skip
_COMPOUND = re.compile(rf"\b({'|'.join(sorted(COMPOUNDS, key=len, reverse=True))})\b", re.IGNORECASE)
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
    #: Is this the size the box was designed for?
    is_best: bool = field(default=True, compare=False)

    @property
    def joined(self) -> str:
        """One line below the other, for `white-space: pre`."""
        return "\n".join(self.lines)


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
    spacing: float = 0.0

    @lru_cache(maxsize=2048)  # noqa: B019 - slots are few and live as long as the process
    def fit(self, text: str) -> Fitted:
        """The first choice that holds `text`, centred in the height. Raises DoesNotFit."""
        plain, blank = _words(text, self.face), advance(" ", self.face)
        for size, most in self.choices:
            extra = self.spacing / size
            words = [(word, width + extra * len(word)) for word, width in plain]
            space = blank + extra
            limit = self.width / (size * SAFETY)
            for count in range(1, most + 1):
                lines = _even_lines(words, space, count, limit)
                if lines:
                    top = self.top + (self.height - len(lines) * size * self.leading) / 2
                    return Fitted(tuple(lines), size, round(top, 3), size == self.choices[0][0])
        raise DoesNotFit(f"{self.what} dài quá ô in: “{text}”. Đồng chí rút gọn rồi tạo lại bằng này.")


@lru_cache(maxsize=64)
def slot(box: Box) -> Slot:
    """The box of a layout as a place to fit words into."""
    return Slot(box.label, box.face, box.y, box.height, box.width, box.choices, box.leading, box.spacing)


def stacked(box: Box, lines: Sequence[str]) -> Fitted:
    """Lines that may not be broken anew (post of the signer), at the first size that holds all. Raises DoesNotFit."""
    widest = max((advance(line, box.face) for line in lines), default=0.0)
    for size, most in box.choices:
        if len(lines) <= most and widest * size * SAFETY <= box.width:
            return Fitted(tuple(lines), size, round(box.y, 3))
    raise DoesNotFit(f"{box.label} dài quá ô in: “{' / '.join(lines)}”. Đồng chí sửa mẫu bằng hoặc rút gọn.")


def balanced(text: str, *, face: str, size: float, width: float) -> tuple[str, ...]:
    """`text` on as few lines of `width` as it needs, all about equally long; units as for a Slot."""
    words = _words(text, face)
    limit = width / (size * SAFETY)
    tries = (_even_lines(words, advance(" ", face), count, limit) for count in range(1, len(words) + 1))
    return tuple(next((lines for lines in tries if lines), [text]))


def advance(text: str, face: str) -> float:
    """Width of `text` in ems."""
    cmap, widths, em = _metrics(face)
    missing = widths[".notdef"][0]
    return sum(widths[cmap[ord(c)]][0] if ord(c) in cmap else missing for c in text) / em


def _words(text: str, face: str) -> list[tuple[str, float]]:
    """What may stand at the end of a line, with its width: single words and whole compounds."""
    bound = _COMPOUND.sub(lambda found: found[0].replace(" ", "\N{NO-BREAK SPACE}"), " ".join(text.split()))
    return [(word.replace("\N{NO-BREAK SPACE}", " "), advance(word, face)) for word in bound.split(" ") if word]


def _even_lines(words: list[tuple[str, float]], space: float, count: int, limit: float) -> list[str] | None:
    """`words` on `count` lines whose widest is as narrow as can be; None when one is over `limit`."""
    if not words or len(words) < count:
        return None
    sums = [0.0]
    for _, width in words:
        sums.append(sums[-1] + width)

    def line(start: int, end: int) -> float:
        return sums[end] - sums[start] + space * (end - start - 1)

    if count == 1:
        return [" ".join(word for word, _ in words)] if line(0, len(words)) <= limit else None
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
    with TTFont(font_path(face)) as font:
        return font.getBestCmap(), dict(font["hmtx"].metrics), font["head"].unitsPerEm
