"""A postcode gives the wards it may be in, and leaves no trace of itself."""

import csv
import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transparency.core.project import EMBEDDED_DATA
from transparency.pages.finding import found
from transparency.places.lookup import Answer, Choice, answer_postcode, exact_ward_code
from transparency.places.postcode_wards import exact_wards
from transparency.places.postcodes import (
    Candidate,
    Descent,
    PostcodeOutcome,
    QueryKind,
    looks_like_postcode,
    nearest_wards,
    other_notation,
    predecessors,
    read_query,
    successors,
    wards_for_postcode,
)
from transparency.store.store import Store

SAMPLE = Path(__file__).parents[2].parent / "shared" / "geo" / "postcodes_sample.csv"
REFERENCE = EMBEDDED_DATA / "reference"


def column(file: Path, name: str) -> list[str]:
    with file.open(encoding="utf-8", newline="") as lines:
        return [row[name] for row in csv.DictReader(lines)]


PREFIXES = sorted(set(column(REFERENCE / "postcode_prefixes_2014.csv", "postcode_prefix")))
WARD_NAMES = sorted({name for v in (2014, 2018, 2022) for name in column(REFERENCE / f"wards_{v}.csv", "ward_name")})

prefixes = st.sampled_from(PREFIXES)
last_letters = st.sampled_from("ABDEFGHJLNPQRSTUWXYZ")


@pytest.fixture(scope="module")
def store(store_of_facts: Store) -> Store:
    return store_of_facts


# Reading what was typed


@pytest.mark.parametrize(
    "typed",
    [
        "NW5 2AA",
        "nw5 2aa",
        "nw52aa",
        " NW5  2AA ",
        "Nw5\t2aA",
        "N W 5 2 A A",
        "NW5-2AA",
        "NW5\u00a02AA",
        "ＮＷ５ ２ＡＡ",
    ],
)
def test_a_postcode_is_cut_to_its_prefix(typed: str) -> None:
    query = read_query(typed)
    assert (query.kind, query.value) == (QueryKind.POSTCODE, "NW5 2A")


@pytest.mark.parametrize(
    "typed",
    [
        "my postcode is nw5 2aa",
        "nw52aa please",
        "nw52aaplease",
        "Flat 3, 12 Leighton Road, NW5 2QH, London",
        "https://example.org/?q=nw5+2aa",
        "nw5 oaa",
        "W1A 1AA",
        "EC1A1BB",
        "M1 1AE",
        "e1 6an?",
    ],
)
def test_a_postcode_anywhere_in_the_text_counts(typed: str) -> None:
    assert looks_like_postcode(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "NW5",
        "NW5 2",
        "NW5 2A",
        "E05000139",
        "51.55, -0.14",
        "1 Headstone Drive",
        "24/7 counter",
        "nw5 2 and me",
    ],
)
def test_what_is_less_than_a_postcode_is_not_taken_for_one(typed: str) -> None:
    assert not looks_like_postcode(typed)


def test_no_ward_name_is_taken_for_a_postcode_or_part_of_one() -> None:
    assert len(WARD_NAMES) > 800
    for name in WARD_NAMES:
        assert {read_query(text).kind for text in (name, name.lower(), f"{name} ward")} == {QueryKind.NAME}


@pytest.mark.parametrize(
    ("typed", "kind", "value"),
    [
        ("nw5 2a", QueryKind.PREFIX, "NW5 2A"),
        ("nw52a", QueryKind.PREFIX, "NW5 2A"),
        ("w1a 1a", QueryKind.PREFIX, "W1A 1A"),
        ("NW5 2", QueryKind.SECTOR, "NW5 2"),
        ("nw 5 2", QueryKind.SECTOR, "NW5 2"),
        ("nw102", QueryKind.SECTOR, "NW10 2"),
        ("E1 1", QueryKind.SECTOR, "E1 1"),
        ("E11", QueryKind.OUTWARD, "E11"),
        ("nw5", QueryKind.OUTWARD, "NW5"),
        ("e1w", QueryKind.OUTWARD, "E1W"),
        ("e05000139", QueryKind.CODE, "E05000139"),
        ("Kentish Town", QueryKind.NAME, ""),
    ],
)
def test_other_texts_are_told_apart(typed: str, kind: QueryKind, value: str) -> None:
    query = read_query(typed)
    assert (query.kind, query.value) == (kind, value)


