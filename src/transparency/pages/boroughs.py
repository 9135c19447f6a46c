"""Boroughs side by side on one measure, or one of them, on any day."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from markupsafe import Markup

from transparency.boroughs import one, wards
from transparency.boroughs.compared import chosen_exhibit, compared_exhibit, measures_exhibit
from transparency.boroughs.measures import MEASURES, known_measures
from transparency.boroughs.months import heat_exhibit, lines_exhibit
from transparency.boroughs.sentences import not_known_sentence
from transparency.boroughs.series import place_series
from transparency.core.text import possessive
from transparency.core.vocabulary import Borough, today
from transparency.crime import exhibits as crime
from transparency.exhibits.addresses import borough_path, months_path, section_address, series_path
from transparency.exhibits.exhibit import Exhibit, Link
from transparency.exhibits.html import exhibit_foot_html, render, still_exhibit_html
from transparency.months.elsewhere import years_exhibit
from transparency.months.exhibits import months_exhibit, strength_exhibit, wards_exhibit
from transparency.months.officers import officers_exhibit
from transparency.months.queries import place_months_until
from transparency.months.sentences import PROGRAMME
from transparency.months.time import WORKBOOK
from transparency.pages import page
from transparency.pages.programme import in_full, newest_rows, programme_line
from transparency.places.queries import find_borough
from transparency.progress.queries import progress_days
from transparency.store.store import Store
from transparency.survey.exhibits import known_exhibit
from transparency.survey.exhibits import measures_exhibit as survey_exhibit
from transparency.wards.standing import standings_on

FEW_ROWS = 20
TAKES = ("measure", "boroughs")
DAY = page.DayChoice("As at", lambda store, asked: store.memo(progress_days, asked.borough))


def chosen(store: Store, asked: page.Asked) -> Borough:
    """The borough asked for. Raises UnknownPlaceError for a code of no borough."""
    return find_borough(store, asked.get("borough"))


def _head(store: Store, asked: page.Asked) -> str:
    borough = chosen(store, asked) if asked.borough else None
    return render("boroughs_head.html", borough=borough, day=asked.as_at)


HEAD = page.Part("The head of the page", _head)

# ---------------------------------------------------------------- side by side


def measure(store: Store, asked: page.Asked) -> str:
    """The measure that boroughs are compared on: the one asked for, or the first of which something is known."""
    return asked.get("measure") or next(iter(known_measures(store, asked.day)), "counters")


def codes(asked: page.Asked) -> tuple[str, ...]:
    """The boroughs chosen; none for all."""
    return tuple(filter(None, asked.get("boroughs").split(",")))


def _measures(store: Store, asked: page.Asked) -> dict[str, str]:
    """The measures known on the day, and the one asked for, in their order."""
    known = known_measures(store, asked.day)
    return {name: each.label for name, each in MEASURES.items() if name in known or name == measure(store, asked)}


MEASURE = page.ListChoice(
    "measure",
    page.one_of("measure", lambda _: {name: each.label for name, each in MEASURES.items()}),
    "Counters are shown.",
    "Measure",
    options=_measures,
    is_switch=True,
)
SOME_BOROUGHS = page.ListChoice(
    "boroughs",
    lambda store, text: find_borough(store, text).borough_code,
    "The rest is shown without it.",
    "Boroughs",
    "All boroughs",
    lambda store, _: page.borough_names(store),
    is_many=True,
)


def _compared(store: Store, asked: page.Asked) -> page.Content:
    exhibit = compared_exhibit(store, asked.day, measure(store, asked), codes(asked))
    if exhibit is None:
        sentence = not_known_sentence(MEASURES[measure(store, asked)], asked.day)
        return page.verdict(sentence), page.Tools(sentence)
    return exhibit, page.Tools(exhibit.headline, exhibit.sources, csv_href=exhibit.csv_href or "")


def _more(_store: Store, asked: page.Asked) -> str:
    on = f"?as_at={asked.as_at}" if asked.is_dated else ""
    more = (
        Link("All boroughs on every measure in one table", f"/plain/compared{on}"),
        Link("All wards of London, sorted by distance or recorded crime", f"/plain/wards_compared{on}"),
    )
    return render("plain_more.html", links=more)


COMPARED = page.Part("The boroughs side by side", _compared)
LINES = page.Part(
    "The boroughs chosen by month",
    lambda store, asked: lines_exhibit(store, asked.day, measure(store, asked), codes(asked)),
    most_open_rows=0,
)
EVERY_MEASURE = page.Part(
    "The boroughs chosen on every measure", lambda store, asked: chosen_exhibit(store, asked.day, codes(asked))
)
MORE = page.Part("The way to more", _more)

SIDE_BY_SIDE = page.View(head=_head, row=(MEASURE, SOME_BOROUGHS, DAY), parts=(COMPARED, LINES, EVERY_MEASURE, MORE))

# ---------------------------------------------------------------- one borough


def _answer(store: Store, asked: page.Asked) -> page.Content:
    borough, day = chosen(store, asked), asked.day
    sentence = one.borough_verdict(store, borough.borough_code, day)
    is_missing = any(each.is_workbook_missing for each in standings_on(store, day, borough.borough_code))
    counters = one.counters_exhibit(store, borough.borough_code, day)
    html = render(
        "borough_answer.html",
        borough=borough,
        sentence=sentence,
        day=day,
        as_at=asked.as_at,
        wards_sentence=one.wards_known(store, borough.borough_code, day).removeprefix(sentence),
        dataset_page=WORKBOOK.url if is_missing and day == today() else "",
        map_image=one.map_image(store, borough.borough_code, day),
        not_drawn=one.not_drawn_words(store, borough.borough_code, day),
        counters=counters.picture if counters else None,
        counters_foot=_foot(counters),
        cards_foot=_foot(chosen_exhibit(store, day, (borough.borough_code,))),
        cards=one.measure_cards(store, borough.borough_code, day),
    )
    print_href = f"/borough/{borough.borough_code}/handouts.pdf?as_at={day.isoformat()}"
    card = page.Card("borough", borough.borough_code, borough.borough_name)
    return html, page.Tools(sentence, print_href=print_href, card=card)


def _foot(exhibit: Exhibit | None) -> Markup:
    """The table, sources and method of an exhibit in its fold."""
    html = exhibit_foot_html(exhibit, is_table_open=False) if exhibit else ""
    return Markup(html)  # noqa: S704 - rendered by our escaping template


def _wards(store: Store, asked: page.Asked) -> str:
    borough = chosen(store, asked)
    exhibit = one.wards_exhibit(store, borough.borough_code, asked.day)
    on = f"?as_at={asked.as_at}" if asked.is_dated else ""
    return render(
        "borough_wards.html",
        name=borough.borough_name,
        lines=one.ward_lines(store, borough.borough_code, asked.day, asked.day if asked.is_dated else None),
        handouts=f"{borough_path(borough.borough_code)}/handouts.pdf{on}",
        foot=_foot(exhibit),
    )


def _published(store: Store, asked: page.Asked) -> str:
    """What was published of the borough and its wards, and recorded crime by ward, folded."""
    borough = chosen(store, asked)
    exhibits = (
        one.changes_exhibit(store, borough.borough_code, asked.day),
        one.figures_exhibit(store, borough.borough_code, asked.day, False),
        one.figures_exhibit(store, borough.borough_code, asked.day, True),
        crime.borough_exhibit(store, borough.borough_code, asked.day),
    )
    shown = [
        Markup(still_exhibit_html(exhibit, 3))  # noqa: S704 - rendered by our escaping template
        for exhibit in exhibits
        if exhibit is not None
    ]
    title = f"{possessive(borough.borough_name)} published figures, and recorded crime by ward"
    return render("borough_published.html", title=title, exhibits=shown)


def _of_one(make: Callable[..., Exhibit | None], *more: bool) -> Callable[[Store, page.Asked], Exhibit | None]:
    return lambda store, asked: make(store, asked.get("borough"), asked.day, *more)


def _ways(store: Store, asked: page.Asked) -> str:
    on, code = f"?as_at={asked.as_at}" if asked.is_dated else "", asked.get("borough")
    more = [Link("Officers, time elsewhere and the survey year by year", f"{series_path(code)}{on}")]
    if place_months_until(store, asked.day, code):
        more.append(Link("Its wards month by month", f"{months_path(code)}{on}"))
    more.append(Link("What changed with each release", section_address(f"changes/{code}")))
    return render("plain_more.html", links=more)


PARTS_OF_ONE = (
    page.Part("What is known of this borough", _answer),
    page.Part("The wards of this borough", _wards),
    page.Part("Its wards by month", _of_one(heat_exhibit)),
    page.Part("The borough's figures", _published),
    page.Part("The way to more", _ways),
)
SERIES_OF_ONE = (
    page.Part("Its officers per ward", _of_one(officers_exhibit)),
    page.Part("Its time elsewhere", lambda store, asked: years_exhibit(store, asked.day, asked.get("borough"))),
    page.Part("Who knows their officer", _of_one(known_exhibit), most_open_rows=FEW_ROWS),
    page.Part("What people asked say", _of_one(survey_exhibit)),
)

ONE = page.View(
    of="borough",
    head=_head,
    row=(DAY,),
    parts=PARTS_OF_ONE,
    subject=lambda store, asked: page.Subject(
        chosen(store, asked).borough_name, one.borough_verdict(store, asked.get("borough"), asked.day)
    ),
)

BOROUGHS = page.Page(
    name="boroughs",
    title="Boroughs",
    line="Compare London's 32 boroughs: counters, distance, ward officers and time elsewhere.",
    views=(ONE, SIDE_BY_SIDE),
    takes=(page.borough_choice("Borough", "All boroughs side by side"),),
)

# ---------------------------------------------------------------- plain pages

NO_SERIES = "None of the three series by borough is known here on this day."
SERIES_TITLE = "Officers per ward, time elsewhere and who knows their officer, by borough"


def _plain_choices(store: Store, asked: page.Asked) -> str:
    """The switch as links, and the boroughs as a form."""
    links = [
        (Link(label, BOROUGHS.address_of(_with(asked, "measure", name))), name == measure(store, asked))
        for name, label in _measures(store, asked).items()
    ]
    return render(
        "plain_choices.html",
        measures=links,
        chosen=measure(store, asked),
        boroughs=page.borough_names(store),
        codes=codes(asked),
        as_at=asked.as_at,
    )


def _with(asked: page.Asked, parameter: str, value: str) -> page.Asked:
    return replace(asked, chosen=tuple((dict(asked.chosen) | {parameter: value}).items()))


def _compared_words(store: Store, asked: page.Asked) -> page.Words:
    exhibit = compared_exhibit(store, asked.day, measure(store, asked), codes(asked))
    line = exhibit.headline if exhibit else not_known_sentence(MEASURES[measure(store, asked)], asked.day)
    return page.Words(f"Boroughs compared: {MEASURES[measure(store, asked)].label.lower()}", line)


def _measures_words(_store: Store, _asked: page.Asked) -> page.Words:
    return page.headed("All boroughs on every measure", "Counters, distance, officers, time elsewhere, crime, people.")


def _wards_words(_store: Store, _asked: page.Asked) -> page.Words:
    return page.headed("All wards of London, sorted", "Distance to a counter, and recorded crime, ward by ward.")


def _compared_series_words(store: Store, asked: page.Asked) -> page.Words:
    lines = place_series(store, asked.day).lines
    return page.headed(SERIES_TITLE, lines[0] if lines else NO_SERIES)


def _series_words(store: Store, asked: page.Asked) -> page.Words:
    name = chosen(store, asked).borough_name
    lines = place_series(store, asked.day, asked.get("borough")).lines
    title = f"{name}: officers per ward, time elsewhere and the survey"
    return page.headed(title, lines[0] if lines else NO_SERIES)


def _one_words(store: Store, asked: page.Asked) -> page.Words:
    borough = chosen(store, asked)
    sentence = one.borough_verdict(store, borough.borough_code, asked.day)
    return page.Words(f"{borough.borough_name}: ward officers and counters", sentence)


def _one_months_words(store: Store, asked: page.Asked) -> page.Words:
    return page.headed(f"{chosen(store, asked).borough_name}, month by month", programme_line(store, asked))


def _series_of(name: str) -> page.Part:
    """Every borough on one of the series."""
    return page.Part(MEASURES[name].label, lambda store, asked: compared_exhibit(store, asked.day, name))


def _sorted_wards(store: Store, asked: page.Asked) -> page.Content:
    """All wards by the measure asked for, with the way to the others."""
    name = wards.SORTED_BY.get(measure(store, asked), "distance")
    exhibit = wards.wards_exhibit(store, asked.day, name)
    on = f"&as_at={asked.as_at}" if asked.is_dated else ""
    others = [Link(each.label, f"/plain/wards_compared?measure={key}{on}") for key, each in wards.MEASURES.items()]
    return render("plain_sorted.html", links=others), exhibit


SHEETS = (
    page.Sheet(
        "/plain/boroughs",
        BOROUGHS,
        _compared_words,
        (HEAD, page.Part("The choices", _plain_choices), COMPARED, LINES, EVERY_MEASURE, MORE),
        takes=TAKES,
    ),
    page.Sheet(
        "/plain/compared",
        BOROUGHS,
        _measures_words,
        (
            page.Part(
                "Every measure",
                lambda store, asked: measures_exhibit(store, asked.day, measure(store, asked)),
            ),
        ),
        takes=("measure",),
    ),
    page.Sheet(
        "/plain/wards_compared", BOROUGHS, _wards_words, (page.Part("The wards", _sorted_wards),), takes=("measure",)
    ),
    page.Sheet(
        "/plain/months_boroughs",
        BOROUGHS,
        lambda store, asked: page.headed(f"{PROGRAMME}, by borough", programme_line(store, asked)),
        (in_full(lambda store, asked: compared_exhibit(store, asked.day, "wards")),),
    ),
    page.Sheet(
        "/plain/boroughs_series",
        BOROUGHS,
        _compared_series_words,
        tuple(map(_series_of, ("officers", "elsewhere", "known"))),
    ),
    page.Sheet("/borough/{code}", BOROUGHS, _one_words, (HEAD, *PARTS_OF_ONE), parameter="borough"),
    page.Sheet(
        "/borough/{code}/months",
        BOROUGHS,
        _one_months_words,
        (
            in_full(
                _of_one(wards_exhibit),
                lambda store, asked: newest_rows(months_exhibit(store, asked.day, asked.borough)),
                lambda store, asked: newest_rows(strength_exhibit(store, asked.day, asked.borough)),
            ),
        ),
        parameter="borough",
    ),
    page.Sheet("/borough/{code}/series", BOROUGHS, _series_words, SERIES_OF_ONE, parameter="borough"),
)
