"""The council's own rules: share, base and quorum where no law fixes them; dated and cited."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from accounts import policy
from accounts.models import User
from accounts.permissions import Permission
from core import journal
from core.act import act
from core.workflow import Refused, lock
from council.models import Council, CouncilRule
from council.states import Base, Status
from council.voting import Share


@dataclass(frozen=True)
class Source:
    """Where the rule is written, and how sure that is."""

    document: str
    place: str
    status: str = Status.CONFIRMED


@act
def enter_rule(
    *, council: Council, share: Share, quorum: Share, source: Source, valid_from: date, by: User, at: datetime,
    award: str = "", base: str = Base.ALL_MEMBERS, valid_to: date | None = None,
) -> CouncilRule:  # fmt: skip
    """Enter what the council's rules say, for one award or ("") for all without a rule of their own.

    Needs the document and the place in it; two rules for the same award never hold on the same day.
    """
    council = Council.objects.select_for_update().get(pk=council.pk)
    policy.check(by, Permission.RULE_OVERRIDE, council.unit)
    if not source.document.strip() or not source.place.strip():
        raise Refused("Nhập văn bản căn cứ và điều, khoản. Quy chế không có căn cứ thì không dùng được.")
    _check_overlap(council, award, valid_from, valid_to)
    rule = CouncilRule.objects.create(
        council=council, award=award, share_num=share.num, share_den=share.den, over=share.over, base=base,
        quorum_num=quorum.num, quorum_den=quorum.den, valid_from=valid_from, valid_to=valid_to,
        cite_document=source.document.strip(), cite_place=source.place.strip(), status=source.status, by=by,
    )  # fmt: skip
    changes = {
        "award": award, "share": share.text, "base": base, "quorum": quorum.text, "from": valid_from, "to": valid_to,
        "cite": f"{source.place}, {source.document}",
    }  # fmt: skip
    journal.record(council, by=by, at=at, kind="council.rule", changes=changes)
    return rule


@act
def end_rule(*, rule: CouncilRule, last_day: date, by: User, at: datetime) -> CouncilRule:
    """The rule is in force for the last time on `last_day`; sessions already locked keep it."""
    rule = lock(rule)
    policy.check(by, Permission.RULE_OVERRIDE, rule.council.unit)
    if last_day < rule.valid_from:
        raise Refused(f"Ngày cuối phải từ ngày {rule.valid_from:%d/%m/%Y}, ngày quy chế có hiệu lực.")
    if rule.valid_to is not None and rule.valid_to <= last_day:
        raise Refused(f"Quy chế này đã hết hiệu lực ngày {rule.valid_to:%d/%m/%Y}.")
    before, rule.valid_to = rule.valid_to, last_day
    rule.save(update_fields=["valid_to"])
    changes = {"rule": rule.pk, "to": [before, last_day]}
    journal.record(rule.council, by=by, at=at, kind="council.rule_end", changes=changes)
    return rule


def _check_overlap(council: Council, award: str, valid_from: date, valid_to: date | None) -> None:
    if valid_to is not None and valid_to < valid_from:
        raise Refused("Ngày hết hiệu lực phải từ ngày có hiệu lực trở đi.")
    same = council.rules.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=valid_from), award=award)
    if valid_to is not None:
        same = same.filter(valid_from__lte=valid_to)
    if (held := same.first()) is not None:
        raise Refused(
            f"Từ ngày {held.valid_from:%d/%m/%Y} đã có quy chế cho danh hiệu này ({held.cite_document})."
            " Kết thúc quy chế đó trước."
        )
