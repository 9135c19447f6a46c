"""The demonstration store: an invented programme of 2016-17, to show the dashboard with every ward known.

Nothing in it is or was ever true. The store says so in `store.json`, its one source says so, and the evidence of every
row is `demonstration`; the checks refuse such rows, and that source, in a store of facts.

It is invented from a hash of names and never from a clock, so that every run writes the same bytes. What is invented:

- A reading of every ward at the end of each month from July 2016 to December 2017. On 21 July 2016, 4 January 2017 and
  28 December 2017 every ward has a row, and London's sums are those London published: 100, 395 and 629 wards with two
  constables; 1,024 constables on the second day and 1,258 on the third.
- Boroughs that go faster and slower; constables lent to a busier ward, which then has three while the lender has none;
  posts that fall vacant and are filled again; wards with two PCSOs.
- Gaps: boroughs without a return for a month, wards left out, a borough that does not count its PCSOs at first.
- Revisions: a borough whose return comes late, a slip of the keyboard, two wards exchanged.

- The monthly workbook since August 2021 (invented_dwo.py), read by the importer of the real one.

Sites are left out: an invented police counter could send someone to a door that is not there (docs/adr/0007). The
reference tables are those of the real store, copied, so that `verify` can hold the declaration to its hash.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from demo.months import FULL_ACTIVITY_ROWS, FULL_MONTHS, FULL_STRENGTH_ROWS, Invention, invent
from transparency.core.errors import StoreError
from transparency.core.project import EMBEDDED_DATA
from transparency.core.vocabulary import LONDON_CODE, Evidence
from transparency.publishing.import_workbook import import_dwo
from transparency.publishing.reading import read_table
from transparency.store.descriptors import dataset
from transparency.store.reference import SUMS_FILE, reference_sums
from transparency.store.snapshots import Snapshot, commit, publishing_area, stage
from transparency.store.store import DEMONSTRATION_NOTICE

NOTE = (
    "An invented programme of 2016 and 2017, and invented months since August 2021. Nothing in this store describes a "
    "real ward, and nothing in it may be published as a fact. The names of wards and boroughs are real."
)
SOURCE_ID = SOURCE_KIND = "demonstration"

PROMISED = date(2016, 7, 21)
NEW_YEAR = date(2017, 1, 4)
DECLARED = date(2017, 12, 28)
# Wards with two constables on the three days on which London's sum is held to what London published.
WARDS_WITH_TWO_PCS = {PROMISED: 100, NEW_YEAR: 395, DECLARED: 629}
DAYS = (
    PROMISED,
    *(date(2016, 8, 31), date(2016, 9, 30), date(2016, 10, 31), date(2016, 11, 30), date(2016, 12, 31)),
    NEW_YEAR,
    *(date(2017, 2, 28), date(2017, 3, 31), date(2017, 4, 30), date(2017, 5, 31), date(2017, 6, 30)),
    *(date(2017, 7, 31), date(2017, 8, 31), date(2017, 9, 30), date(2017, 10, 31), date(2017, 11, 30)),
    DECLARED,
)

LATE_BOROUGH = "Enfield"
LATE_FROM = date(2016, 9, 30)
NO_RETURN = {
    "Enfield": (date(2016, 10, 31), date(2017, 5, 31)),
    "Kingston upon Thames": (date(2016, 8, 31), date(2016, 9, 30)),
    "Havering": (date(2017, 2, 28),),
}
WARDS_LEFT_OUT_ON = date(2017, 7, 31)
PCSOS_NOT_COUNTED = {"Merton": (date(2016, 8, 31), date(2016, 9, 30), date(2016, 10, 31), date(2016, 11, 30))}
SLIPPED_IN, SLIPPED_ON = "Barnet", NEW_YEAR
EXCHANGED_IN, EXCHANGED_ON = "Camden", date(2017, 6, 30)

DAYS_TO_PUBLISH = 12
DAYS_TO_REVISE = 14
MONTHLY_IMPORTED_ON = date(2026, 8, 12)

Progress = Callable[[str], None]


@dataclass(frozen=True)
class DemonstrationWard:
    """A ward of the 2014 set and what is invented of it.

    `second_on` is the day its second constable arrives, `pcso_on` its first PCSO. In `vacant` one constable, in
    `pcso_vacant` the PCSO is missing; in `lending` its constable works elsewhere, in `borrowing` one more works here.
    Each is a first and a last day.
    """

    ward_code: str
    borough_name: str
    second_on: date
    pcso_on: date
    has_two_pcsos: bool
    vacant: tuple[date, date] | None = None
    pcso_vacant: tuple[date, date] | None = None
    lending: tuple[date, date] | None = None
    borrowing: tuple[date, date] | None = None

    def pcs(self, day: date) -> int:
        """Constables on a day."""
        count = 1 + (self.second_on <= day) - _is_within(self.vacant, day)
        return count + _is_within(self.borrowing, day) - _is_within(self.lending, day)

    def pcsos(self, day: date) -> int:
        """PCSOs on a day."""
        is_in_post = self.pcso_on <= day and not _is_within(self.pcso_vacant, day)
        return is_in_post * (1 + self.has_two_pcsos)


@dataclass(frozen=True)
class Row:
    """One ward on one day; `pcsos` is None where they were not counted."""

    ward_code: str
    borough_name: str
    pcs: int
    pcsos: int | None


@dataclass(frozen=True)
class Fault:
    """What an earlier edition of a snapshot had wrong: how to spoil the right rows, and why it was revised."""

    reason: str
    spoil: Callable[[Sequence[Row]], list[Row]]


# ---------------------------------------------------------------- inventing


def chance(*words: str) -> float:
    """A number from 0 to 1 that depends on the words alone, evenly spread."""
    digest = hashlib.blake2b(" ".join(words).encode(), digest_size=6).digest()
    return int.from_bytes(digest) / 2**48


def invent_wards(wards: Iterable[Mapping[str, str]]) -> tuple[DemonstrationWard, ...]:
    """The invented programme of the 629 wards, given as `ward_code` and `borough_name`; by code."""
    boroughs = {ward["ward_code"]: ward["borough_name"] for ward in wards}
    second_on = dict(zip(_in_order_of_arrival(boroughs), _arrivals(), strict=True))
    invented = {
        code: DemonstrationWard(
            code,
            borough,
            second_on[code],
            _pcso_on(code, borough),
            has_two_pcsos=chance("two pcsos", code) < 0.15,
            vacant=_vacancy(code, second_on[code]),
            pcso_vacant=_pcso_vacancy(code),
        )
        for code, borough in sorted(boroughs.items())
    }
    for borrower, lender, days in _loans(invented.values()):
        invented[borrower] = replace(invented[borrower], borrowing=days, vacant=None)
        invented[lender] = replace(invented[lender], lending=days, vacant=None)
    return tuple(invented.values())


def _in_order_of_arrival(boroughs: Mapping[str, str]) -> list[str]:
    """The wards in which a second constable arrives, first to last: by need at first, then by their borough's pace."""
    by_need = sorted(boroughs, key=lambda code: chance("need", code))
    first = by_need[: WARDS_WITH_TWO_PCS[PROMISED]]
    rest = by_need[WARDS_WITH_TWO_PCS[PROMISED] :]
    rest.sort(key=lambda code: 0.4 * chance("pace", boroughs[code]) + 0.6 * chance("turn", code))
    return first + rest


