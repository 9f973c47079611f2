"""`manage.py recheck`: says whose verdict is another now, on what ground, and writes nothing."""

from datetime import UTC, date, datetime

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from awards.eligibility import judge_lines
from core.models import RuleOverride
from rulebook import book
from tests.factories import awards as make
from tests.factories.units import make_person

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 20)


def freeze(line):
    """As sending does, with today's book and facts."""
    judged = judge_lines([line], DAY)[line.pk]
    line.verdict, line.facts, line.rulebook_version = judged.verdict, judged.facts, book.version()
    line.save()
    return line


@pytest.fixture
def dossier(root, region, hung):
    """A line of a person in service for five months, sent and frozen; the law asks for six."""
    submission = make.make_submission(region, campaign=make.make_intake(root), sent_by=hung)

    def made(**values):
        person = make.make_eligible_for_ldtt(make_person(region, joined_on=values.pop("joined_on", date(2026, 6, 10))))
        values = {"award": make.LDTT, "state": "reviewing", "governing_day": DAY, **values}
        return freeze(make.make_nomination(submission, person=person, **values))

    return made


@pytest.fixture
def own_rule(hung):
    """The office asks for four months from this year on."""
    return lambda **values: RuleOverride.objects.create(
        parameter="lao_dong_tien_tien.min_service", award="lao_dong_tien_tien", by=hung, valid_from=date(2026, 1, 1),
        value={"test": "months_in_service", "months": 4}, cite_document="Quy chế mẫu", cite_place="Điều 1",
        created_at=datetime(2026, 1, 1, tzinfo=UTC), **values,
    )  # fmt: skip


@pytest.fixture
def told(capsys):
    def run(*words):
        call_command("recheck", *words)
        return capsys.readouterr().out

    return run


def test_where_nothing_changed_nothing_is_told(dossier, told):
    line = dossier()
    said = told()
    assert line.code not in said
    assert "Đã xét lại 1 hồ sơ đang xử lý: 0 hồ sơ khác." in said


def test_an_own_rule_that_turns_a_verdict_is_told_with_the_condition_and_its_ground(dossier, own_rule, told):
    line = dossier()
    assert line.verdict["outcome"] == "not_eligible"
    own_rule()
    said = told()
    assert f"{line.code} {line.shown_name}, Lao động tiên tiến năm 2026" in said
    assert "không đủ điều kiện → đủ điều kiện" in said
    assert "không đạt → đạt. Công tác 5 tháng" in said
    assert "Điều 1" in said
    assert "Dữ liệu của hồ sơ cũng đã khác" not in said
    assert "1 hồ sơ khác. Không ghi thay đổi nào." in said


def test_a_change_of_ground_alone_is_told(dossier, own_rule, told):
    line = dossier(joined_on=date(2010, 1, 1))
    own_rule()
    said = told()
    assert f"{line.code} " in said
    assert "vẫn đủ điều kiện" in said
    assert "→ Quy chế mẫu, Điều 1" in said


def test_data_that_changed_meanwhile_is_named_as_a_cause(dossier, told):
    line = dossier()
    line.person.joined_on = date(2010, 1, 1)
    line.person.save()
    assert "Dữ liệu của hồ sơ cũng đã khác khi trình." in told()


@pytest.mark.parametrize("state", ["withdrawn", "decided", "unqualified"])
def test_what_is_no_longer_under_way_is_left_alone(state, dossier, own_rule, told):
    dossier(state=state)
    own_rule()
    assert "Đã xét lại 0 hồ sơ" in told()


def test_award_and_year_narrow_what_is_looked_at(dossier, told):
    dossier()
    assert "Đã xét lại 1 hồ sơ" in told("--award", "lao_dong_tien_tien", "--year", "2026")
    assert "Đã xét lại 0 hồ sơ" in told("--award", "giay_khen")
    assert "Đã xét lại 0 hồ sơ" in told("--year", "2025")


def test_the_law_of_two_days_is_compared(dossier, told):
    """The bar for open matters came with Nghị định 152/2025."""
    line = dossier(joined_on=date(2010, 1, 1))
    said = told("--day", "2025-12-05", "--against", "2024-06-01")
    assert "So với pháp luật ngày 01/06/2024." in said
    assert f"{line.code} " in said
    assert "pháp luật ngày 05/12/2025" in said
    assert "điều kiện mới, đạt. Không có việc đang xem xét" in said


def test_dossiers_are_gone_through_in_sets(dossier, told, monkeypatch):
    monkeypatch.setattr("awards.eligibility.LINES_AT_ONCE", 2)
    for _ in range(5):
        dossier()
    assert "Đã xét lại 5 hồ sơ" in told()


def test_only_dossiers_judged_under_one_version_are_looked_at(dossier, told):
    dossier()
    assert "Đã xét lại 1 hồ sơ" in told("--against", book.version()[:12])
    assert "Đã xét lại 0 hồ sơ" in told("--against", "000000")


@pytest.mark.parametrize("words", [("--award", "huy_hieu"), ("--day", "hôm nay"), ("--against", "x")])
def test_a_bad_question_is_answered_in_one_line(words):
    with pytest.raises(CommandError) as refused:
        call_command("recheck", *words)
    assert "\n" not in str(refused.value)


def test_nothing_is_written_and_queries_do_not_grow(dossier, own_rule, region, sent, told):
    own_rule()
    dossier()
    freeze(make.make_nomination(sent, award=make.TTLDTT, collective=region, state="reviewing", governing_day=DAY))
    with CaptureQueriesContext(connection) as few:
        told()
    for _ in range(6):
        dossier()
    rows = {model: list(model._default_manager.order_by("pk").values()) for model in apps.get_models()}
    with CaptureQueriesContext(connection) as many:
        told()
    assert {model: list(model._default_manager.order_by("pk").values()) for model in apps.get_models()} == rows
    assert all(query["sql"].startswith(("SELECT", "WITH", "DECLARE")) for query in many.captured_queries)
    assert len(many) == len(few)


@pytest.fixture
def sent(root, region, hung):
    return make.make_submission(region, campaign=make.make_intake(root), sent_by=hung)
