"""The desk of a decision, as the office, the clerk and the signer see it."""

import pytest
from django.urls import reverse

from core.models import Event
from decisions import selectors
from decisions.forms import DraftForm
from decisions.models import Decision
from decisions.services import drafting, issuing
from decisions.services.drafting import fill_keys
from documents.facts import shortened
from tests.conftest import PASSWORD
from tests.decisions.conftest import DAY
from tests.factories.council import NOW
from tests.factories.units import make_user


@pytest.fixture
def page(as_user):
    """The answer to one address for one user, as text."""

    def get(user, name, *args):
        return as_user(user).get(reverse(f"decisions:{name}", args=args)).content.decode()

    return get


def _keys(desk):
    return list(selectors.undecided_of(desk.session).values_list("pk", flat=True))


def test_the_office_drafts_one_decision_of_all_passed_lines(desk, as_user):
    sent = {"split": "mot", "lines": _keys(desk)}
    answer = as_user(desk.office).post(reverse("decisions:decision_new", args=[desk.session.pk]), sent)
    decision = Decision.objects.get()
    assert answer.headers["Location"] == reverse("decisions:decision", args=[decision.pk])


def test_the_page_of_drafting_counts_the_decisions_of_each_way(desk, page):
    text = page(desk.office, "decision_new", desk.session.pk)
    assert "Với 2 hồ sơ đang chọn" in text
    assert "Theo từng đơn vị trình" in text


def test_the_count_follows_what_is_ticked(desk, as_user):
    asked = {"lines": _keys(desk)[:1], "split": "mot"}
    address = reverse("decisions:decision_new", args=[desk.session.pk])
    answer = as_user(desk.office).get(address, asked, headers={"HX-Request": "true"}).content.decode()
    assert "Với 1 hồ sơ đang chọn" in answer
    assert "<html" not in answer


def test_nothing_ticked_is_told_and_drafts_nothing(desk, as_user):
    address = reverse("decisions:decision_new", args=[desk.session.pk])
    answer = as_user(desk.office).post(address, {"split": "mot"})
    assert answer.status_code == 422
    assert not Decision.objects.exists()


def test_a_base_that_has_expired_is_refused_beside_the_field_even_when_typed_by_hand(desk, as_user):
    draft = desk.draft()
    form = DraftForm(decision=draft)
    values = {name: form.get_initial_for_field(field, name) or "" for name, field in form.fields.items()}
    values |= {"signer": draft.signer_id, "version": draft.version}
    values["legal_bases"] = "Căn cứ Nghị định số 91/2017/NĐ-CP của Chính phủ"
    answer = as_user(desk.office).post(reverse("decisions:decision_edit", args=[draft.pk]), values)
    assert answer.status_code == 422
    assert "Căn cứ 91/2017/NĐ-CP không có hiệu lực" in answer.content.decode()


def test_a_form_that_came_back_with_errors_still_knows_which_version_it_was_filled_in_on(desk, as_user):
    draft = desk.draft()
    drafting.edit(decision=draft, values={"title": "Của người khác"}, expected_version=1, by=desk.office, at=NOW)
    address = reverse("decisions:decision_edit", args=[draft.pk])
    answer = as_user(desk.office).post(address, {"title": "Của tôi", "version": "1"})
    assert answer.status_code == 422
    assert '<input type="hidden" name="version" value="1"' in answer.content.decode()


def test_a_session_without_lines_left_is_not_found(desk, as_user):
    desk.draft()
    assert as_user(desk.office).post(reverse("decisions:decision_new", args=[desk.session.pk])).status_code == 404


def test_the_clerk_sees_why_a_draft_gets_no_number_yet(desk, page):
    draft = desk.draft()
    Decision.objects.filter(pk=draft.pk).update(place="")
    assert "Dự thảo còn thiếu: địa danh" in page(desk.clerk, "decision", draft.pk)


def test_a_wrong_day_is_told_beside_the_field_and_kept(desk, as_user):
    draft = desk.draft()
    values = {"dated": "31/02/2026", "number": "", "version": draft.version}
    answer = as_user(desk.clerk).post(reverse("decisions:decision_number", args=[draft.pk]), values)
    assert answer.status_code == 422
    assert "Không có ngày 31/02/2026" in answer.content.decode()
    assert 'value="31/02/2026"' in answer.content.decode()


def test_a_number_in_use_is_told_with_the_next_free_one(desk, as_user):
    desk.numbered()
    desk.session = desk.world.closed(lines=1)
    draft = desk.draft()
    values = {"dated": "21/11/2026", "number": "1", "version": draft.version}
    answer = as_user(desk.clerk).post(reverse("decisions:decision_number", args=[draft.pk]), values)
    assert answer.status_code == 422
    assert "Số kế tiếp là 2" in answer.content.decode()


def test_signing_asks_for_the_password_again(desk, as_user):
    awaiting = desk.awaiting()
    desk.signer.set_password(PASSWORD)
    desk.signer.save()
    address = reverse("decisions:decision_sign", args=[awaiting.pk])
    answer = as_user(desk.signer).post(address, {"version": awaiting.version})
    assert reverse("account_reauthenticate") in answer.headers["Location"]
    as_user(desk.signer, fresh=True).post(address, {"version": awaiting.version})
    awaiting.refresh_from_db()
    assert awaiting.state == "signed"


def test_an_old_page_shows_both_versions_and_changes_nothing(desk, as_user):
    numbered = desk.numbered()
    before = Event.objects.count()
    address = reverse("decisions:decision_send_to_sign", args=[numbered.pk])
    assert as_user(desk.clerk).post(address, {"version": numbered.version - 1}).status_code == 409
    assert Event.objects.count() == before


