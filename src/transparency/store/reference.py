"""The reference tables, and the published file of their hashes."""

from __future__ import annotations

import re
from pathlib import Path

from transparency.core.vocabulary import Finding
from transparency.store.descriptors import reference_datasets
from transparency.store.write_once import sha256_of

SUMS_FILE = "SHA256SUMS"
_DRAWING = re.compile(r"(?:cells|outlines)_[0-9]{4}\.geojson|CELLS\.md")


def reference_files(folder: Path) -> list[Path]:
    """The reference tables and drawings in a folder, without whatever else lies there."""
    tables = {item.reference_file for item in reference_datasets()}
    return sorted(path for path in folder.iterdir() if path.name in tables or _DRAWING.fullmatch(path.name))


def reference_sums(root: Path) -> str:
    """The SHA-256 of every table and drawing in `reference/`, and of `store.json` where there is one.

    As `sha256sum` prints it: `cd reference && sha256sum --check SHA256SUMS` reads it back.
    """
    folder = root / "reference"
    lines = [f"{sha256_of(path)}  {path.name}\n" for path in reference_files(folder)]
    declaration = root / "store.json"
    if declaration.exists():
        lines.append(f"{sha256_of(declaration)}  ../{declaration.name}\n")
    return "".join(lines)


def altered_reference(root: Path) -> list[Finding]:
    """The reference tables against their published hashes, line by line."""
    folder = root / "reference"
    where = f"reference/{SUMS_FILE}"
    try:
        published = (folder / SUMS_FILE).read_bytes().decode("utf-8", "replace")
        found = reference_sums(root)
    except FileNotFoundError:
        return [Finding(where, None, None, None, "the file is missing", "Restore it from a copy.")]
    except OSError as error:
        unread = f"reference/{Path(str(error.filename)).name}"
        return [
            Finding(unread, None, None, None, f"the file cannot be read ({error.strerror})", "Restore it from a copy.")
        ]
    missing = [item.reference_file for item in reference_datasets() if not (folder / item.reference_file).exists()]
    if published == found and not missing:
        return []
    listed, present = published.splitlines(), found.splitlines()
    differing = [line for line in present if line not in listed] or [line for line in listed if line not in present]
    names = missing or [line.partition("  ")[2] or line for line in differing]
    rule = f"the file is not the one whose hash was published in {where}"
    remedy = "Restore the two from a copy, or, if the change is meant, publish the new hashes with it."
    return [Finding(f"reference/{name}", None, None, None, rule, remedy) for name in names or [SUMS_FILE]]
