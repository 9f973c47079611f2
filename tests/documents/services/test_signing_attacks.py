"""Attacks on signed files: by strangers who have one, and by a signer who signs something else than was asked."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given
from hypothesis import settings as limits
from hypothesis import strategies as st
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers
from pyhanko.sign.fields import MDPPerm

from documents.services import signing, signing_check, signing_demo, signing_keys, signing_look
from documents.services.render import render_pdf
from documents.services.signing_keys import keys
from tests.documents.authority import PASSPHRASE
from tests.documents.services.test_signing import (
    NAME,
    faults,
    folder,
    paper,
    places,
    prepared,
    rendered,
    sign,
)
from tests.factories.documents import decision_paper

__all__ = ["folder", "paper", "places", "prepared", "rendered", "sign"]
AGENCY = "Viện kiểm sát nhân dân tối cao"


@pytest.fixture
def look(prepared):
    def _look(pdf):
        return signing_check.examine(pdf, original=prepared, names=[NAME], agencies=[AGENCY])

    return _look


def with_library(pdf, owner="nguoiky", field=signing_look.PERSON, new=None, change=None, **more) -> bytes:
    """A signature as another program makes it; `new` is a field of its own, `change` what it does besides."""
    writer, out = IncrementalPdfFileWriter(BytesIO(pdf), strict=False), BytesIO()
    if change:
        change(writer)
    metadata = signers.PdfSignatureMetadata(field_name=field, **{"md_algorithm": "sha256", **more})
    signer = signers.PdfSigner(metadata, signer=keys().key(owner).signer, new_field_spec=new)
    signer.sign_pdf(writer, existing_fields_only=new is None, output=out)
    return out.getvalue()


def own_field(x, y, width, height, page=0):
    return fields.SigFieldSpec("Rieng", on_page=page, box=(x, y, x + width, y + height))


def test_a_second_signature_is_the_agencys_or_the_file_is_refused(sign, look, folder):
    folder.give("nguoi-la", "Người Lạ")
    assert look(sign(sign(), owner="co-quan-V16", field=signing_look.AGENCY)).is_fine
    report = look(sign(sign(), owner="nguoi-la", field=signing_look.AGENCY))
    assert faults(report) == ["Không có chữ ký khác"]
    assert "Người Lạ" in report.first_fault


def test_a_third_signature_and_the_agency_first_are_refused(sign, look, folder):
    both = sign(sign(), owner="co-quan-V16", field=signing_look.AGENCY)
    third = with_library(both, owner="co-quan-V16", field="Rieng", new=own_field(0, 0, 0, 0))
    assert "Không có chữ ký khác" in faults(look(third))
    first = sign(sign(owner="co-quan-V16", field=signing_look.AGENCY))
    assert faults(look(first)) == ["Đúng người ký", "Không có chữ ký khác"]


def test_the_picture_of_a_signature_must_not_stand_on_the_text(prepared, places, look):
    x, y, right, high = places[signing_look.PERSON].box
    page = places[signing_look.PERSON].page
    beside = own_field(x - 20, y - 10, right - x + 30, high - y + 10, page)
    assert look(with_library(prepared, field="Rieng", new=beside)).is_fine
    assert look(with_library(prepared, field="Rieng", new=own_field(0, 0, 0, 0))).is_fine
    for strange in (own_field(60, 400, 400, 300), own_field(0, 0, 595, 842, page), own_field(60, 700, 100, 20)):
        assert faults(look(with_library(prepared, field="Rieng", new=strange))) == ["Chỗ hiện chữ ký"]


def test_a_place_for_a_signature_moved_while_signing_is_refused(prepared, look):
    def move(writer):
        field = writer.root["/AcroForm"]["/Fields"][0].get_object()
        field["/Rect"] = generic.ArrayObject(generic.NumberObject(n) for n in (60, 400, 460, 700))
        writer.update_container(field)

    assert "Chỉ thêm chữ ký" in faults(look(with_library(prepared, change=move)))


def test_a_signature_that_locks_the_file_leaves_no_place_for_the_agencys(prepared, look):
    locked = with_library(prepared, certify=True, docmdp_permissions=MDPPerm.NO_CHANGES)
    assert "Còn ký tiếp được" in faults(look(locked))


@pytest.fixture
def heedless(monkeypatch):
    """A program that signs without looking at the days of its certificate; ours refuses such a key."""
    monkeypatch.setattr(signing_keys, "_is_valid_now", lambda certificate: None)


def ended(folder, start, end):
    """A certificate of the signer valid between two moments."""
    authority = folder.authority
    issued = signing_demo.issue(authority, NAME, at=start + timedelta(days=365))
    builder_end = signing_demo.YEARS
    signing_demo.YEARS = end - start - timedelta(days=365)
    try:
        issued = signing_demo.issue(authority, NAME, at=start + timedelta(days=365))
    finally:
        signing_demo.YEARS = builder_end
    packed = signing_demo.packed(issued, authority, PASSPHRASE.encode())
    (folder.place / "nguoiky.p12").write_bytes(packed)
    return issued


def test_a_certificate_that_ended_or_has_not_begun_is_refused(prepared, look, folder, heedless):
    now, day = timezone.now(), timedelta(days=1)
    for start, end in ((now - 300 * day, now - day), (now + day, now + 300 * day)):
        ended(folder, start, end)
        report = look(with_library(prepared))
        assert faults(report) == ["Chứng thư tin cậy"]
        assert "hết hạn" in report.first_fault


def test_a_certificate_that_ended_after_the_time_stamp_is_still_good_and_before_it_is_not(sign, look, folder, heedless):
    now, day = timezone.now(), timedelta(days=1)
    ended(folder, now - 300 * day, now - day)
    service, root = folder.stamps()
    folder.trust(root, "tsa")
    for moment, wrong in ((now - 2 * day, []), (now - day / 2, ["Chứng thư tin cậy"])):
        service.fixed_dt = moment
        assert faults(look(sign(timestamper=service))) == wrong


def test_revoked_after_the_time_stamp_is_still_good_and_before_it_is_not(sign, look, folder):
    gone = folder.give("nguoiky", NAME)
    service, root = folder.stamps()
    folder.trust(root, "tsa")
    now, day, made = timezone.now(), timedelta(days=1), []
    for moment in (now - 2 * day, now):
        service.fixed_dt = moment
        made.append(sign(timestamper=service))
    folder.publish(folder.authority, "ca", gone)  # revoked a day ago
    assert [faults(look(pdf)) for pdf in made] == [[], ["Chứng thư tin cậy"]]


def told(report):
    return [found.label for found in report.findings if found.is_fine is None]


def test_where_no_list_of_revocations_could_be_looked_into_the_report_says_so(sign, look, folder):
    assert "Thu hồi chứng thư" in told(look(sign()))
    folder.publish(folder.authority, "ca")
    assert "Thu hồi chứng thư" not in told(look(sign()))


def test_a_certificate_for_another_use_and_a_weak_digest_are_refused(prepared, look, folder, monkeypatch):
    assert faults(look(with_library(prepared, md_algorithm="sha1"))) != []
    usage = signing_demo._usage
    monkeypatch.setattr(
        signing_demo, "_usage", lambda *, certify: usage(certify=True) if not certify else usage(certify=certify)
    )
    folder.give("nguoiky", NAME)
    assert not look(with_library(prepared)).is_fine


def test_without_trust_anchors_nobody_is_trusted_not_even_whom_the_system_trusts(sign, look, folder):
    (folder.place / "anchors" / "ca.pem").unlink()
    assert faults(look(sign())) == ["Chứng thư tin cậy"]


def test_a_signature_cut_from_another_paper_proves_nothing(prepared, sign, paper, look):
    other = signing.prepare(render_pdf(decision_paper(more_text=1)), signing_look.places(paper, owner="khong-co"))
    pasted = prepared + sign(other)[len(other) :]
    assert not look(pasted).is_fine


def test_an_older_table_of_contents_at_the_end_does_not_hide_what_was_signed(prepared, sign, look):
    signed = sign()
    start = prepared.rindex(b"startxref")
    for tail in (prepared[start:], prepared[prepared.rindex(b"xref\n") :], signed[len(prepared) :]):
        assert not look(signed + tail).is_fine


FORGED = {
    "no contents": (b"/Contents <", b"/Contentz <"),
    "no range": (b"/ByteRange", b"/ByteRangf"),
    "another range": (b"/ByteRange [0 ", b"/ByteRange [1 "),
    "range from behind": (b"/ByteRange [0 ", b"/ByteRange [-"),
    "another form of signature": (b"/ETSI.CAdES.detached", b"/adbe.x509.rsa_sha1 "),
    "no signature at all": (b"/Type /Sig", b"/Type /Sog"),
    "another field": (b"/FT /Sig", b"/FT /Btn"),
}


@pytest.mark.parametrize(("before", "after"), FORGED.values(), ids=FORGED.keys())
def test_a_signature_taken_apart_is_refused_and_never_an_error(sign, look, prepared, before, after):
    signed = sign()
    start = len(prepared) if before in signed[len(prepared) :] else 0
    assert before in signed[start:]
    forged = signed[:start] + signed[start:].replace(before, after, 1)
    assert not look(forged).is_fine


@limits(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_any_byte_turned_over_in_what_was_added_is_refused_and_never_an_error(sign, look, prepared, data):
    if not hasattr(sign, "made"):
        sign.made = sign()
    signed = sign.made
    hidden = range(
        signed.index(b"/Contents <", len(prepared)) + 10,
        signed.index(b">", signed.index(b"/Contents <", len(prepared))) + 1,
    )
    place = data.draw(st.integers(len(prepared), len(signed) - 1).filter(lambda one: one not in hidden))
    forged = bytearray(signed)
    forged[place] ^= data.draw(st.integers(1, 255))
    assert not look(bytes(forged)).is_fine
    inside = bytearray(signed)
    inside[data.draw(st.sampled_from(hidden))] ^= data.draw(st.integers(1, 255))
    look(bytes(inside))


def test_a_packed_stream_that_no_longer_unpacks_is_refused_and_never_an_error(sign, look, prepared):
    """The picture of the signature is packed: the last byte but some of each such stream is turned over."""
    signed = sign()
    ends = [found.start() for found in re.finditer(rb"[\r\n]endstream", signed) if found.start() > len(prepared)]
    assert ends
    for end in ends:
        for back in (5, 9, 20, 60):
            forged = bytearray(signed)
            forged[end - back] ^= 0xFF
            assert not look(bytes(forged)).is_fine


def test_a_gap_beside_the_signature_is_noticed(sign):
    """The library counts the bytes a signature covers without asking where the gap lies."""

    class Gap:
        pkcs7_content = b"\0" * 10

        def __init__(self, *byte_range):
            self.byte_range = byte_range

    assert signing_check._is_gapless(Gap(0, 100, 122, 50))
    for byte_range in (
        (0, 100, 130, 42),
        (0, 100, 121, 51),
        (1, 100, 122, 50),
        (0, 100),
        (0, "x", 122, 50),
        (0, 90, 122, 60),
    ):
        assert not signing_check._is_gapless(Gap(*byte_range))
