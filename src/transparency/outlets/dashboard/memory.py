"""Answers kept between visits: decided by the data's version, what is asked and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from threading import Lock
from typing import TypeVar

from cachetools import LRUCache, cached
from cachetools.keys import hashkey

from transparency.store.store import Store

ANSWERS_KEPT = 2000

Asked = str | int | date | tuple[str, ...] | None
Answer = TypeVar("Answer")
Key = tuple[object, ...]


def _key(store: Store, make: Callable[..., object], *asked: Asked) -> Key:
    return hashkey(store.data_version, make, *asked)


# The framework's own caches hash every argument and copy the answer at each visit, which took longer than the rest of a
# page. Here answers are handed out as they are: nothing changes one once it is made.
@cached(LRUCache[Key, object](ANSWERS_KEPT), key=_key, lock=Lock())
def remembered(store: Store, make: Callable[..., Answer], *asked: Asked) -> Answer:
    """What `make(store, *asked)` gives, worked out once for each version of the data."""
    return make(store, *asked)
