"""Values of the book as a jurist reads them: Vietnamese words, never codes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from rulebook import codes
from rulebook.book import load
from rulebook.shapes import Condition, DossierPart, Rung, Share, Transition
from rulebook.values import Parameter, Value

_PARAMS = {
    "at_least": "xếp loại từ",
    "awards": "danh hiệu",
    "count": "số lần",
    "years": "số năm",
    "months": "số tháng",
    "level": "cấp sáng kiến từ",
    "share": "tỷ lệ",
    "of": "tính trên",
    "below": "dưới",
    "over": "phải vượt",
    "after": "sau khi có",
    "or_titles": "hoặc danh hiệu",
    "excellent_years": "số năm xuất sắc",
    "titles": "danh hiệu trong thời gian đó",
    "sets": "một trong các bộ",
    "initiatives": "sáng kiến",
    "categories": "đối tượng",
    "read_up_to": "văn bản nêu đến tháng",
    "form": "hình thức",
}
_WORDS = {**codes.RATINGS, **codes.LEVELS, **codes.CATEGORIES, **codes.MEMBER_COUNTS, **codes.ABSENCES}
_WORDS |= {"members": "tổng số thành viên", "up_to_10000": "lên hàng chục nghìn đồng", **codes.DELEGATED}


def words(content: Any) -> str:
    """One value; what is repealed says so, a test without numbers is silent."""
    if content is None:
        return "Hết hiệu lực"
    if isinstance(content, bool):
        return "có" if content else "không"
    for kind, said in _SAYERS.items():
        if isinstance(content, kind):
            return str(said(content))
    return _name(str(content))


def who(parameter: Parameter) -> str:
    """Of whom and of which types a parameter speaks; empty: of all."""
    types = ", ".join(codes.TYPES[kind] for kind in parameter.types)
    return " · ".join(part for part in (codes.SUBJECTS.get(parameter.subject, ""), types) if part)


def days(value: Value) -> str:
    """“từ 01/07/2025 đến 28/02/2027”."""
    end = f" đến {value.end:%d/%m/%Y}" if value.end else ""
    return f"từ {value.start:%d/%m/%Y}{end}"


def _number(content: int | Decimal) -> str:
    return f"{content:,}".translate(str.maketrans(",.", ".,"))


def _rung(rung: Rung) -> str:
    span = f"từ {rung.months} tháng" + (f", dưới {rung.below} tháng" if rung.below else "")
    return f"{load().posts[rung.post]}: {span} → {_name(rung.form)}"


def _condition(condition: Condition) -> str:
    if condition.any_of:
        return "một trong: " + " | ".join(map(_condition, condition.any_of))
    if condition.all_of:
        return " và ".join(map(_condition, condition.all_of))
    return "; ".join(f"{_PARAMS.get(name, name)}: {words(item)}" for name, item in condition.params.items())


def _mapping(content: Mapping[str, Any]) -> str:
    return "; ".join(f"{_PARAMS.get(key, _name(key))}: {words(item)}" for key, item in content.items())


def _paper(paper: DossierPart) -> str:
    return f"{paper.label} (nếu có)" if paper.if_relevant else paper.label


def _transition(content: Transition) -> str:
    law = "theo luật ngày nhận" if content.older_law_stays else "theo luật mới"
    return f"{law}, trừ khi luật mới có lợi hơn" if content.more_favourable else law


def _list(content: Any) -> str:
    return "; ".join(words(item) for item in content)


def _days(content: frozenset[date]) -> str:
    return ", ".join(f"{day:%d/%m/%Y}" for day in sorted(content))


_SAYERS: dict[type, Any] = {
    Share: lambda share: share.percent,
    int: _number,
    Decimal: _number,
    Condition: _condition,
    Rung: _rung,
    DossierPart: _paper,
    Transition: _transition,
    Mapping: _mapping,
    frozenset: _days,
    tuple: _list,
    list: _list,
}


def _name(code: str) -> str:
    awards = load().awards
    return str(awards[code]["short"]) if code in awards else _WORDS.get(code, code)
