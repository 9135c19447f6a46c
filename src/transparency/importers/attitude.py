"""City Hall's Public Attitude Survey by borough: the sheet Borough of its dashboard's workbook, or the same as CSV.

Published by the Mayor's Office for Policing and Crime on the London Datastore
(https://data.london.gov.uk/dataset/mopac-surveys) as "PAS_T&Cdashboard_to Q3 23-24.xlsx". The columns are those of two
copies of that sheet: Date (a quarter's end), Survey, Borough, Measure, Proportion (of those asked, 0 to 1) and MPS,
which is London's proportion, the same in every row of a quarter and measure. Proportions become whole per cent, a
half up. Of the surveys and measures in the sheet only those of `public_attitude_borough` are taken.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from transparency.core.vocabulary import LONDON_CODE, Finding
from transparency.importers.editions import Edition, EditionSource, file_names, fingerprints, is_refused, table
from transparency.importers.sheets import read_sheets
from transparency.importers.teams import Register
from transparency.importers.workbook import CellError, Column, FoundSheet, SheetKind, find_sheet, plain_title, read_day

ATTITUDE = "public_attitude_borough"

_KIND = SheetKind(
    "Borough",
    ("Boroughs", "PAS Borough", "PAS_Borough"),
    (
        Column("quarter_end", "Date", ("Quarter", "Quarter end")),
        Column("survey", "Survey", is_optional=True),
        Column("borough_code", "Borough"),
        Column("measure", "Measure"),
        Column("percent", "Proportion"),
        Column("london_percent", "MPS", ("London",)),
    ),
)
_MEASURES = {
    "goodjoblocal": "good_job_local",
    "contactwardofficer": "knows_how_to_contact_ward_officer",
    "informedlocal": "feels_informed_local",
    "listentoconcerns": "listen_to_concerns",
    "reliedontobethere": "relied_on_to_be_there",
    "treateveryonefairly": "treat_everyone_fairly",
    "trustmps": "trust_mps",
    "understandissues": "understand_issues",
}
_QUARTER_ENDS = {(3, 31), (6, 30), (9, 30), (12, 31)}
_DATE_FORMS = ("%d/%m/%Y", "%d-%b-%Y", "%Y-%m-%d %H:%M:%S", "%d/%m/%Y %H:%M")


@dataclass(frozen=True)
class _Answer:
    """A row of the sheet; `measure` is None where it is none shown here, a percentage where the cell is blank."""

    row: int
    survey: str
    measure: str | None
    borough_code: str
    quarter_end: date
    percent: int | None
    london_percent: int | None

    @property
    def is_shown(self) -> bool:
        return self.survey in ("", "pas") and self.measure is not None


@dataclass(frozen=True)
class _Row:
    """A row of the dataset."""

    geography_code: str
    quarter_end: date
    measure: str
    percent: int


def read_attitude(path: Path, register: Register, today: date) -> Edition | list[Finding]:
    """Read one edition of the survey, or what prevents it; raises OSError where the file cannot be opened."""
    sheets, findings = read_sheets(path)
    if findings:
        return findings
    found = find_sheet(_KIND, (), sheets, path.name)
    if not isinstance(found, FoundSheet):
        return found
    answers = _answers(found, register, today)
    rows = [] if is_refused(found.findings) else _rows(found, answers)
    if is_refused(found.findings):
        return found.findings
    if not rows:
        rule, remedy = "no row is of a survey and measure shown here", "Hand over the sheet by borough."
        return [Finding(found.file, None, None, None, rule, remedy)]
    first, last = min(row.quarter_end for row in rows), max(row.quarter_end for row in rows)
    file = file_names([path])
    source = EditionSource(
        f"mopac-pas-borough-{last:%Y-%m}",
        "Mayor's Office for Policing and Crime",
        f"Public Attitude Survey by borough and quarter, {first:%B %Y} to {last:%B %Y} "
        f"({file}; SHA-256 {fingerprints([path])})",
        "https://data.london.gov.uk/dataset/mopac-surveys",
    )
    cells = ((row.geography_code, row.quarter_end.isoformat(), row.measure, row.percent) for row in rows)
    return Edition(file, last, {ATTITUDE: table(ATTITUDE, cells, source)}, source, tuple(found.findings))


def _answers(found: FoundSheet, register: Register, today: date) -> list[_Answer]:
    readers: dict[str, Callable[[str], Any]] = {
        "survey": plain_title,
        "measure": lambda text: _MEASURES.get(plain_title(text)),
        "borough_code": register.borough_code,
        "quarter_end": lambda text: _quarter_end(text, found.first_serial, today),
        "percent": _percent,
        "london_percent": _percent,
    }
    columns = [found.read(name, reader).per_row() for name, reader in readers.items()]
    return [_Answer(int(row), *cells) for row, *cells in zip(found.rows, *columns, strict=True)]


# ---------------------------------------------------------------- cells


def _quarter_end(text: str, first_serial: date, today: date) -> date:
    day = read_day(text.strip(), first_serial, _DATE_FORMS)
    if day is None or (day.month, day.day) not in _QUARTER_ENDS:
        raise CellError("the cell is not the last day of a quarter", "Write it as a date, such as 31/12/2023.")
    if day > today:
        raise CellError("the quarter has not ended", "Correct the date.")
    return day


def _percent(text: str) -> int | None:
    """A proportion as whole per cent; None where the cell is blank, which is not zero."""
    plain = text.strip()
    if not plain:
        return None
    try:
        proportion = Decimal(plain)
    except InvalidOperation:
        raise CellError("the cell is not a number", "Write the proportion in digits, such as 0.41.") from None
    if not (proportion.is_finite() and 0 <= proportion <= 1):
        raise CellError("the proportion is not between 0 and 1", "Write 41 % as 0.41.")
    return int((100 * proportion).quantize(Decimal(1), ROUND_HALF_UP))


# ---------------------------------------------------------------- rows


def _rows(found: FoundSheet, answers: Sequence[_Answer]) -> list[_Row]:
    """A row for each borough, quarter and measure asked, and one for London; keeps what is wrong in `found`."""
    shown = [answer for answer in answers if answer.is_shown]
    if len(shown) < len(answers):
        rule = f"rows of other surveys or measures, left out: {len(answers) - len(shown):,}"
        found.warn(None, None, None, rule, "Nothing needs to be done.")
    blank = [answer for answer in shown if answer.percent is None]
    if blank:
        rule = f"the proportion is blank, which is missing and not zero; rows: {len(blank):,}"
        found.warn(blank[0].row, "percent", None, rule, "Nothing needs to be done.")
    rows: dict[tuple[date, str, str], int] = {}
    for answer in shown:
        for code, percent in ((answer.borough_code, answer.percent), (LONDON_CODE, answer.london_percent)):
            key = (answer.quarter_end, code, str(answer.measure))
            if percent is None:
                continue
            if key in rows and (code != LONDON_CODE or rows[key] != percent):
                found.findings.append(_contradiction(found, answer, code == LONDON_CODE))
            rows.setdefault(key, percent)
    return [_Row(code, quarter, measure, percent) for (quarter, code, measure), percent in sorted(rows.items())]


def _contradiction(found: FoundSheet, answer: _Answer, is_london: bool) -> Finding:
    column = found.titles["london_percent" if is_london else "borough_code"]
    rule = (
        "London's proportion is another one in an earlier row of the quarter and measure"
        if is_london
        else "the borough has an earlier row of the quarter and measure"
    )
    return Finding(found.file, answer.row, column, None, rule, "Keep the row that is right.")
