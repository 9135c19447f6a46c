"""What a command tells: progress on standard error, findings, tables, and JSON for a machine."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from typing import Any

import typer
from rich.console import Console
from rich.table import Table

from transparency.core.vocabulary import Finding

FOUND, MISUSE = 1, 2


@contextmanager
def progress() -> Iterator[Callable[[str], None]]:
    """A line on standard error that says what is being done; shown on a terminal only."""
    console = Console(stderr=True)
    with console.status("Starting") as status:
        yield status.update


def plain_findings(findings: Sequence[Finding]) -> list[dict[str, Any]]:
    """The findings as plain values, for `--json`."""
    return [asdict(finding) for finding in findings]


def print_findings(findings: Sequence[Finding]) -> None:
    """The findings, one a line, on standard error."""
    for finding in findings:
        typer.echo(str(finding), err=True)


def print_json(value: object) -> None:
    """A value as JSON on standard output."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2))


def print_table(columns: Sequence[str], rows: Sequence[Sequence[str]], numbers: Sequence[str]) -> None:
    """A table on standard output; `numbers` are the columns set to the right."""
    table = Table(box=None, pad_edge=False)
    for name in columns:
        table.add_column(name, justify="right" if name in numbers else "left")
    for row in rows:
        table.add_row(*row)
    Console(highlight=False, markup=False).print(table)


def number_or_gap(number: float | None) -> str:
    """A number, or that there is none."""
    return "not held" if number is None else f"{number:,}"


def rows_in_words(count: int) -> str:
    """1 row, 1,258 rows."""
    return "1 row" if count == 1 else f"{count:,} rows"


def exit_with(has_faults: bool) -> None:
    """End the command: 1 where there were faults, 0 where there were none."""
    raise typer.Exit(FOUND if has_faults else 0)
