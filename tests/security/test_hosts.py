"""Which names the site answers for, and which pages may open its socket."""

from __future__ import annotations

import pytest

from transparency.core.settings import Settings
from transparency.web.hosts import is_own_host, is_own_origin

OPEN = Settings()
NAMED = Settings(site="https://wards.example", hosts=("*.wards.example", "10.0.0.5"))


@pytest.mark.parametrize("host", ["localhost:8501", "127.0.0.1:8501", "127.0.0.1", "[::1]:8501", "192.0.2.7:80"])
def test_without_settings_this_machine_and_addresses_in_numbers_are_answered(host: str) -> None:
    assert is_own_host(host, OPEN)


@pytest.mark.parametrize("host", ["wards.example", "WARDS.example.", "wards.example:443", "a.wards.example"])
def test_names_that_are_set_are_answered(host: str) -> None:
    assert is_own_host(host, NAMED)
    assert is_own_host("127.0.0.1:8501", NAMED)


@pytest.mark.parametrize(
    "host",
    [
        *("evil.example", "evil.example:8501", "127.0.0.1.evil.example", "localhost.evil.example", "", " "),
        *("127.0.0.1/evil", "user@127.0.0.1", "127.0.0.1:80:90", "127.0.0.1:port", "127.0.0.1\r\nX: y", "[::1", "é"),
    ],
)
def test_other_names_and_what_is_no_name_are_refused(host: str) -> None:
    assert not is_own_host(host, OPEN)
    assert not is_own_host(host, NAMED)


def test_addresses_in_numbers_are_refused_once_names_are_set() -> None:
    assert not is_own_host("192.0.2.7", NAMED)
    assert not is_own_host("wards.example.evil.example", NAMED)
    assert not is_own_host("evilwards.example", NAMED)


@pytest.mark.parametrize(
    ("origin", "host", "known", "is_own"),
    [
        ("http://127.0.0.1:8501", "127.0.0.1:8501", OPEN, True),
        ("http://localhost:3000", "127.0.0.1:8501", OPEN, False),
        ("http://127.0.0.1:3000", "127.0.0.1:8501", OPEN, False),
        ("https://evil.example", "127.0.0.1:8501", OPEN, False),
        ("null", "127.0.0.1:8501", OPEN, False),
        ("file://127.0.0.1:8501", "127.0.0.1:8501", OPEN, False),
        ("https://wards.example", "127.0.0.1:8501", NAMED, True),
        ("https://wards.example.evil.example", "wards.example", NAMED, False),
    ],
)
def test_a_socket_is_opened_to_own_pages_only(origin: str, host: str, known: Settings, is_own: bool) -> None:
    assert is_own_origin(origin, host, known) == is_own
