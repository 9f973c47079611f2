"""What comes back after a revocation, what rested on it, and what is handed over."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from core.models import Notification
from core.workflow import Conflict, Refused
from decisions.facts import handover
from decisions.models import Certificate, DecisionLine, HandOver, Payment, Recheck, Recovery
from decisions.papers import lists
from decisions.services import handing, payments, rechecking, recovering
from documents.models import Attachment
from documents.services.uploads import Accepted
from history.models import Grant
from tests.decisions.conftest import DAY
from tests.factories.council import NOW, make_line
from tests.factories.history import make_grant
from tests.factories.units import make_person, make_unit

CEREMONY = handing.Ceremony(
    presented_on=DAY, place="Hội trường A", presenter="Viện trưởng", receipt="Danh sách ký nhận"
)


@pytest.fixture
def recovery(desk) -> Recovery:
    """Money and item of one line are to come back."""
    issued = desk.issued()
    payments.record_paid(payments=list(Payment.objects.all()), paid_on=DAY, voucher="PC 1", by=desk.office, at=NOW)
    Certificate.objects.update(state="printed")
    handing.hand_over(lines=list(issued.lines.all()), ceremony=CEREMONY, by=desk.clerk, at=NOW)
    desk.sent_through(desk.revocation(issued, issued.lines.first()))
    return Recovery.objects.get()


def _record(desk, recovery, **values):
    values.setdefault("expected_version", recovery.version)
    return recovering.record(recovery=recovery, by=desk.clerk, at=NOW, **values)


def test_money_and_item_come_back_separately_and_then_it_is_over(desk, recovery):
    first = _record(desk, recovery, money_on=DAY, voucher="PT 9")
    assert first.is_open
    assert not _record(desk, first, item_on=DAY, item_note="Bằng còn nguyên").is_open


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({}, "nhập ngày"),
        ({"money_on": DAY}, "chứng từ"),
        ({"item_on": DAY + timedelta(days=1)}, "chưa đến"),
        ({"item_on": DAY - timedelta(days=1)}, "sớm hơn ngày quyết định"),
    ],
)
def test_what_cannot_have_come_back_is_refused_with_the_reason(desk, recovery, values, says):
    with pytest.raises(Refused, match=says):
        _record(desk, recovery, **values)
    recovery.refresh_from_db()
    assert recovery.is_open


def test_what_came_back_is_not_noted_twice(desk, recovery):
    first = _record(desk, recovery, item_on=DAY)
    with pytest.raises(Refused, match="Đã thu lại hiện vật"):
        _record(desk, first, item_on=DAY)
    with pytest.raises(Conflict):
        _record(desk, recovery, money_on=DAY, voucher="PT 9", expected_version=1)


def test_the_signer_records_nothing(desk, recovery):
    with pytest.raises(PermissionDenied):
        recovering.record(recovery=recovery, expected_version=1, item_on=DAY, by=desk.signer, at=NOW)


def test_an_item_is_handed_over_with_day_place_presenter_and_receipt(desk):
    issued = desk.issued()
    Certificate.objects.update(state="printed")
    made, refused = handing.hand_over(lines=list(issued.lines.all()), ceremony=CEREMONY, by=desk.clerk, at=NOW)
    assert (len(made), refused) == (2, [])
    assert set(Certificate.objects.values_list("state", flat=True)) == {"handed_over"}
    assert HandOver.objects.first().receipt == "Danh sách ký nhận"


def test_a_certificate_not_printed_is_not_handed_over_and_says_why(desk):
    issued = desk.issued()
    made, refused = handing.hand_over(lines=list(issued.lines.all()), ceremony=CEREMONY, by=desk.clerk, at=NOW)
    assert made == []
    assert "Không thể ghi đã trao" in refused[0][1]


def test_a_flag_needs_no_certificate_to_be_handed_over(desk):
    unit = make_unit(under=desk.world.unit)
    desk.session = desk.world.closed(lines=1, collective=unit, award="co_thi_dua_nganh")
    issued = desk.issued()
    made, _ = handing.hand_over(lines=list(issued.lines.all()), ceremony=CEREMONY, by=desk.clerk, at=NOW)
    assert len(made) == 1


def test_a_title_with_money_only_has_nothing_to_hand_over(desk):
    desk.session = desk.world.closed(lines=1, award="lao_dong_tien_tien")
    issued = desk.issued()
    _, refused = handing.hand_over(lines=list(issued.lines.all()), ceremony=CEREMONY, by=desk.clerk, at=NOW)
    assert "chỉ có tiền thưởng" in refused[0][1]
    assert not handover.lines_visible_to(desk.clerk).exists()


def test_it_is_handed_over_once_and_not_before_its_decision(desk):
    issued = desk.issued()
    Certificate.objects.update(state="printed")
    early = handing.Ceremony(presented_on=DAY - timedelta(days=1), place="A", presenter="B")
    _, refused = handing.hand_over(lines=list(issued.lines.all()), ceremony=early, by=desk.clerk, at=NOW)
    assert "sớm hơn ngày quyết định" in refused[0][1]
    handing.hand_over(lines=list(issued.lines.all()), ceremony=CEREMONY, by=desk.clerk, at=NOW)
    _, refused = handing.hand_over(lines=list(issued.lines.all()), ceremony=CEREMONY, by=desk.clerk, at=NOW)
    assert {reason for _, reason in refused} == {"Đã ghi trao trước đó."}
    assert HandOver.objects.count() == 2


def test_the_signed_list_is_kept_with_the_presentation(desk):
    issued = desk.issued()
    Certificate.objects.update(state="printed")
    ceremony = handing.Ceremony(DAY, "A", "B", "ký", Accepted("ky-nhan.pdf", "application/pdf", b"%PDF-1.7 list"))
    handing.hand_over(lines=list(issued.lines.all()), ceremony=ceremony, by=desk.clerk, at=NOW)
    assert Attachment.objects.get().name == "ky-nhan.pdf"


def test_an_item_is_late_once_its_working_days_are_over(desk):
    desk.meet(date(2026, 11, 2), lines=2)
    desk.sent_through(desk.draft(), day=date(2026, 11, 2))
    waiting = handover.lines_visible_to(desk.clerk)
    assert handover.overdue(waiting, date(2026, 11, 16)).count() == 0
    assert handover.overdue(waiting, date(2026, 11, 17)).count() == 2


def test_the_ceremony_calls_titles_before_forms_and_collectives_before_individuals(desk):
    unit = make_unit(under=desk.world.unit)
    for values in ({"award": "bang_khen_vien_truong"}, {"award": "bang_khen_vien_truong", "collective": unit}, {}):
        desk.session = desk.world.closed(lines=1, **values)
        desk.issued()
    paper = lists.ceremony_list(list(DecisionLine.objects.select_related("decision")), DAY)
    shown = [row.label if row.is_group else row.cells[1] for row in paper.rows]
    assert shown[0] == "Chiến sĩ thi đua ngành Kiểm sát nhân dân"
    assert shown[2:4] == ["Bằng khen của Viện trưởng Viện kiểm sát nhân dân tối cao", str(unit)]


def test_a_later_award_that_rested_on_a_revoked_one_becomes_a_task(desk):
    """Two fighters of the sector in a row carry a fighter of the nation; without one of them it does not stand."""
    person = make_person(desk.world.unit)
    make_grant(person, "chien_si_thi_dua_nganh", 2025, decided_on=date(2025, 12, 20))
    desk.session = desk.world.closed(lines=1, person=person)
    issued = desk.issued()
    running = make_line(desk.world.unit, award="chien_si_thi_dua_toan_quoc", person=person, state="reviewing")
    done = desk.sent_through(desk.revocation(issued))
    (found,) = rechecking.look(decision=done, by=desk.office, at=NOW)
    assert (found.nomination, found.grant) == (running, None)
    assert found.says
    assert Notification.objects.filter(kind="recheck.open", user=desk.office).count() == 1


def test_an_honour_set_right_and_then_revoked_is_not_counted_twice(desk):
    """Two titles, one of them once set right, are two when the revoked one is put back in thought."""
    person = make_person(desk.world.unit)
    make_grant(person, "chien_si_thi_dua_co_so", 2025, decided_on=date(2025, 12, 20))
    desk.session = desk.world.closed(lines=1, person=person, award="chien_si_thi_dua_co_so")
    issued = desk.issued()
    right = desk.sent_through(desk.correction(issued, issued.lines.get()))
    desk.sent_through(desk.revocation(right))
    facts = rechecking.facts_of_people([person])[person.pk]
    with_it = rechecking._with(facts, right.lines.get(), rechecking.Later(None, person, "x", "merit", 2026, DAY))
    assert sum(grant.state == "in_force" for grant in with_it.grants) == 2


def test_what_did_not_rest_on_it_is_no_task(desk):
    person = make_person(desk.world.unit)
    desk.session = desk.world.closed(lines=1, person=person)
    issued = desk.issued()
    make_grant(person, "giay_khen", 2026, decided_on=DAY, type="ad_hoc")
    done = desk.sent_through(desk.revocation(issued))
    assert rechecking.look(decision=done, by=desk.office, at=NOW) == []


def test_looking_again_makes_no_second_task_and_nothing_is_changed_by_itself(desk):
    person = make_person(desk.world.unit)
    make_grant(person, "chien_si_thi_dua_nganh", 2025, decided_on=date(2025, 12, 20))
    desk.session = desk.world.closed(lines=1, person=person)
    issued = desk.issued()
    later = make_grant(person, "chien_si_thi_dua_toan_quoc", 2026, decided_on=DAY)
    done = desk.sent_through(desk.revocation(issued))
    rechecking.look(decision=done, by=desk.office, at=NOW)
    assert rechecking.look(decision=done, by=desk.office, at=NOW) == []
    assert Recheck.objects.get().grant == later
    assert Grant.objects.get(pk=later.pk).state == "in_force"


def test_a_task_is_settled_once_in_words(desk):
    person = make_person(desk.world.unit)
    make_grant(person, "chien_si_thi_dua_nganh", 2025, decided_on=date(2025, 12, 20))
    desk.session = desk.world.closed(lines=1, person=person)
    issued = desk.issued()
    make_grant(person, "chien_si_thi_dua_toan_quoc", 2026, decided_on=DAY)
    done = desk.sent_through(desk.revocation(issued))
    (task,) = rechecking.look(decision=done, by=desk.office, at=NOW)
    with pytest.raises(Refused, match="kết quả"):
        rechecking.settle(recheck=task, note=" ", by=desk.office, at=NOW)
    rechecking.settle(recheck=task, note="Báo cáo Thủ tướng thu hồi", by=desk.office, at=NOW)
    with pytest.raises(Refused, match="đã xử lý"):
        rechecking.settle(recheck=task, note="x", by=desk.office, at=NOW)
