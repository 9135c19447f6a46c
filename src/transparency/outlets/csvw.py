"""Meaning attached to the files: CSV on the Web beside each CSV, one Data Package over all of them.

CSV on the Web: W3C Recommendations "Metadata Vocabulary for Tabular Data" and "Model for Tabular Data and
Metadata on the Web" (17 December 2015). Data Package: https://specs.frictionlessdata.io/data-package/ (v1).
"""

from __future__ import annotations

import hashlib
import re
from typing import Any

from transparency.exhibits.document import LICENCE, LICENCE_URL
from transparency.store.dataset_releases import Release
from transparency.store.descriptors import Field
from transparency.store.store import DEMONSTRATION_NOTICE, Store

CONTEXT = ["http://www.w3.org/ns/csvw", {"@language": "en"}]
SITE = "London ward officers"
PACKAGE = "london-ward-officers"
HARMLESS = (
    "A text cell that begins with = + - @ or a control character has an apostrophe before it, so that no spreadsheet "
    "runs it as a formula."
)
_KEYWORDS = ["police", "London", "wards", "dedicated ward officers", "PCSO", "front counters"]


def csvw_metadata(release: Release, url: str) -> dict[str, Any]:
    """The description of one CSV; `url` is the CSV's address relative to the description."""
    dataset = release.dataset
    notes = [*dataset.caveats, HARMLESS]
    if release.is_demonstration:
        notes.insert(0, DEMONSTRATION_NOTICE)
    metadata: dict[str, Any] = {
        "@context": CONTEXT,
        "url": url,
        "dc:title": _titled(release),
        "dc:description": dataset.description,
        "dc:identifier": f"{dataset.name}/{release.edition}",
        "dc:publisher": dataset.publisher,
        "dc:license": {"@id": LICENCE_URL},
        "dc:rights": dataset.licence,
        "dcat:keyword": _KEYWORDS,
    }
    if release.published_on is not None:
        metadata["dc:issued"] = _day(release.published_on.isoformat())
        metadata["dc:modified"] = _day((release.day or release.published_on).isoformat())
    if not release.is_immutable:
        metadata["schema:version"] = release.data_version
    metadata |= {
        "rdfs:comment": notes,
        "dialect": {"encoding": "utf-8", "header": True, "delimiter": ",", "lineTerminators": ["\r\n"]},
        "tableSchema": {
            "columns": [_column(field) for field in release.fields],
            "primaryKey": [name for name in _key(release) if name in release.column_names],
        },
    }
    return metadata


def _titled(release: Release) -> str:
    title = release.dataset.title
    return f"{title} ({DEMONSTRATION_NOTICE.lower()})" if release.is_demonstration else title


def _day(iso: str) -> dict[str, str]:
    return {"@value": iso, "@type": "xsd:date"}


def _key(release: Release) -> tuple[str, ...]:
    """The primary key; of observations handed out together the as-at date is part of it."""
    if release.column_names[0] == "as_at":
        return ("as_at", *release.dataset.primary_key)
    return release.dataset.primary_key


def _column(field: Field) -> dict[str, Any]:
    column: dict[str, Any] = {
        "name": field.name,
        "titles": field.name,
        "dc:description": field.description,
        "datatype": _datatype(field),
        "required": field.is_required,
    }
    if field.unit:
        column["schema:unitText"] = field.unit
    return column


def _datatype(field: Field) -> Any:
    if field.enum:
        return {"base": "string", "format": "|".join(re.escape(value) for value in field.enum)}
    return field.type


def datapackage(store: Store, releases: list[tuple[Release, bytes]]) -> dict[str, Any]:
    """The package over the latest edition of every table; paths are relative to the package's own address.

    `releases` are the tables with the bytes of their CSV.
    """
    newest = max((snapshot.published_on for snapshot in store.snapshots), default=None)
    description = (
        "What was promised, and what is known, about the police officers dedicated to each London ward, about front "
        "counters and other sites, with a source for each figure."
    )
    package: dict[str, Any] = {
        "profile": "tabular-data-package",
        "name": PACKAGE,
        "id": f"{PACKAGE}/{store.data_version}",
        "title": SITE,
        "description": f"{DEMONSTRATION_NOTICE}. {description}" if store.is_demonstration else description,
        "version": store.data_version,
        "keywords": _KEYWORDS,
        "licenses": [{"name": "OGL-UK-3.0", "path": LICENCE_URL, "title": LICENCE}],
        "contributors": [{"title": SITE, "role": "publisher"}],
    }
    if newest is not None:
        package["created"] = f"{newest.isoformat()}T00:00:00Z"
    package["resources"] = [_resource(release, content) for release, content in releases]
    return package


def _resource(release: Release, content: bytes) -> dict[str, Any]:
    dataset = release.dataset
    caveats = [DEMONSTRATION_NOTICE, *dataset.caveats] if release.is_demonstration else list(dataset.caveats)
    return {
        "profile": "tabular-data-resource",
        "name": dataset.name,
        "path": f"{dataset.name}/latest.csv",
        "title": _titled(release),
        "description": "\n\n".join((dataset.description, *caveats)),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "header": True},
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "licenses": [{"name": "OGL-UK-3.0", "path": LICENCE_URL, "title": LICENCE}],
        "schema": {
            "fields": [_field(field) for field in release.fields],
            "primaryKey": list(_key(release)),
            "missingValues": [""],
        },
    }


def _field(field: Field) -> dict[str, Any]:
    described: dict[str, Any] = {"name": field.name, "type": field.type, "description": field.description}
    if field.unit:
        described["unit"] = field.unit
    constraints: dict[str, Any] = {"required": True} if field.is_required else {}
    if field.enum:
        constraints["enum"] = list(field.enum)
    if constraints:
        described["constraints"] = constraints
    return described
