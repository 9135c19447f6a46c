"""What there is to take away and how: every table as a file, how to get it in one line, and what it means."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from transparency.core.text import number
from transparency.core.vocabulary import today
from transparency.exhibits.content import content_rows
from transparency.exhibits.document import LICENCE, SITE
from transparency.exhibits.exhibit import Cell, Column, Exhibit, Link, Source, Table, table
from transparency.exhibits.files import a_text, published_as
from transparency.exhibits.html import render, table_html
from transparency.pages import page
from transparency.store.dataset_releases import (
    LATEST,
    SNAPSHOT_FORMATS,
    SOURCE_SUFFIX,
    answers_by_day,
    derived_rows,
    handed_out_fields,
    published_dataset,
    snapshots_of,
)
from transparency.store.descriptors import Dataset, Field
from transparency.store.reference import reference_files
from transparency.store.snapshots import Snapshot
from transparency.store.store import Store

TITLE = "Download the data"
LINE = "Every table as a file with its meaning attached, one database with everything, an API and feeds."
DATASET, SOUGHT = "dataset", "q"
COLUMNS_PATH = "/data/columns/"
KIND_WORDS = {"snapshot": "published facts", "reference": "fixed table", "derived": "worked out"}
MOST_COLUMNS = 30
# What a table takes in the zip, as CSV, beside what it takes where it is stored; about, and a test holds it to that.
ZIPPED_PER_STORED_BYTE = 1.8
_FORMAT_WORDS = {"csv": "CSV", "json": "JSON", "parquet": "Parquet", "xlsx": "Excel"}
_HERE = (Source(SITE, "each row names its own source in the dataset sources", "/data/sources/latest.csv"),)


# ---------------------------------------------------------------- the tables by subject


@dataclass(frozen=True)
class Listed:
    """A table as the list has it: its subject, what it holds in a line, how many rows it has and as at when.

    `as_at` is None where it answers for today or has no date of its own.
    """

    dataset: Dataset
    subject: str
    line: str
    is_main: bool
    rows_count: int
    as_at: date | None

    @property
    def title(self) -> str:
        return self.dataset.title

    @property
    def as_at_words(self) -> str | date:
        """Its newest day; a table that is worked out answers for any."""
        if self.as_at is not None:
            return self.as_at
        return "any day" if answers_by_day(self.dataset) else "fixed list"


LIST_COLUMNS = (
    Column("title", "Table", cell=lambda listed: Link(listed.title, f"/data/{listed.dataset.name}/")),
    Column("line", "What it holds"),
    Column("rows_count", "Rows", True),
    Column("as_at", "As at", cell=lambda listed: listed.as_at_words),
    Column("files", "Download", cell=lambda listed: _files(listed.dataset)),
)

# The page of each table has the other formats.
OTHER_COLUMNS = (*LIST_COLUMNS[:-1], Column("files", "Download", cell=lambda listed: _files(listed.dataset)[0]))


def listed_tables(store: Store) -> tuple[Listed, ...]:
    """Every table, by subject and in the order of `data/content/tables.csv`."""
    return store.memo(_listed_tables, today())


def _listed_tables(store: Store, _day: date) -> tuple[Listed, ...]:
    listed = []
    for row in content_rows("tables"):
        dataset = published_dataset(row["dataset"])
        newest = max((snapshot.as_at for snapshot in snapshots_of(store, dataset)), default=None)
        count = _rows_count(store, dataset)
        listed.append(Listed(dataset, row["subject"], row["line"], bool(row["is_main"]), count, newest))
    return tuple(listed)


def _rows_count(store: Store, dataset: Dataset) -> int:
    """How many rows a table has as it is handed out today."""
    if dataset.kind == "derived":
        return len(store.rows(derived_rows(dataset), day=today()))
    named = dataset.name if dataset.kind == "reference" else f"current_{dataset.name}"
    return int(store.rows("SELECT rows_count FROM table_rows_count($table)", table=named)[0]["rows_count"])


@published_as("datasets")
def datasets_exhibit(store: Store) -> Exhibit:
    """Every table with its subject, its number of rows and its files."""
    listed = listed_tables(store)
    held = [each for each in listed if each.rows_count]
    return Exhibit(
        key="datasets",
        headline=f"{number(len(held))} tables, free to use.",
        subtitle="The newest rows of each table. Some also answer for a day: add ?as_at=2018-01-01 to the address.",
        table=table(
            "Tables and their files",
            (Column("subject", "Subject"), Column("name", "Name", cell=_name), *LIST_COLUMNS),
            listed,
        ),
        sources=_HERE,
        note="A blank cell is not known, not published or does not apply: it is never zero.",
    )


def _name(listed: Listed) -> str:
    return listed.dataset.name


def _files(dataset: Dataset) -> tuple[Link, ...]:
    return tuple(Link(words, f"/data/{dataset.name}/{LATEST}.{ending}") for ending, words in _FORMAT_WORDS.items())


@dataclass(frozen=True)
class Subject:
    """The tables of a subject: those most asked for, and the others behind a fold."""

    name: str
    main: Table
    others: Table


def subjects(listed: tuple[Listed, ...]) -> tuple[Subject, ...]:
    """The tables that have rows, by subject."""

    def under(name: str, held: list[Listed], is_main: bool) -> Table:
        shown = [each for each in held if each.is_main == is_main]
        caption, columns = ("main tables", LIST_COLUMNS) if is_main else ("other tables", OTHER_COLUMNS)
        return table(f"{name}: {caption}", columns, shown)

    found = []
    for name in dict.fromkeys(each.subject for each in listed):
        held = [each for each in listed if each.subject == name and each.rows_count]
        found.append(Subject(name, under(name, held, True), under(name, held, False)))
    return tuple(found)


def about_megabytes(store: Store) -> int:
    """How large the zip with every table is, about; it is written only when somebody asks for it."""
    stored = [snapshot.parquet_path for snapshot in store.snapshots]
    stored += reference_files(store.root / "reference")
    return max(1, round(sum(path.stat().st_size for path in stored) * ZIPPED_PER_STORED_BYTE / 1_000_000))


# ---------------------------------------------------------------- versions, columns, and how to get them


def snapshots_exhibit(store: Store, dataset: Dataset) -> Exhibit:
    """Every snapshot and revision of a dataset, the newest as-at date first, with its files and its reason."""
    snapshots = snapshots_of(store, dataset)
    revised = sum(snapshot.revision > 1 for snapshot in snapshots)
    ordered = sorted(snapshots, key=lambda s: (-s.as_at.toordinal(), s.revision))

    def files(snapshot: Snapshot) -> Cell:
        at = f"/data/{snapshot.dataset}/{snapshot.name}"
        links = [Link(_FORMAT_WORDS[ending], f"{at}.{ending}") for ending in SNAPSHOT_FORMATS]
        return tuple(links if store.is_demonstration else [*links, Link("as handed in", f"{at}{SOURCE_SUFFIX}")])

    columns = (
        Column("as_at", "As at"),
        Column("revision", "Revision", cell=lambda snapshot: f"r{snapshot.revision}"),
        Column("published_on", "Published"),
        Column("rows", "Rows", True),
        Column("files", "Files", cell=files),
        Column("reason", "Why it was revised", cell=lambda snapshot: snapshot.reason or ""),
    )
    how_many = f"{number(revised)} of them revise{'s' * (revised == 1)} an earlier one" if revised else "none revised"
    return Exhibit(
        key="snapshots",
        headline=f"{number(len(ordered))} version{'s' * (len(ordered) != 1)} published, {how_many}.",
        subtitle="A version is never changed: a mistake gets a revision with its reason, and both stay.",
        table=table("Versions and revisions", columns, ordered),
        sources=_HERE,
        csv_href="/data/snapshots.csv",
        note="The file has the versions of every table, with the hash of each as it was handed in.",
    )


def one_liners(base: str) -> tuple[tuple[str, str], ...]:
    """How to get ward status in one line, by tool; `base` is the site's address without a slash at its end."""
    csv, parquet = f"{base}/data/ward_status/latest.csv", f"{base}/data/ward_status/latest.parquet"
    return (
        ("R", f'read.csv("{csv}", na.strings = "")'),
        ("Python, pandas", f'pandas.read_csv("{csv}")'),
        ("DuckDB", f"FROM '{parquet}' WHERE borough_name = 'Camden';"),
        (
            "DuckDB, everything",
            f"ATTACH '{base}/data/transparency.duckdb' AS london (READ_ONLY); "
            "USE london; FROM ward_status_on(DATE '2018-01-01');",
        ),
        ("curl", f"curl --compressed --remote-name {csv}"),
    )


