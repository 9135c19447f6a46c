"""The site as a folder of files: every plain page, data file and feed, with links that work from any folder or host.

The same functions make these bytes and the server's. The export answers as on the newest day of the data, so the
same data give the same bytes whenever it is made.
"""

from __future__ import annotations

import os
import posixpath
import re
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from functools import partial
from html import escape, unescape
from multiprocessing import get_context
from pathlib import Path
from urllib.parse import urlsplit

from transparency.core.files import replace_file
from transparency.core.project import PROJECT_ROOT
from transparency.core.vocabulary import taking_for_today, today
from transparency.exhibits.document import HTML, Document
from transparency.outlets import plain
from transparency.outlets.bundles import zip_bytes
from transparency.outlets.embeds import EMBED, borough_embed, ward_embed
from transparency.outlets.feeds import feed_document, feed_paths
from transparency.outlets.files import data_document, data_paths
from transparency.outlets.handouts import ward_handout
from transparency.pages.downloads import COLUMNS_PATH
from transparency.store.database import open_store
from transparency.store.descriptors import catalogue
from transparency.store.store import Store

DATA, FEEDS = "/data/", "/feeds/"
PICTURES = {"/assets/favicon.svg": "image/svg+xml", "/assets/preview.png": "image/png"}
EVERYTHING, HANDOUT = "/data/transparency.zip", "/handout.pdf"
PAGES_IN_A_BATCH = 40
_CARDS = {"ward": ward_embed, "borough": borough_embed}
_SERVED_ONLY = re.compile(r'<(p|li|nav|details) class="[^"]*served-only[^"]*">.*?</\1>', re.DOTALL)
_ADDRESS = re.compile(r'(href|src)="(/[^"]*)"')


def export_site(
    root: Path,
    out: Path,
    site: str,
    with_handouts: bool = False,
    on_written: Callable[[int, int], None] = lambda done, all_: None,
) -> int:
    """Write the whole site below `out`; returns the number of files.

    `site` is the origin that sitemap and feeds name. `on_written` is called with how many of how many are done.
    Raises StoreError when the store cannot be opened.
    """
    store = open_store(root)
    day = store.newest_as_at
    if day is None:
        return 0
    with taking_for_today(day):
        addresses = list(exported_documents(store, site, with_handouts))
    return write_addresses(root, out, site, day, addresses, frozenset(addresses), on_written)


def write_addresses(
    root: Path,
    out: Path,
    site: str,
    day: date,
    addresses: Sequence[str],
    known: frozenset[str],
    on_written: Callable[[int, int], None] = lambda done, every: None,
) -> int:
    """Write what is at `addresses`, by as many processes as the machine has; links lead to what is `known`."""
    batches = [addresses[start : start + PAGES_IN_A_BATCH] for start in range(0, len(addresses), PAGES_IN_A_BATCH)]
    done = 0
    write = partial(_write_batch, root, out, site, day, known)
    with ProcessPoolExecutor(os.cpu_count(), mp_context=get_context("spawn")) as workers:
        for written in workers.map(write, batches):
            done += written
            on_written(done, len(addresses))
    return done


def exported_documents(store: Store, site: str, with_handouts: bool = False) -> dict[str, Callable[[], Document]]:
    """What makes each document of the export, by its address; ward handouts are exported separately (`--handouts`)."""
    pages = (*plain.plain_paths(store), DATA, COLUMNS_PATH, *(f"{DATA}{name}/" for name in catalogue()))
    made: dict[str, Callable[[], Document]] = {
        path: partial(plain.document_at, store, path, site=site) for path in pages
    }
    for path in pages:
        _, room, *code = path.split("/")
        if room in _CARDS and len(code) == 1:
            made[f"{EMBED}{path}"] = partial(_CARDS[room], store, code[0], None)
        if room == "ward" and with_handouts:
            made[f"{path}{HANDOUT}"] = partial(ward_handout, store, code[0], today(), today(), site)
    return made | {
        plain.STYLESHEET: partial(plain.stylesheet, store),
        **{address: partial(_picture, address) for address in PICTURES},
        "/sitemap.xml": partial(plain.sitemap, store, site),
        "/robots.txt": partial(plain.robots, site),
        **{f"{DATA}{path}": partial(data_document, store, path) for path in data_paths(store)},
        EVERYTHING: lambda: Document(zip_bytes(store), "application/zip"),
        **{f"{FEEDS}{path}": partial(feed_document, store, path, site) for path in feed_paths(store)},
    }


def _picture(address: str) -> Document:
    return Document((PROJECT_ROOT / "static" / Path(address).name).read_bytes(), PICTURES[address])


_documents: dict[Path, dict[str, Callable[[], Document]]] = {}


def _write_batch(root: Path, out: Path, site: str, day: date, known: frozenset[str], addresses: Sequence[str]) -> int:
    """Write some addresses in a separate process, which opens the store once."""
    with taking_for_today(day):
        if root not in _documents:
            _documents[root] = exported_documents(open_store(root, run_checks=False), site, with_handouts=True)
        for address in addresses:
            file = out / file_of(address)
            file.parent.mkdir(parents=True, exist_ok=True)
            replace_file(file, exported(_documents[root][address](), file_of(address), known))
    return len(addresses)


def file_of(address: str) -> str:
    """The file an address is written to, within the export: pages end in .html, the front page is index.html."""
    path = urlsplit(address).path
    if path == plain.FRONT:
        return "index.html"
    if path.endswith("/"):
        return f"{path.lstrip('/')}index.html"
    return path.lstrip("/") + ("" if "." in posixpath.basename(path) else ".html")


def exported(document: Document, at: str, known: frozenset[str]) -> bytes:
    """A document's bytes as they are written to the file `at`."""
    if document.media_type != HTML:
        return document.content
    return relative_links(document.content.decode(), at, known).encode()


def relative_links(html: str, at: str, known: frozenset[str]) -> str:
    """HTML whose links within the site are relative to the file `at`.

    The day in a link is left out, since the export answers for one day and an ended ward for its own last. A link
    to what only a server gives keeps its words and loses its address.
    """
    folder = posixpath.dirname(at) or "."

    def relative(match: re.Match[str]) -> str:
        attribute, address = match[1], urlsplit(unescape(match[2]))
        if address.path not in known:
            return f'data-served-at="{escape(address.path)}"'
        path = posixpath.relpath(file_of(address.path), folder)
        return f'{attribute}="{escape(path)}{"#" + escape(address.fragment) if address.fragment else ""}"'

    return _ADDRESS.sub(relative, _SERVED_ONLY.sub(lambda line: line[0] if _leads_to(line[0], known) else "", html))


def _leads_to(html: str, known: frozenset[str]) -> bool:
    """Whether every link within the site of a piece of HTML leads to something exported."""
    return all(urlsplit(unescape(address)).path in known for _, address in _ADDRESS.findall(html))
