"""What was published, by the day it describes: ward figures, figures of London and boroughs, events of sites."""

from __future__ import annotations

from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import Any

from transparency.core.vocabulary import LONDON_CODE, PROMISED_ON
from transparency.store.store import Store, memoised

Rows = list[dict[str, Any]]


def ward_figures(
    store: Store, borough_code: str | None = None, ward_code: str | None = None
) -> list[tuple[tuple[date, int], Rows]]:
    """Every published row about a ward since the promise, by as-at date and revision, newest first.

    Of London, of one borough (as its wards are now), or of one ward; each row with its source.
    """
    rows = _staffing(store, borough_code, ward_code)
    return [(key, list(group)) for key, group in groupby(rows, itemgetter("snapshot_as_at", "revision"))]


@memoised
def _staffing(store: Store, borough_code: str | None, ward_code: str | None) -> Rows:
    return store.rows(
        """
        SELECT staffing.*, ward_name, borough_code, publisher, title, url
        FROM all_staffing AS staffing
        JOIN ward USING (ward_code)
        JOIN current_sources AS sources USING (source_id)
        WHERE staffing.snapshot_as_at >= $promised_on
          AND ($borough_code IS NULL OR borough_code = $borough_code)
          AND ($ward_code IS NULL OR ward_code = $ward_code)
        ORDER BY staffing.snapshot_as_at DESC, staffing.revision DESC, ward_name, ward_code
        """,
        promised_on=PROMISED_ON,
        borough_code=borough_code,
        ward_code=ward_code,
    )


def place_figures(store: Store, geography_code: str = LONDON_CODE) -> list[tuple[tuple[date, str], Rows]]:
    """The figures published of London or a borough since the promise, by as-at date and source, newest first."""
    rows = store.rows(
        """
        SELECT figures.*, publisher, title, url
        FROM current_published_figures AS figures
        JOIN current_sources AS sources USING (source_id)
        WHERE geography_code = $geography_code AND as_at >= $promised_on
          AND is_said(figures.kind)
        ORDER BY as_at DESC, source_id, figure_id
        """,
        geography_code=geography_code,
        promised_on=PROMISED_ON,
    )
    return [(key, list(group)) for key, group in groupby(rows, itemgetter("as_at", "source_id"))]


def site_changes(store: Store, borough_code: str | None = None) -> list[tuple[tuple[date, str], Rows]]:
    """What happened to sites since the promise, by day and event, newest first; of London or one borough."""
    rows = store.rows(
        """
        SELECT events.*, dated.snapshot_published_on, publisher, title, url
        FROM site_event_dated AS events
        CROSS JOIN site_events_published AS dated
        JOIN current_sources AS sources USING (source_id)
        WHERE event_on >= $promised_on AND event <> 'open'
          AND ($borough_code IS NULL OR borough_code = $borough_code)
        ORDER BY event_on DESC, event, borough_name, site_name, source_id
        """,
        promised_on=PROMISED_ON,
        borough_code=borough_code,
    )
    return [(key, list(group)) for key, group in groupby(rows, itemgetter("event_on", "event"))]
