"""Lists of postcodes as they are published and handed over: each layout is read, all else refused by row and value."""

from __future__ import annotations

import gzip
import re
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyproj import Transformer

from tests.importers.test_packed import DEFLATE64, ENCRYPTED, altered, zipped
from tests.small_city import build_small_city
from transparency.core.errors import ImportRefusedError
from transparency.core.vocabulary import taking_for_today
from transparency.importers.postcodes import PostcodeFile, read_postcodes
from transparency.places.lookup import answer_postcode
from transparency.publishing.import_official import import_postcodes
from transparency.store.database import open_store

OFFICIAL = Path(__file__).parents[3] / "shared" / "official" / "nspl_2021_2026"
NOW = date(2026, 11, 22)

# What the ONS wrote at the head of its lists, shortened at the end.
NSPL_2021 = "pcd,pcd2,pcds,dointr,doterm,usertype,oseast1m,osnrth1m,osgrdind,oa11,cty,ced,laua,ward,lat,long"
NSPL_2026 = (
    "pcd7,pcd8,pcds,dointr,doterm,usrtypind,east1m,north1m,gridind,oa21cd,cty26cd,ced25cd,lad26cd,wd26cd,lat,long"
)
ONSPD_2021 = "pcd,pcd2,pcds,dointr,doterm,usertype,oseast1m,osnrth1m,osgrdind,parish,oscty,ced,oslaua,osward,lat,long"
ONSPD_2026 = (
    "pcd7,pcd8,pcds,dointr,doterm,usrtypind,east1m,north1m,gridind,parncp26cd,cty26cd,ced25cd,lad26cd,wd26cd,lat,long"
)
ROWS = (
    '"E2 0ZA","E2  0ZA","E2 0ZA","198001","","0","535800","0182900","1","E1","E13","E99",'
    '"E09000030","E05009317",51.527250,-0.046570\r\n'
    '"E149ZA","E14 9ZA","E14 9ZA","198001","202001","0","538300","0180200","1","E1","E13","E99",'
    '"E09000030","E05009318",51.502570,-0.011700\r\n'
)
READ = [
    {
        "postcode": "E20ZA",
        "lat": 51.52725,
        "lon": -0.04657,
        "ward": "E05009317",
        "district": "E09000030",
        "terminated": None,
    },
    {
        "postcode": "E149ZA",
        "lat": 51.50257,
        "lon": -0.0117,
        "ward": "E05009318",
        "district": "E09000030",
        "terminated": "2020-01",
    },
]
PLAIN = "postcode,lat,lon,ward_code\nE2 0ZA,51.52725,-0.04657,E05009317\nE14 9ZA,51.50257,-0.01170,E05009318\n"


def official(header: str) -> bytes:
    return f"{header}\r\n{ROWS}".encode()


def many(*rows: str, header: str = "postcode,lat,lon,ward_code", sound: int = 400) -> str:
    """A list of sound rows, one in use each, and these behind them: row 402 is the first of them."""
    letters = "ABDEFGHJLN"
    good = [f"E1{n // 100} {n // 10 % 10}{letters[n % 10]}A,51.5,-0.1,E05009317" for n in range(sound)]
    width = header.count(",") + 1
    padded = [row + "," * (width - row.count(",") - 1) for row in good]
    return "\n".join([header, *padded, *rows, ""])


def read(folder: Path, source: str | bytes, name: str = "list.csv") -> PostcodeFile:
    path = folder / name
    path.write_bytes(source.encode() if isinstance(source, str) else source)
    return read_postcodes(path)


def refused(folder: Path, source: str | bytes, name: str = "list.csv") -> str:
    with pytest.raises(ImportRefusedError) as refusal:
        read(folder, source, name)
    assert str(refusal.value).endswith(" Nothing was imported.")
    return str(refusal.value).removesuffix(" Nothing was imported.")


# ---------------------------------------------------------------- layouts

