"""Boroughs side by side and one by one, as exhibits for the dashboard and the plain pages."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from transparency.boroughs.queries import (
    Ranked,
    borough_changes,
    borough_context,
    borough_counters,
    borough_figures,
    borough_measure,
    borough_wards,
    ranked_by_value,
    ranked_by_wards,
    similar_boroughs,
)
from transparency.boroughs.sentences import (
    CONTEXT_WORDS,
    LIKENESS_RULE,
    MEASURE_WORDS,
    NO_REAL_DIFFERENCE,
    RANK_RULE,
    borough_sentence,
    change_words,
    changes_sentence,
    comparison_headline,
    context_headline,
    counters_sentence,
    figures_sentence,
    hours_words,
)
from transparency.core.text import (
    DEMONSTRATION_POINTER,
    count_of,
    distance,
    full_date,
    number,
    percentage,
    precise_date,
)
from transparency.core.vocabulary import (
    BEFORE_CONSULTATION,
    FIRST_SITE_DAY,
    Basis,
    Evidence,
    Half,
    SiteStatus,
    WardStatus,
)
from transparency.exhibits.addresses import borough_address
from transparency.exhibits.bars import StripMark, ward_strip_svg
from transparency.exhibits.cells import source_link, source_of, unique
from transparency.exhibits.exhibit import Cell, Column, Exhibit, Image, Link, Mark, Source, Table
from transparency.exhibits.files import a_day, one_of, published_as
from transparency.exhibits.marks import site_mark, ward_mark
from transparency.places.arguments import a_borough, some_boroughs
from transparency.places.queries import find_borough
from transparency.progress.charts import BoroughBar, borough_bars_svg
from transparency.progress.exhibits import ward_sources
from transparency.progress.queries import boroughs_progress, progress
from transparency.progress.sentences import evidence_sentence
from transparency.published.sentences import FIGURE_KIND_WORDS, metric_words
from transparency.wards.verdict import officers

if TYPE_CHECKING:
    from transparency.store.store import Store

CONTEXT_COLUMNS = {
    "counters": ("counters_open_count", 0),
    "distance": ("counter_distance_m", -2),
    "wards": ("wards_count", 0),
    "population": ("population_per_ward_count", 0),
}
REGISTERS = (
    Source("Greater London Authority", "Wards, positions and projected population (2014 and 2018 sets)", None),
    Source(
        "Office for National Statistics", "Wards December 2022 and Census 2021", "https://geoportal.statistics.gov.uk/"
    ),
)
SITE_LIST = Source("This site", "List of sites and their dated events, each with its own source", "/counters")


def overview_exhibits(
    store: Store,
    day: date,
    measure: str = "promise",
    context: str = "counters",
    codes: tuple[str, ...] = (),
) -> tuple[Exhibit, ...]:
    """The comparison of the boroughs on a day: those that can be ranked, those that cannot, and what always can."""
    exhibits = (
        ranked_exhibit(store, day, measure, codes),
        not_published_exhibit(store, day, measure, codes),
        context_exhibit(store, day, context, codes),
    )
    return tuple(exhibit for exhibit in exhibits if exhibit is not None)


def comparison_sentence(store: Store, day: date, measure: str = "promise") -> str:
    """Whether the boroughs can be compared on a measure of the promise that day."""
    rows = borough_measure(store, measure, day)
    return comparison_headline(MEASURE_WORDS[measure], sum(row["is_ranked"] for row in rows), len(rows), day)


def _chosen(rows: Sequence[dict[str, Any]], codes: tuple[str, ...]) -> list[dict[str, Any]]:
    return [row for row in rows if not codes or row["borough_code"] in codes]


def _borough_link(row: dict[str, Any], day: date) -> Link:
    return Link(row["borough_name"], borough_address(row["borough_code"], day))


def _rank_words(ranked: Ranked) -> str:
    return f"{ranked.rank}=" if ranked.is_tied else str(ranked.rank)


@published_as("boroughs-ranked", measure=one_of("measure", MEASURE_WORDS), boroughs=some_boroughs())
def ranked_exhibit(store: Store, day: date, measure: str, codes: tuple[str, ...] = ()) -> Exhibit | None:
    """Boroughs with a figure for every ward, best first; None where there is none."""
    ranked = ranked_by_wards(_chosen(borough_measure(store, measure, day), codes))
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
        table=Table(
            caption=f"Boroughs by {MEASURE_WORDS[measure]}",
            columns=(
                Column("borough_name", "Borough"),
                Column("rank", "Rank", True),
                Column("wards_met_count", "Wards with it", True),
                Column("wards_count", "Wards", True),
                Column("wards_met_pct", "Share", True),
                Column("gap", "Against the borough above"),
            ),
            rows=tuple(
                (
                    _borough_link(item.row, day),
                    _rank_words(item),
                    item.row["wards_met_count"],
                    item.row["wards_count"],
                    percentage(item.row["wards_met_count"], item.row["wards_count"]),
                    NO_REAL_DIFFERENCE if item.is_no_real_difference else "one ward or more" if place else "–",
                )
                for place, item in enumerate(ranked)
            ),
        ),
        sources=ward_sources(store, day),
        note=RANK_RULE,
    )


def _share(row: dict[str, Any]) -> str:
    return count_of(row["wards_met_count"], row["wards_count"], "wards")


def _share_words(row: dict[str, Any]) -> str:
    share = percentage(row["wards_met_count"], row["wards_count"])
    return f"{number(row['wards_met_count'])} of {number(row['wards_count'])} ({share})"


def _bars(bars: Sequence[BoroughBar], measure_words: str) -> Image:
    """The bars as a picture, and each bar in words."""
    words = "; ".join(f"{bar.borough_name} {bar.words}" for bar in bars)
    alt = f"Bars by borough, {measure_words}: {words}."
    return Image(borough_bars_svg(bars, alt), alt)


@published_as("boroughs-not-published", measure=one_of("measure", MEASURE_WORDS), boroughs=some_boroughs())
def not_published_exhibit(store: Store, day: date, measure: str, codes: tuple[str, ...] = ()) -> Exhibit | None:
    """The group "not published": boroughs without a figure for every ward, with the count of wards known."""
    rows = [row for row in _chosen(borough_measure(store, measure, day), codes) if not row["is_ranked"]]
    if not rows:
        return None
    known = sum(row["wards_known_count"] for row in rows)
    return Exhibit(
        key="not-published",
        headline=f"Not published: {len(rows)} boroughs, in which {number(known)} of "
        f"{number(sum(row['wards_count'] for row in rows))} wards are known.",
        subtitle=f"Boroughs without a figure for every ward, {MEASURE_WORDS[measure]}, {full_date(day)}. Not ranked: "
        "not published is neither good nor bad.",
        picture=None,
        table=Table(
            caption="Not published",
            columns=(
                Column("borough_name", "Borough"),
                Column("wards_known_count", "Wards known", True),
                Column("wards_met_count", "of these with it", True),
                Column("wards_met_declared_count", "Declared only", True),
                Column("wards_count", "Wards", True),
            ),
            rows=tuple(
                (
                    _borough_link(row, day),
                    row["wards_known_count"],
                    row["wards_met_count"],
                    row["wards_met_declared_count"],
                    row["wards_count"],
                )
                for row in rows
            ),
        ),
        sources=ward_sources(store, day),
        note=RANK_RULE if store.is_demonstration else f"{RANK_RULE} {DEMONSTRATION_POINTER}",
    )


@published_as("boroughs-context", measure=one_of("measure", CONTEXT_WORDS), boroughs=some_boroughs())
def context_exhibit(store: Store, day: date, measure: str = "counters", codes: tuple[str, ...] = ()) -> Exhibit | None:
    """What can be compared for every borough on any day, sorted by one of the measures.

    Where that measure is not known on the day, sorted by the number of wards; None where no borough is chosen.
    """
    every = borough_context(store, day)
    if all(row[CONTEXT_COLUMNS[measure][0]] is None for row in _chosen(every, codes)):
        measure = "wards"
    column, decimals = CONTEXT_COLUMNS[measure]
    ranked = ranked_by_value(_chosen(every, codes), column, decimals)
    if not ranked:
        return None
    left_out = [row for row in _chosen(every, codes) if row[column] is None]
    most, least = ranked[0].row[column], ranked[-1].row[column]
    ends = [
        {"value": value, "names": [item.row["borough_name"] for item in ranked if item.rank == rank]}
        for value, rank in ((most, ranked[0].rank), (least, ranked[-1].rank))
    ]
    bars = [BoroughBar(item.row["borough_name"], item.row[column], _bar_words(measure, item.row)) for item in ranked]
    return Exhibit(
        key="context",
        headline=context_headline(measure, ends[0], ends[1], day),
        subtitle=f"Boroughs by {CONTEXT_WORDS[measure]}, largest first, {full_date(day)}.",
        picture=_bars(bars, CONTEXT_WORDS[measure]),
        table=Table(
            caption=f"What can be compared on {full_date(day)}",
            columns=(
                Column("borough_name", "Borough"),
                Column("rank", "Rank", True),
                Column("counters_open_count", "Counters open", True),
                Column("hours", "Their hours"),
                Column("counter_distance_m", "Median distance to the nearest", True),
                Column("wards_count", "Wards", True),
                Column("population_per_ward_count", "People per ward", True),
            ),
            rows=tuple(
                (_borough_link(row, day), rank, *_context_cells(row))
                for row, rank in [
                    *((item.row, _rank_words(item)) for item in ranked),
                    *((row, "not known") for row in left_out),
                ]
            ),
        ),
        sources=(SITE_LIST, *REGISTERS),
        note=_context_note(every),
    )


def _context_cells(row: dict[str, Any]) -> tuple[Cell, ...]:
    metres, people = row["counter_distance_m"], row["population_per_ward_count"]
    return (
        row["counters_open_count"],
        hours_words(row["counters_24_7_count"], row["counters_hours_not_published_count"]),
        None if metres is None else distance(metres),
        row["wards_count"],
        None if people is None else round(people),
    )


def _bar_words(measure: str, row: dict[str, Any]) -> str:
    value = row[CONTEXT_COLUMNS[measure][0]]
    if measure == "distance":
        return f"{value / 1000:.1f} km"
    return number(round(value))


def _context_note(rows: Sequence[dict[str, Any]]) -> str:
    years = sorted({row["population_year"] for row in rows if row["population_year"] is not None})
    basis = "projected for 2015" if years == [2015] else "of the Census of 2021"
    loose = sum(row["wards_of_known_places_count"] > 0 for row in rows)
    return (
        "The same value has the same rank; a large or small value is not better or worse. Distance: in a straight line "
        "from the wards' centres, the median ward, to the nearest open counter whose place is known to the postcode; "
        f"in {loose} boroughs a counter whose place is not known could be nearer to some wards. Population: {basis}; "
        "in boroughs redrawn in 2014 it is an estimate."
    )


@published_as("boroughs-change", before=a_day("before"), boroughs=some_boroughs())
def change_exhibit(store: Store, before: date, day: date, codes: tuple[str, ...] = ()) -> Exhibit:
    """Every borough on two days side by side: wards known and met, counters open, distance, and the change."""
    earlier, later = sorted((before, day))
    counts = [{row["borough_code"]: row for row in boroughs_progress(store, on)} for on in (earlier, later)]
    contexts = [{row["borough_code"]: row for row in borough_context(store, on)} for on in (earlier, later)]
    rows = []
    for code, was in contexts[0].items():
        if codes and code not in codes:
            continue
        now = contexts[1][code]
        met = [side[code]["wards_met_evidenced_count"] for side in counts]
        rows.append(
            (
                _borough_link(now, later),
                met[0],
                met[1],
                change_words(met[0], met[1]),
                was["counters_open_count"],
                now["counters_open_count"],
                change_words(was["counters_open_count"], now["counters_open_count"]),
                _kilometres(was["counter_distance_m"]),
                _kilometres(now["counter_distance_m"]),
            )
        )
    opened = [
        [row["counters_open_count"] for row in side.values() if not codes or row["borough_code"] in codes]
        for side in contexts
    ]
    return Exhibit(
        key="change",
        headline=_change_headline(opened[0], opened[1], earlier, later),
        subtitle=f"Wards that meet the promise on a figure of their own, counters open and distance to the nearest, "
        f"{full_date(earlier)} and {full_date(later)}.",
        picture=None,
        table=Table(
            caption=f"{full_date(earlier)} and {full_date(later)} side by side",
            columns=(
                Column("borough_name", "Borough"),
                Column("wards_met_before_count", f"Wards met, {full_date(earlier)}", True),
                Column("wards_met_after_count", f"Wards met, {full_date(later)}", True),
                Column("wards_met_change_count", "Change"),
                Column("counters_before_count", f"Counters, {full_date(earlier)}", True),
                Column("counters_after_count", f"Counters, {full_date(later)}", True),
                Column("counters_change_count", "Change"),
                Column("distance_before", f"Distance, {full_date(earlier)}", True),
                Column("distance_after", f"Distance, {full_date(later)}", True),
            ),
            rows=tuple(rows),
        ),
        sources=unique([*ward_sources(store, later), SITE_LIST]),
        note="A change in wards met can come from a figure first published, not only from an officer who came or went. "
        "Where the ward set changed between the two days, the wards are not the same.",
    )


def _change_headline(was: Sequence[int | None], now: Sequence[int | None], earlier: date, later: date) -> str:
    if None in was or None in now:
        return f"Counters of {full_date(earlier)} or {full_date(later)} are not known; the rest can be compared."
    before, after = sum(count or 0 for count in was), sum(count or 0 for count in now)
    return (
        f"{number(before)} front counters were open on {full_date(earlier)} and {number(after)} on {full_date(later)} "
        "in the boroughs shown."
    )


def _kilometres(metres: float | None) -> Cell:
    return None if metres is None else f"{metres / 1000:.1f} km"


def borough_exhibits(store: Store, borough_code: str, day: date) -> tuple[Exhibit, ...]:
    """Everything known of one borough on a day. Raises UnknownPlaceError for a code of no borough."""
    code = find_borough(store, borough_code).borough_code
    exhibits = (
        wards_exhibit(store, code, day),
        changes_exhibit(store, code, day),
        counters_exhibit(store, code, day),
        figures_exhibit(store, code, day, is_history=False),
        figures_exhibit(store, code, day, is_history=True),
        similar_exhibit(store, code, day),
    )
    return tuple(exhibit for exhibit in exhibits if exhibit is not None)


def borough_verdict(store: Store, borough_code: str, day: date) -> str:
    """What is known of a borough's wards and counters on a day, in a few sentences."""
    known = progress(store, day, borough_code)
    context = next(row for row in borough_context(store, day) if row["borough_code"] == known.geography_code)
    return borough_sentence(known.place, known.counts, context, day)


