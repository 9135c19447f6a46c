"""Importing postcodes, and finding the exact ward of one: every format, every plain answer, and no trace."""

from __future__ import annotations

import csv
import gzip
import io
import json
import shutil
import zipfile
from datetime import date
from pathlib import Path

import pytest
from pyproj import Transformer

from tests.importers.boundary_files import geojson, rectangles
from tests.small_city import build_small_city
from transparency.core.errors import ImportRefusedError
from transparency.importers.boundaries import read_exact
from transparency.importers.postcodes import ROWS_PER_GROUP, assign_wards, read_postcodes
from transparency.outlets.api import posted_search_json
from transparency.places.lookup import answer_postcode, answer_text, exact_ward_code
from transparency.places.postcode_wards import ListedPlace, exact_wards
from transparency.places.postcodes import QueryKind, read_query
from transparency.places.search import shared_index
from transparency.publishing.import_official import import_boundaries, import_postcodes
from transparency.publishing.outcome import Outcome
from transparency.publishing.verify import verify
from transparency.store.database import open_store
from transparency.store.holdings import holdings
from transparency.store.store import Store

GEOGRAPHY = Path(__file__).parents[3] / "shared" / "geo"
official_files = pytest.mark.skipif(not GEOGRAPHY.is_dir(), reason="the official files are not on this machine")

NOW, THEN = date(2026, 11, 22), date(2017, 1, 4)

# Postcode, latitude, longitude, ward of 2014: invented, in the invented city.
POINTS = [
    ("ZA1 1AA", "51.541", "-0.121", "E05900011"),
    ("ZA1 1AB", "51.541", "-0.101", "E05900012"),
    ("ZA12 2BB", "51.501", "-0.121", "E05900021"),
    ("ZE1A 3CC", "51.521", "-0.021", "E05900033"),
]
PLAIN = "postcode,lat,lon,ward_code\n" + "".join(",".join(point) + "\n" for point in POINTS)

ONSPD_OLD_HEADER = (
    "pcd,pcd2,pcds,dointr,doterm,oscty,ced,oslaua,osward,parish,usertype,oseast1m,osnrth1m,osgrdind,ctry,rgn,lat,long"
)
ONSPD_NEW_HEADER = (
    "pcd7,pcd8,pcds,dointr,doterm,cty25cd,ced25cd,lad25cd,wd25cd,parncp25cd,usrtypind,east1m,north1m,gridind,ctry25cd,"
    "rgn25cd,lat,long"
)


def onspd(header: str, *more: str) -> bytes:
    """A directory of the four points, a terminated postcode, one without a place, one in the City and one elsewhere."""
    rows = [
        f"{pcds.replace(' ', '')},{pcds},{pcds},198001,,E99,E99,E09000091,{ward},E99,0,530000,180000,1,"
        f"E92,E12,{lat},{lon}"
        for pcds, lat, lon, ward in POINTS
    ]
    rows += [
        "ZA11ZZ,ZA1  1ZZ,ZA1 1ZZ,198001,201406,E99,E99,E09000091,E05900013,E99,0,530000,180000,1,E92,E12,51.541,-0.081",
        "ZA19XX,ZA1  9XX,ZA1 9XX,198001,,E99,E99,E09000091,,E99,0,,,9,E92,E12,99.999999,0.000000",
        "ZC11AA,ZC1  1AA,ZC1 1AA,198001,,E99,E99,E09000001,E05009288,E99,0,532000,181000,1,E92,E12,51.515,-0.091",
        "ZM11AA,ZM1  1AA,ZM1 1AA,198001,,E99,E99,E08000003,E05011368,E99,0,384000,398000,1,E92,E12,53.48,-2.24",
        *more,
    ]
    return "\r\n".join([header, *rows, ""]).encode()


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_small_city(tmp_path_factory.mktemp("built") / "city", is_demonstration=False)


@pytest.fixture
def city(built: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(built, tmp_path / "city"))


def imported(root: Path, source: bytes, name: str = "postcodes.csv") -> Outcome:
    path = root.parent / name
    path.write_bytes(source)
    return import_postcodes(root, path)


def with_boundaries(root: Path, vintage: int) -> None:
    path = root.parent / f"boundaries_{vintage}.geojson"
    path.write_bytes(geojson(rectangles(vintage)))
    import_boundaries(root, path)


def wards(store: Store, postcode: str, vintage: int = 2014) -> list[str]:
    found = exact_wards(store, postcode, vintage)
    assert found is not None
    return [ward.ward_code for ward in found.wards]


