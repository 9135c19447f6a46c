"""Taking up a newly published release while the server runs, without a restart and without dropping a reader.

Off the path of requests, `Renewal.look` asks every few seconds what is offered: the published folder itself, or a
replica's copy of one (`store/replica.py`). When that has changed and come to rest, the candidate is opened separately,
with every hash and every check, and put in service in one step. Requests under way finish on the store they began with;
it is closed after a time in which the longest of them has ended. What cannot be opened is refused, reported in one
line in the log and in `/health`, and the last good store stays in service.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from transparency.core.errors import TransparencyError
from transparency.core.settings import settings, source_of_replica
from transparency.store.current import SERVICE, RefusedRelease, Service
from transparency.store.database import open_store
from transparency.store.replica import Replica, source_at
from transparency.store.replica_manifest import state_of
from transparency.store.roots import replica_folder, store_root
from transparency.store.store import Store

SECONDS_BEFORE_CLOSING = 300.0
SECONDS_BEFORE_TRYING_AGAIN = 60.0
LONGEST_REASON = 500

_log = logging.getLogger("uvicorn.error")


class PublishedFolder:
    """A store read where it is published: nothing is kept of it and nothing removed."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def state(self) -> str:
        """A short text that changes when something else is offered."""
        return state_of(self._root)

    def kept(self) -> None:
        """What was taken up before this process began is not known."""

    def fetch(self, state: str) -> Path:
        """The folder of the store offered in a state, ready to be opened."""
        return self._root

    def keep(self, folder: Path) -> None:
        """The store in a folder has been taken up."""

    def forget(self, folder: Path) -> None:
        """Nobody reads the store in a folder any more."""


Offer = PublishedFolder | Replica


def offer_here() -> Offer:
    """What this server is set to serve: copies of `TRANSPARENCY_SOURCE` where it is set, else the folder itself."""
    source = source_of_replica()
    return Replica(source_at(source), replica_folder()) if source else PublishedFolder(store_root())


class Renewal:
    """Keeps the newest good store that is offered in service. One thread at a time may look."""

    def __init__(self, offer: Offer, service: Service = SERVICE, clock: Callable[[], float] = time.monotonic) -> None:
        self._offer = offer
        self._service = service
        self._clock = clock
        self._in_service = ""
        self._seen = ""
        self._refused_state = ""
        self._refused_at = 0.0
        self._replaced: list[tuple[float, Store]] = []

    def begin(self) -> None:
        """Put a first store in service: the one kept from before, else what is offered now, else none yet."""
        try:
            kept = self._offer.kept()
            if kept is not None:
                self._service.replace(open_store(kept[1]))
                self._in_service = kept[0]
                return
        except (TransparencyError, OSError) as error:
            self._refuse("", error)
        state = self._state()
        if state is not None:
            self._take_up(state)

    def look(self) -> bool:
        """See what is offered; whether another store was put in service."""
        self._close_replaced()
        state = self._state()
        if state is None:
            return False
        if state == self._in_service:
            self._service.refused = None
            return False
        # Half-copied files go on changing: only what is the same at two looks is opened.
        is_at_rest, self._seen = state == self._seen, state
        is_refused = state == self._refused_state and self._clock() < self._refused_at + SECONDS_BEFORE_TRYING_AGAIN
        return is_at_rest and not is_refused and self._take_up(state)

    def _state(self) -> str | None:
        try:
            return self._offer.state()
        except (TransparencyError, OSError) as error:
            self._refuse("", error)
            return None

    def _take_up(self, state: str) -> bool:
        try:
            folder = self._offer.fetch(state)
            store = open_store(folder)
            if self._offer.state() != state:
                store.close()
                return False
            self._offer.keep(folder)
        except (TransparencyError, OSError) as error:
            self._refuse(state, error)
            return False
        before = self._service.replace(store)
        self._in_service, self._refused_state = state, ""
        if before is not None:
            self._replaced.append((self._clock(), before))
            _log.warning("Data version %s is in service, after %s.", store.data_version, before.data_version)
        return True

    def _refuse(self, state: str, error: Exception) -> None:
        reason = "; ".join(str(error).splitlines())[:LONGEST_REASON]
        self._refused_state, self._refused_at = state, self._clock()
        known = self._service.refused
        if known is None or known.reason != reason:
            self._service.refused = RefusedRelease(reason, datetime.now(UTC))
            serving = self._service.now()
            stays = f"data version {serving.data_version} stays in service" if serving else "there is none to serve"
            _log.error("A release was refused, and %s: %s", stays, reason)

    def _close_replaced(self) -> None:
        """Close the stores that no request can still be reading."""
        over = self._clock() - SECONDS_BEFORE_CLOSING
        for _, store in [item for item in self._replaced if item[0] <= over]:
            store.close()
            self._offer.forget(store.root)
        self._replaced = [item for item in self._replaced if item[0] > over]


class Watch:
    """Looks for a newer store in a separate thread, which ends with the process."""

    def __init__(self, renewal: Renewal, on_renewed: Callable[[], None]) -> None:
        self._renewal = renewal
        self._on_renewed = on_renewed
        self._stopped = threading.Event()
        self._seconds = settings().look_seconds
        self._thread = threading.Thread(target=self._run, name="renewal", daemon=True)

    def start(self) -> None:
        """Begin to look."""
        self._thread.start()

    def stop(self) -> None:
        """Look no more; a look under way is not waited for."""
        self._stopped.set()

    def _run(self) -> None:
        while not self._stopped.wait(self._seconds):
            try:
                if self._renewal.look():
                    self._on_renewed()
            except Exception:
                # Whatever went wrong, the store in service stays there and the next look comes.
                _log.exception("Looking for a new release failed.")
