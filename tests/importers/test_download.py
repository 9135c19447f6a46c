"""Downloading the workbook from a local server that breaks off, refuses, lies and changes its mind."""

from __future__ import annotations

import gzip
import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tests.importers.dwo_files import empty_city, write_workbook
from transparency.cli import app
from transparency.core.errors import ImportRefusedError
from transparency.importers import download as module
from transparency.importers.download import download
from transparency.importers.polite import PoliteClient
from transparency.store.snapshots import list_snapshots

BODY = b"PK\x03\x04" + bytes(range(256)) * 2000


@dataclass
class Stub:
    """A server of one file. `answers` are used up one by one, then the last is given for ever."""

    answers: list[Callable[[BaseHTTPRequestHandler], None]]
    asked: list[dict[str, str]] = field(default_factory=list)
    address: str = ""

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        self.asked.append({name: value for name, value in handler.headers.items() if name in ("Range", "If-Range")})
        (self.answers.pop(0) if len(self.answers) > 1 else self.answers[0])(handler)


@contextmanager
def serving(*answers: Callable[[BaseHTTPRequestHandler], None]) -> Iterator[Stub]:
    stub = Stub(list(answers))

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            stub.answer(self)

        def log_message(self, format: str, *arguments: object) -> None:
            """Nothing is printed."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    stub.address = f"http://127.0.0.1:{server.server_port}/DWO_Abstraction.xlsx"
    try:
        yield stub
    finally:
        server.shutdown()
        server.server_close()


def status(code: int, **headers: str) -> Callable[[BaseHTTPRequestHandler], None]:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(code)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    return answer


def file(
    body: bytes = BODY,
    tag: str = '"one"',
    breaks_after: int | None = None,
    kind: str = "application/octet-stream",
    knows_ranges: bool = True,
    says_length: bool = True,
    coding: str = "",
) -> Callable[[BaseHTTPRequestHandler], None]:
    """The file, or the rest of it where asked for by its tag; cut off after some bytes where told so."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        start = 0
        if knows_ranges and handler.headers.get("If-Range") == tag:
            start = int(handler.headers["Range"].removeprefix("bytes=").removesuffix("-"))
            handler.send_response(206)
            handler.send_header("Content-Range", f"bytes {start}-{len(body) - 1}/{len(body)}")
        else:
            handler.send_response(200)
        if tag:
            handler.send_header("ETag", tag)
        handler.send_header("Content-Type", kind)
        if coding:
            handler.send_header("Content-Encoding", coding)
        if says_length:
            handler.send_header("Content-Length", str(len(body) - start))
        handler.end_headers()
        handler.wfile.write(body[start : len(body) if breaks_after is None else start + breaks_after])

    return answer


@pytest.fixture
def pauses() -> list[float]:
    return []


def test_a_file_is_received_whole_with_its_progress(tmp_path: Path, pauses: list[float]) -> None:
    seen: list[tuple[int, int | None]] = []
    with serving(file()) as stub:
        path = download(stub.address, tmp_path / "a" / "dwo.xlsx", lambda *told: seen.append(told), pauses.append)
    assert path.read_bytes() == BODY
    assert (seen[0], seen[-1]) == ((0, len(BODY)), (len(BODY), len(BODY)))
    assert pauses == []
    assert [p.name for p in path.parent.iterdir()] == ["dwo.xlsx"]


def test_what_broke_off_is_resumed_and_asked_for_no_second_time(tmp_path: Path, pauses: list[float]) -> None:
    with serving(file(breaks_after=100_000), file(breaks_after=50_000), file()) as stub:
        path = download(stub.address, tmp_path / "dwo.xlsx", pause=pauses.append)
    assert path.read_bytes() == BODY
    assert stub.asked == [
        {},
        {"Range": "bytes=100000-", "If-Range": '"one"'},
        {"Range": "bytes=150000-", "If-Range": '"one"'},
    ]
    assert pauses == [1.0, 2.0]


