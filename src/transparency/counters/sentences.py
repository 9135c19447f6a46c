"""Words for counters, hubs and the map: what was open, when, what closed, what was planned, how far it was."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from transparency.core.text import (
    capitalised,
    clock,
    count_of,
    distance,
    full_date,
    in_words,
    listed,
    number,
    on_date,
    precise_date,
)
from transparency.core.vocabulary import BEFORE_CONSULTATION, FIRST_SITE_DAY, Figure, SiteKind, SiteOnDay, SiteStatus
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
    SiteKind.FRONT_COUNTER: "front counter",
    SiteKind.DWO_HUB: "hub of dedicated ward officers, not open to the public",
    SiteKind.SAFER_NEIGHBOURHOOD_BASE: "safer neighbourhood base, not open to the public",
    SiteKind.CONTACT_POINT: "contact point",
    SiteKind.CONTACT_SESSION: "contact session",
    SiteKind.POLICE_OFFICE: "police office, not a front counter",
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
BOROUGHS_NOTE = (
    "The consultation of July 2017 promised one counter open 24 hours in each borough. A hub or base is where ward "
    "officers start their shifts, and is not open to the public; it counts as in use for two years after the last word "
    "of it, and is not known after that. That we know of none does not mean that there is none: the strategy of "
    "November 2017 lists the bases kept in an annex we have not read."
)
PROMISED_IN_2013 = (
    "In May 2013 the Mayor said that each borough keeps one counter open 24 hours; for {} we do not know which."
)
BY_NOTICES = (
    "What is said of counters since 3 March 2026 is by notices and previews before that day; we hold no word after it."
)
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


def counters_sentence(day: date, totals: CounterTotals) -> str:
    """How many counters were open on the day, and how many of them open 24 hours as far as it is known."""
    round_the_clock, hours_not_published = totals.counters_24_7_count, totals.counters_hours_not_published_count
    if totals.counters_open_at_most_count > totals.counters_open_count:
        return (
            f"On {full_date(day)}, {open_words(totals.counters_open_count, totals.counters_open_at_most_count)} "
            f"counters were open: of some only the month or year is known in which they closed or opened. "
            f"{_at_least_24_hours(totals)}"
        )
    sentence = f"On {full_date(day)}, {number(totals.counters_open_count)} counters were open"
    inferred = totals.counters_24_7_inferred_count
    if hours_not_published or inferred:
        rest = totals.counters_open_count - round_the_clock - hours_not_published
        parts = [f"{in_words(round_the_clock)} of them open 24 hours"]
        if inferred:
            parts = [f"{in_words(round_the_clock - inferred)} of them reported open 24 hours"]
            parts.append(f"{in_words(inferred)} promised so, not confirmed")
        if rest:
            parts.append(f"{in_words(rest)} at other hours")
        if hours_not_published:
            parts.append(f"{in_words(hours_not_published)} whose hours are not known")
        return f"{sentence}: {listed(parts)}."
    return f"{sentence}, {in_words(round_the_clock)} of them open 24 hours."


def _at_least_24_hours(totals: CounterTotals) -> str:
    """How many counters were open 24 hours for certain, and how many more by the promise alone."""
    inferred = totals.counters_24_7_inferred_count
    reported = in_words(totals.counters_24_7_count - inferred)
    if not inferred:
        return f"At least {reported} were open 24 hours."
    return (
        f"At least {reported} were reported open 24 hours; {in_words(inferred)} more were promised so, not confirmed."
    )


def before_list_sentence(day: date, newest: Figure | None) -> str:
    """What can be said of a day before the list begins, or with no list: the newest published total."""
    reason = "our list begins on 1 January 2017" if day < FIRST_SITE_DAY else "no counters are listed in this store"
    sentence = f"Which counters were open on {full_date(day)} is not known: {reason}."
    if newest is None or newest.value is None:
        return f"{sentence} No total had been published."
    when = on_date(newest.as_at, newest.as_at_precision)
    return f"{sentence} The newest published total was {number(newest.value)}, {when}."


def change_sentence(day: date, before_count: int, totals: CounterTotals) -> str:
    """The counters of the day beside those of the first day of the consultation of 2017."""
    return (
        f"{capitalised(in_words(before_count))} counters were open on {full_date(BEFORE_CONSULTATION)}, when the "
        f"consultation began; {open_words(totals.counters_open_count, totals.counters_open_at_most_count)} on "
        f"{full_date(day)}."
    )


def round_the_clock_sentence(totals: CounterTotals) -> str:
    """The promise of one counter open 24 hours in each borough, as far as hours are published."""
    with_one, not_known = totals.boroughs_with_24_7_count, totals.boroughs_24_7_not_known_count
    if inferred := totals.boroughs_24_7_inferred_count:
        reported = count_of(with_one - inferred, totals.boroughs_count, "boroughs")
        parts = [f"{reported} had a counter reported open 24 hours", f"{in_words(inferred)} were promised one"]
    elif with_one == totals.boroughs_count:
        parts = [f"All {with_one} boroughs had a counter open 24 hours"]
    else:
        parts = [f"{count_of(with_one, totals.boroughs_count, 'boroughs')} had a counter open 24 hours"]
    if totals.boroughs_without_24_7_count:
        parts.append(f"{in_words(totals.boroughs_without_24_7_count)} had none")
    if not_known:
        parts.append(f"of {in_words(not_known)} it is not known, since the hours of an open counter are not known")
    sentence = f"{listed(parts)}."
    if inferred := totals.counters_hours_inferred_count:
        sentence += f" The hours of {in_words(inferred)} counters are inferred, not confirmed for the one counter."
    return sentence


def hubs_sentence(totals: CounterTotals) -> str:
    """In which boroughs a hub of dedicated ward officers is known to be in use."""
    known, rest = totals.boroughs_with_hub, totals.boroughs_count - len(totals.boroughs_with_hub)
    if not known:
        return "We know of no hub of dedicated ward officers in use."
    found = "Hubs of dedicated ward officers in use are known in "
    found += count_of(len(known), totals.boroughs_count, "boroughs")
    if not rest:
        return f"{found}."
    return f"{found}: {listed(known)}. In the other {in_words(rest)} we know of none."


def distances_sentence(day: date, london: Mapping[str, Any], before: Mapping[str, Any] | None = None) -> str:
    """How far half of London's wards were from an open counter, before the consultation too, and how certain it is."""
    near = count_of(london["wards_within_2_km_count"], london["wards_count"], "wards")
    uncertain = london["wards_possibly_nearer_count"]
    of_london = "London's wards"
    if (in_force := london["wards_in_force_count"]) > london["wards_count"]:
        of_london = f"the {number(london['wards_count'])} of London's {number(in_force)} wards with a known position"
    sentence = (
        f"Half of {of_london} had an open counter within {distance(london['counter_distance_m'])} of their "
        f"centre on {full_date(day)}; {near} had one within 2 km."
    )
    if before is not None:
        sentence += f" On {full_date(BEFORE_CONSULTATION)} it was {distance(before['counter_distance_m'])}"
        sentence += f", of all {before['wards_count']} wards." if in_force > london["wards_count"] else "."
    if uncertain:
        sentence += (
            f" For {number(uncertain)} wards another counter, whose place or closing day is not known exactly, could "
            "be nearer."
        )
    return sentence


