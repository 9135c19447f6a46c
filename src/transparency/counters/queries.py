"""Counters, hubs and other sites on a day: which were open, where, at what hours, and how far they were."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from operator import attrgetter
from typing import Any

from transparency.core.errors import UnknownPlaceError
from transparency.core.vocabulary import FIRST_SITE_DAY, Figure, Precision, SiteKind, SiteOnDay, SiteStatus
from transparency.places.queries import Ward
from transparency.published.queries import published_figures
from transparency.store.store import Store, memoised, memoised_between

NEARBY_M = 3000
NEW_HOURS_ON = date(2026, 3, 3)
# The list of counters of early 2013, of which we hold the places of those it alone gives a place to.
LIST_OF_2013 = "assembly-counters-2013"
TOTALS = ("front_counters_open", "front_counters_24_7", "front_counters_closing", "front_counters_remaining")


@dataclass(frozen=True)
class WardAccess:
    """The counters near a ward's centre on a day, and the other sites in it or serving it.

    `nearest`, `nearest_24_7` and `nearest_three` are chosen among open counters whose place is known to the postcode;
    `counters_possibly_nearer` names those whose place or closing day is not known exactly and that could be
    nearer. `closed_nearby` has those known to their street too, at the distance of a point in it. A site whose
    postcode is not known is linked to wards of the 2014 set alone: an empty `sites_of_ward` says nothing of a later
    ward. Before the list begins (`is_before_list`) nothing is known.
    """

    is_before_list: bool
    nearest: SiteOnDay | None = None
    nearest_24_7: SiteOnDay | None = None
    nearest_three: tuple[SiteOnDay, ...] = ()
    counters_possibly_nearer: tuple[str, ...] = ()
    closed_nearby: tuple[SiteOnDay, ...] = ()
    sites_of_ward: tuple[SiteOnDay, ...] = ()


def has_sites(store: Store) -> bool:
    """Whether any counter, hub or base is listed at all."""
    return bool(store.rows("SELECT site_id FROM site LIMIT 1"))


def ward_access(store: Store, ward: Ward, day: date) -> WardAccess:
    """Counters and other sites for one ward on a day; no distance where the ward's centre is not known."""
    if day < FIRST_SITE_DAY:
        return WardAccess(is_before_list=True)
    of_the_day = _sites_by_id(store, day)
    distances = _site_distances(store, ward.borough_code).get(ward.ward_code, ())
    by_distance = [(of_the_day[each.site_id], each) for each in distances]
    counters = [(site, how_far) for site, how_far in by_distance if site.site_kind is SiteKind.FRONT_COUNTER]
    placed = [
        (site, how_far)
        for site, how_far in counters
        if site.site_status is SiteStatus.OPEN and how_far.distance_m is not None
    ]
    nearest_three = tuple(replace(site, distance_m=how_far.distance_m) for site, how_far in placed[:3])
    return WardAccess(
        is_before_list=False,
        nearest=next(iter(nearest_three), None),
        nearest_24_7=next(
            (replace(site, distance_m=how_far.distance_m) for site, how_far in placed if site.is_24_7), None
        ),
        nearest_three=nearest_three,
        counters_possibly_nearer=_possibly_nearer(store, day).get(ward.ward_code, ()),
        closed_nearby=tuple(
            replace(site, distance_m=how_far.about_m)
            for site, how_far in counters
            if site.closed_on is not None and site.closed_on >= FIRST_SITE_DAY
            if how_far.about_m is not None and how_far.about_m <= NEARBY_M
        ),
        sites_of_ward=tuple(
            replace(site, distance_m=how_far.distance_m)
            for site, how_far in by_distance
            if how_far.is_of_ward and site.site_kind is not SiteKind.FRONT_COUNTER
        ),
    )


@dataclass(frozen=True, slots=True)
class _SiteDistance:
    """How far a site is from a ward's centre: where its place is known to the postcode, and about, to its street."""

    site_id: str
    distance_m: float | None
    about_m: float | None
    is_of_ward: bool


@memoised
def _site_distances(store: Store, borough_code: str) -> Mapping[str, tuple[_SiteDistance, ...]]:
    """The counters that have a place, and the sites said to serve a ward, the nearest to its centre first; by ward of a
    borough."""
    return store.records_by(
        "ward_code",
        _SiteDistance,
        """
        SELECT
            ward_code,
            site_id,
            distance_m(ward.lat, ward.lon, site.lat, site.lon) AS about_m,
            CASE WHEN location_precision = 'postcode' THEN about_m END AS distance_m,
            (ward_code, site_id) IN (SELECT (ward_code, site_id) FROM site_ward) AS is_of_ward
        FROM ward
        CROSS JOIN site
        WHERE ward.borough_code = $borough_code
            AND (is_of_ward OR (site_kind = 'front_counter' AND about_m IS NOT NULL))
        ORDER BY ward_code, about_m, site_name, site_id
        """,
        borough_code=borough_code,
    )


