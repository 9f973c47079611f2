"""Codes summed from pictures of bits are those the library draws."""

import random

import pytest
import segno

from documents.services.codes import ALPHABET
from documents.services.qr import ERROR_LEVEL
from documents.services.qr_batch import MANY, MASK, qr_rows

pytestmark = pytest.mark.once


def addresses(count: int, host: str = "thidua.example") -> list[str]:
    drawn = random.Random(4)
    return [f"https://{host}/xm/{''.join(drawn.choices(ALPHABET, k=26))}/" for _ in range(count)]


def test_thousands_of_codes_are_bit_for_bit_what_the_library_draws():
    urls = [*addresses(MANY), *addresses(30, "thidua.vksndtc.gov.vn"), "https://thidua.example/xm/abc/"]
    for url, (side, bits) in zip(urls, qr_rows(urls), strict=True):
        matrix = segno.make_qr(url.encode(), error=ERROR_LEVEL, mode="byte", mask=MASK, boost_error=False).matrix
        width = (side + 7) // 8
        rows = [bits[start : start + width] for start in range(0, len(bits), width)]
        assert [f"{int.from_bytes(row, 'big'):0{width * 8}b}"[:side] for row in rows] == [
            "".join(str(bit) for bit in row) for row in matrix
        ]


def test_a_few_codes_are_drawn_one_by_one_and_are_the_same():
    urls = addresses(MANY)
    assert [qr_rows([url])[0] for url in urls[:3]] == qr_rows(urls)[:3]
