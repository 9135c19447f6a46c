"""What readers are told of official sources: which are here, and what is listed, over HTTP too."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.importers.boundary_files import geojson, rectangles
from tests.importers.police_uk_stub import police_uk_stub
from tests.importers.test_police_uk import CITY_WARDS
from tests.serving import serve
from tests.small_city import build_small_city
from transparency.about.pages import section_html
from transparency.importers.polite import PoliteClient
from transparency.publishing.import_official import fetch_police_uk, import_boundaries, import_postcodes
from transparency.store.database import open_store

POSTCODES = "postcode,lat,lon,ward_code\nZA1 1AA,51.541,-0.121,E05900011\n"


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_small_city(tmp_path_factory.mktemp("bare") / "city", is_demonstration=False)


@pytest.fixture(scope="module")
def furnished(bare: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The city with boundaries of 2022, a postcode and the listed teams."""
    root = Path(shutil.copytree(bare, tmp_path_factory.mktemp("furnished") / "city"))
    files = {"wards.geojson": geojson(rectangles(2022), "WD22CD"), "list_2026.csv": POSTCODES.encode()}
    for name, source in files.items():
        (root.parent / name).write_bytes(source)
    import_boundaries(root, root.parent / "wards.geojson")
    import_postcodes(root, root.parent / "list_2026.csv")
    with police_uk_stub(CITY_WARDS) as stub:
        fetch_police_uk(root, base_url=stub.address, client=PoliteClient(5000, timeout_s=0.5, backoff_s=0))
    return root


def test_official_files_are_named_with_edition_and_attribution(bare: Path, furnished: Path) -> None:
    assert "Official files" not in section_html(open_store(bare), "sources")
    page = section_html(open_store(furnished), "sources")
    assert "Official files loaded into this site" in page
    assert re.findall(r"<td[^>]*>(2022|2026)</td>", page) == ["2022", "2026"]
    assert "Royal Mail data © Royal Mail copyright and database right 2026" in page


@pytest.fixture(scope="module")
def served(furnished: Path) -> Iterator[str]:
    with serve(furnished) as address:
        yield address


def test_events_are_served_as_a_calendar(served: str) -> None:
    answer = httpx.get(f"{served}/ward/E05900011/events.ics")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith("text/calendar")
    assert "SUMMARY:Ward panel" in answer.text
    assert httpx.get(f"{served}/ward/E05900021/events.ics").status_code == 404


def test_a_posted_postcode_leads_to_its_ward_and_is_kept_nowhere(served: str) -> None:
    answer = httpx.post(f"{served}/plain/find", data={"q": "ZA1 1AA"})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/ward/E05900011")


def test_the_api_carries_the_listed_team(served: str) -> None:
    answer = httpx.get(f"{served}/api/v1/wards/E05900011").json()
    assert (answer["listed"]["evidence"], answer["listed"]["people_count"]) == ("listed", 3)


def test_the_footer_has_the_words_that_the_licence_of_a_loaded_file_asks_for(served: str) -> None:
    assert "Royal Mail copyright and database right 2026" in httpx.get(f"{served}/data/").text


# ---------------------------------------------------------------- commands


def run(root: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "transparency", *words],
        env={"TRANSPARENCY_DATA": str(root), "PATH": "/usr/bin"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_commands_report_and_end_with_their_codes(bare: Path, tmp_path: Path) -> None:
    root = Path(shutil.copytree(bare, tmp_path / "city"))
    good, short = tmp_path / "wards.geojson", tmp_path / "short.geojson"
    good.write_bytes(geojson(rectangles(2014), "WD14CD"))
    short.write_bytes(geojson({"E05900011": rectangles()["E05900011"]}))

    refused = run(root, "import", "boundaries", str(short))
    assert (refused.returncode, refused.stdout.count("Imported")) == (1, 0)
    assert "1 of the 9 wards of 2014 are in the file" in refused.stderr
    tried = run(root, "import", "boundaries", str(good), "--dry-run")
    assert (tried.returncode, (root / "official").exists()) == (0, False)
    done = run(root, "import", "boundaries", str(good))
    assert done.returncode == 0
    assert "Imported boundaries_2014" in done.stdout
    assert "Contains OS data © Crown copyright and database right 2014." in done.stdout
    assert run(root, "import", "boundaries", str(tmp_path / "absent")).returncode == 2
    assert "Traceback" not in refused.stderr + tried.stderr + done.stderr


def test_fetching_from_an_absent_service_ends_with_a_message(bare: Path, tmp_path: Path) -> None:
    root = Path(shutil.copytree(bare, tmp_path / "city"))
    with police_uk_stub(CITY_WARDS[:2]) as stub:
        failed = run(root, "fetch", "police-uk", "--base-url", stub.address)
    assert failed.returncode == 1
    assert "police.uk lists 2 of the 9 wards in force" in failed.stderr
    assert "Traceback" not in failed.stderr
