"""What the front page shows of London: numbers with what they were, the promise, the counters then and now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from markupsafe import Markup

from transparency.core.text import full_date, number, precise_date
from transparency.core.vocabulary import LONDON_CODE, Precision, today
from transparency.counters.pictures import counters_map
from transparency.counters.queries import (
    CounterTotals,
    counter_distances,
    counter_totals,
    is_by_notices,
    last_open_24_hours,
)
from transparency.counters.sentences import BY_NOTICES, COUNTERS_PREVIEWED
from transparency.exhibits.addresses import borough_address
from transparency.exhibits.cells import first_sources, source_link
from transparency.exhibits.exhibit import Cell, Column, Exhibit, Link, Said, Source, table
from transparency.exhibits.files import published_as
from transparency.exhibits.html import image_html, render
from transparency.months.elsewhere import elsewhere_source, elsewhere_years, first_whole
from transparency.months.queries import find_place, months, place_months_until, strength_month, time_months
from transparency.months.sentences import had_officers_sentence, month_name
from transparency.months.time import monthly_source
from transparency.places.queries import all_boroughs
from transparency.progress.exhibits import monthly_bar
from transparency.published.charts import promise_timeline
from transparency.published.queries import counter_milestones, promise_milestones
from transparency.published.sentences import (
    FIGURE_KIND_WORDS,
    counters_headline,
    is_announced,
    promise_verdict,
    share_words,
)
from transparency.store.store import Store
from transparency.survey.queries import KNOWS, newest_attitudes, survey_source

COUNTERS_BEFORE = date(2017, 7, 14)  # when the consultation on closing them began
AT_NIGHT_BEFORE = date(2017, 12, 31)  # when each borough was to have a counter open 24 hours
COUNTERS_CHANGED = date(2026, 3, 3)  # as previews before that day had it
OUR_LIST = Link("Our list of counters", "/counters")
IN_DISTANCE = (
    "Distances are from the middle of each ward in a straight line to the nearest counter known to be open 24 hours; "
    "half of the wards are nearer, half farther. Where no source gives a counter's own hours they are inferred."
)


@dataclass(frozen=True)
class Before:
    """What a number was: as a file has it, as a page says it, and when."""

    value: float
    shown: str
    when: str


@dataclass(frozen=True)
class HomeNumber:
    """One number of London: what it measures, how it is shown and called, what it is of, and what it was."""

    measure: str
    value: float
    shown: str
    label: str
    when: str
    how_known: str
    source: Link | str
    href: str
    before: Before | None = None
    until: str = ""

    @property
    def change(self) -> str:
        """Down from 73 in July 2017; empty where nothing earlier is known."""
        if self.before is None:
            return ""
        if self.shown == self.before.shown:
            return f"The same as {self.before.when}"
        way = "Down" if self.value < self.before.value else "Up"
        return f"{way} from {self.before.shown} {self.before.when}{self.until}"


def home_numbers(store: Store, day: date) -> tuple[HomeNumber, ...]:
    """The numbers known of London on a day; one that is not known is left out."""
    found = (*_of_counters(store, day), _who_knows(store, day), _elsewhere(store, day))
    return tuple(each for each in found if each is not None)


def _of_counters(store: Store, day: date) -> tuple[HomeNumber | None, ...]:
    now = counter_totals(store, day)
    if now is None:
        return ()
    consulted = counter_totals(store, COUNTERS_BEFORE) if day > COUNTERS_BEFORE else None
    promised = counter_totals(store, AT_NIGHT_BEFORE) if day > AT_NIGHT_BEFORE else None
    when, inferred = full_date(day), f"{number(now.counters_hours_inferred_count)} counters' hours inferred"
    known = "known to be " if now.counters_hours_not_published_count else ""
    return (
        HomeNumber(
            "Counters open",
            now.counters_open_count,
            _range(now),
            "counters open",
            when,
            "our list, event by event",
            OUR_LIST,
            "/counters",
            Before(consulted.counters_open_count, _range(consulted), "in July 2017") if consulted else None,
        ),
        HomeNumber(
            "Counters open 24 hours",
            now.counters_24_7_count,
            number(now.counters_24_7_count),
            f"counters {known}open 24 hours",
            when,
            f"our list; {inferred}",
            OUR_LIST,
            "/counters",
            Before(promised.counters_24_7_count, number(promised.counters_24_7_count), _where(promised))
            if promised
            else None,
            _still_open_24_hours(store, day, now),
        ),
        _at_night(store, day, now, promised),
    )


def _still_open_24_hours(store: Store, day: date, now: CounterTotals) -> str:
    """How many were still open 24 hours on the day before the newest change, where it was a fall after 2017."""
    last = last_open_24_hours(store, day)
    totals = counter_totals(store, last) if last is not None and last > AT_NIGHT_BEFORE else None
    if last is None or totals is None or totals.counters_24_7_count <= now.counters_24_7_count:
        return ""
    return f". Our list still had {number(totals.counters_24_7_count)} on {full_date(last)}"


def _range(totals: CounterTotals) -> str:
    """27, or 26 to 27 within a month in which one closed on a day not known."""
    least, most = totals.counters_open_count, totals.counters_open_at_most_count
    return number(least) if least == most else f"{number(least)} to {number(most)}"


def _where(totals: CounterTotals) -> str:
    promised = totals.counters_24_7_inferred_count
    return f"at the end of 2017{f', {number(promised)} of them promised and not confirmed' if promised else ''}"


def _at_night(store: Store, day: date, now: CounterTotals, promised: CounterTotals | None) -> HomeNumber | None:
    km, before = _night_km(store, day, now), _night_km(store, AT_NIGHT_BEFORE, promised)
    if km is None:
        return None
    return HomeNumber(
        "Distance to a counter open 24 hours, middle ward, km",
        km,
        f"{km:.1f} km",
        "typical distance to a counter open at night, as the crow flies",
        full_date(day),
        "our measure, as the crow flies; hours partly inferred",
        OUR_LIST,
        "/counters",
        Before(before, f"{before:.1f} km", "at the end of 2017, some hours inferred") if before else None,
    )


def _night_km(store: Store, day: date, totals: CounterTotals | None) -> float | None:
    """The middle ward's distance; None where the hours of a borough's counters are not known."""
    if totals is None or totals.boroughs_24_7_not_known_count:
        return None
    rows = counter_distances(store, day)
    metres = rows[0]["counter_24_7_distance_m"] if rows else None
    return None if metres is None else round(metres / 1000, 1)


def _who_knows(store: Store, day: date) -> HomeNumber | None:
    known = newest_attitudes(store, day).get(LONDON_CODE, {}).get(KNOWS)
    source = survey_source(store, known.quarter_end) if known else None
    if known is None or source is None:
        return None
    before = None
    if known.change_points is not None and known.promised_percent is not None and known.promised_quarter_end:
        when = f"in {precise_date(known.promised_quarter_end, Precision.MONTH)}"
        before = Before(known.promised_percent, f"{known.promised_percent}%", when)
    return HomeNumber(
        "People asked who knew how to contact their ward officer, %",
        known.percent,
        f"{known.percent}%",
        "of people asked knew how to contact their ward officer",
        precise_date(known.quarter_end, Precision.MONTH),
        "survey estimate",
        _link(source),
        "/promises?promise=known-by-the-community",
        before,
    )


def _elsewhere(store: Store, day: date) -> HomeNumber | None:
    """The monthly series where it is stored, which is compared with no other; else the years of the older edition."""
    monthly = time_months(store, find_place(store, LONDON_CODE), day)
    if monthly:
        newest = monthly[-1]
        source = monthly_source(store.is_demonstration, newest.month)
        return _hours(newest.elsewhere_percent, month_name(newest.month), source)
    years = elsewhere_years(store, day).get(LONDON_CODE, ())
    edition = elsewhere_source(store, years[-1].last_month) if years else None
    if edition is None or years[-1].elsewhere_percent is None:
        return None
    first, before = first_whole(years), None
    if first is not years[-1] and first.elsewhere_percent:
        before = Before(first.elsewhere_percent, _one_in(first.elsewhere_percent), f"in {first.words}")
    return _hours(years[-1].elsewhere_percent, years[-1].words, edition, before, ", training counted")


def _hours(
    percent: float | None, when: str, source: Source, before: Before | None = None, counted: str = ""
) -> HomeNumber | None:
    if percent is None or percent < 1:
        return None
    return HomeNumber(
        "Ward officers' recorded time spent elsewhere, %",
        percent,
        _one_in(percent),
        f"hours of ward officers' time spent elsewhere{counted}",
        when,
        f"our sum of what the Met recorded: {number(percent)}%",
        _link(source),
        "/ring_fencing",
        before,
    )


def _one_in(percent: float) -> str:
    return f"1 in {number(round(100 / percent))}"


def _link(source: Source) -> Link | str:
    return Link(source.publisher, source.url) if source.url else source.publisher


# ---------------------------------------------------------------- as tables


@published_as("home-numbers")
def numbers_exhibit(store: Store, day: date) -> Exhibit | None:
    """The numbers as rows; None where none is known."""
    numbers = home_numbers(store, day)
    if not numbers:
        return None
    known = newest_attitudes(store, day).get(LONDON_CODE, {}).get(KNOWS)
    years = elsewhere_years(store, day).get(LONDON_CODE, ())
    series = (
        survey_source(store, known.quarter_end) if known else None,
        elsewhere_source(store, years[-1].last_month) if years else None,
    )
    return Exhibit(
        key="home-numbers",
        headline="London's counters and ward officers in numbers.",
        subtitle="London without the City, each number with its date and what it was before.",
        table=table(
            "London in numbers",
            (
                Column("measure", "Measure"),
                Column("value", "Now", True, lambda each: Said(each.shown, each.value)),
                Column("as_at", "As at", cell=lambda each: each.when),
                Column("value_before", "Before", True, _before),
                Column("before_as_at", "Then", cell=lambda each: each.before and each.before.when),
                Column("how_known", "How we know"),
                Column("source", "Source"),
            ),
            numbers,
        ),
        sources=(*first_sources(counter_milestones(store, day)), *filter(None, series)),
        note=IN_DISTANCE,
    )


def _before(known: HomeNumber) -> Cell:
    return None if known.before is None else Said(known.before.shown, known.before.value)


@published_as("landing-promise")
def promise_exhibit(store: Store, day: date) -> Exhibit | None:
    """What became of the promise of two constables; None where no figure for London is stored."""
    rows = promise_milestones(store, day)
    if not rows:
        return None
    return Exhibit(
        key="promise",
        headline=promise_verdict(rows, day),
        subtitle="Share of London's wards with two constables. The City of London has its own police.",
        table=table(
            "Wards with two dedicated constables, London",
            (
                Column("as_at", "As at", cell=_when),
                Column("wards_with_two_pcs_count", "Wards with two constables", True, _wards),
                Column("share_pct", "Share of wards", True, lambda row: f"{row['share_pct']:.0f}%"),
                Column(
                    "how_known",
                    "How we know",
                    cell=lambda row: "announced" if is_announced(row) else FIGURE_KIND_WORDS[row["kind"]],
                ),
                Column("source", "Source", cell=source_link),
            ),
            rows,
            missing="not published",
        ),
        sources=first_sources(rows),
        note="London was promised two dedicated constables and one PCSO in each of its 629 wards by the end of 2017. "
        "Filled marks are published figures. Outlined marks are announcements or our own sums.",
    )


def _wards(row: dict[str, Any]) -> Cell:
    return None if row["wards_count"] is None else share_words(row)


@published_as("landing-counters")
def counters_exhibit(store: Store, day: date) -> Exhibit | None:
    """How many counters are open; None where no total is stored."""
    rows = counter_milestones(store, day)
    if not rows:
        return None
    return Exhibit(
        key="counters",
        headline=counters_headline(rows),
        subtitle="Police counters open to the public, published totals, London without the City.",
        table=table(
            "Police counters open, London",
            (
                Column("as_at", "As at", cell=_when),
                Column("counters_open_count", "Counters open", True),
                Column("counters_24_7_count", "Of these open 24 hours", True),
                Column("source", "Source", cell=source_link),
                Column("source_24_7", "Source of the hours, where another", cell=_source_of_hours),
            ),
            rows,
            missing="not given by this source",
        ),
        sources=first_sources(rows),
        note=COUNTERS_PREVIEWED if rows[-1]["as_at"] == COUNTERS_CHANGED else "",
    )


def _source_of_hours(row: dict[str, Any]) -> Cell:
    return Link(row["publisher_24_7"], row["url_24_7"]) if row["publisher_24_7"] else ""


def _when(row: dict[str, Any]) -> str:
    return precise_date(row["as_at"], row["as_at_precision"])


# ---------------------------------------------------------------- the page


def home_html(store: Store, day: date) -> str:
    """Numbers, the promise, the counters then and now, and the boroughs, in one piece."""
    exhibits = (numbers_exhibit(store, day), promise_exhibit(store, day), counters_exhibit(store, day))
    days = {"July 2017": COUNTERS_BEFORE, "Today" if day == today() else full_date(day): day}
    maps = {words: counters_map(store, each) for words, each in days.items() if day > COUNTERS_BEFORE}
    rows = promise_milestones(store, day)
    return render(
        "landing.html",
        day=day,
        numbers=home_numbers(store, day),
        by_notices=BY_NOTICES if is_by_notices(store, day) else "",
        verdict=_verdict(store, day),
        timeline=_timeline_html(store, rows, day) if rows else "",
        maps=[
            (words, Markup(image_html(each.image)), each.caption)  # noqa: S704 - rendered by our escaping templates
            for words, each in maps.items()
            if each is not None
        ],
        boroughs=[(each.borough_name, borough_address(each.borough_code)) for each in all_boroughs(store)],
        exhibits=[each for each in exhibits if each is not None],
    )


def _timeline_html(store: Store, rows: list[dict[str, Any]], day: date) -> Markup:
    monthly = monthly_bar(store, day)
    image = promise_timeline(rows, day, monthly and monthly[:2], bool(months(store)))
    return Markup(image_html(image))  # noqa: S704 - rendered by our escaping templates


def _verdict(store: Store, day: date) -> str | None:
    """Whether the promise was kept: by the newest month of strengths, else when London was last counted."""
    month, rows = strength_month(store, day), promise_milestones(store, day)
    monthly = place_months_until(store, month.as_at) if month is not None else ()
    said = had_officers_sentence(monthly[-1]) if monthly else None
    return said or (promise_verdict(rows, day) if rows else None)
