"""The exact ward of a full postcode, from the official list where one has been imported.

The postcode is looked for in this process and forgotten: no answer, message or error carries more of it than its
sector and first letter. The list is a sorted Parquet read beside the locked database: its footer, read once, tells
which small row group can hold a postcode, and that one is read.
"""

from __future__ import annotations

import re
import threading
import unicodedata
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from transparency.store.holdings import POSTCODES, Holding
from transparency.store.store import Store, memoised

POSTCODES_FILE = "postcodes.parquet"
LISTS_KEPT = 4  # the one in service and those before it, until they are let go

_POSTCODE = re.compile(r"([A-Z]{1,2}[0-9][0-9A-Z]?)([0-9O])([A-Z])([A-Z])")
_COLUMNS = ["postcode", "place", "terminated", "ward_code_2014", "ward_code_2022", "lat"]
_MONTH = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")


class ListedPlace(StrEnum):
    """Where the official list puts a postcode."""

    WARD = "ward"
    CITY_OF_LONDON = "city_of_london"
    ELSEWHERE = "elsewhere"
    NOT_KNOWN = "not_known"
    NOT_LISTED = "not_listed"


@dataclass(frozen=True, slots=True)
class PostcodeWard:
    """A ward a postcode lies in, and the last year's set it belongs to."""

    ward_code: str
    ward_name: str
    borough_name: str


@dataclass(frozen=True, slots=True)
class ExactAnswer:
    """Where a postcode lies. `prefix` is all that is kept of it; `terminated` the month of its withdrawal, 2014-06.

    `wards` has one ward, or several where the list has points of the postcode on both sides of a border.
    `vintage` is the set they belong to: that of the day asked about, or 2014 where only that is known.
    `is_end_unknown` where the list does not say in words that can be read whether it is in use; `has_position`
    whether the list gives it one.
    """

    place: ListedPlace
    prefix: str
    edition: str
    terminated: str | None = None
    wards: tuple[PostcodeWard, ...] = ()
    vintage: int | None = None
    is_end_unknown: bool = False
    has_position: bool = False


class PostcodeTable:
    """The sorted list, opened. Safe to share between threads."""

    def __init__(self, path: Path) -> None:
        import pyarrow.parquet as pq

        self._file = pq.ParquetFile(path, memory_map=True)
        self._lock = threading.Lock()
        groups = self._file.metadata
        column = groups.schema.names.index("postcode")
        limits = [groups.row_group(n).column(column).statistics for n in range(groups.num_row_groups)]
        self._first = [limit.min for limit in limits]
        self._last = [limit.max for limit in limits]

    def rows(self, postcode: str) -> list[dict[str, Any]]:
        """The rows of a postcode written without spaces; none where the list does not have it."""
        import pyarrow.compute as pc

        groups = list(range(bisect_left(self._last, postcode), bisect_right(self._first, postcode)))
        if not groups:
            return []
        with self._lock:
            table = self._file.read_row_groups(groups, columns=_COLUMNS, use_threads=False)
        found: list[dict[str, Any]] = table.filter(pc.equal(table["postcode"], postcode)).to_pylist()
        return found


@lru_cache(maxsize=LISTS_KEPT)
def _opened(path: Path) -> PostcodeTable:
    """One table for each import; an import is never altered."""
    return PostcodeTable(path)


def postcodes_held(store: Store) -> Holding | None:
    """The official list of postcodes the store holds, or None."""
    return store.holding(POSTCODES)


def exact_wards(store: Store, text: str, vintage: int) -> ExactAnswer | None:
    """Where a full postcode lies, by the official list; None for another text, or where no list is stored.

    `vintage` is the set of wards in force on the day asked about, 2014 or 2022.
    """
    match = _POSTCODE.fullmatch(re.sub(r"[\W_]", "", unicodedata.normalize("NFKC", text).upper()))
    held = postcodes_held(store) if match else None
    if match is None or held is None:
        return None
    outward, sector, first, second = match.groups()
    sector = sector.replace("O", "0")
    prefix, edition = f"{outward} {sector}{first}", held.edition_words
    rows = _opened(held.folder / POSTCODES_FILE).rows(f"{outward}{sector}{first}{second}")
    if not rows:
        return ExactAnswer(ListedPlace.NOT_LISTED, prefix, edition)
    rows, terminated, is_end_unknown = _newest(rows)
    has_position = any(row["lat"] is not None for row in rows)
    answer = partial(
        ExactAnswer,
        prefix=prefix,
        edition=edition,
        terminated=terminated,
        is_end_unknown=is_end_unknown,
        has_position=has_position,
    )
    for known in (vintage, 2014 if vintage == 2022 else 2022):
        codes = list(dict.fromkeys(row[f"ward_code_{known}"] for row in rows if row[f"ward_code_{known}"]))
        if codes:
            return answer(ListedPlace.WARD, wards=_wards(store, codes), vintage=known)
    places = {row["place"] for row in rows}
    return answer(ListedPlace(rows[0]["place"]) if places < {"city_of_london", "elsewhere"} else ListedPlace.NOT_KNOWN)


def _newest(rows: list[dict[str, Any]]) -> tuple[list[dict[str, Any]], str | None, bool]:
    """The rows that say where a postcode is, the month it was withdrawn in, and whether that cannot be read.

    A postcode used again is where it is in use; one withdrawn more than once, where it was last.
    """
    in_use = [row for row in rows if row["terminated"] is None]
    if in_use:
        return in_use, None, False
    not_read = [row for row in rows if not _MONTH.fullmatch(row["terminated"])]
    if not_read:
        return not_read, None, True
    last: str = max(row["terminated"] for row in rows)
    return [row for row in rows if row["terminated"] == last], last, False


def _wards(store: Store, codes: list[str]) -> tuple[PostcodeWard, ...]:
    known = _known_wards(store)
    return tuple(sorted((known[code] for code in codes), key=lambda ward: ward.ward_name))


@memoised
def _known_wards(store: Store) -> dict[str, PostcodeWard]:
    """Every ward of every set by code, under its newest name; asked once for each store."""
    rows = store.rows("SELECT ward_code, ward_name, borough_name FROM ward")
    return {row["ward_code"]: PostcodeWard(**row) for row in rows}
