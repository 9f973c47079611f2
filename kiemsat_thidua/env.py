"""Reading settings from the environment, loudly where a value cannot be right; left empty means not set."""

import os
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

TRUE = {"1", "true", "yes", "on"}
FALSE = {"0", "false", "no", "off"}


def text(name: str, default: str = "") -> str:
    """The value of `name`; `name_FILE` may point to a file that holds it (secrets of containers)."""
    held_in = os.environ.get(f"{name}_FILE")
    if held_in:
        return Path(held_in).read_text(encoding="utf-8").strip()
    return os.environ.get(name) or default


def boolean(name: str, default: bool) -> bool:
    """True or false; any other word is refused."""
    value = os.environ.get(name)
    if not value:
        return default
    if value.lower() in TRUE | FALSE:
        return value.lower() in TRUE
    raise ImproperlyConfigured(f"{name}={value!r} phải là 1 hoặc 0.")


def integer(name: str, default: int) -> int:
    """A whole number; anything else is refused."""
    value = os.environ.get(name)
    if not value:
        return default
    try:
        return int(value)
    except ValueError:
        raise ImproperlyConfigured(f"{name}={value!r} phải là số nguyên.") from None


def words(name: str, default: str = "") -> list[str]:
    """A list written with commas."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def database(url: str) -> dict[str, object]:
    """A DATABASES entry from sqlite:///PATH or postgres://[user[:password]@][host][:port]/name[?host=/socket]."""
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        # Three slashes: relative to where the program starts; four: from the root.
        return {"ENGINE": "django.db.backends.sqlite3", "NAME": unquote(parts.path[1:])}
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured("DATABASE_URL phải bắt đầu bằng sqlite:// hoặc postgres://")
    socket = parse_qs(parts.query).get("host", [""])[0]
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        # Apart from the address, so that a container's secret may hold the password alone.
        "PASSWORD": text("DATABASE_PASSWORD") or unquote(parts.password or ""),
        "HOST": socket or parts.hostname or "",
        "PORT": str(parts.port or ""),
    }


def mail(url: str) -> dict[str, object]:
    """smtp://[user:password@]host[:port] or smtp+tls://… as the parts Django's mail settings need."""
    parts = urlsplit(url)
    if parts.scheme not in {"smtp", "smtp+tls"} or not parts.hostname:
        raise ImproperlyConfigured("EMAIL_URL phải có dạng smtp://máy-chủ:cổng hoặc smtp+tls://…")
    return {
        "host": parts.hostname,
        "port": parts.port or 25,
        "user": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
        "tls": parts.scheme == "smtp+tls",
    }
