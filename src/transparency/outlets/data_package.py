"""What every table and column means, in one Data Package over all of them.

https://specs.frictionlessdata.io/data-package/ (v1).
"""

from __future__ import annotations

import hashlib
from typing import Any

from transparency.exhibits.csv import HARMLESS
from transparency.exhibits.document import LICENCE, LICENCE_URL, PACKAGE, SITE
from transparency.store.dataset_releases import Release
from transparency.store.descriptors import Field
from transparency.store.store import DEMONSTRATION_NOTICE, Store

_KEYWORDS = ["police", "London", "wards", "dedicated ward officers", "PCSO", "front counters"]
_LICENCES = [{"name": "OGL-UK-3.0", "path": LICENCE_URL, "title": LICENCE}]


def datapackage(store: Store, releases: list[tuple[Release, bytes]]) -> dict[str, Any]:
    """The package over the latest edition of every table; paths are relative to the package's own address.

    `releases` are the tables with the bytes of their CSV.
    """
    newest = store.newest_published_on
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
        "licenses": _LICENCES,
        "contributors": [{"title": SITE, "role": "publisher"}],
    }
    if newest is not None:
        package["created"] = f"{newest.isoformat()}T00:00:00Z"
    package["resources"] = [_resource(release, content) for release, content in releases]
    return package


def _resource(release: Release, content: bytes) -> dict[str, Any]:
    dataset = release.dataset
    notice = release.notice
    return {
        "profile": "tabular-data-resource",
        "name": dataset.name,
        "path": f"{dataset.name}/latest.csv",
        "title": f"{dataset.title} ({notice.lower()})" if notice else dataset.title,
        "description": "\n\n".join(filter(None, (dataset.description, notice, *dataset.caveats, HARMLESS))),
        "publisher": dataset.publisher,
        "rights": dataset.licence,
        "issued": release.published_on,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "header": True},
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "licenses": _LICENCES,
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


def _key(release: Release) -> tuple[str, ...]:
    """The primary key; of observations handed out together the as-at date is part of it."""
    if release.column_names[0] == "as_at":
        return ("as_at", *release.dataset.primary_key)
    return release.dataset.primary_key
