"""Words of the printed handout that no page has: questions to ask, the map in words, lines to write on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from transparency.core.text import full_date, listed

HANDOUT_TITLE = "Handout for the ward panel"
OFFICERS_TITLE = "Officers against the promise"
TEAM_LINE = "The team's official page, found by postcode:"
CONTACT, MEETING, PLACE = "Telephone or email", "Next meeting", "Place and time"
SERIES_COPIES = "From public copies; sources and limits at the address below."
MOST_CLOSURES = 4
SCHEMATIC = "Schematic: not legal boundaries."
COPYRIGHT = (
    "Contains OS data and National Statistics data © Crown copyright and database right 2014, 2022. "
    "Licensed under the Open Government Licence v3.0."
)


def handout_title(ward_name: str, borough_name: str, day: date) -> str:
    """The title of a sheet, as a reader's list of documents shows it."""
    return f"{ward_name}, {borough_name}: ward officers on {full_date(day)}"


def place_line(borough_name: str, day: date, ended_on: date | None) -> str:
    """Under the ward's name: its borough, the day, and when the ward ended."""
    line = f"{borough_name} · {full_date(day)}"
    return line + (f" · a ward until {full_date(ended_on)}" if ended_on else "")


def answered_day_line(ward_name: str, asked_on: date, day: date) -> str:
    """Why a sheet answers for another day than the one asked for; empty when it does not."""
    if asked_on > day:
        return (
            f"{ward_name} ended on {full_date(day)}, when the wards were redrawn; this sheet answers for its last day."
        )
    if asked_on < day:
        return (
            f"{ward_name} was first drawn on {full_date(day)}; this sheet answers for that day, "
            f"not for {full_date(asked_on)}."
        )
    return ""


def covered_now(successors: Sequence[tuple[str, str]]) -> str:
    """The wards that cover the area of one that ended, each a name and a share of it; empty without any."""
    if not successors:
        return ""
    named = ", ".join(f"{name} ({share} of its area)" for name, share in successors)
    return f"Since 5 May 2022 the area is covered by: {named}."


def closed_nearby(closures: Sequence[tuple[str, str]], day: date) -> str:
    """The counters near the ward that have closed, nearest first, each a name and when; or that none is known to have.

    A sheet names the nearest and counts the others; the page names them all.
    """
    if not closures:
        return f"No counter whose place is known closed within 3 km between January 2017 and {full_date(day)}."
    named = ", ".join(f"{name} ({when})" for name, when in closures[:MOST_CLOSURES])
    more = len(closures) - MOST_CLOSURES
    return f"Closed within 3 km since January 2017: {named}{f', and {more} more' if more > 0 else ''}."


def no_site(is_ward_of_2014: bool) -> str:
    """Why no contact point, base or hub is named for a ward."""
    if is_ward_of_2014:
        return "We know of no contact point, contact session or police base for this ward."
    return (
        "Contact points and police bases are listed by the wards of 2014; this ward was drawn later, "
        "so none can be named for it."
    )


def meeting_words(when: str, title: str, address: str | None) -> str:
    """A meeting in one line: 2 December 2026, 6pm to 7.30pm: Street briefing, Town Hall."""
    return f"{when}: {title}" + (f", {address}" if address else "")


def listed_line(as_at: date) -> str:
    """Where a contact or meeting on the sheet was read, and when."""
    return f"As listed on police.uk, read on {full_date(as_at)}."


def map_alt(ward_name: str, borough_name: str, has_shape: bool, counters: Sequence[str]) -> str:
    """The map in words: the ward in its borough, and the open counters drawn, nearest first."""
    ward = f"{ward_name} filled in" if has_shape else f"{ward_name} not drawn, since its shape is not on this site,"
    if not counters:
        return f"Schematic map of {borough_name}: {ward}; no open counter whose place is known lies in it."
    noun = "counter" if len(counters) == 1 else "counters"
    return f"Schematic map of {borough_name}: {ward}, with the open {noun} {listed(counters)}."


def map_key(ward_name: str, has_shape: bool, is_schematic: bool) -> str:
    """What the fill and the triangles of the map mean."""
    ward = f"Dark: {ward_name}." if has_shape else f"The shape of {ward_name}, drawn in 2018, is not on this site."
    key = f"{ward} ▲\u00a0counter open 24 hours, as stated or inferred, △\u00a0other open counter."
    return f"{key} {SCHEMATIC}" if is_schematic else key


def sources_left_out(count: int) -> str:
    """That a sheet names only the first sources; empty when it names all."""
    return f"and {count} more at the address above" if count else ""


def pack_title(borough_name: str, day: date) -> str:
    """The title of a borough's handouts in one file."""
    return f"{borough_name}: handouts for every ward, {full_date(day)}"


def pack_line(wards_count: int) -> str:
    """How many sheets a borough's file holds."""
    return f"One side of A4 for each of its {wards_count} wards, in alphabetical order."


def as_at_line(day: date, data_version: str, printed_on: date) -> str:
    """What a sheet shows and of when: day, data version, day of printing."""
    return f"Figures for days up to {full_date(day)}. Data version {data_version}. Printed on {full_date(printed_on)}."
