"""The front page: numbers with what they were, whether the promise was kept, counters then and now, the boroughs."""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path

from transparency.core.project import EMBEDDED_DATA
from transparency.core.text import full_date
from transparency.core.vocabulary import today
from transparency.exhibits.html import SVG_IMAGE, drawn_in
from transparency.pages.home import counters_exhibit, home_html, home_numbers, numbers_exhibit
from transparency.pages.landing import find_sheet
from transparency.pages.page import in_order
from transparency.published.sentences import promise_verdict
from transparency.store.database import open_store
from transparency.store.store import Store

TODAY = date(2026, 11, 29)
TAGS = re.compile(r"<[^>]+>")


def cards(store: Store, day: date) -> list[tuple[str, str, str, str]]:
    return [(each.shown, each.label, each.when, each.change) for each in home_numbers(store, day)]


def without_fold(html: str) -> str:
    return html.split("<details")[0]


def test_the_cards_say_what_is_and_what_was(store_of_facts: Store) -> None:
    assert cards(store_of_facts, TODAY) == [
        ("27", "counters open", "29 November 2026", "Down from 73 in July 2017"),
        (
            "2",
            "counters open 24 hours",
            "29 November 2026",
            "Down from 32 at the end of 2017, 15 of them promised and not confirmed. Our list still had 27 on 2 March "
            "2026",
        ),
        (
            "10.2 km",
            "typical distance to a counter open at night, as the crow flies",
            "29 November 2026",
            "Up from 2.5 km at the end of 2017, some hours inferred",
        ),
        (
            "13%",
            "of people asked knew how to contact their ward officer",
            "December 2023",
            "Down from 36% in September 2016",
        ),
        (
            "1 in 5",
            "hours of ward officers' time spent elsewhere, training counted",
            "January to March 2024",
            "Up from 1 in 9 in 2019",
        ),
    ]


def test_each_card_leads_to_its_page_and_has_its_source_in_the_fold(store_of_facts: Store) -> None:
    html = home_html(store_of_facts, TODAY)
    found = re.findall(r'<li class="card"><a href="([^"]+)"><strong>([^<]+)</strong>', html)
    assert found == [
        ("/counters", "27"),
        ("/counters", "2"),
        ("/counters", "10.2 km"),
        ("/promises?promise=known-by-the-community", "13%"),
        ("/ring_fencing", "1 in 5"),
    ]
    fold = html.split("<details")[1]
    assert "Mayor&#39;s Office for Policing and Crime (copy)" in fold
    assert "Metropolitan Police (copy)" in fold
    assert "/data/exhibits/home-numbers.csv?as_at=2026-11-29" in fold


def test_the_file_has_the_numbers_themselves(store_of_facts: Store) -> None:
    exhibit = numbers_exhibit(store_of_facts, TODAY)
    assert exhibit is not None
    values = [(getattr(row[1], "value", None), getattr(row[3], "value", None)) for row in exhibit.table.rows]
    assert values == [(27, 73), (2, 32), (10.2, 2.5), (13, 36), (19.5, 11.3)]
    assert exhibit.table.rows[4][5] == "our sum of what the Met recorded: 19.5%"


def test_a_number_that_is_not_known_has_no_card(city: Store) -> None:
    """Eastmarsh's only counter has no hours known, so how far one is at night is not known either; the city has no
    survey. Its time is of its monthly series, which is compared with no other."""
    assert cards(city, TODAY) == [
        ("2", "counters open", "29 November 2026", "The same as in July 2017"),
        ("1", "counters known to be open 24 hours", "29 November 2026", "The same as at the end of 2017"),
        ("1 in 21", "hours of ward officers' time spent elsewhere", "May 2022", ""),
    ]


def test_where_months_are_stored_the_newest_says_how_many_wards_have_their_officers(city: Store) -> None:
    html = home_html(city, TODAY)
    assert "In May 2022, 3 of London&#39;s 9 wards had their officers, with 6 not known." in html
    assert "not on this site" not in html


def test_the_newest_counters_are_named_as_previewed(store_of_facts: Store) -> None:
    newest, before = (counters_exhibit(store_of_facts, day) for day in (TODAY, date(2026, 3, 2)))
    assert newest is not None and before is not None
    assert newest.note == (
        "The numbers of 3 March 2026 come from previews of February: we have no source after the change."
    )
    assert before.note == ""
    assert "BBC News (copy): Front counters, preview of the March 2026 change" in [
        f"{source.publisher}: {source.title}" for source in newest.sources
    ]


