"""The journal keeps what happened, in a chain that shows any change."""

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from core import append_only, journal
from core.act import act
from core.models import Event, JournalHead

pytestmark = pytest.mark.django_db


@act
def note(*, by, at, text="việc", times=1, fail=False):
    """Write entries as a service does."""
    for number in range(times):
        journal.record(by, by=by, at=at, kind="test.note", changes={"số": number}, note=text)
    if fail:
        raise ValueError(text)


@act
def outer(*, by, at, inner_fails):
    """A service that calls another one and survives its failure."""
    journal.record(by, by=by, at=at, kind="test.outer")
    try:
        note(by=by, at=at, fail=inner_fails)
    except ValueError:
        journal.record(by, by=by, at=at, kind="test.survived")


def _chain_lifted(change):
    """Do something to the table that only its owner could do."""
    connection.check_constraints()
    append_only.remove(connection, "core_event")
    change()
    connection.check_constraints()
    append_only.install(connection, "core_event")


def test_entries_form_one_unbroken_chain(lan, now):
    note(by=lan, at=now, times=3)
    note(by=lan, at=now)
    assert list(Event.objects.order_by("seq").values_list("seq", flat=True)) == [1, 2, 3, 4]
    assert journal.verify() is None


def test_an_act_that_fails_leaves_no_entry(lan, now):
    with pytest.raises(ValueError, match="việc"):
        note(by=lan, at=now, fail=True)
    assert Event.objects.count() == 0
    assert journal.verify() is None


def test_an_inner_act_that_fails_takes_only_its_own_entries_with_it(lan, now):
    outer(by=lan, at=now, inner_fails=True)
    assert list(Event.objects.order_by("seq").values_list("kind", flat=True)) == ["test.outer", "test.survived"]


def test_recording_outside_an_act_is_an_error(lan, now):
    with pytest.raises(journal.OutsideAnAct):
        journal.record(lan, by=lan, at=now, kind="test.note")


@pytest.mark.parametrize("verb", ["update", "delete"])
def test_the_database_refuses_to_change_or_delete_an_entry(lan, now, verb):
    note(by=lan, at=now)
    change = {"update": lambda: Event.objects.update(note="khác"), "delete": lambda: Event.objects.all().delete()}[verb]
    with pytest.raises(DatabaseError), transaction.atomic():
        change()
    assert Event.objects.get().note == "việc"


def test_the_database_refuses_to_replace_an_entry_by_insert(lan, now):
    note(by=lan, at=now)
    row = Event.objects.get()
    if connection.vendor == "sqlite":
        sql = "INSERT OR REPLACE INTO core_event SELECT * FROM core_event"
    else:
        sql = f"INSERT INTO core_event SELECT * FROM core_event ON CONFLICT (id) DO UPDATE SET note = 'khác'"  # noqa: F541
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    assert Event.objects.get(pk=row.pk).note == "việc"


@pytest.mark.parametrize("field", ["note", "kind", "subject_label", "changes", "at"])
def test_a_changed_entry_is_found(lan, now, field):
    note(by=lan, at=now, times=3)
    value = {"changes": {"số": 9}, "at": now.replace(year=2020)}.get(field, "khác")
    _chain_lifted(lambda: Event.objects.filter(seq=2).update(**{field: value}))
    assert journal.verify().seq == 2


def test_a_deleted_entry_is_found(lan, now):
    note(by=lan, at=now, times=3)
    _chain_lifted(lambda: Event.objects.filter(seq=2).delete())
    assert journal.verify().seq == 2


def test_entries_cut_off_at_the_end_are_found(lan, now):
    note(by=lan, at=now, times=3)
    _chain_lifted(lambda: Event.objects.filter(seq=3).delete())
    assert journal.verify().seq == 3


def test_a_rolled_back_chain_no_longer_holds_a_head_kept_elsewhere(lan, now):
    note(by=lan, at=now)
    kept = JournalHead.objects.get().hash
    assert journal.contains(kept)
    assert not journal.contains("0" * 64)


def test_the_command_says_that_the_chain_holds(lan, now, capsys):
    note(by=lan, at=now)
    call_command("journal", "verify")
    assert "nguyên vẹn: 1 mục" in capsys.readouterr().out


def test_the_command_exits_with_1_and_names_the_first_break(lan, now, capsys):
    note(by=lan, at=now, times=2)
    _chain_lifted(lambda: Event.objects.filter(seq=1).update(note="khác"))
    with pytest.raises(SystemExit) as stop:
        call_command("journal", "verify")
    assert stop.value.code == 1
    assert "mục 1" in capsys.readouterr().err


def test_history_of_a_subject_lists_its_own_entries_only(lan, hung, now):
    note(by=lan, at=now)
    note(by=hung, at=now)
    assert [entry.by for entry in journal.history_of(lan)] == [lan]
