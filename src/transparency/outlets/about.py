"""What this site is, how to read it, who runs it, and how to report an error: for the dashboard and plain pages."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from transparency import __version__
from transparency.catalogue import EMBEDDED_DATA
from transparency.outlets.html import render
from transparency.wording import EVIDENCE_MEANING, NOT_OFFICIAL, WARD_STATUS_WORDS

if TYPE_CHECKING:
    from transparency.store import Store

REPORTED = ("ward", "borough", "site", "measure", "report", "as_at", "data_version")


@dataclass(frozen=True)
class Operator:
    """Who runs this copy, as they set it in data/operator.json; `contact` is None until they do."""

    name: str
    contact: str | None
    about: str


def operator() -> Operator:
    """The operator of this copy."""
    declared: dict[str, Any] = json.loads((EMBEDDED_DATA / "operator.json").read_text(encoding="utf-8"))
    return Operator(declared["name"], declared["contact"], declared["about"])


def report_text(asked: Mapping[str, str], store: Store) -> str:
    """A message about an error, with what it is about filled in from the link that led here."""
    lines = [f"{name.replace('_', ' ')}: {asked[name][:60]}" for name in REPORTED if asked.get(name)]
    if "data_version" not in asked:
        lines.append(f"data version: {store.data_version}")
    return "\n".join(["Error report", *lines, "What is wrong:", "What is right, and where it can be read:"])


def about_html(store: Store, asked: Mapping[str, str]) -> str:
    """The page's body; `asked` are the parameters of a link that reports an error."""
    return render(
        "about.html",
        store=store,
        code_version=__version__,
        operator=operator(),
        report=report_text(asked, store),
        is_report=bool(asked.get("report")),
        not_official=NOT_OFFICIAL,
        evidence=[(kind.value, meaning) for kind, meaning in EVIDENCE_MEANING.items()],
        statuses=list(WARD_STATUS_WORDS.values()),
    )
