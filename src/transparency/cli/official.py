"""`transparency import …` and `transparency fetch …`: official files, from the disk or from their publisher.

Each reports what it stored or published; exit code 1 where something was refused or a service did not answer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TimeRemainingColumn, TransferSpeedColumn

from transparency.cli.output import exit_with, print_findings, print_outcome, progress, rows_in_words
from transparency.core.errors import TransparencyError
from transparency.core.files import told
from transparency.core.vocabulary import today
from transparency.store.announced import older_than_announced
from transparency.store.database import open_store
from transparency.store.roots import own_store_root
from transparency.store.store import Store

if TYPE_CHECKING:
    from transparency.publishing.outcome import Outcome

MEANING = {
    "published": "not stored before",
    "restated": "restated by the publisher",
    "rematched": "teams matched anew",
    "unchanged": "unchanged, nothing written",
}

import_app = typer.Typer(name="import", no_args_is_help=True, help="Import an official file.", rich_markup_mode=None)
fetch_app = typer.Typer(
    name="fetch", no_args_is_help=True, help="Download an official file, then import it.", rich_markup_mode=None
)

DryRun = Annotated[bool, typer.Option("--dry-run", help="Do all but the last step.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print the report as JSON.")]
AnyPath = Annotated[Path, typer.Argument(exists=True, readable=True)]
FilePath = Annotated[Path, typer.Argument(exists=True, dir_okay=False, readable=True)]
FilePaths = Annotated[list[Path], typer.Argument(exists=True, dir_okay=False, readable=True)]
BaseUrl = Annotated[str | None, typer.Option(help="Another address of the service.")]


class Vintage(StrEnum):
    """The years of ward boundaries that can be fetched."""

    Y2014 = "2014"
    Y2022 = "2022"
    LATEST = "latest"


# ---------------------------------------------------------------- the monthly workbook


@import_app.command(name="dwo")
def import_monthly_workbook(
    files: Annotated[
        list[Path],
        typer.Argument(exists=True, dir_okay=False, readable=True, help="The workbook, or its two sheets as CSV."),
    ],
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Import the Met's monthly strengths and abstractions of ward teams; a month that is unchanged is left alone."""
    _import(files, dry_run, as_json)


