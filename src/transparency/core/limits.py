"""How often one client may search. No address is kept: only a keyed hash of it, for a minute."""

from __future__ import annotations

import hashlib
import ipaddress
import math
import secrets
import threading
import time
from collections.abc import Callable

from cachetools import TTLCache

from transparency.core.settings import settings

_MINUTE = 60.0
MOST_CLIENTS = 50_000


class RateLimit:
    """At most `per_minute` in any burst, then one every 60 / `per_minute` seconds, for each client.

    The generic cell rate algorithm (ITU-T I.371, 4.4.1): of each client only the moment is kept at which its
    allowance is whole again, and nothing a minute after it was last heard of, when it is whole. `per_minute` 0 allows
    any number. When more than MOST_CLIENTS are counted at once, those longest unheard of are forgotten. Safe to share
    between threads.
    """

    def __init__(self, per_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._interval = _MINUTE / per_minute if per_minute else 0.0
        self._clock = clock
        self._whole_at: TTLCache[bytes, float] = TTLCache(MOST_CLIENTS, _MINUTE, timer=clock)
        self._key = secrets.token_bytes(16)
        self._lock = threading.Lock()

    def seconds_to_wait(self, client: str) -> int:
        """0, and this time is counted; or in how many whole seconds the client may try again."""
        if not self._interval:
            return 0
        key, now = self._hashed(client), self._clock()
        with self._lock:
            whole_at = max(self._whole_at.get(key, now), now) + self._interval
            if whole_at - now > _MINUTE + 1e-6:
                return math.ceil(whole_at - now - _MINUTE)
            self._whole_at[key] = whole_at
            return 0

    def _hashed(self, client: str) -> bytes:
        return hashlib.blake2b(_network(client).encode(), key=self._key, digest_size=16).digest()


def _network(client: str) -> str:
    """A client's address, or for IPv6 its network of 64 bits, which one household or server has to itself."""
    try:
        address = ipaddress.ip_address(client.partition("%")[0])
    except ValueError:
        return client
    if address.version == 6:
        if address.ipv4_mapped is not None:
            return str(address.ipv4_mapped)
        return str(ipaddress.ip_network((address, 64), strict=False))
    return str(address)


def too_many(seconds: int) -> str:
    """The message for a client that has searched too often."""
    wait = "a second" if seconds == 1 else f"{seconds} seconds"
    return f"That was a lot of searches. Wait {wait} and try again."


SEARCHES = RateLimit(settings().searches)
