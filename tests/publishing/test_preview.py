"""`transparency preview`, as a publisher types it: the site as it would be, from a store of its own."""

from __future__ import annotations

import hashlib
import io
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
from pypdf import PdfReader

from tests.serving import wait_until_answering
from tests.small_city import staffing_csv

WARD = "E05900011"


def fingerprint(root: Path) -> dict[str, str]:
    return {
        str(path.relative_to(root)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in root.rglob("*")
        if path.is_file()
    }


def command(file: Path, as_at: str) -> list[str]:
    return [sys.executable, "-m", "transparency", "preview", str(file), "--dataset", "staffing", "--as-at", as_at]


@contextmanager
def previewed(root: Path, file: Path, as_at: str, scratch: Path) -> Iterator[str]:
    """The address of a running preview; afterwards it is stopped as a system stops a program."""
    scratch.mkdir()
    environment = {**os.environ, "TRANSPARENCY_DATA": str(root), "PORT": "0", "TMPDIR": str(scratch)}
    process = subprocess.Popen(
        command(file, as_at), env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    try:
        assert process.stdout is not None and process.stderr is not None
        said = process.stdout.readline() + process.stdout.readline()
        address = re.search(r"http://\S+", said)
        assert address, said + process.stderr.read()
        wait_until_answering(address[0], process, lambda: "")
        yield address[0]
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=30)


def test_a_preview_shows_the_site_as_it_would_be_and_leaves_the_store_alone(city: Path, tmp_path: Path) -> None:
    file, scratch = tmp_path / "staffing.csv", tmp_path / "scratch"
    file.write_bytes(staffing_csv({}))
    before = fingerprint(city)

    with previewed(city, file, "2017-06-30", scratch) as address:
        banner = "<strong>Preview: not published.</strong> This is how the site would be with staffing as at 30 June"
        ward = httpx.get(f"{address}/ward/{WARD}?as_at=2017-06-30").text
        assert "Abbey had two constables and one PCSO" in ward
        pages = ("/plain/london", "/borough/E09000091", "/plain/about", "/plain/corrections", f"/embed/ward/{WARD}")
        for page in (ward, *(httpx.get(address + path).text for path in pages)):
            assert banner in page
        health = httpx.get(f"{address}/health").json()
        assert health["notice"].startswith("Preview, not published: staffing as at 30 June 2017, revision 1")
        printed = httpx.get(f"{address}/ward/{WARD}/handout.pdf?as_at=2017-06-30")
        words = PdfReader(io.BytesIO(printed.content)).pages[0].extract_text()
        assert "Preview, not published: staffing as at 30 June 2017" in " ".join(words.split())

    assert fingerprint(city) == before
    assert list(scratch.glob("transparency-preview-*")) == []


def test_a_bad_file_is_refused_as_by_check_and_nothing_is_served(city: Path, tmp_path: Path) -> None:
    file = tmp_path / "staffing.csv"
    file.write_bytes(staffing_csv({"ward_code": "E05999999"}))
    before = fingerprint(city)
    environment = {**os.environ, "TRANSPARENCY_DATA": str(city), "TMPDIR": str(tmp_path)}
    checking = [word if word != "preview" else "check" for word in command(file, "2017-06-30")]
    checked = subprocess.run(checking, env=environment, capture_output=True, text=True)
    ran = subprocess.run(command(file, "2017-06-30"), env=environment, capture_output=True, text=True, timeout=120)
    assert (checked.returncode, ran.returncode) == (1, 1)
    assert "E05999999" in checked.stderr
    assert ran.stderr == checked.stderr + "Refused: there is nothing to preview.\n"
    assert "http://" not in ran.stdout
    assert fingerprint(city) == before
