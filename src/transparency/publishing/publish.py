"""The one way into a store: read, stage, check against everything published, commit, report.

Every check is run every time, so that all findings come at once: those of each file (`reading`), then those across
datasets (`store/checking.py`), asked of a store with the candidates as if they were published already. Tables are
published together, all of them or none. Imports take the same way (`import_workbook`, `import_official`).
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from transparency.core.text import control_character
from transparency.core.vocabulary import Finding, today
from transparency.publishing.outcome import Outcome, Progress, silent
from transparency.publishing.reading import Reading, read_submission
from transparency.store.checking import findings_in
from transparency.store.database import open_store
from transparency.store.descriptors import Dataset
from transparency.store.snapshots import Snapshot, commit, list_snapshots, publishing_area, stage
from transparency.store.store import Store
from transparency.store.strays import stray_files
from transparency.store.write_once import revision_name

WRITERS = 2

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
    """A file submitted for a dataset."""

    dataset: Dataset
    path: Path


@dataclass(frozen=True)
class Terms:
    """The day a submission describes, whether it covers every ward, and why it is revised.

    `as_at` is the text the publisher wrote; `reason` is None for what is not a revision.
    """

    as_at: str
    coverage: str = "some_wards"
    reason: str | None = None


@dataclass(frozen=True)
class NewTable:
    """A table that was read and is to become a snapshot."""

    dataset: Dataset
    reading: Reading
    as_at: date
    revision: int
    reason: str | None
    published_on: date
    coverage: str = "some_wards"

    def stage(self, area: Path) -> Snapshot:
        return stage(
            area,
            self.dataset,
            self.reading.source,
            self.reading.columns,
            as_at=self.as_at,
            revision=self.revision,
            published_on=self.published_on,
            reason=self.reason,
            coverage=self.coverage,
        )


def check(root: Path, submissions: Sequence[Submission], terms: Terms, on_step: Progress = silent) -> Outcome:
    """Check submissions as a publish would, writing nothing to the store.

    A snapshot that is there already is no error: the submission is checked as its next revision.
    """
    with staging_area(root, True, on_step) as area:
        return _publish(root, area, submissions, terms, [], True, on_step)


def publish(
    root: Path, submissions: Sequence[Submission], terms: Terms, is_dry_run: bool = False, on_step: Progress = silent
) -> Outcome:
    """Publish submissions together, all of them or none; a dry run does all but the last step.

    With a reason, those datasets that have a snapshot of the day get its next revision, and there must be
    one; without, there must be none. Raises SnapshotExistsError when another publisher was first, and
    StoreError when the store itself cannot be opened.
    """
    with staging_area(root, is_dry_run, on_step) as area:
        standing = _standing(root, submissions, terms)
        return _publish(root, area, submissions, terms, standing, is_dry_run, on_step)


@contextmanager
def staging_area(root: Path, is_dry_run: bool, on_step: Progress) -> Iterator[Path]:
    """A folder to stage snapshots in: of the store, under its lock, or for a dry run one that is thrown away."""
    if is_dry_run:
        with tempfile.TemporaryDirectory() as area:
            yield Path(area)
    else:
        with publishing_area(root, lambda: on_step("Waiting for another publisher")) as area:
            yield area


def publish_tables(
    root: Path,
    area: Path,
    tables: Iterable[NewTable],
    findings: Iterable[Finding],
    is_dry_run: bool,
    on_step: Progress,
    own_checks: Callable[[Store], Iterable[Finding]] = lambda store: (),
) -> Outcome:
    """Stage tables in `area`, check them in the store they would give, and publish them together if there is no error.

    `findings` are those made before; `own_checks` are asked of the store besides its own. The files of a table are
    written, and flushed to disk, while the next one is read.
    """
    found = list(findings)
    files: dict[str, str] = {}
    with ThreadPoolExecutor(WRITERS) as writers:
        writing = []
        for table in tables:
            found += table.reading.findings
            if table.reading.columns:
                writing.append(writers.submit(table.stage, area))
                files[f"{table.dataset.name} {revision_name(table.as_at, table.revision)}"] = table.reading.file
        staged = [written.result() for written in writing]
    if not staged:
        return Outcome(tuple(found))
    on_step("Checking against the store")
    store = open_store(root, staged, run_checks=False, keeps_tables=False)
    found += [*stray_files(root), *_findings_about(store, files)]
    found += own_checks(store)
    outcome = Outcome(tuple(found), store=store)
    if is_dry_run or outcome.is_refused:
        return outcome
    on_step("Publishing")
    return replace(outcome, snapshots=commit(root, area, staged))


def next_revision(published: Iterable[Snapshot], name: str, as_at: date) -> int:
    """The number of the next revision of a dataset on a day."""
    return 1 + max((s.revision for s in published if (s.dataset, s.as_at) == (name, as_at)), default=0)


def _publish(
    root: Path,
    area: Path,
    submissions: Sequence[Submission],
    terms: Terms,
    findings: list[Finding],
    is_dry_run: bool,
    on_step: Progress,
) -> Outcome:
    readings = []
    for submission in submissions:
        on_step(f"Reading {submission.path.name}")
        readings.append(read_submission(submission.dataset, submission.path))
    day = _day(terms.as_at)
    if day is None or day > today():
        rule = "the as-at date is not a date" if day is None else "the as-at date is in the future"
        remedy = "Give the day the figures describe, as year-month-day, not later than today."
        findings += [Finding(s.path.name, None, "as_at", terms.as_at, rule, remedy) for s in submissions]
    if (character := control_character(terms.reason or "")) is not None:
        rule, remedy = f"the reason holds the control character {character}, which cannot be shown", "Write it without."
        findings += [Finding(s.path.name, None, "reason", None, rule, remedy) for s in submissions]
    if day is None:
        outcome = Outcome((*findings, *(finding for reading in readings for finding in reading.findings)))
    else:
        published = list_snapshots(root)
        tables = [
            _new_table(submission.dataset, reading, day, terms, next_revision(published, submission.dataset.name, day))
            for submission, reading in zip(submissions, readings, strict=True)
        ]
        outcome = publish_tables(
            root,
            area,
            tables,
            findings,
            is_dry_run,
            on_step,
            lambda store: [each for reading in readings for each in _ward_name_findings(store, reading, day)],
        )
    order = [submission.path.name for submission in submissions]
    ordered = sorted(
        outcome.findings,
        key=lambda f: (f.is_warning, order.index(f.file) if f.file in order else len(order), f.row or 0),
    )
    return replace(outcome, findings=tuple(ordered))


def _new_table(described: Dataset, reading: Reading, day: date, terms: Terms, revision: int) -> NewTable:
    # Only an observation can cover every ward; a register is what it is.
    coverage = terms.coverage if described.grain == "observation" else "some_wards"
    reason = terms.reason if revision > 1 else None
    return NewTable(described, reading, day, revision, reason, today(), coverage)


def _standing(root: Path, submissions: Sequence[Submission], terms: Terms) -> list[Finding]:
    """What prevents a publish because of what is, or is not, published already."""
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


def _findings_about(store: Store, files: dict[str, str]) -> list[Finding]:
    """What the checks find, under the names of the submitted files; warnings about earlier snapshots are left out.

    `files` gives the file of each candidate, by the candidate's name in the store.
    """
    return [
        replace(finding, file=files.get(finding.file, finding.file))
        for finding in findings_in(store)
        if finding.file in files or not finding.is_warning
    ]


def _ward_name_findings(store: Store, reading: Reading, day: date | None) -> list[Finding]:
    """Ward names given beside codes, which are not kept in the published table."""
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
