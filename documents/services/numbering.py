"""Official numbers without gap and without double: a locked row per body, kind and year.

Never max()+1 (two clerks would get one number) and never a sequence (an aborted act would leave a
hole). Call inside the act that uses the number, late: the register stays locked until it commits.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from itertools import pairwise

from django.db import models
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from core import journal
from core.act import act
from core.workflow import Refused
from documents.models import IssuedNumber, NumberSeries
from documents.states import NumberState as S


@act
def take(
    *, body: str, kind: str, dated: date, subject: models.Model, by: User, at: datetime, number: int | None = None
) -> IssuedNumber:
    """Give `subject` the next free number, or the very `number` asked for if it is next or kept back.

    Refuses a day before that of a smaller number or after that of a larger one, and a new number in the
    register of a year after which numbers were given.
    """
    series = _locked(body, kind, dated.year)
    used = _used(series)
    following = _next(series, used)
    chosen = number or following
    row = series.numbers.filter(number=chosen).first()
    if chosen != following and (row is None or row.state != S.RESERVED):
        raise Refused(_why_not(chosen, series, row is not None, following))
    if row is None:
        _check_year(series)
    _check_day(series, chosen, dated, is_gap=row is None and chosen < max(used, default=0))
    row = row or IssuedNumber(series=series, number=chosen)
    row.state, row.dated, row.subject, row.by, row.at = S.ISSUED, dated, subject, by, at
    row.save()
    _advance(series, {*used, chosen})
    journal.record(subject, by=by, at=at, kind="number.issue", changes={"number": [None, chosen], "day": [None, dated]})
    return row


@act
def reserve(
    *, body: str, kind: str, year: int, numbers: Iterable[int], note: str, by: User, at: datetime
) -> list[IssuedNumber]:
    """Keep numbers back, for papers whose number was promised; they are passed over until asked for."""
    return _occupy(body, kind, year, numbers, S.RESERVED, note, by, at)


@act
def import_used(
    *, body: str, kind: str, year: int, numbers: Iterable[int], note: str, by: User, at: datetime,
    known: Mapping[int, tuple[date | None, str]] | None = None,
) -> list[IssuedNumber]:  # fmt: skip
    """Note numbers used in the clerk's own register, so that they are never given again.

    One that was kept back here counts as used from now on. `known` gives the day and the words of each, where
    the register has them; a day before that of a smaller number, after that of a larger one, or of another
    year is refused.
    """
    return _occupy(body, kind, year, numbers, S.IMPORTED, note, by, at, known or {})


@act
def release(*, issued: IssuedNumber, by: User, at: datetime) -> None:
    """Give back a number that was only kept back. Raises Refused where it could no longer be given today."""
    series = _locked(issued.series.body, issued.series.kind, issued.series.year)
    row = IssuedNumber.objects.get(pk=issued.pk)
    if row.state != S.RESERVED:
        raise Refused(f"Số {row.number} {row.get_state_display().lower()}, không trả lại sổ được.")
    after = _dated(series).filter(number__gt=row.number, dated__lt=timezone.localdate(at)).order_by("number").first()
    if after is not None:
        raise Refused(
            f"Số {after.number} đã ghi ngày {after.dated:%d/%m/%Y} nên số {row.number} trả lại sẽ bỏ trống. "
            "Đồng chí hủy số này, ghi lý do."
        )
    row.delete()
    series.last = min(series.last, row.number - 1)
    series.save(update_fields=["last"])
    journal.record(series, by=by, at=at, kind="number.release", changes={"number": [row.number, None]})


@act
def void(*, issued: IssuedNumber, reason: str, by: User, at: datetime) -> IssuedNumber:
    """A number whose paper was not issued after all: it stays in the register, void, with the reason."""
    _locked(issued.series.body, issued.series.kind, issued.series.year)
    row = IssuedNumber.objects.select_related("series").get(pk=issued.pk)
    if row.state == S.VOID:
        raise Refused(f"Số {row.number} đã hủy.")
    if row.state != issued.state:
        raise Refused(f"Số {row.number} vừa chuyển sang “{row.get_state_display()}”. Đồng chí tải lại trang để xem.")
    if not reason.strip():
        raise Refused("Đồng chí ghi lý do hủy số.")
    before, row.state, row.note = row.state, S.VOID, reason[:300]
    row.save(update_fields=["state", "note"])
    changes = {"number": [row.number, row.number], "state": [before, row.state]}
    journal.record(row.series, by=by, at=at, kind="number.void", changes=changes, note=reason)
    return row


def _occupy(
    body: str, kind: str, year: int, numbers: Iterable[int], state: S, note: str, by: User, at: datetime,
    known: Mapping[int, tuple[date | None, str]] | None = None,
) -> list[IssuedNumber]:  # fmt: skip
    series = _locked(body, kind, year)
    used = _used(series)
    wanted = sorted(set(numbers))
    if not wanted or wanted[0] < 1:
        raise Refused("Đồng chí nhập số từ 1 trở lên.")
    kept = series.numbers.filter(state=S.RESERVED, number__in=wanted) if state == S.IMPORTED else series.numbers.none()
    free = {row.number: row for row in kept}
    if taken := [n for n in wanted if (n in used or n <= series.last) and n not in free]:
        shown = ", ".join(map(str, taken[:10]))
        raise Refused(f"Số {shown} đã có trong sổ năm {series.year}. Đồng chí bỏ các số này rồi nhập lại.")
    rows = [free.get(n) or IssuedNumber(series=series, number=n) for n in wanted]
    for row in rows:
        row.state, row.by, row.at = state, by, at
        row.dated, words = (known or {}).get(row.number, (None, ""))
        row.note = (words or note)[:300]
    _check_days(series, rows)
    IssuedNumber.objects.bulk_create([row for row in rows if row.pk is None], batch_size=500)
    IssuedNumber.objects.bulk_update(free.values(), ["state", "by", "at", "dated", "note"], batch_size=500)
    _advance(series, {*used, *wanted})
    journal.record(series, by=by, at=at, kind=f"number.{state.value}", changes={"numbers": [None, wanted]}, note=note)
    return rows


def _locked(body: str, kind: str, year: int) -> NumberSeries:
    NumberSeries.objects.get_or_create(body=body, kind=kind, year=year)
    return NumberSeries.objects.select_for_update(of=("self",)).get(body=body, kind=kind, year=year)


def _used(series: NumberSeries) -> set[int]:
    """What stands in the register past the part without gaps; that part needs no look."""
    return set(series.numbers.filter(number__gt=series.last).values_list("number", flat=True))


def _next(series: NumberSeries, used: set[int]) -> int:
    number = series.last + 1
    while number in used:
        number += 1
    return number


def _advance(series: NumberSeries, used: set[int]) -> None:
    last = series.last
    while last + 1 in used:
        last += 1
    if last != series.last:
        series.last = last
        series.save(update_fields=["last"])


def _dated(series: NumberSeries) -> QuerySet[IssuedNumber]:
    """Numbers whose day binds the others; a void one has no paper."""
    return series.numbers.filter(dated__isnull=False).exclude(state=S.VOID)


def _check_year(series: NumberSeries) -> None:
    """Once the next year's register has begun, no new number goes into an earlier one."""
    rows = IssuedNumber.objects.filter(series__body=series.body, series__kind=series.kind, dated__isnull=False)
    rows = rows.filter(series__year__gt=series.year).exclude(state=S.VOID).select_related("series")
    later = rows.order_by("series__year", "number").first()
    if later is not None:
        raise Refused(
            f"Sổ năm {later.series.year} đã có số {later.number} ngày {later.dated:%d/%m/%Y}; không cấp thêm số lùi về "
            f"năm {series.year}. Đồng chí đổi ngày ban hành."
        )