KINDS = [
    ("NSPL_NOV_2021_UK.csv", NSPL_2021, "National Statistics Postcode Lookup", "November 2021"),
    ("NSPL21_AUG_2022_UK.csv", NSPL_2021, "National Statistics Postcode Lookup", "August 2022"),
    ("NSPL_AUG_2026_UK.csv", NSPL_2026, "National Statistics Postcode Lookup", "August 2026"),
    ("ONSPD_NOV_2021_UK.csv", ONSPD_2021, "ONS Postcode Directory", "November 2021"),
    ("ONSPD_AUG_2026_UK.csv", ONSPD_2026, "ONS Postcode Directory", "August 2026"),
    ("renamed.csv", ONSPD_2026, "ONS Postcode Directory", None),
    ("ONS_Postcode_Directory_(August_2026).csv", ONSPD_2026.upper(), "ONS Postcode Directory", "August 2026"),
    ("NSPL_Online_Latest_Centroids.csv", NSPL_2021.upper(), "National Statistics Postcode Lookup", None),
]  # fmt: skip


@pytest.mark.parametrize(("name", "header", "title", "edition"), KINDS)
def test_official_lists_of_every_year_are_read_and_named(
    tmp_path: Path, name: str, header: str, title: str, edition: str | None
) -> None:
    file = read(tmp_path, official(header), name)
    assert file.table.to_pylist() == READ
    assert (file.provenance.title, file.provenance.edition) == (title, edition)
    assert (file.rows_read, file.bad_rows, file.whole_rows, file.notes) == (2, 0, 2, ())


LIKE_NAMED = [
    "PCDS,Lat,Long,OSWARD,OSLAUA",
    "pcd7,latitude,longitude,WD24CD,LAD25CD",
    "Postcode,LAT,LNG,Ward Code,Borough Code",
    "pcd8,lat,lon,ward,laua",
    "PCD,lat,long,osward,LAD23CD",
    "pcd2,lat,long,admin_ward_code,admin_district_code",
    " postcode ,Latitude,Longitude,ward_code,District Code",
]


@pytest.mark.parametrize("header", LIKE_NAMED)
def test_a_column_is_known_by_each_of_its_names(tmp_path: Path, header: str) -> None:
    row = "E14 9ZA,51.50257,-0.0117,E05009318,E09000030"
    file = read(tmp_path, f"{header},doterm\n{row},202001\n")
    assert file.table.to_pylist() == [READ[1]]


@pytest.mark.parametrize(
    ("header", "title"),
    [("postcode,doterm,lat,long", "A list of postcodes"), ("pcds,lat,long,oslaua,osward", "A list of postcodes")],
)
def test_a_list_that_does_not_say_what_it_is_is_not_called_the_directory(
    tmp_path: Path, header: str, title: str
) -> None:
    row = {"postcode": "E2 0ZA", "pcds": "E2 0ZA", "lat": "51.5", "long": "-0.1"}
    file = read(tmp_path, f"{header}\n{','.join(row.get(name, '') for name in header.split(','))}\n")
    assert (file.provenance.title, file.provenance.publisher) == (title, "Not said in the file")


NAMES = b"WD26CD,WD26NM\nE05009317,Bethnal Green East\n"
ALONE = {"Data/NSPL_AUG_2026_UK.csv": official(NSPL_2026)}
PARTS = {
    "Data/multi_csv/NSPL_AUG_2026_UK_E.csv": official(NSPL_2026),
    "Documents/Ward names and codes UK as at 05_26.csv": NAMES,
    "User Guide/guide.csv": NAMES,
}
FOLDERS = {
    "whole": ALONE,
    "whole beside its parts": {**ALONE, **PARTS},
    "parts alone": PARTS,
    "parts without their folder": {"NSPL_AUG_2026_UK_E.csv": official(NSPL_2026)},
    "whole and another table": {**ALONE, "names.csv": NAMES},
    "gzipped": {"Data/NSPL_AUG_2026_UK.csv.gz": gzip.compress(official(NSPL_2026), mtime=0)},
    "within a folder": {f"NSPL_AUG_2026/{name}": content for name, content in {**ALONE, **PARTS}.items()},
}


@pytest.mark.parametrize("is_zip", [True, False], ids=["zip", "folder"])
@pytest.mark.parametrize("files", FOLDERS.values(), ids=FOLDERS)
def test_a_list_is_found_among_what_it_is_published_with(tmp_path: Path, files: dict[str, bytes], is_zip: bool) -> None:
    # A folder above the list is none of its own: what is below /home/docs is read.
    path = tmp_path / "docs" / ("list.zip" if is_zip else "list")
    path.parent.mkdir()
    if is_zip:
        path.write_bytes(zipped(files))
    for name, content in {} if is_zip else files.items():
        (path / name).parent.mkdir(parents=True, exist_ok=True)
        (path / name).write_bytes(content)
    file = read_postcodes(path)
    assert file.table.to_pylist() == READ
    assert (file.provenance.title, file.provenance.edition) == ("National Statistics Postcode Lookup", "August 2026")


