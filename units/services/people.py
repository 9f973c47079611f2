"""People come, change posts and leave; a posting ends the day before the next begins."""

from datetime import date, datetime, timedelta

from accounts.models import User
from core import journal
from core.act import act
from core.vietnamese import UnclearText, check_text, clean_text
from core.workflow import Refused, lock
from units.models import Person, Posting, Unit
from units.models.person import Category


@act
def register(  # noqa: PLR0913 - the facts of one act
    *, code: str, full_name: str, sex: str, unit: Unit, valid_from: date, by: User, at: datetime,
    category: str = Category.OFFICIAL, born_on: date | None = None, joined_on: date | None = None,
    post: str = "", rank: str = "", law_post: str = "", is_head: bool = False, user: User | None = None,
) -> Person:  # fmt: skip
    """A new person with a first posting; refuses a code in use and a name that is not Vietnamese text."""
    try:
        check_text(full_name)
    except UnclearText as unclear:
        raise Refused(unclear.says) from unclear
    if Person.objects.filter(code=clean_text(code)).exists():
        raise Refused(f"Số hiệu “{code}” đã có người dùng. Kiểm tra lại số hiệu hoặc tìm người này trong danh sách.")
    person = Person.objects.create(
        code=clean_text(code), full_name=full_name, sex=sex, category=category, born_on=born_on,
        joined_on=joined_on or valid_from, user=user,
    )  # fmt: skip
    journal.record(person, by=by, at=at, kind="person.register", changes={"code": person.code})
    appoint(
        person=person, unit=unit, valid_from=valid_from, post=post, rank=rank, law_post=law_post, is_head=is_head,
        by=by, at=at,
    )  # fmt: skip
    return person


@act
def appoint(  # noqa: PLR0913 - the facts of one act
    *, person: Person, unit: Unit, valid_from: date, by: User, at: datetime, post: str = "", rank: str = "",
    law_post: str = "", is_head: bool = False, is_main: bool = True, basis: str = "",
) -> Posting:  # fmt: skip
    """Give `person` a post from a day on; a running main posting ends the day before."""
    locked = lock(person)
    if not unit.is_in_force(valid_from):
        raise Refused(f"{unit} không hoạt động vào ngày {valid_from:%d/%m/%Y}. Chọn đơn vị khác hoặc ngày khác.")
    if locked.left_on and valid_from > locked.left_on:
        raise Refused(f"{locked} đã thôi công tác sau ngày {locked.left_on:%d/%m/%Y}.")
    if is_main:
        _close_running(locked, before=valid_from)
    posting = Posting.objects.create(
        person=locked, unit=unit, valid_from=valid_from, post=clean_text(post), rank=clean_text(rank),
        law_post=law_post, is_head=is_head, is_main=is_main,
    )  # fmt: skip
    changes = {"unit": unit.code, "from": valid_from, "post": post, "rank": rank, "main": is_main}
    journal.record(locked, by=by, at=at, kind="person.appoint", changes=changes, note=basis)
    return posting


@act
def transfer(*, person: Person, to: Unit, valid_from: date, by: User, at: datetime, basis: str = "") -> Posting:
    """Move `person` to another unit with the same rank; the post and the headship stay behind."""
    running = person.posting_on(valid_from)
    if running is not None and running.unit_id == to.pk and running.valid_to is None:
        raise Refused(f"{person} đang công tác tại {to}. Chọn đơn vị khác.")
    rank = running.rank if running else ""
    return appoint(person=person, unit=to, valid_from=valid_from, rank=rank, by=by, at=at, basis=basis)


@act
def leave(*, person: Person, last_day: date, by: User, at: datetime, basis: str = "") -> Person:
    """`last_day` is the last day of service; running postings end with it."""
    locked = lock(person)
    if locked.left_on:
        raise Refused(f"{locked} đã thôi công tác từ sau ngày {locked.left_on:%d/%m/%Y}.")
    running = locked.postings.filter(valid_to__isnull=True)
    if running.filter(valid_from__gt=last_day).exists():
        raise Refused(f"Ngày cuối cùng phải từ ngày bắt đầu vị trí đang giữ. Kiểm tra lại ngày {last_day:%d/%m/%Y}.")
    running.update(valid_to=last_day)
    locked.left_on = last_day
    locked.save(update_fields=["left_on"])
    journal.record(locked, by=by, at=at, kind="person.leave", changes={"left_on": [None, last_day]}, note=basis)
    return locked


@act
def link_user(*, person: Person, user: User, by: User, at: datetime) -> Person:
    """The account with which `person` signs in."""
    locked = lock(person)
    if Person.objects.filter(user=user).exclude(pk=locked.pk).exists():
        raise Refused(f"Tài khoản {user.username} đã gắn với người khác.")
    before, locked.user = locked.user_id, user
    locked.save(update_fields=["user"])
    journal.record(locked, by=by, at=at, kind="person.link_user", changes={"user": [before, user.pk]})
    return locked


def _close_running(person: Person, *, before: date) -> None:
    later = person.postings.filter(is_main=True, valid_from__gte=before).order_by("valid_from").first()
    if later:
        raise Refused(f"{person} có vị trí bắt đầu ngày {later.valid_from:%d/%m/%Y}. Chọn ngày sau ngày đó.")
    running = person.postings.filter(is_main=True, valid_from__lt=before)
    for posting in running.order_by("-valid_from")[:1]:
        if posting.valid_to is None or posting.valid_to >= before:
            posting.valid_to = before - timedelta(days=1)
            posting.save(update_fields=["valid_to"])
