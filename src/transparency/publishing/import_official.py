"""Importing official boundaries and postcodes into a store, and publishing today's teams as police.uk lists them.

Boundaries and postcodes become holdings; the listed teams become snapshots of the day, by the way of any submission
(`publish`). Each is all or nothing; a dry run does all but the last step.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from transparency.core.errors import ImportRefusedError
from transparency.core.project import EMBEDDED_DATA
from transparency.core.vocabulary import today
from transparency.importers import arcgis, police_uk
from transparency.importers.boundaries import Boundaries, fit_boundaries, read_exact, write_boundaries
from transparency.importers.boundary_files import read_boundaries
from transparency.importers.cells import WardCentre
from transparency.importers.listed_tables import listed_tables
from transparency.importers.polite import PoliteClient
from transparency.importers.postcodes import Assigned, assign_wards, read_kept, read_postcodes, write_postcodes
from transparency.publishing.outcome import Outcome, Progress, silent
from transparency.publishing.publish import NewTable, next_revision, publish_tables, staging_area
from transparency.publishing.reading import read_table
from transparency.store.descriptors import dataset
from transparency.store.holdings import (
    BOUNDARY_VINTAGES,
    POSTCODES,
    Import,
    Provenance,
    answers_folder,
    boundaries_name,
    keep,
    newest_holding,
)
from transparency.store.snapshots import list_snapshots
from transparency.store.write_once import revision_name

# ---------------------------------------------------------------- boundaries


def import_boundaries(
    root: Path,
    path: Path,
    is_dry_run: bool = False,
    on_step: Progress = silent,
    provenance: Provenance | None = None,
) -> Outcome:
    """Import the ward boundaries of a file; postcodes already stored get the wards of the new boundaries.

    Raises ImportRefusedError when the file is of no known kind or set.
    """
    on_step(f"Reading {path.name}")
    file = read_boundaries(path)
    if provenance is not None:
        file = replace(file, provenance=provenance)
    on_step("Comparing with the wards")
    boundaries = fit_boundaries(file, _ward_sets(root))
    if boundaries.is_refused:
        return Outcome(boundaries.findings)
    size_note = f"Drawn with a tolerance of {boundaries.tolerance_m} m; {len(boundaries.exact)} polygons kept exactly."
    notes = (*boundaries.notes, size_note)
    if is_dry_run:
        return Outcome(boundaries.findings, notes=notes)
    new = Import(
        boundaries_name(boundaries.vintage),
        lambda folder: write_boundaries(boundaries, folder),
        file.provenance,
        file.file,
        file.sha256,
        len(boundaries.drawn["features"]),
        notes,
    )
    kept = keep(root, (new, *_assigned_again(root, boundaries, on_step)))
    return Outcome(boundaries.findings, holdings=kept, notes=notes)


def fetch_wards(
    root: Path,
    vintage: str,
    is_dry_run: bool = False,
    on_step: Progress = silent,
    base_url: str = arcgis.BASE_URL,
    client: PoliteClient | None = None,
) -> Outcome:
    """Fetch a vintage of ward boundaries from the ONS and import it; today's pages are not asked for twice.

    What is refused is not kept, so that the next run asks again.
    """
    folder = answers_folder(root, "ons_wards", today().isoformat())
    with client or PoliteClient() as asked:
        path = arcgis.fetch_wards(asked, arcgis.VINTAGES[vintage], folder, base_url, on_step)
    try:
        outcome = import_boundaries(root, path, is_dry_run, on_step)
    except ImportRefusedError:
        arcgis.forget(path)
        raise
    if outcome.is_refused:
        arcgis.forget(path)
    return outcome


def _ward_sets(root: Path) -> dict[int, list[WardCentre]]:
    """The wards of each set that has boundaries, with their centres, from the store's reference tables."""
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


