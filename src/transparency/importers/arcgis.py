"""Ward boundaries from the ONS Open Geography Portal, page by page, as one GeoJSON file.

The portal is an ArcGIS feature service (https://developers.arcgis.com/rest/services-reference/enterprise/query-feature-service-layer/).
What it does that a reader must know: a page holds at most 2,000 features and says `exceededTransferLimit` when there
are more, in GeoJSON under `properties`; an error comes with status 200 and an `error` object; field names carry the
year, in either case. Each page is kept as it came, so that a fetch broken off goes on where it was.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from transparency.core.errors import ImportRefusedError
from transparency.importers.polite import PoliteClient

BASE_URL = "https://services1.arcgis.com/ESMARspQHYMw9BZ9/arcgis/rest/services"
PAGE_SIZE = 2000
MOST_PAGES = 100
# Great Britain's wards without a borough code are asked for by this box about London, in British National Grid.
LONDON_BOX = "503000,155000,562000,201000"

_BOROUGH_FIELD = re.compile(r"lad\d\dcd", re.IGNORECASE)


@dataclass(frozen=True)
class Vintage:
    """What `--vintage` may ask for: the set of wards it belongs to, and the services that may have it, best first."""

    name: str
    ward_set: int
    services: tuple[str, ...]


VINTAGES = {
    "2014": Vintage(
        "2014",
        2014,
        (
            "Wards_December_2016_GCB_in_Great_Britain_2022",
            "Wards_December_2017_GCB_in_Great_Britain_2022",
            "Wards_December_2015_GCB_in_Great_Britain_2022",
        ),
    ),
    "2022": Vintage("2022", 2022, ("Wards_December_2022_Boundaries_UK_BGC",)),
    "latest": Vintage(
        "latest",
        2022,
        (
            "WD_MAY_2026_UK_BGC",
            "WD_DEC_2025_UK_BGC",
            "WD_MAY_2025_UK_BGC_V2",
            "Wards_May_2024_Boundaries_UK_BGC",
            "Wards_December_2022_Boundaries_UK_BGC",
        ),
    ),
}


class _NoServiceError(Exception):
    """The portal has no service of that name (any more)."""


def fetch_wards(
    client: PoliteClient,
    vintage: Vintage,
    folder: Path,
    base_url: str = BASE_URL,
    on_step: Callable[[str], None] = print,
) -> Path:
    """Fetch the wards of London and about it into `folder`; returns the GeoJSON file there, complete.

    Raises ImportRefusedError when none of the vintage's services answers.
    """
    refusals = []
    for service in vintage.services:
        try:
            return _fetch_service(client, f"{base_url}/{service}/FeatureServer/0", folder / service, on_step)
        except _NoServiceError as error:
            refusals.append(f"{service}: {error}")
    raise ImportRefusedError(
        f"The wards of {vintage.name} are at none of the addresses known ({'; '.join(refusals)}). Download them from "
        "https://geoportal.statistics.gov.uk/ and run `transparency import boundaries FILE`."
    )


def _fetch_service(client: PoliteClient, layer: str, folder: Path, on_step: Callable[[str], None]) -> Path:
    target = folder / "wards.geojson"
    if target.exists():
        on_step(f"{target.name} of {folder.name} is here already")
        return target
    folder.mkdir(parents=True, exist_ok=True)
    features: list[Any] = []
    for page in _pages(client, layer, folder, on_step):
        features += page["features"]
    if not features:
        raise ImportRefusedError(f"{layer} has no wards in London. Try again later. Nothing was imported.")
    part = target.with_suffix(".part")
    part.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    part.replace(target)
    return target


def _pages(client: PoliteClient, layer: str, folder: Path, on_step: Callable[[str], None]) -> Iterator[dict[str, Any]]:
    question: dict[str, str] | None = None
    offset = 0
    for number in range(1, MOST_PAGES + 1):
        kept = folder / f"page_{number:03}.json"
        if kept.exists():
            page = json.loads(kept.read_text(encoding="utf-8"))
        else:
            question = question or _question(client, layer)
            on_step(f"Page {number} of {layer.split('/')[-3]}")
            page = _asked(client, f"{layer}/query", question | {"resultOffset": str(offset)})
            part = kept.with_suffix(".part")
            part.write_text(json.dumps(page), encoding="utf-8")
            part.replace(kept)
        yield page
        offset += len(page["features"])
        if not page["features"] or not _has_more(page):
            return
    raise ImportRefusedError(f"{layer} did not end after {MOST_PAGES} pages. Nothing was imported.")


def _question(client: PoliteClient, layer: str) -> dict[str, str]:
    """What to ask the layer: London by its borough codes where it has them, else by a box."""
    described = _asked(client, layer, {"f": "json"})
    names = [str(field.get("name", "")) for field in described.get("fields") or []]
    borough = next((name for name in names if _BOROUGH_FIELD.fullmatch(name)), None)
    common = {"outFields": "*", "outSR": "4326", "f": "geojson", "resultRecordCount": str(PAGE_SIZE)}
    if borough is not None:
        # A field's name, checked above, and a constant: nothing a reader typed.
        return common | {"where": f"{borough} LIKE 'E09%'"}
    box = {"geometry": LONDON_BOX, "geometryType": "esriGeometryEnvelope", "inSR": "27700"}
    return common | box | {"where": "1=1", "spatialRel": "esriSpatialRelIntersects"}


def _asked(client: PoliteClient, url: str, parameters: dict[str, str]) -> dict[str, Any]:
    answer = client.json(url, parameters)
    if answer is None:
        raise _NoServiceError("not found")
    if not isinstance(answer, dict):
        raise ImportRefusedError(f"{url} answered with something that is no object. Nothing was imported.")
    if "error" in answer:
        error = answer["error"] if isinstance(answer["error"], dict) else {}
        raise _NoServiceError(f"{error.get('code', '')} {error.get('message', 'error')}".strip())
    if "features" not in answer and parameters["f"] == "geojson":
        raise ImportRefusedError(f"{url} answered without features. Try again later. Nothing was imported.")
    return answer


def _has_more(page: dict[str, Any]) -> bool:
    properties = page.get("properties") or {}
    return bool(page.get("exceededTransferLimit") or properties.get("exceededTransferLimit"))
