"""Taken back or set right by a decision of its own: honours, papers, money and items follow in one act."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from core.models import Event, Job, Notification
from core.workflow import Conflict, Refused
from decisions.models import Certificate, Decision, DecisionLine, Payment, Recovery
from decisions.papers import reversal
from decisions.papers.certificate import certificate_paper
from decisions.services import certificates, drafting, handing, issuing, payments, reversing
from history.models import Grant
from tests.decisions.conftest import DAY
from tests.factories.council import NOW


@pytest.fixture
def paid(desk):
    """An issued decision whose bonuses are paid and whose certificates are handed over."""
    issued = desk.issued()
    payments.record_paid(payments=list(Payment.objects.all()), paid_on=DAY, voucher="PC 12", by=desk.office, at=NOW)
    Certificate.objects.update(state="printed")
    ceremony = handing.Ceremony(presented_on=DAY, place="Hội trường A", presenter="Viện trưởng")
    handing.hand_over(lines=list(issued.lines.all()), ceremony=ceremony, by=desk.clerk, at=NOW)
    return issued


def _lines(decision) -> list[DecisionLine]:
    return list(decision.lines.order_by("order"))


def test_a_revocation_names_the_decision_the_case_of_the_law_and_the_days(desk):
    draft = desk.revocation(desk.issued())
    assert draft.title == "Về việc hủy bỏ Quyết định số 01/QĐ-VKSTC và thu hồi hiện vật, tiền thưởng"
    texts = " ".join(str(row["text"]) for row in [*draft.legal_bases, *draft.articles])
    assert "khoản 2 Điều 93 Luật Thi đua, khen thưởng" in texts
    assert "15 ngày làm việc" in texts
    assert "Điều 58 Nghị định số 152/2025/NĐ-CP" in texts
    assert "do: gian dối khi kê khai thành tích" in texts


def test_the_public_summary_of_a_part_that_is_revoked_counts_individuals_and_names_nobody(desk):
    issued = desk.issued()
    line = _lines(issued)[0]
    title = desk.revocation(issued, line).title
    assert "đối với 01 cá nhân và thu hồi" in title
    assert line.name_printed not in title


def test_the_summary_names_a_collective():
    line = DecisionLine(award="co_thi_dua_nganh", name_printed="Phòng 1")
    original = Decision(number=7, symbol="QĐ-VKSTC", dated=DAY)
    said = reversal.title("correction", original, [line], whole=False)
    assert said == "Về việc đính chính Quyết định số 07/QĐ-VKSTC đối với Phòng 1, Cờ thi đua ngành Kiểm sát nhân dân"


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"ground": ""}, "trường hợp hủy bỏ theo Luật"),
        ({"ground": "ground_invented"}, "trường hợp hủy bỏ theo Luật"),
        ({"reason": "  "}, "lý do hủy bỏ"),
        ({"lines": []}, "ít nhất một dòng"),
    ],
)
def test_a_revocation_without_lines_ground_or_reason_is_refused(desk, change, says):
    issued = desk.issued()
    asked = {"lines": _lines(issued), "ground": "ground_forgery", "reason": "Bản án số 7", **change}
    with pytest.raises(Refused, match=says):
        reversing.draft(original=issued, kind="revocation", by=desk.office, at=NOW, **asked)
    assert Decision.objects.count() == 1


def test_what_is_not_issued_is_not_revoked(desk):
    with pytest.raises(Refused, match="đã ban hành"):
        desk.revocation(desk.signed())


def test_a_line_stands_in_one_draft_only(desk):
    issued = desk.issued()
    desk.revocation(issued, _lines(issued)[0])
    with pytest.raises(Refused, match="đang nằm trong dự thảo khác"):
        desk.correction(issued, _lines(issued)[0])


def test_a_discarded_draft_frees_its_lines(desk):
    issued = desk.issued()
    draft = desk.revocation(issued)
    drafting.discard(decision=draft, expected_version=draft.version, by=desk.office, at=NOW)
    assert desk.revocation(issued).lines.count() == 2
    assert Event.objects.get(kind="decision.discard").subject_id == str(draft.pk)


def test_who_may_not_draft_revokes_nothing(desk):
    issued = desk.issued()
    with pytest.raises(PermissionDenied):
        reversing.draft(
            original=issued, lines=_lines(issued), kind="revocation", ground="ground_forgery", reason="x",
            by=desk.clerk, at=NOW,
        )  # fmt: skip


def test_a_draft_or_a_signature_alone_changes_nothing(desk):
    issued = desk.issued()
    draft = desk.revocation(issued)
    numbered = issuing.give_number(decision=draft, dated=DAY, expected_version=1, by=desk.clerk, at=NOW)
    awaiting = issuing.send_to_sign(decision=numbered, expected_version=numbered.version, by=desk.clerk, at=NOW)
    issuing.sign(decision=awaiting, expected_version=awaiting.version, by=desk.signer, at=NOW)
    assert set(Grant.objects.values_list("state", flat=True)) == {"in_force"}
    assert set(issued.lines.values_list("standing", flat=True)) == {"in_force"}


def test_a_revocation_takes_a_number_of_the_same_series(desk):
    done = desk.sent_through(desk.revocation(desk.issued()))
    assert done.number_text == "02/QĐ-VKSTC"
    assert not Certificate.objects.filter(line__decision=done).exists()


def test_it_is_not_dated_before_the_decision_it_takes_back(desk):
    draft = desk.revocation(desk.issued())
    with pytest.raises(Refused, match="sớm hơn ngày của 01/QĐ-VKSTC"):
        issuing.give_number(decision=draft, dated=date(2026, 11, 20), expected_version=1, by=desk.clerk, at=NOW)


def test_on_issue_honours_lines_and_the_decision_leave_force_together(desk):
    issued = desk.issued()
    done = desk.sent_through(desk.revocation(issued))
    issued.refresh_from_db()
    assert issued.state == "revoked"
    assert {(row.standing, row.standing_by) for row in issued.lines.all()} == {("revoked", done)}
    grants = Grant.objects.all()
    assert {(grant.state, grant.state_basis) for grant in grants} == {
        ("revoked", "Quyết định số 02/QĐ-VKSTC ngày 21/11/2026")
    }
    assert grants.count() == 2  # nothing is deleted, and the revocation itself is no honour


def test_one_line_taken_back_leaves_the_others_and_the_decision_in_force(desk):
    issued = desk.issued()
    gone, kept = _lines(issued)
    desk.sent_through(desk.revocation(issued, gone))
    issued.refresh_from_db()
    kept.refresh_from_db()
    assert (issued.state, kept.standing) == ("issued", "in_force")
    assert Grant.objects.get(source_id=kept.pk).state == "in_force"
    assert issued.verification_facts().standing == "partly"
    assert issued.verification_facts().because == "02/QĐ-VKSTC ngày 21/11/2026"


def test_the_public_answer_flips_for_the_decision_and_for_each_certificate(desk):
    issued = desk.issued()
    gone, kept = _lines(issued)
    desk.sent_through(desk.revocation(issued, gone))
    facts = {line.pk: Certificate.objects.get(line=line).verification_facts() for line in (gone, kept)}
    assert (facts[gone.pk].standing, facts[gone.pk].because) == ("revoked", "02/QĐ-VKSTC ngày 21/11/2026")
    assert (facts[kept.pk].standing, facts[kept.pk].because) == ("in_force", "")


def test_unpaid_bonuses_are_cancelled_and_nothing_is_to_come_back(desk):
    done = desk.sent_through(desk.revocation(desk.issued()))
    assert {payment.cancelled_by for payment in Payment.objects.all()} == {done}
    assert not Recovery.objects.exists()


def test_paid_money_and_the_item_come_back_within_15_working_days(desk, paid):
    done = desk.sent_through(desk.revocation(paid, _lines(paid)[0]))
    recovery = Recovery.objects.get()
    assert (recovery.money_due, recovery.item_due) == (Payment.objects.get(line=recovery.line).amount, True)
    assert (recovery.opened_on, recovery.due_on) == (done.dated, date(2026, 12, 14))
    assert Notification.objects.filter(kind="recovery.open", user=desk.clerk).count() == 1


def test_certificates_still_in_the_house_are_spoilt_and_never_printed_again(desk):
    issued = desk.issued()
    Certificate.objects.update(state="printed")
    desk.sent_through(desk.revocation(issued))
    assert set(Certificate.objects.values_list("state", flat=True)) == {"spoilt"}
    moved, refused = certificates.mark(
        certificates=list(Certificate.objects.all()), step="in-lai", by=desk.clerk, at=NOW
    )
    assert (len(moved), len(refused)) == (0, 2)


def test_the_rest_of_a_decision_is_not_called_the_whole(desk):
    issued = desk.issued()
    first, second = _lines(issued)
    desk.sent_through(desk.correction(issued, first))
    assert "đối với 01 cá nhân" in desk.revocation(issued, second).title


def test_two_revocations_of_one_line_cannot_both_be_issued(desk):
    issued = desk.issued()
    draft = desk.revocation(issued)
    DecisionLine.objects.filter(decision=issued).update(standing="corrected", standing_by=draft)
    with pytest.raises(Refused, match="quyết định khác"):
        desk.sent_through(draft)
    draft.refresh_from_db()
    assert draft.state == "signed"
    assert set(Grant.objects.values_list("state", flat=True)) == {"in_force"}


def test_the_units_hear_of_it_and_later_awards_are_looked_at(desk):
    issued = desk.issued()
    desk.sent_through(desk.revocation(issued))
    kinds = Job.objects.filter(key__startswith="decision.revoked").values_list("kind", flat=True)
    assert sorted(kinds) == ["decisions.recheck", "decisions.tell_units"]


def test_a_correction_must_correct_something(desk):
    issued = desk.issued()
    draft = reversing.draft(
        original=issued, lines=_lines(issued)[:1], kind="correction", reason="Ghi sai", by=desk.office, at=NOW
    )
    with pytest.raises(Refused, match="chưa có nội dung đính chính"):
        issuing.give_number(decision=draft, dated=DAY, expected_version=1, by=desk.clerk, at=NOW)


def test_what_the_signer_sent_back_is_corrected_under_its_number(desk):
    issued = desk.issued()
    draft = desk.correction(issued, _lines(issued)[0])
    numbered = issuing.give_number(decision=draft, dated=DAY, expected_version=draft.version, by=desk.clerk, at=NOW)
    values = {"name_printed": "Tên Sửa Lại"}
    line = reversing.edit_line(
        line=draft.lines.get(), values=values, expected_version=numbered.version, by=desk.office, at=NOW
    )
    assert (line.name_printed, line.decision.number_text) == ("Tên Sửa Lại", numbered.number_text)
    numbered.refresh_from_db()
    sent = issuing.send_to_sign(decision=numbered, expected_version=numbered.version, by=desk.clerk, at=NOW)
    with pytest.raises(Refused, match="chưa trình ký"):
        reversing.edit_line(line=line, values=values, expected_version=sent.version, by=desk.office, at=NOW)


def test_two_who_correct_one_line_see_both_versions(desk):
    issued = desk.issued()
    draft = desk.correction(issued, _lines(issued)[0])
    with pytest.raises(Conflict) as conflict:
        reversing.edit_line(
            line=draft.lines.get(), values={"name_printed": "Khác"}, expected_version=1, by=desk.office, at=NOW
        )
    assert conflict.value.mine == {"Họ tên, tên tập thể in": "Khác"}
    assert conflict.value.theirs["Họ tên, tên tập thể in"] == "Tên Đã Sửa"


def test_a_correction_leaves_the_wrong_honour_marked_and_writes_the_right_one(desk):
    issued = desk.issued()
    wrong = _lines(issued)[0]
    done = desk.sent_through(desk.correction(issued, wrong, "Trần Thị Mây"))
    right = done.lines.get()
    old, new = Grant.objects.get(source_id=wrong.pk), Grant.objects.get(source_id=right.pk)
    assert (old.state, new.state, new.corrects, new.name_printed) == ("corrected", "in_force", old, "Trần Thị Mây")
    assert (new.decision_number, new.decided_on) == (old.decision_number, old.decided_on)
    issued.refresh_from_db()
    assert (issued.state, issued.verification_facts().standing) == ("issued", "corrected")


def test_a_corrected_line_gets_a_new_certificate_with_the_same_golden_book_number(desk):
    issued = desk.issued()
    wrong = _lines(issued)[1]
    done = desk.sent_through(desk.correction(issued, wrong))
    new = Certificate.objects.get(line__decision=done)
    wrong.refresh_from_db()
    assert new.line.golden_book_no == wrong.golden_book_no == 2
    face = certificate_paper(done, wrong.award, [new.line], marks={}).face
    assert face.decision_line.startswith("Quyết định số 01/QĐ-VKSTC"), "its number belongs to that decision"
    assert Certificate.objects.get(line=wrong).verification_facts().standing == "corrected"
    assert new.verification_facts().standing == "in_force"


def test_the_bonus_of_a_corrected_line_goes_on_with_its_successor_and_no_money_is_asked_back(desk, paid):
    wrong = _lines(paid)[0]
    done = desk.sent_through(desk.correction(paid, wrong))
    assert Payment.objects.get(line=done.lines.get()).paid_on == DAY
    recovery = Recovery.objects.get()
    assert (recovery.money_due, recovery.item_due, recovery.due_on) == (0, True, None)


def test_a_decision_whose_every_line_is_set_right_counts_as_replaced(desk):
    desk.session = desk.world.closed(lines=1)
    issued = desk.issued()
    done = desk.sent_through(desk.correction(issued, _lines(issued)[0]))
    issued.refresh_from_db()
    assert done.title.startswith("Về việc thay thế danh sách kèm theo")
    assert (issued.state, issued.verification_facts().standing) == ("replaced", "replaced")


def test_a_corrected_line_can_be_taken_back_later(desk):
    issued = desk.issued()
    corrected = desk.sent_through(desk.correction(issued, _lines(issued)[0]))
    desk.sent_through(desk.revocation(corrected))
    states = dict(Grant.objects.values_list("source_id", "state"))
    assert states[corrected.lines.get().pk] == "revoked"
    assert Payment.objects.get(line=corrected.lines.get()).cancelled_by is not None
