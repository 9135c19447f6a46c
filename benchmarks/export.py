"""How long the plain pages of all wards take to write, against a one-line file for each of them.

python -m benchmarks.export
"""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

from benchmarks.figures import Figure, keep

from transparency.core.vocabulary import today
from transparency.outlets.export import exported_documents, write_addresses
from transparency.store.current import shared_store
from transparency.store.roots import store_root


def main() -> None:
    addresses = exported_documents(shared_store(), "https://localhost")
    wards = [address for address in addresses if address.startswith("/ward/")]
    with tempfile.TemporaryDirectory() as folder:
        started = time.perf_counter()
        write_addresses(store_root(), Path(folder), "https://localhost", today(), wards, frozenset(addresses))
        took = time.perf_counter() - started
        started = time.perf_counter()
        for place, _ in enumerate(wards):
            (Path(folder) / f"{place}.txt").write_text("one line")
        bare = time.perf_counter() - started
    keep(
        "export",
        [
            Figure(f"{len(wards):,} ward pages written", took, "s", at_most=15),
            Figure("a one-line file for each", bare, "s"),
            Figure("a page", 1000 * took / len(wards), "ms"),
        ],
    )


if __name__ == "__main__":
    main()
