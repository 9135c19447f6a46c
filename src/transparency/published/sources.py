"""The register of sources: how many there are of each kind, and which."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from transparency.store.store import Store, memoised


@memoised
def sources_by_id(store: Store) -> Mapping[str, dict[str, Any]]:
    """Every source by its identifier: publisher, title, address, licence and day of publication."""
    rows = store.rows("SELECT source_id, publisher, title, url, licence, published_on, kind FROM current_sources")
    return {row["source_id"]: row for row in rows}


def sources_by_kind(store: Store) -> list[dict[str, Any]]:
    """Every kind of source with its counts of sources and publishers, the most frequent first."""
    return store.rows("SELECT * FROM source_kind ORDER BY sources_count DESC, kind")


def sources_of_kind(store: Store, kind: str) -> list[dict[str, Any]]:
    """The sources of a kind, by publisher, the newest of each first; `url` and `published_on` may be None."""
    return store.rows(
        """
        SELECT source_id, publisher, title, published_on, url
        FROM current_sources
        WHERE kind = $kind
        ORDER BY publisher, published_on DESC NULLS LAST, title
        """,
        kind=kind,
    )
