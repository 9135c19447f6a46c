"""The Data Package: the descriptions fit the files they describe."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import frictionless
import pytest

from transparency.core.settings import Settings
from transparency.outlets.bundles import write_everything
from transparency.outlets.files import data_document
from transparency.outlets.plain import document_at
from transparency.store.descriptors import catalogue
from transparency.store.store import Store


@pytest.mark.rule("D4", "D9")
def test_a_table_has_its_title_rights_publisher_day_and_caveats(city: Store) -> None:
    package = json.loads(data_document(city, "datapackage.json").content)
    staffing = next(resource for resource in package["resources"] if resource["name"] == "staffing")
    assert (staffing["title"], staffing["publisher"]) == ("Staffing of wards", "Compiled for this dashboard")
    assert staffing["licenses"][0]["path"] == (
        "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
    )
    assert staffing["rights"] == catalogue()["staffing"].licence
    assert staffing["issued"] == "2026-01-05"
    assert "A blank count is not known; it is never zero." in staffing["description"]
    assert all(field["description"] for resource in package["resources"] for field in resource["schema"]["fields"])


@pytest.mark.rule("D1", "D3", "D4", "D9")
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


def test_the_description_of_invented_data_says_so(demonstration: Store) -> None:
    package = json.loads(data_document(demonstration, "datapackage.json").content)
    assert package["description"].startswith("Demonstration data: invented. ")
    for resource in package["resources"]:
        assert resource["title"].endswith("(demonstration data: invented)")
        assert "Demonstration data: invented" in resource["description"]


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
    page = document_at(city, "/plain/about").content.decode()
    assert '<meta property="og:image" content="https://wards.example/assets/preview.png">' in page
