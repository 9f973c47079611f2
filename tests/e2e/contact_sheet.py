"""Each page beside its mock, wide and narrow, in one picture for the eye of a reviewer."""

from pathlib import Path

from PIL import Image

WIDTHS = (1440, 390)
#: Points across of one picture on the sheet, and how much of a tall page is shown.
ACROSS = {1440: 720, 390: 260}
TALLEST = 900
GAP = 16


def lay_out(pictures: Path, mocks: Path, pairs: list[tuple[str, str]], sheet: Path) -> int:
    """Write `sheet`: a row per page (ours wide, mock wide, ours narrow, mock narrow); returns the rows laid."""
    rows = [row for name, mock in pairs if (row := _row(pictures, mocks, name, mock))]
    if not rows:
        return 0
    across = max(sum(image.width + GAP for image in row) for row in rows)
    down = sum(max(image.height for image in row) + GAP for row in rows)
    canvas = Image.new("RGB", (across, down), "#8a8f96")
    top = 0
    for row in rows:
        left = 0
        for image in row:
            canvas.paste(image, (left, top))
            left += image.width + GAP
        top += max(image.height for image in row) + GAP
    canvas.save(sheet)
    return len(rows)


def _row(pictures: Path, mocks: Path, name: str, mock: str) -> list[Image.Image]:
    found = []
    for width in WIDTHS:
        for path in (pictures / f"{name}-{width}.png", mocks / f"{mock}-{width}.png"):
            if not path.exists():
                return []
            with Image.open(path) as image:
                scaled = image.convert("RGB").resize((ACROSS[width], image.height * ACROSS[width] // image.width))
                found.append(scaled.crop((0, 0, scaled.width, min(scaled.height, TALLEST))))
    return found
