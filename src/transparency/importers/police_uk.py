"""Today's ward teams as police.uk lists them: counts by rank, contacts, places, events and priorities.

The service is described at https://data.police.uk/docs/. Names and biographies of officers are read and dropped: of
people only the ranks are kept, and a name met again in another text of the same ward is struck out before anything
is written, in the kept answers too. HTML is reduced to text. A neighbourhood of the Met is a ward's code, since 2022
with an N after it.

A *run* is a folder of answers, one file for each ward, written when all of a ward has come. A run that was broken
off goes on with the wards it lacks; its as-at date is the day it began. Tables are made of a complete run only.
"""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import html_text

from transparency.core.errors import ImportRefusedError
from transparency.core.text import FORMULA_STARTS
from transparency.core.vocabulary import LONDON_TIME
from transparency.importers.polite import PoliteClient
from transparency.store.descriptors import dataset

BASE_URL = "https://data.police.uk/api"
FORCE = "metropolitan"
REQUESTS_PER_SECOND = 15
WORKERS = 4
# Of the wards in force, at least this share must be listed for a list to be believed.
LEAST_LISTED = 0.9
LONGEST_TEXT = 2000
LIST_FILE = "neighbourhoods.json"
STRUCK_OUT = "[an officer]"

_ID = re.compile(r"(E05\d{6})(N?)")
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_RANK_KINDS = (
    ("pcso", re.compile(r"\bpcsos?\b|community support")),
    ("inspector", re.compile(r"\b(?:chief )?insp(?:ector)?\b")),
    ("sergeant", re.compile(r"\b(?:sgt|ps|skipper)\b|sergeant|\bserg\b")),
    ("special_constable", re.compile(r"\bspecial\b|\bmsc\b")),
    ("constable", re.compile(r"\bpcs?\b|constable|\bdwo\b|ward officer")),
)
# A title and one or two words with capitals, but for those that go on otherwise ("PCSO Surgery").
_TITLED_NAME = re.compile(
    r"\b(?:PCSO|PC|PS|Sgt|Sergeant|Insp|Inspector|Constable)\.?\s+(?:[A-Z]\.?\s+)?"
    r"(?!(?:Teams?|Surger(?:y|ies)|Drop|Contacts?|Patrols?|Street|Road|And|Or|Will|Is|Are)\b)"
    r"[A-Z][\w'’-]+(?:\s+[A-Z][\w'’-]+)?"
)
_TITLES = r"(?:PCSO|PC|PS|SC|Sgt|Sergeant|Insp|Inspector|Constable|Officer|Mr|Mrs|Ms|Miss)"


@dataclass(frozen=True)
class Run:
    """The answers of one fetch and the day it began."""

    folder: Path
    as_at: date

    def path_of(self, ward_code: str) -> Path:
        """Where the answers about a ward are kept."""
        return self.folder / f"{ward_code}.json"

    @property
    def listed(self) -> dict[str, str]:
        """The neighbourhood of each ward, as the service listed them."""
        found: dict[str, str] = json.loads((self.folder / LIST_FILE).read_text(encoding="utf-8"))
        return found

    def answers(self) -> Iterator[dict[str, Any]]:
        """What came of each ward, by code; raises ImportRefusedError while one is missing."""
        missing = [code for code in self.listed if not self.path_of(code).exists()]
        if missing:
            raise ImportRefusedError(f"{len(missing)} wards have not been fetched yet: run the command again.")
        for code in sorted(self.listed):
            yield json.loads(self.path_of(code).read_text(encoding="utf-8"))


def open_run(top: Path, day: date) -> Run:
    """The run that was broken off yesterday or today, or a new one; one of an earlier day is given up."""
    for folder in sorted(top.iterdir(), reverse=True):
        if not _ISO_DAY.fullmatch(folder.name):
            continue
        began = date.fromisoformat(folder.name)
        if day - timedelta(days=1) <= began <= day:
            return Run(folder, began)
        shutil.rmtree(folder)
    folder = top / day.isoformat()
    folder.mkdir()
    return Run(folder, day)


