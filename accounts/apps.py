"""accounts: Who may do what: users, permissions, roles, policy."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = "Tài khoản"
