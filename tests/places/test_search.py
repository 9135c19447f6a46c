"""The box finds the ward that was meant, however it was typed."""

import re
from datetime import date

import pytest
from benchmarks.lookup import (
    BEGINNING,
    SLIPS,
    beginnings,
    best_possible_pct,
    boroughs_by_name,
    cases,
    measure,
    slips,
    ward_names,
)
from hypothesis import given
from hypothesis import strategies as st

from transparency.places.lookup import answer_text
from transparency.places.search import BoroughRow, SearchIndex, SiteRow, WardRow, WardSet, normalise
from transparency.store.store import Store

SEED = 20170104
FRACTION = 12  # every twelfth name


@pytest.fixture(scope="module")
def store(store_of_facts: Store) -> Store:
    return store_of_facts


@pytest.fixture(scope="module")
def london(store: Store) -> SearchIndex:
    return SearchIndex.from_store(store)


@pytest.fixture(scope="module")
def small_city() -> SearchIndex:
    """Three sets of an invented city: one ward lives through all, one ends in 2018, one in 2022; one is spelt
    anew under the same code; and a borough, a counter and two wards share the word Larkham."""
    return SearchIndex(
        wards=[
            *(WardRow("E05000001", "Mill Green", "E09000001", vintage) for vintage in (2014, 2018, 2022)),
            WardRow("E05000002", "Quay", "E09000001", 2014),
            *(WardRow("E05000003", "Quay", "E09000002", vintage) for vintage in (2014, 2018)),
            WardRow("E05000004", "Quay", "E09000002", 2022),
            WardRow("E05000005", "Otter Feild", "E09000002", 2018),
            WardRow("E05000005", "Otter Field", "E09000002", 2022),
            WardRow("E05000006", "Larkham North", "E09000002", 2022),
            WardRow("E05000007", "Larkham South", "E09000002", 2022),
            WardRow("E05000008", "St Osyth's & Water-Lane", "E09000001", 2022),
        ],
        boroughs=[BoroughRow("E09000001", "Harwich"), BoroughRow("E09000002", "Larkham")],
        sites=[SiteRow("larkham", "Larkham", "front_counter", "E09000002")],
        ward_sets=[
            WardSet(2014, date(2018, 5, 2)),
            WardSet(2018, date(2022, 5, 4)),
            WardSet(2022, None),
        ],
    )


def lines(index: SearchIndex, text: str) -> list[tuple[str, str, str]]:
    return [(found.name, found.borough_name, found.note) for found in index.find(text)]


def groups(index: SearchIndex, text: str) -> dict[str, list[str]]:
    return {group.heading: [choice.text for choice in group.choices] for group in answer_text(index, text).groups}


def test_wards_of_today_come_before_a_counter_and_an_old_ward(london: SearchIndex) -> None:
    found = answer_text(london, "Kentish Town")
    assert found.counted == "2 wards, 1 counter and 1 old ward name match"
    assert groups(london, "Kentish Town") == {
        "Wards": ["Kentish Town North", "Kentish Town South"],
        "Counters": ["Kentish Town"],
        "Old ward names": ["Kentish Town"],
    }
    assert groups(london, "kentish") == groups(london, "Kentsh Twon") == groups(london, "Kentish Town")


def test_bow_is_a_word_of_two_wards_and_part_of_none(london: SearchIndex) -> None:
    assert groups(london, "Bow") == {"Wards": ["Bow East", "Bow West"]}


def test_a_beginning_is_offered_until_it_is_a_word(london: SearchIndex) -> None:
    assert groups(london, "Bowe") == {
        "Wards": ["Bowes", "Havering-atte-Bower"],
        "Old ward names": ["Bowes"],
    }


def test_a_misspelt_borough_comes_first_and_once(london: SearchIndex) -> None:
    assert groups(london, "Camdem") == {
        "Boroughs": ["Camden"],
        "Wards": ["Camden Town", "Camden Square"],
        "Wards of a place": ["Camden Town", "St Pancras & Somers Town"],
        "Old ward names": ["Camden Town with Primrose Hill"],
    }


