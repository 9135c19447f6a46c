"""Ring-fencing: the share of ward officers' recorded time spent elsewhere, by place, month, type and ward."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from transparency.boroughs.series import series_exhibit
from transparency.core.vocabulary import LONDON_CODE
from transparency.exhibits.exhibit import Exhibit, Link
from transparency.exhibits.html import render
from transparency.months import elsewhere, time
from transparency.months.queries import Place, PlaceKind, find_place, places
from transparency.months.sentences import SHARE_CAVEAT, strength_not_loaded, time_not_loaded
from transparency.pages import page
from transparency.pages.programme import newest_rows
from transparency.store.store import Store


def _place(store: Store, asked: page.Asked) -> Place:
    return find_place(store, asked.get("place") or LONDON_CODE)


def _places(store: Store, asked: page.Asked) -> dict[str, str]:
    """The places to choose from: those whose time is known, and the one chosen."""
    chosen = _place(store, asked)
    by_month = store.memo(time.newest_share, asked.day) is not None
    by_year = elsewhere.elsewhere_years(store, asked.day)
    named = {
        each.code: each.name
        for each in places(store)
        if each.kind is not PlaceKind.LONDON and (by_month or each.code in by_year)
    }
    return named | ({} if chosen.code == LONDON_CODE else {chosen.code: chosen.name})


def _head(store: Store, asked: page.Asked) -> str:
    return render("ring_fencing_head.html", place=_place(store, asked).name)


def _subject(store: Store, asked: page.Asked) -> page.Subject | None:
    place = _place(store, asked)
    if place.code == LONDON_CODE:
        return None
    return page.Subject(place.name, _share_sentence(store, asked) or "")


def _share_sentence(store: Store, asked: page.Asked) -> str | None:
    """What is known of the place's time: in its newest month, else in the newest year of the series by borough."""
    place = _place(store, asked)
    by_month = time.newest_share(store, asked.day, place.code)
    return by_month or elsewhere.elsewhere_sentence(store, asked.day, place.code, place.name)


def _newest_month(store: Store, asked: page.Asked) -> page.Content:
    place = _place(store, asked)
    sentence = time.newest_share(store, asked.day, place.code)
    if sentence is not None:
        return page.verdict(sentence, SHARE_CAVEAT)
    if time.places_exhibit(store, asked.day) is not None:
        return page.verdict(f"No recorded time that is its own alone is published for {place.name}.")
    by_year = elsewhere.elsewhere_sentence(store, asked.day, place.code, place.name)
    not_loaded = time_not_loaded(asked.day)
    return page.verdict(by_year, not_loaded) if by_year else page.verdict(not_loaded)


def _months(store: Store, asked: page.Asked) -> page.Content:
    code = _place(store, asked).code
    shown = time.months_exhibit(store, asked.day, code)
    if shown is None:
        return None
    return shown, page.Tools(time.newest_share(store, asked.day, code) or shown.headline, shown.sources)


def _of_place(make: Callable[[Store, date, str], Exhibit | None]) -> Callable[[Store, page.Asked], Exhibit | None]:
    return lambda store, asked: make(store, asked.day, _place(store, asked).code)


def _of_london(make: Callable[[Store, date], Exhibit | None]) -> Callable[[Store, page.Asked], Exhibit | None]:
    return lambda store, asked: None if asked.get("place") else make(store, asked.day)


MONTHS = page.Part("The months", _months, most_open_rows=0)
YEARS = page.Part("The years", _of_place(elsewhere.years_exhibit))
BY_MONTH = page.Part("The months of the series by borough", _of_place(elsewhere.months_exhibit), most_open_rows=0)
TYPES_BY_YEAR = page.Part("The types by year", _of_place(elsewhere.types_exhibit))
BOROUGHS = page.Part("The boroughs", _of_london(lambda store, day: series_exhibit(store, day, "elsewhere")))
STATEMENTS = page.Part("The statements published before", page.on_day(time.statements_exhibit))
TYPES = page.Part("The types of activity", _of_place(time.types_exhibit))
WARDS = page.Part("The wards most and least affected", _of_place(time.wards_exhibit))
SPREAD = page.Part("The spread of the wards", _of_place(time.spread_exhibit), most_open_rows=0)
PLACES = page.Part("The boroughs and command units", _of_london(time.places_exhibit))
EXTRA = page.Part("Where extra officers go", _of_london(time.extra_exhibit))
NEED = page.Part("The question of need", _of_london(time.need_exhibit))

