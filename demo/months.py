# ruff: noqa: S311 - nothing here is secret: the same seed must give the same rows
"""An invented monthly workbook in the format of the Metropolitan Police's, with every quirk the real one has.

For the demonstration store, the tests and the benchmarks: the same importer reads it as the real one. Seeded: the
same arguments give the same bytes. No figure in it is or was ever true, and a sheet of the workbook says so: the
importer takes such a workbook into a demonstration store only.
"""

from __future__ import annotations

import csv
import random
from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import partial
from pathlib import Path
from typing import Any

from transparency.importers.dwo import INVENTED_SHEET

FULL_STRENGTH_ROWS = 73_567
FULL_ACTIVITY_ROWS = 126_230
FULL_MONTHS = (date(2021, 8, 1), date(2026, 7, 1))
WARD_CODES_FROM = date(2025, 11, 1)
CAMDEN_CODE = "E09000007"
CAMDEN_GAP = (date(2024, 8, 1), date(2026, 7, 1))

STRENGTH_HEADER = ("Date", "Buisness Group", "OCU", "Department", "Team", "Rank", "FTE")
ACTIVITY_HEADER = (
    "Month of Abstraction",
    "BCU",
    "Borough",
    "Team",
    "Abstracted From Duty",
    "Abstraction Type",
    "Abstraction Minutes",
    "Ward_Code",
)

_OTHER_SPELLINGS = {
    "Barking and Dagenham": "Barking & Dagenham",
    "Hammersmith and Fulham": "Hammersmith & Fulham",
    "Kensington and Chelsea": "Kensington & Chelsea",
    "Kingston upon Thames": "Kingston",
    "Richmond upon Thames": "Richmond",
}
_DUTY = "Dedicated Ward Duty"
_TYPES = (
    ("Aid - Public Order", "Yes"),
    ("Court", "Yes"),
    ("Custody Support", "Yes"),
    ("Response Cover", "Yes"),
    ("Training", "No"),
    ("Team Meeting", "No"),
)
_YES = ("Yes", "Yes", "Yes", "Yes ", " YES", "yes")
_NO = ("No", "No", "No", " No", "NO", "no ")
_MINUTES_A_MONTH = 9_600
_EVENT_MONTHS = {8: 2.2, 12: 1.6}  # Notting Hill Carnival, New Year's Eve


@dataclass(frozen=True)
class Team:
    """A ward team: how it is called, what it carries as its ward code, and the usual size of its two ranks."""

    borough_code: str
    name: str
    published_code: str
    constables: float
    pcsos: float
    away: float