def test_a_later_run_goes_on_where_an_earlier_one_gave_up(tmp_path: Path, pauses: list[float]) -> None:
    with serving(file(breaks_after=100_000), status(503)) as stub, pytest.raises(ImportRefusedError) as refusal:
        download(stub.address, tmp_path / "dwo.xlsx", pause=pauses.append)
    assert "was asked for 6 times without success (the server answered 503)" in str(refusal.value)
    assert pauses == [1.0, 2.0, 4.0, 8.0, 16.0]
    assert not (tmp_path / "dwo.xlsx").exists()
    with serving(file()) as stub:
        assert download(stub.address, tmp_path / "dwo.xlsx").read_bytes() == BODY
    assert stub.asked == [{"Range": "bytes=100000-", "If-Range": '"one"'}]


def test_a_workbook_that_is_sent_gzipped_is_unpacked_also_when_it_was_resumed(
    tmp_path: Path, pauses: list[float]
) -> None:
    packed = gzip.compress(BODY, mtime=0)
    with serving(file(packed, coding="gzip", breaks_after=1_000), file(packed, coding="gzip")) as stub:
        path = download(stub.address, tmp_path / "dwo.xlsx", pause=pauses.append)
    assert path.read_bytes() == BODY
    assert stub.asked == [{}, {"Range": "bytes=1000-", "If-Range": '"one"'}]
    assert [item.name for item in tmp_path.iterdir()] == ["dwo.xlsx"]


def test_what_a_coding_unpacks_to_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAXIMUM_BYTES", 100_000)
    bomb = file(gzip.compress(bytes(200_000), mtime=0), coding="gzip")
    with serving(bomb) as stub, pytest.raises(ImportRefusedError, match="unpacks to far more"):
        download(stub.address, tmp_path / "dwo.xlsx")
    assert list(tmp_path.iterdir()) == []


NO_ADDRESSES = [
    "",
    "x.example/dwo.xlsx",
    "file:///dwo.xlsx",
    "ftp://x.example/dwo.xlsx",
    "https://",
    "https:///dwo.xlsx",
    "//x.example",
]


@pytest.mark.parametrize("address", NO_ADDRESSES)
def test_what_is_no_address_is_told_at_once(tmp_path: Path, pauses: list[float], address: str) -> None:
    said = f"{address!r} is no address that can be asked for. Write it whole: https:// or http://, then the host."
    with pytest.raises(ImportRefusedError) as refusal:
        download(address, tmp_path / "dwo.xlsx", pause=pauses.append)
    assert str(refusal.value) == said
    assert pauses == []
    with PoliteClient(1000, most_tries=2, backoff_s=60) as client, pytest.raises(ImportRefusedError) as asked:
        client.json(address)
    assert str(asked.value) == said


def test_a_service_that_leads_nowhere_is_told_at_once() -> None:
    with PoliteClient(1000, most_tries=2, backoff_s=60) as client:
        with serving(status(302, Location="file:///etc/hosts")) as stub, pytest.raises(ImportRefusedError) as refusal:
            client.json(stub.address)
        assert str(refusal.value).startswith(f"{stub.address} leads to an address that cannot be asked for.")
        with (
            serving(status(302, Location="/DWO_Abstraction.xlsx")) as stub,
            pytest.raises(ImportRefusedError) as refusal,
        ):
            client.json(stub.address)
        assert str(refusal.value).startswith(f"{stub.address} leads on and on, from one address to the next.")


