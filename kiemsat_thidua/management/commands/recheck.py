"""`manage.py recheck`: whose frozen verdict is no longer what the book says; prints, and writes nothing."""

from argparse import ArgumentParser
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.core.management import BaseCommand, CommandError
from django.db.models import QuerySet
from django.utils import timezone

from awards.eligibility import Change, Difference, cite_text, differences, name_of
from awards.models import Nomination
from awards.states import LIVE
from history.eligibility import overrides
from rulebook import book, catalogue
from rulebook.findings import ELIGIBLE, NOT_ELIGIBLE, UNDETERMINED

OUTCOMES = {ELIGIBLE: "đủ điều kiện", NOT_ELIGIBLE: "không đủ điều kiện", UNDETERMINED: "chưa xác định"}
MET = {True: "đạt", False: "không đạt", None: "chưa xác định"}
#: A version of the book is told by at least so many characters of it.
SHORTEST = 6


class Command(BaseCommand):
    """For use after the book or the office's own rules have changed: every dossier under way is judged anew."""

    help = "Xét lại mọi hồ sơ đang xử lý theo sổ luật và quy định riêng hiện nay, in chỗ khác; không ghi gì."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--award", metavar="MÃ", help="chỉ một danh hiệu, hình thức")
        parser.add_argument("--year", type=int, metavar="NĂM", help="chỉ hồ sơ của năm này")
        parser.add_argument("--day", metavar="NGÀY", help="theo pháp luật của ngày này (NĂM-THÁNG-NGÀY), thay cho ngày "
                            "áp dụng của từng hồ sơ")  # fmt: skip
        parser.add_argument("--against", metavar="PHIÊN_BẢN|NGÀY", help="so với pháp luật của ngày này thay cho kết "
                            "luận khi trình; hoặc chỉ hồ sơ đã xét theo phiên bản sổ luật này")  # fmt: skip

    def handle(self, *args: Any, **options: Any) -> None:
        against = options["against"] or ""
        other = _day_of(against) if against else None
        lines = _lines(options["award"], options["year"], against if against and not other else "")
        law = _wanted_day(options["day"])
        self.stdout.write(f"Sổ luật {book.version()[:12]}, {len(overrides())} quy định riêng đang áp dụng.")
        self.stdout.write(f"So với {f'pháp luật ngày {other:%d/%m/%Y}' if other else 'kết luận khi trình'}.\n")
        checked = found = 0
        for each in differences(lines, timezone.localdate(), law=law, against=other):
            checked += 1
            if each.differs:
                found += 1
                self.stdout.write("\n".join(_said(each, law)))
        self.stdout.write(f"\nĐã xét lại {checked} hồ sơ đang xử lý: {found} hồ sơ khác. Không ghi thay đổi nào.")


def _lines(award: str | None, year: int | None, version: str) -> QuerySet[Nomination]:
    lines = Nomination.objects.filter(state__in=LIVE).exclude(verdict__isnull=True)
    if award:
        if award not in catalogue.awards():
            raise CommandError(f"Không có danh hiệu, hình thức {award}. Có: {', '.join(catalogue.awards())}.")
        lines = lines.filter(award=award)
    if year:
        lines = lines.filter(year=year)
    if version:
        if len(version) < SHORTEST:
            raise CommandError(f"«{version}» không phải ngày (NĂM-THÁNG-NGÀY), cũng không phải phiên bản sổ luật "
                               f"(ít nhất {SHORTEST} ký tự đầu).")  # fmt: skip
        lines = lines.filter(rulebook_version__startswith=version)
    return lines


def _wanted_day(text: str | None) -> date | None:
    if not text:
        return None
    found = _day_of(text)
    if found is None:
        raise CommandError(f"«{text}» không phải là ngày dạng NĂM-THÁNG-NGÀY.")
    return found


def _day_of(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _said(found: Difference, law: date | None) -> Iterator[str]:
    line, governing = found.line, law or found.line.governing_day
    before, after = (OUTCOMES[verdict["outcome"]] for verdict in (found.before, found.after))
    outcome = f"{before} → {after}" if before != after else f"vẫn {after}"
    day = f", pháp luật ngày {governing:%d/%m/%Y}" if governing else ""
    yield f"\n{line.code} {line.shown_name}, {line.entry.label} năm {line.year}{day}: {outcome}"
    for change in found.changes:
        yield f"  - {_changed(line.award, change)}"
    if found.facts_changed:
        yield "  - Dữ liệu của hồ sơ cũng đã khác khi trình."


def _changed(award: str, change: Change) -> str:
    before, after = change.before, change.after
    name = name_of(award, change.rule) or (after or before or {})["says"]
    if before is None and after is not None:
        return f"{name}: điều kiện mới, {MET[after['met']]}. {after['says']} ({cite_text(after['cite'])})"
    if after is None:
        return f"{name}: không còn là điều kiện"
    assert before is not None
    met = f"{MET[before['met']]} → {MET[after['met']]}" if before["met"] is not after["met"] else MET[after["met"]]
    old, new = cite_text(before["cite"]), cite_text(after["cite"])
    cite = f"căn cứ {old} → {new}" if old != new else new
    standing = {True: "; nay đã đối chiếu", False: "; nay chưa đối chiếu"}
    changed = standing[after["confirmed"]] if before["confirmed"] != after["confirmed"] else ""
    return f"{name}: {met}. {after['says']} ({cite}{changed})"