def test_a_group_has_at_most_five_and_says_so(london: SearchIndex) -> None:
    found = answer_text(london, "South")
    assert {group.heading: len(group.choices) for group in found.groups} == {
        "Wards, the first 5": 5,
        "Boroughs": 1,
        "Counters": 2,
        "Old ward names, the first 5": 5,
    }


@pytest.mark.parametrize("typed", ["Soxa", "Kwe", "Bw"])
def test_nothing_short_is_guessed_from_likeness(london: SearchIndex, typed: str) -> None:
    assert groups(london, typed) == {}


def test_st_jamess_of_today_comes_before_the_earlier_one(london: SearchIndex) -> None:
    assert lines(london, "St James's")[:2] == [
        ("St James's", "Westminster", ""),
        ("St James's", "Westminster", "until May 2022"),
    ]


def test_village_is_offered_in_the_three_boroughs_that_had_one(london: SearchIndex) -> None:
    ended = [line for line in lines(london, "Village") if line[2].startswith("until")]
    assert ended[:3] == [
        ("Village", "Southwark", "until May 2018"),
        ("Village", "Barking and Dagenham", "until May 2022"),
        ("Village", "Merton", "until May 2022"),
    ]
    assert lines(london, "Village")[:2] == [
        ("Village", "Barking and Dagenham", ""),
        ("Village", "Merton", ""),
    ]


@pytest.mark.parametrize(
    ("typed", "wards"),
    [
        ("Soho", [("West End", "Westminster: the middle of Soho lies here")]),
        (
            "Clapham Junction",
            [
                ("Falconbrook", "Wandsworth: the middle of Clapham Junction lies here"),
                ("Lavender", "Wandsworth: near the middle of Clapham Junction"),
                ("Shaftesbury & Queenstown", "Wandsworth: near the middle of Clapham Junction"),
            ],
        ),
        (
            "isle of dogs",
            [
                ("Blackwall & Cubitt Town", "Tower Hamlets: the middle of Isle of Dogs lies here"),
                ("Canary Wharf", "Tower Hamlets: near the middle of Isle of Dogs"),
                ("Island Gardens", "Tower Hamlets: near the middle of Isle of Dogs"),
            ],
        ),
    ],
)
def test_a_place_people_name_leads_to_its_wards(london: SearchIndex, typed: str, wards: list[tuple[str, str]]) -> None:
    first_group = answer_text(london, typed).groups[0]
    assert first_group.heading == "Wards of a place"
    assert [(choice.text, choice.note) for choice in first_group.choices] == wards


def test_a_ward_of_the_name_answers_for_the_place(london: SearchIndex) -> None:
    assert list(groups(london, "Brixton")) == ["Wards", "Counters", "Old ward names"]


@pytest.mark.parametrize("typed", ["abbey merton", "merton abbey", "Abbey, Merton", "ABBEY WARD MERTON", "abby mertn"])
def test_a_borough_typed_along_chooses_among_namesakes(london: SearchIndex, typed: str) -> None:
    assert lines(london, typed)[0] == ("Abbey", "Merton", "")


@pytest.mark.parametrize(
    "typed",
    [
        "St Osyth's & Water-Lane",
        "st osyths and water lane",
        "ST. OSYTH’S WATER LANE",
        "Saint Osyth's & Water Lane ward",
        "water lane st osyths",
        "St Osyth",
        "water la",
    ],
)
def test_spelling_conventions_do_not_matter(small_city: SearchIndex, typed: str) -> None:
    assert small_city.find(typed)[0].code == "E05000008"


def test_a_code_of_several_sets_is_one_suggestion_of_today(small_city: SearchIndex) -> None:
    assert lines(small_city, "mill green") == [("Mill Green", "Harwich", "")]


def test_earlier_wards_come_after_todays_and_say_when_they_ended(small_city: SearchIndex) -> None:
    assert lines(small_city, "quay") == [
        ("Quay", "Larkham", ""),
        ("Quay", "Harwich", "until May 2018"),
        ("Quay", "Larkham", "until May 2022"),
    ]


def test_an_earlier_spelling_finds_the_ward_by_its_new_name(small_city: SearchIndex) -> None:
    assert [found.name for found in small_city.find("Otter Feild")] == ["Otter Field"]


