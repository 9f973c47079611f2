"""What a reader sees of signatures: the seal as large as itself, over the left third of the person's signature."""

import shutil
import subprocess
from io import BytesIO

import pytest
from django.utils import timezone
from PIL import Image, ImageDraw

from documents.services import signing, signing_check, signing_look
from documents.services.render import render_pdf
from documents.services.signing_keys import keys
from tests.documents.authority import make_folder
from tests.factories.documents import decision_paper

NAME = "Trần Văn Mẫu"
AGENCY = "co-quan-V16"
DPI, INCH = 300, 25.4
SEAL_MM = 38.0
RED, BLUE = (214, 24, 31), (0, 51, 160)


def seal(side_mm: float = SEAL_MM, *, dpi: int | None = DPI, transparent: bool = True) -> bytes:
    """Two rings and a word: nobody's seal."""
    side = round(side_mm / INCH * DPI)
    picture = Image.new("RGBA" if transparent else "RGB", (side, side), (0, 0, 0, 0) if transparent else "white")
    draw = ImageDraw.Draw(picture)
    colour = (*RED, 255) if transparent else RED
    draw.ellipse((0, 0, side - 1, side - 1), outline=colour, width=side // 30)
    draw.ellipse((side * 0.2, side * 0.2, side * 0.8, side * 0.8), outline=colour, width=side // 60)
    draw.text((side / 2, side / 2), "MAU", fill=colour, anchor="mm", font_size=side // 8)
    out = BytesIO()
    picture.save(out, "PNG", **({"dpi": (dpi, dpi)} if dpi else {}))
    return out.getvalue()


def scrawl(width: int = 600, height: int = 300) -> bytes:
    """A blue line from edge to edge: nobody's signature."""
    picture = Image.new("RGBA", (width, height), (0, 0, 0, 0))
    draw = ImageDraw.Draw(picture)
    points = [(0, height - 4), (width * 0.3, 4), (width * 0.5, height - 4), (width * 0.8, 4), (width - 1, height - 4)]
    draw.line(points, fill=(*BLUE, 255), width=8)
    out = BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


@pytest.fixture(scope="module")
def paper():
    return decision_paper()


@pytest.fixture(scope="module")
def rendered(paper):
    return render_pdf(paper)


@pytest.fixture
def folder(settings, tmp_path):
    folder = make_folder(settings, tmp_path / "signing")
    folder.give("nguoiky", NAME)
    folder.give(AGENCY, "Viện kiểm sát nhân dân tối cao")
    return folder


@pytest.fixture
def with_pictures(folder):
    (folder.place / "nguoiky.png").write_bytes(scrawl())
    (folder.place / f"{AGENCY}.png").write_bytes(seal())
    return folder


def signed_and_sealed(rendered, paper):
    places = signing_look.places(paper, owner=AGENCY, signer="nguoiky")
    pdf = signing.prepare(rendered, places)
    at = timezone.now()
    person, agency = keys().key("nguoiky"), keys().key(AGENCY)
    look = signing_look.person(person, places[signing_look.PERSON], at=at)
    pdf = signing.sign(pdf, person, field=signing_look.PERSON, look=look, reason="Ban hành")
    look = signing_look.agency(agency, signing.place_of(pdf, signing_look.AGENCY), number="07/QĐ-VKSTC", at=at)
    return signing.sign(pdf, agency, field=signing_look.AGENCY, look=look, reason="Ban hành"), places


def seen(pdf, page, folder, near):
    """The box of the colour `near` as poppler draws the page, in mm: left, top, right, bottom."""
    source, picture = folder / "ky.pdf", folder / "trang"
    source.write_bytes(pdf)
    subprocess.run(
        ["pdftoppm", "-png", "-r", str(DPI), "-f", str(page + 1), "-l", str(page + 1), "-singlefile", source, picture],
        check=True,
    )
    with Image.open(f"{picture}.png") as drawn:
        bands = drawn.convert("RGB").split()
        masks = [band.point([255 if abs(value - want) < 60 else 0 for value in range(256)])
                 for band, want in zip(bands, near, strict=True)]  # fmt: skip
        mask = Image.merge("RGB", masks).convert("L").point([0] * 255 + [255])
        return tuple(edge / DPI * INCH for edge in mask.getbbox())


drawn_by_poppler = pytest.mark.skipif(
    shutil.which("pdftoppm") is None, reason="pdftoppm is not installed (Debian: poppler-utils)"
)


@drawn_by_poppler
def test_the_seal_is_drawn_in_its_real_size_over_the_left_third_of_the_signature(
    rendered, paper, with_pictures, tmp_path
):
    pdf, places = signed_and_sealed(rendered, paper)
    page = places[signing_look.PERSON].page
    left, top, right, bottom = seen(pdf, page, tmp_path, RED)
    assert (right - left, bottom - top) == pytest.approx((SEAL_MM, SEAL_MM), abs=0.5)
    ink_left, ink_top, ink_right, ink_bottom = seen(pdf, page, tmp_path, BLUE)
    covered = (right - ink_left) / (ink_right - ink_left)
    assert covered == pytest.approx(1 / 3, abs=0.03)
    assert (top + bottom) / 2 == pytest.approx((ink_top + ink_bottom) / 2, abs=1)
    assert signing_check.examine(pdf).is_fine


@drawn_by_poppler
def test_the_signature_keeps_its_shape_and_stands_in_the_middle_of_the_room(rendered, paper, with_pictures, tmp_path):
    pdf, places = signed_and_sealed(rendered, paper)
    left, top, right, bottom = seen(pdf, places[signing_look.PERSON].page, tmp_path, BLUE)
    assert (right - left) / (bottom - top) == pytest.approx(2, rel=0.05)
    assert bottom - top == pytest.approx(signing_look.HEIGHT, abs=1)
    spot = places[signing_look.PERSON]
    assert (left + right) / 2 == pytest.approx(spot.x + spot.width / 2, abs=0.5)


@pytest.mark.parametrize(
    ("picture", "says"),
    [
        (seal(dpi=None), "độ phân giải"),
        (seal(transparent=False), "nền trong suốt"),
        (seal(dpi=72), "kích thước thật"),
        (seal(dpi=2400), "kích thước thật"),
    ],
    ids=["no resolution", "white ground", "too large", "too small"],
)
def test_a_picture_that_cannot_be_shown_as_the_decree_asks_is_refused_with_the_reason(paper, folder, picture, says):
    (folder.place / f"{AGENCY}.png").write_bytes(picture)
    with pytest.raises(signing_look.BadPicture, match=says):
        signing_look.places(paper, owner=AGENCY)


def test_an_agency_without_a_picture_has_words_in_the_corner_also_when_a_picture_comes_later(rendered, paper, folder):
    places = signing_look.places(paper, owner=AGENCY)
    assert places[signing_look.AGENCY] == signing_look.CORNER
    pdf = signing.prepare(rendered, places)
    (folder.place / f"{AGENCY}.png").write_bytes(seal())
    place = signing.place_of(pdf, signing_look.AGENCY)
    assert (place.x, place.y, place.width, place.height) == pytest.approx(
        (signing_look.CORNER.x, signing_look.CORNER.y, signing_look.CORNER.width, signing_look.CORNER.height), abs=0.01
    )
    look = signing_look.agency(keys().key(AGENCY), place, number="07/QĐ-VKSTC", at=timezone.now())
    assert b"/Image" not in look