RING_FENCING = page.Page(
    name="ring_fencing",
    title="Time elsewhere",
    line="How much of ward officers' recorded time is spent elsewhere, by month, borough and ward.",
    views=(
        page.View(
            head=_head,
            row=(
                page.ListChoice(
                    "place",
                    lambda store, text: find_place(store, text).code.replace(LONDON_CODE, ""),
                    "London is shown.",
                    "Place",
                    "London",
                    _places,
                ),
            ),
            parts=(
                page.Part("The newest month", _newest_month),
                MONTHS,
                YEARS,
                BY_MONTH,
                TYPES_BY_YEAR,
                BOROUGHS,
                STATEMENTS,
                TYPES,
                WARDS,
                SPREAD,
                PLACES,
                EXTRA,
                NEED,
            ),
            subject=_subject,
        ),
    ),
)

# ---------------------------------------------------------------- plain pages

BY_PLACE = Link("By ward, borough and command unit", "/plain/ring_fencing_places")
EXTRA_OFFICERS = Link("Where extra officers go", "/plain/extra_officers")


def _more(store: Store, asked: page.Asked) -> page.Content:
    links = [BY_PLACE, EXTRA_OFFICERS] if _share_sentence(store, asked) else [EXTRA_OFFICERS]
    return render("plain_more.html", links=links)


def _not_loaded(store: Store, asked: page.Asked) -> page.Content:
    """That months are not on this site, where the line above is of the series by borough."""
    is_of_series = time.newest_share(store, asked.day) is None and _share_sentence(store, asked) is not None
    return f"<p>{time_not_loaded(asked.day)}</p>" if is_of_series else None


def _newest_months(store: Store, asked: page.Asked) -> page.Content:
    return newest_rows(elsewhere.months_exhibit(store, asked.day))


def _by_place(store: Store, asked: page.Asked) -> page.Content:
    day = asked.day
    shown = (
        time.wards_exhibit(store, day),
        time.places_exhibit(store, day),
        series_exhibit(store, day, "elsewhere"),
    )
    return shown if any(shown) else page.verdict(time_not_loaded(asked.day))


def _extra(store: Store, asked: page.Asked) -> page.Content:
    return time.extra_exhibit(store, asked.day) or page.verdict(strength_not_loaded(asked.day))


def _share_words(store: Store, asked: page.Asked) -> page.Words:
    line = _share_sentence(store, asked) or time_not_loaded(asked.day)
    return page.headed("How often are ward officers sent elsewhere?", line)


SHEETS = (
    page.Sheet(
        "/plain/ring_fencing",
        RING_FENCING,
        _share_words,
        (
            page.Part("What is not loaded", _not_loaded),
            MONTHS,
            YEARS,
            page.Part("The newest months", _newest_months),
            TYPES_BY_YEAR,
            STATEMENTS,
            TYPES,
            page.Part("The way to more", _more),
        ),
    ),
    page.Sheet(
        "/plain/ring_fencing_places",
        RING_FENCING,
        lambda *_: page.headed(
            "Time spent elsewhere, by place",
            "Share of ward officers' recorded time spent elsewhere, by ward, borough and command unit.",
        ),
        (page.Part("By place", _by_place),),
    ),
    page.Sheet(
        "/plain/extra_officers",
        RING_FENCING,
        lambda *_: page.headed(
            "Where extra officers go",
            "Which boroughs have wards with more than two constables or more than one PCSO, in FTE, and by what need.",
        ),
        (page.Part("Where extra officers go", _extra), NEED),
    ),
)