def _check_day(series: NumberSeries, number: int, dated: date, *, is_gap: bool) -> None:
    rows = _dated(series)
    before = rows.filter(number__lt=number).order_by("-number").first()
    after = rows.filter(number__gt=number).order_by("number").first()
    if before and before.dated and dated < before.dated:
        raise Refused(_wrong_day(before.number, before.dated, number, dated, "sớm"))
    if after and after.dated and dated > after.dated:
        raise Refused(_wrong_day(after.number, after.dated, number, dated, "muộn", is_gap=is_gap))


def _check_days(series: NumberSeries, rows: Iterable[IssuedNumber]) -> None:
    """Days of entered numbers rise with them, among themselves and with those that stand in the register."""
    fresh = [row for row in rows if row.dated is not None]
    if not fresh:
        return
    there = _dated(series).values_list("number", "dated")
    days = sorted([*there, *((row.number, row.dated) for row in fresh)])
    for (smaller, before), (larger, after) in pairwise(days):
        if before and after and after < before:
            raise Refused(_wrong_day(smaller, before, larger, after, "sớm"))
    for row in fresh:
        if row.dated and row.dated.year != series.year:
            raise Refused(f"Số {row.number} ghi ngày {row.dated:%d/%m/%Y}, không thuộc sổ năm {series.year}.")


def _wrong_day(other: int, its_day: date, number: int, dated: date, how: str, *, is_gap: bool = False) -> str:
    cure = (
        f"Nếu số {number} đã dùng trên sổ văn thư, đồng chí nhập vào sổ; nếu không dùng thì giữ số rồi hủy, ghi lý do."
        if is_gap
        else "Đồng chí đổi ngày ban hành."
    )
    says = f"Số {other} đã ghi ngày {its_day:%d/%m/%Y}; số {number} không thể ghi ngày {how} hơn ({dated:%d/%m/%Y})."
    return f"{says} {cure}"


def _why_not(number: int, series: NumberSeries, is_used: bool, following: int) -> str:
    if is_used or number <= series.last:
        return f"Số {number} đã dùng trong năm {series.year}. Số kế tiếp là {following}."
    return (
        f"Số {number} chưa đến lượt: số kế tiếp là {following}. "
        "Nếu các số ở giữa đã dùng trên sổ văn thư, đồng chí nhập các số đó vào sổ trước."
    )
