"""From a paper (words) to a PDF (bytes): lay out each part, then join the parts.

    pdf = render_pdf(paper)                       # all at once, for previews and short papers
    pieces = [render_part(paper, i) for i in range(len(parts(paper)))]   # or one job each
    pdf = merge(paper, pieces)

A paper gives the same parts each time, so a job only needs to know the paper and the number of
its part.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from unicodedata import normalize

from documents.papers import AnnexPaper, CertificatePaper, OfficialPaper, Paper, Part
from documents.services import render_certificates, render_merge
from documents.services.qr import LONG_TEXT_LEVEL, qr_svg
from documents.services.render_engine import Spot, fill, find, lay_out, quiet_collector
from documents.services.render_fit import advance, balanced, name_lines
from documents.services.render_rows import cut_to_pages

#: Titles: 14 pt in millimetres, and how wide the summary (box 5a), the text, and a list on its side may be.
TITLE_SIZE = 14 * 25.4 / 72
SUMMARY, TEXT, WIDE, INDENT = 140.0, 165.0, 252.0, 12.7
#: “412/QĐ-VKSTC”, “152/2025/NĐ-CP”, with the marks beside it.
_NUMBER = re.compile(r"""[^\s<>"'=]*\d/[^\s<>"'=]*-[^\s<>"'=]*""")


def parts(paper: Paper) -> tuple[Part, ...]:
    """The stretches of `paper` that may be laid out apart, also in different processes."""
    return cut_to_pages(paper).parts()


def render_part(paper: Paper, index: int) -> bytes:
    """One part as PDF (certificates: as a piece to bind). Raises RenderError with a sentence for the user."""
    cut = parts(paper)
    return render_alone(paper, cut[index], tagged=len(cut) == 1)


def render_alone(paper: Paper, part: Part, *, tagged: bool = False) -> bytes:
    """A part that the caller has cut itself; `paper` says only what the whole looks like.

    Tags are kept only where the part is the whole paper: joined parts lose them.
    """
    with quiet_collector(young=isinstance(paper, CertificatePaper)):
        if isinstance(paper, CertificatePaper):
            return render_certificates.lay_out_batch(part.context)
        html = html_of(part.template, part.context)
        css = fill(f"{paper.stylesheet}.css")
        return lay_out(html, css=css, assets=_assets(part.context), tagged=tagged)


def merge(paper: Paper, pieces: Iterable[bytes]) -> bytes:
    """The whole paper from its parts: numbers the pages, names the file, marks a draft."""
    if isinstance(paper, CertificatePaper):
        return render_certificates.bind(paper, pieces)
    return join(paper, [part.opens for part in parts(paper)], pieces)


def join(paper: Paper, opens: Sequence[bool], pieces: Iterable[bytes]) -> bytes:
    """As `merge`, for parts cut by the caller: page numbers begin anew where a part `opens`."""
    return render_merge.join(paper, list(zip(opens, pieces, strict=True)))


def render_pdf(paper: Paper) -> bytes:
    """The whole paper in this process."""
    paper = cut_to_pages(paper)
    return merge(paper, [render_part(paper, index) for index in range(len(paper.parts()))])


def first_pages(paper: Paper) -> bytes:
    """Only the first part, numbered and marked like the whole: for previews that must not wait."""
    piece = render_part(paper, 0)
    if isinstance(paper, CertificatePaper):
        return render_certificates.bind(paper, [piece])
    return join(paper, [True], [piece])


def spots(paper: OfficialPaper) -> dict[str, Spot]:
    """Where the elements with an id stand in the paper's text (not in its annexes)."""
    first = paper.parts()[0].context
    return find(html_of(paper.template, first), css=fill(f"{paper.stylesheet}.css"), assets=_assets(first))


def html_of(template: str, paper: object) -> str:
    """What the layout engine is given for one part; in the text it must not break a number and symbol at its hyphen."""
    head, opening, text = fill(template, paper=paper, lines=_lines(paper)).partition('<div class="text')
    return head + opening + _NUMBER.sub(r'<span class="whole">\g<0></span>', text)


def _lines(paper: object) -> dict[str, tuple[str, ...]]:
    """What the layout engine would part in the wrong place: names of bodies (box 2), and all titles, in even lines."""
    if isinstance(paper, AnnexPaper):
        return {"title": _even(paper.heading, WIDE if paper.landscape else TEXT)}
    if not isinstance(paper, OfficialPaper):
        return {}
    return {
        "above": name_lines(paper.letterhead.parent, bold=False),
        "issuer": name_lines(paper.letterhead.body, bold=True),
        "summary": _even(paper.summary, SUMMARY),
        "decider": _even(getattr(paper, "decider", ""), TEXT),
        "text": ("text", "short-end") if _ends_short(paper) else ("text",),
    }


def _ends_short(paper: OfficialPaper) -> bool:
    """Is the last paragraph one line only, too little to stand over a signature on a page of its own?"""
    last = paper.last_words
    return advance(normalize("NFC", last), "tinos-regular") * TITLE_SIZE < TEXT - INDENT


def _even(text: str, width: float) -> tuple[str, ...]:
    return balanced(normalize("NFC", text), face="tinos-bold", size=TITLE_SIZE, width=width)


def _assets(paper: object) -> Mapping[str, tuple[str, bytes]]:
    if isinstance(paper, OfficialPaper) and paper.mark:
        codes = {"qr": ("image/svg+xml", qr_svg(paper.mark.url))}
        if paper.mark.offline:
            codes["offline"] = ("image/svg+xml", qr_svg(paper.mark.offline, error=LONG_TEXT_LEVEL))
        return codes
    return {}
