"""Where the store's folder is."""

from __future__ import annotations

from pathlib import Path

from transparency.core.errors import ReplicaError
from transparency.core.project import EMBEDDED_DATA, PROJECT_ROOT
from transparency.core.settings import data_folder, source_of_replica


def store_root() -> Path:
    """The folder named by `TRANSPARENCY_DATA`, or the data embedded in the project; of a replica, its current copy."""
    return replica_folder() / "current" if source_of_replica() else data_folder() or EMBEDDED_DATA


def replica_folder() -> Path:
    """Where a replica keeps its copies: the folder named by `TRANSPARENCY_DATA`, or one in the project's `build/`."""
    return data_folder() or PROJECT_ROOT / "build" / "replica"


def own_store_root() -> Path:
    """The folder of the store, for whatever changes it; raises ReplicaError where it is a replica's copy."""
    if source_of_replica():
        raise ReplicaError(
            "TRANSPARENCY_SOURCE is set, so this store is a replica's copy, which is never changed: nothing was "
            "written. Run the command where the store is published, and transparency release after it; or unset "
            "TRANSPARENCY_SOURCE to change the store that TRANSPARENCY_DATA names."
        )
    return store_root()
