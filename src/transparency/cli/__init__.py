"""The publisher's commands: `python -m transparency …`, or `transparency` in the environment.

Exit codes: 0 done, 1 errors found, 2 misuse. `--json` prints the report as JSON on standard output; progress goes to
standard error, and only to a terminal.
"""

from __future__ import annotations

import sys
import traceback
from collections.abc import Sequence
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from tempfile import NamedTemporaryFile, TemporaryDirectory
from typing import Annotated

import typer

from transparency.cli.official import AsJson, DryRun, fetch_app, import_app
from transparency.cli.output import (
    FOUND,
    MISUSE,
    exit_with,
    number_or_gap,
    print_findings,
    print_json,
    print_outcome,
    print_table,
    progress,
    rows_in_words,
)
from transparency.cli.site import exit_on_termination, export, handout, release, serve_store
from transparency.core.errors import ReplicaError, TransparencyError
from transparency.core.files import told
from transparency.core.logs import without_whereabouts
from transparency.core.vocabulary import today
from transparency.publishing.publish import Submission, Terms
from transparency.store.descriptors import snapshot_datasets
from transparency.store.roots import own_store_root, store_root
from transparency.store.snapshots import Snapshot, list_snapshots

UNFORESEEN = (
    "The command stopped at an error that it does not know. What was published before is as it was: "
    "`transparency verify` checks it. Report the error with the file that you handed over."
)

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="Check, publish and verify the data of the dashboard. TRANSPARENCY_DATA names another store.",
)

app.add_typer(import_app)
app.add_typer(fetch_app)
app.command()(export)
app.command()(handout)
app.command()(release)


class Coverage(StrEnum):
    """Whether a submission covers every ward or some."""

    ALL_WARDS = "all_wards"
    SOME_WARDS = "some_wards"


AnyFile = Annotated[
    Path | None, typer.Argument(metavar="[FILE]", exists=True, dir_okay=False, readable=True, help="A CSV.")
]
OneFile = Annotated[Path, typer.Argument(exists=True, dir_okay=False, readable=True, help="A CSV.")]
ForDataset = Annotated[str, typer.Option(help="The dataset the file is for.")]
AsAt = Annotated[str | None, typer.Option(help="The day the figures describe; today if left out.")]
Covering = Annotated[Coverage, typer.Option(help="Whether the file covers every ward.")]


@app.command()
def check(
    file: OneFile,
    dataset: ForDataset,
    as_at: AsAt = None,
    coverage: Covering = Coverage.SOME_WARDS,
    as_json: AsJson = False,
) -> None:
    """Check a file as a publish would, and write nothing."""
    from transparency.publishing import publish as publishing

    terms = Terms(as_at or today().isoformat(), coverage.value)
    with progress() as on_step:
        outcome = publishing.check(store_root(), [_submission(dataset, file)], terms, on_step)
    if as_json:
        print_outcome(outcome)
    else:
        print_findings(outcome.findings)
        if not outcome.is_refused:
            typer.echo(f"{file.name} can be published.")
    exit_with(outcome.is_refused)


@app.command()
def preview(
    file: OneFile,
    dataset: ForDataset,
    as_at: AsAt = None,
    coverage: Covering = Coverage.SOME_WARDS,
    reason: Annotated[str | None, typer.Option(help="Why it is revised, where it is a revision.")] = None,
) -> None:
    """Serve the site as it would be with a file, from a temporary store, until stopped; publishes nothing."""
    from transparency.publishing.preview import build_preview

    terms = Terms(as_at or today().isoformat(), coverage.value, reason)
    exit_on_termination()
    with TemporaryDirectory(prefix="transparency-preview-") as folder:
        with progress() as on_step:
            outcome = build_preview(store_root(), Path(folder), [_submission(dataset, file)], terms, on_step)
        print_findings(outcome.findings)
        if outcome.is_refused:
            typer.echo("Refused: there is nothing to preview.", err=True)
            exit_with(True)
        typer.echo("A preview, with a banner on every page. The store itself is not changed.")
        serve_store(Path(folder))