@dataclass(frozen=True)
class SiteChange:
    """A counter closed, opened or reopened, on a day as exactly as known; inferred where no source says so."""

    site_id: str
    site_name: str
    event: str
    event_on: date
    date_precision: Precision
    is_inferred: bool


@memoised
def site_changes(store: Store) -> Mapping[str, tuple[SiteChange, ...]]:
    """Every closing, opening and reopening of a front counter since the list begins, by site, oldest first."""
    found: dict[str, tuple[SiteChange, ...]] = {}
    for change in store.records(
        SiteChange,
        """
        SELECT site_id, site_name, event, event_on, date_precision, evidence = 'inferred' AS is_inferred
        FROM site_event_dated
        WHERE site_kind = 'front_counter' AND event IN ('closed', 'opened', 'reopened') AND event_on >= $first_day
        ORDER BY event_on
        """,
        first_day=FIRST_SITE_DAY,
    ):
        found[change.site_id] = (*found.get(change.site_id, ()), change)
    return found


@memoised_between(
    """
    SELECT unnest([stands_from, stands_until]) AS day FROM ward_counter_standing
    UNION
    SELECT in_force_from FROM ward_sets
    """
)
def _possibly_nearer(store: Store, day: date) -> Mapping[str, tuple[str, ...]]:
    """The counters of uncertain place or closing day that could be nearer than the nearest known, by ward."""
    rows = store.rows(
        "SELECT ward_code, counters_possibly_nearer FROM ward_counter_distance_on($day) "
        "WHERE len(counters_possibly_nearer) > 0",
        day=day,
    )
    return {row["ward_code"]: tuple(row["counters_possibly_nearer"]) for row in rows}


@dataclass(frozen=True)
class CounterTotals:
    """London's front counters on a day, by what is known of them; None before the list begins.

    Between `counters_open_count` and `counters_open_at_most_count` were open. The three counts of boroughs are of
    those with a round-the-clock counter, without one, and not known; inferred is promised for each borough and not
    confirmed for the one counter.
    """

    counters_open_count: int
    counters_open_at_most_count: int
    counters_24_7_count: int
    counters_24_7_inferred_count: int
    counters_hours_not_published_count: int
    counters_hours_inferred_count: int
    boroughs_count: int
    boroughs_without_counter_count: int
    boroughs_with_hub: tuple[str, ...]
    boroughs_with_24_7_count: int
    boroughs_24_7_inferred_count: int
    boroughs_without_24_7_count: int
    boroughs_24_7_not_known_count: int


@memoised_between("SELECT stands_from AS day FROM site_standing")
def sites_on(store: Store, day: date) -> tuple[SiteOnDay, ...]:
    """Every site on the day, by borough, kind and name; before the list begins each is not known."""
    return store.records(
        SiteOnDay,
        """
        SELECT * REPLACE (
            coalesce(last_event_precision, 'day') AS last_event_precision,
            coalesce(closed_precision, 'day') AS closed_precision,
            coalesce(undated_event_precision, 'day') AS undated_event_precision
        )
        FROM site_status_on($day)
        ORDER BY borough_name, site_kind <> 'front_counter', site_kind, site_name
        """,
        day=day,
    )


@memoised_between("SELECT stands_from AS day FROM site_standing")
def _sites_by_id(store: Store, day: date) -> Mapping[str, SiteOnDay]:
    return {site.site_id: site for site in sites_on(store, day)}


def open_counters(store: Store, day: date) -> tuple[SiteOnDay, ...]:
    """The counters certainly open on the day, by borough and name."""
    return tuple(
        site
        for site in sites_on(store, day)
        if site.site_kind is SiteKind.FRONT_COUNTER and site.site_status is SiteStatus.OPEN
    )


