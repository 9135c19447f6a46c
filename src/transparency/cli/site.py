"""The site in other forms: `transparency export`, `handout` and `release`; and serving a store until it is stopped."""

from __future__ import annotations

import contextlib
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

from transparency.cli.output import progress
from transparency.core.files import replace_file
from transparency.core.settings import environment_with
from transparency.core.vocabulary import today
from transparency.store.current import shared_store
from transparency.store.database import open_store
from transparency.store.roots import own_store_root, store_root

NO_SITE = "https://localhost"


def export(
    out: Annotated[Path, typer.Option(help="The folder to write; files already there are replaced.")],
    site: Annotated[str, typer.Option(help="The origin the files will be served from.")] = NO_SITE,
    handouts: Annotated[bool, typer.Option("--handouts", help="With a handout for every ward.")] = False,
) -> None:
    """Write every plain page, data file and feed as files with relative links."""
    from transparency.about.operator import check_operator
    from transparency.outlets.export import export_site

    check_operator("" if site == NO_SITE else site)
    with progress() as on_step:
        written = export_site(
            store_root(),
            out,
            site.rstrip("/"),
            handouts,
            lambda done, every: on_step(f"{done:,} of {every:,} files"),
        )
    typer.echo(f"{written:,} files in {out}.")


def handout(
    out: Annotated[Path, typer.Option(help="The folder to write to; files already there are replaced.")],
    ward: Annotated[str | None, typer.Option(help="One ward, by its code.")] = None,
    borough: Annotated[str | None, typer.Option(help="A borough's wards in one file, by the borough's code.")] = None,
    every: Annotated[bool, typer.Option("--all", help="Every ward of London, a file each.")] = False,
    as_at: Annotated[str | None, typer.Option(help="The day to answer for; today if left out.")] = None,
    site: Annotated[
        str, typer.Option(help="The site whose address is printed on the sheets, such as https://wards.example.")
    ] = "http://127.0.0.1:8501",
) -> None:
    """Print handouts of one side of A4 for ward panels: --ward, --borough or --all."""
    from transparency.core.days import read_day
    from transparency.outlets.handouts import borough_handouts, file_name, print_wards, ward_handout
    from transparency.wards.standing import standings_on

    if [ward is not None, borough is not None, every].count(True) != 1:
        raise typer.BadParameter("Name one of --ward, --borough and --all.")
    day, site, store = read_day(as_at), site.rstrip("/"), shared_store()
    out.mkdir(parents=True, exist_ok=True)
    if every:
        wards = [standing.ward for standing in standings_on(store, day)]
        with _bar(len(wards)) as on_printed:
            print_wards(store_root(), wards, day, today(), site, out, on_printed)
        typer.echo(f"{len(wards):,} handouts in {out}.")
        return
    code = (ward or borough or "").strip().upper()
    document = (ward_handout if ward else borough_handouts)(store, code, day, today(), site)
    file = out / f"{file_name(code)}-{day.isoformat()}.pdf"
    replace_file(file, document.content)
    typer.echo(f"{file}")


@contextlib.contextmanager
def _bar(total: int) -> Iterator[Callable[[int], None]]:
    """A bar of handouts printed, on standard error."""
    with Progress(BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), console=Console(stderr=True)) as bar:
        task = bar.add_task("handouts", total=total)
        yield lambda count: bar.advance(task, count)


def release() -> None:
    """List every published file with its hash in release.json, for replicas to copy; a store with errors is refused."""
    from transparency.store.replica_manifest import MANIFEST_FILE, make_release

    root = own_store_root()
    released = make_release(root, open_store(root).data_version)
    typer.echo(f"Released data version {released.data_version}: {len(released.files)} files in {MANIFEST_FILE}.")


def exit_on_termination() -> None:
    """End by way of every `finally` when the system asks to, so that temporary folders go too."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))


def serve_store(root: Path) -> None:
    """Run the server on the store at `root`, with PORT and HOST as for the server, until it or this is stopped.

    Only `app.py` brings commands and server together, so it is started as a program of its own.
    """
    sys.stdout.flush()
    server = subprocess.Popen(
        [sys.executable, "-m", "transparency.web.server"], env=environment_with(TRANSPARENCY_DATA=str(root))
    )
    try:
        with contextlib.suppress(KeyboardInterrupt):  # which the server gets as well
            server.wait()
    finally:
        server.terminate()
        server.wait()
