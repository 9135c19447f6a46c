"""Ward boundaries fetched from a feature service: page by page, and nothing bad is kept for the next run."""

from __future__ import annotations

import json
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlparse

import pytest

from tests.importers.boundary_files import geojson, rectangles
from tests.small_city import build_small_city
from transparency.core.errors import ImportRefusedError
from transparency.importers.polite import PoliteClient
from transparency.publishing.import_official import fetch_wards
from transparency.store.holdings import holdings

SERVICE = "Wards_December_2022_Boundaries_UK_BGC"
FIELDS = ["WD22CD", "LAD22CD"]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_small_city(tmp_path_factory.mktemp("built") / "city", is_demonstration=False)


@pytest.fixture
def city(built: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(built, tmp_path / "city"))


@contextmanager
def portal(
    pages: list[dict[str, Any]], fields: list[Any], service: str, instead: dict[int, Any] | None = None
) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """A feature service that answers page by page, with every other name an error in a reply of status 200.

    `instead` has what is sent in place of a page, by its number from 0: bytes, or anything as JSON.
    """
    asked: list[dict[str, Any]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            address = urlparse(self.path)
            query = {name: values[0] for name, values in parse_qs(address.query).items()}
            answer: dict[str, Any] = {"error": {"code": 400, "message": "Invalid URL"}}
            if f"/{service}/" in address.path:
                answer = {"fields": [{"name": name} for name in fields]}
                if address.path.endswith("/query"):
                    asked.append(query)
                    starts = [sum(len(page["features"]) for page in pages[:n]) for n in range(len(pages))]
                    number = starts.index(int(query["resultOffset"]))
                    answer = (instead or {}).get(number, pages[number])
            body = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_arguments: object) -> None:
            """Nothing on the console."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/services", asked
    finally:
        server.shutdown()
        server.server_close()


def paged(vintage: int, name: str, size: int = 4) -> list[dict[str, Any]]:
    """The invented boundaries in pages; whether there are more is said under `properties`, as in GeoJSON replies."""
    features = json.loads(geojson(rectangles(vintage), name))["features"]
    pages = [features[start : start + size] for start in range(0, len(features), size)]
    return [
        {"type": "FeatureCollection", "features": page, "properties": {"exceededTransferLimit": number < len(pages)}}
        for number, page in enumerate(pages, start=1)
    ]


def client() -> PoliteClient:
    return PoliteClient(1000, timeout_s=5, backoff_s=0)


def test_wards_are_fetched_page_by_page_and_imported(city: Path) -> None:
    with portal(paged(2022, "WD22CD"), FIELDS, SERVICE) as (address, asked):
        outcome = fetch_wards(city, "2022", base_url=address, client=client())
        assert outcome.holdings[0].name == "boundaries_2022"
        assert [query["resultOffset"] for query in asked] == ["0", "4", "8"]
        assert asked[0]["where"] == "LAD22CD LIKE 'E09%'"
        assert {query["orderByFields"] for query in asked} == {"WD22CD"}
        fetch_wards(city, "2022", base_url=address, client=client())
        assert len(asked) == 3


def test_a_layer_without_borough_codes_is_asked_by_a_box(city: Path) -> None:
    service = "Wards_December_2017_GCB_in_Great_Britain_2022"
    with portal(paged(2014, "wd17cd"), ["objectid", "wd17cd"], service) as (address, asked):
        outcome = fetch_wards(city, "2014", base_url=address, client=client())
    assert asked[0]["geometry"] == "503000,155000,562000,201000"
    assert outcome.holdings[0].provenance.edition == "2017"


def test_a_fetch_broken_off_goes_on_with_the_pages_it_lacks(city: Path) -> None:
    pages = paged(2022, "WD22CD")
    with portal([*pages[:2], {"error": {"code": 500, "message": "broken"}, "features": []}],
                FIELDS, SERVICE) as (address, _), pytest.raises(ImportRefusedError):  # fmt: skip
        fetch_wards(city, "2022", base_url=address, client=client())
    with portal(pages, FIELDS, SERVICE) as (address, asked):
        fetch_wards(city, "2022", base_url=address, client=client())
    assert [query["resultOffset"] for query in asked] == ["8"]


def test_a_busy_service_is_not_replaced_by_an_older_one(city: Path) -> None:
    busy = {"error": {"code": 503, "message": "Try later", "details": []}}
    pages = paged(2022, "WD22CD")
    told = "WD_MAY_2026_UK_BGC/FeatureServer/0/query said: 503 Try later"
    with (
        portal(pages, FIELDS, "services", {0: busy}) as (address, asked),
        pytest.raises(ImportRefusedError, match=told),
    ):
        fetch_wards(city, "latest", base_url=address, client=client())
    assert len(asked) == 1


def test_a_portal_that_knows_none_of_the_names_is_told_plainly(city: Path) -> None:
    with portal([], [], "another") as (address, _), pytest.raises(ImportRefusedError, match="400 Invalid URL"):
        fetch_wards(city, "latest", base_url=address, client=client())


# ---------------------------------------------------------------- answers that are not kept


def without_codes(page: dict[str, Any]) -> dict[str, Any]:
    return page | {"features": [feature | {"properties": {"objectid": 1}} for feature in page["features"]]}


FIRST, SECOND, THIRD = paged(2022, "WD22CD")
BAD_ANSWERS = {
    "empty": (SECOND | {"features": []}, "has no features: its list is empty"),
    "an error": (
        {"error": {"code": 400, "message": "Cannot perform query.", "details": ["Invalid field: LAD"]}},
        "400 Cannot perform query. Invalid field: LAD",
    ),
    "an error without words": ({"error": None}, "an error without words"),
    "pending": ({"status": "Pending", "recordCount": None}, "an answer of a service, which said 'Pending'"),
    "a page of HTML": (b"<!DOCTYPE html><html><body>Maintenance</body></html>", "a web page (HTML), not whole JSON"),
    "cut short": (json.dumps(SECOND).encode()[:-40], "JSON, not whole JSON"),
    "a list": ([SECOND], "not an object"),
    "Esri JSON": (
        {"geometryType": "esriGeometryPolygon", "features": [{"attributes": {"WD22CD": "E05900024"}}]},
        "is Esri JSON, not GeoJSON",
    ),
    "features that are none": (SECOND | {"features": [None]}, "gave a feature without a ward code, 'null'"),
    "without codes": (without_codes(SECOND), "gave a feature without a ward code"),
    "features that are no list": (SECOND | {"features": "none"}, "without a list of features"),
    "the first page again": (SECOND | {"features": FIRST["features"]}, "gave E05900011 twice"),
}


@pytest.mark.parametrize(("answer", "said"), BAD_ANSWERS.values(), ids=BAD_ANSWERS)
def test_a_bad_answer_is_not_kept_and_the_next_run_asks_again(city: Path, answer: Any, said: str) -> None:
    pages = [FIRST, SECOND, THIRD]
    with portal(pages, FIELDS, SERVICE, {1: answer}) as (address, _), pytest.raises(ImportRefusedError) as refusal:
        fetch_wards(city, "2022", base_url=address, client=client())
    assert said in str(refusal.value)
    assert "Error" not in str(refusal.value) and "Expecting" not in str(refusal.value)
    with portal(pages, FIELDS, SERVICE) as (address, asked):
        outcome = fetch_wards(city, "2022", base_url=address, client=client())
    assert outcome.holdings[0].rows == 9
    assert "4" in [query["resultOffset"] for query in asked]


def test_wards_that_are_refused_are_asked_for_again(city: Path) -> None:
    with portal([FIRST, SECOND | {"properties": {}}], FIELDS, SERVICE) as (address, _):
        assert fetch_wards(city, "2022", base_url=address, client=client()).is_refused
    with portal([FIRST, SECOND, THIRD], FIELDS, SERVICE) as (address, asked):
        assert not fetch_wards(city, "2022", base_url=address, client=client()).is_refused
    assert [query["resultOffset"] for query in asked] == ["0", "4", "8"]


def test_a_file_that_is_refused_whole_is_asked_for_again(city: Path) -> None:
    elsewhere = {"W05000001": rectangles(2022)["E05900011"]}
    page = json.loads(geojson(elsewhere, "WD22CD"))
    with portal([page], FIELDS, SERVICE) as (address, _), pytest.raises(ImportRefusedError, match="codes are: W05000"):
        fetch_wards(city, "2022", base_url=address, client=client())
    with portal([FIRST, SECOND, THIRD], FIELDS, SERVICE) as (address, _):
        assert not fetch_wards(city, "2022", base_url=address, client=client()).is_refused


@pytest.mark.parametrize("kept", [b'{"features": [', b"[]", b'{"error": {"code": 500}}', b'{"features": []}', b"null"])
def test_a_bad_page_of_an_earlier_run_is_asked_for_again(city: Path, kept: bytes) -> None:
    pages = [FIRST, SECOND, THIRD]
    with portal([*pages[:2], {"features": []}], FIELDS, SERVICE) as (address, _), pytest.raises(ImportRefusedError):
        fetch_wards(city, "2022", base_url=address, client=client())
    (second,) = city.rglob("page_002.json")
    second.write_bytes(kept)
    with portal(pages, FIELDS, SERVICE) as (address, asked):
        fetch_wards(city, "2022", base_url=address, client=client())
    assert [query["resultOffset"] for query in asked] == ["4", "8"]
    assert [held.name for held in holdings(city)] == ["boundaries_2022"]


@pytest.mark.parametrize("fields", [[], [None], [3], ["OBJECTID"]])
def test_a_layer_that_describes_no_ward_codes_is_not_asked(city: Path, fields: list[Any]) -> None:
    with portal([FIRST], fields, SERVICE) as (address, asked), pytest.raises(ImportRefusedError) as refusal:
        fetch_wards(city, "2022", base_url=address, client=client())
    assert "it describes no field of ward codes" in str(refusal.value)
    assert asked == []
