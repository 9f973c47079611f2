"""The tabs of a decision's desk, and what it prints."""

import pytest
from django.urls import reverse

from tests.factories.council import NOW
from tests.factories.printing import make_room


@pytest.fixture
def page(as_user):
    """The answer to one address for one user, as text."""

    def get(user, name, *args):
        return as_user(user).get(reverse(f"decisions:{name}", args=args)).content.decode()

    return get


def test_the_desk_of_a_revocation_offers_nothing_to_print_on_certificates(desk, page):
    issued = desk.issued()
    draft = desk.revocation(issued)
    for decision in (draft, desk.sent_through(draft)):
        text = page(desk.clerk, "decision", decision.pk)
        assert "In lên phôi" not in text
        assert "Căn chỉnh in" not in text
    desk.session = desk.world.closed(lines=1)
    assert "In lên phôi" in page(desk.clerk, "decision", desk.signed().pk)


def test_a_revoked_decision_shows_its_files_and_is_not_rendered_or_printed_again(desk, page):
    issued = desk.issued()
    desk.sent_through(desk.revocation(issued))
    text = page(desk.clerk, "decision", issued.pk)
    assert "Khóa đến khi ký" not in text
    assert reverse("decisions:decision_render", args=[issued.pk]) not in text
    assert "4. In lên phôi" not in text


def test_the_desk_is_divided_by_tabs_and_only_who_prints_calibrates(desk, page):
    signed = desk.signed()
    for name in ("decision_lines", "decision_calibrate"):
        assert reverse(f"decisions:{name}", args=[signed.pk]) in page(desk.clerk, "decision", signed.pk)
    assert "Căn chỉnh in" not in page(desk.office, "decision", signed.pk)
    listed = page(desk.office, "decision_lines", signed.pk)
    assert all(line.name_printed in listed for line in signed.lines.all())


def test_a_printer_is_corrected_beside_the_decision_it_is_to_print(desk, as_user):
    room = make_room(desk.signed(), desk.clerk, NOW)
    client, address = as_user(desk.clerk), reverse("decisions:decision_calibrate", args=[room.decision.pk])
    page = client.get(address).content.decode()
    assert str(room.printer) in page
    assert "Nét liền: vị trí thiết kế" in page
    typed = {"right": "2,5", "down": "-1,5", "scale_x": "100", "scale_y": "100", "turn": "0"}
    refused = client.post(address, typed | {"right": "xa"})
    assert refused.status_code == 422
    assert "xa" in refused.content.decode()
    assert client.post(address, typed).headers["Location"] == f"{address}?may-in={room.printer.pk}"
    assert room.printer.profiles.get().correction.right == 2.5


def test_without_a_printer_the_tab_leads_to_adding_one(desk, as_user):
    signed = desk.signed()
    answer = as_user(desk.clerk).post(reverse("decisions:decision_calibrate", args=[signed.pk]))
    assert reverse("decisions:printer_new") in answer.content.decode()