def close_run(run: Run, snapshot_name: str) -> None:
    """Keep the answers under the name of the snapshot made of them."""
    kept = run.folder.with_name(snapshot_name)
    if kept.exists():
        shutil.rmtree(kept)
    run.folder.rename(kept)


# ---------------------------------------------------------------- asking


def fetch(client: PoliteClient, run: Run, wards: set[str], base_url: str, on_step: Callable[[str], None]) -> None:
    """Ask for every ward the run lacks; raises ImportRefusedError when the list or a ward cannot be had."""
    if not (run.folder / LIST_FILE).exists():
        _write(run.folder / LIST_FILE, _listed_wards(client.json(f"{base_url}/{FORCE}/neighbourhoods"), wards))
    listed = run.listed
    wanted = [code for code in sorted(listed) if not run.path_of(code).exists()]
    done = len(listed) - len(wanted)
    if done:
        on_step(f"{done} wards are here already")
    with ThreadPoolExecutor(WORKERS) as pool:
        asked = [pool.submit(_fetch_ward, client, run, base_url, code, listed[code]) for code in wanted]
        try:
            for answered in as_completed(asked):
                answered.result()
                done += 1
                on_step(f"Ward {done} of {len(listed)}")
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _listed_wards(answer: object, wards: set[str]) -> dict[str, str]:
    """The neighbourhood of each ward in force; where a ward stands with and without N, the one with it."""
    found: dict[str, str] = {}
    for item in answer if isinstance(answer, list) else []:
        match = _ID.fullmatch(str(item.get("id", "") if isinstance(item, dict) else "").strip())
        if match and match[1] in wards and (match[1] not in found or match[2]):
            found[match[1]] = match[0]
    if not wards or len(found) < LEAST_LISTED * len(wards):
        raise ImportRefusedError(
            f"police.uk lists {len(found)} of the {len(wards)} wards in force, too few to be the whole list. "
            "Try again later. Nothing was published."
        )
    return found


def _fetch_ward(client: PoliteClient, run: Run, base_url: str, ward_code: str, neighbourhood_id: str) -> None:
    """Everything about one ward, without names, written at once."""
    address = f"{base_url}/{FORCE}/{neighbourhood_id}"
    team = client.json(address)
    people = client.json(f"{address}/people")
    events = client.json(f"{address}/events")
    priorities = client.json(f"{address}/priorities")
    strike_out = _name_striker(_objects(people))
    kept = {
        "ward_code": ward_code,
        "neighbourhood_id": neighbourhood_id,
        "fetched_at": datetime.now(LONDON_TIME).isoformat(timespec="seconds"),
        "team": _kept_team(team) if isinstance(team, dict) else None,
        "ranks": [_text(person.get("rank"), 80) for person in people] if isinstance(people, list) else None,
        "events": _kept(events, ("title", "type", "description", "address", "start_date", "end_date")),
        "priorities": _kept(priorities, ("issue", "issue-date", "action", "action-date")),
    }
    _write(run.path_of(ward_code), _each_text(kept, strike_out))


def _kept_team(team: dict[str, Any]) -> dict[str, Any]:
    """The team without its description, which is a text about people as often as not."""
    contacts = team.get("contact_details")
    return {
        "name": _text(team.get("name"), 200),
        "contact_details": {
            str(channel): text
            for channel, value in (contacts.items() if isinstance(contacts, dict) else ())
            if (text := _text(value, 500))
        },
        "locations": _kept(
            team.get("locations"),
            ("name", "type", "address", "postcode", "telephone", "description", "latitude", "longitude"),
        ),
    }


def _kept(answer: object, names: Sequence[str]) -> list[dict[str, str | None]] | None:
    """The named texts of each object of a list; None where there was no list."""
    if not isinstance(answer, list):
        return None
    return [{name: _text(item.get(name), LONGEST_TEXT) for name in names} for item in _objects(answer)]


def _objects(answer: object) -> list[dict[str, Any]]:
    return [item for item in answer if isinstance(item, dict)] if isinstance(answer, list) else []


