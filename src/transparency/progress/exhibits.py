"""Progress of London or a borough on a day as exhibits: the timeline, the pace, and every figure of ward officers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from transparency.core.text import full_date, percentage, possessive
from transparency.core.vocabulary import (
    DECLARED_ON,
    DUE_ON,
    WORKBOOK_FROM,
    WORKBOOK_PUBLISHED_ON,
    WORKBOOK_SEEN_TO,
    Half,
    KnownAs,
    ProgressPoint,
    today,
)
from transparency.exhibits.cells import DATE, SOURCE, sources_of
from transparency.exhibits.exhibit import Column, Exhibit, Image, Source, Table, table
from transparency.exhibits.files import published_as
from transparency.months.queries import months, place_months_until
from transparency.places.arguments import a_borough
from transparency.progress.charts import Timeline, timeline_alt, timeline_svg
from transparency.progress.moments import moments, moments_sentence
from transparency.progress.queries import (
    Progress,
    interim_target,
    is_declared,
    officer_figures,
    progress,
    status_sources,
)
from transparency.progress.sentences import (
    HALF_WORDS,
    KNOWN_AS_WORDS,
    MONTH_RULE,
    added_sentence,
    chart_note,
    figures_sentence,
    interim_sentence,
    pace_headline,
    pace_rules,
    vacancies_sentence,
)
from transparency.published.sentences import FIGURE_KIND_WORDS, metric_words
from transparency.store.store import Store


@published_as("progress-pace", borough=a_borough())
def pace_exhibit(store: Store, day: date, borough_code: str | None = None) -> Exhibit | None:
    """Wards to go, days left, pace needed and achieved; None after the due date, or where no count is known."""
    known = progress(store, day, borough_code)
    if known.pace is None or day > DUE_ON or known.pace.wards_to_go_count <= 0:
        return None
    return Exhibit(
        key="pace",
        headline=pace_headline(known.pace),
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


@published_as("progress-chart", borough=a_borough())
def chart_exhibit(store: Store, day: date, borough_code: str | None = None) -> Exhibit | None:
    """Every point against the target and the pace needed; None where nothing has been published."""
    known = progress(store, day, borough_code)
    if not known.points:
        return None
    shown = timeline(store, known)
    restated = " ◇: the model restated." if any(it.known_as is KnownAs.RESTATED for it in shown.moments) else ""
    until = "today" if day == today() else full_date(day)
    return Exhibit(
        key="timeline",
        headline=moments_sentence(shown.moments),
        subtitle=f"Share of {possessive(known.place)} wards from 21 July 2016 to {until}. "
        f"Filled: published. Hollow: announced, or our own sum.{restated}",
        picture=Image(timeline_svg(shown), timeline_alt(shown)),
        table=table(
            "Every point of the chart",
            (
                DATE,
                Column("half", "Promised", cell=lambda point: HALF_WORDS[point.half]),
                Column("wards_met_count", "Wards with it", True),
                Column("wards_count", "Wards in all", True),
                Column("wards_met_pct", "Share of wards", True, _per_cent),
                Column("known_as", "How we know", cell=lambda point: KNOWN_AS_WORDS[point.known_as]),
                SOURCE,
            ),
            known.points,
            missing="not given",
        ),
        sources=sources_of(known.points),
        note=chart_note(day),
    )


def timeline(store: Store, known: Progress) -> Timeline:
    """What the timeline of a place shows."""
    borough_code = None if known.is_london else known.geography_code
    stored = place_months_until(store, known.day, borough_code)
    again = next((each.as_at for each in stored if each.wards_not_published_count < each.wards_count), None)
    bar = monthly_bar(store, known.day)
    return Timeline(known.place, moments(known.points), known.day, known.pace, bar, again)


def _per_cent(point: ProgressPoint) -> str | None:
    return None if point.wards_met_pct is None else percentage(point.wards_met_pct, 100)


def monthly_bar(store: Store, day: date) -> tuple[date, date, str] | None:
    """From when to when there are monthly figures by ward, and in words where; None while none was published."""
    if day < WORKBOOK_PUBLISHED_ON:
        return None
    stored = [each for each in months(store) if each.strength_rows and each.as_at <= day]
    if stored:
        return stored[0].month, stored[-1].as_at, "Monthly figures by ward, on this page"
    return WORKBOOK_FROM, min(day, WORKBOOK_SEEN_TO), "Monthly figures by ward exist, not on this site"


def london_sentences(store: Store, known: Progress) -> Iterator[str]:
    """What else was said of London by the day, the weightiest first: vacant posts, officers added, the first target."""
    if not known.is_london:
        return
    if (vacancies := vacancies_sentence(known.figures)) is not None:
        yield vacancies
    if (target := interim_target(store, known.day)) is not None:
        yield interim_sentence(target, known.day)
    added = known.figures.get("new_dwo")
    if added is not None and added.as_at >= DECLARED_ON:
        yield added_sentence(added)


@published_as("progress-figures", borough=a_borough())
def figures_exhibit(store: Store, day: date, borough_code: str | None = None) -> Exhibit | None:
    """Every figure that was published, announced or planned of a place's ward officers; None where none was."""
    known = progress(store, day, borough_code)
    figures = officer_figures(store, known.geography_code, day)
    if not figures:
        return None
    return Exhibit(
        key="figures",
        headline=next(london_sentences(store, known), figures_sentence(known.place, figures)),
        subtitle=f"Ward officers of {known.place}, as published, announced or planned since 21 July 2016.",
        table=table(
            f"Ward officers of {known.place}, figure by figure",
            (
                DATE,
                Column("metric", "What", cell=lambda figure: metric_words(figure.metric)),
                Column("value", "Value", True),
                Column(
                    "known_as",
                    "How we know",
                    cell=lambda it: "announced" if is_declared(store, it) else FIGURE_KIND_WORDS[it.kind],
                ),
                Column("note", "Note", cell=lambda it: it.note or "–"),
                SOURCE,
            ),
            figures,
        ),
        sources=sources_of(figures),
        note="Posts are not people. A model restated is not said of each ward. A plan never counts.",
    )


def ward_sources(store: Store, day: date, borough_code: str | None = None) -> tuple[Source, ...]:
    """The sources of the ward rows that decide on a day; the register of wards where there are none."""
    return sources_of(status_sources(store, day, borough_code)) or (
        Source("Greater London Authority", "Register of wards (no ward figure for this day is on this site)", None),
    )
