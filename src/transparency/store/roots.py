"""Where the store's folder is."""

from __future__ import annotations

import os
from pathlib import Path

from transparency.core.errors import ReplicaError
from transparency.core.project import EMBEDDED_DATA, PROJECT_ROOT


def store_root() -> Path:
    """The folder named by `TRANSPARENCY_DATA`, or the data embedded in the project; of a replica, its current copy."""
    if os.environ.get("TRANSPARENCY_SOURCE"):
        return replica_folder() / "current"
    named = os.environ.get("TRANSPARENCY_DATA")
    return Path(named) if named else EMBEDDED_DATA


def replica_folder() -> Path:
    """Where a replica keeps its copies: the folder named by `TRANSPARENCY_DATA`, or one in the project's `build/`."""
    named = os.environ.get("TRANSPARENCY_DATA")
    return Path(named) if named else PROJECT_ROOT / "build" / "replica"


def own_store_root() -> Path:
    """The folder of the store, for whatever changes it; raises ReplicaError where it is a replica's copy."""
    if os.environ.get("TRANSPARENCY_SOURCE"):
        raise ReplicaError(
            "TRANSPARENCY_SOURCE is set, so this store is a replica's copy, which is never changed: nothing was "
            "written. Run the command where the store is published, and transparency release after it; or unset "
            "TRANSPARENCY_SOURCE to change the store that TRANSPARENCY_DATA names."
        )
    return store_root()