def _arrivals() -> Iterator[date]:
    """The day of each arrival: the first at the start, then evenly to January, then slower at first than at the end."""
    yield from [PROMISED] * WARDS_WITH_TWO_PCS[PROMISED]
    for since, until, slowness in ((PROMISED, NEW_YEAR, 1.0), (NEW_YEAR, DECLARED, 0.7)):
        wards = WARDS_WITH_TWO_PCS[until] - WARDS_WITH_TWO_PCS[since]
        for place in range(1, wards + 1):
            # At least a day after the earlier sum, at the latest on the day of the next.
            yield since + timedelta(days=max(1, int((until - since).days * (place / wards) ** slowness)))


def _pcso_on(code: str, borough: str) -> date:
    if chance("pcso", code) < 0.7 + 0.3 * chance("pcsos", borough):
        return PROMISED
    return PROMISED + timedelta(days=1 + int(chance("pcso on", code) * (DECLARED - PROMISED).days))


def _vacancy(code: str, second_on: date) -> tuple[date, date] | None:
    """Some weeks with one constable instead of two, in few wards, never on a day on which London's sum is held."""
    if chance("vacant", code) > 0.12:
        return None
    since = second_on + timedelta(days=20 + int(150 * chance("vacant since", code)))
    days = since, since + timedelta(days=40 + int(80 * chance("vacant for", code)))
    return None if any(_is_within(days, day) for day in WARDS_WITH_TWO_PCS) or days[1] > DECLARED else days


