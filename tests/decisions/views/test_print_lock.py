"""Nothing that looks final leaves before the signature, whatever address is asked."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from pypdf import PdfReader

from core.workflow import Refused
from decisions.models import Certificate
from decisions.services import certificates, issuing, print_runs, rendering
from documents.models import Document
from documents.services.storage import read_stored
from tests.conftest import sign_in
from tests.decisions.services.test_signing import folder, to_sign, work_off
from tests.factories.council import NOW
from tests.factories.printing import make_room

__all__ = ["folder"]
FILES = ("documents:download", "documents:preview")


@pytest.fixture
def waiting(desk, folder):
    """The decision with its signer, and the file made for the signer's own device."""
    awaiting, _ = to_sign(desk)
    return awaiting, Document.objects.get(kind=rendering.TO_SIGN)


def statuses(user, *addresses):
    return [_status(sign_in(user, fresh=True).get(address)) for address in addresses]


def _status(answer):
    if answer.streaming:
        b"".join(answer.streaming_content)  # to its end, which closes the file
    return answer.status_code


def issued(desk, awaiting):
    signed = issuing.sign(decision=awaiting, expected_version=awaiting.version, by=desk.signer, at=NOW)
    work_off()
    return issuing.issue(decision=signed, expected_version=signed.version, by=desk.clerk, at=NOW)


@pytest.mark.parametrize("name", FILES)
def test_the_file_that_waits_for_a_signature_is_for_its_signer_alone(desk, waiting, name):
    awaiting, file = waiting
    address = reverse(name, args=[file.pk])
    assert statuses(desk.signer, address) == [200]
    for other in (desk.clerk, desk.office):
        page = reverse("decisions:decision", args=[awaiting.pk])
        assert statuses(other, page, address) == [200, 404]


def test_it_stays_so_after_the_issue_and_stands_neither_in_the_list_nor_in_the_zip(desk, waiting):
    awaiting, file = waiting
    decision = issued(desk, awaiting)
    address = reverse("documents:download", args=[file.pk])
    assert statuses(desk.clerk, address) == [404]
    browser = sign_in(desk.clerk)
    assert address not in browser.get(reverse("decisions:decision", args=[decision.pk])).content.decode()
    with ZipFile(BytesIO(browser.get(reverse("decisions:papers_zip", args=[decision.pk])).content)) as archive:
        names = archive.namelist()
        assert archive.testzip() is None
    assert len(names) == len(set(names)) == 2
    assert not any("cho ky" in name or "/" in name or "\\" in name or ".." in name for name in names)


def test_the_public_page_does_not_take_it_for_a_version_of_the_decision(client, desk, waiting):
    awaiting, file = waiting
    issued(desk, awaiting)
    papers = [file.sha256, Document.objects.get(kind="decision", is_current=True).sha256]
    sent = [SimpleUploadedFile("a.pdf", read_stored(sha256)) for sha256 in papers]
    assert [client.post(reverse("documents:verify_file"), {"tep": one}).status_code for one in sent] == [404, 200]


def test_before_the_signature_there_is_a_watermarked_preview_and_nothing_else(desk, waiting):
    awaiting, _ = waiting
    browser = sign_in(desk.clerk, fresh=True)
    shown = browser.get(reverse("decisions:decision_preview", args=[awaiting.pk]), {"draft": "0", "du-thao": "khong"})
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(shown.content)).pages).casefold()
    assert "dự thảo" in text
    assert statuses(desk.clerk, reverse("decisions:papers_zip", args=[awaiting.pk])) == [404]
    assert browser.post(reverse("decisions:decision_render", args=[awaiting.pk])).status_code == 409
    assert not Document.objects.exclude(kind=rendering.TO_SIGN).exists()
    assert not Certificate.objects.exists()
    with pytest.raises(Refused, match="sau khi quyết định được ký"):
        rendering.queue_all(decision=awaiting, by=desk.signer, at=NOW)


def test_a_decision_sent_back_has_no_certificate_to_print(desk):
    awaiting = desk.awaiting()
    back = issuing.send_back(
        decision=awaiting, reason="Sai ngày", expected_version=awaiting.version, by=desk.signer, at=NOW
    )
    assert statuses(desk.clerk, reverse("decisions:papers_zip", args=[back.pk])) == [404]
    assert [certificates.one_file(row) for row in Certificate.objects.all()] == []


def test_what_was_taken_back_after_the_rendering_is_printed_neither_alone_nor_from_a_run_prepared_before(desk):
    room = make_room(desk.issued(), desk.clerk, NOW)
    work_off()
    run = print_runs.prepare(
        wish=print_runs.Wish(room.kind, room.printer, room.decision, first=1, count=2), by=room.clerk, at=room.now
    )
    addresses = [reverse("decisions:certificate_file", args=[row.pk]) for row in Certificate.objects.order_by("pk")]
    file = reverse("decisions:run_file", args=[run.pk])
    assert statuses(desk.clerk, *addresses, file) == [200, 200, 200]
    desk.sent_through(desk.revocation(room.decision, room.decision.lines.order_by("order").first()))
    assert statuses(desk.clerk, *addresses, file) == [409, 200, 409]
