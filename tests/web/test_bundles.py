"""The framework's bundles: compressed, cacheable, and nothing else reachable beside them."""

import gzip
import re
import time
from pathlib import Path

import brotli
import httpx
import pytest
import streamlit
from supply.fonts import FONTS, LETTERS, NAMES, named_icons

from tests.serving import ROOT
from transparency.web import bundles
from transparency.web.compression import best_coding

FRAMEWORK_STATIC = Path(streamlit.__file__).parent / "static"


def main_script(address: str) -> str:
    found = re.search(r'src="\./(static/js/index\.[^"]+\.js)"', httpx.get(address).text)
    assert found
    return found[1]


@pytest.mark.parametrize(
    ("offered", "coding", "decompress"),
    [
        ("gzip, deflate, br", "br", brotli.decompress),
        ("gzip, deflate", "gzip", gzip.decompress),
        ("identity", None, bytes),
    ],
)
def test_bundle_is_sent_in_the_best_coding_and_is_the_same_file(
    live_server: str, offered: str, coding: str | None, decompress: object
) -> None:
    script = main_script(live_server)
    with httpx.stream("GET", f"{live_server}/{script}", headers={"Accept-Encoding": offered}) as answer:
        sent = b"".join(answer.iter_raw())
    original = (FRAMEWORK_STATIC / script).read_bytes()
    assert answer.headers.get("content-encoding") == coding
    assert answer.headers["vary"] == "Accept-Encoding"
    assert "javascript" in answer.headers["content-type"]
    assert decompress(sent) == original  # type: ignore[operator]
    if coding:
        assert len(sent) < len(original) / 2


def test_bundle_with_a_hashed_name_may_be_kept_for_ever(live_server: str) -> None:
    answer = httpx.get(f"{live_server}/{main_script(live_server)}")
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"


@pytest.mark.parametrize(
    ("of_the_framework", "cut", "most_bytes"),
    [
        ("MaterialSymbols-Rounded", "icons.woff2", 12_000),
        ("SourceSansVF-Upright", "source-sans.woff2", 40_000),
        ("SourceSansVF-Italic", "source-sans-italic.woff2", 40_000),
    ],
)
def test_font_is_sent_cut_and_not_compressed_twice(
    live_server: str, of_the_framework: str, cut: str, most_bytes: int
) -> None:
    font = next((FRAMEWORK_STATIC / "static" / "media").glob(f"{of_the_framework}*.woff2"))
    answer = httpx.get(f"{live_server}/static/media/{font.name}")
    assert answer.content == (FONTS / cut).read_bytes()
    assert len(answer.content) < most_bytes < font.stat().st_size
    assert "content-encoding" not in answer.headers
    assert answer.headers["cache-control"] == "public, max-age=86400"


def test_icons_are_those_that_the_bundles_name() -> None:
    assert named_icons() == set(NAMES.read_text(encoding="utf-8").split()), "run make fonts"


def test_letters_of_every_word_for_readers_are_in_the_cut_font_but_one_that_it_never_had() -> None:
    written = [
        *(ROOT / "data").rglob("*.csv"),
        *(ROOT / "data" / "content").rglob("*.md"),
        *(ROOT / "src" / "transparency").rglob("*sentences.py"),
        *(ROOT / "src" / "transparency" / "exhibits" / "templates").glob("*.html"),
    ]
    used = {ord(letter) for file in written for letter in file.read_text(encoding="utf-8")} - {ord("\n"), ord("\r")}
    assert [chr(code) for code in sorted(used) if not any(first <= code <= last for first, last in LETTERS)] == ["⚠"]


def test_large_bundle_is_compressed_harder_once_it_has_been_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bundles, "_LARGE_BYTES", 100_000)
    path = next(path for path in bundles.bundle_files() if "/js/react-dom." in path)
    first = bundles.bundle_response(path, "br").body
    deadline = time.monotonic() + 180
    while len(smaller := bundles.bundle_response(path, "br").body) == len(first) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert len(smaller) < 0.96 * len(first)
    assert brotli.decompress(bytes(smaller)) == bundles.bundle_files()[path].read_bytes()


@pytest.mark.parametrize("path", ["/static/../index.html", "/static/%2e%2e/index.html", "/static/", "/static/js"])
def test_nothing_but_the_bundles_is_reachable(live_server: str, path: str) -> None:
    assert httpx.get(live_server + path).status_code in (400, 404)


@pytest.mark.parametrize(
    ("header", "coding"),
    [
        ("", "identity"),
        ("gzip", "gzip"),
        ("gzip, br", "br"),
        ("br;q=0, gzip", "gzip"),
        ("br; q=0.5, gzip;q=1.0", "br"),
        ("gzip;q=0.000", "identity"),
        ("*", "br"),
        ("*;q=0", "identity"),
        ("GZIP", "gzip"),
        ("brotli, zstd", "identity"),
    ],
)
def test_best_coding(header: str, coding: str) -> None:
    assert best_coding(header) == coding
