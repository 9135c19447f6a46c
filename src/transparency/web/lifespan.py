"""What happens before the first visitor and while nobody looks: opening, importing, collecting garbage."""

from __future__ import annotations

import ast
import asyncio
import gc
import logging
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

from transparency.errors import TransparencyError
from transparency.store import shared_store
from transparency.web.bundles import warm_bundles

_SECONDS_BETWEEN_COLLECTIONS = 60.0
_log = logging.getLogger("uvicorn.error")


def imported_modules(script: Path) -> Iterator[str]:
    """The names of the modules a page imports; the page itself is a script and is not run here."""
    for node in ast.walk(ast.parse(script.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            yield node.module


def _prepare(scripts: Sequence[Path], bundles: list[str]) -> None:
    try:
        shared_store()
    except TransparencyError as fault:
        # The server starts all the same, so that /health and the pages can say what is wrong.
        _log.error("The store cannot be opened: %s", fault)
    for script in scripts:
        for name in imported_modules(script):
            import_module(name)
    warm_bundles(bundles)


async def _collect_garbage() -> None:
    while True:
        await asyncio.sleep(_SECONDS_BETWEEN_COLLECTIONS)
        gc.collect()


def lifespan(
    scripts: Sequence[Path], bundles: list[str]
) -> Callable[[Any], AbstractAsyncContextManager[dict[str, Any] | None]]:
    """A lifespan that readies the store, the modules of the pages' `scripts` and the first `bundles`.

    What then exists lives as long as the server, so it is taken out of garbage collection for good; the
    collections left are small and happen between visits instead of after every one.
    """

    @asynccontextmanager
    async def running(_app: Any) -> AsyncIterator[dict[str, Any] | None]:
        await asyncio.to_thread(_prepare, scripts, bundles)
        gc.collect()
        gc.freeze()
        collecting = asyncio.create_task(_collect_garbage())
        try:
            yield None
        finally:
            collecting.cancel()

    return running
