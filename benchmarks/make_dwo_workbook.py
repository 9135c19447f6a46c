"""Make an invented monthly workbook of the real one's size, or several times that, with every quirk it has.

    python benchmarks/make_dwo_workbook.py OUT.xlsx [--times 5] [--seed 20210801]

The workbook has 73,567 rows of strength and 126,230 of activity (times `--times`). Beside it OUT.aliases.csv is
written, the reviewed aliases that some of its teams need.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from demo.months import FULL_ACTIVITY_ROWS, FULL_STRENGTH_ROWS, Invention, invent

from transparency.core.project import EMBEDDED_DATA

ALIASES_HEADER = "vintage,borough_code,team_name,ward_code,reviewed_on,source\n"


def make(path: Path, times: int = 1, seed: int = 20210801) -> Invention:
    """Write the workbook and its aliases; returns what was invented."""
    invention = invent(
        EMBEDDED_DATA / "reference",
        seed,
        strength_rows=FULL_STRENGTH_ROWS,
        activity_rows=FULL_ACTIVITY_ROWS,
        parts=times,
    )
    invention.write_xlsx(path)
    aliases = path.with_suffix(".aliases.csv")
    aliases.write_text(ALIASES_HEADER, encoding="utf-8")
    invention.write_aliases(aliases)
    return invention


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("--times", type=int, default=1)
    parser.add_argument("--seed", type=int, default=20210801)
    arguments = parser.parse_args()
    made = make(arguments.out, arguments.times, arguments.seed)
    print(f"{arguments.out}: {len(made.strengths):,} + {len(made.activity):,} rows")


if __name__ == "__main__":
    main()
