"""Every document of the site in a few characters each, so that a change of the code shows what else it changed.

    python -m tests.contracts.golden --write             rewrite tests/contracts/golden/<store>.txt
    python -m tests.contracts.golden --dump DIR          write every document as text below DIR, for `diff -r`
    python -m tests.contracts.golden --dump DIR --all    the same for every ward instead of a sample
    ... --store small_city                               of one store only

A line is the beginning of a SHA-256 and what it is of: one address, or all addresses of a kind in a borough or dataset.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import re
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from unittest import mock

import duckdb
import pypdf
from demo.build import build_demonstration

from tests.small_city import build_small_city
from transparency import __version__
from transparency.about import rules
from transparency.core.errors import TransparencyError
from transparency.core.project import EMBEDDED_DATA
from transparency.core.vocabulary import taking_for_today
from transparency.exhibits.document import PARQUET, XLSX, Document
from transparency.exhibits.files import EXHIBIT_FILES, exhibit_csv
from transparency.outlets import api
from transparency.outlets.export import exported, exported_documents, file_of
from transparency.outlets.handouts import borough_handouts, ward_handout
from transparency.outlets.openapi import openapi_document
from transparency.outlets.opening import opening
from transparency.outlets.plain import dated_paths, document_at
from transparency.pages.landing import LANDING
from transparency.pages.page import Asked
from transparency.store.database import open_store, write_database
from transparency.store.dataset_releases import LATEST
from transparency.store.store import Store

FOLDER = Path(__file__).parent / "golden"
SITE = "https://wards.example"
_ZIP = "application/zip"
_WARD = re.compile(r"E05\d{6}")
_BOROUGH = re.compile(r"E09\d{6}")
_DATED_FILE = re.compile(r"/data/([a-z0-9_]+)/\d{4}-.*")
# Of the wards of other boroughs, and of those boroughs, every so manieth is sampled.
_SPREAD, _BOROUGHS_SPREAD = 80, 8
# The newest rows of a table of more bytes than this as CSV are read as CSV alone; smaller tables are in every form.
_LARGE = 500_000
# All tables in one file are those of the small city: the others' are the same in their own files.
_ALL_TABLES = ("/data/transparency.zip", "/data/transparency.duckdb")

Documents = Iterator[tuple[str, bytes]]


@dataclass(frozen=True)
class Golden:
    """A store, the day it answers on where that is not its newest, and what is sampled of it."""

    build: Callable[[Path], Path]
    days: tuple[date, ...]
    boroughs: tuple[str, ...] | None = None  # None: every one
    today: date | None = None


def _demonstration(folder: Path) -> Path:
    build_demonstration(folder, first_month=date(2026, 6, 1))
    return folder


_DAYS = (date(2016, 12, 31), date(2017, 12, 28), date(2019, 6, 30), date(2023, 6, 30))
STORES = {
    "small_city": Golden(build_small_city, _DAYS, today=date(2026, 1, 15)),
    "embedded": Golden(lambda _: EMBEDDED_DATA, _DAYS, ("Camden", "Bromley")),
    "demonstration": Golden(_demonstration, _DAYS[::2], ("Camden",)),
}


@contextmanager
def _opened(name: str) -> Iterator[Store]:
    """The store on its day; what the tests of this copy found has no part in it."""
    golden = STORES[name]
    no_self_check = mock.patch.object(rules, "read_self_check", lambda: None)
    with tempfile.TemporaryDirectory() as folder, no_self_check:
        store = open_store(golden.build(Path(folder) / name))
        day = golden.today or store.newest_as_at
        assert day is not None
        with taking_for_today(day):
            yield store


def documents(name: str, is_whole: bool = False) -> Iterator[tuple[str, str, str]]:
    """Every document of a store as (group, address, text)."""
    golden = STORES[name]
    with _opened(name) as store:
        boroughs = {
            row["ward_code"]: row["borough_name"]
            for row in store.rows(
                " UNION ".join(
                    f"SELECT ward_code, borough_name FROM wards_{vintage} JOIN boroughs USING (borough_code)"
                    for vintage in (2014, 2018, 2022)
                )
            )
        }
        wards = sorted(boroughs)
        if golden.boroughs is not None and not is_whole:
            spread = wards[::_SPREAD]
            wards = [code for code in wards if boroughs[code] in golden.boroughs or code in spread]
        for address, text in _texts(store, golden, wards, is_whole):
            yield _group(address, boroughs), address, text


def collected(name: str) -> dict[str, str]:
    """The hash of every group of a store."""
    hashes: dict[str, list[str]] = {}
    for group, address, text in documents(name):
        hashes.setdefault(group, []).append(f"{address} {hashlib.sha256(text.encode()).hexdigest()}\n")
    return {
        f"{group} ({len(lines)})" if group != lines[0].split(" ")[0] else group: hashlib.sha256(
            "".join(sorted(lines)).encode()
        ).hexdigest()[:16]
        for group, lines in sorted(hashes.items())
    }


def stored(name: str) -> dict[str, str]:
    """The same as accepted before."""
    lines = (FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return {group: digest for digest, _, group in (line.partition("  ") for line in lines)}


def write(name: str) -> None:
    """Accept what there is now."""
    lines = [f"{digest}  {group}\n" for group, digest in collected(name).items()]
    FOLDER.mkdir(exist_ok=True)
    (FOLDER / f"{name}.txt").write_text("".join(lines), encoding="utf-8")


def dump(name: str, folder: Path, is_whole: bool = False) -> None:
    """Write every document as text below a folder."""
    for _, address, text in documents(name, is_whole):
        file = folder / name / (re.sub(r"[^\w./=-]+", "_", address.strip("/")) + ".txt")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")


def _group(address: str, boroughs: Mapping[str, str]) -> str:
    code = _WARD.search(address)
    if code and code[0] in boroughs:
        kind = re.sub(r"\?.*", "?", address.replace(code[0], "*"))
        return f"{kind} of {boroughs[code[0]]}"
    if dated := _DATED_FILE.fullmatch(address):
        return f"/data/{dated[1]}/ snapshots"
    return address


def _texts(store: Store, golden: Golden, wards: list[str], is_whole: bool) -> Iterator[tuple[str, str]]:
    is_all = is_whole or golden.boroughs is None
    documents = exported_documents(store, SITE)
    known = frozenset(documents)
    sampled = {*wards, *_boroughs(store, golden), *_boroughs(store)[::_BOROUGHS_SPREAD]}
    large: set[str] = set()
    for address, make in documents.items():
        place, (edition, _, ending) = _WARD.search(address) or _BOROUGH.search(address), address.rpartition(".")
        if not is_all and (address in _ALL_TABLES or edition in large or (place and place[0] not in sampled)):
            continue
        document = make()
        content = exported(document, file_of(address), known)
        if edition.endswith(LATEST) and ending == "csv" and len(content) > _LARGE:
            large.add(edition)
        yield address, _text(content, document.media_type)
    if is_all:
        yield _ALL_TABLES[1], _database_text(store)
    for address, make in _served(store, golden, wards):
        try:
            document = make()
        except TransparencyError as error:
            yield address, f"{type(error).__name__}: {error}\n"
        else:
            yield address, _text(document.content, document.media_type)
    yield "/?", _neutral(opening(store, LANDING, Asked(_today(store, golden))).html)
    for code in wards[::3]:
        said = opening(store, LANDING, Asked(golden.days[1], True, (("ward", code),)))
        title = said.title.partition(" · ")[0]
        yield f"/?ward={code}", _neutral(f"{title}\n{said.line}\n{said.plain_address}\n{said.html}")


def _boroughs(store: Store, golden: Golden | None = None) -> list[str]:
    """The codes of every borough, or of those of a golden store."""
    return [
        row["borough_code"]
        for row in store.rows("SELECT borough_code, borough_name FROM boroughs ORDER BY borough_code")
        if golden is None or golden.boroughs is None or row["borough_name"] in golden.boroughs
    ]


def _today(store: Store, golden: Golden) -> date:
    day = golden.today or store.newest_as_at
    assert day is not None
    return day


def _served(store: Store, golden: Golden, wards: list[str]) -> Iterator[tuple[str, Callable[[], Document]]]:
    """What only a server gives: the API, pages and exhibits of a day, hand-outs."""
    today = _today(store, golden)
    boroughs = _boroughs(store, golden)
    answered = wards if golden.boroughs is None else wards[:: len(wards) // 6]
    yield "/api/v1/openapi.json", openapi_document
    for text in ("abbey", "camden", "kentish town", "E05900011", "north", "nowhere at all"):
        yield f"/api/v1/search?q={text}", lambda text=text: api.search_json(store, {"q": text})  # type: ignore[misc]
    for text in ("NW5 2AA", "NB1", "51.54, -0.12", "51.55,-0.14"):
        yield f"/api/v1/search posted {text}", lambda text=text: api.posted_search_json(store, text)  # type: ignore[misc]
    for day in (*golden.days, today):
        asked = {"as_at": day.isoformat()}
        for name, list_ in {
            "wards": api.wards_json,
            "london": api.london_json,
            "sites": api.sites_json,
            "promises": api.promises_json,
        }.items():
            yield f"/api/v1/{name}?as_at={day}", lambda list_=list_, asked=asked: list_(store, asked)  # type: ignore[misc]
        for code in boroughs:
            yield (
                f"/api/v1/boroughs/{code}?as_at={day}",
                lambda code=code, asked=asked: api.borough_json(store, code, asked),  # type: ignore[misc]
            )
            more = asked | {"borough": code}
            yield (
                f"/api/v1/wards?as_at={day}&borough={code}",
                lambda more=more: api.wards_json(store, more),  # type: ignore[misc]
            )
        for code in answered:
            yield (
                f"/api/v1/wards/{code}?as_at={day}",
                lambda code=code, asked=asked: api.ward_json(store, code, asked),  # type: ignore[misc]
            )
            yield f"/ward/{code}?as_at={day}", lambda code=code, day=day: document_at(store, f"/ward/{code}", day, SITE)  # type: ignore[misc]
    for day in golden.days[1:2]:
        for path in dated_paths():
            yield f"{path}?as_at={day}", lambda path=path, day=day: document_at(store, path, day)  # type: ignore[misc]
        for code in boroughs:
            path = f"/borough/{code}"
            yield f"{path}?as_at={day}", lambda path=path, day=day: document_at(store, path, day, SITE)  # type: ignore[misc]
        for key in EXHIBIT_FILES:
            exhibit_asked = {"borough": boroughs[0], "ward": answered[0], "as_at": day.isoformat()}
            yield (
                f"/data/exhibits/{key}.csv?as_at={day}",
                lambda key=key, day=day, asked=exhibit_asked: exhibit_csv(store, f"{key}.csv", day, asked),  # type: ignore[misc]
            )
    for day in (golden.days[1], today):
        for code in answered[:: max(1, len(answered) // 3)]:
            yield (
                f"/ward/{code}/handout.pdf?as_at={day}",
                lambda code=code, day=day: ward_handout(store, code, day, today, SITE),  # type: ignore[misc]
            )
    if golden.boroughs is None:
        yield f"/borough/{boroughs[0]}/handouts.pdf", lambda: borough_handouts(store, boroughs[0], today, today, SITE)


def _text(content: bytes, media_type: str) -> str:
    """A document as text that tells everything a reader can see in it."""
    if media_type == PARQUET:
        return _parquet_text(content)
    if media_type in (XLSX, _ZIP):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return "".join(
                f"== {name}\n{_neutral(archive.read(name).decode().replace('><', '>' + chr(10) + '<'))}\n"
                for name in archive.namelist()
            )
    if media_type == "application/pdf":
        pages = pypdf.PdfReader(io.BytesIO(content)).pages
        return _neutral("\n== page\n".join(page.extract_text() for page in pages))
    try:
        return _neutral(content.decode())
    except UnicodeDecodeError:
        return f"{media_type}: sha256 {hashlib.sha256(content).hexdigest()}\n"


def _neutral(text: str) -> str:
    """Without the version of the software."""
    return re.sub(rf"(?<![\d.]){re.escape(__version__)}(?![\d.])", "VERSION", text)


@cache
def _memory() -> duckdb.DuckDBPyConnection:
    return duckdb.connect()


def _parquet_text(content: bytes) -> str:
    with tempfile.NamedTemporaryFile(suffix=".parquet") as file, _memory().cursor() as connection:
        file.write(content)
        file.flush()
        found = connection.execute("SELECT * FROM read_parquet(?)", [file.name])
        head = ", ".join(f"{column[0]} {column[1]}" for column in found.description or ())
        rows = "".join(f"{row}\n" for row in found.fetchall())
        kept = connection.execute("SELECT key, value FROM parquet_kv_metadata(?) ORDER BY ALL", [file.name]).fetchall()
    return _neutral(f"{head}\n{rows}{[pair for pair in kept if pair[0] != b'ARROW:schema']}\n")


def _database_text(store: Store) -> str:
    """Tables and views of the database for home use, with their columns and number of rows."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "transparency.duckdb"
        write_database(store, file)
        with duckdb.connect(str(file), read_only=True) as connection:
            lines = []
            for (name,) in connection.execute(
                "SELECT table_name FROM information_schema.tables ORDER BY table_name"
            ).fetchall():
                (count,) = connection.execute(f'SELECT count(*) FROM "{name}"').fetchone() or (None,)
                columns = connection.execute(
                    "SELECT column_name, data_type FROM information_schema.columns WHERE table_name = ? "
                    "ORDER BY ordinal_position",
                    [name],
                ).fetchall()
                lines.append(f"{name} ({count} rows): {', '.join(' '.join(column) for column in columns)}\n")
    return "".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--write", action="store_true", help="rewrite the stored hashes")
    parser.add_argument("--dump", type=Path, metavar="DIR", help="write every document as text below DIR")
    parser.add_argument("--all", action="store_true", help="dump every ward instead of a sample")
    parser.add_argument("--store", choices=STORES, action="append", help="only this store; may be repeated")
    asked = parser.parse_args()
    for name in asked.store or STORES:
        if asked.dump:
            dump(name, asked.dump, asked.all)
        if asked.write:
            write(name)


if __name__ == "__main__":
    main()
