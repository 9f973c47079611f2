"""What people and units of the demonstration have behind them: ratings, honours, initiatives.

Invented, except the numbers the sector has published: Phú Thọ's honours of the first half of 2025
(1 flag of the Government, 3 flags of the sector, 1 order, 1 sector emulation fighter, 6 collectives
and 14 individuals thematic, 5 individuals for two years), and Vụ 16's flag of the Government.
"""

import random
from collections.abc import Iterator
from datetime import date

from history.models import Provenance
from history.services import grants, initiatives
from history.services.grants import GrantRow
from kiemsat_thidua.demo.scene import Scene
from units.models import Person, Unit
from units.services import records
from units.services.records import RatingRow

FIRST_YEAR = 2020
#: Staff whose yearly titles are followed; enough for every list to have pages.
PLACES = ("v16_p1", "v16_p2", "v16_p3", "vu2", "phu_tho", "pt_vp", "pt_p1", "pt_p7", "pt_p9", "kv1", "kv2")
RATINGS = ["excellent"] * 2 + ["good"] * 7 + ["completed"]
#: 15 % of the LĐTT at most become CSTĐCS; here about one in eight.
FIGHTERS = 8
#: Years of service after which the invented badges were given.
BADGE_YEARS = 16
HALF_2025 = date(2025, 5, 15)
BASE_DECIDER = "Viện trưởng Viện kiểm sát nhân dân tỉnh Phú Thọ"
HEAD = "Viện trưởng Viện kiểm sát nhân dân tối cao"


def build(scene: Scene) -> None:
    """Ratings and yearly titles up to the year before the running one, then the published honours."""
    draw = random.Random(16)  # noqa: S311 - invented data, the same every time
    last = scene.year - 1
    staff = [person for key in PLACES for person in scene.staff[key]]
    ratings = {(person.pk, year): draw.choice(RATINGS) for person in staff for year in range(FIRST_YEAR, last + 1)}
    fighters = staff[3::FIGHTERS]
    for person in fighters:
        ratings |= {(person.pk, year): "excellent" if year % 2 else "good" for year in range(last - 3, last + 1)}
    _rate(scene, staff, ratings, last)
    _initiatives(scene, fighters, last)
    grants.record(
        rows=list(_titles(staff, set(fighters), ratings, last)), by=scene.system, at=scene.at(date(last + 1, 1, 5))
    )
    grants.record(rows=list(_badges(staff, last)), by=scene.system, at=scene.at(date(last + 1, 1, 6)))
    grants.record(rows=list(_published(scene)), by=scene.system, at=scene.at(HALF_2025))


def _rate(scene: Scene, staff: list[Person], ratings: dict[tuple[int, int], str], last: int) -> None:
    for year in range(FIRST_YEAR, last + 1):
        rows = [RatingRow(person, year, ratings[person.pk, year]) for person in staff if _served(person, year)]
        records.rate(rows=rows, by=scene.system, at=scene.at(date(year, 12, 10)))
    year = last + 1
    rows = [RatingRow(person, year, "excellent" if place % 3 == 0 else "good") for place, person in enumerate(staff)]
    records.rate(rows=rows, by=scene.system, at=scene.ago(5))
    units = [scene.units[key] for key in ("phu_tho", "kv1", "kv2", "vu2", "pt_p1", "pt_p7", "pt_p9", "pt_vp")]
    records.rate(rows=[RatingRow(unit, year, "excellent") for unit in units], by=scene.system, at=scene.ago(5))
    sections = [scene.units[key] for key in ("pt_p1", "pt_p7")]
    records.rate(rows=[RatingRow(unit, last, "excellent") for unit in sections], by=scene.system, at=scene.ago(300))


