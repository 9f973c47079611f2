"""Words a new draft begins with. All of them can be edited; none names an office of its own accord."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from core.templatetags.vi import in_words
from documents.papers import ended, official_day
from documents.papers.wording import counted, in_full, whom
from rulebook import catalogue

#: How an article points to the list of recipients.
LIST_FOLLOWS = "(có danh sách kèm theo)"


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


def proposal_base(council: str, held_on: date) -> str:
    """The council's proposal, after the law."""
    return f"Xét đề nghị của {council} tại Biên bản phiên họp {official_day(held_on)}"


def title(awards: Sequence[str], year: int, to: str = "") -> str:
    """The summary (trích yếu) for the awards of a draft; `to` where it is one of several ("cho tập thể")."""
    what = _giving(awards[0], "tặng") if len(awards) == 1 else "khen thưởng tổng kết phong trào thi đua"
    return f"Về việc {what} năm {year} {to}".strip()[:300]


def articles(lines: Iterable[tuple[str, bool]], year: int, money_place: str, body: str) -> list[dict[str, object]]:
    """Three articles: who receives what, the money's source, who carries out.

    `lines` are (award code, is an individual); `money_place` is the article and document of the
    rule book that fixes the money, empty where it has none.
    """
    numbers: Counter[tuple[str, bool]] = Counter(lines)
    awards = sorted({code for code, _ in numbers}, key=lambda code: catalogue.award(code).order)
    people, collectives = (sum(n for (_, person), n in numbers.items() if person is which) for which in (True, False))
    total = counted(people, collectives)
    if len(awards) == 1:
        text = f"{_giving(awards[0], 'Tặng')} năm {year} cho {total}"
        first: dict[str, object] = {"text": text, "more": [], "tail": f"{LIST_FOLLOWS}."}
    else:
        more = [f"- {_named(code)}: {counted(numbers[code, True], numbers[code, False])}" for code in awards]
        text = f"Khen thưởng năm {year} cho {total} {LIST_FOLLOWS}, gồm:"
        first = {"text": text, "more": list(ended(more)), "tail": ""}
    money = (
        "Tiền thưởng kèm theo danh hiệu, hình thức khen thưởng thực hiện theo quy định "
        f"{f'tại {money_place}' if money_place else 'hiện hành'}."
    )
    return [
        first,
        {"text": money, "more": [], "tail": ""},
        {"text": carried_out(body, people, collectives), "more": [], "tail": ""},
    ]


def merit(award: str, year: int) -> str:
    """What a certificate says of its holder until somebody writes more; a badge is for years of work, not one."""
    if catalogue.award(award).group == "badge":
        return "Đã có đóng góp vào quá trình xây dựng và phát triển ngành Kiểm sát nhân dân"
    return f"Đã có thành tích xuất sắc trong phong trào thi đua năm {year}"


def parted(article: str) -> tuple[str, str]:
    """A line of an article as typed: its text, and what points to the list, which is printed in italics."""
    text, opening, end = article.rpartition(LIST_FOLLOWS)
    return (text.rstrip(), opening + end) if opening and end in ("", ".") else (article, "")


def carried_out(bodies: str, people: int, collectives: int) -> str:
    """The last article: who carries the decision out."""
    return (
        f"Thủ trưởng các đơn vị thuộc {bodies} và các {whom(people, collectives)} có tên tại Điều 1"
        " chịu trách nhiệm thi hành Quyết định này."
    )


def _giving(award: str, verb: str) -> str:
    """“Tặng danh hiệu “Lao động tiên tiến””, “Tặng Giấy khen”: a title stands in quotation marks."""
    entry = catalogue.award(award)
    return f"{verb} danh hiệu “{entry.label}”" if entry.kind == "title" else f"{verb} {_named(award)}"


def _named(award: str) -> str:
    return in_full(catalogue.award(award).label)
