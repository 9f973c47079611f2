"""The book refuses wrong data and says in which file, at which key, on which line."""

import shutil
from datetime import date

import pytest

from rulebook.book import DATA, load, read_book
from rulebook.errors import BookError, NoValue

pytestmark = pytest.mark.once

FILE = "common/test.yaml"
HEAD = """parameters:
  limit:
    meaning: Một giới hạn
    shape: integer
    values:
"""
LAW = "cite: [{doc: 06/2022/QH15, at: Điều 1}]"
FIRST = f"      - {{from: 2024-01-01, to: 2024-12-31, value: 3, {LAW}, status: confirmed}}\n"
SECOND = f"      - {{from: 2025-01-01, value: 4, {LAW}, status: confirmed}}\n"
GOOD = HEAD + FIRST + SECOND


@pytest.fixture
def folder(tmp_path):
    """A copy of the data with room for one more file."""
    return shutil.copytree(DATA, tmp_path / "data")


def read_with(folder, text, file=FILE):
    (folder / file).write_text(text, encoding="utf-8")
    return read_book(folder)


def refusal(folder, text, file=FILE):
    with pytest.raises(BookError) as caught:
        read_with(folder, text, file)
    return caught.value


def test_a_good_file_is_read_and_changes_the_version(folder):
    book = read_with(folder, GOOD)
    assert book.value("test.limit", date(2024, 12, 31)).content == 3
    assert book.value("test.limit", date(2025, 1, 1)).content == 4
    assert book.version != load().version


def test_asking_before_the_first_value_raises(folder):
    with pytest.raises(NoValue, match="31/12/2023"):
        read_with(folder, GOOD).value("test.limit", date(2023, 12, 31))


def test_asking_for_an_unknown_parameter_raises():
    with pytest.raises(NoValue, match=r"no\.such"):
        load().find("no.such", date(2025, 1, 1))


def test_a_repealed_value_is_no_value(folder):
    book = read_with(folder, GOOD.replace("value: 4", "value: null"))
    assert book.find("test.limit", date(2025, 1, 1)) is None
    with pytest.raises(NoValue):
        book.value("test.limit", date(2025, 1, 1))


# What is changed in which part of the good file; the line and a word of the complaint.
FAULTS = {
    "no citation at all": (FIRST, f"{LAW}, ", "", 6, "cite"),
    "an empty citation": (SECOND, LAW, "cite: []", 7, "căn cứ"),
    "a citation without a place": (SECOND, ", at: Điều 1", "", 7, "at"),
    "an unknown document": (SECOND, "06/2022/QH15", "99/2099/QH99", 7, "99/2099/QH99"),
    "no status": (SECOND, ", status: confirmed", "", 7, "status"),
    "an unknown status": (FIRST, "confirmed", "maybe", 6, "maybe"),
    "an overlap": (SECOND, "from: 2025-01-01", "from: 2024-12-31", 7, "chồng"),
    "values out of order": (SECOND, "from: 2025-01-01", "from: 2024-02-01", 7, "chồng"),
    "a value after one without an end": (FIRST, "to: 2024-12-31, ", "", 7, "chồng"),
    "an end before the beginning": (FIRST, "to: 2024-12-31", "to: 2023-12-31", 6, "ngày cuối"),
    "an unknown key of a value": (SECOND, "value: 4", "valu: 4", 7, "valu"),
    "an unknown key of a parameter": (HEAD, "meaning: Một", "meening: Một", 3, "meening"),
    "no meaning": (HEAD, "    meaning: Một giới hạn\n", "", 2, "meaning"),
    "a repeated key": (HEAD, "    shape: integer\n", "    shape: integer\n" * 2, 5, "lặp lại"),
    "an unknown shape": (HEAD, "integer", "number", 4, "number"),
    "a wrong type": (SECOND, "value: 4", "value: bốn", 7, "số nguyên"),
    "a decimal where a whole number is needed": (SECOND, "value: 4", "value: 4.5", 7, "số nguyên"),
    "a date that is none": (SECOND, "from: 2025-01-01", "from: 2025-02-30", 7, "ngày"),
    "a document not yet in force": (FIRST, "06/2022/QH15", "152/2025/NĐ-CP", 6, "có hiệu lực"),
    "a value that outlives its document": (SECOND, "01-01, value: 4, cite: [{doc: 06/2022/QH15",
                                           "07-01, value: 4, cite: [{doc: 152/2025/NĐ-CP", 7, "sống lâu hơn"),
}  # fmt: skip


