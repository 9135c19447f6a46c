"""What there is to take away and how: every table as a file, how to get it in one line, and what it means."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from transparency.about.official_exhibit import official_exhibit
from transparency.core.text import number
from transparency.exhibits.document import LICENCE, SITE
from transparency.exhibits.exhibit import Cell, Column, Exhibit, Link, Source, Table, table
from transparency.exhibits.files import published_as
from transparency.exhibits.html import render, still_exhibit_html, table_html
from transparency.months.import_report import import_exhibits
from transparency.pages import page
from transparency.store.dataset_releases import (
    LATEST,
    SNAPSHOT_FORMATS,
    SOURCE_SUFFIX,
    handed_out_fields,
    published_dataset,
    release,
    snapshots_of,
)
from transparency.store.descriptors import Dataset, Field, catalogue
from transparency.store.snapshots import Snapshot
from transparency.store.store import Store

TITLE = "Download the data"
LINE = "Every table as a file with its meaning attached, one database with everything, an API and feeds."
DATASET = "dataset"
KIND_WORDS = {"snapshot": "published facts", "reference": "fixed table", "derived": "worked out"}
_KIND_ORDER = ("derived", "snapshot", "reference")
_FORMAT_WORDS = {"csv": "CSV", "json": "JSON", "parquet": "Parquet", "xlsx": "Excel"}
_HERE = (Source(SITE, "each row names its own source in the dataset sources", "/data/sources/latest.csv"),)
OTHER_WAYS: tuple[tuple[Link, str], ...] = (
    (
        Link("transparency.duckdb", "/data/transparency.duckdb"),
        "everything in one database, tables and views, to ask with SQL at home",
    ),
    (Link("transparency.zip", "/data/transparency.zip"), "every table and snapshot as CSV, with the SQL of every view"),
    (Link("datapackage.json", "/data/datapackage.json"), "what every table and column means, as a Data Package"),
    (Link("openapi.json", "/api/v1/openapi.json"), "the API: wards, boroughs, London, sites, promises, search"),
    (Link("london.atom", "/feeds/london.atom"), "what changed in London; each ward and borough has a feed of its own"),
)


def in_order() -> list[Dataset]:
    """The datasets as readers meet them: worked out, published, fixed; each by title."""
    return sorted(catalogue().values(), key=lambda item: (_KIND_ORDER.index(item.kind), item.title))


@published_as("datasets")
def datasets_exhibit(store: Store) -> Exhibit:
    """Every table with its number of rows and its files."""
    counts = {dataset.name: len(release(store, dataset, LATEST).rows) for dataset in in_order()}
    columns = (
        Column("title", "Table", cell=lambda dataset: Link(dataset.title, f"/data/{dataset.name}/")),
        Column("kind", "Kind", cell=lambda dataset: KIND_WORDS[dataset.kind]),
        Column("rows_count", "Rows", True, lambda dataset: counts[dataset.name]),
        *(_file_column(ending, lambda dataset: f"{dataset.name}/{LATEST}") for ending in _FORMAT_WORDS),
    )
    return Exhibit(
        key="datasets",
        headline=f"{len(counts)} tables with {number(sum(counts.values()))} rows, free to use, each in four formats.",
        subtitle="The newest rows of each table. Worked-out tables and staffing also answer for a day: add "
        "?as_at=2018-01-01 to the address.",
        table=table("Tables and their files", columns, in_order()),
        sources=_HERE,
        note=f"Licence: {LICENCE}. A blank cell is not known, not published or does not apply: it is never zero.",
    )


def _file_column(ending: str, named: Callable[[Any], str]) -> Column:
    """The files of one ending, each at the name of its record."""
    words = _FORMAT_WORDS[ending]
    return Column(ending, words, cell=lambda record: Link(words, f"/data/{named(record)}.{ending}"))


def _files(dataset: Dataset) -> tuple[Link, ...]:
    at = f"/data/{dataset.name}/{LATEST}"
    return tuple(Link(words, f"{at}.{ending}") for ending, words in _FORMAT_WORDS.items())


def snapshots_exhibit(store: Store, dataset: Dataset | None = None) -> Exhibit:
    """Every snapshot and revision, perhaps of one dataset, newest as-at date first, with its reason and hash."""
    snapshots = store.snapshots if dataset is None else snapshots_of(store, dataset)
    revised = sum(snapshot.revision > 1 for snapshot in snapshots)
    ordered = sorted(snapshots, key=lambda s: (-s.as_at.toordinal(), s.dataset, s.revision))

    def source_cell(snapshot: Snapshot) -> Cell:
        beginning = f"{snapshot.source_sha256[:12]}…"
        at = f"/data/{snapshot.dataset}/{snapshot.name}{SOURCE_SUFFIX}"
        return beginning if store.is_demonstration else Link(beginning, at)

    columns = (
        Column("as_at", "As at"),
        Column("dataset", "Table", cell=lambda snapshot: catalogue()[snapshot.dataset].title),
        Column("revision", "Revision", cell=lambda snapshot: f"r{snapshot.revision}"),
        Column("published_on", "Published"),
        Column("rows", "Rows", True),
        *(_file_column(ending, lambda snapshot: f"{snapshot.dataset}/{snapshot.name}") for ending in SNAPSHOT_FORMATS),
        Column("source_sha256", "As handed in, by its SHA-256", cell=source_cell),
        Column("reason", "Why it was revised", cell=lambda snapshot: snapshot.reason or ""),
    )
    how_many = f"{number(revised)} of them revise{'s' * (revised == 1)} an earlier one" if revised else "none revised"
    return Exhibit(
        key="snapshots",
        headline=f"{number(len(ordered))} snapshot{'s' * (len(ordered) != 1)} published, {how_many}.",
        subtitle="A snapshot is never changed: a mistake gets a revision with its reason, and both stay.",
        table=table("Snapshots and revisions", columns, ordered),
        sources=_HERE,
        csv_href="/data/snapshots.csv",
        note="The file has every hash in full, and the snapshots of every table.",
    )


def one_liners(base: str) -> tuple[tuple[str, str], ...]:
    """How to get ward status in one line, by tool; `base` is the site's address without a slash at its end."""
    csv, parquet = f"{base}/data/ward_status/latest.csv", f"{base}/data/ward_status/latest.parquet"
    return (
        ("curl", f"curl --compressed --remote-name {csv}"),
        ("Python, pandas", f'pandas.read_csv("{csv}")'),
        ("DuckDB", f"FROM '{parquet}' WHERE borough_name = 'Camden';"),
        ("R", f'read.csv("{csv}", na.strings = "")'),
        (
            "DuckDB, everything",
            f"ATTACH '{base}/data/transparency.duckdb' AS london (READ_ONLY); "
            "USE london; FROM ward_status_on(DATE '2018-01-01');",
        ),
    )