CODE_POINT_HEADER = (
    "Postcode,Positional_quality_indicator,Eastings,Northings,Country_code,NHS_regional_HA_code,NHS_HA_code,"
    "Admin_county_code,Admin_district_code,Admin_ward_code"
)
CODE_POINT_ROWS = (
    '"E2  0ZA",10,525907,163866,"E92000001","E19000003","E18000007","","E09000030","E05009317"\n'
    '"E2  0ZB",90,0,0,"E92000001","","","","E09000030",""\n'
)


@pytest.mark.parametrize("header", ["", f"{CODE_POINT_HEADER}\n"], ids=["as published", "with its header"])
def test_code_point_open_is_read_and_named(tmp_path: Path, header: str) -> None:
    file = read(tmp_path, header + CODE_POINT_ROWS, "e.csv")
    assert (file.provenance.title, file.whole_rows) == ("Code-Point Open", 2)
    assert file.table.select(["postcode", "ward", "district"]).to_pylist() == [
        {"postcode": "E20ZA", "ward": "E05009317", "district": "E09000030"},
        {"postcode": "E20ZB", "ward": None, "district": "E09000030"},
    ]
    # As the NSPL of November 2021 has that place on the grid in degrees.
    assert file.table["lat"].to_pylist() == [pytest.approx(51.359919, abs=1e-4), None]
    assert file.table["lon"].to_pylist() == [pytest.approx(-0.193024, abs=1e-4), None]


def test_parts_of_a_list_are_one_list(tmp_path: Path) -> None:
    head, first, second = official(NSPL_2026).decode().splitlines()
    parts = {
        f"multi_csv/NSPL_AUG_2026_UK_{n}.csv": f"{head}\n{row}\n".encode() for n, row in (("E", first), ("EC", second))
    }
    assert read(tmp_path, zipped(parts), "list.zip").table.to_pylist() == READ


def test_two_lists_in_one_archive_are_refused_by_name(tmp_path: Path) -> None:
    both = {"ONSPD_MAY_2025_UK.csv": official(ONSPD_2021), "ONSPD_AUG_2025_UK.csv": official(ONSPD_2026)}
    assert refused(tmp_path, zipped(both), "list.zip") == (
        "list.zip holds more than one list: ONSPD_MAY_2025_UK.csv and ONSPD_AUG_2025_UK.csv. Hand over one."
    )


@pytest.mark.skipif(not OFFICIAL.is_dir(), reason="the official files are not on this machine")
def test_the_official_rows_of_sutton_are_read_whole() -> None:
    file = read_postcodes(OFFICIAL / "NSPL_NOV_2021_UK_SM_first_399.csv")
    assert (file.rows_read, file.whole_rows, file.provenance.edition) == (399, 399, "November 2021")
    assert file.table.slice(1, 1).to_pylist() == [
        {
            "postcode": "SM11AB",
            "lat": 51.359919,
            "lon": -0.193024,
            "ward": "E05000564",
            "district": "E09000029",
            "terminated": "2002-07",
        }
    ]


# ---------------------------------------------------------------- values


@pytest.mark.parametrize(
    ("given", "expected"),
    [("-3.6e-05", -3.6e-05), ("1.2E-05", 1.2e-05), ("+0.1", 0.1), ("-.1", -0.1), (" -0.1 ", -0.1), ("0", 0.0)],
)
def test_a_number_is_read_in_every_form_a_program_writes(tmp_path: Path, given: str, expected: float) -> None:
    assert read(tmp_path, f"postcode,lat,lon\nSE10 9ZA,5.14769e1,{given}\n").table.to_pylist()[0]["lon"] == expected


