"""Progress of London or a borough on a day as exhibits: standing, pace, chart, what followed, every borough."""

from __future__ import annotations

from datetime import date
from typing import Any

from transparency.core.text import (
    full_date,
    number,
    on_date,
    percentage,
    possessive,
    precise_date,
)
from transparency.core.vocabulary import LONDON_CODE, Half, ProgressPoint
from transparency.exhibits.cells import DATE, SOURCE, borough_column, sources_of
from transparency.exhibits.exhibit import Cell, Column, Exhibit, Image, Said, Source, Table, table
from transparency.exhibits.files import published_as
from transparency.places.arguments import a_borough
from transparency.progress.charts import progress_alt, progress_svg
from transparency.progress.queries import (
    AFTER_DUE_FROM,
    Progress,
    figures_after_due,
    interim_target,
    is_declared,
    progress,
    status_sources,
)
from transparency.progress.sentences import (
    HALF_WORDS,
    KNOWN_AS_WORDS,
    MONTH_RULE,
    after_due_note,
    after_due_sentence,
    arithmetic_sentence,
    boroughs_sentence,
    chart_key,
    chart_note,
    chart_sentence,
    evidence_sentence,
    interim_sentence,
    pace_rules,
    posts_words,
)
from transparency.published.sentences import FIGURE_KIND_WORDS, metric_words
from transparency.store.store import Store
from transparency.wards.queries import boroughs_on


def _figure_words(store: Store, known: Progress) -> str:
    total = known.figures.get("dwo_total")
    if total is None or total.value is None:
        return ""
    when = on_date(total.as_at, total.as_at_precision)
    how = "announced" if is_declared(store, total) else "published"
    return (
        f"Footnote: {number(total.value)} dedicated ward officers in all were {how} {when}. "
        "A total does not show how they are spread over the wards."
    )


@published_as("progress-pace", borough=a_borough())
def pace_exhibit(store: Store, day: date, borough_code: str | None = None) -> Exhibit | None:
    """Wards to go, days left, pace needed and achieved; None where there is nothing to work out."""
    known = progress(store, day, borough_code)
    if known.pace is None or known.pace_sentence is None:
        return None
    return Exhibit(
        key="pace",
        headline=arithmetic_sentence(known.pace),
        subtitle=f"Wards with two constables, {known.place}, {full_date(day)}; wards a month. "
        "Arithmetic from published counts, not a forecast.",
        table=Table(
            caption="The pace, line by line",
            columns=(
                Column("quantity", "What"),
                Column("value", "Value", True),
                Column("rule", "How it is worked out"),
            ),
            rows=tuple(pace_rules(known.pace, day)),
        ),
        sources=sources_of(
            point for point in known.points if point.half is Half.PCS and point.wards_met_count is not None
        ),
        note=MONTH_RULE,
    )


@published_as("progress-interim")
def interim_exhibit(store: Store, day: date) -> Exhibit | None:
    """The interim target of Christmas 2016 and what was said of it."""
    target = interim_target(store, day)
    if target is None:
        return None
    due, reported = target.target, target.reported
    rows: list[tuple[Cell, ...]] = [
        (f"Promised by {full_date(due.as_at)}", due.value, "about; one source says around"),
        (f"In place on {full_date(due.as_at)}", None, "no figure"),
    ]
    if reported:
        when = precise_date(reported.as_at, reported.as_at_precision)
        rows.append((f"Reported on {when}", reported.value, "since July 2016"))
    return Exhibit(
        key="interim",
        headline=interim_sentence(target, day),
        subtitle=f"New dedicated ward officers, London, as at {full_date(day)}; officers.",
        table=Table(
            caption="The interim target",
            columns=(Column("what", "What"), Column("officers_count", "Officers", True), Column("note", "Note")),
            rows=tuple(rows),
            missing="none found",
        ),
        sources=sources_of([due, reported] if reported else [due]),
    )


@published_as("progress-chart", borough=a_borough())
def chart_exhibit(store: Store, day: date, borough_code: str | None = None) -> Exhibit | None:
    """Every point against the target and the pace needed; None where nothing has been published."""
    known = progress(store, day, borough_code)
    if not known.points:
        return None
    return Exhibit(
        key="chart",
        headline=chart_sentence(known.place, known.points),
        subtitle=f"Share of {possessive(known.place)} wards with each half of the promise, 21 July 2016 to "
        f"{full_date(day)}. {chart_key(known.points)}",
        picture=Image(
            progress_svg(known.points, known.pace, day, posts_words(known.figures)), progress_alt(known.points)
        ),
        table=table(
            "Every point of the chart",
            (
                DATE,
                Column("half", "Half of the promise", cell=lambda point: HALF_WORDS[point.half]),
                Column("wards_met_count", "Wards with it", True),
                Column("wards_count", "Wards in all", True),
                Column("wards_met_pct", "Per cent", True, _per_cent),
                Column("known_as", "How we know", cell=lambda point: KNOWN_AS_WORDS[point.known_as]),
                SOURCE,
            ),
            known.points,
            missing="not given",
        ),
        sources=sources_of(known.points),
        note=chart_note(day, posts_words(known.figures)),
    )


def _per_cent(point: ProgressPoint) -> str | None:
    return None if point.wards_met_pct is None else percentage(point.wards_met_pct, 100)


