"""A decision signed on the server, on the signer's own device, or on paper; each leaves its versions."""

from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from core.models import Event, Job
from core.tasks import run_job
from core.workflow import Conflict, Refused
from decisions.services import issuing, rendering, signing
from documents.models import Document, Signature
from documents.services import keeping, signing_demo, signing_look
from documents.services import signing as pades
from documents.services.signing_keys import agency_owner, keys
from documents.services.storage import read_stored
from documents.services.uploads import accept
from tests.documents.authority import make_folder
from tests.factories.council import NOW


def work_off():
    while waiting := list(Job.objects.filter(state="queued").values_list("pk", flat=True)):
        for job_id in waiting:
            run_job(job_id)


@pytest.fixture
def folder(desk, settings, tmp_path):
    folder = make_folder(settings, tmp_path / "signing")
    folder.give(desk.signer.username, desk.signer.full_name)
    folder.give(agency_owner(desk.world.unit.code), "Viện kiểm sát nhân dân tối cao")
    return folder


def sign_here(desk):
    awaiting = desk.awaiting()
    signed = signing.sign_here(decision=awaiting, expected_version=awaiting.version, by=desk.signer, at=NOW)
    work_off()
    return signed


def to_sign(desk):
    awaiting = desk.awaiting()
    signing.prepare(decision=awaiting, by=desk.signer, at=NOW)
    work_off()
    return awaiting, read_stored(Document.objects.get(kind=rendering.TO_SIGN).sha256)


def signed_outside(pdf, owner):
    key = keys().key(owner)
    place = pades.Place(0, 120.0, 200.0, 60.0, 22.0)
    look = signing_look.person(key, place, at=timezone.now())
    return pades.sign(pdf, key, field=signing_look.PERSON, look=look, reason="Ban hành")


def bring(desk, decision, pdf, name="quyet-dinh.pdf"):
    file = accept(BytesIO(pdf), name=name)
    return signing.take_signed(
        decision=decision, file=file, expected_version=decision.version, by=desk.signer, at=NOW
    )  # fmt: skip


def test_the_key_on_the_server_signs_the_rendered_file_and_the_unsigned_one_stays(desk, folder):
    signed = sign_here(desk)
    unsigned, current = Document.objects.filter(kind="decision").order_by("pk")
    row = Signature.objects.get()
    assert (unsigned.is_current, current.is_current, current.supersedes) == (False, True, unsigned)
    assert (row.document, row.base_sha256, row.level, row.name) == (
        current, unsigned.sha256, "PAdES B-B", desk.signer.full_name,
    )  # fmt: skip
    assert read_stored(current.sha256).startswith(read_stored(unsigned.sha256))
    report = signing.examine(signed)
    assert report.is_fine
    assert Event.objects.filter(kind="signature.make").count() == 1


def test_the_job_that_runs_twice_signs_once(desk, folder):
    sign_here(desk)
    job = Job.objects.get(kind="decisions.sign_paper")
    Job.objects.filter(pk=job.pk).update(state="queued")
    run_job(job.pk)
    assert Document.objects.filter(kind="decision").count() == 2


def test_a_signed_file_is_never_rendered_anew(desk, folder):
    signed = sign_here(desk)
    before = Document.objects.get(kind="decision", is_current=True)
    rendering.queue_again(decision=signed, by=desk.clerk, at=NOW)
    work_off()
    assert Document.objects.get(kind="decision", is_current=True) == before


def test_the_agency_signs_after_the_signer_and_only_once(desk, folder):
    signed = sign_here(desk)
    assert signing.standing(signed, desk.clerk).may_seal
    signing.seal(decision=signed, expected_version=signed.version, by=desk.clerk, at=NOW)
    work_off()
    report = signing.examine(signed)
    assert report.is_fine
    assert [row.name for row in report.signatures] == [desk.signer.full_name, "Viện kiểm sát nhân dân tối cao"]
    bases = set(Signature.objects.values_list("base_sha256", flat=True))
    assert bases == {Document.objects.filter(kind="decision").order_by("pk").first().sha256}
    with pytest.raises(Refused):
        signing.seal(decision=signed, expected_version=signed.version, by=desk.clerk, at=NOW)


