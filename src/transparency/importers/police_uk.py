"""Today's ward teams as police.uk lists them: counts by rank, contacts, places, events and priorities.

The service is described at https://data.police.uk/docs/. Names and biographies of officers are read and dropped: of
people only the ranks are kept, and a name met again in another text of the same ward is struck out before anything
is written, in the kept answers too. Prose is HTML and reduced to text; an address, a number and a date are kept as they
were written. A neighbourhood of the Met is a ward's code, since 2022 with an N after it.

A *run* is a folder of answers, one file for each ward, written when all of a ward has come and has been judged; a bad
answer is asked for again by the next run. A run that was broken off goes on with the wards it lacks; its as-at date is
the day it began. `listed_tables` makes tables of a complete run only.
"""

from __future__ import annotations

import html
import json
import math
import re
import shutil
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import html_text

from transparency.core.errors import ImportRefusedError
from transparency.core.files import replace_file
from transparency.core.text import each_text, is_spreadsheet_error, without_control_characters
from transparency.core.vocabulary import LONDON_TIME
from transparency.importers.officer_names import name_striker
from transparency.importers.polite import PoliteClient
from transparency.importers.ranks import rank_kind

BASE_URL = "https://data.police.uk/api"
FORCE = "metropolitan"
REQUESTS_PER_SECOND = 15
WORKERS = 4
# Of the wards in force, at least this share must be listed for a list to be believed.
LEAST_LISTED = 0.9
LONGEST_TEXT = 2000
LIST_FILE = "neighbourhoods.json"

_TEAM = frozenset({"id", "name", "contact_details", "locations"})
_LOCATION = ("name", "type", "address", "postcode", "telephone", "description", "latitude", "longitude")
_EVENT = ("title", "type", "description", "address", "start_date", "end_date")
_PRIORITY = ("issue", "issue-date", "action", "action-date")
# What the service writes as HTML; anything else is text, and "&" in it is "&".
_HTML = frozenset({"name", "title", "description", "issue", "action"})

_ID = re.compile(r"(E05\d{6})(N?)")
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_TAG = re.compile(r"</?[a-zA-Z][^>]*>|<!--")
_NO_ENTITY = re.compile(r"&(?!(?:#\d+|#x[0-9a-f]+|[a-z]+[0-9]*);)", re.IGNORECASE)


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
        return _read(self.folder / LIST_FILE)

    def answers(self) -> Iterator[dict[str, Any]]:
        """What came of each ward, by code; raises ImportRefusedError while one is missing."""
        missing = [code for code in self.listed if not self.path_of(code).exists()]
        if missing:
            raise ImportRefusedError(f"{len(missing)} wards have not been fetched yet: run the command again.")
        for code in sorted(self.listed):
            yield _read(self.path_of(code))


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


def discard_run(run: Run) -> None:
    """Forget answers that could not be published, so that the next run asks again."""
    shutil.rmtree(run.folder)


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
    """Everything about one ward, judged, without names, written at once."""
    address = f"{base_url}/{FORCE}/{neighbourhood_id}"
    team = _judged_team(client.json(address), address)
    people, events, priorities = (
        _judged_list(client.json(f"{address}/{of}"), f"{address}/{of}") for of in ("people", "events", "priorities")
    )
    kept = _Keeper()
    persons = kept.objects(people, "person")
    strike_out = name_striker(
        [_prose(name) for _, person in persons or () if isinstance(name := person.get("name"), str)]
    )
    answers = {
        "ward_code": ward_code,
        "neighbourhood_id": neighbourhood_id,
        "fetched_at": datetime.now(LONDON_TIME).isoformat(timespec="seconds"),
        "team": kept.team(team),
        "ranks": None
        if persons is None
        else [_rank(kept.text(person, "rank", where), strike_out) for where, person in persons],
        "events": kept.records(events, "event", _EVENT),
        "priorities": kept.records(priorities, "priority", _PRIORITY),
    }
    _write(run.path_of(ward_code), each_text(answers | {"odd": kept.odd}, strike_out))


def _rank(listed: str | None, strike_out: Callable[[str], str]) -> str | None:
    """A rank as it is listed, or its kind where what is listed holds a name."""
    return listed if listed is None or strike_out(listed) == listed else rank_kind(listed)


def _judged_team(answer: object, address: str) -> dict[str, Any] | None:
    """A team, or None where the service has none; raises ImportRefusedError for anything else."""
    if answer is None or (isinstance(answer, dict) and answer.keys() & _TEAM):
        return answer
    raise _not_as_expected(answer, address, "a team")


def _judged_list(answer: object, address: str) -> list[Any] | None:
    """A list, or None where the service has none; raises ImportRefusedError for anything else."""
    if answer is None or isinstance(answer, list):
        return answer
    raise _not_as_expected(answer, address, "a list")


