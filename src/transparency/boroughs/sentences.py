"""Words for comparing boroughs and for what is known of one of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from transparency.core.text import capitalised, count_of, distance, full_date, in_words, listed, number, possessive
from transparency.core.vocabulary import FIRST_SITE_DAY
from transparency.counters.sentences import open_words

NO_REAL_DIFFERENCE = "no real difference"
RANK_RULE = (
    "Boroughs with the same share have the same rank; so has one less than one ward behind the first of its rank, a "
    "ward being one of the borough ahead: that is no real difference. A borough is ranked only where every one of its "
    "wards has a published or confirmed figure of its own; a declaration for all wards is not one."
)
UNPLACED = (
    "The positions and people of its wards are not on this site, so it has no distance and no borough of like size."
)
WITHOUT_EVERY_WARD = "Without a figure for every ward"
LIKENESS_RULE = (
    "Of like size: the smallest distance between two boroughs' number of wards and population per ward, each divided "
    "by its standard deviation over the 32 boroughs. It rests on these two alone and leaves out crime, visitors and "
    "area, so it does not say that two boroughs need the same policing."
)
SERIES_TOO = " and, where published by then, officers, time elsewhere and the survey"
MEASURE_WORDS = {
    "promise": "wards with two constables and one PCSO",
    "pcs": "wards with two constables",
    "pcsos": "wards with one PCSO",
}
CONTEXT_WORDS = {
    "counters": "counters open",
    "distance": "distance to the nearest open counter",
    "wards": "number of wards",
    "population": "population per ward",
}


def comparison_headline(measure_words: str, ranked: int, boroughs: int, day: date) -> str:
    """Whether the boroughs can be compared on a measure of the promise on a day."""
    others = "wards, population" if day < FIRST_SITE_DAY else "counters and their hours, distance, wards, population"
    if ranked == 0:
        return (
            f"On {full_date(day)} no borough can be ranked by {measure_words}: for none do we hold a figure for every "
            f"ward. What can be compared that day: {others}{SERIES_TOO}."
        )
    if ranked < boroughs / 4:
        return (
            f"On {full_date(day)} only {in_words(ranked)} of {boroughs} boroughs can be ranked by {measure_words}: "
            f"for the rest we do not hold a figure for every ward. What can be compared for all of them: {others}"
            f"{SERIES_TOO}."
        )
    if ranked == boroughs:
        return f"On {full_date(day)} all {boroughs} boroughs can be ranked by {measure_words}."
    some = f"On {full_date(day)} {ranked} of {boroughs} boroughs can be ranked by {measure_words}"
    return f"{some}; {in_words(boroughs - ranked)} cannot."


def unranked_headline(boroughs: int, known: int, wards: int) -> str:
    """How many boroughs lack a figure for every ward, and of how many of their wards there is one."""
    if not known:
        return f"{WITHOUT_EVERY_WARD}: {boroughs} boroughs; of none of their {number(wards)} wards is one known."
    return f"{WITHOUT_EVERY_WARD}: {boroughs} boroughs, in which {number(known)} of {number(wards)} wards are known."


def _named(names: Sequence[str]) -> str:
    return listed(list(names)) if len(names) <= 3 else f"{in_words(len(names))} boroughs"


def change_words(before: float | None, after: float | None, unit: str = "") -> str:
    """+2, −1, no change; not known where either side is not."""
    if before is None or after is None:
        return "not known"
    change = after - before
    if change == 0:
        return "no change"
    sign = "+" if change > 0 else "−"
    return f"{sign}{number(abs(change))}{unit}"


def context_headline(
    measure: str, most: tuple[float, Sequence[str]], least: tuple[float, Sequence[str]], day: date
) -> str:
    """The two ends of what can be compared for every borough, each a value and the boroughs that have it."""
    high, low = _value_words(measure, most[0]), _value_words(measure, least[0])
    words = capitalised(CONTEXT_WORDS[measure])
    if high == low:
        return f"{words} on {full_date(day)}: {high} in every borough shown."
    return f"{words} on {full_date(day)}: from {high} ({_named(most[1])}) to {low} ({_named(least[1])})."


def between_headline(at_least: float, at_most: float, day: date) -> str:
    """The ends of the counts of counters where some closed or opened on a day not known."""
    return (
        f"Counters known to be open on {full_date(day)}: at least {in_words(at_least)} in each borough "
        f"shown, at most {in_words(at_most)}."
    )


def _value_words(measure: str, value: float) -> str:
    if measure == "distance":
        return distance(value)
    if measure == "population":
        return f"{number(round(value))} people"
    if measure == "counters":
        return in_words(value) if value else "none"
    return number(value)


def hours_words(counters: Mapping[str, Any]) -> str:
    """What is known of a borough's counter hours: how many are open 24 hours, how many are not known."""
    counters_24_7, not_known = counters["counters_24_7_count"], counters["counters_hours_not_published_count"]
    if counters_24_7 is None:
        return "not known"
    none = "none known to be" if counters["has_24_7"] == "not_known" else "none"
    said = f"{none if counters_24_7 == 0 else in_words(counters_24_7)} open 24 hours"
    if inferred := counters["counters_24_7_inferred_count"]:
        reported = f"{in_words(counters_24_7 - inferred)} open 24 hours, " if counters_24_7 > inferred else ""
        said = f"{reported}{in_words(inferred)} promised to be open 24 hours, not confirmed"
    if not_known:
        said += f", hours of {in_words(not_known)} not known"
    return said


