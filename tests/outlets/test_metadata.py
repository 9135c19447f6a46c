"""CSV on the Web and Data Package: the descriptions fit the files they describe."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import frictionless
import pytest

from transparency.core.settings import Settings
from transparency.outlets.bundles import write_everything
from transparency.outlets.files import data_document, data_paths
from transparency.outlets.plain import about_document
from transparency.store.descriptors import catalogue
from transparency.store.store import Store

_READERS: dict[str, Callable[[str], object]] = {
    "integer": int,
    "number": float,
    "date": date.fromisoformat,
    "boolean": ("true", "false").index,
}


@pytest.mark.rule("D1", "D3", "D9")
def test_each_csv_is_as_its_description_says(city: Store) -> None:
    described = [path for path in data_paths(city) if path.endswith(".csv-metadata.json")]
    assert len(described) > 40
    for path in described:
        metadata = json.loads(data_document(city, path).content)
        content = data_document(city, path.removesuffix("-metadata.json")).content
        header, *rows = csv.reader(io.StringIO(content.decode(), newline=""))
        columns = metadata["tableSchema"]["columns"]
        assert metadata["@context"] == ["http://www.w3.org/ns/csvw", {"@language": "en"}]
        assert metadata["url"] == path.rpartition("/")[2].removesuffix("-metadata.json")
        assert [column["name"] for column in columns] == header
        for place, column in enumerate(columns):
            _check_column(column, [row[place] for row in rows], path)
        key = [header.index(name) for name in metadata["tableSchema"]["primaryKey"]]
        assert len({tuple(row[place] for place in key) for row in rows}) == len(rows), path


def _check_column(column: dict[str, object], cells: list[str], path: str) -> None:
    datatype = column["datatype"]
    assert column["dc:description"]
    for cell in cells:
        if not cell:
            assert not column["required"], (path, column["name"])
        elif isinstance(datatype, dict):
            assert re.fullmatch(datatype["format"], cell), (path, column["name"], cell)
        elif datatype != "string":
            _READERS[str(datatype)](cell)


@pytest.mark.rule("D4", "D9")
def test_a_description_names_title_licence_publisher_and_dates(city: Store) -> None:
    metadata = json.loads(data_document(city, "staffing/latest.csv-metadata.json").content)
    assert metadata["dc:title"] == "Staffing of wards"
    assert metadata["dc:license"] == {
        "@id": "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
    }
    assert metadata["dc:publisher"] == "Compiled for this dashboard"
    assert metadata["dc:issued"]["@value"] == "2026-01-05"
    assert metadata["rdfs:comment"][0] == "A blank count is not known; it is never zero."


def test_the_description_of_a_day_leads_to_the_csv_of_that_day(city: Store) -> None:
    document = data_document(city, "ward_status/latest.csv-metadata.json", {"as_at": "2018-05-01"})
    assert json.loads(document.content)["url"] == "latest.csv?as_at=2018-05-01"


@pytest.mark.rule("D4")
def test_the_data_package_is_valid_and_its_hashes_are_those_of_the_files(city: Store, tmp_path: Path) -> None:
    package = json.loads(data_document(city, "datapackage.json").content)
    assert [resource["name"] for resource in package["resources"]] == list(catalogue())
    (tmp_path / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    for resource in package["resources"]:
        content = data_document(city, resource["path"]).content
        assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
        assert resource["bytes"] == len(content)
        place = tmp_path / resource["path"]
        place.parent.mkdir(exist_ok=True)
        place.write_bytes(content)
    report = frictionless.validate(str(tmp_path / "datapackage.json"))
    assert report.flatten(["name", "type", "note"]) == []


def test_every_description_of_invented_data_says_so(demonstration: Store) -> None:
    metadata = json.loads(data_document(demonstration, "sites/latest.csv-metadata.json").content)
    assert metadata["dc:title"] == "Sites (demonstration data: invented)"
    assert metadata["rdfs:comment"][0] == "Demonstration data: invented"
    package = json.loads(data_document(demonstration, "datapackage.json").content)
    assert package["description"].startswith("Demonstration data: invented. ")


@pytest.mark.parametrize("is_demonstration", [True, False])
def test_the_archive_is_equal_for_equal_data_and_whole(
    city: Store, demonstration: Store, is_demonstration: bool, tmp_path: Path
) -> None:
    import zipfile

    store = demonstration if is_demonstration else city
    folders = [tmp_path / "one", tmp_path / "two"]
    for folder in folders:
        folder.mkdir()
        write_everything(store, folder)
    first, second = ((folder / "transparency.zip").read_bytes() for folder in folders)
    assert first == second
    with zipfile.ZipFile(folders[0] / "transparency.zip") as archive:
        names = set(archive.namelist())
        readme = archive.read("README.txt").decode()
        assert archive.read("staffing/latest.csv") == data_document(store, "staffing/latest.csv").content
    assert {"datapackage.json", "staffing/2018-04-18_r2.csv", "views/23_ward_status_on.sql"} <= names
    assert ("Demonstration data: invented" in readme) is is_demonstration


def test_the_database_answers_sql_at_home(demonstration: Store, tmp_path: Path) -> None:
    import duckdb

    write_everything(demonstration, tmp_path)
    with duckdb.connect(tmp_path / "transparency.duckdb", read_only=True) as home:
        rows = home.execute(
            "SELECT ward_code, ward_status FROM ward_status_on(DATE '2018-05-01') AS status ORDER BY ward_code"
        ).fetchall()
        about = home.execute("SELECT is_demonstration, data_version, notice FROM this_store").fetchall()
        described = home.execute(
            "SELECT description FROM data_dictionary WHERE dataset = 'staffing' AND column_name = 'ward_code'"
        ).fetchall()
    assert rows[0] == ("E05900011", "met")
    assert about == [(True, demonstration.data_version, "Demonstration data: invented")]
    assert described == [("GSS code of the ward, E05 and six digits",)]


def test_a_plain_page_previews_a_picture_at_the_address_the_operator_set(
    city: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("transparency.outlets.plain.settings", lambda: Settings(site="https://wards.example"))
    page = about_document(city).content.decode()
    assert '<meta property="og:image" content="https://wards.example/assets/preview.png">' in page
