"""A name too long for its box: named beforehand, shortened on its certificate alone, and made."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.exceptions import PermissionDenied
from pypdf import PdfReader

from core.models import Event, Job
from core.tasks import run_job
from core.workflow import Conflict, Refused
from decisions.models import Certificate, DecisionLine
from decisions.services import certificates, issuing, printing_words, rendering_parts
from tests.decisions.conftest import DAY
from tests.factories.council import NOW

LONG = "Tập thể rất dài " * 15


def _work_off():
    while waiting := list(Job.objects.filter(state="queued").values_list("pk", flat=True)):
        for job_id in waiting:
            run_job(job_id)


@pytest.fixture
def signed(desk):
    """A decision whose first line is too long for a certificate."""
    draft = desk.draft()
    DecisionLine.objects.filter(pk=draft.lines.order_by("order").first().pk).update(name_printed=LONG.strip())
    numbered = issuing.give_number(decision=draft, dated=DAY, expected_version=draft.version, by=desk.clerk, at=NOW)
    sent = issuing.send_to_sign(decision=numbered, expected_version=numbered.version, by=desk.clerk, at=NOW)
    made = issuing.sign(decision=sent, expected_version=sent.version, by=desk.signer, at=NOW)
    _work_off()
    return made


def shorten(certificate, by, **words):
    return printing_words.shorten(
        certificate=certificate, words=words, expected_version=certificate.version, by=by, at=NOW
    )


def test_the_desk_names_what_will_not_fit_before_anything_is_rendered(desk):
    draft = desk.draft()
    assert rendering_parts.too_long(draft) == []
    DecisionLine.objects.filter(pk=draft.lines.order_by("order").first().pk).update(name_printed=LONG.strip())
    (fault,) = rendering_parts.too_long(draft)
    assert "dài quá ô in" in fault["why"]
    assert fault["url"] == ""


def test_shortened_words_are_printed_on_that_certificate_and_the_decision_keeps_its_own(signed, desk):
    first = Certificate.objects.order_by("line__order").first()
    assert certificates.one_file(first) is None
    shorten(first, desk.clerk, name="Tập thể gọn", detail="", achievement=first.line.achievement)
    _work_off()
    own = [certificates.one_file(each) for each in Certificate.objects.select_related("line__decision").order_by("pk")]
    assert "Tập thể gọn" in PdfReader(BytesIO(own[0])).pages[0].extract_text()
    assert all(own)
    first.refresh_from_db()
    assert first.line.name_printed == LONG.strip()
    assert first.words == {"name": "Tập thể gọn"}
    assert Event.objects.filter(kind="certificate.words").count() == 1
    assert rendering_parts.too_long(signed) == []


def test_words_that_still_do_not_fit_are_refused_with_the_box_named(signed, desk):
    first = Certificate.objects.order_by("line__order").first()
    with pytest.raises(Refused, match="dài quá ô in"):
        shorten(first, desk.clerk, name=LONG)
    first.refresh_from_db()
    assert first.words == {}


def test_two_who_shorten_the_words_of_one_certificate_see_both(signed, desk):
    first = Certificate.objects.order_by("line__order").first()
    shorten(first, desk.clerk, name="Gọn thứ nhất")
    with pytest.raises(Conflict) as conflict:
        shorten(first, desk.clerk, name="Gọn thứ hai")
    label = "Chữ in rút gọn"
    assert conflict.value.mine[label] == {"name": "Gọn thứ hai"}
    assert conflict.value.theirs[label] == {"name": "Gọn thứ nhất"}


def test_what_is_printed_keeps_its_words(signed, desk):
    last = Certificate.objects.order_by("line__order").last()
    certificates.mark(certificates=[last], step="da-in", by=desk.clerk, at=NOW)
    last.refresh_from_db()
    with pytest.raises(Refused, match="Đã in: chữ đã in không sửa"):
        shorten(last, desk.clerk, name="Gọn")


def test_nothing_is_shortened_by_someone_who_may_not_print(signed, desk):
    first = Certificate.objects.order_by("line__order").first()
    with pytest.raises(PermissionDenied):
        shorten(first, desk.world.chair, name="Gọn")
    assert Event.objects.filter(kind="certificate.words").count() == 0


def test_all_papers_come_in_one_zip(signed):
    with ZipFile(BytesIO(printing_words.zipped(signed))) as archive:
        assert len(archive.namelist()) == 2
        assert all(archive.read(name).startswith(b"%PDF") for name in archive.namelist())
