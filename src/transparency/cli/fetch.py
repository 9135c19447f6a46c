"""`transparency import boundaries`, `import postcodes`, `fetch wards`, `fetch police-uk`, `fetch all`.

Each reports what it made; exit code 1 where something was refused or a service did not answer.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from transparency.cli.import_workbook import AsJson, DryRun, fetch_app, import_app
from transparency.cli.output import exit_with, plain_findings, print_findings, print_json, progress
from transparency.core.errors import TransparencyError
from transparency.store.roots import own_store_root

if TYPE_CHECKING:
    from transparency.publishing.import_official import OfficialOutcome

AnyPath = Annotated[Path, typer.Argument(exists=True, readable=True)]
BoundaryPath = Annotated[Path, typer.Argument(exists=True, dir_okay=False, readable=True)]
BaseUrl = Annotated[str | None, typer.Option(help="Another address of the service.")]


class Vintage(StrEnum):
    """The years of ward boundaries that can be fetched."""

    Y2014 = "2014"
    Y2022 = "2022"
    LATEST = "latest"


@import_app.command(name="boundaries")
def boundaries(file: BoundaryPath, dry_run: DryRun = False, as_json: AsJson = False) -> None:
    """Import ward boundaries: GeoJSON, or a zip of shapefiles, of the ONS or the GLA."""
    from transparency.publishing.import_official import import_boundaries

    with progress() as on_step:
        outcome = import_boundaries(own_store_root(), file, dry_run, on_step)
    _tell(outcome, dry_run, as_json)


@import_app.command(name="postcodes")
def postcodes(file: AnyPath, dry_run: DryRun = False, as_json: AsJson = False) -> None:
    """Import a list of postcodes: ONS Postcode Directory, OS Code-Point Open, or a CSV postcode,lat,lon[,ward_code]."""
    from transparency.publishing.import_official import import_postcodes

    with progress() as on_step:
        outcome = import_postcodes(own_store_root(), file, dry_run, on_step)
    _tell(outcome, dry_run, as_json)


@fetch_app.command(name="wards")
def wards(
    vintage: Annotated[Vintage, typer.Option(help="Which wards.")] = Vintage.LATEST,
    base_url: BaseUrl = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Fetch ward boundaries from the ONS Open Geography Portal, and import them."""
    _tell(_fetch_wards(vintage, base_url, dry_run), dry_run, as_json)


@fetch_app.command(name="police-uk")
def police_uk(base_url: BaseUrl = None, dry_run: DryRun = False, as_json: AsJson = False) -> None:
    """Fetch the team that police.uk lists for each ward, and publish it as of today; takes about four minutes."""
    _tell(_fetch_police_uk(base_url, dry_run), dry_run, as_json)


@fetch_app.command(name="all")
def everything(dry_run: DryRun = False) -> None:
    """Fetch boundaries of both sets and today's teams; one that fails does not stop the others."""
    own_store_root()  # a fault of each step would be told three times
    steps: dict[str, Callable[[], OfficialOutcome]] = {
        "Wards of 2014": lambda: _fetch_wards(Vintage.Y2014, None, dry_run),
        "Wards of today": lambda: _fetch_wards(Vintage.LATEST, None, dry_run),
        "Teams listed on police.uk": lambda: _fetch_police_uk(None, dry_run),
    }
    failed = []
    for title, fetch in steps.items():
        typer.echo(f"{title}:")
        try:
            outcome = fetch()
            _print(outcome, dry_run)
            if outcome.is_refused:
                failed.append(title)
        except (TransparencyError, OSError) as fault:
            typer.echo(str(fault), err=True)
            failed.append(title)
    typer.echo("The monthly workbook has its own command, transparency fetch dwo.")
    typer.echo("Postcodes are downloaded by hand, being large: transparency import postcodes FILE.")
    if failed:
        typer.echo(f"Not fetched: {', '.join(failed)}. Run the command again: what has come is kept.", err=True)
    exit_with(bool(failed))


def _fetch_wards(vintage: Vintage, base_url: str | None, is_dry_run: bool) -> OfficialOutcome:
    from transparency.importers.arcgis import BASE_URL
    from transparency.publishing.import_official import fetch_wards

    with progress() as on_step:
        return fetch_wards(own_store_root(), vintage.value, is_dry_run, on_step, base_url or BASE_URL)


def _fetch_police_uk(base_url: str | None, is_dry_run: bool) -> OfficialOutcome:
    from transparency.importers.police_uk import BASE_URL
    from transparency.publishing.import_official import fetch_police_uk

    with progress() as on_step:
        return fetch_police_uk(own_store_root(), is_dry_run, on_step, (base_url or BASE_URL).rstrip("/"))


def _tell(outcome: OfficialOutcome, is_dry_run: bool, as_json: bool) -> None:
    if as_json:
        print_json(
            {
                "ok": not outcome.is_refused,
                "is_dry_run": is_dry_run,
                "held": [
                    {"name": held.name, "rows": held.rows, "folder": held.folder.name} for held in outcome.holdings
                ],
                "snapshots": [snapshot.record for snapshot in outcome.snapshots],
                "notes": list(outcome.notes),
                "findings": plain_findings(outcome.findings),
            }
        )
    else:
        _print(outcome, is_dry_run)
    exit_with(outcome.is_refused)


def _print(outcome: OfficialOutcome, is_dry_run: bool) -> None:
    print_findings(outcome.findings)
    for note in outcome.notes:
        typer.echo(note)
    for held in outcome.holdings:
        typer.echo(f"Imported {held.name} {held.folder.name}: {held.rows:,} rows.")
        typer.echo(f"  {held.provenance.attribution} {held.provenance.licence}.")
    for snapshot in outcome.snapshots:
        typer.echo(f"Published {snapshot.dataset} {snapshot.name}: {snapshot.rows:,} rows.")
    if outcome.is_refused:
        typer.echo("Refused: nothing was imported.", err=True)
    elif is_dry_run:
        typer.echo("A dry run: nothing was written.")
    elif not (outcome.holdings or outcome.snapshots):
        typer.echo("Nothing has changed since the last time.")