def test_the_address_of_a_step_opened_by_itself_says_what_it_is_for(desk, as_user):
    answer = as_user(desk.clerk).get(reverse("decisions:decision_send_to_sign", args=[desk.numbered().pk]))
    assert (answer.status_code, answer.headers["Allow"]) == (405, "POST")
    assert "chỉ nhận nội dung gửi từ biểu mẫu" in answer.content.decode()


def test_a_step_without_version_is_taken_for_an_old_page(desk, as_user):
    numbered = desk.numbered()
    address = reverse("decisions:decision_send_to_sign", args=[numbered.pk])
    assert as_user(desk.clerk).post(address).status_code == 409
    numbered.refresh_from_db()
    assert numbered.state == "numbered"


def test_printing_is_locked_until_the_signature(desk, page):
    assert "Khóa đến khi ký" in page(desk.clerk, "decision", desk.awaiting().pk)


def test_a_stranger_finds_neither_draft_nor_preview(desk, as_user):
    draft = desk.draft()
    for name in ("decision", "decision_edit", "decision_preview"):
        assert as_user(make_user()).get(reverse(f"decisions:{name}", args=[draft.pk])).status_code == 404


def test_the_public_register_shows_issued_decisions_without_names_of_people(desk, client):
    issued = desk.issued()
    text = client.get(reverse("decisions:register")).content.decode()
    assert issued.number_text in text
    assert all(line.name_printed not in text for line in issued.lines.all())


def test_a_name_that_an_office_typed_into_the_title_is_not_published(desk, client):
    issued = desk.issued()
    name = issued.lines.order_by("order").first().name_printed
    issued.title = f"Về việc khen thưởng đối với {name}"
    fill_keys(issued)
    issued.save()
    register = reverse("decisions:register")
    shown = client.get(register).content.decode()
    assert issued.number_text in shown
    assert name not in shown + issued.verification_facts().about
    assert f"đối với {shortened(name)}" in shown
    for typed, found in ((name, False), ("khen thưởng đối với", False), (issued.number_text, True)):
        assert (f">{issued.number_text}<" in client.get(register, {"q": typed}).content.decode()) == found


def test_the_public_register_costs_the_same_for_one_as_for_many(desk, client, django_assert_max_num_queries):
    desk.issued()
    with django_assert_max_num_queries(6):
        client.get(reverse("decisions:register"))


def test_the_public_register_shows_no_draft(desk, client):
    desk.signed()
    assert "Chưa có quyết định nào được ban hành" in client.get(reverse("decisions:register")).content.decode()


def test_the_list_costs_the_same_for_one_decision_as_for_five(desk, as_user, django_assert_max_num_queries):
    client, numbers = as_user(desk.office), []
    for more in (1, 4):
        for _ in range(more):
            desk.draft()
            desk.session = desk.world.closed(lines=1)
        client.get(reverse("decisions:decision_list"))
        with django_assert_max_num_queries(60) as counted:
            client.get(reverse("decisions:decision_list"))
        numbers.append(len(counted))
    assert numbers[0] == numbers[1]


def test_who_edits_a_draft_in_two_windows_is_shown_both_texts_and_loses_neither(desk, as_user):
    draft = desk.draft()
    form = DraftForm(decision=draft)
    values = {name: form.get_initial_for_field(field, name) or "" for name, field in form.fields.items()}
    values |= {"signer": draft.signer_id, "version": draft.version}
    office, address = as_user(desk.office), reverse("decisions:decision_edit", args=[draft.pk])
    office.post(address, values | {"sent_to": "Như Điều 3\nVụ 15"})
    answer = office.post(address, values | {"sent_to": "Như Điều 3\nVụ 14"})
    text = " ".join(answer.content.decode().split())
    assert answer.status_code == 409
    assert "Như Điều 3; Vụ 14" in text
    assert "Như Điều 3; Vụ 15" in text
    assert "Địa danh" not in text  # the same in both
    draft.refresh_from_db()
    assert draft.sent_to == ["Như Điều 3", "Vụ 15"]


def test_one_button_gives_the_number_and_sends_to_the_signer(desk, as_user):
    draft = desk.draft()
    values = {"dated": f"{DAY:%d/%m/%Y}", "version": draft.version, "viec": "trinh-ky"}
    answer = as_user(desk.clerk).post(reverse("decisions:decision_number", args=[draft.pk]), values)
    assert answer.status_code == 302
    draft.refresh_from_db()
    assert (draft.state, draft.number) == ("awaiting", 1)


def test_the_desk_says_who_sent_it_back_and_why_until_it_goes_to_the_signer_again(desk, page):
    awaiting = desk.awaiting()
    back = issuing.send_back(
        decision=awaiting, reason="Sai chức vụ dòng 5", expected_version=awaiting.version, by=desk.signer, at=NOW
    )
    for user in (desk.clerk, desk.office):
        assert "Sai chức vụ dòng 5" in page(user, "decision", back.pk)
    assert reverse("decisions:decision_edit", args=[back.pk]) in page(desk.office, "decision", back.pk)
    again = issuing.send_to_sign(decision=back, expected_version=back.version, by=desk.clerk, at=NOW)
    assert "Sai chức vụ dòng 5" not in page(desk.clerk, "decision", back.pk)
    issuing.recall(decision=again, reason="Người ký đi vắng", expected_version=again.version, by=desk.clerk, at=NOW)
    assert "rút lại</b>" in page(desk.office, "decision", back.pk)


def test_drafts_stand_above_the_newest_numbers(desk, as_user):
    desk.numbered()
    desk.session = desk.world.closed(lines=1)
    draft = desk.draft()
    table = as_user(desk.office).get(reverse("decisions:decision_list")).context["table"]
    assert table.rows[0].pk == draft.pk