@pytest.mark.parametrize(
    "typed",
    [
        *("51.55, -0.14", "51.55 -0.14", "51.55,-0.14", " 51.55° -0.14° ", "51.55°N 0.14°W", "51.55° N, 0.14° W"),
        *("I live at 51.55, -0.14", "https://maps.example/@51.55,-0.14,15z"),
        *("-0.14, 51.55", "0.14°W 51.55°N", "POINT(-0.14 51.55)", "POINT (-0.14 51.55)", "51°33'N 0°8.4'W"),
        *("51° 33' 0\" N, 0° 8' 24\" W", "51°33′00″N 0°08′24″W", "51 33 00 N, 0 08 24 W"),
        *("51.55, \u22120.14", "\u20130.14, 51.55", "\u22120.14, 51.55", "POINT(\u22120.14 51.55)"),
        *("https://www.openstreetmap.org/#map=15/51.55/-0.14", "https://www.openstreetmap.org/?mlat=51.55&mlon=-0.14"),
    ],
)
def test_a_position_is_read(typed: str) -> None:
    query = read_query(typed)
    assert query.kind is QueryKind.POSITION
    assert (query.lat, query.lon) == pytest.approx((51.55, -0.14), abs=1e-9)


def test_a_position_east_of_greenwich_is_read_in_either_order() -> None:
    for typed in ("51.5, 0.21", "0.21, 51.5", "POINT(0.21 51.5)", "51°30'N 0°12'36\"E"):
        query = read_query(typed)
        assert query.kind is QueryKind.POSITION
        assert (query.lat, query.lon) == pytest.approx((51.5, 0.21), abs=1e-9)


@pytest.mark.parametrize(
    ("typed", "notation"),
    [
        *[(typed, "a grid reference") for typed in ("TQ 29990 80483", "tq299804", "529990, 180483")],
        *[(typed, "a plus code") for typed in ("9C3XGV4C+XV", "GV4C+XV London")],
        *[(typed, "three words of what3words") for typed in ("filled.count.soap", "///filled.count.soap")],
        *[(typed, "a property's number (UPRN)") for typed in ("100023336956", "UPRN 100023336956")],
        *[(typed, None) for typed in ("Kentish Town", "St. James's", "51.55, -0.14", "24/7 counter", "E05000139")],
    ],
)
def test_a_place_written_in_a_way_not_read_here_is_named(typed: str, notation: str | None) -> None:
    assert other_notation(typed) == notation


@pytest.mark.parametrize("typed", ["51, 0", "10.0.0.12 10.0.0.13", "wards 1.5 2.5", "1.25", "version 1.23.45 6.78.90"])
def test_other_numbers_are_no_position(typed: str) -> None:
    assert read_query(typed).kind is QueryKind.NAME


# From postcode to wards


def test_nw5_2a_is_in_cantelowes_or_kentish_town(store: Store) -> None:
    answer = wards_for_postcode(store, "nw5 2aa")
    assert (answer.outcome, answer.prefix, answer.granularity) == (PostcodeOutcome.FOUND, "NW5 2A", "prefix")
    assert answer.candidates == (
        Candidate("E05000131", "Cantelowes", "Camden", 0.75, 12),
        Candidate("E05000139", "Kentish Town", "Camden", 0.25, 4),
    )
    assert answer.message == ""


