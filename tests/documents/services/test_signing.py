"""Signatures: named for what they are, refused for the smallest change, shown where the decree wants them."""

import shutil
import subprocess
from datetime import timedelta
from io import BytesIO

import pytest
from django.utils import timezone
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import signers
from pyhanko.sign.validation import validate_pdf_signature

from documents.services import signing, signing_check, signing_demo, signing_look
from documents.services.render import render_pdf
from documents.services.signing_keys import KeyMissing, keys
from tests.documents.authority import make_folder
from tests.documents.reading import MM, read
from tests.factories.documents import decision_paper

NAME = "Trần Văn Mẫu"


@pytest.fixture(scope="module")
def paper():
    return decision_paper()


@pytest.fixture(scope="module")
def rendered(paper):
    return render_pdf(paper)


@pytest.fixture
def folder(settings, tmp_path):
    folder = make_folder(settings, tmp_path / "signing")
    folder.give("nguoiky", NAME)
    folder.give("co-quan-V16", "Viện kiểm sát nhân dân tối cao")
    return folder


@pytest.fixture
def places(paper, folder):
    return signing_look.places(paper, owner="co-quan-V16")


@pytest.fixture
def prepared(rendered, places):
    return signing.prepare(rendered, places)


@pytest.fixture
def sign(prepared, places, folder):
    def _sign(pdf=None, owner="nguoiky", field=signing_look.PERSON, **more):
        key = keys().key(owner)
        look = signing_look.person(key, places[field], at=timezone.now())
        return signing.sign(pdf or prepared, key, field=field, look=look, reason="Ban hành", **more)

    return _sign


def faults(report):
    return [found.label for found in report.findings if found.is_fine is False]


def test_a_signed_paper_begins_with_the_paper_and_passes_every_check(rendered, prepared, sign):
    signed = sign()
    report = signing_check.examine(signed, original=prepared, names=[NAME])
    assert signed.startswith(prepared)
    assert prepared.startswith(rendered)
    assert (report.is_fine, faults(report)) == (True, [])
    (made,) = report.signatures
    assert (made.name, made.level, made.is_intact, made.is_trusted, made.is_demo) == (
        NAME,
        "PAdES B-B",
        True,
        True,
        True,
    )
    assert "không có giá trị pháp lý" in " ".join(found.says for found in report.findings)


def test_another_validator_of_the_library_agrees(sign, folder):
    (embedded,) = PdfFileReader(BytesIO(sign())).embedded_signatures
    status = validate_pdf_signature(embedded, signing.context())
    assert status.bottom_line
    assert embedded.sig_object["/SubFilter"] == "/ETSI.CAdES.detached"


def test_the_agency_signs_after_the_person_and_both_stay_valid(prepared, sign):
    both = sign(sign(), owner="co-quan-V16", field=signing_look.AGENCY)
    report = signing_check.examine(both, original=prepared, names=[NAME], agencies=["Viện kiểm sát nhân dân tối cao"])
    assert report.is_fine
    assert [made.name for made in report.signatures] == [NAME, "Viện kiểm sát nhân dân tối cao"]


