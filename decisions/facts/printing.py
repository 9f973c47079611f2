"""What the print room has: designs in force, printers, numbered stock and its balance, runs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import Length

from accounts import policy
from accounts.models import User
from accounts.permissions import Permission
from decisions.models import (
    Blank,
    Certificate,
    CertificateDesign,
    Decision,
    DecisionLine,
    Printer,
    PrintRun,
    StockKind,
)
from decisions.states import BlankPlace, CertificateState, DecisionState
from documents.models import Attachment
from documents.states import Standing
from rulebook import catalogue
from units.models import Unit
from units.selectors import units_visible_to

RIGHT = Permission.CERTIFICATE_PRINT
#: Certificates that may go into the printer now.
TO_PRINT = (CertificateState.WAITING, CertificateState.RENDERED, CertificateState.SPOILT)
#: Papers may leave the printer for good from the signature on.
SIGNED = (DecisionState.SIGNED, DecisionState.ISSUED)
SCAN, EMBLEM = "scan", "emblem"


@dataclass(frozen=True)
class Balance:
    """How many blanks of one kind came, and where they are."""

    received: int
    store: int
    issued: int
    printed: int
    spoilt: int
    returned: int

    @property
    def adds_up(self) -> bool:
        """Every blank that came is somewhere."""
        return self.received == self.store + self.issued + self.printed + self.spoilt + self.returned


def bodies(user: User) -> QuerySet[Unit]:
    """The bodies whose print room `user` runs."""
    return policy.granted_scopes(user, RIGHT, Unit).order_by("sort_key")


def designs_visible_to(user: User) -> QuerySet[CertificateDesign]:
    """Designs of the bodies where `user` prints."""
    return CertificateDesign.objects.filter(unit__in=units_visible_to(user, RIGHT)).select_related(
        "unit", "stock", "by"
    )


def printers_visible_to(user: User) -> QuerySet[Printer]:
    """Printers of the bodies where `user` prints."""
    return (
        Printer.objects.filter(unit__in=units_visible_to(user, RIGHT)).select_related("unit").order_by("name", "tray")
    )


def kinds_visible_to(user: User) -> QuerySet[StockKind]:
    """Kinds of stock of the bodies where `user` prints."""
    return StockKind.objects.filter(unit__in=units_visible_to(user, RIGHT)).select_related("unit").order_by("name")


def runs_visible_to(user: User) -> QuerySet[PrintRun]:
    """Print runs of the bodies where `user` prints, newest first."""
    related = ("kind__unit", "printer", "profile", "design", "decision", "by", "ended_by")
    return (
        PrintRun.objects.filter(kind__unit__in=units_visible_to(user, RIGHT)).select_related(*related).order_by("-pk")
    )


def with_balance(kinds: QuerySet[StockKind]) -> QuerySet[StockKind]:
    """Adds `received` and one number for each place a blank may be in."""
    counts = {place.value: Count("blanks", filter=Q(blanks__place=place)) for place in BlankPlace}
    return kinds.annotate(received=Count("blanks"), **counts)


def balance(kind: StockKind) -> Balance:
    """The balance of one kind, counted now."""
    row = with_balance(StockKind.objects.filter(pk=kind.pk)).values("received", *BlankPlace.values).get()
    return Balance(**row)


def design_on(unit: Unit, award: str, day: date, *, stock: StockKind | None = None) -> CertificateDesign | None:
    """The design of a body in force on `day`, on stock or on white paper."""
    running = Q(valid_from__lte=day) & (Q(valid_to=None) | Q(valid_to__gte=day))
    rows = CertificateDesign.objects.filter(running, unit=unit, award=award, stock=stock)
    return rows.order_by("-valid_from", "-edition").first()


def to_print(kind: StockKind, decision: Decision) -> QuerySet[Certificate]:
    """Certificates of a decision that go on this kind of stock, in the order of the paper."""
    rows = Certificate.objects.filter(
        line__decision=decision, line__award=kind.award, line__standing=Standing.IN_FORCE, state__in=TO_PRINT
    )
    return rows.select_related("line__decision", "line__target").order_by("line__order", "pk")


def decisions_to_print(kind: StockKind) -> QuerySet[Decision]:
    """Signed decisions of the body with certificates that wait for this kind of stock."""
    waiting = Certificate.objects.filter(line__award=kind.award, line__standing=Standing.IN_FORCE, state__in=TO_PRINT)
    rows = Decision.objects.filter(unit=kind.unit_id, state__in=SIGNED, pk__in=waiting.values("line__decision"))
    return rows.order_by("-dated", "-number")


def next_serial(kind: StockKind) -> int | None:
    """The lowest number still in the store."""
    return kind.blanks.filter(place=BlankPlace.STORE).order_by("serial").values_list("serial", flat=True).first()


def taken_from(kind: StockKind, first: int, count: int) -> list[Blank]:
    """The next `count` blanks in the store from number `first` on, in their order."""
    return list(kind.blanks.filter(place=BlankPlace.STORE, serial__gte=first).order_by("serial")[:count])


def samples(unit: Unit, award: str) -> dict[str, DecisionLine]:
    """Recipients to try a design on: the newest, and those with the longest name, post and achievement."""
    rows = DecisionLine.objects.filter(decision__unit=unit, award=award).select_related("decision")
    orders: dict[str, Sequence[object]] = {
        "dau": ["-decision__dated", "order"],
        "dai-nhat": [F("name_length").desc(), "pk"],
        "dai-don-vi": [F("detail_length").desc(), "pk"],
    }
    long = rows.annotate(name_length=_length("name_printed"), detail_length=_length("post_printed", "unit_printed"))
    found = {key: long.order_by(*order).first() for key, order in orders.items()}  # type: ignore[arg-type]
    return {key: line for key, line in found.items() if line is not None}


def _length(*names: str) -> Any:
    """Letters of some columns together."""
    lengths = [Length(name) for name in names]
    return sum(lengths[1:], start=lengths[0])


def printed_awards() -> list[tuple[str, str]]:
    """Awards the sector decides whose certificate is printed."""
    return [(code, a.label) for code, a in catalogue.awards().items() if a.printed and a.sector_decides]


def scan_of(kind: StockKind) -> Attachment | None:
    """The picture of the blank, for the screen only."""
    return kind.files.filter(kind=SCAN, removed_at=None).order_by("-pk").first()


def emblem_of(design: CertificateDesign) -> Attachment | None:
    """The emblem the office brought for this edition."""
    return design.files.filter(kind=EMBLEM, removed_at=None).order_by("-pk").first()
