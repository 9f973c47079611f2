"""Conditions on the people of a collective, and on its place in its cluster."""

from __future__ import annotations

from rulebook.codes import MEMBER_COUNTS
from rulebook.criteria.case import Case, Params, answer
from rulebook.findings import Finding
from rulebook.values import Value


def everyone_completed(case: Case, _params: Params, value: Value) -> Finding:
    """Every member completed the year's tasks."""
    total, done = case.unit.members.total, case.unit.members.completed_or_better
    if total is None or done is None:
        return answer(value, None, "Chưa có số người hoàn thành nhiệm vụ trong tập thể; cần 100 %")
    return answer(value, total > 0 and done == total, f"{done}/{total} người hoàn thành nhiệm vụ trở lên; cần 100 %")


def share_of_members(case: Case, params: Params, value: Value) -> Finding:
    """A share of the members holds a title; ``over`` where the law says "more than"."""
    of, share = params["of"], params["share"]
    total, part = case.unit.members.total, getattr(case.unit.members, of)
    need = f"cần {'trên' if params['over'] else 'từ'} {share.percent}"
    if total is None or part is None:
        return answer(value, None, f"Chưa có số {MEMBER_COUNTS[of]} trong tập thể; {need}")
    met = total > 0 and share.reached_by(part, total, over=params["over"])
    return answer(value, met, f"{part}/{total} {MEMBER_COUNTS[of]}; {need}")


def number_of_members(case: Case, params: Params, value: Value) -> Finding:
    """At least so many members hold a title."""
    of, count = params["of"], params["count"]
    part = getattr(case.unit.members, of)
    if part is None:
        return answer(value, None, f"Chưa có số {MEMBER_COUNTS[of]}; cần ít nhất {count}")
    return answer(value, part >= count, f"{part} {MEMBER_COUNTS[of]}; cần ít nhất {count}")


def nobody_disciplined(case: Case, _params: Params, value: Value) -> Finding:
    """No member was disciplined by a warning or more."""
    number = case.unit.members.disciplined_warning_or_above
    if number is None:
        return answer(value, None, "Chưa rõ có người bị kỷ luật từ cảnh cáo trở lên hay không")
    return answer(value, number == 0, f"{number} người bị kỷ luật từ cảnh cáo trở lên; cần không có người nào")


def leads_cluster(case: Case, _params: Params, value: Value) -> Finding:
    """The collective was acclaimed leader of its cluster or block."""
    leads = case.unit.leads_cluster
    if leads is None:
        return answer(value, None, "Chưa rõ có dẫn đầu cụm, khối thi đua hay không")
    says = "Được suy tôn dẫn đầu cụm, khối thi đua" if leads else "Không dẫn đầu cụm, khối thi đua"
    return answer(value, leads, says)
