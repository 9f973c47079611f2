"""Opening, renaming, merging units."""

from datetime import UTC, date, datetime

import pytest

from core.journal import history_of
from core.workflow import Refused
from tests.factories.units import make_unit, make_user
from units.models import Unit, UnitEvent
from units.selectors import descendants, within
from units.services.structure import merge, open_unit, rename

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 21, 3, tzinfo=UTC)
DAY = date(2026, 1, 1)


@pytest.fixture
def by():
    return make_user()


@pytest.fixture
def top():
    return make_unit("TC", kind="toi_cao")


def codes(units):
    return set(units.values_list("code", flat=True))


def test_a_unit_is_opened_under_its_superior(by, top):
    open_unit(
        code="V17", name="Vụ 17", short_name="Vụ 17", kind="vu", parent=top, valid_from=DAY, basis="NQ 1", by=by, at=NOW
    )
    assert codes(descendants([top.pk], DAY)) == {"TC", "V17"}
    assert codes(descendants([top.pk], date(2025, 12, 31))) == {"TC"}


def test_a_code_in_use_or_a_superior_not_in_force_is_refused(by, top):
    facts = {
        "name": "Vụ 17",
        "short_name": "Vụ 17",
        "kind": "vu",
        "valid_from": DAY,
        "basis": "NQ 1",
        "by": by,
        "at": NOW,
    }
    with pytest.raises(Refused, match="đã dùng"):
        open_unit(code="TC", parent=top, **facts)
    with pytest.raises(Refused, match="không hoạt động"):
        open_unit(code="V17", parent=make_unit(valid_to=date(2025, 6, 30)), **facts)


def test_a_renamed_unit_ends_and_its_children_pass_to_the_new_one(by, top):
    old = make_unit("P", under=top)
    make_unit("P.1", kind="phong", under=old)
    new = rename(unit=old, code="P2", name="Tên mới", short_name="Tên mới", day=DAY, basis="NQ 2", by=by, at=NOW)
    old.refresh_from_db()
    assert old.valid_to == date(2025, 12, 31)
    assert codes(descendants([new.pk], DAY)) == {"P2", "P.1"}
    assert codes(descendants([old.pk], date(2025, 12, 31))) == {"P", "P.1"}
    assert codes(within([new.pk], DAY)) == {"P2", "P.1", "P"}
    assert UnitEvent.objects.get(predecessor=old).kind == "rename"
    assert history_of(old).get().note == "NQ 2"


def test_merged_units_end_and_the_successor_answers_for_them(by, top):
    a, b, into = make_unit("A", under=top), make_unit("B", under=top), make_unit("M", under=top)
    make_unit("A.1", kind="phong", under=a)
    merge(units=[a, b], into=into, day=DAY, basis="NQ 3", by=by, at=NOW)
    assert codes(within([into.pk], DAY)) == {"M", "A", "B", "A.1"}
    assert codes(descendants([top.pk], DAY)) == {"TC", "M", "A.1"}


def test_a_unit_ends_once(by, top):
    a, into = make_unit("A", under=top), make_unit("M", under=top)
    merge(units=[a], into=into, day=DAY, basis="NQ 3", by=by, at=NOW)
    with pytest.raises(Refused, match="đã chấm dứt"):
        merge(units=[a], into=into, day=date(2026, 2, 1), basis="NQ 3", by=by, at=NOW)


def test_no_unit_is_merged_into_itself_or_into_what_stands_below_it(by, top):
    a = make_unit("A", under=top)
    below = make_unit("A.1", under=a)
    for into in (a, below):
        with pytest.raises(Refused, match="không thể kế thừa"):
            merge(units=[a], into=into, day=DAY, basis="NQ 3", by=by, at=NOW)
    assert Unit.objects.filter(valid_to__isnull=False).count() == 0
