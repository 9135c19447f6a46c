"""Boroughs side by side, as exhibits for the dashboard and the plain pages."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from transparency.boroughs.queries import (
    Ranked,
    borough_context,
    borough_measure,
    chosen,
    ranked_by_value,
    ranked_by_wards,
)
from transparency.boroughs.sentences import (
    CONTEXT_WORDS,
    MEASURE_WORDS,
    NO_REAL_DIFFERENCE,
    RANK_RULE,
    WITHOUT_EVERY_WARD,
    between_headline,
    change_words,
    comparison_headline,
    context_headline,
    hours_words,
    unranked_headline,
)
from transparency.core.text import capitalised, count_of, distance, full_date, listed, number, percentage
from transparency.counters.sentences import open_words
from transparency.exhibits.cells import borough_column, rounded, unique
from transparency.exhibits.exhibit import Cell, Column, Exhibit, Image, Said, Source, table
from transparency.exhibits.files import a_day, one_of, published_as
from transparency.places.arguments import some_boroughs
from transparency.progress.charts import BoroughBar, borough_bars_svg
from transparency.progress.exhibits import of_known, ward_sources
from transparency.store.store import Store
from transparency.wards.queries import boroughs_on

CONTEXT_COLUMNS = {
    "counters": ("counters_open_count", 0),
    "distance": ("counter_distance_m", -2),
    "wards": ("wards_count", 0),
    "population": ("population_per_ward_count", 0),
}
REGISTERS = {
    2015: Source("Greater London Authority", "Wards, positions and projected population (2014 and 2018 sets)", None),
    2021: Source(
        "Office for National Statistics", "Wards December 2022 and Census 2021", "https://geoportal.statistics.gov.uk/"
    ),
}
SITE_LIST = Source("This site", "List of sites and their dated events, each with its own source", "/counters")


def comparison_sentence(store: Store, day: date, measure: str = "promise") -> str:
    """Whether the boroughs can be compared on a measure of the promise that day."""
    rows = borough_measure(store, measure, day)
    return comparison_headline(MEASURE_WORDS[measure], sum(row["is_ranked"] for row in rows), len(rows), day)


def _metres(row: dict[str, Any]) -> Cell:
    return None if row["counter_distance_m"] is None else distance(row["counter_distance_m"])


def _open_counters(row: dict[str, Any]) -> Cell:
    at_least, at_most = row["counters_open_count"], row["counters_open_at_most_count"]
    return None if at_least is None else Said(open_words(at_least, at_most), at_least)


OF_EVERY_BOROUGH = (
    Column("counters_open_count", "Counters open", True, _open_counters),
    Column(
        "hours",
        "Their hours",
        cell=hours_words,
    ),
    Column("counter_distance_m", "Median distance to the nearest", True, _metres),
    Column("wards_count", "Wards", True),
    rounded("population_per_ward_count", "People per ward"),
)


@published_as("boroughs-ranked", measure=one_of("measure", MEASURE_WORDS), boroughs=some_boroughs())
def ranked_exhibit(store: Store, day: date, measure: str, codes: tuple[str, ...] = ()) -> Exhibit | None:
    """Boroughs with a figure for every ward, best first; None where there is none."""
    ranked = ranked_by_wards(store, chosen(borough_measure(store, measure, day), codes))
    if not ranked:
        return None
    first, last = ranked[0].row, ranked[-1].row
    return Exhibit(
        key="ranked",
        headline=f"{_share(first)} in {first['borough_name']}, {_share(last)} in {last['borough_name']}: "
        f"{MEASURE_WORDS[measure]} on {full_date(day)}.",
        subtitle=f"Share of {MEASURE_WORDS[measure]}, {full_date(day)}; boroughs with a figure for every ward.",
        picture=_bars(
            [
                BoroughBar(item.row["borough_name"], item.row["wards_met_pct"], _share_words(item.row))
                for item in ranked
            ],
            MEASURE_WORDS[measure],
        ),
        table=table(
            f"Boroughs by {MEASURE_WORDS[measure]}",
            (
                borough_column(day),
                Column("rank", "Rank", True),
                Column("wards_met_count", "Wards with it", True),
                Column("wards_count", "Wards", True),
                Column("wards_met_pct", "Share", True, _share_met),
                Column("gap", "Against the borough above"),
            ),
            [item.row | {"rank": item.words, "gap": _gap_words(item, ranked[0])} for item in ranked],
        ),
        sources=ward_sources(store, day),
        note=RANK_RULE,
    )


def _gap_words(item: Ranked, first: Ranked) -> str:
    if item is first:
        return "–"
    return NO_REAL_DIFFERENCE if item.is_no_real_difference else "one ward or more"


def _share(row: dict[str, Any]) -> str:
    return count_of(row["wards_met_count"], row["wards_count"], "wards")


def _share_met(row: dict[str, Any]) -> str:
    return percentage(row["wards_met_count"], row["wards_count"])


def _share_words(row: dict[str, Any]) -> str:
    return f"{number(row['wards_met_count'])} of {number(row['wards_count'])} ({_share_met(row)})"


def _bars(bars: Sequence[BoroughBar], measure_words: str) -> Image:
    """The bars as a picture, and each bar in words."""
    words = "; ".join(f"{bar.borough_name} {bar.words}" for bar in bars)
    alt = f"Bars by borough, {measure_words}: {words}."
    return Image(borough_bars_svg(bars, alt), alt)


@published_as("boroughs-not-published", measure=one_of("measure", MEASURE_WORDS), boroughs=some_boroughs())
def not_published_exhibit(store: Store, day: date, measure: str, codes: tuple[str, ...] = ()) -> Exhibit | None:
    """Boroughs without a figure for every ward, with the count of wards known."""
    rows = [row for row in chosen(borough_measure(store, measure, day), codes) if not row["is_ranked"]]
    if not rows:
        return None
    known = sum(row["wards_known_count"] for row in rows)
    return Exhibit(
        key="not-published",
        headline=unranked_headline(len(rows), known, sum(row["wards_count"] for row in rows)),
        subtitle=f"Boroughs without a figure for every ward, {MEASURE_WORDS[measure]}, {full_date(day)}. Not ranked: "
        "a missing figure is neither good nor bad.",
        table=table(
            WITHOUT_EVERY_WARD,
            (
                borough_column(day),
                Column("wards_known_count", "Wards known", True),
                Column(
                    "wards_met_count",
                    "of these with it",
                    True,
                    lambda row: of_known(row["wards_met_count"], row["wards_known_count"] > 0),
                ),
                Column("wards_met_declared_count", "Announced, not checked", True),
                Column("wards_count", "Wards", True),
            ),
            rows,
        ),
        sources=ward_sources(store, day),
        note=RANK_RULE,
    )


@published_as("boroughs-context", measure=one_of("measure", CONTEXT_WORDS), boroughs=some_boroughs())
def context_exhibit(store: Store, day: date, measure: str = "counters", codes: tuple[str, ...] = ()) -> Exhibit | None:
    """What can be compared for every borough on any day, sorted by one of the measures.

    Where that measure is not known on the day, sorted by the number of wards; None where no borough is chosen.
    """
    every = borough_context(store, day)
    shown = chosen(every, codes)
    if all(row[CONTEXT_COLUMNS[measure][0]] is None for row in shown):
        measure = "wards"
    column, decimals = CONTEXT_COLUMNS[measure]
    ranked = ranked_by_value(store, shown, column, decimals)
    if not ranked:
        return None
    most, least = (
        (end.row[column], [item.row["borough_name"] for item in ranked if item.rank == end.rank])
        for end in (ranked[0], ranked[-1])
    )
    most_at_most = max(row["counters_open_at_most_count"] or 0 for row in shown)
    bars = [BoroughBar(item.row["borough_name"], item.row[column], _bar_words(measure, item.row)) for item in ranked]
    return Exhibit(
        key="context",
        headline=between_headline(least[0], most_at_most, day)
        if measure == "counters" and _are_between(shown)
        else context_headline(measure, most, least, day),
        subtitle=f"Boroughs by {CONTEXT_WORDS[measure]}, largest first, {full_date(day)}.",
        picture=_bars(bars, CONTEXT_WORDS[measure]),
        table=table(
            f"What can be compared on {full_date(day)}",
            (borough_column(day), *OF_EVERY_BOROUGH),
            [*(item.row for item in ranked), *(row for row in shown if row[column] is None)],
        ),
        sources=(SITE_LIST, *registers(every)),
        note=_context_note(every),
    )


def _bar_words(measure: str, row: dict[str, Any]) -> str:
    value = row[CONTEXT_COLUMNS[measure][0]]
    if measure == "distance":
        return f"{value / 1000:.1f} km"
    if measure == "counters" and row["counters_open_at_most_count"] > value:
        return f"{number(value)} to {number(row['counters_open_at_most_count'])}"
    return number(round(value))


def registers(rows: Sequence[dict[str, Any]]) -> tuple[Source, ...]:
    """The registers of wards and people that the rows of a day rest on."""
    years = {row["population_year"] for row in rows}
    return tuple(source for year, source in REGISTERS.items() if year in years)


def _context_note(rows: Sequence[dict[str, Any]]) -> str:
    years = sorted({row["population_year"] for row in rows if row["population_year"] is not None})
    basis = (
        "projected for 2015; in boroughs redrawn in 2014 it is an estimate"
        if years == [2015]
        else "of the Census of 2021"
    )
    loose = sum(row["wards_possibly_nearer_count"] > 0 for row in rows)
    nearer = (
        f"; in {loose} boroughs a counter whose place or closing day is not known exactly could be nearer to some wards"
    )
    return (
        "A large or small value is not better or worse. Distance: as the crow flies "
        "from the wards' centres, the river not considered, the median ward, to the nearest open counter whose place "
        f"is known to the postcode{nearer if loose else ''}. "
        f"{_unplaced_note(rows)}{_between_note(rows)}Population: {basis}."
    )


def _are_between(rows: Sequence[dict[str, Any]]) -> bool:
    """Whether of a counter of some borough only the month or year is known in which it closed or opened."""
    return any(row["counters_open_at_most_count"] != row["counters_open_count"] for row in rows)


def _unplaced_note(rows: Sequence[dict[str, Any]]) -> str:
    """Why no distance is given where counters are known; nothing elsewhere."""
    without = [
        row["borough_name"]
        for row in rows
        if row["counters_open_count"] is not None and row["counter_distance_m"] is None
    ]
    if not without:
        return ""
    return f"No distance in {listed(without)}: the positions of their redrawn wards are not on this site. "


def _between_note(rows: Sequence[dict[str, Any]]) -> str:
    """What a count of counters is, where some closed or opened on a day not known; nothing elsewhere."""
    if not _are_between(rows):
        return ""
    return "Counters: at least so many; of some only the month or year is known in which they closed or opened. "


@published_as("boroughs-change", before=a_day("before"), boroughs=some_boroughs())
def change_exhibit(store: Store, before: date, day: date, codes: tuple[str, ...] = ()) -> Exhibit:
    """Every borough on two days side by side: wards known and met, counters open, distance, and the change."""
    earlier, later = sorted((before, day))
    before_rows, after_rows = (_on_day(store, on, codes) for on in (earlier, later))
    return Exhibit(
        key="change",
        headline=_change_headline(before_rows, after_rows, earlier, later),
        subtitle=f"Wards that meet the promise on a figure of their own, counters open and distance to the nearest, "
        f"{full_date(earlier)} and {full_date(later)}.",
        table=table(
            f"{full_date(earlier)} and {full_date(later)} side by side",
            (
                borough_column(later),
                *_before_and_after("wards_met", "Wards met", "wards_met_evidenced_count", earlier, later),
                *_before_and_after("counters", "Counters", "counters_open_count", earlier, later),
                Column("distance_before", f"Distance, {full_date(earlier)}", True, lambda row: _km(row["before"])),
                Column("distance_after", f"Distance, {full_date(later)}", True, _km),
            ),
            [after | {"before": before} for before, after in zip(before_rows, after_rows, strict=True)],
        ),
        sources=unique([*ward_sources(store, later), SITE_LIST]),
        note=_between_note([*before_rows, *after_rows])
        + "A change in wards met can come from a figure first published, not only from an officer who came or went. "
        "Where the ward set changed between the two days, the wards are not the same.",
    )


def _change_headline(was: Sequence[dict[str, Any]], now: Sequence[dict[str, Any]], earlier: date, later: date) -> str:
    if any(row["counters_open_count"] is None for row in (*was, *now)):
        return f"Counters of {full_date(earlier)} or {full_date(later)} are not known; the rest can be compared."
    before, after = (
        open_words(*(sum(row[f"counters_open_{bound}"] for row in rows) for bound in ("count", "at_most_count")))
        for rows in (was, now)
    )
    return (
        f"{capitalised(before)} counters were open on {full_date(earlier)} and {after} on {full_date(later)} "
        "in the boroughs shown."
    )


def _on_day(store: Store, day: date, codes: tuple[str, ...]) -> list[dict[str, Any]]:
    """The boroughs chosen with what is known of their wards and counters on a day, by name; no nought of no ward."""
    counts = boroughs_on(store, day)
    rows = [counts[row["borough_code"]] | row for row in chosen(borough_context(store, day), codes)]
    return [row if row["wards_known_count"] else row | {"wards_met_evidenced_count": None} for row in rows]


def _before_and_after(name: str, label: str, counted: str, earlier: date, later: date) -> tuple[Column, ...]:
    """A count on two days and its change."""
    return (
        Column(f"{name}_before_count", f"{label}, {full_date(earlier)}", True, lambda row: row["before"][counted]),
        Column(f"{name}_after_count", f"{label}, {full_date(later)}", True, lambda row: row[counted]),
        Column(f"{name}_change_count", "Change", cell=lambda row: _change(row["before"][counted], row[counted])),
    )


def _change(before: float | None, after: float | None) -> Said:
    return Said(change_words(before, after), None if before is None or after is None else after - before)


def _km(row: dict[str, Any]) -> Cell:
    metres = row["counter_distance_m"]
    return None if metres is None else f"{metres / 1000:.1f} km"
