"""The standing of a site on a few events made up for it, worked out by hand."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import duckdb

import transparency.counters

STANDING = Path(transparency.counters.__file__).parent / "sql" / "52_site_standing.sql"


def test_a_base_last_seen_in_use_over_two_years_ago_is_not_known_although_it_was_seen_again_later() -> None:
    with duckdb.connect() as connection:
        connection.execute("""
            CREATE TABLE site AS SELECT 's' AS site_id, 'dwo_base' AS site_kind;
            CREATE TABLE site_event_dated AS
            SELECT 's' AS site_id, row_number() OVER () AS source_row, 'open' AS event, seen_on AS event_on,
                   seen_on AS effective_on, seen_on AS possible_from, NULL::DATE AS hours_in_force_from,
                   NULL AS opening_hours, 'day' AS date_precision, 'confirmed' AS evidence, 'a' AS source_id
            FROM (VALUES (DATE '2018-06-01'), (DATE '2024-06-01')) AS made(seen_on)
        """)
        connection.execute(STANDING.read_text(encoding="utf-8"))
        standing = "SELECT stands_from, site_status FROM site_standing WHERE stands_from > '2017-01-01' ORDER BY 1"
        assert connection.execute(standing).fetchall() == [
            (date(2018, 6, 1), "open"),
            (date(2019, 6, 2), "open"),
            (date(2020, 6, 2), "not_known"),
            (date(2024, 6, 1), "open"),
            (date(2025, 6, 2), "open"),
            (date(2026, 6, 2), "not_known"),
        ]