def _mark_of(row: dict[str, Any]) -> Mark:
    evidence = Evidence(row["evidence"]) if row["evidence"] else None
    return ward_mark(WardStatus(row["ward_status"]), evidence, row["is_lapsed"])


@published_as("borough-wards", borough=a_borough())
def wards_exhibit(store: Store, borough_code: str, day: date) -> Exhibit:
    """The borough's wards as a strip, one mark for each, and as a table in the same order."""
    known = progress(store, day, borough_code)
    rows = borough_wards(store, borough_code, day)
    marks = [_mark_of(row) for row in rows]
    alt = (
        f"One mark for each of {known.place}'s {len(rows)} wards, in the order of the table: "
        + "; ".join(f"{row['ward_name']} {mark.word}" for row, mark in zip(rows, marks, strict=True))
        + "."
    )
    return Exhibit(
        key="wards",
        headline=evidence_sentence(known.place, known.counts, day),
        subtitle=f"Wards of {known.place} on {full_date(day)}, in the order of the table. ● met, ◯ declared only, ◐ "
        "one half met, ▽ short, ◌ lapsed, – not published.",
        picture=Image(
            ward_strip_svg([StripMark(m.symbol, m.css_class) for m in marks], f"Wards of {known.place}", alt), alt
        ),
        table=Table(
            caption=f"Wards of {known.place}",
            columns=(
                Column("ward_name", "Ward"),
                Column("status", "Status"),
                Column("dedicated_pcs", "Constables", True),
                Column("dedicated_pcsos", "PCSOs", True),
                Column("evidence", "Evidence"),
                Column("as_at", "As at"),
            ),
            rows=tuple(
                (
                    Link(row["ward_name"], f"/?ward={row['ward_code']}&as_at={day.isoformat()}"),
                    mark,
                    _count_words(row["dedicated_pcs"], row["pcs_is_minimum"]),
                    _count_words(row["dedicated_pcsos"], row["pcso_is_minimum"]),
                    row["pcs_evidence"] or row["pcso_evidence"],
                    _newest_day(row),
                )
                for row, mark in zip(rows, marks, strict=True)
            ),
            missing="not published",
        ),
        sources=ward_sources(store, day, borough_code),
        note="“At least” stands where a statement gave a minimum. Each half can have a date of its own; the newer one "
        "is shown here, both on the ward's page.",
    )


