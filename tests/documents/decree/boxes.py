"""The boxes of the decree, by their numbers: letterhead, kind, text, signature and recipients."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from documents.papers import OfficialPaper, Para, Signature, Table
from tests.documents.decree.sheets import (
    LEFT,
    NEAR,
    POINTS,
    RIGHT,
    SINGLE,
    Line,
    Sheets,
    find,
    near,
    paragraphs,
    plain,
    wrong_style,
)
from tests.documents.reading import MM, Run

COUNTRY, MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"
CENTRE = (LEFT + 210 - RIGHT) / 2
INDENTS = (LEFT + 10, LEFT + 12.7)
#: A quarter of a millimetre: lines are told apart and counted on it.
FINE = 0.25


def letterhead(sheets: Sheets, paper: OfficialPaper) -> Iterator[str]:
    """Boxes 1 to 4."""
    head, first = paper.letterhead, sheets.on(1)
    country, motto = find(first, COUNTRY), find(first, MOTTO)
    number, place = find(first, f"Số: {head.number_text}"), find(first, head.place_line)
    if country is None or motto is None or number is None or place is None:
        yield "thiếu quốc hiệu, tiêu ngữ, số hoặc địa danh, ngày"
        return
    yield from wrong_style("quốc hiệu", [country], (12, 13), "Bold")
    yield from wrong_style("tiêu ngữ", [motto], (13, 14), "Bold")
    yield from wrong_style("số, ký hiệu", [number], (13, 13), "")
    yield from wrong_style("địa danh, ngày", [place], (13, 14), "Italic")
    if not near(motto.middle, country.middle) or not 0 < motto.y - country.y < 8:
        yield "tiêu ngữ không ở giữa, ngay dưới quốc hiệu"
    if not any(near(x, motto.x) and near(width, motto.width) for x, width in _rules_under(sheets, [motto])):
        yield "đường kẻ dưới tiêu ngữ không dài bằng tiêu ngữ"
    names = [run for run in first if run.y < number.y - 1 and run.right < country.x + NEAR]
    own = [run for run in names if "Bold" in run.face]
    above = [run for run in names if run not in own]
    yield from wrong_style("cơ quan ban hành", own, (12, 13), "Bold")
    yield from wrong_style("cơ quan chủ quản", above, (12, 13), "")
    for held, said in ((own, head.body), (above, head.parent)):
        if plain(" ".join(run.text for run in held)) != plain(" ".join(said)).upper():
            yield f"tên cơ quan sai: {plain(' '.join(run.text for run in held))}"
    yield from (f"dòng cuối tên cơ quan đứng lẻ: {run.text}" for run in (*own, *above) if plain(run.text) in "-–")
    if own and above and max(run.y for run in above) > min(run.y for run in own):
        yield "cơ quan chủ quản không đứng trên cơ quan ban hành"
    yield from _partial_rule("tên cơ quan", sheets, own)
    if abs(number.y - place.y) > FINE:
        yield "số và địa danh không cùng dòng"
    if not own or not near(number.middle, own[0].middle) or not near(place.middle, country.middle):
        yield "số, địa danh không ở giữa cột của mình"


def kind(sheets: Sheets, paper: OfficialPaper) -> Iterator[str]:
    """Box 5a: the kind in capitals, the summary under it, and its rule."""
    number = find(sheets.on(1), f"Số: {paper.letterhead.number_text}")
    lines = [line for line in sheets.lines(1) if number is not None and line.y > number.y + 1]
    if not lines or lines[0].text != plain(paper.heading).upper():
        yield f"tên loại: {lines[0].text if lines else ''}"
        return
    summary: list[Line] = []
    for line in lines[1:]:
        if len(" ".join(one.text for one in summary)) >= len(plain(paper.summary)):
            break
        summary.append(line)
    if " ".join(line.text for line in summary) != plain(paper.summary):
        yield f"trích yếu: {' / '.join(line.text for line in summary)}"
    for line in (lines[0], *summary):
        yield from wrong_style("tên loại, trích yếu", line.runs, (13, 14), "Bold")
        if not near(line.middle, CENTRE):
            yield f"tên loại, trích yếu không ở giữa: {line.text}"
    if len(summary) > 1 and len(summary[-1].text) * 2 < len(summary[0].text):
        yield f"trích yếu ngắt dòng lệch: {summary[-1].text}"
    if summary:
        yield from _partial_rule("trích yếu", sheets, [run for line in summary for run in line.runs])


def text(sheets: Sheets, paper: OfficialPaper) -> Iterator[str]:
    """Box 6: sizes, the indent of first lines, both edges, room between lines and between paragraphs."""
    lines = list(_text_lines(sheets, paper))
    for line in lines:
        yield from (f"cỡ chữ nội dung {r.size:.2f}: {r.text}" for r in line.runs if not 12.75 <= r.size <= 14.25)
        if not any(near(line.x, x) for x in (LEFT, *INDENTS)):
            yield f"dòng lùi {line.x - LEFT:.1f} mm: {line.text}"
    for above, line in pairwise(lines):
        opens, step = not near(line.x, LEFT), (line.y - above.y) / (line.runs[0].size * MM)
        if not opens and not near(above.right, 210 - RIGHT):
            yield f"dòng không căn đều hai bên: {above.text}"
        if line.page != above.page:
            continue
        if not opens and not SINGLE - 0.05 <= step <= 1.5 * SINGLE + 0.02:
            yield f"giãn dòng {step:.2f} em: {line.text}"
        room = (line.y - above.y) / MM - SINGLE * line.runs[0].size
        if opens and step < 4 and room < 6 - POINTS:
            yield f"đoạn cách đoạn trên {room:.1f} pt: {line.text}"
    yield from _leads(sheets, paper, lines)


def _leads(sheets: Sheets, paper: OfficialPaper, lines: Sequence[Line]) -> Iterator[str]:
    """Each paragraph begins with the indent; “Điều n.” is bold, grounds are slanted."""
    firsts = [line for line in lines if not near(line.x, LEFT)]
    for paragraph in _indented(paper):
        opening = plain(paragraph)
        if not any(opening.startswith(line.text[:50]) for line in firsts):
            yield f"đoạn không lùi đầu dòng: {opening[:50]}"
    runs = [run for line in firsts for run in line.runs]
    for number in range(1, len(getattr(paper, "articles", ())) + 1):
        lead = find(runs, f"Điều {number}.")
        yield from [f"thiếu Điều {number}."] if lead is None else wrong_style("điều", [lead], (13, 14), "Bold")
    for base in getattr(paper, "base_lines", ()):
        lead = next((run for run in runs if plain(base).startswith(plain(run.text)) and len(run.text) > 6), None)
        yield from [f"thiếu căn cứ: {base}"] if lead is None else wrong_style("căn cứ", [lead], (13, 14), "Italic")


def close(sheets: Sheets, paper: OfficialPaper) -> Iterator[str]:
    """Boxes 7 and 9b: posts and names in one column, recipients level with them, with text above on the page."""
    runs = [run for page in sheets.parts[0][1] for run in sheets.on(page)]
    label = find(runs, "Nơi nhận:")
    for signature in paper.signatures:
        block = _signed(runs, signature)
        if not block:
            yield f"thiếu chữ ký của {signature.name}"
            continue
        yield from wrong_style("chức vụ, họ tên người ký", block, (13, 14), "Bold")
        if {run.page for run in block} != {block[-1].page}:
            yield f"chữ ký bị cắt qua hai trang: {signature.name}"
        if not all(near(run.middle, block[-1].middle) for run in block):
            yield f"chức vụ và họ tên không cùng cột: {signature.name}"
        if any(line != line.upper() for line in signature.authority):
            yield f"chức vụ không viết hoa: {signature.authority}"
        if signature.name and not 20 < block[-1].y - block[-2].y < 45:
            yield f"chỗ ký cao {block[-1].y - block[-2].y:.0f} mm"
        yield from _company(sheets, paper, block[0], label)
    if paper.recipients:
        yield from _recipients(paper, runs, label)


def _company(sheets: Sheets, paper: OfficialPaper, post: Run, label: Run | None) -> Iterator[str]:
    """At least two lines of text over the signature on its page; the recipients beside one that stands alone."""
    if len({round(run.y, 1) for run in sheets.on(post.page) if run.y < post.y - 1 and run.x < 210 / 2}) < 2:
        yield "chữ ký đứng một mình trên trang"
    if len(paper.signatures) == 1 and label is not None:
        if label.page != post.page:
            yield "nơi nhận không cùng trang với chữ ký"
        if abs(label.y - post.y) > 1:
            yield "nơi nhận không ngang hàng với chức vụ người ký"


def _recipients(paper: OfficialPaper, runs: Sequence[Run], label: Run | None) -> Iterator[str]:
    if label is None or not near(label.x, LEFT):
        yield "thiếu “Nơi nhận:” ở sát lề trái"
        return
    yield from wrong_style("nơi nhận", [label], (12, 12), "Bold-Italic")
    entries = [run for run in runs if (run.page, run.y) > (label.page, label.y) and run.x < LEFT + NEAR]
    entries = [run for run in entries if run.size > 9]
    yield from wrong_style("dòng nơi nhận", entries, (11, 11), "")
    firsts = [plain(run.text) for run in entries if run.text.startswith("- ")]
    if len(firsts) != len(paper.recipients):
        yield f"{len(firsts)} nơi nhận thay vì {len(paper.recipients)}"
    ends = "".join(plain(line)[-1] for line in paper.recipient_lines)
    if ends != ";" * (len(ends) - 1) + "." or not firsts[-1:] or not firsts[-1].startswith("- Lưu: "):
        yield f"nơi nhận phải kết thúc bằng “;” và “Lưu: ….”: {firsts[-1:]}"


def _signed(runs: Sequence[Run], signature: Signature) -> list[Run]:
    """The runs of a signature from the post to the name; empty when one is missing."""
    wanted = [word for line in (*signature.authority, signature.name) for word in plain(line).split()]
    last = [run for run in runs if "Bold" in run.face and run.face.endswith("Bold")]
    for start in range(len(last) - 1, -1, -1):
        if not " ".join(wanted).startswith(plain(last[start].text)):
            continue
        column = [run for run in last[start:] if near(run.middle, last[start].middle)]
        said: list[str] = []
        for count, run in enumerate(column, 1):
            said += plain(run.text).split()
            if said == wanted:
                return column[:count]
    return []


def _text_lines(sheets: Sheets, paper: OfficialPaper) -> Iterator[Line]:
    """The lines of box 6: under the summary, above the signatures, beside no table."""
    openings = tuple(plain(each)[:18] for each in _indented(paper))
    began = False
    for page in sheets.parts[0][1]:
        bands = list(sheets.bands(page))
        for line in sheets.lines(page):
            began = began or (line.text.startswith(openings) and any(near(line.x, x) for x in INDENTS))
            if began and paper.signatures and _is_close(line, paper):
                return
            if began and not any(upper < line.y < lower for upper, lower in bands) and not _is_centred(line, paper):
                yield line


def _is_close(line: Line, paper: OfficialPaper) -> bool:
    return any(run.text.startswith(paper.signatures[0].authority[0][:12]) and "Bold" in run.face for run in line.runs
               ) or line.text.startswith("Nơi nhận:")  # fmt: skip


def _is_centred(line: Line, paper: OfficialPaper) -> bool:
    return near(line.middle, CENTRE) and not near(line.x, LEFT) and line.text in _centred(paper)


def _centred(paper: OfficialPaper) -> set[str]:
    blocks = getattr(paper, "blocks", ())
    said = [block.text for block in blocks if isinstance(block, Para) and block.style == "center"]
    said += [block.caption for block in blocks if isinstance(block, Table)]
    return {plain(each) for each in (*said, "QUYẾT ĐỊNH:")}


def _indented(paper: OfficialPaper) -> Iterator[str]:
    flat = {plain(f"{block.lead} {block.text} {block.tail}") for block in getattr(paper, "blocks", ())
            if isinstance(block, Para) and block.style in ("center", "plain")}  # fmt: skip
    return (each for each in paragraphs(paper) if plain(each) and plain(each) not in flat)


def _partial_rule(what: str, sheets: Sheets, runs: Sequence[Run]) -> Iterator[str]:
    """A rule a third to a half as long as the text, in its middle."""
    if not runs:
        yield f"thiếu {what}"
        return
    widest = max(runs, key=lambda run: run.width)
    rules = [(x, width) for x, width in _rules_under(sheets, runs) if near(x + width / 2, widest.middle)]
    if not any(1 / 3 <= width / widest.width <= 1 / 2 for _, width in rules):
        yield f"đường kẻ dưới {what} không dài 1/3 đến 1/2"


def _rules_under(sheets: Sheets, runs: Iterable[Run]) -> list[tuple[float, float]]:
    lowest = max(run.y for run in runs)
    return [(rule.x, rule.width) for rule in sheets.reading.rules if rule.page == 1 and lowest < rule.y < lowest + 5]
