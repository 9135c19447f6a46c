"""Time elsewhere: the share of ward officers' recorded time spent off their wards, beside the promise that kept them.

Two editions of the Met's file can be on this site: that of spring 2024 by borough, and the operator's own import of
the months of ward teams. Each is a series of its own, and they are never joined.
"""

from __future__ import annotations

from markupsafe import Markup

from transparency.core.vocabulary import LONDON_CODE, PromiseStatus
from transparency.exhibits.exhibit import Exhibit, Link
from transparency.exhibits.html import render, still_exhibit_html
from transparency.months import elsewhere, time
from transparency.months.elsewhere import (
    answer_sentence,
    elsewhere_years,
    first_whole,
    one_hour_in,
    percent_words,
    training_words,
)
from transparency.months.quarters import edition_quarters, import_quarters, quarters_html
from transparency.months.queries import Place, PlaceKind, ShareMonth, find_place, places, strength_month, time_months
from transparency.months.sentences import SHARE_CAVEAT, month_name, strength_not_loaded, time_not_loaded
from transparency.pages import page
from transparency.promises.exhibits import promise_address, promise_mark
from transparency.promises.queries import ledger
from transparency.store.store import Store

RING_FENCED = "ring-fenced-officers"
EXTRA_OFFICERS = Link("Which boroughs have more officers than promised", "/plain/extra_officers")
NEED_ALONE = Link("Wards that were to have more officers", EXTRA_OFFICERS.href)


def _place(store: Store, asked: page.Asked) -> Place:
    return find_place(store, asked.get("place") or LONDON_CODE)


def _places(store: Store, asked: page.Asked) -> dict[str, str]:
    """The places to choose from: those whose time is known, and the one chosen."""
    chosen = _place(store, asked)
    by_month = bool(time_months(store, find_place(store, LONDON_CODE), asked.day))
    by_year = elsewhere_years(store, asked.day)
    named = {
        each.code: each.name
        for each in places(store)
        if each.kind is not PlaceKind.LONDON and (by_month or each.code in by_year)
    }
    return named | ({} if chosen.code == LONDON_CODE else {chosen.code: chosen.name})


def _newest(store: Store, asked: page.Asked) -> ShareMonth | None:
    """The newest month of the operator's own import for the place asked for."""
    known = time_months(store, _place(store, asked), asked.day)
    return known[-1] if known else None


def _sentence(store: Store, asked: page.Asked) -> str | None:
    """What is known of the place's time: in the newest month imported, else in the newest year by borough."""
    place, month = _place(store, asked), _newest(store, asked)
    if month is not None and month.elsewhere_percent is not None:
        return answer_sentence(place.name, month.elsewhere_percent, month_name(month.month))
    years = elsewhere_years(store, asked.day).get(place.code)
    if not years or years[-1].elsewhere_percent is None:
        return None
    return answer_sentence(place.name, years[-1].elsewhere_percent, years[-1].words)


def _before(store: Store, asked: page.Asked) -> str:
    """What it was in the first whole year of the same edition; empty where the answer is of another or of that year."""
    years = elsewhere_years(store, asked.day).get(_place(store, asked).code)
    first = first_whole(years) if years else None
    if years is None or first is None or first is years[-1] or first.elsewhere_percent is None:
        return ""
    was = one_hour_in(first.elsewhere_percent)
    return f"In {first.words} it was {was} ({percent_words(first.elsewhere_percent)}). " * (
        _newest(store, asked) is None
    )


def _answer(store: Store, asked: page.Asked) -> page.Content:
    sentence = _sentence(store, asked)
    if sentence is not None:
        shown = _exhibit_of_months(store, asked)
        tools = page.Tools(sentence, shown.sources if shown else (), csv_href=(shown.csv_href or "") if shown else "")
        by_month = _newest(store, asked) is not None
        counted = SHARE_CAVEAT if by_month else training_words(store, asked.day, _place(store, asked).code)
        return page.verdict(sentence, f"{_before(store, asked)}{counted}"), tools
    if time_months(store, find_place(store, LONDON_CODE), asked.day):
        return page.verdict(f"No recorded time that is its own alone is published for {_place(store, asked).name}.")
    return _said(time_not_loaded(asked.day)), page.Tools(time_not_loaded(asked.day))


def _said(text: str) -> str:
    """A text of some sentences, the first as the answer."""
    first, _, rest = text.partition(". ")
    return page.verdict(f"{first.rstrip('.')}.", *filter(None, (rest,)))


def _subject(store: Store, asked: page.Asked) -> page.Subject | None:
    place = _place(store, asked)
    return None if place.code == LONDON_CODE else page.Subject(place.name, _sentence(store, asked) or "")