def counters_near(store: Store, site: SiteOnDay, day: date, limit: int = 3) -> tuple[SiteOnDay, ...]:
    """The open counters nearest to a site, without itself; none where a place is not known to the postcode."""
    if site.position is None:
        return ()
    rows = store.rows(
        """
        SELECT site_id, distance_m($lat::DOUBLE, $lon::DOUBLE, lat, lon) AS distance_m
        FROM site_status_on($day)
        WHERE site_kind = 'front_counter' AND site_status = 'open' AND location_precision = 'postcode'
          AND site_id <> $site_id
        ORDER BY distance_m, site_id
        LIMIT $limit
        """,
        lat=site.lat,
        lon=site.lon,
        site_id=site.site_id,
        day=day,
        limit=limit,
    )
    of_the_day = _sites_by_id(store, day)
    return tuple(replace(of_the_day[row["site_id"]], distance_m=row["distance_m"]) for row in rows)


def wards_nearest_to(store: Store, site_id: str, day: date) -> list[dict[str, Any]]:
    """The wards to whose centre a counter is the nearest open on the day, the nearest first."""
    return store.rows(
        """
        SELECT ward_code, ward_name, borough_name, counter_distance_m, is_another_possibly_nearer
        FROM ward_counter_distance_on($day)
        WHERE counter_site_id = $site_id
        ORDER BY counter_distance_m, ward_code
        """,
        site_id=site_id,
        day=day,
    )


def places_of_2013(store: Store) -> tuple[tuple[float, float], ...]:
    """The places we hold of the list of early 2013, each to its street, as longitude and latitude."""
    rows = store.rows(
        "SELECT lon, lat FROM site WHERE location_source_id = $list AND lon IS NOT NULL ORDER BY site_id",
        list=LIST_OF_2013,
    )
    return tuple((row["lon"], row["lat"]) for row in rows)


def site_on(store: Store, site_id: str, day: date) -> SiteOnDay:
    """One site on the day; raises UnknownPlaceError for a name that is no site's."""
    try:
        return _sites_by_id(store, day)[site_id]
    except KeyError:
        raise UnknownPlaceError(
            f"{site_id[:40]!r} is not a site of our list. The box on the counters page finds a counter by its name."
        ) from None


def site_events(store: Store, site_id: str, day: date) -> list[dict[str, Any]]:
    """What happened at a site and when it was said, up to the day, oldest first, with the source of each."""
    return store.rows(
        """
        SELECT event_on, date_precision, event, opening_hours, hours_in_force_from, evidence, note,
               source_id, publisher, title, url
        FROM site_event_dated
        JOIN current_sources USING (source_id)
        WHERE site_id = $site_id AND event_on <= $day
        ORDER BY effective_on, site_event_dated.source_row
        """,
        site_id=site_id,
        day=day,
    )


def site_wards(store: Store, site_id: str) -> list[dict[str, Any]]:
    """The wards of the 2014 set a site lies in or serves."""
    return store.rows(
        """
        SELECT ward_name, relation
        FROM current_site_wards
        JOIN wards_2014 ON ward_code = ward_code_2014
        WHERE site_id = $site_id
        ORDER BY relation, ward_name
        """,
        site_id=site_id,
    )


def borough_sites(store: Store, borough_code: str, day: date) -> dict[str, Any]:
    """Counters, hubs, bases and contact points of one borough on the day (see `borough_site_on`)."""
    return store.rows("SELECT * FROM borough_site_on($day) WHERE borough_code = $code", day=day, code=borough_code)[0]


def boroughs_counters(store: Store, borough_code: str, day: date) -> tuple[int, int] | None:
    """How many counters of a borough were open on the day, at least and at most; None before the list begins."""
    row = borough_sites(store, borough_code, day)
    least, most = row["counters_open_count"], row["counters_open_at_most_count"]
    return None if least is None else (least, most)


def boroughs_without_counter(store: Store, day: date) -> list[str]:
    """The boroughs in which no counter is open on the day, none possibly either."""
    rows = store.rows(
        "SELECT borough_name FROM borough_site_on($day) WHERE counters_open_at_most_count = 0 ORDER BY borough_name",
        day=day,
    )
    return [row["borough_name"] for row in rows]


def counter_totals(store: Store, day: date) -> CounterTotals | None:
    """London's counters on the day; None on a day before the list begins, or where no site is listed."""
    if day < FIRST_SITE_DAY:
        return None
    return next(iter(store.records(CounterTotals, "SELECT * FROM counter_totals_on($day)", day=day)), None)


def last_open_24_hours(store: Store, day: date) -> date | None:
    """The last day before this one on which a counter was open 24 hours that then no longer was; None without any."""
    rows = store.rows(
        "SELECT stands_until - 1 AS last FROM counter_standing WHERE is_24_7 AND is_open AND stands_until <= $day "
        "ORDER BY stands_until DESC LIMIT 1",
        day=day,
    )
    return rows[0]["last"] if rows else None


