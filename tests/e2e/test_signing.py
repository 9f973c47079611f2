"""A decision signed with a key on the server, sealed, issued, and checked by a stranger; its Word file opens."""

import re
import shutil
import subprocess
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document as Docx
from docx.oxml.ns import qn
from playwright.sync_api import Page, expect

from documents.services import offline
from kiemsat_thidua.demo.accounts import PASSWORD
from tests.e2e.road import WORKERS_TAKE, text_of

pytestmark = pytest.mark.e2e
MOST_BYTES = 60 * 1024


def test_a_decision_is_signed_sealed_issued_and_known_to_strangers(page_of, tmp_path, complaints):
    address, number = _sign(page_of("nguoiky"))
    clerk = page_of("vanthu")
    clerk.goto(address)
    _press(clerk, "Ký số của cơ quan")
    _wait_for(clerk, signatures=2)
    clerk.get_by_role("button", name="Ban hành").click()
    expect(clerk.locator("main")).to_contain_text("Đã ban hành")
    clerk.goto(f"{address}chu-ky-so/")
    expect(clerk.locator("main")).to_contain_text("Hợp lệ")
    pdf = _fetched(clerk, address, tmp_path)
    if shutil.which("pdfsig"):
        said = subprocess.run(["pdfsig", "-nocert", str(pdf)], capture_output=True, text=True, check=False).stdout
        assert said.count("Signature is Valid") == 2
        assert "Total document signed" in said
    _word(clerk, address, number)
    code = re.search(r"[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}", " ".join(text_of(pdf).split())).group()
    _verify(page_of(""), code, number)
    _file(page_of(""), pdf, number)
    assert complaints == []


def _sign(page: Page) -> tuple[str, str]:
    """The decision of the demonstration that awaits its signature; its address and number."""
    page.goto("/quyet-dinh/?trang-thai=awaiting")
    page.locator("td a[href^='/quyet-dinh/']").first.click()
    address = page.url
    _press(page, "Ký số")
    expect(page.locator("main")).to_contain_text("Đã nhận lệnh ký")
    _wait_for(page, signatures=1)
    return address, re.search(r"\d+/QĐ-\w+", page.locator("main").inner_text()).group()


def _press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()
    if page.locator("input[type=password]").count():
        page.locator("input[type=password]").fill(PASSWORD)
        page.locator("main form button.btn-p").click()


def _wait_for(page: Page, *, signatures: int) -> None:
    """The desk asks by itself whether the workers are ready."""
    expect(page.locator("a[href$='/chu-ky-so/']")).to_have_count(signatures, timeout=WORKERS_TAKE)
    expect(page.locator("main")).to_contain_text("PAdES B-B")


def _fetched(page: Page, address: str, folder: Path) -> Path:
    page.goto(address)
    answer = page.request.get(page.get_by_role("link", name="Tải PDF").get_attribute("href"))
    path = folder / "quyet-dinh.pdf"
    path.write_bytes(answer.body())
    return path


def _word(page: Page, address: str, number: str) -> None:
    page.goto(address)
    answer = page.request.get(page.get_by_role("link", name="Tải Word").get_attribute("href"))
    file = Docx(BytesIO(answer.body()))
    assert number in "".join(text.text or "" for text in file.element.body.iter(qn("w:t")))
    assert "Họ và tên" in file.tables[-1].rows[0].cells[1].text


def _verify(page: Page, code: str, number: str) -> None:
    """By the code on paper: in force, light, and with a code that needs no network."""
    page.goto("/xm/")
    page.locator("main input[type=text]").first.fill(code)
    loaded = []
    page.on("requestfinished", lambda request: loaded.append(request.sizes()["responseBodySize"]))
    page.locator("main button").first.click()
    expect(page.locator("h1")).to_contain_text("hiệu lực")
    expect(page.locator("main")).to_contain_text(number)
    page.wait_for_load_state("networkidle")
    assert 0 < sum(loaded) <= MOST_BYTES
    text = page.locator("p.offline-code").inner_text()
    keys = offline.from_json(page.request.get("/xm/khoa.json").text())
    assert offline.verify(text, keys).number == number


def _file(page: Page, pdf: Path, number: str) -> None:
    """By the very file; one changed byte is another file."""
    for data, says in ((pdf.read_bytes(), number), (pdf.read_bytes()[:-1] + b"\r", "không có trong sổ")):
        page.goto("/xm/tep/")
        given = {"name": "nhan.pdf", "mimeType": "application/pdf", "buffer": data}
        page.locator("input[type=file]").set_input_files(given)
        page.get_by_role("button", name="Kiểm tra").click()
        expect(page.locator("main")).to_contain_text(says)