def _count_words(count: float | None, is_minimum: bool | None) -> Cell:
    if count is None:
        return None
    return f"at least {number(count)}" if is_minimum else count


def _newest_day(row: dict[str, Any]) -> Cell:
    if row["as_at"] is None:
        return None
    half = "pcs" if row["pcs_as_at"] == row["as_at"] else "pcso"
    return precise_date(row["as_at"], row[f"{half}_as_at_precision"])


@published_as("borough-changes", borough=a_borough())
def changes_exhibit(store: Store, borough_code: str, day: date) -> Exhibit | None:
    """What changed: each ward's two latest rows side by side; None where no ward has two."""
    changed = borough_changes(store, borough_code, day)
    if not changed:
        return None
    name = find_borough(store, borough_code).borough_name
    return Exhibit(
        key="changes",
        headline=changes_sentence(name, changed, day),
        subtitle="The two latest rows of each ward, newest first. A change is given only between figures of the same "
        "kind that are not minimums.",
        picture=None,
        table=Table(
            caption="What changed",
            columns=(
                Column("ward_name", "Ward"),
                Column("before", "Before"),
                Column("after", "Then"),
                Column("change", "Change in constables"),
                Column("source", "Source"),
            ),
            rows=tuple(
                (
                    Link(row["ward_name"], f"/?ward={row['ward_code']}&as_at={day.isoformat()}"),
                    _reading(row, "previous_"),
                    _reading(row, ""),
                    "not known"
                    if row["dedicated_pcs_change"] is None
                    else change_words(0, row["dedicated_pcs_change"]),
                    source_link(row["publisher"], row["url"]),
                )
                for row in changed
            ),
        ),
        sources=unique([source_of(row) for row in changed]),
    )


