"""What changed from one snapshot of a dataset to another."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from transparency.store.descriptors import dataset
from transparency.store.snapshots import Snapshot

_SOURCE = "source_id"
_Row = dict[str, str | None]


@dataclass(frozen=True)
class Difference:
    """One change between two revisions: a row `added` or `removed`, or a cell `changed`.

    `key` is the row's primary key, its parts joined by a comma; `column`, `old` and `new` are those of a cell. Where
    every row has another source than every row before, that is one change, of `every row`.
    """

    kind: str
    key: str
    column: str | None = None
    old: str | None = None
    new: str | None = None


def differences(old: Snapshot, new: Snapshot) -> tuple[Difference, ...]:
    """What changed from one snapshot of a dataset to another, in the order of the newer one's rows."""
    key = dataset(new.dataset).primary_key
    before, after = _rows_by_key(old, key), _rows_by_key(new, key)
    found = _other_source(before.values(), after.values())
    found += [Difference("removed", name) for name in before if name not in after]
    for name, row in after.items():
        if name not in before:
            found.append(Difference("added", name))
            continue
        earlier = before[name]
        if earlier == row:
            continue
        found += [
            Difference("changed", name, column, earlier.get(column), row.get(column))
            for column in dict.fromkeys((*row, *earlier))
            if earlier.get(column) != row.get(column)
        ]
    return tuple(found)


def _other_source(before: Collection[_Row], after: Collection[_Row]) -> list[Difference]:
    """That all of the newer rows are of one source, and all earlier ones of another; takes it out of the rows then."""
    old, new = ({row.get(_SOURCE) for row in rows} for rows in (before, after))
    if len(after) == 1 or len(old) != 1 or len(new) != 1 or old == new or None in old | new:
        return []
    for row in (*before, *after):
        del row[_SOURCE]
    return [Difference("changed", "every row", _SOURCE, old.pop(), new.pop())]


def _rows_by_key(snapshot: Snapshot, key: Sequence[str]) -> dict[str, _Row]:
    import duckdb

    table = duckdb.read_parquet(str(snapshot.parquet_path))
    names = table.columns
    rows = table.select(*(duckdb.ColumnExpression(name).cast(duckdb.sqltype("VARCHAR")) for name in names))
    # A whole number in a column of decimals is shown as it was submitted: 1 and not 1.0.
    ends = [".0" if kind == "DOUBLE" else "" for kind in table.types]
    read = [
        {name: value and value.removesuffix(end) for name, value, end in zip(names, row, ends, strict=True)}
        for row in rows.fetchall()
    ]
    return {", ".join(str(row[name]) for name in key): row for row in read}
