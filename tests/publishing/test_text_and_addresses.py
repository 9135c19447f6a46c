"""What cannot be shown, linked or stored is refused where it is handed over: in every column of every dataset."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from transparency.core.errors import StoreError
from transparency.core.project import EMBEDDED_DATA
from transparency.core.text import control_character, is_web_address
from transparency.core.vocabulary import today
from transparency.publishing.outcome import Outcome
from transparency.publishing.publish import Submission, Terms, publish
from transparency.publishing.reading import read_table
from transparency.store.database import open_store
from transparency.store.descriptors import Dataset, catalogue, dataset, snapshot_datasets

HEADER = "source_id,publisher,title,published_on,url,licence,kind"


def published(root: Path, tmp_path: Path, row: str) -> Outcome:
    path = tmp_path / "sources.csv"
    path.write_text(f"{HEADER}\n{row}\n", encoding="utf-8", newline="")
    return publish(root, [Submission(dataset("sources"), path)], Terms("2026-01-02"))


def read(title: str = "T", url: str = "") -> list[tuple[int | None, str | None, str]]:
    """What is found in a source of this title and address."""
    title, url = (text.replace('"', '""') for text in (title, url))
    source = f'{HEADER}\nnew-1,P,"{title}",2016-05-04,"{url}",OGL,press\n'
    found = read_table(dataset("sources"), source.encode(), "sources.csv").findings
    return [(finding.row, finding.column, finding.rule) for finding in found]


def told(outcome: Outcome) -> list[tuple[int | None, str | None, str]]:
    assert outcome.snapshots == ()
    return [(finding.row, finding.column, finding.rule) for finding in outcome.findings]


# ---------------------------------------------------------------- control characters


@pytest.mark.parametrize(
    ("character", "named"),
    [
        ("\x01", "U+0001"),
        ("\x07", "U+0007"),
        ("\x0b", "U+000B"),
        ("\x0c", "U+000C"),
        ("\x1b", "U+001B"),
        ("\x1f", "U+001F"),
        ("\x7f", "U+007F"),
        ("\x85", "U+0085"),
        ("\u202d", "U+202D"),
        ("\u202e", "U+202E"),
        ("\ufffe", "U+FFFE"),
        ("\uffff", "U+FFFF"),
    ],
)
def test_a_control_character_is_refused_with_its_cell(character: str, named: str) -> None:
    rule = f"the cell holds the control character {named}, which cannot be shown"
    assert read(f"one{character}two") == [(2, "title", rule)]


@pytest.mark.parametrize("described", snapshot_datasets(), ids=lambda described: described.name)
def test_a_control_character_is_refused_in_every_column_of_text(described: Dataset) -> None:
    names = [field.name for field in described.fields if field.type == "string"]
    source = ",".join(names) + "\n" + ",".join(f"{name}\x0b" for name in names) + "\n"
    reading = read_table(described, source.encode(), "table.csv")
    rule = "the cell holds the control character U+000B, which cannot be shown"
    assert [finding.column for finding in reading.findings if finding.rule == rule] == names


@pytest.mark.parametrize("text", ["one\ttwo", "one\ntwo", "one\r\ntwo", "Ward\u2011based", "👮\u200d♀️", "\ufffd", "é"])
def test_any_other_character_is_taken(text: str) -> None:
    assert control_character(text) is None
    assert read(text) == []


def test_a_reason_that_cannot_be_shown_is_refused(city: Path, tmp_path: Path) -> None:
    published(city, tmp_path, "new-1,P,T,2016-05-04,,OGL,press")
    terms = Terms("2026-01-02", reason="mis\x0btyped")
    outcome = publish(city, [Submission(dataset("sources"), tmp_path / "sources.csv")], terms)
    rule = "the reason holds the control character U+000B, which cannot be shown"
    assert told(outcome) == [(None, "reason", rule)]


def test_nothing_that_is_published_with_the_project_holds_a_control_character() -> None:
    tables = [
        *(path for path in EMBEDDED_DATA.rglob("*.csv")),
        *(path for path in EMBEDDED_DATA.rglob("*.json")),
        *(path for path in EMBEDDED_DATA.rglob("*.md")),
    ]
    assert len(tables) > 100
    assert [path.name for path in tables if control_character(path.read_text(encoding="utf-8"))] == []


@pytest.mark.parametrize("spaces", [" ", "\u00a0", "\u3000 "])
def test_spaces_alone_are_blank(spaces: str) -> None:
    assert read(spaces) == [(2, "title", "the cell is blank and must not be")]


# ---------------------------------------------------------------- errors of a spreadsheet


@pytest.mark.parametrize("error", ["#REF!", "#N/A", "#DIV/0!", "#NAME?", "#VALUE!", " #N/A ", "#n/a", "err:502"])
def test_an_error_of_a_spreadsheet_is_no_text(error: str) -> None:
    assert read(error) == [(2, "title", "the cell is an error of a spreadsheet")]


# ---------------------------------------------------------------- addresses


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        "data:text/html,hello",
        "vbscript:x",
        "file:///etc/passwd",
        "ftp://x.example/",
        "mailto:a@x.example",
        "x.example/page",
        "www.x.example",
        "/wards",
        "//x.example/page",
        "https:x.example",
        "https:/x.example",
        "https://",
        "https:///page",
        "https://?q=1",
        "https://x.example:port/",
        "https://met.police.uk@evil.example/",
        "https://[::1/",
        "https://x example/",
        "https://x.example/a b",
        "https://x..example/",
        "https://x.example/<b>",
        'https://x.example/"onclick="',
        "https:\\\\x.example\\",
        " https://x.example/",
        "https://x.example/\u2067gpj.exe",
        "https://x.example/a\u200bb",
    ],
)
def test_what_is_no_address_of_the_web_is_refused(address: str) -> None:
    assert read(url=address) == [(2, "url", "the address is not one of the web")]


@pytest.mark.parametrize(
    "address",
    [
        "https://x.example/",
        "HTTP://X.Example",
        "http://x.example:8080/a?b=c&d=%20#e",
        "https://www.flickr.com/photos/57165015@N06/",
        "https://[2001:db8::1]/page",
        "https://bücher.example/é",
        "https://localhost/",
    ],
)
def test_an_address_of_the_web_is_taken(address: str) -> None:
    assert read(url=address) == []


def test_every_column_of_addresses_says_so() -> None:
    columns = {(each.name, field.name) for each in catalogue().values() for field in each.fields if "url" in field.name}
    declared = {(d.name, field.name) for d in catalogue().values() for field in d.fields if field.format == "uri"}
    assert columns == {("sources", "url")}
    assert declared == {("place_names", "source"), ("sources", "url")}


def test_every_address_published_with_the_project_can_be_linked() -> None:
    rows = open_store(EMBEDDED_DATA).rows("SELECT DISTINCT url FROM all_sources WHERE url IS NOT NULL")
    assert len(rows) > 50
    assert [row["url"] for row in rows if not is_web_address(row["url"])] == []


@pytest.mark.parametrize("address", ["javascript:alert(1)", "x.example/page"])
def test_a_store_of_before_with_such_an_address_is_not_opened(
    city: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    with monkeypatch.context() as before:
        before.setattr("transparency.publishing.reading.is_web_address", lambda text: True)
        before.setattr("transparency.publishing.publish.findings_in", lambda store: ())
        assert published(city, tmp_path, f"new-1,P,T,2016-05-04,{address},OGL,press").snapshots
    with pytest.raises(StoreError, match="the address is not one of the web"):
        open_store(city)


# ---------------------------------------------------------------- numbers


@pytest.mark.parametrize("number", ["9" * 16, "-" + "9" * 19, "1" + "0" * 400, "9" * 19 + ".5"])
def test_a_number_too_large_to_be_stored_is_refused(number: str) -> None:
    names = dataset("published_figures").column_names
    source = ",".join(names) + "\n" + ",".join(number if name == "value" else "" for name in names) + "\n"
    found = read_table(dataset("published_figures"), source.encode(), "figures.csv").findings
    assert [(each.row, each.rule) for each in found if each.column == "value"] == [(2, "the number is too large")]


# ---------------------------------------------------------------- days of publication


def test_a_source_published_in_the_future_is_warned_of(city: Path, tmp_path: Path) -> None:
    tomorrow = (today() + timedelta(days=2)).isoformat()
    outcome = published(city, tmp_path, f"new-1,P,T,{tomorrow},,OGL,press")
    assert [str(finding) for finding in outcome.findings] == [
        f"sources.csv, row 2, column published_on: warning: the day of publication is in the future ('{tomorrow}'). "
        "Correct the day, or leave it blank until the source is published."
    ]
    assert len(outcome.snapshots) == 1


def test_a_source_published_today_is_not_warned_of(city: Path, tmp_path: Path) -> None:
    assert published(city, tmp_path, f"new-1,P,T,{today().isoformat()},,OGL,press").findings == ()
