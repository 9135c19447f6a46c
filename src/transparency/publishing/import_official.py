"""Importing official boundaries and postcodes into a store, and publishing today's teams as police.uk lists them.

Boundaries and postcodes become holdings (`official`); the listed teams become snapshots of the day, through the
steps of any submission. Each is all or nothing; a dry run does all but the last step.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from transparency.core.project import EMBEDDED_DATA
from transparency.core.vocabulary import Finding, today
from transparency.importers import arcgis, police_uk
from transparency.importers.boundaries import fit_boundaries, read_boundaries, read_exact, write_boundaries
from transparency.importers.cells import WardCentre
from transparency.importers.polite import PoliteClient
from transparency.importers.postcodes import Assigned, assign_wards, read_kept, read_postcodes, write_postcodes
from transparency.publishing.publish import findings_about, staging_area
from transparency.publishing.reading import read_table
from transparency.store.database import open_store
from transparency.store.descriptors import dataset
from transparency.store.holdings import (
    BOUNDARY_VINTAGES,
    POSTCODES,
    Holding,
    Provenance,
    answers_folder,
    boundaries_name,
    holding_area,
    keep,
    newest_holding,
)
from transparency.store.snapshots import Snapshot, commit, list_snapshots, snapshot_name, stage

Progress = Callable[[str], None]


@dataclass(frozen=True)
class OfficialOutcome:
    """What came of an import: every finding, what was noted on the way, and what is held or published now."""

    findings: tuple[Finding, ...] = ()
    notes: tuple[str, ...] = ()
    holdings: tuple[Holding, ...] = ()
    snapshots: tuple[Snapshot, ...] = field(default=())

    @property
    def is_refused(self) -> bool:
        return any(not finding.is_warning for finding in self.findings)


def _silent(step: str) -> None:
    """Progress nobody asked for."""


# ---------------------------------------------------------------- boundaries


def import_boundaries(
    root: Path,
    path: Path,
    is_dry_run: bool = False,
    on_step: Progress = _silent,
    provenance: Provenance | None = None,
) -> OfficialOutcome:
    """Import the ward boundaries of a file; postcodes held already get the wards of the new boundaries.

    Raises ImportRefusedError when the file is of no known kind or set.
    """
    on_step(f"Reading {path.name}")
    file = read_boundaries(path)
    if provenance is not None:
        file = replace(file, provenance=provenance)
    on_step("Comparing with the wards")
    boundaries = fit_boundaries(file, _ward_sets(root))
    size_note = f"Drawn with a tolerance of {boundaries.tolerance_m} m; {len(boundaries.exact)} polygons kept exactly."
    notes = (*boundaries.notes, size_note)
    if boundaries.is_refused or is_dry_run:
        return OfficialOutcome(boundaries.findings, notes)
    name = boundaries_name(boundaries.vintage)
    with holding_area(root, name) as area:
        write_boundaries(boundaries, area)
        rows = len(boundaries.drawn["features"])
        held = keep(root, name, area, file.provenance, file.file, file.sha256, rows, notes)
    again = _assign_again(root, on_step)
    return OfficialOutcome(boundaries.findings, notes, (held, *again))


def fetch_wards(
    root: Path,
    vintage: str,
    is_dry_run: bool = False,
    on_step: Progress = _silent,
    base_url: str = arcgis.BASE_URL,
    client: PoliteClient | None = None,
) -> OfficialOutcome:
    """Fetch a vintage of ward boundaries from the ONS and import it; today's pages are not asked for twice."""
    folder = answers_folder(root, "ons_wards", today().isoformat())
    with client or PoliteClient() as asked:
        path = arcgis.fetch_wards(asked, arcgis.VINTAGES[vintage], folder, base_url, on_step)
    return import_boundaries(root, path, is_dry_run, on_step)


def _ward_sets(root: Path) -> dict[int, list[WardCentre]]:
    """The wards of each set that boundaries are held of, with their centres, from the store's reference tables."""
    folder = root / "reference"
    if not folder.is_dir():
        folder = EMBEDDED_DATA / "reference"
    sets = {}
    for vintage in BOUNDARY_VINTAGES:
        with (folder / f"wards_{vintage}.csv").open(encoding="utf-8", newline="") as table:
            sets[vintage] = [
                WardCentre(
                    row["ward_code"], row["borough_code"], float(row["lat"]), float(row["lon"]), float(row["area_ha"])
                )
                for row in csv.DictReader(table)
            ]
    return sets


# ---------------------------------------------------------------- postcodes


