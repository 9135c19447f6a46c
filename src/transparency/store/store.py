"""An opened store: its tables and views, asked with static SQL."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from transparency.core.vocabulary import (
    Finding,
)
from transparency.store.holdings import Holding
from transparency.store.snapshots import Snapshot

DEMONSTRATION_NOTICE = "Demonstration data: invented"


@dataclass(frozen=True, eq=False)
class Store:
    """An opened store, equal to itself only. Safe to share between threads: each query runs on a cursor of its own.

    `preview_of` names what a preview would publish; it is empty for every other store.
    """

    root: Path
    connection: duckdb.DuckDBPyConnection
    snapshots: tuple[Snapshot, ...]
    holdings: tuple[Holding, ...]
    findings: tuple[Finding, ...]
    data_version: str
    newest_as_at: date | None
    is_demonstration: bool
    preview_of: str = ""

    @property
    def notice(self) -> str:
        """What every page and print has to say before anything else; empty for a store of published facts."""
        preview = f"Preview, not published: {self.preview_of}" if self.preview_of else ""
        return ". ".join(filter(None, (preview, DEMONSTRATION_NOTICE if self.is_demonstration else "")))

    def query(self, sql: str, **parameters: Any) -> pd.DataFrame:
        """Run one static SELECT with bound `$name` parameters; returns its rows as a table."""
        with self.connection.cursor() as cursor:
            return cursor.execute(sql, parameters).df()

    def rows(self, sql: str, **parameters: Any) -> list[dict[str, Any]]:
        """Run one static SELECT; returns its rows as plain Python values, missing as None."""
        with self.connection.cursor() as cursor:
            cursor.execute(sql, parameters)
            names = [column[0] for column in cursor.description or ()]
            return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    def holding(self, name: str) -> Holding | None:
        """The official boundaries or postcodes held under a name when the store was opened, or None."""
        return next((held for held in self.holdings if held.name == name), None)

    def close(self) -> None:
        """Let go of the database; no query may follow."""
        self.connection.close()


DAYS_KEPT = 32


STORES_KEPT = 4
