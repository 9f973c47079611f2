"""Who works on lines in these tests: the province's office, and a line that lies with it."""

import pytest

from tests.factories import awards as make
from tests.factories.units import make_person


@pytest.fixture
def thu(make_user, assign, province):
    """Chuyên viên thường trực of the province: the first reviewer of what the region sends."""
    return assign(make_user("thu", "Nguyễn Thị Thu"), "office", province)


@pytest.fixture
def thanh(make_user, assign, province):
    """A second one there."""
    return assign(make_user("thanh", "Trần Văn Thành"), "office", province)


@pytest.fixture
def province_lead(make_user, assign, province):
    """Lãnh đạo thường trực of the province."""
    return assign(make_user("phu", "Lê Văn Phú"), "office_lead", province)


@pytest.fixture
def sent(root, region, hung, lan):
    """What the region sent: drafted by Lan, sent by Hùng, with a report for all."""
    submission = make.make_submission(region, campaign=make.make_intake(root), created_by=lan, sent_by=hung)
    make.make_file(submission)
    return submission


@pytest.fixture
def line(sent, region, province):
    """A line that waits to be taken up by the province."""
    return make.make_nomination(sent, state="submitted", held_by=province, person=make_person(region))


@pytest.fixture
def reviewed(sent, region, province, thu):
    """A line that Thu is reviewing."""
    return make.make_nomination(sent, state="reviewing", held_by=province, person=make_person(region), reviewed_by=thu)
