"""The public page: true about each standing, silent about the rest, slow for those who guess."""

import gzip
import re
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings as project
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from redis.exceptions import RedisError

from documents.facts import VerificationFacts
from documents.models import Attachment, Document
from documents.services import offline
from documents.services.codes import codes_for
from documents.services.keeping import keep
from documents.states import Standing
from tests.documents.hostile import pdf

pytestmark = pytest.mark.django_db
UNKNOWN = "2" * 26
NAME = "Nguyễn Thị Thanh Hằng"


@pytest.fixture(autouse=True)
def _no_earlier_tries():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def facts(monkeypatch, region):
    """Let the regional office stand for a paper with these facts."""

    def _facts(**more):
        words = {
            "standing": Standing.IN_FORCE, "kind": "Quyết định", "number": "412/QĐ-VKSTC",
            "issued_on": date(2026, 11, 25), "issuer": "Viện trưởng VKSND tối cao", "about": "Tặng Bằng khen",
            "recipient": "Nguyễn Thị Thanh Hằng", "recipient_unit": "VKSND tỉnh Phú Thọ", "award": "Bằng khen",
            "register_number": "147", **more,
        }  # fmt: skip
        answer = VerificationFacts(**words) if more.get("standing", True) else None
        monkeypatch.setattr(type(region), "verification_facts", lambda self: answer, raising=False)
        return answer

    _facts()
    return _facts


@pytest.fixture
def code(facts, region, now):
    return codes_for(subjects=[region], at=now)[region.pk]


def page(client: Client, code: str, **posted: str):
    address = reverse("documents:verify_code", args=[code])
    return client.post(address, posted) if posted else client.get(address)


def text_of(answer) -> str:
    return answer.content.decode()


def test_a_paper_in_force_is_said_to_be_real_with_its_facts(client, code):
    answer = page(client, code.code)
    assert answer.status_code == 200
    for words in (
        "Quyết định có thật và đang có hiệu lực",
        "412/QĐ-VKSTC",
        "25/11/2026",
        "Nguyễn Thị Thanh H.",
        "147",
        code.shown,
    ):
        assert words in text_of(answer)


def test_the_full_name_is_nowhere_on_the_page(client, code):
    assert "Hằng" not in text_of(page(client, code.code))


def test_the_typed_code_leads_to_the_same_paper(client, code):
    answer = client.get(reverse("documents:verify"), {"ma": code.shown.lower()}, follow=True)
    assert "412/QĐ-VKSTC" in text_of(answer)


@pytest.mark.parametrize(
    ("standing", "headline", "tone"),
    [
        (Standing.CORRECTED, "Quyết định có thật, đã được đính chính", "verdict warn"),
        (Standing.REPLACED, "Quyết định đã được thay thế", "verdict warn"),
        (Standing.REVOKED, "Quyết định đã bị hủy bỏ", "verdict err"),
    ],
)
def test_a_paper_no_longer_as_printed_says_so_and_by_what(client, facts, code, standing, headline, tone):
    facts(standing=standing, because="Quyết định số 500/QĐ-VKSTC ngày 30/11/2026")
    shown = text_of(page(client, code.code))
    assert headline in shown
    assert tone in shown
    assert "500/QĐ-VKSTC" in shown


def test_a_collective_is_named_whole_and_not_compared(client, facts, code):
    facts(recipient="Viện kiểm sát nhân dân khu vực 3 - Phú Thọ", recipient_is_person=False)
    shown = text_of(page(client, code.code))
    assert "Viện kiểm sát nhân dân khu vực 3 - Phú Thọ" in shown
    assert "Đối chiếu họ tên" not in shown


def test_a_paper_not_yet_issued_is_not_found(client, facts, code):
    facts(standing="")
    assert page(client, code.code).status_code == 404


def test_an_unknown_code_is_not_found_and_look_alikes_are_named(client, code):
    answer = page(client, UNKNOWN)
    assert answer.status_code == 404
    assert "Không tìm thấy văn bản có mã này" in text_of(answer)
    assert "8 và B" in text_of(answer)


def test_an_unknown_code_costs_as_much_work_as_a_known_one(client, code):
    page(client, code.code)  # fills the cache of content types
    work = {}
    for asked in (code.code, UNKNOWN, code.typed, "3" * 12):
        cache.clear()
        with CaptureQueriesContext(connection) as queries:
            page(client, asked)
        reads = [query["sql"].split(" WHERE ")[0] for query in queries if query["sql"].startswith("SELECT")]
        work[asked] = [read for read in reads if "core_cache" not in read]
    assert [len(reads) for reads in work.values()] == [4, 4, 4, 4]
    assert len({tuple(reads) for reads in work.values()}) == 1


