"""Files go out to those who may see their subject, as downloads that cannot run."""

import unicodedata

import pytest
from django.urls import reverse

from documents.services.keeping import attach, keep, remove
from documents.services.storage import path_of
from documents.services.uploads import Accepted
from tests.documents import hostile

pytestmark = pytest.mark.django_db
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.FILES_DIR = tmp_path / "files"


@pytest.fixture
def ask(as_user):
    """Ask as a user; the files of the answers are closed at the end, as a server closes them."""
    answers = []

    def _ask(user, address: str, method: str = "get", **more):
        answers.append(getattr(as_user(user), method)(address, **more))
        return answers[-1]

    yield _ask
    for answer in answers:
        answer.close()


@pytest.fixture
def paper(region, van, now):
    return keep(
        subject=region,
        kind="decision",
        title="Quyết định",
        name="Quyết định 07.pdf",
        data=hostile.pdf(),
        by=van,
        at=now,
    )


@pytest.fixture
def upload(region, lan, now):
    def _upload(name: str = "báo cáo.docx", mime: str = DOCX, data: bytes = b"PK"):
        return attach(subject=region, kind="report", file=Accepted(name, mime, data), by=lan, at=now)

    return _upload


def download(paper):
    return reverse("documents:download", args=[paper.pk])


def test_lan_downloads_the_paper_of_her_unit(ask, lan, paper):
    answer = ask(lan, download(paper))
    assert answer.status_code == 200
    assert b"".join(answer.streaming_content) == hostile.pdf()


def test_a_download_is_saved_and_cannot_run(ask, lan, paper):
    answer = ask(lan, download(paper))
    assert answer["Content-Disposition"] == "attachment; filename*=utf-8''Quy%E1%BA%BFt%20%C4%91%E1%BB%8Bnh%2007.pdf"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "private, no-store"
    assert not answer.has_header("ETag")
    assert not answer.has_header("Last-Modified")


@pytest.mark.parametrize("method", ["get", "head"])
@pytest.mark.parametrize("headers", [{}, {"Range": "bytes=0-9"}, {"If-None-Match": "*"}])
def test_nam_of_another_province_finds_nothing_whatever_he_asks(ask, nam, paper, upload, method, headers):
    for address in (download(paper), reverse("documents:attachment", args=[upload().pk])):
        answer = ask(nam, address, method, headers=headers)
        assert (answer.status_code, answer.has_header("ETag")) == (404, False)


def test_an_unknown_paper_looks_the_same_as_a_foreign_one(ask, nam, paper):
    foreign, unknown = (ask(nam, address) for address in (download(paper), "/tai-lieu/999999/"))
    assert (foreign.status_code, unknown.status_code) == (404, 404)


def test_who_has_not_signed_in_is_asked_to(client, paper):
    assert client.get(download(paper))["Location"].startswith("/accounts/login/")


def test_an_upload_taken_out_of_the_dossier_can_still_be_shown_to_its_unit(ask, lan, upload, now):
    attachment = upload()
    remove(attachment=attachment, by=lan, at=now)
    assert ask(lan, reverse("documents:attachment", args=[attachment.pk])).status_code == 200


def test_a_paper_is_previewed_inside_our_own_pages_only(ask, lan, paper):
    answer = ask(lan, reverse("documents:preview", args=[paper.pk]))
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert answer["Content-Disposition"].startswith("inline")
    assert answer["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert "frame-ancestors 'self'" in answer["Content-Security-Policy"]


def test_an_office_file_is_never_shown_in_the_page(ask, lan, upload):
    assert ask(lan, reverse("documents:attachment_preview", args=[upload().pk])).status_code == 404


def test_a_picture_is_shown_in_the_page(ask, lan, upload):
    attachment = upload("ảnh.png", "image/png", hostile.picture())
    answer = ask(lan, reverse("documents:attachment_preview", args=[attachment.pk]))
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/png")


def test_a_name_with_quotes_and_line_ends_cannot_break_the_header(ask, lan, upload):
    attachment = upload('a"; filename="x.html\r\nX-Evil: 1.docx')
    answer = ask(lan, reverse("documents:attachment", args=[attachment.pk]))
    assert "\n" not in answer["Content-Disposition"]
    assert not answer.has_header("X-Evil")


def test_a_lost_file_is_reported_and_not_an_error(ask, lan, paper):
    path_of(paper.sha256).unlink()
    answer = ask(lan, download(paper))
    assert answer.status_code == 404


def test_a_file_without_subject_is_for_nobody(ask, lan, region, paper):
    paper.subject_id = 999_999
    paper.save()
    assert ask(lan, download(paper)).status_code == 404


def test_a_subject_may_say_itself_who_reads(ask, nam, region, paper, monkeypatch):
    """A body that was asked for its opinion reads a dossier outside its own scope."""
    monkeypatch.setattr(type(region), "may_be_read_by", lambda self, user: user == nam, raising=False)
    assert ask(nam, download(paper)).status_code == 200


def test_names_reach_the_reader_composed(ask, lan, upload):
    attachment = upload(unicodedata.normalize("NFC", "tờ trình.docx"))
    answer = ask(lan, reverse("documents:attachment", args=[attachment.pk]))
    assert "t%E1%BB%9D%20tr%C3%ACnh.docx" in answer["Content-Disposition"]
