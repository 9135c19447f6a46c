"""The Metropolitan Police's "Recorded crime: geographic breakdown" by ward: wide CSV files, a column for each month.

Published on the London Datastore (https://data.london.gov.uk/dataset/mps-recorded-crime-geographic-breakdown-exy3m) as
"MPS Ward Level Crime (Historical).csv" and "MPS Ward Level Crime (most recent 24 months).csv". The columns are those
of copies of April 2026: WardName, WardCode, MajorText, MinorText, LookUp_BoroughName, and one for each month, 201004.

The force changed its system at the end of February 2024. Months up to then are taken from files that end by then, later
ones from any; a file that goes on beyond gives no month before, because it has February 2024 in part. Rows of a ward
are added up by month and by group of offences; fraud is left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import numpy.typing as npt

from transparency.core.days import period_end
from transparency.core.vocabulary import Finding, Precision
from transparency.importers.editions import Edition, EditionSource, file_names, fingerprints, is_refused, table
from transparency.importers.sheets import RawSheet, read_sheets
from transparency.importers.workbook import (
    HEADER_WITHIN_ROWS,
    CellError,
    Column,
    FoundSheet,
    SheetKind,
    find_sheet,
    plain_title,
)
from transparency.store.descriptors import dataset

BY_MONTH, BY_GROUP = "ward_crime_month", "ward_crime_group"
LAST_OF_EARLIER_SYSTEM = date(2024, 2, 1)
MOST_OFFENCES = 1_000_000  # of one kind, ward and month: more than all of London has in a year
FIRST_YEAR_BY_GROUP = 2016  # the year to February before the promise was made

_COLUMNS = (
    Column("ward_code", "WardCode", ("Ward Code",)),
    Column("offence_group", "MajorText", ("Major Category", "Major Text")),
)
_MONTH = re.compile(r"((?:19|20)[0-9]{2})(0[1-9]|1[0-2])(?:\.0)?")
_COUNT = re.compile(r"[0-9]+(?:\.0+)?|[0-9]{1,3}(?:,[0-9]{3})+")
_NO_PLACE = -1
_GROUPS = tuple(sorted(dataset(BY_GROUP).fields_named(["offence_group"])[0].enum))
_GROUP_PLACES = {plain_title(group): place for place, group in enumerate(_GROUPS)}
_FRAUD = frozenset({"fraudandforgery", "nfibfraud"})

Counts = npt.NDArray[np.int64]


@dataclass(frozen=True)
class _Month:
    """Offences by ward and group, and which of them the file has a row for."""

    offences: Counts
    has_row: npt.NDArray[np.bool_]


@dataclass(frozen=True)
class _CrimeFile:
    """A file read, fraud and rows of no ward left out."""

    name: str
    months: Mapping[date, _Month]
    findings: Sequence[Finding]

    @property
    def goes_beyond(self) -> bool:
        return max(self.months) > LAST_OF_EARLIER_SYSTEM


def read_crime(
    paths: Sequence[Path], ward_codes: Iterable[str], on_step: Callable[[str], None] = lambda step: None
) -> Edition | list[Finding]:
    """Read the files of one edition together, or what prevents it; raises OSError where one cannot be opened."""
    wards = sorted(ward_codes)
    files: list[_CrimeFile] = []
    findings: list[Finding] = []
    for path in paths:
        on_step(f"Reading {path.name}")
        read = _read_file(path, wards)
        if isinstance(read, _CrimeFile):
            files.append(read)
            findings += read.findings
        else:
            findings += read
    if is_refused(findings):
        return findings
    months, joining = _joined(files)
    findings += joining
    if is_refused(findings):
        return findings
    last = max(months)
    by_group = list(_by_group(months, wards))
    if not by_group:
        rule = "no year to the end of February is whole: no figures by group come of it, and those stored stay"
        remedy = "Hand over the files of a whole year."
        findings.append(Finding(file_names(paths), None, None, None, rule, remedy, is_warning=True))
    source = EditionSource(
        f"mps-ward-crime-{last:%Y-%m}",
        "Metropolitan Police Service",
        f"Recorded crime, geographic breakdown by ward, {min(months):%B %Y} to {last:%B %Y} "
        f"({file_names(paths)}; SHA-256 {fingerprints(paths)})",
        "https://data.london.gov.uk/dataset/mps-recorded-crime-geographic-breakdown-exy3m",
    )
    return Edition(
        file_names(paths),
        period_end(last, Precision.MONTH),
        {
            BY_MONTH: table(BY_MONTH, _by_month(months, wards), source),
            **({BY_GROUP: table(BY_GROUP, by_group, source)} if by_group else {}),
        },
        source,
        tuple(findings),
        ("Fraud is left out.", *_joint(months)),
    )


# ---------------------------------------------------------------- one file


def _read_file(path: Path, wards: Sequence[str]) -> _CrimeFile | list[Finding]:
    sheets, findings = read_sheets(path)
    if findings:
        return findings
    columns = _month_columns(sheets)
    if not columns:
        rule, remedy = "no column is a month, such as 202402", "Hand over the file of wards as it was downloaded."
        return [Finding(path.name, None, None, None, rule, remedy)]
    found = find_sheet(SheetKind("Ward level crime", (), (*_COLUMNS, *columns)), (), sheets, path.name)
    if not isinstance(found, FoundSheet):
        return found
    places = {code: place for place, code in enumerate(wards)}
    wards_read = found.read("ward_code", lambda text: _ward_place(text, places))
    groups_read = found.read("offence_group", _group_place)
    counts_read = {column.name: found.read(column.name, _count) for column in columns}
    if is_refused(found.findings):
        return found.findings
    ward, group = wards_read.per_row().astype(np.int64), groups_read.per_row().astype(np.int64)
    counts = {_month(name): cells.per_row().astype(np.int64) for name, cells in counts_read.items()}
    _warn_of_no_ward(found, ward, counts)
    is_kept = (ward != _NO_PLACE) & (group != _NO_PLACE)
    cells = ward[is_kept] * len(_GROUPS) + group[is_kept]
    shape = len(wards), len(_GROUPS)
    has_row = np.bincount(cells, minlength=len(wards) * len(_GROUPS)).reshape(shape) > 0
    months = {month: _Month(_added_up(cells, held[is_kept], shape), has_row) for month, held in counts.items()}
    return _CrimeFile(path.name, months, found.findings)


def _month_columns(sheets: Sequence[RawSheet]) -> list[Column]:
    """The titles that are months, wherever in the first rows the header stands."""
    titles = {str(cell).strip() for sheet in sheets for row in sheet.rows[:HEADER_WITHIN_ROWS] for cell in row}
    return [Column(title[:6], title) for title in sorted(titles) if _MONTH.fullmatch(title)]


def _month(title: str) -> date:
    return date(int(title[:4]), int(title[4:6]), 1)


def _ward_place(text: str, places: Mapping[str, int]) -> int:
    plain = text.strip().upper()
    if plain and plain not in places:
        raise CellError("the ward is not of the 2022 set", "Hand over the file of today's wards, as it was downloaded.")
    return places.get(plain, _NO_PLACE)


def _group_place(text: str) -> int:
    plain = plain_title(text)
    if plain in _FRAUD:
        return _NO_PLACE
    if plain not in _GROUP_PLACES:
        remedy = "Compare the titles of its groups with an earlier file."
        raise CellError("the group of offences is neither one of the eleven nor fraud", remedy)
    return _GROUP_PLACES[plain]


def _count(text: str) -> int:
    plain = text.strip()
    if not plain:
        raise CellError("the count is blank, which is not zero", "Fill it in, or leave the month out.")
    if not _COUNT.fullmatch(plain):
        raise CellError("the count is not a whole number of 0 or more", "Check it against its source.")
    count = float(plain.replace(",", ""))
    if count > MOST_OFFENCES:
        raise CellError("the count is too large", "Check it against its source.")
    return int(count)


def _added_up(cells: npt.NDArray[np.int64], counts: npt.NDArray[np.int64], shape: tuple[int, int]) -> Counts:
    offences = np.zeros(shape[0] * shape[1], dtype=np.int64)
    np.add.at(offences, cells, counts)
    return offences.reshape(shape)


def _warn_of_no_ward(found: FoundSheet, ward: Counts, counts: Mapping[date, Counts]) -> None:
    """Rows of no ward are left out of every ward, and said."""
    rows = np.flatnonzero(ward == _NO_PLACE)
    if len(rows):
        offences = sum(int(held[rows].sum()) for held in counts.values())
        rule = f"the ward is blank; rows in no ward's figures: {len(rows):,}, offences: {offences:,}"
        found.warn(int(found.rows[rows[0]]), "ward_code", None, rule, "Nothing needs to be done.")


# ---------------------------------------------------------------- the files together


def _joined(files: Sequence[_CrimeFile]) -> tuple[dict[date, _Month], list[Finding]]:
    """Each month from the file that gives it; a month that two files give otherwise is refused."""
    months: dict[date, _Month] = {}
    findings: list[Finding] = []
    for file in files:
        taken = {month: held for month, held in file.months.items() if not _is_partial(month, file)}
        findings += _left_out(file, [month for month in file.months if month not in taken])
        for month, held in taken.items():
            if not np.array_equal(months.setdefault(month, held).offences, held.offences):
                remedy = "Hand over files that were published on one day, or one file for each month."
                rule = "the month is in another file too, with other figures"
                findings.append(Finding(file.name, None, f"{month:%Y%m}", None, rule, remedy))
    if not months:
        rule, remedy = "there is no month to take", "Hand over the file of the earlier system as well."
        findings.append(Finding(_names(files), None, None, None, rule, remedy))
    return months, [*findings, *_gaps(months, _names(files))]


def _names(files: Sequence[_CrimeFile]) -> str:
    return " and ".join(file.name for file in files)


def _is_partial(month: date, file: _CrimeFile) -> bool:
    return file.goes_beyond and month <= LAST_OF_EARLIER_SYSTEM


def _left_out(file: _CrimeFile, months: Sequence[date]) -> Iterator[Finding]:
    if months:
        rule = "months up to February 2024 are left out: the file goes on beyond, and need not have them whole"
        remedy = "Hand over the file that ends in February 2024 as well, if it was not."
        named = f"{months[0]:%Y%m}" if len(months) == 1 else f"{months[0]:%Y%m} to {months[-1]:%Y%m}"
        yield Finding(file.name, None, None, named, rule, remedy, is_warning=True)


def _gaps(months: Mapping[date, _Month], file: str) -> Iterator[Finding]:
    if not months:
        return
    missing = [f"{month:%Y%m}" for month in _months_between(min(months), max(months)) if month not in months]
    if missing:
        rule = "months between the first and the last are in no file; they are missing, and so are their years"
        yield Finding(file, None, None, ", ".join(missing), rule, "Hand over their file as well.", is_warning=True)


def _joint(months: Mapping[date, _Month]) -> tuple[str, ...]:
    if min(months) > LAST_OF_EARLIER_SYSTEM or max(months) <= LAST_OF_EARLIER_SYSTEM:
        return ()
    return ("Months to February 2024 are of the force's earlier system, later ones of its present one: each row says.",)


# ---------------------------------------------------------------- the tables


def _by_month(months: Mapping[date, _Month], wards: Sequence[str]) -> Iterator[tuple[object, ...]]:
    for place, ward_code in enumerate(wards):
        for month in sorted(months):
            held = months[month]
            if held.has_row[place].any():
                is_earlier = month <= LAST_OF_EARLIER_SYSTEM
                system = "until_february_2024" if is_earlier else "since_march_2024"
                yield ward_code, month.isoformat(), int(held.offences[place].sum()), system


def _by_group(months: Mapping[date, _Month], wards: Sequence[str]) -> Iterator[tuple[object, ...]]:
    years = [(end, held) for end in _year_ends(months) if (held := _year(months, end))]
    added = [(end, _sum([month.offences for month in held]), _any_row(held)) for end, held in years]
    for place, ward_code in enumerate(wards):
        for end, offences, has_row in added:
            year_ending = period_end(end, Precision.MONTH).isoformat()
            for group_place, group in enumerate(_GROUPS):
                if has_row[place, group_place]:
                    yield ward_code, year_ending, group, int(offences[place, group_place])


def _year_ends(months: Mapping[date, _Month]) -> list[date]:
    return [month for month in sorted(months) if month.month == 2 and month.year >= FIRST_YEAR_BY_GROUP]


def _year(months: Mapping[date, _Month], end: date) -> list[_Month]:
    """The twelve months to the end of February; none where one is missing."""
    of_year = list(_months_between(end.replace(year=end.year - 1, month=3), end))
    return [months[month] for month in of_year] if all(month in months for month in of_year) else []


def _sum(offences: Sequence[Counts]) -> Counts:
    summed: Counts = np.sum(np.stack(offences), axis=0)
    return summed


def _any_row(months: Sequence[_Month]) -> npt.NDArray[np.bool_]:
    any_row: npt.NDArray[np.bool_] = np.any(np.stack([month.has_row for month in months]), axis=0)
    return any_row


def _months_between(first: date, last: date) -> Iterator[date]:
    month = first
    while month <= last:
        yield month
        month = date(month.year + month.month // 12, month.month % 12 + 1, 1)
