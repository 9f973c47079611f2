"""Asking for pages as somebody, and what must hold of every answer whatever is expected of it."""

import hashlib
import io
import re
import traceback
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import Any

from django.apps import apps
from django.core.signals import got_request_exception
from django.db import connection
from django.http import HttpResponseBase
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.architecture.access_table import Page
from tests.architecture.access_world import ANONYMOUS, World, undone

NOT_FOUND = "Không tìm thấy, hoặc đồng chí không có quyền xem."
_WRITE = re.compile(r"\s*(INSERT|UPDATE|DELETE|REPLACE)\b.*?\"(\w+)\"", re.IGNORECASE | re.DOTALL)
#: Who is signed in, and the shared cache: their writing tells nothing about data.
_NO_DATA = {"django_session", "core_cache"}


@dataclass
class Answer:
    """What came back, and the tables that were written to meanwhile."""

    status: int
    text: str
    headers: dict[str, str]
    written: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return " ".join(map(str, [self.status, self.location, *self.errors, *self.written]))

    @property
    def location(self) -> str:
        """Where a redirect leads."""
        return self.headers.get("Location", "")

    @property
    def asks_to_sign_in(self) -> bool:
        """Was it the sign-in page that answered?"""
        return self.status == 401 or (self.status == 302 and self.location.startswith(reverse("account_login")))

    def everything(self) -> str:
        """Body and headers."""
        return self.text + "\n".join(f"{key}: {value}" for key, value in self.headers.items())


class LeanClient(Client):
    """A client that keeps no copies of templates' contexts: thousands of requests are made here.

    An error of the server comes back as a status, not as an exception.
    """

    def request(self, **request: Any) -> HttpResponseBase:
        return self.handler(self._base_environ(**request))


class Asker:
    """One browser per user of the world, each with the password just confirmed."""

    def __init__(self, world: World, sign_in: Callable[..., Client]) -> None:
        self.world = world
        self.clients: dict[str, Client] = {ANONYMOUS: LeanClient()}
        for who, user in world.users.items():
            signed_in = sign_in(user, fresh=True)
            signed_in.get(reverse("core:stay"))  # the session's first stamp is written now, not during a test
            self.clients[who] = LeanClient()
            self.clients[who].cookies = signed_in.cookies
        self.asked = 0

    def ask(self, who: str, address: str, method: str = "GET", data: Any = None, *, htmx: bool = False) -> Answer:
        """One request, with a record of what it wrote."""
        self.asked += 1
        headers = {"HX-Request": "true"} if htmx else {}
        with written() as tables, errors() as raised:
            call = getattr(self.clients[who], method.lower())
            response = (
                call(address, data or {}, headers=headers) if method != "OPTIONS" else call(address, headers=headers)
            )
            text = _text(response)
        return Answer(response.status_code, text, dict(response.headers), tables, raised)

    def follow(self, who: str, address: str, data: Any) -> Answer:
        """A POST, and the page it leads to with what is told there."""
        client = Client()
        client.cookies = SimpleCookie(self.clients[who].cookies.output(header="", sep=";"))
        with written() as tables:
            response = client.post(address, data, follow=True)
        return Answer(response.status_code, _text(response), dict(response.headers), tables)

    def cell(self, who: str, page: Page, place: str, method: str, *, htmx: bool = False) -> Answer:
        """One cell of the matrix; what an allowed POST does is undone."""
        address = self.world.address(page, place)
        data = self.world.filled(page, place) if method == "POST" else None
        with undone() if method == "POST" else nullcontext():
            return self.ask(who, address, "OPTIONS" if page.slow else method, data, htmx=htmx)


def addresses(patterns: list | None = None, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every address of the product with its name; one without a name is named by its pattern."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from addresses(pattern.url_patterns, inner)
        else:
            yield f"{prefix}{pattern.name or pattern.pattern}", pattern


@contextmanager
def written() -> Iterator[list[str]]:
    """Names of the tables that are written to inside."""
    tables: list[str] = []

    def watch(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        found = _WRITE.match(sql)
        if found and found[2] not in _NO_DATA:
            tables.append(found[2])
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield tables


@contextmanager
def errors() -> Iterator[list[str]]:
    """Where views broke inside: what was raised, and the last lines that led there."""
    raised: list[str] = []

    def keep(**kwargs: Any) -> None:
        raised.append(traceback.format_exc(limit=-3))

    got_request_exception.connect(keep)
    try:
        yield raised
    finally:
        got_request_exception.disconnect(keep)


def fingerprint() -> dict[str, str]:
    """A hash of the content of every table; sessions and cache left out."""
    prints = {}
    for model in apps.get_models():
        if model._meta.db_table in _NO_DATA or model._meta.proxy:
            continue
        rows = model._base_manager.order_by("pk").values_list()
        prints[model._meta.db_table] = hashlib.sha256(repr(list(rows)).encode()).hexdigest()
    return prints


def _text(response: HttpResponseBase) -> str:
    body = response.getvalue()  # Django's client closes the answer once it is read
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            body = b"\n".join(packed.read(name) for name in packed.namelist())
    return body.decode("utf-8", "replace")
