"""Every derived number is defined in an SQL file: Python selects, filters by place and day, and orders."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from transparency.core.vocabulary import (
    DECLARED_ON,
    DUE_ON,
    LONDON_CODE,
    PROMISED_ON,
    PROMISED_PCS,
    PROMISED_PCSOS,
)
from transparency.store.database import PACKAGE
from transparency.store.store import Store

AGGREGATE = re.compile(
    r"""
    \bGROUP\s+BY\b | \bOVER\s*(\(|\w+\s*[,)]) | \bPARTITION\s+BY\b | \bQUALIFY\b
    | \b(count|sum|avg|min|max|median|mode|quantile\w*|stddev\w*|arg_m(in|ax)|bool_(and|or)|any_value|list|rank
         |dense_rank|row_number|lag|lead|first_value|last_value|ntile|percent_rank|haversine\w*)\s*\(
    | \b(asin|acos|atan2?|radians)\s*\(
    """,
    re.IGNORECASE | re.VERBOSE,
)
QUERY = re.compile(r"\bSELECT\b.*\bFROM\b|\bSELECT\b\s+\d", re.DOTALL)
NUMBER_MODULES = {"statistics"}
DISTANCES = {"asin", "acos", "atan", "atan2", "hypot", "haversine"}
RANKS = {"quantiles", "median", "quantile", "percentile", "rankdata", "stdev", "pstdev", "fmean"}

# A module and why what it asks is no figure for readers.
EXCEPTIONS = {
    "store/database.py": "chooses the newest row of each key when a register is loaded",
}


def modules() -> list[Path]:
    names = {path: str(path.relative_to(PACKAGE)) for path in sorted(PACKAGE.rglob("*.py"))}
    return [path for path, name in names.items() if name not in EXCEPTIONS]


def found_in(source: str) -> Iterator[str]:
    """What a module works out by itself: aggregates in SQL strings, `statistics`, quartiles, ranks and distances."""
    tree = ast.parse(source)
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if not isinstance(node, ast.expr | ast.stmt):
            continue
        if isinstance(node, ast.Constant | ast.JoinedStr) and id(node) not in docstrings:
            text = _text(node)
            if QUERY.search(text) and (aggregate := AGGREGATE.search(text)):
                yield f"line {node.lineno}: {aggregate.group().strip()}"
        elif isinstance(node, ast.Import | ast.ImportFrom):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else [alias.name for alias in node.names]
            yield from (f"line {node.lineno}: import {name}" for name in names if name in NUMBER_MODULES)
        elif isinstance(node, ast.Call) and (name := _called(node)) in DISTANCES | RANKS:
            yield f"line {node.lineno}: {name}()"
        elif _is_place_in_order(node):
            yield f"line {node.lineno}: a rank by place in a list"


def _text(node: ast.Constant | ast.JoinedStr) -> str:
    if isinstance(node, ast.JoinedStr):
        return "".join(_text(part) if isinstance(part, ast.Constant) else "$value" for part in node.values)
    return node.value if isinstance(node.value, str) else ""


def _called(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def _is_place_in_order(node: ast.AST) -> bool:
    """Whether it is `values.index(value) + 1`, the rank of a value in a sorted list."""
    return (
        isinstance(node, ast.BinOp)
        and isinstance(node.op, ast.Add)
        and isinstance(node.left, ast.Call)
        and _called(node.left) == "index"
        and isinstance(node.right, ast.Constant)
        and node.right.value == 1
    )


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_no_module_defines_a_number(path: Path) -> None:
    assert list(found_in(path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize("name", EXCEPTIONS)
def test_each_exception_is_needed(name: str) -> None:
    assert list(found_in((PACKAGE / name).read_text(encoding="utf-8")))


@pytest.mark.parametrize(
    "source",
    [
        'store.rows("SELECT count(*) AS wards FROM ward")',
        'store.rows("SELECT ward_code FROM ward GROUP BY ward_code")',
        'store.rows("SELECT rank() OVER (ORDER BY share) FROM boroughs")',
        'store.rows(f"SELECT {column}, max(as_at) FROM {table}")',
        "import statistics",
        "from statistics import quantiles",
        "quarters = np.quantile(shares, 0.25)",
        "ranks = [values.index(value) + 1 for value in values]",
        "metres = 2 * 6371008.8 * math.asin(chord / 2)",
    ],
)
def test_a_number_defined_in_python_is_found(source: str) -> None:
    assert list(found_in(source))


@pytest.mark.parametrize(
    "source",
    [
        'store.rows("SELECT * FROM ward_status_on($day) WHERE borough_code = $code ORDER BY ward_name")',
        '"""SELECT count(*) FROM ward is what the view asks."""',
        'words = "count (of wards)"',
    ],
)
def test_selecting_and_ordering_are_allowed(source: str) -> None:
    assert not list(found_in(source))


def test_definitions_and_sentences_have_the_same_constants(city: Store) -> None:
    [row] = city.rows(
        "SELECT promised_on() AS promised_on, due_on() AS due_on, declared_on() AS declared_on, "
        "promised_pcs() AS promised_pcs, promised_pcsos() AS promised_pcsos, london_code() AS london_code"
    )
    assert row == {
        "promised_on": PROMISED_ON,
        "due_on": DUE_ON,
        "declared_on": DECLARED_ON,
        "promised_pcs": PROMISED_PCS,
        "promised_pcsos": PROMISED_PCSOS,
        "london_code": LONDON_CODE,
    }


def test_a_date_or_count_that_decides_is_written_once_in_sql() -> None:
    written = re.compile(r"'2016-07-21'|'E12000007'|half_status\(\w+, \d")
    found = {path.name for path in PACKAGE.glob("*/sql/*.sql") if written.search(path.read_text(encoding="utf-8"))}
    assert found == {"09_promise.sql"}
