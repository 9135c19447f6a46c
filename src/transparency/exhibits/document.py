"""What an address gives: bytes with their type and dates, the same for the server and the static export."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from datetime import date, datetime
from math import isfinite
from typing import Any

import orjson

from transparency.core.text import without_control_characters

SITE = "London ward officers"
PACKAGE = "london-ward-officers"
LICENCE = "Open Government Licence v3.0"
LICENCE_URL = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"

CSV = "text/csv; charset=utf-8; header=present"
HTML = "text/html; charset=utf-8"
JSON = "application/json"
PARQUET = "application/vnd.apache.parquet"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ATOM = "application/atom+xml; charset=utf-8"
ICALENDAR = "text/calendar; charset=utf-8"
_AS_IT_IS = (str, int, date)


@dataclass(frozen=True)
class Document:
    """One answer. `modified_on` is the newest day its content depends on; an immutable one never changes.

    `links` are further headers of kind Link (RFC 8288), as (address relative to this one, relation, type).
    """

    content: bytes
    media_type: str
    modified_on: date | None = None
    is_immutable: bool = False
    links: tuple[tuple[str, str, str], ...] = field(default=())


def plain(value: Any) -> Any:
    """A value as JSON holds it: days as 2017-01-04, whole numbers without a decimal point."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value


def text_bytes(text: str) -> bytes:
    """A feed, a sitemap or a calendar in UTF-8, with a sign for each character that such a file may not hold."""
    return without_control_characters(text).encode()


def json_bytes(answer: Any) -> bytes:
    """JSON (RFC 8259) in UTF-8, with days in ISO form, records as objects and an ending line feed.

    Raises ValueError for a number that is none: what is missing is None.
    """
    return orjson.dumps(_plain_deep(answer), option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def _plain_deep(answer: Any) -> Any:
    """What orjson would write otherwise: records, whose numbers are looked at too, and whole numbers."""
    if answer is None or isinstance(answer, _AS_IT_IS):
        return answer
    if isinstance(answer, dict):
        return {str(key): _plain_deep(value) for key, value in answer.items()}
    if isinstance(answer, list | tuple):
        return [_plain_deep(value) for value in answer]
    if isinstance(answer, float):
        if not isfinite(answer):
            raise ValueError(f"{answer} is no number that JSON has.")
        return int(answer) if answer.is_integer() else answer
    return {each.name: _plain_deep(getattr(answer, each.name)) for each in fields(answer)}
