"""The Metropolitan Police's workbook "MPS Dedicated Ward Officer Abstractions and Strengths", month by month.

Published on the London Datastore since 9 May 2022
(https://data.london.gov.uk/dataset/mps-dedicated-ward-officer-abstractions-and-strengths-e16kd). Its months move on:
the file of spring 2024 began in May 2018, that of September 2026 in August 2021. It has two sheets: `Strengths`,
full-time equivalents by ward team and rank at each month's end, and `Sheet1`, minutes of activity by ward team, month
and type. They come as one workbook, or as two CSV files.

Each month of each sheet becomes one table for `dwo_strength` or `dwo_activity`, as at the month's last day (the
first of May 2022 had still the wards of 2018). The rows of a month are put in a fixed order, so that a workbook
sorted otherwise gives the same tables. No row is dropped, merged or filled in.
"""

from __future__ import annotations

import csv
import io
import math
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from transparency.core.days import period_end
from transparency.core.text import FORMULA_STARTS, control_character
from transparency.core.vocabulary import OLDEST_WORKBOOK_FROM, Finding, Precision
from transparency.importers.editions import file_names, fingerprints, is_refused
from transparency.importers.sheets import RawSheet, read_sheets
from transparency.importers.teams import Match, Register, team_key
from transparency.importers.workbook import CellError, Cells, Column, FoundSheet, SheetKind, find_sheet, read_day
from transparency.store.descriptors import LARGEST_NUMBER
from transparency.store.descriptors import dataset as described

STRENGTH = "dwo_strength"
ACTIVITY = "dwo_activity"
INVENTED_SHEET = "Invented"  # the sheet by which an invented workbook says that it is one

_TEAM_COLUMNS = (
    Column("month", "Month of Abstraction", ("Date", "Month", "Month end")),
    Column("bcu_name", "BCU", ("OCU", "Basic command unit")),
    Column("borough_code", "Borough", ("Department",)),
    Column("team_name", "Team", ("Ward team", "Team name")),
    Column("published_ward_code", "Ward_Code", is_optional=True),
)
KINDS = {
    STRENGTH: SheetKind(
        "Strengths",
        ("Strength",),
        (
            Column("month", "Date", ("Month", "Month end")),
            Column("business_group_name", "Buisness Group", ("Business Group",), is_optional=True),
            Column("bcu_name", "OCU", ("BCU", "Basic command unit")),
            Column("borough_code", "Department", ("Borough",)),
            *_TEAM_COLUMNS[3:],
            Column("rank", "Rank"),
            Column("fte", "FTE", ("Full time equivalent",)),
        ),
    ),
    ACTIVITY: SheetKind(
        "Sheet1",
        ("Abstractions", "Abstraction", "Activity", "DWO Abstraction", "DWO Abstractions"),
        (
            *_TEAM_COLUMNS,
            Column("is_abstracted", "Abstracted From Duty"),
            Column("abstraction_type", "Abstraction Type", ("Abstracted Type",)),
            Column("minutes", "Abstraction Minutes", ("Abstracted Minutes", "Minutes")),
        ),
    ),
}
_NOTHING = "Nothing needs to be done."
MEASURES = {STRENGTH: "fte", ACTIVITY: "minutes"}
# The order of the columns is also the order of a month's rows.
PUBLISHED_COLUMNS = {
    STRENGTH: (
        "borough_code",
        "bcu_name",
        "team_name",
        "published_ward_code",
        "business_group_name",
        "rank",
        "fte",
    ),
    ACTIVITY: (
        "borough_code",
        "bcu_name",
        "team_name",
        "published_ward_code",
        "abstraction_type",
        "is_abstracted",
        "minutes",
    ),
}
MATCH_COLUMNS = ("ward_code", "match_method", "is_shared", "shared_ward_codes", "is_contradicted")

RANKS = {
    "constable": "constable",
    "constables": "constable",
    "policeconstable": "constable",
    "pc": "constable",
    "pcso": "pcso",
    "pcsos": "pcso",
    "policecommunitysupportofficer": "pcso",
}

_PLAIN_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?(?:e[+-]?[0-9]+)?", re.IGNORECASE)
_THOUSANDS = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?")
_WARD_CODE = re.compile(r"(E05[0-9]{6})N?")
_DATE_FORMS = (
    "%d/%m/%Y", "%d/%m/%y", "%d-%m-%Y", "%d-%b-%Y", "%d %B %Y", "%m/%Y", "%Y-%m", "%B %Y", "%b %Y", "%b-%y", "%B-%y",
)  # fmt: skip
_HOUR = re.compile(r"[ T][0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?:\.[0-9]+)?(?: ?[AP]M)?$", re.IGNORECASE)


