"""What Nghị định 30/2020/NĐ-CP, Phụ lục I asks of a paper, measured in its PDF: `faults` says what is wrong.

Nothing here knows how a paper is laid out; places are held to 0.5 mm, sizes to 0.25 pt.
"""

from documents.papers import AnnexPaper, OfficialPaper, Table
from tests.documents.decree import boxes, lists, pages
from tests.documents.decree.sheets import Made, Sheets
from tests.documents.reading import read


def faults(pdf: bytes, paper: Made) -> list[str]:
    """What differs from the decree; empty when nothing does."""
    sheets = Sheets(read(pdf), paper)
    found = [*pages.sheet(sheets), *pages.ink(sheets), *pages.numbers(sheets), *pages.words(sheets)]
    if isinstance(paper, OfficialPaper):
        found += [*boxes.letterhead(sheets, paper), *boxes.kind(sheets, paper), *boxes.close(sheets, paper)]
        found += [*boxes.text(sheets, paper)]
    for part, own in sheets.parts:
        if isinstance(part, AnnexPaper):
            found += [*lists.title(sheets, part, own[0]), *lists.rows(sheets, part, own)]
            continue
        for table in (block for block in getattr(part, "blocks", ()) if isinstance(block, Table)):
            found += lists.rows(sheets, table, own)
    return found
