"""The static export of a small store: complete, the same each time, its links unbroken from any folder."""

from __future__ import annotations

import posixpath
import re
from pathlib import Path

import pytest

from tests.small_city import build_small_city
from transparency.outlets.export import export_site, file_of, relative_links

LINK = re.compile(r'(?:href|src)="([^"]*)"')


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_small_city(tmp_path_factory.mktemp("city"))


@pytest.fixture(scope="module")
def files(city: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return written(city, tmp_path_factory.mktemp("export"))


def written(city: Path, out: Path) -> dict[str, bytes]:
    export_site(city, out, "https://example.org", with_handouts=True)
    return {str(path.relative_to(out)): path.read_bytes() for path in out.rglob("*") if path.is_file()}


def pages(files: dict[str, bytes]) -> dict[str, str]:
    return {name: content.decode() for name, content in files.items() if name.endswith(".html")}


def test_every_ward_borough_file_and_feed_is_there(files: dict[str, bytes]) -> None:
    assert {"index.html", "plain/london.html", "plain/style.css", "sitemap.xml", "robots.txt"} <= files.keys()
    assert {"ward/E05900011.html", "ward/E05900037.html", "borough/E09000091.html"} <= files.keys()
    assert {"data/staffing/latest.csv", "data/datapackage.json"} <= files.keys()
    assert {"feeds/london.atom", "feeds/releases.ics", "plain/accessibility.html"} <= files.keys()
    card = files["embed/ward/E05900011.html"].decode()
    assert 'href="../../ward/E05900011.html"' in card and "Demonstration data: invented." in card
    assert "src=&#34;https://example.org/embed/borough/E09000091&#34;" in files["borough/E09000091.html"].decode() or (
        'src="https://example.org/embed/borough/E09000091"' in files["borough/E09000091.html"].decode()
    )
    assert files["ward/E05900011/handout.pdf"].startswith(b"%PDF")
    assert 'href="E05900011/handout.pdf"' in files["ward/E05900011.html"].decode()


def test_the_same_data_give_the_same_bytes(city: Path, files: dict[str, bytes], tmp_path: Path) -> None:
    again = written(city, tmp_path)
    assert again.keys() == files.keys()
    assert [name for name in files if files[name] != again[name]] == []


def test_no_link_is_broken(files: dict[str, bytes]) -> None:
    broken = []
    for name, text in pages(files).items():
        for href in LINK.findall(text):
            if re.match("https?:|mailto:|data:|#", href):
                continue
            target = posixpath.normpath(posixpath.join(posixpath.dirname(name), href.split("#")[0]))
            if target not in files:
                broken.append((name, href))
    assert broken == []


def test_no_page_loads_anything_from_elsewhere(files: dict[str, bytes]) -> None:
    for text in pages(files).values():
        assert not re.search(r'<(?:img|script|iframe)[^>]*src="(?:https?:)?//', text)
        assert not re.search(r'<link rel="stylesheet" href="(?:https?:)?//', text)


def test_a_demonstration_says_so_on_every_page(files: dict[str, bytes]) -> None:
    notice = re.compile(r'<aside aria-label="What these data are">.*?Demonstration data: invented\.', re.DOTALL)
    assert all(notice.search(text) for text in pages(files).values() if '<body class="tp">' in text)
    assert all("Demonstration data: invented." in text for text in pages(files).values())


def test_links_are_relative_to_the_file_that_holds_them() -> None:
    known = frozenset({"/ward/E05000139", "/plain/find"})
    html = '<a href="/ward/E05000139?as_at=2017-01-04">a</a> <a href="/plain/find">b</a> <a href="/progress">c</a>'
    assert relative_links(html, "ward/E05000140.html", known) == (
        '<a href="E05000139.html">a</a> <a href="../index.html">b</a> <a data-served-at="/progress">c</a>'
    )
    assert file_of("/data/staffing/latest.csv") == "data/staffing/latest.csv"