def test_padded_codes_and_small_letters_are_the_same_codes(tmp_path: Path) -> None:
    source = "pcds,lat,long,osward,oslaua\ne14\u00a09za ,51.50257,-0.0117, e05009318 ,E09000030\u00a0\n"
    assert read(tmp_path, source).table.to_pylist() == [{**READ[1], "terminated": None}]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("199509", "1995-09"),
        ("1995-09", "1995-09"),
        ("1995-09-01", "1995-09"),
        ("19950901", "1995-09"),
        ("1995/09/01 00:00:00+00", "1995-09"),
        ("1995-09-01T00:00:00Z", "1995-09"),
        ("199509.0", "1995-09"),
        ("", None),
        (" ", None),
        ("NULL", None),
        ("NaN", None),
    ],
)
def test_the_month_of_withdrawal_is_read_in_every_plain_form(tmp_path: Path, given: str, expected: str | None) -> None:
    file = read(tmp_path, f"postcode,lat,lon,doterm\nE2 0ZA,51.5,-0.1,{given}\n")
    assert file.table["terminated"].to_pylist() == [expected]


UNREADABLE = {
    "decimal comma": ('E2 0ZA,"51,5",-0.1,', "no position that can be read in column lat: row 402 ('51,5')."),
    "words": ("E2 0ZA,51.5,west,", "no position that can be read in column lon: row 402 ('west')."),
    "half a position": ("E2 0ZA,51.5,,", "no position that can be read in column lon: row 402 (empty)."),
    "infinite": ("E2 0ZA,51.5,1e999,", "no position that can be read in column lon: row 402 ('1e999')."),
    "a name of a ward": ("E2 0ZA,51.5,-0.1,Abbey", "no code that can be read in column ward_code: row 402 ('Abbey')."),
    "a code cut short": ("E2 0ZA,51.5,-0.1,E0593", "no code that can be read in column ward_code: row 402 ('E0593')."),
    "a letter too many": ("E2 0ZAA,51.5,-0.1,", "no postcode in column postcode: row 402 ('E2 0ZAA')."),
    "no postcode": (",51.5,-0.1,", "no postcode in column postcode: row 402 (empty)."),
}  # fmt: skip


@pytest.mark.parametrize(("row", "said"), UNREADABLE.values(), ids=UNREADABLE)
def test_what_cannot_be_read_is_counted_and_named_by_row_and_value(tmp_path: Path, row: str, said: str) -> None:
    file = read(tmp_path, many(row))
    assert (file.rows_read, file.whole_rows, len(file.notes)) == (401, 400, 1)
    assert file.notes[0].startswith(f"1 of 401 rows have {said}")
    assert file.notes[0].endswith("They were left out." if file.bad_rows else "They were imported without it.")


def test_latitude_and_longitude_that_changed_places_are_both_named(tmp_path: Path) -> None:
    said = refused(tmp_path, "postcode,lat,lon\nE2 0ZA,-0.1,51.5\n")
    assert "in column lat: row 2 ('-0.1')" in said
    assert "in column lon: row 2 ('51.5')" in said


@pytest.mark.parametrize(
    "given", ["199913", "199600", "0", "1/9/1995 00:00:00", "2014", "209901", "000001", "June 2014"]
)
def test_what_is_no_month_is_neither_in_use_nor_withdrawn(tmp_path: Path, given: str) -> None:
    with taking_for_today(NOW):
        file = read(tmp_path, many(f"E2 0ZA,51.5,-0.1,E05009317,{given}", header="postcode,lat,lon,ward_code,doterm"))
    assert file.table["terminated"].to_pylist()[-2:] == [None, "not_read"]
    assert file.notes == (
        f"1 of 401 rows have no month that can be read in column doterm: row 402 ('{given}'). Write the month like "
        "201406; leave it empty for a postcode in use. They were imported as postcodes of which it is not known "
        "whether they are in use.",
    )


def test_a_short_list_with_one_bad_row_is_refused_with_row_value_and_remedy(tmp_path: Path) -> None:
    source = PLAIN + "E2 0ZAA,51.5,-0.1,\n"
    assert refused(tmp_path, source) == (
        "list.csv: 1 of 3 rows have no postcode in column postcode: row 4 ('E2 0ZAA'). Write each like NW1 1AA."
    )