def _not_as_expected(answer: object, address: str, expected: str) -> ImportRefusedError:
    return ImportRefusedError(
        f"{address} answered with {json_kind(answer)} where {expected} is expected. That answer is not kept, what came "
        "before it is: run the command again later. Nothing was published."
    )


def json_kind(value: object) -> str:
    """What a value of JSON is, in words."""
    if isinstance(value, dict):
        return "an object" if value else "an empty object"
    if isinstance(value, list):
        return "a list"
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    return "a text" if isinstance(value, str) else "a number"


@dataclass
class _Keeper:
    """Takes out of a ward's answers what is kept; `odd` names what was of another kind than the service describes."""

    odd: list[str] = field(default_factory=list)

    def objects(self, answer: object, noun: str) -> list[tuple[str, dict[str, Any]]] | None:
        """The objects of a list, each with its place in words; None where there is no list."""
        if answer is not None and not isinstance(answer, list):
            self.odd.append(f"the list of {noun}s is {json_kind(answer)}")
        if not isinstance(answer, list):
            return None
        found = []
        for number, item in enumerate(answer, start=1):
            if isinstance(item, dict):
                found.append((f"{noun} {number}", item))
            else:
                self.odd.append(f"{noun} {number} is {json_kind(item)}")
        return found

    def records(self, answer: object, noun: str, names: Sequence[str]) -> list[dict[str, str | None]] | None:
        """The named texts of each object of a list; None where there is no list."""
        found = self.objects(answer, noun)
        return None if found is None else [{n: self.text(item, n, where) for n in names} for where, item in found]

    def text(self, item: dict[str, Any], name: str, where: str) -> str | None:
        """A text of an object as one line, HTML reduced to text; None where there is none that can be kept."""
        value = item.get(name)
        if value is None:
            return None
        if isinstance(value, dict | list | bool) or (isinstance(value, float) and not math.isfinite(value)):
            self.odd.append(f"{name} of {where} is {json_kind(value)}")
            return None
        line = _prose(str(value)) if name in _HTML else _line(str(value))
        if len(line) > LONGEST_TEXT and name in _HTML:
            return line[: LONGEST_TEXT - 1] + "…"
        if len(line) > LONGEST_TEXT or is_spreadsheet_error(line):
            self.odd.append(f"{name} of {where} is {line if len(line) < LONGEST_TEXT else 'too long'}")
            return None
        return line or None

    def team(self, team: dict[str, Any] | None) -> dict[str, Any] | None:
        """The team without its description, which is a text about people as often as not."""
        if team is None:
            return None
        return {
            "name": self.text(team, "name", "team"),
            "contacts": self.contacts(team.get("contact_details")),
            "locations": self.records(team.get("locations"), "location", _LOCATION),
        }

    def contacts(self, details: object) -> list[dict[str, str]] | None:
        """The channels that lead anywhere; None where the service named none."""
        if details is not None and not isinstance(details, dict):
            self.odd.append(f"contact_details is {json_kind(details)}")
        if not isinstance(details, dict):
            return None
        found: dict[str, str] = {}
        for number, (named, value) in enumerate(details.items(), start=1):
            channel = re.sub(r"[^a-z0-9]+", "_", named.casefold()).strip("_") or "other"
            contact = self.text({"address": value}, "address", f"contact {number}")
            if contact is not None and channel in found:
                self.odd.append(f"contact {number} is of the same channel as another")
            elif contact is not None:
                found[channel] = contact
        return [{"channel": channel, "contact": contact} for channel, contact in found.items()]


def _line(text: str) -> str:
    """A text in one line, without control characters."""
    return " ".join(without_control_characters(text, "").split())


def _prose(text: str) -> str:
    """HTML or text as one line of text; "&" begins an entity only where a semicolon ends it."""
    line = _line(text)
    if _TAG.search(line):
        line = html_text.extract_text(_NO_ENTITY.sub("&amp;", line), guess_layout=False)
    elif "&" in line:
        line = html.unescape(_NO_ENTITY.sub("&amp;", line))
    return unicodedata.normalize("NFC", _line(line))


def _read(path: Path) -> dict[str, Any]:
    """What was written; raises ImportRefusedError, and forgets it, where it is damaged."""
    try:
        written = json.loads(path.read_text(encoding="utf-8"))
        if isinstance(written, dict):
            return written
    except (ValueError, RecursionError):
        pass
    path.unlink()
    raise ImportRefusedError(f"{path.name} of an earlier run was damaged and is removed: run the command again.")


def _write(path: Path, value: object) -> None:
    """Written so that what is there is complete."""
    replace_file(path, json.dumps(value, ensure_ascii=False, indent=1).encode())
