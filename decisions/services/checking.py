"""Nightly: every line of an issued decision has its honour in the history, and the reverse.

Both sides are compared by the database, in a fixed number of queries. What differs is listed once, told to the
office once, and closed by itself when it no longer differs. Nothing is repaired by itself.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce
from django.urls import reverse

from accounts.models import User
from accounts.permissions import Permission
from core import journal
from core.act import act
from core.services.notifications import notify
from decisions.models import Decision, DecisionLine, Mismatch
from decisions.models.decision import OUT
from decisions.states import DecisionKind
from documents.states import Standing
from history.models import Grant, Provenance
from history.states import GrantState
from units.models import Unit
from units.selectors import sector, users_covering

#: What the history says of a line in a standing.
STATES = {
    Standing.IN_FORCE: GrantState.IN_FORCE,
    Standing.CORRECTED: GrantState.CORRECTED,
    Standing.REVOKED: GrantState.REVOKED,
}
#: What stands for an amount the book does not know, so that two of them are equal.
NO_MONEY = Value(-1)


@dataclass(frozen=True)
class Difference:
    """One thing that does not agree; `key` is the same every night."""

    key: str
    says: str
    unit: Unit | None
    decision: Decision | None = None


@act
def check(*, by: User, at: datetime) -> list[Mismatch]:
    """Compare both sides; returns what differs now. Running it again changes nothing but the time of the look."""
    found = {row.key: row for row in _differences()}
    known = {row.key: row for row in Mismatch.objects.filter(key__in=found)}
    fresh = [
        Mismatch(
            key=key, says=row.says[:400], decision=row.decision, unit=row.unit, found_at=at, seen_at=at,
        )
        for key, row in found.items() if key not in known
    ]  # fmt: skip
    again = [row.key for row in known.values() if row.gone_at is not None]
    Mismatch.objects.bulk_create(fresh, batch_size=500)
    Mismatch.objects.filter(key__in=known).update(seen_at=at, gone_at=None)
    gone = Mismatch.objects.filter(gone_at=None).exclude(key__in=found).update(gone_at=at)
    if fresh or again or gone:
        changes = {"new": sorted([row.key for row in fresh] + again), "gone": gone}
        journal.record(None, by=by, at=at, kind="grants.compare", changes=changes)
    _tell([*fresh, *(known[key] for key in again)], at)
    return list(Mismatch.objects.filter(gone_at=None).order_by("pk"))


def _differences() -> Iterator[Difference]:
    kind = ContentType.objects.get_for_model(DecisionLine)
    grants = Grant.objects.filter(source_type=kind)
    lines = DecisionLine.objects.filter(decision__state__in=OUT).exclude(decision__kind=DecisionKind.REVOCATION)
    yield from _missing(lines, grants)
    yield from _unlike(lines, grants)
    yield from _orphans(lines, grants)


def _missing(lines: QuerySet[DecisionLine], grants: QuerySet[Grant]) -> Iterator[Difference]:
    without = lines.filter(~Exists(grants.filter(source_id=OuterRef("pk"))))
    for line in without.select_related("decision__unit").order_by("pk"):
        says = (
            f"{line.decision.number_text}, dòng {line.order} ({line.name_printed}): chưa có trong quá trình khen thưởng"
        )
        yield Difference(f"line:{line.pk}:missing", says, line.decision.unit, line.decision)


def _unlike(lines: QuerySet[DecisionLine], grants: QuerySet[Grant]) -> Iterator[Difference]:
    """The honour is there and says something else: recipient, award, year, period, money, day, or whether it stands."""
    of_line = grants.filter(source_id=OuterRef("pk"))
    alike = ("award", "year", "type", "name_printed", "achievement_from", "achievement_to")
    same = of_line.annotate(sum=Coalesce("money", NO_MONEY)).filter(
        Q(person=OuterRef("person"), unit=None) | Q(unit=OuterRef("collective"), person=None),
        # What sets a line right keeps the day of the decision that awarded.
        Q(decided_on=OuterRef("decision__dated")) | Q(corrects__isnull=False),
        sum=Coalesce(OuterRef("money"), NO_MONEY), **{name: OuterRef(name) for name in alike},
    )  # fmt: skip
    for standing, state in STATES.items():
        rows = lines.filter(Exists(of_line), standing=standing).filter(~Exists(same.filter(state=state)))
        for line in rows.select_related("decision__unit").order_by("pk"):
            says = (
                f"{line.decision.number_text}, dòng {line.order} ({line.name_printed}): quá trình khen thưởng ghi khác"
                " về người nhận, danh hiệu, thời gian, số tiền, ngày quyết định hoặc hiệu lực"
            )
            yield Difference(f"line:{line.pk}:unlike", says, line.decision.unit, line.decision)


def _orphans(lines: QuerySet[DecisionLine], grants: QuerySet[Grant]) -> Iterator[Difference]:
    """Honours said to come from a decision of the system that has no such line."""
    rightful = grants.filter(Exists(lines.filter(pk=OuterRef("source_id"))))
    lost = (Grant.objects.filter(provenance=Provenance.ISSUED) | grants).exclude(pk__in=rightful.values("pk"))
    for grant in lost.select_related("person", "unit").order_by("pk"):
        says = f"{grant}: ghi theo {grant.decision_number or 'quyết định'} nhưng không có dòng quyết định tương ứng"
        unit = grant.permission_scope()
        yield Difference(f"grant:{grant.pk}:orphan", says, unit if unit.pk else sector())


def _tell(rows: Iterable[Mismatch], at: datetime) -> None:
    """Those who draft decisions of the body, or for the unit of an honour that no decision names."""
    counts = Counter(row.unit_id for row in rows)
    for unit in Unit.objects.filter(pk__in=[pk for pk in counts if pk is not None]):
        _notify(unit, counts[unit.pk], at)


def _notify(unit: Unit, number: int, at: datetime) -> None:
    text = f"Đối chiếu đêm: {number} sai lệch giữa quyết định và quá trình khen thưởng"
    users = users_covering(Permission.DECISION_DRAFT, unit)
    key = f"compare:{unit.pk}:{at:%Y%m%d}"
    notify(users=users, kind="grants.compare", text=text, key=key, at=at, url=reverse("decisions:mismatch_list"))
