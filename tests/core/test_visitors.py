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
        (1, "2001:db8::7", "2001:db8::7"),
    ],
)
def test_the_address_is_what_the_outermost_proxy_of_ours_saw(settings, proxies, seen, expected):
    settings.PROXY_COUNT = proxies
    assert address(came(seen)) == expected


def test_the_lock_out_after_failed_sign_ins_uses_the_same_address(settings):
    settings.PROXY_COUNT = 1
    assert get_client_ip_address(came(VISITOR)) == VISITOR
