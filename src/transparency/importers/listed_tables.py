"""Tables of a complete run of police.uk: what it listed of each ward as submissions, and a report of what is missing.

A day, an hour and a position are read as such. A value that cannot be read is named in the report by its ward and its
place in the service's list.
"""

from __future__ import annotations

import csv
import io
import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time
from typing import Any

from transparency.core.text import harmless
from transparency.core.vocabulary import LONDON_TIME
from transparency.importers.police_uk import Run
from transparency.importers.ranks import rank_kind
from transparency.store.descriptors import dataset

TABLES = (
    "police_uk_teams",
    "police_uk_people",
    "police_uk_contacts",
    "police_uk_locations",
    "police_uk_events",
    "police_uk_priorities",
)
MOST_NAMED = 5
# The degrees between which Britain lies; some places are listed at 0, 0.
LATITUDES, LONGITUDES = (49, 61), (-9, 3)

_DEGREES = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:e[+-]?[0-9]+)?", re.IGNORECASE)
_DAY_FIRST = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})(?:[ T]+(\d{1,2}:\d{2}(?::\d{2})?))?", re.ASCII)


@dataclass(frozen=True)
class ListedTables:
    """The submissions of a run, one CSV for each dataset that has a row, and what its report says."""

    tables: dict[str, bytes]
    notes: tuple[str, ...]


def listed_tables(run: Run, wards: set[str]) -> ListedTables:
    """The tables of a run and its report; raises ImportRefusedError while a ward is missing."""
    rows: dict[str, list[dict[str, Any]]] = {name: [] for name in TABLES}
    unread: dict[str, list[str]] = {}
    answers = list(run.answers())
    for answer in answers:
        ward = _Ward(answer)
        for name, found in ward.tables().items():
            rows[name] += found
        for rule, places in ward.unread.items():
            unread.setdefault(rule, []).extend(f"{ward.code} {place}" for place in places)
    tables = {name: _csv(name, found) for name, found in rows.items() if found}
    return ListedTables(tables, (*_report(run, answers, wards), *(_named(*item) for item in unread.items())))


EVENT_LEFT_OUT = "Events left out, without a day that can be read"
END_UNREAD = "Events listed without their end, which cannot be read"
END_BEFORE = "Events that end before they begin, published as they are listed"
PLACE_UNREAD = "Places listed without a position, which cannot be read or is not in Britain"
PRIORITY_UNREAD = "Days of priorities left blank, which cannot be read"
ODD = "Values left out, not of the kind that the service describes"