@dataclass(frozen=True)
class Meaning:
    """A column of a table and what it means."""

    dataset: Dataset
    field: Field

    @property
    def words(self) -> str:
        values = f": {', '.join(self.field.enum)}" if self.field.enum else ""
        return self.field.description + values

    def holds(self, sought: str) -> bool:
        """Whether each word sought is in its name, its meaning, its unit or its table's title."""
        text = f"{self.field.name} {self.words} {self.field.unit or ''} {self.dataset.title}".casefold()
        return all(word in text for word in sought.casefold().split())


MEANING_COLUMNS = (
    Column("column_name", "Column", cell=lambda meaning: meaning.field.name),
    Column("type", "Type", cell=lambda meaning: meaning.field.type),
    Column("unit", "Unit", cell=lambda meaning: meaning.field.unit or ""),
    Column("description", "Meaning", cell=lambda meaning: meaning.words),
)
TABLE_COLUMN = Column(
    "dataset", "Table", cell=lambda meaning: Link(meaning.dataset.title, f"/data/{meaning.dataset.name}/")
)


def meanings(dataset: Dataset) -> tuple[Meaning, ...]:
    """The columns of a dataset as it is handed out, from its descriptor."""
    return tuple(Meaning(dataset, field) for field in handed_out_fields(dataset))


