"""Boroughs: which there are, how they compare on a day, and what is known of one of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from operator import attrgetter
from typing import Any

from transparency.core.vocabulary import Borough, Figure
from transparency.published.queries import published_figures
from transparency.store.store import Store

PATHFINDERS = {
    "camden-islington": ("E09000007", "E09000019"),
    "east": ("E09000002", "E09000016", "E09000026"),
}


PATHFINDER_NAMES = {
    "camden-islington": "Camden and Islington",
    "east": "Barking and Dagenham, Havering and Redbridge",
}


@dataclass(frozen=True)
class Ranked:
    """A row with its rank: ties share one, and `is_no_real_difference` marks a gap under one ward to the row above."""

    row: dict[str, Any]
    rank: int
    is_tied: bool
    is_no_real_difference: bool

    @property
    def words(self) -> str:
        """3, or 3= where others share the rank."""
        return f"{self.rank}=" if self.is_tied else str(self.rank)


def chosen(rows: Sequence[dict[str, Any]], codes: tuple[str, ...]) -> list[dict[str, Any]]:
    """The rows of the boroughs chosen; all where none is."""
    return [row for row in rows if not codes or row["borough_code"] in codes]


def borough_context(store: Store, day: date) -> list[dict[str, Any]]:
    """Every borough on a day (view borough_context_on): counters, hours, distance, wards, population."""
    return store.rows("SELECT * FROM borough_context_on($day) ORDER BY borough_name", day=day)


def borough_measure(store: Store, measure: str, day: date) -> list[dict[str, Any]]:
    """Every borough on one measure of the promise (promise, pcs or pcsos), by name (view borough_measure_on)."""
    return store.rows(
        "SELECT * FROM borough_measure_on($day) WHERE measure = $measure ORDER BY borough_name",
        day=day,
        measure=measure,
    )


def ranked_by_wards(store: Store, rows: Sequence[dict[str, Any]]) -> list[Ranked]:
    """Rows of borough_measure_on, or of its twin by month, that can be ranked, best first (macro ranked_by_wards)."""
    columns = ("borough_name", "wards_met_count", "wards_count", "is_ranked")
    return _ranked(store, "SELECT * FROM ranked_by_wards($compared) ORDER BY place", rows, columns)


def ranked_by_value(store: Store, rows: Sequence[dict[str, Any]], column: str, decimals: int = 0) -> list[Ranked]:
    """Rows with a value in `column`, largest first; ties by the value rounded (macro ranked_by_value)."""
    valued = [row | {"value": row[column]} for row in rows]
    sql = "SELECT * FROM ranked_by_value($compared, $decimals) ORDER BY place"
    return _ranked(store, sql, valued, ("borough_name", "value"), decimals=decimals)


def _ranked(
    store: Store, sql: str, rows: Sequence[dict[str, Any]], columns: tuple[str, ...], **parameters: Any
) -> list[Ranked]:
    if not rows:
        return []
    compared = [{column: row[column] for column in columns} for row in rows]
    by_name = {row["borough_name"]: row for row in rows}
    return [
        Ranked(by_name[placed["borough_name"]], placed["rank"], placed["is_tied"], placed["is_no_real_difference"])
        for placed in store.rows(sql, compared=compared, **parameters)
    ]


def similar_boroughs(store: Store, borough_code: str, day: date, limit: int = 5) -> list[dict[str, Any]]:
    """The boroughs nearest in number of wards and population per ward (view borough_likeness_on)."""
    return store.rows(
        """
        SELECT *
        FROM borough_likeness_on($day)
        WHERE borough_code = $borough_code
        ORDER BY likeness_distance, other_borough_name
        LIMIT $limit
        """,
        borough_code=borough_code,
        day=day,
        limit=limit,
    )


def borough_changes(store: Store, borough_code: str, day: date) -> list[dict[str, Any]]:
    """What is newer than the declaration or an earlier figure: each ward's two latest rows, newest first.

    Wards of the set in force on the day only (view ward_change_on).
    """
    return store.rows(
        """
        SELECT change.*, wards.ward_name, sources.publisher, sources.title, sources.url
        FROM ward_change_on($day) AS change
        JOIN ward_on($day) AS wards ON wards.ward_code = change.ward_code
        JOIN current_sources AS sources ON sources.source_id = change.source_id
        WHERE wards.borough_code = $borough_code
        ORDER BY change.as_at DESC, wards.ward_name
        """,
        borough_code=borough_code,
        day=day,
    )


def borough_figures(store: Store, borough_code: str, day: date) -> list[Figure]:
    """The borough's own published figures up to a day, newest first; targets and plans keep their kind."""
    return sorted(published_figures(store, day, borough_code), key=attrgetter("as_at"), reverse=True)


def in_selection(
    boroughs: Sequence[Borough],
    codes: Sequence[str] = (),
    bcu_code: str | None = None,
    pathfinder: str | None = None,
) -> tuple[Borough, ...]:
    """The boroughs a reader asked for: a set of their own, a command unit, a pathfinder, or all."""
    return tuple(
        borough
        for borough in boroughs
        if (not codes or borough.borough_code in codes)
        and (bcu_code is None or borough.bcu_code == bcu_code)
        and (pathfinder is None or borough.borough_code in PATHFINDERS[pathfinder])
    )
