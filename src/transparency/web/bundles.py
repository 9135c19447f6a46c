"""The framework's browser bundles (JavaScript, styles, fonts), compressed and cacheable.

The framework sends them as they lie on disk: a first visit with one chart is 7 MB. Here each file is
compressed once, the first time it is needed, and kept in memory.
"""

from __future__ import annotations

import mimetypes
import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from starlette.responses import Response

from transparency.core.project import PROJECT_ROOT
from transparency.web.compression import best_coding, compressed

# Found without importing Streamlit, which this room does not use.
_SPEC = find_spec("streamlit")
if _SPEC is None or _SPEC.submodule_search_locations is None:
    raise ImportError("Streamlit is not installed: run make setup.")
FRAMEWORK_STATIC = Path(_SPEC.submodule_search_locations[0]) / "static"

_COMPRESSIBLE = frozenset({".js", ".css", ".svg", ".json", ".html"})
_HASHED_NAME = re.compile(r"\.[\w-]{8}\.\w+$")
_FOR_EVER, _FOR_A_DAY = "public, max-age=31536000, immutable", "public, max-age=86400"
# Sent instead of the framework's own font of 375 kB: the icons that its bundles name, which `make icons` cuts from it.
_ICON_FONT, _ITS_ICONS = "MaterialSymbols-Rounded.", PROJECT_ROOT / "static" / "icons.woff2"


@cache
def bundle_files() -> dict[str, Path]:
    """Every bundle by the path a browser asks for; nothing outside this list can be reached through it."""
    folder = FRAMEWORK_STATIC / "static"
    return {
        f"/static/{file.relative_to(folder).as_posix()}": _ITS_ICONS if file.name.startswith(_ICON_FONT) else file
        for file in folder.rglob("*")
        if file.is_file()
    }


@cache
def _contents(file: Path, coding: str) -> bytes:
    return compressed(file.read_bytes(), coding)


def bundle_response(path: str, accept_encoding: str) -> Response:
    """The bundle at `path` in the best coding the browser accepts; 404 where there is none."""
    file = bundle_files().get(path)
    if file is None:
        return Response("Not found", status_code=404, media_type="text/plain")
    coding = best_coding(accept_encoding) if file.suffix in _COMPRESSIBLE else "identity"
    headers = {"Cache-Control": _FOR_EVER if _HASHED_NAME.search(file.name) else _FOR_A_DAY}
    if file.suffix in _COMPRESSIBLE:
        headers["Vary"] = "Accept-Encoding"
    if coding != "identity":
        headers["Content-Encoding"] = coding
    media_type = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    return Response(_contents(file, coding), media_type=media_type, headers=headers)


def warm_bundles(paths: list[str]) -> None:
    """Compress the bundles every visit needs before the first visitor comes."""
    for path in paths:
        for coding in ("br", "gzip"):
            bundle_response(path, coding)
