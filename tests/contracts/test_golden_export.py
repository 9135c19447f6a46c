"""Every document of three stores is as it was when last accepted."""

from __future__ import annotations

import pytest

from tests.contracts.golden import STORES, collected, stored

MOST_NAMED = 40


@pytest.mark.parametrize("name", STORES)
def test_every_document_is_as_accepted(name: str) -> None:
    before, now = stored(name), collected(name)
    differing = sorted(group for group in before.keys() | now.keys() if before.get(group) != now.get(group))
    if differing:
        listed = [
            f"  {'new' if group not in before else 'gone' if group not in now else 'differs'}: {group}"
            for group in differing[:MOST_NAMED]
        ]
        more = [f"  and {len(differing) - MOST_NAMED} more"] * (len(differing) > MOST_NAMED)
        pytest.fail(
            "\n".join(
                [
                    f"{len(differing)} groups of documents of {name} are not as accepted:",
                    *listed,
                    *more,
                    "To see what differs, on both commits: python -m tests.contracts.golden --dump DIR, then diff -r.",
                    "To accept: make golden, and name the difference in the commit.",
                ]
            ),
            pytrace=False,
        )
