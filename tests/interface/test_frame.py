"""The frame: navigation by role, the role under the name, the bell, demo ribbon, help and staying signed in."""

import re

import pytest

from accounts.roles import ROLES
from core.context import FRAME_PAGES, MENUS
from core.models import Notification
from tests.factories.units import make_role


@pytest.fixture
def page(as_user):
    """The gallery as somebody sees it."""

    def read(user) -> str:
        response = as_user(user).get("/thanh-phan/")
        assert response.status_code == 200
        return response.content.decode()

    return read


def _menu(html: str) -> list[str]:
    nav = html[html.index('<nav class="side"') : html.index("</nav>")]
    return re.findall(r'aria-hidden="true"></i>([^<]+)', nav)


def test_every_role_but_the_system_has_a_menu() -> None:
    assert set(MENUS) == set(ROLES) - {"system"}


def test_every_menu_begins_at_home() -> None:
    assert {menu[0].items[0].page for menu in MENUS.values()} == {"reports:home"}


def test_a_page_without_sign_in_leads_to_the_sign_in_page(client, db) -> None:
    assert client.get("/thanh-phan/").headers["Location"] == "/accounts/login/?next=/thanh-phan/"


def test_what_is_sent_after_the_session_ended_leads_back_to_the_page_it_stood_on(client, db) -> None:
    places = {
        "http://testserver/so-quyet-dinh/?trang=2": "/so-quyet-dinh/%3Ftrang%3D2",
        "https://la.example/x": "/",
        "": "/",
    }
    for stood, back in places.items():
        answer = client.post("/thanh-phan/", headers={"referer": stood})
        assert answer.headers["Location"] == f"/accounts/login/?next={back}"


def test_who_sent_something_after_the_session_ended_is_told_that_it_is_not_saved(as_user, hung, settings) -> None:
    client = as_user(hung)
    client.get("/")
    settings.SESSION_IDLE_SECONDS = -1
    told = client.post("/thanh-phan/", follow=True).content.decode()
    assert "nội dung vừa gửi chưa lưu" in told


def test_the_role_stands_under_the_name(page, hung, region) -> None:
    make_role(hung, "unit_head", region)
    assert "<b>Lê Mạnh Hùng</b>Thủ trưởng đơn vị" in page(hung)


def test_a_user_without_a_role_is_told_so(page, make_user) -> None:
    assert "Chưa được phân vai trò" in page(make_user("moi"))


def test_items_without_the_right_are_absent(page, hung, quang, region, root) -> None:
    make_role(hung, "unit_head", region)
    make_role(quang, "signer", root)
    assert "Cây đơn vị" in _menu(page(hung))
    assert "Nhật ký" not in _menu(page(quang))
    assert "Thẩm định" not in _menu(page(quang))


def test_pages_that_do_not_exist_are_absent(page, hung, region, settings) -> None:
    make_role(hung, "unit_head", region)
    settings.ROOT_URLCONF = "tests.interface.few_urls"
    assert _menu(page(hung)) == ["Tìm kiếm", "Hồ sơ đề nghị", "Phím tắt"]


def test_a_counter_stands_beside_its_item(page, hung, region, settings) -> None:
    make_role(hung, "unit_head", region)
    settings.ROOT_URLCONF = "tests.interface.few_urls"
    settings.NAV_COUNTERS = {"submissions": "tests.interface.few_urls.twenty_one"}
    assert '<span class="c">21<span class="visually-hidden"> việc chờ</span></span>' in page(hung)


def test_the_open_page_is_marked_once(as_user, hung, region) -> None:
    make_role(hung, "unit_head", region)
    html = as_user(hung).get("/don-vi/").content.decode()
    assert html.count('aria-current="page"') == 1
    assert re.search(r'href="/don-vi/" aria-current="page"', html)


