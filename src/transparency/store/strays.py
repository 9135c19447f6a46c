"""What lies in a store's folders and is no part of it, such as `desktop.ini`: ignored, with one warning."""

from __future__ import annotations

from pathlib import Path

from transparency.core.vocabulary import Finding
from transparency.store import write_once
from transparency.store.holdings import FOLDER
from transparency.store.reference import SUMS_FILE, reference_files
from transparency.store.snapshots import FILES, snapshot_folders

NAMED_AT_MOST = 5


def stray_files(root: Path) -> list[Finding]:
    """One warning that names the first of them and says how many more there are; nothing where there are none."""
    strays = [*_in_snapshots(root), *write_once.strays(root / FOLDER), *_in_reference(root / "reference")]
    if not strays:
        return []
    named = ", ".join(path.relative_to(root).as_posix() for path in strays[:NAMED_AT_MOST])
    more = f" and {len(strays) - NAMED_AT_MOST:,} more" if len(strays) > NAMED_AT_MOST else ""
    rule = "what lies in the store's folders and is no part of it is ignored"
    return [Finding(root.name, None, None, named + more, rule, "It can be removed.", is_warning=True)]


def _in_snapshots(root: Path) -> list[Path]:
    inside = (path for folder in snapshot_folders(root) for path in sorted(folder.iterdir()) if path.name not in FILES)
    return [*write_once.strays(root / "snapshots"), *inside]


def _in_reference(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    parts = {folder / SUMS_FILE, *reference_files(folder)}
    return sorted(path for path in folder.iterdir() if path not in parts)