def _text(value: object, longest: int) -> str | None:
    """HTML or text as one line of plain text that no spreadsheet takes for a formula; None where nothing is left."""
    if value is None or isinstance(value, dict | list):
        return None
    raw = "".join(character for character in str(value) if character.isprintable() or character.isspace())
    line = " ".join(html_text.extract_text(raw).split()) if "<" in raw or "&" in raw else " ".join(raw.split())
    if re.match(r"\+\d", line):
        # An international number: 00 is dialled where + is written.
        line = "00" + line[1:]
    line = line.lstrip("".join(FORMULA_STARTS) + " ")
    return line[: longest - 1] + "…" if len(line) > longest else line or None


def _name_striker(people: Iterable[dict[str, Any]]) -> Callable[[str], str]:
    """A function that strikes officers out of a text: the listed people's full names, and any name after a title.

    The second also meets those of another ward, and of a ward whose list of people was not there.
    """
    patterns = []
    for person in people:
        words = re.findall(r"[\w'’-]+", _text(person.get("name"), 200) or "")
        own = [re.escape(word) for word in words if not re.fullmatch(_TITLES, word, re.IGNORECASE)]
        if len(own) > 1:
            patterns.append(r"[\W_]+".join(own))
        if own:
            patterns.append(rf"{_TITLES}[\W_]+(?:\w+\s+)?{own[-1]}")
    listed = re.compile(rf"(?<!\w)(?:{_TITLES}[\W_]+)?(?:{'|'.join(patterns)})(?!\w)", re.IGNORECASE)

    def strike_out(text: str) -> str:
        without_listed = listed.sub(STRUCK_OUT, text) if patterns else text
        return _TITLED_NAME.sub(STRUCK_OUT, without_listed)

    return strike_out


def _each_text(value: Any, change: Callable[[str], str]) -> Any:
    """The same structure with each text in it changed."""
    if isinstance(value, dict):
        return {key: _each_text(item, change) for key, item in value.items()}
    if isinstance(value, list):
        return [_each_text(item, change) for item in value]
    return change(value) if isinstance(value, str) else value


def _write(path: Path, value: object) -> None:
    """Written under another name and renamed, so that what is there is complete."""
    part = path.with_suffix(".part")
    part.write_text(json.dumps(value, ensure_ascii=False, indent=1), encoding="utf-8")
    part.replace(path)


# ---------------------------------------------------------------- tables


def tables(run: Run) -> dict[str, bytes]:
    """The run as submissions, one CSV for each dataset that has a row; raises ImportRefusedError if incomplete."""
    rows: dict[str, list[dict[str, Any]]] = {
        name: []
        for name in (
            *("police_uk_teams", "police_uk_people", "police_uk_contacts"),
            *("police_uk_locations", "police_uk_events", "police_uk_priorities"),
        )
    }
    for answer in run.answers():
        for name, found in _rows_of(answer).items():
            rows[name] += found
    return {name: _csv(name, found) for name, found in rows.items() if found}


