"""Checking a submission against everything published, and publishing it.

Every stage is run every time, so that all findings come at once: the bytes, cells and schema of each file
(`validation`), then the rules across datasets, which are the queries of `store/checks/` asked of a store that
holds the candidates as if they were published already. Only a submission without a fault is published.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from transparency.core.vocabulary import Finding, today
from transparency.publishing.reading import Reading, read_submission
from transparency.store.database import findings_in, open_store
from transparency.store.descriptors import Dataset, dataset
from transparency.store.snapshots import Snapshot, commit, list_snapshots, publishing_area, stage
from transparency.store.store import Store

Progress = Callable[[str], None]

_WARD_NAMES = """
WITH given AS (
    SELECT unnest($rows) AS source_row, unnest($codes) AS ward_code, unnest($names) AS ward_name
)
SELECT given.source_row, given.ward_code, given.ward_name, wards.ward_name AS right_name
FROM given
JOIN ward_on($as_at::DATE) AS wards ON wards.ward_code = given.ward_code
WHERE given.ward_name <> wards.ward_name
ORDER BY given.source_row
"""


@dataclass(frozen=True)
class Submission:
    """A file handed over for a dataset."""

    dataset: Dataset
    path: Path


@dataclass(frozen=True)
class Terms:
    """What a submission says of itself: the day it describes, whether of every ward, and why it is revised.

    `as_at` is the text the publisher wrote; `reason` is None for what is not a revision.
    """

    as_at: str
    coverage: str = "some_wards"
    reason: str | None = None


@dataclass(frozen=True)
class Outcome:
    """What came of checking or publishing: every finding, and the snapshots published (none when refused)."""

    findings: tuple[Finding, ...]
    snapshots: tuple[Snapshot, ...] = ()

    @property
    def is_refused(self) -> bool:
        return any(not finding.is_warning for finding in self.findings)


def check(
    root: Path, submissions: Sequence[Submission], terms: Terms, on_step: Progress = lambda step: None
) -> Outcome:
    """Check submissions as a publish would, writing nothing to the store.

    A snapshot that is there already is no fault: the submission is checked as its next revision.
    """
    with tempfile.TemporaryDirectory() as area:
        findings, _ = _examine(root, Path(area), submissions, terms, on_step)
    return Outcome(findings)


def publish(
    root: Path,
    submissions: Sequence[Submission],
    terms: Terms,
    is_dry_run: bool = False,
    on_step: Progress = lambda step: None,
) -> Outcome:
    """Publish submissions together, all of them or none; a dry run does all but the last step.

    With a reason, those datasets that hold a snapshot of the day get its next revision, and there must be
    one; without, there must be none. Raises SnapshotExistsError when another publisher was first, and
    StoreError when the store itself cannot be opened.
    """
    with staging_area(root, is_dry_run, on_step) as area:
        findings, candidates = _examine(root, area, submissions, terms, on_step)
        outcome = Outcome((*_standing(root, submissions, terms), *findings))
        if is_dry_run or outcome.is_refused:
            return outcome
        on_step("Publishing")
        return Outcome(findings, commit(root, area, candidates))


@contextmanager
def staging_area(root: Path, is_dry_run: bool, on_step: Progress) -> Iterator[Path]:
    """A folder to stage snapshots in: of the store, under its lock, or for a dry run one that is thrown away."""
    if is_dry_run:
        with tempfile.TemporaryDirectory() as area:
            yield Path(area)
    else:
        with publishing_area(root, lambda: on_step("Waiting for another publisher")) as area:
            yield area


def _standing(root: Path, submissions: Sequence[Submission], terms: Terms) -> list[Finding]:
    """What stands in the way because of what is, or is not, published already."""
    day = _day(terms.as_at)
    taken = {s.dataset: s for s in list_snapshots(root) if s.as_at == day}
    if terms.reason is not None:
        if day is None or any(submission.dataset.name in taken for submission in submissions):
            return []
        rule = "nothing is published for this day, so there is nothing to revise"
        remedy = "Leave out --revise and --reason."
        return [Finding(s.path.name, None, "as_at", terms.as_at, rule, remedy) for s in submissions]
    return [
        Finding(
            submission.path.name,
            None,
            "as_at",
            terms.as_at,
            f"{earlier.dataset} {earlier.name} is published already, and a snapshot is never overwritten",
            'To replace it, publish a revision: add --revise --reason "why".',
        )
        for submission in submissions
        if (earlier := taken.get(submission.dataset.name)) is not None
    ]


def _examine(
    root: Path, area: Path, submissions: Sequence[Submission], terms: Terms, on_step: Progress
) -> tuple[tuple[Finding, ...], list[Snapshot]]:
    """Every finding about the submissions themselves, and their snapshots staged in `area`."""
    readings: list[Reading] = []
    findings: list[Finding] = []
    for submission in submissions:
        on_step(f"Reading {submission.path.name}")
        reading = read_submission(submission.dataset, submission.path)
        readings.append(reading)
        findings += reading.findings
    day = _day(terms.as_at)
    if day is None or day > today():
        rule = "the as-at date is not a date" if day is None else "the as-at date is in the future"
        remedy = "Give the day the figures describe, as year-month-day, not later than today."
        findings += [Finding(s.path.name, None, "as_at", terms.as_at, rule, remedy) for s in submissions]
    published = list_snapshots(root)
    candidates: list[Snapshot] = []
    files: dict[str, str] = {}
    for submission, reading in zip(submissions, readings, strict=True):
        if day is not None and reading.columns:
            earlier = [s for s in published if (s.dataset, s.as_at) == (submission.dataset.name, day)]
            candidate = _stage(area, submission.dataset, reading, day, terms, earlier)
            candidates.append(candidate)
            files[f"{candidate.dataset} {candidate.name}"] = reading.file
    if candidates:
        on_step("Checking against the store")
        store = open_store(root, candidates, run_checks=False)
        findings += findings_about(store, files)
        for reading in readings:
            findings += _ward_name_findings(store, reading, day)
    order = [submission.path.name for submission in submissions]
    findings.sort(key=lambda f: (f.is_warning, order.index(f.file) if f.file in order else len(order), f.row or 0))
    return tuple(findings), candidates


def _stage(
    area: Path,
    described: Dataset,
    reading: Reading,
    day: date,
    terms: Terms,
    earlier: Sequence[Snapshot],
) -> Snapshot:
    """Stage a submission as the revision after those of the same day."""
    return stage(
        area,
        described,
        reading.source,
        reading.columns,
        as_at=day,
        revision=max((s.revision for s in earlier), default=0) + 1,
        published_on=today(),
        reason=terms.reason if earlier else None,
        # Only an observation can speak of every ward; a register is what it is.
        coverage=terms.coverage if described.grain == "observation" else "some_wards",
    )


def findings_about(store: Store, files: dict[str, str]) -> list[Finding]:
    """What the checks find, told of the files handed over; warnings about earlier snapshots are left out.

    `files` gives the file of each candidate, by the candidate's name in the store.
    """
    return [
        replace(finding, file=files.get(finding.file, finding.file))
        for finding in findings_in(store)
        if finding.file in files or not finding.is_warning
    ]


def _ward_name_findings(store: Store, reading: Reading, day: date | None) -> list[Finding]:
    """Ward names given beside codes: checked here because they are not kept in the published table."""
    if "ward_name" not in reading.columns or "ward_code" not in reading.columns:
        return []
    codes, names = reading.columns["ward_code"], reading.columns["ward_name"]
    rows = store.rows(_WARD_NAMES, rows=list(range(2, len(codes) + 2)), codes=codes, names=names, as_at=day)
    return [
        Finding(
            reading.file,
            row["source_row"],
            "ward_name",
            row["ward_name"],
            f"the ward {row['ward_code']} is called {row['right_name']}",
            "Correct the name or the code, whichever is wrong.",
        )
        for row in rows
    ]


def _day(text: str) -> date | None:
    """A day written as year-month-day, or None."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.isoformat() == text else None


