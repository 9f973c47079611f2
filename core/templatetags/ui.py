"""Components with a body, and the small ones used in rows; built into every template.

Each renders one file of templates/components/; docs/interface.md shows them all.
"""

from datetime import date
from typing import Any

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.module_loading import import_string
from django.utils.safestring import SafeString

register = template.Library()

#: Icon of each kind of chip when none is given: words always stand beside it.
KIND_ICONS = {
    "": "circle",
    "info": "arrow-right-circle-fill",
    "warn": "exclamation-triangle-fill",
    "err": "x-octagon-fill",
    "ok": "check-circle-fill",
    "gold": "award-fill",
}

#: Kind of chip of each state code (the codes of all workflows; one code means one thing everywhere).
STATE_KINDS = {
    "info": (
        "draft launched sent submitted reviewing noticed on_agenda forwarded open numbered awaiting"
        " scheduled checked rendered running asked"
    ),
    "warn": "returned incomplete downgraded postponed corrected paused",
    "err": "unqualified failed revoked refused spoilt",
    "ok": (
        "accepted reviewed qualified passed decided minuted signed issued in_force recognised"
        " confirmed effective applied printed handed_over done"
    ),
    "": "locked closed withdrawn cancelled replaced undone waiting queued",
}
_KIND_OF_STATE = {state: kind for kind, states in STATE_KINDS.items() for state in states.split()}
_STATE_ICONS = {"locked": "lock-fill", "closed": "lock-fill", "running": "arrow-repeat", "awaiting": "pen"}


@register.inclusion_tag("components/chip.html")
def chip(kind: str, text: Any, icon: str = "", opens: str = "") -> dict[str, Any]:
    """A status: icon and words. `opens` = id of a popover, and the chip is then a button."""
    return {"kind": kind, "text": text, "icon": icon or KIND_ICONS[kind], "opens": opens}


@register.inclusion_tag("components/chip.html")
def state_chip(subject: Any, text: str = "", kind: str | None = None) -> dict[str, Any]:
    """The state of a workflow subject; `text` and `kind` replace what the state code gives."""
    shown = _KIND_OF_STATE.get(subject.state, "") if kind is None else kind
    icon = _STATE_ICONS.get(subject.state) if kind is None else None
    return {"kind": shown, "text": text or subject.get_state_display(), "icon": icon or KIND_ICONS[shown], "opens": ""}


@register.inclusion_tag("components/bar.html")
def bar(share: Any, label: str, tone: str = "", tick: Any = None) -> dict[str, Any]:
    """A filled bar, 0 to 100; `tick` marks the limit; `label` says it in words for screen readers."""
    limit = None if tick is None else _percentage(tick)
    return {"share": _percentage(share), "tick": limit, "tone": tone, "label": label}


@register.simple_block_tag
def panel(content: str, title: str = "", **options: Any) -> SafeString:
    """A white section with a heading. Options: id, aside, link, link_text, foot, flush (no padding)."""
    return render_to_string("components/panel.html", {"content": content, "title": title, **options})


@register.simple_block_tag
def pagehead(content: str, title: str, **options: Any) -> SafeString:
    """The page's h1 with its actions as body. Options: meta, crumbs [(text, url or "")], initials, focus."""
    return render_to_string("components/page_header.html", {"content": content, "title": title, **options})


@register.simple_block_tag
def popover(content: str, id: str, title: str, **options: Any) -> SafeString:  # noqa: A002 - templates write id=
    """An explanation that a button with popovertarget=id opens. Options: foot."""
    return render_to_string("components/popover.html", {"content": content, "id": id, "title": title, **options})


@register.simple_block_tag
def dialog(content: str, id: str, title: str, **options: Any) -> SafeString:  # noqa: A002 - templates write id=
    """A modal dialog that data-open=id opens; its body holds the form. Options: lead, open."""
    return render_to_string("components/dialog.html", {"content": content, "id": id, "title": title, **options})


@register.simple_block_tag
def actionbar(content: str, **options: Any) -> SafeString:
    """The bar that stays at the bottom; body = buttons, the primary last. Options: reason, id."""
    return render_to_string("components/action_bar.html", {"content": content, **options})


@register.simple_block_tag
def note(content: str, kind: str = "", **options: Any) -> SafeString:
    """A framed remark: "", "ok", "warn", "err". Options: role ("status", "alert"), id."""
    return render_to_string("components/note.html", {"content": content, "kind": kind, **options})


@register.simple_tag
def live(place: str) -> SafeString:
    """Attributes of the element around filters and list: their links and forms replace only that element.

    The answer is the whole page, of which the element is taken, so a view needs nothing for it.
    """
    return format_html(
        'id="{}" data-live hx-boost="true" hx-target="this" hx-select="#{}" hx-swap="outerHTML" hx-push-url="true"',
        place,
        place,
    )


@register.filter
def differences(conflict: Any) -> list[tuple[str, Any, Any]]:
    """Rows (name, mine, theirs) of a Conflict, in the order in which the user's version names them;
    without those that are the same on both sides.
    """
    names = [*conflict.mine, *(name for name in conflict.theirs if name not in conflict.mine)]
    rows = [(name, _shown(conflict.mine.get(name)), _shown(conflict.theirs.get(name))) for name in names]
    return [row for row in rows if row[1] != row[2]]


def _shown(value: Any) -> str:
    """As a person writes it: days as dd/mm/yyyy, lists one after the other."""
    if isinstance(value, date):
        return value.strftime("%d/%m/%Y")
    if isinstance(value, dict):
        return " ".join(_shown(each) for each in value.values() if each)
    if isinstance(value, list | tuple):
        return "; ".join(_shown(each) for each in value)
    return "" if value is None else str(value)


def _percentage(value: Any) -> str:
    return f"{max(0.0, min(100.0, float(value))):.1f}"


#: Changes of one entry of the journal that stand in its row; the rest opens on demand.
CHANGES_SHOWN = 4


@register.filter
def journal_act(event: Any) -> str:
    """The act of an entry in words; its code where nobody has named it."""
    return str(import_string(settings.JOURNAL_WORDS)().get(event.kind, event.kind))


@register.filter
def journal_changes(event: Any) -> dict[str, list[str]]:
    """What an entry of the journal changed, in words: the first few, and the rest."""
    rows = [_change(event, name, value) for name, value in event.changes.items()]
    return {"first": rows[:CHANGES_SHOWN], "rest": rows[CHANGES_SHOWN:]}


def _change(event: Any, name: str, value: Any) -> str:
    model = event.subject_type.model_class() if event.subject_type else None
    field = {field.name: field for field in model._meta.concrete_fields}.get(name) if model else None
    choices = dict(field.flatchoices) if field else {}
    sides = value if isinstance(value, list) and len(value) == 2 else [value]
    words = " → ".join(str(choices.get(f"{side}", _in_words(side)))[:80] for side in sides)
    return f"{field.verbose_name if field else name}: {words}"


def _in_words(value: Any) -> str:
    if isinstance(value, bool):
        return "có" if value else "không"
    return "(trống)" if value in (None, "", []) else str(value)