def _exhibit_of_months(store: Store, asked: page.Asked) -> Exhibit | None:
    code = _place(store, asked).code
    return time.months_exhibit(store, asked.day, code) or elsewhere.months_exhibit(store, asked.day, code)


# ---------------------------------------------------------------- parts


def _beside(store: Store, asked: page.Asked) -> page.Content:
    """What the time went to, and beside it what was promised of it."""
    code = _place(store, asked).code
    types = time.types_exhibit(store, asked.day, code) or elsewhere.types_exhibit(store, asked.day, code)
    wards = time.wards_exhibit(store, asked.day, code)
    return _columns(_still(types), f"{_promise_html(store, asked)}{_still(wards)}")


def _columns(*parts: str) -> str:
    """Parts side by side where there is room; those that are empty are left out."""
    shown = [part for part in parts if part]
    return f'<div class="columns">{"".join(f"<div>{part}</div>" for part in shown)}</div>' if shown else ""


def _still(exhibit: Exhibit | None) -> str:
    return still_exhibit_html(exhibit, is_table_open=False) if exhibit is not None else ""


def _promise_html(store: Store, asked: page.Asked) -> str:
    """The promise that ward officers stay on their wards, and the exceptions to it, each with its date."""
    entry = next((it for it in ledger(store, asked.day) if it.promise.promise_id == RING_FENCED), None)
    if entry is None:
        return ""
    return render(
        "ring_fenced.html",
        entry=entry,
        mark=promise_mark(entry.status),
        lines=[line for line in entry.history if line.status is PromiseStatus.CANNOT_BE_RATED],
        address=promise_address(RING_FENCED, asked.day if asked.is_dated else None),
        statements=Markup(_still(time.statements_exhibit(store, asked.day))),  # noqa: S704 - by our escaping templates
    )


def _quarters(store: Store, asked: page.Asked) -> page.Content:
    """The boroughs by quarter, of the operator's own import where there is one."""
    imported = time.quarters_exhibit(store, asked.day)
    shown = imported or elsewhere.quarters_exhibit(store, asked.day)
    if shown is None:
        return None
    known = (import_quarters if imported else edition_quarters)(store, asked.day)
    return quarters_html(shown, store, known, _place(store, asked).code)


def _older(store: Store, asked: page.Asked) -> page.Content:
    """The edition by borough below the operator's own import: another series, joined with nothing."""
    older = elsewhere.months_exhibit(store, asked.day, _place(store, asked).code)
    if older is None or _newest(store, asked) is None:
        return None
    return "<h2>An older file</h2><p>The Met restates its figures, so the two are never one line.</p>", older


def _more(store: Store, asked: page.Asked) -> page.Content:
    """What is not on this site, and the way to more."""
    years = elsewhere_years(store, asked.day).get(LONDON_CODE, ())
    newest = month_name(years[-1].last_month) if years and not import_quarters(store, asked.day) else ""
    link = EXTRA_OFFICERS if strength_month(store, asked.day) else NEED_ALONE
    return render("ring_fencing_more.html", newest=newest, original=time.DATASET_PAGE, link=link)


NEED = page.Part("The question of need", page.on_day(time.need_exhibit))
HEAD = page.Part("The head of the page", lambda *_: render("ring_fencing_head.html"))
PARTS = (
    page.Part("The answer", _answer),
    page.Part("The months", lambda store, asked: _exhibit_of_months(store, asked), most_open_rows=0),
    page.Part("The types of time, and the promise", _beside),
    page.Part("The boroughs by quarter", _quarters),
    page.Part("The older file", _older, level=3, most_open_rows=0),
    page.Part("The way to more", _more),
)

RING_FENCING = page.Page(
    name="ring_fencing",
    title="Time elsewhere",
    line="How much of ward officers' recorded time is spent elsewhere, by month, borough and ward.",
    views=(
        page.View(
            head=lambda *_: render("ring_fencing_head.html"),
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
            parts=PARTS,
            subject=_subject,
        ),
    ),
)

# ---------------------------------------------------------------- plain pages


def _extra(store: Store, asked: page.Asked) -> page.Content:
    return time.extra_exhibit(store, asked.day) or _said(strength_not_loaded(asked.day))


def _words(store: Store, asked: page.Asked) -> page.Words:
    line = _sentence(store, asked) or time_not_loaded(asked.day)
    return page.Words("How often are ward officers sent elsewhere?", line)


SHEETS = (
    page.Sheet("/plain/ring_fencing", RING_FENCING, _words, (HEAD, *PARTS)),
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
