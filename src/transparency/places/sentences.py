"""What a postcode or a place typed was found to be."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from transparency.core.text import in_words, listed, precise_date
from transparency.core.vocabulary import Precision

# ---------------------------------------------------------------- exact postcodes


def one_ward(prefix: str, ward_name: str, source: str) -> str:
    """The one ward of a postcode; never the whole postcode, which is dropped."""
    return f"Your postcode ({prefix}…) is in {ward_name}, by {source}."


NOT_YOUR_WARD = "Not your ward?"


def not_your_ward(ward_name: str) -> str:
    """The ward across the line, for a postcode whose point is almost on it."""
    return f"{NOT_YOUR_WARD} Your postcode's position is within 25 m of {ward_name}."


def several_wards(prefix: str, ward_names: Sequence[str], source: str) -> str:
    """A postcode on both sides of a border."""
    return (
        f"Your postcode ({prefix}…) lies in {in_words(len(ward_names))} wards by {source}, "
        f"{listed(ward_names)}: choose yours."
    )


def withdrawn(prefix: str, month: str, ward_name: str | None) -> str:
    """A postcode no longer in use, since a month such as 2014-06."""
    when = precise_date(date.fromisoformat(f"{month}-01"), Precision.MONTH)
    where = f" It lay in {ward_name}." if ward_name else ""
    return f"Your postcode ({prefix}…) was withdrawn in {when}.{where}"


END_UNKNOWN = "Whether it is still in use cannot be read from the list."


def without_position(prefix: str) -> str:
    """A postcode the list has no place for."""
    return f"The official list has your postcode ({prefix}…) without a position, so its exact ward is not known."


def without_ward(prefix: str) -> str:
    """A postcode the list has a place for, in no ward that is known here."""
    return (
        f"The official list has your postcode ({prefix}…) with a position and no ward that is known here, so its "
        "exact ward is not known."
    )


def in_the_city(prefix: str) -> str:
    """A postcode of the City of London."""
    return (
        f"Your postcode ({prefix}…) is in the City of London, which has its own police force and is not covered here."
    )


THE_CITY = (
    "The City of London has its own police force, the City of London Police, and is not covered here: this site is "
    "about the 32 boroughs that the Metropolitan Police serves."
)


def outside_london(prefix: str) -> str:
    """A postcode elsewhere."""
    return f"Your postcode ({prefix}…) is not in the 32 London boroughs, which is all this site covers."


def not_in_list(prefix: str, source: str) -> str:
    """A postcode the list does not have."""
    return f"Your postcode ({prefix}…) is not in {source}: it may be newer, or mistyped."


# ---------------------------------------------------------------- parts of postcodes, and positions

NOT_A_POSTCODE = "That is not a postcode. A postcode looks like NW1 1AA; its first part, such as NW1, is enough."
NOT_IN_LONDON = (
    "No postcode beginning {outward} was in use in the 32 London boroughs in August 2014, the date of our "
    "list: it is not in London, or newer."
)
CITY_OF_LONDON = (
    "{prefix} is not in our list. {outward} is wholly or partly in the City of London, which has its own "
    "police force and is not covered here, so this may be a City postcode; or it may be newer than our list, "
    "which is of August 2014."
)
CITY_CAVEAT = (
    "Part of {outward} is in the City of London, which has its own police force and is not covered here: its "
    "postcodes are not in these shares."
)
UNKNOWN = (
    "No postcode beginning {prefix} was in use in London in August 2014, the date of our list. It may be "
    "newer: try {outward} alone, or the name of your ward."
)


def not_read_here(notation: str) -> str:
    """A place written in a way that is not read here: "a grid reference"."""
    return f"That looks like {notation}, which is not read here. Type a postcode, or the name of a ward or borough."


NOT_A_POSITION = "That is not a position. A position looks like 51.55, -0.14: degrees north, then degrees east."
OUTSIDE_LONDON = "That position is not in London: it is more than 10 km from the centre of any London ward."
