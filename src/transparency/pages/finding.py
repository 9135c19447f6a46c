"""What the box finds for anything typed into it, on every page that has it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from transparency.core.vocabulary import today
from transparency.counters.queries import nearest_counters_of
from transparency.counters.sentences import whichever_words
from transparency.places.lookup import Answer, answer_position, answer_postcode, answer_text
from transparency.places.postcodes import QueryKind, read_query
from transparency.places.search import shared_index
from transparency.store.store import Store

_OF_POSTCODES = (QueryKind.POSTCODE, QueryKind.PREFIX, QueryKind.SECTOR, QueryKind.OUTWARD)


def found(store: Store, typed: str, day: date | None = None) -> Answer:
    """Wards, boroughs and sites for a name; for a postcode or position the wards it may be in."""
    query = read_query(typed)
    if query.kind is QueryKind.POSITION:
        return answer_position(store, query)
    if query.kind in _OF_POSTCODES:
        return _with_counter(store, answer_postcode(store, typed, day), day or today())
    return answer_text(shared_index(store), typed)


def _with_counter(store: Store, answer: Answer, day: date) -> Answer:
    """With the counter nearest to each of the wards that a postcode may be in."""
    if answer.picture is None:
        return answer
    codes = [choice.href.rpartition("=")[2] for choice in answer.choices]
    return replace(answer, whichever=whichever_words(nearest_counters_of(store, codes, day), len(codes)))
