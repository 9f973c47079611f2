"""The mark-up inside Office files: read by a parser, piece by piece, since patterns in its text can be hidden from."""

import re
from pathlib import PurePosixPath
from typing import IO
from xml.parsers import expat

#: Parts whose mark-up is a picture's, or older than XML and often not well-formed.
FOREIGN = {".svg", ".htm", ".html", ".mht", ".vml"}
STARTS = (b"<", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\x00<")
DTD = re.compile(rb"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)
#: Ends of the types of relations that lead to code.
MACROS = ("vbaproject", "wordvbadata", "attachedtoolbars", "macrosheet")
#: A link in the text is shown and followed by people; every other outside part is fetched by Office.
HARMLESS = "/hyperlink"
#: Fields that start another program when they are brought up to date.
STARTING = re.compile(r"\s*DDE(AUTO)?\b", re.IGNORECASE)

LONGEST_CODE = 10_000

ENTITIES, OUTSIDE, MACRO, PROGRAM, DAMAGED = "entities", "outside", "macro", "program", "damaged"


class Found(Exception):
    """What was found: one of the words above."""


def look(part: str, stream: IO[bytes]) -> None:
    """Raise Found for a part that declares entities, fetches from outside, holds code or starts a program."""
    suffix = PurePosixPath(part.casefold()).suffix
    if suffix in FOREIGN:
        if suffix == ".vml" and DTD.search(stream.read()):
            raise Found(ENTITIES)
        return
    head = stream.read(64)
    if not head.lstrip().startswith(STARTS):
        return
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartDoctypeDeclHandler = _refuse_doctype
    reader = _Reader(part.casefold())
    reader.attach(parser)
    try:
        parser.Parse(head)
        parser.ParseFile(stream)
    except (expat.ExpatError, LookupError, ValueError) as broken:
        raise Found(DAMAGED) from broken
    reader.close()


def _refuse_doctype(*_: object) -> None:
    raise Found(ENTITIES)


class _Reader:
    """Looks at the elements of the parts that can do something; of the others only the declarations count."""

    def __init__(self, part: str) -> None:
        self.is_list = part.endswith(".rels")
        self.is_text = part.startswith("word/")
        self.is_link = "externallink" in part
        self.is_inside = False
        self.code = ""

    def attach(self, parser: expat.XMLParserType) -> None:
        """Have the parser tell of what this reader asks for: telling of each cell of a sheet would take seconds."""
        if self.is_list or self.is_text or self.is_link:
            parser.StartElementHandler = self.start
        if self.is_text:
            parser.EndElementHandler = self.end
            parser.CharacterDataHandler = self.words

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        local = name.rpartition(" ")[2]
        if self.is_list and local == "Relationship":
            _check_relation(attributes)
        elif self.is_link and local == "ddeLink":
            raise Found(PROGRAM)
        elif local == "fldSimple":
            for key, value in attributes.items():
                _check_field(value if key.endswith("instr") else "")
        elif local == "fldChar":
            self.close()
        elif local == "instrText":
            self.is_inside = True

    def words(self, text: str) -> None:
        """A field's code, which a program may have cut into pieces; its beginning says what it does."""
        if self.is_inside and len(self.code) < LONGEST_CODE:
            self.code += text

    def end(self, name: str) -> None:
        """An element ends."""
        self.is_inside = self.is_inside and not name.endswith("instrText")

    def close(self) -> None:
        """A field's code is whole."""
        _check_field(self.code)
        self.code = ""


def _check_relation(attributes: dict[str, str]) -> None:
    kind = attributes.get("Type", "").casefold()
    if kind.endswith(MACROS):
        raise Found(MACRO)
    if attributes.get("TargetMode", "").strip().casefold() == "external" and not kind.endswith(HARMLESS):
        raise Found(OUTSIDE)


def _check_field(code: str) -> None:
    if STARTING.match(code):
        raise Found(PROGRAM)
