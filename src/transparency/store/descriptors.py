"""The catalogue: what each dataset is, read from `data/datasets/<dataset>.json`.

A descriptor is a Data Resource with a Table Schema (https://specs.frictionlessdata.io/table-schema/)
and this project's own keys: `kind`, `grain`, `publisher`, `licence`, `cadence`, `caveats`, `viewKeys`, which are
foreign keys to a view, and `expected` of a column.
The descriptors belong to the code; a store has only what was published under them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from transparency.core.errors import CatalogueError
from transparency.core.project import EMBEDDED_DATA
from transparency.store.records import read_record

DUCKDB_TYPES = {
    "string": "VARCHAR",
    "integer": "BIGINT",
    "number": "DOUBLE",
    "boolean": "BOOLEAN",
    "date": "DATE",
}

LARGEST_NUMBER = 10**15  # beyond it a number as it is stored is no longer exact


@dataclass(frozen=True)
class Expected:
    """The greatest value that is expected of a column, and why; a value beyond it is warned of and kept."""

    maximum: float
    because: str

    @property
    def rule(self) -> str:
        return f"the number is above {self.maximum:,}, which is not expected"

    @property
    def remedy(self) -> str:
        return f"{self.because} Check it against its source; it is kept as it is."


@dataclass(frozen=True)
class Field:
    """One column: its name, Table Schema type and format (`default`, or `uri` for an address), meaning and unit."""

    name: str
    type: str
    description: str
    unit: str | None = None
    is_optional_column: bool = False
    constraints: Mapping[str, Any] = field(default_factory=dict)
    format: str = "default"
    expected: Expected | None = None

    @property
    def is_required(self) -> bool:
        return bool(self.constraints.get("required", False))

    @property
    def enum(self) -> tuple[str, ...]:
        return tuple(self.constraints.get("enum", ()))

    @property
    def duckdb_type(self) -> str:
        """The type in which the column is published."""
        return DUCKDB_TYPES[self.type]

    @property
    def stored_type(self) -> str:
        """The type in which an opened store has the column: where its words are listed, one byte for each.

        Such a column sorts in the order of its list; a word that is not in the list cannot be loaded.
        """
        if self.type != "string" or not self.enum:
            return self.duckdb_type
        words = ", ".join("'" + word.replace("'", "''") + "'" for word in self.enum)
        return f"ENUM({words})"


@dataclass(frozen=True)
class ForeignKey:
    """A column whose values must exist in a column of another dataset, or of a view."""

    field: str
    dataset: str
    reference_field: str


@dataclass(frozen=True)
class Dataset:
    """One descriptor.

    `kind` is `snapshot` (published, dated, revised), `reference` (a fixed table in `data/reference/`) or
    `derived` (worked out for a day by the view its descriptor names; never submitted).
    `grain` is `observation` (each as-at date is a separate reading), `register` (a list of things; the newest row
    for a key is the current one) or `series` (rows of many periods; the newest snapshot alone is the current one, so
    that two editions are never one series).
    """

    name: str
    title: str
    description: str
    kind: str
    grain: str
    publisher: str
    licence: str
    cadence: str
    caveats: tuple[str, ...]
    fields: tuple[Field, ...]
    primary_key: tuple[str, ...]
    foreign_keys: tuple[ForeignKey, ...]
    view_keys: tuple[ForeignKey, ...]
    view: str | None = None
    format: str = "csv"

    @property
    def reference_file(self) -> str:
        """The name of a fixed table's file: CSV, or Parquet where the table is large."""
        return f"{self.name}.{self.format}"

    @property
    def column_names(self) -> tuple[str, ...]:
        return tuple(field.name for field in self.fields)

    def fields_named(self, names: Sequence[str]) -> tuple[Field, ...]:
        """The columns of these names, in this order."""
        by_name = {field.name: field for field in self.fields}
        return tuple(by_name[name] for name in names)


def _as_tuple(value: str | list[str]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


def _keys(keys: Iterable[dict[str, Any]]) -> tuple[ForeignKey, ...]:
    """Keys of one column each; raises ValueError for a key of several."""
    found = []
    for key in keys:
        [field], [reference_field] = _as_tuple(key["fields"]), _as_tuple(key["reference"]["fields"])
        found.append(ForeignKey(field, key["reference"]["resource"], reference_field))
    return tuple(found)


def read_dataset(path: Path) -> Dataset:
    """Read one descriptor; raises CatalogueError with the file's name when it cannot be read."""
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
        schema = raw["schema"]
        described = {
            "fields": [{"is_optional_column": item.get("optionalColumn", False), **item} for item in schema["fields"]],
            "primary_key": _as_tuple(schema["primaryKey"]),
            "foreign_keys": _keys(schema.get("foreignKeys", ())),
            "view_keys": _keys(schema.get("viewKeys", ())),
        }
        return read_record(Dataset, raw | described)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise CatalogueError(f"{path.name}: the descriptor cannot be read ({error}).") from error


@cache
def catalogue() -> dict[str, Dataset]:
    """Every dataset by name, in the order of their names."""
    datasets = [read_dataset(path) for path in sorted((EMBEDDED_DATA / "datasets").glob("*.json"))]
    return {dataset.name: dataset for dataset in datasets}


def dataset(name: str) -> Dataset:
    """The dataset called `name`; raises CatalogueError naming those there are."""
    known = catalogue()
    if name not in known:
        raise CatalogueError(f"No dataset is called {name!r}. There are: {', '.join(known)}.")
    return known[name]


def snapshot_datasets() -> tuple[Dataset, ...]:
    """The datasets that are published as dated snapshots."""
    return tuple(item for item in catalogue().values() if item.kind == "snapshot")


def reference_datasets() -> tuple[Dataset, ...]:
    """The fixed tables of `data/reference/`."""
    return tuple(item for item in catalogue().values() if item.kind == "reference")