def _reading(row: dict[str, Any], side: str) -> str:
    is_minimum, basis = row[f"{side}is_minimum"], Basis(row[f"{side}basis"])
    counts = []
    for half, column, unknown in (
        (Half.PCS, "dedicated_pcs", "constables not known"),
        (Half.PCSOS, "dedicated_pcsos", "PCSO not known"),
    ):
        count = row[f"{side}{column}"]
        counts.append(unknown if count is None else officers(half, count, is_minimum, basis))
    when = precise_date(row[f"{side}as_at"], row[f"{side}as_at_precision"])
    return f"{', '.join(counts)} ({row[f'{side}evidence']}, {when})"


@published_as("borough-counters", borough=a_borough())
def counters_exhibit(store: Store, borough_code: str, day: date) -> Exhibit | None:
    """The borough's front counters before the consultation of 2017 and on the day; None where none is known."""
    if day < FIRST_SITE_DAY:
        return None
    before = min(BEFORE_CONSULTATION, day)
    rows = borough_counters(store, borough_code, before, day)
    if not rows:
        return None
    name = find_borough(store, borough_code).borough_name
    open_before = sum(row["before_status"] == SiteStatus.OPEN for row in rows)
    open_now = sum(row["site_status"] == SiteStatus.OPEN for row in rows)
    return Exhibit(
        key="counters",
        headline=counters_sentence(name, open_before, open_now, before, day),
        subtitle=f"Front counters of {name} on {full_date(before)} and {full_date(day)}. A closed counter is not a "
        "closed station.",
        picture=None,
        table=Table(
            caption="Counters before and after",
            columns=(
                Column("site_name", "Counter"),
                Column("before_status", full_date(before)),
                Column("before_opening_hours", "Hours then"),
                Column("site_status", full_date(day)),
                Column("opening_hours", "Hours"),
                Column("source", "Source of the last word"),
            ),
            rows=tuple(
                (
                    Link(row["site_name"], f"/counters?site={row['site_id']}&as_at={day.isoformat()}"),
                    site_mark(SiteStatus(row["before_status"])),
                    row["before_opening_hours"] if row["before_status"] == SiteStatus.OPEN else "–",
                    site_mark(SiteStatus(row["site_status"])),
                    row["opening_hours"] if row["site_status"] == SiteStatus.OPEN else "–",
                    source_link(row["publisher"], row["url"]) if row["publisher"] else None,
                )
                for row in rows
            ),
            missing="not published",
        ),
        sources=(SITE_LIST,),
    )


