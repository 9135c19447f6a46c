"""The rules this site keeps: each in our own words, with the tests or the look by hand that prove it.

A test proves a rule by carrying its mark, `@pytest.mark.rule("A4")`. `self_check` joins this table to what the
tests said; `tests/test_rulebook.py` holds that every rule has a test, a look by hand, or a reason why it is not met.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

GROUPS = {
    "A": "Accessibility",
    "C": "Charts and tables",
    "T": "Trust",
    "D": "Data and open standards",
    "P": "Privacy",
}


@dataclass(frozen=True)
class ByHand:
    """What a person looks at for a rule that no test can decide; `done_on` is None until somebody did."""

    what: str
    done_on: date | None = None


@dataclass(frozen=True)
class Rule:
    """One rule: `rule_id` is the letter of its group and a number; `requirement` says what must hold.

    `not_met` is the reason why it does not hold, where it is known not to: such a rule fails whatever the tests say.
    """

    rule_id: str
    requirement: str
    by_hand: ByHand | None = None
    not_met: str | None = None

    @property
    def group(self) -> str:
        return GROUPS[self.rule_id[0]]


RULES: tuple[Rule, ...] = (
    Rule(
        "A1",
        "Every kind of page meets the Web Content Accessibility Guidelines 2.2 at level AA.",
        by_hand=ByHand("Each kind of page with a screen reader."),
    ),
    Rule("A2", "An accessibility statement under the legal headings, less than a year old, is linked on every page."),
    Rule("A3", "The statement names every known limit of the framework, as open or mended."),
    Rule("A4", "Every chart and map has a table of the same rows on the same page."),
    Rule("A5", "Every chart has a name for screen readers and a sentence that says what it shows."),
    Rule("A6", "Nothing is told by colour alone: a status has a word and a symbol."),
    Rule("A7", "Text and graphics stand out from their background as the guidelines ask, in light and dark."),
    Rule("A8", "Everything to press is at least 24 by 24 pixels, or stands apart."),
    Rule(
        "A9",
        "Nothing needs dragging, no sticky part hides the focus, and help is in the same place on every page.",
        by_hand=ByHand("The map by keys alone, and every sticky part."),
    ),
    Rule("A10", "No single key does anything by itself."),
    Rule("A11", "The keyboard is never trapped, and a link leads past each map."),
    Rule("A12", "Tables have a caption, column and row headers, and numbers to the right."),
    Rule("A13", "Each page has a title of its own, one main heading, no skipped level of headings, and a language."),
    Rule(
        "A14",
        "Pages fit 320 pixels without scrolling sideways, and bear text at twice its size.",
        by_hand=ByHand("Each kind of page at 320 pixels, and with text at 200 %.", date(2026, 11, 26)),
    ),
    Rule("A15", "Nothing is told only by pointing at it."),
    Rule("C1", "Every chart has a headline with the finding and a subtitle with measure, place, date and unit."),
    Rule("C2", "Headlines are made from the data, so that none can be out of date."),
    Rule("C3", "Under every chart and table stand its source, linked, and the day it describes."),
    Rule(
        "C4",
        "Keys stand above the chart or the labels on it; text is level and whole; no chart has two scales.",
        by_hand=ByHand("Each chart in light and dark at 360 and 1280 pixels.", date(2026, 11, 26)),
    ),
    Rule("C5", "No chart shows more than four categories."),
    Rule("C6", "Charts can be had as SVG, not only as a bitmap."),
    Rule("C7", "Beside every chart is a link to its rows as CSV."),
    Rule("C8", "All data shown on the dashboard are offered as files."),
    Rule("C9", "Percentages come with the counts; places that differ by less than one ward share a rank."),
    Rule("T1", "Every page leads to the source of its data and to who produced them."),
    Rule("T2", "Every page says that these are not official statistics, and what they are instead."),
    Rule("T3", "Strengths and limits are said shortly on the page itself, in detail one step away."),
    Rule("T4", "Every correction is listed with its date, field, old and new value and cause."),
    Rule("T5", "The schedule of updates, the last update and the archived data can be found; what is overdue says so."),
    Rule("T6", "There is a plan for maintaining and for retiring the site."),
    Rule("T7", "The team can be reached, and answers.", by_hand=ByHand("A message to the address, answered.")),
    Rule("T8", "Releases are announced twelve months ahead, to the day four weeks before, with a feed."),
    Rule("T9", "Who sees figures before their release is stated."),
    Rule("T10", "Who decides what is included, and which interests they have, is stated."),
    Rule(
        "T11",
        "How an error is judged, mended and announced is written down, and was tried once.",
        by_hand=ByHand(
            "A drill in a copy of the store: an error reported, judged, mended by a revision and announced.",
            date(2026, 11, 26),
        ),
    ),
    Rule("T12", "The Code of Practice for Statistics is applied of our own accord, pillar by pillar."),
    Rule("T13", "Every term is defined, and linked where it is used first."),
    Rule("T14", "What decides each status was written down before the figures, with a state for what cannot be rated."),
    Rule("T15", "Those a figure speaks of have a right of reply, and replies are published."),
    Rule("D1", "CSV files follow RFC 4180: UTF-8, one header row, one table, nothing above it."),
    Rule("D2", "Tables are tidy: one row for each observation, ISO dates, official codes beside names."),
    Rule("D3", "Beside each CSV file lies its description as CSV on the Web."),
    Rule("D4", "A catalogue entry gives title, description, identifier, licence and dates of every dataset."),
    Rule("D5", "A crawler finds the datasets described on the pages themselves."),
    Rule("D6", "Addresses last: one for the newest file and one for each snapshot, never used again."),
    Rule("D7", "Licence and attributions of others stand at the foot of every page."),
    Rule("D8", "A cell that a spreadsheet would run as a formula is made harmless."),
    Rule("D9", "The data are linked and described: CSV on the Web and DCAT, towards five stars."),
    Rule("D10", "Why a post is empty is never held for a single ward, only for boroughs or London."),
    Rule("D11", "Counts are never rounded; percentages of ours are whole numbers."),
    Rule("P1", "A postcode is never stored, logged, put in an address or sent to anybody."),
    Rule("P2", "No officer is named or pictured."),
    Rule("P3", "No tracker, and no request to any other host."),
    Rule("P4", "Measures of the Neighbourhood Policing Guarantee are shown under their own definitions."),
)
