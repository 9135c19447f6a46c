"""The routes under `/data/`: files made in `outlets.files`, and the two that hold everything, sent from disk."""

from __future__ import annotations

import shutil
import tempfile
import threading
from functools import cache, partial
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from transparency.core.errors import StoreError, TransparencyError
from transparency.core.vocabulary import today
from transparency.exhibits.document import Document
from transparency.exhibits.files import exhibit_parameters
from transparency.outlets import plain
from transparency.outlets.bundles import write_everything
from transparency.outlets.files import EVERYTHING, EXHIBITS, data_document
from transparency.outlets.plain import document_at
from transparency.pages.downloads import COLUMNS, COLUMNS_PATH, SOUGHT
from transparency.pages.page import Asked as PageAsked
from transparency.store.current import shared_store
from transparency.store.store import Store
from transparency.web.documents import Asked, answer, http_date, problem_response, served
from transparency.web.refusals import OPEN_TO_ALL

_writing = threading.Lock()
# Of the day and version asked for now, and of those before it that are still being sent.
FOLDERS_KEPT = 3


@cache
def _folder() -> tempfile.TemporaryDirectory[str]:
    """It has one folder for each version of the data and day."""
    return tempfile.TemporaryDirectory(prefix="transparency-data-")


def remove_written_files() -> None:
    """Remove what was written, when the server ends: it ends by a signal, after which nothing is tidied by itself."""
    if _folder.cache_info().currsize:
        _folder().cleanup()
        _folder.cache_clear()


def _everything(store: Store) -> Path:
    """The folder with both files for the data and day as they are, written at the first request."""
    folder = Path(_folder().name) / f"{store.data_version}-{today().isoformat()}"
    with _writing:
        if not folder.is_dir():
            earlier = sorted(Path(_folder().name).iterdir(), key=lambda path: path.stat().st_mtime_ns)
            for path in earlier[: 1 - FOLDERS_KEPT]:
                shutil.rmtree(path)
            unfinished = Path(tempfile.mkdtemp(dir=_folder().name))
            try:
                write_everything(store, unfinished)
            except OSError as error:
                shutil.rmtree(unfinished)
                raise StoreError(f"The files with everything cannot be written now: {error.strerror}.") from error
            unfinished.rename(folder)
    return folder


async def _whole(request: Request, name: str) -> Response:
    try:
        store = shared_store()
        folder = await run_in_threadpool(_everything, store)
    except TransparencyError as error:
        return problem_response(error, request.url.path)
    # The database differs from one writing to the next, so its tag is that of this process's copy.
    etag = f'"{folder.name}-{(folder / name).stat().st_mtime_ns:x}"'
    headers = {
        **OPEN_TO_ALL,
        "Cache-Control": "public, max-age=300",
        "ETag": etag,
        "Last-Modified": http_date(today()),
    }
    if request.headers.get("If-None-Match") == etag:
        return Response(status_code=304, headers=headers)
    return FileResponse(folder / name, media_type=EVERYTHING[name], filename=name, headers=headers)


async def _file(request: Request) -> Response:
    path = request.path_params["path"]
    names = exhibit_parameters(path.removeprefix(EXHIBITS)) if path.startswith(EXHIBITS) else ("as_at",)
    return await answer(request, lambda store, asked: data_document(store, path, asked.parameters), names)


def _columns(store: Store, asked: Asked) -> Document:
    """The columns that fit what is sought."""
    return plain.document(store, COLUMNS, PageAsked(today(), chosen=tuple(asked.parameters.items())))


async def _to_list(_request: Request) -> Response:
    return RedirectResponse("/data/", status_code=308)


def data_routes() -> list[BaseRoute]:
    """The routes of the data, in the order in which they are tried."""
    return [
        Route("/data", _to_list),
        served("/data/", lambda store, asked: document_at(store, "/data/", site=asked.site), names_site=True),
        served(COLUMNS_PATH, _columns, SOUGHT),
        *(Route(f"/data/{name}", partial(_whole, name=name), name=name) for name in EVERYTHING),
        served("/data/{dataset}/", lambda store, asked: document_at(store, f"/data/{asked.code}/")),
        Route("/data/{path:path}", _file),
    ]