@pytest.mark.parametrize(
    ("typed", "code"),
    [("E05000001", "E05000001"), (" e05000002 ", "E05000002"), ("code E09000002.", "E09000002")],
)
def test_a_gss_code_answers_for_itself_alone(small_city: SearchIndex, typed: str, code: str) -> None:
    assert [found.code for found in small_city.find(typed)] == [code]


@pytest.mark.parametrize("typed", ["E05009999", "", "   ", "&", "zzzzzz"])
def test_nothing_is_offered_where_nothing_is_near(small_city: SearchIndex, typed: str) -> None:
    assert small_city.find(typed) == ()


def test_a_borough_and_its_counter_have_groups_of_their_own(small_city: SearchIndex) -> None:
    assert groups(small_city, "Larkham") == {
        "Boroughs": ["Larkham"],
        "Wards": ["Larkham North", "Larkham South"],
        "Counters": ["Larkham"],
    }


def test_a_counter_says_what_it_is(small_city: SearchIndex) -> None:
    assert [found.note for found in small_city.find("Larkham") if found.kind == "site"] == ["counter"]


def test_a_borough_is_offered_however_many_wards_begin_alike(london: SearchIndex) -> None:
    assert groups(london, "South")["Boroughs"] == ["Southwark"]


def test_what_is_misspelt_is_not_offered_beside_a_right_name(london: SearchIndex) -> None:
    assert {re.search(r"\bhale\b", found.name.casefold()) is not None for found in london.find("Hale")} == {True}


def test_every_name_of_london_is_found_before_any_other(london: SearchIndex, store: Store) -> None:
    """Two spellings of one name ("and" for "&") are one name: they come together, today's first. Those of today and
    those that have ended are in groups of their own."""
    names = ward_names(store)
    for name, has_ended in {*((name, True) for name in names[:629]), *((name, False) for name in names[629:])}:
        has_ended = has_ended and not any(ward.name == name and not ward.note for ward in london.find(name))
        wards = [each.name for each in london.find(name) if each.kind == "ward" and bool(each.note) == has_ended]
        same = [normalise(ward) == normalise(name) for ward in wards]
        assert name in wards[: same.count(True)]


def test_the_same_code_is_never_offered_twice(london: SearchIndex) -> None:
    for typed in ("a", "st", "south", "village", "shirley south", "barnet"):
        codes = [(found.kind, found.code) for found in london.find(typed)]
        assert len(codes) == len(set(codes)) > 0


@given(st.text(max_size=120))
def test_any_text_gets_at_most_five_of_each_group(small_city: SearchIndex, text: str) -> None:
    assert all(0 < len(group.choices) <= 5 for group in answer_text(small_city, text).groups)
    assert all(0 < suggestion.score <= 1 for suggestion in small_city.find(text))


@given(st.sampled_from(["Larkham North", "Mill Green", "Otter Field"]), st.data())
def test_case_and_spaces_never_change_the_answer(small_city: SearchIndex, name: str, data: st.DataObject) -> None:
    spaced = name.replace(" ", data.draw(st.sampled_from([" ", "  ", " \t "])))
    typed = "".join(data.draw(st.sampled_from([letter.lower(), letter.upper()])) for letter in spaced)
    assert small_city.find(typed) == small_city.find(name)


def test_a_single_slip_anywhere_still_finds_the_ward(london: SearchIndex, store: Store) -> None:
    names = ward_names(store)
    assert len(names) == 629 + 679
    measured = measure(london, boroughs_by_name(store), cases(names[::FRACTION], 2, SEED))
    assert measured.first_three_pct >= 99


def test_one_slip_in_the_first_five_letters_finds_the_ward(london: SearchIndex, store: Store) -> None:
    measured = measure(london, boroughs_by_name(store), cases(ward_names(store)[::FRACTION], 2, SEED, BEGINNING))
    assert measured.first_three_pct >= 95


