"""What a value in the data may look like: one small reader per shape."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from rulebook import codes
from rulebook.nodes import Reader
from rulebook.vocabulary import TESTS


@dataclass(frozen=True)
class Share:
    """A share kept as written, so that it can be shown as the law writes it."""

    numerator: int
    denominator: int

    def __str__(self) -> str:
        return f"{self.numerator}/{self.denominator}"

    @property
    def percent(self) -> str:
        """The share as a percentage in Vietnamese writing."""
        whole, rest = divmod(self.numerator * 100, self.denominator)
        return f"{whole} %" if not rest else f"{self}"

    def reached_by(self, part: int, base: int, *, over: bool = False) -> bool:
        """Whether part/base reaches (or, with ``over``, exceeds) the share; integers only."""
        left, right = part * self.denominator, self.numerator * base
        return left > right if over else left >= right

    def minimum_of(self, base: int) -> int:
        """The smallest whole number that reaches the share of ``base``."""
        return -(-self.numerator * base // self.denominator)

    def maximum_of(self, base: int) -> int:
        """The largest whole number that does not exceed the share of ``base``."""
        return self.numerator * base // self.denominator


@dataclass(frozen=True)
class Condition:
    """A test with its parameters, or several joined by ``any_of`` / ``all_of``."""

    test: str = ""
    rule: str = ""
    params: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    any_of: tuple[Condition, ...] = ()
    all_of: tuple[Condition, ...] = ()


@dataclass(frozen=True)
class Rung:
    """One class of an order for one post: at least ``months``, less than ``below`` (None: no upper end)."""

    post: str
    form: str
    months: int
    below: int | None


@dataclass(frozen=True)
class DossierPart:
    """A paper of a dossier; ``held``: the system has it anyway; ``if_relevant``: only where the case calls for it."""

    part: str
    label: str
    if_relevant: bool = False
    held: bool = False


@dataclass(frozen=True)
class Transition:
    """What happens on the first day of a law to dossiers received before it.

    ``older_law_stays``: they end under the law of the day of receipt; ``more_favourable``: unless the new
    law is more favourable and a person says so.
    """

    older_law_stays: bool
    more_favourable: bool


#: The lines of a certificate, and how the law wants them set; “free” where it leaves that to the body.
LINES = {
    "country": "Quốc hiệu", "motto": "Tiêu ngữ", "decider": "Chức vụ người quyết định", "verb": "“Tặng”",
    "award": "Tên hình thức, danh hiệu", "name": "Họ tên, tên tập thể", "detail": "Chức vụ, đơn vị",
    "achievement": "Thành tích", "decision": "Số, ngày quyết định", "ordinal": "Số sổ vàng", "place": "Địa danh, ngày",
    "authority": "Chức vụ người ký", "signer": "Họ tên người ký",
}  # fmt: skip
STYLES = {"bold": "đậm", "bold_italic": "đậm nghiêng", "free": "kiểu chữ tùy chọn"}
COLOURS = {"black": "đen", "red": "đỏ"}


@dataclass(frozen=True)
class Sheet:
    """The size of a certificate, in millimetres."""

    width: int
    height: int

    def __str__(self) -> str:
        return f"{self.width} × {self.height} mm"


@dataclass(frozen=True)
class PrintedLine:
    """One line of a certificate and how it is set."""

    line: str
    style: str
    capitals: bool
    colour: str

    def __str__(self) -> str:
        capitals = "chữ in hoa, " if self.capitals else ""
        return f"{LINES[self.line]}: {capitals}{STYLES[self.style]}, {COLOURS[self.colour]}"


def _sheet(reader: Reader) -> Sheet:
    entries = reader.mapping({"width", "height"}, {"width", "height"})
    return Sheet(entries["width"].integer(), entries["height"].integer())


def _printed_line(reader: Reader) -> PrintedLine:
    keys = {"line", "style", "capitals", "colour"}
    entries = reader.mapping(keys, keys)
    return PrintedLine(
        entries["line"].choice(set(LINES)), entries["style"].choice(set(STYLES)), entries["capitals"].boolean(),
        entries["colour"].choice(set(COLOURS)),
    )  # fmt: skip


def _share(reader: Reader) -> Share:
    match = re.fullmatch(r"(\d+)/(\d+)", reader.text())
    if not match or int(match[2]) == 0:
        raise reader.fail("phải là phân số dạng «90/100»")
    return Share(int(match[1]), int(match[2]))


def _decimal(reader: Reader) -> Decimal:
    if not re.fullmatch(r"\d+\.\d", reader.text()):
        raise reader.fail("phải là số có một chữ số thập phân dạng «1.0»")
    return Decimal(reader.text())


def _dossier_part(reader: Reader) -> DossierPart:
    entries = reader.mapping({"part", "label", "if_relevant", "held"}, {"part", "label"})
    return DossierPart(
        part=entries["part"].choice(set(codes.DOSSIER_PARTS)),
        label=entries["label"].text(),
        if_relevant="if_relevant" in entries and entries["if_relevant"].boolean(),
        held="held" in entries and entries["held"].boolean(),
    )


def _transition(reader: Reader) -> Transition:
    keys = {"older_law_stays", "more_favourable"}
    entries = reader.mapping(keys, keys)
    return Transition(entries["older_law_stays"].boolean(), entries["more_favourable"].boolean())


def _codes(allowed: set[str]) -> Callable[[Reader], tuple[str, ...]]:
    def read(reader: Reader) -> tuple[str, ...]:
        found = tuple(item.choice(allowed) for item in reader.items())
        if not found:
            raise reader.fail("danh sách không được để trống")
        return found

    return read


class Shapes:
    """The readers, once the award codes and posts they may name are known."""

    def __init__(self, awards: set[str], posts: set[str]) -> None:
        self._awards = awards
        self._readers: dict[str, Callable[[Reader], Any]] = {
            "integer": Reader.integer,
            "boolean": Reader.boolean,
            "text": Reader.text,
            "fraction": _share,
            "decimal": _decimal,
            "days": lambda reader: frozenset(item.day() for item in reader.items()),
            "award": lambda reader: reader.choice(awards),
            "awards": _codes(awards),
            "rating": lambda reader: reader.choice(set(codes.RATINGS)),
            "level": lambda reader: reader.choice(set(codes.LEVELS)),
            "categories": _codes(set(codes.CATEGORIES)),
            "absences": _codes(set(codes.ABSENCES)),
            "member_count": lambda reader: reader.choice(set(codes.MEMBER_COUNTS)),
            "posts": _codes(posts),
            "titles": self._titles,
            "sets": self._sets,
            "initiatives": self._initiatives,
            "ladder": lambda reader: tuple(self._rung(item, posts) for item in reader.items()),
            "condition": self.condition,
            "sheet": _sheet,
            "certificate_lines": lambda reader: tuple(_printed_line(item) for item in reader.items()),
            "dossier_part": _dossier_part,
            "transition": _transition,
            "families": _codes(set(codes.DELEGATED)),
        }

    def names(self) -> set[str]:
        """All shapes there are."""
        return set(self._readers)

    def read(self, shape: str, reader: Reader) -> Any:
        """The value of ``reader`` in that shape; refuses a wrong type."""
        return self._readers[shape](reader)

    def condition(self, reader: Reader) -> Condition:
        """A condition tree; refuses unknown tests and parameters."""
        entries = reader.mapping()
        for joint in ("any_of", "all_of"):
            if joint in entries:
                entries = reader.mapping({joint, "rule"}, {joint})
                parts = tuple(self.condition(item) for item in entries[joint].items())
                ways = parts if joint == "any_of" else ()
                return Condition(rule=_rule(entries), any_of=ways, all_of=() if ways else parts)
        return self._single(reader)

    def _single(self, reader: Reader) -> Condition:
        named = reader.mapping().get("test")
        if named is None:
            raise reader.fail("thiếu khóa test, any_of hoặc all_of")
        test = named.choice(set(TESTS))
        wanted = {name.rstrip("?"): shape for name, shape in TESTS[test].items()}
        required = {name for name in TESTS[test] if not name.endswith("?")}
        entries = reader.mapping({"test", "rule"} | set(wanted), required)
        params = {name: self.read(wanted[name], entries[name]) for name in wanted if name in entries}
        return Condition(test=test, rule=_rule(entries), params=MappingProxyType(params))

    def _titles(self, reader: Reader) -> tuple[tuple[str, ...], int]:
        entries = reader.mapping({"awards", "count"}, {"awards", "count"})
        return self.read("awards", entries["awards"]), entries["count"].integer()

    def _initiatives(self, reader: Reader) -> tuple[int, str]:
        entries = reader.mapping({"count", "level"}, {"count", "level"})
        return entries["count"].integer(), self.read("level", entries["level"])

    def _sets(self, reader: Reader) -> tuple[tuple[dict[str, int], bool], ...]:
        found = []
        for item in reader.items():
            entries = item.mapping(self._awards | {"flag_eligible"})
            only_without_flags = "flag_eligible" in entries
            if only_without_flags and entries.pop("flag_eligible").boolean():
                raise item.fail("flag_eligible chỉ ghi false")
            counts = {award: entry.integer() for award, entry in entries.items()}
            found.append((counts, only_without_flags))
        return tuple(found)

    def _rung(self, reader: Reader, posts: set[str]) -> Rung:
        entries = reader.mapping({"post", "form", "months", "below"}, {"post", "form", "months"})
        below = entries["below"].integer() if "below" in entries else None
        post, form = entries["post"].choice(posts), entries["form"].choice(self._awards)
        return Rung(post, form, entries["months"].integer(), below)


def _rule(entries: Mapping[str, Reader]) -> str:
    return entries["rule"].text() if "rule" in entries else ""
