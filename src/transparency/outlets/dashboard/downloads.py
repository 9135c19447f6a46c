"""The lists of what can be taken away, kept between visits for each version of the data and day."""

from __future__ import annotations

from datetime import date

from transparency.about.official_exhibit import official_exhibit
from transparency.core.vocabulary import today
from transparency.exhibits.exhibit import Exhibit
from transparency.months.import_report import import_exhibits
from transparency.outlets.dashboard.memory import remembered
from transparency.outlets.downloads import datasets_exhibit, snapshots_exhibit
from transparency.store.store import Store


def downloads(store: Store) -> tuple[Exhibit, Exhibit, Exhibit]:
    """The tables with their files, the official sources that are here or not, and the snapshots."""
    return remembered(store, _downloads, today())


def _downloads(store: Store, _day: date) -> tuple[Exhibit, Exhibit, Exhibit]:
    return datasets_exhibit(store), official_exhibit(store), snapshots_exhibit(store)


def import_report(store: Store) -> tuple[Exhibit, ...]:
    """How the monthly workbook was matched to wards; empty where none was imported."""
    return remembered(store, import_exhibits)
