"""The rows of an exhibit as a file of their own: `/data/exhibits/<key>.csv?as_at=…`.

A function that builds an exhibit declares its file with `published_as`, and the exhibit then carries the address
of exactly its rows. Cells are given as they are shown; where a cell is a link, a column `<name>_href` follows.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import wraps
from inspect import Parameter, signature
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar, cast
from urllib.parse import urlencode

from transparency.errors import ParameterError, UnknownFileError
from transparency.model import Evidence, today
from transparency.outlets.document import CSV, Document
from transparency.outlets.exhibit import Cell, Exhibit, Link, Mark, Table
from transparency.outlets.tables import csv_bytes

if TYPE_CHECKING:
    from transparency.store import Store

_P = ParamSpec("_P")
_E = TypeVar("_E", bound=Exhibit | None)

# Arguments that change how an exhibit looks and not its rows.
_LOOK = frozenset({"store", "colours"})


@dataclass(frozen=True)
class ExhibitFile:
    """What builds an exhibit, and which parameter of the address is which of its arguments."""

    build: Callable[..., Exhibit | None]
    parameters: Mapping[str, str]
    needed: frozenset[str]
    has_day: bool


EXHIBIT_FILES: dict[str, ExhibitFile] = {}


def published_as(key: str, **parameters: str) -> Callable[[Callable[_P, _E]], Callable[_P, _E]]:
    """Declare the file of the exhibits a function builds.

    `parameters` maps a parameter of the address to the argument it gives, a text; an argument `day` is given by
    `as_at`. An exhibit built with any other argument than these has no file.
    """

    def declare(build: Callable[_P, _E]) -> Callable[_P, _E]:
        takes = signature(build)
        needed = frozenset(name for name, taken in takes.parameters.items() if taken.default is Parameter.empty)
        EXHIBIT_FILES[key] = ExhibitFile(build, parameters, needed, "day" in takes.parameters)

        @wraps(build)
        def built(*args: _P.args, **kwargs: _P.kwargs) -> _E:
            exhibit = build(*args, **kwargs)
            if exhibit is None:
                return exhibit
            bound = takes.bind(*args, **kwargs)
            bound.apply_defaults()
            href = _address(key, parameters, bound.arguments, {n: p.default for n, p in takes.parameters.items()})
            return cast(_E, replace(exhibit, csv_href=href))

        return built

    return declare


def _address(
    key: str, parameters: Mapping[str, str], given: Mapping[str, Any], defaults: Mapping[str, Any]
) -> str | None:
    asked: dict[str, str] = {}
    argument_parameters = {argument: name for name, argument in parameters.items()}
    for argument, value in given.items():
        if argument == "day" and isinstance(value, date):
            asked["as_at"] = value.isoformat()
        elif argument in _LOOK or value == defaults[argument]:
            continue
        elif argument in argument_parameters:
            asked[argument_parameters[argument]] = str(value)
        else:
            return None
    return f"/data/exhibits/{key}.csv" + (f"?{urlencode(asked)}" if asked else "")


def exhibit_parameters(file: str) -> tuple[str, ...]:
    """The parameters the address of an exhibit's file may carry."""
    found = EXHIBIT_FILES.get(file.removesuffix(".csv"))
    return ("as_at", *found.parameters) if found else ()


def exhibit_csv(store: Store, file: str, day: date | None, asked: Mapping[str, str]) -> Document:
    """The file `<key>.csv`; raises UnknownFileError where there is none, or nothing is known on the day."""
    key, _, ending = file.rpartition(".")
    if key not in EXHIBIT_FILES or ending != "csv":
        raise UnknownFileError(f"No exhibit has the file {file[:60]!r}. There are: {', '.join(sorted(EXHIBIT_FILES))}.")
    found = EXHIBIT_FILES[key]
    arguments: dict[str, Any] = {
        argument: asked[name] for name, argument in found.parameters.items() if asked.get(name)
    }
    if found.has_day:
        arguments["day"] = day or today()
    for name, argument in found.parameters.items():
        if argument in found.needed and argument not in arguments:
            raise ParameterError(name, f"The file {file} needs the parameter {name}.")
    exhibit = found.build(store, **arguments)
    if exhibit is None:
        raise UnknownFileError("Nothing is known of this on that day, so there are no rows.")
    modified = max([snapshot.published_on for snapshot in store.snapshots] + ([] if day else [today()]), default=None)
    return Document(table_csv(exhibit.table, store.is_demonstration), CSV, modified)


def table_csv(table: Table, is_demonstration: bool = False) -> bytes:
    """A table of an exhibit as CSV; invented rows say so in their column `evidence`."""
    header: list[str] = []
    columns: list[list[Any]] = []
    for place, column in enumerate(table.columns):
        cells = [row[place] for row in table.rows]
        if is_demonstration and column.name == "evidence":
            continue
        header.append(column.name)
        columns.append([_value(cell) for cell in cells])
        if any(_href(cell) for cell in cells):
            header.append(f"{column.name}_href")
            columns.append([_href(cell) for cell in cells])
    if is_demonstration:
        header.append("evidence")
        columns.append([Evidence.DEMONSTRATION.value] * len(table.rows))
    return csv_bytes(header, zip(*columns, strict=True))


def _value(cell: Cell) -> Any:
    """What a cell says: the text of a link, the word of a mark, the parts of several joined by semicolons."""
    if isinstance(cell, Link):
        return cell.text
    if isinstance(cell, Mark):
        return cell.word
    if isinstance(cell, tuple):
        return "; ".join(str(_value(part)) for part in cell)
    return cell


def _href(cell: Cell) -> str | None:
    """Where a cell leads; of several the first that leads anywhere."""
    if isinstance(cell, Link):
        return cell.href
    if isinstance(cell, tuple):
        return next((href for part in cell if (href := _href(part))), None)
    return None