def _pcso_vacancy(code: str) -> tuple[date, date] | None:
    if chance("pcso vacant", code) > 0.08:
        return None
    since = PROMISED + timedelta(days=int(380 * chance("pcso vacant since", code)))
    return since, since + timedelta(days=40 + int(80 * chance("pcso vacant for", code)))


def _loans(wards: Iterable[DemonstrationWard]) -> Iterator[tuple[str, str, tuple[date, date]]]:
    """In half of the boroughs the ward with the greatest need has the constable of the ward whose second comes last.

    London's sums do not change by it. Every loan ends before the lender's own second constable arrives.
    """
    by_borough: dict[str, list[DemonstrationWard]] = {}
    for ward in wards:
        by_borough.setdefault(ward.borough_name, []).append(ward)
    for borough, own in by_borough.items():
        borrower = min(own, key=lambda ward: chance("need", ward.ward_code))
        lender = max(own, key=lambda ward: (ward.second_on, ward.ward_code))
        if chance("loan", borough) < 0.5 and borrower.second_on == PROMISED:
            weeks = timedelta(weeks=20 + int(40 * chance("loan for", borough)))
            yield (
                borrower.ward_code,
                lender.ward_code,
                (PROMISED, min(PROMISED + weeks, lender.second_on - timedelta(days=1))),
            )


def _is_within(days: tuple[date, date] | None, day: date) -> bool:
    return days is not None and days[0] <= day <= days[1]


# ---------------------------------------------------------------- snapshots


def rows_on(wards: Iterable[DemonstrationWard], day: date) -> list[Row]:
    """What is known in the end of each ward on a day: without the returns that never came."""
    return [
        Row(
            ward.ward_code,
            ward.borough_name,
            ward.pcs(day),
            None if day in PCSOS_NOT_COUNTED.get(ward.borough_name, ()) else ward.pcsos(day),
        )
        for ward in wards
        if day not in NO_RETURN.get(ward.borough_name, ())
        and not (day == WARDS_LEFT_OUT_ON and chance("left out", ward.ward_code) < 0.02)
    ]


def faults_on(day: date) -> list[Fault]:
    """What the first edition of a day had wrong, in the order in which it was put right."""
    faults = []
    if day == SLIPPED_ON:
        faults.append(Fault("A slip of the keyboard: a ward had 12 constables instead of 1", _slip_of_keyboard))
    elif day >= LATE_FROM and day != DECLARED and day not in NO_RETURN[LATE_BOROUGH]:
        faults.append(Fault(f"The return of {LATE_BOROUGH} came late", _without_late_borough))
    if day == EXCHANGED_ON:
        faults.append(Fault(f"Two wards of {EXCHANGED_IN} had been exchanged", _exchanged))
    return faults


def _without_late_borough(rows: Sequence[Row]) -> list[Row]:
    return [row for row in rows if row.borough_name != LATE_BOROUGH]


def _slip_of_keyboard(rows: Sequence[Row]) -> list[Row]:
    place = next(place for place, row in enumerate(rows) if row.borough_name == SLIPPED_IN and row.pcs == 1)
    return [*rows[:place], replace(rows[place], pcs=12), *rows[place + 1 :]]


def _exchanged(rows: Sequence[Row]) -> list[Row]:
    """The first ward of the borough with two constables and the first with one, each with the other's counts."""
    own = [row for row in rows if row.borough_name == EXCHANGED_IN]
    two, one = (next(row for row in own if row.pcs == count) for count in (2, 1))
    wrong = {
        two.ward_code: replace(one, ward_code=two.ward_code),
        one.ward_code: replace(two, ward_code=one.ward_code),
    }
    return [wrong.get(row.ward_code, row) for row in rows]


