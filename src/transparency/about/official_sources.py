"""Which official sources the store holds, as at when, and how to get those it does not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from transparency.store.holdings import POSTCODES, boundaries_name

if TYPE_CHECKING:
    from transparency.store.store import Store


@dataclass(frozen=True)
class OfficialSource:
    """An official source: held or not (`as_at` None), what it says of itself, and the command that brings it.

    `as_at` is the day it was read or imported, or of a monthly series the newest month's end.
    """

    title: str
    publisher: str
    is_held: bool
    as_at: date | None
    edition: str | None
    attribution: str | None
    licence: str
    command: str
    without_it: str


_LICENCE = "Open Government Licence v3.0"


def official_sources(store: Store) -> tuple[OfficialSource, ...]:
    """Every official source this site can use, in the order a reader would miss them."""
    return (
        _published(
            store,
            "dwo_strength",
            ("Dedicated ward officer strengths and abstractions, monthly", "Metropolitan Police"),
            "transparency fetch dwo",
            "Strength and abstraction by ward are not shown.",
        ),
        _published(
            store,
            "police_uk_teams",
            ("Ward teams listed on police.uk", "Metropolitan Police, by data.police.uk"),
            "transparency fetch police-uk",
            "Who is listed today is not shown on the ward pages.",
        ),
        _held(
            store,
            boundaries_name(2022),
            ("Ward boundaries, today's wards", "Office for National Statistics"),
            "transparency fetch wards --vintage latest",
            "Maps show schematic cells.",
        ),
        _held(
            store,
            boundaries_name(2014),
            ("Ward boundaries, the wards of 2014", "Office for National Statistics or Greater London Authority"),
            "transparency fetch wards --vintage 2014",
            "Maps show schematic cells.",
        ),
        _held(
            store,
            POSTCODES,
            ("Postcodes and their wards", "Office for National Statistics or Ordnance Survey"),
            "transparency import postcodes FILE",
            "A postcode finds the wards it may be in, by its first part.",
        ),
    )


def _published(store: Store, dataset: str, named: tuple[str, str], command: str, without_it: str) -> OfficialSource:
    days = [snapshot.as_at for snapshot in store.snapshots if snapshot.dataset == dataset]
    as_at = max(days, default=None)
    return OfficialSource(*named, as_at is not None, as_at, None, None, _LICENCE, command, without_it)


def _held(store: Store, name: str, named: tuple[str, str], command: str, without_it: str) -> OfficialSource:
    held = store.holding(name)
    if held is None:
        return OfficialSource(*named, False, None, None, None, _LICENCE, command, without_it)
    said = held.provenance
    title, publisher = named[0], said.publisher
    return OfficialSource(
        title, publisher, True, held.as_at, said.edition, said.attribution, said.licence, command, without_it
    )
