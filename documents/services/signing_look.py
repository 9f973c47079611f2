"""How digital signatures show on paper, as Nghị định 30/2020/NĐ-CP, Phụ lục I asks.

A person: the picture of the signature, blue, between post and name. The agency: its seal's picture, red, over
the left third of the person's; an agency without such a picture, and any file apart from its main text, has words
in the upper right corner of the first page, 10 pt black: agency, number and symbol, time with its zone.
"""

from datetime import datetime

from django.utils import timezone

from documents.papers import OfficialPaper
from documents.services.render import spots
from documents.services.render_engine import FAMILY, fill, lay_out
from documents.services.signing import Place
from documents.services.signing_keys import Key, picture_of

PERSON, AGENCY = "NguoiKy", "CoQuan"
#: The room between post and name (templates/documents/paper.css), and what a signature takes of it, in mm.
ROOM_WIDTH, ROOM_HEIGHT = 83.0, 26.0
WIDTH, HEIGHT = 60.0, 22.0
SEAL = 36.0
CORNER = Place(0, 125.0, 5.0, 70.0, 13.0)
ANCHOR = "cho-ky"


class NoRoom(Exception):
    """The paper has no place of its own for one signature; the message is for the user."""


def places(paper: OfficialPaper, *, owner: str) -> dict[str, Place]:
    """Where the fields of both signatures stand on the rendered paper; `owner` is the agency's name among the keys."""
    found = spots(paper).get(ANCHOR)
    if found is None:
        raise NoRoom("Văn bản này không có một chỗ ký duy nhất nên không ký số được.")
    x, y = found.x + (ROOM_WIDTH - WIDTH) / 2, found.y + (ROOM_HEIGHT - HEIGHT) / 2
    person = Place(found.page, x, y, WIDTH, HEIGHT)
    # Its right edge a third into the signature's picture.
    seal = Place(found.page, x + WIDTH / 3 - SEAL, y + (HEIGHT - SEAL) / 2, SEAL, SEAL)
    return {PERSON: person, AGENCY: seal if picture_of(owner) else CORNER}


def person(key: Key, place: Place, *, at: datetime) -> bytes:
    """The page that shows as the person's signature: the picture, else blue words."""
    return _page("signature_person.html", place, key, lines=("Đã ký số", stamp(at)), colour="#0033a0")


def agency(key: Key, place: Place, *, number: str, at: datetime) -> bytes:
    """The page that shows as the agency's signature: its seal, else words in black."""
    lines = (key.name, f"Số, ký hiệu: {number}", f"Thời gian ký: {stamp(at)}")
    return _page("signature_agency.html", place, key, lines=lines, colour="#000")


def stamp(at: datetime) -> str:
    """“25/11/2026 10:05:06 +07:00”."""
    local = timezone.localtime(at)
    zone = local.strftime("%z")
    return f"{local:%d/%m/%Y %H:%M:%S} {zone[:3]}:{zone[3:]}"


def _page(template: str, place: Place, key: Key, *, lines: tuple[str, ...], colour: str) -> bytes:
    css = (
        f"@page{{size:{place.width}mm {place.height}mm;margin:0}}"
        f'body{{margin:0;font-family:"{FAMILY}";font-size:10pt;line-height:1.15;color:{colour}}}'
        f"p{{margin:0}}img{{width:{place.width}mm;height:{place.height}mm;object-fit:contain}}"
        f".giua{{text-align:center;font-style:italic;padding-top:{place.height / 2 - 5}mm}}"
    )
    assets = {"picture": ("image/png", key.picture)} if key.picture else {}
    return lay_out(fill(template, lines=lines, has_picture=bool(key.picture)), css=css, assets=assets)