@pytest.mark.parametrize("typed", ["NW5 2", "nw52"])
def test_a_sector_lists_its_wards_by_share(store: Store, typed: str) -> None:
    answer = wards_for_postcode(store, typed)
    assert (answer.prefix, answer.granularity) == ("NW5 2", "sector")
    assert [(c.ward_name, c.postcodes_count, round(100 * c.share)) for c in answer.candidates] == [
        ("Kentish Town", 164, 79),
        ("Cantelowes", 43, 21),
    ]


def test_an_outward_code_lists_its_wards_by_share(store: Store) -> None:
    answer = wards_for_postcode(store, "nw5")
    assert (answer.prefix, answer.granularity) == ("NW5", "outward")
    assert [(c.ward_name, c.borough_name, c.postcodes_count) for c in answer.candidates] == [
        ("Kentish Town", "Camden", 319),
        ("Highgate", "Camden", 127),
        ("Haverstock", "Camden", 113),
        ("Gospel Oak", "Camden", 73),
        ("Cantelowes", "Camden", 43),
        ("Junction", "Islington", 6),
    ]


def test_an_outward_code_does_not_swallow_a_longer_one(store: Store) -> None:
    assert "Leytonstone" not in [c.ward_name for c in wards_for_postcode(store, "E1").candidates]


def test_a_district_known_only_with_letters_means_all_of_them(store: Store) -> None:
    answer = wards_for_postcode(store, "SW1")
    names = {c.ward_name for c in answer.candidates}
    assert {"St James's", "Warwick", "Tachbrook"} <= names
    assert "Earlsfield" not in names  # SW18


@pytest.mark.parametrize(
    ("typed", "outcome", "words"),
    [
        ("Kentish Town", PostcodeOutcome.NOT_A_POSTCODE, "That is not a postcode."),
        ("NW5 2CI", PostcodeOutcome.NOT_A_POSTCODE, "That is not a postcode."),
        ("51.55, -0.14", PostcodeOutcome.NOT_A_POSTCODE, "That is not a postcode."),
        (
            "M1 1AE",
            PostcodeOutcome.NOT_IN_LONDON,
            "No postcode beginning M1 was in use in the 32 London boroughs",
        ),
        ("ZZ9", PostcodeOutcome.NOT_IN_LONDON, "No postcode beginning ZZ9 was in use"),
        ("EC2V 9ZZ", PostcodeOutcome.CITY_OF_LONDON, "EC2V is wholly or partly in the City of London"),
        (
            "NW5 9ZZ",
            PostcodeOutcome.UNKNOWN,
            "No postcode beginning NW5 9Z was in use in London in August 2014",
        ),
    ],
)
def test_each_kind_of_non_answer_says_plainly_what_it_is(
    store: Store, typed: str, outcome: PostcodeOutcome, words: str
) -> None:
    answer = wards_for_postcode(store, typed)
    assert (answer.outcome, answer.candidates) == (outcome, ())
    assert words in answer.message


def test_shares_beside_the_city_say_that_the_city_is_left_out(store: Store) -> None:
    answer = wards_for_postcode(store, "E1 6")
    assert answer.outcome is PostcodeOutcome.FOUND
    assert answer.message.startswith("Part of E1 is in the City of London")


@given(prefix=prefixes, last=last_letters, data=st.data())
def test_case_and_spaces_never_change_the_answer(store: Store, prefix: str, last: str, data: st.DataObject) -> None:
    full = prefix + last
    outward, inward = full.split()
    spaces = st.text(alphabet=" \t\u00a0", max_size=4)
    typed = data.draw(spaces) + outward + data.draw(spaces) + inward + data.draw(spaces)
    typed = "".join(data.draw(st.sampled_from([letter.lower(), letter.upper()])) for letter in typed)
    assert wards_for_postcode(store, typed) == wards_for_postcode(store, full)


