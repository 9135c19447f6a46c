"""The house itself: SQL is static, pages stay plain, nothing is fetched from elsewhere, no file is out of place."""

from __future__ import annotations

import ast
import hashlib
import json
import re
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "transparency"
PAGES = sorted((ROOT / "pages").glob("*.py"))
GEOGRAPHY = ROOT.parent / "shared" / "geo"

# Where SQL is put together: table and column names of the catalogue, quoted; values are bound even here.
SQL_FROM_CATALOGUE = {
    "database.py _load_reference_tables",
    "database.py _load_snapshots",
    "database.py _create_current",
    "dataset_releases.py derived_rows",
}
# SQL that a reader is shown to copy, with an address in it; the site never runs it.
SQL_SHOWN_TO_READERS = {"downloads.py one_liners"}
SQL = re.compile(r"\b(SELECT|INSERT INTO|UPDATE|DELETE FROM|CREATE|FROM|WHERE|JOIN|UNION)\b")
MOST_LINES_OF_A_PAGE = 100
LARGEST_FILE_BYTES = 8_000_000  # a series by ward and month, as it was submitted


def sources() -> list[Path]:
    return sorted([*PACKAGE.rglob("*.py"), *PAGES, ROOT / "app.py"])


def module_of(path: Path) -> str:
    """transparency.wards.queries, or pages.ward and app for what stands outside the package."""
    base = ROOT / "src" if path.is_relative_to(PACKAGE) else ROOT
    parts = path.relative_to(base).with_suffix("").parts
    return ".".join(part for part in parts if part != "__init__")


MODULES = {module_of(path): path for path in sources()}
TREES = {module: ast.parse(path.read_text(encoding="utf-8"), str(path)) for module, path in MODULES.items()}


def text_constants(tree: ast.AST) -> Iterator[ast.Constant]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True).stdout
    return [path for name in listed.split("\0") if name and (path := ROOT / name).is_file()]


# ---------------------------------------------------------------- SQL


def built_sql(module: str) -> Iterator[str]:
    """Each place where a string that is SQL is put together from parts, as `file function`."""

    def walk(node: ast.AST, function: str) -> Iterator[str]:
        for child in ast.iter_child_nodes(node):
            inside = child.name if isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef)) else function
            if _is_built(child) and any(SQL.search(str(text.value)) for text in text_constants(child)):
                yield f"{MODULES[module].name} {inside}"
            yield from walk(child, inside)

    yield from walk(TREES[module], "")


def _is_built(node: ast.AST) -> bool:
    if isinstance(node, ast.JoinedStr):
        return any(isinstance(part, ast.FormattedValue) for part in node.values)
    if isinstance(node, ast.BinOp):
        return isinstance(node.op, (ast.Mod, ast.Add))
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "format"


def test_sql_is_put_together_only_from_the_names_of_the_catalogue() -> None:
    assert {place for module in MODULES for place in built_sql(module)} == SQL_FROM_CATALOGUE | SQL_SHOWN_TO_READERS


# ---------------------------------------------------------------- the environment


def test_the_environment_is_read_in_one_module() -> None:
    readers = [module for module in MODULES if re.search(r"\bos\.(environ|getenv)", MODULES[module].read_text())]
    assert readers == ["transparency.core.settings"]