def test_the_line_above_the_cards_says_how_old_the_newest_word_on_counters_is(store_of_facts: Store) -> None:
    newest = "Counters and hours are from notices before 3 March 2026. We found nothing newer."
    assert newest in without_fold(home_html(store_of_facts, TODAY))
    assert newest not in home_html(store_of_facts, date(2026, 3, 2))


def test_before_a_number_was_first_taken_there_is_no_change(store_of_facts: Store) -> None:
    assert cards(store_of_facts, date(2017, 1, 4))[0] == ("73", "counters open", "4 January 2017", "")
    assert "Where London&#39;s counters went" not in home_html(store_of_facts, date(2017, 1, 4))


def test_whether_the_promise_was_kept_is_one_sentence(store_of_facts: Store) -> None:
    said = {day: re.search(r'class="headline">([^<]+)<', home_html(store_of_facts, day)) for day in (
        date(2017, 1, 4), date(2018, 3, 1), TODAY
    )}  # fmt: skip
    assert [found and found[1] for found in said.values()] == [
        "Not due until the end of 2017: on 4 January 2017, about 395 of 629 wards had two constables.",
        "Announced, not checked: every ward was said to have two constables on 28 December 2017.",
        "Not when last counted: in June 2019, 89% of wards had two constables, "
        "though all were said to have them in December 2017.",
    ]


def test_a_later_count_of_every_ward_would_keep_the_promise() -> None:
    row = {"wards_count": None, "wards_total_count": None, "share_pct": 100.0, "kind": "reported"}
    rows = [row | {"as_at": date(2027, 1, 1), "as_at_precision": "month"}]
    said = "When last counted, yes: in January 2027, 100% of wards had two constables."
    assert promise_verdict(rows, date(2027, 2, 1)) == said


def test_the_timeline_and_the_maps_say_in_words_what_they_show(store_of_facts: Store) -> None:
    alts = re.findall(r'alt="([^"]+)"', home_html(store_of_facts, TODAY))
    assert [alt.replace("&#39;", "'") for alt in alts] == [
        "Wards with two constables. About 100 of 629, July 2016. About 395 of 629, January 2017. "
        "All 629 announced, December 2017. 89%, June 2019. Then no figure for London. "
        "Monthly figures by ward are published from August 2021 on, but are not on this site.",
        "Map of London's police counters on 14 July 2017. "
        "73 open: 20 for 24 hours, 15 for part of the day, 38 with hours not known.",
        "Map of London's police counters on 29 November 2026. "
        "27 open: 2 for 24 hours, 25 for part of the day. Hours of 17 inferred.",
    ]


def test_each_open_counter_is_a_dot_and_each_map_is_light(store_of_facts: Store) -> None:
    sent = SVG_IMAGE.findall(home_html(store_of_facts, TODAY))
    pictures = [drawn_in(uri) for uri in sent]
    assert [len(re.findall(r"a\d \d 0 1 1", picture)) for picture in pictures[1:]] == [73, 27]
    always = re.search(r'd="([^"]+)" class="place"', pictures[2])
    assert always and always[1].count("M") == 2
    assert max(map(len, sent)) < 25_000


def test_every_borough_is_a_link(store_of_facts: Store) -> None:
    names = re.findall(r'href="/boroughs\?borough=E09\d{6}">([^<]+)<', home_html(store_of_facts, TODAY))
    assert len(names) == 32
    assert (names[0], names[-1]) == ("Barking and Dagenham", "Westminster")


def test_sentences_are_short(store_of_facts: Store) -> None:
    text = TAGS.sub(" ", re.sub(r"</(?:p|li|h\d)>", ". ", without_fold(home_html(store_of_facts, today()))))
    longest = max(re.split(r"[.:!?]\s", text), key=lambda sentence: len(sentence.split()))
    assert len(longest.split()) <= 30, longest
    assert text.count(full_date(today())) == 1


def test_a_store_without_snapshots_shows_the_boroughs_alone(tmp_path: Path) -> None:
    shutil.copytree(EMBEDDED_DATA / "reference", tmp_path / "reference")
    html = home_html(open_store(tmp_path), TODAY)
    assert html.count("<h2>") == 1
    assert "<h2>Choose your borough</h2>" in html


def test_the_plain_page_has_the_same_below_its_form(store_of_facts: Store) -> None:
    sheet = find_sheet()
    asked = sheet.asked_at(store_of_facts, "/plain/find", TODAY)
    assert asked is not None
    form, london = (part.make(store_of_facts, asked) for part in in_order(store_of_facts, asked, sheet.parts))
    assert isinstance(form, str) and "We do not store or share your postcode." in form
    assert london == home_html(store_of_facts, TODAY)
