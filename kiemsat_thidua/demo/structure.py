"""Units of the demonstration: the published structure, and invented sections below a few of its units."""

from datetime import date

from kiemsat_thidua.demo.scene import Scene
from units.importers import load_units
from units.models import Unit, UnitKind, UnitLink
from units.services import structure

BASIS = "Dữ liệu mẫu"
BEFORE, AFTER = date(2015, 6, 1), date(2025, 7, 1)
OFFICE_MOVED = date(2025, 2, 7)
#: Key of the stage -> code in the published structure.
KNOWN = {
    "toi_cao": "TC", "van_phong": "TC.VP", "vu16": "TC.V16.2015", "vu2": "TC.V2.2025", "vu2_cu": "TC.V2.2015",
    "phu_tho": "TINH.PHU-THO.34", "phu_tho_cu": "TINH.PHU-THO.63", "kv1": "KV.PHU-THO.01", "kv2": "KV.PHU-THO.02",
}  # fmt: skip
#: Key, code, full name, short name, key of the superior, first day, last day.
SECTIONS = [
    (
        "v16_p1",
        "MAU.V16.P1",
        "Phòng Tham mưu tổng hợp, Vụ Thi đua - Khen thưởng",
        "Phòng 1, Tham mưu tổng hợp",
        "vu16",
        BEFORE,
        None,
    ),
    ("v16_p2", "MAU.V16.P2", "Phòng Thi đua, Vụ Thi đua - Khen thưởng", "Phòng 2, Thi đua", "vu16", BEFORE, None),
    (
        "v16_p3",
        "MAU.V16.P3",
        "Phòng Khen thưởng, Vụ Thi đua - Khen thưởng",
        "Phòng 3, Khen thưởng",
        "vu16",
        BEFORE,
        None,
    ),
    (
        "tdkt",
        "MAU.VP.TDKT",
        "Phòng Thi đua - Khen thưởng, Văn phòng Viện kiểm sát nhân dân tối cao",
        "Phòng TĐKT",
        "van_phong",
        OFFICE_MOVED,
        None,
    ),
    ("pt_vp", "MAU.PT.VP", "Văn phòng Viện kiểm sát nhân dân tỉnh Phú Thọ", "Văn phòng", "phu_tho", AFTER, None),
    ("pt_p1", "MAU.PT.P1", "Phòng 1, Viện kiểm sát nhân dân tỉnh Phú Thọ", "Phòng 1", "phu_tho", AFTER, None),
    ("pt_p7", "MAU.PT.P7", "Phòng 7, Viện kiểm sát nhân dân tỉnh Phú Thọ", "Phòng 7", "phu_tho", AFTER, None),
    ("pt_p9", "MAU.PT.P9", "Phòng 9, Viện kiểm sát nhân dân tỉnh Phú Thọ", "Phòng 9", "phu_tho", AFTER, None),
]


def build(scene: Scene) -> None:
    """Load the structure, then open the sections; the sections of Vụ 16 end with it."""
    start = scene.at(date(2019, 1, 2))
    load_units(by=scene.system, at=start)
    for key, code in KNOWN.items():
        scene.units[key] = Unit.objects.get(code=code)
    Unit.objects.filter(code="TC").update(place="Hà Nội", issuing_code="VKSTC")
    Unit.objects.filter(code="TINH.PHU-THO.34").update(place="Phú Thọ", issuing_code="VKSPT")
    for key, code, name, short, superior, first, _ in SECTIONS:
        scene.units[key] = structure.open_unit(
            code=code, name=name, short_name=short, kind=UnitKind.SECTION, parent=scene.units[superior],
            valid_from=first, basis=BASIS, by=scene.system, at=scene.at(max(first, date(2019, 1, 2))),
        )  # fmt: skip
    _end_with_vu16(scene)
    for unit in scene.units.values():
        unit.refresh_from_db()


def _end_with_vu16(scene: Scene) -> None:
    """The three sections become the section of the Văn phòng on the day Vụ 16 becomes part of it."""
    old = [scene.units[key] for key in ("v16_p1", "v16_p2", "v16_p3")]
    structure.merge(
        units=old, into=scene.units["tdkt"], day=OFFICE_MOVED, basis=BASIS, by=scene.system, at=scene.at(OFFICE_MOVED)
    )
    UnitLink.objects.filter(child__in=old, valid_to=None).update(valid_to=date(2025, 2, 6))
