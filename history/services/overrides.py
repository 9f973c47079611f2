"""Values the law leaves to the ministry, entered by the leaders of the standing office with their citation.

They hold for the whole sector: the right is asked on VKSND tối cao, wherever else its holder works.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Q

from accounts import policy
from accounts.models import User
from accounts.permissions import Permission
from core import journal
from core.act import act
from core.models import RuleOverride
from core.vietnamese import clean_text
from core.workflow import Refused, lock
from rulebook.asking import Override
from rulebook.book import load
from rulebook.delegation import Overridable, find, number_of
from rulebook.errors import BookError
from rulebook.shapes import Share
from rulebook.values import Cite
from rulebook.wording import words
from units.models import Unit
from units.selectors import sector


@dataclass(frozen=True)
class Source:
    """Where the value is written, and how sure that is."""

    document: str
    place: str
    status: str = "confirmed"


@act
def enter(
    *, code: str, value: Any, source: Source, valid_from: date, by: User, at: datetime, valid_to: date | None = None
) -> RuleOverride:
    """Lay `value` over the book from `valid_from` on; `code` is the book's.

    `value` as the book writes it: a share "90/100", a whole number, true or false, a coefficient "0.6", a text;
    of a condition the number that the sector may change. Refused where the law does not leave the value to the
    ministry on that day, without document and place, beyond a ceiling, or beside another value of the same days.
    """
    _check_right(by, hold=True)
    if valid_to is not None and valid_to < valid_from:
        raise Refused("Ngày hết hiệu lực phải từ ngày có hiệu lực trở đi.")
    if not source.document.strip() or not source.place.strip():
        raise Refused("Nhập văn bản căn cứ và điều, khoản. Mức riêng không có căn cứ thì không dùng được.")
    entry = find(code, valid_from)
    if entry is None:
        raise Refused(f"Pháp luật không giao ngành quy định mức này vào ngày {valid_from:%d/%m/%Y}.")
    content = _checked(entry, value, valid_from)
    _check_overlap(code, valid_from, valid_to)
    row = RuleOverride.objects.create(
        parameter=code, award=entry.award, value=content, valid_from=valid_from, valid_to=valid_to,
        cite_document=clean_text(source.document), cite_place=clean_text(source.place), status=source.status,
        by=by, created_at=at,
    )  # fmt: skip
    changes = {
        "value": [said(entry.present.content) if entry.present else "", said_of(row)], "from": valid_from,
        "to": valid_to, "cite": f"{row.cite_place}, {row.cite_document}", "status": row.status,
    }  # fmt: skip
    journal.record(row, by=by, at=at, kind="override.enter", changes=changes)
    return row


@act
def end(*, override: RuleOverride, last_day: date, by: User, at: datetime) -> RuleOverride:
    """The value is in force for the last time on `last_day`; on the days before it stays what it was."""
    _check_right(by)
    row = _standing(override)
    if last_day < row.valid_from:
        raise Refused(f"Ngày cuối phải từ ngày {row.valid_from:%d/%m/%Y}, ngày mức này có hiệu lực.")
    if row.valid_to is not None and row.valid_to <= last_day:
        raise Refused(f"Mức này đã hết hiệu lực ngày {row.valid_to:%d/%m/%Y}.")
    before, row.valid_to = row.valid_to, last_day
    row.save(update_fields=["valid_to"])
    journal.record(row, by=by, at=at, kind="override.end", changes={"to": [before, last_day]})
    return row


@act
def withdraw(*, override: RuleOverride, reason: str, by: User, at: datetime) -> RuleOverride:
    """Entered by mistake: the value counts on no day any more; the row stays, with who took it back and why."""
    _check_right(by)
    row, words_of = _standing(override), clean_text(reason)
    if not words_of:
        raise Refused("Đồng chí ghi rõ lý do rút lại.")
    row.withdrawn_at, row.withdrawn_by, row.withdraw_reason = at, by, words_of
    row.save(update_fields=["withdrawn_at", "withdrawn_by", "withdraw_reason"])
    journal.record(row, by=by, at=at, kind="override.withdraw", changes={"value": [said_of(row), ""]}, note=words_of)
    return row


def said_of(row: RuleOverride) -> str:
    """The value of a row in words; as it was stored where the book no longer knows its kind."""
    known = load().parameters
    try:
        return said(_as_override(row).as_value(load()).content) if row.parameter in known else str(row.value)
    except BookError:
        return str(row.value)


def said(content: Any) -> str:
    """A value of the book in words; of a condition its numbers."""
    return words(content)


def _as_override(row: RuleOverride) -> Override:
    cite = (Cite(row.cite_document, row.cite_place),)
    return Override(row.parameter, row.valid_from, row.value, cite, str(row.by), row.valid_to, row.status)


def _check_right(by: User, *, hold: bool = False) -> None:
    """Ask the right on the sector; with `hold` two leads never enter at the same moment."""
    top = sector()
    if top is None:
        raise Refused("Chưa có VKSND tối cao trong cây đơn vị.")
    policy.check(by, Permission.RULE_OVERRIDE, top)
    if hold:
        Unit.objects.select_for_update().get(pk=top.pk)


def _standing(override: RuleOverride) -> RuleOverride:
    row = lock(override)
    if row.withdrawn_at is not None:
        raise Refused(f"Mức này đã được {row.withdrawn_by} rút lại.")
    return row


def _checked(entry: Overridable, value: Any, day: date) -> Any:
    content = entry.content_of(value)
    try:
        read = Override(entry.code, day, content, (), "-").as_value(load()).content
    except BookError as error:
        raise Refused(f"Giá trị không dùng được: {error.says}.") from None
    number = number_of(read)
    if isinstance(number, Share) and not 0 < number.numerator <= number.denominator:
        raise Refused("Tỷ lệ phải lớn hơn 0 và không quá 100 %.")
    if isinstance(number, int | Decimal) and not isinstance(number, bool) and number <= 0:
        raise Refused("Giá trị phải lớn hơn 0.")
    ceiling = entry.present.content if entry.present and entry.family == "money" else None
    if ceiling is not None and number > ceiling:
        raise Refused(f"Mức trần theo luật là {words(ceiling)}; ngành chỉ được quy định đến mức ấy.")
    return content


def _check_overlap(code: str, valid_from: date, valid_to: date | None) -> None:
    """At most one value of a parameter stands on a day."""
    rows = RuleOverride.objects.filter(
        Q(valid_to=None) | Q(valid_to__gte=valid_from), parameter=code, withdrawn_at=None
    )
    if valid_to is not None:
        rows = rows.filter(valid_from__lte=valid_to)
    if (held := rows.order_by("valid_from").first()) is not None:
        until = f" đến {held.valid_to:%d/%m/%Y}" if held.valid_to else ""
        raise Refused(
            f"Từ ngày {held.valid_from:%d/%m/%Y}{until} đã có mức riêng cho nội dung này "
            f"({held.cite_place}, {held.cite_document}). Kết thúc hoặc rút mức đó trước."
        )