def test_what_went_wrong_on_the_way_is_said_without_words_of_a_program() -> None:
    with PoliteClient(1000, most_tries=1, timeout_s=0.3) as client:
        with serving(file(b"<html>busy</html>")) as stub, pytest.raises(ImportRefusedError) as refusal:
            client.json(stub.address)
        assert "in 1 tries (what it sent is a web page (HTML), not whole JSON)" in str(refusal.value)
        with serving(file(b"not gzip", coding="gzip")) as stub, pytest.raises(ImportRefusedError) as refusal:
            client.json(stub.address)
        assert "in 1 tries (the answer cannot be read)" in str(refusal.value)
        with serving(lambda handler: time.sleep(0.6)) as stub, pytest.raises(ImportRefusedError) as refusal:
            client.json(stub.address)
        assert "in 1 tries (no answer in time)" in str(refusal.value)
        with pytest.raises(ImportRefusedError) as refusal:
            client.json(stub.address)
        assert "in 1 tries (Connection refused)" in str(refusal.value)


def test_a_newer_version_is_received_from_its_beginning(tmp_path: Path, pauses: list[float]) -> None:
    newer = BODY[::-1].replace(BODY[::-1][:4], b"PK\x03\x04", 1)
    with serving(file(breaks_after=100_000), file(newer, tag='"two"')) as stub:
        assert download(stub.address, tmp_path / "dwo.xlsx", pause=pauses.append).read_bytes() == newer


def test_a_server_without_ranges_or_tags_is_asked_for_everything_again(tmp_path: Path, pauses: list[float]) -> None:
    plain = file(knows_ranges=False, tag="")
    with serving(file(knows_ranges=False, tag="", breaks_after=100_000), plain) as stub:
        assert download(stub.address, tmp_path / "dwo.xlsx", pause=pauses.append).read_bytes() == BODY
    assert stub.asked == [{}, {}]


def test_a_server_that_does_not_say_the_length_is_believed_at_the_end(tmp_path: Path) -> None:
    seen: list[int | None] = []
    with serving(file(says_length=False)) as stub:
        path = download(stub.address, tmp_path / "dwo.xlsx", lambda received, total: seen.append(total))
    assert path.read_bytes() == BODY
    assert set(seen) == {None}


def test_a_busy_server_is_given_the_time_it_asks_for(tmp_path: Path, pauses: list[float]) -> None:
    with serving(status(429, Retry_After="7"), status(503, Retry_After="9999"), file()) as stub:
        assert download(stub.address, tmp_path / "dwo.xlsx", pause=pauses.append).read_bytes() == BODY
    assert pauses == [7.0, 60.0]


def test_a_part_that_the_server_no_longer_has_is_thrown_away(tmp_path: Path, pauses: list[float]) -> None:
    (tmp_path / "dwo.xlsx.part").write_bytes(b"x" * 9)
    (tmp_path / "dwo.xlsx.part.tag").write_text('"gone"')
    with serving(status(416), file()) as stub:
        assert download(stub.address, tmp_path / "dwo.xlsx", pause=pauses.append).read_bytes() == BODY
    assert stub.asked[1] == {}


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (status(404), "answered 404. Check the address on the publisher's page."),
        (status(403), "answered 403. Check the address on the publisher's page."),
        (file(b"<!doctype html>", kind="text/html; charset=utf-8"), "is a page (text/html), not a workbook."),
        (file(b"month,team\n"), "is not an Excel workbook."),
        (file(b"%PDF-1.7"), "is a PDF, not an Excel workbook. Check the address on the publisher's page."),
        (
            file(bytes.fromhex("d0cf11e0a1b11ae1")),
            "is an Excel workbook of before 2007 (.xls) or one with a password, not",
        ),
        (file(gzip.compress(b"month,team\n", mtime=0), coding="gzip"), "is not an Excel workbook."),
        (
            file(gzip.compress(BODY, mtime=0)[:-9], coding="gzip"),
            "dwo.xlsx.part is cut short or damaged. Download it again.",
        ),
        (
            file(BODY, coding="br"),
            "is sent in a coding that was not asked for and cannot be read here (br). Download the file by hand.",
        ),
        (status(302, Location="file:///etc/hosts"), "leads to an address that cannot be asked for."),
        (status(302, Location="ftp://x.example/dwo.xlsx"), "leads to an address that cannot be asked for."),
        (status(302, Location="/DWO_Abstraction.xlsx"), "leads on and on, from one address to the next."),
    ],
)
def test_what_is_no_workbook_is_refused_at_once(
    tmp_path: Path, pauses: list[float], answer: Callable[[BaseHTTPRequestHandler], None], said: str
) -> None:
    with serving(answer) as stub, pytest.raises(ImportRefusedError) as refusal:
        download(stub.address, tmp_path / "dwo.xlsx", pause=pauses.append)
    assert said in str(refusal.value)
    assert (pauses, list(tmp_path.iterdir())) == ([], [])


