"""Words a new draft begins with. All of them can be edited; none names an office of its own accord."""

import re
import textwrap
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from core.templatetags.vi import in_words
from documents.papers import official_day
from rulebook import catalogue
from rulebook.sources import Source

#: Letters on one line of the issuing body's name (half of a page of 165 mm at 13 pt).
BODY_WIDTH = 24
LAWS = {
    "law": "Luật",
    "resolution": "Nghị quyết",
    "decree": "Nghị định",
    "circular": "Thông tư",
    "decision": "Quyết định",
}


def legal_base(source: Source) -> str:
    """“Căn cứ Nghị định số … ngày … của … quy định …” as box 6 has it."""
    day = official_day(source.issued) if source.issued else ""
    if source.kind == "law":
        return f"Căn cứ {source.title} {day}".strip()
    kind = LAWS.get(source.kind, "")
    rest = source.title.removeprefix(f"{kind} ").removeprefix("số ")
    return f"Căn cứ {kind} số {source.number} {day} của {source.issuer} {rest}".replace("  ", " ")


def source_in(text: str) -> str:
    """The number of the book's document that a line of bases names; empty where it names none.

    Laws are cited by title and day, others by their number, so an edited line is still known.
    """
    for source in catalogue.sources_for("decision"):
        if source.kind == "law":
            day = official_day(source.issued) if source.issued else ""
            if day and f"{source.title} {day}" in text:
                return source.number
        elif source.number in text:
            return source.number
    return ""


def expired(bases: Sequence[Mapping[str, str]], day: date) -> list[str]:
    """What of a draft's legal bases is not in force on `day`."""
    in_force = {source.number for source in catalogue.legal_bases(day, "decision")}
    named = [base["number"] or source_in(base["text"]) for base in bases]
    return [number for number in named if number and number not in in_force]


def totals(individuals: int, collectives: int, money: int | None) -> str:
    """“Danh sách này có 02 tập thể và 20 cá nhân. Tổng số tiền thưởng: … đồng (Bằng chữ: … đồng).”"""
    parts = [(collectives, "tập thể"), (individuals, "cá nhân")]
    spoken = [f"{number:02d} {what} ({in_words(number)} {what})" for number, what in parts if number]
    first = f"Danh sách này có {' và '.join(spoken)}."
    if money is None:
        return first
    said = in_words(money)
    return f"{first} Tổng số tiền thưởng: {dotted(money)} đồng (Bằng chữ: {said[:1].upper()}{said[1:]} đồng)."


def dotted(number: int) -> str:
    """1.234.000"""
    return f"{number:,}".replace(",", ".")


def place_in(at: str, source: Source) -> str:
    """“điểm b khoản 1 Điều 50 Nghị định số …”: from the smallest part to the whole, as papers cite."""
    parts = re.findall(r"(?:Điều|khoản|điểm)\s+\S+", at) or [at]
    name = source.title if source.kind == "law" else f"{LAWS.get(source.kind, '')} số {source.number}".strip()
    return f"{' '.join(reversed(parts))} {name}"


def proposal_base(council: str, held_on: date) -> str:
    """The council's proposal, after the law."""
    return f"Xét đề nghị của {council} tại Biên bản phiên họp {official_day(held_on)}"


def counted(individuals: int, collectives: int) -> str:
    """“03 tập thể và 12 cá nhân”; numbers below ten carry a zero."""
    parts = [(collectives, "tập thể"), (individuals, "cá nhân")]
    return " và ".join(f"{number:02d} {what}" for number, what in parts if number)


def title(awards: Sequence[str], year: int, whom: str = "") -> str:
    """The summary (trích yếu) for the awards of a draft; `whom` where it is one of several ("cho tập thể")."""
    tail = f" {whom}" if whom else ""
    if len(awards) == 1:
        entry = catalogue.award(awards[0])
        verb = "tặng danh hiệu" if entry.kind == "title" else "tặng"
        return f"Về việc {verb} {entry.label} năm {year}{tail}"[:300]
    return f"Về việc khen thưởng tổng kết phong trào thi đua năm {year}{tail}"[:300]


def articles(lines: Iterable[tuple[str, bool]], year: int, money_place: str, body: str) -> list[dict[str, object]]:
    """Three articles: who receives what, the money's source, who carries out.

    `lines` are (award code, is an individual); `money_place` is the article and document of the
    rule book that fixes the money, empty where it has none.
    """
    numbers: Counter[tuple[str, bool]] = Counter(lines)
    awards = sorted({code for code, _ in numbers}, key=lambda code: catalogue.award(code).order)
    total = counted(
        sum(n for (_, person), n in numbers.items() if person),
        sum(n for (_, person), n in numbers.items() if not person),
    )
    if len(awards) == 1:
        entry = catalogue.award(awards[0])
        verb = "Tặng danh hiệu" if entry.kind == "title" else "Tặng"
        first: dict[str, object] = {
            "text": f"{verb} {_quoted(entry.label)} năm {year} cho {total}",
            "more": [],
            "tail": " (có danh sách kèm theo).",
        }
    else:
        more = [
            f"- {catalogue.award(code).label}: {counted(numbers[code, True], numbers[code, False])};" for code in awards
        ]
        more[-1] = more[-1][:-1] + "."
        first = {"text": f"Khen thưởng năm {year} cho {total}, gồm:", "more": more, "tail": ""}
    money = (
        f"Tiền thưởng kèm theo danh hiệu, hình thức khen thưởng thực hiện theo quy định tại {money_place}."
        if money_place
        else "Tiền thưởng kèm theo danh hiệu, hình thức khen thưởng thực hiện theo quy định hiện hành."
    )
    last = (
        f"Thủ trưởng các đơn vị thuộc {body} và các tập thể, cá nhân có tên tại Điều 1"
        " chịu trách nhiệm thi hành Quyết định này."
    )
    return [first, {"text": money, "more": [], "tail": ""}, {"text": last, "more": [], "tail": ""}]


def _quoted(label: str) -> str:
    """In quotation marks, unless the name brings its own."""
    return label if "“" in label else f"“{label}”"


def body_lines(name: str) -> tuple[str, ...]:
    """A body's name in capitals, broken where the letterhead's half page ends."""
    return tuple(textwrap.wrap(name.upper(), BODY_WIDTH, break_long_words=False)) or ("",)