@dataclass
class _Ward:
    """What a ward's answers give for each table; `unread` names what could not be read, by what became of it."""

    answer: dict[str, Any]
    unread: dict[str, list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for place in self.answer["odd"]:
            self._name(ODD, place)

    @property
    def code(self) -> str:
        code: str = self.answer["ward_code"]
        return code

    def tables(self) -> dict[str, list[dict[str, Any]]]:
        """The ward's rows of each table; a part that was not answered is counted as not known."""
        team, ranks = self.answer["team"], self.answer["ranks"]
        contacts, locations = (team["contacts"], team["locations"]) if team else (None, None)
        events, priorities = self.answer["events"], self.answer["priorities"]
        summary = {
            "neighbourhood_id": self.answer["neighbourhood_id"],
            "team_name": team["name"] if team else None,
            "people_count": _count(ranks),
            "contacts_count": _count(contacts),
            "locations_count": _count(locations),
            "events_count": _count(events),
            "priorities_count": _count(priorities),
        }
        found = {
            "police_uk_teams": [summary],
            "police_uk_people": _people(ranks or ()),
            "police_uk_contacts": contacts or [],
            "police_uk_locations": _numbered("location", self._locations(locations or ())),
            "police_uk_events": _numbered("event", sorted(self._events(events or ()), key=_by_day)),
            "police_uk_priorities": _numbered("priority", self._priorities(priorities or ())),
        }
        return {name: [{"ward_code": self.code, **row} for row in rows] for name, rows in found.items()}

    def _locations(self, items: Sequence[dict[str, str | None]]) -> Iterator[dict[str, Any]]:
        for number, item in enumerate(items, start=1):
            given = item["latitude"], item["longitude"]
            position = _degrees(given[0], LATITUDES), _degrees(given[1], LONGITUDES)
            is_placed = None not in position
            if any(given) and not is_placed:
                self._name(PLACE_UNREAD, f"location {number} ({given[0] or 'blank'}, {given[1] or 'blank'})")
            yield {
                "location_name": item["name"],
                "location_kind": item["type"],
                "address": item["address"],
                "postcode": item["postcode"],
                "telephone": item["telephone"],
                "description": item["description"],
                "lat": position[0] if is_placed else None,
                "lon": position[1] if is_placed else None,
            }

    def _events(self, items: Sequence[dict[str, str | None]]) -> Iterator[dict[str, Any]]:
        """The events that have a day; one without cannot be listed as coming and is left out."""
        for number, item in enumerate(items, start=1):
            starts, ends = _moment(item["start_date"]), _moment(item["end_date"])
            if starts is None:
                self._name(EVENT_LEFT_OUT, f"event {number} ({item['start_date'] or 'blank'})")
                continue
            if ends is None and item["end_date"]:
                self._name(END_UNREAD, f"event {number} ({item['end_date']})")
            if ends is not None and (ends.date(), _hour(ends) or "24:00") < (starts.date(), _hour(starts) or "00:00"):
                self._name(END_BEFORE, f"event {number} ({item['start_date']} to {item['end_date']})")
            yield {
                "event_title": item["title"] or item["type"] or "Event",
                "event_kind": item["type"],
                "description": item["description"],
                "address": item["address"],
                "event_on": starts.date().isoformat(),
                "start_time": _hour(starts),
                "end_on": ends.date().isoformat() if ends else None,
                "end_time": _hour(ends) if ends else None,
            }

    def _priorities(self, items: Sequence[dict[str, str | None]]) -> Iterator[dict[str, Any]]:
        for number, item in enumerate(items, start=1):
            days = []
            for name in ("issue-date", "action-date"):
                moment = _moment(item[name])
                if moment is None and item[name]:
                    self._name(PRIORITY_UNREAD, f"{name} of priority {number} ({item[name]})")
                days.append(moment.date().isoformat() if moment else None)
            yield {"issue": item["issue"], "issued_on": days[0], "action": item["action"], "action_on": days[1]}

    def _name(self, rule: str, place: str) -> None:
        self.unread.setdefault(rule, []).append(place[:120])


def _count(listed: Sequence[object] | None) -> int | None:
    return None if listed is None else len(listed)


def _people(ranks: Iterable[str | None]) -> list[dict[str, Any]]:
    """How many of each rank, as spelt and by kind."""
    counted = Counter(rank or "not given" for rank in ranks)
    return [
        {"rank": rank_kind(listed), "rank_listed": listed, "people_count": count}
        for listed, count in sorted(counted.items())
    ]


def _degrees(text: str | None, limits: tuple[int, int]) -> str | None:
    """Degrees within the limits, to six places; None for another number or another text."""
    if text is None or not _DEGREES.fullmatch(text):
        return None
    degrees = float(text)
    return f"{degrees:.6f}" if math.isfinite(degrees) and limits[0] < degrees < limits[1] else None


def _moment(text: str | None) -> datetime | None:
    """A moment in London's time: in ISO 8601, or day first as it is written in Britain; None for another text."""
    if text is None or not text.isascii():
        return None
    if day_first := _DAY_FIRST.fullmatch(text):
        day, month, year, hour = day_first.groups()
        text = f"{year}-{month:0>2}-{day:0>2}T{hour or '00:00':0>5}"
    try:
        moment = datetime.fromisoformat(text)
        return (
            moment.replace(tzinfo=None)
            if moment.tzinfo is None
            else moment.astimezone(LONDON_TIME).replace(tzinfo=None)
        )
    except (ValueError, OverflowError):
        return None


def _hour(moment: datetime) -> str | None:
    """The hour of a moment; midnight is taken for no hour."""
    return None if moment.time() == time.min else f"{moment:%H:%M}"


def _by_day(row: dict[str, Any]) -> tuple[str, str]:
    return row["event_on"], row["start_time"] or ""


def _numbered(noun: str, rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{f"{noun}_number": number, **row} for number, row in enumerate(rows, start=1)]


def _csv(name: str, rows: Sequence[dict[str, Any]]) -> bytes:
    """Rows as a submission, numbers as numbers and texts so that no spreadsheet runs one."""
    numbers = {described.name for described in dataset(name).fields if described.type != "string"}
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, dataset(name).column_names, lineterminator="\n")
    writer.writeheader()
    writer.writerows({key: cell if key in numbers else harmless(cell) for key, cell in row.items()} for row in rows)
    return text.getvalue().encode()


# ---------------------------------------------------------------- the report


def _report(run: Run, answers: Sequence[dict[str, Any]], wards: set[str]) -> Iterator[str]:
    """What a complete run contains and lacks."""
    unlisted = sorted(wards - run.listed.keys())
    nobody = sum(1 for answer in answers if answer["ranks"] == [])
    unanswered = sum(1 for answer in answers if answer["ranks"] is None)
    yield f"{len(answers)} of {len(wards)} wards fetched, as at {run.as_at.day} {run.as_at:%B %Y}."
    if unlisted:
        yield f"police.uk lists no team for {len(unlisted)} wards: {', '.join(unlisted[:20])}."
    yield f"{nobody} wards with nobody listed, {unanswered} whose list of people is not there."


def _named(rule: str, places: Sequence[str]) -> str:
    """How many values a rule is about, the first of them by name, and how many more."""
    more = len(places) - MOST_NAMED
    named = [*places[:MOST_NAMED], *([f"and {more} more"] if more > 0 else [])]
    return f"{rule}: {len(places)} ({'; '.join(named)})."