@given(prefix=prefixes)
def test_shares_add_up_to_one_and_fall(store: Store, prefix: str) -> None:
    for asked in (prefix, prefix[:-1], prefix.split()[0]):
        shares = [candidate.share for candidate in wards_for_postcode(store, asked).candidates]
        assert sum(shares) == pytest.approx(1)
        assert shares == sorted(shares, reverse=True)


@pytest.mark.rule("P1")
@given(
    full=st.one_of(
        st.builds(str.__add__, prefixes, last_letters),
        st.from_regex(r"[A-Z]{1,2}[0-9][A-Z0-9]? [0-9][A-Z]{2}", fullmatch=True),
    ),
    around=st.sampled_from(["{}", "my postcode is {}", "{}, London", "({})"]),
)
def test_no_answer_holds_the_postcode_that_was_typed(store: Store, full: str, around: str) -> None:
    typed = around.format(full.lower())
    assert looks_like_postcode(typed)
    kept = repr(read_query(typed)) + repr(wards_for_postcode(store, typed))
    assert not re.search(full.replace(" ", r"\s*"), kept.upper())


@pytest.mark.skipif(not SAMPLE.exists(), reason="the sample of real postcodes is not beside this repository")
def test_the_true_ward_of_a_sampled_postcode_is_a_candidate(store: Store) -> None:
    with SAMPLE.open(encoding="utf-8", newline="") as lines:
        sampled = [(row["postcode"], row["ward_code"]) for row in csv.DictReader(lines) if row["ward_code"]]
    assert len(sampled) == 5032
    missed = [
        ward_code
        for postcode, ward_code in sampled[::5]
        if ward_code not in {c.ward_code for c in wards_for_postcode(store, postcode).candidates}
    ]
    assert missed == []


# The one ward of a full postcode

TODAY, IN_2017 = date(2026, 11, 22), date(2017, 1, 4)
BY_THE_LIST = "by Ordnance Survey's list of August 2014."


@pytest.mark.parametrize("typed", ["NW5 2AA", "nw52aa", "12 Leighton Road, NW5 2AA, London"])
def test_nw5_2aa_is_one_ward_at_once(store: Store, typed: str) -> None:
    answer = answer_postcode(store, typed, TODAY)
    assert answer.message == f"Your postcode (NW5 2A…) is in Kentish Town South, {BY_THE_LIST}"
    assert answer.choices == (Choice("Kentish Town South", "/?ward=E05013664", "Camden"),)
    assert (answer.prefix, answer.is_sure) == ("NW5 2A", True)
    assert exact_ward_code(store, typed, TODAY) == "E05013664"


def test_on_an_earlier_day_it_is_the_ward_of_2014(store: Store) -> None:
    answer = answer_postcode(store, "NW5 2AA", IN_2017)
    assert answer.message == f"Your postcode (NW5 2A…) is in Kentish Town, {BY_THE_LIST}"
    assert answer.choices == (Choice("Kentish Town", "/?ward=E05000139", "Camden, ward of 2014"),)


def test_a_postcode_almost_on_a_line_names_the_ward_across_it(store: Store) -> None:
    answer = answer_postcode(store, "BR1 1HW", TODAY)
    assert answer.message == (
        f"Your postcode (BR1 1H…) is in Bromley Town, {BY_THE_LIST} "
        "Not your ward? Your postcode's position is within 25 m of Shortlands & Park Langley."
    )
    assert answer.choices == (
        Choice("Bromley Town", "/?ward=E05013991", "Bromley"),
        Choice("Shortlands & Park Langley", "/?ward=E05014005", "Not your ward? Bromley"),
    )
    assert not answer.is_sure
    assert exact_ward_code(store, "BR1 1HW", TODAY) is None


def test_the_line_of_today_says_nothing_of_the_wards_of_2014(store: Store) -> None:
    assert (
        answer_postcode(store, "BR1 1HW", IN_2017).message
        == f"Your postcode (BR1 1H…) is in Bromley Town, {BY_THE_LIST}"
    )
    assert exact_ward_code(store, "BR1 1HW", IN_2017) == "E05000109"