def growth_sentence(most: Mapping[str, Any]) -> str:
    """Where the distance grew most, among the wards that can be compared."""
    among = f"among the {number(most['comparable_count'])} of {number(most['wards_count'])} wards that can be compared"
    earlier_m, later_m = most["earlier_distance_m"], most["counter_distance_m"]
    if later_m <= earlier_m:
        return f"The distance grew in no ward {among}."
    where = f"{most['ward_name']} ({most['borough_name']})"
    return f"The distance grew most in {where}, from {earlier_m / 1000:.1f} to {later_m / 1000:.1f} km, {among}."


def reconciliation_sentence(agreeing: int, total: int, independent: int) -> str:
    """How many of the checks are independent of how the list was made, and how many of those agree."""
    agree = "all" if agreeing == independent else in_words(agreeing)
    return f"Of {in_words(total)} checks {in_words(independent)} are independent, and {agree} agree."


def map_sentence(day: date, drawn: int, not_drawn: int, shaded: str) -> str:
    """What the map shows: the shade of the wards, the places drawn, and those whose place is not known."""
    sentence = f"London on {full_date(day)}: {shaded}, and {_places(drawn)} whose position is known to the postcode."
    if not_drawn:
        sentence += f" {capitalised(_places(not_drawn))} in the list {'is' if not_drawn == 1 else 'are'} not drawn."
    return sentence


