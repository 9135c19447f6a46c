"""The official sources of the site as a table: have it or not, as at when, how to get it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from transparency.about.official_sources import OfficialSource, official_sources
from transparency.exhibits.exhibit import Column, Exhibit, Source, Table
from transparency.exhibits.files import published_as
from transparency.listed.sentences import sources_sentence

if TYPE_CHECKING:
    from transparency.store.store import Store


@published_as("official-sources")
def official_exhibit(store: Store) -> Exhibit:
    """Each official source with its state here."""
    sources = official_sources(store)
    held = [source for source in sources if source.is_held]
    columns = (
        Column("title", "Official source"),
        Column("is_held", "Here"),
        Column("as_at", "As at"),
        Column("command", "How to get it"),
        Column("without_it", "Without it"),
    )
    rows = tuple((source.title, _state(source), source.as_at, source.command, source.without_it) for source in sources)
    return Exhibit(
        key="official-sources",
        headline=sources_sentence(len(held), len(sources)),
        subtitle="Official data this site can use, and the command by which whoever runs it brings it in",
        picture=None,
        table=Table("Official sources", columns, rows, "not held"),
        sources=tuple(Source(source.publisher, source.title, None, source.as_at) for source in held),
        note=" ".join(dict.fromkeys(source.attribution for source in held if source.attribution)),
    )


def _state(source: OfficialSource) -> str:
    if not source.is_held:
        return "not imported"
    return f"imported, edition {source.edition}" if source.edition else "imported"
