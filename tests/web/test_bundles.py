"""The framework's bundles: compressed, cacheable, and nothing else reachable beside them."""

import gzip
import re
from pathlib import Path

import brotli
import httpx
import pytest
import streamlit
from supply.icons import ICONS, NAMES, named_icons

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


def test_font_is_not_compressed_twice(live_server: str) -> None:
    font = next((FRAMEWORK_STATIC / "static" / "media").glob("SourceSansVF-Upright*.woff2"))
    answer = httpx.get(f"{live_server}/static/media/{font.name}")
    assert "content-encoding" not in answer.headers
    assert answer.content == font.read_bytes()


def test_icon_font_is_the_icons_that_the_bundles_name_and_no_more(live_server: str) -> None:
    assert named_icons() == set(NAMES.read_text(encoding="utf-8").split()), "run make icons"
    font = next((FRAMEWORK_STATIC / "static" / "media").glob("MaterialSymbols-*.woff2"))
    answer = httpx.get(f"{live_server}/static/media/{font.name}")
    assert answer.content == ICONS.read_bytes()
    assert len(answer.content) < 12_000 < font.stat().st_size
    assert answer.headers["cache-control"] == "public, max-age=86400"


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