def ended_sentence(ended: int) -> str:
    """Of how many wards drawn the area had been redrawn by the day, so that nothing can be said of them."""
    return (
        f"{capitalised(in_words(ended))} shapes are of wards that had been redrawn by then; the centres of the wards "
        "of 2018 that replaced them are not on this site, so they are shown as not known."
    )


def _places(count: int) -> str:
    return f"{in_words(count)} place" + "s" * (count != 1)


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


def site_sentence(site: SiteOnDay, day: date) -> str:
    """One site in a sentence: its state on the day and since when."""
    name = site.site_name
    state = "open" if site.site_kind is SiteKind.FRONT_COUNTER else "in use"
    if site.undated_event is not None:
        return f"Whether {name} was {state} on {full_date(day)} is not known: it {_undated_words(site)}."
    if site.last_event is None or site.last_event_on is None:
        return f"Nothing was known of {name} by {full_date(day)}."
    if site.site_status is SiteStatus.NOT_KNOWN:
        when = on_date(site.last_event_on, site.last_event_precision)
        return f"Whether {name} was in use on {full_date(day)} is not known; it was last heard of {when}."
    if site.site_status is SiteStatus.OPEN:
        return f"{name} was {state} on {full_date(day)}."
    closed = f": it closed {on_date(site.closed_on, site.closed_precision)}" if site.closed_on else ""
    return f"{name} was not {state} on {full_date(day)}{closed}."


def found_sentence(found: int, total: int) -> str:
    """How many places of the list are shown."""
    if found == total:
        return f"{number(total)} places: counters, hubs, bases, offices, contact points and sessions."
    if not found:
        return "No place of the list fits. Try a shorter name, a street, or a postcode district such as NW5."
    return f"{number(found)} of {number(total)} places fit."


def plans_sentence(counters: int) -> str:
    """For how many counters the draft, the decision and the outcome are not the same."""
    of_them = f"{in_words(counters)} counter{'s' * (counters != 1)}"
    return f"For {of_them} the final decision or what happened differed from the draft plan."


def closures_sentence(day: date, closures: int, inferred: int) -> str:
    """How many closures were known, and of how many the date is only inferred."""
    known = f"{capitalised(in_words(closures))} closure{'s' * (closures != 1)} of counters by {full_date(day)}"
    return f"{known}. We worked out the date of {in_words(inferred)}." if inferred else f"{known}."


def published_totals_sentence(day: date, totals: int) -> str:
    """How many totals had been published by the day."""
    total = f"{capitalised(in_words(totals))} total{'s' * (totals != 1)} of counters"
    return f"{total} {'was' if totals == 1 else 'were'} published up to {full_date(day)}."


def in_use_words(is_silent_for_two_years: bool, *kinds: tuple[str, int, int]) -> str:
    """1 hub; 2 bases (1 more, no recent word of it), for each kind the number in use and of those not known."""
    for_how_long = "no word of {} for over two years" if is_silent_for_two_years else "no recent word of {}"
    parts = []
    for noun, in_use, not_known in kinds:
        silence = for_how_long.format("it" if not_known == 1 else "them")
        if in_use:
            more = f" ({not_known} more, {silence})" if not_known else ""
            parts.append(f"{in_use} {noun}{'s' * (in_use != 1)}{more}")
        elif not_known:
            parts.append(f"{not_known} {noun}{'s' * (not_known != 1)}, {silence}")
    return "; ".join(parts) if parts else "none known"


def opening_words(text: str) -> str:
    """Mon-Fri 10:00-22:00; Sat-Sun 09:00-19:00 as a reader says it; hours written otherwise as they are."""
    if text == "24/7":
        return "open 24 hours"
    words = _DAYS.sub(lambda found: f"{_DAY_WORDS[found[1]]} to {_DAY_WORDS[found[2]]}", text.replace(";", ","))
    words = words.replace("Saturday to Sunday", "Saturday and Sunday")
    words = _DAY.sub(lambda found: _DAY_WORDS[found[0]], words)
    return _TIMES.sub(lambda found: f"{clock(found[1])} to {clock(found[2])}", words)


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
