"""The data dictionary and the definitions, as Markdown, made from what they describe.

    python -m transparency.outlets.dictionary        writes docs/data-dictionary.md and docs/definitions.md

The dictionary comes from the descriptors in `data/datasets/`, the definitions from the comment headers of
the `sql/` of each subject and `store/checks/`. A test fails while either file is out of date.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from transparency.core.project import PROJECT_ROOT
from transparency.months.measures import MEASURES
from transparency.store.definitions import Definition, check_definitions, view_definitions
from transparency.store.descriptors import Dataset, Field, catalogue

DOCS = PROJECT_ROOT / "docs"
KINDS = {
    "snapshot": "Published as dated snapshots, in `data/snapshots/`",
    "reference": "Fixed tables, in `data/reference/`, hashed and verified",
    "derived": "Worked out for a day by a view, never handed in",
}
GRAINS = {
    "observation": "each snapshot is a reading of its own day",
    "register": "a list of things; the newest row for a key is the current one",
    "series": "rows of many periods; the newest snapshot alone is the current one",
}


def data_dictionary(datasets: Iterable[Dataset]) -> str:
    """Every dataset and column in words."""
    known = list(datasets)
    parts = [
        "# Data dictionary",
        "",
        "Made from the descriptors in `data/datasets/` by `make docs`; do not edit it here. A blank cell is not "
        "known or does not apply: it is never zero. Dates are written as year-month-day.",
    ]
    for kind, meaning in KINDS.items():
        parts += ["", f"## {meaning}"]
        for dataset in known:
            if dataset.kind == kind:
                parts += ["", *_dataset(dataset)]
    return "\n".join([*parts, *_measures()]) + "\n"


def _measures() -> list[str]:
    """What is measured of a ward in a month, wherever it is shown."""
    return [
        "",
        "## Measures of a ward in a month",
        "",
        "Worked out in the view `dwo_ward_month` from the monthly workbook; a month that is not published is missing.",
        "",
        "| column | measure | unit | meaning |",
        "|---|---|---|---|",
        *(f"| `{each.name}` | {each.label} | {each.unit} | {each.sentence}. {each.caveat} |" for each in MEASURES),
    ]


def _dataset(dataset: Dataset) -> list[str]:
    facts = [
        dataset.description,
        "",
        f"- Key: {', '.join(f'`{name}`' for name in dataset.primary_key)}",
        *([f"- Grain: {GRAINS[dataset.grain]}"] if dataset.kind == "snapshot" else []),
        *([f"- View: `{dataset.view}`"] if dataset.view else []),
        f"- Publisher: {dataset.publisher}",
        f"- Licence: {dataset.licence}",
        f"- Cadence: {dataset.cadence}",
        *(f"- Caveat: {caveat}" for caveat in dataset.caveats),
        *(_foreign_key(dataset)),
    ]
    return [
        f"### `{dataset.name}`: {dataset.title}",
        "",
        *facts,
        "",
        "| column | type | unit | meaning |",
        "|---|---|---|---|",
        *(_column(field) for field in dataset.fields),
    ]


def _foreign_key(dataset: Dataset) -> list[str]:
    return [f"- `{key.field}` must be in `{key.dataset}`" for key in (*dataset.foreign_keys, *dataset.view_keys)]


def _column(field: Field) -> str:
    meaning = field.description
    if field.enum:
        meaning += f": {', '.join(f'`{word}`' for word in field.enum)}"
    if field.is_optional_column:
        meaning += " (the column may be left out)"
    elif field.is_required:
        meaning += " (never blank)"
    return f"| `{field.name}` | {field.type} | {field.unit or ''} | {meaning.replace('|', '&#124;')} |"


def definitions() -> str:
    """Every derived table and every check in words, each with its file."""
    parts = [
        "# Definitions",
        "",
        "Made from the headers of the SQL files by `make docs`; do not edit it here. Each derived number of the "
        "dashboard is defined once, in the file named. A name with `(on_day)` answers for a day: "
        "`SELECT * FROM ward_status_on(DATE '2017-01-04')`.",
        "",
        "For each dataset that is published there are also `all_<dataset>`, every revision, and "
        "`current_<dataset>`: the highest revision of each as-at date, or, of a register, the newest row for each key.",
        "",
        "## Views",
    ]
    for view in view_definitions():
        parts += ["", f"### {', '.join(f'`{name}`' for name in view.creates)}", "", f"{view.title}.", "", *_facts(view)]
    parts += ["", "## Checks", "", "A check is a query that returns the rows that fail; none is a pass."]
    for check in check_definitions():
        parts += ["", f"### {check.title}", "", *_facts(check)]
    return "\n".join(parts) + "\n"


def _facts(definition: Definition) -> list[str]:
    return [*(f"- {key}: {text}" for key, text in definition.notes.items()), f"- File: `{definition.file}`"]


def documents() -> dict[Path, str]:
    """The generated documents as they should be, by their place."""
    return {
        DOCS / "data-dictionary.md": data_dictionary(catalogue().values()),
        DOCS / "definitions.md": definitions(),
    }


if __name__ == "__main__":
    for path, text in documents().items():
        path.write_text(text, encoding="utf-8")
