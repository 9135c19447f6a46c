"""Facts that were once said wrongly, as the store has them now."""

from __future__ import annotations

from datetime import date

from transparency.published.queries import counter_milestones
from transparency.store.current import shared_store
from transparency.store.descriptors import catalogue


def test_the_presidents_visit_of_july_2018_is_no_state_visit() -> None:
    rows = shared_store().rows(
        "SELECT title AS said FROM current_sources UNION ALL SELECT note FROM current_published_figures"
    )
    said = [row["said"] for row in rows if row["said"]]
    assert "Question 2018/1902: Dedicated ward officers moved for the President's visit of July 2018" in said
    assert "President's working visit, Friday" in said
    assert [text for text in said if "state visit" in text.lower()] == []


def test_the_ward_set_of_may_2026_is_said_not_to_have_been_checked() -> None:
    assert "Whether a borough of London has new wards in the ONS set of May 2026 has not been checked" in " ".join(
        catalogue()["wards_2022"].caveats
    )


def test_a_plan_for_24_hour_counters_is_no_total_of_them() -> None:
    told = {
        row["as_at"]: (row["counters_open_count"], row["counters_24_7_count"], row["publisher"], row["publisher_24_7"])
        for row in counter_milestones(shared_store(), date(2026, 11, 28))
    }
    assert told[date(2025, 8, 6)] == (38, 32, "Twickenham Nub News", None)
    assert told[date(2026, 3, 3)][:2] == (27, 2)
    assert told[date(2026, 3, 3)][3] == "The London Weekly"