@dataclass(frozen=True)
class MonthTable:
    """One month of one sheet as a submission: `source` is its CSV, `total` the workbook's own sum of its FTE or
    minutes, taken before any row was matched, `rows` their number."""

    dataset: str
    as_at: date
    source: bytes
    rows: int
    total: float


@dataclass(frozen=True)
class Workbook:
    """What was read: the months of both sheets, oldest first, and every finding. `months` is empty where one
    finding prevents the import; `file` and `sha256` name what was imported; `is_invented` where it says that its
    figures are."""

    file: str
    sha256: str
    months: tuple[MonthTable, ...]
    findings: tuple[Finding, ...]
    is_invented: bool = False

    @property
    def is_refused(self) -> bool:
        return is_refused(self.findings)


@dataclass(frozen=True)
class _Sheet:
    """A sheet read: for each row the last day of its month, and its columns as they are published."""

    dataset: str
    months: Cells
    columns: dict[str, Cells]
    amounts: npt.NDArray[np.float64]


def read_workbook(
    paths: Sequence[Path], register: Register, today: date, on_step: Callable[[str], None] = lambda step: None
) -> Workbook:
    """Read one workbook, or its two sheets as CSV files, with every finding about them.

    Raises OSError where a file cannot be opened.
    """
    sheets: list[RawSheet] = []
    findings: list[Finding] = []
    for path in paths:
        on_step(f"Reading {path.name}")
        read, problems = read_sheets(path)
        sheets += read
        findings += problems
    file, sha256 = file_names(paths), fingerprints(paths)
    read_in: list[_Sheet] = []
    if not findings:
        on_step("Reading the cells")
        for name, kind in KINDS.items():
            others = [other for other in KINDS.values() if other is not kind]
            found = find_sheet(kind, others, sheets, file)
            if isinstance(found, FoundSheet):
                read_in.append(_read_sheet(name, found, register, today))
                findings += found.findings
            else:
                findings += found
    is_invented = any(sheet.title == INVENTED_SHEET for sheet in sheets)
    del sheets
    if is_refused(findings):
        return Workbook(file, sha256, (), tuple(findings))
    on_step("Matching teams to wards")
    codes = _codes_of_teams(read_in)
    findings += _codes_of_other_sets(codes, register, file)
    tables = [table for sheet in read_in for table in _month_tables(sheet, codes, register)]
    tables.sort(key=lambda table: (table.as_at, table.dataset))
    return Workbook(file, sha256, tuple(tables), tuple(findings), is_invented)


# ---------------------------------------------------------------- cells


def _read_sheet(dataset: str, found: FoundSheet, register: Register, today: date) -> _Sheet:
    measure = MEASURES[dataset]
    days = found.read("month", lambda text: _day(text, today, found.first_serial))
    readers: dict[str, Callable[[str], Any]] = {
        "borough_code": register.borough_code,
        "published_ward_code": _ward_code,
        "rank": _rank,
        "is_abstracted": _flag,
        measure: _amount,
    }
    columns = {name: found.read(name, readers.get(name, _text)) for name in PUBLISHED_COLUMNS[dataset]}
    if dataset == STRENGTH:
        _find_two_dates(found, days)
        _warn_of_ranks(found, columns["rank"])
    months = Cells([None if day is None else period_end(day, Precision.MONTH) for day in days.values], days.places)
    amounts = np.array([math.nan if text is None else float(text) for text in columns[measure].values])
    _warn_of_amounts(found, dataset, columns[measure])
    sheet = _Sheet(dataset, months, columns, amounts[columns[measure].places] if len(amounts) else amounts)
    _warn_of_repeats(found, sheet)
    return sheet


def _text(text: str) -> str:
    if (character := control_character(text)) is not None:
        raise CellError(f"the cell holds the control character {character}, which cannot be shown", "Delete it.")
    plain = " ".join(text.split())
    if plain.startswith(FORMULA_STARTS):
        raise CellError("the cell starts a spreadsheet formula", "Write the value itself, without the sign before it.")
    return plain


def _day(text: str, today: date, first_serial: date) -> date:
    """The day a cell names, whose month is meant; the hour beside it says nothing."""
    day = read_day(_HOUR.sub("", text.strip()), first_serial, _DATE_FORMS)
    if day is None:
        raise CellError("the cell is not a month", "Write the month as a date, such as 31/08/2021.")
    if day < OLDEST_WORKBOOK_FROM:
        raise CellError("the month is before May 2018, when the series begins", "Correct the date.")
    if (day.year, day.month) > (today.year, today.month):
        raise CellError("the month is in the future", "Correct the date.")
    return day