def _initiatives(scene: Scene, fighters: list[Person], last: int) -> None:
    for year in range(last - 2, last + 2):
        for place, person in enumerate(fighters):
            level = "sector" if place % 2 else "base"
            unit = person.posting_on(date(min(year, last), 11, 1))
            initiatives.record_recognised(
                code=f"SK-{year}-{place + 1:03}",
                title=f"Giải pháp nâng cao chất lượng công tác kiểm sát, số {place + 1}",
                unit=unit.unit if unit else scene.units["toi_cao"],
                year=year,
                level=level,
                recognised_on=min(date(year, 10, 20), scene.today),
                decision=f"{40 + place}/QĐ-SK-MAU",
                authors=[(person, 70), (fighters[(place + 1) % len(fighters)], 30)],
                by=scene.system,
                at=scene.at(min(date(year, 10, 20), scene.today)),
            )


def _titles(
    staff: list[Person], fighters: set[Person], ratings: dict[tuple[int, int], str], last: int
) -> Iterator[GrantRow]:
    for year in range(FIRST_YEAR, last + 1):
        for person in staff:
            if not _served(person, year) or ratings[person.pk, year] not in {"excellent", "good"}:
                continue
            yield _title(person, "lao_dong_tien_tien", year, f"{year - 2000}/QĐ-KT-MAU", BASE_DECIDER)
            if person in fighters and year > last - 3:
                yield _title(person, "chien_si_thi_dua_co_so", year, f"{year - 1990}/QĐ-KT-MAU", BASE_DECIDER)


def _badges(staff: list[Person], last: int) -> Iterator[GrantRow]:
    """The sector's badge on its day to whoever had served long enough; every fifteenth was forgotten."""
    for place, person in enumerate(staff):
        year = max(FIRST_YEAR, person.joined_on.year + BADGE_YEARS) if person.joined_on else last + 1
        if year <= last and place % 15:
            yield _honour(person, "ky_niem_chuong", "merit", year, date(year, 7, 26), HEAD)


def _title(person: Person, award: str, year: int, number: str, decider: str) -> GrantRow:
    return GrantRow(
        subject=person,
        award=award,
        type="merit",
        year=year,
        decided_on=date(year, 12, 15),
        decision_number=number,
        decider=decider,
        provenance=Provenance.DECLARED,
        achievement_from=date(year - 1, 12, 1),
        achievement_to=date(year, 11, 30),
    )


def _published(scene: Scene) -> Iterator[GrantRow]:
    old, people = scene.units["phu_tho_cu"], scene.staff["pt_p7"] + scene.staff["pt_p9"] + scene.staff["kv2"]
    yield _honour(scene.units["vu16"], "co_thi_dua_chinh_phu", "merit", 2019, date(2020, 1, 10), "Thủ tướng Chính phủ")
    yield _honour(old, "co_thi_dua_chinh_phu", "merit", 2024, HALF_2025, "Thủ tướng Chính phủ")
    for unit in _districts(old)[:3]:
        yield _honour(unit, "co_thi_dua_nganh", "merit", 2024, HALF_2025, HEAD)
    yield _honour(people[0], "huan_chuong_lao_dong_hang_nhi", "merit", 2024, HALF_2025, "Chủ tịch nước")
    yield _honour(people[1], "chien_si_thi_dua_nganh", "merit", 2024, HALF_2025, HEAD)
    for unit in _districts(old)[3:9]:
        yield _honour(unit, "bang_khen_vien_truong", "thematic", 2024, HALF_2025, HEAD)
    for person in people[2:16]:
        yield _honour(person, "bang_khen_vien_truong", "thematic", 2024, HALF_2025, HEAD)
    for person in people[16:21]:
        yield _honour(person, "bang_khen_vien_truong", "merit", 2024, HALF_2025, HEAD)


def _honour(subject: Person | Unit, award: str, kind: str, year: int, day: date, decider: str) -> GrantRow:
    return GrantRow(
        subject=subject,
        award=award,
        type=kind,
        year=year,
        decided_on=day,
        decider=decider,
        provenance=Provenance.DECLARED,
    )


def _districts(province: Unit) -> list[Unit]:
    return list(Unit.objects.filter(parent_links__parent=province, kind="huyen").order_by("sort_key", "pk"))


def _served(person: Person, year: int) -> bool:
    return person.joined_on is not None and person.joined_on.year < year