# ---------------------------------------------------------------- formats


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("plain.csv", PLAIN.encode()),
        ("plain.csv.gz", gzip.compress(PLAIN.encode(), mtime=0)),
        ("spreadsheet.csv", b"\xef\xbb\xbf" + PLAIN.replace("\n", "\r\n").encode()),
        ("ONSPD_MAY_2025_UK.csv", onspd(ONSPD_OLD_HEADER)),
        ("ONSPD_AUG_2025_UK.csv", onspd(ONSPD_NEW_HEADER)),
    ],
)
def test_every_kind_of_csv_gives_the_same_wards(city: Path, name: str, source: bytes) -> None:
    outcome = imported(city, source, name)
    rows = source if name.endswith(".csv") else gzip.decompress(source)
    assert outcome.holdings[0].rows == rows.decode("utf-8-sig").strip().count("\n")
    store = open_store(city)
    for postcode, _, _, ward_code in POINTS:
        assert wards(store, postcode) == [ward_code]


def test_the_directory_in_its_zip_is_found_beside_its_parts(city: Path, tmp_path: Path) -> None:
    path = tmp_path / "ONSPD_MAY_2025.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("Data/multi_csv/ONSPD_MAY_2025_UK_ZA.csv", onspd(ONSPD_OLD_HEADER))
        archive.writestr("Data/ONSPD_MAY_2025_UK.csv", onspd(ONSPD_OLD_HEADER))
        archive.writestr("Documents/names and codes.csv", "code,name\n1,One\n")
    held = import_postcodes(city, path).holdings[0]
    assert (held.rows, held.provenance.publisher) == (8, "Office for National Statistics")


def test_the_edition_and_the_three_lines_of_the_licence_are_kept(city: Path) -> None:
    said = imported(city, onspd(ONSPD_OLD_HEADER), "ONSPD_MAY_2025_UK.csv").holdings[0].provenance
    assert said.edition == "May 2025"
    assert said.attribution == (
        "Contains OS data © Crown copyright and database right 2025. "
        "Contains Royal Mail data © Royal Mail copyright and database right 2025. "
        "Contains National Statistics data © Crown copyright and database right 2025."
    )


def code_point() -> bytes:
    """Rows without a header, padded to seven characters, places on the National Grid."""
    project = Transformer.from_crs(4326, 27700, always_xy=True).transform
    text = io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_NONNUMERIC)
    for postcode, lat, lon, ward_code in POINTS:
        easting, northing = project(float(lon), float(lat))
        padded = (
            f"{postcode.split()[0]:<4}{postcode.split()[1]}"[:7] if len(postcode) == 7 else postcode.replace(" ", "")
        )
        writer.writerow([padded, 10, round(easting), round(northing), "E92000001", "", "", "", "E09000091", ward_code])
    return text.getvalue().encode()


@pytest.mark.parametrize("is_zip", [True, False])
def test_code_point_open_as_a_folder_or_a_zip(city: Path, tmp_path: Path, is_zip: bool) -> None:
    with_boundaries(city, 2022)
    path = tmp_path / ("codepo_gb.zip" if is_zip else "codepo_gb")
    if is_zip:
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("Data/CSV/za.csv", code_point())
            archive.writestr("Doc/Code-Point_Open_Column_Headers.csv", "PC,PQ\nPostcode,Quality\n")
    else:
        (path / "Data" / "CSV").mkdir(parents=True)
        (path / "Data" / "CSV" / "za.csv").write_bytes(code_point())
    outcome = import_postcodes(city, path)
    assert (outcome.holdings[0].rows, outcome.holdings[0].provenance.title) == (4, "Code-Point Open")
    store = open_store(city)
    assert wards(store, "ZE1A 3CC") == ["E05900033"]
    assert wards(store, "ZE1A 3CC", 2022) == ["E05900036"]


# ---------------------------------------------------------------- wards


def test_without_codes_the_ward_is_the_polygon_the_point_lies_in(city: Path) -> None:
    with_boundaries(city, 2014)
    imported(city, "\n".join(line.rsplit(",", 1)[0] for line in PLAIN.splitlines()).encode())
    store = open_store(city)
    assert [wards(store, postcode)[0] for postcode, *_ in POINTS] == [ward_code for *_, ward_code in POINTS]


def test_each_set_of_wards_has_its_own_answer(city: Path) -> None:
    with_boundaries(city, 2022)
    imported(city, PLAIN.encode())
    store = open_store(city)
    assert wards(store, "ZA12 2BB", 2014) == ["E05900021"]
    assert wards(store, "ZA12 2BB", 2022) == ["E05900024"]
    assert exact_ward_code(store, "ZA12 2BB", THEN) == "E05900021"
    assert exact_ward_code(store, "ZA12 2BB", NOW) == "E05900024"


def test_boundaries_imported_later_give_the_postcodes_their_wards(city: Path) -> None:
    imported(city, PLAIN.encode())
    assert answer_postcode(open_store(city), "ZA12 2BB", NOW).choices[0].note == "Southbank, ward of 2014"
    with_boundaries(city, 2022)
    assert answer_postcode(open_store(city), "ZA12 2BB", NOW).choices[0].note == "Southbank"
    assert verify(city).findings == ()


