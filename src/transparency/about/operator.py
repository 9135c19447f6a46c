"""Who runs this copy, as they set it in data/operator.json. What they have not set is None, and shown as missing."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from transparency.core.errors import CatalogueError
from transparency.core.project import EMBEDDED_DATA

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
        declared: dict[str, Any] = json.loads(OPERATOR_FILE.read_text(encoding="utf-8"))
        return Operator(
            name=declared["name"],
            contact=declared["contact"],
            about=declared["about"],
            decides=declared["decides"],
            interests=declared["interests"],
            sees_early=tuple(declared["sees_early"]),
            replies=tuple(
                Reply(date.fromisoformat(reply["replied_on"]), reply["replied_by"], reply["about"], reply["text"])
                for reply in declared["replies"]
            ),
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise CatalogueError(f"{OPERATOR_FILE.name} cannot be read: {error!r}.") from error
