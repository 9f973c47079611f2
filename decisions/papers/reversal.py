"""Words a draft that takes back or sets right begins with; all of them can be edited."""

from collections.abc import Sequence

from decisions.models import Decision, DecisionLine
from decisions.papers import words
from decisions.states import DecisionKind
from documents.papers import official_day
from documents.papers.wording import counted, in_full, legal_base, place_in
from rulebook import catalogue
from rulebook.clocks import Clock, Ground
from rulebook.sources import Source


def named(decision: Decision) -> str:
    """“Quyết định số 12/QĐ-VKSTC ngày 25 tháng 11 năm 2026”."""
    day = official_day(decision.dated) if decision.dated else ""
    return f"Quyết định số {decision.number_text} {day}".strip()


def title(kind: str, original: Decision, lines: Sequence[DecisionLine], *, whole: bool) -> str:
    """The summary: what becomes of which decision, in part or whole."""
    about = f"Quyết định số {original.number_text}"
    if kind == DecisionKind.REVOCATION:
        part = "" if whole else f" đối với {_whom(lines)}"
        return f"Về việc hủy bỏ {about}{part} và thu hồi hiện vật, tiền thưởng"[:300]
    verb = "thay thế danh sách kèm theo" if whole else "đính chính"
    return f"Về việc {verb} {about}{'' if whole else f' đối với {_whom(lines)}'}"[:300]


def bases(original: Decision, sources: Sequence[Source], ground: Ground | None) -> list[dict[str, str]]:
    """The law of the day, the article that allows it, and the decision that is changed."""
    rows = [{"number": source.number, "text": legal_base(source)} for source in sources]
    known = {source.number: source for source in sources}
    cites = [cite for cite in (ground.cite if ground else ()) if cite.doc in known]
    rows += [{"number": cite.doc, "text": f"Căn cứ {place_in(cite.at, known[cite.doc])}"} for cite in cites]
    of = f"{original.authority_post} {original.issuer_name}"
    rows.append({"number": "", "text": f"Căn cứ {named(original)} của {of} {_lowered(original.title)}"})
    return rows


def articles(
    kind: str, original: Decision, lines: Sequence[DecisionLine], *, ground: Ground | None, clock: Clock, place: str
) -> list[dict[str, object]]:
    """What ends or is set right, what comes back and by when, who carries it out. `place` cites the days."""
    people = sum(line.person_id is not None for line in lines)
    total = counted(people, len(lines) - people)
    tail = f"{words.LIST_FOLLOWS}."
    if kind == DecisionKind.REVOCATION:
        why = f", do: {_lowered(ground.text)}" if ground else ""
        first = f"Hủy bỏ nội dung khen thưởng đối với {total} tại {named(original)}{why}"
        days = f" trong thời hạn {clock.days} ngày làm việc kể từ ngày ban hành Quyết định này" if clock.days else ""
        by = f" theo quy định tại {place}" if place else ""
        second = f"Thu hồi hiện vật khen thưởng và tiền thưởng đã nhận; nộp lại {original.issuer_name}{days}{by}."
    else:
        first = f"Đính chính nội dung đã ghi đối với {total} tại {named(original)}"
        second = "Các nội dung khác của Quyết định được đính chính giữ nguyên hiệu lực."
    last = words.carried_out(f"{original.issuer_name} có liên quan", people, len(lines) - people)
    return [
        {"text": first, "more": [], "tail": tail},
        {"text": second, "more": [], "tail": ""},
        {"text": last, "more": [], "tail": ""},
    ]


def fixes(line: DecisionLine) -> str:
    """“Họ tên: “Trần Thị Mai” sửa thành “Trần Thị Mây””: what a correction changes of its target; empty: nothing."""
    if line.target is None:
        return ""
    pairs = [
        ("Họ tên" if line.person_id else "Tên tập thể", line.target.name_printed, line.name_printed),
        ("Chức vụ", line.target.post_printed, line.post_printed),
        ("Đơn vị", line.target.unit_printed, line.unit_printed),
        ("Thành tích", line.target.achievement, line.achievement),
    ]
    return "; ".join(f"{what}: “{old}” sửa thành “{new}”" for what, old, new in pairs if old != new)


def _whom(lines: Sequence[DecisionLine]) -> str:
    """A collective by name, individuals by number: the summary is public."""
    if len(lines) == 1 and lines[0].person_id is None:
        return f"{lines[0].name_printed}, {in_full(catalogue.award(lines[0].award).label)}"
    people = sum(line.person_id is not None for line in lines)
    return counted(people, len(lines) - people)


def _lowered(text: str) -> str:
    return text[:1].lower() + text[1:]
