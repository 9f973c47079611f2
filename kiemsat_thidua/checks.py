"""What `manage.py check` says about this installation, beside Django's own checks."""

from collections.abc import Sequence
from typing import Any

from django.core import checks
from django.db import DatabaseError

from accounts.models import User
from documents.services import signing_keys
from kiemsat_thidua.bootstrap import debian, systemlibs


@checks.register()
def papers_can_be_made(**_: Any) -> Sequence[checks.CheckMessage]:
    """WeasyPrint loads native libraries only when the first paper is made: say it before."""
    packages = systemlibs.missing()
    if not packages:
        return []
    return [
        checks.Warning("Thiếu thư viện để tạo văn bản PDF.", hint=f"Chạy: {debian.advice(packages)}", id="kiemsat.W001")
    ]


@checks.register(checks.Tags.security, deploy=True)
def no_demo_account_is_left(**_: Any) -> Sequence[checks.CheckMessage]:
    """Everybody knows the password of a demonstration account."""
    try:
        names = list(User.objects.filter(is_demo=True).order_by("username").values_list("username", flat=True)[:3])
    except DatabaseError:
        # No tables yet: then there is no account either.
        return []
    if not names:
        return []
    hint = "Dùng cơ sở dữ liệu mới, không nạp dữ liệu mẫu (DEMO=0)."
    return [checks.Error(f"Còn tài khoản mẫu: {', '.join(names)}…", hint=hint, id="kiemsat.E001")]


@checks.register(checks.Tags.security, deploy=True)
def no_demo_certificate_is_left(**_: Any) -> Sequence[checks.CheckMessage]:
    """Signatures with certificates that every demonstration makes for itself have no legal force."""
    names = signing_keys.demo_files()
    if not names:
        return []
    hint = "Xóa các tệp này khỏi SIGNING_DIR và đặt chứng thư thật (docs/operations.md)."
    return [checks.Error(f"Còn chứng thư minh họa: {', '.join(names)}.", hint=hint, id="kiemsat.E002")]
