"""`transparency import …` and `transparency fetch …`: official files, from the disk or from their publisher."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TimeRemainingColumn, TransferSpeedColumn

from transparency.cli.output import exit_with, plain_findings, print_findings, print_json, progress, rows_in_words
from transparency.core.vocabulary import today
from transparency.store.roots import own_store_root
from transparency.store.store import Store

if TYPE_CHECKING:
    from transparency.publishing.import_workbook import ImportOutcome

DWO_URL = "https://data.london.gov.uk/download/e16kd/kxn/DWO_Abstraction.xlsx"
MEANING = {
    "published": "not held before",
    "restated": "restated by the publisher",
    "rematched": "teams matched anew",
    "unchanged": "unchanged, nothing written",
}

import_app = typer.Typer(name="import", no_args_is_help=True, help="Import an official file.", rich_markup_mode=None)
fetch_app = typer.Typer(
    name="fetch", no_args_is_help=True, help="Download an official file, then import it.", rich_markup_mode=None
)

DryRun = Annotated[bool, typer.Option("--dry-run", help="Do all but the last step.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print the report as a machine would read it.")]


@import_app.callback()
def official_files() -> None:
    """Import an official file."""


@fetch_app.callback()
def official_addresses() -> None:
    """Download an official file, then import it."""


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
    url: Annotated[str, typer.Option(help="Where the workbook is.")] = DWO_URL,
    to: Annotated[Path | None, typer.Option(help="Where to keep it; in the store's downloads if left out.")] = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Download the Met's monthly workbook, resuming what broke off, and import it."""
    from transparency.importers.download import download

    root = own_store_root()
    target = to or root / "downloads" / f"dwo_{today().isoformat()}.xlsx"
    with _bar() as on_bytes:
        path = download(url, target, on_bytes)
    _import([path], dry_run, as_json)


def _import(files: list[Path], is_dry_run: bool, as_json: bool) -> None:
    from transparency.publishing.import_workbook import import_dwo

    with progress() as on_step:
        outcome = import_dwo(own_store_root(), files, is_dry_run, on_step)
    if as_json:
        print_json(_report(outcome, is_dry_run))
    else:
        print_findings(outcome.findings)
        _print_report(outcome, is_dry_run)
    exit_with(outcome.is_refused)


def _report(outcome: ImportOutcome, is_dry_run: bool) -> dict[str, Any]:
    """What was done with each month and what did not match: the import report."""
    from transparency.months.queries import match_months, team_reports

    return {
        "ok": not outcome.is_refused,
        "is_dry_run": is_dry_run,
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
        "matches": [] if outcome.store is None else [item.plain for item in match_months(outcome.store)],
        "teams": [] if outcome.store is None else [item.plain for item in team_reports(outcome.store)],
        "findings": plain_findings(outcome.findings),
    }


def _print_report(outcome: ImportOutcome, is_dry_run: bool) -> None:
    if outcome.is_refused:
        typer.echo("Refused: nothing was written.", err=True)
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
        typer.echo("A dry run: nothing was written.")
    elif not outcome.snapshots:
        typer.echo("Nothing was written.")


def _print_teams(store: Store) -> None:
    """The teams that a person should look at, by kind, with what they stand for."""
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