@dataclass(frozen=True)
class Difference:
    """One change between two revisions: a row `added` or `removed`, or a cell `changed`.

    `key` is the row's primary key, its parts joined by a comma; `column`, `old` and `new` are those of a cell.
    """

    kind: str
    key: str
    column: str | None = None
    old: str | None = None
    new: str | None = None


def differences(old: Snapshot, new: Snapshot) -> tuple[Difference, ...]:
    """What changed from one snapshot of a dataset to another, in the order of the newer one's rows."""
    key = dataset(new.dataset).primary_key
    before, after = _rows_by_key(old, key), _rows_by_key(new, key)
    found = [Difference("removed", name) for name in before if name not in after]
    for name, row in after.items():
        if name not in before:
            found.append(Difference("added", name))
            continue
        earlier = before[name]
        found += [
            Difference("changed", name, column, earlier.get(column), row.get(column))
            for column in dict.fromkeys((*row, *earlier))
            if earlier.get(column) != row.get(column)
        ]
    return tuple(found)


def _rows_by_key(snapshot: Snapshot, key: Sequence[str]) -> dict[str, dict[str, str | None]]:
    import duckdb

    table = duckdb.read_parquet(str(snapshot.parquet_path))
    names = table.columns
    rows = table.select(*(duckdb.ColumnExpression(name).cast(duckdb.sqltype("VARCHAR")) for name in names))
    # A whole number of a column that may hold parts is told as it was handed over: 1 and not 1.0.
    ends = [".0" if kind == "DOUBLE" else "" for kind in table.types]
    read = [
        {name: value and value.removesuffix(end) for name, value, end in zip(names, row, ends, strict=True)}
        for row in rows.fetchall()
    ]
    return {", ".join(str(row[name]) for name in key): row for row in read}
