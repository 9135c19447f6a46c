"""Counters, hubs and stations: what was open on a day, what closed, how far it was, and one site's history."""

from __future__ import annotations

from transparency.core.text import full_date
from transparency.core.vocabulary import FIRST_SITE_DAY, SiteKind, today
from transparency.counters import exhibits
from transparency.counters.queries import site_on
from transparency.counters.sentences import DAYS_THAT_MATTER, site_sentence
from transparency.exhibits.exhibit import Link
from transparency.exhibits.html import render
from transparency.pages import page
from transparency.store.store import Store
from transparency.wards.maps import counters_map

# What the search and the filters of the places ask for, beside the day.
NAMED, OF_BOROUGH, OF_KIND = "named", "of_borough", "of_kind"
ROW = (
    page.DayChoice(
        "As at",
        lambda _store, _asked: [(on, words) for on, words in DAYS_THAT_MATTER if on <= today()],
        has_calendar=True,
    ),
)


def _head(_store: Store, _asked: page.Asked) -> str:
    return "<h1>Police counters</h1>"


def _state(store: Store, asked: page.Asked) -> page.Content:
    sentence = exhibits.verdict(store, asked.day)
    return page.verdict(sentence), page.Tools(sentence)


def _places(store: Store, asked: page.Asked) -> page.Content:
    if without_list := exhibits.no_sites_html(store):
        return without_list
    return page.Places(FITTING) if asked.day >= FIRST_SITE_DAY else None


def _fitting(_store: Store, asked: page.Asked) -> page.Content:
    kind = asked.get(OF_KIND)
    return page.Map(
        counters_map, (asked.day, asked.get(NAMED), asked.get(OF_BOROUGH) or None, SiteKind(kind) if kind else None)
    )


def _site(store: Store, asked: page.Asked) -> page.Content:
    return exhibits.site_exhibit(store, asked.get("site"), asked.day)


def _way_back(_store: Store, asked: page.Asked) -> str:
    return f'<p><a href="/counters?as_at={asked.day.isoformat()}">All counters, hubs and bases</a></p>'


def _subject(store: Store, asked: page.Asked) -> page.Subject:
    site = site_on(store, asked.get("site"), asked.day)
    return page.Subject(site.site_name, site_sentence(site, asked.day))


FITTING = page.Part("The list and map of places", _fitting, has_map=True)
STATE = page.Part("The state of the counters", _state)
OF_BOROUGHS = page.Part("The comparison of boroughs", page.on_day(exhibits.boroughs_exhibit))
DISTANCES = page.Part("The distances", page.on_day(exhibits.distances_exhibit), most_open_rows=0)
GROWTH = page.Part("How distances grew", page.on_day(exhibits.growth_exhibit))
PLANS = page.Part("The plans", page.on_day(exhibits.plans_exhibit), most_open_rows=0)
CLOSURES = page.Part("The closures", page.on_day(exhibits.closures_exhibit), most_open_rows=0)
PUBLISHED_TOTALS = page.Part("The published totals", page.on_day(exhibits.published_totals_exhibit), most_open_rows=0)
RECONCILIATION = page.Part(
    "How the list agrees with the totals", lambda store, asked: exhibits.reconciliation_exhibit(store, asked.day)
)

COUNTERS = page.Page(
    name="counters",
    title="Counters",
    line="Which police counters and hubs in London were open on any day, what closed, and how far one was.",
    takes=(page.Choice("site", lambda _, text: text.lower()),),
    views=(
        page.View(
            of="site",
            head=_head,
            row=ROW,
            parts=(page.Part("The history of this site", _site), page.Part("The way back", _way_back)),
            subject=_subject,
        ),
        page.View(
            head=_head,
            row=ROW,
            parts=(
                STATE,
                OF_BOROUGHS,
                page.Part("The list and map of places", _places),
                DISTANCES,
                GROWTH,
                PLANS,
                CLOSURES,
                PUBLISHED_TOTALS,
                RECONCILIATION,
            ),
        ),
    ),
)


def _more(_store: Store, _asked: page.Asked) -> str:
    links = [
        Link("Counters that closed, and where the nearest moved farthest", "/plain/closures"),
        Link("What was planned and decided, and the published totals", "/plain/totals"),
    ]
    return render("plain_more.html", links=links)


SHEETS = (
    page.Sheet(
        "/plain/counters",
        COUNTERS,
        lambda store, asked: page.headed("Police counters", exhibits.verdict(store, asked.day)),
        (
            page.Part("Where the list is", lambda store, _: exhibits.no_sites_html(store)),
            OF_BOROUGHS,
            DISTANCES,
            page.Part("The way to more", _more),
        ),
    ),
    page.Sheet(
        "/plain/closures",
        COUNTERS,
        lambda _, asked: page.headed(
            "Counters that closed", f"Counters closed between 1 January 2017 and {full_date(asked.day)}."
        ),
        (CLOSURES, GROWTH),
    ),
    page.Sheet(
        "/plain/totals",
        COUNTERS,
        lambda *_: page.headed(
            "Counters planned and counted",
            "What was proposed, decided and done about counters, and how the list agrees with the published totals.",
        ),
        (PLANS, PUBLISHED_TOTALS, RECONCILIATION),
    ),
)
