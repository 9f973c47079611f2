"""Codes checked without network: genuine ones read back, any change is refused, old keys stay good for old papers."""

from datetime import date
from io import StringIO

import pytest
import segno
from django.core.management import call_command
from hypothesis import HealthCheck, given
from hypothesis import settings as limits
from hypothesis import strategies as st

from core.models import Event
from core.workflow import Refused
from documents.models import OfflineKey
from documents.services import offline

pytestmark = pytest.mark.django_db
WORDS = offline.Words(
    number="412/QĐ-VKSTC", dated=date(2026, 11, 25), award="Bằng khen của Viện trưởng Viện kiểm sát nhân dân tối cao",
    recipient="Nguyễn Thị Thanh Hằng", issuer="Viện kiểm sát nhân dân tối cao",
)  # fmt: skip


@pytest.fixture
def rotate(settings, tmp_path, van, now):
    settings.SIGNING_DIR = tmp_path / "signing"
    return lambda day: offline.rotate(valid_from=day, by=van, at=now)


@pytest.fixture
def code(rotate):
    rotate(date(2026, 1, 1))
    return offline.code(WORDS)


@pytest.fixture
def key_file(code, tmp_path):
    path = tmp_path / "khoa.json"
    path.write_text(offline.as_json(offline.published()))
    return path


def test_a_genuine_code_reads_back_with_nothing_but_the_published_file(code, key_file):
    assert offline.verify(code, offline.from_json(key_file.read_text())) == WORDS
    assert offline.verify(f" {code[:40]}\n{code[40:]} ", offline.published()) == WORDS


@limits(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.data())
def test_one_letter_changed_is_refused(code, data):
    place = data.draw(st.integers(0, len(code) - 1))
    letter = data.draw(st.sampled_from("ABCabc019-_.=").filter(lambda one: one != code[place]))
    with pytest.raises(offline.CodeRefused):
        offline.verify(code[:place] + letter + code[place + 1 :], offline.published())


@pytest.mark.parametrize("text", ["", "TDKT1", "TDKT2.a.b.c", "TDKT1.a.b.c", "TDKT1....", "https://x/xm/ABC/"])
def test_what_is_no_code_is_refused_in_words(code, text):
    with pytest.raises(offline.CodeRefused):
        offline.verify(text, offline.published())


def test_after_a_rotation_old_papers_are_checked_with_the_old_key_and_new_ones_with_the_new(code, rotate):
    rotate(date(2026, 12, 1))
    later = offline.code(offline.Words(**{**vars(WORDS), "dated": date(2026, 12, 5)}))
    keys = offline.published()
    assert offline.verify(code, keys) == WORDS
    assert offline.verify(later, keys).dated == date(2026, 12, 5)
    assert code.split(".")[1] != later.split(".")[1]
    assert [row.valid_to for row in keys] == [None, date(2026, 11, 30)]
    with pytest.raises(offline.CodeRefused, match="không có trong tệp khóa"):
        offline.verify(later, [key for key in keys if key.key_id == code.split(".")[1]])


def test_a_retired_key_signs_no_later_paper(code, rotate):
    """Whoever holds the old private key cannot date a paper after its end."""
    key = OfflineKey.objects.get()
    forged = offline.code(offline.Words(**{**vars(WORDS), "dated": date(2026, 12, 5)}))
    rotate(date(2026, 12, 1))
    assert forged.split(".")[1] == key.key_id
    with pytest.raises(offline.CodeRefused, match="không dùng cho văn bản ngày 05/12/2026"):
        offline.verify(forged, offline.published())


def test_a_new_key_begins_after_the_one_before_and_is_journalled(code, rotate):
    with pytest.raises(Refused):
        rotate(date(2026, 1, 1))
    assert Event.objects.filter(kind="offline_key.rotate").count() == 1


def test_without_a_key_for_the_day_or_its_file_there_is_no_code(rotate, settings, tmp_path):
    assert offline.code(WORDS) == ""
    rotate(date(2026, 12, 1))
    assert offline.code(WORDS) == ""
    settings.SIGNING_DIR = tmp_path / "elsewhere"
    assert offline.code(offline.Words(**{**vars(WORDS), "dated": date(2026, 12, 5)})) == ""


def test_the_code_fits_a_square_that_paper_can_carry(code):
    assert len(code) <= offline.LONGEST
    modules = segno.make_qr(code, error="m").symbol_size(border=4)[0]
    assert 29.0 / modules > 0.3  # millimetres a module, on paper


def test_the_command_needs_only_code_and_file(code, key_file, django_assert_num_queries):
    out, err = StringIO(), StringIO()
    with django_assert_num_queries(0):
        call_command("verify_code", code, key=str(key_file), stdout=out, stderr=err)
    assert "Mã đúng" in out.getvalue()
    assert "Nguyễn Thị Thanh Hằng" in out.getvalue()
    with pytest.raises(SystemExit):
        call_command("verify_code", code[:-1] + ("A" if code[-1] != "A" else "B"), key=str(key_file), stderr=err)
    assert "mã bị sửa" in err.getvalue()
    with pytest.raises(SystemExit):
        call_command("verify_code", code, key=str(key_file.with_name("khong-co.json")), stderr=err)
    key_file.write_text("{}")
    with pytest.raises(SystemExit):
        call_command("verify_code", code, key=str(key_file), stderr=err)


@pytest.mark.parametrize("content", [b"", b"-----BEGIN PRIVATE KEY-----\nhong\n-----END PRIVATE KEY-----\n", None])
def test_a_key_that_cannot_be_read_gives_no_code_and_stands_in_the_log(rotate, caplog, content):
    path = offline._path(rotate(date(2026, 1, 1)).key_id)
    path.write_bytes(path.read_bytes()[:60] if content is None else content)
    assert offline.code(WORDS) == ""
    assert "cannot be read" in caplog.text


def test_a_private_key_is_for_the_owner_of_the_server_alone(rotate):
    path = offline._path(rotate(date(2026, 1, 1)).key_id)
    assert (path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (0o600, 0o700)


@pytest.mark.parametrize("text", ["TDKT1." + "A" * 100_000, "TDKT1.x.y.z" * 5000, "\0.\0.\0.\0", "TDKT1.ａ.ｂ.ｃ"])
def test_what_is_long_or_strange_is_refused_in_words(code, text):
    with pytest.raises(offline.CodeRefused):
        offline.verify(text, offline.published())