def _ward_code(text: str) -> str:
    """A ward code as it stands, without the N that police neighbourhoods end in. Any other text is kept: it is
    no ward's code, and is reported as such."""
    plain = _text(text).upper()
    code = _WARD_CODE.fullmatch(plain)
    return code.group(1) if code else plain


def _rank(text: str) -> str:
    plain = _text(text)
    return RANKS.get(re.sub(r"[^a-z]", "", plain.casefold()), plain)


def _flag(text: str) -> str:
    flags = {"yes": "true", "no": "false"}
    plain = text.strip().casefold()
    if plain not in flags:
        raise CellError("the flag is neither Yes nor No", "Write Yes or No.")
    return flags[plain]


def _amount(text: str) -> str:
    """A number as plain digits: 12.0 as 12, "1,234" as 1234."""
    plain = text.strip()
    if not plain:
        raise CellError("the number is blank, which is not zero", "Fill it in, or delete the row.")
    if plain.startswith("-") and _is_number(plain[1:]):
        raise CellError("the number is below 0", "Check it against its source.")
    if not _is_number(plain):
        raise CellError("the cell is not a number", "Write the number in digits, such as 480 or 1.5.")
    number = float(plain.replace(",", ""))
    if number > LARGEST_NUMBER:
        raise CellError("the number is too large", "Check it against its source.")
    return np.format_float_positional(number, trim="-")


def _is_number(text: str) -> bool:
    return bool(_PLAIN_NUMBER.fullmatch(text) or _THOUSANDS.fullmatch(text))


# ---------------------------------------------------------------- what the rows say together


def _find_two_dates(found: FoundSheet, days: Cells) -> None:
    """Strength is counted on one day of a month: two days would count everybody twice."""
    of_month: dict[date, list[tuple[date, int]]] = defaultdict(list)
    for place, day in enumerate(days.values):
        if day is not None:
            row = int(found.rows[np.argmax(days.places == place)])
            of_month[period_end(day, Precision.MONTH)].append((day, row))
    for month_end, held in of_month.items():
        different = dict(sorted(held, key=lambda item: item[1], reverse=True))
        for day, row in sorted(different.items(), key=lambda item: item[1])[1:]:
            rule = f"{month_end:%B %Y} has more than one date"
            remedy = "Keep the strengths of one day for each month."
            found.findings.append(Finding(found.file, row, found.titles["month"], day.isoformat(), rule, remedy))


def _warn_of_ranks(found: FoundSheet, ranks: Cells) -> None:
    for place, rank in enumerate(ranks.values):
        if rank is not None and rank not in RANKS.values():
            rows = np.flatnonzero(ranks.places == place)
            rule = f"the rank is neither Constable nor PCSO, in {_rows(len(rows))}; kept separate from both"
            found.warn(int(found.rows[rows[0]]), "rank", rank, rule, _NOTHING)


def _warn_of_amounts(found: FoundSheet, dataset: str, amounts: Cells) -> None:
    """Amounts beyond what the dataset's descriptor expects: imported as they are, and named."""
    (column,) = described(dataset).fields_named([MEASURES[dataset]])
    if column.expected is None:
        return
    for place, amount in enumerate(amounts.values):
        if amount is not None and float(amount) > column.expected.maximum:
            for row in found.rows[amounts.places == place]:
                found.warn(int(row), column.name, amount, column.expected.rule, column.expected.remedy)


def _warn_of_repeats(found: FoundSheet, sheet: _Sheet) -> None:
    keys = np.stack([sheet.months.places, *(cells.places for cells in sheet.columns.values())], axis=1)
    repeats = len(keys) - len(np.unique(keys, axis=0))
    if repeats:
        verb = "repeats" if repeats == 1 else "repeat"
        rule = f"{_rows(repeats)} {verb} an earlier row exactly; kept, because equal sums can be meant"
        found.warn(None, None, None, rule, "Nothing needs to be done unless they are known to be wrong.")


def _rows(number: int) -> str:
    return f"{number:,} row" if number == 1 else f"{number:,} rows"


# ---------------------------------------------------------------- months


def _codes_of_teams(sheets: Iterable[_Sheet]) -> dict[tuple[date, str, str], frozenset[str]]:
    """The workbook's ward codes of each team in each month, from both sheets."""
    codes: dict[tuple[date, str, str], set[str]] = defaultdict(set)
    for sheet in sheets:
        published = sheet.columns["published_ward_code"]
        coded = np.array([bool(code) for code in published.values], dtype=bool)[published.places]
        columns = [sheet.months, sheet.columns["borough_code"], sheet.columns["team_name"], published]
        for (month_end, borough_code, team_name, code), _ in _distinct([cells.of_rows(coded) for cells in columns]):
            codes[month_end, borough_code, team_key(team_name)].add(code)
    return {team: frozenset(held) for team, held in codes.items()}


