"""Was the promise kept? London or one borough, on any day: the answer, every figure to the day, and what followed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from markupsafe import Markup

from transparency.core.text import precise_date, speaker
from transparency.core.vocabulary import (
    DUE_ON,
    LONDON_CODE,
    WORKBOOK_PUBLISHED_ON,
    Figure,
    Half,
)
from transparency.exhibits.addresses import borough_address, months_path
from transparency.exhibits.exhibit import Exhibit, Image, Link
from transparency.exhibits.html import exhibit_foot_html, image_html, render, still_exhibit_html
from transparency.months.exhibits import months_exhibit, strength_exhibit
from transparency.months.officers import spread_exhibit
from transparency.months.queries import PlaceMonth, months, place_months_until
from transparency.months.sentences import FTE_CAVEAT, PROGRAMME, RULE
from transparency.months.time import WORKBOOK
from transparency.pages import page
from transparency.pages.programme import in_full, is_leading, newest_rows, of_day, programme_line
from transparency.progress.answer import answer, answer_lines, month_answer, month_squares, question, squares
from transparency.progress.exhibits import chart_exhibit, figures_exhibit, london_sentences, pace_exhibit, timeline
from transparency.progress.moments import told
from transparency.progress.month_map import month_map
from transparency.progress.queries import Progress, officer_figures, progress, progress_days
from transparency.progress.sentences import figure_words
from transparency.store.store import Store
from transparency.survey.exhibits import known_exhibit


def _known(store: Store, asked: page.Asked) -> Progress:
    return store.memo(progress, asked.day, asked.borough)


def _london(store: Store, asked: page.Asked) -> Progress:
    return store.memo(progress, asked.day, None)


def _newest_month(store: Store, asked: page.Asked) -> PlaceMonth | None:
    """The place in the newest month with strengths; None where nothing of the series is stored."""
    told = of_day(store, asked)
    if told is None or told.month is None:
        return None
    return place_months_until(store, told.month.as_at, asked.borough)[-1]


def _answer(store: Store, asked: page.Asked) -> str:
    month = _newest_month(store, asked)
    if month is not None and is_leading(store, asked):
        return month_answer(month)
    return answer(_known(store, asked))


def _head(store: Store, asked: page.Asked) -> str:
    return render("progress_head.html", question=question(_known(store, asked)))


def _subject(store: Store, asked: page.Asked) -> page.Subject | None:
    known = _known(store, asked)
    return None if known.is_london else page.Subject(known.place, _answer(store, asked))


def _standing(store: Store, asked: page.Asked) -> page.Content:
    known, chart = _known(store, asked), chart_exhibit(store, asked.day, asked.borough)
    sentence = _answer(store, asked)
    lines = (RULE, FTE_CAVEAT) if is_leading(store, asked) else tuple(answer_lines(known, _london(store, asked)))
    html = render("progress_answer.html", sentence=sentence, lines=lines, links=tuple(_links(store, asked, known)))
    cited = f"{question(known)} {sentence}"
    return html, page.Tools(cited, chart.sources if chart else (), csv_href=(chart and chart.csv_href) or "")


def _links(store: Store, asked: page.Asked, known: Progress) -> Sequence[Link]:
    links = []
    if not known.is_london:
        as_at = f"?as_at={asked.as_at}" if asked.is_dated else ""
        links += [
            Link(f"{known.place}, ward by ward", borough_address(known.geography_code, asked.day)),
            Link("The promise in London", f"/progress{as_at}"),
        ]
    if asked.day >= WORKBOOK_PUBLISHED_ON and not months(store):
        links.append(Link("See the Met's monthly figures by ward, not on this site", WORKBOOK.url or ""))
    return links


def _drawn(image: Image, caption: str) -> tuple[Markup, str]:
    return _html(image_html(image)), caption


def _html(html: str) -> Markup:
    return Markup(html)  # noqa: S704 - rendered by our escaping templates


def _foot(exhibit: Exhibit) -> Markup:
    return _html(exhibit_foot_html(exhibit, is_table_open=False))


def _timeline(store: Store, asked: page.Asked) -> page.Content:
    exhibit = chart_exhibit(store, asked.day, asked.borough)
    if exhibit is None or not isinstance(exhibit.picture, Image):
        return None
    known = _known(store, asked)
    shown = timeline(store, known)
    silence = shown.silence(Half.PCS)
    found = None if is_leading(store, asked) else squares(known)
    return render(
        "progress_timeline.html",
        exhibit=exhibit,
        picture=_html(image_html(exhibit.picture)),
        moments=told(shown.moments),
        untold_count=len(shown.moments) - len(told(shown.moments)),
        silence=silence and silence[1],
        monthly=shown.monthly,
        foot=_foot(exhibit),
        squares=found and _drawn(*found),
    )


def _figures(store: Store, asked: page.Asked) -> page.Content:
    known, exhibit = _known(store, asked), figures_exhibit(store, asked.day, asked.borough)
    if exhibit is None:
        return None
    pace = pace_exhibit(store, asked.day, asked.borough)
    return render(
        "progress_figures.html",
        exhibit=exhibit,
        lines=[said for said in london_sentences(store, known) if said != exhibit.headline],
        said=[] if known.is_london else list(_said(officer_figures(store, known.geography_code, asked.day))),
        foot=_foot(exhibit),
        pace=pace,
    )


def _said(figures: Sequence[Figure]) -> Iterator[tuple[str, str, str]]:
    """What was said of a borough on each day and by whom, in words."""
    for (as_at, precision, publisher), group in groupby(
        figures, key=lambda each: (each.as_at, each.as_at_precision, each.publisher)
    ):
        said = " ".join(f"{figure_words(each)}." for each in group)
        yield precise_date(as_at, precision), said, speaker(publisher)


def _followed(store: Store, asked: page.Asked) -> page.Content:
    """The newest other signs: who knows their ward officer, and how many officers a ward had on average."""
    signs = (
        known_exhibit(store, asked.borough or LONDON_CODE, asked.day),
        spread_exhibit(store, asked.day, asked.borough),
    )
    drawn = [_html(still_exhibit_html(each, 3, is_table_open=False)) for each in signs if each is not None]
    heading = "What followed" if asked.day > DUE_ON else "Another sign"
    return render("progress_followed.html", heading=heading, signs=drawn) if drawn else None


def _months(store: Store, asked: page.Asked) -> page.Content:
    month, exhibit = _newest_month(store, asked), months_exhibit(store, asked.day, asked.borough)
    if month is None or exhibit is None:
        return None
    more = months_path(asked.borough) if asked.borough else "/plain/months"
    drawn = None if asked.borough else month_map(store, asked.day)
    return render(
        "progress_months.html",
        stack=_html(still_exhibit_html(exhibit, 2, is_table_open=False)),
        squares=_drawn(*month_squares(month)),
        map=drawn and _drawn(*drawn),
        more=Link("Every month, and the officers in all", f"{more}?as_at={asked.day.isoformat()}"),
    )


STANDING = page.Part("The answer", _standing)
TIMELINE = page.Part("The timeline", _timeline)
FIGURES = page.Part("What was said", _figures)
FOLLOWED = page.Part("What followed", _followed)
MONTHS = page.Part(PROGRAMME, _months)
BEFORE = page.Part("The heading", lambda _store, _asked: "<h2>Before the monthly figures</h2>")


def _in_order(store: Store, asked: page.Asked) -> Sequence[page.Part]:
    """The months first where the newest speaks for the day, and after the promise's own figures where it does not."""
    if is_leading(store, asked):
        return STANDING, MONTHS, BEFORE, TIMELINE, FIGURES, FOLLOWED
    return STANDING, TIMELINE, FIGURES, FOLLOWED, MONTHS


PARTS = (page.Group("The promise", _in_order, (STANDING, TIMELINE, FIGURES, FOLLOWED)),)

PROGRESS = page.Page(
    name="progress",
    title="The promise",
    line="Whether every London ward got the two dedicated constables and the PCSO it was promised for the end of 2017.",
    views=(
        page.View(
            head=_head,
            row=(
                page.borough_choice("Your borough", "All of London"),
                page.DayChoice("As at", lambda store, asked: store.memo(progress_days, asked.borough), True),
            ),
            parts=PARTS,
            subject=_subject,
        ),
    ),
)


def _words(store: Store, asked: page.Asked) -> page.Words:
    return page.headed(question(_known(store, asked)), PROGRESS.line, _answer(store, asked))


SHEETS = (
    page.Sheet("/plain/london", PROGRESS, _words, PARTS),
    page.Sheet("/borough/{code}/promise", PROGRESS, _words, PARTS, parameter="borough"),
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
