"""The Public Attitude Survey of a borough, London beside, as exhibits."""

from __future__ import annotations

from datetime import date

from transparency.core.text import precise_date
from transparency.core.vocabulary import LONDON_CODE, Precision
from transparency.exhibits.exhibit import Column, Exhibit, Image, table
from transparency.exhibits.files import published_as
from transparency.exhibits.lines import Line, Point, lines_svg
from transparency.places.arguments import a_borough, a_borough_or_london
from transparency.places.queries import find_borough
from transparency.published.sentences import edition_note
from transparency.store.store import Store
from transparency.survey.queries import Attitude, newest_attitudes, quarters, survey_source
from transparency.survey.sentences import CAVEAT, MEASURE_WORDS, ORIGINAL, known_headline, quarter_words


def _month(known: Attitude) -> str:
    return precise_date(known.quarter_end, Precision.MONTH)


@published_as("survey-known", borough=a_borough_or_london())
def known_exhibit(store: Store, borough_code: str, day: date) -> Exhibit | None:
    """Who knows how to contact their ward officer, quarter by quarter: London, or a borough with London beside."""
    is_london = borough_code == LONDON_CODE
    own, london = (quarters(store, day, code) for code in (borough_code, LONDON_CODE))
    source = survey_source(store, own[-1].quarter_end) if own and london else None
    if source is None:
        return None
    name = "London" if is_london else find_borough(store, borough_code).borough_name
    headline = known_headline(name, own[-1], None if is_london else london[-1])
    lines = [
        Line(label, tuple(Point(each.quarter_end, each.percent) for each in series))
        for label, series in {name: own, "London": london}.items()
    ]
    places = name if is_london else f"{name} and London"
    london_percent = {each.quarter_end: each.percent for each in london}
    beside = Column("london_percent", "London, %", True, lambda each: london_percent.get(each.quarter_end))
    alt = f"{'Line' if is_london else 'Two lines'} of {len(own)} quarters, {places}{'' if is_london else ' dashed'}. "
    return Exhibit(
        key="survey-known",
        headline=headline,
        subtitle=f"People asked who know how to contact their ward officer, {places}, by quarter to "
        f"{_month(own[-1])}, in %.",
        picture=Image(lines_svg(lines, "Who knows how to contact their ward officer", alt + headline), alt + headline),
        table=table(
            f"Who knows how to contact their ward officer, {name}",
            (
                Column("quarter_end", "Quarter to", cell=_month),
                Column("percent", f"{name}, %", True),
                *(() if is_london else (beside,)),
                Column("change_points", "Points since the promise", True),
            ),
            reversed(own),
            missing="–",
        ),
        sources=(source,),
        note=f"{CAVEAT} {edition_note(source, ORIGINAL)}",
    )


@published_as("survey-measures", borough=a_borough())
def measures_exhibit(store: Store, borough_code: str, day: date) -> Exhibit | None:
    """The eight measures of a borough in the newest quarter and since the promise, London beside."""
    newest = newest_attitudes(store, day)
    own, london = newest.get(borough_code, {}), newest.get(LONDON_CODE, {})
    job = own.get("good_job_local")
    source = survey_source(store, job.quarter_end) if job else None
    if job is None or source is None:
        return None
    name = find_borough(store, borough_code).borough_name
    return Exhibit(
        key="survey-measures",
        headline=f"{job.percent}% of people asked in {name} {MEASURE_WORDS[job.measure]}, {quarter_words(job)}.",
        subtitle=f"Public Attitude Survey, {name} and London, {quarter_words(job)}; % of people asked, and "
        "points since the quarter to September 2016, in which the promise was made.",
        table=table(
            f"What people asked in {name} say of the police",
            (
                Column("measure", "They …", cell=lambda each: MEASURE_WORDS[each.measure]),
                Column("percent", f"{name}, %", True),
                Column("change_points", "Points since the promise", True),
                Column("london_percent", "London, %", True, lambda each: london[each.measure].percent),
                Column(
                    "london_change_points",
                    "London, points since the promise",
                    True,
                    lambda each: london[each.measure].change_points,
                ),
            ),
            [own[measure] for measure in MEASURE_WORDS if measure in own],
            missing="–",
        ),
        sources=(source,),
        note=f"{CAVEAT} {edition_note(source, ORIGINAL)}",
    )
