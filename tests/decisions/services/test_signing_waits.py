"""A digital signature that was asked for holds the decision back until it is made, or until it is withdrawn."""

import pytest
from django.core.exceptions import PermissionDenied

from core.models import Event, Job
from core.workflow import Conflict, Refused
from decisions import selectors
from decisions.models import Decision
from decisions.services import issuing, signing
from documents.models import Document, Signature
from documents.services.signing_keys import agency_owner
from documents.services.storage import read_stored
from tests.decisions.services.test_signing import folder, sign_here, work_off
from tests.factories.council import NOW
from tests.factories.units import make_user

__all__ = ["folder"]


def ordered(desk):
    """With the order to sign given and no worker near."""
    awaiting = desk.awaiting()
    return signing.sign_here(decision=awaiting, expected_version=awaiting.version, by=desk.signer, at=NOW)


def issue(desk, decision):
    return issuing.issue(decision=decision, expected_version=decision.version, by=desk.clerk, at=NOW)


def without_key(folder, owner):
    """The key is taken away; what brings it back."""
    path = folder.place / f"{owner}.p12"
    held = path.read_bytes()
    path.unlink()
    return lambda: path.write_bytes(held)


def until_it_fails():
    work_off()
    return Job.objects.get(kind="decisions.sign_paper", state="failed")


@pytest.fixture(autouse=True)
def one_try(settings):
    settings.JOB_MAX_ATTEMPTS = 1


def test_a_decision_is_not_issued_while_its_signature_waits(desk, folder):
    decision = ordered(desk)
    with pytest.raises(Refused, match="Chữ ký số của Vũ Đình Quang chưa có trên tệp"):
        issue(desk, decision)
    assert Decision.objects.get(pk=decision.pk).state == "signed"
    work_off()
    assert issue(desk, decision).state == "issued"


def test_the_agencys_signature_holds_back_as_well(desk, folder):
    decision = sign_here(desk)
    signing.seal(decision=decision, expected_version=decision.version, by=desk.clerk, at=NOW)
    with pytest.raises(Refused, match="Chữ ký số của cơ quan"):
        issue(desk, decision)
    work_off()
    assert issue(desk, decision).state == "issued"


def test_a_paper_signed_by_hand_needs_no_digital_signature(desk, folder):
    assert desk.issued().state == "issued"


def test_a_failed_signature_says_why_and_how_to_mend_it_and_can_be_tried_again(desk, folder):
    decision = ordered(desk)
    bring_back = without_key(folder, desk.signer.username)
    job = until_it_fails()
    standing = signing.standing(decision, desk.clerk)
    assert (standing.waits, standing.is_stuck, standing.job) == (True, True, job)
    (told,) = job.failures
    assert "Chưa có chứng thư" in told["why"]
    assert "người quản trị" in told["cure"]
    with pytest.raises(Refused, match="chưa có trên tệp"):
        issue(desk, decision)
    bring_back()
    signing.try_again(decision=decision, by=desk.clerk, at=NOW)
    work_off()
    standing = signing.standing(decision, desk.clerk)
    assert (standing.waits, standing.is_stuck) == (False, False)
    assert Job.objects.get(pk=job.pk).failures == []
    assert Event.objects.filter(kind="signature.again", by=desk.clerk).count() == 1
    assert issue(desk, decision).state == "issued"


def test_an_order_that_was_cancelled_as_a_job_can_be_tried_again(desk, folder):
    decision = ordered(desk)
    bring_back = without_key(folder, desk.signer.username)
    job = until_it_fails()
    bring_back()
    Job.objects.filter(pk=job.pk).update(state="cancelled")
    signing.try_again(decision=decision, by=desk.signer, at=NOW)
    work_off()
    assert not signing.standing(decision, desk.clerk).waits


def test_there_is_nothing_to_try_again_while_it_runs_and_once_it_is_made(desk, folder):
    decision = ordered(desk)
    with pytest.raises(Refused, match="để thử lại"):
        signing.try_again(decision=decision, by=desk.clerk, at=NOW)
    work_off()
    with pytest.raises(Refused, match="để thử lại"):
        signing.try_again(decision=decision, by=desk.clerk, at=NOW)


def test_the_signer_withdraws_the_order_and_the_paper_goes_out_signed_by_hand(desk, folder):
    decision = ordered(desk)
    assert signing.standing(decision, desk.signer).may_withdraw
    signing.withdraw(
        decision=decision, reason="Ký tay", expected_version=decision.version, by=desk.signer, at=NOW
    )  # fmt: skip
    assert not Signature.objects.exists()
    work_off()
    assert not Signature.objects.exists()
    assert Document.objects.filter(kind="decision").count() == 1
    event = Event.objects.get(kind="signature.withdraw")
    assert (event.by, event.note) == (desk.signer, "Ký tay")
    assert issue(desk, decision).state == "issued"


def test_only_who_may_ask_for_a_signature_takes_the_asking_back(desk, folder):
    decision = ordered(desk)
    for stranger in (desk.clerk, desk.office):
        assert not signing.standing(decision, stranger).may_withdraw
        with pytest.raises(PermissionDenied):
            signing.withdraw(decision=decision, reason="x", expected_version=decision.version, by=stranger, at=NOW)
    with pytest.raises(Conflict):
        signing.withdraw(
            decision=decision, reason="x", expected_version=decision.version - 1, by=desk.signer, at=NOW
        )  # fmt: skip
    with pytest.raises(PermissionDenied):
        signing.try_again(decision=decision, by=make_user(), at=NOW)


def test_a_signature_on_the_file_is_not_withdrawn(desk, folder):
    decision = sign_here(desk)
    with pytest.raises(Refused, match="Không còn yêu cầu"):
        signing.withdraw(decision=decision, reason="x", expected_version=decision.version, by=desk.signer, at=NOW)


def test_what_was_withdrawn_while_a_worker_signed_is_not_kept(desk, folder, monkeypatch):
    decision = sign_here(desk)
    before = Document.objects.get(kind="decision", is_current=True)
    signing.seal(decision=decision, expected_version=decision.version, by=desk.clerk, at=NOW)
    make = signing._signed

    def withdrawn_meanwhile(*args):
        signing.withdraw(
            decision=decision, reason="Đóng dấu tay", expected_version=decision.version, by=desk.clerk, at=NOW
        )  # fmt: skip
        return make(*args)

    monkeypatch.setattr(signing, "_signed", withdrawn_meanwhile)
    work_off()
    assert Document.objects.get(kind="decision", is_current=True) == before
    assert Job.objects.filter(kind="decisions.sign_paper").exclude(state="done").count() == 0
    assert selectors.signing_job_of(decision).state == "done"
    assert signing.standing(decision, desk.clerk).may_seal


def test_a_seal_put_into_the_folder_after_the_signer_signed_is_not_squeezed_into_the_corner(desk, folder):
    decision = sign_here(desk)
    (folder.place / f"{agency_owner(desk.world.unit.code)}.png").write_bytes(b"not even a picture")
    signing.seal(decision=decision, expected_version=decision.version, by=desk.clerk, at=NOW)
    work_off()
    report = signing.examine(decision)
    assert report.is_fine
    assert len(report.signatures) == 2
    assert b"/Subtype /Image" not in read_stored(Document.objects.get(kind="decision", is_current=True).sha256)
