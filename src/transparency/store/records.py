"""Rows of a query as frozen dataclasses."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import MISSING, fields, is_dataclass
from enum import StrEnum
from functools import cache
from types import UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

Record = TypeVar("Record")
Cast = Callable[[Any], Any]


def as_records(kind: type[Record], names: Sequence[str], rows: Sequence[Sequence[Any]]) -> list[Record]:
    """Rows whose columns are `names`, as instances of the dataclass `kind`: a field takes the column of its name.

    A field annotated with an enum (or an enum and None) becomes a member of it, a tuple a tuple; a field whose column
    is not there keeps its default; other columns are ignored. Raises TypeError where a field has neither column nor
    default, and ValueError where a value is no member of its enum.
    """
    place = {name: position for position, name in enumerate(names)}
    taken = []
    for name, cast, has_default in _casts(kind):  # type: ignore[arg-type]
        if name in place:
            taken.append((name, place[name], cast))
        elif not has_default:
            raise TypeError(f"{kind.__name__}.{name} has no column: there are {', '.join(names)}.")
    return [kind(**{name: _value(row[position], cast) for name, position, cast in taken}) for row in rows]


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


def _cast(annotation: Any) -> Cast | None:
    """What turns a column's value into the annotated type; None where it is of that type already."""
    if get_origin(annotation) in (Union, UnionType):
        return next((cast for each in get_args(annotation) if (cast := _cast(each)) is not None), None)
    if get_origin(annotation) is tuple:
        return tuple
    if isinstance(annotation, type) and issubclass(annotation, (StrEnum, bool)):
        return annotation
    return None
