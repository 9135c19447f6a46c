"""Boroughs side by side, or one of them, on any day."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date

from transparency.boroughs import compared, one
from transparency.boroughs.months import boroughs_exhibit
from transparency.boroughs.queries import PATHFINDER_NAMES, in_selection
from transparency.boroughs.sentences import CONTEXT_WORDS, MEASURE_WORDS
from transparency.boroughs.series import MEASURES, lines_html, place_series, series_exhibit
from transparency.core.vocabulary import LONDON_CODE, Borough
from transparency.crime import exhibits as crime
from transparency.exhibits.addresses import borough_path, months_path, series_path
from transparency.exhibits.exhibit import Exhibit, Link, Source
from transparency.exhibits.html import render
from transparency.months.elsewhere import years_exhibit
from transparency.months.exhibits import months_exhibit, strength_exhibit, wards_exhibit
from transparency.months.officers import officers_exhibit
from transparency.months.sentences import PROGRAMME
from transparency.pages import page
from transparency.pages.programme import (
    beside_programme,
    in_full,
    monthly_part,
    months_link,
    newest_rows,
    programme_line,
)
from transparency.places.queries import all_boroughs, find_borough
from transparency.progress.queries import progress_days
from transparency.store.store import Store
from transparency.survey.exhibits import known_exhibit, measures_exhibit

FEW_ROWS = 20


def chosen(store: Store, asked: page.Asked) -> Borough:
    """The borough asked for. Raises UnknownPlaceError for a code of no borough."""
    return find_borough(store, asked.get("borough"))


def _head(store: Store, asked: page.Asked) -> str:
    borough = chosen(store, asked) if asked.borough else None
    return render("boroughs_head.html", borough=borough, day=asked.as_at)


ROW = (
    page.borough_choice("Borough", "All boroughs side by side"),
    page.DayChoice("As at", lambda store, asked: store.memo(progress_days, asked.borough)),
)

# ---------------------------------------------------------------- one borough


def _verdict(store: Store, asked: page.Asked) -> page.Content:
    sentence = one.borough_verdict(store, asked.get("borough"), asked.day)
    return page.verdict(sentence), _tools(store, asked, sentence)


def _tools(store: Store, asked: page.Asked, sentence: str, sources: tuple[Source, ...] = ()) -> page.Tools:
    borough = chosen(store, asked)
    return page.Tools(
        sentence,
        sources,
        print_href=f"/borough/{borough.borough_code}/handouts.pdf?as_at={asked.day.isoformat()}",
        card=page.Card("borough", borough.borough_code, borough.borough_name),
    )


def _pack(_store: Store, asked: page.Asked) -> str:
    on = f"?as_at={asked.as_at}" if asked.is_dated else ""
    return render("plain_pack.html", address=f"{borough_path(asked.get('borough'))}/handouts.pdf{on}")


def _of_one(make: Callable[..., Exhibit | None], *more: bool) -> Callable[[Store, page.Asked], Exhibit | None]:
    return lambda store, asked: make(store, asked.get("borough"), asked.day, *more)


def _crime_told(store: Store, asked: page.Asked) -> Exhibit | None:
    """What the exhibit says, with the file of its rows: its table would make the plain page heavy."""
    exhibit = crime.borough_exhibit(store, asked.get("borough"), asked.day)
    return exhibit.without_rows() if exhibit else None


VERDICT = page.Part("What is known of this borough", _verdict)
OF_ONE = (
    page.Part("The wards of this borough", _of_one(one.wards_exhibit)),
    page.Part("What changed", _of_one(one.changes_exhibit)),
    page.Part("The counters", _of_one(one.counters_exhibit)),
    page.Part("The borough's figures", _of_one(one.figures_exhibit, False)),
    page.Part("The borough's figures before the promise", _of_one(one.figures_exhibit, True)),
    page.Part("Boroughs of like size", _of_one(one.similar_exhibit)),
)
CRIME_BY_WARD = page.Part("Recorded crime", _of_one(crime.borough_exhibit))
CRIME_TOLD = page.Part("Recorded crime", _crime_told)
SERIES_OF_ONE = (
    page.Part("Its officers per ward", _of_one(officers_exhibit)),
    page.Part("Its time elsewhere", lambda store, asked: years_exhibit(store, asked.day, asked.get("borough"))),
    page.Part("Who knows their officer", _of_one(known_exhibit), most_open_rows=FEW_ROWS),
    page.Part("What people asked say", _of_one(measures_exhibit)),
)
WARDS_BY_MONTH = monthly_part(_of_one(wards_exhibit))
MONTHS = monthly_part(page.of_borough(months_exhibit))
STRENGTH = monthly_part(page.of_borough(strength_exhibit))

ONE = page.View(
    of="borough",
    head=_head,
    row=ROW,
    parts=(
        beside_programme((VERDICT, *OF_ONE, CRIME_BY_WARD), (WARDS_BY_MONTH, MONTHS, STRENGTH)),
        *SERIES_OF_ONE,
    ),
    subject=lambda store, asked: page.Subject(
        chosen(store, asked).borough_name, one.borough_verdict(store, asked.get("borough"), asked.day)
    ),
)

# ---------------------------------------------------------------- side by side


def _units(store: Store) -> dict[str, str]:
    ordered = sorted(all_boroughs(store), key=lambda each: each.bcu_name)
    return {borough.bcu_code: borough.bcu_name for borough in ordered}


def _listed(parameter: str, label: str, nothing: str, options: Callable[[Store], Mapping[str, str]]) -> page.ListChoice:
    return page.ListChoice(
        parameter, page.one_of(parameter, options), "", label, nothing, lambda store, _: options(store)
    )


COMPARISON = page.Folded(
    "Choose boroughs, measures and a second day",
    (
        page.ListChoice(
            "boroughs",
            lambda store, text: find_borough(store, text).borough_code,
            "The rest is shown without it.",
            "Your own set of boroughs",
            "All boroughs",
            lambda store, _: page.borough_names(store),
            is_many=True,
        ),
        _listed("bcu", "Command unit", "All command units", _units),
        _listed("pathfinder", "Pathfinder area", "All areas", lambda _: PATHFINDER_NAMES),
        _listed("measure", "Measure of the promise", "The whole promise", lambda _: MEASURE_WORDS),
        _listed("sort", "Sort what can be compared by", "Counters open", lambda _: CONTEXT_WORDS),
        page.second_day_choice(lambda store: [known for known, _ in store.memo(progress_days, None)]),
    ),
)


def _selected(store: Store, asked: page.Asked) -> tuple[str, ...]:
    own = tuple(filter(None, asked.get("boroughs").split(",")))
    groups = (asked.get("bcu") or None, asked.get("pathfinder") or None)
    return tuple(each.borough_code for each in in_selection(all_boroughs(store), own, *groups))


def codes(store: Store, asked: page.Asked) -> tuple[str, ...]:
    """The boroughs that all the choices name; none where that is every one, or no one."""
    selected = _selected(store, asked)
    return selected if len(selected) < len(all_boroughs(store)) else ()


def _check(store: Store, asked: page.Asked) -> Iterable[str]:
    if not asked.borough and not _selected(store, asked):
        yield "No borough is in all the groups chosen. All boroughs are shown."


def measure(asked: page.Asked) -> str:
    """The measure of the promise that boroughs are ranked by."""
    return asked.get("measure") or "promise"


def _comparison(store: Store, asked: page.Asked) -> page.Content:
    sentence = compared.comparison_sentence(store, asked.day, measure(asked))
    return page.verdict(sentence), page.Tools(sentence)


def _change(store: Store, asked: page.Asked) -> page.Content:
    second = asked.get("compare_with")
    if not second:
        return None
    return compared.change_exhibit(store, date.fromisoformat(second), asked.day, codes(store, asked))


RANKED = page.Part(
    "The boroughs ranked",
    lambda store, asked: compared.ranked_exhibit(store, asked.day, measure(asked), codes(store, asked)),
)
NOT_PUBLISHED = page.Part(
    "The boroughs that cannot be ranked",
    lambda store, asked: compared.not_published_exhibit(store, asked.day, measure(asked), codes(store, asked)),
    most_open_rows=FEW_ROWS,
)
CONTEXT = page.Part(
    "What can be compared",
    lambda store, asked: compared.context_exhibit(
        store, asked.day, asked.get("sort") or "counters", codes(store, asked)
    ),
)
CRIME = page.Part("Recorded crime", lambda store, asked: crime.boroughs_exhibit(store, asked.day, codes(store, asked)))


def _compared(name: str) -> page.Part:
    """Every borough on one of the series."""
    return page.Part(
        MEASURES[name].words, lambda store, asked: series_exhibit(store, asked.day, name, codes(store, asked))
    )


SERIES = (
    *map(_compared, MEASURES),
    page.Part(
        "Who knows their officer in London",
        lambda store, asked: known_exhibit(store, LONDON_CODE, asked.day),
        most_open_rows=FEW_ROWS,
    ),
)
BY_MONTH = monthly_part(lambda store, asked: boroughs_exhibit(store, asked.day, measure(asked), codes(store, asked)))

SIDE_BY_SIDE = page.View(
    head=_head,
    row=ROW,
    folded=COMPARISON,
    parts=(
        beside_programme(
            own=(
                page.Part("Whether the boroughs can be compared", _comparison),
                page.Part("Two days side by side", _change),
                RANKED,
                NOT_PUBLISHED,
                CONTEXT,
                CRIME,
            ),
            monthly=(BY_MONTH,),
        ),
        *SERIES,
    ),
)

BOROUGHS = page.Page(
    name="boroughs",
    title="Boroughs",
    line="Compare London's 32 boroughs: counters, distance, ward officers and time elsewhere.",
    views=(ONE, SIDE_BY_SIDE),
    check=_check,
)

# ---------------------------------------------------------------- plain pages


def _links(store: Store, asked: page.Asked) -> str:
    boroughs = [(item.borough_name, borough_path(item.borough_code)) for item in all_boroughs(store)]
    return render("plain_boroughs.html", boroughs=boroughs, day=asked.as_at)


def _more(_store: Store, _asked: page.Asked) -> str:
    more = (
        Link("What can be compared between all boroughs: counters, distance, wards, people", "/plain/compared"),
        Link(SERIES_TITLE, "/plain/boroughs_series"),
    )
    return render("plain_more.html", links=more)


def _compared_words(store: Store, asked: page.Asked) -> page.Words:
    shown = compared.context_exhibit(store, asked.day)
    line = shown.headline if shown else "What can be compared between all boroughs."
    return page.headed("What can be compared between all boroughs", line)


NO_SERIES = "None of the three series by borough is known here on this day."
SERIES_TITLE = "Officers per ward, time elsewhere and who knows their officer, by borough"


def _lines(store: Store, asked: page.Asked) -> page.Content:
    series = place_series(store, asked.day, asked.get("borough"))
    on = f"?as_at={asked.as_at}" if asked.is_dated else ""
    more = Link("Year by year and quarter by quarter", f"{series_path(asked.get('borough'))}{on}")
    return lines_html(series, "Officers, time elsewhere and the survey", more, 2)


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
    first = one.wards_exhibit(store, borough.borough_code, asked.day)
    answer = one.borough_verdict(store, borough.borough_code, asked.day)
    return page.Words(
        f"{borough.borough_name}: ward officers and counters",
        answer,
        borough.borough_name,
        answer,
        _tools(store, asked, first.headline, first.sources),
    )


def _one_months_words(store: Store, asked: page.Asked) -> page.Words:
    return page.headed(f"{chosen(store, asked).borough_name}, month by month", programme_line(store, asked))


SHEETS = (
    page.Sheet(
        "/plain/boroughs",
        BOROUGHS,
        lambda store, asked: page.headed("Boroughs and their wards", compared.comparison_sentence(store, asked.day)),
        (
            page.Part("The list of boroughs", _links),
            beside_programme(
                (RANKED, NOT_PUBLISHED),
                (months_link("Every borough side by side in the newest month", lambda _: "/plain/months_boroughs"),),
            ),
            page.Part("The way to more", _more),
        ),
    ),
    page.Sheet(
        "/plain/months_boroughs",
        BOROUGHS,
        lambda store, asked: page.headed(f"{PROGRAMME}, by borough", programme_line(store, asked)),
        (in_full(page.on_day(boroughs_exhibit)),),
    ),
    page.Sheet("/plain/compared", BOROUGHS, _compared_words, (CONTEXT, CRIME)),
    page.Sheet("/plain/boroughs_series", BOROUGHS, _compared_series_words, SERIES),
    page.Sheet(
        "/borough/{code}",
        BOROUGHS,
        _one_words,
        (
            page.Part("The handouts", _pack),
            beside_programme(
                (*OF_ONE, CRIME_TOLD),
                (
                    months_link(
                        "Its wards in the newest month, and month by month",
                        lambda asked: months_path(asked.get("borough")),
                    ),
                ),
            ),
            page.Part("The series by borough", _lines),
        ),
        parameter="borough",
    ),
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
