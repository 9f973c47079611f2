"""Which share governs an item: the sector's own, the law's, the council's; and that `ask` says the same."""

import json
from datetime import date

import pytest
from django.core.management import call_command

from council.facts import Rules
from council.models import Council
from tests.factories.history import make_override

pytestmark = pytest.mark.django_db
CODE = "votes.chien_si_thi_dua_nganh"


@pytest.fixture
def council(root):
    return Council.objects.create(unit=root, name="Hội đồng ngành", valid_from=date(2025, 1, 1))


@pytest.mark.parametrize("day", [date(2025, 12, 31), date(2026, 1, 1), date(2026, 6, 30), date(2026, 7, 1)])
def test_council_pages_and_ask_agree_given_the_same_overrides(day, council, lead, tmp_path, capsys):
    make_override(lead, CODE, "80/100", date(2026, 1, 1), date(2026, 6, 30), document="Thông tư mẫu", place="Điều 12")
    shown = Rules(council, day).of("chien_si_thi_dua_nganh")
    question = {
        "id": "v", "kind": "vote", "award": "chien_si_thi_dua_nganh", "governing_day": day.isoformat(),
        "members": 15, "present": 15, "yes": 12,
        "overrides": [{"parameter": CODE, "from": "2026-01-01", "to": "2026-06-30", "value": "80/100", "by": str(lead),
                       "cite": [{"doc": "Thông tư mẫu", "at": "Điều 12"}]}],
    }  # fmt: skip
    path = tmp_path / "q.json"
    path.write_text(json.dumps([question]), encoding="utf-8")
    call_command("ask", str(path))
    (answer,) = json.loads(capsys.readouterr().out)
    if shown is None:
        assert answer["share_needed"] is None
        return
    assert answer["share_needed"] == f"{shown.share.num}/{shown.share.den}"
    assert [{"doc": one["doc"], "at": one["at"]} for one in shown.cite] == answer["cite"]
    named = [used["by"] for used in answer.get("overrides", [])]
    assert [one["by"] for one in shown.cite if "by" in one] == named


def test_the_sectors_share_comes_before_the_books_and_that_before_the_councils(council, lead):
    council.rules.create(
        award="", share_num=70, share_den=100, quorum_num=2, quorum_den=3, valid_from=date(2025, 1, 1),
        cite_document="Quy chế Hội đồng", cite_place="Điều 3", by=lead,
    )  # fmt: skip
    before = Rules(council, date(2026, 2, 1)).of("chien_si_thi_dua_nganh")
    assert (before.share.text, before.origin_name) == ("70 %", "Quy chế Hội đồng")
    make_override(lead, CODE, "85/100", date(2025, 8, 1), document="Thông tư mẫu", place="Điều 12")
    assert Rules(council, date(2025, 7, 31)).of("chien_si_thi_dua_nganh").origin_name == "Pháp luật"
    for day in (date(2025, 8, 1), date(2026, 2, 1)):
        rule = Rules(council, day).of("chien_si_thi_dua_nganh")
        assert (rule.share.text, rule.origin_name) == ("85 %", "Mức riêng của Ngành")
        assert rule.source == f"Điều 12 Thông tư mẫu ({lead} nhập)"
