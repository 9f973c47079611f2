"""The lists that are measured: the product's parts and merge, Chromium and Typst, all with the same rows."""

import json
import tempfile
import time
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

from benchmarks import sheets
from documents.papers import ROWS_PER_PART, AnnexPaper, AnnexRow, Part
from documents.services import render
from documents.services.render_engine import FAMILY, fill, font_path
from tests.factories import documents as make

FACES = {"regular": (400, "normal"), "italic": (400, "italic"), "bold": (700, "normal"), "bolditalic": (700, "italic")}


def parts(count: int) -> int:
    """How many parts a list of `count` rows has."""
    return -(-count // ROWS_PER_PART)


def laid(count: int, first: int, last: int, folder: str) -> dict[str, Any]:
    """Lay out the parts from `first` to before `last`, one after the other, and keep them."""
    paper = make.annex(1)
    for place in range(first, last):
        start, end = place * ROWS_PER_PART, min((place + 1) * ROWS_PER_PART, count)
        context = replace(paper, rows=_rows(start, end), first=place == 0, last=end == count)
        Path(folder, f"{place:04}").write_bytes(render.render_alone(paper, Part(paper.template, context)))
    return {}


def joined(count: int, folder: str) -> dict[str, Any]:
    """All parts as one file; pages numbered through, and each number looked for."""
    paths = sorted(Path(folder).iterdir())
    paper = make.annex(1)
    pdf = render.join(paper, [place == 0 for place in range(len(paths))], (path.read_bytes() for path in paths))
    with import_module("pikepdf").open(import_module("io").BytesIO(pdf)) as opened:
        return {"pages": len(opened.pages), "bytes": len(pdf), "rows": count}


def chromium(count: int) -> dict[str, Any]:
    """Print-to-PDF of a warm Chromium on the product's own HTML and style sheet."""
    faces = "".join(
        f'@font-face{{font-family:"{FAMILY}";font-weight:{weight};font-style:{style};'
        f"src:url({font_path(f'tinos-{name}').as_uri()})}}"
        for name, (weight, style) in FACES.items()
    )
    html = render.html_of("annex.html", _list(count))
    html = html.replace("</head>", f"<style>{faces}{fill('paper.css')}</style></head>")
    with import_module("playwright.sync_api").sync_playwright() as play, tempfile.TemporaryDirectory() as folder:
        browser = play.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        page = browser.new_page()
        page.set_content("<p>x")
        page.pdf()
        place = Path(folder, "a.html")
        place.write_text(html, encoding="utf-8")
        began = time.perf_counter()
        page.goto(place.as_uri())
        size = len(page.pdf(prefer_css_page_size=True))
        seconds = time.perf_counter() - began
        browser.close()
    return {"seconds": seconds, "bytes": size}


def typst(count: int) -> dict[str, Any]:
    """Typst's own table of the same rows and widths, its head repeated."""
    engine, paper = import_module("typst"), _list(count)
    widths = ", ".join(f"{column.width}mm" if column.width else "1fr" for column in paper.columns)
    head = ", ".join(f"[*{column.label}*]" for column in paper.columns)
    cells = "".join(
        ", ".join(json.dumps(cell, ensure_ascii=False) for cell in row.cells) + ",\n"
        for row in paper.rows
        if not row.is_group
    )
    source = (
        '#set page(paper: "a4", margin: (top: 20mm, right: 15mm, bottom: 20mm, left: 30mm), numbering: "1",'
        ' number-align: top + center)\n#set text(font: "Tinos", size: 12pt, lang: "vi")\n'
        f"#table(columns: ({widths}), stroke: 0.5pt, inset: (x: 1.5mm, y: 1mm), table.header({head}),\n{cells})\n"
    )
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder, "a.typ")
        place.write_text("x", encoding="utf-8")
        fonts = [str(font_path("tinos-regular").parent)]
        engine.compile(str(place), font_paths=fonts)
        place.write_text(source, encoding="utf-8")
        began = time.perf_counter()
        size = len(engine.compile(str(place), font_paths=fonts))
        return {"seconds": time.perf_counter() - began, "bytes": size}


def _list(count: int) -> AnnexPaper:
    return replace(make.annex(1), rows=_rows(0, count))


def _rows(start: int, end: int) -> tuple[AnnexRow, ...]:
    return tuple(
        AnnexRow((
            str(number + 1), make.person_name(number), f"{number % 28 + 1:02d}/{number % 12 + 1:02d}/1980",
            sheets.POSTS[number % 10], sheets.UNITS[number % 8],
        ))
        for number in range(start, end)
    )  # fmt: skip
