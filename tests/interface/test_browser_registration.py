"""The registration grid in a real browser: worked from the keyboard, saved by itself, undone, pasted, disputed."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from campaigns.models import Registration, RegistrationLine
from tests.factories.campaigns import CSTDCS, LDTT, make_campaign, make_line, make_registration
from tests.factories.units import make_person
from units.models import Person

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]

BOTH = pytest.mark.parametrize("width", ["desktop", "phone"])
NAMES = ("Nguyễn Thị An", "Trần Văn Bình", "Lê Thu Cúc", "Phạm Đức Dũng")


@pytest.fixture
def sheet(root, region) -> Registration:
    """A draft of the regional office in a campaign that is open today, with four people."""
    today = timezone.localdate()
    campaign = make_campaign(
        root,
        year=today.year + 1,
        starts_on=today,
        ends_on=today + timedelta(days=365),
        registration_opens_on=today - timedelta(days=10),
        registration_closes_on=today + timedelta(days=30),
        nomination_closes_on=today + timedelta(days=380),
    )
    for name in NAMES:
        make_person(region, full_name=name, rank="Kiểm sát viên")
    return make_registration(campaign, region)


@pytest.fixture
def grid(open_page, lan, sheet) -> Page:
    return open_page(address(sheet), user=lan)


def address(sheet: Registration, name: str = "registration") -> str:
    return reverse(f"campaigns:{name}", args=[sheet.pk])


def cell(page: Page, name: str, award: str = LDTT) -> Locator:
    person = Person.objects.get(full_name=name)
    return page.locator(f'td.cell[data-cell="p{person.pk}:{award}"]')


def stored(sheet: Registration) -> set[tuple[str, str]]:
    rows = RegistrationLine.objects.filter(registration=sheet)
    return set(rows.values_list("person__full_name", "award"))


def version(page: Page, number: int) -> None:
    """Wait until the server has answered with this version."""
    expect(page.locator('#luoi input[name="version"]')).to_have_value(str(number))


def paste(page: Page, text: str) -> None:
    page.evaluate(
        """text => {
            const data = new DataTransfer();
            data.setData("text/plain", text);
            const event = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
            document.activeElement.dispatchEvent(event);
        }""",
        text,
    )


def test_a_cell_is_ticked_from_the_keyboard_and_saved_by_itself(grid, sheet) -> None:
    cell(grid, NAMES[0]).focus()
    grid.keyboard.press("ArrowDown")
    expect(cell(grid, NAMES[1])).to_be_focused()
    grid.keyboard.press("ArrowRight")
    grid.keyboard.press("Space")
    version(grid, 2)
    expect(cell(grid, NAMES[1], CSTDCS)).to_be_focused()
    expect(cell(grid, NAMES[1])).to_have_attribute("aria-label", f"{NAMES[1]}, Lao động tiên tiến: có đăng ký")
    expect(grid.locator("#da-luu")).to_contain_text("Đã lưu lúc")
    assert stored(sheet) == {(NAMES[1], LDTT), (NAMES[1], CSTDCS)}


def test_the_meters_follow_and_are_read_out(grid, sheet) -> None:
    cell(grid, NAMES[0]).click()
    version(grid, 2)
    expect(grid.locator("#chi-tieu-lao_dong_tien_tien")).to_contain_text("25 %")
    expect(grid.locator("#live")).to_contain_text("Lao động tiên tiến")


def test_taking_away_the_base_title_asks_about_the_higher_one(grid, sheet) -> None:
    cell(grid, NAMES[0], CSTDCS).click()
    version(grid, 2)
    cell(grid, NAMES[0]).focus()
    grid.keyboard.press("x")
    question = grid.get_by_role("dialog", name="Bỏ cả danh hiệu cao hơn")
    expect(question).to_be_visible()
    question.get_by_role("button", name="Bỏ tất cả").click()
    version(grid, 3)
    assert stored(sheet) == set()


def test_undo_takes_back_one_act_at_a_time(grid, sheet) -> None:
    cell(grid, NAMES[0]).click()
    version(grid, 2)
    grid.get_by_role("button", name="Đăng ký LĐTT cho tất cả").click()
    version(grid, 3)
    assert len(stored(sheet)) == len(NAMES)
    grid.get_by_role("button", name="Hoàn tác").click()
    version(grid, 4)
    assert stored(sheet) == {(NAMES[0], LDTT)}


def test_a_block_is_chosen_with_shift_and_cleared(grid, sheet) -> None:
    cell(grid, NAMES[0]).focus()
    for _ in range(2):
        grid.keyboard.press("Shift+ArrowDown")
    expect(grid.locator("[data-selected]")).to_have_text("3")
    grid.keyboard.press("Space")
    version(grid, 2)
    assert {name for name, _ in stored(sheet)} == set(NAMES[:3])
    grid.keyboard.press("Delete")
    version(grid, 3)
    assert stored(sheet) == set()


def test_a_block_from_excel_is_pasted_where_the_focus_stands(grid, sheet) -> None:
    cell(grid, NAMES[1]).focus()
    paste(grid, "x\t\r\n1\tcó\r\n")
    version(grid, 2)
    assert stored(sheet) == {(NAMES[1], LDTT), (NAMES[2], LDTT), (NAMES[2], CSTDCS)}


def test_lines_with_names_are_matched_and_shown_before_anything_changes(grid, sheet) -> None:
    cell(grid, NAMES[0]).focus()
    paste(grid, f"{NAMES[3].upper()}\tx\nNgười Không Có\tx")
    preview = grid.get_by_role("dialog", name="Dán theo tên")
    expect(preview).to_contain_text("Khớp 1, không khớp 1: Người Không Có")
    assert stored(sheet) == set()
    preview.get_by_role("button", name="Dán các dòng khớp").click()
    version(grid, 2)
    assert stored(sheet) == {(NAMES[3], LDTT)}


def test_of_two_browsers_the_second_is_asked_and_may_keep_its_own(open_page, lan, hung, sheet) -> None:
    first = open_page(address(sheet), user=lan)
    second = open_page(address(sheet), user=hung, may_fail=True)
    cell(first, NAMES[0]).click()
    version(first, 2)
    cell(second, NAMES[1]).click()
    dispute = second.get_by_role("dialog", name="Người khác vừa sửa")
    expect(dispute).to_contain_text("Trần Thị Lan đã đổi")
    assert stored(sheet) == {(NAMES[0], LDTT)}
    dispute.get_by_role("button", name="Giữ của tôi").click()
    expect(dispute).to_be_hidden()
    expect(cell(second, NAMES[1]).locator("input")).to_be_checked()
    assert stored(sheet) == {(NAMES[0], LDTT), (NAMES[1], LDTT)}


def test_what_could_not_be_sent_is_kept_and_sent_again(open_page, lan, sheet) -> None:
    page = open_page(address(sheet), user=lan, may_fail=True)
    page.context.set_offline(True)
    cell(page, NAMES[0]).click()
    expect(page.locator("#da-luu")).to_contain_text("Chưa lưu được 1 ô. Dữ liệu còn trên máy này")
    assert stored(sheet) == set()
    page.context.set_offline(False)
    version(page, 2)
    assert stored(sheet) == {(NAMES[0], LDTT)}


def test_an_explanation_opens_from_the_cell_and_gives_the_focus_back(open_page, lan, sheet) -> None:
    make_line(sheet, person=Person.objects.get(full_name=NAMES[0]))
    page = open_page(address(sheet), user=lan)
    cell(page, NAMES[0]).focus()
    page.keyboard.press("Alt+i")
    pop = page.locator("#giai-thich")
    expect(pop).to_be_visible()
    expect(pop).to_contain_text("Luật 06/2022/QH15")
    page.keyboard.press("Escape")
    expect(pop).to_be_hidden()
    expect(cell(page, NAMES[0])).to_be_focused()


def test_without_scripts_the_boxes_are_saved_by_their_button(open_page, lan, sheet) -> None:
    page = open_page(address(sheet), user=lan, scripts=False)
    cell(page, NAMES[2]).locator("input").check()
    page.get_by_role("button", name="Lưu các ô đã chọn").click()
    expect(page.get_by_text("Đã lưu bản đăng ký.")).to_be_visible()
    assert stored(sheet) == {(NAMES[2], LDTT)}


@BOTH
def test_the_pages_have_no_accessibility_violation_and_no_sideways_scroll(
    open_page: Callable[..., Page], hung, sheet, width: str
) -> None:
    make_line(sheet, person=Person.objects.get(full_name=NAMES[0]))
    make_line(sheet, person=Person.objects.get(full_name=NAMES[1]), award=CSTDCS, answer="waiting")
    addresses = [
        address(sheet),
        address(sheet, "registration_check"),
        address(sheet, "registration_targets"),
        reverse("campaigns:registration_list"),
        reverse("campaigns:campaign_list"),
        reverse("campaigns:campaign", args=[sheet.campaign_id]),
    ]
    assert {path: faults(open_page(path, user=hung, width=width)) for path in addresses} == {
        path: [] for path in addresses
    }


@BOTH
def test_the_pages_of_a_person_and_of_a_sent_sheet_have_none_either(
    open_page: Callable[..., Page], lan, sheet, width: str
) -> None:
    Person.objects.filter(full_name=NAMES[0]).update(user=lan)
    past = make_campaign(sheet.campaign.unit, year=2026, kind="thematic")
    sent = make_registration(past, sheet.unit, state="sent")
    addresses = [reverse("campaigns:own"), address(sent), address(sent, "registration_receipt")]
    assert {path: faults(open_page(path, user=lan, width=width)) for path in addresses} == {
        path: [] for path in addresses
    }


def faults(page: Page) -> list[object]:
    """What axe finds, and by how much the page is too wide."""
    found = [
        (item["id"], [node["html"][:120] for node in item["nodes"]]) for item in Axe().run(page).response["violations"]
    ]
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    return [*found, wide] if wide else found