def test_of_many_bad_rows_the_first_are_named_and_the_others_counted(tmp_path: Path) -> None:
    source = "postcode,lat,lon\n" + 'E2 0ZA,"51,5",x\n' * 7
    assert refused(tmp_path, source) == (
        "list.csv: "
        "7 of 7 rows have no position that can be read in column lat: row 2 ('51,5'), row 3 ('51,5'), row 4 ('51,5'), "
        "row 5 ('51,5'), row 6 ('51,5') and 2 more. Write degrees of the United Kingdom with a decimal point, like "
        "51.5034 north and -0.1276 east. "
        "7 of 7 rows have no position that can be read in column lon: row 2 ('x'), row 3 ('x'), row 4 ('x'), "
        "row 5 ('x'), row 6 ('x') and 2 more. Write degrees of the United Kingdom with a decimal point, like "
        "51.5034 north and -0.1276 east."
    )


def test_rows_are_counted_as_the_file_has_them_and_named_with_their_file(tmp_path: Path) -> None:
    first = many(sound=200)
    second = "postcode,lat,lon,ward_code\n\nE2 0ZA,51.5,-0.1,\n\nE2 0ZAA,51.5,-0.1,\n,,,\n"
    files = {"a.csv": first.encode(), "b.csv": second.encode()}
    file = read(tmp_path, zipped(files), "list.zip")
    assert (file.rows_read, file.bad_rows) == (202, 1)
    assert file.notes[0].startswith("1 of 202 rows have no postcode in column postcode: row 5 of b.csv ('E2 0ZAA').")


def test_a_long_cell_is_quoted_in_part(tmp_path: Path) -> None:
    said = refused(tmp_path, f"postcode,lat,lon\n{'E2 0ZA' * 50_000},51.5,-0.1\n")
    assert len(said) < 250


def test_an_official_row_without_a_position_is_whole(tmp_path: Path) -> None:
    file = read(tmp_path, "pcds,lat,long,osward\nE2 0ZA,99.999999,0.000000,\nE2 0ZB,,,\nGIR 0AA,,,\n")
    assert (file.rows_read, file.whole_rows, file.table["lat"].to_pylist()) == (3, 3, [None, None, None])


def test_places_on_the_national_grid_become_degrees(tmp_path: Path) -> None:
    easting, northing = Transformer.from_crs(4326, 27700, always_xy=True).transform(-0.04657, 51.52725)
    source = f"Postcode,Eastings,Northings\nE2 0ZA,{easting:.1f},0{northing:.1f}\nE2 0ZB,0,0\nE2 0ZC,,\n"
    table = read(tmp_path, source).table
    assert table["lat"].to_pylist()[0] == pytest.approx(51.52725, abs=1e-5)
    assert table["lon"].to_pylist()[0] == pytest.approx(-0.04657, abs=1e-5)
    assert table["lat"].to_pylist()[1:] == [None, None]


# ---------------------------------------------------------------- files that are no such list

