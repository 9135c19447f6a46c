"""Sentences about published figures."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from transparency.core.text import in_words, number, on_date, precise_date, speaker
from transparency.core.vocabulary import DUE_ON, Precision
from transparency.exhibits.exhibit import Source


def edition_note(source: Source, original: str) -> str:
    """Of which edition a series is; of a copy, that it is one and where the original is."""
    published = f", published {on_date(source.published_on)}" if source.published_on else ""
    if "(copy" not in source.publisher:
        return f"One edition{published}, joined with no other."
    return (
        f"Read from a public copy{published}; the original is at {original}. One edition alone, joined with no other."
    )


def is_announced(row: dict[str, Any]) -> bool:
    """Whether a figure is of every ward at once (a row of `promise_milestones`)."""
    return row["wards_count"] is not None and row["wards_count"] == row["wards_total_count"]


def share_words(row: dict[str, Any]) -> str:
    """89%, about 395 of 629, all 629: how many wards had two constables."""
    if row["wards_count"] is None:
        return f"{row['share_pct']:.0f}%"
    if is_announced(row):
        return f"all {number(row['wards_count'])}"
    about = "about " if row["kind"] in ("approximate", "derived") else ""
    return f"{about}{number(row['wards_count'])} of {number(row['wards_total_count'])}"


def promise_verdict(rows: Sequence[dict[str, Any]], day: date) -> str:
    """Whether the promise was kept by a day, from London's figures oldest first (rows of `promise_milestones`)."""
    last = rows[-1]
    if is_announced(last):
        return f"Announced, not checked: every ward was said to have two constables {_when(last)}."
    verdict = "Not when last counted" if last["share_pct"] < 100 else "When last counted, yes"
    if day <= DUE_ON:
        verdict = "Not due until the end of 2017"
    said = (
        f"{verdict}: {_when(last)}, {share_words(last)} {'of ' * (last['wards_count'] is None)}wards had two constables"
    )
    announced = next((row for row in rows if is_announced(row)), None)
    if announced is not None:
        said += f", though all were said to have them in {precise_date(announced['as_at'], Precision.MONTH)}"
    return f"{said}."


def counters_headline(rows: Sequence[dict[str, Any]]) -> str:
    """How many counters were open at first and at last (rows of `counter_milestones`)."""
    first, last = rows[0], rows[-1]
    sentence = f"{number(first['counters_open_count'])} police counters were open {_when(first)}"
    if last is not first:
        sentence += f", {number(last['counters_open_count'])} since {precise_date(last['as_at'])}"
        if last["counters_24_7_count"] is not None:
            sentence += f", {in_words(last['counters_24_7_count'])} of them open 24 hours"
    return sentence + "."


def _when(row: dict[str, Any]) -> str:
    return on_date(row["as_at"], row["as_at_precision"])


_SAID_THROUGH = {
    "dismore-2018-07-19": "the Mayor, reported by Andrew Dismore AM",
    "pidgeon-2019-06": (
        "the Deputy Mayor for Policing, published by Caroline Pidgeon AM without a date (June 2019 is inferred)"
    ),
}


def said_by(source_id: str, publisher: str) -> str:
    """Who gave a figure: the publisher, or who spoke and who passed it on."""
    return _SAID_THROUGH.get(source_id, speaker(publisher))


_METRIC_WORDS = {
    "wards_with_two_pcs": "wards with two constables",
    "wards_with_two_pcs_percent": "wards with two constables, %",
    "wards_with_pcso_percent": "wards with a PCSO, %",
    "dwo_total": "dedicated ward officers",
    "dwo_posts": "ward officer posts",
    "dwo_posts_vacant": "ward officer posts vacant",
    "dwo_per_ward": "constables in each ward",
    "dwo_per_ward_minimum": "constables in each ward, at least",
    "pcso_per_ward": "PCSOs in each ward",
    "pcso_per_ward_minimum": "PCSOs in each ward, at least",
    "new_dwo": "ward officers added since July 2016",
    "new_dwo_high_demand": "ward officers added for demanding wards",
    "dwo_per_ward_high_demand": "ward officers in a high-demand ward",
    "wards_second_officer_by_need": "wards with a second officer by need",
    "new_dwo_second_officer": "ward officers added as a ward's second",
    "pcso_total": "PCSOs",
    "dwo_ring_fence": "rule on keeping ward officers on their wards",
}
_METRIC_TOKENS = {"dwo": "ward officers", "pcso": "PCSO", "pcsos": "PCSOs", "pcs": "constables", "pc": "constable"}


def metric_words(metric: str) -> str:
    """A measure's name as readers would say it: dwo_total is "dedicated ward officers"."""
    if metric in _METRIC_WORDS:
        return _METRIC_WORDS[metric]
    return " ".join(
        _METRIC_TOKENS.get(token, token)
        for token in metric.removeprefix("front_").replace("24_7", "open 24 hours").split("_")
    )


FIGURE_KIND_WORDS = {
    "reported": "published",
    "approximate": "published, about",
    "restated": "restated as the model",
    "derived": "our sum",
    "target": "promised",
    "planned": "planned",
}
