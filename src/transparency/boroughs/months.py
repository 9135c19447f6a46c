"""Boroughs compared by the rule for the monthly series."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from transparency.boroughs.queries import ranked_by_wards
from transparency.boroughs.sentences import MEASURE_WORDS
from transparency.core.text import capitalised
from transparency.exhibits.addresses import borough_address
from transparency.exhibits.exhibit import Cell, Chart, Column, Exhibit, Link, Table
from transparency.exhibits.files import one_of, published_as
from transparency.months.charts import status_alt, status_boroughs_still
from transparency.months.figures import status_boroughs_figure
from transparency.months.queries import (
    PlaceKind,
    PlaceMonth,
    borough_measure_month,
    places_in_month,
    strength_month,
)
from transparency.months.sentences import (
    FTE_CAVEAT,
    MONTHLY_RANK_RULE,
    RULE,
    STATUS_CAVEAT,
    month_name,
    rankable_words,
    ranked_sentence,
)
from transparency.months.time import monthly_source
from transparency.places.arguments import some_boroughs

if TYPE_CHECKING:
    from transparency.store.store import Store
from transparency.months.exhibits import _fte, _measured_count, _notes


@published_as("monthly-boroughs", measure=one_of("measure", MEASURE_WORDS), boroughs=some_boroughs())
def boroughs_exhibit(store: Store, day: date, measure: str = "promise", codes: tuple[str, ...] = ()) -> Exhibit | None:
    """Every borough by the monthly rule in the newest month: ranked where every ward is known, then by name."""
    held = strength_month(store, day)
    if held is None:
        return None
    measured = [row for row in borough_measure_month(store, measure, held.month) if _is_chosen(row, codes)]
    ranked = ranked_by_wards(store, measured)
    ranks = {item.row["borough_code"]: f"{item.rank}{'=' * item.is_tied}" for item in ranked}
    places = {each.place_code: each for each in places_in_month(store, PlaceKind.BOROUGH, held.month)}
    order = [*ranks, *(row["borough_code"] for row in measured if row["borough_code"] not in ranks)]
    shown = [places[code] for code in order]
    if not shown:
        return None
    rows = [_measured_count(each, measure) for each in shown]
    rankable = [(words, _rankable(store, each, held.month, codes)) for each, words in MEASURE_WORDS.items()]
    ends = [
        (item.row["borough_name"], item.row["wards_met_count"], item.row["wards_count"])
        for item in (*ranked[:1], *ranked[-1:])
    ]
    return Exhibit(
        key="monthly-boroughs",
        headline=ranked_sentence(MEASURE_WORDS[measure], held.month, len(ranked), len(shown), ends),
        subtitle=f"{capitalised(MEASURE_WORDS[measure])} of each borough by the rule for the monthly series, "
        f"{month_name(held.month)}; per cent of its wards, with the count of those met. "
        f"{'Ranked boroughs first, the others by name.' if ranked else 'None is ranked: in the order of their names.'}",
        picture=Chart(status_boroughs_figure(rows), status_alt(rows), partial(status_boroughs_still, rows)),
        table=Table(
            caption=f"Boroughs in {month_name(held.month)}",
            columns=(
                Column("borough_name", "Borough"),
                *([Column("rank", "Rank", True)] if ranked else []),
                Column("wards_count", "Wards", True),
                Column("wards_met_count", "Promise met", True),
                Column("wards_short_count", "Short", True),
                Column("wards_partly_known_count", "One half met, other not known", True),
                Column("wards_not_published_count", "Not published", True),
                Column("constables_met_count", "2.0 FTE constables", True),
                Column("pcso_met_count", "1.0 FTE PCSO", True),
                Column("constable_fte", "Constables, FTE", True),
                Column("pcso_fte", "PCSOs, FTE", True),
            ),
            rows=tuple(
                _borough_row(each, [ranks.get(each.place_code, "not ranked")] if ranked else [], day) for each in shown
            ),
            missing="not published",
        ),
        sources=(monthly_source(store.is_demonstration, held.month),),
        note=_notes(RULE, MONTHLY_RANK_RULE, rankable_words(rankable), STATUS_CAVEAT, FTE_CAVEAT),
    )


def _rankable(store: Store, measure: str, month: date, codes: tuple[str, ...]) -> int:
    """How many of the chosen boroughs can be ranked by a measure in a month."""
    return sum(row["is_ranked"] for row in borough_measure_month(store, measure, month) if _is_chosen(row, codes))


def _is_chosen(row: dict[str, Any], codes: tuple[str, ...]) -> bool:
    return not codes or row["borough_code"] in codes


def _borough_row(known: PlaceMonth, rank: Sequence[str], day: date) -> tuple[Cell, ...]:
    """A borough without a strength of its own has no count of wards met: missing, not none."""
    is_published = known.boroughs_with_strength_count > 0
    counts = (
        known.wards_met_count,
        known.wards_short_count,
        known.wards_partly_known_count,
        known.wards_not_published_count,
        known.constables_met_count,
        known.pcso_met_count,
    )
    return (
        Link(known.place_name, borough_address(known.place_code, day)),
        *rank,
        known.wards_count,
        *(counts if is_published else (None, None, None, known.wards_not_published_count, None, None)),
        _fte(known.constable_fte),
        _fte(known.pcso_fte),
    )
