"""Who is one condition short this year goes into next year's registration."""

import pytest

from awards.services import foreseeing
from campaigns.models import Registration, RegistrationLine
from tests.factories.campaigns import make_campaign, make_registration
from tests.factories.history import make_discovery
from tests.factories.units import make_person, make_unit

pytestmark = pytest.mark.django_db
CSTDCS = "chien_si_thi_dua_co_so"


@pytest.fixture
def campaign(root):
    """The movement of 2027, receiving registrations."""
    return make_campaign(root)


@pytest.fixture
def row(campaign, region):
    return make_discovery(make_person(region), CSTDCS, outcome="one_missing")


def register(rows, by, at):
    return foreseeing.register(discoveries=rows, by=by, at=at)


def test_a_line_is_written_into_the_units_sheet_of_the_following_year(row, region, campaign, lan, now):
    found = register([row], lan, now)
    sheet = Registration.objects.get()
    assert (sheet.unit, sheet.campaign, found.sheets) == (region, campaign, [sheet])
    awards = set(RegistrationLine.objects.filter(person=row.person).values_list("award", flat=True))
    assert awards == {CSTDCS, "lao_dong_tien_tien"}
    assert foreseeing.registered([row]) == {row.pk}


def test_twice_is_once(row, lan, now):
    register([row], lan, now)
    register([row], lan, now)
    assert RegistrationLine.objects.filter(award=CSTDCS).count() == 1


def test_people_of_a_section_stand_in_the_sheet_of_its_superior(campaign, province, assign, make_user, now):
    clerk = assign(make_user("clerk"), "unit_clerk", province)
    section = make_unit(under=province, kind="phong")
    row = make_discovery(make_person(section), CSTDCS, outcome="one_missing")
    register([row], clerk, now)
    assert Registration.objects.get().unit == province


def test_a_sheet_once_sent_is_left_alone_and_says_so(row, region, campaign, lan, now):
    make_registration(campaign, region, state="sent")
    found = register([row], lan, now)
    assert "không sửa được" in found.refused[0][1]
    assert foreseeing.registered([row]) == set()


@pytest.mark.parametrize("who", ["nam", "minh"])
def test_whoever_does_not_draft_there_writes_nothing(row, request, who, now):
    found = register([row], request.getfixturevalue(who), now)
    assert len(found.refused) == 1
    assert not Registration.objects.exists()


def test_without_a_campaign_that_takes_the_award_it_is_refused(region, root, lan, now):
    make_campaign(root, awards=("lao_dong_tien_tien",))
    row = make_discovery(make_person(region), CSTDCS, outcome="one_missing")
    found = register([row], lan, now)
    assert "Chưa có phong trào năm 2027" in found.refused[0][1]
