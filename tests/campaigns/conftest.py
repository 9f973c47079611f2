"""A campaign of the whole sector, a regional office with people, and its draft."""

import pytest

from tests.factories.campaigns import make_campaign, make_registration
from tests.factories.units import make_person, make_unit


@pytest.fixture
def campaign(root, minh):
    return make_campaign(root, created_by=minh)


@pytest.fixture
def people(region):
    """Three people of the regional office: its head, a procurator and a section's specialist."""
    section = make_unit("T.KV.A.1.P1", name="Phòng 1", short_name="Phòng 1", kind="phong", under=region)
    return [
        make_person(region, full_name="Lê Mạnh Hùng", post="Viện trưởng", is_head=True),
        make_person(region, full_name="Trần Thị Lan", rank="Kiểm sát viên"),
        make_person(section, full_name="Đỗ Văn An", rank="Chuyên viên"),
    ]


@pytest.fixture
def registration(campaign, region):
    return make_registration(campaign, region)
