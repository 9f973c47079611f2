"""An ornament of 273 KiB of SVG, as heavy as the one the goals were set with; drawn by formula, for measuring only."""

from functools import cache
from math import cos, pi, sin

#: Points of one rose; so many roses make the weight.
POINTS = 645
INKS = ("#b3121d", "#b8892b", "#8f6a1d")


@cache
def heavy(width: float, height: float, *_style: str) -> str:
    """Frames with gradients, corner roses, a field of roses behind the text; the style asked for changes nothing."""
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" class="border" viewBox="0 0 {width:.3f} {height:.3f}">',
        '<defs><linearGradient id="k"><stop offset="0" stop-color="#d8a62a"/><stop offset="1" stop-color="#8f6a1d"/>'
        '</linearGradient><radialGradient id="g"><stop offset="0" stop-color="#fffef8"/>'
        '<stop offset="1" stop-color="#f8ecc9"/></radialGradient></defs>',
        f'<rect x="16" y="16" width="{width - 32}" height="{height - 32}" fill="url(#g)"/>',
    ]
    for inset, stroke in ((7.5, 1.4), (9.6, 0.4), (16.0, 0.5)):
        parts.append(
            f'<rect x="{inset}" y="{inset}" width="{width - 2 * inset}" height="{height - 2 * inset}" fill="none" '
            f'stroke="url(#k)" stroke-width="{stroke}"/>'
        )
    for x in (20.0, width - 20):
        for y in (20.0, height - 20):
            parts.extend(_rose(x, y, 9 - k, 7 + 2 * k, INKS[k % 3], 0.12) for k in range(4))
    parts.extend(_rose(width / 2, height * 0.55, 62 - 2.6 * k, 9 + k, "#e9cf8a", 0.12) for k in range(16))
    return "".join([*parts, "</svg>"])


def _rose(x: float, y: float, radius: float, lobes: int, ink: str, stroke: float) -> str:
    points = []
    for k in range(POINTS + 1):
        angle = 2 * pi * k / POINTS
        reach = radius * (0.62 + 0.38 * cos(lobes * angle))
        points.append(f"{x + reach * cos(angle):.2f} {y + reach * sin(angle):.2f}")
    return f'<path d="M{"L".join(points)}Z" fill="none" stroke="{ink}" stroke-width="{stroke}"/>'
