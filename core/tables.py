"""Lists on screen: sorted, filtered and paged by the server, rendered by components/table.html.

A view builds a Table from a selector's QuerySet; nothing from the address reaches the query
except through the columns named here.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import ceil
from typing import Any

from django.db.models import F, QuerySet
from django.http import HttpRequest, QueryDict
from django.utils.http import url_has_allowed_host_and_scheme

from core.typed import whole

PAGE_SIZES = (10, 25, 50, 100)
DEFAULT_SIZE = 25
PAGE, SIZE, SORT = "trang", "so-dong", "xep"


@dataclass(frozen=True)
class Column:
    """One column. `key` is its word in the address; `sort` the fields it orders by, if it may.

    `cls`: n (number, right), c (centred), main (title of the card on phones), hide or mh (not on phones).
    """

    key: str
    label: str
    sort: Sequence[str] = ()
    cls: str = ""


@dataclass(frozen=True)
class Choice:
    """One value of a filter."""

    value: str
    label: str


@dataclass(frozen=True)
class Filter:
    """A filter by one word of the address.

    `choices` makes a list to choose from, none a text box; `apply` narrows the query by the
    cleaned value and raises ValueError when the value means nothing (the filter is then ignored).
    """

    key: str
    label: str
    apply: Callable[[Any, str], Any]
    choices: Sequence[Choice] = ()
    placeholder: str = ""

    def shown(self, value: str) -> str:
        """What the chip of the active filter says."""
        return next((choice.label for choice in self.choices if choice.value == value), value)


@dataclass
class ActiveFilter:
    """A filter in use, with the address that removes it."""

    label: str
    value: str
    remove: str


@dataclass
class Head:
    """A column's heading as shown: where a click leads and what `aria-sort` says."""

    column: Column
    href: str = ""
    direction: str = ""

    @property
    def icon(self) -> str:
        """Bootstrap icon of the direction."""
        return {"ascending": "arrow-up", "descending": "arrow-down"}.get(self.direction, "arrow-down-up")