@memoised_between("SELECT event_on AS day FROM site_event_dated UNION SELECT DATE '2026-03-03'")
def is_by_notices(store: Store, day: date) -> bool:
    """Whether the newest word on the counters of a day is of the notices before their hours changed."""
    rows = store.rows(
        "SELECT site_id FROM site_event_dated WHERE site_kind = 'front_counter' AND event_on > $since "
        "AND event_on <= $day LIMIT 1",
        since=NEW_HOURS_ON,
        day=day,
    )
    return day >= NEW_HOURS_ON and not rows and has_sites(store)


def closures_proposed(store: Store, borough_code: str, day: date) -> list[dict[str, Any]]:
    """The counters of a borough proposed to close by the day, no decision of them known, with the last source."""
    return store.rows(
        """
        SELECT site_name, draft_on, draft_note, draft_on AS as_at, 'day' AS as_at_precision, publisher, title, url
        FROM counter_plan_on($day)
        JOIN current_sources ON source_id = plan_source_id
        WHERE borough_code = $borough_code AND draft = 'proposed_close' AND decision IS NULL
        ORDER BY site_name
        """,
        borough_code=borough_code,
        day=day,
    )


def published_totals(store: Store, day: date) -> list[Figure]:
    """The totals of front counters published up to the day, newest first."""
    figures = published_figures(store, day, metrics=TOTALS)
    totals = [figure for figure in figures if figure.kind in ("reported", "approximate")]
    return sorted(totals, key=attrgetter("as_at"), reverse=True)


def counter_distances(store: Store, day: date) -> list[dict[str, Any]]:
    """Median distance to the nearest open counter, London first and then each borough; empty before the list."""
    return store.rows(
        """
        SELECT *,
               wards_count - wards_within_5_km_count AS wards_over_5_km_count,
               wards_count - wards_within_5_km_of_24_7_count AS wards_over_5_km_of_24_7_count
        FROM counter_distance_summary_on($day)
        ORDER BY geography_code <> london_code(), geography_name
        """,
        day=day,
    )


def ward_counter_distances(store: Store, day: date) -> list[dict[str, Any]]:
    """Every ward in force on the day with the distance from its centre to the nearest open counter, and its name."""
    return store.rows(
        """
        SELECT ward_code, wards.ward_name, wards.borough_code, wards.borough_name,
               counter_distance_m, is_another_possibly_nearer, counter_site_id, site.site_name AS counter_site_name,
               counter_24_7_distance_m, at_night.site_name AS counter_24_7_site_name
        FROM ward_on($day) AS wards
        LEFT JOIN ward_counter_distance_on($day) AS distance USING (ward_code)
        LEFT JOIN site ON site.site_id = distance.counter_site_id
        LEFT JOIN site AS at_night ON at_night.site_id = distance.counter_24_7_site_id
        ORDER BY wards.borough_name, wards.ward_name
        """,
        day=day,
    )


@dataclass(frozen=True)
class NearestCounter:
    """An open counter that is nearest to the centres of so many of the wards asked about, and how far from them."""

    counter_site_name: str
    wards_count: int
    least_distance_m: float
    greatest_distance_m: float


def nearest_counters_of(store: Store, ward_codes: Sequence[str], day: date) -> tuple[NearestCounter, ...]:
    """The counters nearest to wards, that of most of them first."""
    sql = "SELECT * FROM nearest_counter_of($codes, $day) ORDER BY wards_count DESC, counter_site_name"
    return store.records(NearestCounter, sql, codes=list(ward_codes), day=day)


def distance_changes(store: Store, earlier: date, day: date, limit: int) -> list[dict[str, Any]]:
    """The wards of the day, those whose distance to the nearest open counter grew most first, at most `limit`.

    Wards that cannot be compared (`is_comparable` false) come last; leave them out of any ranking. Each row says how
    many wards there are (`wards_count`) and how many of them can be compared (`comparable_count`).
    """
    return store.rows(
        """
        SELECT change.*, earlier.site_name AS earlier_site_name, later.site_name AS counter_site_name
        FROM ward_counter_distance_change($earlier, $day) AS change
        JOIN site AS earlier ON earlier.site_id = earlier_site_id
        JOIN site AS later ON later.site_id = counter_site_id
        ORDER BY is_comparable DESC, counter_distance_change_m DESC, ward_code
        LIMIT $limit
        """,
        earlier=earlier,
        day=day,
        limit=limit,
    )