@dataclass(frozen=True)
class Edition:
    """One submission to the demonstration store, as CSV; `reason` is that of a revision."""

    dataset: str
    as_at: date
    published_on: date
    text: str
    coverage: str = "some_wards"
    revision: int = 1
    reason: str | None = None


def editions() -> Iterator[Edition]:
    """Everything the store holds, in the order of its publication."""
    published_on = PROMISED + timedelta(days=DAYS_TO_PUBLISH)
    for name, table in (("sources", _SOURCES), ("published_figures", _PUBLISHED_FIGURES)):
        yield Edition(name, PROMISED, published_on, _csv(dataset(name).column_names, table))
    wards = invent_wards(_real_wards())
    for day in DAYS:
        yield from _staffing_editions(day, rows_on(wards, day), len(wards))


def _staffing_editions(day: date, rows: list[Row], wards_count: int) -> Iterator[Edition]:
    """The first edition with every fault in it, then one for each fault put right."""
    faults = faults_on(day)
    for mended in range(len(faults) + 1):
        told = rows
        for fault in faults[mended:]:
            told = fault.spoil(told)
        yield Edition(
            "staffing",
            day,
            day + timedelta(days=DAYS_TO_PUBLISH + mended * DAYS_TO_REVISE),
            _csv(_STAFFING_COLUMNS, [_staffing_cells(row) for row in told]),
            coverage="all_wards" if len(told) == wards_count else "some_wards",
            revision=mended + 1,
            reason=faults[mended - 1].reason if mended else None,
        )


_STAFFING_COLUMNS = tuple(field.name for field in dataset("staffing").fields if not field.is_optional_column)


def _staffing_cells(row: Row) -> tuple[object, ...]:
    pcsos = "" if row.pcsos is None else row.pcsos
    return (row.ward_code, "day", row.pcs, pcsos, "false", "officers", Evidence.DEMONSTRATION.value, SOURCE_ID)


_SOURCES = ((SOURCE_ID, DEMONSTRATION_NOTICE, "An invented programme", "", "", "Nothing to license", SOURCE_KIND),)


def _figure(as_at: date, metric: str, value: int, unit: str, kind: str, note: str) -> tuple[object, ...]:
    figure_id = f"{as_at}-{metric.replace('_', '-')}-demonstration"
    return (figure_id, as_at, "day", metric, LONDON_CODE, value, unit, kind, f"Invented. {note}", SOURCE_ID)


_CHRISTMAS, _DUE = date(2016, 12, 25), date(2017, 12, 31)
_AS_PUBLISHED = "The number is the one London published"
_PUBLISHED_FIGURES = (
    _figure(PROMISED, "wards_total", 629, "wards", "reported", _AS_PUBLISHED),
    _figure(PROMISED, "wards_with_two_pcs", 100, "wards", "reported", _AS_PUBLISHED),
    _figure(_CHRISTMAS, "new_dwo", 260, "officers", "target", "By Christmas 2016"),
    _figure(NEW_YEAR, "wards_with_two_pcs", 395, "wards", "reported", _AS_PUBLISHED),
    _figure(NEW_YEAR, "dwo_total", 1024, "officers", "reported", _AS_PUBLISHED),
    _figure(NEW_YEAR, "new_dwo", 295, "officers", "reported", _AS_PUBLISHED),
    _figure(DECLARED, "wards_with_two_pcs", 629, "wards", "reported", _AS_PUBLISHED),
    _figure(DECLARED, "dwo_total", 1258, "officers", "reported", _AS_PUBLISHED),
    _figure(DECLARED, "new_dwo", 529, "officers", "reported", _AS_PUBLISHED),
    _figure(_DUE, "dwo_per_ward_minimum", 2, "officers per ward", "target", "By the end of 2017"),
    _figure(_DUE, "pcso_per_ward_minimum", 1, "PCSOs per ward", "target", "By the end of 2017"),
)


