"""PAdES signatures on papers of ours: appended to the file, so that the unsigned bytes stay as its beginning.

B-B without a time stamp; B-T when TSA_URL is set; B-LT when, besides, revocation information can be had
(SIGNING_FETCH, or lists in the folder). Which of them a file really has is read from the file afterwards.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from tempfile import NamedTemporaryFile
from typing import Any

from django.conf import settings

from core.workflow import Told
from documents.services import signing_keys
from documents.services.signing_keys import Key

MM = 72 / 25.4
PAGE_HEIGHT = 297.0
TSA_SECONDS = 15


class SigningFailed(Told):
    """The paper could not be signed."""


@dataclass(frozen=True)
class Place:
    """Where a signature shows, in mm from the upper left corner of page `page` (from 0)."""

    page: int
    x: float
    y: float
    width: float
    height: float

    @property
    def box(self) -> tuple[float, float, float, float]:
        """As PDF counts: points from the lower left corner."""
        low = PAGE_HEIGHT - self.y - self.height
        return self.x * MM, low * MM, (self.x + self.width) * MM, (low + self.height) * MM


def prepare(pdf: bytes, places: Mapping[str, Place]) -> bytes:
    """The file with empty fields for signatures appended, so that also other programs sign in the right place."""
    from pyhanko.pdf_utils import generic  # noqa: PLC0415
    from pyhanko.sign import fields  # noqa: PLC0415

    writer = _appending(pdf)
    for name, place in places.items():
        fields.append_signature_field(writer, fields.SigFieldSpec(name, on_page=place.page, box=place.box))
    # Set now, so that the first signature has nothing of the form to change but its own field.
    writer.root["/AcroForm"]["/SigFlags"] = generic.NumberObject(3)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def place_of(pdf: bytes, field: str) -> Place:
    """Where a field of a prepared file stands; its page is not looked for."""
    from pyhanko.pdf_utils.reader import PdfFileReader  # noqa: PLC0415

    rows = [row.get_object() for row in PdfFileReader(BytesIO(pdf), strict=False).root["/AcroForm"]["/Fields"]]
    edges = next(row["/Rect"] for row in rows if row["/T"] == field)
    left, low, right, high = (float(edge) / MM for edge in edges)
    return Place(0, left, PAGE_HEIGHT - high, right - left, high - low)


def sign(pdf: bytes, key: Key, *, field: str, look: bytes, reason: str, timestamper: Any = None) -> bytes:
    """A prepared file with the signature `field` made, showing the one page of `look`.

    Raises SigningFailed when the time-stamp server does not answer, or the certificate is found bad beforehand.
    """
    from pyhanko.pdf_utils.content import ImportedPdfPage  # noqa: PLC0415
    from pyhanko.pdf_utils.layout import AxisAlignment, InnerScaling, Margins, SimpleBoxLayoutRule  # noqa: PLC0415
    from pyhanko.sign import signers  # noqa: PLC0415
    from pyhanko.sign.general import SigningError  # noqa: PLC0415
    from pyhanko.sign.timestamps import TimestampRequestError  # noqa: PLC0415
    from pyhanko.stamp import StaticStampStyle  # noqa: PLC0415

    stamper = timestamper or _timestamper()
    metadata = _metadata(field, reason, with_proof=stamper is not None and _has_revocation())
    whole = SimpleBoxLayoutRule(
        AxisAlignment.ALIGN_MIN, AxisAlignment.ALIGN_MIN, Margins.uniform(0), InnerScaling.STRETCH_TO_FIT
    )
    out = BytesIO()
    with NamedTemporaryFile(suffix=".pdf") as shown:  # the library reads the picture from a file only
        shown.write(look)
        shown.flush()
        signer = signers.PdfSigner(
            metadata,
            signer=key.signer,
            timestamper=stamper,
            stamp_style=StaticStampStyle(
                border_width=0, background=ImportedPdfPage(shown.name), background_layout=whole
            ),
        )
        try:
            signer.sign_pdf(_appending(pdf), existing_fields_only=True, output=out)
        except SigningError as refused:
            said = "Chứng thư ký số đã hết hạn, bị thu hồi hoặc không do tổ chức tin cậy cấp."
            raise SigningFailed(said) from refused
        except (TimestampRequestError, OSError, TimeoutError) as silent:
            raise SigningFailed("Máy chủ cấp dấu thời gian không trả lời. Hệ thống sẽ thử lại.") from silent
    return out.getvalue()


def context(**more: Any) -> Any:
    """What is trusted: the anchors of the folder, its revocation lists, and the network if the settings allow it."""
    from pyhanko_certvalidator import ValidationContext  # noqa: PLC0415

    known = {
        "trust_roots": signing_keys.anchors(), "crls": signing_keys.revocation_lists(),
        "allow_fetching": settings.SIGNING_FETCH,
    }  # fmt: skip
    return ValidationContext(**(known | more))


def _appending(pdf: bytes) -> Any:
    """A writer that leaves what the file says of itself: the library would rewrite it in two ways that disagree."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter  # noqa: PLC0415

    writer = IncrementalPdfFileWriter(BytesIO(pdf), strict=False)
    vars(writer)["_update_meta"] = lambda: None
    return writer


def _metadata(field: str, reason: str, *, with_proof: bool) -> Any:
    from pyhanko.sign import fields, signers  # noqa: PLC0415
    from pyhanko.sign.signers.pdf_signer import DSSContentSettings, SigDSSPlacementPreference  # noqa: PLC0415

    # In the signature's own revision: a further one would be written by the library past `_appending`.
    proof = DSSContentSettings(include_vri=False, placement=SigDSSPlacementPreference.TOGETHER_WITH_SIGNATURE)
    return signers.PdfSignatureMetadata(
        field_name=field, md_algorithm="sha256", reason=reason, subfilter=fields.SigSeedSubFilter.PADES,
        embed_validation_info=with_proof, validation_context=context() if with_proof else None, dss_settings=proof,
    )  # fmt: skip


def _timestamper() -> Any:
    from pyhanko.sign.timestamps import HTTPTimeStamper  # noqa: PLC0415

    return HTTPTimeStamper(settings.TSA_URL, timeout=TSA_SECONDS) if settings.TSA_URL else None


def _has_revocation() -> bool:
    return bool(settings.SIGNING_FETCH or signing_keys.revocation_lists())
