"""Words for counters, hubs and the map: what was open, when, what closed, what was planned, how far it was."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from transparency.core.text import (
    capitalised,
    clock,
    distance,
    in_words,
    listed,
    number,
    on_date,
    possessive,
    precise_date,
)
from transparency.core.vocabulary import FIRST_SITE_DAY, Figure, SiteKind, SiteOnDay, SiteStatus, today
from transparency.counters.changes import CounterChange
from transparency.counters.queries import CounterTotals, NearestCounter
from transparency.exhibits.content import content_rows

BEFORE_LIST = "not known: the list of counters begins on 1 January 2017"
NO_CENTRE = "the centre of this ward is not on this site, so no distance can be given."
HOURS_NOT_KNOWN = "hours not known"
# Hours that no source gives for the one counter, by the event they are inferred from.
INFERRED_HOURS = {
    "hours_changed": "reported for 25 counters together, not confirmed for this one",
    "decided_keep": "promised for each borough, not confirmed for this one",
}
_DAY_WORDS = {
    "Mon": "Monday", "Tue": "Tuesday", "Wed": "Wednesday", "Thu": "Thursday", "Fri": "Friday", "Sat": "Saturday",
    "Sun": "Sunday",
}  # fmt: skip
_DAY = re.compile(rf"\b(?:{'|'.join(_DAY_WORDS)})\b")
_DAYS = re.compile(rf"\b({'|'.join(_DAY_WORDS)})-({'|'.join(_DAY_WORDS)})\b")
_TIMES = re.compile(r"(\d\d:\d\d)(?:-| to )(\d\d:\d\d)")
KIND_WORDS = {
    SiteKind.FRONT_COUNTER: "police counter",
    SiteKind.DWO_HUB: "police base of ward officers (hub), not open to the public",
    SiteKind.SAFER_NEIGHBOURHOOD_BASE: "police base, not open to the public",
    SiteKind.CONTACT_POINT: "contact point",
    SiteKind.CONTACT_SESSION: "contact session",
    SiteKind.POLICE_OFFICE: "police office, not a counter",
}
DAYS_THAT_MATTER = tuple((date.fromisoformat(row["day"]), row["words"]) for row in content_rows("days_that_matter"))
EVENT_WORDS = {
    "open": "known to be in use",
    "opened": "opened",
    "reopened": "reopened",
    "hours_changed": "hours changed",
    "proposed_open": "opening proposed",
    "proposed_close": "closure proposed",
    "decided_keep": "decided to keep",
    "decided_close": "decided to close",
    "closure_quashed": "decision to close quashed",
    "closed": "closed",
}
EVIDENCE_WORDS = {
    "final_strategy": "final strategy",
    "draft_strategy": "draft strategy",
    "mqt": "Mayor's answer",
    "council": "council",
    "press": "press",
    "residents_group": "residents' group",
    "police": "police paper",
    "court": "court",
    "inferred": "inferred by us; the source does not say it",
}
WORTH_WORDS = {
    "independent": "independent: two published numbers, or a number and a named list",
    "arithmetic": "arithmetic: a sum of published numbers",
    "partly": "in part: rests on some inferred rows or on our choice of what counts",
    "by_difference": "none: found by subtraction, so it cannot fail",
    "fitted": "none: an inferred date was placed so that it agrees",
}
DISTANCE_METHOD = (
    "Method: the straight line (great circle on a sphere of 6,371 km) from the centre of each ward to the nearest "
    "counter open on the day whose position is known to its postcode: as the crow flies, the river not "
    "considered, and counters of the City of London Police left out. It is not a walking distance, and each ward "
    "counts once whatever its population. The wards are those in force on the day. A counter known only to its street "
    "can be within 1 km of the point we have, one of unknown place within 1 km of the centre of the ward it is said to "
    "lie in, or of any ward of its borough; where it could be nearer than the one measured, the ward is left out of "
    "the comparison of two days."
)
SCHEMATIC_LINE = (
    "Schematic: each cell is the area nearest one ward's centre, not a legal boundary. A symbol belongs to the ward "
    "its site lies in, not to the cell it falls in; about one symbol in four lies in a neighbour's cell. The City of "
    "London is grey: not covered, it has its own police force."
)
OFFICIAL_LINE = (
    "Ward boundaries as officially published, simplified for drawing. The City of London is grey: not covered, it "
    "has its own police force."
)
BASES_NOTE = (
    "A hub or base is where ward officers start their shifts. It counts as in use for two years after the last word of "
    "it. That we know of none in a borough does not mean that there is none: the strategy of November 2017 lists the "
    "bases kept in an annex we have not read."
)
CONTACTS_NOTE = (
    "None of these is a counter. Each counts as in use for two years after the last word of it, and is not known after "
    "that: ask your ward team before you go. We have found no source for what you can report at them, or for step-free "
    "access."
)
BY_NOTICES = "Counters and hours are from notices before 3 March 2026. We found nothing newer."
CLOSED_COUNTER_NOTE = "A closed counter is not a closed station: officers can still work from the building."
PLANS_NOTE = (
    "The outcome of the review of 2017 is given at the latest at the end of 2018. Also listed: counters kept without "
    "the 24-hour opening promised for one in each borough, and openings proposed that had not come."
)
GROWTH_NOTE = (
    "Left out: wards to which, on either day, a counter whose place or closing day is not known exactly could be "
    "nearer."
)
SITE_NOTE = (
    "In the month or year to which alone a closing or opening is known, the state is not known. A proposal, a decision "
    "and what then happened are three things; hours in the decision of 1 November 2017 are in force from 31 December "
    "2017."
)
COUNTERS_PREVIEWED = "The numbers of 3 March 2026 come from previews of February: we have no source after the change."
RECONCILIATION_NOTES = (
    "73 in July 2017 is the 37 counters of the list of closures of 1 November 2017 and 36 that stayed: one in "
    "each of 32 boroughs open 24 hours, Barking Learning Centre, Marlowe House, Pinner and Paddington Green. "
    "Which 36 stayed is our reading; no published list of them was found.",
    "The plan gave 36 and one more near Grenfell Tower. The 37 at the end of 2017 differ in two sites: Wimbledon had "
    "stayed open, and Royalty Studios had not opened.",
    "37 in July 2025: our list gives 37 or 38, since Marlowe House closed in that year or before, on a day we can only "
    "infer, as we can the opening of Royalty Studios: it was open by March 2021, and was said then to have been there "
    "since the fire of June 2017. A page of an Assembly Member says 38.",
    "Published numbers that do not agree: 136, 140 or 149 counters before 2013; 63 or 65 closed that year, or 98 from "
    "2012 to 2017; 40 or 41 closures proposed in July 2017, 37 or 38 decided, 37 or 38 counters left; and 8 or 18 to "
    "stay open 24 hours in the plan of August 2025.",
    COUNTERS_PREVIEWED,
)


def open_words(at_least: int, at_most: int) -> str:
    """How many counters were open, or between which numbers."""
    if at_most == at_least:
        return number(at_least)
    return f"between {number(at_least)} and {number(at_most)}"


def before_list_sentence(day: date) -> str:
    """That nothing can be said of a day before the list begins, or with no list."""
    reason = "our list begins on 1 January 2017" if day < FIRST_SITE_DAY else "no counters are listed in this store"
    return f"We do not know which counters {'are' if day == today() else 'were'} open: {reason}."


def newest_total_sentence(newest: Figure | None) -> str:
    """The newest published total, all that can be said of a day before the list begins."""
    if newest is None or newest.value is None:
        return "No total had been published."
    when = on_date(newest.as_at, newest.as_at_precision)
    return f"The newest published total was {number(newest.value)}, {when}."


def answer_sentence(totals: CounterTotals, before_count: int | None, is_today: bool) -> str:
    """How many counters London has and had, and how many of them are open 24 hours; the day stands beside it."""
    least, most = totals.counters_open_count, totals.counters_open_at_most_count
    said = f"London {'has' if is_today else 'had'} {_between(least, most)} "
    said += "police counter" if most == 1 else "police counters"
    if before_count is not None and most < before_count:
        said += f", down from {number(before_count)} in July 2017"
    return f"{said}. {_open_24_hours(totals, 'are' if is_today else 'were')}"


def _between(least: int, most: int) -> str:
    """27, 37 or 38, 37 to 64."""
    return number(least) if least == most else f"{least} {'or' if most == least + 1 else 'to'} {most}"


def _open_24_hours(totals: CounterTotals, are: str) -> str:
    """How many are open 24 hours: reported so, and by the promise alone; at least so many where hours are not known."""
    inferred = totals.counters_24_7_inferred_count
    reported = totals.counters_24_7_count - inferred
    if inferred:
        return f"Open 24 hours: {in_words(reported)} reported, {in_words(inferred)} promised."
    is_least = (
        totals.counters_hours_not_published_count or totals.counters_open_at_most_count > totals.counters_open_count
    )
    one = are if reported > 1 else {"are": "is", "were": "was"}[are]
    if not reported:
        return f"None {one} {'known to be ' if is_least else ''}open 24 hours."
    return f"{capitalised(f'at least {in_words(reported)}' if is_least else in_words(reported))} {one} open 24 hours."


def none_left_sentence(names: Sequence[str]) -> str:
    """The boroughs without a counter."""
    if not names:
        return ""
    if len(names) == 1:
        return f"{names[0]} has none."
    return f"{capitalised(in_words(len(names)))} boroughs have none: {listed(names)}."


def inferred_hours_sentence(totals: CounterTotals, is_by_notices: bool) -> str:
    """How sure the hours are: of how many counters they are inferred, and what the newest word is."""
    count = totals.counters_hours_inferred_count
    said = f"The hours of {number(count)} counters are inferred, not confirmed for each counter." if count else ""
    return f"{said} {BY_NOTICES}".strip() if is_by_notices else said


def small_maps_sentence(counted: Sequence[tuple[str, CounterTotals]]) -> str:
    """73 counters in July 2017, 37 in December 2017 and 27 today."""
    told: list[str] = []
    for when, totals in counted:
        least, most = totals.counters_open_count, totals.counters_open_at_most_count
        told.append(f"{_between(least, most)}{'' if told else ' counters'} {when}")
    return f"{capitalised(listed(told))}."


def far_sentence(london: Mapping[str, Any], is_night_known: bool) -> str:
    """How many wards are far from a counter, and from one open 24 hours where it is known which are."""
    wards, far, at_night = (london[f"{name}_count"] for name in ("wards", "wards_over_5_km", "wards_over_5_km_of_24_7"))
    said = f"{number(far)} of {number(wards)} wards are more than 5 km from a counter"
    return f"{said}, and {number(at_night)} from one open 24 hours." if is_night_known else f"{said}."


def night_sentence(london: Mapping[str, Any]) -> str:
    """How many wards are far from a counter open 24 hours."""
    far, wards = london["wards_over_5_km_of_24_7_count"], london["wards_count"]
    return f"{number(far)} of {number(wards)} wards are more than 5 km from one open 24 hours, in a straight line."


def half_within_sentence(london: Mapping[str, Any], before: Mapping[str, Any] | None) -> str:
    """How far half of London's wards are from an open counter, and were before the consultation."""
    said = f"Half of London's wards have a counter within {distance(london['counter_distance_m'])}"
    return f"{said}. In July 2017 it was {distance(before['counter_distance_m'])}." if before else f"{said}."


