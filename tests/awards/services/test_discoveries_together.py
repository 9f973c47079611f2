"""Two people begin the same dossier at the same moment. Real connections, so PostgreSQL only."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.db.models import QuerySet

from awards.models import Nomination, Submission
from awards.services import discoveries
from history.models import Discovery
from tests.factories import awards as make
from tests.factories.history import make_discovery
from tests.factories.units import make_person
from units.models import Unit

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets one writer in at a time"),
]


def together(acts):
    """Run all at the same moment, each on its own connection."""
    barrier = Barrier(len(acts))

    def run(act):
        try:
            barrier.wait()
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


@pytest.fixture
def rows(root, region):
    make.make_intake(root)
    return [make_discovery(make_person(region)) for _ in range(3)]


def starting(row, user, now):
    return lambda: discoveries.start(discoveries=[row], by=user, at=now)


def test_of_many_who_begin_the_same_dossier_one_makes_it_and_all_find_it(rows, lan, hung, now):
    answers = together([starting(rows[0], user, now) for user in (lan, hung, lan, hung)])
    assert sum(len(answer.made) for answer in answers) == 1
    assert {line.pk for answer in answers for line in [*answer.made, *answer.there]} == {Nomination.objects.get().pk}
    assert Submission.objects.count() == 1


def test_different_dossiers_of_a_unit_begun_at_once_share_one_draft(rows, lan, now):
    together([starting(row, lan, now) for row in rows])
    assert Submission.objects.get().nominations.count() == 3


def test_without_the_locks_the_same_dossier_would_be_made_twice(rows, lan, hung, now, monkeypatch):
    """Both look before either writes."""
    meeting, look = Barrier(2), discoveries._lines_of

    def look_then_meet(found):
        seen = look(found)
        meeting.wait()
        return seen

    locking = QuerySet.select_for_update

    def without(rows, **options):
        return rows if rows.model in {Discovery, Unit} else locking(rows, **options)

    monkeypatch.setattr(QuerySet, "select_for_update", without)
    monkeypatch.setattr(discoveries, "_lines_of", look_then_meet)
    second = Barrier(2)
    draft = discoveries.submissions.create
    monkeypatch.setattr(discoveries.submissions, "create", lambda **given: (second.wait(), draft(**given))[1])
    together([starting(rows[0], user, now) for user in (lan, hung)])
    assert Nomination.objects.count() == 2
