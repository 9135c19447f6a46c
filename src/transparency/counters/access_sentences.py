"""Words for where people can reach the police: counters with hours and distance, other sites by kind."""

from __future__ import annotations

from collections.abc import Sequence

from transparency.core.text import distance, listed, precise_date
from transparency.core.vocabulary import SiteKind, SiteOnDay, SiteStatus

BEFORE_LIST = "not known: the list of counters begins on 1 January 2017"
NO_CENTRE = "the centre of this ward is not held, so no distance can be given."
HOURS_NOT_PUBLISHED = "hours not published"
KIND_WORDS = {
    SiteKind.FRONT_COUNTER: "front counter",
    SiteKind.DWO_HUB: "hub of dedicated ward officers, not open to the public",
    SiteKind.SAFER_NEIGHBOURHOOD_BASE: "safer neighbourhood base, not open to the public",
    SiteKind.CONTACT_POINT: "contact point",
    SiteKind.CONTACT_SESSION: "contact session",
    SiteKind.POLICE_OFFICE: "police office, not a front counter",
}


def hours(site: SiteOnDay) -> str:
    """The hours in force, or that none are published; hours decided for later are given separately."""
    words = "open 24/7" if site.is_24_7 else site.opening_hours or HOURS_NOT_PUBLISHED
    if site.opening_hours_decided and site.opening_hours_decided != site.opening_hours:
        words += f" ({site.opening_hours_decided} decided, not yet in force)"
    return words


def counter_line(site: SiteOnDay | None, unplaced: Sequence[str] = ()) -> str:
    """A counter in one line: name, address, distance, hours; counters of unknown place that could be nearer."""
    if site is None:
        return "none open whose place is known"
    line = f"{site.site_name}{f', {site.address}' if site.address else ''}"
    if site.distance_m is not None:
        line += f", {distance(site.distance_m)} in a straight line from the ward's centre"
    line += f": {hours(site)}."
    if unplaced:
        line += (
            f" It is the nearest of those whose place we know; {listed(unplaced)} "
            f"{'was' if len(unplaced) == 1 else 'were'} also open and could be nearer."
        )
    return line


def site_line(site: SiteOnDay) -> str:
    """A site of a ward: its kind, its state on the day, and when it was last heard of."""
    words = KIND_WORDS[site.site_kind]
    if site.site_status is SiteStatus.NOT_KNOWN:
        if site.last_event_on is None:
            return f"{words}; whether it was in use is not known"
        since = precise_date(site.last_event_on, site.last_event_precision)
        return f"{words}; not known since {since}"
    if site.site_status is SiteStatus.NOT_OPEN:
        return f"{words}; not in use"
    return f"{words}; in use, {hours(site)}"