@pytest.mark.parametrize(
    "asked", ["%00", "2" * 25 + "%00", "a" * 3000, "%F0%9F%92%A5", "..%2F..", "' OR 1=1 --", "%0D%0AX: 1"]
)
def test_an_address_that_cannot_be_a_code_is_not_found(client, code, asked):
    answer = client.get(f"/xm/{asked}/")
    assert answer.status_code == 404
    assert not answer.has_header("X")


@pytest.mark.parametrize("typed", ["7H4M-QX47-BK2", "7H4M-QX47-BK20", "", "x" * 61, "<script>"])
def test_a_code_that_cannot_be_one_is_answered_beside_the_field(client, typed):
    answer = client.get(reverse("documents:verify"), {"ma": typed})
    assert answer.status_code == 400
    assert "<script>" not in text_of(answer)
    assert 'role="alert"' in text_of(answer)


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("Nguyễn Thị Thanh Hằng", "Khớp với họ tên trên văn bản"),
        ("nguyễn thị thanh hằng", "Khớp với họ tên trên văn bản"),
        ("Nguyễn Thị Thanh Hoa", "Không khớp với họ tên trên văn bản"),
    ],
)
def test_the_holder_of_the_paper_can_compare_the_full_name(client, code, typed, says):
    assert says in text_of(page(client, code.code, ho_ten=typed))


def test_guessing_names_stops_after_five_tries(client, code):
    for _ in range(5):
        assert page(client, code.code, ho_ten="Nguyễn Thị Thanh Hoa").status_code == 200
    answer = page(client, code.code, ho_ten="Nguyễn Thị Thanh Hằng")
    assert answer.status_code == 429
    assert "Khớp" not in text_of(answer).replace("Không khớp, bản giấy", "")


def test_guessing_from_many_places_stops_too(code):
    for number in range(45):
        answer = page(Client(REMOTE_ADDR=f"10.0.0.{number}"), code.code, ho_ten="Nguyễn Thị Thanh Hoa")
    assert answer.status_code == 429


def test_asking_for_codes_stops_after_thirty_a_minute(client, code):
    for _ in range(30):
        page(client, UNKNOWN)
    assert page(client, code.code).status_code == 429


def test_the_page_is_not_kept_not_listed_and_sets_no_trace(client, code):
    answer = page(client, code.code)
    assert answer["Cache-Control"] == "no-store"
    assert "noindex" in answer["X-Robots-Tag"]
    assert answer["Referrer-Policy"] == "same-origin"
    assert "sessionid" not in answer.cookies


def test_no_script_is_needed_and_none_is_sent(client, code):
    assert "<script" not in text_of(page(client, code.code))


def test_a_stranger_posting_from_elsewhere_is_refused(code):
    answer = page(Client(enforce_csrf_checks=True), code.code, ho_ten="Nguyễn")
    assert answer.status_code == 403


def test_the_page_with_all_it_loads_weighs_at_most_60_kb_packed(client, code):
    """Style sheets and pictures as the server packs them; fonts would be loaded by name or for the signs."""
    shown = text_of(page(client, code.code))
    static = Path(project.BASE_DIR) / "static"
    loaded = set(re.findall(r'(?:href|src)="/static/([^"]+)"', shown))
    sheets = {name: (static / name).read_text() for name in loaded if name.endswith(".css")}
    assert len(sheets) > 3
    assert not any("bootstrap-icons" in name for name in sheets)
    last = sheets["css/verify.css"]
    assert shown.rindex("css/verify.css") > max(shown.rindex(name) for name in sheets if name != "css/verify.css")
    for face in re.findall(r'@font-face \{\s*font-family: "([^"]+)"', "".join(sheets.values())):
        assert face not in last
    weight = len(gzip.compress(shown.encode())) + sum(
        len(gzip.compress((static / name).read_bytes())) for name in loaded
    )
    assert weight <= 60 * 1024


def test_behind_a_proxy_visitors_are_told_apart_by_what_the_proxy_saw(settings, code):
    """One proxy of ours: the last address it wrote counts, whatever the visitor wrote before it."""
    settings.PROXY_COUNT = 1
    address = reverse("documents:verify_code", args=[code.code])

    def ask(seen: str) -> int:
        return Client().get(address, headers={"x-forwarded-for": seen}, REMOTE_ADDR="10.0.0.1").status_code

    assert {ask("203.0.113.7") for _ in range(30)} == {200}
    assert ask("203.0.113.7") == 429
    assert ask("198.51.100.1, 203.0.113.7") == 429
    assert ask("203.0.113.8") == 200