def test_one_byte_changed_anywhere_in_the_text_is_refused(prepared, rendered, sign):
    signed = sign()
    for place in (len(rendered) // 3, len(rendered) // 2, len(prepared) - 40):
        changed = bytearray(signed)
        changed[place] ^= 1
        report = signing_check.examine(bytes(changed), original=prepared, names=[NAME])
        assert not report.is_fine
        assert "Đúng văn bản đã trình ký" in faults(report)


def test_the_signature_itself_notices_the_change_without_the_original(rendered, sign):
    changed = bytearray(sign())
    changed[len(rendered) // 2] ^= 1
    assert not signing_check.examine(bytes(changed)).is_fine


def test_something_drawn_over_the_page_while_signing_is_refused(prepared, folder):
    writer = IncrementalPdfFileWriter(BytesIO(prepared), strict=False)
    writer.add_stream_to_page(0, writer.add_object(generic.StreamObject(stream_data=b"q 0 0 300 300 re f Q")))
    out = BytesIO()
    metadata = signers.PdfSignatureMetadata(field_name=signing_look.PERSON, md_algorithm="sha256")
    signers.PdfSigner(metadata, signer=keys().key("nguoiky").signer).sign_pdf(
        writer, existing_fields_only=True, output=out
    )
    assert faults(signing_check.examine(out.getvalue(), original=prepared, names=[NAME])) == ["Chỉ thêm chữ ký"]


def test_something_drawn_over_the_page_after_signing_is_refused(prepared, sign):
    writer = IncrementalPdfFileWriter(BytesIO(sign()), strict=False)
    writer.add_stream_to_page(0, writer.add_object(generic.StreamObject(stream_data=b"q 0 0 300 300 re f Q")))
    out = BytesIO()
    writer.write(out)
    assert "Thay đổi sau khi ký" in faults(signing_check.examine(out.getvalue(), original=prepared))


def test_bytes_behind_the_end_are_refused(prepared, sign):
    assert faults(signing_check.examine(sign() + b"\n% more", original=prepared)) == ["Bao trùm cả tệp"]


def test_an_unsigned_file_another_paper_and_another_signer_are_told_apart(prepared, sign, paper):
    assert faults(signing_check.examine(prepared, original=prepared)) == ["Chữ ký số"]
    other = signing.prepare(render_pdf(decision_paper(more_text=1)), signing_look.places(paper, owner="khong-co"))
    assert "Đúng văn bản đã trình ký" in faults(signing_check.examine(sign(other), original=prepared))
    assert faults(signing_check.examine(sign(), original=prepared, names=["Người Khác"])) == ["Đúng người ký"]


def test_what_is_no_pdf_is_reported_and_not_raised():
    assert not signing_check.examine(b"%PDF-1.7 nothing").is_fine


def test_a_certificate_of_an_unknown_authority_is_shown_as_such(prepared, sign, folder):
    signed = sign()
    (folder.place / "anchors" / "ca.pem").unlink()
    folder.trust(signing_demo.make_authority(at=timezone.now(), name="CA khác"), "khac")
    report = signing_check.examine(signed, original=prepared)
    assert faults(report) == ["Chứng thư tin cậy"]
    assert report.signatures[0].is_intact


def test_a_revoked_certificate_is_refused(prepared, sign, folder):
    gone = folder.give("nguoiky", NAME)
    signed = sign()
    folder.publish(folder.authority, "ca", gone)
    assert "Chứng thư tin cậy" in faults(signing_check.examine(signed, original=prepared))


def test_the_level_is_named_for_what_the_file_holds(prepared, sign, folder):
    service, root = folder.stamps()
    folder.trust(root, "tsa")
    stamped = signing_check.examine(sign(timestamper=service), original=prepared)
    assert (stamped.is_fine, stamped.signatures[0].level) == (True, "PAdES B-T")
    assert stamped.signatures[0].stamped_at is not None
    folder.publish(folder.authority, "ca")
    folder.publish(root, "tsa")
    kept = signing_check.examine(sign(timestamper=service), original=prepared)
    assert (kept.is_fine, kept.signatures[0].level) == (True, "PAdES B-LT")


def test_a_wrong_passphrase_and_a_strange_owner_give_no_key(settings, folder):
    settings.SIGNING_PASSPHRASE = "sai"
    with pytest.raises(KeyMissing, match="sai mật khẩu"):
        keys().key("nguoiky")
    for owner in ("khong-co", "../nguoiky", "", "a/b"):
        assert not keys().has(owner)
        with pytest.raises(KeyMissing):
            keys().key(owner)


def test_the_signature_shows_between_post_and_name_and_the_agency_in_the_upper_right_corner(prepared, sign):
    runs = read(prepared).runs
    post = next(run for run in runs if run.text.startswith("PHÓ VIỆN TRƯỞNG"))
    name = next(run for run in runs if NAME in run.text)
    form = PdfFileReader(BytesIO(prepared)).root["/AcroForm"]["/Fields"]
    fields = {str(row.get_object()["/T"]): row.get_object()["/Rect"] for row in form}
    left, low, right, high = (float(edge) * MM for edge in fields[signing_look.PERSON])
    assert post.y < 297 - high
    assert 297 - low < name.y
    assert abs((left + right) / 2 - name.middle) < 1
    left, low, right, high = (float(edge) * MM for edge in fields[signing_look.AGENCY])
    assert left > 105
    assert 297 - low < 20


@pytest.mark.skipif(shutil.which("pdfsig") is None, reason="pdfsig is not installed (Debian: poppler-utils)")
def test_pdfsig_calls_it_valid_and_a_changed_byte_a_mismatch(tmp_path, sign, rendered):
    signed = sign()
    changed = bytearray(signed)
    changed[len(rendered) // 2] ^= 1
    for data, says in ((signed, "Signature is Valid"), (bytes(changed), "Digest Mismatch")):
        path = tmp_path / "a.pdf"
        path.write_bytes(data)
        done = subprocess.run(["pdfsig", "-nocert", str(path)], capture_output=True, text=True, check=False)
        assert says in done.stdout
        assert "ETSI.CAdES.detached" in done.stdout


def test_a_key_whose_certificate_has_ended_signs_nothing_and_its_days_are_named(folder):
    folder.give("nguoiky", NAME, at=timezone.now() - timedelta(days=5000))
    with pytest.raises(KeyMissing, match="chỉ có giá trị từ"):
        keys().key("nguoiky")


def test_a_broken_file_among_the_trusted_certificates_is_left_out_and_the_others_still_count(folder, sign):
    (folder.place / "anchors" / "do-dang.pem").write_bytes(b"-----BEGIN CERTIFICATE-----\nMIIB")
    (folder.place / "anchors" / "la.cer").write_bytes(b"khong phai chung thu")
    assert signing_check.examine(sign()).signatures[0].is_trusted