# ---------------------------------------------------------------- pages


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_page_is_short_and_holds_no_sql_no_colour_and_no_connection(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    tree = TREES[f"pages.{page.stem}"]

    assert len(text.splitlines()) <= MOST_LINES_OF_A_PAGE
    assert [constant.lineno for constant in text_constants(tree) if SQL.search(str(constant.value))] == []
    assert re.findall(r"#[0-9a-fA-F]{3,8}\b|\b(?:rgb|hsl)a?\(", text) == []
    asked = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    assert asked & {"query", "rows", "execute", "connection", "cursor", "sql"} == set()


def test_every_page_is_declared_and_every_declared_page_is_there() -> None:
    from transparency.pages.registry import PAGES as DECLARED

    assert sorted(ROOT / "pages" / f"{page.name}.py" for page in DECLARED) == PAGES


# Attributes and functions that make a browser fetch something, as against links a reader may follow.
FETCHES = re.compile(
    r"""(?:\b(?:src|srcset|poster|data|action)\s*=\s*["'] | <link\b[^>]*\bhref\s*=\s*["'] | url\(\s*["']?
        | @import\s+["'] | \bfetch\(\s*["'] | \bimport\(\s*["'])
        \s*(?:https?:)?//[a-z0-9]""",
    re.VERBOSE | re.IGNORECASE,
)


@pytest.mark.rule("P3")
def test_nothing_a_browser_fetches_is_at_another_host() -> None:
    served = [
        path
        for folder in (PACKAGE, ROOT / "pages", ROOT / "static")
        for path in folder.rglob("*")
        if path.suffix in (".py", ".html", ".css", ".js", ".svg", ".xml", ".typ")
    ]
    assert len(served) > 50
    assert [str(path.relative_to(ROOT)) for path in served if FETCHES.search(path.read_text(encoding="utf-8"))] == []


@pytest.mark.parametrize(
    "text",
    [
        '<img src="https://tiles.example/1.png">',
        '<link rel="stylesheet" href="//fonts.example/a.css">',
        "@import 'https://fonts.example/a.css'",
        "body { background: url(https://a.example/b.png) }",
    ],
)
def test_what_a_browser_would_fetch_is_recognised(text: str) -> None:
    assert FETCHES.search(text)


def test_a_map_style_names_no_address() -> None:
    for path in (ROOT / "static").glob("*.json"):
        assert "//" not in path.read_text(encoding="utf-8"), path.name


# ---------------------------------------------------------------- files


def test_no_tracked_file_is_large() -> None:
    assert {str(path): path.stat().st_size for path in tracked() if path.stat().st_size > LARGEST_FILE_BYTES} == {}


POSTCODE = re.compile(r"\b[A-Z]{1,2}[0-9][0-9A-Z]? ?[0-9][ABD-HJLNP-UW-Z]{2}\b")
SITES_WITH_A_POSTCODE = 150


def test_text_in_data_holds_the_postcodes_of_sites_and_no_others() -> None:
    """The published list of postcodes and wards is one Parquet; anywhere else a postcode would be a household's."""
    found: set[str] = set()
    for path in (ROOT / "data").rglob("*"):
        if path.suffix in (".csv", ".json", ".geojson") and "sites" not in str(path.parent):
            found |= set(POSTCODE.findall(path.read_text(encoding="utf-8")))
    assert len(found) < SITES_WITH_A_POSTCODE


def test_nothing_of_the_official_boundaries_is_in_the_data() -> None:
    """Boundaries and postcodes are imported by whoever runs the site; our cells are drawn from centres alone."""
    if not GEOGRAPHY.is_dir():
        pytest.skip("the official boundaries are not here to compare with")
    official = {hashlib.sha256(path.read_bytes()).digest() for path in GEOGRAPHY.iterdir()}
    ours = [path for path in (ROOT / "data").rglob("*") if path.is_file()]
    assert [str(path) for path in ours if hashlib.sha256(path.read_bytes()).digest() in official] == []

    corners = set(_corners(GEOGRAPHY.glob("*.geojson")))
    drawn = set(_corners((ROOT / "data").rglob("*.geojson")))
    assert len(corners) > 10_000
    assert len(drawn) > 1_000
    assert len(drawn & corners) <= len(drawn) / 1000


def _corners(paths: Iterable[Path]) -> Iterator[tuple[float, float]]:
    """Every corner drawn in GeoJSON files, to a metre or so."""

    def walk(nested: list[object]) -> Iterator[tuple[float, float]]:
        first = nested[0] if nested else None
        if isinstance(first, (int, float)):
            lon, lat = nested[:2]
            assert isinstance(lon, (int, float)) and isinstance(lat, (int, float))
            yield round(lon, 5), round(lat, 5)
        else:
            for part in nested:
                assert isinstance(part, list)
                yield from walk(part)

    for path in paths:
        for feature in json.loads(path.read_text(encoding="utf-8"))["features"]:
            yield from walk(feature["geometry"]["coordinates"])
