"""All that the server keeps to answer again stays within one budget."""

from typing import Any

from transparency.core import keeping
from transparency.outlets.dashboard import show
from transparency.store.store import ROWS_KEPT
from transparency.web import dashboard, documents, shell


def test_the_caches_together_stay_within_the_budget() -> None:
    caches: tuple[Any, ...] = (documents._kept, show.linked.cache, dashboard._opening.cache, shell._sent.cache)
    kept = sum(cache.maxsize for cache in caches) + ROWS_KEPT * keeping.ROW_BYTES
    assert 0.99 * keeping.KEPT_BYTES <= kept <= keeping.KEPT_BYTES == 192 * 1024 * 1024
