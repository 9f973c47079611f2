"""The emblem an office brings: taken over stroke by stroke, everything that could do something refused."""

import subprocess
import sys
from io import BytesIO

import pytest
from django.conf import settings
from lxml import etree
from PIL import Image

from documents.services.uploads_emblem import accept_emblem, least_points
from documents.services.uploads_svg import MOST_BYTES, drawn_anew
from documents.services.uploads_verdict import UploadRefused
from tests.documents import hostile

pytestmark = pytest.mark.once
SIDE = 22.0
ENTITY = b'<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
UTF_7 = b'<?xml version="1.0" encoding="UTF-7"?>'
OPEN = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 100 100">'
DISC = '<circle cx="50" cy="50" r="40" fill="#b3121d"/>'


def svg(inside: str, start: str = OPEN) -> bytes:
    return f"{start}{inside}</svg>".encode()


def drawn(inside: str, start: str = OPEN) -> etree._Element:
    return etree.fromstring(drawn_anew("a.svg", svg(inside, start)))


def refusal(data: bytes, name: str = "quoc-huy.svg") -> str:
    with pytest.raises(UploadRefused) as refused:
        accept_emblem(BytesIO(data), side=SIDE, name=name)
    return str(refused.value)


def chain(levels: int) -> str:
    """Ten uses of ten uses of ten uses …"""
    groups = [f'<g id="g0">{DISC}</g>']
    groups += [f'<g id="g{n}">' + f'<use href="#g{n - 1}"/>' * 10 + "</g>" for n in range(1, levels)]
    return "".join(groups)


HOSTILE = {
    "a script": (svg(f"<script>alert(1)</script>{DISC}"), "có mã lệnh"),
    "a handler": (svg('<g onload="alert(1)"><path d="M0 0h9"/></g>'), "có mã lệnh"),
    "a handler on the drawing itself": (svg(DISC, OPEN.replace("viewBox", 'onload="a()" viewBox')), "có mã lệnh"),
    "a page inside": (svg('<foreignObject><p xmlns="http://www.w3.org/1999/xhtml"/></foreignObject>'), "có mã lệnh"),
    "an animation": (svg('<rect width="9" height="9"><animate attributeName="x"/></rect>'), "có mã lệnh"),
    "a changed link": (svg('<set attributeName="href" to="javascript:a()"/>'), "có mã lệnh"),
    "an entity": (ENTITY + svg("<title>&a;</title>"), "có mã lệnh"),
    "a link": (svg(f'<a href="https://x.example/">{DISC}</a>'), "dẫn tới địa chỉ bên ngoài"),
    "a file of the machine": (svg('<use href="file:///etc/passwd#a"/>'), "dẫn tới địa chỉ bên ngoài"),
    "a foreign shape": (svg('<use xlink:href="https://x.example/a.svg#b"/>'), "dẫn tới địa chỉ bên ngoài"),
    "a foreign colour": (svg('<path d="M0 0h9" fill="url(https://x.example/a.svg#b)"/>'), "dẫn tới địa chỉ bên ngoài"),
    "a foreign colour in a style": (svg('<path d="M0 0h9" style="fill: url(//x.example/)"/>'), "bên ngoài"),
    "a style sheet": (svg(f"<style>@import 'https://x.example/a.css'</style>{DISC}"), "dùng bảng kiểu"),
    "letters": (svg('<text x="1" y="9">Việt Nam</text>'), "còn chữ"),
    "a font": (svg("<font><glyph/></font>"), "còn chữ"),
    "a picture": (svg('<image href="data:image/png;base64,AAAA" width="9" height="9"/>'), "có ảnh nhúng"),
    "a filter": (svg(f'<filter id="f"><feGaussianBlur stdDeviation="9"/></filter>{DISC}'), "“filter”"),
    "uses that unfold to millions": (svg(chain(7)), "quá nhiều nét"),
    "a use of itself": (svg('<g id="a"><use href="#a"/></g>'), "tự lặp lại"),
    "a path of half a million letters": (svg(f'<path d="M0 0{"l1 1" * 100_001}"/>'), "quá nhiều nét"),
    "groups within groups": (svg("<g>" * 40 + DISC + "</g>" * 40), "lồng quá nhiều"),
    "too many bytes": (svg(DISC + " " * MOST_BYTES), "lớn hơn 512 KB"),
    "nothing to see": (svg("<title>Quốc huy</title>"), "không có hình nào"),
    "no view": (svg(DISC, '<svg xmlns="http://www.w3.org/2000/svg">'), "viewBox"),
    "a banner": (svg(DISC, OPEN.replace("100 100", "900 100")), "dài và dẹt"),
    "a page of the web": (b"<html><svg/></html>", "không phải hình vẽ SVG"),
    "half a file": (svg(DISC)[:-20], "đã hỏng"),
    "another encoding": (svg(DISC).decode().encode("utf-16"), "đã hỏng"),
    "mark-up hidden in UTF-7": (UTF_7 + svg("+ADw-script/+AD4-"), "không có hình nào"),
}  # fmt: skip


