"""What changed with each release: which tables, how many rows, which wards, boroughs and promises.

A release is everything that was published on one day. A version is compared with the one that was the newest of its
table before: a revision with what it revises, another edition of a list or a series with the edition before.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from transparency.promises.ledger import Promise, promises
from transparency.store.dataset_releases import names_of_codes
from transparency.store.descriptors import Dataset, catalogue
from transparency.store.snapshots import Snapshot
from transparency.store.store import Store, memoised

# The table whose publication brings what a promise is judged by.
_JUDGED_BY = {"elsewhere_by_year": "abstraction_borough", "known_by_community": "public_attitude_borough"}
_CITING = ("sources", "published_figures")


@dataclass(frozen=True)
class RowsChanged:
    """How many rows about a place a version has that were not there before, are other than before, or are gone.

    `place_code` is None for the whole table, and for rows about no one place.
    """

    place_code: str | None
    is_total: bool
    rows_added: int
    rows_changed: int
    rows_gone: int


@dataclass(frozen=True)
class TableChange:
    """What a release changed in a table: its versions of that day with those they replaced, and the rows."""

    dataset: Dataset
    versions: tuple[tuple[Snapshot | None, Snapshot], ...]
    reasons: tuple[str, ...]
    rows: RowsChanged
    places: tuple[RowsChanged, ...]

    @property
    def is_new(self) -> bool:
        """Whether every version is the first of its day."""
        return not self.reasons

    @property
    def rows_count(self) -> int:
        return sum(new.rows for _, new in self.versions)


@dataclass(frozen=True)
class ReleaseMade:
    """Everything published on one day."""

    published_on: date
    tables: tuple[TableChange, ...]
    promises: tuple[Promise, ...]

    @property
    def new(self) -> tuple[TableChange, ...]:
        return tuple(table for table in self.tables if table.is_new)

    @property
    def corrected(self) -> tuple[TableChange, ...]:
        return tuple(table for table in self.tables if not table.is_new)

    @property
    def place_codes(self) -> frozenset[str]:
        """The wards and boroughs that a row of it is about."""
        return frozenset(place.place_code for table in self.tables for place in table.places if place.place_code)


def release_days(store: Store) -> tuple[date, ...]:
    """The days on which something was published, the newest first."""
    return tuple(sorted({snapshot.published_on for snapshot in store.snapshots}, reverse=True))


@memoised
def release_made(store: Store, published_on: date) -> ReleaseMade:
    """What was published on a day."""
    versions = _versions(store, published_on)
    tables = tuple(_table_change(store, catalogue()[name], pairs, published_on) for name, pairs in versions.items())
    return ReleaseMade(published_on, tables, _promises_touched(store, versions))


def _versions(store: Store, published_on: date) -> dict[str, list[tuple[Snapshot | None, Snapshot]]]:
    """The newest version of each day that was published on a day, with what it replaced, by table."""
    found: dict[str, list[tuple[Snapshot | None, Snapshot]]] = {}
    for name in dict.fromkeys(snapshot.dataset for snapshot in store.snapshots):
        every = [each for each in store.snapshots if each.dataset == name]
        for new in {each.as_at: each for each in every if each.published_on == published_on}.values():
            before = [each for each in every if each.published_on < published_on and each.as_at <= new.as_at]
            if catalogue()[name].grain == "observation":
                before = [each for each in before if each.as_at == new.as_at]
            found.setdefault(name, []).append((before[-1] if before else None, new))
    return found


def tables_published(store: Store, published_on: date) -> tuple[int, int]:
    """How many tables were new on a day, and how many corrected, without looking at their rows."""
    versions = _versions(store, published_on)
    corrected = [name for name, pairs in versions.items() if _reasons(store, name, pairs, published_on)]
    return len(versions) - len(corrected), len(corrected)


def _reasons(store: Store, name: str, pairs: list[tuple[Snapshot | None, Snapshot]], on: date) -> tuple[str, ...]:
    """Why a table was revised on a day, each reason once; none where no version of that day is a revision."""
    days = {new.as_at for _, new in pairs}
    every = [each for each in store.snapshots if (each.dataset, each.published_on) == (name, on)]
    return tuple(dict.fromkeys(each.reason for each in every if each.as_at in days and each.reason))


def _table_change(
    store: Store, dataset: Dataset, pairs: list[tuple[Snapshot | None, Snapshot]], published_on: date
) -> TableChange:
    reasons = _reasons(store, dataset.name, pairs, published_on)
    changed = _added_up([each for old, new in pairs for each in rows_changed(store, dataset, old, new)])
    total = next((each for each in changed if each.is_total), RowsChanged(None, True, 0, 0, 0))
    places = tuple(each for each in changed if not each.is_total)
    return TableChange(dataset, tuple(pairs), reasons, total, places)


def rows_changed(store: Store, dataset: Dataset, old: Snapshot | None, new: Snapshot) -> tuple[RowsChanged, ...]:
    """The rows that differ between two versions, in all and by place (view rows_changed_between)."""
    sql = """
        SELECT * FROM rows_changed_between($table, $key_paths, $old_as_at, $old_revision, $as_at, $revision)
        ORDER BY ALL
    """
    return store.records(RowsChanged, sql, **_versions_asked(dataset, old, new))


def _versions_asked(dataset: Dataset, old: Snapshot | None, new: Snapshot) -> dict[str, object]:
    return {
        "table": f"all_{dataset.name}",
        "key_paths": [f"$.{column}" for column in dataset.primary_key],
        "as_at": new.as_at,
        "revision": new.revision,
        "old_as_at": old.as_at if old else None,
        "old_revision": old.revision if old else None,
    }


def _added_up(changed: list[RowsChanged]) -> tuple[RowsChanged, ...]:
    """The same of several versions of a table together."""
    found: dict[tuple[bool, str | None], RowsChanged] = {}
    for each in changed:
        so_far = found.get((each.is_total, each.place_code), RowsChanged(each.place_code, each.is_total, 0, 0, 0))
        found[each.is_total, each.place_code] = RowsChanged(
            each.place_code,
            each.is_total,
            so_far.rows_added + each.rows_added,
            so_far.rows_changed + each.rows_changed,
            so_far.rows_gone + each.rows_gone,
        )
    return tuple(found.values())


def _promises_touched(store: Store, versions: dict[str, list[tuple[Snapshot | None, Snapshot]]]) -> tuple[Promise, ...]:
    """The promises that cite a source or a figure which is new or other than before, or are judged by a table of it."""
    sql = """
        SELECT row_key FROM row_changed_between($table, $key_paths, $old_as_at, $old_revision, $as_at, $revision)
        WHERE change <> 'gone'
    """
    cited: set[str] = set()
    for name in _CITING:
        for old, new in versions.get(name, ()):
            cited.update(row["row_key"][0] for row in store.rows(sql, **_versions_asked(catalogue()[name], old, new)))
    return tuple(
        each for each in promises() if _cites(each) & cited or _JUDGED_BY.get(each.computed_from or "") in versions
    )


def _cites(promise: Promise) -> set[str]:
    """The sources and figures a promise names."""
    named = {promise.source_id, *(each.source_id for each in promise.repeated)}
    return named.union(*({change.source_id, *change.figure_ids} for change in promise.history))


# ---------------------------------------------------------------- one place


def about_places(release: ReleaseMade, codes: frozenset[str]) -> tuple[tuple[Dataset, RowsChanged], ...]:
    """The tables of a release with rows about any of some places, and how many of these changed."""
    found = []
    for table in release.tables:
        rows = [place for place in table.places if place.place_code in codes]
        if rows:
            whole = [RowsChanged(None, True, each.rows_added, each.rows_changed, each.rows_gone) for each in rows]
            found.append((table.dataset, _added_up(whole)[0]))
    return tuple(found)


def codes_about(store: Store, code: str) -> frozenset[str]:
    """A ward's code, or that of a borough with those of its wards in every set."""
    wards = store.rows("SELECT ward_code FROM ward WHERE borough_code = $code", code=code)
    return frozenset({code, *(row["ward_code"] for row in wards)})


def place_names(store: Store, codes: frozenset[str], day: date) -> dict[str, str]:
    """The names of wards and boroughs by code, in the order of their names; codes of nothing known are left out."""
    names = names_of_codes(store, day)
    known = {code: names[code] for code in codes if code in names and code.startswith(("E05", "E09"))}
    return dict(sorted(known.items(), key=lambda each: (each[1], each[0])))