AS_CSV = "Hand over the list as CSV in UTF-8."
NO_TABLE = f"not a table of postcodes. {AS_CSV}"
WORKBOOK = zipped({"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<workbook/>"})
SCOTLAND = (
    "Postcode,PostcodeDistrict,DateOfDeletion,Latitude,Longitude,DataZone2011Code\nAB10 1AAA,AB10,,57.1,-2.1,S01\n"
)
NO_LIST: dict[str, tuple[str | bytes, str]] = {
    "empty": ("", "list.csv is empty. Hand over a list of postcodes."),
    "header alone": ("postcode,lat,lon\n", "list.csv has a header and no rows of postcodes."),
    "other columns": (
        "name,size\nA,1\n",
        "list.csv has no columns of postcodes and positions (such as pcds, lat, long, or postcode, lat, lon). "
        "Its first row has: name, size.",
    ),
    "semicolons": (
        "postcode;lat;lon\nE2 0ZA;51,5;-0,1\n",
        "list.csv, row 1: its columns are separated by semicolons. Save it as CSV with commas, and with points in its "
        "decimals.",
    ),
    "tabs": (
        "postcode\tlat\tlon\nE2 0ZA\t51.5\t-0.1\n",
        "list.csv, row 1: its columns are separated by tabs. Save it as CSV with commas, and with points in its "
        "decimals.",
    ),
    "rows of the directory without its header": (
        ROWS,
        "list.csv has no header: its first row is a postcode already "
        "(E2 0ZA,E2  0ZA,E2 0ZA,198001,,0,535800,0182900,1,E1,E13,E99,E09000030,E05009317…). Put the names of the "
        "columns above it, as the publisher gives them.",
    ),
    "rows of a list without its header": (
        "E2 0ZA,51.5,-0.1\n",
        "list.csv has no header: its first row is a postcode already (E2 0ZA,51.5,-0.1). Put the names of the "
        "columns above it, as the publisher gives them.",
    ),
    "two columns of one name": (
        "postcode,lat,lat,lon\nE2 0ZA,51.5,51.6,-0.1\n",
        "list.csv, row 1: the columns lat (column 2) and lat (column 3) could each be the lat of a postcode. Leave "
        "only the one that is meant.",
    ),
    "two columns of one meaning": (
        "pcds,lat,long,wd25cd,osward\nE2 0ZA,51.5,-0.1,,\n",
        "list.csv, row 1: the columns wd25cd (column 4) and osward (column 5) could each be the ward of a postcode. "
        "Leave only the one that is meant.",
    ),
    "two years of one column": (
        "pcds,lat,long,LAD23CD,lad25cd\nE2 0ZA,51.5,-0.1,,\n",
        "list.csv, row 1: the columns LAD23CD (column 4) and lad25cd (column 5) could each be the district of a "
        "postcode. Leave only the one that is meant.",
    ),
    "Scotland": (
        SCOTLAND,
        "list.csv is of the Scottish Postcode Directory, which has no postcode of London. Take the ONS Postcode "
        "Directory.",
    ),
    "rows too short and too long": (
        PLAIN + "E2 0ZB,51.5\nE2 0ZC,51.5,-0.1,,,\n",
        "list.csv cannot be read as a table: its first row has 4 cells, and others have more or fewer: row 4 (2 "
        "cells), row 5 (6 cells). Give each row a cell for each column.",
    ),
    "many rows too short": (
        "postcode,lat,lon\n" + "E2 0ZB,51.5\n" * 8,
        "list.csv cannot be read as a table: its first row has 3 cells, and others have more or fewer: row 2 (2 "
        "cells), row 3 (2 cells), row 4 (2 cells), row 5 (2 cells), row 6 (2 cells) and 3 more. Give each row a "
        "cell for each column.",
    ),
    "a quotation mark left open": (
        'postcode,lat,lon\nE2 0ZA,51.5,"-0.1\nE2 0ZB,51.5,-0.1\n',
        "list.csv cannot be read as a table: a quotation mark is not closed. Save it as CSV again.",
    ),
    "a cell without an end": (
        "postcode,lat,lon\nE2 0ZA,51.5," + "1" * 3_000_000,
        "list.csv cannot be read as a table: a row is longer than a megabyte, or a quotation mark is not closed. Save "
        "it as CSV again.",
    ),
    "a workbook": (WORKBOOK, f"list.csv is an Excel workbook. {AS_CSV}"),
    "an old workbook": (
        bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600),
        f"list.csv is an Excel workbook of before 2007 (.xls) or one with a password, {NO_TABLE}",
    ),
    "UTF-16": (
        PLAIN.encode("utf-16"),
        f"list.csv is UTF-16 text, {NO_TABLE}",
    ),
    "UTF-16 without a mark": (
        PLAIN.encode("utf-16-le"),
        f"list.csv is UTF-16 text, {NO_TABLE}",
    ),
    "a web page": (
        "<!DOCTYPE html><html>Sign in</html>",
        f"list.csv is a web page (HTML), {NO_TABLE}",
    ),
    "an error of a service": (
        '{"error": {"code": 400}}',
        f"list.csv is JSON, {NO_TABLE}",
    ),
    "documents alone": (
        zipped({"Documents/names.csv": NAMES}),
        f"list.csv holds no CSV of postcodes. It holds: Documents/names.csv. {AS_CSV}",
    ),
    "a zip within a zip": (
        zipped({"list.zip": zipped({"list.csv": PLAIN.encode()})}),
        f"list.csv holds no CSV of postcodes. It holds: list.zip. {AS_CSV}",
    ),
    "a zip cut in half": (
        zipped({"list.csv": PLAIN.encode() * 40})[:90],
        "list.csv is cut short or damaged. Download it again.",
    ),
    "a gzip cut short": (
        gzip.compress(PLAIN.encode(), mtime=0)[:-5],
        "list.csv is cut short or damaged. Download it again.",
    ),
    "deflate64": (
        altered(zipped({"list.csv": PLAIN.encode()}), 8, 10, DEFLATE64),
        "list.csv: list.csv is packed in a way that cannot be read here (deflate64). Unpack it and hand over the "
        "folder.",
    ),
    "a password": (
        altered(zipped({"list.csv": PLAIN.encode()}), 6, 8, ENCRYPTED),
        "list.csv: list.csv needs a password. Unpack it and hand over the folder.",
    ),
}


