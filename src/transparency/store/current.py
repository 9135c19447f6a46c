"""The store in service in this process."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from datetime import datetime

from transparency.core.errors import StoreError
from transparency.store.database import open_store
from transparency.store.store import Store


@dataclass(frozen=True)
class RefusedRelease:
    """A release that was offered and not taken up: why, in one line, and when that was found."""

    reason: str
    found_at: datetime


class Service:
    """The store in service, the same for every thread, until another one is put in its place.

    A reader asks for it once and keeps it to the end of the request, so that all of an answer is of one version.
    """

    def __init__(self) -> None:
        self.refused: RefusedRelease | None = None
        self._store: Store | None = None
        self._opening = threading.Lock()

    def store(self) -> Store:
        """The store in service; the first call opens it unless it was refused before, and raises StoreError."""
        store = self._store
        if store is not None:
            return store
        with self._opening:
            if self._store is None:
                if self.refused is not None:
                    raise StoreError(self.refused.reason)
                self._store = open_store()
            return self._store

    def replace(self, store: Store | None) -> Store | None:
        """Put `store` in service; returns the one that was, which requests under way still read."""
        with self._opening:
            before, self._store = self._store, store
            self.refused = None
            return before

    def now(self) -> Store | None:
        """The store in service, or None where none has been opened."""
        return self._store


SERVICE = Service()


def shared_store() -> Store:
    """The store of this process, opened at the first call."""
    return SERVICE.store()
