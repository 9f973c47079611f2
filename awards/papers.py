"""The words on a tờ trình and on a phiếu thẩm định: rows in, a paper out; nothing is read from the database here."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from awards.eligibility import cite_text, name_of, summary
from awards.facts import Overridden
from awards.models import Nomination, Submission
from documents.papers import (
    AnnexGroup,
    AnnexPaper,
    AnnexRow,
    Column,
    Heading,
    Letterhead,
    Para,
    RegistrationPaper,
    Signature,
    SubmissionPaper,
    Table,
    ended,
)
from documents.papers import Row as PaperRow
from documents.papers.wording import in_full, legal_base
from rulebook import catalogue
from rulebook.sources import Source

SYMBOL = "TTr"


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
    """Tờ trình with its list of names as an annex; a draft until it is sent. It is printed and signed by hand."""
    head = _letterhead(sender, _symbol(submission), day, number=_number(submission))
    return SubmissionPaper(
        title=submission.title,
        letterhead=head,
        summary=submission.title,
        addressees=(sender.superior or sender.name,),
        blocks=(
            *(Para(text, style="italic") for text in ended([legal_base(source) for source in bases])),
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
        annexes=(_names(lines, f"(Kèm theo Tờ trình số {head.number_text} {head.day_text} của {sender.name})"),),
        draft=not submission.is_sent,
    )


def appraisal_paper(
    line: Nomination, overridden: Sequence[Overridden], appraiser: Sender, day: date
) -> RegistrationPaper:
    """Phiếu thẩm định: every condition with what was found, then what was set aside, by whom, when and why."""
    verdict = line.present_verdict or {"findings": [], "to_be_confirmed_by_people": []}
    who = ", ".join(word for word in (line.shown_name, line.post_printed, line.unit_printed) if word)
    law = f" theo pháp luật áp dụng ngày {line.governing_day:%d/%m/%Y}" if line.governing_day else ""
    people = [item["says"] for item in verdict["to_be_confirmed_by_people"]]
    return RegistrationPaper(
        title=f"Phiếu thẩm định {line.code}",
        letterhead=_letterhead(appraiser, "PTĐ", day),
        heading="PHIẾU THẨM ĐỊNH",
        summary=f"Hồ sơ {line.code} đề nghị {line.entry.label} năm {line.year}",
        blocks=(
            Para(f"Cá nhân, tập thể: {who}."),
            Para(f"Kết luận của máy{law}: {summary(line.present_verdict).text}."),
            _findings(line, verdict["findings"]),
            *_overridden(overridden),
            *((Heading("Do người thẩm định xác nhận"),) if people else ()),
            *(Para(f"{says}.", lead="-") for says in people),
            *((Para(f"Căn cứ xác nhận: {line.review_note}"),) if line.review_note else ()),
        ),
        signatures=(Signature(("NGƯỜI THẨM ĐỊNH",), str(line.reviewed_by or "")),),
    )


def _overridden(rows: Sequence[Overridden]) -> tuple[Heading | Para, ...]:
    if not rows:
        return ()
    said: list[Heading | Para] = [Heading("Ghi đè kết luận")]
    for row in rows:
        said.append(Para(f"{row.says}"))
        said += [Para(f"{failed}.", lead="Điều kiện được ghi đè:") for failed in row.failed]
    return tuple(said)


def _findings(line: Nomination, findings: Sequence[dict[str, Any]]) -> Table:
    words = {True: "Đạt", False: "Không đạt", None: "Chưa rõ"}
    columns = (
        Column("TT", 10, "center"),
        Column("Điều kiện, kết quả kiểm tra"),
        Column("Kết luận", 22),
        Column("Căn cứ", 48),
    )
    rows = tuple(
        AnnexRow((f"{place}", _condition(line, item), words[item["met"]], cite_text(item["cite"])))
        for place, item in enumerate(findings, 1)
    )
    return Table(columns, rows)


def _condition(line: Nomination, item: dict[str, Any]) -> str:
    name, says = name_of(line.award, item["rule"]), f"{item['says'][:1].upper()}{item['says'][1:]}"
    return f"{name}: {item['says']}" if name else says


def _symbol(submission: Submission) -> str:
    """What stands after the number on the tờ trình: “TTr-VKS” of “45/TTr-VKS”."""
    _, slash, symbol = submission.number.partition("/")
    return symbol if slash else SYMBOL


def _number(submission: Submission) -> int | None:
    number = submission.number.partition("/")[0].strip()
    return int(number) if number.isdecimal() and len(number) < 7 else None


def _letterhead(sender: Sender, symbol: str, day: date | None, *, number: int | None = None) -> Letterhead:
    above = (sender.superior.upper(),) if sender.superior else ()
    return Letterhead(
        parent=above, body=(sender.name.upper(),), symbol=symbol, number=number, place=sender.place or "…", day=day
    )


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
        AnnexRow((f"{place}", in_full(catalogue.award(code).label), _count(collectives[code]), _count(people[code])))
        for place, code in enumerate(codes, 1)
    )
    return Table(columns, rows)


def _names(lines: Sequence[Nomination], reference: str) -> AnnexPaper:
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
            rows.append(AnnexGroup(in_full(line.entry.label)))
        where = ", ".join(word for word in (line.post_printed, line.unit_printed) if word)
        rows.append(AnnexRow((f"{place}", line.shown_name, where, line.achievement)))
    return AnnexPaper(
        title="Danh sách đề nghị khen thưởng",
        heading="DANH SÁCH ĐỀ NGHỊ KHEN THƯỞNG",
        columns=columns,
        rows=tuple(rows),
        reference=reference,
        closing=f"Danh sách có {len(lines):02d} hồ sơ./.",
        landscape=True,
    )


def _count(number: int) -> str:
    return f"{number}" if number else ""
