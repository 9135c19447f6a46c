"""Progress to the end-of-year target: London or one borough, on any day."""

from __future__ import annotations

from collections.abc import Callable

from transparency.exhibits.html import render
from transparency.months.exhibits import months_exhibit, strength_exhibit
from transparency.months.sentences import PROGRAMME
from transparency.pages import page
from transparency.pages.programme import (
    beside_programme,
    in_full,
    is_leading,
    monthly_part,
    months_link,
    newest_rows,
    programme_line,
)
from transparency.places.queries import find_borough
from transparency.progress import exhibits
from transparency.progress.queries import progress, progress_days
from transparency.store.store import Store
from transparency.wards.maps import month_map, status_map

MONTHS_TEXT = "Month by month: wards, each half of the promise, full-time equivalents"


def of_london(make: Callable[[Store, page.Asked], page.Made]) -> Callable[[Store, page.Asked], page.Made | None]:
    """What is made for London alone; None where a borough is asked for."""
    return lambda store, asked: None if asked.borough else make(store, asked)


def _head(store: Store, asked: page.Asked) -> str:
    place = find_borough(store, asked.borough).borough_name if asked.borough else "London"
    return render("progress_head.html", place=place)


def _subject(store: Store, asked: page.Asked) -> page.Subject | None:
    if asked.borough is None:
        return None
    return page.Subject(
        find_borough(store, asked.borough).borough_name, progress(store, asked.day, asked.borough).sentence
    )


def _standing(store: Store, asked: page.Asked) -> page.Content:
    known = progress(store, asked.day, asked.borough)
    return page.verdict(known.sentence, *filter(None, [known.pace_sentence]))


def _chart(store: Store, asked: page.Asked) -> page.Content:
    chart = exhibits.chart_exhibit(store, asked.day, asked.borough)
    cited = page.Tools(progress(store, asked.day, asked.borough).sentence, chart.sources if chart else ())
    return chart, cited


def _status_map(store: Store, asked: page.Asked) -> page.Content:
    return None if is_leading(store, asked) else page.Map(status_map, (asked.day,))


STANDING = page.Part("The standing on this day", _standing)
CHART = page.Part("The chart", _chart)
PACE = page.Part("The required pace", page.of_borough(exhibits.pace_exhibit))
INTERIM = page.Part("The interim target", of_london(page.on_day(exhibits.interim_exhibit)))
AFTER_DUE = page.Part("What followed the due date", of_london(page.on_day(exhibits.after_due_exhibit)))
EVIDENCE = page.Part("The wards by evidence", page.of_borough(exhibits.evidence_exhibit))
BOROUGHS = page.Part("The boroughs", of_london(page.on_day(exhibits.boroughs_exhibit)))
WARDS = page.Part("The map of wards", of_london(_status_map), has_map=True)
MONTHS = monthly_part(page.of_borough(months_exhibit))
STRENGTH = monthly_part(page.of_borough(strength_exhibit))
MONTH_MAP = monthly_part(of_london(lambda _, asked: page.Map(month_map, (asked.day,))), has_map=True)

PROGRESS = page.Page(
    name="progress",
    title="The promise",
    line="How many London wards had two dedicated constables and a PCSO on any day, and the pace that was needed.",
    views=(
        page.View(
            head=_head,
            row=(
                page.borough_choice("Place", "London"),
                page.DayChoice("As at", lambda store, asked: store.memo(progress_days, asked.borough)),
            ),
            parts=(
                beside_programme(
                    own=(STANDING, CHART, EVIDENCE, AFTER_DUE, PACE, INTERIM, BOROUGHS, WARDS),
                    monthly=(MONTHS, STRENGTH, MONTH_MAP),
                ),
            ),
            subject=_subject,
        ),
    ),
)


def _london_words(store: Store, asked: page.Asked) -> page.Words:
    line = "How far London is from two constables and one PCSO in every ward, and how that is known."
    return page.headed("London against the promise", line, progress(store, asked.day).sentence)


SHEETS = (
    page.Sheet(
        "/plain/london",
        PROGRESS,
        _london_words,
        (
            beside_programme(
                own=(EVIDENCE, CHART, AFTER_DUE, PACE, INTERIM),
                monthly=(months_link(MONTHS_TEXT, lambda _: "/plain/months"),),
            ),
        ),
    ),
    page.Sheet(
        "/plain/months",
        PROGRESS,
        lambda store, asked: page.headed(PROGRAMME, programme_line(store, asked)),
        (
            in_full(
                lambda store, asked: newest_rows(months_exhibit(store, asked.day)),
                lambda store, asked: newest_rows(strength_exhibit(store, asked.day)),
            ),
        ),
    ),
)