@published_as("borough-figures", borough=a_borough(), history=one_of("is_history", (True, False)))
def figures_exhibit(store: Store, borough_code: str, day: date, is_history: bool) -> Exhibit | None:
    """The borough's own published figures since the promise, or its history before it; None where there is none."""
    every = borough_figures(store, borough_code, day)
    rows = [row for row in every if row["is_history"] is is_history]
    name = find_borough(store, borough_code).borough_name
    if not rows:
        return None
    current = sum(not row["is_history"] for row in every)
    headline = (
        f"History: {len(rows)} figure{'s' * (len(rows) != 1)} of {name} from before the promise of 21 July 2016."
        if is_history
        else figures_sentence(name, current, len(every) - current, day)
    )
    return Exhibit(
        key="history" if is_history else "figures",
        headline=headline,
        subtitle="Of earlier models and wider teams: not to be set beside a ward's figure of today."
        if is_history
        else f"What was published of {name} as a whole up to {full_date(day)}. Plans and promises are named as such.",
        picture=None,
        table=Table(
            caption="History before the promise" if is_history else "Figures of the borough itself",
            columns=(
                Column("as_at", "Date"),
                Column("metric", "What"),
                Column("value", "Value", True),
                Column("unit", "Unit"),
                Column("kind", "Kind"),
                Column("note", "Note"),
                Column("source", "Source"),
            ),
            rows=tuple(
                (
                    precise_date(row["as_at"], row["as_at_precision"]),
                    metric_words(row["metric"]),
                    row["value"],
                    row["unit"],
                    FIGURE_KIND_WORDS[row["kind"]],
                    row["note"],
                    source_link(row["publisher"], row["url"]),
                )
                for row in rows
            ),
            missing="–",
        ),
        sources=unique([source_of(row) for row in rows]),
    )


