"""What was published: figures, the days they are of, the questions asked in public, and the register of sources."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from transparency.core.vocabulary import LONDON_CODE, PROMISED_ON, Figure, Precision, today
from transparency.exhibits.exhibit import Source
from transparency.store.store import Store, memoised, memoised_between

SAID_KINDS = ("reported", "approximate", "restated", "derived")


@memoised_between("SELECT as_at AS day FROM promise_milestone")
def promise_milestones(store: Store, day: date) -> list[dict[str, Any]]:
    """London's figures for wards with two constables since the promise, oldest first, one for each day.

    `wards_count` is blank where only a percentage was published; `share_pct` is blank where no total of
    wards was known. On one day a reported figure comes before an approximate one and that before our sum.
    """
    return store.rows(
        """
        SELECT promise_milestone.*, publisher, title, url
        FROM promise_milestone
        JOIN current_sources AS sources USING (source_id)
        WHERE as_at <= $day
        ORDER BY as_at
        """,
        day=day,
    )


def counter_milestones(store: Store, day: date) -> list[dict[str, Any]]:
    """London's published totals of counters open, and open 24 hours the same day by whichever source; no plan."""
    return store.rows(
        """
        SELECT
            open.as_at, open.as_at_precision, open.kind, open.value AS counters_open_count,
            round_the_clock.value AS counters_24_7_count, open.note,
            open.source_id, sources.publisher, sources.title, sources.url,
            other.publisher AS publisher_24_7, other.url AS url_24_7
        FROM current_published_figures AS open
        LEFT JOIN current_published_figures AS round_the_clock
          ON round_the_clock.metric = 'front_counters_24_7'
         AND round_the_clock.as_at = open.as_at
         AND round_the_clock.geography_code = open.geography_code
         AND round_the_clock.kind IN ('reported', 'approximate')
        LEFT JOIN current_sources AS other
          ON other.source_id = round_the_clock.source_id AND other.source_id <> open.source_id
        JOIN current_sources AS sources ON sources.source_id = open.source_id
        WHERE open.metric = 'front_counters_open' AND open.geography_code = $london
          AND open.kind IN ('reported', 'approximate')
          AND open.as_at >= promised_on() AND open.as_at <= $day
        ORDER BY open.as_at
        """,
        london=LONDON_CODE,
        day=day,
    )


@memoised_between("SELECT unnest([stands_from, stands_until]) AS day FROM published_figure_standing")
def figures_on(store: Store, day: date) -> Mapping[str, Mapping[str, Figure]]:
    """The published figures of London and the boroughs by code and metric, each the newest up to the day."""
    figures: dict[str, dict[str, Figure]] = {}
    for figure in store.records(
        Figure,
        """
        SELECT figures.*, publisher, title, url, published_on
        FROM published_figure_on($day) AS figures
        JOIN current_sources USING (source_id)
        ORDER BY metric
        """,
        day=day,
    ):
        figures.setdefault(figure.geography_code, {})[figure.metric] = figure
    return figures


def published_figures(
    store: Store, day: date, geography_code: str | None = None, metrics: Sequence[str] = ()
) -> tuple[Figure, ...]:
    """Every figure published up to a day, targets and plans among them, oldest first; of one place, of some metrics."""
    return store.records(
        Figure,
        """
        SELECT figures.*, publisher, title, url, published_on
        FROM current_published_figures AS figures
        JOIN current_sources USING (source_id)
        JOIN source_said USING (source_id)
        WHERE said_from(figures.kind, as_at, as_at_precision, said_on) <= $day
          AND ($geography_code IS NULL OR geography_code = $geography_code)
          AND ($metrics = [] OR list_contains($metrics, metric))
        ORDER BY as_at, metric, figure_id
        """,
        day=day,
        geography_code=geography_code,
        metrics=list(metrics),
    )


def user_questions(store: Store) -> list[dict[str, Any]]:
    """What people asked in public, newest first, each with its source."""
    return store.rows(
        """
        SELECT question_id, asked_on, asked_on_precision, asked_by, level, question, publisher, title, url
        FROM current_user_questions
        JOIN current_sources AS sources USING (source_id)
        ORDER BY asked_on DESC, question_id
        """
    )


@dataclass(frozen=True)
class PublishedDay:
    """A day on which something was published about a ward or about London."""

    day: date
    is_of_ward: bool


def published_days(store: Store, ward_code: str) -> tuple[PublishedDay, ...]:
    """The days since the promise on which something was published about the ward or London, newest first."""
    sql = "SELECT * FROM published_day_of_ward($ward_code) WHERE day BETWEEN $first AND $last ORDER BY day DESC"
    return store.records(PublishedDay, sql, ward_code=ward_code, first=PROMISED_ON, last=today())


@memoised
def sources_by_id(store: Store) -> Mapping[str, dict[str, Any]]:
    """Every source by its identifier: publisher, title, address, licence and day of publication."""
    rows = store.rows("SELECT source_id, publisher, title, url, licence, published_on, kind FROM current_sources")
    return {row["source_id"]: row for row in rows}


@memoised
def series_source(store: Store, dataset: str, as_at: date) -> Source | None:
    """The source of a series, as at the month it ends; None where none of it is stored."""
    rows = store.rows("SELECT source_id FROM query_table($table) LIMIT 1", table=f"current_{dataset}")
    if not rows:
        return None
    row = sources_by_id(store)[rows[0]["source_id"]]
    return Source(row["publisher"], row["title"], row["url"], as_at, Precision.MONTH, row["published_on"])


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
