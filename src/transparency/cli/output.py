"""What a command prints: progress on standard error, findings, tables and JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING

import typer
from rich.console import Console
from rich.table import Table

from transparency.core.vocabulary import Finding

if TYPE_CHECKING:
    from transparency.publishing.outcome import Outcome

FOUND, MISUSE = 1, 2


@contextmanager
def progress() -> Iterator[Callable[[str], None]]:
    """Show on standard error what is being done, on a terminal only."""
    console = Console(stderr=True)
    with console.status("Starting") as status:
        yield status.update


def print_outcome(outcome: Outcome, **facts: object) -> None:
    """An outcome as JSON, with the facts that are the command's own."""
    findings = [asdict(finding) for finding in outcome.findings]
    print_json({"ok": outcome.ok, **facts, "findings": findings})


def print_findings(findings: Sequence[Finding]) -> None:
    """The findings, one a line, on standard error."""
    for finding in findings:
        typer.echo(str(finding), err=True)


def print_json(value: object) -> None:
    """A value as JSON on standard output."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2, default=date.isoformat))


def print_table(columns: Sequence[str], rows: Sequence[Sequence[str]], numbers: Sequence[str]) -> None:
    """A table on standard output; `numbers` are the columns set to the right."""
    table = Table(box=None, pad_edge=False)
    for name in columns:
        table.add_column(name, justify="right" if name in numbers else "left")
    for row in rows:
        table.add_row(*row)
    Console(highlight=False, markup=False).print(table)


def number_or_gap(number: float | None) -> str:
    """A number, or that it is not known."""
    return "not known" if number is None else f"{number:,}"


def rows_in_words(count: int) -> str:
    """1 row, 1,258 rows."""
    return "1 row" if count == 1 else f"{count:,} rows"


def exit_with(has_errors: bool) -> None:
    """End the command: 1 where there were errors, 0 where there were none."""
    raise typer.Exit(FOUND if has_errors else 0)
