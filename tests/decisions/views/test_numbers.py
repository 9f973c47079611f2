"""The register of numbers as the clerk sees it: kept back, taken over from paper, void; gaps are named."""

from datetime import date

import pytest
from django.urls import reverse

from core.workflow import Refused
from decisions.models import Decision
from decisions.services import issuing
from documents.models import IssuedNumber
from documents.services import numbering
from tests.decisions.conftest import DAY
from tests.factories.council import NOW
from tests.factories.units import make_unit


@pytest.fixture
def clerk(desk, as_user):
    return as_user(desk.clerk)


def _post(clerk, name, **values):
    return clerk.post(reverse(f"decisions:{name}"), {"nam": "2026", **values})


def test_the_register_shows_the_next_free_number_and_what_was_given(desk, clerk):
    desk.numbered()
    text = clerk.get(reverse("decisions:number_register"), {"nam": "2026"}).content.decode()
    assert "Số 2 chưa dùng trong năm 2026. Số trước: 1 (21/11/2026)." in text
    assert Decision.objects.get().title in text


def test_numbers_kept_back_are_typed_as_clerks_write_them(desk, clerk):
    _post(clerk, "number_reserve", numbers="15, 17-19", note="Văn phòng")
    assert list(IssuedNumber.objects.order_by("number").values_list("number", flat=True)) == [15, 17, 18, 19]


@pytest.mark.parametrize("numbers", ["abc", "0", "9-3", "1-99999", "-4"])
def test_what_is_no_number_is_told_beside_the_field_and_kept(desk, clerk, numbers):
    answer = _post(clerk, "number_reserve", numbers=numbers, note="x")
    assert answer.status_code == 422
    assert "không phải số" in answer.content.decode()
    assert not IssuedNumber.objects.exists()


def test_the_paper_register_is_pasted_with_days_and_the_next_number_follows(desk, clerk):
    pasted = "1/QĐ-VKSTC\t05/01/2026\tKiện toàn Hội đồng\n2;06/01/2026;Khen thưởng đột xuất\n4"
    _post(clerk, "number_import", pasted=pasted)
    rows = {row.number: (row.dated, row.note, row.state) for row in IssuedNumber.objects.all()}
    assert rows[1] == (date(2026, 1, 5), "Kiện toàn Hội đồng", "imported")
    assert rows[4] == (None, "Sổ văn thư", "imported")
    text = clerk.get(reverse("decisions:number_register"), {"nam": "2026"}).content.decode()
    assert "Còn 1 số bỏ trống trước số lớn nhất: 3." in text
    assert desk.numbered().number == 3


def test_each_pasted_line_that_cannot_be_read_is_named_and_nothing_is_taken(desk, clerk):
    answer = _post(clerk, "number_import", pasted="1\t05/01/2026\nhai\n3\t31/02/2026")
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Dòng 2: “hai” không phải số văn bản." in text
    assert "Dòng 3: Không có ngày 31/02/2026" in text
    assert not IssuedNumber.objects.exists()


@pytest.mark.parametrize(
    ("pasted", "says"),
    [
        ("1\t06/01/2026\n2\t05/01/2026", "không thể ghi ngày sớm hơn"),
        ("1\t06/01/2025", "không thuộc sổ năm 2026"),
    ],
)
def test_days_that_do_not_rise_or_belong_to_another_year_are_refused(desk, clerk, pasted, says):
    answer = _post(clerk, "number_import", pasted=pasted)
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert not IssuedNumber.objects.exists()


def test_a_number_imported_with_its_day_forbids_back_dating_behind_it(desk, clerk):
    _post(clerk, "number_import", pasted="1\t21/11/2026\tx")
    with pytest.raises(Refused, match="sớm hơn"):
        numbering.take(
            body=desk.world.unit.code, kind="decision", dated=date(2026, 11, 20), subject=desk.draft(), by=desk.clerk,
            at=NOW,
        )  # fmt: skip


def test_a_numbers_paper_goes_back_to_draft_when_the_number_is_void_and_the_next_is_another(desk, clerk):
    numbered = desk.numbered()
    row = IssuedNumber.objects.get()
    address = reverse("decisions:number_void", args=[row.pk])
    assert clerk.post(address, {"why": ""}).status_code == 422
    clerk.post(address, {"why": "Sai căn cứ"})
    numbered.refresh_from_db()
    row.refresh_from_db()
    assert (numbered.state, numbered.number, row.state, row.note) == ("draft", None, "void", "Sai căn cứ")
    again = issuing.give_number(decision=numbered, dated=DAY, expected_version=numbered.version, by=desk.clerk, at=NOW)
    assert again.number == 2


def test_the_number_of_a_signed_decision_is_never_void(desk):
    desk.signed()
    with pytest.raises(Refused, match="Không thể hủy số"):
        issuing.take_back_number(issued=IssuedNumber.objects.get(), reason="x", by=desk.clerk, at=NOW)
    assert IssuedNumber.objects.get().state == "issued"


def test_a_number_kept_back_is_given_back_with_one_click(desk, clerk):
    _post(clerk, "number_reserve", numbers="1", note="x")
    clerk.post(reverse("decisions:number_release", args=[IssuedNumber.objects.get().pk]))
    assert not IssuedNumber.objects.exists()


def test_a_number_kept_back_can_be_made_void_instead(desk, clerk):
    _post(clerk, "number_reserve", numbers="3", note="x")
    address = reverse("decisions:number_void", args=[IssuedNumber.objects.get().pk])
    assert address in clerk.get(reverse("decisions:number_register"), {"nam": "2026"}).content.decode()
    clerk.post(address, {"why": "Không ban hành"})
    assert IssuedNumber.objects.get().state == "void"


def test_numbers_meant_for_a_body_that_is_not_the_clerks_go_into_no_register(desk, clerk):
    stranger = make_unit(issuing_code="VKSPT")
    answer = _post(clerk, "number_reserve", **{"co-quan": stranger.pk}, numbers="3", note="x")
    assert answer.status_code == 404
    assert not IssuedNumber.objects.exists()


def test_the_field_is_told_live_whether_its_number_is_free(desk, clerk):
    desk.numbered()
    desk.session = desk.world.closed(lines=1)
    address = reverse("decisions:number_check", args=[desk.draft().pk])
    text = clerk.get(address, {"number": "1", "dated": "21/11/2026"}).content.decode()
    assert "Số 1 đã dùng trong năm 2026. Số kế tiếp là 2." in text


def test_who_writes_into_the_register_of_another_year_stays_in_it(desk, clerk):
    answer = _post(clerk, "number_reserve", numbers="7", note="x", nam="2025")
    assert answer.headers["Location"].endswith("nam=2025")
    answer = clerk.post(reverse("decisions:number_release", args=[IssuedNumber.objects.get().pk]))
    assert answer.headers["Location"].endswith("nam=2025")
