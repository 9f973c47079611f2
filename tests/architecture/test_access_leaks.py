"""What others have must not show by other ways: counts and lists, search, keys put into forms, old sessions."""

import re
from itertools import product

import pytest
from django.urls import reverse

from accounts.roles import ROLES
from tests.architecture import access_rooms as rooms
from tests.architecture.access_asking import Asker, fingerprint
from tests.architecture.access_pages import PAGES
from tests.architecture.access_table import BELOW, FOREIGN, OWN, expected
from tests.architecture.access_world import World, hidden_from, token, undone
from tests.factories.units import make_unit

pytestmark = [pytest.mark.django_db, pytest.mark.only("postgresql")]
#: One of every menu; the journal is for those who read all of it.
READERS = ("office_lead", "unit_head", "council_chair", "council_secretary", "clerk", "signer", "admin", "person")
#: Accounts that belong nowhere yet are offered to every administrator.
LISTS = [
    page
    for page in PAGES
    if not page.kind and not page.args and "GET" in page.methods and page.name != "units:role_assign"
]
#: Tokens of forms, keys of drafts, the moment at which a sheet was made.
_NEW_EACH_TIME = re.compile(r"[A-Za-z0-9]{64}|[0-9a-f-]{36}|[0-9a-f]{32}|\d{4}-\d\d-\d\dT[\d:]{8}Z")


def _shown(asker: Asker) -> dict[tuple[str, str], str]:
    """Every list as each reader sees it, without what is new in each answer."""
    return {
        (who, page.name): _NEW_EACH_TIME.sub("", asker.ask(who, reverse(page.name)).text)
        for who, page in product(READERS, LISTS)
        if expected(page, ROLES[who], OWN) == 200
    }


def test_more_data_of_others_changes_no_list_no_count_and_no_first_page(world: World, asker: Asker):
    before = _shown(asker)
    assert len(before) > 60
    with undone():
        world.units["another"] = make_unit("QT.KHAC", name="Viện khác", kind="tinh", under=world.units["top"])
        rooms.furnish(world, "another", token)
        after = _shown(asker)
    for kind in [kind for kind, place in world.subjects if place == "another"]:
        del world.subjects[kind, "another"], world.addresses[kind, "another"]
    assert [key for key in before if before[key] != after[key]] == []


@pytest.mark.parametrize("who", READERS)
def test_search_finds_only_what_one_may_see(who: str, asker: Asker):
    found = asker.ask(who, reverse("reports:search"), data={"q": "zq"})
    assert hidden_from(ROLES[who]).findall(found.text) == []
    if who in {"office_lead", "unit_head"}:
        assert token(OWN, "people") in found.text
        assert token(BELOW, "people") in found.text


def _foreign_keys(world: World) -> list[tuple[str, str, dict[str, object]]]:
    """Who posts where what, with the keys of another unit's rows in it."""
    own, foreign = (
        {kind: row.pk for (kind, at), row in world.subjects.items() if at == place} for place in (OWN, FOREIGN)
    )
    unit, x = foreign["unit"], world.addresses
    award = {"award": "chien_si_thi_dua_nganh", "type": "merit"}
    day = {"held_at": "08:00 30/12/2026", "title": "Phiên", "place": "Hà Nội"}
    return [
        ("unit_clerk", reverse("campaigns:registration_open"), {"campaign": own["campaign"], "unit": unit}),
        ("unit_clerk", reverse("campaigns:registration_open"), {"campaign": foreign["campaign"], "unit": own["unit"]}),
        ("unit_clerk", reverse("campaigns:registration_cell", args=[own["registration"]]),
         {"version": "{registration}", "doi": f"p{foreign['person']}:lao_dong_tien_tien:1"}),
        ("unit_clerk", reverse("campaigns:registration", args=[own["registration"]]),
         {"version": "{registration}", "o": [f"p{key['person']}:lao_dong_tien_tien" for key in (own, foreign)]}),
        ("office", reverse("campaigns:campaign_new"),
         {"unit": unit, "title": "Phong trào", "kind": "annual", "year": 2027}),
        ("unit_clerk", reverse("awards:submission_new"), {"unit": unit, "campaign": own["campaign"], "level": "base"}),
        ("unit_clerk", reverse("awards:submission_new"),
         {"unit": own["unit"], "campaign": foreign["campaign"], "level": "base", "title": "Tờ trình"}),
        ("unit_clerk", reverse("awards:people_add", args=[own["draft"]]), {"people": [foreign["person"]], **award}),
        ("unit_clerk", reverse("awards:collectives_add", args=[own["draft"]]),
         {"units": [unit], "award": "co_thi_dua_nganh", "type": "merit"}),
        *(("office", reverse("awards:review_bulk"), {"viec": what, "dong": [foreign["line"]], "xac-nhan": "1"})
          for what in ("tiep-nhan", "dat", "tra-lai", "chuyen", "len-cap-tren", "lay-y-kien")),
        *(("unit_head", reverse("awards:discovery_act"),
           {"viec": what, "dong": [foreign["suggestion"]], "xac-nhan": "1", "reason": "Lý do", "until": "30/12/2030"})
          for what in ("lap-ho-so", "hoan", "khong", "xem-lai")),
        ("unit_head", reverse("awards:discovery_act"), {"mot": f"khong:{foreign['suggestion']}"}),
        ("office", reverse("awards:notice_new"),
         {"dong": [foreign["line"]], "unit": own["unit"], "title": "Lấy ý kiến"}),
        ("office", reverse("awards:notice_new"), {"dong": [own["line"]], "unit": unit, "title": "Lấy ý kiến"}),
        ("council_secretary", reverse("council:session_new"), {"council": x["charter", FOREIGN]["pk"], **day}),
        ("council_secretary", reverse("council:agenda_add", args=[own["session draft"]]),
         {"version": "{session draft}", "ho-so": [foreign["line"]]}),
        ("council_secretary", reverse("council:recusal_add", args=[own["session draft"]]),
         {"item": x["item draft", FOREIGN]["item"], "seat": 1, "reason": "Lý do"}),
        ("office_lead", reverse("council:council_new"), {"unit": unit, "name": "Hội đồng", "valid_from": "01/01/2026"}),
        ("clerk", reverse("decisions:certificate_mark"), {"viec": "print", "bang": [foreign["certificate"]]}),
        ("admin", reverse("units:role_assign"),
         {"user": world.users["without role"].pk, "role": "unit_head", "unit": unit, "valid_from": "01/01/2026"}),
    ]  # fmt: skip


def test_keys_of_others_in_forms_do_nothing_and_tell_nothing(world: World, asker: Asker):
    wrong, before = [], fingerprint()
    for who, address, data in _foreign_keys(world):
        sent = {key: _filled(world, value) for key, value in data.items()}
        with undone():
            answer = asker.follow(who, address, sent)
        told = hidden_from(ROLES[who]).findall(answer.everything())
        if answer.written or told:
            wrong.append(f"{who} {address} {sent}: {answer} tells {set(told)}")
    assert not wrong, "\n".join(wrong)
    assert fingerprint() == before


def _filled(world: World, value: object) -> object:
    if isinstance(value, str) and value.startswith("{"):
        return world.subjects[value.strip("{}"), OWN].version
    return value
