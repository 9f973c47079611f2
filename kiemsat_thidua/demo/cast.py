"""About 400 invented people, their postings before and after 2025, and who signs in as what."""

from datetime import date

from django.contrib.auth.hashers import make_password

from accounts.models import User
from kiemsat_thidua.demo import names
from kiemsat_thidua.demo.accounts import ACCOUNTS, PASSWORD
from kiemsat_thidua.demo.scene import Scene
from units.models import Person
from units.services import people, roles

SEED = 2020
START = date(2019, 1, 2)
#: Where people work: key, number of staff, posts of the first ones (the first is the head), where before 2025.
PLACES = [
    ("vu16", 4, ["Vụ trưởng", "Phó Vụ trưởng", "Phó Vụ trưởng", "Phó Vụ trưởng"], ""),
    ("v16_p1", 12, ["Trưởng phòng", "Phó Trưởng phòng"], ""),
    ("v16_p2", 11, ["Trưởng phòng", "Phó Trưởng phòng"], ""),
    ("v16_p3", 11, ["Trưởng phòng", "Phó Trưởng phòng"], ""),
    ("vu2", 36, ["Vụ trưởng", "Phó Vụ trưởng", "Phó Vụ trưởng"], "vu2_cu"),
    ("phu_tho", 6, ["Viện trưởng", "Phó Viện trưởng", "Phó Viện trưởng", "Phó Viện trưởng"], "phu_tho_cu"),
    ("pt_vp", 30, ["Chánh Văn phòng", "Phó Chánh Văn phòng"], "phu_tho_cu"),
    ("pt_p1", 36, ["Trưởng phòng", "Phó Trưởng phòng", "Phó Trưởng phòng"], "phu_tho_cu"),
    ("pt_p7", 30, ["Trưởng phòng", "Phó Trưởng phòng"], "phu_tho_cu"),
    ("pt_p9", 26, ["Trưởng phòng", "Phó Trưởng phòng"], "phu_tho_cu"),
    ("kv1", 96, ["Viện trưởng", "Phó Viện trưởng", "Phó Viện trưởng"], "phu_tho_cu"),
    ("kv2", 92, ["Viện trưởng", "Phó Viện trưởng", "Phó Viện trưởng"], "phu_tho_cu"),
    ("toi_cao", 6, ["Viện trưởng", "Phó Viện trưởng", "Phó Viện trưởng"], ""),
]  # fmt: skip
RANKS = ["Kiểm sát viên trung cấp", "Kiểm sát viên sơ cấp", "Kiểm tra viên", "Chuyên viên chính", "Chuyên viên"]
#: User name -> place and index of the person behind it, and the roles with the unit they are held on.
SIGNED_IN: dict[str, tuple[str, int, list[tuple[str, str]]]] = {
    "thutruong": ("phu_tho", 0, [("unit_head", "phu_tho")]),
    "canbo": ("pt_vp", 2, [("unit_clerk", "phu_tho")]),
    "canhan": ("pt_p1", 3, []),
    "thuongtruc": ("v16_p2", 2, [("office", "toi_cao")]),
    "truongphong": ("v16_p1", 0, [("office_lead", "toi_cao")]),
    "thuky": ("v16_p1", 1, []),
    "vanthu": ("v16_p3", 4, [("clerk", "toi_cao")]),
    "nguoiky": ("toi_cao", 1, [("signer", "toi_cao")]),
    "quantri": ("v16_p1", 5, [("admin", "toi_cao"), ("auditor", "toi_cao")]),
    **{f"uyvien{number}": (key, index, []) for number, (key, index) in enumerate(
        [("toi_cao", 2), ("vu16", 0), ("vu16", 1), ("vu2", 0), ("vu2", 1), ("toi_cao", 3), ("toi_cao", 4),
         ("toi_cao", 5), ("vu16", 2)], 1)},
}  # fmt: skip


