"""From a paper (words) to a PDF (bytes): lay out each part, then join the parts.

    pdf = render_pdf(paper)                       # all at once, for previews and short papers
    pieces = [render_part(paper, i) for i in range(len(parts(paper)))]   # or one job each
    pdf = merge(paper, pieces)

A paper gives the same parts each time, so a job only needs to know the paper and the number of
its part.
"""

from collections.abc import Iterable, Mapping, Sequence

from documents.papers import CertificatePaper, OfficialPaper, Paper, Part
from documents.services import render_certificates, render_merge
from documents.services.qr import LONG_TEXT_LEVEL, qr_svg
from documents.services.render_engine import Spot, fill, find, lay_out, quiet_collector
from documents.services.render_fit import balanced

#: The summary under the name of the kind: 14 pt in millimetres, and the width it may take.
SUMMARY_SIZE, SUMMARY_WIDTH = 14 * 25.4 / 72, 140.0


def parts(paper: Paper) -> tuple[Part, ...]:
    """The stretches of `paper` that may be laid out apart, also in different processes."""
    return paper.parts()


def render_part(paper: Paper, index: int) -> bytes:
    """One part as PDF (certificates: as a piece to bind). Raises RenderError with a sentence for the user."""
    cut = paper.parts()
    return render_alone(paper, cut[index], tagged=len(cut) == 1)


def render_alone(paper: Paper, part: Part, *, tagged: bool = False) -> bytes:
    """A part that the caller has cut itself; `paper` says only what the whole looks like.

    Tags are kept only where the part is the whole paper: joined parts lose them.
    """
    with quiet_collector(young=isinstance(paper, CertificatePaper)):
        if isinstance(paper, CertificatePaper):
            return render_certificates.lay_out_batch(part.context)
        html = fill(part.template, paper=part.context, summary=_summary(part.context))
        css = fill(f"{paper.stylesheet}.css")
        return lay_out(html, css=css, assets=_assets(part.context), tagged=tagged)


def merge(paper: Paper, pieces: Iterable[bytes]) -> bytes:
    """The whole paper from its parts: numbers the pages, names the file, marks a draft."""
    if isinstance(paper, CertificatePaper):
        return render_certificates.bind(paper, pieces)
    return join(paper, [part.opens for part in paper.parts()], pieces)


def join(paper: Paper, opens: Sequence[bool], pieces: Iterable[bytes]) -> bytes:
    """As `merge`, for parts cut by the caller: page numbers begin anew where a part `opens`."""
    return render_merge.join(paper, list(zip(opens, pieces, strict=True)))


def render_pdf(paper: Paper) -> bytes:
    """The whole paper in this process."""
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
    html = fill(paper.template, paper=first, summary=_summary(first))
    return find(html, css=fill(f"{paper.stylesheet}.css"), assets=_assets(first))


def _summary(paper: object) -> tuple[str, ...]:
    """Box 5a broken into even lines; the layout engine would leave a word alone on the last."""
    text = paper.summary if isinstance(paper, OfficialPaper) else ""
    return balanced(text, face="tinos-bold", size=SUMMARY_SIZE, width=SUMMARY_WIDTH)


def _assets(paper: object) -> Mapping[str, tuple[str, bytes]]:
    if isinstance(paper, OfficialPaper) and paper.mark:
        codes = {"qr": ("image/svg+xml", qr_svg(paper.mark.url))}
        if paper.mark.offline:
            codes["offline"] = ("image/svg+xml", qr_svg(paper.mark.offline, error=LONG_TEXT_LEVEL))
        return codes
    return {}
