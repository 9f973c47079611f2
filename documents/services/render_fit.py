"""Long names on certificates: smaller first, then broken into even lines, never over the edge."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from unicodedata import normalize

from fontTools.ttLib import TTFont

from documents.papers import Box
from documents.services.render_engine import RenderError, font_path

#: Words that a line break should not part; whatever case they are written in.
COMPOUNDS = (
    "viện trưởng", "phó viện trưởng", "kiểm sát", "viện kiểm sát", "nhân dân", "tối cao", "thi đua", "khen thưởng",
    "danh hiệu", "hình thức", "bằng khen", "giấy khen", "cá nhân", "tập thể", "cơ sở", "hội đồng", "chiến sĩ",
    "lao động", "tiên tiến", "xuất sắc", "kỷ niệm chương", "thành tích", "phong trào", "công tố", "điều tra",
    "xét xử", "hình sự", "thành phố", "khu vực", "công tác", "nhiệm vụ", "quyết định", "tiêu chuẩn", "chính trị",
    "thi đua - khen thưởng", "đoàn kết", "đổi mới", "trách nhiệm", "kỷ cương", "thực chất", "hiệu quả", "giai đoạn",
    "thực hành", "hoạt động", "tư pháp", "sơ thẩm", "phúc thẩm", "trật tự", "xã hội", "hoàn thành", "góp phần",
    "tiêu biểu", "tội phạm", "an ninh", "kinh tế", "tham nhũng", "chức vụ", "hành chính", "dân sự", "thanh tra",
    "khiếu tố", "tổ chức", "cán bộ", "văn phòng", "trưởng phòng", "phó trưởng phòng", "cao cấp", "trung cấp",
    "kiểm sát viên", "điều tra viên", "kiểm tra viên", "chuyên viên", "xây dựng", "phát triển", "bảo vệ", "đấu tranh",
    "phòng, chống", "nâng cao", "chất lượng", "đóng góp", "liên tục", "toàn diện", "lực lượng", "trong sạch",
    "vững mạnh", "chuyên đề", "cơ quan", "đột xuất", "quốc gia", "công lý", "pháp luật",
)  # fmt: skip
_COMPOUND = re.compile(rf"\b({'|'.join(sorted(COMPOUNDS, key=len, reverse=True))})\b", re.IGNORECASE)
NO_BREAK = "\N{NO-BREAK SPACE}"
#: A number belongs to the word before it, a span of years together.
_COUNTED = re.compile(
    r"\b(?:năm|tháng|ngày|quý|số|thứ|lần|khóa|khu[ \xa0]vực|phòng) \d[\w/]*|\d+ [-–] \d+", re.IGNORECASE
)
#: Syllables of one proper name that stay together.
LONGEST_NAME = 4
#: A line ends best after one of these.
PAUSES = ",;:.”)"
#: Words that lead on: a line should not end with one.
LEADING = frozenset(
    (
        "của",
        "và",
        "các",
        "những",
        "trong",
        "cho",
        "tại",
        "là",
        "về",
        "với",
        "để",
        "từ",
        "đến",
        "theo",
        "do",
        "vào",
        "-",
        "–",
    )
)
#: What such an end costs, where a line of full width costs 1: for a comma a line may be a sixth of the width longer.
HALTING, LEADING_ON = 0.06, 0.2
#: Kerning and rounding may add this much to the sum of the advances.
SAFETY = 1.01
#: Box 2, the names of the bodies: 13 pt in millimetres, and the width they may take.
NAME_SIZE, NAME_WIDTH = 13 * 25.4 / 72, 68.0


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
        for cut in (_words, _syllables):
            if found := self._first(cut(text, self.face)):
                return found
        raise DoesNotFit(f"{self.what} dài quá ô in: “{text}”. Đồng chí rút gọn rồi tạo lại bằng này.")

    def _first(self, plain: list[tuple[str, float]]) -> Fitted | None:
        blank = advance(" ", self.face)
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
        return None


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


def name_lines(names: Sequence[str], *, bold: bool) -> tuple[str, ...]:
    """Names of bodies as they stand in the letterhead, each line as full as its half of the page allows."""
    face, limit = "tinos-bold" if bold else "tinos-regular", NAME_WIDTH / NAME_SIZE
    return tuple(line for name in names for line in _full_lines(_words(normalize("NFC", name), face), face, limit))


def advance(text: str, face: str) -> float:
    """Width of `text` in ems."""
    cmap, widths, em = _metrics(face)
    missing = widths[".notdef"][0]
    return sum(widths[cmap[ord(c)]][0] if ord(c) in cmap else missing for c in text) / em


def _words(text: str, face: str) -> list[tuple[str, float]]:
    """What may stand at the end of a line, with its width: single words, whole compounds, numbers and names."""
    bound = " ".join(text.split())
    for pattern in (_COMPOUND, _COUNTED):
        bound = pattern.sub(lambda found: found[0].replace(" ", NO_BREAK), bound)
    units = [word.replace(NO_BREAK, " ") for word in _with_names(bound.split(" ")) if word]
    return [(unit, advance(unit, face)) for unit in units]


def _syllables(text: str, face: str) -> list[tuple[str, float]]:
    """The same with every syllable by itself, for words that fit in no other way."""
    return [(word, advance(word, face)) for word in text.split()]


def _with_names(words: Sequence[str]) -> list[str]:
    """Syllables written like “Phú Thọ” joined."""
    found: list[str] = []
    length = 0
    for word in words:
        length = length + 1 if word.rstrip(PAUSES).istitle() and NO_BREAK not in word else 0
        if 1 < length <= LONGEST_NAME and found[-1][-1] not in PAUSES:
            found[-1] += NO_BREAK + word
        else:
            found.append(word)
            length = min(length, 1)
    return found


def _reluctance(word: str) -> float:
    """What it costs that a line ends with this word."""
    if word[-1] in PAUSES:
        return 0.0
    return LEADING_ON if word in LEADING else HALTING


def _full_lines(words: list[tuple[str, float]], face: str, limit: float) -> list[str]:
    """`words` line by line; a dash begins a line rather than end one."""
    lines: list[list[str]] = [[]]
    for word, _ in words:
        line = lines[-1]
        if line and advance(" ".join([*line, word]), face) * SAFETY > limit:
            lines.append([line.pop()] if line[-1] in "-–" and len(line) > 1 else [])
        lines[-1].append(word)
    return [" ".join(line) for line in lines if line]


def _even_lines(words: list[tuple[str, float]], space: float, count: int, limit: float) -> list[str] | None:
    """`words` on `count` lines, about equally long and ending where the sense pauses; None when one is over `limit`."""
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
    ends = [_reluctance(word) for word, _ in words[:-1]] + [0.0]

    def cost(start: int, end: int) -> float:
        width = line(start, end)
        return (width / limit) ** 2 + ends[end - 1] if width <= limit else float("inf")

    best: list[tuple[float, tuple[int, ...]]] = [(cost(0, end) if end else 0.0, (0, end)) for end in range(total + 1)]
    for used in range(2, count + 1):
        best = [
            min((best[cut][0] + cost(cut, end), (*best[cut][1], end)) for cut in range(used - 1, end))
            if end >= used
            else (float("inf"), ())
            for end in range(total + 1)
        ]
    worst, cuts = best[total]
    if worst == float("inf"):
        return None
    return [" ".join(word for word, _ in words[start:end]) for start, end in pairwise(cuts)]


@lru_cache(maxsize=4)
def _metrics(face: str) -> tuple[dict[int, str], dict[str, tuple[int, int]], int]:
    with TTFont(font_path(face)) as font:
        return font.getBestCmap(), dict(font["hmtx"].metrics), font["head"].unitsPerEm
