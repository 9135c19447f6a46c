"""Which ward a team covers: code, then name, then alias; and when a code is set aside."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.importers.dwo_files import empty_city
from transparency.core.project import EMBEDDED_DATA
from transparency.importers.teams import Carried, Match, Register, team_key
from transparency.importers.workbook import CellError

NORTH, SOUTH, EAST = "E09000091", "E09000092", "E09000093"


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Register:
    return Register.read(empty_city(tmp_path_factory.mktemp("teams") / "city"))


def match(register: Register, borough: str, name: str, *codes: str, vintage: int = 2022) -> Match:
    return register.match(vintage, borough, name, frozenset(codes))


@pytest.mark.parametrize("name", ["Castle & Quay", "castle and quay", "Castle & Quay Ward", " CASTLE &  QUAY team "])
def test_a_name_is_matched_however_it_is_written(register: Register, name: str) -> None:
    assert match(register, NORTH, name) == Match(("E05900012",), "name")


def test_saints_and_apostrophes_are_one(register: Register) -> None:
    assert {match(register, SOUTH, name).ward_code for name in ("St James's", "St. James’s", "Saint Jamess SNT")} == {
        "E05900025"
    }


def test_the_same_name_in_another_borough_or_set_is_another_ward(register: Register) -> None:
    assert match(register, NORTH, "Abbey").ward_code == "E05900011"
    assert match(register, SOUTH, "Abbey") == Match((), "none")
    assert match(register, EAST, "Ferry", vintage=2018).ward_code == "E05900031"
    assert match(register, EAST, "Ferry").ward_code == "E05900034"


@pytest.mark.parametrize(
    ("borough", "name", "code"),
    [
        (NORTH, "Village", "E05900013"),  # shortened
        (EAST, "Marsh Road and Estate", "E05900035"),  # lengthened
        (NORTH, "Abby", "E05900011"),  # misspelt
        (EAST, "Waterside", "E05900036"),  # one of two wards that its alias names: shared all the same
    ],
)
def test_a_code_that_nothing_contradicts(register: Register, borough: str, name: str, code: str) -> None:
    found = match(register, borough, name, code)
    assert not found.is_contradicted
    assert found == (Match(("E05900036", "E05900037"), "alias") if name == "Waterside" else Match((code,), "code"))


@pytest.mark.parametrize(
    ("borough", "name", "code", "vintage", "ward_code"),
    [
        (EAST, "Ferry", "E05900031", 2022, "E05900034"),
        (EAST, "Ferry Patrol", "E05900031", 2022, "E05900034"),
        (EAST, "Ferry", "E05900034", 2018, "E05900031"),
        (EAST, "Lock Patrol", "E05900033", 2022, "E05900036"),
    ],
)
def test_a_code_of_another_ward_set_is_carried_by_the_wards_name(
    register: Register, borough: str, name: str, code: str, vintage: int, ward_code: str
) -> None:
    assert match(register, borough, name, code, vintage=vintage) == Match((ward_code,), "code")


@pytest.mark.parametrize(
    ("name", "code", "why"),
    [
        ("Ferry", "E05900035", "the name is another ward's"),
        ("Ferry", "E05900032", "the code is of the earlier set, and of a ward of another name"),
        ("Ferry", "E05900011", "the code is of another borough"),
        ("Ferry", "E05999999", "the code is no ward's"),
        ("Ferry", "N/A", "the code is no code"),
        ("Lockside Patrol", "E05900037", "an alias says otherwise"),
        ("Night Hub", "E05900037", "the name has nothing of the ward's"),
    ],
)
def test_a_code_that_is_contradicted_is_set_aside(register: Register, name: str, code: str, why: str) -> None:
    expected = {
        "Ferry": Match(("E05900034",), "name", True),
        "Lockside Patrol": Match(("E05900036",), "alias", True),
        "Night Hub": Match((), "none", True),
    }
    assert match(register, EAST, name, code) == expected[name], why


def test_names_joined_in_one_team_are_a_shared_team(register: Register) -> None:
    expected = Match(("E05900034", "E05900036"), "name")
    for name in ("Ferry and Lock", "Lock & Ferry", "Ferry / Lock", "Ferry, Lock"):
        assert match(register, EAST, name) == expected
    three = match(register, NORTH, "Abbey and Castle & Quay")
    assert three == Match(("E05900011", "E05900012"), "name")
    assert match(register, EAST, "Ferry and Nowhere") == Match((), "none")


def test_two_codes_of_one_team_are_a_shared_team(register: Register) -> None:
    found = match(register, EAST, "Marsh Road and New Dock Patrol", "E05900035", "E05900037")
    assert found == Match(("E05900035", "E05900037"), "code")


def test_a_team_without_a_name_is_never_matched(register: Register) -> None:
    assert match(register, EAST, " ", "E05900034") == Match((), "none", True)


@pytest.mark.parametrize(
    "name",
    [
        "Barking & Dagenham",
        "Barking and Dagenham Borough",
        "London Borough of Barking & Dagenham",
        "BARKING AND DAGENHAM ",
    ],
)
def test_boroughs_are_found_however_they_are_written(name: str) -> None:
    assert real_register().borough_code(name) == "E09000002"


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Hammersmith & Fulham", "E09000013"),
        ("Kensington & Chelsea Borough", "E09000020"),
        ("Royal Borough of Kensington and Chelsea", "E09000020"),
        ("Kingston", "E09000021"),
        ("Kingston upon Thames Borough", "E09000021"),
        ("Richmond", "E09000027"),
        ("City of Westminster", "E09000033"),
    ],
)
def test_the_five_boroughs_that_are_spelt_otherwise(name: str, code: str) -> None:
    assert real_register().borough_code(name) == code


@pytest.mark.parametrize("name", ["City of London", "Heathrow", ""])
def test_what_is_no_borough_has_no_code(name: str) -> None:
    with pytest.raises(CellError, match="not one of the 32" if name else "is blank"):
        real_register().borough_code(name)


def test_the_ward_set_of_a_month_is_that_of_its_last_day() -> None:
    assert [real_register().vintage_on(day) for day in (date(2022, 4, 30), date(2022, 5, 31))] == [2018, 2022]


def test_no_two_wards_of_a_borough_look_the_same_to_the_matching() -> None:
    """So a name never has to be guessed between two wards."""
    from transparency.core.project import EMBEDDED_DATA
    from transparency.importers.teams import _rows

    for vintage in (2018, 2022):
        wards = _rows(EMBEDDED_DATA / "reference" / f"wards_{vintage}.csv")
        keys = [(ward["borough_code"], team_key(ward["ward_name"])) for ward in wards]
        assert len(set(keys)) == len(keys)


def real_register() -> Register:
    return Register.read(Path("no store of its own"))


# ---------------------------------------------------------------- the wards and teams of London


EALING, HACKNEY, BRENT, CAMDEN = "E09000009", "E09000012", "E09000005", "E09000007"


@pytest.fixture(scope="module")
def london() -> Register:
    return Register.read(EMBEDDED_DATA)


def test_a_code_of_another_set_without_a_namesake_is_carried_by_area(london: Register) -> None:
    assert london.carried(2022, "E05000171") == Carried("E05013535", "overlap")  # Cleveland, now Pitshanger
    assert match(london, EALING, "Cleveland Ward", "E05000171") == Match(("E05013535",), "code")
    assert match(london, EALING, "Pitshanger Ward", "E05000171") == Match(("E05013535",), "code")
    assert match(london, EALING, "Pitshanger Ward", "E05013535", vintage=2018) == Match(("E05000171",), "code")
    assert match(london, EALING, "Perivale Ward", "E05000171").is_contradicted


def test_a_code_is_carried_by_area_only_where_both_wards_nearly_fill_each_other(london: Register) -> None:
    # Abbey of 2014 in Barking lies three quarters in a ward of today, and has a namesake: carried by name.
    assert london.carried(2022, "E05000026") == Carried("E05014053", "name")
    # Barnhill of 2014 in Brent has a namesake too; in the months to April 2022 its code is of the set.
    assert london.carried(2018, "E05000086") == Carried("E05000086", "set")
    assert london.carried(2022, "E05999999") == Carried("E05999999", "none")


@pytest.mark.parametrize(
    ("borough", "team", "vintage", "ward_code"),
    [
        (HACKNEY, "Brownswood Hall Ward", 2018, "E05009367"),
        (HACKNEY, "Brownswood Hall Ward", 2022, "E05009367"),
        (HACKNEY, "Lea Bridge (Hackney) Ward", 2018, "E05009380"),
        (BRENT, "Kilburn (QK) Ward", 2022, "E05013503"),
        (CAMDEN, "Regents Park (EK) Ward", 2022, "E05013668"),
    ],
)
def test_a_team_is_known_by_the_name_the_met_gives_it(
    london: Register, borough: str, team: str, vintage: int, ward_code: str
) -> None:
    assert match(london, borough, team, vintage=vintage) == Match((ward_code,), "alias")


def test_the_mets_name_of_a_team_is_no_alias_in_a_set_without_its_ward(london: Register) -> None:
    assert match(london, BRENT, "Kilburn (QK) Ward", vintage=2018) == Match((), "none")
