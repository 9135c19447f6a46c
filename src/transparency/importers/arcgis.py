"""Ward boundaries from the ONS Open Geography Portal, page by page, as one GeoJSON file.

The portal is an ArcGIS feature service (https://developers.arcgis.com/rest/services-reference/enterprise/query-feature-service-layer/).
What it does that a reader must know: a page holds at most 2,000 features and says `exceededTransferLimit` when there
are more, in GeoJSON under `properties`; pages follow each other only if an order is asked for; an error comes with
status 200 and an `error` object; field names carry the year, in either case. A page that is good is kept as it came,
so that a fetch broken off goes on where it was; a bad one is refused in the service's own words and asked for again
next time.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from transparency.core.errors import ImportRefusedError
from transparency.core.files import replace_file
from transparency.importers.geojson import features_of, said, written
from transparency.importers.packed import NOTHING_IMPORTED
from transparency.importers.polite import PoliteClient

BASE_URL = "https://services1.arcgis.com/ESMARspQHYMw9BZ9/arcgis/rest/services"
PAGE_SIZE = 2000
MOST_PAGES = 100
# Great Britain's wards without a borough code are asked for by this box about London, in British National Grid.
LONDON_BOX = "503000,155000,562000,201000"

# A service that is not there, or not for everybody. Any other error may pass: an older service in
# place of a busy one would be older wards.
_NOT_THERE = frozenset({400, 403, 404, 498, 499})
_WARD_FIELD = re.compile(r"wd\d\dcd", re.IGNORECASE)
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


def forget(path: Path) -> None:
    """Delete a fetched file and its pages, so that the next run asks again."""
    shutil.rmtree(path.parent)


def _fetch_service(client: PoliteClient, layer: str, folder: Path, on_step: Callable[[str], None]) -> Path:
    target = folder / "wards.geojson"
    if target.exists():
        on_step(f"{target.name} of {folder.name} is here already")
        return target
    folder.mkdir(parents=True, exist_ok=True)
    features = [feature for page in _pages(client, layer, folder, on_step) for feature in page]
    codes = [_ward_code(layer, feature) for feature in features]
    if len(set(codes)) < len(codes):
        forget(target)
        twice = next(code for n, code in enumerate(codes) if code in codes[:n])
        raise ImportRefusedError(
            f"{layer} gave {twice} twice: its pages do not follow each other. They were not kept; run the command "
            f"again. {NOTHING_IMPORTED}"
        )
    replace_file(target, json.dumps({"type": "FeatureCollection", "features": features}).encode())
    return target


def _pages(client: PoliteClient, layer: str, folder: Path, on_step: Callable[[str], None]) -> Iterator[list[Any]]:
    """The features of each page, kept before or asked for now; a page is kept when it has proved good."""
    question: dict[str, str] | None = None
    offset = 0
    for number in range(1, MOST_PAGES + 1):
        kept = folder / f"page_{number:03}.json"
        page = _kept_page(layer, kept)
        if page is None:
            question = question or _question(client, layer)
            on_step(f"Page {number} of {layer.split('/')[-3]}")
            page = _judged(layer, _asked(client, f"{layer}/query", question | {"resultOffset": str(offset)}))
            replace_file(kept, json.dumps(page).encode())
        yield page["features"]
        offset += len(page["features"])
        if not _has_more(page):
            return
    raise ImportRefusedError(f"{layer} did not end after {MOST_PAGES} pages. {NOTHING_IMPORTED}")


def _kept_page(layer: str, kept: Path) -> dict[str, Any] | None:
    """A page kept by an earlier run; None where there is none, or it is not good."""
    try:
        return _judged(layer, json.loads(kept.read_bytes()))
    except (FileNotFoundError, ValueError, ImportRefusedError):
        return None


def _judged(layer: str, page: Any) -> dict[str, Any]:
    """The page, if each of its features has a ward's code."""
    for feature in features_of(f"The answer of {layer}", page):
        _ward_code(layer, feature)
    return dict(page)


def _ward_code(layer: str, feature: Any) -> str:
    properties = feature.get("properties") if isinstance(feature, dict) else None
    for name, value in properties.items() if isinstance(properties, dict) else ():
        if _WARD_FIELD.fullmatch(name) and isinstance(value, str) and value.strip():
            return value
    raise ImportRefusedError(
        f"{layer} gave a feature without a ward code, {written(feature)!r}. It was not kept; run the command again "
        f"later. {NOTHING_IMPORTED}"
    )


def _question(client: PoliteClient, layer: str) -> dict[str, str]:
    """What to ask the layer: London by its borough codes where it has them, else by a box."""
    described = _asked(client, layer, {"f": "json"})
    fields = described.get("fields")
    names = [field["name"] for field in fields if _is_named(field)] if isinstance(fields, list) else []
    ward = next(filter(_WARD_FIELD.fullmatch, names), None)
    borough = next(filter(_BOROUGH_FIELD.fullmatch, names), None)
    if ward is None:
        raise _NoServiceError(said(described) or "it describes no field of ward codes")
    asked = {
        "outFields": "*",
        "outSR": "4326",
        "f": "geojson",
        "resultRecordCount": str(PAGE_SIZE),
        "orderByFields": ward,
    }
    # Names of fields, checked above, and constants: nothing a reader typed.
    if borough is not None:
        return asked | {"where": f"{borough} LIKE 'E09%'"}
    box = {"geometry": LONDON_BOX, "geometryType": "esriGeometryEnvelope", "inSR": "27700"}
    return asked | box | {"where": "1=1", "spatialRel": "esriSpatialRelIntersects"}


def _is_named(field: Any) -> bool:
    return isinstance(field, dict) and isinstance(field.get("name"), str)


def _asked(client: PoliteClient, url: str, parameters: dict[str, str]) -> dict[str, Any]:
    answer = client.json(url, parameters)
    if answer is None:
        raise _NoServiceError("not found")
    if not isinstance(answer, dict):
        raise ImportRefusedError(f"{url} answered {written(answer)!r}, not an object. {NOTHING_IMPORTED}")
    if "error" in answer:
        words = said(answer) or "an error without words"
        if isinstance(answer["error"], dict) and answer["error"].get("code") in _NOT_THERE:
            raise _NoServiceError(words)
        raise ImportRefusedError(f"{url} said: {words}. Run the command again later. {NOTHING_IMPORTED}")
    return answer


def _has_more(page: dict[str, Any]) -> bool:
    """Whether there are more pages, which is said at the top or under `properties`."""
    properties = page.get("properties")
    said_there = isinstance(properties, dict) and bool(properties.get("exceededTransferLimit"))
    return said_there or bool(page.get("exceededTransferLimit"))