@pytest.mark.parametrize(("data", "says"), HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_drawing_is_refused_with_the_cure(data, says):
    told = refusal(data)
    assert says in told
    assert told.startswith("Tệp “quoc-huy.svg”")
    assert "Đồng chí" in told


def test_what_is_kept_is_shapes_and_how_they_look():
    drawing = drawn(
        f'<title>x</title><g style="fill:#fc0;stroke-width:2;font-family:Arial" transform="rotate(9)" class="a">{DISC}'
        '<path d="M0 0h9v9z" fill="url( #g )" data-x="1"/></g>'
        '<linearGradient id="g"><stop offset="5%"/></linearGradient>'
    )
    group = drawing[0]
    assert dict(group.attrib) == {"transform": "rotate(9)", "fill": "#fc0", "stroke-width": "2"}
    assert dict(group[1].attrib) == {"d": "M0 0h9v9z", "fill": "url(#g)"}
    assert [etree.QName(child).localname for child in drawing] == ["g", "linearGradient"]


def test_remarks_of_the_drawing_program_are_left_out():
    start = OPEN.replace("viewBox", 'xmlns:x="http://www.inkscape.org/" viewBox')
    kept = drawn_anew(
        "a.svg", svg(f'<!-- ghi chú --><x:view/><metadata><x:a/></metadata><g x:label="Lớp">{DISC}</g>', start)
    )
    assert b"inkscape" not in kept.split(b"<g")[1]
    assert all(word not in kept for word in ("ghi chú".encode(), b"metadata", "Lớp".encode()))


def test_a_circle_of_colours_without_a_radius_gets_the_one_that_viewers_use():
    stops = '<stop offset="0"/>'
    first, second = drawn(f'{DISC}<radialGradient id="a">{stops}</radialGradient><radialGradient href="#a" id="b"/>')[
        1:
    ]
    assert (first.get("r"), second.get("r")) == ("0.5", None)


def test_a_view_that_is_not_square_gets_room_on_both_sides():
    assert drawn(DISC, OPEN.replace("0 0 100 100", "10 20 60 100")).get("viewBox") == "-10 20 100 100"
    sized = '<svg xmlns="http://www.w3.org/2000/svg" width="80px" height="100">'
    assert drawn(DISC, sized).get("viewBox") == "-10 0 100 100"


def test_the_colour_of_the_whole_drawing_stays():
    assert drawn("<path d='M0 0h9'/>", OPEN.replace("viewBox", 'fill="#fc0" viewBox')).get("fill") == "#fc0"


def test_a_drawing_written_anew_is_written_anew_to_the_same():
    once = drawn_anew("a.svg", svg(f'<g id="a">{DISC}</g><use xlink:href="#a" x="3"/>'))
    assert drawn_anew("a.svg", once) == once


def picture(width: int, height: int, mode: str = "RGBA") -> bytes:
    out = BytesIO()
    Image.new(mode, (width, height)).save(out, "PNG")
    return out.getvalue()


def test_a_picture_is_squared_and_made_no_finer_than_printers_are():
    taken = accept_emblem(BytesIO(picture(2000, 1600)), side=SIDE, name="qh.png")
    with Image.open(BytesIO(taken.data)) as kept:
        assert (kept.size, kept.mode, taken.mime) == ((1200, 1200), "RGBA", "image/png")


def test_a_picture_that_would_print_coarsely_is_refused_with_the_points_it_needs():
    assert least_points(SIDE) == 260
    told = refusal(picture(259, 259), "qh.png")
    assert "cần ít nhất 260 điểm" in told
    assert "SVG" in told
    assert accept_emblem(BytesIO(picture(260, 260, "P")), side=SIDE, name="qh.png").mime == "image/png"


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("qh.jpg", hostile.picture("JPEG", (400, 400)), "SVG (tốt nhất) hoặc PNG"),
        ("qh.png", hostile.picture("JPEG", (400, 400)), "không phải PNG"),
        ("qh.png", svg(DISC), "không phải PNG"),
        ("qh.png", hostile.huge_header(), "40 triệu điểm ảnh"),
        ("qh.png", picture(900, 300), "dài và dẹt"),
        ("qh.png", picture(400, 400)[:200], "hỏng"),
        ("qh.svg", b"", "rỗng"),
        ("qh.svg", picture(400, 400), "hỏng"),
    ],
)
def test_other_files_are_refused(name, data, says):
    assert says in refusal(data, name)


LONG = 400_000
SLOW = {
    "blanks in a move": f'viewBox="0 0 9 9"><path d="M0 0h9v9z" transform="scale(1){" " * LONG}x"/>',
    "blanks in a number": f'viewBox="0 0 9 9"><rect width="9" height="9" x="1{" " * LONG}x"/>',
    "blanks in a style": f'viewBox="0 0 9 9"><rect width="9" height="9" style="x:1{" " * LONG}x"/>',
    "a side of many digits": f'width="{"1" * LONG}x" height="9"><path d="M0 0h9v9z"/>',
}


@pytest.mark.parametrize("body", SLOW.values(), ids=SLOW.keys())
def test_a_drawing_made_to_keep_the_reader_busy_is_read_at_once(body):
    """In a process with seconds to live: trying every way of sharing out a long run would take hours."""
    asked = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_CPU, (20, 20))\n"
        "from documents.services import uploads_svg, uploads_verdict\n"
        "try: uploads_svg.drawn_anew('a.svg', sys.stdin.buffer.read())\n"
        "except uploads_verdict.UploadRefused: pass\n"
    )
    drawing = f'<svg xmlns="http://www.w3.org/2000/svg" {body}</svg>'.encode()
    done = subprocess.run([sys.executable, "-c", asked], input=drawing, cwd=settings.BASE_DIR, capture_output=True,
                          check=False)  # fmt: skip
    assert (done.returncode, done.stderr) == (0, b"")
