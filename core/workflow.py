"""The one way to change a state: lock, compare the version seen, authorise, check, write, record."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import F

from accounts import policy
from accounts.models import User
from accounts.permissions import Permission
from core import journal

Subject = TypeVar("Subject", bound=models.Model)


class Told(Exception):
    """An error whose message is a sentence for the user; those of other errors are for the log."""


class Refused(Told):
    """The move is not possible now; the message is what the user reads."""


class Conflict(Exception):
    """Someone else (`who`, `at`) changed the subject since the user saw it; both versions are shown."""

    def __init__(
        self, mine: dict[str, Any], theirs: dict[str, Any], *, who: str = "", at: datetime | None = None
    ) -> None:
        super().__init__("Dữ liệu đã được người khác đổi. Đồng chí xem cả hai bản rồi chọn bản cần giữ.")
        self.mine = mine
        self.theirs = theirs
        self.who = who
        self.at = at


@dataclass(frozen=True)
class Attempt:
    """Someone tries something at some moment; guards look at nothing else."""

    subject: Any
    by: User
    at: datetime
    note: str = ""
    about: Any = None

    @property
    def asked_about(self) -> Any:
        """On what the permission is asked: the subject, or what the one who moves answers for."""
        return self.subject if self.about is None else self.about


@dataclass(frozen=True)
class Move:
    """One step of a workflow: from which states, to which, who may, what must hold.

    `unread`: long columns that no guard looks at, left out when many rows are moved.
    """

    name: str
    label: str
    source: frozenset[str]
    target: str
    permission: Permission
    guards: tuple[Callable[[Attempt], None], ...] = ()
    unread: tuple[str, ...] = ()

    def check(self, attempt: Attempt) -> None:
        """Raise PermissionDenied or Refused unless the move is open."""
        policy.check(attempt.by, self.permission, attempt.asked_about)
        if attempt.subject.state not in self.source:
            raise Refused(
                f"Không thể {self.label.lower()} khi đang ở trạng thái “{attempt.subject.get_state_display()}”."
            )
        for guard in self.guards:
            guard(attempt)


def step(
    name: str, label: str, source: Collection[str], target: str, permission: Permission,
    *guards: Callable[[Attempt], None], unread: tuple[str, ...] = (),
) -> Move:  # fmt: skip
    """A row of an app's table of moves."""
    return Move(name, label, frozenset(source), target, permission, guards, unread)


def lock(subject: Subject) -> Subject:
    """The subject as it is now, locked until the transaction ends."""
    return type(subject)._default_manager.select_for_update(of=("self",)).get(pk=subject.pk)


def compare_version(
    locked: Any, expected_version: int | None, *, mine: dict[str, Any] | None = None, of: Any = None
) -> None:
    """Raise Conflict when the user looked at another version than the one now stored.

    `mine` is what the user wanted, by the names of fields or in plain words; what is stored in the
    same fields stands beside it. `of` is the row whose fields they are, where that is a part of the locked one.
    """
    if expected_version is None or locked.version == expected_version:
        return
    last = journal.history_of(locked).first()
    who, at = (str(last.by or ""), last.at) if last else ("", None)
    raise Conflict(*_both_sides(locked, mine or {}, of or locked), who=who, at=at)


