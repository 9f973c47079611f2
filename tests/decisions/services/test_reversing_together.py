"""Six people take one line back at once: one draft holds it, the others read why not. The control arm collides."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, connection, transaction

from core.workflow import Refused
from decisions.models import DecisionLine
from decisions.services import reversing
from tests.decisions.conftest import make_desk
from tests.factories.council import NOW

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="threads share SQLite's one writer"),
]
WRITERS = 6


def _all_at_once(work) -> list[str]:
    def writer(place: int) -> str:
        try:
            return str(work(place))
        finally:
            connection.close()

    with ThreadPoolExecutor(WRITERS) as pool:
        return sorted(pool.map(writer, range(WRITERS)))


@pytest.fixture
def issued(settings, tmp_path):
    """An issued decision and the desk it lies on."""
    settings.FILES_DIR = tmp_path
    desk = make_desk()
    return desk, desk.issued()


def test_one_of_six_drafts_holds_the_line_and_five_are_told(issued):
    desk, original = issued
    line = original.lines.first()

    def draft(place: int) -> str:
        try:
            reversing.draft(
                original=original, lines=[line], kind="revocation", ground="ground_forgery", reason=f"Lần {place}",
                by=desk.office, at=NOW,
            )  # fmt: skip
        except Refused:
            return "told"
        return "drafted"

    assert _all_at_once(draft) == ["drafted"] + ["told"] * (WRITERS - 1)
    assert DecisionLine.objects.filter(target=line).count() == 1


def test_without_the_locked_decision_the_drafts_collide_in_the_database(issued):
    """The control arm: rows written side by side run into the database's own rule."""
    desk, original = issued
    line, other = original.lines.first(), desk.revocation(original, original.lines.last())

    def write(place: int) -> str:
        try:
            with transaction.atomic():
                DecisionLine.objects.create(
                    decision=other, order=10 + place, target=line, award=line.award, person=line.person,
                    name_printed="x", year=2026, achievement_from=line.achievement_from,
                    achievement_to=line.achievement_to,
                )  # fmt: skip
        except IntegrityError:
            return "collided"
        return "written"

    assert _all_at_once(write).count("collided") == WRITERS - 1
