"""Where the figures come from: every dataset with its publisher, and every source by its kind."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from transparency.catalogue import catalogue
from transparency.outlets.exhibit import Column, Link, Table
from transparency.outlets.html import render, table_html
from transparency.queries.sources import sources_by_kind, sources_of_kind

if TYPE_CHECKING:
    from transparency.store import Store

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


def kind_words(kind: str) -> str:
    """A kind of source as a heading."""
    return KIND_WORDS.get(kind, kind.replace("_", " ").capitalize())


def sources_html(store: Store) -> str:
    """The body of the page: kinds of source with their counts, and the datasets."""
    kinds = sources_by_kind(store)
    return render(
        "about_sources.html",
        count=sum(row["sources_count"] for row in kinds),
        kinds_table=_kinds_table(kinds),
        datasets_table=_datasets_table(),
    )


def _kinds_table(kinds: list[dict[str, Any]]) -> Table:
    return Table(
        caption="Sources by kind",
        columns=(
            Column("kind", "Kind"),
            Column("sources_count", "Sources", is_number=True),
            Column("publishers_count", "Publishers", is_number=True),
        ),
        rows=tuple(
            (
                Link(kind_words(row["kind"]), f"/about?section=sources/{row['kind']}"),
                row["sources_count"],
                row["publishers_count"],
            )
            for row in kinds
        ),
    )


def _datasets_table() -> Table:
    return Table(
        caption="Datasets that are published or kept for reference",
        columns=(
            Column("title", "Dataset"),
            Column("publisher", "Publisher"),
            Column("licence", "Licence"),
            Column("cadence", "Renewed"),
        ),
        rows=tuple(
            (Link(dataset.title, f"/data/{dataset.name}/"), dataset.publisher, dataset.licence, dataset.cadence)
            for dataset in catalogue().values()
            if dataset.kind != "derived"
        ),
    )


def kind_html(store: Store, kind: str) -> str:
    """Every source of a kind, by publisher and date."""
    rows = sources_of_kind(store, kind)
    return table_html(
        Table(
            caption=f"{kind_words(kind)}: {len(rows)} source{'' if len(rows) == 1 else 's'}",
            columns=(Column("publisher", "Publisher"), Column("title", "Title"), Column("published_on", "Published")),
            rows=tuple(
                (
                    row["publisher"],
                    Link(row["title"], row["url"]) if row["url"] else row["title"],
                    row["published_on"],
                )
                for row in rows
            ),
            missing="no date given",
        )
    )
