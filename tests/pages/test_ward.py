"""The ward page as the script runs it: every address says something true, whatever the store holds."""

from __future__ import annotations

import re
import shutil
from datetime import date
from html import unescape
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.running import run_page
from tests.reading import words
from tests.small_city import build_small_city
from transparency.core.project import EMBEDDED_DATA
from transparency.core.vocabulary import taking_for_today
from transparency.outlets.plain import document_at
from transparency.store.current import shared_store
from transparency.store.database import open_store
from transparency.store.reference import SUMS_FILE, reference_sums


def run(monkeypatch: pytest.MonkeyPatch | None = None, root: Path | None = None, **parameters: str) -> AppTest:
    """The page run once with these query parameters, on the embedded store or another."""
    if monkeypatch is not None and root is not None:
        opened = open_store(root)
        monkeypatch.setattr("transparency.outlets.dashboard.run.shared_store", lambda: opened)
    return run_page("ward.py", **parameters)


def test_without_a_choice_the_front_page_stands_with_its_sources() -> None:
    shown = words(run())
    assert "We do not store your postcode or position." in shown
    assert "Down from 73 in July 2017" in shown
    assert "Not when last counted: in June 2019, 89% of wards had two constables" in shown
    assert "Sources: " in shown


def test_the_address_alone_gives_a_wards_answer_on_a_day() -> None:
    shown = words(run(ward="E05000139", as_at="2017-01-04"))
    assert "Kentish Town had two constables and one PCSO on 4 January 2017." in shown
    assert "Confirmed by the Mayor on 4 January 2017." in shown
    assert "10-12A Holmes Road" in shown
    assert "Call 101, or 999 in an emergency." in shown
    assert '<th scope="row">Police constables (PCs)</th>' in shown
    parts = ("Nearest counter", "What happened here", "Your neighbours", "Every figure for this ward", "Sources and")
    assert [part for part in parts if part in shown] == list(parts)


def test_a_lower_case_code_is_the_same_ward() -> None:
    assert "<h1>Kentish Town</h1>" in words(run(ward="e05000139"))


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("E05009300", "City of London, which has its own police force"),
        ("E05999999", "No ward of London has the code E05999999"),
        ("Kentish Town", "is not a ward code"),
        ("<b>", "is not a ward code"),
    ],
)
def test_a_code_of_no_ward_shows_no_other_ward(code: str, said: str) -> None:
    shown = words(run(ward=code))
    assert said in shown
    assert "No other ward is shown instead" in shown
    assert 'id="verdict"' not in shown
    assert "<b>" not in shown.lower().replace("<body>", "")


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("04/01/2017", "is not a day"),
        ("2016-07-20", "is before the promise was made"),
        ("2999-01-01", "is in the future"),
    ],
)
def test_a_bad_day_is_told_and_today_is_answered(day: str, said: str) -> None:
    shown = words(run(ward="E05000139", as_at=day))
    assert said in shown
    assert "Days from 21 July 2016 to" in shown
    assert "<h1>Kentish Town</h1>" in shown


def test_a_ward_that_ended_names_the_wards_that_cover_it_now() -> None:
    shown = words(run(ward="E05000139"))
    assert "Kentish Town was abolished in May 2022. Choose your ward today." in shown
    assert 'href="/?ward=E05013663">Kentish Town North</a> <span class="subtitle">52% of the old ward</span>' in shown
    assert "two constables" not in shown.partition('id="verdict"')[2].partition("</div>")[0]


def test_a_ward_of_today_names_the_wards_it_came_from() -> None:
    shown = words(run(ward="E05013663"))
    assert "No figure moves from an old ward to a new one." in shown
    assert "E05000139" in shown


def test_a_day_before_2017_knows_londons_total_of_counters_only() -> None:
    assert "the list of counters begins on 1 January 2017" in words(run(ward="E05000139", as_at="2016-12-01"))


