"""`transparency handout`: printed sheets for ward panels, as PDF."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

from transparency.core.vocabulary import today
from transparency.store.current import shared_store
from transparency.store.roots import store_root


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
    """Print hand-outs of one side of A4 for ward panels: --ward, --borough or --all."""
    from transparency.core.days import read_day
    from transparency.exhibits.shapes import ward_statuses
    from transparency.outlets.handouts import borough_handouts, file_name, print_wards, ward_handout

    if [ward is not None, borough is not None, every].count(True) != 1:
        raise typer.BadParameter("Name one of --ward, --borough and --all.")
    day, site, store = read_day(as_at), site.rstrip("/"), shared_store()
    out.mkdir(parents=True, exist_ok=True)
    if every:
        wards = ward_statuses(store, day)
        with _bar(len(wards)) as on_printed:
            print_wards(store_root(), wards, day, today(), site, out, on_printed)
        typer.echo(f"{len(wards):,} hand-outs in {out}.")
        return
    code = (ward or borough or "").strip().upper()
    document = (ward_handout if ward else borough_handouts)(store, code, day, today(), site)
    file = out / f"{file_name(code)}-{day.isoformat()}.pdf"
    file.write_bytes(document.content)
    typer.echo(f"{file}")


@contextmanager
def _bar(total: int) -> Iterator[Callable[[int], None]]:
    """A bar of hand-outs printed, on standard error."""
    with Progress(BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), console=Console(stderr=True)) as bar:
        task = bar.add_task("hand-outs", total=total)
        yield lambda count: bar.advance(task, count)