def _rows_of(answer: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    code, team = answer["ward_code"], answer["team"]
    contacts = [
        {"channel": _channel(channel), "contact": contact}
        for channel, contact in (team["contact_details"] if team else {}).items()
    ]
    found = {
        "police_uk_people": _people(answer["ranks"]),
        "police_uk_contacts": list({row["channel"]: row for row in contacts}.values()) if team else None,
        "police_uk_locations": _numbered("location", map(_location, team["locations"] or [])) if team else None,
        "police_uk_events": _dated(answer["events"]),
        "police_uk_priorities": None
        if answer["priorities"] is None
        else _numbered("priority", map(_priority, answer["priorities"])),
    }
    counts = {
        f"{name.removeprefix('police_uk_')}_count": None if rows is None else len(rows) for name, rows in found.items()
    }
    counts["people_count"] = None if answer["ranks"] is None else len(answer["ranks"])
    summary = {"neighbourhood_id": answer["neighbourhood_id"], "team_name": team["name"] if team else None, **counts}
    tables = {"police_uk_teams": [summary], **{name: rows or [] for name, rows in found.items()}}
    return {name: [{"ward_code": code, **row} for row in rows] for name, rows in tables.items()}


def _people(ranks: Sequence[str | None] | None) -> list[dict[str, Any]] | None:
    """How many of each rank, as spelt and by kind."""
    if ranks is None:
        return None
    counted = Counter(rank or "not given" for rank in ranks)
    return [
        {"rank": rank_kind(listed), "rank_listed": listed, "people_count": count}
        for listed, count in sorted(counted.items())
    ]


def rank_kind(listed: str) -> str:
    """constable, pcso, sergeant, inspector, special_constable, other or not_given, however the rank is spelt."""
    if listed == "not given":
        return "not_given"
    spelt = re.sub(r"[^a-z ]", " ", re.sub(r"\.", "", listed.casefold()))
    return next((kind for kind, pattern in _RANK_KINDS if pattern.search(spelt)), "other")


def _channel(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", name.casefold()).strip("_") or "other"


def _location(item: dict[str, str | None]) -> dict[str, Any]:
    lat, lon = _degrees(item["latitude"], 49, 61), _degrees(item["longitude"], -9, 3)
    is_placed = lat is not None and lon is not None
    return {
        "location_name": item["name"],
        "location_kind": item["type"],
        "address": item["address"],
        "postcode": item["postcode"],
        "telephone": item["telephone"],
        "description": item["description"],
        "lat": lat if is_placed else None,
        "lon": lon if is_placed else None,
    }


def _degrees(text: str | None, least: float, most: float) -> str | None:
    """Degrees within Britain, or None: some places are listed at 0, 0."""
    try:
        degrees = float(text or "")
    except ValueError:
        return None
    return f"{degrees:.6f}" if least < degrees < most else None


def _dated(events: Sequence[dict[str, str | None]] | None) -> list[dict[str, Any]] | None:
    """Events in the order of their days; one without a day cannot be listed as coming and is left out."""
    if events is None:
        return None
    rows = []
    for item in events:
        event_on, start_time = _moment(item["start_date"])
        end_on, end_time = _moment(item["end_date"])
        if event_on is not None:
            rows.append(
                {
                    "event_title": item["title"] or item["type"] or "Event",
                    "event_kind": item["type"],
                    "description": item["description"],
                    "address": item["address"],
                    "event_on": event_on,
                    "start_time": start_time,
                    "end_on": end_on,
                    "end_time": end_time,
                }
            )
    return _numbered("event", sorted(rows, key=lambda row: (row["event_on"], row["start_time"] or "")))


def _priority(item: dict[str, str | None]) -> dict[str, Any]:
    return {
        "issue": item["issue"],
        "issued_on": _moment(item["issue-date"])[0],
        "action": item["action"],
        "action_on": _moment(item["action-date"])[0],
    }


def _moment(text: str | None) -> tuple[str | None, str | None]:
    """Day and hour of an ISO moment, in local time as the force writes it; midnight is taken for no hour."""
    try:
        moment = datetime.fromisoformat((text or "").strip())
    except ValueError:
        return None, None
    if moment.tzinfo is not None:
        moment = moment.astimezone(LONDON_TIME)
    return moment.date().isoformat(), None if moment.time() == time.min else f"{moment:%H:%M}"


def _numbered(noun: str, rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{f"{noun}_number": number, **row} for number, row in enumerate(rows, start=1)]


def _csv(name: str, rows: Sequence[dict[str, Any]]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, dataset(name).column_names, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def report(run: Run, wards: set[str]) -> tuple[str, ...]:
    """What a complete run contains and lacks."""
    answers = list(run.answers())
    unlisted = sorted(wards - run.listed.keys())
    nobody = sum(1 for answer in answers if answer["ranks"] == [])
    unanswered = sum(1 for answer in answers if answer["ranks"] is None)
    notes = [f"{len(answers)} of {len(wards)} wards fetched, as at {run.as_at.day} {run.as_at:%B %Y}."]
    if unlisted:
        notes.append(f"police.uk lists no team for {len(unlisted)} wards: {', '.join(unlisted[:20])}.")
    notes.append(f"{nobody} wards with nobody listed, {unanswered} whose list of people is not there.")
    return tuple(notes)
