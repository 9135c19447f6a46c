"""Where the monthly workbook is: what the catalogue of a local server says, and what is done when it does not."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from typer.testing import CliRunner

from tests.importers.dwo_files import empty_city, write_workbook
from transparency.cli import app
from transparency.importers.datastore import DWO_URL, workbook_address
from transparency.store.snapshots import list_snapshots

CATALOGUE = "/api/action/package_show?id=e16kd"
FALLBACK = "https://example.org/fixed.xlsx"


@contextmanager
def datastore(answers: dict[str, bytes]) -> Iterator[tuple[str, list[str]]]:
    """A local Datastore: its address, and the paths it was asked for; what it does not have is 404."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            body = answers.get(self.path)
            self.send_response(404 if body is None else 200)
            self.send_header("Content-Length", str(len(body or b"")))
            self.end_headers()
            self.wfile.write(body or b"")

        def log_message(self, format: str, *arguments: object) -> None:
            """Nothing is printed."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", asked
    finally:
        server.shutdown()
        server.server_close()


def catalogue(*resources: Any) -> dict[str, bytes]:
    return {CATALOGUE: json.dumps({"success": True, "result": {"resources": resources}}).encode()}


@pytest.mark.parametrize(
    ("resource", "expected"),
    [
        ({"url": "https://example.org/today/DWO.xlsx?v=2", "format": "XLSX"}, "https://example.org/today/DWO.xlsx?v=2"),
        ({"url": "https://example.org/today/41", "format": "xlsx"}, "https://example.org/today/41"),
    ],
)
def test_the_address_is_the_workbook_the_catalogue_names(resource: dict[str, str], expected: str) -> None:
    others = [{"url": "https://example.org/notes.pdf", "format": "PDF"}, {"format": "xlsx"}, None]
    with datastore(catalogue(*others, resource)) as (base_url, asked):
        address = workbook_address(base_url, FALLBACK)
    assert (address.url, address.note) == (expected, f"The catalogue names {expected}.")
    assert asked == [CATALOGUE]


@pytest.mark.parametrize(
    ("answers", "why"),
    [
        ({}, "The catalogue names no workbook for e16kd."),
        (catalogue(), "The catalogue names no workbook for e16kd."),
        (catalogue({"url": "file:///etc/hosts.xlsx"}), "The catalogue names no workbook for e16kd."),
        ({CATALOGUE: b"[]"}, "The catalogue names no workbook for e16kd."),
        ({CATALOGUE: b'{"result": {"resources": {"url": "x"}}}'}, "The catalogue names no workbook for e16kd."),
        (catalogue({"url": "/a.xlsx"}, {"url": "/b.xlsx"}), "The catalogue names 2 workbooks for e16kd."),
        ({CATALOGUE: b"<html>"}, "The catalogue did not help: "),
    ],
)
def test_without_an_answer_the_fixed_address_is_tried_and_that_is_said(answers: dict[str, bytes], why: str) -> None:
    with datastore(answers) as (base_url, _):
        address = workbook_address(base_url, FALLBACK, backoff_s=0)
    assert address.url == FALLBACK
    assert address.note.startswith(why)
    assert address.note.endswith("Trying the address of September 2026.")


def test_a_catalogue_that_cannot_be_reached_is_no_obstacle() -> None:
    with datastore({}) as (base_url, _):
        pass
    assert workbook_address(base_url, backoff_s=0).url == DWO_URL


def test_fetch_dwo_downloads_what_the_catalogue_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    city = empty_city(tmp_path / "city")
    monkeypatch.setenv("TRANSPARENCY_DATA", str(city))
    workbook = write_workbook(tmp_path / "DWO.xlsx").read_bytes()
    with datastore({**catalogue({"url": "/today/DWO.xlsx"}), "/today/DWO.xlsx": workbook}) as (base_url, asked):
        result = CliRunner().invoke(app, ["fetch", "dwo", "--base-url", base_url])
    assert result.exit_code == 0, result.output
    assert f"The catalogue names {base_url}/today/DWO.xlsx." in result.stderr
    assert asked == [CATALOGUE, "/today/DWO.xlsx"]
    assert len(list_snapshots(city)) == 5
