"""Rules that hold for every exhibit, every table, every page and every dataset alike."""

from __future__ import annotations

import re
from html import unescape
from itertools import product

import pytest

from tests.exhibits.test_files import exhibits
from transparency.core.text import count_of, percentage
from transparency.exhibits.exhibit import Chart, Column, Exhibit, Image, Mark, Table
from transparency.exhibits.html import TEMPLATES, cell_html, exhibit_foot_html, still_exhibit_html, table_html
from transparency.outlets.plain import FRONT, document_at, still_html
from transparency.store.current import shared_store
from transparency.store.descriptors import catalogue

PAGES = (
    FRONT,
    "/plain/about",
    "/plain/london",
    "/plain/counters",
    "/plain/rules",
    "/ward/E05000139",
    "/borough/E09000007",
)


@pytest.fixture(scope="module")
def shown() -> list[Exhibit]:
    return [exhibit for exhibit in exhibits(shared_store()) if exhibit is not None]


@pytest.mark.rule("A4", "A15")
def test_every_exhibit_has_a_table_of_its_rows_below_its_picture(shown: list[Exhibit]) -> None:
    for exhibit in shown:
        assert exhibit.table.rows, exhibit.key
        html = still_html(exhibit)
        assert html.count("<table") == 1, exhibit.key
        assert html.count("<tr") == len(exhibit.table.rows) + 1, exhibit.key


@pytest.mark.rule("A5", "C1")
def test_every_exhibit_has_finding_subtitle_and_alternative_text(shown: list[Exhibit]) -> None:
    assert any(isinstance(exhibit.picture, Chart | Image) for exhibit in shown)
    for exhibit in shown:
        assert re.search(r"\w+ \w+ \w+", exhibit.headline), exhibit.key
        assert exhibit.headline.endswith((".", "?")), exhibit.headline
        assert exhibit.subtitle, exhibit.key
        if isinstance(exhibit.picture, Chart | Image):
            assert len(exhibit.picture.alt.split()) >= 4, exhibit.key
            html = still_exhibit_html(exhibit)
            assert html.index("</h2>") < html.index("<table")


@pytest.mark.rule("C3", "C7", "T1")
def test_every_exhibit_names_its_source_and_has_its_rows_as_csv(shown: list[Exhibit]) -> None:
    for exhibit in shown:
        assert exhibit.sources, exhibit.key
        foot = exhibit_foot_html(exhibit)
        for source in exhibit.sources:
            assert source.title in unescape(foot), exhibit.key
        assert "These rows as CSV" in foot, exhibit.key


@pytest.mark.rule("A12")
def test_a_table_has_caption_headers_and_numbers_to_the_right() -> None:
    html = table_html(Table("Wards", (Column("a", "Ward"), Column("b", "Officers", True)), (("Abbey", 2),)))
    assert "<caption>Wards</caption>" in html
    assert '<th scope="col">Ward</th><th scope="col" class="number">Officers</th>' in html
    assert '<th scope="row">Abbey</th><td class="number">2</td>' in html


@pytest.mark.rule("A6")
def test_a_status_is_always_symbol_word_and_colour() -> None:
    html = str(cell_html(Mark("▽", "short", "short")))
    assert html == '<span class="mark short"><span aria-hidden="true">▽</span> short</span>'


def luminance(colour: str) -> float:
    """The relative luminance of #rrggbb (WCAG 2.2, "relative luminance")."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.rule("A7")
def test_every_ink_has_enough_contrast_in_light_and_dark() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    css = (TEMPLATES / "site.css").read_text(encoding="utf-8")
    inks = dict(re.findall(r"--(ink|ink-2|accent|met|half|short|lapsed|unknown): light-dark\((#\w{6}, #\w{6})\)", css))
    panel = re.search(r"--panel: light-dark\((#\w{6}), (#\w{6})\)", css)
    assert len(inks) == 8 and panel is not None
    for (name, pair), theme in product(inks.items(), (0, 1)):
        for ground in (("#ffffff", "#11161d")[theme], panel[theme + 1]):
            assert contrast(pair.split(", ")[theme], ground) >= 4.5, (name, ground)


@pytest.fixture(scope="module")
def pages() -> dict[str, str]:
    return {path: document_at(shared_store(), path).content.decode() for path in PAGES}


@pytest.mark.rule("A2", "A9", "D7", "T1", "T2", "T5")
def test_every_page_ends_with_label_help_and_licence(pages: dict[str, str]) -> None:
    for path, html in pages.items():
        footer = html.partition("<footer>")[2]
        assert "Not official statistics" in footer, path
        for section in ("sources", "releases", "corrections", "errors", "accessibility", "privacy", "reading"):
            assert f'href="/plain/{section}"' in footer, (path, section)
        assert "Open Government Licence v3.0" in footer
        for whose in ("Contains OS data", "Contains National Statistics data", "Contains Royal Mail data"):
            assert f"{whose} © " in footer, (path, whose)


@pytest.mark.rule("T3")
def test_a_wards_page_states_its_limits_itself(pages: dict[str, str]) -> None:
    limits = "A gap means we do not know, not that there was nobody. Posts are not people."
    assert limits in pages["/ward/E05000139"]


@pytest.mark.rule("D10")
def test_no_dataset_of_wards_has_reasons_for_gaps() -> None:
    of_wards = [each for each in catalogue().values() if any("ward" in name for name in each.column_names)]
    assert {"staffing", "ward_plans"} <= {each.name for each in of_wards}
    reasons = re.compile(r"reason|sick|leave|matern|suspen|restrict|absen")
    assert [(each.name, name) for each in of_wards for name in each.column_names if reasons.search(name)] == []


@pytest.mark.rule("P2")
def test_no_dataset_has_a_column_for_the_name_of_a_person() -> None:
    named = re.compile(r"officer_name|person_name|first_name|surname|biography|portrait|collar")
    assert [
        (each.name, name) for each in catalogue().values() for name in each.column_names if named.search(name)
    ] == []


@pytest.mark.rule("C9", "D11")
def test_our_percentages_are_whole_and_have_counts() -> None:
    assert percentage(17, 20) == "85%"
    assert percentage(1, 3) == "33%"
    assert count_of(395, 629, "wards") == "395 of 629 wards (63%)"
