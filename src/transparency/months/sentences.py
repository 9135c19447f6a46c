"""Sentences about the monthly series of ward teams: strength in full-time equivalents, time abstracted.

They never join full-time equivalents with the posts and officers of the promise's own years.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from transparency.core.text import (
    capitalised,
    count_of,
    full_date,
    in_words,
    listed,
    number,
    on_date,
    percentage,
    possessive,
)
from transparency.core.vocabulary import (
    PROMISED_PCS,
    PROMISED_PCSOS,
    WARD_STATUS_WORDS,
    WORKBOOK_PUBLISHED_ON,
    Figure,
    HalfStatus,
    WardStatus,
)

if TYPE_CHECKING:
    from transparency.months.measures import WardMonth
    from transparency.months.queries import PlaceMonth, Spread, Turns, WardChange

PROGRAMME = "Monthly strength of ward teams"
RULE = "The promise is met in a month when constables are at least 2.0 FTE and PCSOs at least 1.0 FTE."
FTE_CAVEAT = (
    "Figures count working time, not people: 0.8 is four days in five. They show who is assigned, not who is on duty."
)
SHARE_CAVEAT = (
    "The Met decides what counts as time elsewhere. The share is the minutes elsewhere out of all minutes recorded."
)
TEAMS_CAVEAT = (
    "Wards are those with a team of their own that could be matched; time of shared and unmatched teams is in the "
    "totals of boroughs and of London only."
)
PROMISES_OWN_COUNT = "This is what we know apart from the monthly figures."
STATUS_CAVEAT = (
    "Wards are those of the set in force at the month's end, each by the FTE of teams that are its own alone. A ward "
    "without a figure of its own, and a month or borough without one, is not published: that is neither met nor short "
    "and never zero."
)
TOTALS_CAVEAT = "Totals take every team, matched to a ward or not. Months are not joined: their boroughs change."
WARD_SET_CHANGE = "The ward set changed on 5 May 2022."
WORKBOOK_EDITIONS = (
    "The Metropolitan Police first published these months on the London Datastore on 9 May 2022. The "
    "file of spring 2024 began in May 2018, that of September 2026, when it was last seen, in August 2021."
)
WORKBOOK_GAPS = (
    "Each file covers a window of months and restates earlier ones. In that of September 2026 Camden has no strengths "
    "since August 2024 and Islington next to none, and its ward codes are of two ward sets. A notice of 30 June 2026 "
    "said that the data were temporarily unavailable while they moved to a new platform."
)
STATEMENTS_CAVEAT = (
    "The statements count other things (shifts, routine moves) than the share of time by month, and are not to "
    "be read as one series with it."
)
NEED_CAVEAT = (
    "Which criteria pick the wards that get more was asked in public in January 2017. No measure of need and no list "
    "of those wards was published, so this shows where extra officers are and not why. Above the minimum means more "
    "than 2.0 FTE constables or more than 1.0 FTE PCSO."
)
NEED_QUESTION = "q01"
NEED_FINDING = "No measure of need and no list of the wards with more officers was published."
NEED_NOT_PUBLISHED = (
    "Not published: a measure of need, the wards that were to have more, and how many officers above the minimum each "
    "of them had. A plan is shown as a plan and never counts."
)


def strength_not_loaded(day: date) -> str:
    """Why no team's strength is shown on a day: not published by then, or not on this site."""
    return _not_loaded("strength of each ward team", day)


def time_not_loaded(day: date) -> str:
    """Why no team's time is shown on a day: not published by then, or not on this site."""
    return _not_loaded("record of each ward team's time", day)


def _not_loaded(what: str, day: date) -> str:
    if day < WORKBOOK_PUBLISHED_ON:
        return f"No monthly {what} had been published by {full_date(day)}."
    return f"This site has not loaded the monthly {what}. {WORKBOOK_EDITIONS}"


def month_name(month: date) -> str:
    """March 2024."""
    return f"{month:%B %Y}"


def fte(value: float | None, promised: float | None = None) -> str:
    """Full-time equivalents to one decimal: 0.9, 2.0; to more where one would round a short ward up to `promised`."""
    if value is None:
        return "not published"
    places = next((n for n in (1, 2, 3) if promised is None or not value < promised <= round(value, n)), 4)
    return f"{value:,.{places}f}"


