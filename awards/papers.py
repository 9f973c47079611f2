"""The words on a tờ trình: rows in, a paper out; nothing is read from the database here."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from textwrap import wrap

from awards.models import Nomination, Submission
from documents.papers import (
    AnnexGroup,
    AnnexPaper,
    AnnexRow,
    Column,
    Letterhead,
    Para,
    Signature,
    SubmissionPaper,
    Table,
)
from documents.papers import Row as PaperRow
from rulebook import catalogue
from rulebook.sources import Source

#: Letters on one line of the proposing body's name.
BODY_WIDTH = 24
SYMBOL = "TTr"
_LAWS = {"resolution": "Nghị quyết", "decree": "Nghị định", "circular": "Thông tư", "decision": "Quyết định"}


@dataclass(frozen=True)
class Sender:
    """What the letterhead and the signature need to know of the proposing unit."""

    name: str
    superior: str
    place: str
    head_post: str
    head_name: str = ""


def submission_paper(
    submission: Submission, lines: Sequence[Nomination], sender: Sender, bases: Sequence[Source], day: date | None
) -> SubmissionPaper:
    """Tờ trình with its list of names as an annex; a draft until it is sent."""
    return SubmissionPaper(
        title=submission.title,
        letterhead=Letterhead(
            body=tuple(wrap(sender.name.upper(), BODY_WIDTH)),
            parent=tuple(wrap(sender.superior.upper(), BODY_WIDTH)) if sender.superior else (),
            symbol=_symbol(submission),
            number=_number(submission),
            place=sender.place or "…",
            day=day,
        ),
        summary=submission.title,
        addressees=(sender.superior or sender.name,),
        blocks=(
            *(Para(_base(source), style="italic") for source in bases),
            Para(
                f"{sender.name} kính trình xét tặng danh hiệu thi đua, hình thức khen thưởng năm "
                f"{submission.campaign.year} theo {submission.campaign}, gồm:"
            ),
            _totals(lines),
            Para("(Có danh sách kèm theo)", style="italic"),
            Para(f"{sender.name} kính trình xem xét, quyết định./."),
        ),
        signatures=(Signature((sender.head_post.upper() or "THỦ TRƯỞNG ĐƠN VỊ",), sender.head_name),),
        recipients=("Như trên", "Lưu: VT"),
        annexes=(_names(lines),),
        draft=not submission.is_sent,
    )


def _symbol(submission: Submission) -> str:
    """What stands after the number on the tờ trình: “TTr-VKS” of “45/TTr-VKS”."""
    _, slash, symbol = submission.number.partition("/")
    return symbol if slash else SYMBOL


def _number(submission: Submission) -> int | None:
    number = submission.number.partition("/")[0].strip()
    return int(number) if number.isdecimal() and len(number) < 7 else None


def _base(source: Source) -> str:
    if source.kind == "law":
        return f"Căn cứ {source.title};"
    kind = _LAWS.get(source.kind, "")
    rest = source.title.removeprefix(f"{kind} ").removeprefix("số ")
    return " ".join(f"Căn cứ {kind} số {source.number} {rest};".split())


def _totals(lines: Sequence[Nomination]) -> Table:
    people = Counter(line.award for line in lines if line.person_id)
    collectives = Counter(line.award for line in lines if line.collective_id)
    codes = sorted(people | collectives, key=lambda code: catalogue.award(code).order)
    columns = (
        Column("TT", 12, "center"),
        Column("Danh hiệu, hình thức"),
        Column("Tập thể", 25, "right"),
        Column("Cá nhân", 25, "right"),
    )
    rows = tuple(
        AnnexRow((f"{place}", catalogue.award(code).label, _count(collectives[code]), _count(people[code])))
        for place, code in enumerate(codes, 1)
    )
    return Table(columns, rows)


def _names(lines: Sequence[Nomination]) -> AnnexPaper:
    """The list, grouped by award in the order of the law."""
    columns = (
        Column("TT", 12, "center"),
        Column("Cá nhân, tập thể", 62),
        Column("Chức vụ, đơn vị", 72),
        Column("Tóm tắt thành tích"),
    )
    rows: list[PaperRow] = []
    ordered = sorted(
        lines, key=lambda line: (catalogue.award(line.award).order, line.collective_id is None, line.sort_key)
    )
    award = ""
    for place, line in enumerate(ordered, 1):
        if line.award != award:
            award = line.award
            rows.append(AnnexGroup(line.entry.label))
        where = ", ".join(word for word in (line.post_printed, line.unit_printed) if word)
        rows.append(AnnexRow((f"{place}", line.shown_name, where, line.achievement)))
    return AnnexPaper(
        title="Danh sách đề nghị khen thưởng",
        heading="DANH SÁCH ĐỀ NGHỊ KHEN THƯỞNG",
        columns=columns,
        rows=tuple(rows),
        closing=f"Danh sách có {len(lines)} hồ sơ./.",
        landscape=True,
    )


def _count(number: int) -> str:
    return f"{number}" if number else ""