def roster() -> dict[str, list[names.Someone]]:
    """Who works where, in the order of posts; the same people every time."""
    everybody = names.people(SEED)
    veterans = (someone for someone in names.people(SEED + 1) if someone.joined_on < START)
    return {key: [next(everybody if earlier else veterans) for _ in range(size)] for key, size, _, earlier in PLACES}


def build(scene: Scene) -> None:
    """Register everybody, move them in 2025, make the accounts and assign the roles."""
    people_of, numbers = roster(), iter(range(1, 1000))
    for key, _, posts, earlier in PLACES:
        scene.staff[key] = [
            _register(scene, someone, next(numbers), key, earlier, posts[place] if place < len(posts) else "", place)
            for place, someone in enumerate(people_of[key])
        ]
    _move_vu16(scene)
    _accounts(scene)


def _register(
    scene: Scene, someone: names.Someone, number: int, key: str, earlier: str, post: str, place: int
) -> Person:
    first = max(START, someone.joined_on)
    rank = RANKS[min(place // 6, len(RANKS) - 1)] if not post.endswith("trưởng") or place else "Kiểm sát viên cao cấp"
    unit = scene.units[earlier or key]
    person = people.register(
        code=f"KS{number:05}",
        full_name=someone.full_name,
        sex=someone.sex,
        born_on=someone.born_on,
        joined_on=someone.joined_on,
        unit=unit,
        valid_from=first,
        post=post,
        rank=rank,
        is_head=bool(post) and place == 0,
        by=scene.system,
        at=scene.at(START),
    )
    if earlier:
        day = scene.units[key].valid_from or START
        people.appoint(
            person=person,
            unit=scene.units[key],
            valid_from=day,
            post=post,
            rank=rank,
            is_head=bool(post) and place == 0,
            basis="Dữ liệu mẫu",
            by=scene.system,
            at=scene.at(day),
        )
    return person


def _move_vu16(scene: Scene) -> None:
    """Vụ 16's people go to the section of the Văn phòng on 07/02/2025, some to the Văn phòng itself."""
    day = date(2025, 2, 7)
    staff = [person for key in ("vu16", "v16_p1", "v16_p2", "v16_p3") for person in scene.staff[key]]
    posts = {0: "Trưởng phòng", 1: "Phó Trưởng phòng", 2: "Phó Trưởng phòng"}
    section, office = scene.staff["v16_p1"] + scene.staff["v16_p2"], scene.units["van_phong"]
    for person in staff:
        place = section.index(person) if person in section else None
        people.appoint(
            person=person, unit=scene.units["tdkt"] if place is not None else office, valid_from=day,
            post=posts.get(place, "") if place is not None else "", rank=RANKS[2], is_head=place == 0,
            basis="Dữ liệu mẫu", by=scene.system, at=scene.at(day),
        )  # fmt: skip


def _accounts(scene: Scene) -> None:
    """One password for all; heads of the other units sign in too, so that their work is signed by them."""
    hashed = make_password(PASSWORD)
    others = {f"truong.{key}": (key, 0, [("unit_head", key)]) for key in ("vu2", "kv1", "kv2")}
    others["truong.vu16"] = ("vu16", 3, [("unit_head", "van_phong")])
    for username, (place, index, held) in {**SIGNED_IN, **others}.items():
        person = scene.staff[place][index]
        user = User(username=username, full_name=person.full_name, password=hashed, is_demo=True)
        user.save()
        people.link_user(person=person, user=user, by=scene.system, at=scene.at(START))
        scene.users[username] = user
        for role, unit in held:
            target = scene.units[unit]
            roles.assign(
                user=user, role=role, unit=target, valid_from=target.valid_from or START, reason="Dữ liệu mẫu",
                valid_to=target.valid_to, by=scene.system, at=scene.at(scene.today, 7),
            )  # fmt: skip
    if missing := ACCOUNTS.keys() - scene.users.keys():
        raise ValueError(missing)
