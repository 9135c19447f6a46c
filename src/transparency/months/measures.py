"""What is measured of a ward in a month: each measure declared once.

The ward's page, the borough's table with its file, the API with its description, and the data dictionary
walk `MEASURES`. To add one: its column in `sql/73_dwo_ward_month.sql`, its field of `WardMonth` and its entry here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from transparency.core.vocabulary import PROMISED_PCS, PROMISED_PCSOS, HalfStatus, WardStatus
from transparency.exhibits.exhibit import Cell, Column
from transparency.months.sentences import FTE_CAVEAT, SHARE_CAVEAT, fte

FTE = "FTE"


@dataclass(frozen=True)
class WardMonth:
    """A ward in a month: full-time equivalents of its own teams, None where not published; what teams it shares
    with other wards have; minutes on duty and abstracted, and the share in per cent."""

    month: date
    as_at: date
    vintage: int
    ward_code: str
    ward_name: str
    borough_code: str
    ward_status: WardStatus
    constable_status: HalfStatus
    pcso_status: HalfStatus
    constable_fte: float | None
    pcso_fte: float | None
    other_rank_fte: float | None
    shared_constable_fte: float | None
    shared_pcso_fte: float | None
    teams_count: int
    is_above_minimum: bool
    minutes: float | None
    minutes_abstracted: float | None
    abstraction_pct: float | None
    population_count: int | None
    population_year: int | None


@dataclass(frozen=True)
class Measure:
    """A number of a ward in a month. `name` is its column, `api_name` its name in the API, `shown` a value as readers
    see it; `sentence` says what it counts and `caveat` what it does not say."""

    name: str
    label: str
    unit: str
    sentence: str
    caveat: str
    api_name: str
    shown: Callable[[float], str | int]

    @property
    def heading(self) -> str:
        return f"{self.label}, {self.unit}"

    def of(self, month: WardMonth) -> float | None:
        """The measure in a month; None where it is not published."""
        value: float | None = getattr(month, self.name)
        return value

    def cell(self, month: WardMonth) -> Cell:
        """The same as a cell."""
        value = self.of(month)
        return None if value is None else self.shown(value)


MEASURES = (
    Measure(
        "constable_fte",
        "Constables",
        FTE,
        "Full-time equivalents of the police constables in teams that are this ward's own",
        FTE_CAVEAT,
        "constable",
        lambda value: fte(value, PROMISED_PCS),
    ),
    Measure(
        "pcso_fte",
        "PCSOs",
        FTE,
        "Full-time equivalents of the police community support officers in teams that are this ward's own",
        FTE_CAVEAT,
        "pcso",
        lambda value: fte(value, PROMISED_PCSOS),
    ),
    Measure(
        "abstraction_pct",
        "Time spent elsewhere",
        "%",
        "Share of the recorded minutes of this ward's own teams that the Met counts as spent elsewhere",
        SHARE_CAVEAT,
        "abstraction_pct",
        round,
    ),
)


def measure_columns() -> tuple[Column, ...]:
    """A column of each measure, for tables of wards or months."""
    return tuple(Column(each.name, each.heading, True, each.cell) for each in MEASURES)
