"""Arguments of exhibits that name a borough or a ward."""

from __future__ import annotations

from transparency.core.vocabulary import LONDON_CODE
from transparency.exhibits.files import Argument
from transparency.places.queries import find_borough, find_ward


def a_borough(argument: str = "borough_code") -> Argument:
    """The code of a borough."""
    return Argument(argument, lambda store, text: find_borough(store, text).borough_code)


def a_borough_or_london(argument: str = "borough_code") -> Argument:
    """The code of a borough, or of London."""
    return Argument(
        argument, lambda store, text: text if text == LONDON_CODE else find_borough(store, text).borough_code
    )


def some_boroughs(argument: str = "codes") -> Argument:
    """Codes of boroughs parted by commas."""
    return Argument(
        argument, lambda store, text: tuple(find_borough(store, code).borough_code for code in text.split(","))
    )


def a_ward(argument: str = "ward_code") -> Argument:
    """The code of a ward."""
    return Argument(argument, lambda store, text: find_ward(store, text).ward_code)
