"""Who runs this copy, as they set it in data/operator.json. What they have not set is None, and shown as missing."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date

from transparency.core.errors import CatalogueError
from transparency.core.project import EMBEDDED_DATA
from transparency.store.records import read_record

OPERATOR_FILE = EMBEDDED_DATA / "operator.json"


@dataclass(frozen=True)
class Reply:
    """The reply, in full, of somebody a figure is about."""

    replied_on: date
    replied_by: str
    about: str
    text: str


@dataclass(frozen=True)
class Operator:
    """Who runs this copy. `contact` is an email address; `decides` says who decides what is included, `interests`
    which interests they have; `sees_early` names everybody who sees figures before their release."""

    name: str
    contact: str | None
    about: str
    decides: str | None
    interests: str | None
    sees_early: tuple[str, ...]
    replies: tuple[Reply, ...]


def operator() -> Operator:
    """The operator of this copy. Raises CatalogueError where the file is not as it should be."""
    try:
        return read_record(Operator, json.loads(OPERATOR_FILE.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise CatalogueError(f"{OPERATOR_FILE.name} cannot be read: {error!r}.") from error