def ward_month_sentence(known: WardMonth, is_today: bool) -> str:
    """What the monthly series says of a ward by its own rule: what it is short of, or that it has its officers."""
    name, has, gave = known.ward_name, "has" if is_today else "had", "The Met gave no figure for its"
    constables = f"{fte(known.constable_fte, PROMISED_PCS)} of"
    pcsos = f"{fte(known.pcso_fte, PROMISED_PCSOS)} of"
    short = tuple(status is HalfStatus.SHORT for status in (known.constable_status, known.pcso_status))
    missing = known.constable_fte is None, known.pcso_fte is None
    is_short = f"{name} {'is' if is_today else 'was'} short of"
    if all(missing):
        return f"The Met gave no figure for {name} alone in {month_name(known.month)}."
    if all(short):
        return f"{is_short} both: {constables} 2 constables and {pcsos} 1 PCSO."
    if short[0]:
        rest = f"{gave} PCSO." if missing[1] else f"It {has} its PCSO."
        return f"{is_short} constables: {constables} the 2 promised. {rest}"
    if short[1]:
        rest = f"{gave} constables." if missing[0] else f"It {has} its two constables."
        return f"{is_short} a PCSO: {pcsos} the 1 promised. {rest}"
    if missing[1]:
        return f"{name} {has} its two constables. {gave} PCSO."
    if missing[0]:
        return f"{name} {has} its PCSO. {gave} constables."
    return f"{name} {has} its officers: {constables} 2 constables and {pcsos} 1 PCSO."


def ward_month_how(known: WardMonth, is_demonstration: bool) -> str:
    """How that is known, and what the figures count."""
    published = "Invented for demonstration" if is_demonstration else "Published by the Met for this ward"
    return f"{published}, {month_name(known.month)}. {FTE_CAVEAT}"


def wards_sentence(known: PlaceMonth) -> str:
    """How many wards of a place are met, short, partly known and not published in a month, by the monthly rule."""
    month, wards, met = month_name(known.month), known.wards_count, known.wards_met_count
    whose = f"{possessive(known.place_name)} {number(wards)} wards"
    if known.wards_not_published_count == wards:
        return f"In {month} no strength of its own was published for any of {whose}."
    rest = [
        f"{number(count)} {words}"
        for count, words in (
            (known.wards_short_count, "short"),
            (known.wards_partly_known_count, "partly known"),
            (known.wards_not_published_count, "not published"),
        )
        if count
    ]
    sentence = f"In {month} {number(met)} of {whose} ({percentage(met, wards)}) met the promise by the rule for the "
    sentence += "monthly series"
    return f"{sentence}; {listed(rest)}." if rest else f"{sentence}."


def had_officers_sentence(known: PlaceMonth) -> str | None:
    """How many wards of a place had their officers in a month; None where none is known to have or to be short."""
    if not known.wards_met_count + known.wards_short_count:
        return None
    counts = (
        (known.wards_short_count, "short"),
        (known.wards_partly_known_count + known.wards_not_published_count, "not known"),
    )
    rest = listed([f"{number(count)} {words}" for count, words in counts if count])
    whose = f"{number(known.wards_met_count)} of {possessive(known.place_name)} {number(known.wards_count)} wards"
    return f"In {month_name(known.month)}, {whose} had their officers{f', with {rest}' if rest else ''}."


def months_sentence(months: Sequence[PlaceMonth]) -> str:
    """The months of a place with the smallest and the largest share of wards met."""
    least, most = (end(months, key=lambda known: known.wards_met_count / known.wards_count) for end in (min, max))

    def words(known: PlaceMonth) -> str:
        return f"{percentage(known.wards_met_count, known.wards_count)} of wards in {month_name(known.month)}"

    which = words(most) if least == most else f"between {words(least)} and {words(most)}"
    return f"{capitalised(most.place_name)}: {which} had their officers."


def halves_sentence(known: PlaceMonth) -> str:
    """How many wards have each half of the promise by the monthly rule."""
    if not known.boroughs_with_strength_count:
        return strength_sentence(known)
    return (
        f"In {month_name(known.month)}, {number(known.constables_met_count)} of {possessive(known.place_name)} "
        f"{number(known.wards_count)} wards had 2.0 FTE constables and {number(known.pcso_met_count)} had 1.0 FTE "
        "PCSOs."
    )


def strength_sentence(known: PlaceMonth) -> str:
    """The full-time equivalents of a place's ward teams in a month, and of how many boroughs they are."""
    whose, month = possessive(known.place_name), month_name(known.month)
    if known.constable_fte is None and known.pcso_fte is None:
        return f"No strength of {whose} ward teams is published for {month}."
    said = f"{fte(known.constable_fte)} FTE constables and {fte(known.pcso_fte)} FTE PCSOs"
    missing = known.boroughs_count - known.boroughs_with_strength_count
    rest = f", without {in_words(missing)} of {known.boroughs_count} boroughs" if missing else ""
    return f"{capitalised(whose)} ward teams had {said} in {month}{rest}."


