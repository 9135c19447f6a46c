"""Arguments of exhibits that name a borough."""

from __future__ import annotations

from transparency.exhibits.files import Argument
from transparency.places.queries import find_borough


def a_borough(argument: str = "borough_code") -> Argument:
    """The code of a borough."""
    return Argument(argument, lambda store, text: find_borough(store, text).borough_code)


def some_boroughs(argument: str = "codes") -> Argument:
    """Codes of boroughs parted by commas."""
    return Argument(
        argument, lambda store, text: tuple(find_borough(store, code).borough_code for code in text.split(","))
    )
