"""The header notes of SQL files, which say what each defines."""

from __future__ import annotations

import re


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