@app.command()
def publish(
    as_at: Annotated[str, typer.Option(help="The day the figures describe, such as 2017-01-04.")],
    file: AnyFile = None,
    dataset: Annotated[str | None, typer.Option(help="The dataset FILE is for.")] = None,
    files: Annotated[
        list[str] | None,
        typer.Option("--file", metavar="NAME=FILE", help="A dataset and its file; may be repeated."),
    ] = None,
    coverage: Covering = Coverage.SOME_WARDS,
    revise: Annotated[bool, typer.Option("--revise", help="Replace what is published for this day.")] = False,
    reason: Annotated[str | None, typer.Option(help="Why it is revised; shown to readers.")] = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Publish one file, or several that belong together, as snapshots of one day."""
    from transparency.publishing import publish as publishing

    if revise != bool(reason and reason.strip()):
        raise typer.BadParameter("--revise and --reason go together: say why it is revised.")
    submissions = _submissions(file, dataset, files or [])
    with progress() as on_step:
        terms = Terms(as_at, coverage.value, reason)
        outcome = publishing.publish(own_store_root(), submissions, terms, dry_run, on_step)
    if as_json:
        print_outcome(outcome, is_dry_run=dry_run, snapshots=[snapshot.record for snapshot in outcome.snapshots])
    else:
        print_findings(outcome.findings)
        for snapshot in outcome.snapshots:
            typer.echo(f"Published {snapshot.dataset} {snapshot.name}: {rows_in_words(snapshot.rows)}.")
        if outcome.is_refused:
            typer.echo("Refused: nothing published.", err=True)
        elif dry_run:
            typer.echo("No problems found. Dry run: nothing published.")
    exit_with(outcome.is_refused)


@app.command()
def diff(
    dataset: Annotated[str, typer.Argument(help="The dataset.")],
    as_at: Annotated[str, typer.Argument(help="The as-at date of the two revisions.")],
    old: Annotated[str | None, typer.Argument(help="The older revision, such as r1.")] = None,
    new: Annotated[str | None, typer.Argument(help="The newer revision, such as r2.")] = None,
    as_json: AsJson = False,
) -> None:
    """Show what changed between two revisions; the two newest if none are named."""
    from transparency.store.differences import differences

    older, newer = _two_revisions(_known(dataset), as_at, old, new)
    found = differences(older, newer)
    if as_json:
        print_json([asdict(difference) for difference in found])
        return
    typer.echo(f"{dataset} as at {as_at}, r{older.revision} to r{newer.revision}: {newer.reason or ''}")
    for item in found:
        change = "" if item.column is None else f" {item.column}: {item.old or 'blank'} -> {item.new or 'blank'}"
        typer.echo(f"{item.kind:8} {item.key}{change}")
    typer.echo(f"{len(found)} differences." if len(found) != 1 else "1 difference.")


@app.command(name="list")
def list_(as_json: AsJson = False) -> None:
    """List every snapshot published."""
    snapshots = list_snapshots(store_root())
    if as_json:
        print_json([snapshot.record for snapshot in snapshots])
        return
    columns = ("dataset", "as_at", "revision", "rows", "coverage", "published_on", "reason")
    print_table(
        columns,
        [["" if s.record[name] is None else f"{s.record[name]}" for name in columns] for s in snapshots],
        numbers=("revision", "rows"),
    )


@app.command()
def verify(as_json: AsJson = False) -> None:
    """Hash everything again, derive every table again, run every check and every reconciliation."""
    from transparency.publishing import verify as verification

    with progress() as on_step:
        outcome = verification.verify(store_root(), on_step)
    if as_json:
        print_outcome(outcome, reconciliations=[asdict(item) | {"ok": item.ok} for item in outcome.reconciliations])
    else:
        print_findings(outcome.findings)
        if outcome.reconciliations:
            print_table(
                ("reconciliation", "expected", "got", "ok", "worth"),
                [
                    [r.name, number_or_gap(r.expected), number_or_gap(r.got), "yes" if r.ok else "NO", r.worth]
                    for r in outcome.reconciliations
                ],
                numbers=("expected", "got"),
            )
        typer.echo("The store passed verification." if outcome.ok else "The store failed verification.")
    exit_with(not outcome.ok)


@app.command()
def cells() -> None:
    """Redraw the schematic ward cells of the map from the ward tables in `data/reference/`."""
    from transparency.core.project import EMBEDDED_DATA
    from transparency.importers.cells import WardCentre, write_cells
    from transparency.store.database import open_store
    from transparency.store.reference import SUMS_FILE, reference_sums

    folder = EMBEDDED_DATA / "reference"
    store = open_store(EMBEDDED_DATA, run_checks=False)
    for vintage in (2014, 2022):
        rows = store.rows(
            "SELECT ward_code, borough_code, lat, lon, area_ha FROM ward_in_set WHERE vintage = $vintage "
            "ORDER BY ward_code",
            vintage=vintage,
        )
        for path in write_cells([WardCentre(**row) for row in rows], folder, vintage):
            typer.echo(f"{path.name}: {path.stat().st_size:,} bytes")
    (folder / SUMS_FILE).write_text(reference_sums(EMBEDDED_DATA), encoding="utf-8")


def main() -> None:
    """Run the commands; an error is reported without a traceback, that of an unforeseen one is written to a file."""
    try:
        app()
    except ReplicaError as error:
        typer.echo(str(error), err=True)
        sys.exit(MISUSE)
    except TransparencyError as error:
        typer.echo(str(error), err=True)
        sys.exit(FOUND)
    except OSError as error:
        typer.echo(told(error), err=True)
        sys.exit(FOUND)
    except Exception:
        typer.echo(f"{UNFORESEEN} {_kept(without_whereabouts(traceback.format_exc()))}", err=True)
        sys.exit(FOUND)


def _kept(details: str) -> str:
    """Where the details of an error are; a disk that is full may be the cause of it and takes them no more."""
    try:
        with NamedTemporaryFile("w", prefix="transparency-", suffix=".txt", encoding="utf-8", delete=False) as report:
            report.write(details)
    except OSError as error:
        return f"The details could not be kept: {told(error)}"
    return f"The details are in {report.name}."


# ---------------------------------------------------------------- reading what was typed


def _known(name: str) -> str:
    names = [item.name for item in snapshot_datasets()]
    if name not in names:
        raise typer.BadParameter(f"No dataset called {name!r} is published. There are: {', '.join(names)}.")
    return name


def _submission(name: str, path: Path) -> Submission:
    _known(name)
    return Submission(next(item for item in snapshot_datasets() if item.name == name), path)


def _submissions(file: Path | None, dataset: str | None, named: Sequence[str]) -> list[Submission]:
    if (file is None) != (dataset is None):
        raise typer.BadParameter("FILE and --dataset go together; or name both at once: --file NAME=FILE.")
    submissions = [] if file is None or dataset is None else [_submission(dataset, file)]
    for pair in named:
        name, _, path = pair.partition("=")
        if not Path(path).is_file():
            raise typer.BadParameter(f"--file {pair}: there is no file {path!r}. Write NAME=FILE.")
        submissions.append(_submission(name, Path(path)))
    names = [submission.dataset.name for submission in submissions]
    if not names or len(names) != len(set(names)):
        raise typer.BadParameter("Name at least one file, and one for each dataset.")
    return submissions


def _two_revisions(name: str, as_at: str, old: str | None, new: str | None) -> tuple[Snapshot, Snapshot]:
    known = {
        f"r{s.revision}": s for s in list_snapshots(store_root()) if (s.dataset, s.as_at.isoformat()) == (name, as_at)
    }
    wanted = [old, new] if old and new else list(known)[-2:]
    if (old is None) != (new is None) or len(wanted) < 2 or not set(wanted) <= set(known):
        there = ", ".join(known) or "none"
        raise typer.BadParameter(f"Two revisions of {name} as at {as_at} are needed. There are: {there}.")
    return known[str(wanted[0])], known[str(wanted[1])]
