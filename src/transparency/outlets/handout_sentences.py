"""Words of the printed handout that no page has: its title, lines to write on, what stands at its foot."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from transparency.core.text import full_date, listed

HANDOUT_TITLE = "Handout for the ward panel"
CALL = "101, or 999 in an emergency"
MEETING, PLACE = "Next meeting", "Place and time"
CHECK_FIRST = "Check before you go."
NO_COUNTER = "None open whose place is known."
NO_NIGHT_COUNTER = "No counter open 24 hours is known."
THE_SAME = "The same counter."
NUMBERS_TITLE = "The ward and its borough in numbers"
NOTHING_OF_OFFICERS = "Nothing is known by this day."
EARLIER = "What happened before is at the address below."
COPYRIGHT = (
    "Contains OS data and National Statistics data © Crown copyright and database right 2014, 2022. "
    "Licensed under the Open Government Licence v3.0."
)


def handout_title(ward_name: str, borough_name: str, day: date) -> str:
    """The title of a sheet, as a reader's list of documents shows it."""
    return f"{ward_name}, {borough_name}: ward officers on {full_date(day)}"


def place_line(borough_name: str, day: date, ended_on: date | None) -> str:
    """Beside the ward's name: its borough, the day, and when the ward ended."""
    line = f"{borough_name} · as at {full_date(day)}"
    return line + (f" · a ward until {full_date(ended_on)}" if ended_on else "")


def ended_line(ward_name: str, last_day: date, areas: Sequence[str]) -> str:
    """That a ward is no more, the wards that cover its area now, and that the sheet is of its last day."""
    now = f" Its area is now in {listed(areas)}." if areas else ""
    return f"{ward_name} was abolished in {last_day:%B %Y}.{now} This sheet is of its last day."


def first_drawn_line(ward_name: str, first_day: date, asked_on: date) -> str:
    """Why a sheet of a ward not yet drawn on the day asked answers for its first."""
    return (
        f"{ward_name} was first drawn on {full_date(first_day)}; this sheet answers for that day, "
        f"not for {full_date(asked_on)}."
    )


def possibly_nearer(names: Sequence[str]) -> str:
    """The counters whose place or closing day is not known exactly, and which could be nearer."""
    return f"Could be nearer: {', '.join(names)}."


def meeting_words(when: str, title: str, address: str | None) -> str:
    """A meeting in one line: 2 December 2026, 6pm to 7.30pm: Street briefing, Town Hall."""
    return f"{when}: {title}" + (f", {address}" if address else "")


def listed_line(as_at: date) -> str:
    """Where a contact or meeting on the sheet was read, and when."""
    return f"As listed on police.uk, read on {full_date(as_at)}."


def sources_left_out(count: int) -> str:
    """That a sheet names only the first sources; empty when it names all."""
    return f"and {count} more at the address above" if count else ""


def pack_title(borough_name: str, day: date) -> str:
    """The title of a borough's handouts in one file."""
    return f"{borough_name}: handouts for every ward, {full_date(day)}"


def pack_line(wards_count: int) -> str:
    """How many sheets a borough's file holds."""
    return f"One side of A4 for each of its {wards_count} wards, in alphabetical order."


def version_line(data_version: str, printed_on: date) -> str:
    """What a sheet was printed from, and when."""
    return f"Data version {data_version}. Printed on {full_date(printed_on)}."
