"""The definitions: each SQL file with the header notes that say what it defines."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from transparency.store.checking import check_files
from transparency.store.database import PACKAGE, view_files


@dataclass(frozen=True)
class Definition:
    """One SQL file: `creates` is what it defines (nothing for a check), `notes` its header without the title, `sql` the
    statement below it."""

    path: Path
    title: str
    creates: tuple[str, ...]
    notes: Mapping[str, str]
    sql: str

    @property
    def name(self) -> str:
        """Its name in addresses."""
        return self.path.stem.partition("_")[2] if self.creates else f"check_{self.path.stem}"

    @property
    def file(self) -> str:
        return self.path.relative_to(PACKAGE).as_posix()


@cache
def view_definitions() -> tuple[Definition, ...]:
    """Every view and macro, in the order in which they build on one another."""
    return tuple(_definition(path) for path in view_files())


@cache
def check_definitions() -> tuple[Definition, ...]:
    """Every check."""
    return tuple(_definition(path) for path in check_files())


def _definition(path: Path) -> Definition:
    sql = path.read_text(encoding="utf-8")
    notes = header_notes(sql)
    below = sql.splitlines()
    while below[0].startswith("--"):
        del below[0]
    return Definition(path, notes.pop("Title"), created_names(sql), notes, "\n".join(below).strip())


def header_notes(sql: str) -> dict[str, str]:
    """The notes at the head of an SQL file by their keyword (Title, Grain, Unit, Caveats …), lines joined."""
    notes: dict[str, str] = {}
    key = ""
    for line in sql.splitlines():
        note = _NOTE.match(line)
        if note is None:
            break
        key = note["key"] or key
        notes[key] = f"{notes[key]} {note['text']}" if key in notes else note["text"]
    return notes


def created_names(sql: str) -> tuple[str, ...]:
    """What an SQL file creates, with the parameters of a macro: ward_on(on_day)."""
    return tuple(name + parameters for _, name, parameters in _CREATED.findall(sql))


_CREATED = re.compile(r"^CREATE (?:OR REPLACE )?(VIEW|TABLE|MACRO) (\w+)(\([^)]*\))?", re.MULTILINE)
_NOTE = re.compile(r"-- (?:(?P<key>[A-Z][a-z]+): )?\s*(?P<text>.*)")
