"""What the book says of one award, regime beside regime: rows of provisions, cells with what changed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.urls import reverse

from rulebook import codes, wording
from rulebook.book import load
from rulebook.regimes import Column, columns
from rulebook.sources import Source
from rulebook.values import Cite, Parameter, Value

STANDARD, EXCLUDED, PEOPLE, DOSSIER = "Tiêu chuẩn", "Trường hợp không xét", "Người xét xác nhận", "Thành phần hồ sơ"
#: Tests that keep an award away, rather than ask for something.
_EXCLUDING = {
    "no_discipline_in_year", "absent_less_than", "no_open_matter", "nobody_disciplined", "never_granted",
    "no_discipline_in_post",
}  # fmt: skip
#: Families of one award's values -> the heading they stand under, in the order of the page.
_FAMILIES = {
    "votes": "Biểu quyết",
    "votes_written": "Biểu quyết",
    "quotas": "Giới hạn số lượng",
    "quotas_floor": "Giới hạn số lượng",
    "notice_days": "Công khai",
    "money": "Tiền thưởng",
    "deciders": "Thẩm quyền",
}
_ORDER = [STANDARD, EXCLUDED, PEOPLE, *dict.fromkeys(_FAMILIES.values()), DOSSIER]
_KINDS = {
    "law": "Luật",
    "decree": "Nghị định",
    "circular": "Thông tư",
    "resolution": "Nghị quyết",
    "decision": "Quyết định",
    "letter": "Công văn",
    "notice": "Thông báo",
    "reading": "Cách hiểu",
}


@dataclass(frozen=True)
class CiteLink:
    """A citation in words with the row of its document."""

    text: str
    url: str


@dataclass(frozen=True)
class Said:
    """One value inside a cell; `days` only where it does not hold through the whole regime."""

    text: str
    days: str
    cites: tuple[CiteLink, ...]
    status: str
    note: str


@dataclass(frozen=True)
class Cell:
    """What one regime says; `change` against the regime before: "", new, changed, dropped."""

    values: tuple[Said, ...]
    change: str = ""
    is_on: bool = False


@dataclass(frozen=True)
class Row:
    """One provision through all regimes."""

    meaning: str
    who: str
    cells: tuple[Cell, ...]


@dataclass
class Group:
    """The provisions of one kind under one heading."""

    heading: str
    rows: list[Row] = field(default_factory=list)


def groups_of(award: str, chosen: Column) -> list[Group]:
    """Every provision of one award, heading by heading, those common to several awards with it."""
    found = {heading: Group(heading) for heading in _ORDER}
    for heading, parameter in _parameters(award):
        row = _row(parameter, chosen)
        if any(cell.values for cell in row.cells):
            found[heading].rows.append(row)
    return [group for group in found.values() if group.rows]


def common_rows(chosen: Column) -> list[Row]:
    """What speaks of no single award: votes in general, readings, salaries, notices, long service."""
    awards = tuple(f"{code}." for code in load().awards)
    skipped = ("regimes.column", "delegations.", "calendar_", "dossier.", *awards)
    own = [
        parameter
        for code, parameter in load().parameters.items()
        if parameter.values and not code.startswith(skipped) and code.rpartition(".")[2] not in load().awards
        and not parameter.awards
    ]  # fmt: skip
    return [_row(parameter, chosen) for parameter in own]


def column_on(day: date) -> Column:
    """The regime in force on `day`; the first one before its time."""
    found = columns()
    return next((column for column in found if _overlaps(column.start, column.end, day, day)), found[0])


def links(cites: Iterable[Cite]) -> tuple[CiteLink, ...]:
    """Citations in words, each with the row of its document on the page of documents."""
    return tuple(CiteLink(_cite_text(cite), source_url(cite.doc)) for cite in cites)


def source_url(number: str) -> str:
    """Where the row of a document stands; empty for one the book does not know (a rule of the sector's own)."""
    place = list(load().sources).index(number) + 1 if number in load().sources else 0
    return f"{reverse('history:sources')}#vb-{place}" if place else ""


def kind_of(source: Source) -> str:
    """“Luật”, “Nghị định” …"""
    return _KINDS[source.kind]


def _cite_text(cite: Cite) -> str:
    source = load().sources.get(cite.doc)
    kind = (
        _KINDS[source.kind] if source and source.kind in {"law", "decree", "circular", "resolution", "decision"} else ""
    )
    return " ".join(part for part in (cite.at, kind, cite.doc) if part)


def _parameters(award: str) -> Iterable[tuple[str, Parameter]]:
    book = load()
    for parameter in book.parameters.values():
        section, _, name = parameter.code.partition(".")
        if section == award:
            yield _heading(parameter), parameter
        elif section in _FAMILIES and name == award:
            yield _FAMILIES[section], parameter
        elif section == "dossier" and award in (parameter.awards or (award,)):
            yield DOSSIER, parameter
        elif section == "bars" and award in (parameter.awards or (award,)):
            yield _heading(parameter), parameter


def _heading(parameter: Parameter) -> str:
    if parameter.shape == "text":
        return PEOPLE
    tests = {value.content.test for value in parameter.values if value.content is not None}
    return EXCLUDED if tests <= _EXCLUDING else STANDARD


def _row(parameter: Parameter, chosen: Column) -> Row:
    cells: list[Cell] = []
    before: Sequence[Value] = ()
    for place, column in enumerate(columns()):
        values = [v for v in parameter.values if _overlaps(v.start, v.end, column.start, column.end)]
        standing = [value for value in values if value.content is not None]
        change = _change(before, standing) if place else ""
        cells.append(Cell(tuple(_said(value, column) for value in standing), change, column == chosen))
        before = standing
    return Row(parameter.meaning, wording.who(parameter), tuple(cells))


def _change(before: Sequence[Value], now: Sequence[Value]) -> str:
    if not before or not now:
        return "new" if now else "dropped" if before else ""
    same = len({repr(value.content) for value in (before[-1], *now)}) == 1
    return "" if same else "changed"


def _said(value: Value, column: Column) -> Said:
    whole = value.start <= column.start and (value.end is None or (column.end is not None and value.end >= column.end))
    text = wording.words(value.content) or "Có áp dụng"
    text = text[:1].upper() + text[1:]
    return Said(text, "" if whole else wording.days(value), links(value.cite), value.status, value.note)


def _overlaps(start: date, end: date | None, first: date, last: date | None) -> bool:
    return (last is None or start <= last) and (end is None or end >= first)


GROUPS = {
    "title": "Danh hiệu thi đua",
    "flag": "Cờ thi đua",
    "order": "Huân chương",
    "medal": "Huy chương",
    "honour": "Danh hiệu vinh dự",
    "certificate": "Bằng khen, giấy khen",
    "badge": "Kỷ niệm chương",
}
ITEMS = {"printed": "In bằng", "flag": "Cờ", "money_only": "Chỉ có tiền thưởng"}
HOLDERS = {"individual": "Cá nhân", "collective": "Tập thể", "both": "Cá nhân, tập thể"}
TYPES = codes.TYPES
