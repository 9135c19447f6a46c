"""One edition of a series, read whole from its publisher's own file, and the cells that such files share.

An edition is never joined with another: each gives tables that stand by themselves, and a source of its own.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from transparency.core.vocabulary import Finding
from transparency.store.descriptors import dataset


@dataclass(frozen=True)
class EditionSource:
    """What the register of sources says of an edition: who published it, what it is, and where it is."""

    source_id: str
    publisher: str
    title: str
    url: str
    licence: str = "not stated in the file; see the page of the dataset"

    def cells(self) -> dict[str, str]:
        """The row of the register; the day of publication is not in such files."""
        return {
            "source_id": self.source_id,
            "publisher": self.publisher,
            "title": self.title,
            "published_on": "",
            "url": self.url,
            "licence": self.licence,
            "kind": "dataset",
        }


@dataclass(frozen=True)
class Edition:
    """The tables of an edition, by dataset, each a submission as CSV; as at the last day that it describes.

    `file` names what was read. `findings` are warnings only.
    """

    file: str
    as_at: date
    tables: Mapping[str, bytes]
    source: EditionSource
    findings: tuple[Finding, ...] = ()
    notes: tuple[str, ...] = ()


def table(name: str, rows: Iterable[Sequence[object]], source: EditionSource) -> bytes:
    """A submission for a dataset whose last column is the source: rows without it, in order."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(dataset(name).column_names)
    writer.writerows((*row, source.source_id) for row in rows)
    return text.getvalue().encode()


def file_names(paths: Sequence[Path]) -> str:
    """The names of files as they are published: bytes that are no text become question marks."""
    return " and ".join(path.name for path in paths).encode("utf-8", "replace").decode()


def fingerprints(paths: Sequence[Path]) -> str:
    """The SHA-256 of each file, with a space between."""
    return " ".join(hashlib.sha256(path.read_bytes()).hexdigest() for path in paths)


def is_refused(findings: Iterable[Finding]) -> bool:
    """Whether one of the findings is more than a warning."""
    return any(not finding.is_warning for finding in findings)