@pytest.mark.parametrize(
    ("typed", "ward"),
    [
        ("NW5 2AA", ("Kentish Town South", "/?ward=E05013664")),
        ("SW1A 1AA", ("St James's", "/?ward=E05013806")),
        ("E14 5AB", ("Canary Wharf", "/?ward=E05009323")),
        ("CR0 1EA", ("Fairfield", "/?ward=E05011468")),
    ],
)
def test_a_postcode_asked_about_today_has_the_ward_of_today_at_once(
    store: Store, typed: str, ward: tuple[str, str]
) -> None:
    answer = answer_postcode(store, typed, TODAY)
    assert [(choice.text, choice.href) for choice in answer.choices] == [ward]
    assert answer.is_sure


def test_a_postcode_newer_than_the_list_has_the_wards_of_today_that_it_may_be_in(store: Store) -> None:
    answer = answer_postcode(store, "NW5 2AC", TODAY)
    assert answer.message == (
        "Your postcode (NW5 2A…) is not in Ordnance Survey's list of August 2014: it may be newer, or mistyped. "
        "The postcodes beginning NW5 2A lie in one ward."
    )
    assert [choice.text for choice in answer.choices] == ["Kentish Town South"]
    assert not answer.is_sure


def test_no_ended_ward_is_listed_for_any_part_of_a_postcode_asked_about_today(store: Store) -> None:
    of_today = {row["ward_code"] for row in store.rows("SELECT ward_code FROM wards_2022")}
    for typed in ("NW5", "NW5 2", "NW5 2A", "SW1A", "E14", "E14 5", "CR0", "CR0 1E", "W1"):
        codes = [choice.href.removeprefix("/?ward=") for choice in answer_postcode(store, typed, TODAY).choices]
        assert codes and set(codes) <= of_today


def test_part_of_a_postcode_has_lettered_wards_and_what_they_share(store: Store) -> None:
    answer = found(store, "NW5", TODAY)
    assert answer.message == "NW5 covers six wards. Which is yours?"
    assert answer.whichever == "Whichever it is, your nearest counter is Kentish Town (0.4 to 1.7 km)."
    assert [(choice.letter, choice.text, choice.note) for choice in answer.choices[:2]] == [
        ("A", "Kentish Town South", "Camden: 32% of postcodes in NW5"),
        ("B", "Kentish Town North", "Camden: 22% of postcodes in NW5"),
    ]
    assert answer.picture is not None
    assert re.findall(r">([A-Z])</text>", answer.picture.svg) == ["A", "B", "C", "D", "E", "F"]
    assert not answer.is_sure


def test_every_place_has_one_ward_that_its_middle_lies_in(store: Store) -> None:
    [counted] = store.rows(
        """
        SELECT count(*) AS places, count(*) FILTER (within_count = 1) AS with_one
        FROM (
            SELECT count(*) FILTER (is_within) AS within_count FROM place_names GROUP BY place_name, lat
        )
        """
    )
    assert counted == {"places": 262, "with_one": 262}


def test_what_wards_do_not_share_is_not_said(store: Store) -> None:
    assert found(store, "SE1", TODAY).whichever == ""


@pytest.mark.parametrize("typed", ["M1 1AE", "EC2V 7HH", "NW5 9ZZ"])
def test_a_postcode_of_nowhere_in_the_list_is_answered_once(store: Store, typed: str) -> None:
    assert answer_postcode(store, typed, TODAY) == Answer(
        wards_for_postcode(store, typed).message, prefix=read_query(typed).value, is_sure=False
    )


