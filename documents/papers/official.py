"""The words on each official paper, as plain dataclasses: no database, no file, no clock.

Other apps fill these in their own `papers.py`; `documents.services.render` turns them into PDF.
Which words stand on a paper is the caller's business (names of bodies, posts, signers and legal
bases are always parameters); where they stand follows Nghị định 30/2020/NĐ-CP, Phụ lục I.
Lengths are millimetres. Text is plain: mark-up in it is shown, never interpreted.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import Any, ClassVar, Literal

#: Rows of an annex laid out together; more make a worker's memory grow without bound.
ROWS_PER_PART = 250

#: Room for a clerk to write a number or a day by hand.
GAP = "\N{NO-BREAK SPACE}" * 6

Align = Literal["left", "center", "right"]


def official_day(day: date) -> str:
    """A date as official papers write it: days below 10 and months 1, 2 carry a zero (box 4)."""
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def official_number(number: int | None, symbol: str) -> str:
    """“07/QĐ-VKSTC”: numbers below 10 carry a zero (box 3); None leaves room for the clerk."""
    return f"{GAP if number is None else f'{number:02d}'}/{symbol}"


def ended(lines: Sequence[str], last: str = ".") -> tuple[str, ...]:
    """Each line closed by a semicolon, the last one by `last` (boxes 6 and 9b)."""
    bare = [line.rstrip(" ;.,") for line in lines]
    return tuple(f"{line}{last if index == len(bare) - 1 else ';'}" for index, line in enumerate(bare))


@dataclass(frozen=True)
class Part:
    """A stretch of a paper laid out on its own; page numbers start anew where it `opens` one."""

    template: str
    context: Any
    opens: bool = True


@dataclass(frozen=True)
class VerificationMark:
    """The QR code and the typed code that lead to the public page; `offline` is checked without network."""

    url: str
    typed: str
    offline: str = ""


@dataclass(frozen=True, kw_only=True)
class Paper:
    """What every paper has. `version` is kept with the stored file: change it with the template."""

    template: ClassVar[str]
    version: ClassVar[str]
    stylesheet: ClassVar[str] = "paper"
    title: str
    draft: bool = False

    def parts(self) -> tuple[Part, ...]:
        """The stretches to lay out one by one, the same ones each time they are asked for."""
        return (Part(self.template, self),)


@dataclass(frozen=True, kw_only=True)
class Letterhead:
    """Boxes 1 to 4. Names of bodies are whole, in capitals; the rendering breaks a long one into lines."""

    body: tuple[str, ...]
    parent: tuple[str, ...] = ()
    symbol: str
    number: int | None = None
    place: str
    day: date | None = None

    @property
    def number_text(self) -> str:
        """Number and symbol."""
        return official_number(self.number, self.symbol)

    @property
    def day_text(self) -> str:
        """The day; a paper without one leaves room to write it."""
        return official_day(self.day) if self.day else f"ngày{GAP}tháng{GAP}năm{GAP}"

    @property
    def place_line(self) -> str:
        """Place and day."""
        return f"{self.place}, {self.day_text}"


@dataclass(frozen=True)
class Signature:
    """Boxes 7a and 7b: lines of authority (“KT. VIỆN TRƯỞNG”, “PHÓ VIỆN TRƯỞNG”), then the name."""

    authority: tuple[str, ...]
    name: str = ""
    note: str = ""


@dataclass(frozen=True)
class Column:
    """A column of a table; the one without a width takes what is left."""

    label: str
    width: float | None = None
    align: Align = "left"


@dataclass(frozen=True)
class AnnexRow:
    """One line of a list; as many cells as there are columns."""

    cells: tuple[str, ...]
    is_group: ClassVar[bool] = False


@dataclass(frozen=True)
class AnnexGroup:
    """A line across the whole table that opens a group, for example a unit."""

    label: str
    is_group: ClassVar[bool] = True


Row = AnnexRow | AnnexGroup


def body(columns: Sequence[Column], rows: Sequence[Row]) -> list[AnnexGroup | list[tuple[str, str]]]:
    """Rows as templates read them: a group, or pairs of a cell and the side it leans to.

    Raises ValueError when a row has more or fewer cells than there are columns.
    """
    sides = [column.align[0] for column in columns]
    return [row if isinstance(row, AnnexGroup) else list(zip(row.cells, sides, strict=True)) for row in rows]


@dataclass(frozen=True)
class Para:
    """A paragraph; `lead` is bold before it, `tail` italic after it."""

    text: str
    lead: str = ""
    tail: str = ""
    style: Literal["", "bold", "italic", "center", "plain"] = ""
    kind: ClassVar[str] = "para"


@dataclass(frozen=True)
class Heading:
    """A numbered heading inside a paper: “I. Kết quả kiểm phiếu”."""

    text: str
    kind: ClassVar[str] = "heading"


@dataclass(frozen=True)
class Table:
    """A table between paragraphs; a list of more than 500 lines belongs into an annex."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    caption: str = ""
    kind: ClassVar[str] = "table"

    @property
    def body(self) -> list[AnnexGroup | list[tuple[str, str]]]:
        """The rows for the template."""
        return body(self.columns, self.rows)


Block = Para | Heading | Table


