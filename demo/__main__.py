"""`python -m demo --out DIR`: write the demonstration store; `make demo` serves it."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from demo.build import build_demonstration
from transparency.cli.output import FOUND, progress
from transparency.core.errors import TransparencyError
from transparency.store.store import DEMONSTRATION_NOTICE


def demo(
    out: Annotated[Path, typer.Option(file_okay=False, help="A new folder, or an earlier demonstration store.")],
    first_month: Annotated[
        datetime, typer.Option(formats=["%Y-%m-%d"], help="First month of the monthly series; later is quicker.")
    ] = datetime(2021, 8, 1),
) -> None:
    """Write the demonstration store: an invented programme, marked so in every row."""
    try:
        with progress() as on_step:
            snapshots = build_demonstration(out, on_step, first_month.date())
    except TransparencyError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(FOUND) from error
    typer.echo(f"{DEMONSTRATION_NOTICE}. {len(snapshots)} snapshots are in {out}.")
    typer.echo(f"To serve it: TRANSPARENCY_DATA={out} make run")


if __name__ == "__main__":
    typer.run(demo)
