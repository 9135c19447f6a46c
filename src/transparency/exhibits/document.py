"""What an address gives: bytes with their type and dates, the same for the server and the static export."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

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
    """JSON (RFC 8259) in UTF-8, with days in ISO form and an ending line feed."""
    return (json.dumps(_plain_deep(answer), ensure_ascii=False, allow_nan=False, indent=1) + "\n").encode()


def _plain_deep(answer: Any) -> Any:
    if isinstance(answer, dict):
        return {key: _plain_deep(value) for key, value in answer.items()}
    if isinstance(answer, list | tuple):
        return [_plain_deep(value) for value in answer]
    return plain(answer)
