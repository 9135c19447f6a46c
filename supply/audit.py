"""Known vulnerabilities of what is installed: `make audit`, which gives this pip-audit's report.

pip-audit passes over a package it can learn nothing of and ends well all the same. Here that is a failure: a check
that was not made is not a check that found nothing.
"""

from __future__ import annotations

import json
import sys
from typing import Any

FOUND, NOT_MADE = 1, 2


def verdict(report: dict[str, Any]) -> tuple[int, list[str]]:
    """The exit status (0 nothing known, 1 something found, 2 not made) and the lines that say so.

    `report` is pip-audit's JSON: `dependencies`, each with name, version, `vulns` or else a `skip_reason`.
    """
    packages = report["dependencies"]
    unchecked = [package for package in packages if "skip_reason" in package]
    found = [
        f"{package['name']} {package['version']}: {flaw['id']}, "
        f"mended in {', '.join(flaw['fix_versions']) or 'no version yet'}"
        for package in packages
        for flaw in package.get("vulns", ())
    ]
    if found:
        return FOUND, [f"{len(found)} known vulnerabilities:", *found, *_not_made(unchecked, packages)]
    if unchecked or not packages:
        return NOT_MADE, _not_made(unchecked, packages)
    return 0, [f"No vulnerability is known of the {len(packages)} packages of requirements.lock."]


def _not_made(unchecked: list[dict[str, Any]], packages: list[dict[str, Any]]) -> list[str]:
    if not unchecked and packages:
        return []
    return [
        f"NOT CHECKED: {len(unchecked)} of {len(packages)} packages. PyPI's advisories could not be read for them; "
        "this is not a pass. Run make audit where https://pypi.org can be reached."
    ]


def main() -> int:
    """Read the report from standard input; an empty one means that pip-audit itself failed."""
    text = sys.stdin.read()
    try:
        report = json.loads(text)
    except ValueError:
        report = {"dependencies": []}
    status, lines = verdict(report)
    print("\n".join(lines), file=sys.stderr if status else sys.stdout)
    return status


if __name__ == "__main__":
    sys.exit(main())
