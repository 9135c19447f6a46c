"""What is readied before the first visitor comes."""

import asyncio
import gc
from concurrent.futures import ThreadPoolExecutor

from transparency.web.lifespan import lifespan


def test_what_lives_as_long_as_the_server_is_out_of_garbage_collection() -> None:
    frozen = []

    async def run() -> None:
        async with lifespan([])(None):
            frozen.append(gc.get_freeze_count())

    try:
        # In a thread of its own: a browser test of the same worker may have left an event loop running here.
        with ThreadPoolExecutor(1) as aside:
            aside.submit(asyncio.run, run()).result()
    finally:
        gc.unfreeze()
    assert frozen[0] > 10_000
