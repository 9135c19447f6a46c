"""The kind of a rank, however police.uk spells it."""

from __future__ import annotations

import re

_RANK_KINDS = (
    ("pcso", re.compile(r"\bpcsos?\b|community support")),
    ("inspector", re.compile(r"\b(?:chief )?insp(?:ector)?\b")),
    ("sergeant", re.compile(r"\b(?:sgt|ps|skipper)\b|sergeant|\bserg\b")),
    ("special_constable", re.compile(r"\bspecial\b|\bmsc\b")),
    ("constable", re.compile(r"\bpcs?\b|constable|\bdwo\b|ward officer")),
)


def rank_kind(listed: str) -> str:
    """constable, pcso, sergeant, inspector, special_constable, other or not_given, however the rank is spelt."""
    if listed == "not given":
        return "not_given"
    spelt = re.sub(r"[^a-z ]", " ", re.sub(r"\.", "", listed.casefold()))
    return next((kind for kind, pattern in _RANK_KINDS if pattern.search(spelt)), "other")