@pytest.mark.parametrize(("source", "said"), NO_LIST.values(), ids=NO_LIST)
def test_what_is_no_list_is_refused_in_plain_words(tmp_path: Path, source: str | bytes, said: str) -> None:
    assert refused(tmp_path, source) == said


def test_a_letter_of_another_encoding_is_a_cell_that_cannot_be_read(tmp_path: Path) -> None:
    latin = "postcode,lat,lon\nE2\u00a00ZA,51.5,-0.1\n".encode("latin-1")
    assert "row 2 ('E2\ufffd0ZA')" in refused(tmp_path, latin)
    uneven = "postcode,lat,lon\nE2 0ZA,51.5\nE2\u00a00ZB,51.5\n".encode("latin-1")
    assert "row 2 (2 cells), row 3 (2 cells)." in refused(tmp_path, uneven)
    named = "postcode,lat,lon,name\nE2 0ZA,51.5,-0.1,Caf\u00e9\n".encode("latin-1")
    assert read(tmp_path, named).whole_rows == 1


def test_line_ends_of_every_system_are_read(tmp_path: Path) -> None:
    for end in ("\n", "\r\n", "\r"):
        assert read(tmp_path, PLAIN.replace("\n", end)).table["postcode"].to_pylist() == ["E20ZA", "E149ZA"]


@pytest.mark.parametrize("rank", ["SmallUser.csv", "LargeUser.csv"])
def test_the_files_of_the_scottish_directory_are_refused_as_such(tmp_path: Path, rank: str) -> None:
    said = refused(tmp_path, SCOTLAND.replace("DataZone2011Code", "LinkedSmallUserPostcode"), rank)
    assert said.startswith(f"{rank} is of the Scottish Postcode Directory")


# ---------------------------------------------------------------- what a reader is told


@pytest.fixture(scope="module")
def answer(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], str]:
    """What the box says of a postcode, by a list in which some are used again and some have an end nobody can read."""
    root = build_small_city(tmp_path_factory.mktemp("lists") / "city", is_demonstration=False)
    path = root.parent / "ONSPD_AUG_2025_UK.csv"
    letters = "ABDEFGHJLN"
    place = "51.541,-0.121,E05900011,E09000091"
    sound = [f"ZB{n // 100} {n // 10 % 10}{letters[n % 10]}A,,{place}" for n in range(500)]
    rows = [
        "ZA1 1AA,199912,51.541,-0.121,E05900011,E09000091",
        "ZA1 1AA,,51.541,-0.101,E05900012,E09000091",
        "ZA1 1AB,199912,51.541,-0.121,E05900011,E09000091",
        "ZA1 1AB,201406,51.541,-0.101,E05900012,E09000091",
        "ZA1 1AD,199913,51.541,-0.121,E05900011,E09000091",
        "ZA1 1AE,0,51.541,-0.121,,E09000091",
        "ZA1 1AF,,,,,E09000091",
    ]
    path.write_text("\n".join(["pcds,doterm,lat,long,osward,oslaua", *sound, *rows, ""]))
    outcome = import_postcodes(root, path)
    assert outcome.notes[0] == "505 of 507 rows imported whole."
    store = open_store(root)
    return lambda typed: answer_postcode(store, typed, date(2017, 1, 4)).message


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("ZA1 1AA", "Your postcode (ZA1 1A…) is in Castle & Quay, by the official list (August 2025)."),
        ("ZA1 1AB", "Your postcode (ZA1 1A…) was withdrawn in June 2014. It lay in Castle & Quay."),
        (
            "ZA1 1AD",
            "Your postcode (ZA1 1A…) is in Abbey, by the official list (August 2025). Whether it is still in use "
            "cannot be read from the list.",
        ),
        (
            "ZA1 1AE",
            "The official list has your postcode (ZA1 1A…) with a position and no ward that is known here, so its "
            "exact ward is not known. Whether it is still in use cannot be read from the list.",
        ),
        (
            "ZA1 1AF",
            "The official list has your postcode (ZA1 1A…) without a position, so its exact ward is not known.",
        ),
    ],
)
def test_a_postcode_is_said_to_be_where_and_what_the_list_says(
    answer: Callable[[str], str], typed: str, said: str
) -> None:
    assert answer(typed).startswith(said)


