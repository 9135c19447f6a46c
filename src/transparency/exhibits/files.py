"""The rows of an exhibit as a file of their own: `/data/exhibits/<key>.csv?as_at=…`.

A function that builds an exhibit declares its file with `published_as`, and the exhibit then carries the address
of exactly its rows. Cells are given as they are shown; where a cell is a link, a column `<name>_href` follows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import wraps
from inspect import Parameter, signature
from typing import Any, ParamSpec, TypeVar, cast
from urllib.parse import urlencode

from transparency.core.errors import ParameterError, UnknownFileError
from transparency.core.vocabulary import Evidence, today
from transparency.exhibits.csv import csv_bytes
from transparency.exhibits.document import CSV, Document
from transparency.exhibits.exhibit import Cell, Exhibit, Link, Mark, Said, Table
from transparency.store.store import Store

_P = ParamSpec("_P")
_E = TypeVar("_E", bound=Exhibit | None)


@dataclass(frozen=True)
class Argument:
    """An argument given by a parameter of the address; `read` makes it of the text, or refuses the text."""

    name: str
    read: Callable[[Store, str], Any]


def a_text(argument: str) -> Argument:
    """A text the exhibit itself refuses where it cannot answer."""
    return Argument(argument, lambda _store, text: text)


def one_of(argument: str, choices: Iterable[Any]) -> Argument:
    """One of a closed list, written as it is."""
    by_text = {_written(choice): choice for choice in choices}

    def read(_store: Store, text: str) -> Any:
        if text not in by_text:
            raise ParameterError(argument, f"{argument} must be one of: {', '.join(by_text)}.")
        return by_text[text]

    return Argument(argument, read)


@dataclass(frozen=True)
class ExhibitFile:
    """What builds an exhibit, which parameter of the address gives which argument, and which it cannot do without."""

    build: Callable[..., Exhibit | None]
    parameters: Mapping[str, Argument]
    needed: frozenset[str]
    has_day: bool


EXHIBIT_FILES: dict[str, ExhibitFile] = {}


def published_as(key: str, **parameters: Argument) -> Callable[[Callable[_P, _E]], Callable[_P, _E]]:
    """Declare the file of the exhibits a function builds.

    `parameters` are those of the address, each with the argument it gives; an argument `day` is given by `as_at`.
    An exhibit built with any other argument that is not left as it is has no file.
    """

    def declare(build: Callable[_P, _E]) -> Callable[_P, _E]:
        takes = signature(build)
        defaults = {name: taken.default for name, taken in takes.parameters.items()}
        needed = frozenset(name for name, default in defaults.items() if default is Parameter.empty)
        EXHIBIT_FILES[key] = ExhibitFile(build, parameters, needed, "day" in defaults)
        parameter_of = {argument.name: name for name, argument in parameters.items()}

        @wraps(build)
        def built(*args: _P.args, **kwargs: _P.kwargs) -> _E:
            exhibit = build(*args, **kwargs)
            if exhibit is None:
                return exhibit
            given = takes.bind(*args, **kwargs).arguments
            varied = {name: value for name, value in given.items() if name != "store" and value != defaults[name]}
            if not varied.keys() <= {"day", *parameter_of}:
                return exhibit
            asked = {parameter_of.get(name, "as_at"): _written(value) for name, value in varied.items()}
            query = f"?{urlencode(asked)}" if asked else ""
            return cast(_E, replace(exhibit, csv_href=f"/data/exhibits/{key}.csv{query}"))

        return built

    return declare


def _written(value: Any) -> str:
    """An argument as a parameter of an address."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return ",".join(value) if isinstance(value, tuple) else str(value)


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
    arguments: dict[str, Any] = {"day": day or today()} if found.has_day else {}
    for name, argument in found.parameters.items():
        if asked.get(name):
            arguments[argument.name] = argument.read(store, asked[name])
        elif argument.name in found.needed:
            raise ParameterError(name, f"The file {file} needs the parameter {name}.")
    exhibit = found.build(store, **arguments)
    if exhibit is None:
        raise UnknownFileError("Nothing is known of this on that day, so there are no rows.")
    modified = max(filter(None, (store.newest_published_on, None if day else today())), default=None)
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
    """What a cell says: the text of a link, the word of a mark, a number, the parts of several joined by semicolons."""
    if isinstance(cell, Link):
        return cell.text
    if isinstance(cell, Mark):
        return cell.word
    if isinstance(cell, Said):
        return cell.value
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
