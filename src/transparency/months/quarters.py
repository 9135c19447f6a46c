"""The boroughs' shares of time elsewhere quarter by quarter, as a table whose cells are shaded by their number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from transparency.core.text import MONTH_NAMES
from transparency.core.vocabulary import LONDON_CODE, WORKBOOK_PUBLISHED_ON
from transparency.exhibits.exhibit import Column, Exhibit, Said, Source, table
from transparency.exhibits.html import exhibit_foot_html, render
from transparency.places.queries import all_boroughs
from transparency.store.store import Store, memoised

ON_A_PHONE = 5  # quarters, the newest
STEPS = (10, 15, 20, 25)  # per cent at which a cell is shaded one step more


@dataclass(frozen=True)
class Quarter:
    """The share elsewhere of London or a borough in a calendar quarter, of `months_count` complete months."""

    geography_code: str
    quarter: date
    last_month: date
    months_count: int
    elsewhere_percent: float | None

    @property
    def is_whole(self) -> bool:
        return self.months_count == 3


@dataclass(frozen=True)
class HeatCell:
    """A number to show, how far it is shaded, and whether it is of fewer than three months."""

    words: str
    step: int
    is_part: bool


@dataclass(frozen=True)
class HeatRow:
    """A borough or London with its cells; None where nothing is recorded."""

    code: str
    name: str
    is_chosen: bool
    cells: tuple[HeatCell | None, ...]


@memoised
def edition_quarters(store: Store, day: date) -> tuple[Quarter, ...]:
    """The quarters of the edition by borough that had ended by the day, oldest first."""
    if day < WORKBOOK_PUBLISHED_ON:
        return ()
    return store.records(
        Quarter, "SELECT * FROM elsewhere_quarter WHERE last_day(last_month) <= $day ORDER BY quarter", day=day
    )


@memoised
def import_quarters(store: Store, day: date) -> tuple[Quarter, ...]:
    """The quarters of the monthly workbook that had ended by the day, oldest first."""
    return store.records(
        Quarter, "SELECT * FROM dwo_time_quarter WHERE last_day(last_month) <= $day ORDER BY quarter", day=day
    )


def quarters_exhibit(
    key: str, store: Store, known: Sequence[Quarter], edition: str, source: Source, note: str
) -> Exhibit | None:
    """London and every borough by quarter in one edition; None where none is recorded."""
    if not known:
        return None
    shares = {(each.geography_code, each.quarter): each for each in known}
    columns = list(dict.fromkeys(each.quarter for each in known))

    def of_quarter(quarter: date) -> Column:
        name = f"elsewhere_{quarter.year}_q{_number(quarter)}_percent"
        label = f"{quarter.year} Q{_number(quarter)}"
        return Column(name, label, True, lambda place: _said(shares.get((place[0], quarter))))

    return Exhibit(
        key=key,
        headline=_headline(store, known),
        subtitle=f"Share of recorded time by borough and quarter, {edition}, in %. Q1 is January to March. Stronger "
        "colour is more. Underlined: fewer than three months. A dash: nothing recorded, which is not zero.",
        table=table(
            "Share of recorded time spent elsewhere by quarter, %",
            (Column("place_name", "Place", cell=lambda place: place[1]), *map(of_quarter, columns)),
            _places(store),
            missing="not recorded",
        ),
        sources=(source,),
        note=note,
    )


def _places(store: Store) -> list[tuple[str, str]]:
    return [(LONDON_CODE, "London"), *((each.borough_code, each.borough_name) for each in all_boroughs(store))]


def _number(quarter: date) -> int:
    return (quarter.month + 2) // 3


def _said(known: Quarter | None) -> Said | None:
    if known is None or known.elsewhere_percent is None:
        return None
    part = "" if known.is_whole else f" ({known.months_count} of 3 months)"
    return Said(f"{known.elsewhere_percent:.1f}{part}", known.elsewhere_percent)


def _headline(store: Store, known: Sequence[Quarter]) -> str:
    """The boroughs with the smallest and the largest share in the newest whole quarter."""
    names, whole = dict(_places(store)), [each for each in known if each.is_whole]
    if not whole:
        return "No whole quarter is recorded yet."
    newest = whole[-1].quarter
    shares = sorted(
        (each.elsewhere_percent, names[each.geography_code])
        for each in whole
        if each.quarter == newest and each.geography_code != LONDON_CODE and each.elsewhere_percent is not None
    )
    months = f"{MONTH_NAMES[newest.month - 1]} to {MONTH_NAMES[newest.month + 1]} {newest.year}"
    if not shares:
        return f"No borough has recorded time in {months}."
    least, most = (f"{percent:.1f}% in {name}" for percent, name in (shares[0], shares[-1]))
    return f"Time elsewhere by borough ran from {least} to {most}, {months}."


def quarters_html(exhibit: Exhibit, store: Store, known: Sequence[Quarter], chosen: str) -> str:
    """The exhibit with its table as a shaded one, the chosen borough below London; the full table is in its fold."""
    shares = {(each.geography_code, each.quarter): each for each in known}
    quarters = list(dict.fromkeys(each.quarter for each in known))
    places = sorted(_places(store), key=lambda place: (place[0] != LONDON_CODE, place[0] != chosen))
    rows = [
        HeatRow(code, name, code == chosen, tuple(_heat(shares.get((code, quarter))) for quarter in quarters))
        for code, name in places
    ]
    heat = render(
        "heat.html",
        caption=exhibit.table.caption,
        quarters=[(quarter.year, _number(quarter)) for quarter in quarters],
        rows=rows,
        early=len(quarters) - ON_A_PHONE,
        london=LONDON_CODE,
    )
    return render("exhibit_head.html", exhibit=exhibit, level=2) + heat + exhibit_foot_html(exhibit, False)


def _heat(known: Quarter | None) -> HeatCell | None:
    if known is None or known.elsewhere_percent is None:
        return None
    step = sum(known.elsewhere_percent >= each for each in STEPS)
    return HeatCell(f"{known.elsewhere_percent:.0f}", step, not known.is_whole)