def test_a_counter_closed_in_a_street_and_a_counter_of_notices_are_said_to_be_so() -> None:
    shown = words(run(ward="E05009331", as_at="2026-11-28"))
    assert "Closed since 2017: Brick Lane (about 1.8 km, not drawn), Shoreditch and Limehouse." in unescape(shown)
    assert "Brick Lane closed, as we infer, about 1.8 km away." in shown
    assert "Counters and hours are from notices before 3 March 2026. We found nothing newer." in shown
    assert "By the notices" not in words(run(ward="E05009331", as_at="2019-06-30"))


def test_choosing_a_day_changes_the_address() -> None:
    page = run(ward="E05000139", as_at="2017-01-04")
    page.session_state["day"] = True  # as when the line that names the day is pressed
    page.run()
    page.selectbox[0].select(date(2017, 12, 28)).run()
    assert page.query_params["as_at"] == "2017-12-28"
    assert "Announced for every ward on 28 December 2017, not checked." in words(page)


def test_a_postcode_is_answered_and_not_kept() -> None:
    page = run()
    page.text_input[0].input("nw5 2aa").run()
    shown = words(page)
    assert "NW5 2A" in shown
    assert "/?ward=E05013664" in shown
    assert page.text_input[0].value == ""
    kept = repr(page.session_state).upper().replace(" ", "")
    assert "NW52AA" not in kept
    assert "NW52AA" not in str(page.query_params).upper()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("kentsh twon", ">Kentish Town</a>"),
        ("village", "Southwark, until May 2018"),
        ("51.55, -0.14", "the right one about three times in four"),
        ("qqqqqqqq", "No ward, borough or place has that name."),
        ("E8", "% of postcodes in E8"),
        ("camden", "/boroughs?borough=E09000007"),
    ],
)
def test_the_box_answers_names_places_and_positions(typed: str, said: str) -> None:
    page = run()
    page.text_input[0].input(typed).run()
    assert said in words(page)


# ---------------------------------------------------------------- stores that hold little


def test_a_demonstration_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    shown = words(run(monkeypatch, build_small_city(tmp_path), ward="E05900013"))
    assert "Demonstration data: invented." in shown


