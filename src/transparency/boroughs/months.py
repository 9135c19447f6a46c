"""Boroughs compared by the rule for the monthly series."""

from __future__ import annotations

from datetime import date
from functools import partial

from transparency.boroughs.queries import chosen, ranked_by_wards
from transparency.boroughs.sentences import MEASURE_WORDS
from transparency.core.text import capitalised
from transparency.exhibits.addresses import borough_address
from transparency.exhibits.exhibit import Chart, Column, Exhibit, Link, table
from transparency.exhibits.files import one_of, published_as
from transparency.months.charts import status_alt, status_boroughs_still
from transparency.months.exhibits import STRENGTH, joined, measured_count
from transparency.months.figures import status_boroughs_figure
from transparency.months.queries import PlaceKind, PlaceMonth, borough_measure_month, places_in_month, strength_month
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
from transparency.store.store import Store


@published_as("monthly-boroughs", measure=one_of("measure", MEASURE_WORDS), boroughs=some_boroughs())
def boroughs_exhibit(store: Store, day: date, measure: str = "promise", codes: tuple[str, ...] = ()) -> Exhibit | None:
    """Every borough by the monthly rule in the newest month: ranked where every ward is known, then by name."""
    newest = strength_month(store, day)
    if newest is None:
        return None
    measured = chosen(borough_measure_month(store, measure, newest.month), codes)
    ranked = ranked_by_wards(store, measured)
    ranks = {item.row["borough_code"]: item.words for item in ranked}
    places = {each.place_code: each for each in places_in_month(store, PlaceKind.BOROUGH, newest.month)}
    order = [*ranks, *(row["borough_code"] for row in measured if row["borough_code"] not in ranks)]
    shown = [places[code] for code in order]
    if not shown:
        return None
    rows = [measured_count(each, each.place_name, measure) for each in shown]
    rankable = [
        (words, sum(row["is_ranked"] for row in chosen(borough_measure_month(store, each, newest.month), codes)))
        for each, words in MEASURE_WORDS.items()
    ]
    ends = [
        (item.row["borough_name"], item.row["wards_met_count"], item.row["wards_count"])
        for item in (*ranked[:1], *ranked[-1:])
    ]
    return Exhibit(
        key="monthly-boroughs",
        headline=ranked_sentence(MEASURE_WORDS[measure], newest.month, len(ranked), len(shown), ends),
        subtitle=f"{capitalised(MEASURE_WORDS[measure])} of each borough by the rule for the monthly series, "
        f"{month_name(newest.month)}; % of its wards, with the count of those met. "
        f"{'Ranked boroughs first, the others by name.' if ranked else 'None is ranked: in the order of their names.'}",
        picture=Chart(status_boroughs_figure(rows), status_alt(rows), partial(status_boroughs_still, rows)),
        table=table(
            f"Boroughs in {month_name(newest.month)}",
            (
                Column("borough_name", "Borough", cell=partial(_borough_link, day)),
                *([Column("rank", "Rank", True, lambda it: ranks.get(it.place_code, "not ranked"))] if ranked else []),
                Column("wards_count", "Wards", True),
                _published("wards_met_count", "Promise met"),
                _published("wards_short_count", "Short"),
                _published("wards_partly_known_count", "One half met, other not known"),
                Column("wards_not_published_count", "Not published", True),
                _published("constables_met_count", "2.0 FTE constables"),
                _published("pcso_met_count", "1.0 FTE PCSO"),
                *STRENGTH,
            ),
            shown,
            missing="not published",
        ),
        sources=(monthly_source(store.is_demonstration, newest.month),),
        note=joined(RULE, MONTHLY_RANK_RULE, rankable_words(rankable), STATUS_CAVEAT, FTE_CAVEAT),
    )


def _borough_link(day: date, known: PlaceMonth) -> Link:
    return Link(known.place_name, borough_address(known.place_code, day))


def _published(name: str, label: str) -> Column:
    """A count of wards; a borough without a published strength has none: missing, not zero."""
    return Column(name, label, True, lambda known: getattr(known, name) if known.boroughs_with_strength_count else None)
