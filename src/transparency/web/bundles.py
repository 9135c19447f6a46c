"""The framework's browser bundles (JavaScript, styles, fonts), compressed and cacheable.

The framework sends them as they lie on disk: a first visit with one chart is 7 MB. Here each file is
compressed once, the first time it is needed, and kept in memory.
"""

from __future__ import annotations

import mimetypes
import os
import re
from contextlib import suppress
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from threading import Thread, get_native_id

from starlette.responses import Response

from transparency.core.project import PROJECT_ROOT
from transparency.web.compression import best_coding, compressed

# Found without importing Streamlit, which this room does not use.
_SPEC = find_spec("streamlit")
if _SPEC is None or _SPEC.submodule_search_locations is None:
    raise ImportError("Streamlit is not installed: run make setup.")
FRAMEWORK_STATIC = Path(_SPEC.submodule_search_locations[0]) / "static"

_LARGE_BYTES = 2_000_000
_COMPRESSIBLE = frozenset({".js", ".css", ".svg", ".json", ".html"})
_HASHED_NAME = re.compile(r"\.[\w-]{8}\.\w+$")
_FOR_EVER, _FOR_A_DAY = "public, max-age=31536000, immutable", "public, max-age=86400"
# Sent instead of the framework's own fonts of 680 kB: what is shown of them here, which `make fonts` cuts from them.
_CUT_FONTS = {
    "MaterialSymbols-Rounded": "icons.woff2",
    "SourceSansVF-Upright": "source-sans.woff2",
    "SourceSansVF-Italic": "source-sans-italic.woff2",
}


@cache
def bundle_files() -> dict[str, Path]:
    """Every bundle by the path a browser asks for; nothing outside this list can be reached through it."""
    folder = FRAMEWORK_STATIC / "static"
    files = {f"/static/{file.relative_to(folder).as_posix()}": file for file in folder.rglob("*") if file.is_file()}
    return {path: _cut(file) for path, file in files.items()}


def _cut(file: Path) -> Path:
    name = _CUT_FONTS.get(file.name.partition(".")[0])
    return PROJECT_ROOT / "static" / "fonts" / name if name else file


_KEPT: dict[tuple[Path, str], bytes] = {}


def _contents(file: Path, coding: str) -> bytes:
    """The file in a coding, compressed when it is first asked for; the largest is then compressed harder meanwhile.

    Charts and maps come with 4.7 and 3.1 MB of JavaScript: a tenth less of it to send takes ten seconds to work out.
    """
    if (file, coding) not in _KEPT:
        _KEPT[file, coding] = compressed(file.read_bytes(), coding)
        if coding == "br" and file.stat().st_size > _LARGE_BYTES:
            Thread(target=_squeeze, args=(file,), daemon=True).start()
    return _KEPT[file, coding]


def _squeeze(file: Path) -> None:
    """Compress a file as far as brotli can, after all other work of the machine."""
    with suppress(OSError, AttributeError):  # of this thread alone, where the system has threads with priorities
        os.setpriority(os.PRIO_PROCESS, get_native_id(), 19)
    _KEPT[file, "br"] = compressed(file.read_bytes(), "br", brotli_quality=11)


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
