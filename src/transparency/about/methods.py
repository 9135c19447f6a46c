"""The definitions as pages: each view and each check with its header notes and its own SQL, as it is run."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from transparency.exhibits.content import inline_html
from transparency.store.checking import check_files
from transparency.store.database import PACKAGE, view_files
from transparency.store.definitions import created_names, header_notes

CHECK_PREFIX = "check_"


@dataclass(frozen=True)
class Definition:
    """One SQL file: `name` is its place below the methods page, `creates` what it defines (nothing for a check)."""

    name: str
    title: str
    creates: tuple[str, ...]
    notes_html: tuple[tuple[str, str], ...]
    file: str
    sql: str


@cache
def view_definitions() -> tuple[Definition, ...]:
    """Every view and macro, in the order in which they build on one another."""
    return tuple(_definition(path, path.stem.partition("_")[2]) for path in view_files())


@cache
def check_definitions() -> tuple[Definition, ...]:
    """Every check."""
    return tuple(_definition(path, CHECK_PREFIX + path.stem) for path in check_files())


def _definition(path: Path, name: str) -> Definition:
    sql = path.read_text(encoding="utf-8")
    notes = header_notes(sql)
    title = notes.pop("Title")
    return Definition(
        name=name,
        title=title,
        creates=created_names(sql),
        notes_html=tuple((key, inline_html(text)) for key, text in notes.items()),
        file=path.relative_to(PACKAGE).as_posix(),
        sql=_without_notes(sql),
    )


def _without_notes(sql: str) -> str:
    """The statement below the header notes."""
    lines = sql.splitlines()
    first = next(number for number, line in enumerate(lines) if not line.startswith("--"))
    return "\n".join(lines[first:]).strip()
