"""A preview: the store as it would be with a submission in it, in a folder of its own; the real one is only read."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from transparency.core.text import full_date
from transparency.publishing.outcome import Outcome, Progress
from transparency.publishing.publish import Submission, Terms, publish
from transparency.store.database import DECLARATION_FILE, declaration
from transparency.store.reference import SUMS_FILE, reference_files, reference_sums
from transparency.store.snapshots import list_snapshots, snapshot_folders

NO_REASON_YET = "No reason was given for this preview; a revision is not published without one."


def build_preview(root: Path, out: Path, submissions: Sequence[Submission], terms: Terms, on_step: Progress) -> Outcome:
    """Make a preview in the empty folder `out` of the store at `root` with submissions published into it.

    What is published already is linked, not copied, and nothing is ever written through these links: a snapshot is
    written once. Where the day has a snapshot already the submission is its next revision. A refusal is as that of
    `check`. Raises StoreError when the store cannot be opened.
    """
    _link_store(root, out)
    day = terms.as_at
    taken = {(snapshot.dataset, snapshot.as_at.isoformat()) for snapshot in list_snapshots(root)}
    is_revision = any((submission.dataset.name, day) in taken for submission in submissions)
    reason = (terms.reason or NO_REASON_YET) if is_revision else None
    outcome = publish(out, submissions, replace(terms, reason=reason), on_step=on_step)
    if not outcome.is_refused:
        _declare(root, out, outcome)
    return outcome


def _link_store(root: Path, out: Path) -> None:
    for folder in snapshot_folders(root):
        place = out / "snapshots" / folder.parent.name / folder.name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.symlink_to(folder.resolve(), target_is_directory=True)
    tables = reference_files(root / "reference") if (root / "reference").is_dir() else []
    for path in (root / "official", root / DECLARATION_FILE, *tables):
        if path.exists():
            place = out / path.relative_to(root)
            place.parent.mkdir(exist_ok=True)
            place.symlink_to(path.resolve())


def _declare(root: Path, out: Path, outcome: Outcome) -> None:
    """Say in the preview's own declaration what is previewed, and renew the sums that vouch for it."""
    titles = [f"{each.dataset} as at {full_date(each.as_at)}, revision {each.revision}" for each in outcome.snapshots]
    declared = {**declaration(root), "preview_of": "; ".join(titles)}
    (out / DECLARATION_FILE).unlink(missing_ok=True)
    (out / DECLARATION_FILE).write_text(json.dumps(declared, indent=2) + "\n", encoding="utf-8")
    if (out / "reference").is_dir():
        (out / "reference" / SUMS_FILE).write_text(reference_sums(out), encoding="utf-8")
