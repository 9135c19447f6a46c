"""Words for what changed: the titles and lines of the feeds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from transparency.core.text import listed, number, precise_date, speaker
from transparency.core.vocabulary import Basis, Evidence, Half, Precision
from transparency.counters.sentences import EVENT_WORDS
from transparency.published.sentences import FIGURE_KIND_WORDS, metric_words
from transparency.wards.verdict import officers


def wards_title(as_at: date, precision: Precision | str, evidences: Sequence[str], revision: int) -> str:
    """Figures of 3 wards as at 4 April 2019: 2 confirmed and 1 reported."""
    counts = [f"{number(evidences.count(kind))} {kind}" for kind in dict.fromkeys(evidences)]
    what = "Revised figures" if revision > 1 else "Figures"
    wards = f"{number(len(evidences))} ward{'s' * (len(evidences) != 1)}"
    return f"{what} of {wards} as at {precise_date(as_at, precision)}: {listed(counts)}"


def ward_line(row: Mapping[str, Any]) -> str:
    """Abbey: two dedicated constables and one PCSO, confirmed by City Hall."""
    basis = Basis(row["basis"])
    said = [
        officers(half, row[column], row["is_minimum"], basis)
        for half, column in ((Half.PCS, "dedicated_pcs"), (Half.PCSOS, "dedicated_pcsos"))
        if row[column] is not None
    ]
    counted = listed(said) or "no count"
    return f"{row['ward_name']}: {counted}, {Evidence(row['evidence']).word} by {speaker(row['publisher'])}"


def declared_line(rows: Sequence[Mapping[str, Any]]) -> str:
    """All wards in one line where the same was declared of each."""
    first = dict(rows[0]) | {"ward_name": f"Each of {number(len(rows))} wards"}
    return f"{ward_line(first)}; not checked for any one ward"


def is_one_declaration(rows: Sequence[Mapping[str, Any]]) -> bool:
    """Whether several wards' rows say the same, by declaration."""
    said = {(row["dedicated_pcs"], row["dedicated_pcsos"], row["evidence"], row["source_id"]) for row in rows}
    return len(rows) > 1 and len(said) == 1 and rows[0]["evidence"] == Evidence.DECLARED


def figures_title(as_at: date, precision: Precision | str, publisher: str, count: int) -> str:
    """2 figures by City Hall as at June 2019."""
    figures = f"{number(count)} figure{'s' * (count != 1)}"
    return f"{figures} by {speaker(publisher)} as at {precise_date(as_at, precision)}"


def figure_line(row: Mapping[str, Any]) -> str:
    """wards with two constables: 89 percent (published)."""
    value = "no single value" if row["value"] is None else f"{number(row['value'])} {row['unit']}"
    line = f"{metric_words(row['metric'])}: {value} ({FIGURE_KIND_WORDS[row['kind']]})"
    return f"{line}. {row['note']}" if row["note"] else line


def sites_title(event: str, on: date, precision: Precision | str, names: Sequence[str]) -> str:
    """3 sites, closed, December 2017; one by its name: Brixton, closed, December 2017."""
    what = names[0] if len(names) == 1 else f"{number(len(names))} sites"
    return f"{what}, {EVENT_WORDS[event]}, {precise_date(on, precision)}"
