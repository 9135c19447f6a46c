"""How often a client may search, counted without its address."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transparency.core.limits import MOST_CLIENTS, RateLimit, too_many


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_a_burst_is_answered_then_one_at_a_time_as_the_minute_passes() -> None:
    clock = Clock()
    limit = RateLimit(6, clock)  # one every ten seconds
    assert [limit.seconds_to_wait("192.0.2.1") for _ in range(7)] == [0, 0, 0, 0, 0, 0, 10]
    clock.now += 4
    assert limit.seconds_to_wait("192.0.2.1") == 6
    clock.now += 6
    assert [limit.seconds_to_wait("192.0.2.1") for _ in range(2)] == [0, 10]
    assert limit.seconds_to_wait("192.0.2.2") == 0


def test_zero_is_no_limit() -> None:
    limit = RateLimit(0)
    assert {limit.seconds_to_wait("192.0.2.1") for _ in range(1000)} == {0}
    assert len(limit._whole_at) == 0


def test_nothing_is_kept_of_a_client_when_its_minute_is_over() -> None:
    clock = Clock()
    limit = RateLimit(6, clock)
    for _ in range(6):
        limit.seconds_to_wait("192.0.2.1")
    assert len(limit._whole_at) == 1
    clock.now += 60
    assert len(limit._whole_at) == 0


def test_the_address_itself_is_nowhere_in_what_is_kept() -> None:
    limit = RateLimit(6)
    limit.seconds_to_wait("192.0.2.1")
    assert "192.0.2.1" not in repr(vars(limit))
    assert all(len(key) == 16 for key in limit._whole_at)


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("::ffff:192.0.2.1", "192.0.2.1", True),
        ("fe80::1%eth0", "fe80::2", True),
        ("", "", True),
    ],
)
def test_addresses_of_one_network_are_one_client(one: str, other: str, is_same: bool) -> None:
    limit = RateLimit(1)
    assert limit.seconds_to_wait(one) == 0
    assert (limit.seconds_to_wait(other) > 0) == is_same


def test_a_flood_of_addresses_does_not_fill_the_memory() -> None:
    limit = RateLimit(6, Clock())
    for number in range(MOST_CLIENTS + 100):
        limit.seconds_to_wait(f"client {number}")
    assert len(limit._whole_at) == MOST_CLIENTS


@given(
    per_minute=st.integers(1, 200),
    pauses=st.lists(st.floats(0, 90, allow_nan=False), min_size=1, max_size=400),
)
def test_in_no_minute_more_is_answered_than_burst_and_rate_allow(per_minute: int, pauses: list[float]) -> None:
    clock = Clock()
    limit = RateLimit(per_minute, clock)
    answered = []
    for pause in pauses:
        clock.now += pause
        wait = limit.seconds_to_wait("client")
        assert 0 <= wait <= 60
        if not wait:
            answered.append(clock.now)
    for first in answered:
        assert sum(first <= moment < first + 60 for moment in answered) <= 2 * per_minute


def test_the_words_count_one_second() -> None:
    assert too_many(1).endswith("Wait a second and try again.")
    assert too_many(2).endswith("Wait 2 seconds and try again.")