def import_postcodes(root: Path, path: Path, is_dry_run: bool = False, on_step: Progress = _silent) -> OfficialOutcome:
    """Import a list of postcodes; raises ImportRefusedError when it is none, or no ward can be told of any."""
    on_step(f"Reading {path.name}")
    file = read_postcodes(path)
    on_step(f"Finding the wards of {file.table.num_rows:,} postcodes")
    assigned = _assigned(root, file.table)
    notes = [f"{file.table.num_rows:,} of {file.rows_read:,} rows imported.", *assigned.notes]
    if file.bad_rows:
        notes.append(f"{file.bad_rows:,} rows have no postcode and were left out.")
    if is_dry_run:
        return OfficialOutcome(notes=tuple(notes))
    held = _keep_postcodes(root, assigned, file.provenance, file.file, file.sha256, notes)
    return OfficialOutcome(notes=tuple(notes), holdings=(held,))


def _assigned(root: Path, table: object) -> Assigned:
    set_codes = {vintage: frozenset(ward.ward_code for ward in wards) for vintage, wards in _ward_sets(root).items()}
    exact = {
        vintage: read_exact(holding.folder)
        for vintage in BOUNDARY_VINTAGES
        if (holding := newest_holding(root, boundaries_name(vintage))) is not None
    }
    return assign_wards(table, set_codes, exact)[0]


def _keep_postcodes(
    root: Path, assigned: Assigned, provenance: Provenance, file: str, sha256: str, notes: list[str]
) -> Holding:
    with holding_area(root, POSTCODES) as area:
        write_postcodes(assigned, area)
        return keep(root, POSTCODES, area, provenance, file, sha256, assigned.table.num_rows, notes)


def _assign_again(root: Path, on_step: Progress) -> tuple[Holding, ...]:
    """The postcodes held, with the wards that new boundaries tell."""
    held = newest_holding(root, POSTCODES)
    if held is None:
        return ()
    on_step("Finding the wards of the postcodes again")
    assigned = _assigned(root, read_kept(held.folder))
    notes = ["Wards found again after an import of boundaries.", *assigned.notes]
    return (_keep_postcodes(root, assigned, held.provenance, held.source_name, held.source_sha256, notes),)


# ---------------------------------------------------------------- listed teams


def fetch_police_uk(
    root: Path,
    is_dry_run: bool = False,
    on_step: Progress = _silent,
    base_url: str = police_uk.BASE_URL,
    client: PoliteClient | None = None,
) -> OfficialOutcome:
    """Ask police.uk for the team of every ward in force and publish what it lists, all wards or nothing.

    A fetch broken off, even by a kill, goes on where it was if that was yesterday or today. Raises
    ImportRefusedError when the service fails for good; what has come is kept.
    """
    wards = {ward.ward_code for ward in _ward_sets(root)[2022]}
    run = police_uk.open_run(answers_folder(root, "police_uk", "."), today())
    with client or PoliteClient(police_uk.REQUESTS_PER_SECOND) as asked:
        police_uk.fetch(asked, run, wards, base_url, on_step)
    tables, notes = police_uk.tables(run), police_uk.report(run, wards)
    outcome = _publish_listed(root, tables, run, is_dry_run, on_step)
    if not (outcome.is_refused or is_dry_run):
        of_day = [s for s in list_snapshots(root) if (s.dataset, s.as_at) == ("police_uk_teams", run.as_at)]
        police_uk.close_run(run, of_day[-1].name)
    return replace(outcome, notes=notes)


def _publish_listed(
    root: Path, tables: Mapping[str, bytes], run: police_uk.Run, is_dry_run: bool, on_step: Progress
) -> OfficialOutcome:
    with staging_area(root, is_dry_run, on_step) as area:
        published = list_snapshots(root)
        staged: list[Snapshot] = []
        findings: list[Finding] = []
        for name, source in tables.items():
            on_step(f"Checking {name}")
            earlier = [s for s in published if (s.dataset, s.as_at) == (name, run.as_at)]
            if earlier and earlier[-1].source_path.read_bytes() == source:
                continue
            revision = 1 + max((s.revision for s in earlier), default=0)
            reading = read_table(dataset(name), source, f"{name} {snapshot_name(run.as_at, revision)}")
            findings += reading.findings
            staged.append(
                stage(
                    area,
                    dataset(name),
                    reading.source,
                    reading.columns,
                    as_at=run.as_at,
                    revision=revision,
                    published_on=today(),
                    reason=None if revision == 1 else "Fetched again on the same day.",
                    coverage="all_wards",
                )
            )
        store = open_store(root, staged, run_checks=False)
        findings += findings_about(store, {f"{s.dataset} {s.name}": s.dataset for s in staged})
        outcome = OfficialOutcome(tuple(findings))
        if outcome.is_refused or is_dry_run or not staged:
            return outcome
        on_step("Publishing")
        return replace(outcome, snapshots=commit(root, area, staged))