def spread_sentence(apart: Spread, most: Sequence[str]) -> str:
    """How far wards differ, in per cent, and which had most where it is one."""
    half = f"In half of wards, officers spent {apart.quarter_pct:.0f}% to {apart.three_quarters_pct:.0f}% of their time"
    return f"{half} elsewhere. The most was {apart.most_pct:.0f}%{f', in {most[0]}' * (len(most) == 1)}."


_STATEMENT_WORDS = {
    "neighbourhood_aid_abstraction_percent": "of neighbourhood shifts were worked elsewhere",
    "dwo_routine_abstraction_percent": "was said to be the routine rate",
}


def statement_words(metric: str) -> str:
    """What a published statement counted."""
    return _STATEMENT_WORDS[metric]


def statements_sentence(figures: Sequence[Figure]) -> str:
    """What others said of it, each with its date."""
    said = [
        f"{capitalised(on_date(each.as_at, each.as_at_precision))}, {number(each.value)}% "
        f"{statement_words(each.metric)}."
        for each in figures
        if each.value is not None
    ]
    return " ".join(said) or "No statement on time elsewhere is on this site."


def extra_sentence(month: date, above: int, wards: int) -> str:
    """How many wards are above the minimum."""
    count = f"{number(above)} of {number(wards)} wards ({percentage(above, wards)})"
    return f"In {month_name(month)}, {count} had more constables or PCSOs than promised."


def gap_sentence(borough_name: str, what: str, first: date, last: date) -> str:
    """A run of missing months: missing, not zero."""
    span = month_name(first) if first == last else f"{month_name(first)} to {month_name(last)}"
    return f"{borough_name}: no {what} published for {span}."


def residents_words(years: Sequence[int | None]) -> str:
    """The years whose residents the rates are of."""
    known = sorted({str(year) for year in years if year is not None})
    return f"Residents are those of {listed(known)}." if known else "No number of residents is on this site."


# ---------------------------------------------------------------- from one month to the next


def change_in_fte(noun: str, now: float | None, before: float | None, promised: float | None = None) -> str:
    """Constables 1.5 FTE (April 2.0): a figure with that of the month before; one not published is said to be so."""
    was = "not published before" if before is None else f"{fte(before, promised)} the month before"
    if now is None:
        return f"{noun} not published ({was})"
    return f"{noun} {fte(now, promised)} FTE ({'no change' if now == before else was})"


def ward_change_title(change: WardChange) -> str:
    """Abbey in May 2022: met by the monthly rule, short of constables the month before."""
    is_published = change.status is not WardStatus.NOT_PUBLISHED
    now = (
        f"{WARD_STATUS_WORDS[change.status]} by the monthly rule"
        if is_published
        else "no strength of its own published"
    )
    title = f"{change.ward_name} in {month_name(change.month)}: {now}"
    if change.status_before is None or (is_published and change.status_before is change.status):
        return title
    return f"{title}, {WARD_STATUS_WORDS[change.status_before]} the month before"


def place_change_title(now: PlaceMonth, before: PlaceMonth | None) -> str:
    """London in May 2022: 3 of 9 wards (33%) met the promise by the monthly rule, 2 of 8 the month before."""
    met = count_of(now.wards_met_count, now.wards_count, "wards")
    title = f"{now.place_name} in {month_name(now.month)}: {met} met the promise by the monthly rule"
    if before is None:
        return title
    return f"{title}, {number(before.wards_met_count)} of {number(before.wards_count)} the month before"


def turned_lines(turned: Turns, is_named: bool) -> list[str]:
    """Which wards turned from the month before, by name or by their number."""
    lines = []
    for words, names in (
        ("Came to meet it", turned.came_to_meet),
        ("Fell short of it", turned.fell_short),
        ("Known the month before, not published now", turned.no_longer_published),
    ):
        if names:
            count = f"{number(len(names))} ward{'s' * (len(names) != 1)}"
            lines.append(f"{words}: {listed(list(names)) if is_named else count}")
    return lines


def share_of_time(share_pct: float) -> str:
    """A share of recorded time: 10%, none, or less than 1% where it would round to none."""
    if not share_pct:
        return "none"
    return f"{share_pct:.0f}%" if share_pct >= 1 else "less than 1%"


def abstracted_line(share_pct: float) -> str:
    """Time spent elsewhere: 10% of what was recorded."""
    return f"Time spent elsewhere: {share_of_time(share_pct)} of what was recorded"
