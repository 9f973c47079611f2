"""The main job, step by step, as the people who do it: each step signs in as one of them."""

import re
import subprocess
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from playwright.sync_api import Page, expect

from documents.services.render import render_pdf
from kiemsat_thidua.demo import cast, record
from kiemsat_thidua.demo.accounts import PASSWORD
from kiemsat_thidua.demo.dossiers import report_paper

TODAY = date.today()  # noqa: DTZ011 - the site and this test share a clock
TITLE = "Phong trào thi đua đi hết một vòng"
UNIT = "VKSND tỉnh Phú Thọ"
SESSION = "Phiên họp đi hết một vòng"
LETTER = "Đề nghị khen thưởng đi hết một vòng"
AWARDS = ("lao_dong_tien_tien", "chien_si_thi_dua_co_so", "chien_si_thi_dua_nganh", "tap_the_lao_dong_xuat_sac")
#: How long workers may take to render and sign, in milliseconds.
WORKERS_TAKE = 90_000
COUNCIL = [f"uyvien{number}" for number in range(1, 10)]


def day(offset: int) -> str:
    """A date as clerks type it."""
    return f"{TODAY + timedelta(days=offset):%d/%m/%Y}"


def nominee() -> str:
    """Someone of khu vực 2 with three years of CSTĐCS and a sector initiative in each."""
    people = cast.roster()
    staff = [(key, person.full_name) for key in record.PLACES for person in people[key]]
    fighters = staff[3 :: record.FIGHTERS]
    return next(name for place, (key, name) in enumerate(fighters) if key == "kv2" and place % 2)


