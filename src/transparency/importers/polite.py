"""Asking an official service politely: no faster than it allows, patient when it asks, persistent when it fails.

Proxies and certificates come from the environment (HTTPS_PROXY, SSL_CERT_FILE), as httpx reads them.
"""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from types import TracebackType
from typing import Any

import httpx

from transparency.core.errors import ImportRefusedError
from transparency.importers.download import IN_VAIN, USER_AGENT, cannot_be_asked_for, check_address, in_words
from transparency.importers.packed import HEAD_BYTES, what_it_is

MOST_TRIES = 6
LONGEST_WAIT_S = 120.0
_BUSY = frozenset({429, 500, 502, 503, 504})


class PoliteClient:
    """Reads JSON and files over HTTP. Safe to share between threads, which then keep to one pace together.

    `requests_per_second` bounds the pace; `timeout_s` is how long to wait for any one answer to begin or go on;
    `backoff_s` is the wait before a second try, doubled before each further one.
    """

    def __init__(
        self,
        requests_per_second: float = 15,
        timeout_s: float = 30,
        backoff_s: float = 1,
        most_tries: int = MOST_TRIES,
    ) -> None:
        self._most_tries = most_tries
        self._interval_s = 1 / requests_per_second
        self._backoff_s = backoff_s
        self._lock = threading.Lock()
        self._next_at = 0.0
        self._client = httpx.Client(timeout=timeout_s, follow_redirects=True, headers={"User-Agent": USER_AGENT})

    def __enter__(self) -> PoliteClient:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._client.close()

    def json(self, url: str, parameters: Mapping[str, str] | None = None) -> Any:
        """The answer at `url`; None where there is none (404).

        An answer cut short, a busy or failing server and a silent one are tried again. Raises ImportRefusedError
        when the service refuses, or still fails at the last try.
        """
        return self._asked(url, parameters or {}, httpx.Response.json)

    def content(self, url: str) -> bytes | None:
        """The bytes at `url`; None where there are none (404). Tried again and refused like JSON."""
        content: bytes | None = self._asked(url, {}, lambda answer: answer.content)
        return content

    def _asked(self, url: str, parameters: Mapping[str, str], read: Callable[[httpx.Response], Any]) -> Any:
        check_address(url)
        problem = ""
        for attempt in range(self._most_tries):
            self._await_turn()
            wait_s = min(self._backoff_s * 2**attempt, LONGEST_WAIT_S)
            try:
                answer = self._client.get(url, params=dict(parameters))
                if answer.status_code == 404:
                    return None
                if answer.status_code not in _BUSY:
                    answer.raise_for_status()
                    return read(answer)
                problem = f"status {answer.status_code}"
                wait_s = _asked_to_wait_s(answer.headers.get("Retry-After")) or wait_s
            except httpx.HTTPStatusError as refusal:
                status = refusal.response.status_code
                raise ImportRefusedError(f"{url} refused with status {status}. Check the address.") from refusal
            except (ValueError, RecursionError):
                problem = f"what it sent is {what_it_is(answer.content[:HEAD_BYTES]) or 'text'}, not whole JSON"
            except IN_VAIN as failure:
                raise cannot_be_asked_for(url, failure) from failure
            except httpx.HTTPError as failure:
                problem = in_words(failure)
            if attempt < self._most_tries - 1:
                self._pause(wait_s)
        raise ImportRefusedError(
            f"{url} did not answer in {self._most_tries} tries ({problem}). What has come is kept; ask again later."
        )

    def _await_turn(self) -> None:
        with self._lock:
            starts_at = max(time.monotonic(), self._next_at)
            self._next_at = starts_at + self._interval_s
        time.sleep(max(0.0, starts_at - time.monotonic()))

    def _pause(self, wait_s: float) -> None:
        """Let no thread ask before the wait is over."""
        with self._lock:
            self._next_at = max(self._next_at, time.monotonic() + wait_s)


def _asked_to_wait_s(retry_after: str | None) -> float | None:
    """The wait a Retry-After header asks for (RFC 9110, 10.2.3: seconds or a date), within reason."""
    if not retry_after:
        return None
    try:
        wait_s = float(retry_after)
    except ValueError:
        try:
            # A date of an unknown zone, -0000, is written in UTC (RFC 5322, 3.3).
            asked = parsedate_to_datetime(retry_after)
            wait_s = (asked.replace(tzinfo=asked.tzinfo or UTC) - datetime.now(UTC)).total_seconds()
        except ValueError:
            return None
    return None if math.isnan(wait_s) else min(max(wait_s, 0.0), LONGEST_WAIT_S)
