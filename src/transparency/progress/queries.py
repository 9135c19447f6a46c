"""Progress towards two constables and one PCSO in every ward: London's and a borough's, on any day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from transparency.core.vocabulary import (
    LONDON_CODE,
    PROMISED_ON,
    Half,
    InterimTarget,
    KnownAs,
    Precision,
    ProgressPoint,
    PromiseStatus,
    RequiredPace,
    today,
)
from transparency.places.queries import find_borough
from transparency.progress.sentences import newest, pace_sentence, progress_sentence

if TYPE_CHECKING:
    from transparency.store.store import Store

AFTER_DUE_METRICS = (
    "wards_with_two_pcs",
    "dwo_total",
    "new_dwo",
    "pcso_per_ward_minimum",
    "dwo_posts",
    "dwo_posts_vacant",
    "dwo_per_ward",
    "dwo_per_ward_minimum",
    "pcso_per_ward",
    "wards_with_two_pcs_percent",
    "wards_with_pcso_percent",
)
AFTER_DUE_FROM = date(2017, 12, 1)


@dataclass(frozen=True)
class Progress:
    """What is known of a place on a day.

    `counts` is a row of borough_status_on: wards by status and evidence, counted ward by ward. `points` are
    oldest first. `status` is the promise rated by published, declared and counted points; None where there is
    none. `figures` are the place's published figures by metric, each with its own date and source.
    """

    geography_code: str
    place: str
    day: date
    counts: dict[str, Any]
    points: tuple[ProgressPoint, ...]
    pace: RequiredPace | None
    status: PromiseStatus | None
    figures: dict[str, dict[str, Any]]

    @property
    def sentence(self) -> str:
        """What is known, in words."""
        pcs = newest(self.points, Half.PCS)
        delivered = self.figures.get("wards_second_pc_delivered")
        is_our_sum = pcs is not None and pcs.known_as is KnownAs.DERIVED
        return progress_sentence(
            self.place,
            self.counts["wards_count"],
            self.day,
            self.points,
            delivered["value"] if delivered and is_our_sum else None,
        )

    @property
    def pace_sentence(self) -> str | None:
        """The required pace in words; None where no count has been published."""
        return None if self.pace is None else pace_sentence(self.pace, self.day)


def progress(store: Store, day: date, borough_code: str | None = None) -> Progress:
    """Progress of London, or of the borough named. Raises UnknownPlaceError for a code of no borough."""
    if borough_code is None:
        geography_code, place = LONDON_CODE, "London"
        counts = store.rows("SELECT * FROM london_status_on($day)", day=day)[0]
    else:
        borough = find_borough(store, borough_code)
        geography_code, place = borough.borough_code, borough.borough_name
        counts = store.rows(
            "SELECT * FROM borough_status_on($day) WHERE borough_code = $code", day=day, code=geography_code
        )[0]
    return Progress(
        geography_code=geography_code,
        place=place,
        day=day,
        counts=counts,
        points=progress_points(store, geography_code, day),
        pace=required_pace(store, geography_code, day),
        status=promise_status(store, geography_code, day),
        figures=figures_with_sources(store, geography_code, day),
    )


def progress_points(store: Store, geography_code: str, day: date) -> tuple[ProgressPoint, ...]:
    """The points of a place up to a day, oldest first (view progress_point)."""
    rows = store.rows(
        """
        SELECT point.*, sources.publisher, sources.title, sources.url
        FROM progress_point AS point
        JOIN current_sources AS sources USING (source_id)
        WHERE geography_code = $geography_code AND as_at <= $day
        ORDER BY as_at, half, known_as DESC
        """,
        geography_code=geography_code,
        day=day,
    )
    return tuple(
        ProgressPoint(
            geography_code=row["geography_code"],
            as_at=row["as_at"],
            precision=Precision(row["as_at_precision"]),
            half=Half(row["half"]),
            wards_met_count=row["wards_met_count"],
            wards_count=row["wards_count"],
            wards_met_pct=row["wards_met_pct"],
            known_as=KnownAs(row["known_as"]),
            publisher=row["publisher"],
            title=row["title"],
            url=row["url"],
            source_id=row["source_id"],
        )
        for row in rows
    )


def required_pace(store: Store, geography_code: str, day: date) -> RequiredPace | None:
    """The required and achieved pace on a day, or None without a count (view required_pace_on)."""
    rows = store.rows(
        "SELECT * EXCLUDE (source_id) FROM required_pace_on($day) WHERE geography_code = $geography_code",
        day=day,
        geography_code=geography_code,
    )
    if not rows:
        return None
    row = rows[0]
    return RequiredPace(
        **{
            **row,
            "latest_precision": Precision(row["latest_precision"]),
            "latest_known_as": KnownAs(row["latest_known_as"]),
            "start_known_as": KnownAs(row["start_known_as"]),
        }
    )


def promise_status(store: Store, geography_code: str, day: date) -> PromiseStatus | None:
    """The promise rated on a day by what was published, declared or counted of a place; None where nothing was."""
    rows = store.rows(
        "SELECT promise_status FROM ward_promise_status_on($day) WHERE geography_code = $geography_code",
        day=day,
        geography_code=geography_code,
    )
    return PromiseStatus(rows[0]["promise_status"]) if rows else None


def interim_target(store: Store, day: date) -> InterimTarget | None:
    """The new officers promised by Christmas 2016, and the first figure reported on or after it up to the day."""
    rows = interim_figures(store, day)
    if not rows:
        return None
    target, reported = rows[0], rows[1] if len(rows) > 1 else None
    return InterimTarget(
        target_count=target["value"],
        due_on=target["as_at"],
        reported_count=reported["value"] if reported else None,
        reported_on=reported["as_at"] if reported else None,
        reported_precision=Precision(reported["as_at_precision"] if reported else "day"),
    )


def interim_figures(store: Store, day: date) -> list[dict[str, Any]]:
    """The interim target and, where there is one up to the day, the figure that answers it, with their sources."""
    return store.rows(
        """
        WITH new_officers AS (
            SELECT figures.as_at, figures.as_at_precision, value, figures.kind, figure_id, publisher, title, url
            FROM current_published_figures AS figures
            JOIN current_sources AS sources USING (source_id)
            WHERE geography_code = $london AND metric = 'new_dwo'
        ),
        target AS (
            SELECT * FROM new_officers WHERE kind = 'target' ORDER BY as_at, figure_id LIMIT 1
        ),
        reported AS (
            SELECT *
            FROM new_officers
            WHERE kind = 'reported' AND as_at <= $day AND as_at >= (SELECT as_at FROM target)
            ORDER BY as_at, figure_id
            LIMIT 1
        )
        SELECT *, 1 AS place FROM target
        UNION ALL
        SELECT *, 2 FROM reported
        ORDER BY place
        """,
        london=LONDON_CODE,
        day=day,
    )


def figures_with_sources(store: Store, geography_code: str, day: date) -> dict[str, dict[str, Any]]:
    """A place's newest figures up to a day by metric, each with its source (view published_figure_on)."""
    rows = store.rows(
        """
        SELECT figures.*, publisher, title, url
        FROM published_figure_on($day) AS figures
        JOIN current_sources AS sources USING (source_id)
        WHERE geography_code = $geography_code
        ORDER BY metric
        """,
        geography_code=geography_code,
        day=day,
    )
    return {row["metric"]: row for row in rows}


