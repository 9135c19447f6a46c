"""The landing page and its two exhibits."""

from __future__ import annotations

from datetime import date
from typing import Any

from markupsafe import Markup

from transparency.core.text import number, precise_date
from transparency.core.vocabulary import Precision
from transparency.exhibits.bars import Bar, bars_alt, bars_svg
from transparency.exhibits.exhibit import Column, Exhibit, Image, Link, Source, Table
from transparency.exhibits.files import published_as
from transparency.exhibits.html import render, still_exhibit_html
from transparency.months.queries import months
from transparency.published.queries import counter_milestones, promise_milestones
from transparency.published.sentences import counters_headline, promise_headline
from transparency.store.store import Store

HOW_KNOWN = {
    "reported": "published",
    "approximate": "published as about",
    "derived": "our sum",
}


def landing_html(store: Store, day: date) -> str:
    """Examples, the two headlines side by side where London's figures are held, and what more there is."""
    exhibits = (promise_exhibit(store, day), counters_exhibit(store, day))
    return render(
        "landing.html",
        exhibits=[
            Markup(still_exhibit_html(exhibit, is_table_open=False))  # noqa: S704 - rendered by our escaping templates
            for exhibit in exhibits
            if exhibit is not None
        ],
        is_demonstration=store.is_demonstration,
        has_months=bool(months(store)),
    )


@published_as("landing-promise")
def promise_exhibit(store: Store, day: date) -> Exhibit | None:
    """What became of the promise of two constables; None where no figure for London is held."""
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
    """How many front counters are open; None where no total is held."""
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