def test_how_often_points_and_codes_agree_is_reported(city: Path) -> None:
    with_boundaries(city, 2014)
    moved = PLAIN.replace("ZA1 1AB,51.541,-0.101", "ZA1 1AB,51.541,-0.121")
    assert any(note.startswith("3 of 4 points (75.00 %)") for note in imported(city, moved.encode()).notes)
    assert wards(open_store(city), "ZA1 1AB") == ["E05900012"]


def test_a_list_whose_wards_cannot_be_told_is_refused_with_what_to_do(city: Path) -> None:
    with pytest.raises(ImportRefusedError, match="transparency fetch wards"):
        imported(city, b"postcode,lat,lon\nZA1 1AA,51.541,-0.121\n")
    assert holdings(city) == ()


@pytest.mark.parametrize(
    ("source", "said"),
    [
        (b"name,size\nA,1\n", "no columns of postcodes and positions"),
        (b"postcode,lat,lon,ward_code\nnot one,51,0,E05900011\n", "1 of 1 rows have no postcode"),
        (b"", "postcodes"),
        (b"postcode,lat,lon\nZA1 1AA,51.5\n", "cannot be read as a table"),
    ],
)
def test_a_file_of_another_kind_is_refused(city: Path, source: bytes, said: str) -> None:
    with pytest.raises(ImportRefusedError, match=said):
        imported(city, source)


# ---------------------------------------------------------------- answers