def figures_after_due(store: Store, geography_code: str, day: date) -> list[dict[str, Any]]:
    """What was published or declared of a place's ward officers from December 2017 to the day, oldest first."""
    return store.rows(
        """
        SELECT figures.as_at, figures.as_at_precision, metric, value, unit, figures.kind, note,
               publisher, title, url,
               metric LIKE '%per_ward%' OR source_id IN (SELECT source_id FROM declaring_source) AS is_declared
        FROM current_published_figures AS figures
        JOIN current_sources AS sources USING (source_id)
        WHERE geography_code = $geography_code
          AND list_contains($metrics, metric)
          AND figures.kind IN ('reported', 'approximate', 'derived')
          AND figures.as_at BETWEEN $first AND $day
        ORDER BY figures.as_at, figure_id
        """,
        geography_code=geography_code,
        metrics=list(AFTER_DUE_METRICS),
        first=AFTER_DUE_FROM,
        day=day,
    )


def boroughs_progress(store: Store, day: date) -> list[dict[str, Any]]:
    """Every borough on a day, by name (view borough_status_on)."""
    return store.rows("SELECT * FROM borough_status_on($day) ORDER BY borough_name", day=day)


def progress_days(store: Store, borough_code: str | None = None) -> list[tuple[date, str]]:
    """The days on which something was published of London or the borough, or of a ward, newest first."""
    rows = store.rows(
        "SELECT * FROM published_day_of($geography_code) WHERE day BETWEEN $first AND $last ORDER BY day DESC",
        geography_code=borough_code or LONDON_CODE,
        first=PROMISED_ON,
        last=today(),
    )
    place = "London" if borough_code is None else "this borough"
    return [(row["day"], place if row["is_of_place"] else "some wards") for row in rows]


def status_sources(store: Store, day: date, borough_code: str | None = None) -> list[dict[str, Any]]:
    """The sources of the ward rows that decide on a day, newest first, each with the newest day it speaks of."""
    return store.rows(
        "SELECT * FROM ward_status_source_on($day, $borough_code) ORDER BY as_at DESC, publisher",
        day=day,
        borough_code=borough_code,
    )
