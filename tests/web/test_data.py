"""`/data/` over HTTP: what is listed is there, what is published stays, what is kept is not sent again."""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import httpx
import pytest

from tests.serving import serve
from tests.small_city import build_small_city
from transparency.core.vocabulary import today
from transparency.outlets.files import data_paths
from transparency.store.current import shared_store


@pytest.fixture(scope="module")
def client(live_server: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=live_server) as client:
        yield client


@pytest.mark.rule("C8")
def test_the_list_names_every_dataset_and_its_links_lead_somewhere(client: httpx.Client) -> None:
    page = client.get("/data/")
    assert page.status_code == 200
    assert len(page.content) < 35_000
    links = set(re.findall(r'href="(/(?:data|api|feeds)/[^"]*)"', page.text))
    assert {"/data/ward_status/latest.csv", "/data/staffing/"} <= links
    # The spreadsheets and Parquet files of the long tables take long to make; one dataset stands for all.
    slow = {link for link in links if link.endswith((".xlsx", ".parquet")) and "/staffing/" not in link}
    for link in sorted(links - slow):
        answer = client.head(link)
        assert answer.status_code == 200, link
        assert answer.content == b""


@pytest.mark.rule("D6", "T5")
def test_a_dataset_s_page_lists_its_snapshots_with_files(client: httpx.Client) -> None:
    page = client.get("/data/staffing/")
    links = set(re.findall(r'href="(/data/[^"]*)"', page.text))
    assert "/data/staffing/2017-12-28_r1.csv" in links
    assert all(client.head(link).status_code == 200 for link in links)
    assert "dedicated_pcs" in page.text
    assert client.get("/data/nothing/").status_code == 404


def test_the_data_without_its_slash_leads_to_the_list(client: httpx.Client) -> None:
    answer = client.get("/data")
    assert (answer.status_code, answer.headers["location"]) == (308, "/data/")


