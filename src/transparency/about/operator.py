"""Who runs this copy, as they set it in data/operator.json or the file that TRANSPARENCY_OPERATOR names.

A private copy may leave everything open. A public one says who runs it and where to report errors, or does not start.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from transparency.core.errors import CatalogueError, SettingError
from transparency.core.project import EMBEDDED_DATA
from transparency.core.settings import settings
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
    """Who runs this copy; None is what they have not set. `contact` is an email address, `about` a line on who they
    are; `decides` says who decides what is included, `interests` which interests they have; `sees_early` names
    everybody who sees figures before their release."""

    name: str | None
    contact: str | None
    about: str | None
    decides: str | None
    interests: str | None
    sees_early: tuple[str, ...]
    replies: tuple[Reply, ...]


def operator_file() -> Path:
    """Where the operator of this copy is written down."""
    return Path(settings().operator) if settings().operator else OPERATOR_FILE


def operator() -> Operator:
    """The operator of this copy. Raises CatalogueError where the file is not as it should be."""
    file = operator_file()
    try:
        return read_record(Operator, json.loads(file.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise CatalogueError(f"{file} cannot be read: {error!r}.") from error


def check_operator(site: str) -> None:
    """Raises SettingError where a site is public and does not say who runs it, with the file and the fields to fill in.

    Raises CatalogueError where the file is not as it should be.
    """
    declared = operator()
    asked = {"name": "yours or your organisation's", "contact": "an email address that readers can write to"}
    is_open = {"name": not declared.name, "contact": "@" not in (declared.contact or "")}
    missing = [f'"{field}" ({words})' for field, words in asked.items() if is_open[field]]
    if site and missing:
        raise SettingError(
            f"{site} is a public address, and readers must be told who runs the site. "
            f"Fill in {' and '.join(missing)}. The file is {operator_file()}; TRANSPARENCY_OPERATOR names another."
        )
