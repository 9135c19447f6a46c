"""Whatever is handed over as the monthly workbook or as a table is read, or refused in plain words."""

from __future__ import annotations

import bz2
import csv
import gzip
import io
import re
import struct
import zipfile
from collections.abc import Callable, Iterable
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from demo.months import ACTIVITY_HEADER, STRENGTH_HEADER
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.importers.dwo_files import activity, empty_city, strengths, write_csvs, write_workbook
from tests.small_city import staffing_csv
from transparency.core.vocabulary import Finding
from transparency.importers.dwo import KINDS, read_workbook
from transparency.importers.teams import Register
from transparency.publishing.reading import read_submission
from transparency.store.descriptors import dataset
from transparency.store.snapshots import write_parquet

TODAY = date(2026, 11, 22)
PYTHON = re.compile(
    r"codec|NoneType|\bNone\b|\bnan\b|Traceback|\w+Error\b|Exception|object (has|is)|literal|<class|"
    r"Cfb|OLE\b|Range is|calamine|unpack requires|out of range|field limit|line contains"
)
STRENGTHS_PART = "xl/worksheets/sheet2.xml"
JUNK = st.sampled_from(
    ["", "x", '"', "=1+1", "#REF!", "1e999", "-1", "9" * 400, "\0", "\ufffe", "12/13/2022", "0,8", "E05900011", "\r"]
) | st.text(max_size=12)
ODD_CELLS = (
    st.none()
    | st.booleans()
    | st.integers(-(10**6), 10**6)
    | st.floats(-1e300, 1e300)
    | st.dates(date(1900, 1, 1))
    | st.datetimes(datetime(1900, 1, 1))
    | st.builds(lambda day: datetime.combine(day, time(14, 30)), st.dates(date(1901, 1, 1)))
    | st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
)
DAMAGES = st.lists(st.tuples(st.floats(0, 0.999), st.binary(max_size=6)), max_size=3)
CUT = st.none() | st.floats(0, 1)
every_time = settings(
    max_examples=80,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Register:
    return Register.read(empty_city(tmp_path_factory.mktemp("any") / "city"))


@pytest.fixture(scope="module")
def workbook(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return write_workbook(tmp_path_factory.mktemp("any") / "DWO.xlsx").read_bytes()


def damaged(source: bytes, damages: Iterable[tuple[float, bytes]], cut: float | None) -> bytes:
    """The bytes with some overwritten, and cut short."""
    spoilt = bytearray(source)
    for place, written in damages:
        at = int(place * len(spoilt))
        spoilt[at : at + len(written)] = written
    return bytes(spoilt[: len(spoilt) if cut is None else int(cut * len(spoilt))])


def plain(findings: Iterable[Finding]) -> None:
    for finding in findings:
        assert not PYTHON.search(f"{finding.rule} {finding.remedy}"), str(finding)
        assert finding.rule and finding.remedy


def is_read_or_refused(register: Register, *paths: Path) -> None:
    read = read_workbook(paths, register, TODAY)
    plain(read.findings)
    assert bool(read.months) is not read.is_refused
    for table in read.months:
        rows = list(csv.DictReader(io.StringIO(table.source.decode(), newline="")))
        assert len(rows) == table.rows > 0
        assert all(row["team_name"] or row["match_method"] == "none" for row in rows)


# ---------------------------------------------------------------- workbooks


@every_time
@given(damages=DAMAGES, cut=CUT, name=st.sampled_from(["DWO.xlsx", "DWO.xls", "DWO.csv", "DWO"]))
def test_a_workbook_damaged_or_cut_short(
    register: Register,
    workbook: bytes,
    tmp_path: Path,
    damages: list[tuple[float, bytes]],
    cut: float | None,
    name: str,
) -> None:
    path = tmp_path / name
    path.write_bytes(damaged(workbook, damages, cut))
    is_read_or_refused(register, path)


PACKED: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.compress,
    "bzip2": bz2.compress,
    "a zip of it": lambda source: archive({"DWO.xlsx": source}),
    "stored": lambda source: archive(members(source), zipfile.ZIP_STORED),
    "bzip2 inside": lambda source: archive(members(source), zipfile.ZIP_BZIP2),
    "lzma inside": lambda source: archive(members(source), zipfile.ZIP_LZMA),
    "deflate64": lambda source: patched(source, 8, 10, struct.pack("<H", 9)),
    "a way of packing nobody knows": lambda source: patched(source, 8, 10, struct.pack("<H", 77)),
    "password": lambda source: patched(source, 6, 8, struct.pack("<H", 1)),
    "wrong checksum": lambda source: patched(source, 14, 16, b"\0\0\0\0"),
    "bytes before it": lambda source: b"\r\n" + source,
    "UTF-16": lambda source: source.decode("latin-1").encode("utf-16"),
}


def members(source: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(source)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def archive(parts: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", compression) as written:
        for name, content in parts.items():
            written.writestr(name, content)
    return packed.getvalue()


def patched(source: bytes, local: int, central: int, value: bytes) -> bytes:
    """A zip with one field of each member's headers changed."""
    spoilt = bytearray(source)
    for signature, offset in ((b"PK\x03\x04", local), (b"PK\x01\x02", central)):
        for found in re.finditer(re.escape(signature), source):
            spoilt[found.start() + offset : found.start() + offset + len(value)] = value
    return bytes(spoilt)


@pytest.mark.parametrize("packing", PACKED)
def test_a_workbook_wrongly_packed(register: Register, workbook: bytes, tmp_path: Path, packing: str) -> None:
    path = tmp_path / "DWO.xlsx"
    path.write_bytes(PACKED[packing](workbook))
    is_read_or_refused(register, path)


@every_time
@given(
    part=st.sampled_from(
        [STRENGTHS_PART, "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/sharedStrings.xml", "xl/styles.xml"]
    ),
    start=st.floats(0, 0.999),
    length=st.integers(0, 60),
    written=st.sampled_from(
        [
            "",
            "<c/>",
            "</row>",
            '<c r="ZZZ99999999" t="e"><v>#REF!</v></c>',
            "<f/>",
            "&x;",
            "\0",
            't="e"',
            "]]>",
            "<row>",
        ]
    )
    | st.text(max_size=8),
    is_left_out=st.booleans(),
)
def test_a_workbook_with_a_part_written_otherwise(
    register: Register,
    workbook: bytes,
    tmp_path: Path,
    part: str,
    start: float,
    length: int,
    written: str,
    is_left_out: bool,
) -> None:
    parts = members(workbook)
    content = parts.pop(part)
    at = int(start * len(content))
    if not (is_left_out and length == 0):
        parts[part] = content[:at] + written.encode("utf-8", "replace") + content[at + length :]
    path = tmp_path / "DWO.xlsx"
    path.write_bytes(archive(parts))
    is_read_or_refused(register, path)


@every_time
@given(
    cells=st.lists(st.tuples(st.integers(0, 30), st.integers(0, 9), ODD_CELLS), max_size=4),
    header=st.permutations(STRENGTH_HEADER),
    more=st.lists(st.sampled_from([*STRENGTH_HEADER, *ACTIVITY_HEADER, "", "Note"]), max_size=2),
    rows_above=st.integers(0, 35),
    is_1904=st.booleans(),
)
def test_a_workbook_with_cells_of_other_types(
    register: Register,
    tmp_path: Path,
    cells: list[tuple[int, int, Any]],
    header: list[str],
    more: list[str],
    rows_above: int,
    is_1904: bool,
) -> None:
    order = [STRENGTH_HEADER.index(title) for title in header]
    rows = [[row[place] for place in order] + [None] * 5 for row in strengths()]
    for row, column, value in cells:
        is_early = isinstance(value, date) and value.year < 1904
        rows[row % len(rows)][column] = None if is_early else value
    path = write_workbook(
        tmp_path / "DWO.xlsx",
        rows,
        activity(),
        strength_header=(*header, *more),
        rows_above=rows_above,
        date_1904=is_1904,
    )
    is_read_or_refused(register, path)


# ---------------------------------------------------------------- tables


def respelt(text: str, cells: Iterable[tuple[int, str]]) -> str:
    """The table with some of its cells, or the signs between them, replaced."""
    parts = re.split(r"(,|\r?\n)", text)
    for place, junk in cells:
        parts[place % len(parts)] = junk
    return "".join(parts)


@every_time
@given(
    cells=st.lists(st.tuples(st.integers(0, 400), JUNK), max_size=4),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "latin-1"]),
    separator=st.sampled_from([",", ",", ",", ";", "\t", "|"]),
    damages=DAMAGES,
    cut=CUT,
    name=st.sampled_from(["Strengths.csv", "Strengths.txt", "Strengths.xlsx"]),
)
def test_the_sheets_of_the_workbook_as_tables(
    register: Register,
    tmp_path: Path,
    cells: list[tuple[int, str]],
    encoding: str,
    separator: str,
    damages: list[tuple[float, bytes]],
    cut: float | None,
    name: str,
) -> None:
    first, second = write_csvs(tmp_path)
    text = respelt(first.read_text(encoding="utf-8-sig"), cells).replace(",", separator)
    path = tmp_path / name
    path.write_bytes(damaged(text.encode(encoding, "replace"), damages, cut))
    is_read_or_refused(register, path, second)


@every_time
@given(
    cells=st.lists(st.tuples(st.integers(0, 60), JUNK), max_size=4),
    encoding=st.sampled_from(["utf-8", "utf-8", "utf-8-sig", "utf-16", "utf-32", "latin-1"]),
    separator=st.sampled_from([",", ",", ",", ";", "\t"]),
    damages=DAMAGES,
    cut=CUT,
)
def test_a_submission(
    tmp_path: Path,
    cells: list[tuple[int, str]],
    encoding: str,
    separator: str,
    damages: list[tuple[float, bytes]],
    cut: float | None,
) -> None:
    good = staffing_csv({}, {"ward_code": "E05900012", "dedicated_pcsos": ""})
    text = respelt(good.decode(), cells).replace(",", separator)
    path = tmp_path / "staffing.csv"
    path.write_bytes(damaged(text.encode(encoding, "replace"), damages, cut))
    reading = read_submission(dataset("staffing"), path)
    plain(reading.findings)
    if all(finding.is_warning for finding in reading.findings):
        write_parquet(dataset("staffing"), reading.columns, tmp_path / "staffing.parquet")


def test_every_column_that_is_looked_for_has_one_title_of_its_own() -> None:
    for kind in KINDS.values():
        titles = [title for column in kind.columns for title in (column.title, *column.other_titles)]
        assert len(titles) == len(set(titles))
