"""`{% can "permission" subject as ok %}`: the same question in a template as in a view."""

from typing import Any

from django import template
from django.template import Context

from accounts import policy
from accounts.permissions import Permission

register = template.Library()


@register.simple_tag(takes_context=True)
def can(context: Context, permission: str, subject: Any = None) -> bool:
    """May the signed-in user do `permission` to `subject`; without a subject: on any scope?"""
    user, right = context["user"], Permission(permission)
    return policy.holds(user, right) if subject is None else policy.can(user, right, subject)
