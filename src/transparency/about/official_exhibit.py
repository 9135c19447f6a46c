"""The official sources this site can use, as a table: which are imported, as at when, and how to get the others."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from transparency.exhibits.content import content_rows
from transparency.exhibits.exhibit import Column, Exhibit, Source, table
from transparency.exhibits.files import published_as
from transparency.listed.sentences import sources_sentence
from transparency.store.store import Store


@dataclass(frozen=True)
class OfficialSource:
    """An official source. `as_at` is the day it was read or imported, or of a monthly series the newest month's end;
    None where it is not imported."""

    title: str
    publisher: str
    as_at: date | None
    edition: str | None
    attribution: str | None
    command: str
    without_it: str

    @property
    def state(self) -> str:
        if self.as_at is None:
            return "not imported"
        return f"imported, edition {self.edition}" if self.edition else "imported"


COLUMNS = (
    Column("title", "Official source"),
    Column("is_held", "Here", cell=lambda source: source.state),
    Column("as_at", "As at"),
    Column("command", "How to get it"),
    Column("without_it", "Without it"),
)


def official_sources(store: Store) -> tuple[OfficialSource, ...]:
    """Every official source this site can use, in the order a reader would miss them."""
    return tuple(_official_source(store, row) for row in content_rows("official_sources"))


def _official_source(store: Store, row: dict[str, str]) -> OfficialSource:
    """A source that is imported either as snapshots of a dataset or as a holding of the same name."""
    holding = store.holding(row["name"])
    days = [snapshot.as_at for snapshot in store.snapshots if snapshot.dataset == row["name"]]
    stated = holding.provenance if holding else None
    return OfficialSource(
        title=row["title"],
        publisher=stated.publisher if stated else row["publisher"],
        as_at=holding.as_at if holding else max(days, default=None),
        edition=stated.edition if stated else None,
        attribution=stated.attribution if stated else None,
        command=row["command"],
        without_it=row["without_it"],
    )


@published_as("official-sources")
def official_exhibit(store: Store) -> Exhibit:
    """Each official source with its state here."""
    sources = official_sources(store)
    imported = [source for source in sources if source.as_at is not None]
    return Exhibit(
        key="official-sources",
        headline=sources_sentence(len(imported), len(sources)),
        subtitle="Official data this site can use, and the command by which whoever runs it brings it in",
        table=table("Official sources", COLUMNS, sources, "not imported"),
        sources=tuple(Source(source.publisher, source.title, None, source.as_at) for source in imported),
        note=" ".join(dict.fromkeys(source.attribution for source in imported if source.attribution)),
    )