def dictionary_table(dataset: Dataset) -> Table:
    """The columns of a dataset in words, from its descriptor."""
    columns = (
        Column("column_name", "Column", cell=lambda field: field.name),
        Column("type", "Type"),
        Column("unit", "Unit", cell=lambda field: field.unit or ""),
        Column("description", "Meaning", cell=_meaning),
    )
    return table(f"Columns of {dataset.title}", columns, handed_out_fields(dataset), missing="")


def _meaning(field: Field) -> str:
    values = f": {', '.join(field.enum)}" if field.enum else ""
    return field.description + values


@cache
def dictionary_html() -> str:
    """The data dictionary: each dataset folded, with its caveats and columns."""
    return render("dictionary.html", datasets=[(item, table_html(dictionary_table(item))) for item in in_order()])


def other_ways_html() -> str:
    """The files that hold everything, the API and the feeds, as links."""
    return render("other_ways.html", ways=OTHER_WAYS)


# ---------------------------------------------------------------- the page and its plain pages


def _cited(store: Store, _asked: page.Asked) -> page.Tools:
    tables = datasets_exhibit(store)
    return page.Tools(tables.headline, tables.sources)


def _dataset_html(store: Store, asked: page.Asked) -> str:
    dataset = published_dataset(asked.get(DATASET))
    columns = table_html(dictionary_table(dataset))
    kind, files = KIND_WORDS[dataset.kind], _files(dataset)
    return render("dataset.html", dataset=dataset, kind=kind, files=files, columns=columns) + "\n"


def _dataset_snapshots(store: Store, asked: page.Asked) -> Exhibit | None:
    dataset = published_dataset(asked.get(DATASET))
    return snapshots_exhibit(store, dataset) if dataset.kind == "snapshot" else None


def _dataset_words(_store: Store, asked: page.Asked) -> page.Words:
    dataset = published_dataset(asked.get(DATASET))
    return page.Words(dataset.title, dataset.description)


def _html(name: str, html: Callable[[], str]) -> page.Part:
    """A part that depends on nothing that is asked."""
    return page.Part(name, lambda _store, _asked: html())


HEADING = f"<h1>{TITLE}</h1>\n<p>{LINE}</p>\n"
WAYS_HEADING = "\n<h2>Everything at once, the API and the feeds</h2>\n"
LINES_HEADING = "\n<h2>In one line</h2>\n"
TABLES = page.Part("The list of tables", lambda store, _: datasets_exhibit(store))
OFFICIAL = page.Part("The official sources", lambda store, _: official_exhibit(store))
WAYS = _html("The list of files that hold everything", lambda: WAYS_HEADING + other_ways_html())
LINES = page.Part("The ways to get a table in one line", lambda *_: (LINES_HEADING, page.Commands(one_liners)))

DOWNLOADS = page.Page(
    name="downloads",
    title="Data",
    line=LINE,
    has_day=False,
    views=(
        page.View(
            head=lambda *_: f'<h1>{TITLE}</h1><p>{LINE} <a href="/data/">The same as a plain page</a>.</p>',
            parts=(
                TABLES,
                OFFICIAL,
                page.Part(
                    "The import of the monthly workbook", lambda store, _: import_exhibits(store), most_open_rows=0
                ),
                WAYS,
                LINES,
                _html("The data dictionary", lambda: f"<h2>What each column means</h2>{dictionary_html()}"),
                page.Part("The list of snapshots", lambda store, _: snapshots_exhibit(store), most_open_rows=0),
                page.Part("The citation", _cited),
            ),
        ),
    ),
)

SHEETS = (
    page.Sheet(
        "/data/",
        DOWNLOADS,
        lambda *_: page.Words(TITLE, LINE),
        (
            _html("The heading", lambda: HEADING),
            TABLES,
            OFFICIAL,
            page.Part(
                "The import",
                lambda store, _: (
                    "\n" + "".join(still_exhibit_html(each.without_rows()) for each in import_exhibits(store))
                ),
            ),
            WAYS,
            LINES,
        ),
    ),
    page.Sheet(
        "/data/{code}/",
        DOWNLOADS,
        _dataset_words,
        (
            page.Part("The table", _dataset_html),
            page.Part("Its snapshots", _dataset_snapshots),
            _html("The way back", lambda: '\n<p><a href="/data/">All tables</a></p>'),
        ),
        parameter=DATASET,
    ),
)
