"""Asking an application without a server, from tests that may share their thread with a browser's event loop."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
from starlette.types import ASGIApp

from tests.security.attacks import ADDRESS

Asked = tuple[str, str, dict[str, Any]]


def answers(app: ASGIApp, asked: Sequence[Asked]) -> list[httpx.Response]:
    """The application's answers to requests given as method, path and what else httpx takes."""

    async def all_of_them() -> list[httpx.Response]:
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url=ADDRESS) as client:
            return [await client.request(method, ADDRESS + path, **more) for method, path, more in asked]

    with ThreadPoolExecutor(1) as other_thread:
        return other_thread.submit(asyncio.run, all_of_them()).result()