def borough_sentence(name: str, counts: Mapping[str, Any], counters: Mapping[str, Any], day: date) -> str:
    """What is known of one borough on a day: its wards and its counters."""
    met, short = counts["wards_met_evidenced_count"], counts["wards_short_count"]
    rated = f"{name} had {number(counts['wards_count'])} wards on {full_date(day)}: "
    if met + short:
        rated += f"{count_of(met + short, counts['wards_count'], 'wards')} can be rated on a figure of their own, "
        rated += f"{number(met)} met and {number(short)} short"
    else:
        rated += "none can be rated on a figure of its own"
    if counts["wards_met_declared_count"]:
        rated += f", {number(counts['wards_met_declared_count'])} were announced as kept, with all of London"
    rated += "."
    if counters["counters_open_count"] is None:
        return f"{rated} Its counters on that day are not known."
    at_most = counters["counters_open_at_most_count"]
    noun = "counter was" if at_most == 1 else "counters were"
    hours = hours_words(counters)
    said = f"{rated} {capitalised(_open_counters(counters))} {noun} open" + (f", {hours}." if at_most else ".")
    if counters["counter_distance_m"] is None and counters["population_per_ward_count"] is None:
        said += f" {UNPLACED}"
    return said


def changes_sentence(name: str, changed: Sequence[Mapping[str, Any]], day: date) -> str:
    """How many wards have more than one figure since the promise, so that a change can be seen at all."""
    if not changed:
        return f"No ward of {name} had two figures since the promise by {full_date(day)}: no change can be seen."
    wards = "1 ward" if len(changed) == 1 else f"{number(len(changed))} wards"
    return f"{wards} of {name} had two or more figures since the promise by {full_date(day)}."


def counters_sentence(name: str, then: Mapping[str, Any], now: Mapping[str, Any], before: date, day: date) -> str:
    """Open counters of a borough on two days, or on one where both are the same."""
    had = f"{name} had {_open_counters(then)} open counter{'s' * (then['counters_open_at_most_count'] != 1)}"
    had += f" on {full_date(before)}"
    return f"{had}." if before == day else f"{had} and {_open_counters(now, 'none')} on {full_date(day)}."


def proposed_sentence(proposed: Iterable[Mapping[str, Any]]) -> str:
    """Which counters are proposed to close, since when and in which words; empty where none is."""
    said = [
        f"{row['site_name']} ({full_date(row['draft_on'])}{': ' + row['draft_note'] if row['draft_note'] else ''})"
        for row in proposed
    ]
    return f"Proposed to close, nothing decided as far as we know: {listed(said)}." if said else ""


def _open_counters(row: Mapping[str, Any], nought: str = "no") -> str:
    at_least, at_most = row["counters_open_count"], row["counters_open_at_most_count"]
    if at_most > at_least:
        return open_words(at_least, at_most)
    return in_words(at_least) if at_least else nought


def figures_sentence(name: str, current: int, plans: int, history: int, day: date) -> str:
    """How many figures and plans of its own a borough has since the promise, and how many from before it."""
    if not current and not plans and not history:
        return f"No figure of {possessive(name)} own had been published by {full_date(day)}."
    newer = [
        f"{in_words(count)} {noun}{'s' * (count != 1)}"
        for count, noun in ((current, "published figure"), (plans, "plan"))
        if count
    ]
    older = f"{in_words(history)} from before it, which are history" if history else "none from before it"
    return f"{name} has {listed(newer) or 'no published figure'} of its own since the promise; {older}."


def left_out_sentence(names: Sequence[str]) -> str:
    """The boroughs whose size cannot be compared; empty where every one can."""
    return f"Left out: {listed(list(names))}, whose wards' people are not on this site." if names else ""
