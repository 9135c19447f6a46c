"""Find your ward, and read what is known of it: the landing page and its two exhibits."""

from __future__ import annotations

from datetime import date
from typing import Any

from markupsafe import Markup

from transparency.core.errors import UnknownPlaceError
from transparency.core.text import number, precise_date
from transparency.core.vocabulary import Precision, today
from transparency.exhibits.addresses import ward_path
from transparency.exhibits.bars import Bar, bars_alt, bars_svg
from transparency.exhibits.exhibit import Column, Exhibit, Image, Link, Source, Table
from transparency.exhibits.files import published_as
from transparency.exhibits.html import render, still_exhibit_html
from transparency.months.queries import months
from transparency.months.sentences import strength_not_loaded
from transparency.pages import page
from transparency.pages.ward import ward_answer_html, ward_head_html, ward_rest_html
from transparency.pages.ward_record import standing_sources, ward_page
from transparency.places.lookup import Answer
from transparency.places.postcode_wards import list_words
from transparency.places.queries import find_ward
from transparency.published.queries import counter_milestones, promise_milestones, published_days
from transparency.published.sentences import counters_headline, promise_headline
from transparency.store.store import Store
from transparency.wards.standing import WardStanding, ward_standing

HOW_KNOWN = {
    "reported": "published",
    "approximate": "published as about",
    "derived": "our sum",
    "restated": "restated as the model",
}


def landing_html(store: Store, day: date) -> str:
    """Examples, the two headlines side by side where London's figures are stored, and what more there is."""
    exhibits = (promise_exhibit(store, day), counters_exhibit(store, day))
    return render(
        "landing.html",
        exhibits=[
            Markup(still_exhibit_html(exhibit, is_table_open=False))  # noqa: S704 - rendered by our escaping templates
            for exhibit in exhibits
            if exhibit is not None
        ],
        months_not_loaded=strength_not_loaded(day),
        has_months=bool(months(store)),
    )


@published_as("landing-promise")
def promise_exhibit(store: Store, day: date) -> Exhibit | None:
    """What became of the promise of two constables; None where no figure for London is stored."""
    rows = promise_milestones(store, day)
    if not rows:
        return None
    bars = [
        Bar(
            precise_date(row["as_at"], row["as_at_precision"]),
            row["share_pct"],
            _share_words(row),
            is_hollow=row["kind"] == "derived" or _is_declared(row),
        )
        for row in rows
    ]
    table = Table(
        "Wards with two dedicated constables, London",
        (
            Column("as_at", "As at"),
            Column("wards_with_two_pcs_count", "Wards with two constables", is_number=True),
            Column("share_pct", "Share of wards", is_number=True),
            Column("how_known", "How it is known"),
            Column("source", "Source"),
        ),
        tuple(
            (
                precise_date(row["as_at"], row["as_at_precision"]),
                None if row["wards_count"] is None else _about(row) + number(row["wards_count"]),
                f"{row['share_pct']:.0f} %",
                "declared" if _is_declared(row) else HOW_KNOWN[row["kind"]],
                _source_link(row),
            )
            for row in rows
        ),
        missing="not published",
    )
    return Exhibit(
        key="promise",
        headline=promise_headline(rows),
        subtitle="Wards with at least two dedicated constables, London without the City, per cent of wards.",
        picture=Image(bars_svg(bars, "Wards with two dedicated constables"), bars_alt(bars)),
        table=table,
        sources=_sources(rows),
        note="Solid: published. Hollow: declared for all wards at once, or our own sum. London was promised two "
        "dedicated constables and one PCSO in each of its 629 wards by the end of 2017.",
    )


@published_as("landing-counters")
def counters_exhibit(store: Store, day: date) -> Exhibit | None:
    """How many front counters are open; None where no total is stored."""
    rows = counter_milestones(store, day)
    if not rows:
        return None
    most = max(row["counters_open_count"] for row in rows)
    bars = [
        Bar(
            precise_date(row["as_at"], row["as_at_precision"]),
            100 * row["counters_open_count"] / most,
            _counters_words(row),
        )
        for row in rows
    ]
    table = Table(
        "Police front counters open, London",
        (
            Column("as_at", "As at"),
            Column("counters_open_count", "Counters open", is_number=True),
            Column("counters_24_7_count", "Of these open 24/7", is_number=True),
            Column("source", "Source"),
        ),
        tuple(
            (
                precise_date(row["as_at"], row["as_at_precision"]),
                row["counters_open_count"],
                row["counters_24_7_count"],
                _source_link(row),
            )
            for row in rows
        ),
        missing="not published",
    )
    return Exhibit(
        key="counters",
        headline=counters_headline(rows),
        subtitle="Police front counters open to the public, published totals, London without the City.",
        picture=Image(bars_svg(bars, "Police front counters open"), bars_alt(bars)),
        table=table,
        sources=_sources(rows),
    )