class Road:
    """Carries what one step learns to the next."""

    def __init__(self, page_of: Callable[..., Page], folder: Path) -> None:
        self.page_of = page_of
        self.folder = folder
        self.nominee = nominee()
        self.decision = ""
        self.code = ""

    def launch(self) -> None:
        """A campaign with its directive."""
        page = self.page_of("truongphong")
        page.goto("/phong-trao/moi/")
        for label, value in {
            "Tên phong trào": TITLE, "Năm thi đua": str(TODAY.year), "Số, ký hiệu văn bản phát động": "99/CT-VKSTC",
            "Ngày văn bản": day(-3), "Tên văn bản": "Phát động phong trào đi hết một vòng",
            "Thi đua từ ngày": day(-300), "Đến hết ngày": day(60), "Nhận đăng ký từ ngày": day(-2),
            "Hạn gửi bản đăng ký": day(20), "Hạn trình hồ sơ đề nghị": day(50),
        }.items():  # fmt: skip
            page.get_by_label(label, exact=False).first.fill(value)
        for award in AWARDS:
            page.locator(f"input[name=awards][value={award}]").check()
        page.locator("main form button.btn-p").click()
        page.get_by_role("button", name="Phát động").click()
        expect(page.locator("main")).to_contain_text("Đang diễn ra")

    def register_oneself(self) -> None:
        """A person proposes a title and a commitment."""
        page = self.page_of("canhan")
        page.goto("/dang-ky/cua-toi/")
        if page.get_by_label("Phong trào", exact=True).count():
            page.get_by_label("Phong trào", exact=True).select_option(label=TITLE)
        expect(page.locator("main")).to_contain_text(TITLE)
        page.get_by_label("Chiến sĩ thi đua cơ sở").check()
        page.get_by_label("Nội dung cam kết").fill("Hoàn thành xuất sắc nhiệm vụ; có một sáng kiến trong năm.")
        page.get_by_role("button", name="Gửi đăng ký tới thủ trưởng").click()
        expect(page.locator("main")).to_contain_text("Chờ thủ trưởng xác nhận")

    def register_the_unit(self) -> None:
        """The head fills in the sheet, answers the person's own line, and sends."""
        page = self.page_of("thutruong")
        page.goto("/dang-ky/")
        page.locator("li", has_text=TITLE).get_by_role("link").first.click()
        page.get_by_role("button", name="Đăng ký LĐTT cho tất cả").click()
        expect(page.locator("#tu-dang-ky")).to_contain_text("Chờ xác nhận")
        page.locator("#tu-dang-ky").get_by_role("button", name="Xác nhận").first.click()
        expect(page.locator("#tu-dang-ky")).to_contain_text("Đã xác nhận")
        page.get_by_role("link", name="Kiểm tra và gửi").click()
        page.get_by_role("button", name="Gửi bản đăng ký").click()
        expect(page.locator("main")).to_contain_text("DK-")

    def accept(self) -> None:
        """The office accepts the sheet."""
        page = self.page_of("thuongtruc")
        page.goto("/dang-ky/")
        page.get_by_label("Phong trào", exact=True).select_option(label=TITLE)
        page.get_by_role("link", name=re.compile("Chờ duyệt")).click()
        page.locator("tr[data-row]", has_text=UNIT).get_by_role("link").first.click()
        page.get_by_role("button", name="Tiếp nhận").click()
        expect(page.locator("main")).to_contain_text("Đã tiếp nhận bản đăng ký")

    def propose(self) -> None:
        """The clerk writes a list with a person and a collective, and attaches the report."""
        page = self.page_of("canbo")
        page.goto("/ho-so/moi/")
        page.get_by_label("Phong trào", exact=True).select_option(label=TITLE)
        page.get_by_label("Cấp Ngành").check()
        page.get_by_label("Trích yếu").fill(LETTER)
        page.get_by_role("button", name="Lập bản nháp").click()
        self._add_person(page)
        self._add_collective(page)
        report = self.folder / "bao-cao.pdf"
        report.write_bytes(render_pdf(report_paper()))
        page.get_by_label("Loại tệp").select_option(label="Báo cáo thành tích")
        page.locator("input[type=file]").set_input_files(report)
        page.get_by_role("button", name="Tải tệp lên").click()
        expect(page.locator("main")).to_contain_text("bao-cao.pdf")

    def _add_person(self, page: Page) -> None:
        page.get_by_role("link", name="Thêm cá nhân").click()
        page.get_by_label("Họ và tên, số hiệu").fill(self.nominee)
        page.get_by_role("button", name="Tìm").click()
        row = page.locator("tr", has_text=self.nominee).filter(has_text="khu vực 2")
        row.get_by_role("checkbox").first.check()
        page.get_by_label("Danh hiệu, hình thức").select_option(value="chien_si_thi_dua_nganh")
        page.get_by_role("button", name="Thêm vào tờ trình").click()
        expect(page.locator("#bang-dong")).to_contain_text(self.nominee)

    def _add_collective(self, page: Page) -> None:
        page.get_by_role("link", name="Thêm tập thể").click()
        page.get_by_label(re.compile("khu vực 2")).first.check()
        page.get_by_label("Danh hiệu, hình thức").select_option(value="tap_the_lao_dong_xuat_sac")
        page.get_by_role("button", name="Thêm vào tờ trình").click()

    def submit(self) -> None:
        """The head checks and sends the list."""
        page = self.page_of("thutruong")
        page.goto("/ho-so/")
        page.get_by_role("link", name=LETTER).click()
        page.get_by_role("link", name="Kiểm tra và gửi").click()
        page.get_by_role("button", name="Gửi tờ trình").click()
        expect(page.locator("main")).to_contain_text("tiếp nhận")

    def review(self) -> None:
        """The office takes both lines up and confirms them, in words where the machine does not know."""
        for name in (self.nominee, "khu vực 2"):
            page = self.page_of("thuongtruc")
            page.goto("/tham-dinh/?muc=submitted")
            page.locator("tr[data-row]", has_text=name).get_by_role("link").first.click()
            page.get_by_role("button", name=re.compile("Tiếp nhận")).click()
            page.locator(".sticky").get_by_text(re.compile("Xác nhận đạt")).click()
            note = page.locator("main form textarea[name=note]")
            if note.count():
                note.fill("Đã đối chiếu hồ sơ gốc của đơn vị.")
                page.locator("main form button.btn-p").click()
            expect(page.locator("main")).to_contain_text("Đủ điều kiện")

    def compose(self) -> None:
        """The secretary puts the lines on the agenda, locks the list and opens the vote."""
        page = self.page_of("thuky")
        page.goto("/phien-hop/lap/")
        page.get_by_label("Tên phiên họp").fill(SESSION)
        page.get_by_label("Họp lúc").fill(f"08:30 {day(0)}")
        page.get_by_label("Địa điểm").fill("Phòng họp 2")
        page.locator("main form button.btn-p").click()
        page.get_by_role("link", name="Thêm hồ sơ đủ điều kiện").click()
        for name in (self.nominee, "khu vực 2"):
            page.locator("tr[data-row]", has_text=name).get_by_role("checkbox").first.check()
        page.get_by_role("button", name="Đưa vào danh sách").click()
        self._confirm(page, "Chốt danh sách")
        self._confirm(page, "Mở bỏ phiếu")
        expect(page.locator("main")).to_contain_text("Đang bỏ phiếu")

    def vote(self, username: str) -> str:
        """One member votes yes on everything; gives the receipt's code."""
        page = self.page_of(username)
        page.goto("/phieu/")
        page.locator("li, tr", has_text=SESSION).get_by_role("link").first.click()
        page.wait_for_load_state()  # a list taken from a page that is still coming would leave lines blank
        for choice in page.locator("form#phieu input[type=radio][value=yes]").all():
            choice.check(force=True)
        page.get_by_role("button", name="Xem lại và gửi phiếu").first.click()
        form = page.locator("dialog[open], section.review").first
        form.locator("input[name=password]").fill(PASSWORD)
        form.locator("input[name=understood]").check()
        form.get_by_role("button", name="Gửi phiếu kín").click()
        expect(page.locator("main")).to_contain_text("Đã nhận phiếu")
        assert "Đồng ý" not in page.locator("main").inner_text()
        return page.locator("[data-receipt-code], .code").first.inner_text()

    def count(self) -> None:
        """The secretary closes the vote and writes the minutes."""
        page = self.page_of("thuky")
        page.goto("/phien-hop/")
        page.get_by_role("link", name=SESSION).click()
        self._confirm(page, "Đóng bỏ phiếu")
        page.goto("/phien-hop/")
        page.get_by_role("link", name=SESSION).click()
        page.get_by_role("link", name="Lập biên bản").first.click()
        page.locator("main form button.btn-p").click()
        expect(page.locator("main")).to_contain_text("Đã lập biên bản")

    def decide(self) -> None:
        """Drafted by the office, numbered by the clerk, signed by the signer, issued by the clerk."""
        office = self.page_of("thuongtruc")
        office.goto("/quyet-dinh/")
        office.locator("li", has_text=SESSION).get_by_role("link", name="Soạn quyết định").click()
        office.get_by_role("button", name="Soạn dự thảo").click()
        self.decision = office.url
        office.get_by_role("link", name="Sửa dự thảo").click()
        office.get_by_label("Địa danh").fill("Hà Nội")
        office.get_by_role("button", name="Lưu dự thảo").click()
        clerk = self.page_of("vanthu")
        clerk.goto(self.decision)
        clerk.get_by_role("button", name="Cấp số và trình ký").click()
        signer = self.page_of("nguoiky")
        signer.goto(self.decision)
        signer.get_by_role("button", name="Ký số", exact=True).click()
        if signer.locator("input[type=password]").count():
            signer.locator("input[type=password]").fill(PASSWORD)
            signer.locator("main form button.btn-p").click()
        expect(signer.locator("main")).to_contain_text("Đã ký")
        clerk.reload()
        # The desk looks every two seconds whether the workers have rendered and signed.
        expect(clerk.locator("main")).to_contain_text("PAdES B-B", timeout=WORKERS_TAKE)
        clerk.get_by_role("button", name="Ban hành").click()
        expect(clerk.locator("main")).to_contain_text("Đã ban hành")

    def papers(self) -> list[Path]:
        """Wait until the workers have rendered decision and certificates, then fetch both."""
        page = self.page_of("vanthu")
        page.goto(self.decision)
        files = page.locator("a[href*='/tai-lieu/']")
        for _ in range(90):
            if page.locator("ul.files a[href*='/tai-lieu/']").count() >= 2:
                break
            page.wait_for_timeout(1000)
            page.reload()
        addresses = sorted({link.get_attribute("href") for link in files.all()})
        return [self._fetched(page, address) for address in addresses]

    def _fetched(self, page: Page, address: str) -> Path:
        answer = page.request.get(address)
        assert answer.headers["content-type"] == "application/pdf"
        path = self.folder / f"{re.sub(r'[^0-9]', '', address)}.pdf"
        path.write_bytes(answer.body())
        return path

    def _confirm(self, page: Page, verb: str) -> None:
        page.locator(".sticky").get_by_text(verb, exact=True).click()
        page.locator("dialog[open], main form").get_by_role("button", name=verb).last.click()


def text_of(pdf: Path) -> str:
    """The words of a PDF as another program reads them."""
    return subprocess.run(["pdftotext", "-layout", str(pdf), "-"], check=True, capture_output=True, text=True).stdout


def fonts_of(pdf: Path) -> list[list[str]]:
    """One row per font: pdffonts' columns from the right end (emb, sub, uni, object, id)."""
    told = subprocess.run(["pdffonts", str(pdf)], check=True, capture_output=True, text=True).stdout
    return [line.split()[-5:] for line in told.splitlines()[2:]]