def test_a_code_for_offline_use_is_shown_once_the_name_is_known(client, facts, code, settings, tmp_path, van, now):
    settings.SIGNING_DIR = tmp_path
    offline.rotate(valid_from=date(2026, 1, 1), by=van, at=now)
    assert "TDKT1." not in text_of(page(client, code.code))
    assert "TDKT1." not in text_of(page(client, code.code, ho_ten="Nguyễn Thị Thanh Hà"))
    shown = text_of(page(client, code.code, ho_ten=NAME))
    found = re.search(r"TDKT1\.[A-Za-z0-9_.-]+", shown).group()
    keys = offline.from_json(client.get(reverse("documents:verify_keys_file")).content.decode())
    assert offline.verify(found, keys).recipient == NAME
    assert "Khóa công khai" in client.get(reverse("documents:verify_keys")).content.decode()


def test_a_revoked_paper_gives_no_code(client, facts, code, settings, tmp_path, van, now):
    settings.SIGNING_DIR = tmp_path
    offline.rotate(valid_from=date(2026, 1, 1), by=van, at=now)
    gone = {"standing": Standing.REVOKED, "kind": "Quyết định", "number": "1/QĐ", "issuer": "VKS", "about": "x"}
    assert offline.code_of(VerificationFacts(issued_on=date(2026, 11, 25), **gone)) == ""


def test_a_file_of_the_register_is_known_by_its_bytes_and_one_changed_byte_is_not(client, facts, region, van, now):
    document = keep(subject=region, kind="decision", title="Quyết định", name="a.pdf", data=pdf(), by=van, at=now)
    address = reverse("documents:verify_file")

    def ask(data: bytes):
        return client.post(address, {"tep": SimpleUploadedFile("nhan-duoc.pdf", data)})

    known = ask(pdf())
    assert known.status_code == 200
    assert "412/QĐ-VKSTC" in text_of(known)
    assert "Trùng với bản hiện hành" in text_of(known)
    assert NAME not in text_of(known)
    keep(subject=region, kind="decision", title="Quyết định", name="a.pdf", data=pdf(2), by=van, at=now)
    assert "bản trước" in text_of(ask(pdf()))
    assert ask(pdf() + b" ").status_code == 404
    assert Document.objects.filter(pk=document.pk).exists()
    assert Attachment.objects.count() == 0


def test_files_are_checked_ten_times_in_ten_minutes(client, facts):
    address = reverse("documents:verify_file")
    answers = [client.post(address, {"tep": SimpleUploadedFile("a.pdf", b"x")}).status_code for _ in range(11)]
    assert answers == [404] * 10 + [429]


def test_a_file_that_is_missing_or_too_large_is_answered_beside_the_field(client, settings):
    settings.UPLOAD_MAX_BYTES = 10
    address = reverse("documents:verify_file")
    assert client.post(address).status_code == 422
    answer = client.post(address, {"tep": SimpleUploadedFile("a.pdf", b"x" * 11)})
    assert (answer.status_code, "lớn hơn" in text_of(answer)) == (422, True)


def test_a_stranger_who_sends_more_than_a_file_is_refused_before_anything_is_written(client, settings):
    settings.UPLOAD_MAX_BYTES = 1000
    settings.FILE_UPLOAD_HANDLERS = ["nothing.may.be.Read"]
    file = SimpleUploadedFile("a.pdf", b"x" * (1000 + 1024 * 1024))
    answer = client.post(reverse("documents:verify_file"), {"tep": file})
    assert answer.status_code == 413
    assert "quá lớn" in text_of(answer)


@pytest.mark.parametrize("length", ["-1", "x", "99999999999999999999999", ""])
def test_a_length_that_is_none_does_no_harm(client, length):
    assert client.get(reverse("documents:verify"), CONTENT_LENGTH=length).status_code in {200, 413}


def test_with_the_cache_away_papers_are_still_told_and_names_are_not_compared(client, code, monkeypatch):
    def away(*args, **kwargs):
        raise RedisError("no route")

    monkeypatch.setattr(type(cache), "get_many", away, raising=False)
    assert "412/QĐ-VKSTC" in text_of(page(client, code.code))
    answer = page(client, code.code, ho_ten=NAME)
    assert answer.status_code == 429
    assert "Khớp với họ tên" not in text_of(answer)
