"""A release as CSV, JSON and Parquet: the same columns and rows in each.

CSV is RFC 4180 in UTF-8: one header row, lines ending in CR LF, nothing above the header. Days are ISO 8601,
truth values true and false, a missing cell is empty. A text cell that a spreadsheet would run as a formula has
an apostrophe before it (OWASP, "CSV Injection"); numbers, also negative ones, stay numbers.
"""

from __future__ import annotations

import io
from typing import Any

from transparency.exhibits.csv import csv_bytes
from transparency.exhibits.document import LICENCE, LICENCE_URL, json_bytes
from transparency.store.dataset_releases import Release


def release_csv(release: Release) -> bytes:
    """The release as CSV."""
    return csv_bytes(release.column_names, release.rows)


def release_json(release: Release) -> bytes:
    """The release as one JSON object: what it is, then its rows as objects, a missing cell null."""
    dataset = release.dataset
    head: dict[str, Any] = {"notice": release.notice} if release.notice else {}
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
    if release.notice:
        about["notice"] = release.notice
    schema = pa.schema(
        [pa.field(f.name, types[f.type], metadata={"description": f.description}) for f in release.fields],
        metadata=about,
    )
    columns = list(zip(*release.rows, strict=True)) or [() for _ in release.fields]
    arrays = [pa.array(cells, type=types[f.type]) for cells, f in zip(columns, release.fields, strict=True)]
    target = io.BytesIO()
    pq.write_table(pa.Table.from_arrays(arrays, schema=schema), target, compression="zstd")
    return target.getvalue()
