"""Making accounts and letting their owners in for the first time.

These lie below core, so the journal of account changes is written by the callers above.
"""

import hashlib
import secrets
from datetime import datetime, timedelta

from django.contrib.auth.password_validation import validate_password
from django.db import transaction

from accounts.models import ActivationCode, User

#: Letters that cannot be mistaken for one another on paper.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
CODE_DAYS = 7
SYSTEM_USERNAME = "system"


class BadCode(Exception):
    """The activation code is unknown, used or expired; the message is what the user reads."""


def system_user() -> User:
    """The account that acts for scheduled work; nobody can sign in with it."""
    user, created = User.objects.get_or_create(
        username=SYSTEM_USERNAME, defaults={"full_name": "Hệ thống", "is_system": True}
    )
    if created:
        user.set_unusable_password()
        user.save(update_fields=["password"])
    return user


@transaction.atomic
def create_user(*, username: str, full_name: str, at: datetime, email: str = "") -> tuple[User, str]:
    """A new account without a password, and the one-time code that sets it (valid seven days)."""
    user = User.objects.create_user(username=username, full_name=full_name, email=email)
    return user, new_activation_code(user=user, at=at)


@transaction.atomic
def new_activation_code(*, user: User, at: datetime) -> str:
    """A fresh code; earlier unused ones stop working. The account that acts for scheduled work gets none."""
    if user.is_system:
        raise ValueError(f"Nobody signs in as {user.username}.")
    user.activation_codes.filter(used_at=None).delete()
    code = "".join(secrets.choice(ALPHABET) for _ in range(16))
    ActivationCode.objects.create(user=user, code_hash=_hash(code), expires_at=at + timedelta(days=CODE_DAYS))
    return "-".join(code[i : i + 4] for i in range(0, 16, 4))


@transaction.atomic
def activate(*, code: str, password: str, at: datetime) -> User:
    """Set the first password; raises BadCode, or ValidationError for a weak password."""
    wanted = _hash(code.replace("-", "").replace(" ", "").upper())
    row = ActivationCode.objects.select_for_update().filter(code_hash=wanted, used_at=None).first()
    if row is None or row.expires_at < at:
        raise BadCode("Mã kích hoạt không đúng, đã dùng hoặc quá hạn. Đồng chí xin mã mới ở quản trị hệ thống.")
    validate_password(password, row.user)
    row.user.set_password(password)
    row.user.save(update_fields=["password"])
    row.used_at = at
    row.save(update_fields=["used_at"])
    return row.user


def _hash(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()
