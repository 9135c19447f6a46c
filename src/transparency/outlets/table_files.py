"""A release as CSV, JSON and Parquet: the same columns and rows in each.

CSV is RFC 4180 in UTF-8: one header row, lines ending in CR LF, nothing above the header. Days are ISO 8601,
truth values true and false, a missing cell is empty. A text cell that a spreadsheet would run as a formula has
an apostrophe before it (OWASP, "CSV Injection"); numbers, also negative ones, stay numbers.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from transparency.exhibits.document import LICENCE, LICENCE_URL, json_bytes
from transparency.store.dataset_releases import Release
from transparency.store.store import DEMONSTRATION_NOTICE

FORMULA_STARTS = tuple("=+-@\t\r\n＝＋－＠")


def harmless(cell: Any) -> Any:
    """Text that begins as a formula with an apostrophe before it; anything else as it is."""
    if isinstance(cell, str) and cell.startswith(FORMULA_STARTS):
        return f"'{cell}"
    return cell


def csv_text(cell: Any) -> str:
    """One cell as it stands in a CSV."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, date):
        return cell.isoformat()
    return str(harmless(cell))


def csv_bytes(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """A table as CSV."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([csv_text(cell) for cell in row] for row in rows)
    return text.getvalue().encode()


def release_csv(release: Release) -> bytes:
    """The release as CSV."""
    return csv_bytes(release.column_names, release.rows)


def release_json(release: Release) -> bytes:
    """The release as one JSON object: what it is, then its rows as objects, a missing cell null."""
    dataset = release.dataset
    head: dict[str, Any] = {"notice": DEMONSTRATION_NOTICE} if release.is_demonstration else {}
    return json_bytes(
        head
        | {
            "dataset": dataset.name,
            "title": dataset.title,
            "description": dataset.description,
            "edition": release.edition,
            "as_at": release.day,
            "published_on": release.published_on,
            # A snapshot's file never changes, and the version of all the data does.
            "data_version": None if release.is_immutable else release.data_version,
            "publisher": dataset.publisher,
            "licence": LICENCE,
            "licence_url": LICENCE_URL,
            "rights": dataset.licence,
            "caveats": dataset.caveats,
            "rows_count": len(release.rows),
            "rows": [dict(zip(release.column_names, row, strict=True)) for row in release.rows],
        }
    )


def release_parquet(release: Release) -> bytes:
    """The release as Parquet, columns typed as the descriptor says, each with its description."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    types = {
        "string": pa.string(),
        "integer": pa.int64(),
        "number": pa.float64(),
        "boolean": pa.bool_(),
        "date": pa.date32(),
    }
    about = {"dataset": release.dataset.name, "edition": release.edition, "licence": LICENCE_URL}
    if release.is_demonstration:
        about["notice"] = DEMONSTRATION_NOTICE
    schema = pa.schema(
        [pa.field(f.name, types[f.type], metadata={"description": f.description}) for f in release.fields],
        metadata=about,
    )
    columns = list(zip(*release.rows, strict=True)) or [() for _ in release.fields]
    arrays = [pa.array(cells, type=types[f.type]) for cells, f in zip(columns, release.fields, strict=True)]
    target = io.BytesIO()
    pq.write_table(pa.Table.from_arrays(arrays, schema=schema), target, compression="zstd")
    return target.getvalue()
