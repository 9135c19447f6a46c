"""Counters: how many are open, where and when, what closed, how far one is; and one counter's own page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from transparency.core.vocabulary import FIRST_SITE_DAY, today
from transparency.counters import exhibits, one, overview
from transparency.counters.maps import counters_map
from transparency.counters.queries import has_sites, site_on
from transparency.counters.sentences import DAYS_THAT_MATTER, site_answer
from transparency.exhibits.addresses import site_path
from transparency.exhibits.exhibit import Exhibit, Link
from transparency.exhibits.html import render
from transparency.pages import page
from transparency.places.queries import borough_named, find_ward
from transparency.store.store import Store

DAYS = page.DayChoice(
    "As at",
    lambda _store, _asked: [(on, words) for on, words in DAYS_THAT_MATTER if on <= today()],
    has_calendar=True,
)
TITLE = "<h1>Police counters</h1>"


# ---------------------------------------------------------------- London


def _state(store: Store, asked: page.Asked) -> page.Content:
    sentence = exhibits.verdict(store, asked.day)
    tools = page.Tools(sentence, address="/plain/counters", csv_href=_file("counters-open", asked.day))
    return page.verdict(sentence, *exhibits.verdict_lines(store, asked.day)), tools


def _file(key: str, day: date) -> str:
    return f"/data/exhibits/{key}.csv?as_at={day.isoformat()}"


def _near(store: Store, asked: page.Asked) -> str:
    """The counters nearest to the ward chosen, or of the borough; nothing where none is."""
    if asked.day < FIRST_SITE_DAY:
        return ""
    if ward_code := asked.get("ward"):
        return overview.near_ward_html(store, ward_code, asked.day)
    return overview.in_borough_html(store, asked.borough, asked.day) if asked.borough else ""


def _map(store: Store, asked: page.Asked) -> page.Content:
    return page.Map(counters_map, (asked.day, asked.get("ward") or None, asked.borough))


def _folded(make: Callable[[Store, date], Exhibit | None]) -> Callable[[Store, page.Asked], str]:
    return lambda store, asked: overview.folded_html(make(store, asked.day))


STATE = page.Part("The state of the counters", _state)
NO_SITES = page.Part("Where the list is", lambda store, _: exhibits.no_sites_html(store))
THEN = page.Part(
    "Counters then and now",
    lambda store, asked: overview.small_maps_html(store, asked.day, bool(asked.get("ward") or asked.borough)),
)
NOW = page.Part("What is open", page.on_day(overview.now_html))
FOLDS = (
    page.Part("The closures", _folded(exhibits.closures_exhibit)),
    page.Part("What opened", _folded(exhibits.openings_exhibit)),
    page.Part("The plans", _folded(exhibits.plans_exhibit)),
    page.Part("The distances of boroughs", _folded(exhibits.distances_exhibit)),
    page.Part("Police bases", _folded(exhibits.bases_exhibit)),
    page.Part("Contact points", _folded(exhibits.contacts_exhibit)),
    page.Part("The published totals", _folded(exhibits.published_totals_exhibit)),
    page.Part("How the list agrees with the totals", _folded(exhibits.reconciliation_exhibit)),
)


# ---------------------------------------------------------------- one place


def _site(store: Store, asked: page.Asked) -> page.Content:
    site_id = asked.get("site")
    answer = one.site_html(store, site_id, asked.day)
    sentence = site_answer(site_on(store, site_id, asked.day), asked.day == today())
    return answer, page.Tools(sentence, address=site_path(site_id))


def _history(store: Store, asked: page.Asked) -> page.Content:
    site_id = asked.get("site")
    return (
        overview.folded_html(one.nearest_wards_exhibit(store, site_id, asked.day)),
        overview.folded_html(exhibits.site_exhibit(store, site_id, asked.day)),
    )


def _subject(store: Store, asked: page.Asked) -> page.Subject:
    site = site_on(store, asked.get("site"), asked.day)
    return page.Subject(site.site_name, site_answer(site, asked.day == today()))


def _site_head(store: Store, asked: page.Asked) -> str:
    return one.site_head_html(store, asked.get("site"), asked.day)


SITE = page.Part("The answer for this place", _site)
HISTORY = page.Part("The history of this place", _history)

COUNTERS = page.Page(
    name="counters",
    title="Counters",
    line="Which police counters in London are open and when, which closed, and how far the nearest is.",
    takes=(
        page.Choice("site", lambda store, text: site_on(store, text.lower(), today()).site_id, "All are shown."),
        page.Choice("ward", lambda store, text: find_ward(store, text.upper()).ward_code, "All of London is shown."),
        page.Choice("borough", lambda store, text: borough_named(store, text).borough_code, "All of London is shown."),
    ),
    views=(
        page.View(of="site", head=_site_head, row=(DAYS,), parts=(SITE, HISTORY), subject=_subject),
        page.View(
            head=lambda *_: TITLE,
            row=(page.LookUp("Postcode, ward or counter", carries_day=True, opens="/counters"), DAYS),
            parts=(
                STATE,
                NO_SITES,
                page.Part("The nearest counters", _near),
                THEN,
                NOW,
                page.Part("The map", _map, has_map=True),
                page.Part("The heading", lambda store, _: "<h2>More on counters</h2>" * has_sites(store)),
                *FOLDS,
            ),
        ),
    ),
)


# ---------------------------------------------------------------- as plain pages


def _more(_store: Store, _asked: page.Asked) -> str:
    links = [
        Link("Find the counters nearest to you", "/plain/find"),
        Link("How far each ward is from a counter", "/plain/distances"),
        Link("Counters that closed or opened", "/plain/closures"),
        Link("What was planned and decided, and the published totals", "/plain/totals"),
        Link("Police bases and contact points", "/plain/bases"),
    ]
    return render("plain_more.html", links=links)


def _site_words(store: Store, asked: page.Asked) -> page.Words:
    subject = _subject(store, asked)
    return page.Words(subject.title, subject.line)


def _whole(name: str, make: Callable[[Store, date], page.Content]) -> page.Part:
    return page.Part(name, page.on_day(make))


def _without_nights(store: Store, day: date) -> Exhibit | None:
    """The distances of all wards in few enough bytes for a telephone; the file has those at night too."""
    exhibit = exhibits.ward_distances_exhibit(store, day)
    if exhibit is None:
        return None
    shown, kept = exhibit.table, 4
    return replace(
        exhibit,
        table=replace(shown, columns=shown.columns[:kept], rows=tuple(row[:kept] for row in shown.rows)),
    )


SHEETS = (
    page.Sheet(
        "/site/{code}",
        COUNTERS,
        _site_words,
        (page.Part("The head of the page", _site_head), SITE, HISTORY),
        parameter="site",
    ),
    page.Sheet(
        "/plain/counters",
        COUNTERS,
        lambda store, asked: page.Words("Police counters", exhibits.verdict(store, asked.day)),
        (
            page.Part("The heading", lambda *_: TITLE),
            STATE,
            NO_SITES,
            page.Part("The way to more", _more),
            THEN,
            NOW,
        ),
    ),
    page.Sheet(
        "/plain/distances",
        COUNTERS,
        lambda *_: page.headed(
            "Distances to counters", "How far the nearest counter is from the middle of each ward, in a straight line."
        ),
        (
            _whole("The distances of boroughs", exhibits.distances_exhibit),
            _whole("The distances of wards", _without_nights),
        ),
    ),
    page.Sheet(
        "/plain/closures",
        COUNTERS,
        lambda *_: page.headed("Counters that closed", "Which counters closed since 2017, and which opened."),
        (_whole("The closures", exhibits.closures_exhibit), _whole("What opened", exhibits.openings_exhibit)),
    ),
    page.Sheet(
        "/plain/totals",
        COUNTERS,
        lambda *_: page.headed(
            "Counters planned and counted",
            "What was proposed, decided and done about counters, and how the list agrees with the published totals.",
        ),
        (
            _whole("The plans", exhibits.plans_exhibit),
            _whole("The published totals", exhibits.published_totals_exhibit),
            _whole("How the list agrees with the totals", exhibits.reconciliation_exhibit),
        ),
    ),
    page.Sheet(
        "/plain/bases",
        COUNTERS,
        lambda *_: page.headed(
            "Police bases and contact points",
            "Where ward officers start their shifts, and where the public meets them.",
        ),
        (_whole("Police bases", exhibits.bases_exhibit), _whole("Contact points", exhibits.contacts_exhibit)),
    ),
)
