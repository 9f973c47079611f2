"""Eight clerks lay down the first edition of one design at once: one of them does. The control arm collides."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from core.workflow import Refused
from decisions.models import CertificateDesign
from decisions.services import designs
from tests.decisions.conftest import make_desk
from tests.factories.council import NOW
from tests.factories.printing import chosen

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="threads share SQLite's one writer"),
]
WRITERS, AWARD = 8, "giay_khen"


def _all_at_once(work) -> list[str]:
    def writer(place: int) -> str:
        try:
            return work(place)
        finally:
            connection.close()

    with ThreadPoolExecutor(WRITERS) as pool:
        return list(pool.map(writer, range(WRITERS)))


def test_of_eight_first_editions_one_stands_and_the_others_hear_why():
    desk = make_desk()

    def work(_place: int) -> str:
        try:
            designs.begin(unit=desk.world.unit, award=AWARD, chosen=chosen(AWARD), by=desk.clerk, at=NOW)
        except Refused:
            return "refused"
        return "ok"

    assert sorted(_all_at_once(work)) == ["ok", *["refused"] * (WRITERS - 1)]
    assert CertificateDesign.objects.get(award=AWARD).edition == 1


def test_without_the_lock_only_the_constraint_stops_them():
    desk, wish = make_desk(), chosen(AWARD)

    def work(place: int) -> str:
        try:
            with transaction.atomic():
                number = CertificateDesign.objects.filter(unit=desk.world.unit, award=AWARD).count() + 1
                CertificateDesign.objects.create(
                    unit=desk.world.unit, award=AWARD, edition=number, basis=wish.basis, layout=wish.layout,
                    valid_from=wish.valid_from + timedelta(days=place), by=desk.clerk, at=NOW,
                )  # fmt: skip
        except IntegrityError:
            return "collided"
        return "ok"

    assert any("collided" in _all_at_once(work) for _ in range(20))
