"""Ring-fencing: the share of ward officers' recorded time abstracted, by place, month, type and ward."""

from transparency.core.text import DEMONSTRATION_POINTER
from transparency.core.vocabulary import LONDON_CODE
from transparency.exhibits.html import render
from transparency.months.queries import PlaceKind, places
from transparency.months.sentences import HOW_TO_IMPORT, NOT_IMPORTED, SHARE_CAVEAT
from transparency.months.time import (
    extra_exhibit,
    months_exhibit,
    need_exhibit,
    newest_share,
    places_exhibit,
    spread_exhibit,
    statements_exhibit,
    types_exhibit,
    wards_exhibit,
)
from transparency.outlets.dashboard.citation import cite
from transparency.outlets.dashboard.exhibits import fragment, in_one_piece, show
from transparency.outlets.dashboard.frame import page_frame, part
from transparency.outlets.dashboard.memory import remembered
from transparency.outlets.dashboard.pickers import PLACE_PARAMETER, chosen_day, chosen_place, picker

with page_frame() as store:
    place = chosen_place(store)
    fragment(render("ring_fencing_head.html", place=place.name))
    day = chosen_day()
    monthly = remembered(store, months_exhibit, day, place.code)
    with part("The choice of a place"):
        if monthly is not None or place.code != LONDON_CODE:
            names = {each.code: each.name for each in remembered(store, places) if each.kind is not PlaceKind.LONDON}
            asked = None if place.code == LONDON_CODE else place.code
            picker("Place", PLACE_PARAMETER, names | {place.code: place.name} if asked else names, asked, "London")
    with in_one_piece():
        with part("The newest month"):
            sentence = remembered(store, newest_share, day, place.code)
            if sentence is not None:
                fragment(render("verdict.html", sentence=sentence, lines=[SHARE_CAVEAT]))
            elif remembered(store, places_exhibit, day) is not None:
                no_time = f"No recorded time that is its own alone is published for {place.name}."
                fragment(render("verdict.html", sentence=no_time, lines=[]))
            else:
                pointer = [] if store.is_demonstration else [DEMONSTRATION_POINTER]
                fragment(render("verdict.html", sentence=NOT_IMPORTED, lines=[HOW_TO_IMPORT, *pointer]))
        with part("The months"):
            if monthly is not None:
                show(monthly, is_table_open=False)
                cite(store, sentence or monthly.headline, day, monthly.sources)
        with part("The statements published before"):
            statements = remembered(store, statements_exhibit, day)
            if statements is not None:
                show(statements)
        for name, make, is_table_open in (
            ("The types of activity", types_exhibit, True),
            ("The wards most and least affected", wards_exhibit, True),
            ("The spread of the wards", spread_exhibit, False),
        ):
            with part(name):
                exhibit = remembered(store, make, day, place.code)
                if exhibit is not None:
                    show(exhibit, is_table_open=is_table_open)
        if place.code == LONDON_CODE:
            for name, make_of_london in (
                ("The boroughs and command units", places_exhibit),
                ("Where extra officers go", extra_exhibit),
                ("The question of need", need_exhibit),
            ):
                with part(name):
                    of_london = remembered(store, make_of_london, day)
                    if of_london is not None:
                        show(of_london)