# ---------------------------------------------------------------- whatever is handed over

PYTHON = re.compile(
    r"codec|NoneType|object|Traceback|Error|Exception|0x|ordinal|literal|Arrow|straddling|<class|None\b|nan\b"
)
JUNK = st.sampled_from(
    ["", "x", '"', '"x', "51,5", "1e999", "-", "NULL", "\x00", "\u00e9", "E2 0ZAA", "199913", "," * 9, "\r", "2" * 90]
)
GOOD = {
    "list.csv": PLAIN.encode(),
    "NSPL_AUG_2026_UK.csv": official(NSPL_2026),
    "ONSPD_MAY_2021_UK.csv": official(ONSPD_2021),
}
PACKED: dict[str, Callable[[str, bytes], bytes]] = {
    "as it is": lambda _, source: source,
    "gzip": lambda _, source: gzip.compress(source, mtime=0),
    "gzip twice": lambda _, source: gzip.compress(gzip.compress(source, mtime=0), mtime=0),
    "zip": lambda name, source: zipped({f"Data/{name}": source, "Documents/names.csv": NAMES}),
    "zip of a gzip": lambda name, source: zipped({f"Data/{name}.gz": gzip.compress(source, mtime=0)}),
    "zip with lzma": lambda name, source: zipped({name: source}, zipfile.ZIP_LZMA),
    "zip with bzip2": lambda name, source: zipped({name: source}, zipfile.ZIP_BZIP2),
    "deflate64": lambda name, source: altered(zipped({name: source}), 8, 10, DEFLATE64),
    "password": lambda name, source: altered(zipped({name: source}), 6, 8, ENCRYPTED),
    "UTF-16": lambda _, source: source.decode().encode("utf-16"),
    "UTF-32": lambda _, source: source.decode().encode("utf-32-be"),
    "Latin-1": lambda _, source: source.replace(b"E2 ", "E2\u00a0".encode("latin-1")),
    "workbook": lambda _, source: WORKBOOK + source,
}  # fmt: skip


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    name=st.sampled_from(sorted(GOOD)),
    pack=st.sampled_from(sorted(PACKED)),
    cells=st.lists(st.tuples(st.integers(0, 60), JUNK), max_size=3),
    changes=st.lists(st.tuples(st.floats(0, 0.999), st.integers(0, 255)), max_size=3),
    cut=st.none() | st.floats(0, 1),
)
def test_whatever_is_handed_over_is_read_or_refused_in_plain_words(
    tmp_path: Path,
    name: str,
    pack: str,
    cells: list[tuple[int, str]],
    changes: list[tuple[float, int]],
    cut: float | None,
) -> None:
    texts = re.split(r"(,|\r?\n)", GOOD[name].decode())
    for place, junk in cells:
        texts[2 * place % len(texts)] = junk
    damaged = bytearray(PACKED[pack](name, "".join(texts).encode()))
    for where, value in changes:
        damaged[int(where * len(damaged))] = value
    path = tmp_path / name
    path.write_bytes(damaged[: len(damaged) if cut is None else int(cut * len(damaged))])
    try:
        file = read_postcodes(path)
    except ImportRefusedError as refusal:
        assert not PYTHON.search(str(refusal)), str(refusal)
        assert str(refusal).endswith("Nothing was imported.")
    else:
        assert file.table.num_rows + file.bad_rows == file.rows_read
        assert file.whole_rows == file.rows_read, "of so few rows one that cannot be read is too many"
        assert all(
            re.fullmatch(r"[A-Z]{1,2}[0-9][0-9A-Z]?[0-9][A-Z]{2}|GIR0AA", one)
            for one in file.table["postcode"].to_pylist()
        )
