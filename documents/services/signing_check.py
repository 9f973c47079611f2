"""Is a signed PDF what it says it is? A report in sentences, the same for our own and for brought signatures.

Checked: a signature is there and intact, the last one covers the whole file, what was appended changes nothing
but signatures and shows them only where they belong, the certificates lead to a trusted authority and name whom
they should, the file begins with the bytes that were to be signed and can still take the agency's signature.
"""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any

from documents.facts import same_name
from documents.services import signing, signing_keys
from documents.services.signing_keys import DEMO_MARK, common_name, named

BROKEN = "Không đọc được chữ ký trong tệp."
ONLY_THESE = "Đồng chí nộp tệp chỉ có chữ ký của người ký, hoặc thêm chữ ký của cơ quan ban hành."
UNKNOWN = (
    "Tổ chức cấp chứng thư chưa có danh sách thu hồi còn hạn trên máy chủ: chưa biết chứng thư có bị thu hồi không."
)
#: How far from the place for a signature (in points) a program may draw it: 20 mm.
BESIDE = 57.0
#: What the library raises, besides its own errors, when it meets bytes that follow no rule.
MALFORMED = (ValueError, LookupError, TypeError, AttributeError, ArithmeticError, AssertionError, RecursionError,
             NotImplementedError, OSError, zlib.error)  # fmt: skip


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at: fine, not fine, or only told (None)."""

    label: str
    is_fine: bool | None
    says: str


@dataclass(frozen=True)
class Signed:
    """One signature of the file."""

    name: str
    issuer: str
    level: str
    signed_at: datetime | None
    stamped_at: datetime | None
    is_intact: bool
    is_trusted: bool
    is_demo: bool
    is_known_unrevoked: bool = False


@dataclass(frozen=True)
class Report:
    """The signatures in the order they were made, and what was found."""

    signatures: tuple[Signed, ...]
    findings: tuple[Finding, ...]

    @property
    def is_fine(self) -> bool:
        """May the file be taken as the signed original?"""
        return bool(self.signatures) and all(found.is_fine is not False for found in self.findings)

    @property
    def first_fault(self) -> str:
        """Why not, in one sentence."""
        return next((found.says for found in self.findings if found.is_fine is False), "")


def examine(
    pdf: bytes, *, original: bytes | None = None, names: Sequence[str] = (), agencies: Sequence[str] = ()
) -> Report:
    """The report; with `original` the file must begin with it, with `names` one of them must be the first signer's.

    A second signature must then be that of one of the `agencies`, and there is no third.
    """
    from pyhanko.pdf_utils.misc import PdfError  # noqa: PLC0415
    from pyhanko.pdf_utils.reader import PdfFileReader  # noqa: PLC0415

    findings = [] if original is None else [_same_text(pdf, original)]
    try:
        reader = PdfFileReader(BytesIO(pdf), strict=False)
        embedded = list(reader.embedded_regular_signatures)
    except (PdfError, *MALFORMED):
        return Report((), (*findings, Finding("Chữ ký số", False, BROKEN)))
    if not embedded:
        return Report((), (*findings, Finding("Chữ ký số", False, "Tệp chưa có chữ ký số.")))
    looked = [_look(one) for one in embedded]
    signatures = tuple(signed for signed, _ in looked)
    findings += _integrity(pdf, embedded, looked)
    if original is not None:
        findings += [_appended(reader, original), _placed(embedded, original), *_open(embedded)]
    findings += _trust(signatures) + _naming(signatures, names, agencies) + _told(signatures)
    return Report(signatures, tuple(findings))


def _same_text(pdf: bytes, original: bytes) -> Finding:
    label = "Đúng văn bản đã trình ký"
    if pdf.startswith(original):
        return Finding(label, True, "Tệp bắt đầu bằng đúng từng byte của bản chờ ký.")
    return Finding(label, False, "Nội dung không phải bản chờ ký của hệ thống, hoặc phần mềm ký đã ghi lại cả tệp.")


def _look(embedded: Any) -> tuple[Signed, Any]:
    """Integrity and trust of one signature; None for a status that cannot be had."""
    from pyhanko.pdf_utils.misc import PdfError  # noqa: PLC0415
    from pyhanko.sign.validation import validate_pdf_signature  # noqa: PLC0415

    try:
        status = validate_pdf_signature(embedded, signing.context(), signing.context())
        stamp = status.timestamp_validity
        if not status.trusted and stamp is not None and stamp.trusted and stamp.intact:
            # Ended or revoked since: what counts is the moment that the time stamp proves.
            status = validate_pdf_signature(embedded, signing.context(**_at(stamp.timestamp)), signing.context())
    except (PdfError, *MALFORMED):  # the library's errors of validation are ValueErrors
        return Signed("", "", "", None, None, False, False, False), None
    certificate = status.signing_cert
    issuer = named(certificate.issuer)
    signed = Signed(
        name=common_name(certificate), issuer=issuer,
        level=_level(embedded, stamped=stamp is not None and stamp.intact),
        signed_at=status.signer_reported_dt, stamped_at=stamp.timestamp if stamp is not None else None,
        is_intact=bool(status.intact and status.valid), is_trusted=bool(status.trusted), is_demo=DEMO_MARK in issuer,
        is_known_unrevoked=_is_known_unrevoked(embedded, stamp),
    )  # fmt: skip
    return signed, status


def _at(moment: datetime) -> dict[str, Any]:
    """Look at certificates as of a moment that has passed, by lists of today; the network answers only for today."""
    return {"moment": moment, "retroactive_revinfo": True, "allow_fetching": False}


def _is_known_unrevoked(embedded: Any, stamp: Any) -> bool:
    """Was there a list or an answer of the authority to look into? Without one a revoked certificate passes."""
    from pyhanko.pdf_utils.misc import PdfError  # noqa: PLC0415
    from pyhanko.sign.validation import validate_pdf_signature  # noqa: PLC0415

    moment = _at(stamp.timestamp) if stamp is not None and stamp.trusted else {}
    asked = signing.context(revocation_mode="require", **moment)
    try:
        return bool(validate_pdf_signature(embedded, asked, signing.context(), skip_diff=True).trusted)
    except (PdfError, *MALFORMED):
        return False


def _level(embedded: Any, *, stamped: bool) -> str:
    """The baseline level that the bytes really reach."""
    if not stamped:
        return "PAdES B-B"
    return "PAdES B-LT" if _holds_proof(embedded) else "PAdES B-T"


def _holds_proof(embedded: Any) -> bool:
    """Does the file itself carry what is needed to check the certificates, without network?"""
    from pyhanko.pdf_utils.misc import PdfError  # noqa: PLC0415
    from pyhanko.sign.validation import DocumentSecurityStore, validate_pdf_signature  # noqa: PLC0415

    try:
        store = DocumentSecurityStore.read_dss(embedded.reader)
        proof = [
            store.as_validation_context(
                {"trust_roots": signing_keys.anchors(), "allow_fetching": False, "revocation_mode": "require"}
            )
            for _ in range(2)
        ]
        status = validate_pdf_signature(embedded, *proof, skip_diff=True)
    except (PdfError, *MALFORMED):
        return False
    stamp = status.timestamp_validity
    return bool(status.trusted and stamp is not None and stamp.trusted)


def _integrity(pdf: bytes, embedded: Sequence[Any], looked: Sequence[tuple[Signed, Any]]) -> list[Finding]:
    intact = all(signed.is_intact for signed, _ in looked)
    says = "Chữ ký khớp với nội dung." if intact else "Nội dung đã bị thay đổi sau khi ký, hoặc chữ ký không hợp lệ."
    whole = all(map(_is_gapless, embedded)) and _is_whole(pdf, looked[-1][1])
    later = all(status is not None and status.docmdp_ok for _, status in looked)
    return [
        Finding("Chữ ký nguyên vẹn", intact, says),
        Finding("Bao trùm cả tệp", whole, "Chữ ký cuối bao trùm toàn bộ tệp." if whole
                else "Có phần của tệp nằm ngoài chữ ký cuối."),
        Finding("Thay đổi sau khi ký", later, "Sau mỗi chữ ký chỉ có thêm chữ ký được phép." if later
                else "Sau khi ký, tệp bị thêm nội dung không được phép."),
    ]  # fmt: skip


def _is_gapless(embedded: Any) -> bool:
    """Does the signature leave out nothing but its own bytes? The library counts them without asking where."""
    try:
        start, before, after, _ = (int(number) for number in embedded.byte_range)
    except (TypeError, ValueError):
        return False
    return start == 0 and after - before == 2 * len(embedded.pkcs7_content) + 2


def _is_whole(pdf: bytes, status: Any) -> bool:
    """Covers the file to its end, or to where only the material for checking it begins."""
    from pyhanko.sign.diff_analysis import ModificationLevel  # noqa: PLC0415
    from pyhanko.sign.validation import SignatureCoverageLevel  # noqa: PLC0415

    if status is None:
        return False
    if status.coverage == SignatureCoverageLevel.ENTIRE_FILE:
        return True
    proof = status.modification_level == ModificationLevel.LTA_UPDATES
    return bool(status.coverage == SignatureCoverageLevel.ENTIRE_REVISION and proof) and pdf.rstrip().endswith(b"%%EOF")


def _appended(reader: Any, original: bytes) -> Finding:
    """Compares the file as it was to be signed with the whole: nothing but signatures may have come."""
    from pyhanko.pdf_utils.misc import PdfError  # noqa: PLC0415
    from pyhanko.pdf_utils.reader import PdfFileReader  # noqa: PLC0415
    from pyhanko.sign.diff_analysis import SuspiciousModification  # noqa: PLC0415

    label = "Chỉ thêm chữ ký"
    try:
        before = PdfFileReader(BytesIO(original), strict=False).xrefs.total_revisions
        result = _policy().review_file(reader, base_revision=before - 1)
    except (PdfError, *MALFORMED):
        result = SuspiciousModification()
    if isinstance(result, SuspiciousModification):
        return Finding(label, False, "Khi ký, nội dung hoặc hình thức của trang bị thay đổi.")
    return Finding(label, True, "Phần thêm vào chỉ gồm chữ ký, dấu thời gian và dữ liệu kiểm tra chữ ký.")


def _placed(embedded: Sequence[Any], original: bytes) -> Finding:
    """A picture of a signature can show anything: it may stand only where there is a place for one."""
    from pyhanko.pdf_utils.misc import PdfError  # noqa: PLC0415
    from pyhanko.pdf_utils.reader import PdfFileReader  # noqa: PLC0415

    try:
        form = PdfFileReader(BytesIO(original), strict=False).root["/AcroForm"]
        places = [found for field in form["/Fields"] for found in _boxes(field.get_object())]
        boxes = [found for one in embedded for found in _boxes(one.sig_field)]
        strange = [box for box in boxes if not any(_is_beside(box, place) for place in places)]
    except (PdfError, *MALFORMED):
        strange = [(None, [])]
    says = "Hình chữ ký nằm ở chỗ dành cho chữ ký."
    if strange:
        says = "Hình chữ ký nằm ngoài chỗ dành cho chữ ký. Đồng chí ký lại vào ô chữ ký có sẵn trong tệp."
    return Finding("Chỗ hiện chữ ký", not strange, says)


def _boxes(field: Any) -> list[tuple[Any, list[float]]]:
    """Page and edges (left, low, right, high) of each thing that a field shows; nothing for an invisible one."""
    shown = [kid.get_object() for kid in field.get("/Kids", ())] or [field]
    found = []
    for widget in shown:
        if "/Rect" in widget:
            x1, y1, x2, y2 = (float(edge) for edge in widget["/Rect"])
            edges = [min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)]
            if edges[2] > edges[0] and edges[3] > edges[1]:
                found.append((widget.raw_get("/P").reference if "/P" in widget else None, edges))
    return found


def _is_beside(box: tuple[Any, list[float]], place: tuple[Any, list[float]]) -> bool:
    (page, (left, low, right, high)), (its_page, edges) = box, place
    return (
        page == its_page and left >= edges[0] - BESIDE and low >= edges[1] - BESIDE
        and right <= edges[2] + BESIDE and high <= edges[3] + BESIDE
    )  # fmt: skip


def _open(embedded: Sequence[Any]) -> list[Finding]:
    """Can the agency still sign after the signer? Some programs lock the file with the first signature."""
    from pyhanko.sign.fields import MDPPerm  # noqa: PLC0415

    if len(embedded) != 1 or embedded[0].docmdp_level != MDPPerm.NO_CHANGES:
        return []
    says = "Chữ ký khóa cả tệp nên cơ quan không ký tiếp được. Đồng chí ký lại, không chọn chứng nhận hay khóa tệp."
    return [Finding("Còn ký tiếp được", False, says)]


def _policy() -> Any:
    """The library's rules for what may be appended; programs for signing also add fonts to the form."""
    from pyhanko.sign.diff_analysis import DEFAULT_DIFF_POLICY, FormUpdatingRule, StandardDiffPolicy  # noqa: PLC0415

    usual: Any = DEFAULT_DIFF_POLICY
    form = FormUpdatingRule(
        field_rules=usual.form_rule.field_rules,
        ignored_acroform_keys={*usual.form_rule.ignored_acroform_keys, "/SigFlags", "/DR", "/DA"},
    )
    return StandardDiffPolicy(global_rules=usual.global_rules, form_rule=form)