@dataclass
class Table:
    """A list with its page, order and filters; iterate `rows` in the template of the rows.

    `tail` makes the order unique; it always ends with the primary key. `default` is the order
    until the user chooses ("ten" or "-ten", a column's key); None keeps the query's own order.
    """

    request: HttpRequest
    query: QuerySet[Any]
    columns: Sequence[Column] = ()
    filters: Sequence[Filter] = ()
    default: str | None = None
    tail: Sequence[str] = ()
    noun: str = "dòng"
    sizes: Sequence[int] = PAGE_SIZES

    @cached_property
    def values(self) -> dict[str, str]:
        """The filters in use and their values."""
        given = {item.key: self._typed(item.key) for item in self.filters}
        known = {item.key: {choice.value for choice in item.choices} for item in self.filters}
        return {key: value for key, value in given.items() if value and (not known[key] or value in known[key])}

    @cached_property
    def filtered(self) -> QuerySet[Any]:
        """The query, narrowed by the filters in use."""
        query = self.query
        for item in self.filters:
            if item.key in self.values:
                try:
                    query = item.apply(query, self.values[item.key])
                except ValueError:
                    del self.values[item.key]
        return query

    @cached_property
    def total(self) -> int:
        """Rows that match."""
        return self.filtered.count()

    @cached_property
    def hidden(self) -> int:
        """Rows that the filters hide."""
        return self.query.count() - self.total if self.values else 0

    @cached_property
    def size(self) -> int:
        """Rows on a page."""
        asked = whole(self.request.GET.get(SIZE, ""))
        fallback = DEFAULT_SIZE if DEFAULT_SIZE in self.sizes else self.sizes[0]
        return asked if asked in self.sizes else fallback

    @cached_property
    def pages(self) -> int:
        """How many pages there are; never none."""
        return max(1, ceil(self.total / self.size))

    @cached_property
    def page(self) -> int:
        """The open page; outside the range means the nearest one."""
        return min(max(1, whole(self.request.GET.get(PAGE, "1"))), self.pages)

    @cached_property
    def rows(self) -> list[Any]:
        """The rows of the open page."""
        return list(self._ordered()[self.start : self.start + self.size])

    @property
    def start(self) -> int:
        """Rows before the open page: STT = start + counter."""
        return (self.page - 1) * self.size

    @property
    def first(self) -> int:
        """Number of the first row shown, from 1."""
        return self.start + 1 if self.total else 0

    @property
    def last(self) -> int:
        """Number of the last row shown."""
        return min(self.start + self.size, self.total)

    @cached_property
    def order(self) -> str:
        """The order in use: a column's key, with "-" for descending, or nothing."""
        asked = self.request.GET.get(SORT, "")
        sortable = {column.key for column in self.columns if column.sort}
        return asked if asked.removeprefix("-") in sortable else self.default or ""

    @cached_property
    def heads(self) -> list[Head]:
        """Headings of the columns."""
        return [self._head(column) for column in self.columns]

    @cached_property
    def active(self) -> list[ActiveFilter]:
        """The filters in use, each removable."""
        return [
            ActiveFilter(item.label, item.shown(self.values[item.key]), self.address(**{item.key: None}))
            for item in self.filters
            if item.key in self.values
        ]

    @cached_property
    def fields(self) -> list[tuple[Filter, str]]:
        """The filters with the value each now has."""
        return [(item, self.values.get(item.key, "")) for item in self.filters]

    @property
    def clear(self) -> str:
        """The address without any filter."""
        return self.address(**{item.key: None for item in self.filters})

    @property
    def previous(self) -> str:
        """The address of the page before, or nothing."""
        return self.address(**{PAGE: self.page - 1}) if self.page > 1 else ""

    @property
    def next(self) -> str:
        """The address of the page after, or nothing."""
        return self.address(**{PAGE: self.page + 1}) if self.page < self.pages else ""

    @property
    def size_links(self) -> list[tuple[int, str]]:
        """Each page size with its address."""
        return [(size, self.address(**{SIZE: size})) for size in self.sizes]

    @property
    def kept(self) -> Iterable[tuple[str, str]]:
        """What a filter form must send along: everything in the address but filters and page."""
        own = {item.key for item in self.filters} | {PAGE}
        return [(key, value) for key, value in self._given().items() if key not in own and isinstance(value, str)]

    def address(self, **changes: Any) -> str:
        """The present address with some words changed (None removes); any change but the page's starts at page 1."""
        given = self._given()
        given.pop(PAGE, None)
        for key, value in changes.items():
            given.pop(key, None)
            if value is not None:
                given[key] = f"{value}"
        return f"?{given.urlencode()}" if given else self.request.path

    def _typed(self, key: str) -> str:
        """PostgreSQL takes no NUL, and nobody types one."""
        return self.request.GET.get(key, "").replace("\x00", "").strip()[:200]

    def _given(self) -> QueryDict:
        return self.request.GET.copy()

    def _head(self, column: Column) -> Head:
        if not column.sort:
            return Head(column)
        direction = ""
        if self.order.removeprefix("-") == column.key:
            direction = "descending" if self.order.startswith("-") else "ascending"
        turned = f"-{column.key}" if direction == "ascending" else column.key
        return Head(column, self.address(**{SORT: turned}), direction)

    def _ordered(self) -> QuerySet[Any]:
        if not self.order:
            return self.filtered if not self.tail else self.filtered.order_by(*self.tail, "pk")
        column = next(column for column in self.columns if column.key == self.order.removeprefix("-"))
        down = self.order.startswith("-")
        # Rows without a value come last in both directions, alike on both databases.
        chosen = [_expression(name, down) for name in column.sort]
        return self.filtered.order_by(*chosen, *self.tail, "pk")


def came_from(request: HttpRequest, otherwise: str) -> str:
    """The list as it was left, which a form on it sends along as `ve`; `otherwise` when that is no address of ours."""
    given = request.POST.get("ve", "")
    ours = url_has_allowed_host_and_scheme(given, allowed_hosts=None) and given.startswith("/")
    return given if ours else otherwise


def _expression(name: str, down: bool) -> Any:
    falls = name.startswith("-") != down
    value = F(name.removeprefix("-"))
    return value.desc(nulls_last=True) if falls else value.asc(nulls_last=True)