def _both_sides(locked: Any, mine: dict[str, Any], of: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    fields = {field.name: field for field in of._meta.concrete_fields}
    wanted: dict[str, Any] = {}
    stored: dict[str, Any] = {}
    for name, value in mine.items():
        field = fields.get(name)
        if field is None:
            wanted[name] = value
            continue
        label, words = str(field.verbose_name), dict(field.flatchoices)
        for side, held in ((wanted, value), (stored, getattr(of, name))):
            side[label] = words.get(held, held) if isinstance(held, str | int) else held
    if hasattr(locked, "get_state_display"):
        stored["Trạng thái"] = locked.get_state_display()
    return wanted, stored


def move(
    subject: Subject, step: Move, *, by: User, at: datetime, expected_version: int | None = None, note: str = "",
    about: Any = None,
) -> Subject:  # fmt: skip
    """Carry `subject` through `step`, or raise and leave no trace. Call inside an act.

    `expected_version` is the version the user saw (None only where no user looked, as in jobs).
    `about` is the subject on which the permission is asked instead: a council moves lines on which
    its secretary holds no right, by the right held on the session.
    """
    locked = lock(subject)
    compare_version(locked, expected_version, mine={"Việc": step.label, "Ghi chú": note})
    attempt = Attempt(locked, by, at, note, about)
    step.check(attempt)
    _write(locked, step, attempt)
    return locked


def move_many(
    subjects: Sequence[Subject], step: Move, *, by: User, at: datetime, note: str = "", about: Any = None
) -> tuple[list[Subject], list[tuple[Subject, str]]]:
    """Carry all that can be carried; the others come back with the reason. Constant queries.

    Same table, same guards: rows are locked in one query and written in one; permission is asked
    once per scope (of `about`, where it is given). Guards run on rows loaded once, so they must
    not query per row.
    """
    if not subjects:
        return [], []
    model = type(subjects[0])
    keys = [subject.pk for subject in subjects]
    related = {f.name for f in model._meta.fields if f.is_relation and not f.null}
    related |= set(filter(None, [getattr(model, "scope_path", None)]))
    rows = list(
        model._default_manager.select_for_update(of=("self",))
        .select_related(*sorted(related))
        .defer(*step.unread)
        .filter(pk__in=keys)
        .order_by("pk")
    )
    moved: list[Subject] = []
    refused: list[tuple[Subject, str]] = []
    allowed: dict[Any, bool] = {}
    for row in rows:
        attempt = Attempt(row, by, at, note, about)
        scope = attempt.asked_about.permission_scope()
        if scope.pk not in allowed:
            allowed[scope.pk] = policy.can(by, step.permission, attempt.asked_about)
        try:
            _check_row(row, step, attempt, may=allowed[scope.pk])
        except (Refused, PermissionDenied) as reason:
            refused.append((row, str(reason)))
        else:
            moved.append(row)
    _write_many(model, moved, step, by=by, at=at, note=note)
    return moved, refused


def why_not(subject: Any, step: Move, *, by: User, at: datetime) -> str | None:
    """The reason the button is grey, or None when the move is open."""
    try:
        step.check(Attempt(subject, by, at))
    except (Refused, PermissionDenied) as reason:
        return str(reason)
    return None


def open_moves(subject: Any, table: Iterable[Move], *, by: User, at: datetime) -> dict[str, str | None]:
    """For every move of `table`, its name and the reason it is closed (None: open)."""
    return {row.name: why_not(subject, row, by=by, at=at) for row in table}


def _check_row(row: Any, step: Move, attempt: Attempt, *, may: bool) -> None:
    if not may:
        raise PermissionDenied(f"Đồng chí không có quyền “{step.permission.label}” ở đây.")
    if row.state not in step.source:
        raise Refused(f"Không thể {step.label.lower()} khi đang ở trạng thái “{row.get_state_display()}”.")
    for guard in step.guards:
        guard(attempt)


def _write(locked: Any, step: Move, attempt: Attempt) -> None:
    before, locked.state = locked.state, step.target
    locked.version += 1
    locked.save(update_fields=["state", "version"])
    journal.record(
        locked, by=attempt.by, at=attempt.at, kind=f"{locked._meta.model_name}.{step.name}",
        changes={"state": [before, step.target]}, note=attempt.note,
    )  # fmt: skip


def _write_many(model: Any, rows: Sequence[Any], step: Move, *, by: User, at: datetime, note: str) -> None:
    before = {row.pk: row.state for row in rows}
    model._default_manager.filter(pk__in=before).update(state=step.target, version=F("version") + 1)
    for row in rows:
        row.state, row.version = step.target, row.version + 1
        journal.record(
            row, by=by, at=at, kind=f"{model._meta.model_name}.{step.name}",
            changes={"state": [before[row.pk], step.target]}, note=note,
        )  # fmt: skip