def test_five_letters_with_a_slip_find_nearly_as_many(london: SearchIndex, store: Store) -> None:
    """Five letters fit 22 names ("South"), so the measure is the best that three answers could do, less the texts
    that are left with four letters, from which nothing is guessed, and those that begin another name."""
    names = ward_names(store)
    measured = measure(london, boroughs_by_name(store), beginnings(names[::FRACTION], 2, SEED))
    assert measured.first_three_pct >= 0.78 * best_possible_pct(names)


def test_the_slips_measured_are_single_ones() -> None:
    assert slips("Kew", "delete") == ["Ke", "Kw", "ew"]
    assert slips("Kew", "swap") == ["Kwe", "eKw"]
    assert len(slips("Kew", "replace")) == 3 * 25
    assert len(slips("Kew", "insert", within=2)) == 3 * 26 - 1  # "Keew" comes about in two ways
    assert all(len(slips("Hale", slip)) > 0 for slip in SLIPS)


def first(index: SearchIndex, text: str) -> tuple[str, str]:
    found = index.find(text)
    return found[0].kind, found[0].name


@pytest.mark.parametrize(
    "typed",
    [
        *("Camden, London", "camden london", "London, Camden", "London Camden", "Camden, Greater London, England, UK"),
        *("Camden NW1", "Camden council", "the borough of Camden", "London Borough of Camden, London", "Camden, U.K."),
        *("Camden Safer Neighbourhood Team", "Camden qqqqq"),
    ],
)
def test_camden_is_found_as_addresses_have_it(london: SearchIndex, typed: str) -> None:
    assert first(london, typed) == ("borough", "Camden")


def test_names_with_london_in_them_are_still_found(london: SearchIndex) -> None:
    assert first(london, "London Fields") == ("ward", "London Fields")
    assert first(london, "London Bridge") == ("ward", "London Bridge & West Bermondsey")
    assert first(london, "London Fields, London E8") == ("ward", "London Fields")


@pytest.mark.parametrize(
    "typed", ["Bethnal Green Safer Neighbourhood Team", "Bethnal Green SNT", "Bethnal Green dedicated ward officers"]
)
def test_a_team_is_found_by_its_ward(london: SearchIndex, typed: str) -> None:
    assert first(london, typed) == ("ward", "Bethnal Green")


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("RBKC", ["Kensington and Chelsea"]),
        ("Westminster City Council", ["Westminster"]),
        ("LBTH", ["Tower Hamlets"]),
        ("lbth, London", ["Tower Hamlets"]),
        ("H&F", ["Hammersmith and Fulham"]),
        ("LBC", ["Camden", "Croydon"]),
        ("LBH", ["Hackney", "Haringey", "Harrow", "Havering", "Hillingdon", "Hounslow"]),
    ],
)
def test_a_short_name_of_a_borough_answers_for_all_that_share_it(
    london: SearchIndex, typed: str, names: list[str]
) -> None:
    found = london.find(typed)
    assert [(each.kind, each.name) for each in found[: len(names)]] == [("borough", name) for name in names]
    assert {each.kind for each in found[len(names) :]} <= {"site"}


def test_a_borough_is_found_by_its_style(london: SearchIndex) -> None:
    assert first(london, "LB of Camden") == first(london, "LB Camden") == ("borough", "Camden")


def test_the_parts_of_an_address_are_tried(london: SearchIndex) -> None:
    assert first(london, "High Street, Bromley") == ("borough", "Bromley")
    address = "Kentish Town, Camden, London Borough of Camden, Greater London, England, United Kingdom"
    assert groups(london, address)["Wards"] == ["Kentish Town North", "Kentish Town South"]


@pytest.mark.parametrize(
    "typed", ["City of London", "the City of London, London", "Corporation of London", "Square Mile", "E09000001"]
)
def test_the_city_of_london_is_said_to_have_its_own_police(london: SearchIndex, typed: str) -> None:
    answer = answer_text(london, typed)
    assert answer.choices == ()
    assert answer.message.startswith("The City of London has its own police force")


def test_a_grid_reference_is_named_and_the_way_on_given(london: SearchIndex) -> None:
    answer = answer_text(london, "TQ 29990 80483")
    assert answer.message == (
        "That looks like a grid reference, which is not read here. Type a postcode, or the name of a ward or borough."
    )
