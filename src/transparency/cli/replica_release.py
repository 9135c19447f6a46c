"""`transparency release`: offer the store as it is to the replicas."""

from __future__ import annotations

import typer

from transparency.store.database import open_store
from transparency.store.roots import own_store_root


def release() -> None:
    """List every published file with its hash in release.json, for replicas to copy; a store with faults is refused."""
    from transparency.store.replica_manifest import MANIFEST_FILE, make_release

    root = own_store_root()
    released = make_release(root, open_store(root).data_version)
    typer.echo(f"Released data version {released.data_version}: {len(released.files)} files in {MANIFEST_FILE}.")