@pytest.mark.parametrize(
    ("path", "media_type"),
    [
        ("staffing/latest.csv", "text/csv; charset=utf-8; header=present"),
        ("staffing/latest.json", "application/json"),
        ("staffing/latest.parquet", "application/vnd.apache.parquet"),
        ("staffing/latest.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("datapackage.json", "application/json"),
        ("snapshots.csv", "text/csv; charset=utf-8; header=present"),
        ("transparency.zip", "application/zip"),
        ("transparency.duckdb", "application/vnd.duckdb"),
    ],
)
def test_each_kind_of_file_has_its_type_its_dates_and_is_open_to_all(
    client: httpx.Client, path: str, media_type: str
) -> None:
    answer = client.head(f"/data/{path}")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == media_type
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.headers["etag"]
    assert answer.headers["last-modified"].endswith("GMT")
    assert answer.headers["cache-control"] == "public, max-age=300"


@pytest.mark.rule("D3")
def test_a_csv_leads_to_its_description(client: httpx.Client) -> None:
    answer = client.get("/data/ward_status/latest.csv", params={"as_at": "2018-05-01"})
    assert answer.headers["link"] == ('<../datapackage.json>; rel="describedby"; type="application/json"')


def test_a_snapshot_never_changes_and_says_so(client: httpx.Client) -> None:
    first, second = (client.get("/data/staffing/2017-12-28_r1.csv") for _ in range(2))
    assert first.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert first.content == second.content
    assert len(first.text.splitlines()) == 630
    assert client.get("/data/staffing/2017-12-28_r1.csv", params={"as_at": "2018-01-01"}).status_code == 400


def test_a_file_as_handed_in_has_the_hash_that_is_published(client: httpx.Client) -> None:
    listed = csv.DictReader(io.StringIO(client.get("/data/snapshots.csv").text))
    row = next(row for row in listed if row["dataset"] == "staffing" and row["as_at"] == "2017-12-28")
    handed_in = client.get("/data/staffing/2017-12-28_r1-source.csv").content
    assert hashlib.sha256(handed_in).hexdigest() == row["source_sha256"]


def test_what_a_reader_has_is_not_sent_again(client: httpx.Client) -> None:
    for path in ("ward_status/latest.csv", "staffing/2017-12-28_r1.csv", "transparency.zip"):
        first = client.get(f"/data/{path}")
        again = client.get(f"/data/{path}", headers={"If-None-Match": first.headers["etag"]})
        assert (again.status_code, again.content) == (304, b""), path
        other = client.get(f"/data/{path}", headers={"If-None-Match": '"other"'})
        assert other.status_code == 200
    since = client.get("/data/staffing/2017-12-28_r1.csv").headers["last-modified"]
    answer = client.get("/data/staffing/2017-12-28_r1.csv", headers={"If-Modified-Since": since})
    assert answer.status_code == 304


def test_text_is_compressed_for_those_who_take_it(client: httpx.Client) -> None:
    request = client.build_request("GET", "/data/ward_status/latest.csv", headers={"Accept-Encoding": "gzip"})
    raw = client.send(request, stream=True)
    packed = b"".join(raw.iter_raw())
    plain = client.get("/data/ward_status/latest.csv", headers={"Accept-Encoding": "identity"})
    assert raw.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert gzip.decompress(packed) == plain.content
    assert len(packed) < len(plain.content) / 5


def test_a_large_file_is_whole_and_of_the_length_it_says(client: httpx.Client) -> None:
    answer = client.get("/data/postcode_prefixes_2014/latest.json", headers={"Accept-Encoding": "identity"})
    assert int(answer.headers["content-length"]) == len(answer.content) > 1_000_000
    assert answer.json()["rows_count"] == 24_570


def test_part_of_the_database_can_be_read_without_the_rest(client: httpx.Client) -> None:
    answer = client.get("/data/transparency.duckdb", headers={"Range": "bytes=8-11"})
    assert (answer.status_code, answer.content) == (206, b"DUCK")


def test_the_archive_opens(client: httpx.Client) -> None:
    with zipfile.ZipFile(io.BytesIO(client.get("/data/transparency.zip").content)) as archive:
        assert archive.testzip() is None
        assert "ward_status/latest.csv" in archive.namelist()


def test_a_table_by_day_answers_for_that_day_and_for_today_without_one(client: httpx.Client) -> None:
    then = list(csv.DictReader(io.StringIO(client.get("/data/ward_status/latest.csv?as_at=2017-06-01").text)))
    now = list(csv.DictReader(io.StringIO(client.get("/data/ward_status/latest.csv").text)))
    assert (len(then), {row["status_on"] for row in then}) == (629, {"2017-06-01"})
    assert (len(now), {row["status_on"] for row in now}) == (679, {today().isoformat()})
    staffing = csv.DictReader(io.StringIO(client.get("/data/staffing/latest.csv?as_at=2017-06-01").text))
    assert max(row["as_at"] for row in staffing) <= "2017-06-01"


@pytest.mark.parametrize(
    ("path", "status", "parameter"),
    [
        ("nothing/latest.csv", 404, None),
        ("staffing/latest.pdf", 404, None),
        ("staffing/2017-12-28_r9.csv", 404, None),
        ("staffing/2017-12-28_r1.xlsx", 404, None),
        ("../snapshots.csv", 404, None),
        ("exhibits/nothing.csv", 404, None),
        ("ward_status/latest.csv?as_at=yesterday", 404, "as_at"),
        ("ward_status/latest.csv?as_at=2016-07-20", 404, "as_at"),
        ("ward_status/latest.csv?as_at=2999-01-01", 404, "as_at"),
        ("boroughs/latest.csv?as_at=2018-01-01", 400, "as_at"),
        ("exhibits/borough-wards.csv?borough=NW5+2AA", 400, "borough"),
    ],
)
def test_what_is_not_there_is_a_problem_with_its_remedy(
    client: httpx.Client, path: str, status: int, parameter: str | None
) -> None:
    answer = client.get(f"/data/{path}")
    assert answer.status_code == status
    if path.startswith(".."):
        return
    problem = answer.json()
    assert answer.headers["content-type"] == "application/problem+json"
    assert (problem["status"], problem.get("parameter")) == (status, parameter)
    assert problem["detail"]
    assert "2AA" not in answer.text


@pytest.mark.rule("C8", "D6")
def test_every_address_of_the_data_answers() -> None:
    store = shared_store()
    paths = data_paths(store)
    assert len(set(paths)) == len(paths) > 150
    assert {"staffing/2017-12-28_r1-source.csv", "sites/latest.xlsx", "datapackage.json"} <= set(paths)


def test_an_invented_store_is_marked_in_every_file(tmp_path: Path) -> None:
    with serve(build_small_city(tmp_path)) as address, httpx.Client(base_url=address) as client:
        rows = csv.DictReader(io.StringIO(client.get("/data/site_events/latest.csv").text))
        assert {row["evidence"] for row in rows} == {"demonstration"}
        assert client.get("/data/sites/latest.json").json()["notice"] == "Demonstration data: invented"
        assert client.get("/api/v1/london").json()["notice"] == "Demonstration data: invented"
        assert "Demonstration data: invented" in client.get("/feeds/london.atom").text
        assert client.get("/data/staffing/2017-01-04_r1-source.csv").status_code == 404
        ward = client.get("/api/v1/wards/E05900013", params={"as_at": date(2017, 1, 4).isoformat()}).json()
        assert ward["is_demonstration"] is True
