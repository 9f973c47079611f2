"""The pages of signing: which ways are open, what a refused file is told, what the report shows."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from decisions.services import issuing, signing
from documents.models import Document, Signature, VerificationCode
from documents.services.storage import read_stored
from tests.conftest import PASSWORD, sign_in
from tests.decisions.services.test_signing import folder, sign_here, signed_outside, to_sign, work_off
from tests.decisions.services.test_signing_waits import one_try, ordered, until_it_fails, without_key
from tests.factories.council import NOW

__all__ = ["folder", "one_try"]


@pytest.fixture
def signer(desk):
    return sign_in(desk.signer, fresh=True)


def text(answer) -> str:
    return answer.content.decode()


def address(name: str, decision) -> str:
    return reverse(f"decisions:{name}", args=[decision.pk])


def test_the_signer_with_a_key_is_offered_to_sign_and_the_paper_way_stays(signer, desk, folder):
    page = text(signer.get(address("decision", desk.awaiting())))
    assert address("sign_here", desk.session.decisions.get()) in page
    assert "Xác nhận đã ký" in page


def test_without_a_key_only_paper_and_own_device_are_offered(signer, desk, settings, tmp_path):
    settings.SIGNING_DIR = tmp_path / "empty"
    awaiting = desk.awaiting()
    page = text(signer.get(address("decision", awaiting)))
    assert address("sign_here", awaiting) not in page
    assert "Lập bản chờ ký" in page


def test_signing_asks_for_the_password_again(desk, folder):
    awaiting = desk.awaiting()
    desk.signer.set_password(PASSWORD)
    desk.signer.save()
    answer = sign_in(desk.signer).post(address("sign_here", awaiting), {"version": awaiting.version})
    assert answer.status_code == 302
    assert "reauthenticate" in answer["Location"]
    assert not Signature.objects.exists()


def test_the_report_page_says_valid_and_lists_both_versions(signer, desk, folder):
    signed = sign_here(desk)
    page = text(signer.get(address("signatures", signed)))
    assert "Hợp lệ" in page
    assert "PAdES B-B" in page
    assert page.count("SHA-256") == 2
    assert "không có giá trị pháp lý" in page


def test_a_paper_signature_has_no_report(signer, desk):
    assert "Chưa có chữ ký số" in text(signer.get(address("signatures", desk.awaiting())))


def test_a_file_signed_outside_is_brought_back_through_the_page(signer, desk, folder):
    awaiting, pdf = to_sign(desk)
    data = signed_outside(pdf, desk.signer.username)
    changed = bytearray(data)
    changed[len(pdf) // 2] ^= 1
    for given, status in ((pdf, 422), (data, 302)):
        file = SimpleUploadedFile("quyet-dinh.pdf", given)
        answer = signer.post(address("sign_upload", awaiting), {"file": file, "version": awaiting.version})
        assert answer.status_code == status
    work_off()
    awaiting.refresh_from_db()
    assert awaiting.state == "signed"
    assert "Hợp lệ" in text(signer.get(address("signatures", awaiting)))


def test_the_refused_file_is_told_point_by_point(signer, desk, folder):
    awaiting, pdf = to_sign(desk)
    file = SimpleUploadedFile("quyet-dinh.pdf", pdf)
    page = text(signer.post(address("sign_upload", awaiting), {"file": file, "version": awaiting.version}))
    assert "Tệp chưa có chữ ký số" in page
    assert "Đúng văn bản đã trình ký" in page
    assert "Không đạt" in page


def test_while_the_signature_is_made_the_desk_says_so_asks_again_and_does_not_issue(desk, folder):
    decision = ordered(desk)
    clerk = sign_in(desk.clerk)
    page = text(clerk.get(address("decision", decision)))
    assert "chưa có trên tệp quyết định" in page
    assert f'hx-get="{address("signing_state", decision)}"' in page
    assert f'action="{address("decision_issue", decision)}"' in page
    assert "Thử ký lại" not in page
    work_off()
    part = text(clerk.get(address("signing_state", decision)))
    assert "hx-trigger" not in part
    assert "PAdES B-B" in part
    assert "chưa có trên tệp" not in part


def test_a_failed_signature_is_told_with_its_cure_and_tried_again_from_the_desk(desk, folder):
    decision = ordered(desk)
    bring_back = without_key(folder, desk.signer.username)
    until_it_fails()
    for user, name in ((desk.clerk, "sign_agency_again"), (desk.signer, "sign_again")):
        part = text(sign_in(user).get(address("signing_state", decision)))
        assert "Chưa có chứng thư ký số trên máy chủ" in part
        assert "Báo người quản trị đặt lại chứng thư" in part
        assert "hx-trigger" not in part
        assert address(name, decision) in part
    bring_back()
    sign_in(desk.clerk).post(address("sign_agency_again", decision))
    work_off()
    assert "PAdES B-B" in text(sign_in(desk.office).get(address("decision", decision)))


def test_the_signer_withdraws_the_order_with_a_reason(signer, desk, folder):
    decision = ordered(desk)
    assert address("sign_withdraw", decision) in text(signer.get(address("decision", decision)))
    sent = {"reason": "", "version": decision.version}
    assert signer.post(address("sign_withdraw", decision), sent).status_code == 422
    assert signer.post(address("sign_withdraw", decision), sent | {"reason": "Ký tay"}).status_code == 302
    assert not Signature.objects.exists()
    page = text(sign_in(desk.clerk).get(address("decision", decision)))
    assert "chưa có trên tệp" not in page


def test_the_clerk_does_not_withdraw_the_signers_order(desk, folder):
    decision = ordered(desk)
    clerk = sign_in(desk.clerk, fresh=True)
    assert address("sign_agency_withdraw", decision) not in text(clerk.get(address("decision", decision)))
    sent = {"reason": "Ký tay", "version": decision.version}
    assert clerk.post(address("sign_agency_withdraw", decision), sent).status_code == 403
    assert Signature.objects.exists()


def test_whoever_has_the_code_or_the_file_of_a_signed_decision_is_told_who_signed_it(client, desk, folder):
    signed = sign_here(desk)
    page = reverse("documents:verify_code", args=[VerificationCode.objects.get(subject_type__model="decision").code])
    assert client.get(page).status_code == 404  # not issued yet
    signing.seal(decision=signed, expected_version=signed.version, by=desk.clerk, at=NOW)
    work_off()
    issuing.issue(decision=signed, expected_version=signed.version, by=desk.clerk, at=NOW)
    by_person, by_both = Document.objects.filter(kind="decision").order_by("pk")[1:]
    both = [desk.signer.full_name, "Người có thẩm quyền, PAdES B-B", "Cơ quan, PAdES B-B"]
    assert all(words in text(client.get(page)) for words in both)
    for document, told in ((by_both, both), (by_person, both[:2])):
        sent = SimpleUploadedFile("a.pdf", read_stored(document.sha256))
        shown = text(client.post(reverse("documents:verify_file"), {"tep": sent}))
        assert [words for words in both if words in shown] == told