@fetch_app.command(name="dwo")
def fetch_monthly_workbook(
    url: Annotated[str | None, typer.Option(help="Where the workbook is; the catalogue is not asked then.")] = None,
    to: Annotated[Path | None, typer.Option(help="Where to keep it; in the store's downloads if left out.")] = None,
    base_url: BaseUrl = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Download the Met's monthly workbook from where the London Datastore has it, resuming, and import it."""
    from transparency.importers.datastore import BASE_URL, workbook_address
    from transparency.importers.download import download

    root = own_store_root()
    if url is None:
        address = workbook_address(base_url or BASE_URL)
        typer.echo(address.note, err=True)
        url = address.url
    target = to or root / "downloads" / f"dwo_{today().isoformat()}.xlsx"
    with _bar() as on_bytes:
        path = download(url, target, on_bytes)
    _import([path], dry_run, as_json)


def _import(files: list[Path], is_dry_run: bool, as_json: bool) -> None:
    from transparency.publishing.import_workbook import import_dwo

    with progress() as on_step:
        outcome = import_dwo(own_store_root(), files, is_dry_run, on_step)
    if as_json:
        print_outcome(outcome, is_dry_run=is_dry_run, **_months(outcome))
    else:
        print_findings(outcome.findings)
        _print_months(outcome, is_dry_run)
        if not outcome.is_refused:
            for notice in older_than_announced(outcome.store or open_store(own_store_root(), run_checks=False)):
                typer.echo(notice, err=True)
    exit_with(outcome.is_refused)


def _months(outcome: Outcome) -> dict[str, Any]:
    """What was done with each month and what did not match: the import report."""
    from transparency.months.queries import match_months, team_reports

    return {
        "months": [
            {
                "dataset": change.table.dataset,
                "as_at": change.table.as_at.isoformat(),
                "action": change.action,
                "revision": change.revision,
                "rows": change.table.rows,
                "total": change.table.total,
                "total_before": change.total_before,
                "rows_added": change.rows_added,
                "rows_removed": change.rows_removed,
                "rows_rematched": change.rows_rematched,
            }
            for change in outcome.changes
        ],
        "matches": [] if outcome.store is None else [asdict(item) for item in match_months(outcome.store)],
        "teams": [] if outcome.store is None else [asdict(item) for item in team_reports(outcome.store)],
    }


def _print_months(outcome: Outcome, is_dry_run: bool) -> None:
    if outcome.is_refused:
        typer.echo("Refused: nothing written.", err=True)
        return
    for action, meaning in MEANING.items():
        for dataset in ("dwo_strength", "dwo_activity"):
            changes = [c for c in outcome.changes if (c.action, c.table.dataset) == (action, dataset)]
            if changes:
                months = f"{changes[0].table.as_at:%B %Y} to {changes[-1].table.as_at:%B %Y}"
                number = "1 month" if len(changes) == 1 else f"{len(changes)} months"
                typer.echo(f"{dataset}: {number} {meaning} ({months}).")
    for change in outcome.changes:
        if change.reason:
            typer.echo(f"{change.table.dataset} {change.table.as_at:%B %Y}, r{change.revision}: {change.reason}")
    if outcome.store is not None:
        _print_teams(outcome.store)
    if is_dry_run:
        typer.echo("Dry run: nothing written.")
    elif not outcome.snapshots:
        typer.echo("Nothing written.")


def _print_teams(store: Store) -> None:
    """The teams that a person should look at, by kind, with their strength and time."""
    from transparency.months.queries import team_reports

    reports = team_reports(store)
    for kind in ("unmatched", "shared", "doubled", "contradicted"):
        of_kind = [report for report in reports if report.team_kind == kind]
        if of_kind:
            fte = sum(report.fte_months for report in of_kind)
            minutes = sum(report.minutes for report in of_kind)
            rows = sum(report.strength_rows + report.activity_rows for report in of_kind)
            teams = "1 team" if len(of_kind) == 1 else f"{len(of_kind)} teams"
            typer.echo(f"{kind}: {teams}, {rows_in_words(rows)}, {fte:,.2f} FTE-months, {minutes:,.0f} minutes.")


@contextmanager
def _bar() -> Iterator[Callable[[int, int | None], None]]:
    """A bar of bytes received, on standard error."""
    columns = (BarColumn(), DownloadColumn(), TransferSpeedColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task("download", total=None)
        yield lambda received, total: bar.update(task, completed=received, total=total)


# ---------------------------------------------------------------- boundaries, postcodes, series, listed teams


@import_app.command(name="boundaries")
def boundaries(file: FilePath, dry_run: DryRun = False, as_json: AsJson = False) -> None:
    """Import ward boundaries: GeoJSON, or a zip of shapefiles, of the ONS or the GLA."""
    from transparency.publishing.import_official import import_boundaries

    _imported(import_boundaries, file, dry_run, as_json)


@import_app.command(name="postcodes")
def postcodes(file: AnyPath, dry_run: DryRun = False, as_json: AsJson = False) -> None:
    """Import a list of postcodes: the ONSPD or NSPL, OS Code-Point Open, or a CSV postcode,lat,lon[,ward_code]."""
    from transparency.publishing.import_official import import_postcodes

    _imported(import_postcodes, file, dry_run, as_json)


@import_app.command(name="crime")
def crime(files: FilePaths, dry_run: DryRun = False, as_json: AsJson = False) -> None:
    """Import the Met's recorded crime by ward: its wide CSV files, of the earlier and the present system together."""
    from transparency.publishing.import_edition import import_crime

    _imported(import_crime, files, dry_run, as_json)


@import_app.command(name="attitude")
def attitude(file: FilePath, dry_run: DryRun = False, as_json: AsJson = False) -> None:
    """Import City Hall's Public Attitude Survey by borough: the workbook of its dashboard, or its sheet as CSV."""
    from transparency.publishing.import_edition import import_attitude

    _imported(import_attitude, file, dry_run, as_json)


@fetch_app.command(name="wards")
def wards(
    vintage: Annotated[Vintage, typer.Option(help="Which wards.")] = Vintage.LATEST,
    base_url: BaseUrl = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Fetch ward boundaries from the ONS Open Geography Portal, and import them."""
    _report(_fetch_wards(vintage, base_url, dry_run), dry_run, as_json)


@fetch_app.command(name="police-uk")
def police_uk(base_url: BaseUrl = None, dry_run: DryRun = False, as_json: AsJson = False) -> None:
    """Fetch the team that police.uk lists for each ward, and publish it as of today; takes about four minutes."""
    _report(_fetch_police_uk(base_url, dry_run), dry_run, as_json)


@fetch_app.command(name="all")
def everything(dry_run: DryRun = False) -> None:
    """Fetch boundaries of both sets and today's teams; one that fails does not stop the others."""
    own_store_root()  # its error would be reported three times
    steps: dict[str, Callable[[], Outcome]] = {
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
        except (TransparencyError, OSError) as error:
            typer.echo(told(error) if isinstance(error, OSError) else str(error), err=True)
            failed.append(title)
    typer.echo("The monthly workbook has its own command, transparency fetch dwo.")
    typer.echo("Postcodes are downloaded by hand, being large: transparency import postcodes FILE.")
    if failed:
        typer.echo(f"Not fetched: {', '.join(failed)}. Run the command again: what has come is kept.", err=True)
    exit_with(bool(failed))


def _fetch_wards(vintage: Vintage, base_url: str | None, is_dry_run: bool) -> Outcome:
    from transparency.importers.arcgis import BASE_URL
    from transparency.publishing.import_official import fetch_wards

    with progress() as on_step:
        return fetch_wards(own_store_root(), vintage.value, is_dry_run, on_step, base_url or BASE_URL)


def _fetch_police_uk(base_url: str | None, is_dry_run: bool) -> Outcome:
    from transparency.importers.police_uk import BASE_URL
    from transparency.publishing.import_official import fetch_police_uk

    with progress() as on_step:
        return fetch_police_uk(own_store_root(), is_dry_run, on_step, (base_url or BASE_URL).rstrip("/"))


def _imported(take: Callable[..., Outcome], file: Path | list[Path], is_dry_run: bool, as_json: bool) -> None:
    with progress() as on_step:
        outcome = take(own_store_root(), file, is_dry_run, on_step)
    _report(outcome, is_dry_run, as_json)


def _report(outcome: Outcome, is_dry_run: bool, as_json: bool) -> None:
    if as_json:
        stored = [{"name": each.name, "rows": each.rows, "folder": each.folder.name} for each in outcome.holdings]
        snapshots = [snapshot.record for snapshot in outcome.snapshots]
        print_outcome(outcome, is_dry_run=is_dry_run, held=stored, snapshots=snapshots, notes=list(outcome.notes))
    else:
        _print(outcome, is_dry_run)
    exit_with(outcome.is_refused)


def _print(outcome: Outcome, is_dry_run: bool) -> None:
    print_findings(outcome.findings)
    for note in outcome.notes:
        typer.echo(note)
    for holding in outcome.holdings:
        typer.echo(f"Imported {holding.name} {holding.folder.name}: {rows_in_words(holding.rows)}.")
        typer.echo(f"  {holding.provenance.attribution} {holding.provenance.licence}.")
    for snapshot in outcome.snapshots:
        typer.echo(f"Published {snapshot.dataset} {snapshot.name}: {rows_in_words(snapshot.rows)}.")
    if outcome.is_refused:
        typer.echo("Refused: nothing imported.", err=True)
    elif is_dry_run:
        typer.echo("Dry run: nothing written.")
    elif not (outcome.holdings or outcome.snapshots):
        typer.echo("Nothing has changed since the last import.")