def _counters_words(row: dict[str, Any]) -> str:
    words = number(row["counters_open_count"])
    round_the_clock = row["counters_24_7_count"]
    return f"{words} ({round_the_clock:.0f} open 24/7)" if round_the_clock else words


def _is_declared(row: dict[str, Any]) -> bool:
    return row["wards_count"] is not None and row["wards_count"] == row["wards_total_count"]


def _about(row: dict[str, Any]) -> str:
    return "about " if row["kind"] in ("approximate", "derived") else ""


def _share_words(row: dict[str, Any]) -> str:
    if row["wards_count"] is None:
        return f"{row['share_pct']:.0f} %"
    return f"{_about(row)}{number(row['wards_count'])} ({row['share_pct']:.0f} %)"


def _source_link(row: dict[str, Any]) -> str | Link:
    return Link(row["publisher"], row["url"]) if row["url"] else row["publisher"]


def _sources(rows: list[dict[str, Any]]) -> tuple[Source, ...]:
    found: dict[str, Source] = {}
    for row in rows:
        found.setdefault(
            row["source_id"],
            Source(row["publisher"], row["title"], row["url"], row["as_at"], Precision(row["as_at_precision"])),
        )
    return tuple(found.values())


# ---------------------------------------------------------------- the page


def _ward(store: Store, asked: page.Asked) -> page.Content:
    try:
        answer = ward_page(store, asked.get("ward"), asked.day)
    except UnknownPlaceError as error:
        return render("unknown_place.html", message=str(error))
    ward, standing = answer.ward, answer.standing
    tools = page.Tools(
        standing.verdict.sentence,
        standing_sources(standing, answer.history),
        standing.day,
        ward_path(ward.ward_code),
        f"{ward_path(ward.ward_code)}/handout.pdf?as_at={standing.day.isoformat()}",
        f"/api/v1/wards/{ward.ward_code}?as_at={standing.day.isoformat()}",
        page.Card("ward", ward.ward_code, ward.ward_name),
    )
    return ward_answer_html(store, answer), tools, ward_rest_html(answer)


def _standing(store: Store, asked: page.Asked) -> WardStanding:
    """The ward's standing. Raises UnknownPlaceError for a code of no ward."""
    return ward_standing(store, find_ward(store, asked.get("ward")), asked.day)


def _subject(store: Store, asked: page.Asked) -> page.Subject:
    standing = _standing(store, asked)
    ward = standing.ward
    return page.Subject(f"{ward.ward_name}, {ward.borough_name}", standing.verdict.sentence, standing.day)


def _days(store: Store, asked: page.Asked) -> list[tuple[date, str]]:
    published = store.memo(published_days, asked.get("ward"))
    return [(each.day, "this ward" if each.is_of_ward else "London") for each in published]


WARD = page.Part("The answer for this ward", _ward)

LANDING = page.Page(
    name="ward",
    title="Your ward",
    line="What was promised, and what is known, about the police officers dedicated to your London ward.",
    is_landing=True,
    takes=(page.Choice("ward", lambda _, text: text.upper()),),
    views=(
        page.View(
            of="ward",
            row=(page.LookUp("Find another ward"), page.DayChoice("Known on", _days)),
            parts=(WARD,),
            subject=_subject,
            opening=lambda store, asked: ward_head_html(_standing(store, asked), asked.day),
        ),
        page.View(
            head=lambda *_: render("landing_title.html"),
            row=(page.LookUp("Find your ward: type a ward, borough, postcode or place", carries_day=True),),
            parts=(page.Part("The overview", lambda store, _: landing_html(store, today())),),
        ),
    ),
)


def _ward_words(store: Store, asked: page.Asked) -> page.Words:
    subject = _subject(store, asked)
    return page.Words(subject.title, subject.line)


def _found(what: Answer | None = None, typed: str = "", is_exported: bool = False) -> page.Part:
    def html(store: Store, _asked: page.Asked) -> str:
        words = list_words(store)
        return render("plain_find.html", answer=what, asked=typed, is_exported=is_exported, postcode_list=words)

    return page.Part("What was found", html)


def _find_words(_store: Store, _asked: page.Asked) -> page.Words:
    line = "What was promised for your ward, who is known to be there, and how that is known."
    return page.Words("Find your ward", line, is_dataset=False)


HEADLINES = (
    page.Part("The promise", lambda store, _: promise_exhibit(store, today())),
    page.Part("The counters", lambda store, _: counters_exhibit(store, today())),
)


def find_sheet(answer: Answer | None = None, typed: str = "", is_exported: bool = False) -> page.Sheet:
    """The form, and what it found; exported pages have no form, since there is no server to ask.

    `typed` is a name or the prefix of a postcode, never a postcode or position.
    """
    parts = (_found(answer, typed, is_exported), *(HEADLINES if answer is None else ()))
    return page.Sheet("/plain/find", LANDING, _find_words, parts)


WARD_SHEET = page.Sheet("/ward/{code}", LANDING, _ward_words, (WARD,), parameter="ward")