def _codes_of_other_sets(
    codes: dict[tuple[date, str, str], frozenset[str]], register: Register, file: str
) -> list[Finding]:
    """Ward codes that are of another ward set than their month's, and what became of them; never left unsaid."""
    by: dict[str, set[str]] = {"name": set(), "overlap": set(), "none": set()}
    for (month_end, _, _), published in codes.items():
        for code in published:
            how = register.carried(register.vintage_on(month_end), code).by
            by.get(how, set()).add(code)
    rules = {
        "name": "ward codes of another ward set than their month's, which stand for the wards of their name",
        "overlap": "ward codes of another ward set than their month's, which stand for the wards of their area",
        "none": "ward codes that stand for no ward of their month's set; their teams are matched by name",
    }
    return [
        Finding(file, None, "Ward_Code", _first(by[how]), f"{rule}: {len(by[how])}", _NOTHING, is_warning=True)
        for how, rule in rules.items()
        if by[how]
    ]


def _first(codes: Iterable[str], most: int = 5) -> str:
    ordered = sorted(codes)
    return ", ".join(ordered[:most]) + (", …" if len(ordered) > most else "")


def _distinct(columns: Sequence[Cells]) -> list[tuple[tuple[Any, ...], int]]:
    """Each different combination of the columns' values, with the number it has in `_numbered`."""
    numbers, first = np.unique(_numbered(columns), return_index=True)
    return [
        (tuple(cells.values[cells.places[row]] for cells in columns), int(number))
        for number, row in zip(numbers, first, strict=True)
    ]


def _numbered(columns: Sequence[Cells]) -> npt.NDArray[np.intp]:
    """One number for each row, the same for rows that are equal in these columns."""
    numbers = columns[0].places.astype(np.intp)
    for cells in columns[1:]:
        numbers = numbers * max(len(cells.values), 1) + cells.places
        numbers = np.unique(numbers, return_inverse=True)[1].reshape(-1)
    return numbers


def _month_tables(
    sheet: _Sheet, codes: dict[tuple[date, str, str], frozenset[str]], register: Register
) -> list[MonthTable]:
    team = [sheet.months, sheet.columns["borough_code"], sheet.columns["team_name"]]
    matches: dict[int, tuple[str, ...]] = {}
    for (month_end, borough_code, team_name), number in _distinct(team):
        held = codes.get((month_end, borough_code, team_key(team_name)), frozenset())
        match = register.match(register.vintage_on(month_end), borough_code, team_name, held)
        matches[number] = _match_cells(match)
    names = PUBLISHED_COLUMNS[sheet.dataset]
    of_month = _ranks(sheet.months)
    order = np.lexsort([*(_ranks(sheet.columns[name]) for name in reversed(names)), of_month])
    published = [sheet.columns[name].per_row()[order] for name in names]
    matched = _numbered(team)[order]
    amounts = sheet.amounts[order]
    ends = np.cumsum(np.bincount(of_month)).tolist()
    tables = []
    for month_end, start, end in zip(sorted(sheet.months.values), [0, *ends[:-1]], ends, strict=True):
        cells = [column[start:end] for column in published]
        source = _csv(names, cells, [matches[int(number)] for number in matched[start:end]])
        total = math.fsum(amounts[start:end])
        tables.append(MonthTable(sheet.dataset, month_end, source, end - start, total))
    return tables


def _ranks(cells: Cells) -> npt.NDArray[np.intp]:
    """For each row the place of its value among the values in order."""
    place_of = {value: place for place, value in enumerate(sorted(cells.values))}
    return np.array([place_of[value] for value in cells.values], dtype=np.intp)[cells.places]


def _match_cells(match: Match) -> tuple[str, ...]:
    return (
        match.ward_code or "",
        match.method,
        _truth(match.is_shared),
        " ".join(match.ward_codes) if match.is_shared else "",
        _truth(match.is_contradicted),
    )


def _truth(value: bool) -> str:
    return "true" if value else "false"


def _csv(names: Sequence[str], published: Sequence[Iterable[str]], matches: Sequence[tuple[str, ...]]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("line", *names, *MATCH_COLUMNS))
    writer.writerows(
        (line, *cells, *match)
        for line, (cells, match) in enumerate(zip(zip(*published, strict=True), matches, strict=True), start=1)
    )
    return text.getvalue().encode()
