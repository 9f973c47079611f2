"""Public notice: as long as the law wants, closed after its last day, asked for before confirming."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from awards.models import Nomination, Notice
from awards.services import notices, reviews
from core.workflow import Refused
from tests.factories import awards as make

pytestmark = pytest.mark.django_db

# The week holds 24 November, a public holiday since 2026.
MONDAY = date(2026, 11, 23)
AFTER = datetime(2026, 12, 8, 3, 0, tzinfo=UTC)


@pytest.fixture
def heroes(sent, root):
    """Two lines for the national title, under review at the top."""
    return [make.make_nomination(sent, award=make.CSTDTQ, state="reviewing", held_by=root) for _ in range(2)]


def _publish(lines, root, minh, now, closes_on=date(2026, 12, 7)):
    return notices.publish(
        unit=root,
        title="Lấy ý kiến CSTĐ toàn quốc",
        place="Trang thông tin điện tử",
        opens_on=MONDAY,
        closes_on=closes_on,
        nominations=lines,
        by=minh,
        at=now,
    )


def test_without_a_notice_the_national_title_is_not_confirmed(heroes, minh, now):
    with pytest.raises(Refused, match="lấy ý kiến Nhân dân"):
        reviews.qualify(nomination=heroes[0], by=minh, at=now, expected_version=1, note="Đủ")


def test_a_notice_shorter_than_the_law_is_refused_with_the_first_possible_day(heroes, root, minh, now):
    with pytest.raises(Refused, match=r"cần 10 ngày làm việc, mới có 9.*07/12/2026"):
        _publish(heroes, root, minh, now, closes_on=date(2026, 12, 4))
    assert Notice.objects.count() == 0
    assert notices.earliest_end([make.CSTDTQ], MONDAY) == date(2026, 12, 7)


def test_a_notice_runs_ends_and_lets_the_lines_be_confirmed(heroes, root, minh, now):
    notice = _publish(heroes, root, minh, now)
    assert set(Nomination.objects.values_list("state", flat=True)) == {"noticed"}
    notices.close(
        notice=notice,
        remarks={heroes[0].pk: "Một ý kiến ủng hộ."},
        summary="Một ý kiến.",
        expected_version=1,
        by=minh,
        at=AFTER,
    )
    heroes[0].refresh_from_db()
    assert heroes[0].state == "reviewing"
    assert heroes[0].notices.get().remarks == "Một ý kiến ủng hộ."
    done = reviews.qualify(nomination=heroes[0], by=minh, at=AFTER, expected_version=heroes[0].version)
    assert done.state == "qualified"


def test_a_notice_is_not_ended_before_its_time_or_without_a_result(heroes, root, minh, now):
    notice = _publish(heroes, root, minh, now)
    with pytest.raises(Refused, match="còn đến hết ngày"):
        notices.close(notice=notice, remarks={}, summary="Không có", expected_version=1, by=minh, at=now)
    with pytest.raises(Refused, match=r"Không có ý kiến|không có ý kiến"):
        notices.close(notice=notice, remarks={}, summary=" ", expected_version=1, by=minh, at=AFTER)


def test_an_open_notice_is_read_by_everybody_and_a_closed_one_by_nobody(heroes, root, minh, now, client):
    today = timezone.localdate()
    notice = Notice.objects.create(
        unit=root, title="Danh sách", place="Trang tin", opens_on=today, closes_on=today, by=minh, at=now
    )
    notice.items.create(nomination=heroes[0])
    page = client.get(reverse("awards:open_notice", args=[notice.pk]))
    assert heroes[0].name_printed in page.content.decode()
    assert "Danh sách" in client.get(reverse("awards:open_notices")).content.decode()
    Notice.objects.update(closed_at=now, closed_by=minh)
    assert client.get(reverse("awards:open_notice", args=[notice.pk])).status_code == 404
