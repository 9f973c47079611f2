"""QR codes by the thousand, as bits.

Before it is masked, a QR code is a linear image of its data over GF(2), error correction included.
So codes of one length, one error level and one mask differ by sums of a few fixed pictures: one for
each bit of the data. The library draws those pictures once; a code is then a handful of XORs.
"""

from collections.abc import Sequence
from functools import lru_cache

import segno

from documents.services.qr import ERROR_LEVEL

#: Any mask reads as well as the best one; the same for all makes them comparable.
MASK = 0
#: From so many codes on the pictures are worth drawing: there are up to 7 for each letter that differs.
MANY = 100


def qr_rows(urls: Sequence[str]) -> list[tuple[int, bytes]]:
    """For each address the modules a side and the dark ones row by row, eight a byte, 1 = dark; no quiet zone."""
    if len(urls) < MANY:
        return [_drawn(url.encode()) for url in urls]
    return [_summed(url.encode()) for url in urls]


def _summed(data: bytes) -> tuple[int, bytes]:
    pictures = _pictures(len(data))
    code = pictures.base
    for place, byte in enumerate(data):
        code ^= pictures.of(place, byte)
    return pictures.side, code.to_bytes(pictures.size, "big")


class _Pictures:
    """A code of some length, and what changes in it with each byte of its data."""

    def __init__(self, length: int) -> None:
        self.data = b"a" * length
        self.side, bits = _drawn(self.data)
        self.base, self.size = int.from_bytes(bits, "big"), len(bits)
        self.units: dict[tuple[int, int], int] = {}
        self.sums: dict[tuple[int, int], int] = {}

    def of(self, place: int, byte: int) -> int:
        """What to add for `byte` at `place`."""
        known = self.sums.get((place, byte))
        if known is None:
            known = 0
            for bit in range(8):
                if (byte ^ self.data[place]) >> bit & 1:
                    known ^= self._unit(place, bit)
            self.sums[place, byte] = known
        return known

    def _unit(self, place: int, bit: int) -> int:
        if (place, bit) not in self.units:
            other = bytearray(self.data)
            other[place] ^= 1 << bit
            self.units[place, bit] = int.from_bytes(_drawn(bytes(other))[1], "big") ^ self.base
        return self.units[place, bit]


@lru_cache(maxsize=8)
def _pictures(length: int) -> _Pictures:
    return _Pictures(length)


def _drawn(data: bytes) -> tuple[int, bytes]:
    """By the library; bytes, even where letters alone would allow a denser code, so that lengths are comparable."""
    matrix = segno.make_qr(data, error=ERROR_LEVEL, mode="byte", mask=MASK, boost_error=False).matrix
    return len(matrix), b"".join(_packed(row) for row in matrix)


def _packed(row: bytearray) -> bytes:
    width = len(row)
    return (int("".join("1" if bit else "0" for bit in row), 2) << (-width % 8)).to_bytes((width + 7) // 8, "big")