def test_without_a_key_or_with_another_name_on_it_nothing_is_signed(desk, folder):
    awaiting = desk.awaiting()
    folder.give(desk.signer.username, "Người Khác")
    with pytest.raises(Refused, match="cấp cho Người Khác"):
        signing.sign_here(decision=awaiting, expected_version=awaiting.version, by=desk.signer, at=NOW)
    (folder.place / f"{desk.signer.username}.p12").unlink()
    assert not signing.standing(awaiting, desk.signer).has_key
    with pytest.raises(Refused, match="Chưa có chứng thư"):
        signing.sign_here(decision=awaiting, expected_version=awaiting.version, by=desk.signer, at=NOW)
    assert not Signature.objects.exists()


def test_the_key_of_the_server_does_not_change_who_may_sign(desk, folder):
    awaiting = desk.awaiting()
    folder.give(desk.clerk.username, desk.signer.full_name)
    with pytest.raises(PermissionDenied):
        signing.sign_here(decision=awaiting, expected_version=awaiting.version, by=desk.clerk, at=NOW)
    with pytest.raises(Conflict):
        signing.sign_here(decision=awaiting, expected_version=awaiting.version - 1, by=desk.signer, at=NOW)
    assert not Signature.objects.exists()


def test_a_decision_signed_on_paper_has_no_digital_signature(desk):
    signed = desk.signed()
    work_off()
    assert signing.examine(signed) is None
    assert Document.objects.filter(kind="decision").count() == 1


def test_a_file_signed_outside_is_taken_and_the_decision_is_signed(desk, folder):
    awaiting, pdf = to_sign(desk)
    signed = bring(desk, awaiting, signed_outside(pdf, desk.signer.username))
    work_off()
    assert signed.state == "signed"
    row = Signature.objects.get()
    assert (row.way, row.base_sha256) == ("outside", Document.objects.get(kind=rendering.TO_SIGN).sha256)
    assert signing.examine(signed).is_fine
    assert Document.objects.filter(kind="decision").count() == 2
    issued = issuing.issue(decision=signed, expected_version=signed.version, by=desk.clerk, at=NOW)
    assert issued.state == "issued"


def test_a_file_made_before_the_decision_came_back_is_not_taken(desk, folder):
    awaiting, pdf = to_sign(desk)
    back = issuing.send_back(decision=awaiting, expected_version=awaiting.version, reason="Sai", by=desk.signer, at=NOW)
    later = timezone.now()
    awaiting = issuing.send_to_sign(decision=back, expected_version=back.version, by=desk.clerk, at=later)
    assert signing.standing(awaiting, desk.signer).to_sign is None
    with pytest.raises(Refused, match="Chưa có bản chờ ký"):
        bring(desk, awaiting, signed_outside(pdf, desk.signer.username))


@pytest.mark.parametrize("hostile", ["changed", "unsigned", "other", "untrusted", "another person"])
def test_what_is_not_exactly_the_signed_decision_is_refused_and_nothing_changes(desk, folder, hostile):
    awaiting, pdf = to_sign(desk)
    folder.give("nguoi-khac", "Người Khác")
    data, says = {
        "changed": lambda: (_changed(signed_outside(pdf, desk.signer.username), len(pdf) // 2), "Nội dung"),
        "unsigned": lambda: (pdf, "chưa có chữ ký"),
        "other": lambda: (signed_outside(_another(pdf), desk.signer.username), "không phải bản chờ ký"),
        "untrusted": lambda: (_untrusted(folder, desk, pdf), "không do tổ chức"),
        "another person": lambda: (signed_outside(pdf, "nguoi-khac"), "Người Khác"),
    }[hostile]()
    with pytest.raises(signing.SignedFileRefused) as refused, transaction.atomic():
        signing.take_signed(decision=awaiting, file=keeping.Accepted("a.pdf", "application/pdf", data),
                            expected_version=awaiting.version, by=desk.signer, at=NOW)  # fmt: skip
    assert any(says in found.says for found in refused.value.report.findings if found.is_fine is False)
    awaiting.refresh_from_db()
    assert awaiting.state == "awaiting"
    assert not Signature.objects.exists()
    assert not Document.objects.filter(kind="decision").exists()


def _changed(pdf, place):
    changed = bytearray(pdf)
    changed[place] ^= 1
    return bytes(changed)


def _another(pdf):
    """The same look in other bytes: a file that says it is of another version of PDF."""
    return pdf[:7] + (b"4" if pdf[7:8] != b"4" else b"5") + pdf[8:]


def _untrusted(folder, desk, pdf):
    signed = signed_outside(pdf, desk.signer.username)
    (folder.place / "anchors" / "ca.pem").unlink()
    folder.trust(signing_demo.make_authority(at=timezone.now(), name="CA khác"), "khac")
    return signed
