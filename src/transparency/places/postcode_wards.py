"""The exact ward of a full postcode: by the official list that was imported, else by that of August 2014.

The postcode is looked for in this process and forgotten: no answer, message or error carries more of it than its
sector and first letter. The list of August 2014 is the table `postcode_wards` of the database. An imported list is a
sorted Parquet read beside it: its footer, read once, says which small row group can have a postcode, and that one is
read.
"""

from __future__ import annotations

import re
import threading
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from transparency.places.postcodes import full_postcode
from transparency.store.holdings import POSTCODES
from transparency.store.store import Store, memoised

POSTCODES_FILE = "postcodes.parquet"
EMBEDDED_LIST = "Ordnance Survey's list of August 2014"
LISTS_KEPT = 4  # the one in service and those before it, until they are let go

_COLUMNS = ["postcode", "place", "terminated", "ward_code_2014", "ward_code_2022", "lat"]
_MONTH = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")


class ListedPlace(StrEnum):
    """Where the list puts a postcode."""

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

    `source` names the list. `wards` has one ward, or several where the list has points of the postcode on both sides
    of a border; `across` is the ward on the other side, where the list's point is within 25 m of the border.
    `vintage` is the set they belong to: that of the day asked about, or 2014 where only that is known.
    `is_end_unknown` where the list does not say in words that can be read whether it is in use; `has_position`
    whether the list gives it one.
    """

    place: ListedPlace
    prefix: str
    source: str
    terminated: str | None = None
    wards: tuple[PostcodeWard, ...] = ()
    across: PostcodeWard | None = None
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


def list_words(store: Store) -> str:
    """The list that full postcodes are looked up in."""
    held = store.holding(POSTCODES)
    return f"the official list ({held.edition_words})" if held else EMBEDDED_LIST


def exact_wards(store: Store, text: str, vintage: int) -> ExactAnswer | None:
    """Where the full postcode in a text lies; None for a text without one.

    `vintage` is the set of wards in force on the day asked about, 2014 or 2022.
    """
    postcode = full_postcode(text)
    if postcode is None:
        return None
    prefix, source = postcode[:-1], list_words(store)
    rows = _rows(store, postcode)
    if not rows:
        return ExactAnswer(ListedPlace.NOT_LISTED, prefix, source)
    rows, terminated, is_end_unknown = _newest(rows)
    has_position = any(row["lat"] is not None for row in rows)
    answer = partial(
        ExactAnswer,
        prefix=prefix,
        source=source,
        terminated=terminated,
        is_end_unknown=is_end_unknown,
        has_position=has_position,
    )
    for known in (vintage, 2014 if vintage == 2022 else 2022):
        codes = list(dict.fromkeys(row[f"ward_code_{known}"] for row in rows if row[f"ward_code_{known}"]))
        if codes:
            across = _known_wards(store).get(rows[0].get(f"edge_ward_code_{known}") or "")
            return answer(ListedPlace.WARD, wards=_wards(store, codes), vintage=known, across=across)
    places = {row["place"] for row in rows}
    return answer(ListedPlace(rows[0]["place"]) if places < {"city_of_london", "elsewhere"} else ListedPlace.NOT_KNOWN)


def _rows(store: Store, postcode: str) -> list[dict[str, Any]]:
    """The rows of a postcode, written with its space, in the imported list; where there is none, in that of 2014."""
    held = store.holding(POSTCODES)
    if held is not None:
        return _opened(held.folder / POSTCODES_FILE).rows(postcode.replace(" ", ""))
    return store.rows(
        """
        SELECT ward_code_2014, ward_code_2022, edge_ward_code_2022, NULL AS terminated, NULL AS lat
        FROM postcode_wards
        WHERE postcode = $postcode
        """,
        postcode=postcode,
    )


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
