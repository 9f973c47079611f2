"""Values the law leaves to the sector: entered with a citation, dated, never overlapping, never deleted."""

from datetime import date, datetime

import pytest
from django.core.exceptions import PermissionDenied

from accounts import policy
from accounts.permissions import Permission
from core.journal import history_of
from core.models import RuleOverride
from core.workflow import Refused
from history.eligibility import overrides
from history.services.overrides import Source, end, enter, said_of, withdraw
from rulebook import engine
from tests.factories.units import make_unit

pytestmark = pytest.mark.django_db
AT = datetime(2026, 1, 5, 9).astimezone()
SHARE = "votes.chien_si_thi_dua_nganh"
CIRCULAR = Source("Thông tư mẫu 09/2026/TT-VKSTC", "Điều 12 khoản 2")


def put(by, code=SHARE, value="80/100", start=date(2026, 1, 1), last=None, source=CIRCULAR):
    return enter(code=code, value=value, source=source, valid_from=start, valid_to=last, by=by, at=AT)


def test_a_value_is_entered_with_its_source_and_journalled(lead):
    row = put(lead)
    assert (row.parameter, row.award, row.value, row.by) == (SHARE, "chien_si_thi_dua_nganh", "80/100", lead)
    (event,) = history_of(row)
    assert (event.kind, event.by) == ("override.enter", lead)
    assert event.changes["cite"] == "Điều 12 khoản 2, Thông tư mẫu 09/2026/TT-VKSTC"
    assert event.changes["value"] == ["", "80 %"]


def test_the_engine_reads_it_from_its_first_day_and_names_it(lead):
    put(lead, start=date(2026, 3, 1))
    assert engine.vote_rule("chien_si_thi_dua_nganh", date(2026, 2, 28), overrides()) is None
    rule = engine.vote_rule("chien_si_thi_dua_nganh", date(2026, 3, 1), overrides())
    assert (str(rule.share), rule.cite[0].at, rule.overrides[0].by) == ("80/100", "Điều 12 khoản 2", str(lead))


@pytest.mark.parametrize("source", [Source("", "Điều 1"), Source("Thông tư", " ")])
def test_without_document_and_place_it_is_refused(lead, source):
    with pytest.raises(Refused, match="căn cứ"):
        put(lead, source=source)


@pytest.mark.parametrize(
    ("code", "start"),
    [
        ("votes.chien_si_thi_dua_toan_quoc", date(2026, 1, 1)),
        ("tap_the_lao_dong_tien_tien.share_of_advanced", date(2026, 1, 1)),
        ("bars.pending", date(2026, 1, 1)),
        (SHARE, date(2025, 6, 30)),
        (SHARE, date(2027, 3, 1)),
        ("khong.co", date(2026, 1, 1)),
    ],
)
def test_what_the_law_does_not_leave_to_the_ministry_that_day_is_refused(lead, code, start):
    with pytest.raises(Refused, match="không giao ngành"):
        put(lead, code, start=start)


def test_from_the_first_day_of_the_delegation_it_may_be_entered(lead):
    assert put(lead, start=date(2025, 7, 1)).pk


@pytest.mark.parametrize(
    ("code", "value", "says"),
    [
        (SHARE, "0/100", "lớn hơn 0"),
        (SHARE, "101/100", "100 %"),
        (SHARE, "nhiều", "phân số"),
        (SHARE, 90, "phân số"),
        ("notice_days.giay_khen", 0, "lớn hơn 0"),
        ("notice_days.giay_khen", "mười", "số nguyên"),
        ("votes_written.giay_khen", "có", "true"),
        ("deciders.lao_dong_tien_tien", "  ", "để trống"),
        ("money.ky_niem_chuong", "0.7", "Mức trần"),
        ("lao_dong_tien_tien.min_service", "sáu", "số nguyên"),
    ],
)
def test_a_value_of_the_wrong_kind_is_refused_with_a_sentence(lead, code, value, says):
    with pytest.raises(Refused, match=says):
        put(lead, code, value)


def test_of_a_condition_only_its_number_changes(lead):
    row = put(lead, "lao_dong_tien_tien.absence", 2)
    assert row.value == {"test": "absent_less_than", "months": 2, "read_up_to": 6}
    assert said_of(row) == "số tháng: 2; văn bản nêu đến tháng: 6"


def test_money_within_the_ceiling_is_no_longer_a_ceiling(lead):
    put(lead, "money.ky_niem_chuong", "0.4")
    found = engine.money("ky_niem_chuong", "individual", date(2026, 2, 1), overrides())
    assert (f"{found.coefficient}", found.ceiling, found.overrides[0].by) == ("0.4", False, str(lead))


