"""Progress towards two constables and one PCSO in every ward: London's and a borough's, on any day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from operator import attrgetter
from typing import Any

from transparency.core.vocabulary import (
    LONDON_CODE,
    PROMISED_ON,
    Figure,
    Half,
    InterimTarget,
    KnownAs,
    ProgressPoint,
    PromiseStatus,
    RequiredPace,
    today,
)
from transparency.places.queries import find_borough
from transparency.progress.sentences import newest
from transparency.published.queries import figures_on, published_figures
from transparency.store.store import Store, memoised
from transparency.wards.queries import boroughs_on

OFFICER_METRICS = (
    "wards_with_two_pcs",
    "wards_with_two_pcs_percent",
    "wards_with_pcso_percent",
    "dwo_total",
    "new_dwo",
    "new_dwo_high_demand",
    "new_dwo_second_officer",
    "dwo_posts",
    "dwo_posts_vacant",
    "dwo_per_ward",
    "dwo_per_ward_minimum",
    "pcso_per_ward",
    "pcso_per_ward_minimum",
)


@dataclass(frozen=True)
class Progress:
    """What is known of a place on a day.

    `counts` is a row of borough_status_on: wards by status and evidence, counted ward by ward. `points` are
    oldest first. `status` is the promise rated by published, declared and counted points; None where there is
    none. `figures` are the place's published figures by metric, each with its own date and source; `announced` is the
    first statement that every ward of London had its officers.
    """

    geography_code: str
    place: str
    day: date
    counts: dict[str, Any]
    points: tuple[ProgressPoint, ...]
    pace: RequiredPace | None
    status: PromiseStatus | None
    figures: Mapping[str, Figure]
    announced: ProgressPoint | None

    @property
    def is_london(self) -> bool:
        """Whether it is of London, not of a borough."""
        return self.geography_code == LONDON_CODE

    @property
    def newest_point(self) -> ProgressPoint | None:
        """What decides: of constables, or where nothing is known of them of PCSOs."""
        return newest(self.points, Half.PCS) or newest(self.points, Half.PCSOS)

    @property
    def beside(self) -> ProgressPoint | None:
        """What was said of PCSOs together with it."""
        point, pcsos = self.newest_point, newest(self.points, Half.PCSOS)
        if point is None or pcsos is None or pcsos == point:
            return None
        return pcsos if (pcsos.as_at, pcsos.source_id) == (point.as_at, point.source_id) else None


def progress(store: Store, day: date, borough_code: str | None = None) -> Progress:
    """Progress of London, or of the borough named. Raises UnknownPlaceError for a code of no borough."""
    if borough_code is None:
        geography_code, place = LONDON_CODE, "London"
        counts = store.rows("SELECT * FROM london_status_on($day)", day=day)[0]
    else:
        borough = find_borough(store, borough_code)
        geography_code, place = borough.borough_code, borough.borough_name
        counts = boroughs_on(store, day)[geography_code]
    london = progress_points(store, LONDON_CODE, day)
    return Progress(
        geography_code=geography_code,
        place=place,
        day=day,
        counts=counts,
        points=progress_points(store, geography_code, day),
        pace=required_pace(store, geography_code, day),
        status=promise_status(store, geography_code, day),
        figures=figures_on(store, day).get(geography_code, {}),
        announced=next((each for each in london if each.known_as is KnownAs.DECLARED), None),
    )


def progress_points(store: Store, geography_code: str, day: date) -> tuple[ProgressPoint, ...]:
    """The points of a place up to a day, oldest first (view progress_point)."""
    return store.records(
        ProgressPoint,
        """
        SELECT point.*, publisher, title, url, published_on
        FROM progress_point AS point
        JOIN current_sources USING (source_id)
        WHERE geography_code = $geography_code AND known_on <= $day
        ORDER BY as_at, half, known_as DESC
        """,
        geography_code=geography_code,
        day=day,
    )


def required_pace(store: Store, geography_code: str, day: date) -> RequiredPace | None:
    """The required and achieved pace on a day, or None without a count (view required_pace_on)."""
    sql = "SELECT * FROM required_pace_on($day) WHERE geography_code = $geography_code"
    return next(iter(store.records(RequiredPace, sql, day=day, geography_code=geography_code)), None)


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
    figures = published_figures(store, date.max, LONDON_CODE, ("new_dwo",))
    officers = [figure for figure in figures if figure.value is not None]
    target = next((figure for figure in officers if figure.kind == "target"), None)
    if target is None:
        return None
    answers = (each for each in officers if each.kind == "reported" and target.as_at <= each.as_at <= day)
    return InterimTarget(target, next(answers, None))


def officer_figures(store: Store, geography_code: str, day: date) -> list[Figure]:
    """What was published, announced or planned of a place's ward officers since the promise, oldest first."""
    is_london = geography_code == LONDON_CODE  # where PCSOs in all are those of the whole force
    figures = published_figures(store, day, geography_code, (*OFFICER_METRICS, *(() if is_london else ("pcso_total",))))
    since = [figure for figure in figures if figure.as_at >= PROMISED_ON and figure.value is not None]
    return sorted(since, key=attrgetter("as_at", "figure_id"))


def is_declared(store: Store, figure: Figure) -> bool:
    """Whether a figure was said of every ward at once, with the declaration of the promise or like it."""
    said_of_all = "per_ward" in figure.metric or figure.source_id in _declaring_sources(store)
    return said_of_all and figure.kind != "restated"


@memoised
def _declaring_sources(store: Store) -> frozenset[str]:
    return frozenset(row["source_id"] for row in store.rows("SELECT source_id FROM declaring_source"))


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
    sql = "SELECT * FROM ward_status_source_on($day, $borough_code) ORDER BY as_at DESC, publisher"
    return store.rows(sql, day=day, borough_code=borough_code)
