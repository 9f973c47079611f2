"""Nightly: every line of an issued decision has its honour in the history, and the reverse.

Both sides are compared by the database, in a fixed number of queries. What differs is listed once, told to the
office once, and closed by itself when it no longer differs. Nothing is repaired by itself.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, F, OuterRef, Q, QuerySet
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
from units.selectors import users_covering

#: What the history says of a line in a standing.
STATES = {
    Standing.IN_FORCE: GrantState.IN_FORCE,
    Standing.CORRECTED: GrantState.CORRECTED,
    Standing.REVOKED: GrantState.REVOKED,
}


@dataclass(frozen=True)
class Difference:
    """One thing that does not agree; `key` is the same every night."""

    key: str
    says: str
    decision: Decision | None = None


@act
def check(*, by: User, at: datetime) -> list[Mismatch]:
    """Compare both sides; returns what differs now. Running it again changes nothing but the time of the look."""
    found = {row.key: row for row in _differences()}
    known = {row.key: row for row in Mismatch.objects.filter(key__in=found)}
    fresh = [
        Mismatch(
            key=key, says=row.says[:400], decision=row.decision, unit=row.decision.unit if row.decision else None,
            found_at=at, seen_at=at,
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
        yield Difference(f"line:{line.pk}:missing", says, line.decision)


def _unlike(lines: QuerySet[DecisionLine], grants: QuerySet[Grant]) -> Iterator[Difference]:
    """The honour is there and says something else: recipient, award, year, or whether it stands."""
    of_line = grants.filter(source_id=OuterRef("pk"))
    same = of_line.filter(award=OuterRef("award"), year=OuterRef("year"), type=OuterRef("type")).filter(
        Q(person=OuterRef("person"), unit=None) | Q(unit=OuterRef("collective"), person=None)
    )
    for standing, state in STATES.items():
        rows = lines.filter(Exists(of_line), standing=standing).filter(~Exists(same.filter(state=state)))
        for line in rows.select_related("decision__unit").order_by("pk"):
            says = (
                f"{line.decision.number_text}, dòng {line.order} ({line.name_printed}): quá trình khen thưởng ghi khác"
                " về người nhận, danh hiệu, năm hoặc hiệu lực"
            )
            yield Difference(f"line:{line.pk}:unlike", says, line.decision)


def _orphans(lines: QuerySet[DecisionLine], grants: QuerySet[Grant]) -> Iterator[Difference]:
    """Honours said to come from a decision of the system that has no such line."""
    issued = Grant.objects.filter(provenance=Provenance.ISSUED)
    lost = issued.filter(source_id=None) | grants.filter(~Exists(lines.filter(pk=OuterRef("source_id"))))
    for grant in lost.annotate(line=F("source_id")).order_by("pk"):
        says = f"{grant}: ghi theo {grant.decision_number or 'quyết định'} nhưng không có dòng quyết định tương ứng"
        yield Difference(f"grant:{grant.pk}:orphan", says)


def _tell(rows: Iterable[Mismatch], at: datetime) -> None:
    counts: dict[int | None, int] = {}
    for row in rows:
        counts[row.unit_id] = counts.get(row.unit_id, 0) + 1
    for unit in Unit.objects.filter(pk__in=[pk for pk in counts if pk is not None]):
        _notify(unit, counts[unit.pk], at)
    if None in counts:
        for unit in Unit.objects.filter(decisions__state__in=OUT).distinct():
            _notify(unit, counts[None], at)


def _notify(unit: Unit, number: int, at: datetime) -> None:
    text = f"Đối chiếu đêm: {number} sai lệch giữa quyết định và quá trình khen thưởng"
    users = users_covering(Permission.DECISION_DRAFT, unit)
    key = f"compare:{unit.pk}:{at:%Y%m%d}"
    notify(users=users, kind="grants.compare", text=text, key=key, at=at, url=reverse("decisions:mismatch_list"))