def test_a_ward_without_rows(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    root = build_small_city(tmp_path, is_demonstration=False)
    shown = words(run(monkeypatch, root, ward="E05900034"))
    assert "No figure of Ferry itself is stored" in shown


def test_a_store_with_no_snapshot_at_all(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    shutil.copytree(EMBEDDED_DATA / "reference", tmp_path / "reference")
    landing = words(run(monkeypatch, tmp_path))
    assert "<h1>How many police does your ward have?</h1>" in landing
    assert "London in numbers" not in landing
    shown = words(run(monkeypatch, tmp_path, ward="E05000139", as_at="2017-01-04"))
    assert "Nothing was published for Kentish Town itself." in shown
    assert "No figure for London had been published." in shown


def test_a_store_with_one_snapshot_only(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    shutil.copytree(EMBEDDED_DATA / "reference", tmp_path / "reference")
    for name in ("sources/2026-11-22_r1", "staffing/2017-01-04_r1"):
        shutil.copytree(EMBEDDED_DATA / "snapshots" / name, tmp_path / "snapshots" / name)
    shown = words(run(monkeypatch, tmp_path, ward="E05000139", as_at="2017-01-04"))
    assert "Kentish Town had two constables and one PCSO" in shown


def test_a_ward_without_a_centre(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    root = build_small_city(tmp_path, is_demonstration=False)
    for table in ("wards_2014", "wards_2018", "wards_2022"):
        path = root / "reference" / f"{table}.csv"
        lines = path.read_text().splitlines()
        bare = [",".join([*line.split(",")[:3], "", "", *line.split(",")[5:]]) for line in lines[1:]]
        path.write_text("\n".join([lines[0], *bare]) + "\n")
    (root / "reference" / SUMS_FILE).write_text(reference_sums(root), encoding="utf-8")
    shown = words(run(monkeypatch, root, ward="E05900013", as_at="2018-01-01"))
    assert "The centre of this ward is not on this site, so no distance can be given" in shown


def test_a_failing_part_is_named_and_the_rest_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("a fault nobody foresaw")

    monkeypatch.setattr("transparency.pages.landing.ward_page", fail)
    shown = words(run(ward="E05000140", as_at="2017-01-05"))
    assert "cannot be shown at the moment" in shown
    assert "a fault nobody foresaw" not in shown
    assert "Licensed under the" in shown


# ---------------------------------------------------------------- past days and residents


def answer(ward_code: str, day: date) -> str:
    """The ward's plain page on a day, asked on 28 November 2026."""
    with taking_for_today(date(2026, 11, 28)):
        return document_at(shared_store(), f"/ward/{ward_code}", day).content.decode()


def test_a_past_day_has_no_link_of_today_and_no_word_of_what_was_not_read() -> None:
    today, past = answer("E05013800", date(2026, 11, 28)), answer("E05013800", date(2023, 6, 30))
    for said in ("Your team on met.police.uk", "Questions to ask at your ward panel", "Check before you go"):
        assert said in unescape(today)
        assert said not in unescape(past)


def test_residents_are_given_no_commands_and_the_workbook_not_loaded_is_a_source() -> None:
    page = answer("E05013800", date(2026, 11, 28))
    assert "make demo" not in page
    assert "transparency fetch" not in page
    assert "MPS Dedicated Ward Officer abstractions and strengths" in page


def test_a_ward_that_ended_does_not_tell_a_past_day_what_came_after() -> None:
    assert "was abolished" not in answer("E05000138", date(2017, 12, 28))
    assert "was abolished in May 2022" in answer("E05000138", date(2026, 11, 28))


def bare(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def test_a_ward_drawn_after_the_announcement_says_so() -> None:
    shown = bare(answer("E05011095", date(2018, 6, 1)))
    assert "Announced for every ward on 28 December 2017, not checked." in shown
    assert "This ward was drawn later, on 3 May 2018." in shown


def test_a_plan_for_a_second_post_says_that_the_ward_had_one() -> None:
    assert (
        "The plan announced in September 2016 was for two constable posts by 31 December 2016, a second beside the one "
        "it had. A plan does not count as officers." in bare(answer("E05009332", date(2016, 12, 25)))
    )


def test_a_closing_nearby_says_whether_it_is_inferred_and_what_undid_it() -> None:
    shown = bare(answer("E05013663", date(2026, 11, 28)))
    lane = shown.partition("Counters December 2017")[2]
    assert lane.startswith(" Holloway closed, as we infer, 1.9 km away.")
    assert "September 2020 Holloway reopened, 1.9 km away." in lane
    assert "November 2020 Holloway closed, 1.9 km away." in lane


def test_hours_of_the_nearest_counter_carry_their_doubt_in_what_happened() -> None:
    shown = bare(answer("E05013663", date(2026, 11, 28)))
    assert (
        "3 March 2026 Kentish Town is open Monday to Friday 10am to 10pm, Saturday and Sunday 9am to 7pm "
        "(reported for 25 counters together, not confirmed for this one)." in shown
    )


def test_the_key_of_the_map_names_the_marks_that_are_on_it() -> None:
    def key(ward_code: str) -> str:
        caption = re.search(r"<figcaption[^>]*>(.*?)</figcaption>", answer(ward_code, date(2026, 11, 28)))
        assert caption is not None
        return re.sub("<[^>]+>", "", caption[1])

    approximate = "Ward shapes are approximate."
    assert key("E05013663") == f"△ open counter, × closed since 2017. {approximate}"
    assert key("E05009318") == f"▲ open 24 hours, △ other open counter, × closed since 2017. {approximate}"
    assert key("E05009317") == f"△ open counter. {approximate}"


def test_before_the_list_of_counters_begins_nothing_is_said_to_have_closed() -> None:
    assert "Our list of counters begins on 1 January 2017." in bare(answer("E05000139", date(2016, 12, 1)))