@dataclass(frozen=True, kw_only=True)
class AnnexPaper(Paper):
    """A list that follows a paper. `label` is “Phụ lục I” when there are several.

    `reference` (“Kèm theo Quyết định số …”) is for copies on paper: the electronic original
    leaves it out.
    """

    template = "annex.html"
    version = "annex-3"
    heading: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    label: str = ""
    reference: str = ""
    closing: str = ""
    #: Who signs below a list that goes out by itself (“Người lập biểu”).
    signed_by: tuple[str, ...] = ()
    landscape: bool = False
    #: The rows with which parts begin, where the rendering has looked for the ends of pages.
    cuts: tuple[int, ...] = ()
    first: bool = True
    last: bool = True

    @property
    def body(self) -> list[AnnexGroup | list[tuple[str, str]]]:
        """The rows for the template."""
        return body(self.columns, self.rows)

    def parts(self) -> tuple[Part, ...]:
        """At most ROWS_PER_PART rows each, cut as `cuts` says, else where a group ends if one ends near enough."""
        edges = (0, *self.cuts, len(self.rows))
        pieces = [self.rows[a:b] for a, b in pairwise(edges)] if self.cuts else cut(self.rows)
        return tuple(
            Part(
                self.template,
                replace(self, rows=rows, first=index == 0, last=index == len(pieces) - 1),
                opens=index == 0,
            )
            for index, rows in enumerate(pieces)
        )


def cut(rows: tuple[Row, ...], limit: int = ROWS_PER_PART) -> list[tuple[Row, ...]]:
    """Pieces of at most `limit` rows; a group that opens in a piece's last fifth opens the next, none ends in one."""
    pieces, start = [], 0
    while len(rows) - start > limit:
        end = start + limit
        near = range(end, start + limit * 4 // 5, -1)
        end = next((place for place in near if rows[place].is_group), end)
        if rows[end - 1].is_group and end - 1 > start:
            end -= 1
        pieces.append(rows[start:end])
        start = end
    return [*pieces, rows[start:]]


@dataclass(frozen=True, kw_only=True)
class OfficialPaper(Paper):
    """A paper with a letterhead, a name of its kind, one or more signatures, and recipients."""

    letterhead: Letterhead
    heading: str
    summary: str = ""
    signatures: tuple[Signature, ...]
    recipients: tuple[str, ...] = ()
    annexes: tuple[AnnexPaper, ...] = ()
    mark: VerificationMark | None = None

    @property
    def recipient_lines(self) -> tuple[str, ...]:
        """Box 9b: the last line, “Lưu: VT, …”, ends with a full stop."""
        return ended(self.recipients)

    def parts(self) -> tuple[Part, ...]:
        """The paper itself, then each annex with its own page numbers."""
        return (Part(self.template, self), *(part for annex in self.annexes for part in annex.parts()))

    @property
    def last_words(self) -> str:
        """The last paragraph of the text; empty where it ends with a table."""
        blocks: tuple[Block, ...] = getattr(self, "blocks", ())
        return f"{blocks[-1].lead} {blocks[-1].text}" if blocks and isinstance(blocks[-1], Para) else ""


@dataclass(frozen=True)
class Article:
    """“Điều n.” with one paragraph or more; the number comes from its place."""

    text: str
    more: tuple[str, ...] = ()
    tail: str = ""


@dataclass(frozen=True, kw_only=True)
class DecisionPaper(OfficialPaper):
    """Quyết định. `decider` is the post in capitals under the summary; bases end with “;” and “.”."""

    template = "decision.html"
    version = "decision-2"
    heading: str = "QUYẾT ĐỊNH"
    decider: str
    bases: tuple[str, ...]
    articles: tuple[Article, ...]

    @property
    def base_lines(self) -> tuple[str, ...]:
        """Box 6, the legal grounds one by one."""
        return ended(self.bases)

    @property
    def last_words(self) -> str:
        """The last paragraph of the last article."""
        last = self.closed_articles[-1]
        return last.more[-1] if last.more else f"Điều 0. {last.text} {last.tail}"

    @property
    def closed_articles(self) -> tuple[Article, ...]:
        """The articles, the last one closed by “./.”."""
        *others, last = self.articles
        if last.more:
            last = replace(last, more=(*last.more[:-1], last.more[-1].rstrip(" ./") + "./."))
        else:
            last = replace(last, text=last.text.rstrip(" ./") + "./.")
        return (*others, last)


@dataclass(frozen=True, kw_only=True)
class SubmissionPaper(OfficialPaper):
    """Tờ trình: addressees, grounds and proposal as blocks; the list of names is an annex."""

    template = "submission.html"
    version = "submission-2"
    heading: str = "TỜ TRÌNH"
    addressees: tuple[str, ...]
    blocks: tuple[Block, ...]

    @property
    def addressee_lines(self) -> tuple[str, ...]:
        """Box 9a: one line has no mark, several end with “;” and “.”."""
        return ended(self.addressees) if len(self.addressees) > 1 else self.addressees


@dataclass(frozen=True, kw_only=True)
class RegistrationPaper(SubmissionPaper):
    """Bản đăng ký thi đua."""

    template = "registration.html"
    version = "registration-2"
    heading: str = "BẢN ĐĂNG KÝ"
    addressees: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class MinutesPaper(OfficialPaper):
    """Biên bản: of a session or of a count; two to four signatures stand side by side."""

    template = "minutes.html"
    version = "minutes-2"
    heading: str = "BIÊN BẢN"
    blocks: tuple[Block, ...]


@dataclass(frozen=True, kw_only=True)
class InvitationPaper(OfficialPaper):
    """Giấy mời: `facts` are pairs such as (“Thời gian”, “08 giờ 00 …”)."""

    template = "invitation.html"
    version = "invitation-2"
    heading: str = "GIẤY MỜI"
    opening: str
    invited: str
    facts: tuple[tuple[str, str], ...]
    blocks: tuple[Block, ...] = ()