def growth_sentence(most: Mapping[str, Any], is_today: bool) -> str:
    """Where the distance grew most: Pinner's nearest counter was 0.6 km away. Now it is 8 km."""
    earlier, later = (number(round(most[name] / 1000, 1)) for name in ("earlier_distance_m", "counter_distance_m"))
    then = "Now it is" if is_today else "Then it was"
    return f"{possessive(most['ward_name'])} nearest counter was {earlier} km away. {then} {later} km."


def openings_sentence(change: CounterChange) -> str:
    """How many opened, and that the sum of openings and closures is right where it is."""
    count = change.openings_count
    said = f"{capitalised(in_words(count))} counter{'s' * (count != 1)} opened or reopened since July 2017"
    if not change.adds_up:
        return f"{said}."
    before, closed, now = change.counters_before_count, change.closures_count, change.counters_open_count
    return f"{said}: {before} − {closed} + {count} = {now}."


def closures_sentence(closures: int, inferred: int) -> str:
    """How many closures there were, and of how many the date is only inferred."""
    said = f"{capitalised(in_words(closures))} closure{'s' * (closures != 1)} since 2017."
    return f"{said} We worked out the date of {in_words(inferred)}." if inferred else said


def bases_sentence(listed_count: int, in_use_count: int) -> str:
    """How many police bases are listed, and of how many we hold a word of the last two years."""
    said = f"{number(listed_count)} police bases are listed, {in_words(in_use_count)} heard of in the last two years."
    return f"{said} None is open to the public."


