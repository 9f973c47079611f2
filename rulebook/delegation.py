"""What the law lets the ministry set itself: the only values the office may lay over the book.

Derived from the data: a dated delegation names the families of values for its awards. Of a standard only
those numbers may be changed that rest on the sector's own documents; what the law itself fixes stays.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from rulebook.book import load
from rulebook.shapes import Condition, Share
from rulebook.values import Parameter, Value

SECTION = "delegations"
STANDARD = "standard"
#: The number of a test that a ministry may change, and what it counts.
_NUMBERS = {"months": "tháng", "years": "năm", "count": "lần"}
_UNITS = {"notice_days": "ngày làm việc", "quotas_floor": "người hoặc tập thể"}


@dataclass(frozen=True)
class Overridable:
    """A parameter the ministry may set on a day. ``kind``: fraction | integer | boolean | decimal | text.

    ``present``: the value in force that day, None where none is; ``basis``: the delegation.
    """

    parameter: Parameter
    award: str
    family: str
    kind: str
    unit: str
    present: Value | None
    basis: Value
    basis_meaning: str

    @property
    def code(self) -> str:
        """The code of the parameter."""
        return self.parameter.code

    @property
    def label(self) -> str:
        """The parameter and its award: “Tỷ lệ phiếu …: CSTĐ ngành”."""
        return f"{load().awards[self.award]['label']}: {self.parameter.meaning[:1].lower()}{self.parameter.meaning[1:]}"

    def content_of(self, value: Any) -> Any:
        """The plain JSON content of an override that sets ``value`` (a share as "90/100", a number, a text …)."""
        if self.family != STANDARD or self.present is None:
            return value
        return _plain(self.present.content, _numbers(self.present.content)[0], value)


def overridable(day: date) -> tuple[Overridable, ...]:
    """Everything the ministry may set on ``day``, award by award in the order of the law."""
    found = {entry.code: entry for entry in _entries(day)}
    order = list(load().awards)
    return tuple(sorted(found.values(), key=lambda entry: (order.index(entry.award), entry.family, entry.code)))


def find(code: str, day: date) -> Overridable | None:
    """The parameter with that code, if the ministry may set it on ``day``."""
    return next((entry for entry in overridable(day) if entry.code == code), None)


def number_of(content: Any) -> Any:
    """The one number of a value: of a condition the number that may be changed, else the value itself."""
    if isinstance(content, Condition):
        names = _numbers(content)
        return content.params[names[0]] if names else None
    return content


def _entries(day: date) -> Iterator[Overridable]:
    book = load()
    for delegation in book.section(SECTION, "families"):
        basis = delegation.find(day)
        for award in delegation.awards if basis else ():
            for family in basis.content if basis else ():
                for parameter in _of_family(family, award, day):
                    present = parameter.find(day)
                    kind, unit = _kind(parameter, present)
                    assert basis is not None
                    yield Overridable(
                        parameter,
                        award,
                        family,
                        kind,
                        unit or _UNITS.get(family, ""),
                        present,
                        basis,
                        delegation.meaning,
                    )


def _of_family(family: str, award: str, day: date) -> Iterator[Parameter]:
    book = load()
    if family != STANDARD:
        parameter = book.parameters[f"{family}.{award}"]
        if parameter.values or not family.startswith("quotas"):  # a cap needs the base that the book names
            yield parameter
        return
    for parameter in book.section(award, "condition"):
        value = parameter.find(day)
        if value is not None and _is_of_the_sector(value) and len(_numbers(value.content)) == 1:
            yield parameter


def _is_of_the_sector(value: Value) -> bool:
    sources = load().sources
    return all(sources[cite.doc].of_sector for cite in value.cite)


def _numbers(condition: Condition) -> list[str]:
    return [name for name in _NUMBERS if name in condition.params]


def _kind(parameter: Parameter, present: Value | None) -> tuple[str, str]:
    if parameter.shape != "condition" or present is None:
        return parameter.shape, ""
    return "integer", _NUMBERS[_numbers(present.content)[0]]


def _plain(condition: Condition, name: str, value: Any) -> dict[str, Any]:
    """A single test written as the data files write it, with one number replaced."""
    params = {key: _json(item) for key, item in condition.params.items()}
    rule = {"rule": condition.rule} if condition.rule else {}
    return {"test": condition.test, **rule, **params, name: value}


def _json(item: Any) -> Any:
    if isinstance(item, Share | Decimal):
        return str(item)
    return list(item) if isinstance(item, tuple) else item