@published_as("columns", q=a_text("sought"))
def columns_exhibit(store: Store, sought: str = "") -> Exhibit:
    """The columns that fit what is sought, of every table; all of them where nothing is."""
    tables = [published_dataset(row["dataset"]) for row in content_rows("tables")]
    found = [each for dataset in tables for each in meanings(dataset) if each.holds(sought)]
    columns = (MEANING_COLUMNS[0], TABLE_COLUMN, *MEANING_COLUMNS[1:])
    return Exhibit(
        key="columns",
        headline=f"{number(len(found))} column{'s' * (len(found) != 1)} of our tables {'fit' if sought else 'in all'}.",
        subtitle="Columns of every table by their name, their meaning, their unit or the title of their table.",
        table=table("Columns", columns, found, missing=""),
        sources=_HERE,
    )


def _columns_html(store: Store, asked: page.Asked) -> str:
    sought = asked.get(SOUGHT).strip()
    found = columns_exhibit(store, sought)
    shown = replace(found.table, caption=found.headline, rows=found.table.rows[:MOST_COLUMNS])
    return render(
        "data_columns.html",
        path=COLUMNS_PATH,
        sought=sought,
        found=found,
        shown=shown,
        datasets=listed_tables(store),
    )


# ---------------------------------------------------------------- the page and its plain pages


def _answer(store: Store, _asked: page.Asked) -> page.Content:
    exhibit = datasets_exhibit(store)
    head = render("data_answer.html", title=TITLE, exhibit=exhibit, licence=LICENCE)
    return head, page.Tools(exhibit.headline, exhibit.sources, csv_href=exhibit.csv_href or "")


def _tables_html(store: Store, _asked: page.Asked) -> str:
    listed = listed_tables(store)
    return render(
        "data_tables.html",
        megabytes=about_megabytes(store),
        rows={each.dataset.name: each.rows_count for each in listed},
        subjects=subjects(listed),
        waiting=table("Tables without rows", LIST_COLUMNS[:2], [each for each in listed if not each.rows_count]),
        columns_path=COLUMNS_PATH,
    )


def _dataset_html(_store: Store, asked: page.Asked) -> str:
    dataset = published_dataset(asked.get(DATASET))
    columns = table_html(table(f"Columns of {dataset.title}", MEANING_COLUMNS, meanings(dataset), missing=""))
    kind, files = KIND_WORDS[dataset.kind], _files(dataset)
    return render("dataset.html", dataset=dataset, kind=kind, files=files, columns=columns) + "\n"


def _dataset_snapshots(store: Store, asked: page.Asked) -> Exhibit | None:
    dataset = published_dataset(asked.get(DATASET))
    return snapshots_exhibit(store, dataset) if dataset.kind == "snapshot" else None


def _dataset_words(_store: Store, asked: page.Asked) -> page.Words:
    dataset = published_dataset(asked.get(DATASET))
    return page.Words(dataset.title, dataset.description)


PARTS = (
    page.Part("The answer", _answer),
    page.Part("The list of tables", _tables_html),
    page.Part("The lines of code", lambda *_: page.Commands(one_liners)),
)

DOWNLOADS = page.Page(name="downloads", title="Data", line=LINE, has_day=False, views=(page.View(parts=PARTS),))

BACK = page.Part("The way back", lambda *_: '\n<p><a href="/data/">All tables</a></p>')

COLUMNS = page.Sheet(
    COLUMNS_PATH,
    DOWNLOADS,
    lambda *_: page.Words("What each column means", "The columns of every table, to be searched.", is_dataset=False),
    (page.Part("The columns", _columns_html), BACK),
)

SHEETS = (
    page.Sheet("/data/", DOWNLOADS, lambda *_: page.Words(TITLE, LINE), PARTS),
    COLUMNS,
    page.Sheet(
        "/data/{code}/",
        DOWNLOADS,
        _dataset_words,
        (page.Part("The table", _dataset_html), page.Part("Its versions", _dataset_snapshots), BACK),
        parameter=DATASET,
    ),
)
