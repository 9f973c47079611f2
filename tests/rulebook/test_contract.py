"""The examples and the shapes of the contract, word for word."""

import pytest

from rulebook.questions import answer_all

pytestmark = pytest.mark.once


def grant(year, decided_on):
    award = "chien_si_thi_dua_co_so"
    return {"award": award, "year": year, "decided_on": decided_on, "type": "merit", "state": "in_force"}


EXAMPLE = {
    "id": "e1", "kind": "eligibility", "award": "chien_si_thi_dua_nganh", "subject": "individual",
    "type": "merit", "year": 2025, "governing_day": "2025-12-05",
    "individual": {
        "sex": "female", "category": "official", "joined_on": "2009-08-01",
        "ratings": {"2023": "excellent", "2024": "good", "2025": "excellent"},
        "grants": [grant(2023, "2023-12-20"), grant(2024, "2024-12-20"), grant(2025, "2025-11-28")],
        "initiatives": [{"code": "SK1", "level": "sector", "recognised_on": "2025-10-01", "used_for": []}],
        "discipline": [], "absences": [], "pending": [], "postings": [],
    },
}  # fmt: skip


def ask(**question):
    (answer,) = answer_all([question])
    return answer


def test_the_example_of_eligibility():
    answer = ask(**EXAMPLE)
    assert list(answer) == ["id", "outcome", "findings", "to_be_confirmed_by_people", "confirmed"]
    assert (answer["id"], answer["outcome"], answer["confirmed"]) == ("e1", "eligible", True)
    for finding in answer["findings"]:
        assert set(finding) == {"rule", "met", "says", "cite", "confirmed"}
        assert finding["cite"]
    for item in answer["to_be_confirmed_by_people"]:
        assert set(item) == {"rule", "says", "cite"}
        assert item["cite"]


def test_alternative_routes_are_one_finding_with_its_parts():
    answer = ask(**{**EXAMPLE, "award": "chien_si_thi_dua_co_so"})
    (merit,) = [finding for finding in answer["findings"] if finding["rule"] == "merit"]
    assert [part["rule"] for part in merit["any_of"]] == ["excellent", "initiative"]
    assert merit["cite"] == [{"doc": "06/2022/QH15", "at": "Điều 23 khoản 2"}]


@pytest.mark.parametrize("key", ["joined_on", "ratings", "grants", "initiatives", "discipline", "absences", "pending"])
@pytest.mark.parametrize("award", ["lao_dong_tien_tien", "chien_si_thi_dua_co_so", "chien_si_thi_dua_nganh"])
def test_missing_evidence_is_never_not_eligible(award, key):
    person = {name: value for name, value in EXAMPLE["individual"].items() if name != key}
    person["grants"] = person.get("grants", [])[:2] if key != "grants" else None
    answer = ask(**{**EXAMPLE, "award": award, "individual": person})
    assert answer["outcome"] != "not_eligible"


def test_the_example_of_a_vote():
    answer = ask(
        id="v", kind="vote", award="chien_si_thi_dua_nganh", governing_day="2025-03-03",
        members=13, present=11, recused=0, yes=11, written_yes=1,
    )  # fmt: skip
    cite = answer.pop("cite")
    assert cite == [{"doc": "98/2023/NĐ-CP", "at": "Điều 30 khoản 7"}]
    assert answer == {
        "id": "v", "passed": True, "share_needed": "90/100", "base": 13, "min_yes": 12, "yes_counted": 12,
        "possible": True, "confirmed": True,
    }  # fmt: skip


def test_the_example_of_a_quota():
    answer = ask(
        id="q", kind="quota", award="chien_si_thi_dua_co_so", governing_day="2023-11-30", base=120, proposed=21
    )
    assert answer.pop("cite") == [{"doc": "91/2017/NĐ-CP", "at": "Điều 9 khoản 3"}]
    assert answer == {"id": "q", "cap": 18, "over_by": 3, "says": "15 % × 120 = 18", "confirmed": True}


