"""The reviewing side: taking up, returning, confirming, overriding, sending on; who may not."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from awards.models import Nomination, Remark, Stage
from awards.selectors import remarks_for
from awards.services import nominations, reviews
from core.models import Event, Notification
from core.workflow import Conflict, Refused
from tests.factories import awards as make
from tests.factories.units import make_person
from units.models import PendingMatter

pytestmark = pytest.mark.django_db


def _return(line, by, at, **values):
    given = {
        "reasons": ["Thiếu biên bản"],
        "guidance": "Tải biên bản.",
        "due_on": at.date() + timedelta(days=7),
        **values,
    }
    return reviews.return_incomplete(nomination=line, by=by, at=at, expected_version=line.version, **given)


def test_who_takes_a_line_up_is_its_reviewer(line, thu, now):
    taken = reviews.take_up(nomination=line, by=thu, at=now, expected_version=1)
    assert (taken.state, taken.reviewed_by, taken.version) == ("reviewing", thu, 2)
    assert Event.objects.get(kind="nomination.take_up").changes == {"state": ["submitted", "reviewing"]}


def test_the_unit_reviews_nothing(line, hung, now):
    with pytest.raises(PermissionDenied):
        reviews.take_up(nomination=line, by=hung, at=now, expected_version=1)


def test_a_line_held_higher_up_is_not_reviewed_below(line, root, thu, now):
    line.held_by = root
    line.save()
    with pytest.raises(PermissionDenied):
        reviews.take_up(nomination=line, by=thu, at=now, expected_version=1)


def test_whoever_proposed_does_not_review(line, hung, lan, assign, province, now):
    for proposer in (hung, lan):
        assign(proposer, "office", province)
        with pytest.raises(Refused, match="không tự thẩm định"):
            reviews.take_up(nomination=line, by=proposer, at=now, expected_version=1)


def test_nobody_reviews_a_line_about_themselves(line, thu, now):
    line.person.user = thu
    line.person.save()
    with pytest.raises(Refused, match="chính đồng chí"):
        reviews.take_up(nomination=line, by=thu, at=now, expected_version=1)


def test_nobody_reviews_the_collective_they_head(sent, province, region, thu, now):
    make_person(region, is_head=True, user=thu)
    line = make.make_nomination(sent, award=make.CO_NGANH, collective=region, state="submitted", held_by=province)
    with pytest.raises(Refused, match="đứng đầu"):
        reviews.take_up(nomination=line, by=thu, at=now, expected_version=1)


def test_a_return_needs_a_reason_guidance_and_a_day_after_today(reviewed, thu, now):
    for wrong in ({"reasons": [" "]}, {"guidance": ""}, {"due_on": now.date()}):
        with pytest.raises(Refused):
            _return(reviewed, thu, now, **wrong)
    assert Nomination.objects.get().state == "reviewing"


def test_a_returned_line_says_why_and_tells_the_unit(reviewed, lan, hung, thu, now):
    returned = _return(reviewed, thu, now)
    assert (returned.state, returned.return_reasons) == ("incomplete", ["Thiếu biên bản"])
    assert returned.return_due == now.date() + timedelta(days=7)
    assert set(Notification.objects.values_list("user", flat=True)) == {lan.pk, hung.pk}


def test_a_completed_line_comes_back_with_what_changed(reviewed, hung, thu, now):
    returned = _return(reviewed, thu, now)
    Nomination.objects.filter(pk=returned.pk).update(achievement="Giải quyết 120 vụ án.")
    make.make_file(returned, "initiative", name="quyet-dinh.pdf", sha256="a" * 64)
    person = make.make_eligible_for_cstdn(returned.person)
    sent = nominations.resubmit(nomination=returned, by=hung, at=now, expected_version=returned.version)
    record = sent.returns.get()
    assert (sent.state, sent.verdict["outcome"], sent.return_due) == ("submitted", "eligible", None)
    assert ["Tóm tắt thành tích", "", "Giải quyết 120 vụ án."] in record.difference
    assert ["Tệp: Chứng nhận sáng kiến, đề tài", "", f"quyet-dinh.pdf ({'a' * 8})"] in record.difference
    assert record.answered_at == now
    assert person.nominations.count() == 1


def test_after_its_day_a_returned_line_is_sent_again_only_when_extended(reviewed, hung, thu, now):
    make.make_eligible_for_cstdn(reviewed.person)
    returned = _return(reviewed, thu, now)
    late = now + timedelta(days=10)
    with pytest.raises(Refused, match="hết hạn bổ sung"):
        nominations.resubmit(nomination=returned, by=hung, at=late, expected_version=returned.version)
    longer = reviews.extend(
        nomination=returned, due_on=late.date() + timedelta(days=3), by=thu, at=late, expected_version=returned.version
    )
    assert (
        nominations.resubmit(nomination=longer, by=hung, at=late, expected_version=longer.version).state == "submitted"
    )


def test_the_governing_day_stays_that_of_the_first_sending(reviewed, hung, thu, now):
    make.make_eligible_for_cstdn(reviewed.person)
    first = reviewed.governing_day
    returned = _return(reviewed, thu, now)
    again = nominations.resubmit(
        nomination=returned, by=hung, at=now + timedelta(days=2), expected_version=returned.version
    )
    assert again.governing_day == first


def test_two_reviewers_one_line_the_second_sees_both_versions(reviewed, thu, thanh, now):
    seen = reviewed.version
    reviews.qualify(nomination=reviewed, by=thu, at=now, expected_version=seen)
    with pytest.raises(Conflict) as clash:
        _return(reviewed, thanh, now)
    assert clash.value.theirs == {"Trạng thái": "Đủ điều kiện"}
    assert Nomination.objects.get().state == "qualified"


def test_without_the_version_the_second_reviewer_would_undo_the_first(reviewed, thu, thanh, now):
    """The control: the same two acts, and nothing compared."""
    reviews.qualify(nomination=reviewed, by=thu, at=now, expected_version=None)
    reviews.reopen(nomination=reviewed, reason="Xem lại", by=thanh, at=now, expected_version=None)
    assert Nomination.objects.get().state == "reviewing"


def test_a_failed_condition_keeps_a_line_from_being_confirmed(reviewed, thu, now):
    reviewed.verdict = make.NOT_ELIGIBLE
    reviewed.save()
    with pytest.raises(Refused, match="Còn 1 điều kiện chưa đạt: Sáng kiến, đề tài"):
        reviews.qualify(nomination=reviewed, by=thu, at=now, expected_version=1)


def test_a_lead_overrides_with_a_reason_and_the_journal_keeps_it(reviewed, province_lead, thu, now):
    reviewed.verdict = make.NOT_ELIGIBLE
    reviewed.save()
    held = reviews.override(
        nomination=reviewed, reason="Đã có công văn xác nhận.", by=province_lead, at=now, expected_version=1
    )
    assert (held.override_by, held.override_reason) == (province_lead, "Đã có công văn xác nhận.")
    assert Event.objects.get(kind="nomination.override").note == "Đã có công văn xác nhận."
    confirmed = reviews.qualify(nomination=held, by=thu, at=now, expected_version=held.version)
    assert confirmed.state == "qualified"
    assert confirmed.verdict["outcome"] == "not_eligible"


def test_an_override_needs_the_right_and_a_reason(reviewed, thu, province_lead, now):
    with pytest.raises(PermissionDenied):
        reviews.override(nomination=reviewed, reason="Có", by=thu, at=now, expected_version=1)
    with pytest.raises(Refused, match="lý do"):
        reviews.override(nomination=reviewed, reason="  ", by=province_lead, at=now, expected_version=1)


def test_what_the_machine_cannot_know_a_person_confirms_in_words(reviewed, thu, now):
    reviewed.verdict = make.UNDETERMINED
    reviewed.save()
    with pytest.raises(Refused, match="máy chưa biết"):
        reviews.qualify(nomination=reviewed, by=thu, at=now, expected_version=1)
    done = reviews.qualify(nomination=reviewed, by=thu, at=now, expected_version=1, note="Biên bản số 5.")
    assert done.state == "qualified"
    assert done.review_note == "Biên bản số 5."
    assert Event.objects.get(kind="nomination.qualify").note == "Biên bản số 5."


def test_an_open_matter_keeps_a_line_from_being_confirmed_until_it_is_overridden(reviewed, province_lead, thu, now):
    PendingMatter.objects.create(person=reviewed.person, kind="complaint", opened_on=now.date())
    with pytest.raises(Refused, match="khiếu nại"):
        reviews.qualify(nomination=reviewed, by=thu, at=now, expected_version=1)
    held = reviews.override(nomination=reviewed, reason="Đơn nặc danh.", by=province_lead, at=now, expected_version=1)
    waived = Event.objects.get(kind="nomination.override").changes["conflicts"]
    assert waived[1] == "bỏ qua"
    assert len(waived[0]) == 1
    assert reviews.qualify(nomination=held, by=thu, at=now, expected_version=held.version).state == "qualified"


def test_a_recheck_stands_beside_the_frozen_verdict(reviewed, thu, now):
    reviewed.verdict = make.NOT_ELIGIBLE
    reviewed.save()
    make.make_eligible_for_cstdn(reviewed.person)
    held = reviews.recheck(nomination=reviewed, by=thu, at=now, expected_version=1)
    assert held.verdict == make.NOT_ELIGIBLE
    assert held.rechecked["verdict"]["outcome"] == "eligible"
    assert held.present_verdict == held.rechecked["verdict"]


def test_many_are_confirmed_at_once_and_the_rest_is_named_with_reasons(sent, province, region, thu, now):
    good = [make.make_nomination(sent, state="reviewing", held_by=province) for _ in range(2)]
    bad = make.make_nomination(sent, state="reviewing", held_by=province, verdict=make.NOT_ELIGIBLE)
    early = make.make_nomination(sent, state="submitted", held_by=province)
    chosen = [*good, bad, early]
    ready, blocked = reviews.qualifiable(chosen, by=thu, at=now)
    assert (len(ready), len(blocked)) == (2, 2)
    moved, refused = reviews.qualify_many(nominations=chosen, by=thu, at=now)
    assert {line.pk for line in moved} == {line.pk for line in good}
    reasons = {line.pk: reason for line, reason in refused}
    assert reasons[bad.pk].startswith("Còn 1 điều kiện chưa đạt")
    assert "Chờ tiếp nhận" in reasons[early.pk]
    assert Nomination.objects.filter(state="qualified", reviewed_by=thu).count() == 2


def test_many_confirmed_cost_no_more_queries_than_few(sent, province, thu, now):
    counts = []
    for number in (1, 3, 12):  # the first round fills caches that live as long as the process
        lines = [make.make_nomination(sent, state="reviewing", held_by=province) for _ in range(number)]
        with CaptureQueriesContext(connection) as queries:
            moved, _ = reviews.qualify_many(nominations=lines, by=thu, at=now)
        assert len(moved) == number
        counts.append(len(queries))
    assert counts[1] == counts[2]


def test_a_line_goes_up_as_the_same_row_with_its_stays(sent, province, root, hung, thu, minh, now):
    line = make.make_nomination(sent, state="qualified", held_by=province, reviewed_by=thu)
    moved, refused = reviews.pass_up(nominations=[line], by=thu, at=now)
    assert refused == []
    assert [row.pk for row in moved] == [line.pk]
    line.refresh_from_db()
    assert (line.state, line.held_by, line.reviewed_by) == ("submitted", root, None)
    stays = list(Stage.objects.order_by("id").values_list("unit", "outcome", "reviewed_by"))
    assert stays == [(province.pk, "qualified", thu.pk), (root.pk, "", None)]
    assert reviews.take_up(nomination=line, by=minh, at=now, expected_version=line.version).held_by == root


def test_what_the_unit_decides_itself_does_not_go_up(sent, province, thu, now):
    province.issuing_code = "VKS-PT"
    province.save()
    line = make.make_nomination(sent, award=make.LDTT, state="qualified", held_by=province)
    _, refused = reviews.pass_up(nominations=[line], by=thu, at=now)
    assert "không trình lên nữa" in refused[0][1]


def test_at_the_top_there_is_nobody_to_pass_to(sent, root, minh, now):
    line = make.make_nomination(sent, state="qualified", held_by=root)
    assert "không có cấp trên" in reviews.pass_up(nominations=[line], by=minh, at=now)[1][0][1]


def test_a_line_is_given_to_a_colleague_and_never_to_its_subject(line, reviewed, thu, thanh, lan, now):
    moved, refused = reviews.assign(nominations=[line, reviewed], to=thanh, by=thu, at=now)
    assert {row.reviewed_by for row in moved} == {thanh}
    assert refused == []
    line.person.user = thu
    line.person.save()
    assert "đề nghị khen chính" in reviews.assign(nominations=[line], to=thu, by=thanh, at=now)[1][0][1]
    assert "không có quyền" in reviews.assign(nominations=[line], to=lan, by=thu, at=now)[1][0][1]


def test_a_line_is_given_with_a_day_to_be_done_by(line, thu, thanh, now):
    due = now.date() + timedelta(days=5)
    reviews.assign(nominations=[line], to=thanh, due_on=due, by=thu, at=now)
    line.refresh_from_db()
    assert (line.review_due, line.due, line.version) == (due, due, 2)
    reviews.assign(nominations=[line], to=thu, by=thanh, at=now)
    line.refresh_from_db()
    assert line.review_due == due


def test_internal_words_are_read_only_where_the_line_lay(line, thu, thanh, lan, now):
    reviews.remark(nomination=line, text="Cần hỏi Thanh tra.", internal=True, by=thu, at=now)
    reviews.remark(nomination=line, text="Đề nghị bổ sung.", internal=False, by=thu, at=now)
    assert remarks_for(thanh, line).count() == 2
    assert [row.text for row in remarks_for(lan, line)] == ["Đề nghị bổ sung."]
    with pytest.raises(Refused, match="nội bộ"):
        reviews.remark(nomination=line, text="x", internal=True, by=lan, at=now)
    assert Remark.objects.count() == 2


def test_a_withdrawn_line_ends_with_its_reason_and_leaves_its_holder(line, hung, now):
    gone = nominations.withdraw(nomination=line, reason="Trình nhầm.", by=hung, at=now, expected_version=1)
    assert gone.state == "withdrawn"
    assert Stage.objects.get().outcome == "withdrawn"
    assert Event.objects.get(kind="nomination.withdraw").note == "Trình nhầm."


def test_a_line_is_not_withdrawn_in_silence(line, hung, now):
    with pytest.raises(Refused, match="lý do"):
        nominations.withdraw(nomination=line, reason=" ", by=hung, at=now, expected_version=1)
