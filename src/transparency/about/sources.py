"""Where the figures come from: every dataset with its publisher, and every source by its kind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from transparency.exhibits.addresses import section_address
from transparency.exhibits.exhibit import Column, Link, table
from transparency.exhibits.html import render, table_html
from transparency.published.queries import sources_by_kind, sources_of_kind
from transparency.store.descriptors import catalogue
from transparency.store.store import Store

# A page of these stays well under the weight of a plain page, however many there are of a kind.
MOST_SOURCES = 60
KIND_WORDS = {
    "council": "Councils",
    "dataset": "Open datasets",
    "mqt": "Mayor's Question Time and the London Assembly",
    "other": "Others",
    "petition": "Petitions",
    "police": "The police",
    "press": "Press",
    "press_release": "Press releases",
    "residents_group": "Residents' groups and ward panels",
    "strategy": "Plans and strategies",
}
KINDS_COLUMNS = (
    Column("kind", "Kind", cell=lambda row: Link(kind_words(row["kind"]), section_address(f"sources/{row['kind']}"))),
    Column("sources_count", "Sources", is_number=True),
    Column("publishers_count", "Publishers", is_number=True),
)
DATASETS_COLUMNS = (
    Column("title", "Dataset", cell=lambda dataset: Link(dataset.title, f"/data/{dataset.name}/")),
    Column("publisher", "Publisher"),
    Column("licence", "Licence"),
    Column("cadence", "Renewed"),
)
HELD_COLUMNS = (
    Column("title", "Official file", cell=lambda held: _named(held.provenance.title, held.provenance.url)),
    Column("edition", "Edition", cell=lambda held: held.edition_words),
    Column("as_at", "Loaded"),
    Column("attribution", "Attribution", cell=lambda held: held.provenance.attribution),
)
SOURCES_COLUMNS = (
    Column("publisher", "Publisher"),
    Column("title", "Title", cell=lambda row: _named(row["title"], row["url"])),
    Column("published_on", "Published"),
)


def _named(title: str, url: str | None) -> Link | str:
    return Link(title, url) if url else title


def kind_words(kind: str) -> str:
    """A kind of source as a heading."""
    return KIND_WORDS.get(kind, kind.replace("_", " ").capitalize())


def sources_values(store: Store) -> dict[str, Any]:
    """What the page shows: kinds of source with their counts, and the datasets."""
    kinds = sources_by_kind(store)
    datasets = [dataset for dataset in catalogue().values() if dataset.kind != "derived"]
    return {
        "count": sum(row["sources_count"] for row in kinds),
        "kinds": table("Sources by kind", KINDS_COLUMNS, kinds),
        "held": table("Official files loaded into this site", HELD_COLUMNS, store.holdings),
        "datasets": table("Datasets that are published or kept for reference", DATASETS_COLUMNS, datasets),
    }


@dataclass(frozen=True)
class KindPage:
    """One page of the sources of a kind: the `number`-th of `count`, from 1."""

    kind: str
    number: int
    count: int

    @property
    def name(self) -> str:
        """Its name in addresses."""
        return f"sources/{self.kind}" + (f"_{self.number}" if self.number > 1 else "")

    @property
    def title(self) -> str:
        part = f", part {self.number} of {self.count}" if self.count > 1 else ""
        return f"Sources: {kind_words(self.kind)}{part}"


def kind_pages(store: Store) -> tuple[KindPage, ...]:
    """The pages of every kind of source, as many as its sources need."""
    counts = {row["kind"]: -(-row["sources_count"] // MOST_SOURCES) for row in sources_by_kind(store)}
    return tuple(KindPage(kind, number, count) for kind, count in counts.items() for number in range(1, count + 1))


def kind_html(page: KindPage, store: Store) -> str:
    """The sources of one page, by publisher and date, and the way to the other pages of their kind."""
    every = sources_of_kind(store, page.kind)
    rows = every[(page.number - 1) * MOST_SOURCES : page.number * MOST_SOURCES]
    others = [KindPage(page.kind, number, page.count) for number in range(1, page.count + 1) if number != page.number]
    links = [Link(other.title, section_address(other.name)) for other in others]
    caption = f"{kind_words(page.kind)}: {len(every)} source{'' if len(every) == 1 else 's'}"
    if others:
        caption += f", {len(rows)} of them here"
    sources = table_html(table(caption, SOURCES_COLUMNS, rows, missing="no date given"))
    return sources + (render("plain_more.html", links=links) if links else "")
