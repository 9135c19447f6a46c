"""Counters, hubs and other sites on a day: which were open, where, at what hours, and how far they were."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from transparency.model import FIRST_SITE_DAY, Precision, SiteKind, SiteOnDay, SiteStatus
from transparency.wording import on_date

if TYPE_CHECKING:
    from transparency.store import Store

NEARBY_M = 3000


@dataclass(frozen=True)
class Closing:
    """A counter that has closed, with the day in words as exactly as it is known: in December 2017."""

    site: SiteOnDay
    when: str


@dataclass(frozen=True)
class WardAccess:
    """The counters near a ward's centre on a day, and the other sites in it or serving it.

    `nearest` and `nearest_24_7` are chosen among open counters whose place is known to the postcode;
    `counters_without_known_place` names open counters of the ward's own or an adjoining borough that could
    be nearer. `is_ward_of_2014` is false where no site can be assigned to the ward by its code, so that an
    empty `sites_of_ward` says nothing. Before the list begins (`is_before_list`) nothing is known.
    """

    is_before_list: bool
    nearest: SiteOnDay | None = None
    nearest_24_7: SiteOnDay | None = None
    counters_without_known_place: tuple[str, ...] = ()
    closed_nearby: tuple[Closing, ...] = ()
    sites_of_ward: tuple[SiteOnDay, ...] = ()
    is_ward_of_2014: bool = False


def ward_access(
    store: Store, ward_code: str, lat: float | None, lon: float | None, borough_code: str, day: date
) -> WardAccess:
    """Counters and other sites for one ward on a day; no distance where the ward's centre is not held."""
    if day < FIRST_SITE_DAY:
        return WardAccess(is_before_list=True)
    rows = store.rows(
        """
        SELECT
            status.*,
            CASE WHEN location_precision = 'postcode'
                THEN distance_m($lat::DOUBLE, $lon::DOUBLE, lat, lon) END AS distance_m,
            site_id IN (
                SELECT site_id FROM current_site_wards WHERE ward_code_2014 = $ward_code
            ) AS is_of_ward,
            borough_code = $borough_code OR borough_code IN (
                SELECT neighbour_borough_code FROM borough_neighbour WHERE borough_code = $borough_code
            ) AS is_around,
            $ward_code IN (SELECT ward_code FROM wards_2014) AS is_ward_of_2014
        FROM site_status_on($day) AS status
        ORDER BY distance_m, site_name, site_id
        """,
        ward_code=ward_code,
        borough_code=borough_code,
        lat=lat,
        lon=lon,
        day=day,
    )
    sites = [_site(row) for row in rows]
    of_ward = {row["site_id"] for row in rows if row["is_of_ward"]}
    around = {row["site_id"] for row in rows if row["is_around"]}
    counters = [site for site in sites if site.site_kind is SiteKind.FRONT_COUNTER]
    is_open = [site for site in counters if site.site_status is SiteStatus.OPEN]
    placed = [site for site in is_open if site.distance_m is not None]
    return WardAccess(
        is_before_list=False,
        nearest=placed[0] if placed else None,
        nearest_24_7=next((site for site in placed if site.is_24_7), None),
        counters_without_known_place=tuple(
            site.site_name for site in is_open if site.site_id in around and not site.is_placed
        ),
        closed_nearby=tuple(
            Closing(site, on_date(site.closed_on, site.closed_precision))
            for site in counters
            if site.closed_on is not None
            and site.closed_on >= FIRST_SITE_DAY
            and site.distance_m is not None
            and site.distance_m <= NEARBY_M
        ),
        sites_of_ward=tuple(
            site for site in sites if site.site_id in of_ward and site.site_kind is not SiteKind.FRONT_COUNTER
        ),
        is_ward_of_2014=any(row["is_ward_of_2014"] for row in rows),
    )


def _site(row: dict[str, Any]) -> SiteOnDay:
    known = {name: row[name] for name in SiteOnDay.__dataclass_fields__ if name in row}
    return SiteOnDay(
        **{
            **known,
            "site_kind": SiteKind(row["site_kind"]),
            "site_status": SiteStatus(row["site_status"]),
            "last_event_precision": Precision(row["last_event_precision"] or "day"),
            "closed_precision": Precision(row["closed_precision"] or "day"),
        }
    )