def contacts_sentence(listed_count: int, in_use_count: int) -> str:
    """How many contact points, sessions and offices are listed, and of how many we hold a recent word."""
    return (
        f"{number(listed_count)} contact points, contact sessions and police offices are listed, "
        f"{in_words(in_use_count)} heard of in the last two years."
    )


def borough_sentence(name: str, now: int, most: int, before_count: int | None, is_today: bool) -> str:
    """How many counters a borough has, and had before the consultation."""
    has = "has" if is_today else "had"
    count = in_words(now) if now == most else _between(now, most)
    said = f"{name} {has} {count} police counter{'s' * (most != 1)}."
    return f"{said} In July 2017 it had {in_words(before_count)}." if before_count is not None else said


def nearest_to_sentence(wards: Sequence[Mapping[str, Any]]) -> str:
    """For how many wards a counter is the nearest, and how far they are."""
    if not wards:
        return "It is the nearest counter for no ward."
    count, least, greatest = len(wards), wards[0]["counter_distance_m"], wards[-1]["counter_distance_m"]
    if count == 1:
        return f"It is the nearest counter for one ward, {distance(least)} away."
    return f"It is the nearest counter for {number(count)} wards, {least / 1000:.1f} to {distance(greatest)} away."


def site_answer(site: SiteOnDay, is_today: bool) -> str:
    """What a reader wants to know of a place: whether it is open, when, or since when it is not."""
    name, is_counter = site.site_name.split(" (")[0], site.site_kind is SiteKind.FRONT_COUNTER
    is_, open_ = "is" if is_today else "was", "open" if is_counter else "in use"
    if site.undated_event is not None:
        return f"{name} {_undated_words(site)}."
    if site.last_event is None or site.last_event_on is None:
        return f"Nothing is known of {name} by this day."
    if site.site_status is SiteStatus.NOT_KNOWN:
        when = precise_date(site.last_event_on, site.last_event_precision)
        return f"It is not known if {name} {is_} {open_}. Last word: {when}."
    if site.site_status is SiteStatus.OPEN:
        if not site.opening_hours:
            return f"{name} {is_} {open_}." + (" Its hours are not known." if is_counter else "")
        if site.opening_hours == "24/7":
            return f"{name} {is_} open 24 hours."
        return f"{name} {is_} {open_}: {opening_words(site.opening_hours)}."
    if site.closed_on:
        return f"{name} closed {on_date(site.closed_on, site.closed_precision)}."
    return f"{name} {is_} not {open_}."


