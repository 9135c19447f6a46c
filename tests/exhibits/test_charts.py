"""Charts a reader can take in at once: four categories at most, one scale, the key above, words level and whole."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from tests.exhibits.test_files import exhibits
from transparency.exhibits.exhibit import Chart, Exhibit
from transparency.months import time as ring_fencing
from transparency.store.current import shared_store
from transparency.store.store import Store

MOST_CATEGORIES = 4
MONTH = date(2022, 7, 1)


@pytest.fixture(scope="module")
def charts(months: Store) -> dict[str, Any]:
    """The figure of every exhibit with a chart, by the exhibit's key; maps are not charts."""

    def every() -> Iterator[Exhibit | None]:
        yield from exhibits(shared_store())
        yield ring_fencing.months_exhibit(months, MONTH)

    pictures = {each.key: each.picture for each in every() if each is not None}
    return {key: shown.figure for key, shown in pictures.items() if isinstance(shown, Chart)}


def test_every_chart_of_the_dashboard_is_here(charts: dict[str, Any]) -> None:
    assert sorted(charts) == ["compared-lines", "elsewhere-months", "ring-fencing"]


@pytest.mark.rule("C5")
def test_a_chart_tells_four_categories_apart_at_most(charts: dict[str, Any]) -> None:
    for key, figure in charts.items():
        named = {trace.name for trace in figure.data if trace.showlegend is not False}
        assert len(named) <= MOST_CATEGORIES, (key, named)


@pytest.mark.rule("C4")
def test_a_chart_has_one_scale_its_key_above_and_level_words(charts: dict[str, Any]) -> None:
    for key, figure in charts.items():
        layout = figure.to_dict()["layout"]
        axes = [axis for name, axis in layout.items() if name.startswith(("xaxis", "yaxis"))]
        assert [axis for axis in axes if axis.get("overlaying") or axis.get("tickangle")] == [], key
        assert layout["legend"]["y"] >= 1, key


def test_a_chart_with_script_can_be_acted_on(charts: dict[str, Any]) -> None:
    """Its figures stand beside the pointer, and a range of months can be looked at closely."""
    for key, figure in charts.items():
        layout = figure.to_dict()["layout"]
        assert layout["hovermode"] in ("x unified", "y unified"), key
        assert layout["dragmode"] == "zoom", key
        assert "fixedrange" not in layout["xaxis"], key