def test_the_example_of_money():
    answer = ask(id="m", kind="money", award="chien_si_thi_dua_co_so", holder="individual", decided_on="2025-08-15")
    wanted = {
        "id": "m", "coefficient": "1.0", "base_salary": 2340000, "amount": 2340000, "raw": 2340000,
        "rounding": "up_to_10000",
    }  # fmt: skip
    assert {key: answer[key] for key in wanted} == wanted
    assert answer["cite"]


def test_the_example_of_a_notice():
    answer = ask(id="n", kind="notice", award="huan_chuong_lao_dong_hang_ba", opens="2026-03-02", closes="2026-03-13")
    wanted = {"id": "n", "working_days": 10, "needed": 10, "enough": True}
    assert {key: answer[key] for key in wanted} == wanted
    assert answer["cite"]


def test_answers_come_back_in_the_order_asked_with_the_same_id():
    questions = [{**EXAMPLE, "id": identity} for identity in ("b", "a", 7)]
    assert [answer["id"] for answer in answer_all(questions)] == ["b", "a", 7]


CODES = """
lao_dong_tien_tien chien_si_tien_tien chien_si_thi_dua_co_so chien_si_thi_dua_nganh chien_si_thi_dua_toan_quan
chien_si_thi_dua_toan_quoc tap_the_lao_dong_tien_tien tap_the_lao_dong_xuat_sac don_vi_tien_tien don_vi_quyet_thang
co_thi_dua_nganh co_thi_dua_chinh_phu giay_khen bang_khen_vien_truong bang_khen_thu_tuong
huan_chuong_lao_dong_hang_ba huan_chuong_lao_dong_hang_nhi huan_chuong_lao_dong_hang_nhat
huan_chuong_doc_lap_hang_ba huan_chuong_doc_lap_hang_nhi huan_chuong_doc_lap_hang_nhat
huan_chuong_bao_ve_to_quoc_hang_ba huan_chuong_bao_ve_to_quoc_hang_nhi huan_chuong_bao_ve_to_quoc_hang_nhat
huan_chuong_chien_cong_hang_ba huan_chuong_chien_cong_hang_nhi huan_chuong_chien_cong_hang_nhat
huan_chuong_dung_cam huan_chuong_dai_doan_ket_dan_toc huan_chuong_ho_chi_minh huan_chuong_sao_vang anh_hung_lao_dong
huy_chuong_quan_ky_quyet_thang huy_chuong_chien_si_ve_vang_hang_ba huy_chuong_chien_si_ve_vang_hang_nhi
huy_chuong_chien_si_ve_vang_hang_nhat ky_niem_chuong
""".split()  # noqa: SIM905 - as the contract lists them


@pytest.mark.parametrize("award", CODES)
def test_every_code_of_the_contract_answers_every_kind(award):
    day = "2025-12-05"
    person = {key: value for key, value in EXAMPLE["individual"].items() if key != "ratings"}
    questions = [
        {**EXAMPLE, "id": "i", "award": award, "individual": person},
        {**EXAMPLE, "id": "c", "award": award, "subject": "collective", "collective": {"pending": []}},
        {"id": "v", "kind": "vote", "award": award, "governing_day": day, "members": 9, "present": 9, "yes": 9},
        {"id": "q", "kind": "quota", "award": award, "governing_day": day, "base": 10, "proposed": 1},
        {"id": "m1", "kind": "money", "award": award, "holder": "individual", "decided_on": day},
        {"id": "m2", "kind": "money", "award": award, "holder": "collective", "decided_on": day},
        {"id": "n", "kind": "notice", "award": award, "opens": day, "closes": "2025-12-20"},
    ]
    answers = {answer["id"]: answer for answer in answer_all(questions)}
    assert list(answers) == ["i", "c", "v", "q", "m1", "m2", "n"]
    assert {answers["m1"]["coefficient"], answers["m2"]["coefficient"]} != {None}
    assert all(answer["cite"] for key, answer in answers.items() if key in ("v", "m1", "m2"))
