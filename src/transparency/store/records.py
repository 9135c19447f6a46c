"""Rows of a query, and what is written in JSON or CSV, as frozen dataclasses."""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping, Sequence
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from transparency.core.errors import CatalogueError

Record = TypeVar("Record")
Cast = Callable[[Any], Any]


def as_records(kind: type[Record], names: Sequence[str], rows: Sequence[Sequence[Any]]) -> tuple[Record, ...]:
    """Rows whose columns are `names`, as instances of the dataclass `kind`: a field takes the column of its name.

    A field annotated with an enum (or an enum and None) becomes a member of it, a tuple a tuple, a day written as text
    a day; a field whose column is not there keeps its default; other columns are ignored. Raises TypeError where a
    field has neither column nor default, and ValueError where a value is no member of its enum or no day.
    """
    place = {name: position for position, name in enumerate(names)}
    taken = []
    for name, cast, has_default in _casts(kind):  # type: ignore[arg-type]
        if name in place:
            taken.append((name, place[name], cast))
        elif not has_default:
            raise TypeError(f"{kind.__name__}.{name} has no column: there are {', '.join(names)}.")
    return tuple(kind(**{name: _value(row[position], cast) for name, position, cast in taken}) for row in rows)


def read_record(kind: type[Record], written: Mapping[str, Any]) -> Record:
    """An object of JSON, or a row of CSV, as an instance of the dataclass `kind`: a day is written 2017-01-04.

    Raises TypeError or ValueError naming what is missing or cannot be read.
    """
    [record] = as_records(kind, list(written), [list(written.values())])
    for name, hint in _hints(kind).items():  # type: ignore[arg-type]
        if getattr(record, name) is None and NoneType not in get_args(hint):
            raise TypeError(f"{name} is missing")
    return record


def read_table(kind: type[Record], path: Path) -> list[Record]:
    """The rows of a CSV file kept by hand, a blank cell None.

    Raises CatalogueError naming the file, the row and what is wrong.
    """
    read = []
    try:
        with path.open(encoding="utf-8", newline="") as file:
            for number, row in enumerate(csv.DictReader(file, strict=True), start=2):
                try:
                    read.append(read_record(kind, {name: cell or None for name, cell in row.items()}))
                except (ValueError, TypeError) as error:
                    raise CatalogueError(f"{path.name}, row {number}: {error}. Fix this line.") from error
    except (OSError, csv.Error) as error:
        raise CatalogueError(f"{path.name} cannot be read: {error}.") from error
    return read


def _value(value: Any, cast: Cast | None) -> Any:
    return value if value is None or cast is None else cast(value)


@cache
def _casts(kind: Any) -> tuple[tuple[str, Cast | None, bool], ...]:
    """Each field of a dataclass that is set when it is made: name, cast of its value and whether it has a default."""
    assert is_dataclass(kind)  # noqa: S101 - the callers name their own records
    hints = get_type_hints(kind)
    return tuple(
        (
            field.name,
            _cast(hints[field.name]),
            field.default is not MISSING or field.default_factory is not MISSING,
        )
        for field in fields(kind)
        if field.init
    )


@cache
def _hints(kind: Any) -> dict[str, Any]:
    return get_type_hints(kind)


def _cast(annotation: Any) -> Cast | None:
    """What turns a column's value into the annotated type; None where it is of that type already."""
    if get_origin(annotation) in (Union, UnionType):
        return next((cast for each in get_args(annotation) if (cast := _cast(each)) is not None), None)
    if get_origin(annotation) is tuple:
        of_each, *others = get_args(annotation)
        cast = _cast(of_each) if others == [Ellipsis] else None
        return tuple if cast is None else lambda values: tuple(cast(value) for value in values)
    if annotation is date:
        return _day
    if isinstance(annotation, type) and is_dataclass(annotation):
        return lambda value: read_record(annotation, value) if isinstance(value, Mapping) else value
    if isinstance(annotation, type) and issubclass(annotation, (StrEnum, bool)):
        return annotation
    return None


def _day(value: Any) -> Any:
    return date.fromisoformat(value) if isinstance(value, str) else value
