"""Typed reading of one JSON question; every fault names the question's id and the field."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from rulebook.errors import QuestionError

_MISSING = object()


class Fields:
    """One JSON object of a question, read field by field."""

    def __init__(self, question: str, content: Any, path: str = "") -> None:
        self.question, self.path = question, path
        if not isinstance(content, dict):
            raise self.fail("", "phải là một đối tượng {…}")
        self.content: Mapping[str, Any] = content

    def fail(self, name: str, says: str) -> QuestionError:
        """The error to raise for one field."""
        path = ".".join(part for part in (self.path, name) if part)
        return QuestionError(self.question, path or "(câu hỏi)", says)

    def has(self, name: str) -> bool:
        """Whether the key is there and not null: null means "not known", as absence does."""
        return self.content.get(name) is not None

    def first(self, names: tuple[str, ...]) -> str:
        """The first of several names that is there; the first name of all where none is."""
        return next((name for name in names if self.has(name)), names[0])

    def _get(self, name: str, default: Any) -> Any:
        if self.has(name):
            return self.content[name]
        if default is _MISSING:
            raise self.fail(name, "thiếu giá trị")
        return default

    def text(self, name: str, default: Any = _MISSING) -> Any:
        """A text that is not empty."""
        value = self._get(name, default)
        if value is not default and (not isinstance(value, str) or not value.strip()):
            raise self.fail(name, "phải là chữ, không để trống")
        return value

    def integer(self, name: str, default: Any = _MISSING) -> Any:
        """A whole number, zero or more."""
        value = self._get(name, default)
        if value is not default and (isinstance(value, bool) or not isinstance(value, int) or value < 0):
            raise self.fail(name, "phải là số nguyên không âm")
        return value

    def year(self, name: str, default: Any = _MISSING) -> Any:
        """A year between 1945 and 2200."""
        value = self.integer(name, default)
        if value is not default and not 1945 <= value <= 2200:
            raise self.fail(name, f"{value} không phải là năm hợp lệ")
        return value

    def boolean(self, name: str, default: Any = _MISSING) -> Any:
        """True or false."""
        value = self._get(name, default)
        if value is not default and not isinstance(value, bool):
            raise self.fail(name, "phải là true hoặc false")
        return value

    def day(self, name: str, default: Any = _MISSING) -> Any:
        """A date written YYYY-MM-DD."""
        value = self.text(name, default)
        if value is default:
            return value
        found = _day(value)
        if found is None:
            raise self.fail(name, f"«{value}» không phải là ngày dạng NĂM-THÁNG-NGÀY")
        return found

    def choice(self, name: str, allowed: Mapping[str, Any], default: Any = _MISSING) -> Any:
        """One of the codes of the contract."""
        value = self.text(name, default)
        if value is not default and value not in allowed:
            raise self.fail(name, f"«{value}» không được biết; chỉ nhận {', '.join(allowed)}")
        return value

    def object(self, name: str) -> Fields:
        """A nested object."""
        return Fields(self.question, self._get(name, _MISSING), self._inner(name))

    def objects(self, name: str) -> Iterator[Fields]:
        """The objects of a list."""
        for position, item in enumerate(self.list(name)):
            yield Fields(self.question, item, f"{self._inner(name)}[{position}]")

    def unknown_keys(self, known: Iterable[str]) -> list[str]:
        """Keys nobody reads: most often a slip of the pen, so they are named in the answer."""
        read = set(known)
        return [self._inner(name) for name in self.content if name not in read]

    def list(self, name: str) -> list[Any]:
        """A list."""
        value = self._get(name, _MISSING)
        if not isinstance(value, list):
            raise self.fail(name, "phải là một danh sách […]")
        return value

    def optional_list(self, name: str, read: Callable[[Fields], Any]) -> tuple[Any, ...] | None:
        """The entries of a list; None where the key is absent: not known."""
        return tuple(read(entry) for entry in self.objects(name)) if self.has(name) else None

    def _inner(self, name: str) -> str:
        return f"{self.path}.{name}" if self.path else name


def _day(text: str) -> date | None:
    try:
        found = date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None
    return found if found is not None and 1900 <= found.year <= 2200 else None
