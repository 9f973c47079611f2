"""Whose address counts: never one that the visitor could have written."""

import pytest
from axes.helpers import get_client_ip_address
from django.test import RequestFactory

from core.visitors import address

PROXY, VISITOR = "10.0.0.1", "203.0.113.7"


def came(seen: str | None):
    more = {"headers": {"x-forwarded-for": seen}} if seen is not None else {}
    return RequestFactory().get("/", REMOTE_ADDR=PROXY, **more)


@pytest.mark.parametrize(
    ("proxies", "seen", "expected"),
    [
        (0, None, PROXY),
        (0, VISITOR, PROXY),
        (1, VISITOR, VISITOR),
        (1, f"198.51.100.9, {VISITOR}", VISITOR),
        (2, f"198.51.100.9, {VISITOR}, 10.0.0.2", VISITOR),
        (2, VISITOR, PROXY),
        (1, None, PROXY),
        (1, "", PROXY),
        (1, "không phải địa chỉ".encode().decode("latin-1"), PROXY),
        (1, "::ffff:203.0.113.7", VISITOR),
    ],
)
def test_the_address_is_what_the_outermost_proxy_of_ours_saw(settings, proxies, seen, expected):
    settings.PROXY_COUNT = proxies
    assert address(came(seen)) == expected


def test_the_lock_out_after_failed_sign_ins_uses_the_same_address(settings):
    settings.PROXY_COUNT = 1
    assert get_client_ip_address(came(VISITOR)) == VISITOR


@pytest.mark.parametrize("proxies", [0, 1])
def test_one_visitor_with_a_network_of_addresses_is_one_visitor(settings, proxies):
    settings.PROXY_COUNT = proxies

    def seen(text: str) -> str:
        return address(RequestFactory().get("/", REMOTE_ADDR=text, headers={"x-forwarded-for": text}))

    mine = {seen(text) for text in ("2001:db8:0:7::1", "2001:db8:0:7:ffff:ffff:ffff:ffff", "2001:DB8:0:7::a%eth0")}
    assert mine == {"2001:db8:0:7::"}
    assert seen("2001:db8:0:8::1") == "2001:db8:0:8::"
