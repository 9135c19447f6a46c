"""What is readied before the first visitor comes."""

import asyncio
import gc
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from transparency.web.lifespan import imported_modules, lifespan


def test_modules_a_page_imports_are_found_without_running_it(tmp_path: Path) -> None:
    script = tmp_path / "page.py"
    script.write_text(
        "import json\nfrom pathlib import Path\nfrom transparency.core.errors import StoreError\n"
        "def inner():\n    import csv\nraise SystemExit\n"
    )
    assert sorted(imported_modules(script)) == ["csv", "json", "pathlib", "transparency.core.errors"]


def test_what_lives_as_long_as_the_server_is_out_of_garbage_collection(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "only_this_page_needs_it.py").write_text("")
    script = tmp_path / "page.py"
    script.write_text("import only_this_page_needs_it\n")
    monkeypatch.syspath_prepend(tmp_path)
    frozen = []

    async def run() -> None:
        async with lifespan([script], [])(None):
            frozen.append(gc.get_freeze_count())

    try:
        # In a thread of its own: a browser test of the same worker may have left an event loop running here.
        with ThreadPoolExecutor(1) as aside:
            aside.submit(asyncio.run, run()).result()
    finally:
        gc.unfreeze()
    assert frozen[0] > 10_000
    assert sys.modules.pop("only_this_page_needs_it")
