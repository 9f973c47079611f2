"""Nothing but named assets enters a paper: no file of the machine, no address of the network."""

import gc
import os
import re
import socket
from io import BytesIO

import pikepdf
import pytest

from documents.services.render_engine import ForeignAsset, RenderError, fill, find, lay_out, quiet_collector
from tests.documents.reading import read

pytestmark = pytest.mark.once
CANARY = "bi-mat-trong-tep-9c1f"

#: What a hostile text would like to do, were it ever taken for mark-up.
PAYLOADS = {
    "attachment link": '<link rel="attachment" href="{url}">',
    "attachment anchor": '<a rel="attachment" href="{url}">x</a>',
    "picture": '<img src="{url}">',
    "embed": '<embed src="{url}">',
    "object": '<object data="{url}"></object>',
    "import": '<style>@import url("{url}");</style>',
    "font": '<style>@font-face{{font-family:x;src:url("{url}")}}p{{font-family:x}}</style><p>x</p>',
    "background": '<p style="background:url({url})">x</p>',
    "list mark": '<ul style="list-style-image:url({url})"><li>x</li></ul>',
    "border picture": '<p style="border:1px solid;border-image:url({url}) 1">x</p>',
    "generated content": '<style>p::before{{content:url("{url}")}}</style><p>x</p>',
    "frame": '<iframe src="{url}"></iframe>',
    "base": '<base href="{url}"><img src="x"><link rel="stylesheet" href="y">',
    "filter in SVG": '<svg xmlns="http://www.w3.org/2000/svg"><filter id="f"><feImage href="{url}"/></filter>'
    '<rect width="9" height="9" filter="url(#f)"/></svg>',
    "picture set": '<img srcset="{url} 2x" src="{url}">',
    "style sheet": '<link rel="stylesheet" href="{url}">',
    "picture in SVG": '<svg xmlns="http://www.w3.org/2000/svg"><image href="{url}" width="9" height="9"/></svg>',
    "use in SVG": '<svg xmlns="http://www.w3.org/2000/svg"><use href="{url}#a"/></svg>',
}
ADDRESSES = [
    "file://{path}", "FILE://{path}", "file:{path}", "file://localhost{path}", "data:text/plain,x", "ftp://example.org/x",
    "http://127.0.0.1:9/x", "https://example.org/x", "asset:../../etc/passwd", "asset:khong-co", "gopher://x/1",
    "file:///%2e%2e{path}", "asset:tinos-regular/../..", "ASSET:x",
]  # fmt: skip


@pytest.fixture
def canary(tmp_path):
    path = tmp_path / "bi-mat.txt"
    path.write_text(CANARY)
    return path


@pytest.fixture(autouse=True)
def _no_socket(monkeypatch):
    def refuse(*args, **kwargs):
        raise AssertionError("a paper opened a socket")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)


def attempt(html: str) -> bytes:
    """The PDF, or nothing when the rendering was stopped."""
    try:
        return lay_out(f"<!doctype html><html><body>{html}</body></html>", css="")
    except ForeignAsset:
        return b""


@pytest.mark.parametrize("payload", PAYLOADS.values(), ids=PAYLOADS.keys())
def test_a_file_of_the_machine_never_gets_into_the_paper(payload, canary):
    pdf = attempt(payload.format(url=canary.as_uri()))
    if pdf:
        with pikepdf.open(BytesIO(pdf)) as opened:
            streams = b"".join(
                o.read_bytes() for o in opened.objects if isinstance(o, pikepdf.Stream) and not _is_font(o)
            )
            assert "/Names" not in opened.Root or "/EmbeddedFiles" not in opened.Root.Names
        assert CANARY.encode() not in streams + pdf


def test_the_same_file_does_get_in_through_the_fetcher_that_comes_with_the_engine(canary):
    """The control arm: without our fetcher the payload bites."""
    weasyprint = pytest.importorskip("weasyprint")
    html = f'<link rel="attachment" href="{canary.as_uri()}"><p>x</p>'
    with pikepdf.open(BytesIO(weasyprint.HTML(string=html).write_pdf())) as opened:
        assert any(CANARY.encode() in bytes(o.read_bytes()) for o in opened.objects if isinstance(o, pikepdf.Stream))


@pytest.mark.parametrize("address", ADDRESSES)
def test_any_address_outside_the_table_stops_the_rendering(address, canary):
    with pytest.raises(ForeignAsset):
        lay_out(f'<img src="{address.format(path=canary)}">', css="")


def test_looking_for_places_stops_at_foreign_addresses_too():
    """The engine's own error is no Exception: a worker would not survive it."""
    with pytest.raises(ForeignAsset):
        find('<link rel="stylesheet" href="http://127.0.0.1:9/x.css"><p id="a">x</p>', css="")


def test_an_address_without_scheme_leads_nowhere(canary):
    assert CANARY.encode() not in lay_out(f'<p>chữ</p><img src="{canary}"><img src="//example.org/x">', css="")


def test_a_picture_handed_over_with_the_paper_is_drawn():
    svg = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9"/></svg>'
    html = '<img src="asset:hinh" style="width:30mm;height:30mm">'
    with_it = lay_out(html, css="", assets={"hinh": ("image/svg+xml", svg)})
    assert len(with_it) > len(lay_out("<p></p>", css=""))


def test_a_picture_of_one_paper_is_unknown_to_the_next():
    lay_out(
        '<img src="asset:hinh">',
        css="",
        assets={"hinh": ("image/svg+xml", b"<svg xmlns='http://www.w3.org/2000/svg'/>")},
    )
    with pytest.raises(ForeignAsset):
        lay_out('<img src="asset:hinh">', css="")


def test_a_paper_of_unreasonable_length_is_refused_before_it_is_laid_out():
    with pytest.raises(RenderError, match="quá dài"):
        lay_out("x" * 5_000_000, css="")


def test_templates_of_papers_escape_what_is_put_into_them():
    assert "&lt;script&gt;" in fill("_letters.html", letters="<script>")


def test_numbers_in_papers_are_not_grouped():
    assert "2026" in fill("draft.css", width=2026, height=1)


def test_a_forked_child_leaves_the_fonts_of_its_parent_alone():
    lay_out("<p>Trước</p>", css="p{font-family:'Tinos Giay'}")
    child = os.fork()
    if child == 0:
        ok = b"%PDF" in lay_out("<p>Con</p>", css="p{font-family:'Tinos Giay'}")[:8]
        gc.collect()
        os._exit(0 if ok else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    after = read(lay_out("<p>Sau ắằẳẵặ</p>", css="p{font-family:'Tinos Giay';font-weight:bold}"))
    assert after.find("Sau ắằẳẵặ").face == "Tinos-Giay-Bold"


def test_the_collector_is_as_it_was_after_a_rendering():
    with quiet_collector():
        assert not gc.isenabled()
    assert gc.isenabled()


def _is_font(stream) -> bool:
    return "/Length1" in stream


@pytest.mark.parametrize("sheet", ["paper.css", "certificate.css", "overprint.css", "calibration.css", "draft.css"])
def test_papers_name_no_font_feature(sheet):
    # WeasyPrint 70 makes a Pango attribute for each line of text that has one, and frees none.
    assert not re.search(r"font-(kerning|variant|feature)", fill(sheet))