@dataclass
class Invention:
    """The rows of both sheets, as the cells of a workbook, and the aliases that some of its teams need."""

    strengths: list[tuple[Any, ...]] = field(default_factory=list)
    activity: list[tuple[Any, ...]] = field(default_factory=list)
    aliases: list[tuple[Any, ...]] = field(default_factory=list)

    def write_xlsx(self, path: Path) -> None:
        """Write the workbook. A large one is written row by row, with its text in the cells."""
        import xlsxwriter

        is_large = len(self.activity) > 2 * FULL_ACTIVITY_ROWS
        with xlsxwriter.Workbook(str(path), {"constant_memory": is_large}) as workbook:
            workbook.set_properties({"created": datetime(2026, 1, 1)})
            day = workbook.add_format({"num_format": "dd/mm/yyyy"})
            for name, header, rows in (
                ("Sheet1", ACTIVITY_HEADER, self.activity),
                ("Strengths", STRENGTH_HEADER, self.strengths),
            ):
                sheet = workbook.add_worksheet(name)
                sheet.write_row(0, 0, header)
                for number, (month, *cells) in enumerate(rows, start=1):
                    sheet.write_datetime(number, 0, datetime.combine(month, time()), day)
                    for place, cell in enumerate(cells, start=1):
                        if isinstance(cell, str):
                            sheet.write_string(number, place, cell)
                        else:
                            sheet.write_number(number, place, cell)
            workbook.add_worksheet(INVENTED_SHEET).write_string(0, 0, "Every figure in this workbook is invented.")

    def write_csv(self, folder: Path) -> tuple[Path, Path]:
        """Write the two sheets as CSV files: Strengths.csv and Sheet1.csv."""
        paths = folder / "Strengths.csv", folder / "Sheet1.csv"
        for path, header, rows in zip(
            paths, (STRENGTH_HEADER, ACTIVITY_HEADER), (self.strengths, self.activity), strict=True
        ):
            with path.open("w", encoding="utf-8", newline="") as file:
                writer = csv.writer(file)
                writer.writerow(header)
                writer.writerows((f"{month:%d/%m/%Y}", *cells) for month, *cells in rows)
        return paths

    def write_aliases(self, path: Path) -> None:
        """Add the aliases to a table of reviewed ones."""
        with path.open("a", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows(self.aliases)


def invent(
    reference: Path,
    seed: int = 20210801,
    first: date = FULL_MONTHS[0],
    last: date = FULL_MONTHS[1],
    strength_rows: int | None = None,
    activity_rows: int | None = None,
    parts: int = 1,
    restated: Iterable[date] = (),
) -> Invention:
    """Invent the months from `first` to `last`, for the wards and boroughs of a folder of reference tables.

    With `strength_rows` and `activity_rows` the sheets have so many rows (times `parts`, into which every row is
    divided); some of them repeat another exactly. The months of `restated` differ from what the same seed gives
    without them, and no other month does.
    """
    boroughs = {row["borough_code"]: row for row in _rows(reference / "boroughs.csv")}
    invention = Invention()
    teams = {
        vintage: _teams(vintage, _rows(reference / f"wards_{vintage}.csv"), random.Random(seed + vintage), invention)
        for vintage in (2018, 2022)
    }
    optional_strengths: list[int] = []
    optional_activity: list[int] = []
    for month in _months(first, last):
        rng = random.Random(f"{seed} {month}")
        for team in teams[2018 if month < date(2022, 5, 1) else 2022]:
            borough = boroughs[team.borough_code]
            if not (team.borough_code == CAMDEN_CODE and CAMDEN_GAP[0] <= month <= CAMDEN_GAP[1]):
                _add_strength(invention.strengths, optional_strengths, month, team, borough, rng)
            _add_activity(invention.activity, optional_activity, month, team, borough, rng)
    changed = {(month.year, month.month) for month in restated}
    invention.strengths = [_restated(row, 0.5) if _is_of(row, changed) else row for row in invention.strengths]
    invention.activity = [_restated(row, 60) if _is_of(row, changed) else row for row in invention.activity]
    rng = random.Random(seed)
    invention.strengths = _sized(invention.strengths, optional_strengths, strength_rows, rng)
    invention.activity = _sized(invention.activity, optional_activity, activity_rows, rng)
    if parts > 1:
        invention.strengths = [part for row in invention.strengths for part in _divided(row, 6, parts)]
        invention.activity = [part for row in invention.activity for part in _divided(row, 6, parts)]
    return invention


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _months(first: date, last: date) -> list[date]:
    numbers = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    return [date(number // 12, number % 12 + 1, 1) for number in numbers]


# ---------------------------------------------------------------- teams


def _teams(vintage: int, wards: Sequence[dict[str, str]], rng: random.Random, invention: Invention) -> list[Team]:
    """One team for most wards, and every irregular kind of team for a few, spread over the boroughs."""
    by_borough: dict[str, list[dict[str, str]]] = defaultdict(list)
    for ward in wards:
        by_borough[ward["borough_code"]].append(ward)
    teams: list[Team] = []
    for number, (borough_code, there) in enumerate(sorted(by_borough.items())):
        strength = rng.uniform(0.9, 1.15)
        away = rng.uniform(0.05, 0.16)
        for place, ward in enumerate(there):
            size = strength * (1.6 if rng.random() < 0.15 else 1.0)
            team = partial(_team, borough_code, size=size, away=away * rng.uniform(0.5, 2))
            name, code = ward["ward_name"], ward["ward_code"]
            kind = (place, number % 6) if len(there) > 4 else (-1, -1)
            if kind == (0, 0):  # covers the next ward too
                teams.append(team(f"{name} and {there[1]['ward_name']}", ""))
            elif kind == (1, 0):
                continue
            elif kind == (0, 1):  # a second team, of another name, for the same ward
                teams += [team(name, code, share=0.6), team(f"{name} Town Centre Patrol", "", share=0.4)]
                invention.aliases.append(_alias(vintage, borough_code, f"{name} Town Centre Patrol", code))
            elif kind == (0, 2):  # a name that only a reviewed alias explains
                teams.append(team(f"Sector {number} Neighbourhood Team", ""))
                invention.aliases.append(_alias(vintage, borough_code, f"Sector {number} Neighbourhood Team", code))
            elif kind == (0, 3):  # a name that nothing explains
                teams.append(team(f"Hub {number} Reserve", ""))
            elif kind == (0, 4):  # misspelt: only the workbook's own code tells
                teams.append(team(name[:3] + name[4:], code))
            elif kind == (0, 5):  # carries the code of another ward of its borough
                teams.append(team(name, there[1]["ward_code"]))
            elif kind == (2, 5):  # carries a code of another borough
                teams.append(team(name, wards[0]["ward_code"]))
            elif kind == (2, 4):  # carries a code of no ward in force
                teams.append(team(name, "E05000001"))
            elif kind == (2, 3):  # written otherwise than the ward
                teams.append(team(f" {name.upper().replace('&', 'and')} Ward ", code))
            else:
                teams.append(team(name, code if rng.random() < 0.8 else ""))
    return teams


def _team(borough_code: str, name: str, code: str, size: float, away: float, share: float = 1.0) -> Team:
    return Team(borough_code, name, code, 2.2 * size * share, 1.15 * size * share, away)


def _alias(vintage: int, borough_code: str, team_name: str, ward_code: str) -> tuple[Any, ...]:
    return vintage, borough_code, team_name, ward_code, "2026-01-05", "Invented"


# ---------------------------------------------------------------- rows


def _add_strength(
    rows: list[tuple[Any, ...]],
    optional: list[int],
    month: date,
    team: Team,
    borough: dict[str, str],
    rng: random.Random,
) -> None:
    month_end = month.replace(day=monthrange(month.year, month.month)[1])
    place = ("Frontline Policing", borough["bcu_code"], _borough(borough["borough_name"], rng), team.name)
    rows.append((month_end, *place, "Constable", _fte(team.constables, rng)))
    if rng.random() < 0.94:
        optional.append(len(rows))
        rows.append((month_end, *place, rng.choice(("PCSO", "PCSO", "PCSO ")), _fte(team.pcsos, rng)))
    if rng.random() < 0.001:
        rows.append((month_end, *place, "Sergeant", 1))


def _add_activity(
    rows: list[tuple[Any, ...]],
    optional: list[int],
    month: date,
    team: Team,
    borough: dict[str, str],
    rng: random.Random,
) -> None:
    spelt = _borough(borough["borough_name"], rng)
    place = (f"{borough['bcu_name']} BCU", spelt if rng.random() < 0.5 else f"{spelt} Borough", team.name)
    code = team.published_code if month >= WARD_CODES_FROM else ""
    whole = _MINUTES_A_MONTH * (team.constables + team.pcsos) * rng.uniform(0.8, 1.1)
    away = min(0.6, team.away * _EVENT_MONTHS.get(month.month, 1.0) * rng.uniform(0.7, 1.3))
    rows.append((month, *place, rng.choice(_NO), _DUTY, _minutes(whole * (1 - away), rng), code))
    for kind, flag in rng.sample(_TYPES, rng.choice((2, 3, 3))):
        optional.append(len(rows))
        flags = _YES if flag == "Yes" else _NO
        rows.append((month, *place, rng.choice(flags), kind, _minutes(whole * away * rng.uniform(0.2, 0.6), rng), code))


def _borough(name: str, rng: random.Random) -> str:
    return _OTHER_SPELLINGS.get(name, name) if rng.random() < 0.9 else name


def _fte(usual: float, rng: random.Random) -> float:
    """Whole and part-time people, with a vacancy now and then."""
    return max(0.0, round(usual + rng.choice((-1, -0.4, 0, 0, 0, 0, 0, 0.2)), 2))


def _minutes(number: float, rng: random.Random) -> int | str:
    """Minutes, sometimes as text with a comma between the thousands."""
    whole = round(number)
    return f"{whole:,}" if rng.random() < 0.03 else whole


def _is_of(row: tuple[Any, ...], months: set[tuple[int, int]]) -> bool:
    return (row[0].year, row[0].month) in months


def _restated(row: tuple[Any, ...], more: float) -> tuple[Any, ...]:
    """The row with a larger amount, for boroughs, or commands, of every second initial letter."""
    if isinstance(row[6], str) or ord(row[2][0]) % 2:
        return row
    return (*row[:6], round(row[6] + more, 2), *row[7:])


def _sized(
    rows: list[tuple[Any, ...]], optional: Sequence[int], size: int | None, rng: random.Random
) -> list[tuple[Any, ...]]:
    """The rows with a few of them repeated exactly; of a given size, by leaving out some of the optional ones."""
    repeats = rng.sample(rows, max(2, len(rows) // 2000))
    if size is None:
        return [*rows, *repeats]
    surplus = len(rows) + len(repeats) - size
    if not 0 <= surplus <= len(optional):
        raise ValueError(f"{len(rows):,} rows cannot be brought to {size:,}.")
    left_out = set(rng.sample(list(optional), surplus))
    return [*(row for place, row in enumerate(rows) if place not in left_out), *repeats]


def _divided(row: tuple[Any, ...], amount_at: int, parts: int) -> list[tuple[Any, ...]]:
    """A row as several that add up to it, to the hundredth."""
    amount = row[amount_at]
    number = float(amount.replace(",", "")) if isinstance(amount, str) else float(amount)
    hundredths = round(number * 100)
    shares = [hundredths // parts + (1 if n < hundredths % parts else 0) for n in range(parts)]
    return [(*row[:amount_at], share / 100, *row[amount_at + 1 :]) for share in shares]
