"""Words for numbers, dates and findings: every sentence a reader sees is made here, and tested."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from transparency.core.vocabulary import LONDON_CODE, Precision

_SMALL = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
# What a spreadsheet takes for the start of a formula, half or full width.
FORMULA_STARTS = tuple("=+-@\t\r\n＝＋－＠")
# What a spreadsheet shows where a formula has failed, in capitals.
_SPREADSHEET_ERRORS = frozenset(
    ("#REF!", "#N/A", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "#FIELD!", "#BLOCKED!",
     "#CONNECT!", "#BUSY!", "#PYTHON!", "#EXTERNAL!", "#TIMEOUT!", "#UNKNOWN!", "#GETTING_DATA",
     *(f"ERR:{number}" for number in range(501, 541)))
)  # fmt: skip
# Control characters but for tab and line ends, and what is no character at all: XML 1.0 forbids most of them
# (https://www.w3.org/TR/xml/#charsets) and no reader can see any. The two overrides of direction show 12 as 21.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202d\u202e\ud800-\udfff\ufffe\uffff]")
_HOST = re.compile(r"[\w-]+(?:\.[\w-]+)*\.?|[0-9a-f]*:[0-9a-f:.]+")
# Spaces, what ends an address in HTML, and marks without width, which hide or turn round what follows.
_NOT_IN_AN_ADDRESS = re.compile(r'[\s<>"\\\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]')
_MADE_HARMLESS = re.compile(rf"'+[{re.escape(''.join(FORMULA_STARTS))}]")
_SPEAKERS = {
    "London Assembly / Mayor of London": "the Mayor",
    "Mayor of London": "the Mayor",
    "Metropolitan Police": "the Metropolitan Police",
    "Demonstration data: invented": "the demonstration",
    "London Borough of Sutton": "Sutton council",
    "London Borough of Bromley": "Bromley council",
}


# Written out, since the standard library's names are those of the server's language.
MONTH_NAMES = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def is_spreadsheet_error(text: str) -> bool:
    """Whether a text is what a spreadsheet shows where a formula has failed, in any letters, spaces about it or not."""
    return text.strip().upper() in _SPREADSHEET_ERRORS


def control_character(text: str) -> str | None:
    """The first character of a text that nothing can show, by its number, such as U+0007; None where there is none."""
    if text.isprintable():
        return None
    found = _CONTROL.search(text)
    return f"U+{ord(found[0]):04X}" if found else None


def without_control_characters(text: str, instead: str = "\ufffd") -> str:
    """The text with what nothing can show replaced, so that any file it stands in is well formed."""
    return text if text.isprintable() else _CONTROL.sub(instead, text)


def each_text(value: Any, change: Callable[[str], str]) -> Any:
    """The same structure of objects and lists with each text in it changed."""
    if isinstance(value, dict):
        return {key: each_text(item, change) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [each_text(item, change) for item in value]
    return change(value) if isinstance(value, str) else value


def is_web_address(text: str) -> bool:
    """Whether a text is an address that may be linked: https:// or http://, a host, and nothing that hides either."""
    if _NOT_IN_AN_ADDRESS.search(text) or control_character(text):
        return False
    try:
        parts = urlsplit(text)
        parts.port  # noqa: B018 - a port that is no number raises ValueError
    except ValueError:
        return False
    is_plain = parts.scheme in ("https", "http") and "@" not in parts.netloc
    return is_plain and _HOST.fullmatch(parts.hostname or "") is not None


def harmless(cell: Any) -> Any:
    """Text that begins as a formula with an apostrophe before it, as every CSV and workbook has it; else as it is."""
    if isinstance(cell, str) and (cell.startswith(FORMULA_STARTS) or _MADE_HARMLESS.match(cell)):
        return f"'{cell}"
    return cell


def as_meant(cell: str) -> str:
    """A cell of a table as its text was before it was made harmless."""
    return cell[1:] if _MADE_HARMLESS.match(cell) else cell


def full_date(day: date) -> str:
    """4 January 2017."""
    return f"{day.day} {MONTH_NAMES[day.month - 1]} {day.year}"


def precise_date(day: date, precision: Precision | str = Precision.DAY) -> str:
    """A date as exactly as it is known: 4 January 2017, January 2017 or 2017."""
    if precision == Precision.MONTH:
        return f"{MONTH_NAMES[day.month - 1]} {day.year}"
    if precision == Precision.YEAR:
        return f"{day:%Y}"
    return full_date(day)


def on_date(day: date, precision: Precision | str = Precision.DAY) -> str:
    """A date with its preposition: on 4 January 2017, in January 2017, in 2017."""
    return ("on " if precision == Precision.DAY else "in ") + precise_date(day, precision)


def clock(hour: str) -> str:
    """10pm, 9.30am, midday: of a time written 22:00, 09:30, 12:00."""
    hours, minutes = hour[:2], hour[3:5]
    if minutes == "00" and int(hours) % 12 == 0:
        return "midday" if hours == "12" else "midnight"
    return f"{(int(hours) - 1) % 12 + 1}{'' if minutes == '00' else f'.{minutes}'}{'am' if int(hours) < 12 else 'pm'}"


def number(value: float) -> str:
    """1,258 or 0.9: thousands separated, decimals only where there are any."""
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.1f}"


def percentage(part: float, whole: float) -> str:
    """Our own percentage, whole: 63%. It is always shown with the counts."""
    return f"{100 * part / whole:.0f}%"


def count_of(part: float, whole: float, noun: str) -> str:
    """395 of 629 wards (63%)."""
    return f"{number(part)} of {number(whole)} {noun} ({percentage(part, whole)})"


def in_words(value: float) -> str:
    """no, one, two … ten; digits beyond and for parts."""
    if float(value).is_integer() and 0 <= value <= 10:
        return _SMALL[int(value)]
    return number(value)


def listed(items: Sequence[str]) -> str:
    """One, two and three."""
    if len(items) <= 1:
        return "".join(items)
    return ", ".join(items[:-1]) + " and " + items[-1]


def capitalised(text: str) -> str:
    """The sentence with its first letter large, the rest as it is."""
    return text[:1].upper() + text[1:]


def distance(metres: float) -> str:
    """1.2 km, in a straight line."""
    return f"{metres / 1000:.1f} km"


def age(since: date, day: date) -> str:
    """How long ago, in whole months and years: 5 months, 1 year, 2 years and 3 months."""
    months = (day.year - since.year) * 12 + day.month - since.month - (day.day < since.day)
    years, months = divmod(max(months, 0), 12)
    parts = []
    if years:
        parts.append(f"{years} year" + "s" * (years != 1))
    if months or not years:
        parts.append(f"{months} month" + "s" * (months != 1))
    return " and ".join(parts)


def speaker(publisher: str | None) -> str:
    """The publisher as a sentence names it, without where a copy was read."""
    if publisher is None:
        return "a source"
    name = publisher.split(" (copy")[0].split(", on ")[0]
    return _SPEAKERS.get(name, name)


def place_name(geography_code: str, borough_names: dict[str, str]) -> str:
    """London, or the borough's name."""
    return "London" if geography_code == LONDON_CODE else borough_names.get(geography_code, geography_code)


def possessive(name: str) -> str:
    """London's; Tower Hamlets'."""
    return f"{name}'" if name.endswith("s") else f"{name}'s"
