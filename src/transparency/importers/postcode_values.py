"""The cells of a list of postcodes as values, and those that cannot be read, by row and value.

A cell that is empty is missing; one that cannot be read is never taken for one that is empty.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from transparency.core.findings import quoted
from transparency.core.vocabulary import today
from transparency.importers.postcode_layouts import POSTCODE

MOST_EXAMPLES = 5
# The month of a postcode whose end cannot be read: not known to be in use, nor to be withdrawn.
END_NOT_READ = "not_read"

_MISSING = pa.array(["", "NULL", "NONE", "NAN"])
_CODE = r"^[A-Z][0-9]{8}$"
_NUMBER = r"^[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?$"
# 201406, 2014-06, 2014-06-30, 2014/06/30 00:00:00+00 and what a spreadsheet makes of a number, 201406.0.
_DAY = r"[-/]?(?:0[1-9]|[12][0-9]|3[01])(?:[T ][0-9:.+Z]*)?"
_MONTH = rf"^((?:19|20)[0-9]{{2}})[-/]?(0[1-9]|1[0-2])(?:{_DAY}|\.0+)?$"
_NO_LATITUDE = 99.999999  # what the ONS writes where it has no position
_DEGREES = "Write degrees of the United Kingdom with a decimal point, like 51.5034 north and -0.1276 east."
_METRES = "Write metres of the National Grid, like 530034 and 180381."
_CODES = "Write the official code of a letter and eight digits, like E05009317, or leave the column out."
_REMEDIES = {
    "postcode": ("no postcode", "Write each like NW1 1AA."),
    "lat": ("no position that can be read", _DEGREES),
    "lon": ("no position that can be read", _DEGREES),
    "easting": ("no position that can be read", _METRES),
    "northing": ("no position that can be read", _METRES),
    "ward": ("no code that can be read", _CODES),
    "district": ("no code that can be read", _CODES),
    "terminated": ("no month that can be read", "Write the month like 201406; leave it empty for a postcode in use."),
}
# The least and the greatest value of each coordinate in the United Kingdom.
_LIMITS = {"lat": (49.0, 61.5), "lon": (-9.0, 2.5), "easting": (0.0, 700_000.0), "northing": (0.0, 1_300_000.0)}


@dataclass(frozen=True)
class Unread:
    """The cells of one column that cannot be read: how many, and the first few as "row 4 ('E2 0ZAA')"."""

    column: str
    title: str
    count: int
    examples: tuple[str, ...]

    def __str__(self) -> str:
        """How many rows there are, which and what to do, to stand after "… of … "."""
        what, remedy = _REMEDIES[self.column]
        more = f" and {self.count - len(self.examples):,} more" if self.count > len(self.examples) else ""
        return f"rows have {what} in column {quoted(self.title)}: {', '.join(self.examples)}{more}. {remedy}"


@dataclass(frozen=True)
class Values:
    """One row for each of a table's: postcode, lat, lon, ward, district, terminated.

    `has_postcode` and `is_whole` say of each row whether it has a postcode, and whether every cell of it can be read.
    """

    table: pa.Table
    has_postcode: Any
    is_whole: Any
    unread: tuple[Unread, ...]


def read_values(cells: Mapping[str, pa.Array], titles: Mapping[str, str], rows: Any, place: str) -> Values:
    """The values of the cells of each of our columns; `rows` are their numbers, `place` stands after them."""
    texts = {name: _text(column) for name, column in cells.items()}
    size = len(rows)
    is_unread: dict[str, Any] = {}
    tight = pc.replace_substring_regex(pc.utf8_upper(texts["postcode"]), r"[\s\pZ]", "")
    is_unread["postcode"] = ~_matches(tight, POSTCODE)
    columns = {"postcode": tight}
    axes = ("lat", "lon") if {"lat", "lon"} <= texts.keys() else ("easting", "northing")
    columns["lat"], columns["lon"] = _position(texts, axes, is_unread)
    for name in ("ward", "district"):
        code = pc.utf8_upper(texts[name]) if name in texts else pa.nulls(size, pa.string())
        is_code = _matches(code, _CODE)
        is_unread[name] = ~is_code & _is_given(code)
        columns[name] = pc.if_else(pa.array(is_code), code, None)
    columns["terminated"] = _months(texts.get("terminated", pa.nulls(size, pa.string())), is_unread)
    unread = [
        Unread(name, titles[name], int(where.sum()), _examples(texts[name], rows, where, place))
        for name, where in is_unread.items()
        if where.any()
    ]
    is_whole = ~np.logical_or.reduce(list(is_unread.values()))
    return Values(pa.table(columns), ~is_unread["postcode"], is_whole, tuple(unread))


def together(unread: Sequence[Unread]) -> list[Unread]:
    """What cannot be read of several files, by column."""
    found: dict[str, Unread] = {}
    for one in unread:
        before = found.get(one.column)
        if before is not None:
            examples = (*before.examples, *one.examples)[:MOST_EXAMPLES]
            one = Unread(one.column, before.title, before.count + one.count, examples)
        found[one.column] = one
    return list(found.values())


def _text(cells: pa.Array) -> pa.Array:
    """Text without spaces around it, null where nothing is given."""
    trimmed = pc.utf8_trim_whitespace(cells)
    return pc.if_else(pc.is_in(pc.utf8_upper(trimmed), _MISSING), None, trimmed)


def _matches(cells: pa.Array, pattern: str) -> Any:
    return pc.fill_null(pc.match_substring_regex(cells, pattern), False).to_numpy(zero_copy_only=False)


def _is_given(cells: pa.Array) -> Any:
    return pc.is_valid(cells).to_numpy(zero_copy_only=False)


def _examples(cells: pa.Array, rows: Any, where: Any, place: str) -> tuple[str, ...]:
    first = np.flatnonzero(where)[:MOST_EXAMPLES]
    given = [cells[int(index)].as_py() for index in first]
    return tuple(
        f"row {row:,}{place} ({'empty' if value is None else repr(quoted(value))})"
        for row, value in zip(rows[first], given, strict=True)
    )


def _months(cells: pa.Array, is_unread: dict[str, Any]) -> pa.Array:
    """Months as 2014-06, null for a postcode in use. A month to come is not one a postcode was withdrawn in."""
    is_month = _matches(cells, _MONTH)
    months = pc.replace_substring_regex(cells, _MONTH, r"\1-\2")
    is_past = pc.fill_null(pc.less_equal(months, f"{today():%Y-%m}"), False).to_numpy(zero_copy_only=False)
    is_unread["terminated"] = ~(is_month & is_past) & _is_given(cells)
    return pc.if_else(pa.array(is_unread["terminated"]), END_NOT_READ, months)


def _position(
    texts: Mapping[str, pa.Array], axes: tuple[str, str], is_unread: dict[str, Any]
) -> tuple[pa.Array, pa.Array]:
    """Latitude and longitude, null where missing; one coordinate without the other is one that cannot be read."""
    first, second = (_numbers(texts[axis]) for axis in axes)
    is_given = [_is_given(texts[axis]) for axis in axes]
    is_nowhere = (first >= _NO_LATITUDE) & (first < 100) if axes[0] == "lat" else (first == 0) & (second == 0)
    for axis, numbers, here, there in zip(axes, (first, second), is_given, is_given[::-1], strict=True):
        least, greatest = _LIMITS[axis]
        is_sound = (numbers >= least) & (numbers <= greatest)
        is_unread[axis] = ~is_sound & (here | there) & ~is_nowhere
    is_placed = is_given[0] & is_given[1] & ~is_nowhere & ~is_unread[axes[0]] & ~is_unread[axes[1]]
    if axes[0] == "lat":
        return pa.array(first, mask=~is_placed), pa.array(second, mask=~is_placed)
    from pyproj import Transformer

    project = Transformer.from_crs(27700, 4326, always_xy=True).transform
    lon, lat = project(np.where(is_placed, first, 0), np.where(is_placed, second, 0))
    return pa.array(lat, mask=~is_placed), pa.array(lon, mask=~is_placed)


def _numbers(cells: pa.Array) -> Any:
    """A column of text as numbers, NaN where it is none."""
    is_number = pa.array(_matches(cells, _NUMBER))
    return pc.cast(pc.if_else(is_number, cells, None), pa.float64()).to_numpy(zero_copy_only=False)
