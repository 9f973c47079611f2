"""Numbers from outside: what no key can be is nobody's key, and no error."""

import pytest

from core.typed import whole, wholes


def test_plain_digits_are_a_number():
    assert whole("0412") == 412
    assert whole("9" * 18) == 999_999_999_999_999_999


@pytest.mark.parametrize("text", ["", "-1", "1.0", "１２", "²", " 7", "9" * 19, "9" * 5000, "1e3", "\x00"])
def test_anything_else_is_the_fallback(text):
    assert whole(text) == 0
    assert whole(text, -1) == -1


def test_a_list_keeps_its_order_and_leaves_out_what_is_no_key():
    assert wholes(["12", "x", "3", "9" * 30, "0"]) == [12, 3, 0]
