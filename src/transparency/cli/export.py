"""`transparency export`: the site as a folder of files that any host can serve."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from transparency.cli.output import progress
from transparency.store.roots import store_root


def export(
    out: Annotated[Path, typer.Option(help="The folder to write; files already there are replaced.")],
    site: Annotated[str, typer.Option(help="The origin the files will be served from.")] = "https://localhost",
    handouts: Annotated[bool, typer.Option("--handouts", help="With a hand-out for every ward.")] = False,
) -> None:
    """Write every plain page, data file and feed as files with relative links."""
    from transparency.outlets.export import export_site

    with progress() as on_step:
        written = export_site(
            store_root(),
            out,
            site.rstrip("/"),
            handouts,
            lambda done, every: on_step(f"{done:,} of {every:,} files"),
        )
    typer.echo(f"{written:,} files in {out}.")
