"""Initiatives recognised by a paper decision enter the history here."""

from collections.abc import Sequence
from datetime import date, datetime

from accounts.models import User
from core import journal
from core.act import act
from core.vietnamese import clean_text
from core.workflow import Refused
from history.models import Initiative, InitiativeAuthor
from history.states import InitiativeState
from units.models import Person, Unit

FULL = 100


@act
def record_recognised(  # noqa: PLR0913 - the facts of one act
    *, code: str, title: str, unit: Unit, year: int, level: str, recognised_on: date, decision: str,
    authors: Sequence[tuple[Person, int]], by: User, at: datetime, summary: str = "",
) -> Initiative:  # fmt: skip
    """An initiative that a decision has recognised, with its authors and their shares in percent.

    Raises Refused for a code in use, no author, an author named twice, or shares beyond 100 %.
    """
    if Initiative.objects.filter(code=clean_text(code)).exists():
        raise Refused(f"Mã sáng kiến “{code}” đã dùng. Chọn mã khác.")
    _check_authors(authors)
    initiative = Initiative.objects.create(
        code=clean_text(code), title=title, unit=unit, year=year, level=level, recognised_on=recognised_on,
        decision=clean_text(decision), summary=summary, state=InitiativeState.RECOGNISED,
    )  # fmt: skip
    InitiativeAuthor.objects.bulk_create(
        InitiativeAuthor(initiative=initiative, person=person, share=share, order=order)
        for order, (person, share) in enumerate(authors, 1)
    )
    changes = {"level": level, "decision": decision, "authors": [[person.code, share] for person, share in authors]}
    journal.record(initiative, by=by, at=at, kind="initiative.record", changes=changes)
    return initiative


def _check_authors(authors: Sequence[tuple[Person, int]]) -> None:
    if not authors:
        raise Refused("Chưa có tác giả. Đồng chí thêm tác giả và tỷ lệ đóng góp.")
    if len({person.pk for person, _ in authors}) < len(authors):
        raise Refused("Một tác giả được ghi hai lần. Đồng chí gộp tỷ lệ của người đó vào một dòng.")
    shares = [share for _, share in authors]
    if min(shares) < 1 or sum(shares) > FULL:
        raise Refused(f"Tổng tỷ lệ đóng góp là {sum(shares)} %; mỗi tác giả từ 1 %, tất cả không quá 100 %.")