# The key that is complained about; [0] and [1] are the first and the second value of the list.
KEYS = {
    "no citation at all": "values[0]",
    "an empty citation": "values[1].cite",
    "a citation without a place": "values[1].cite[0]",
    "an unknown document": "values[1].cite[0].doc",
    "no status": "values[1]",
    "an unknown status": "values[0].status",
    "an overlap": "values[1]",
    "values out of order": "values[1]",
    "a value after one without an end": "values[1]",
    "an end before the beginning": "values[0].to",
    "an unknown key of a value": "values[1].valu",
    "an unknown key of a parameter": "meening",
    "no meaning": "",
    "a repeated key": "shape",
    "an unknown shape": "shape",
    "a wrong type": "values[1].value",
    "a decimal where a whole number is needed": "values[1].value",
    "a date that is none": "values[1].from",
    "a document not yet in force": "values[0].cite",
    "a value that outlives its document": "values[1].cite",
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_refused_with_file_key_and_line(fault, folder):
    part, old, new, line, says = FAULTS[fault]
    assert old in part
    error = refusal(folder, GOOD.replace(part, part.replace(old, new)))
    key = f"parameters.limit.{KEYS[fault]}".rstrip(".")
    assert (error.file, error.line, error.key) == (FILE, line, key)
    assert str(error).startswith(f"{FILE}:{line}: {key}: ")
    assert says in str(error)


PAPERS = (
    """parameters:
  letter_again:
    meaning: Tờ trình lần nữa
    shape: dossier_part
    awards: [giay_khen]
    values:
      - {from: 2025-01-01, value: {part: letter, label: Tờ trình}, """
    + LAW
    + """, status: confirmed}
"""
)


def test_a_paper_that_a_dossier_asks_for_twice_is_refused(folder):
    error = refusal(folder, PAPERS)
    assert (error.file, error.line, error.key) == (FILE, 7, "parameters.letter_again.values[0]")
    assert "letter" in error.says
    assert "giay_khen" in error.says


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("part: letter", "part: letters", "value.part"),
        ("label: Tờ trình}", "label: ''}", "value.label"),
        ("part: letter", "part: letter, held: yes", "value.held"),
        ("part: letter", "part: letter, by: 2", "value.by"),
    ],
)
def test_a_faulty_paper_is_refused(old, new, key, folder):
    assert refusal(folder, PAPERS.replace(old, new)).key == f"parameters.letter_again.values[0].{key}"


def test_a_transition_says_both_what_stays_and_whether_the_better_law_may_be_chosen(folder):
    path = folder / "common/transition.yaml"
    text = path.read_text(encoding="utf-8").replace("older_law_stays: true, ", "", 1)
    error = refusal(folder, text, file="common/transition.yaml")
    assert error.key == "parameters.received_before.values[0].value"
    assert "older_law_stays" in error.says


def test_a_parameter_without_values_is_refused(folder):
    error = refusal(folder, HEAD.replace("values:", "values: []"))
    assert (error.file, error.line, error.key) == (FILE, 5, "parameters.limit.values")


CONDITION = """conditions:
  rating:
    meaning: Mức hoàn thành
    subject: individual
    values:
      - from: 2024-01-01
        value: {test: rating_of_year, at_least: good}
        cite: [{doc: 06/2022/QH15, at: Điều 1}]
        status: confirmed
"""
CONDITION_FAULTS = {
    "an unknown test": ("rating_of_year", "rating_of_month", "rating_of_month"),
    "a missing parameter of a test": (", at_least: good", "", "at_least"),
    "an unknown parameter of a test": (", at_least: good", ", at_least: good, by: 2", "by"),
    "a parameter outside its scale": ("at_least: good", "at_least: great", "great"),
    "neither test nor ways": ("test: rating_of_year, ", "", "any_of"),
    "an unknown subject": ("subject: individual", "subject: person", "person"),
}


@pytest.mark.parametrize("fault", CONDITION_FAULTS)
def test_a_faulty_condition_is_refused(fault, folder):
    old, new, says = CONDITION_FAULTS[fault]
    assert says in str(refusal(folder, CONDITION.replace(old, new)))


def test_a_file_for_an_unknown_award_is_refused(folder):
    error = refusal(folder, CONDITION, file="awards/no_such_award.yaml")
    assert error.file == "awards/no_such_award.yaml"
    assert "no_such_award" in str(error)


def test_a_parameter_that_stands_in_two_files_is_refused(folder):
    (folder / "common" / "deep").mkdir()
    (folder / FILE).write_text(GOOD, encoding="utf-8")
    assert "test.limit" in str(refusal(folder, GOOD, file="common/deep/test.yaml"))


def test_text_that_is_not_yaml_is_refused_with_its_line(folder):
    error = refusal(folder, "parameters:\n  limit: [1,\n")
    assert error.file == FILE
    assert error.line >= 2


def test_an_empty_file_is_refused(folder):
    assert "trống" in str(refusal(folder, "# nothing\n"))


def test_an_unknown_section_is_refused(folder):
    assert "condition" in str(refusal(folder, "condition: {}\n"))


def test_an_award_that_cites_an_unknown_document_is_refused(folder):
    text = (folder / "catalogue.yaml").read_text(encoding="utf-8").replace("doc: 06/2022/QH15", "doc: 1/1/X", 1)
    assert "sources.yaml" in str(refusal(folder, text, file="catalogue.yaml"))


def test_a_document_that_ends_before_it_begins_is_refused(folder):
    text = (folder / "sources.yaml").read_text(encoding="utf-8").replace("to: 2023-12-31", "to: 2003-12-31", 1)
    assert "đứng trước" in str(refusal(folder, text, file="sources.yaml"))


def test_the_mark_of_the_sectors_own_documents_is_yes_or_no(folder):
    text = (folder / "sources.yaml").read_text(encoding="utf-8").replace("\n  sector: true", "\n  sector: của ngành", 1)
    assert "sector" in str(refusal(folder, text, file="sources.yaml"))