@published_as("borough-similar", borough=a_borough())
def similar_exhibit(store: Store, borough_code: str, day: date) -> Exhibit | None:
    """The boroughs most alike; None where the borough's population is not held on that day."""
    alike = similar_boroughs(store, borough_code, day)
    if not alike:
        return None
    context = {row["borough_code"]: row for row in borough_context(store, day)}
    own = context[borough_code]
    shown = [own, *(context[row["other_borough_code"]] for row in alike)]
    names = ", ".join(row["other_borough_name"] for row in alike[:3])
    return Exhibit(
        key="similar",
        headline=f"Most alike in number of wards and people per ward: {names}.",
        subtitle=f"{own['borough_name']} and the {len(alike)} boroughs most like it, {full_date(day)}.",
        picture=None,
        table=Table(
            caption=f"{own['borough_name']} and boroughs like it",
            columns=(
                Column("borough_name", "Borough"),
                Column("counters_open_count", "Counters open", True),
                Column("hours", "Their hours"),
                Column("counter_distance_m", "Median distance to the nearest", True),
                Column("wards_count", "Wards", True),
                Column("population_per_ward_count", "People per ward", True),
            ),
            rows=tuple((_borough_link(row, day), *_context_cells(row)) for row in shown),
        ),
        sources=(SITE_LIST, *REGISTERS),
        note=LIKENESS_RULE,
    )