def _csv(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return text.getvalue()


def _real_wards() -> list[dict[str, str]]:
    """Codes and borough names of the 2014 set."""
    names = {row["borough_code"]: row["borough_name"] for row in _reference("boroughs")}
    return [
        {"ward_code": row["ward_code"], "borough_name": names[row["borough_code"]]} for row in _reference("wards_2014")
    ]


def _reference(name: str) -> list[dict[str, str]]:
    with (EMBEDDED_DATA / "reference" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


# ---------------------------------------------------------------- writing


def build_demonstration(
    root: Path, on_step: Progress = lambda step: None, first_month: date = FULL_MONTHS[0]
) -> tuple[Snapshot, ...]:
    """Write the demonstration store to the folder `root`, replacing an earlier one; returns its snapshots.

    The monthly series begins with `first_month`; whole, it has as many rows as the published workbook of 2026.
    Raises StoreError, with nothing written, when the folder holds anything but a demonstration store.
    """
    if root.exists() and not (is_demonstration(root) or (root.is_dir() and not any(root.iterdir()))):
        raise StoreError(f"{root} holds something other than a demonstration store. Name an empty or a new folder.")
    root = root.resolve()
    new = root.with_name(f".{root.name}.new")
    if new.exists():
        shutil.rmtree(new)
    new.mkdir(parents=True)
    on_step("Inventing the monthly workbook")
    is_whole = first_month == FULL_MONTHS[0]
    months = invent(
        EMBEDDED_DATA / "reference",
        first=first_month,
        strength_rows=FULL_STRENGTH_ROWS if is_whole else None,
        activity_rows=FULL_ACTIVITY_ROWS if is_whole else None,
    )
    _declare(new, months)
    snapshots = _publish(new, tuple(editions()), on_step) + _import_months(new, months, on_step)
    if root.exists():
        shutil.rmtree(root)
    new.rename(root)
    return tuple(replace(s, folder=root / s.folder.relative_to(new)) for s in snapshots)


def is_demonstration(root: Path) -> bool:
    """Whether the folder is a store that declares itself a demonstration."""
    try:
        declared = json.loads((root / "store.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(declared, dict) and declared.get("is_demonstration") is True


def _declare(root: Path, months: Invention) -> None:
    """The declaration and the reference tables, with the aliases that some of the invented teams need."""
    declaration = {"is_demonstration": True, "title": DEMONSTRATION_NOTICE, "note": NOTE}
    (root / "store.json").write_text(json.dumps(declaration, indent=2) + "\n", encoding="utf-8")
    shutil.copytree(EMBEDDED_DATA / "reference", root / "reference", ignore=shutil.ignore_patterns(SUMS_FILE))
    months.write_aliases(root / "reference" / "team_aliases.csv")
    (root / "reference" / SUMS_FILE).write_text(reference_sums(root), encoding="utf-8")


def _import_months(root: Path, months: Invention, on_step: Progress) -> tuple[Snapshot, ...]:
    """Import the workbook as a publisher would."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "invented_DWO_Abstraction.xlsx"
        months.write_xlsx(path)
        outcome = import_dwo(root, [path], on_step=on_step, imported_on=MONTHLY_IMPORTED_ON)
    if outcome.is_refused:
        raise StoreError(f"The invented workbook is at fault: {outcome.findings[0]}")
    return outcome.snapshots


def _publish(root: Path, submissions: Sequence[Edition], on_step: Progress) -> tuple[Snapshot, ...]:
    """Validate, stage and publish them all together."""
    with publishing_area(root) as area:
        staged = []
        for edition in submissions:
            on_step(f"{edition.dataset} {edition.as_at}")
            reading = read_table(dataset(edition.dataset), edition.text.encode(), f"{edition.dataset}.csv")
            if reading.findings:
                raise StoreError(f"The invented table is at fault: {reading.findings[0]}")
            staged.append(
                stage(
                    area,
                    dataset(edition.dataset),
                    reading.source,
                    reading.columns,
                    as_at=edition.as_at,
                    revision=edition.revision,
                    published_on=edition.published_on,
                    reason=edition.reason,
                    coverage=edition.coverage,
                )
            )
        return commit(root, area, staged)