def test_the_list_has_the_right_ward_of_today_where_that_can_be_checked(store: Store) -> None:
    """The wards that are the same in both sets: what Ordnance Survey says of 2014 holds today."""
    [checked] = store.rows(
        """
        SELECT count(DISTINCT ward_code_2014) AS wards, count(*) AS postcodes,
            count(*) FILTER (ward_code_2022 = ward_code_2014) AS agreeing
        FROM postcode_wards
        WHERE ward_code_2014 IN (SELECT ward_code FROM wards_2022)
        """
    )
    assert checked == {"wards": 59, "postcodes": 14_276, "agreeing": 14_260}  # 99.89 %


def test_the_list_has_the_right_borough_of_today(store: Store) -> None:
    [checked] = store.rows(
        """
        SELECT count(*) AS postcodes, count(*) FILTER (today.borough_code = earlier.borough_code) AS agreeing
        FROM postcode_wards
        JOIN wards_2014 AS earlier ON earlier.ward_code = ward_code_2014
        JOIN wards_2022 AS today ON today.ward_code = ward_code_2022
        """
    )
    assert checked == {"postcodes": 179_718, "agreeing": 179_673}  # 99.97 %


@pytest.mark.rule("P1")
@pytest.mark.parametrize("typed", ["NW5 2AA", "BR1 1HW", "NW5 2AC", "M1 1AE"])
def test_no_answer_of_the_list_holds_the_postcode_that_was_typed(store: Store, typed: str) -> None:
    shown = repr(answer_postcode(store, typed)) + repr(exact_wards(store, typed, 2022))
    assert typed.replace(" ", "") not in shown.replace(" ", "")


# Lines of descent


def test_kentish_town_was_divided_in_two(store: Store) -> None:
    assert successors(store, "E05000139") == (
        Descent("E05013663", "Kentish Town North", "Camden", 0.524),
        Descent("E05013664", "Kentish Town South", "Camden", 0.4726),
    )


def test_kentish_town_south_was_made_of_two(store: Store) -> None:
    assert predecessors(store, "E05013664")[:2] == (
        Descent("E05000139", "Kentish Town", "Camden", 0.5934),
        Descent("E05000131", "Cantelowes", "Camden", 0.4031),
    )


def test_a_code_outside_the_two_sets_has_no_line_of_descent(store: Store) -> None:
    assert successors(store, "E05013664") == predecessors(store, "E05000139") == ()


# Positions


def test_the_nearest_centres_are_listed_with_distances(store: Store) -> None:
    answer = nearest_wards(store, 51.55, -0.14)
    assert [(ward.ward_name, round(ward.distance_km, 2)) for ward in answer.wards] == [
        ("Kentish Town South", 0.33),
        ("Kentish Town North", 0.51),
        ("Camden Square", 0.87),
    ]
    assert answer.message == ""


def test_a_step_north_is_as_long_as_on_the_sphere(store: Store) -> None:
    """One degree on a sphere of radius 6371.0088 km is 111.195 km, so a thousandth is 111 metres."""
    [lat, lon] = store.rows("SELECT lat, lon FROM wards_2022 WHERE ward_code = 'E05013664'")[0].values()
    at_the_centre = nearest_wards(store, lat, lon, n=1).wards[0]
    assert (at_the_centre.ward_code, at_the_centre.distance_km) == ("E05013664", 0)
    further = nearest_wards(store, lat + 0.001, lon, n=1).wards[0]
    assert further.distance_km == pytest.approx(0.111195, abs=1e-6)


@pytest.mark.parametrize(("lat", "lon"), [(48.8566, 2.3522), (51.75, -1.26), (-0.14, 51.55)])
def test_a_position_outside_london_gets_a_plain_answer(store: Store, lat: float, lon: float) -> None:
    answer = nearest_wards(store, lat, lon)
    assert answer.wards == ()
    assert answer.message.startswith("That position is not in London")


def test_impossible_degrees_get_a_plain_answer(store: Store) -> None:
    assert nearest_wards(store, 151.5, -0.14).message.startswith("That is not a position.")