@published_as("progress-after-due")
def after_due_exhibit(store: Store, day: date) -> Exhibit | None:
    """The declaration beside the vacancies of the same month, and what was published since."""
    if day < AFTER_DUE_FROM:
        return None
    figures = figures_after_due(store, LONDON_CODE, day)
    if not figures:
        return None
    newest = {figure.metric: figure for figure in figures if figure.metric not in ("dwo_per_ward", "pcso_per_ward")}
    return Exhibit(
        key="after-due",
        headline=after_due_sentence(newest),
        subtitle=f"What was published or announced of London's ward officers from December 2017 to {full_date(day)}.",
        table=table(
            "The end of the promise and what followed",
            (
                DATE,
                Column("metric", "What", cell=lambda figure: metric_words(figure.metric)),
                Column("value", "Value", True),
                Column(
                    "known_as",
                    "Announced or published",
                    cell=lambda it: "announced" if is_declared(store, it) else FIGURE_KIND_WORDS[it.kind],
                ),
                Column("note", "Note"),
                SOURCE,
            ),
            figures,
            missing="none",
        ),
        sources=sources_of(figures),
        note=after_due_note(newest),
    )


@published_as("progress-evidence", borough=a_borough())
def evidence_exhibit(store: Store, day: date, borough_code: str | None = None) -> Exhibit:
    """How many wards are known one by one, each half separately, by evidence."""
    known = progress(store, day, borough_code)
    counts = known.counts
    return Exhibit(
        key="evidence",
        headline=evidence_sentence(known.place, counts, day),
        subtitle=f"Wards of {known.place} by what is known of each of them, {full_date(day)}. Each kind of evidence "
        "has its own column; they are never added into one.",
        table=table(
            "Wards by status and evidence",
            (
                Column("half", "Half of the promise"),
                Column("met_evidenced_count", "Met, on a figure for the ward", True),
                Column("met_declared_count", "Announced, not checked", True),
                Column("short_count", "Short", True),
                Column("partly_known_count", "Partly known (one half, or posts only)", True),
                Column("not_known_count", "Half not known", True),
                Column("last_known_count", "Last known, over a year old", True),
                Column("not_on_site_count", "Not on this site", True),
                Column("not_published_count", "Not published", True),
                Column("wards_count", "Wards", True),
            ),
            [_counts_of(half, words, counts) for half, words in COUNTED.items()],
        ),
        sources=ward_sources(store, day, borough_code),
        note=_figure_words(store, known),
    )


_OF_ONE_ROW = (
    "partly_known_count", "not_known_count", "last_known_count", "not_on_site_count", "not_published_count",
)  # fmt: skip
COUNTED = {"wards": "Both: the whole promise", "pcs": "Two constables", "pcso": "One PCSO"}


def _counts_of(half: str, words: str, counts: dict[str, Any]) -> dict[str, Any]:
    """The counts of wards by one half of the promise, or by both; of a half alone none is partly known."""
    own = {name.removeprefix(f"{half}_"): count for name, count in counts.items() if name.startswith(f"{half}_")}
    absent = dict.fromkeys(_OF_ONE_ROW, "–")
    row = absent | own | {"half": words, "wards_count": counts["wards_count"]}
    is_known = known_in(row) if half != "wards" else counts["wards_known_count"] > 0
    return row | {name: of_known(row[name], is_known) for name in ("met_evidenced_count", "short_count")}


def known_in(row: dict[str, Any]) -> bool:
    """Whether a half is known of any ward."""
    known: bool = row["wards_count"] > row["not_known_count"]
    return known


def of_known(count: Cell, is_known: bool) -> Cell:
    """A count of wards, or that none is known: nought needs something known to be nought of."""
    return count if is_known else Said("none known", None)


def of_known_wards(name: str, label: str) -> Column:
    """A column of wards counted among those known of a borough."""
    return Column(name, label, True, lambda row: of_known(row[name], row["wards_known_count"] > 0))


def ward_sources(store: Store, day: date, borough_code: str | None = None) -> tuple[Source, ...]:
    """The sources of the ward rows that decide on a day; the register of wards where there are none."""
    return sources_of(status_sources(store, day, borough_code)) or (
        Source("Greater London Authority", "Register of wards (no ward figure for this day is on this site)", None),
    )


@published_as("progress-boroughs")
def boroughs_exhibit(store: Store, day: date) -> Exhibit:
    """Every borough on the day, by name."""
    rows = list(boroughs_on(store, day).values())
    return Exhibit(
        key="boroughs",
        headline=boroughs_sentence(sum(row["wards_known_count"] > 0 for row in rows), len(rows), day),
        subtitle="Wards of each borough by status and evidence; follow a name for its wards. Not published is neither "
        "met nor short.",
        table=table(
            f"Boroughs on {full_date(day)}",
            (
                borough_column(day),
                Column("wards_count", "Wards", True),
                Column("wards_known_count", "Known of", True),
                of_known_wards("wards_met_evidenced_count", "Promise met, on a figure for the ward"),
                of_known_wards("wards_met_declared_count", "Announced, not checked"),
                of_known_wards("wards_short_count", "Short"),
                of_known_wards("wards_partly_known_count", "Partly known (one half, or posts only)"),
                Column("wards_last_known_count", "Last known, over a year old", True),
                Column("wards_not_on_site_count", "Not on this site", True),
                Column("wards_not_published_count", "Not published", True),
                of_known_wards("pcs_met_evidenced_count", "Two constables, on a figure"),
                of_known_wards("pcso_met_evidenced_count", "One PCSO, on a figure"),
            ),
            rows,
        ),
        sources=ward_sources(store, day),
    )
