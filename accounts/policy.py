"""Who may: the only file that asks guardian.

Rights are granted on *scopes* (a Unit, a Council), never on single dossiers. A subject answers
`permission_scope()` with its scope; a scope answers `lineage()` with the scopes whose grants cover
it (itself, its superiors, and the living successors of an ended unit).
"""

from collections.abc import Iterable
from functools import cache
from typing import Any, Protocol

from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.models import Permission as StoredPermission
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db import models
from django.utils.module_loading import import_string
from guardian.models import UserObjectPermissionBase

from accounts.models import User
from accounts.permissions import ON_ONESELF, Permission
from accounts.roles import ROLES


class Scope(Protocol):
    """What a right is held on."""

    pk: Any

    def lineage(self) -> "models.QuerySet[Any]":
        """The scopes of the same model whose grants cover this one."""


class Subject(Protocol):
    """What a right is asked about."""

    def permission_scope(self) -> Scope:
        """The scope that decides about this subject."""


def can(user: User | AnonymousUser, permission: Permission, subject: Any) -> bool:
    """May `user` do `permission` to `subject`? One query for most subjects."""
    if not user.is_authenticated or not user.is_active:
        return False
    if user.is_system:
        return permission in ROLES["system"].permissions
    if permission in ON_ONESELF:
        return bool(subject.is_own(user))
    scope = subject.permission_scope()
    covering = scope.lineage().values("pk")
    return granted_scopes(user, permission, type(scope)).filter(pk__in=covering).exists()


def check(user: User | AnonymousUser, permission: Permission, subject: Any) -> None:
    """Raise PermissionDenied, with the sentence the user reads, unless `can`."""
    if not can(user, permission, subject):
        raise PermissionDenied(f"Đồng chí không có quyền “{permission.label}” ở đây.")


def granted_scopes(
    user: User | AnonymousUser, permission: Permission, model: type[models.Model]
) -> "models.QuerySet[Any]":
    """The scopes of `model` on which `user` holds `permission` directly (without what lies below)."""
    grants = grant_model(model)._default_manager.filter(user_id=user.pk, permission__codename=permission.value)
    return model._default_manager.filter(pk__in=grants.values("content_object_id"))


def held(user: User | AnonymousUser) -> frozenset[Permission]:
    """Every right that `user` holds somewhere: one query per kind of scope."""
    if not user.is_authenticated or not user.is_active or user.is_system:
        return frozenset()
    codes: set[str] = set()
    for grants in _grant_models().values():
        codes.update(grants._default_manager.filter(user_id=user.pk).values_list("permission__codename", flat=True))
    known = {permission.value for permission in Permission}
    return frozenset(Permission(code) for code in codes & known) | ON_ONESELF


def holds(user: User | AnonymousUser, permission: Permission) -> bool:
    """Does `user` hold `permission` on any scope?"""
    return permission in held(user)


def role_codes(user: User | AnonymousUser) -> frozenset[str]:
    """The roles `user` has today; each owner of role facts is named in settings.ROLE_SOURCES."""
    if not user.is_authenticated or user.is_system:
        return frozenset()
    return frozenset(code for source in settings.ROLE_SOURCES for code in import_string(source)(user))


def give(user: User, permissions: Iterable[Permission], scope: Any) -> None:
    """Grant on one scope; granting twice changes nothing."""
    grants = grant_model(type(scope))
    for stored in _stored(permissions, type(scope)):
        grants._default_manager.get_or_create(user=user, permission=stored, content_object=scope)


def take(user: User, permissions: Iterable[Permission], scope: Any) -> None:
    """Withdraw on one scope."""
    stored = _stored(permissions, type(scope))
    grant_model(type(scope))._default_manager.filter(user=user, permission__in=stored, content_object=scope).delete()


def grant_model(model: type[models.Model]) -> type[models.Model]:
    """The table of grants on `model` (guardian's direct foreign key)."""
    return _grant_models()[model]


@cache
def _grant_models() -> dict[type[models.Model], type[models.Model]]:
    return {
        model._meta.get_field("content_object").related_model: model  # type: ignore[misc]
        for model in apps.get_models()
        if issubclass(model, UserObjectPermissionBase) and any(f.name == "content_object" for f in model._meta.fields)
    }


def _stored(permissions: Iterable[Permission], model: type[models.Model]) -> list[StoredPermission]:
    """Rows of Django's permission table; made on demand, since a new right needs no migration."""
    kind = ContentType.objects.get_for_model(model)
    codes = {permission.value: permission.label for permission in permissions}
    found = {row.codename: row for row in StoredPermission.objects.filter(content_type=kind, codename__in=codes)}
    for code in codes.keys() - found.keys():
        found[code], _ = StoredPermission.objects.get_or_create(
            content_type=kind, codename=code, defaults={"name": codes[code]}
        )
    return list(found.values())
