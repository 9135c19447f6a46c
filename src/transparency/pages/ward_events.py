"""What happened in a ward, in two lanes: officers and counters."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from transparency.core.text import capitalised, listed, number, precise_date, speaker
from transparency.core.vocabulary import FIRST_SITE_DAY, PROMISED_ON, Evidence, Precision, SiteOnDay, today
from transparency.counters.exhibits import site_address
from transparency.counters.sentences import hours_doubt, open_when
from transparency.exhibits.exhibit import Link
from transparency.pages.ward_record import WardPage
from transparency.wards.queries import StaffingRow
from transparency.wards.verdict import officers_of_both

PROMISE = "Two constables and a PCSO were promised for every ward, by the end of 2017."


@dataclass(frozen=True)
class Event:
    """One thing that happened or was said: its day as exactly as it is known, what, and where it can be read."""

    on: date
    precision: Precision
    words: str
    link: Link | None = None

    @property
    def when(self) -> str:
        return precise_date(self.on, self.precision)


def officer_events(page: WardPage) -> tuple[Event, ...]:
    """What was promised, what was said of London's wards and of this one where it was new, oldest first."""
    return _in_order(_officer_events(page))


def counter_events(page: WardPage) -> tuple[Event, ...]:
    """Counters that closed within 3 km, and since when the nearest has its hours, oldest first."""
    return _in_order(_counter_events(page))


def _in_order(events: Iterator[Event]) -> tuple[Event, ...]:
    return tuple(sorted(events, key=lambda event: event.on))


def _officer_events(page: WardPage) -> Iterator[Event]:
    if page.standing.day >= PROMISED_ON:
        yield Event(PROMISED_ON, Precision.DAY, PROMISE)
    for row in page.milestones:
        link = Link(row["publisher"], row["url"]) if row["url"] else None
        yield Event(row["as_at"], Precision(row["as_at_precision"]), _milestone_words(row), link)
    told = {row["as_at"] for row in page.milestones}
    before: list[str] | None = None
    for staffing in reversed(page.history):
        said = officers_of_both(staffing.dedicated_pcs, staffing.dedicated_pcsos, staffing.basis)
        is_told = staffing.evidence is Evidence.DECLARED and staffing.as_at in told
        if said and said != before and not is_told:
            link = Link(staffing.publisher, staffing.url) if staffing.url else None
            yield Event(staffing.as_at, staffing.as_at_precision, _own_words(page, staffing, said), link)
        before = said or before
    yield from _old_ward_events(page)


def _old_ward_events(page: WardPage) -> Iterator[Event]:
    """What was said of the wards the area was in before where it was new, each by its own name: no figure moves to this
    ward."""
    for descent, rows in page.old_history:
        before: list[str] | None = None
        for staffing in reversed(rows):
            said = officers_of_both(staffing.dedicated_pcs, staffing.dedicated_pcsos, staffing.basis)
            if said and said != before and staffing.counts and staffing.evidence is not Evidence.DECLARED:
                before = said
                link = Link(staffing.publisher, staffing.url) if staffing.url else None
                old = f"The old {descent.ward_name} ward, {descent.share:.0%} of this area,"
                words = f"{old} had {listed(said)} ({staffing.evidence.word})."
                yield Event(staffing.as_at, staffing.as_at_precision, words, link)


def _milestone_words(row: dict[str, Any]) -> str:
    """London's figure: counted, about, our sum, or said of every ward."""
    wards, total = row["wards_count"], row["wards_total_count"]
    if wards is None:
        return f"{number(row['share_pct'])}% of London's wards had two constables; which ones was not said."
    if wards == total:
        return f"{capitalised(speaker(row['publisher']))} said all {number(total)} London wards had two constables."
    about = "about " if row["kind"] in ("approximate", "derived") else ""
    said = f"{capitalised(about)}{number(wards)} of {number(total)} London wards had two constables"
    return f"{said}, by our sum." if row["kind"] == "derived" else f"{said}."


def _own_words(page: WardPage, row: StaffingRow, said: list[str]) -> str:
    least = "at least " if row.is_minimum else ""
    before = "" if row.counts else ", before the promise"
    how = "announced, not checked" if row.evidence is Evidence.DECLARED else row.evidence.value
    return f"{page.ward.ward_name} had {least}{listed(said)} ({how}{before})."


def no_counter_event(page: WardPage) -> str:
    """What is said where nothing is known to have happened to a counter nearby."""
    if page.access.is_before_list:
        return "Our list of counters begins on 1 January 2017."
    return "No counter is known for certain to have closed within 3 km since 2017."


def _counter_events(page: WardPage) -> Iterator[Event]:
    closed = {site.site_id: site for site in page.access.closed_nearby}
    for change in page.changes_nearby:
        away = _away(closed[change.site_id])
        inferred = ", as we infer" if change.is_inferred else ""
        words = f"{change.site_name} {change.event}{inferred}, {away} away."
        yield Event(change.event_on, change.date_precision, words, _site_link(change.site_id))
    nearest = page.access.nearest
    if nearest is not None and nearest.opening_hours and nearest.opening_hours_since is not None:
        since = nearest.opening_hours_since
        is_ = "is" if page.asked_on == today() else "was"
        was = "was to stay" if nearest.opening_hours_event == "decided_keep" else is_
        words = f"{nearest.site_name} {was} {open_when(nearest.opening_hours)}"
        doubt = hours_doubt(nearest)
        precision = Precision.YEAR if since == FIRST_SITE_DAY else Precision.DAY
        yield Event(since, precision, f"{words} ({doubt})." if doubt else f"{words}.", _site_link(nearest.site_id))


def _away(site: SiteOnDay) -> str:
    """1.8 km, or about 1.8 km to a counter known only to its street."""
    assert site.distance_m is not None  # noqa: S101 - a counter is near by its distance
    return f"{'about ' if site.location_precision == 'street' else ''}{site.distance_m / 1000:.1f} km"


def _site_link(site_id: str) -> Link:
    return Link("Its history", site_address(site_id))
