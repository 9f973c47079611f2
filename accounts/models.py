"""Users of the system. People of the sector are units.Person; a person may have a user."""

from typing import Any

from django.contrib.auth.base_user import BaseUserManager
from django.contrib.auth.models import AbstractBaseUser, PermissionsMixin
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.db import models
from django.db.models.functions import Lower


class Accounts(BaseUserManager["User"]):
    """Makes users and finds them by name whatever its letters' case."""

    def create_user(self, username: str, password: str | None = None, **facts: Any) -> "User":
        """A user; without a password until the activation code is used."""
        user = self.model(username=self.model.normalize_username(username), **facts)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(username__iexact=username)


class User(AbstractBaseUser, PermissionsMixin):
    """Someone who signs in; what they may do comes from role assignments, never from flags here."""

    username = models.CharField(
        "Tên đăng nhập",
        max_length=60,
        unique=True,
        validators=[UnicodeUsernameValidator()],
        error_messages={"unique": "Tên đăng nhập này đã có người dùng."},
    )
    full_name = models.CharField("Họ và tên", max_length=120)
    email = models.EmailField("Thư điện tử", blank=True)
    is_active = models.BooleanField("Đang dùng", default=True)
    is_system = models.BooleanField("Tài khoản hệ thống", default=False)
    is_demo = models.BooleanField("Tài khoản mẫu", default=False)
    single_keys = models.BooleanField("Dùng phím tắt một phím", default=True)
    created_at = models.DateTimeField("Tạo lúc", auto_now_add=True)

    objects = Accounts()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["full_name"]

    class Meta:
        verbose_name = "tài khoản"
        verbose_name_plural = "tài khoản"
        constraints = [
            models.CheckConstraint(name="no_superuser", condition=models.Q(is_superuser=False)),
            models.UniqueConstraint(Lower("username"), name="username_once_in_any_case"),
        ]

    def __str__(self) -> str:
        return self.full_name or self.username

    def get_full_name(self) -> str:
        return self.full_name

    def get_short_name(self) -> str:
        return self.full_name.rsplit(" ", 1)[-1] if self.full_name else self.username

    @property
    def initials(self) -> str:
        """Two letters for the avatar: of the middle (or family) and the given name."""
        words = self.full_name.split()
        return "".join(word[0] for word in words[-2:]).upper() or self.username[:2].upper()


class ActivationCode(models.Model):
    """A one-time code with which a new user sets the first password; only its hash is kept."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="activation_codes")
    code_hash = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField("Hết hạn lúc")
    used_at = models.DateTimeField("Dùng lúc", null=True, blank=True)

    class Meta:
        verbose_name = "mã kích hoạt"
        verbose_name_plural = "mã kích hoạt"

    def __str__(self) -> str:
        return f"Mã kích hoạt của {self.user}"
