"""Honours in the proportions that the law allows and practice shows, with the initiatives they rest on."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from history.models import Grant, Initiative, InitiativeAuthor, Provenance
from history.states import InitiativeState
from kiemsat_thidua.load.staff import Member
from kiemsat_thidua.load.years import Year
from units.models import Unit, YearlyRating

#: At most this many in a hundred of a unit's Lao động tiên tiến become Chiến sĩ thi đua cơ sở.
CAP = 15
RUN = 3
ASKED, CHOSEN, PRAISED = 0.98, 0.4, 0.03
#: Of the units that did excellently in a year.
EXCELLENT_COLLECTIVE, SECTOR_FLAG, GOVERNMENT_FLAG, PRAISED_UNIT = 0.6, 0.15, 0.03, 0.1
MAIN_SHARE = 70
HEAD = "Viện trưởng Viện kiểm sát nhân dân tối cao"
GOVERNMENT = "Thủ tướng Chính phủ"


@dataclass
class Honours:
    """What one unit's staff received; `based` names the initiatives a grant rests on."""

    grants: list[Grant] = field(default_factory=list)
    initiatives: list[Initiative] = field(default_factory=list)
    credits: list[InitiativeAuthor] = field(default_factory=list)
    based: list[tuple[Grant, Initiative]] = field(default_factory=list)


def honour(staff: Sequence[Member], years: Sequence[Year], draw: random.Random) -> Honours:
    """The honours of the years, oldest first.

    The best of a unit stay the best for years: titles come in runs, as they do.
    """
    won = Honours()
    for year in years:
        titled = [member for member in year.advanced(staff) if draw.random() < ASKED]
        won.grants += [_title(member, "lao_dong_tien_tien", year.number) for member in titled]
        fighters = titled[: len(titled) * CAP // 100]
        for member in staff:
            member.run = member.run + 1 if member in fighters else 0
        for member in fighters:
            _fighter(member, titled, year.number, won, draw)
        praised = (member for member in titled if draw.random() < PRAISED)
        won.grants += [_title(member, "bang_khen_vien_truong", year.number, HEAD) for member in praised]
    return won


def _fighter(member: Member, titled: Sequence[Member], year: int, won: Honours, draw: random.Random) -> None:
    """A title at the base with its initiative; some reach the sector's after three in a row."""
    chosen = member.run >= RUN and draw.random() < CHOSEN
    initiative = _initiative(member, year, "sector" if chosen else "base")
    won.initiatives.append(initiative)
    second = draw.choice(titled)
    shares = [(member, 100)] if second is member else [(member, MAIN_SHARE), (second, 100 - MAIN_SHARE)]
    won.credits += [
        InitiativeAuthor(initiative=initiative, person=author.person, share=share, order=order)
        for order, (author, share) in enumerate(shares, 1)
    ]
    base = _title(member, "chien_si_thi_dua_co_so", year)
    won.grants.append(base)
    won.based.append((base, initiative))
    if chosen:
        higher = _title(member, "chien_si_thi_dua_nganh", year, HEAD)
        won.grants.append(higher)
        won.based.append((higher, initiative))
        member.run = 0


def _initiative(member: Member, year: int, level: str) -> Initiative:
    number = f"{year}-{member.person.code}"
    initiative = Initiative(
        code=f"SK-{number}", title=f"Giải pháp nâng cao chất lượng công tác kiểm sát, số {number}", year=year,
        level=level, unit=member.unit_on(date(year, 11, 1)), state=InitiativeState.RECOGNISED,
        recognised_on=date(year, 10, 20), decision=f"{year % 100}/QĐ-SK-TAI",
    )  # fmt: skip
    initiative.fill_keys()
    return initiative


def _title(member: Member, award: str, year: int, decider: str = "") -> Grant:
    unit = member.unit_on(date(year, 11, 30))
    name = unit.name if unit else ""
    return Grant(
        person=member.person, award=award, type="merit", year=year, decided_on=date(year, 12, 15),
        decision_number=f"{year % 100}/QĐ-KT-TAI", decider=decider or f"Thủ trưởng {name}"[:160],
        name_printed=member.person.full_name, post_printed=member.title, unit_printed=name,
        provenance=Provenance.DECLARED, achievement_from=date(year - 1, 12, 1), achievement_to=date(year, 11, 30),
    )  # fmt: skip


def honour_units(ratings: Sequence[YearlyRating], draw: random.Random) -> Iterator[Grant]:
    """Titles, flags and certificates of units, by how the year was classified."""
    for rating in ratings:
        unit = rating.unit
        if unit is None or rating.rating not in {"excellent", "good"}:
            continue
        yield _collective(unit, "tap_the_lao_dong_tien_tien", rating.year, f"Thủ trưởng {unit.name}"[:160])
        if rating.rating == "excellent" and draw.random() < EXCELLENT_COLLECTIVE:
            yield _collective(unit, "tap_the_lao_dong_xuat_sac", rating.year, HEAD)
            if draw.random() < SECTOR_FLAG:
                yield _collective(unit, "co_thi_dua_nganh", rating.year, HEAD)
            elif draw.random() < GOVERNMENT_FLAG:
                yield _collective(unit, "co_thi_dua_chinh_phu", rating.year, GOVERNMENT)
            elif draw.random() < PRAISED_UNIT:
                yield _collective(unit, "bang_khen_vien_truong", rating.year, HEAD)


def _collective(unit: Unit, award: str, year: int, decider: str) -> Grant:
    return Grant(
        unit=unit, award=award, type="merit", year=year, decided_on=date(year, 12, 15), decider=decider,
        decision_number=f"{year % 100}/QĐ-KT-TAI", name_printed=unit.name, unit_printed=unit.name,
        provenance=Provenance.DECLARED, achievement_from=date(year - 1, 12, 1), achievement_to=date(year, 11, 30),
    )  # fmt: skip
