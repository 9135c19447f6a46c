"""The checks across datasets: `checks/*.sql`, each returning the rows that fail, and the keys descriptors declare."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb

from transparency.core.vocabulary import Finding
from transparency.store.descriptors import Dataset, ForeignKey, catalogue
from transparency.store.store import Store

_FAILING_KEYS = """
SELECT DISTINCT $dataset AS dataset, {place}, $column AS column_name, naming.{column} AS value,
       $rule AS rule, $remedy AS remedy, false AS is_warning
FROM {table} AS naming
ANTI JOIN {target} AS known ON known.{reference} = naming.{column}
WHERE naming.{column} IS NOT NULL
ORDER BY ALL
"""
_PLACE = "snapshot_as_at, revision, source_row"
_NO_PLACE = "NULL AS snapshot_as_at, NULL AS revision, NULL AS source_row"


def check_files() -> tuple[Path, ...]:
    """The checks: each returns the rows that fail."""
    return tuple(sorted(Path(__file__).parent.glob("checks/*.sql")))


def findings_in(store: Store) -> tuple[Finding, ...]:
    """Run the checks on an opened store: what they find, warnings included, without refusing."""
    with store.connection.cursor() as cursor:
        return run_checks(cursor)


def run_checks(connection: duckdb.DuckDBPyConnection) -> tuple[Finding, ...]:
    """Every finding of every check and of every declared key."""
    findings: list[Finding] = []
    for path in check_files():
        findings += _findings(connection.execute(path.read_text(encoding="utf-8")))
    for dataset in catalogue().values():
        if dataset.kind != "derived":
            for key in (*dataset.foreign_keys, *dataset.view_keys):
                findings += _failing_keys(connection, dataset, key)
    return tuple(findings)


def _failing_keys(connection: duckdb.DuckDBPyConnection, dataset: Dataset, key: ForeignKey) -> Iterator[Finding]:
    """The rows whose key names nothing that is known."""
    target = catalogue().get(key.dataset)
    is_published_with_it = target is not None and target.kind == "snapshot"
    thing = key.reference_field.rpartition("_")[0]
    if is_published_with_it:
        remedy = f"Publish the {thing} together with this file, or correct its name."
    elif dataset.kind == "snapshot":
        remedy = "Look the code up in data/reference."
    else:
        remedy = "Correct the table in data/reference and publish its new hash."
    # The names are the catalogue's own.
    sql = _FAILING_KEYS.format(
        table=_table(dataset.name),
        target=_table(key.dataset),
        place=_PLACE if dataset.kind == "snapshot" else _NO_PLACE,
        column=key.field,
        reference=key.reference_field,
    )
    values = {
        "dataset": dataset.name,
        "column": key.field,
        "rule": f"the {thing} is not in the dataset {target.name}" if target else f"no {thing} has this code",
        "remedy": remedy,
    }
    return _findings(connection.execute(sql, values))


def _table(name: str) -> str:
    """The table or view a dataset is read from; the views have the name they are given."""
    dataset = catalogue().get(name)
    return f"current_{name}" if dataset is not None and dataset.kind == "snapshot" else name


def _findings(cursor: duckdb.DuckDBPyConnection) -> Iterator[Finding]:
    names = [column[0] for column in cursor.description or ()]
    for values in cursor.fetchall():
        row: dict[str, Any] = dict(zip(names, values, strict=True))
        where = str(row["dataset"])
        if row["snapshot_as_at"] is not None:
            where += f" {row['snapshot_as_at']}_r{row['revision']}"
        yield Finding(
            file=where,
            row=row["source_row"],
            column=row["column_name"],
            value=None if row["value"] is None else str(row["value"]),
            rule=row["rule"],
            remedy=row["remedy"],
            is_warning=bool(row["is_warning"]),
        )
