"""Certificates bound over one ornament against one layout each; memory of long batches and long lists."""

import json
import os
import statistics
from collections.abc import Callable, Iterator

from documents.papers import CertificatePaper
from documents.services import render
from documents.services import render_certificates as certificates
from documents.services.render_engine import fill, lay_out
from documents.services.render_ornament import border, stand_in_emblem
from tests.factories import documents as make

ROUNDS, EACH_ALONE, EACH_BOUND = 3, 8, 400
LONG_BATCH, LONG_LIST = 2000, 5000
AT_LEAST, MOST_EACH, MOST_SHARED = 20, 1.5, 200
#: MiB of a process with the whole of Django in it, and how much more a long batch may take than a short one.
MOST_MEMORY, MOST_GROWTH = 200, 40


def run() -> Iterator[str]:
    """Raises when the ratio is below 20, memory grows with the batch, or the file is too large."""
    ratios = []
    for _ in range(ROUNDS):
        _, alone, _ = _in_child(lambda: _alone(EACH_ALONE))
        _, bound, _ = _in_child(lambda: _bound(EACH_BOUND))
        ratios.append((alone / EACH_ALONE) / (bound / EACH_BOUND))
    ratio = statistics.median(ratios)
    yield f"one layout each / bound over one ornament, CPU a sheet: {ratio:.0f}x [{min(ratios):.0f}..{max(ratios):.0f}]"
    assert ratio >= AT_LEAST, ratios

    _, _, short = _in_child(lambda: _bound(100))
    sizes, cpu, peak = _in_child(lambda: _bound(LONG_BATCH))
    each = (sizes["bytes"] / 1024 - MOST_SHARED) / LONG_BATCH
    yield f"{LONG_BATCH} sheets in one process: {cpu / LONG_BATCH * 1000:.1f} ms CPU a sheet, at most {peak:.0f} MiB"
    yield f"100 sheets in one process: at most {short:.0f} MiB"
    yield f"joint file: {sizes['bytes'] / 1024:.0f} KiB ({each:.2f} KiB a sheet beyond {MOST_SHARED} KiB)"
    assert peak <= min(MOST_MEMORY, short + MOST_GROWTH), (short, peak)
    assert each <= MOST_EACH, each

    parts = len(render.parts(make.annex(LONG_LIST)))
    peaks = [_in_child(lambda part=part: _part_of_list(part))[2] for part in (0, parts // 2, parts - 1)]
    yield f"a list of {LONG_LIST} rows in {parts} parts: at most {max(peaks):.0f} MiB a process"
    assert max(peaks) <= MOST_MEMORY, peaks


def _paper(count: int) -> CertificatePaper:
    return make.certificate_paper(tuple(make.certificate_line(number, mark=make.MARK) for number in range(count)))


def _bound(count: int) -> dict[str, int]:
    return {"bytes": len(render.render_pdf(_paper(count)))}


def _alone(count: int) -> dict[str, int]:
    paper = _paper(count)
    face = paper.face
    for line in paper.lines:
        words = {"award": certificates.AWARD.fit(face.award), "decider": certificates.DECIDER.fit(face.decider)}
        ground = fill("certificate_face.html", face=face, border=border(297, 210), flags="", **words)
        sheet = fill("certificate.html", paper=paper, sheets=[certificates.fitted(line)])
        text = sheet.partition('<section class="sheet">')[2].partition("</section>")[0]
        css = fill("certificate.css", width="297mm", height="210mm", unit="1mm")
        emblem = {"emblem": ("image/svg+xml", stand_in_emblem().encode())}
        lay_out(ground.replace("</section>", f"{text}</section>"), css=css, assets=emblem)
    return {}


def _part_of_list(part: int) -> dict[str, int]:
    return {"bytes": len(render.render_part(make.annex(LONG_LIST), part))}


def _in_child(work: Callable[[], dict[str, int]]) -> tuple[dict[str, int], float, float]:
    """What the work said, its CPU seconds and its largest memory in MiB, in a process of its own."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        try:
            os.write(writing, json.dumps(work()).encode())
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as answers:
        said = answers.read()
    _, _, usage = os.wait4(child, 0)
    return json.loads(said), usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024
