"""Every list of decisions costs the same number of questions to the database for three rows as for a hundred."""

from copy import copy

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from decisions.models import Certificate, DecisionLine, FundEntry, HandOver, Mismatch, Payment, Recheck, Recovery
from documents.models import IssuedNumber, NumberSeries, WordTemplate
from history.models import Grant
from tests.decisions.conftest import DAY
from tests.factories.council import NOW
from tests.factories.units import make_unit

FEW, MANY = 3, 97
PAGES = {
    "office": "decision_list payment_list fund_report recheck_list mismatch_list word_templates",
    "clerk": "certificate_list hand_over_list recovery_list number_register",
    "": "register",
}


class Rows:
    """Copies of one line of an issued decision with all that may follow from it, each kind as many as asked for."""

    def __init__(self, desk):
        self.desk, self.issued = desk, desk.issued()
        self.line = self.issued.lines.order_by("order").first()
        self.grant = Grant.objects.get(source_id=self.line.pk)
        self.series = NumberSeries.objects.get()

    def grow(self, number: int) -> None:
        self._decisions(number)
        lines = self._lines(number)
        who = {"by": self.desk.clerk, "at": NOW}
        Certificate.objects.bulk_create(Certificate(line=line, page=1) for line in lines)
        Payment.objects.bulk_create(Payment(line=line, unit=self.desk.world.unit, amount=5) for line in lines)
        HandOver.objects.bulk_create(
            HandOver(line=line, presented_on=DAY, place="A", presenter="B", **who) for line in lines[::2]
        )
        Recovery.objects.bulk_create(
            Recovery(line=line, decision=self.issued, opened_on=DAY, money_due=5, item_due=True) for line in lines
        )
        Recheck.objects.bulk_create(
            Recheck(line=line, grant=self.grant, before="a", after="b", found_at=NOW) for line in lines
        )
        self._others(number, who)

    def _decisions(self, number: int) -> None:
        taken = self.series.numbers.count()
        for n in range(taken + 1, taken + number + 1):
            made = copy(self.issued)
            made.pk, made.number, made.replaces_id = None, n + 1, self.issued.pk
            made.save(force_insert=True)
            IssuedNumber.objects.create(
                series=self.series, number=n, state="issued", dated=DAY, subject=made, by=self.desk.clerk, at=NOW
            )

    def _lines(self, number: int) -> list[DecisionLine]:
        start, lines = DecisionLine.objects.count(), [copy(self.line) for _ in range(number)]
        for n, line in enumerate(lines, start + 1):
            line.pk, line.order, line.nomination_id = None, n, None
            line.standing, line.standing_by = "in_force", None
        DecisionLine.objects.bulk_create(lines)
        DecisionLine.objects.filter(order=start + 1).update(standing="corrected", standing_by=self.issued)
        return lines

    def _others(self, number: int, who) -> None:
        unit, start = self.desk.world.unit, Mismatch.objects.count()
        rows = range(start, start + number)
        Mismatch.objects.bulk_create(
            Mismatch(key=f"k{n}", says="x", unit=unit, decision=self.issued, found_at=NOW, seen_at=NOW) for n in rows
        )
        for n in rows:
            make_unit(under=unit, issuing_code=f"VKS{n}")
        FundEntry.objects.bulk_create(
            FundEntry(unit=unit, year=2026, kind="donated", amount=1, on=DAY, basis=f"PT {n}", **who) for n in rows
        )
        WordTemplate.objects.bulk_create(
            WordTemplate(
                subject=unit, kind="decision", name=f"{n}.docx", sha256="0" * 64, size=1, mime="x", valid_from=DAY,
                created_by=self.desk.office, created_at=NOW,
            )
            for n in rows
        )  # fmt: skip


@pytest.fixture
def rows(desk):
    made = Rows(desk)
    DecisionLine.objects.filter(pk=made.line.pk).update(standing="revoked", standing_by=made.issued)
    made.grow(FEW)
    return made


def questions(client, address: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address, {"so-dong": "100", "nam": "2026"}).status_code == 200
    return len(asked)


@pytest.mark.parametrize(("role", "page"), [(role, page) for role, pages in PAGES.items() for page in pages.split()])
def test_a_list_costs_the_same_however_long_it_is(desk, rows, as_user, client, role, page):
    reader = as_user(getattr(desk, role)) if role else client
    address = reverse(f"decisions:{page}")
    questions(reader, address)  # the session's first stamp
    few = questions(reader, address)
    rows.grow(MANY)
    assert questions(reader, address) == few


def test_the_desk_of_a_decision_costs_the_same_however_many_it_honours(desk, rows, as_user):
    office, address = as_user(desk.office), reverse("decisions:decision", args=[rows.issued.pk])
    questions(office, address)
    few = questions(office, address)
    rows.grow(MANY)
    assert questions(office, address) == few
