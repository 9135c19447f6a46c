"""What the store answers is kept and given to many readers at once, so nobody may change it."""

from __future__ import annotations

import ast
from pathlib import Path

PACKAGE = Path(__file__).parents[2] / "src" / "transparency"


def test_every_value_of_the_core_the_store_and_the_wards_is_frozen() -> None:
    frozen, others = 0, []
    for path in sorted(path for room in ("core", "store", "wards") for path in (PACKAGE / room).glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef):
                for decorator in filter(lambda text: "dataclass" in text, map(ast.unparse, node.decorator_list)):
                    if "frozen=True" in decorator:
                        frozen += 1
                    else:
                        others.append(f"{path.name} {node.name}")
    assert others == []
    assert frozen > 30