def test_one_of_two_roles_is_chosen_at_the_avatar(as_user, lan, region, root) -> None:
    make_role(lan, "unit_clerk", region)
    make_role(lan, "office", root)
    browser = as_user(lan)
    assert "Chuyên viên thường trực" in browser.get("/thanh-phan/").content.decode()
    assert browser.post("/vai-tro-dang-dung/", {"role": "unit_clerk"}).headers["Location"] == "/"
    assert "</b>Cán bộ TĐKT của đơn vị</span>" in browser.get("/thanh-phan/").content.decode()


def test_nobody_works_as_a_role_he_does_not_have(as_user, lan, region) -> None:
    make_role(lan, "unit_clerk", region)
    browser = as_user(lan)
    browser.post("/vai-tro-dang-dung/", {"role": "admin"})
    assert "</b>Cán bộ TĐKT của đơn vị</span>" in browser.get("/thanh-phan/").content.decode()


def test_the_bell_counts_lines_not_read(page, hung, now) -> None:
    Notification.objects.create(user=hung, at=now, kind="x", text="Hồ sơ bị trả lại", key="1")
    Notification.objects.create(user=hung, at=now, kind="x", text="Đã ký", key="2", read_at=now)
    assert 'aria-label="Thông báo, 1 chưa đọc"' in page(hung)


def test_the_demonstration_says_so_on_every_page(page, client, hung, settings) -> None:
    settings.DEMO = True
    assert "Dữ liệu mẫu" in page(hung)
    assert "Dữ liệu mẫu" in client.get("/accounts/login/").content.decode()
    settings.DEMO = False
    assert "Dữ liệu mẫu" not in page(hung)
    assert "Dữ liệu mẫu" not in client.get("/accounts/login/").content.decode()


def test_a_page_has_one_heading_a_skip_link_and_its_landmarks(page, hung) -> None:
    html = page(hung)
    assert len(re.findall(r"<h1\b", html)) == 1
    assert '<a class="skip" href="#noidung">' in html
    assert html.count("<main ") == 1
    assert '<html lang="vi"' in html
    assert 'role="status" aria-live="polite"' in html


def test_no_id_is_given_twice_on_a_page(page, hung) -> None:
    ids = re.findall(r'\sid="([^"]+)"', page(hung))
    assert sorted(ids) == sorted(set(ids))


def test_staying_signed_in_gives_the_token_of_the_session(as_user, hung) -> None:
    response = as_user(hung).get("/phien/")
    assert len(response.json()["csrf"]) == 64
    assert "no-store" in response.headers["Cache-Control"]


def test_htmx_without_a_session_is_told_to_sign_in(client, db) -> None:
    assert client.get("/phien/", headers={"HX-Request": "true"}).status_code == 401


def test_the_help_page_lists_the_shortcuts(as_user, hung) -> None:
    html = as_user(hung).get("/tro-giup/").content.decode()
    assert "<kbd>Alt</kbd> <kbd>I</kbd>" in html


def test_single_keys_can_be_switched_off(page, hung) -> None:
    assert 'data-single-keys="1"' in page(hung)
    hung.single_keys = False
    hung.save()
    assert 'data-single-keys="0"' in page(hung)


def test_the_frame_asks_the_database_a_fixed_number_of_times(
    as_user, lan, region, root, settings, django_assert_max_num_queries
) -> None:
    settings.NAV_COUNTERS = {"unread": "core.selectors.unread_count"}
    make_role(lan, "unit_clerk", region)
    make_role(lan, "office", root)
    browser = as_user(lan)
    browser.get("/tro-giup/")
    with django_assert_max_num_queries(8):
        browser.get("/tro-giup/")


def test_the_policy_lets_no_code_be_evaluated(as_user, hung) -> None:
    policy = as_user(hung).get("/thanh-phan/").headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "script-src 'self'" in policy


def test_frame_pages_are_named_once() -> None:
    assert len(set(FRAME_PAGES.values())) == len(FRAME_PAGES)
