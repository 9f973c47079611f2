"""Shorter words on one certificate where the decision's own do not fit; the papers of a decision in one ZIP."""

from collections.abc import Mapping
from datetime import datetime
from io import BytesIO
from zipfile import ZIP_STORED, ZipFile

from accounts import policy
from accounts.models import User
from accounts.permissions import Permission
from core import journal
from core.act import act
from core.models import Job
from core.workflow import Refused, compare_version, lock
from decisions.facts import printing
from decisions.models import Certificate, Decision
from decisions.papers.certificate import own_words
from decisions.services import rendering, rendering_parts
from documents.services import render_certificates, storage


@act
def shorten(
    *, certificate: Certificate, words: Mapping[str, str], expected_version: int, by: User, at: datetime
) -> Job:
    """Print other words on one certificate, then render those of its award anew; the decision keeps its own.

    Raises Refused while the decision is not signed or once the certificate is printed, with the box's own sentence
    where a text still does not fit, and Conflict for an old page.
    """
    held = lock(certificate)
    line = held.line
    policy.check(by, Permission.CERTIFICATE_PRINT, line.decision)
    own = own_words(line)
    shorter = {name: text for name, text in words.items() if text and text != own[name]}
    compare_version(held, expected_version, mine={"words": shorter})
    if line.decision.state not in rendering.PRINTABLE:
        raise Refused("Chỉ rút gọn chữ in sau khi quyết định được ký.")
    if held.state not in printing.TO_PRINT:
        raise Refused(f"{held.get_state_display()}: chữ đã in không sửa. Bằng hỏng thì đồng chí ghi hỏng rồi in lại.")
    before, held.words = held.words, shorter
    line.certificate = held
    kind = f"{rendering.CERTIFICATES}:{line.award}"
    faults = render_certificates.misfits(rendering_parts.certificates_of(line.decision, kind, [line]))
    if faults:
        raise Refused(faults[0][1])
    held.version += 1
    held.save(update_fields=["words", "version"])
    journal.record(held, by=by, at=at, kind="certificate.words", changes={"words": [before, held.words]})
    return rendering.queue_certificates(decision=line.decision, award=line.award, by=by, at=at)


def zipped(decision: Decision) -> bytes:
    """The current papers of a decision; PDF is compressed already, so it is only stored."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_STORED) as archive:
        for document in decision.documents.filter(is_current=True, is_draft=False).order_by("pk"):
            archive.writestr(document.name, storage.read_stored(document.sha256))
    return out.getvalue()
