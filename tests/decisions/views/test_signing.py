"""The pages of signing: which ways are open, what a refused file is told, what the report shows."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from documents.models import Signature
from tests.conftest import PASSWORD, sign_in
from tests.decisions.services.test_signing import folder, sign_here, signed_outside, to_sign, work_off

__all__ = ["folder"]


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
