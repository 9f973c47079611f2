"""Certificates stamped and in batches against one document each; memory, sizes, two workers, other tools."""

import tempfile
from collections.abc import Iterator
from statistics import median
from typing import Any

from benchmarks import fresh
from benchmarks.ornament import heavy

ROUNDS = 5
NAIVE, WORDS, BATCH, STAMPED = 8, 24, 750, 8_000
#: Stamped sheets of one part, as the product cuts them.
STEP, BATCH_STEP = 500, 75
#: Naive / the product's way, of one document each with the ornament, and without it.
BATCH_GATE, STAMP_GATE = (30, 4), (300, 100)
#: MiB of a process; KiB a sheet of the joint file beyond what all share; KiB of one recipient's file.
MEMORY, EACH, SINGLE, SHARED = 150, 1.5, 200, 200
LONG_STAMPED, LONG_BATCH = 16_000, 1_500
OTHERS = 100
WORK = "benchmarks.sheets:"


def run() -> Iterator[str]:
    """Says every figure, then raises when a gate was missed."""
    missed: list[str] = []
    yield f"ornament: {len(heavy(297, 210)) / 1024:.0f} KiB of SVG; one sheet in 200 has a name the engine must lay out"
    yield from _against_naive(missed)
    yield from _memory(missed)
    yield from _two_workers()
    yield from _others()
    if missed:
        raise AssertionError("; ".join(missed))


def _against_naive(missed: list[str]) -> Iterator[str]:
    rounds = [_round() for _ in range(ROUNDS)]
    for name in rounds[0]:
        yield f"{name}: {_spread([each[name] for each in rounds], 2)} ms CPU a certificate (median of {ROUNDS} rounds)"
    for way, gates in (("batch", BATCH_GATE), ("stamped", STAMP_GATE)):
        for naive, gate in zip(("naive", "naive, words only"), gates, strict=True):
            ratios = [each[naive] / each[way] for each in rounds]
            yield f"{naive} / {way}, paired: {_spread(ratios, 1)} (gate {gate})"
            if median(ratios) < gate:
                missed.append(f"{naive} / {way} is {median(ratios):.1f}, not {gate}")


def _round() -> dict[str, float]:
    """Each way once, one after the other; CPU milliseconds a certificate, with fonts, ornament and merge in it."""
    naive = fresh.run(WORK + "naive", count=NAIVE).cpu / NAIVE
    words = fresh.run(WORK + "naive", count=WORDS, ornament=False).cpu / WORDS
    batch = fresh.run(WORK + "whole", first=0, count=BATCH, stamped=False, step=BATCH_STEP).cpu / BATCH
    stamped = fresh.run(WORK + "whole", first=0, count=STAMPED, stamped=True, step=STEP).cpu / STAMPED
    ways = {"naive": naive, "naive, words only": words, "batch": batch, "stamped": stamped}
    return {name: seconds * 1000 for name, seconds in ways.items()}


def _memory(missed: list[str]) -> Iterator[str]:
    for way, count, stamped, step in (("stamped", LONG_STAMPED, True, STEP), ("batch", LONG_BATCH, False, BATCH_STEP)):
        with tempfile.TemporaryDirectory() as folder:
            parts = fresh.run(WORK + "batches", first=0, count=count, folder=folder, stamped=stamped, step=step)
            merge = fresh.run(WORK + "bound", folder=folder)
            single = fresh.run(WORK + "alone", folder=folder).said["bytes"] / 1024
        held = parts.said["resident"]
        early, late = held[len(held) // 8], held[-1]
        yield (
            f"{way}, {count} sheets: parts at most {parts.peak:.0f} MiB ({early:.0f} after an eighth, {late:.0f} at "
            f"the end), merge at most {merge.peak:.0f} MiB"
        )
        each = (merge.said["bytes"] / 1024 - SHARED) / count
        yield (
            f"{way}, joint file: {merge.said['bytes'] / 1024:.0f} KiB, {each:.2f} KiB a sheet beyond {SHARED} KiB; "
            f"one recipient's file: {single:.0f} KiB"
        )
        worst = {
            "MiB": (max(parts.peak, merge.peak), MEMORY),
            "KiB a sheet": (each, EACH),
            "KiB alone": (single, SINGLE),
        }
        missed.extend(f"{way}: {value:.2f} {what}, not {gate}" for what, (value, gate) in worst.items() if value > gate)
        if late > early * 1.1:
            missed.append(f"{way}: memory grows from {early:.0f} to {late:.0f} MiB")


def _two_workers() -> Iterator[str]:
    for way, count, stamped, step in (("stamped", STAMPED, True, STEP), ("batch", BATCH, False, BATCH_STEP)):
        ratios = []
        for _ in range(3):
            one = max(_clocks([{"first": 0, "count": count, "stamped": stamped, "step": step}]))
            half = {"count": count // 2, "stamped": stamped, "step": step}
            ratios.append(one / max(_clocks([{"first": 0, **half}, {"first": count // 2, **half}])))
        yield f"{way}, {count} sheets by two processes instead of one: {_spread(ratios, 2)} times as fast by the clock"


def _clocks(works: list[dict[str, Any]]) -> list[float]:
    return [each.clock for each in fresh.together([(WORK + "batches", work) for work in works])]


def _others() -> Iterator[str]:
    naive = fresh.run(WORK + "naive", count=NAIVE)
    stamped = fresh.run(WORK + "whole", first=0, count=STAMPED, stamped=True, step=STEP)
    yield (
        f"by the clock in one run: naive {naive.clock / NAIVE * 1000:.0f} ms each; stamped, {STAMPED} in one file, "
        f"{stamped.clock / STAMPED * 1000:.2f} ms each"
    )
    for name in ("chromium", "typst"):
        said = fresh.run(WORK + name, count=OTHERS).said
        yield (
            f"{name}: {said['one'] * 1000:.0f} ms one document; {OTHERS} in one file {said['each'] * 1000:.1f} ms and "
            f"{said['bytes'] / 1024:.1f} KiB each (no QR code)"
        )


def _spread(values: list[float], digits: int) -> str:
    return f"{median(values):.{digits}f} [{min(values):.{digits}f}..{max(values):.{digits}f}]"