@pytest.mark.parametrize("says_length", [True, False])
def test_a_file_that_does_not_end_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, says_length: bool) -> None:
    monkeypatch.setattr(module, "MAXIMUM_BYTES", 100_000)
    with serving(file(says_length=says_length)) as stub, pytest.raises(ImportRefusedError, match="is larger than"):
        download(stub.address, tmp_path / "dwo.xlsx")
    assert list(tmp_path.iterdir()) == []


def test_a_server_that_is_not_there_is_told(tmp_path: Path, pauses: list[float]) -> None:
    with serving(file()) as stub:
        address = stub.address
    with pytest.raises(ImportRefusedError, match="was asked for 6 times without success"):
        download(address, tmp_path / "dwo.xlsx", pause=pauses.append)


# ---------------------------------------------------------------- the commands


@pytest.fixture
def city(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = empty_city(tmp_path / "city")
    monkeypatch.setenv("TRANSPARENCY_DATA", str(root))
    return root


def test_fetch_dwo_downloads_and_imports(city: Path, tmp_path: Path) -> None:
    workbook = write_workbook(tmp_path / "published.xlsx").read_bytes()
    with serving(file(workbook)) as stub:
        result = CliRunner().invoke(app, ["fetch", "dwo", "--url", stub.address])
    assert result.exit_code == 0, result.output
    assert "dwo_strength: 2 months not stored before (April 2022 to May 2022)." in result.output
    assert len(list_snapshots(city)) == 5
    assert [path.suffix for path in (city / "downloads").iterdir()] == [".xlsx"]


def test_import_dwo_tells_what_was_done_and_what_to_look_at(city: Path, tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "DWO.xlsx")
    result = CliRunner().invoke(app, ["import", "dwo", str(path)])
    assert result.exit_code == 0
    assert "unmatched: 1 team, 2 rows, 4.00 FTE-months, 700 minutes." in result.output
    again = CliRunner().invoke(app, ["import", "dwo", str(path)])
    assert "dwo_activity: 2 months unchanged, nothing written (April 2022 to May 2022)." in again.output
    assert again.exit_code == 0


def test_import_dwo_gives_its_report_as_json(city: Path, tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "DWO.xlsx")
    report = json.loads(CliRunner().invoke(app, ["import", "dwo", "--json", "--dry-run", str(path)]).stdout)
    assert (report["ok"], report["is_dry_run"]) == (True, True)
    assert report["months"][0] == {
        "dataset": "dwo_activity",
        "as_at": "2022-04-30",
        "action": "published",
        "revision": 1,
        "rows": 14,
        "total": 5810.0,
        "total_before": None,
        "rows_added": 14,
        "rows_removed": 0,
        "rows_rematched": 0,
    }
    assert report["teams"][0]["team_name"] == "Night Hub"
    assert list_snapshots(city) == ()


def test_import_dwo_refuses_with_exit_code_1(city: Path, tmp_path: Path) -> None:
    path = tmp_path / "DWO.xlsx"
    path.write_text("not a workbook", encoding="utf-8")
    result = CliRunner().invoke(app, ["import", "dwo", str(path)])
    assert result.exit_code == 1
    assert "DWO.xlsx: the sheet Strengths is missing." in result.output
    assert "Refused: nothing written." in result.output