@pytest.fixture(scope="module")
def directory(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Store:
    """The city with boundaries of both sets and a directory in which one postcode has points in two wards."""
    root = Path(shutil.copytree(built, tmp_path_factory.mktemp("directory") / "city"))
    for vintage in (2014, 2022):
        with_boundaries(root, vintage)
    straddling = [
        f"ZS11AA,ZS1  1AA,ZS1 1AA,198001,,E99,E99,E09000091,{ward},E99,0,530000,180000,1,E92,E12,51.541,{lon}"
        for ward, lon in (("E05900011", "-0.121"), ("E05900012", "-0.101"))
    ]
    imported(root, onspd(ONSPD_OLD_HEADER, *straddling), "ONSPD_MAY_2025_UK.csv")
    return open_store(root)


@pytest.mark.parametrize(
    ("typed", "message", "choices"),
    [
        ("ZA1 1AA", "Your postcode (ZA1 1A…) is in Abbey, by the official list (May 2025).", ["E05900011"]),
        (
            "ZS1 1AA",
            "Your postcode (ZS1 1A…) lies in two wards by the official list (May 2025), Abbey and Castle & Quay: "
            "choose yours.",
            ["E05900011", "E05900012"],
        ),
        (
            "ZA1 1ZZ",
            "Your postcode (ZA1 1Z…) was withdrawn in June 2014. It lay in Village Green.",
            ["E05900013"],
        ),
        (
            "ZC1 1AA",
            "Your postcode (ZC1 1A…) is in the City of London, which has its own police force and is not covered here.",
            [],
        ),
        (
            "ZM1 1AA",
            "Your postcode (ZM1 1A…) is not in the 32 London boroughs, which is all this site covers.",
            [],
        ),
    ],
)
def test_each_case_has_its_plain_answer(directory: Store, typed: str, message: str, choices: list[str]) -> None:
    answer = answer_postcode(directory, typed, THEN)
    assert answer.message == message
    assert [choice.href for choice in answer.choices] == [f"/?ward={code}" for code in choices]


def test_a_postcode_without_a_place_or_not_in_the_list_falls_back_to_what_is_likely(directory: Store) -> None:
    placeless = answer_postcode(directory, "ZA1 9XX", THEN).message
    unlisted = answer_postcode(directory, "NB1 1AA", THEN)
    assert "has your postcode (ZA1 9X…) without a position, so its exact ward is not known." in placeless
    assert "is not in the official list (May 2025): it may be newer, or mistyped." in unlisted.message
    assert unlisted.choices != ()


@pytest.mark.parametrize("typed", ["za11aa", " ZA1 1AA ", "za1-1aa", "ZA1 1AA.", "Z A 1 1 A A", "ZAI 1AA"])
def test_a_postcode_is_read_however_it_is_typed(directory: Store, typed: str) -> None:
    found = exact_wards(directory, typed, 2014)
    assert (found is not None and found.place is ListedPlace.WARD) == (typed != "ZAI 1AA")


@pytest.mark.parametrize("typed", ["ZA1", "ZA1 1", "ZA1 1A", "Abbey", "", "E05900011", "51.5, -0.1"])
def test_another_text_is_not_looked_for(directory: Store, typed: str) -> None:
    assert exact_wards(directory, typed, 2014) is None


def test_an_imported_list_takes_the_place_of_that_of_2014(city: Path) -> None:
    assert wards(open_store(city), "NB1 1AA") == ["E05900011"]
    imported(city, PLAIN.replace("ZA1 1AA", "NB1 1AA").replace("E05900011", "E05900013").encode(), "list_2026.csv")
    store = open_store(city)
    assert wards(store, "NB1 1AA") == ["E05900013"]
    assert "is not in the official list (2026): it may be newer" in answer_postcode(store, "EM1 1AA", THEN).message


def test_no_answer_carries_the_whole_postcode(directory: Store) -> None:
    for typed in ("ZA1 1AA", "ZS1 1AA", "ZA1 1ZZ", "ZA1 9XX", "ZC1 1AA", "ZM1 1AA", "NB1 1AA"):
        shown = repr(answer_postcode(directory, typed, NOW)) + repr(exact_wards(directory, typed, 2022))
        assert typed not in shown
        assert typed.replace(" ", "") not in shown


def test_postcodes_are_found_on_both_sides_of_every_row_group(city: Path) -> None:
    letters = "ABDEFGHJLN"
    postcodes = [
        f"Z{a}{b % 10} {c % 10}{letters[c // 10]}{letters[d]}"
        for a in letters for b in range(10) for c in range(100) for d in range(1)
    ]  # fmt: skip
    text = "postcode,lat,lon,ward_code\n" + "".join(f"{one},51.541,-0.121,E05900011\n" for one in postcodes)
    imported(city, text.encode())
    store = open_store(city)
    ordered = sorted(one.replace(" ", "") for one in postcodes)
    assert len(ordered) > 2 * ROWS_PER_GROUP
    for place in (0, ROWS_PER_GROUP - 1, ROWS_PER_GROUP, 2 * ROWS_PER_GROUP - 1, 2 * ROWS_PER_GROUP, -1):
        assert wards(store, ordered[place]) == ["E05900011"]
    found = exact_wards(store, "ZZ9 9ZZ", 2014)
    assert found is not None and found.place is ListedPlace.NOT_LISTED


def test_a_month_that_an_earlier_import_stored_unread_breaks_no_answer(
    city: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("transparency.importers.postcode_values.END_NOT_READ", "1999-13")
    sound = [f"ZB1 {n // 10}{'ABDEFGHJLN'[n % 10]}A,51.541,-0.121,E05900011," for n in range(100)]
    rows = ["postcode,lat,lon,ward_code,doterm", *sound, "ZA1 1AA,51.541,-0.121,E05900011,199913", ""]
    imported(city, "\n".join(rows).encode())
    message = answer_postcode(open_store(city), "ZA1 1AA", THEN).message
    assert message.endswith("Whether it is still in use cannot be read from the list.")


# ---------------------------------------------------------------- the official list


@official_files
def test_the_official_list_of_london_is_imported_whole_and_its_points_agree(tmp_path: Path) -> None:
    import_boundaries(tmp_path, GEOGRAPHY / "wards_2014.geojson")
    file = read_postcodes(GEOGRAPHY / "postcodes_london_2014.csv.gz")
    assert (file.rows_read, file.table.num_rows, file.bad_rows) == (181_565, 181_565, 0)

    exact = read_exact(holdings(tmp_path)[0].folder)
    assigned, (agreement,) = assign_wards(file.table, {2014: frozenset(exact)}, {2014: exact})
    assert (agreement.compared, agreement.agreeing) == (179_719, 179_684)
    assert agreement.share > 0.999
    assert assigned.table["place"].to_pylist().count("city_of_london") == 1_846


@pytest.mark.parametrize(
    "typed", ["ZA1 1AA", "ZS1 1AA", "ZA1 1ZZ", "ZC1 1AA", "ZM1 1AA", "ZA1 9XX", "NB1 1AA", "Abbey"]
)
def test_what_is_posted_to_the_api_is_answered_from_the_same_list_as_the_box(directory: Store, typed: str) -> None:
    the_api_answers_as_the_box(directory, typed)


@pytest.mark.parametrize("typed", ["NB1 1AA", "NB1 1BA", "NB1 1BB", "ZZ1 1ZZ"])
def test_and_so_it_is_where_no_list_is_imported(built: Path, typed: str) -> None:
    the_api_answers_as_the_box(open_store(built), typed)


def the_api_answers_as_the_box(directory: Store, typed: str) -> None:
    index, query = shared_index(directory), read_query(typed)
    box = answer_text(index, typed) if query.kind is QueryKind.NAME else answer_postcode(directory, typed)
    posted = json.loads(posted_search_json(directory, typed).content)
    assert posted.get("message", "") == box.message
    assert [f"/?ward={found['ward_code']}" for found in posted["results"]] == [choice.href for choice in box.choices]
    assert typed not in json.dumps(posted) or query.kind is QueryKind.NAME