def _trust(signatures: Sequence[Signed]) -> list[Finding]:
    if not all(signed.is_intact for signed in signatures):
        return []  # a broken signature proves no certificate
    strange = ", ".join(signed.name for signed in signatures if not signed.is_trusted)
    says = "Chứng thư do tổ chức được hệ thống tin cậy cấp."
    if strange:
        says = f"Chứng thư của {strange} không do tổ chức được hệ thống tin cậy cấp, hoặc đã hết hạn, bị thu hồi."
    return [Finding("Chứng thư tin cậy", not strange, says)]


def _naming(signatures: Sequence[Signed], names: Sequence[str], agencies: Sequence[str]) -> list[Finding]:
    if not names:
        return []
    first, *others = signatures
    who = first.name or "không rõ"
    fits = any(same_name(first.name, name) for name in names)
    says = f"Chứng thư cấp cho {who}." if fits else f"Chứng thư cấp cho {who}, không phải {' hoặc '.join(names)}."
    strange = [one.name or "không rõ" for one in others if not any(same_name(one.name, name) for name in agencies)]
    strange += [one.name for one in others[1:]]
    found = [Finding("Đúng người ký", fits, says)]
    if strange:
        more = f"Tệp có thêm chữ ký của {', '.join(dict.fromkeys(strange))}. {ONLY_THESE}"
        found.append(Finding("Không có chữ ký khác", False, more))
    return found


def _told(signatures: Sequence[Signed]) -> list[Finding]:
    told = []
    if any(signed.is_demo for signed in signatures):
        told.append(Finding("Chứng thư minh họa", None, "Chứng thư dùng thử, không có giá trị pháp lý."))
    if any(signed.is_trusted and not signed.is_known_unrevoked for signed in signatures):
        told.append(Finding("Thu hồi chứng thư", None, UNKNOWN))
    if any(signed.stamped_at is None for signed in signatures):
        told.append(Finding("Thời gian ký", None, "Không có dấu thời gian: giờ ký lấy theo máy của người ký."))
    return told
