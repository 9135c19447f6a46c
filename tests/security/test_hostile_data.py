"""Data that attack: a publisher's tables, a workbook, police.uk and the reference tables, shown by a real server."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import openpyxl
import pypdf
import pytest

from tests import small_city
from tests.importers import police_uk_stub as police_uk
from tests.importers.dwo_files import activity, strengths, write_workbook
from tests.security.attacks import PAYLOADS, SUM, SUMMED, leaks, what_worked
from tests.serving import serve
from tests.small_city import staffing_csv
from transparency.core.text import FORMULA_STARTS
from transparency.importers.polite import PoliteClient
from transparency.publishing.import_official import fetch_police_uk
from transparency.publishing.import_workbook import import_dwo
from transparency.publishing.publish import Submission, Terms, publish
from transparency.publishing.reading import read_table
from transparency.store.descriptors import dataset

# Everything at once: it leaves an attribute, an element, a string of SQL, JSON and Typst, and counts where it is run.
HOSTILE = (
    "\"'></title></textarea></script><script>canary()</script><img src=x onerror=canary()>'; DROP TABLE boroughs; --"
    f'{{{{{SUM}}}}}#({SUM})#read("/etc/passwd")[x](javascript:canary())\\u{{0}}$x$'
)
FREE_TEXT = {"publisher", "title", "note", "question", "asked_by", "address", "opening_hours", "site_name"}
FREE_TEXT |= {"ward_name", "borough_name", "bcu_name", "licence", "team_name"}
# A cell of a reference table is not looked at as a submission is, so it may begin as a formula.
FORMULA = f"=HYPERLINK({SUM})"
WARD, BOROUGH = "E05900011", "E09000091"


def with_hostile_text(text: str, begin: str = "") -> str:
    """The table with the attack at the end (and `begin` before) of every cell of free text that is not empty."""
    rows = list(csv.DictReader(io.StringIO(text)))
    written = io.StringIO()
    writer = csv.DictWriter(written, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    for row in rows:
        writer.writerow({n: f"{begin}{v} {HOSTILE}" if n in FREE_TEXT and v else v for n, v in row.items()})
    return written.getvalue()


@pytest.fixture(scope="module")
def hostile_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    with pytest.MonkeyPatch.context() as patch:
        begin = {"user_questions": FORMULA, "wards_2014": FORMULA}
        reference = {n: with_hostile_text(t, begin.get(n, "")) for n, t in small_city.REFERENCE.items()}
        patch.setattr(small_city, "REFERENCE", reference)
        registers = {name: with_hostile_text(text) for name, text in small_city.REGISTERS.items()}
        patch.setattr(small_city, "REGISTERS", registers)
        return small_city.build_small_city(folder / "city", is_demonstration=False)


@pytest.fixture(scope="module")
def hostile_server(hostile_store: Path) -> Iterator[str]:
    with serve(hostile_store) as address:
        yield address


PATHS = [
    *(f"/ward/{WARD}", f"/borough/{BOROUGH}", f"/?ward={WARD}", "/plain/find?q=abbey", "/plain/promises"),
    *(
        "/plain/london",
        "/plain/boroughs",
        "/plain/counters",
        "/plain/closures",
        "/plain/totals",
        "/plain/bases",
        "/plain/questions",
    ),
    *("/plain/ring_fencing", "/plain/about", "/data/", "/data/sources/", "/data/user_questions/", "/sitemap.xml"),
    *(f"/api/v1/wards/{WARD}", "/api/v1/wards", f"/api/v1/boroughs/{BOROUGH}", "/api/v1/london", "/api/v1/sites"),
    *("/api/v1/promises", "/api/v1/search?q=abbey", "/feeds/london.atom", f"/feeds/ward/{WARD}.atom"),
    *(f"/feeds/borough/{BOROUGH}.atom", "/data/sites/latest.csv", "/data/sources/latest.csv"),
]


def test_the_attack_is_in_what_is_served(hostile_server: str) -> None:
    assert "canary()" in httpx.get(f"{hostile_server}/api/v1/wards/{WARD}").text
    assert "canary()" in httpx.get(f"{hostile_server}/ward/{WARD}").text


@pytest.mark.parametrize("path", PATHS)
def test_hostile_text_is_shown_and_not_run(hostile_server: str, path: str) -> None:
    answer = httpx.get(hostile_server + path)
    assert answer.status_code == 200
    assert what_worked(answer.status_code, answer.headers, answer.content) == []


def test_hostile_text_is_printed_and_not_run(hostile_server: str) -> None:
    answer = httpx.get(f"{hostile_server}/ward/{WARD}/handout.pdf?as_at=2017-06-01")
    assert answer.headers["content-type"] == "application/pdf"
    print_out = pypdf.PdfReader(io.BytesIO(answer.content))
    text = "".join(page.extract_text() for page in print_out.pages)
    assert "DROP TABLE" in text and SUM in text
    assert leaks(text) == []
    assert "/JavaScript" not in str(print_out.trailer["/Root"])


def test_no_cell_of_a_download_is_a_formula(hostile_server: str) -> None:
    tables = ("user_questions", "wards_2014", "sites", "sources", "staffing")
    cells = []
    for table in tables:
        text = httpx.get(f"{hostile_server}/data/{table}/latest.csv").text
        cells += [cell for row in csv.reader(io.StringIO(text)) for cell in row]
        workbook = httpx.get(f"{hostile_server}/data/{table}/latest.xlsx")
        if workbook.status_code == 200:
            for sheet in openpyxl.load_workbook(io.BytesIO(workbook.content)):
                assert [cell.coordinate for row in sheet for cell in row if cell.data_type == "f"] == []
    assert any(FORMULA in cell for cell in cells)
    assert [cell for cell in cells if cell.startswith(FORMULA_STARTS) and not _is_number(cell)] == []


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True


# ---------------------------------------------------------------- what a publisher hands over


def test_a_cell_of_a_submission_is_refused_or_kept_as_text() -> None:
    """In a column of free text every payload is kept letter by letter, or refused with the rule; in others refused."""
    for kind, payload in PAYLOADS:
        reading = read_table(dataset("staffing"), staffing_csv({"source_id": payload, "ward_code": payload}), "x.csv")
        assert reading.findings, (kind, payload)
    kept = 0
    usual = next(csv.DictReader(io.StringIO(small_city.SOURCES)))
    for _, payload in PAYLOADS:
        written = io.StringIO()
        writer = csv.DictWriter(written, list(usual), lineterminator="\n")
        writer.writeheader()
        writer.writerow(usual | {"title": payload})
        reading = read_table(dataset("sources"), written.getvalue().encode("utf-8", "replace"), "sources.csv")
        if not reading.findings:
            kept += 1
            title = next(csv.DictReader(io.StringIO(reading.source.decode("utf-8-sig"))))["title"]
            assert title == payload
            assert not payload.startswith(FORMULA_STARTS)
    assert kept > 20


@pytest.mark.parametrize("payload", ["../../../etc/cron.d/x", "'; DROP TABLE x; --", "2017-06-30\n=1", "{{7*7}}"])
def test_terms_of_a_submission_reach_no_path(hostile_store: Path, tmp_path: Path, payload: str) -> None:
    path = tmp_path / "staffing.csv"
    path.write_bytes(staffing_csv({}))
    before = sorted(hostile_store.rglob("*"))
    outcome = publish(hostile_store, [Submission(dataset("staffing"), path)], Terms(payload, payload, payload), False)
    assert outcome.findings
    assert sorted(hostile_store.rglob("*")) == before


# ---------------------------------------------------------------- official files


def with_hostile_words(entry: dict[str, Any]) -> dict[str, Any]:
    """What police.uk says, with the attack after every text that is not a date."""
    return {
        key: f"{value} {HOSTILE}" if isinstance(value, str) and "date" not in key else value
        for key, value in entry.items()
    }


@pytest.fixture(scope="module")
def imported(hostile_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The small city with a hostile workbook and a hostile police.uk, served."""
    folder = tmp_path_factory.mktemp("imported")
    root = small_city.build_small_city(folder / "city", is_demonstration=False)
    teams = [[*row[:4], f"{row[4]} {HOSTILE}" if "Hub" in row[4] else row[4], *row[5:]] for row in strengths()]
    works = [[*row[:3], f"{row[3]} {HOSTILE}" if "Hub" in row[3] else row[3], *row[4:]] for row in activity()]
    outcome = import_dwo(root, [write_workbook(folder / "DWO.xlsx", teams, works)])
    assert not outcome.is_refused, [str(finding) for finding in outcome.findings]
    codes = [row["ward_code"] for row in csv.DictReader(io.StringIO(small_city.REFERENCE["wards_2022"]))]
    with pytest.MonkeyPatch.context() as patch:
        for name in ("USUAL_EVENTS", "USUAL_PRIORITIES"):
            patch.setattr(police_uk, name, [with_hostile_words(entry) for entry in getattr(police_uk, name)])
        with police_uk.police_uk_stub(codes) as stub:
            client = PoliteClient(5000, timeout_s=0.5, backoff_s=0)
            assert fetch_police_uk(root, base_url=stub.address, client=client).snapshots
    with serve(root) as address:
        yield address
    shutil.rmtree(folder)


@pytest.mark.parametrize(
    "path",
    [
        *(f"/ward/{WARD}", "/ward/E05900036", f"/ward/{WARD}/events.ics", f"/api/v1/wards/{WARD}"),
        *("/plain/ring_fencing", "/data/dwo_strength/latest.csv", "/feeds/london.atom"),
    ],
)
def test_what_official_files_say_is_text(imported: str, path: str) -> None:
    answer = httpx.get(imported + path)
    assert answer.status_code == 200
    assert what_worked(answer.status_code, answer.headers, answer.content) == []
    assert SUMMED not in answer.text