def import_postcodes(root: Path, path: Path, is_dry_run: bool = False, on_step: Progress = silent) -> Outcome:
    """Import a list of postcodes; raises ImportRefusedError when it is none, or no ward can be found for any."""
    on_step(f"Reading {path.name}")
    file = read_postcodes(path)
    on_step(f"Finding the wards of {file.table.num_rows:,} postcodes")
    assigned = _assigned(root, file.table)
    whole = "" if file.whole_rows == file.rows_read else " whole"
    notes = [f"{file.whole_rows:,} of {file.rows_read:,} rows imported{whole}.", *file.notes, *assigned.notes]
    if is_dry_run:
        return Outcome(notes=tuple(notes))
    kept = keep(root, [_of_postcodes(assigned, file.provenance, file.file, file.sha256, notes)])
    return Outcome(notes=tuple(notes), holdings=kept)


def _assigned(root: Path, table: object, new: Boundaries | None = None) -> Assigned:
    """The wards of postcodes by the boundaries that are stored, those of one set replaced by `new`."""
    set_codes = {vintage: frozenset(ward.ward_code for ward in wards) for vintage, wards in _ward_sets(root).items()}
    exact = {
        vintage: read_exact(holding.folder)
        for vintage in BOUNDARY_VINTAGES
        if (holding := newest_holding(root, boundaries_name(vintage))) is not None
    }
    if new is not None:
        exact[new.vintage] = new.exact
    return assign_wards(table, set_codes, exact)[0]


def _of_postcodes(
    assigned: Assigned, provenance: Provenance, source_name: str, source_sha256: str, notes: Sequence[str]
) -> Import:
    return Import(
        POSTCODES,
        lambda folder: write_postcodes(assigned, folder),
        provenance,
        source_name,
        source_sha256,
        assigned.table.num_rows,
        tuple(notes),
    )


def _assigned_again(root: Path, new: Boundaries, on_step: Progress) -> tuple[Import, ...]:
    """The stored postcodes, with the wards that new boundaries give."""
    kept = newest_holding(root, POSTCODES)
    if kept is None:
        return ()
    on_step("Finding the wards of the postcodes again")
    assigned = _assigned(root, read_kept(kept.folder), new)
    notes = ["Wards found again after an import of boundaries.", *assigned.notes]
    return (_of_postcodes(assigned, kept.provenance, kept.source_name, kept.source_sha256, notes),)


# ---------------------------------------------------------------- listed teams


def fetch_police_uk(
    root: Path,
    is_dry_run: bool = False,
    on_step: Progress = silent,
    base_url: str = police_uk.BASE_URL,
    client: PoliteClient | None = None,
) -> Outcome:
    """Ask police.uk for the team of every ward in force and publish what it lists, all wards or nothing.

    A fetch broken off, even by a kill, goes on where it was if that was yesterday or today. Raises
    ImportRefusedError when the service fails for good; what has come is kept.
    """
    wards = {ward.ward_code for ward in _ward_sets(root)[2022]}
    run = police_uk.open_run(answers_folder(root, "police_uk", "."), today())
    with client or PoliteClient(police_uk.REQUESTS_PER_SECOND) as asked:
        police_uk.fetch(asked, run, wards, base_url, on_step)
    listed = listed_tables(run, wards)
    outcome = _publish_listed(root, listed.tables, run, is_dry_run, on_step)
    if outcome.is_refused:
        police_uk.discard_run(run)
    elif not is_dry_run:
        of_day = [s for s in list_snapshots(root) if (s.dataset, s.as_at) == ("police_uk_teams", run.as_at)]
        police_uk.close_run(run, of_day[-1].name)
    return replace(outcome, notes=listed.notes)


def _publish_listed(
    root: Path, tables: Mapping[str, bytes], run: police_uk.Run, is_dry_run: bool, on_step: Progress
) -> Outcome:
    with staging_area(root, is_dry_run, on_step) as area:
        published = list_snapshots(root)
        of_day = {s.dataset: s.source_path for s in published if s.as_at == run.as_at}

        def changed() -> Iterator[NewTable]:
            for name, source in tables.items():
                on_step(f"Checking {name}")
                if name in of_day and of_day[name].read_bytes() == source:
                    continue
                revision = next_revision(published, name, run.as_at)
                reading = read_table(dataset(name), source, f"{name} {revision_name(run.as_at, revision)}")
                reason = None if revision == 1 else "Fetched again on the same day."
                yield NewTable(dataset(name), reading, run.as_at, revision, reason, today(), "all_wards")

        return publish_tables(root, area, changed(), (), is_dry_run, on_step)
