"""How digital signatures show on paper, as Nghị định 30/2020/NĐ-CP, Phụ lục I asks.

A person: the picture of the signature, blue, between post and name. The agency: its seal's picture, red and as
large as the seal itself, over the left third of the person's; an agency without such a picture, and any file apart
from its main text, has words in the upper right corner of the first page, 10 pt black: agency, number and symbol,
time with its zone. Pictures are PNG with a transparent ground; how large the seal is says the picture's resolution.
"""

from datetime import datetime
from io import BytesIO

from django.utils import timezone
from PIL import Image

from core.workflow import Told
from documents.papers import OfficialPaper
from documents.services.render import spots
from documents.services.render_engine import FAMILY, fill, lay_out
from documents.services.signing import Place
from documents.services.signing_keys import Key, picture_of

PERSON, AGENCY = "NguoiKy", "CoQuan"
#: The room between post and name (templates/documents/paper.css), and what a signature takes of it, in mm.
ROOM_WIDTH, ROOM_HEIGHT = 83.0, 26.0
WIDTH, HEIGHT = 60.0, 22.0
#: No seal is smaller or larger; a picture that says so has a wrong resolution. In mm.
SEAL_FROM, SEAL_TO = 15.0, 60.0
INCH = 25.4
CORNER = Place(0, 125.0, 5.0, 70.0, 13.0)
ANCHOR = "cho-ky"


class NoRoom(Told):
    """The paper has no place of its own for one signature."""


class BadPicture(Told):
    """The picture of a signature or seal cannot be shown as the decree asks."""


def places(paper: OfficialPaper, *, owner: str, signer: str = "") -> dict[str, Place]:
    """Where the fields of both signatures stand on the rendered paper.

    `owner` is the agency's name among the keys, `signer` the person's, where it is known: the field is then as wide
    as the picture. Raises NoRoom, BadPicture.
    """
    found = spots(paper).get(ANCHOR)
    if found is None:
        raise NoRoom("Văn bản này không có một chỗ ký duy nhất nên không ký số được.")
    width = _width_of(picture_of(signer))
    x, y = found.x + (ROOM_WIDTH - width) / 2, found.y + (ROOM_HEIGHT - HEIGHT) / 2
    person = Place(found.page, x, y, width, HEIGHT)
    picture = picture_of(owner)
    return {PERSON: person, AGENCY: _over(person, *_real_size(picture)) if picture else CORNER}


def person(key: Key, place: Place, *, at: datetime) -> bytes:
    """The page that shows as the person's signature: the picture, else blue words."""
    lines = ("Đã ký số", stamp(at))
    return _page("signature_person.html", place, key.picture, lines=lines, colour="#0033a0")


def agency(key: Key, place: Place, *, number: str, at: datetime) -> bytes:
    """The page that shows as the agency's signature: its seal, in the corner words in black."""
    lines = (key.name, f"Số, ký hiệu: {number}", f"Thời gian ký: {stamp(at)}")
    picture = None if abs(place.y - CORNER.y) < 1 else key.picture
    return _page("signature_agency.html", place, picture, lines=lines, colour="#000")


def stamp(at: datetime) -> str:
    """“25/11/2026 10:05:06 +07:00”."""
    local = timezone.localtime(at)
    zone = local.strftime("%z")
    return f"{local:%d/%m/%Y %H:%M:%S} {zone[:3]}:{zone[3:]}"


def _over(person: Place, width: float, height: float) -> Place:
    """The seal, its right edge a third into the person's signature."""
    x, y = person.x + person.width / 3 - width, person.y + (person.height - height) / 2
    return Place(person.page, x, y, width, height)


def _width_of(picture: bytes | None) -> float:
    """What a signature takes of the room: its picture as high as there is place, words all of it."""
    if picture is None:
        return WIDTH
    with Image.open(BytesIO(picture), formats=["PNG"]) as opened:
        return min(WIDTH, HEIGHT * opened.width / opened.height)


def _real_size(picture: bytes) -> tuple[float, float]:
    """Width and height in mm, by the resolution that stands in the file."""
    with Image.open(BytesIO(picture), formats=["PNG"]) as opened:
        across, down = opened.info.get("dpi", (0, 0))
        if not opened.has_transparency_data:
            raise BadPicture("Ảnh con dấu phải là tệp PNG nền trong suốt.")
        if not across or not down:
            raise BadPicture("Ảnh con dấu chưa ghi độ phân giải (dpi) nên không biết kích thước thật của dấu.")
        size = opened.width * INCH / across, opened.height * INCH / down
    if not all(SEAL_FROM <= side <= SEAL_TO for side in size):
        says = f"{size[0]:.0f} × {size[1]:.0f} mm"
        raise BadPicture(f"Theo độ phân giải của ảnh, con dấu rộng {says}, không phải kích thước thật của dấu.")
    return size


def _page(template: str, place: Place, picture: bytes | None, *, lines: tuple[str, ...], colour: str) -> bytes:
    # PDF/A allows no picture that asks to be smoothed.
    css = (
        f"@page{{size:{place.width}mm {place.height}mm;margin:0}}"
        f'body{{margin:0;font-family:"{FAMILY}";font-size:10pt;line-height:1.15;color:{colour}}}'
        f"p{{margin:0}}img{{display:block;width:{place.width}mm;height:{place.height}mm;object-fit:contain;"
        "image-rendering:pixelated}"
        f".giua{{text-align:center;font-style:italic;padding-top:{place.height / 2 - 5}mm}}"
    )
    assets = {"picture": ("image/png", picture)} if picture else {}
    return lay_out(fill(template, lines=lines, has_picture=bool(picture)), css=css, assets=assets)