def reconciliation_sentence(agreeing: int, total: int, independent: int) -> str:
    """How many of the checks are independent of how the list was made, and how many of those agree."""
    agree = f"all {in_words(independent)}" if agreeing == independent else in_words(agreeing)
    made = f"We checked our list in {in_words(total)} ways"
    return f"{made}. {capitalised(in_words(independent))} are independent of how we made it, and {agree} agree."


def ended_sentence(ended: int) -> str:
    """Of how many wards drawn the area had been redrawn by the day, so that nothing can be said of them."""
    return (
        f"{capitalised(in_words(ended))} shapes are of wards that had been redrawn by then; the centres of the wards "
        "of 2018 that replaced them are not on this site, so they are shown as not known."
    )


def _undated_words(site: SiteOnDay) -> str:
    """A closing or opening of which only the month or year is known: closed in December 2017, on a day not known."""
    assert site.undated_event is not None and site.undated_event_on is not None  # noqa: S101 - asked of such sites only
    when = on_date(site.undated_event_on, site.undated_event_precision)
    inferred = ", as we infer" if site.undated_event_evidence == "inferred" else ""
    return f"{EVENT_WORDS[site.undated_event]} {when}, on a day not known{inferred}"


def last_word(site: SiteOnDay) -> str:
    """The last thing heard of a site: closed, December 2017."""
    if site.undated_event is not None:
        return _undated_words(site)
    if site.last_event is None or site.last_event_on is None:
        return "nothing heard by then"
    return f"{EVENT_WORDS[site.last_event]}, {precise_date(site.last_event_on, site.last_event_precision)}"


