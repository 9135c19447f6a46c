"""What came of a check, a publish, an import or a verification."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from transparency.core.findings import bounded
from transparency.core.vocabulary import Finding
from transparency.store.holdings import Holding
from transparency.store.reconciliation import Reconciled
from transparency.store.snapshots import Snapshot
from transparency.store.store import Store

if TYPE_CHECKING:
    from transparency.publishing.import_workbook import MonthChange

Progress = Callable[[str], None]


def silent(step: str) -> None:
    """Progress nobody watches."""


@dataclass(frozen=True)
class Outcome:
    """The findings, bounded for each rule, and what was published or stored: nothing when it is refused.

    `store` is the result, published or only tried; None where it came to no check. `notes` are remarks of an import.
    Of the monthly workbook, `changes` says what was done with each month, and `absent` are the stored months that it
    no longer has. `reconciliations` are those of a verification.
    """

    findings: tuple[Finding, ...] = ()
    snapshots: tuple[Snapshot, ...] = ()
    holdings: tuple[Holding, ...] = ()
    notes: tuple[str, ...] = ()
    changes: tuple[MonthChange, ...] = ()
    absent: tuple[date, ...] = ()
    reconciliations: tuple[Reconciled, ...] = ()
    store: Store | None = field(default=None, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "findings", bounded(self.findings))

    @property
    def ok(self) -> bool:
        """Whether there are no errors among the findings, and every reconciliation comes out."""
        return all(finding.is_warning for finding in self.findings) and all(item.ok for item in self.reconciliations)

    @property
    def is_refused(self) -> bool:
        return not self.ok
