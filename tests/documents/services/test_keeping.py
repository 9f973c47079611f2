"""Papers are superseded and never deleted; uploads belong to a dossier and leave it with a trace."""

import pytest
from django.db import IntegrityError, transaction

from core.models import Event
from core.workflow import Refused
from documents.models import Attachment, Document
from documents.selectors import documents_of
from documents.services.keeping import attach, keep, remove
from documents.services.storage import read_stored
from documents.services.uploads import Accepted
from tests.documents.hostile import pdf

pytestmark = pytest.mark.django_db
FILE = Accepted("tờ trình.pdf", "application/pdf", b"%PDF-1.7 x", pages=1)


@pytest.fixture
def keep_it(region, van, now):
    def _keep(data: bytes, **more) -> Document:
        words = {"kind": "decision", "title": "Quyết định", "name": "quyet-dinh.pdf", **more}
        return keep(subject=region, data=data, by=van, at=now, **words)

    return _keep


def in_dossier(unit):
    return [row for row in Attachment.objects.filter(removed_at=None) if row.subject == unit]


def test_a_kept_paper_reads_back_and_knows_its_pages(keep_it):
    document = keep_it(pdf(pages=3))
    assert read_stored(document.sha256) == pdf(pages=3)
    assert (document.pages, document.is_current) == (3, True)


def test_a_newer_paper_of_the_same_kind_supersedes_the_older(keep_it, region):
    first, second = keep_it(pdf(pages=1)), keep_it(pdf(pages=2))
    first.refresh_from_db()
    assert (first.is_current, second.supersedes, first.superseded_by) == (False, first, second)
    assert list(documents_of(region, "decision")) == [second]


def test_a_name_made_of_data_leads_into_no_folder(keep_it):
    """Names of papers are made of symbols that offices choose, and become names of files in a ZIP."""
    assert keep_it(pdf(), name="../..\\07-QĐ:x\r\n.pdf").name == "07-QĐx.pdf"


def test_keeping_the_same_bytes_twice_keeps_one_paper(keep_it):
    assert keep_it(pdf(pages=1)) == keep_it(pdf(pages=1))
    assert Document.objects.count() == 1


def test_papers_of_other_kinds_stand_beside_each_other(keep_it, region):
    keep_it(pdf(pages=1))
    keep_it(pdf(pages=1), kind="annex")
    assert documents_of(region).count() == 2


def test_an_upload_is_found_in_its_dossier_until_it_is_removed(region, lan, now):
    attachment = attach(subject=region, kind="report", file=FILE, by=lan, at=now)
    assert in_dossier(region) == [attachment]
    remove(attachment=attachment, by=lan, at=now, reason="nhầm tệp")
    assert not in_dossier(region)
    assert read_stored(attachment.sha256) == FILE.data
    with pytest.raises(Refused):
        remove(attachment=attachment, by=lan, at=now)


def test_two_units_with_the_same_file_do_not_share_its_fate(region, province, lan, now):
    mine = attach(subject=region, kind="report", file=FILE, by=lan, at=now)
    theirs = attach(subject=province, kind="report", file=FILE, by=lan, at=now)
    remove(attachment=mine, by=lan, at=now)
    assert mine.sha256 == theirs.sha256
    assert in_dossier(province) == [theirs]


def test_every_change_is_in_the_journal(keep_it, region, lan, now):
    keep_it(pdf(pages=1))
    remove(attachment=attach(subject=region, kind="x", file=FILE, by=lan, at=now), by=lan, at=now)
    kinds = list(Event.objects.order_by("seq").values_list("kind", flat=True))
    assert kinds == ["document.keep", "attachment.add", "attachment.remove"]


def test_the_database_refuses_two_current_papers_of_a_kind(keep_it):
    kept = keep_it(pdf(pages=1))
    kept.pk, kept.supersedes = None, None
    with pytest.raises(IntegrityError), transaction.atomic():
        kept.save(force_insert=True)


def test_the_database_refuses_a_removal_without_a_name(region, lan, now):
    attachment = attach(subject=region, kind="x", file=FILE, by=lan, at=now)
    with pytest.raises(IntegrityError), transaction.atomic():
        Attachment.objects.filter(pk=attachment.pk).update(removed_at=now)
