"""The page of what changed: the releases with their tables, and the same for one ward or borough."""

from __future__ import annotations

from datetime import date
from typing import Any

from transparency.about.changes import (
    ReleaseMade,
    RowsChanged,
    TableChange,
    about_places,
    codes_about,
    place_names,
    release_days,
    release_made,
    tables_published,
)
from transparency.core.text import full_date, listed, number
from transparency.core.vocabulary import LONDON_CODE, today
from transparency.exhibits.addresses import borough_address, section_address, ward_address
from transparency.exhibits.exhibit import Cell, Column, Link, Table, table
from transparency.exhibits.html import render
from transparency.places.queries import find_borough, find_ward
from transparency.store.descriptors import Dataset
from transparency.store.snapshots import Snapshot
from transparency.store.store import Store

MOST_NAMED = 4
MOST_RELEASES = 6


def changes_values(store: Store) -> dict[str, Any]:
    """What the page of every release shows."""
    shown = [
        {
            "release": release,
            "sentence": release_sentence(store, release.published_on),
            "tables": [
                table(f"{words}, {full_date(release.published_on)}", _columns(store), changes, "no one place")
                for words, changes in (("New tables", release.new), ("Corrected tables", release.corrected))
                if changes
            ],
            "versions": _versions_table(release),
            "boroughs": _boroughs(store, release),
        }
        for release in newest_releases(store)
    ]
    return {"releases": shown, "earlier_count": max(0, len(release_days(store)) - MOST_RELEASES)}


def newest_releases(store: Store) -> tuple[ReleaseMade, ...]:
    """The releases that are told table by table; the calendar lists all."""
    return tuple(release_made(store, day) for day in release_days(store)[:MOST_RELEASES])


def release_sentence(store: Store, published_on: date) -> str:
    """On 29 November 2026, 6 tables were new and 6 corrected."""
    new, corrected = tables_published(store, published_on)
    counts = [f"{number(new)} table{'s were' if new != 1 else ' was'} new"] if new else []
    if corrected:
        counts.append(
            f"{number(corrected)} corrected"
            if new
            else f"{number(corrected)} table{'s were' if corrected != 1 else ' was'} corrected"
        )
    return f"On {full_date(published_on)}, {listed(counts)}."


def this_month_sentence(store: Store) -> str:
    """What was published in the month of today; else when something last was."""
    days = release_days(store)
    of_month = [tables_published(store, day) for day in days if day.replace(day=1) == today().replace(day=1)]
    if of_month:
        new, corrected = sum(each for each, _ in of_month), sum(each for _, each in of_month)
        return f"New tables this month: {number(new)}. Corrected: {number(corrected)}."
    if not days:
        return "Nothing has been published yet."
    return f"Nothing changed this month. {release_sentence(store, days[0])}"


def rows_words(rows: RowsChanged) -> str:
    """39 new, 12 changed, 3 gone."""
    counts = ((rows.rows_added, "new"), (rows.rows_changed, "changed"), (rows.rows_gone, "gone"))
    return ", ".join(f"{number(count)} {words}" for count, words in counts if count) or "no row"


def _columns(store: Store) -> tuple[Column, ...]:
    return (
        Column("title", "Table", cell=lambda change: _table_link(change.dataset)),
        Column("rows", "Rows", cell=lambda change: rows_words(change.rows)),
        Column("places", "About", cell=lambda change: _places_words(store, change)),
    )


def _table_link(dataset: Dataset) -> Link:
    return Link(dataset.title, f"/data/{dataset.name}/")


def _places_words(store: Store, change: TableChange) -> Cell:
    """The places by name where they are few, else how many of each kind; None for a table about no place."""
    codes = frozenset(place.place_code for place in change.places if place.place_code)
    names = place_names(store, codes, today())
    if 0 < len(names) <= MOST_NAMED:
        return tuple(Link(name, section_address(f"changes/{code}")) for code, name in names.items())
    kinds = {"ward": "E05", "borough": "E09"}
    counts = {kind: sum(code.startswith(beginning) for code in names) for kind, beginning in kinds.items()}
    said = [f"{number(count)} {kind}{'s' * (count != 1)}" for kind, count in counts.items() if count]
    return listed([*(["London"] if LONDON_CODE in codes else []), *said]) or None


def _versions_table(release: ReleaseMade) -> Table:
    """Why each table was corrected, and its files before and after; of many versions the newest."""

    def file(snapshot: Snapshot | None) -> Cell:
        return Link(snapshot.name, f"/data/{snapshot.dataset}/{snapshot.name}.csv") if snapshot else "none"

    columns = (
        Column("title", "Table", cell=lambda change: _table_link(change.dataset)),
        Column("before", "Before", cell=lambda change: file(change.versions[-1][0])),
        Column("after", "After", cell=lambda change: file(change.versions[-1][1])),
        Column("versions", "Versions", True, lambda change: len(change.versions)),
        Column("reason", "Why", cell=lambda change: " ".join(change.reasons) or "first published"),
    )
    return table(f"Versions and reasons, {full_date(release.published_on)}", columns, release.tables)


def _boroughs(store: Store, release: ReleaseMade) -> list[Link]:
    names = place_names(store, release.place_codes, today())
    return [Link(name, section_address(f"changes/{code}")) for code, name in names.items() if code.startswith("E09")]


# ---------------------------------------------------------------- one place


def place_title(store: Store, code: str) -> str:
    """What the page of a ward's or a borough's changes is called. Raises UnknownPlaceError for a code of neither."""
    return f"What changed: {_place_name(store, code)}"


def _place_name(store: Store, code: str) -> str:
    return find_borough(store, code).borough_name if code.startswith("E09") else find_ward(store, code).ward_name


def place_changes_html(code: str, store: Store) -> str:
    """What each release changed about a ward or a borough."""
    name, is_borough = _place_name(store, code), code.startswith("E09")
    codes = codes_about(store, code)
    columns = (
        Column("title", "Table", cell=lambda row: _table_link(row[0])),
        Column("rows", "Rows", cell=lambda row: rows_words(row[1])),
    )
    made = [(release, about_places(release, codes)) for release in newest_releases(store)]
    touched = [(release, rows) for release, rows in made if rows]
    return render(
        "place_changes.html",
        sentence=_place_sentence(name, touched[0] if touched else None),
        releases=[
            table(f"Rows about {name}, {full_date(release.published_on)}", columns, rows) for release, rows in touched
        ],
        page=Link(name, borough_address(code) if is_borough else ward_address(code)),
        feed_href=f"/feeds/{'borough' if is_borough else 'ward'}/{code}.atom",
        wards=_wards(store, codes - {code}) if is_borough else [],
    )


def _place_sentence(name: str, newest: tuple[ReleaseMade, tuple[tuple[Dataset, RowsChanged], ...]] | None) -> str:
    if newest is None:
        return f"No release had a row about {name}."
    release, rows = newest
    tables = f"{number(len(rows))} table{'s' * (len(rows) != 1)}"
    return f"The release of {full_date(release.published_on)} changed {tables} about {name}."


def _wards(store: Store, codes: frozenset[str]) -> list[Link]:
    names = place_names(store, codes, today())
    return [Link(name, section_address(f"changes/{code}")) for code, name in names.items()]
