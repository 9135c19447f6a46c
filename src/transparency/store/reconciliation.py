"""Published numbers that ought to agree: each file of `reconciliations/` returns what is expected and what we get.

Each says what agreement is worth:

- `independent`: both sides come from separate published numbers or a named list;
- `arithmetic`: a sum of published numbers against our own derived row or constants;
- `partly`: rests in part on inferred rows or on our choice of which sites count;
- `by_difference`: the sites were found by subtraction, so the number cannot fail;
- `fitted`: an inferred date was placed so that the published number is met.

Agreement of the last two proves nothing and is shown as such; disagreement of any is an error.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from transparency.store.definitions import header_notes
from transparency.store.store import Store


@dataclass(frozen=True)
class Reconciliation:
    """Two ways to the same number: one SELECT of `expected` and `got`, and what agreement is worth."""

    name: str
    worth: str
    sql: str


@dataclass(frozen=True)
class Reconciled:
    """A reconciliation with its two numbers; None where the store does not have them."""

    name: str
    expected: float | None
    got: float | None
    worth: str

    @property
    def ok(self) -> bool:
        return self.expected is not None and self.expected == self.got


@cache
def reconciliations() -> tuple[Reconciliation, ...]:
    """Every reconciliation, in the order of the files' names."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(Path(__file__).parent.glob("reconciliations/*.sql"))]
    notes = [header_notes(sql) for sql in texts]
    return tuple(Reconciliation(note["Title"], note["Worth"], sql) for note, sql in zip(notes, texts, strict=True))


def reconcile(store: Store, item: Reconciliation) -> Reconciled:
    """The two numbers of one reconciliation in a store."""
    rows = store.rows(item.sql)
    expected, got = (rows[0]["expected"], rows[0]["got"]) if rows else (None, None)
    return Reconciled(item.name, _plain(expected), _plain(got), item.worth)


def _plain(number: float | None) -> float | None:
    """A whole number without its decimal point."""
    return None if number is None else int(number) if number == int(number) else float(number)
