"""The published structure of the sector (`units/data/*.csv`): read, check everything, then load."""

import csv
import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path

from accounts.models import User
from units.models import UnitKind
from units.models.unit import Confidence, EventKind
from units.services.structure import EventRow, Loaded, UnitRow, load

FOLDER = Path(__file__).parent / "data"
#: What stands on the papers of the one body whose decision numbers the sources show ("115/QĐ-VKSTC").
ISSUERS = {"TC": {"issuing_code": "VKSTC", "place": "Hà Nội"}}


class BadData(Exception):
    """The files contradict themselves; `problems` names every line."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("; ".join(problems))
        self.problems = problems


@dataclass(frozen=True)
class Structure:
    """What the files hold; `digest` identifies their bytes."""

    units: list[UnitRow]
    events: list[EventRow]
    digest: str


def load_units(*, by: User, at: datetime, folder: Path = FOLDER) -> Loaded:
    """Load the files of `folder`; raises BadData, and then nothing is saved."""
    structure = read(folder)
    problems = problems_of(structure)
    if problems:
        raise BadData(problems)
    return load(units=structure.units, events=structure.events, digest=structure.digest, by=by, at=at)


def read(folder: Path = FOLDER) -> Structure:
    """The rows of `units.csv` and `reorganisations.csv`, typed."""
    units_file, events_file = folder / "units.csv", folder / "reorganisations.csv"
    digest = hashlib.sha256(units_file.read_bytes() + events_file.read_bytes()).hexdigest()
    return Structure(
        units=[_unit(row) for row in _rows(units_file)],
        events=[_event(row) for row in _rows(events_file)],
        digest=digest,
    )


def problems_of(structure: Structure) -> list[str]:
    """Every contradiction in the files, in words."""
    codes = {row.code for row in structure.units}
    problems = ["units.csv: có mã trùng"] if len(codes) != len(structure.units) else []
    problems += [
        f"units.csv: {row.code}: cấp trên {row.parent_code} không có"
        for row in structure.units
        if row.parent_code and row.parent_code not in codes
    ]
    problems += [
        f"units.csv: {row.code}: loại hoặc độ tin cậy lạ"
        for row in structure.units
        if row.values["kind"] not in UnitKind.values or row.values["confidence"] not in Confidence.values
    ]
    for event in structure.events:
        if event.predecessor not in codes or (event.successor and event.successor not in codes):
            problems.append(f"reorganisations.csv: {event.predecessor} → {event.successor}: mã không có")
        if event.kind not in EventKind.values or event.confidence not in Confidence.values:
            problems.append(f"reorganisations.csv: {event.predecessor}: hình thức hoặc độ tin cậy lạ")
    return problems


@cache
def regions_named_by_law() -> dict[str, int | None]:
    """For each province's code, the official number of its regional procuracies, or None if not known."""
    return {
        row["province_code"]: int(row["official_count"]) if row["official_count"] else None
        for row in _rows(FOLDER / "khu_vuc_counts.csv")
    }


def _rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _unit(row: dict[str, str]) -> UnitRow:
    return UnitRow(
        code=row["code"],
        parent_code=row["parent_code"],
        values={
            "name": row["name_vi"],
            "short_name": row["short_name"],
            "kind": row["kind"],
            "province": row["province_name"],
            "valid_from": _day(row["valid_from"]),
            "valid_to": _day(row["valid_to"]),
            "source": row["source"],
            "confidence": row["confidence"],
            **ISSUERS.get(row["code"], {}),
        },
    )


def _event(row: dict[str, str]) -> EventRow:
    return EventRow(
        predecessor=row["predecessor_code"],
        successor=row["successor_code"],
        kind=row["kind"],
        date=date.fromisoformat(row["effective_date"]),
        basis=row["legal_basis"],
        confidence=row["confidence"],
    )


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
