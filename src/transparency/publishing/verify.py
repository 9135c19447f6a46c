"""Verifying a store: every byte, every check, and the sums that must come out.

`verify` hashes every published file again, derives each typed table again from the submission it came from,
runs every check, and compares published numbers that ought to agree. Each such reconciliation says what a
pass is worth:

- `independent`: both sides come from separate published numbers or a named list;
- `arithmetic`: a sum of published numbers against our own derived row or constants;
- `partly`: rests in part on inferred rows or on our choice of which sites count;
- `fitted`: an inferred date was placed so that the published number is met;
- `by_difference`: the sites were found by subtraction, so the number cannot fail.

A pass of the last two proves nothing and is shown as such; a failure of any is a failure.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from transparency.core.errors import StoreError
from transparency.core.vocabulary import Finding
from transparency.publishing.reading import read_table
from transparency.store.database import findings_in, open_store
from transparency.store.descriptors import dataset
from transparency.store.holdings import verify_holdings
from transparency.store.snapshots import (
    PARQUET_FILE,
    RECORD_FILE,
    RESTORE,
    SOURCE_FILE,
    Snapshot,
    altered_reference,
    altered_snapshot,
    read_snapshot,
    sha256_of,
    snapshot_folders,
    staging_areas,
    write_parquet,
)
from transparency.store.store import Store

WORTHS = ("independent", "arithmetic", "partly", "by_difference", "fitted")


@dataclass(frozen=True)
class Reconciliation:
    """Two ways to the same number: one SELECT that gives `expected` and `got`, and what a pass is worth."""

    name: str
    worth: str
    sql: str


@dataclass(frozen=True)
class Reconciled:
    """A reconciliation with its two numbers; None where the store does not hold them."""

    name: str
    expected: float | None
    got: float | None
    worth: str

    @property
    def ok(self) -> bool:
        return self.expected is not None and self.expected == self.got


@dataclass(frozen=True)
class Verification:
    """What `verify` found; good when no finding is a fault and every reconciliation comes out."""

    reconciliations: tuple[Reconciled, ...]
    findings: tuple[Finding, ...]

    @property
    def ok(self) -> bool:
        faultless = all(finding.is_warning for finding in self.findings)
        return faultless and all(item.ok for item in self.reconciliations)


RECONCILIATIONS: tuple[Reconciliation, ...] = (
    # ------------------------------------------------ wards
    Reconciliation(
        "629 wards of the 2014 set, as promised for on 21 July 2016",
        "independent",
        "SELECT figure('2016-07-21-wards-total-london') AS expected, count(*) AS got FROM wards_2014",
    ),
    Reconciliation(
        "629 wards: the boroughs' counts of 2014 wards add up to the same",
        "independent",
        "SELECT figure('2016-07-21-wards-total-london') AS expected, sum(wards_2014) AS got FROM boroughs",
    ),
    Reconciliation(
        "32 boroughs have wards in the 2014 set",
        "arithmetic",
        "SELECT 32 AS expected, count(DISTINCT borough_code) AS got FROM wards_2014 JOIN boroughs USING (borough_code)",
    ),
    Reconciliation(
        "632 wards of the 2018 set",
        "arithmetic",
        "SELECT figure('2018-05-01-wards-total-london') AS expected, count(*) AS got FROM wards_2018",
    ),
    Reconciliation(
        "632 = 629 - 4 in Bexley + 4 in Croydon + 1 in Redbridge + 2 in Southwark",
        "arithmetic",
        """
        SELECT figure('2018-05-01-wards-total-london') AS expected,
               figure('2016-07-21-wards-total-london') + sum(wards_change) AS got
        FROM (
            SELECT borough_name,
                   count(*) FILTER (vintage = 2018) - count(*) FILTER (vintage = 2014) AS wards_change
            FROM ward_in_set GROUP BY borough_name
        )
        WHERE borough_name IN ('Bexley', 'Croydon', 'Redbridge', 'Southwark')
        """,
    ),
    Reconciliation(
        "679 wards of the 2022 set, as in the set of December 2025",
        "independent",
        "SELECT figure('2025-12-01-wards-total-london') AS expected, count(*) AS got FROM wards_2022",
    ),
    Reconciliation(
        "679 wards: the boroughs' counts of 2022 wards add up to the same",
        "independent",
        "SELECT figure('2025-12-01-wards-total-london') AS expected, sum(wards_2022) AS got FROM boroughs",
    ),
    # ------------------------------------------------ officers
    Reconciliation(
        "January 2017: 629 first officers + 100 second + 295 new = 1,024",
        "independent",
        """
        SELECT figure('2017-01-04-dwo-total-london') AS expected,
               figure('2016-07-21-wards-total-london') + figure('2016-07-21-wards-with-two-pcs-london')
               + figure('2017-01-04-new-dwo-london') AS got
        """,
    ),
    Reconciliation(
        "January 2017: 100 wards + 295 = 395 wards with two officers",
        "arithmetic",
        """
        SELECT figure('2017-01-04-wards-with-two-pcs-london') AS expected,
               figure('2016-07-21-wards-with-two-pcs-london') + figure('2017-01-04-new-dwo-london') AS got
        """,
    ),
    Reconciliation(
        "January 2017: 629 - 395 = 234 wards still to do",
        "arithmetic",
        """
        SELECT figure('2017-01-04-wards-without-second-pc-london') AS expected,
               figure('2016-07-21-wards-total-london') - figure('2017-01-04-wards-with-two-pcs-london') AS got
        """,
    ),
    Reconciliation(
        "December 2017: 529 new officers = 295 by January + 234 still to do",
        "arithmetic",
        """
        SELECT figure('2017-12-28-new-dwo-london') AS expected,
               figure('2017-01-04-new-dwo-london') + figure('2017-01-04-wards-without-second-pc-london') AS got
        """,
    ),
    Reconciliation(
        "December 2017: 629 + 100 + 529 = 1,258 officers",
        "independent",
        """
        SELECT figure('2017-12-28-dwo-total-london') AS expected,
               figure('2016-07-21-wards-total-london') + figure('2016-07-21-wards-with-two-pcs-london')
               + figure('2017-12-28-new-dwo-london') AS got
        """,
    ),
    Reconciliation(
        "December 2017: 1,258 officers = 2 x 629 wards",
        "independent",
        """
        SELECT figure('2017-12-28-dwo-total-london') AS expected,
               2 * figure('2016-07-21-wards-total-london') AS got
        """,
    ),
    Reconciliation(
        "December 2017: the declaration is held for each of the 629 wards",
        "arithmetic",
        """
        SELECT figure('2017-12-28-wards-with-two-pcs-london') AS expected, count(*) AS got
        FROM current_staffing
        WHERE as_at = DATE '2017-12-28' AND evidence = 'declared' AND dedicated_pcs >= 2
        """,
    ),
    Reconciliation(
        "Tower Hamlets: 7 wards with two posts + 10 + 3 planned = its 20 wards",
        "independent",
        """
        SELECT wards_2014 AS expected,
               (SELECT count(*) FROM current_staffing
                WHERE source_id = 'ourbow-2016-09' AND dedicated_pcs = 2)
               + (SELECT count(*) FROM current_ward_plans WHERE source_id = 'ourbow-2016-09') AS got
        FROM boroughs WHERE borough_name = 'Tower Hamlets'
        """,
    ),
    Reconciliation(
        "Havering, January 2017: 2 x 18 wards + 9 extra = 45 officers",
        "independent",
        """
        SELECT figure('2017-01-16-dwo-total-havering') AS expected,
               2 * wards_2014 + figure('2017-01-16-new-dwo-high-demand-havering') AS got
        FROM boroughs WHERE borough_name = 'Havering'
        """,
    ),
    # ------------------------------------------------ front counters
    Reconciliation(
        "Counters open when the consultation of 14 July 2017 began",
        "partly",
        """
        SELECT figure('2017-07-14-front-counters-open-london') AS expected, count(*) AS got
        FROM site_status_on(DATE '2017-07-14')
        WHERE site_kind = 'front_counter' AND site_status = 'open'
        """,
    ),
    Reconciliation(
        "Counters on the closure list of 1 November 2017",
        "independent",
        """
        SELECT figure('2017-11-01-front-counters-closing-london-2') AS expected,
               count(DISTINCT site_id) AS got
        FROM current_site_events JOIN current_sites USING (site_id)
        WHERE site_kind = 'front_counter' AND event = 'decided_close' AND event_on = DATE '2017-11-01'
        """,
    ),
    Reconciliation(
        "Counters left by the decision: 73 - 37 = 36",
        "arithmetic",
        """
        SELECT figure('2017-11-01-front-counters-remaining-london') AS expected,
               figure('2017-07-14-front-counters-open-london')
               - figure('2017-11-01-front-counters-closing-london') AS got
        """,
    ),
    Reconciliation(
        "Counters open on 31 December 2017: the 36 left and one more",
        "partly",
        """
        SELECT figure('2017-11-01-front-counters-remaining-london') + 1 AS expected, count(*) AS got
        FROM site_status_on(DATE '2017-12-31')
        WHERE site_kind = 'front_counter' AND site_status = 'open'
        """,
    ),
    Reconciliation(
        "Boroughs with exactly one 24/7 counter on 31 December 2017",
        "partly",
        """
        SELECT (SELECT count(*) FROM boroughs) AS expected, count(*) AS got
        FROM (
            SELECT borough_code FROM site_status_on(DATE '2017-12-31')
            WHERE site_kind = 'front_counter' AND site_status = 'open' AND is_24_7
            GROUP BY borough_code HAVING count(*) = 1
        )
        """,
    ),
    Reconciliation(
        "Counters open on 1 July 2025",
        "fitted",
        """
        SELECT figure('2025-07-01-front-counters-open-london') AS expected, count(*) AS got
        FROM site_status_on(DATE '2025-07-01')
        WHERE site_kind = 'front_counter' AND site_status = 'open'
        """,
    ),
    Reconciliation(
        "Counters open on 1 July 2025 that are not 24/7",
        "fitted",
        """
        SELECT figure('2025-08-06-front-counters-reduced-hours-london') AS expected, count(*) AS got
        FROM site_status_on(DATE '2025-07-01')
        WHERE site_kind = 'front_counter' AND site_status = 'open' AND is_24_7 IS NOT TRUE
        """,
    ),
    Reconciliation(
        "Counters closed on 28 February 2026",
        "independent",
        """
        SELECT figure('2026-02-28-front-counters-closing-london') AS expected, count(*) AS got
        FROM current_site_events JOIN current_sites USING (site_id)
        WHERE site_kind = 'front_counter' AND event = 'closed' AND event_on = DATE '2026-02-28'
        """,
    ),
    Reconciliation(
        "Counters open on 3 March 2026",
        "partly",
        """
        SELECT figure('2026-03-03-front-counters-open-london') AS expected, count(*) AS got
        FROM site_status_on(DATE '2026-03-03')
        WHERE site_kind = 'front_counter' AND site_status = 'open'
        """,
    ),
    Reconciliation(
        "Counters open 24/7 on 3 March 2026",
        "independent",
        """
        SELECT figure('2026-03-03-front-counters-24-7-london') AS expected, count(*) AS got
        FROM site_status_on(DATE '2026-03-03')
        WHERE site_kind = 'front_counter' AND site_status = 'open' AND is_24_7
        """,
    ),
    Reconciliation(
        "Counters on the new hours on 3 March 2026",
        "by_difference",
        """
        SELECT figure('2026-03-03-front-counters-new-hours-london') AS expected, count(*) AS got
        FROM site_status_on(DATE '2026-03-03')
        WHERE site_kind = 'front_counter' AND site_status = 'open' AND is_24_7 IS NOT TRUE
        """,
    ),
    Reconciliation(
        "Boroughs without a counter on 3 March 2026",
        "independent",
        """
        SELECT figure('2025-12-02-boroughs-without-counter-london') AS expected, count(*) AS got
        FROM boroughs
        ANTI JOIN (
            SELECT borough_code FROM site_status_on(DATE '2026-03-03')
            WHERE site_kind = 'front_counter' AND site_status = 'open'
        ) USING (borough_code)
        """,
    ),
)


def verify(root: Path, on_step: Callable[[str], None] = lambda step: None) -> Verification:
    """Verify the store at `root`. A demonstration store has no real numbers to reconcile."""
    findings = _stopped_publishes(root)
    folders = snapshot_folders(root)
    for n, folder in enumerate(folders, start=1):
        on_step(f"Snapshot {n} of {len(folders)}")
        findings += _verify_folder(folder)
    findings += _gaps(folders)
    on_step("Reference tables")
    findings += altered_reference(root)
    findings += verify_holdings(root, on_step)
    on_step("Checks and reconciliations")
    try:
        store = open_store(root, run_checks=False)
    except StoreError as fault:
        findings.append(Finding(root.name, None, None, None, str(fault), RESTORE))
        return Verification(tuple(Reconciled(r.name, None, None, r.worth) for r in RECONCILIATIONS), tuple(findings))
    findings += findings_in(store)
    declared = () if store.is_demonstration else RECONCILIATIONS
    return Verification(tuple(reconcile(store, item) for item in declared), tuple(findings))


def reconcile(store: Store, item: Reconciliation) -> Reconciled:
    """The two numbers of one reconciliation in a store."""
    rows = store.rows(item.sql)
    expected, got = (rows[0]["expected"], rows[0]["got"]) if rows else (None, None)
    return Reconciled(item.name, _plain(expected), _plain(got), item.worth)


def _plain(number: float | None) -> float | None:
    """A whole number without its decimal point."""
    return None if number is None else int(number) if number == int(number) else float(number)


def _verify_folder(folder: Path) -> list[Finding]:
    """One snapshot: its record, the files it must hold and no others, their bytes, and the table derived again."""
    where = f"{folder.parent.name}/{folder.name}"
    if not folder.is_dir():
        return [Finding(where, None, None, None, "a stray file among the snapshots", "Remove it.")]
    held = {path.name for path in folder.iterdir()}
    findings = [
        Finding(f"{where}/{name}", None, None, None, "a stray file in a snapshot", "Remove it.")
        for name in sorted(held - {SOURCE_FILE, PARQUET_FILE, RECORD_FILE})
    ]
    missing = sorted({SOURCE_FILE, PARQUET_FILE, RECORD_FILE} - held)
    if missing:
        return findings + [
            Finding(f"{where}/{name}", None, None, None, "the file is missing", RESTORE) for name in missing
        ]
    try:
        snapshot = read_snapshot(folder)
    except StoreError as fault:
        return [*findings, Finding(f"{where}/{RECORD_FILE}", None, None, None, str(fault), RESTORE)]
    findings += altered_snapshot(snapshot)
    return findings or _verify_derived(snapshot, where)


def _verify_derived(snapshot: Snapshot, where: str) -> list[Finding]:
    """Read the submission again: it must still be faultless, and give the same typed table."""
    described = dataset(snapshot.dataset)
    reading = read_table(described, snapshot.source_path.read_bytes(), f"{where}/{SOURCE_FILE}")
    if reading.findings:
        return reading.findings
    with tempfile.TemporaryDirectory() as folder:
        derived = Path(folder) / PARQUET_FILE
        write_parquet(described, reading.columns, derived)
        if sha256_of(derived) == snapshot.parquet_sha256 or _table(derived) == _table(snapshot.parquet_path):
            return []
    rule = "the table is not the one its submission gives"
    return [Finding(f"{where}/{PARQUET_FILE}", None, None, None, rule, RESTORE)]


def _table(path: Path) -> tuple[list[str], list[str], list[tuple[object, ...]]]:
    """A Parquet's columns, types and rows. Another version of the writer may lay the same table out otherwise."""
    import duckdb

    table = duckdb.read_parquet(str(path))
    return table.columns, [str(kind) for kind in table.types], table.fetchall()


def _gaps(folders: tuple[Path, ...]) -> list[Finding]:
    """Revisions are numbered without a gap: a missing one was removed."""
    names = {f"{folder.parent.name}/{folder.name}" for folder in folders}
    findings = []
    for name in sorted(names):
        stem, _, revision = name.rpartition("_r")
        if revision.isdigit() and int(revision) > 1 and (lost := f"{stem}_r{int(revision) - 1}") not in names:
            findings.append(Finding(lost, None, None, None, "the snapshot is missing", RESTORE))
    return findings


def _stopped_publishes(root: Path) -> list[Finding]:
    top = root / "snapshots"
    areas = staging_areas(top) if top.is_dir() else []
    rule = "a publisher is at work, or was stopped before it had published"
    remedy = "Nothing of it is published; the next publish clears it away."
    return [Finding(f"snapshots/{area.name}", None, None, None, rule, remedy, True) for area in areas]
