"""The glossary: the terms of `GLOSSARY.md`, their meanings as HTML."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from transparency.core.project import PROJECT_ROOT
from transparency.exhibits.content import inline_html

GLOSSARY_FILE = PROJECT_ROOT / "GLOSSARY.md"
_HEADING = re.compile(r"^## (?P<title>.+)$", re.MULTILINE)
_ENTRY = re.compile(r"^\*\*(?P<term>[^*]+)\.\*\* (?P<meaning>.*?)(?=^\*\*|\Z)", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Term:
    """A word and what it means here, as HTML; `anchor` is its place on the page."""

    term: str
    anchor: str
    meaning_html: str


@cache
def glossary() -> dict[str, tuple[Term, ...]]:
    """Every term under its heading."""
    parts = _HEADING.split(GLOSSARY_FILE.read_text(encoding="utf-8"))
    return {
        title: tuple(
            Term(entry["term"], anchor_of(entry["term"]), inline_html(" ".join(entry["meaning"].split())))
            for entry in _ENTRY.finditer(body)
        )
        for title, body in zip(parts[1::2], parts[2::2], strict=True)
    }


def anchor_of(term: str) -> str:
    """The place of a term on the page: `dedicated-ward-officer` for "Dedicated ward officer (DWO)"."""
    return re.sub(r"[^a-z]+", "-", re.sub(r"\(.*?\)", "", term).lower()).strip("-")