def test_a_notice_of_the_sectors_own_counts_working_days(lead):
    assert engine.notice("giay_khen", date(2026, 3, 2), date(2026, 3, 3)).needed == 0
    put(lead, "notice_days.giay_khen", 5)
    short = engine.notice("giay_khen", date(2026, 3, 2), date(2026, 3, 5), overrides())
    assert (short.needed, short.enough, short.overrides[0].parameter) == (5, False, "notice_days.giay_khen")
    assert engine.notice("giay_khen", date(2026, 3, 2), date(2026, 3, 6), overrides()).enough is True
    assert engine.earliest_close("giay_khen", date(2026, 3, 2), overrides()) == date(2026, 3, 6)


@pytest.mark.parametrize(
    ("start", "last"),
    [
        (date(2026, 6, 30), None),
        (date(2026, 1, 1), date(2026, 1, 1)),
        (date(2025, 12, 1), date(2026, 1, 1)),
        (date(2025, 8, 1), None),
    ],
)
def test_two_values_never_hold_on_the_same_day(lead, start, last):
    put(lead, start=date(2026, 1, 1), last=date(2026, 6, 30))
    with pytest.raises(Refused, match="Từ ngày 01/01/2026 đến 30/06/2026 đã có mức riêng"):
        put(lead, start=start, last=last)


@pytest.mark.parametrize(("start", "last"), [(date(2026, 7, 1), None), (date(2025, 12, 1), date(2025, 12, 31))])
def test_the_day_before_and_the_day_after_are_free(lead, start, last):
    put(lead, start=date(2026, 1, 1), last=date(2026, 6, 30))
    assert put(lead, start=start, last=last).pk


def test_an_end_before_the_beginning_is_refused(lead):
    with pytest.raises(Refused, match="hết hiệu lực"):
        put(lead, last=date(2025, 12, 31))


def test_withdrawn_it_counts_on_no_day_and_stays_in_the_list(lead):
    row = withdraw(override=put(lead), reason="Nhập nhầm điều khoản", by=lead, at=AT)
    assert overrides() == ()
    assert RuleOverride.objects.get().withdraw_reason == "Nhập nhầm điều khoản"
    assert [event.kind for event in history_of(row)] == ["override.withdraw", "override.enter"]
    assert history_of(row)[0].note == "Nhập nhầm điều khoản"
    assert put(lead).pk != row.pk


def test_withdrawing_needs_a_reason_and_happens_once(lead):
    row = put(lead)
    with pytest.raises(Refused, match="lý do"):
        withdraw(override=row, reason="  ", by=lead, at=AT)
    withdraw(override=row, reason="Nhầm", by=lead, at=AT)
    with pytest.raises(Refused, match="đã được"):
        withdraw(override=row, reason="Nhầm lần nữa", by=lead, at=AT)


def test_ended_it_still_holds_on_the_days_before(lead):
    row = end(override=put(lead), last_day=date(2026, 6, 30), by=lead, at=AT)
    assert engine.vote_rule("chien_si_thi_dua_nganh", date(2026, 6, 30), overrides()) is not None
    assert engine.vote_rule("chien_si_thi_dua_nganh", date(2026, 7, 1), overrides()) is None
    with pytest.raises(Refused, match="đã hết hiệu lực"):
        end(override=row, last_day=date(2026, 8, 1), by=lead, at=AT)


def test_it_cannot_end_before_it_began(lead):
    with pytest.raises(Refused, match="01/01/2026"):
        end(override=put(lead), last_day=date(2025, 12, 31), by=lead, at=AT)


def test_only_the_lead_of_the_whole_sector_enters_ends_and_withdraws(lead, minh, make_user, assign, root):
    of_a_province = assign(make_user("tinh", "Trần Thị Tỉnh"), "office_lead", make_unit(kind="tinh", under=root))
    assert policy.holds(of_a_province, Permission.RULE_OVERRIDE)
    row = put(lead)
    for other in (minh, of_a_province):
        with pytest.raises(PermissionDenied):
            put(other, "votes.giay_khen")
        with pytest.raises(PermissionDenied):
            withdraw(override=row, reason="Không được phép", by=other, at=AT)
        with pytest.raises(PermissionDenied):
            end(override=row, last_day=date(2026, 6, 30), by=other, at=AT)
    assert [one.parameter for one in overrides()] == [SHARE]
