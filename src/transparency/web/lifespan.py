"""What happens before the first visitor and while nobody looks: opening, collecting, renewing."""

from __future__ import annotations

import asyncio
import ctypes
import gc
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

from transparency.outlets.typesetting import forget
from transparency.store.renewal import Renewal, Watch, offer_here
from transparency.web.bundles import warm_bundles
from transparency.web.data import remove_written_files

_SECONDS_BETWEEN_COLLECTIONS = 20.0
_ARENA_MAX, _ARENAS = -8, 2  # M_ARENA_MAX of glibc's mallopt(3)


def _prepare(renewal: Renewal, bundles: list[str]) -> None:
    # Where no store can be opened the server starts all the same, so that /health and the pages can say what is wrong.
    renewal.begin()
    warm_bundles(bundles)


def _set_aside() -> None:
    """Take all that exists out of garbage collection, once what died since the last time has been collected."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()


def _share_arenas() -> None:
    """Let all threads take memory from the same two arenas (glibc only): each run of a page has a thread of its own,
    and what it frees stays with its arena."""
    set_option = getattr(ctypes.CDLL(None), "mallopt", None)
    if set_option is not None:
        set_option(_ARENA_MAX, _ARENAS)


async def _collect_garbage() -> None:
    """Free ended sessions and what the typesetter remembers, and return the memory to the system (glibc only)."""
    give_back = getattr(ctypes.CDLL(None), "malloc_trim", None)
    while True:
        await asyncio.sleep(_SECONDS_BETWEEN_COLLECTIONS)
        await asyncio.to_thread(forget)
        gc.collect()
        if give_back is not None:
            give_back(0)


def lifespan(bundles: list[str]) -> Callable[[Any], AbstractAsyncContextManager[dict[str, Any] | None]]:
    """A lifespan that readies the store and the first `bundles`.

    What then exists lives long, so it is taken out of garbage collection; the collections left are small and
    happen between visits instead of after every one. A store that replaces another is taken out likewise.
    """

    @asynccontextmanager
    async def running(_app: Any) -> AsyncIterator[dict[str, Any] | None]:
        _share_arenas()
        renewal = Renewal(offer_here())
        watch = Watch(renewal, on_renewed=_set_aside)
        await asyncio.to_thread(_prepare, renewal, bundles)
        _set_aside()
        collecting = asyncio.create_task(_collect_garbage())
        watch.start()
        try:
            yield None
        finally:
            watch.stop()
            collecting.cancel()
            remove_written_files()

    return running