def plans_sentence(counters: int) -> str:
    """For how many counters the draft, the decision and the outcome are not the same."""
    of_them = f"{in_words(counters)} counter{'s' * (counters != 1)}"
    return f"For {of_them} the final decision or what happened differed from the draft plan."


def published_totals_sentence(totals: int) -> str:
    """How many totals had been published."""
    total = f"{capitalised(in_words(totals))} total{'s' * (totals != 1)} of counters"
    return f"{total} {'has' if totals == 1 else 'have'} been published."


def opening_words(text: str) -> str:
    """Mon-Fri 10:00-22:00; Sat-Sun 09:00-19:00 as a reader says it; hours written otherwise as they are."""
    if text == "24/7":
        return "open 24 hours"
    words = _DAYS.sub(lambda found: f"{_DAY_WORDS[found[1]]} to {_DAY_WORDS[found[2]]}", text.replace(";", ","))
    words = words.replace("Saturday to Sunday", "Saturday and Sunday")
    words = _DAY.sub(lambda found: _DAY_WORDS[found[0]], words)
    return _TIMES.sub(lambda found: f"{clock(found[1])} to {clock(found[2])}", words)


def open_when(text: str) -> str:
    """Open Monday to Friday 10am to 10pm, open 24 hours, open in the daytime: hours as the end of a sentence."""
    words = opening_words(text)
    if words.startswith("open "):
        return words
    if not words.startswith(tuple(_DAY_WORDS.values())):
        words = {"Daytime": "in the daytime", "Restricted hours": "for restricted hours"}.get(
            words, words[:1].lower() + words[1:]
        )
    return f"open {words}"


def hours_doubt(site: SiteOnDay) -> str:
    """What inferred hours rest on; empty where a source gives them for this counter."""
    if site.opening_hours_evidence != "inferred":
        return ""
    return INFERRED_HOURS.get(site.opening_hours_event or "", "inferred, not confirmed for this one")


def hours(site: SiteOnDay) -> str:
    """The hours in force, with what they rest on where inferred, or that none are known; hours decided for later."""
    words = opening_words(site.opening_hours) if site.opening_hours else HOURS_NOT_KNOWN
    if doubt := hours_doubt(site):
        words += f" ({doubt})"
    if site.opening_hours_decided and site.opening_hours_decided != site.opening_hours:
        words += f" ({opening_words(site.opening_hours_decided)} decided, not yet in force)"
    return words


def site_line(site: SiteOnDay) -> str:
    """A site of a ward: its kind, its state on the day, and when it was last heard of."""
    words = KIND_WORDS[site.site_kind]
    if site.undated_event is not None:
        return f"{words}; {_undated_words(site)}"
    if site.site_status is SiteStatus.NOT_KNOWN:
        if site.last_event_on is None:
            return f"{words}; whether it was in use is not known"
        since = precise_date(site.last_event_on, site.last_event_precision)
        return f"{words}; no word of it since {since}"
    if site.site_status is SiteStatus.NOT_OPEN:
        return f"{words}; not in use"
    return f"{words}; in use, {hours(site)}"


def whichever_words(counters: Sequence[NearestCounter], wards_count: int) -> str:
    """The counter that is nearest in each of several wards; empty where that is not one for all of them."""
    if len(counters) != 1 or counters[0].wards_count != wards_count:
        return ""
    counter = counters[0]
    nearest, farthest = (f"{metres / 1000:.1f}" for metres in (counter.least_distance_m, counter.greatest_distance_m))
    how_far = f"{nearest} km" if nearest == farthest else f"{nearest} to {farthest} km"
    return f"Whichever it is, your nearest counter is {counter.counter_site_name} ({how_far})."
