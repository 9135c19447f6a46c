"""The mutants: one operator or constant of the code changed in each, in SQL by us, in Python by cosmic-ray."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from sqlite3 import connect

# Each operator is replaced by its nearest: others, such as + by <<, and what paths are joined by are found by anything.
_PYTHON = re.compile(
    r"core/(?:AddNot|NumberReplacer|RemoveDecorator|ZeroIterationForLoop|ExceptionReplacer|Replace\w+With\w+"
    r"|Replace\w+_(?:Eq_NotEq|NotEq_Eq|Lt_LtE|LtE_Lt|Gt_GtE|GtE_Gt|Is_IsNot|IsNot_Is|Add_Sub|Sub_Add|Mul_Div|Mod_Add"
    r"|FloorDiv_Mul|USub_UAdd|Delete_\w+))"
)
_PAIRS = (
    "=/<>,</<=,>/>=,+/-,AND/OR,TRUE/FALSE,min/max,arg_min/arg_max,list_min/list_max,lag/lead,least/greatest,floor/ceil,"
    "IS NULL/IS NOT NULL,IN (/NOT IN (,IS DISTINCT FROM/IS NOT DISTINCT FROM"
)
_SQL = {"*": "/", "/": "*", "LEFT JOIN": "JOIN", "UNION ALL": "UNION", "DESC": "ASC", "WHERE NOT": "WHERE"}
_SQL |= {one: other for pair in _PAIRS.split(",") for one, other in (pair.split("/"), pair.split("/")[::-1])}
# What is read past: comments, BETWEEN with its AND, lambdas and named arguments, stars and signs that are no operators.
_TOKEN = re.compile(
    r"--[^\n]*|BETWEEN\s+\S+(?:\([^)]*\))?\s+AND\b|->>?|=>|:=|\(\s*\*|\*\s*(?=\)|FROM\b|EXCLUDE\b|REPLACE\b)|\.\*"
    r"|(?<=SELECT) \*|(?<=,) \*|(?<=\n)\s+\*,?|(?P<text>'[^']*')|(?P<number>(?<![\w.])\d+(?:\.\d+)?(?![\w.]))"
    r"|(?P<swap>\b(?:IS NOT DISTINCT FROM|IS DISTINCT FROM|IS NOT NULL|IS NULL|NOT IN \(|IN \(|LEFT JOIN|UNION ALL"
    r"|WHERE NOT|AND|OR|TRUE|FALSE|DESC)(?!\w)"
    r"|\b(?:arg_min|arg_max|list_min|list_max|min|max|lag|lead|least|greatest|floor|ceil)(?=\()"
    r"|<=|>=|<>|=|<|>|(?<= )[-+*/](?= ))",
    re.IGNORECASE,
)
_MAKE = """
import json, sys, pathlib, cosmic_ray.mutating as made, cosmic_ray.plugins as plugins
asked = json.load(sys.stdin)
given = [(pathlib.Path(path).read_text(), plugins.get_operator(name)(), int(n)) for path, name, n in asked]
print(json.dumps([made.mutate_code(*each) for each in given]))
"""
_DAY = re.compile(r"'\d{4}-\d\d-\d\d'")


@dataclass(frozen=True)
class Mutant:
    """A file below src/transparency with one change: `before` and `after` are the line and what becomes of it."""

    path: str
    line: int
    before: str
    after: str
    place: str  # which change of the line, where several read alike
    text: str = ""  # the whole file, where it is made already

    @property
    def key(self) -> tuple[str, str, str]:
        return self.path, self.before, self.after


def sampled(mutants: list[Mutant], sample: int, seed: int) -> list[Mutant]:
    """So many of the mutants, chosen by a hash of each: a change elsewhere in the code leaves the others chosen."""
    return sorted(mutants, key=lambda m: hashlib.sha256(f"{seed} {m.path} {m.before} {m.place}".encode()).digest())[
        :sample
    ]


def sql_mutants(path: str, text: str) -> Iterator[Mutant]:
    """Every mutant of an SQL file; comments, and so the header, are left alone."""
    for token in _TOKEN.finditer(text):
        changed = _changed(token)
        if changed is None:
            continue
        whole = text[: token.start()] + changed + text[token.end() :]
        line = text.count("\n", 0, token.start())
        before, after = (lines.split("\n")[line].strip() for lines in (text, whole))
        place = f"{token.start() - text.rfind(chr(10), 0, token.start())}"
        yield Mutant(path, line + 1, before, after, place, whole)


def _changed(token: re.Match[str]) -> str | None:
    if number := token["number"]:
        return str(int(number) + 1) if number.isdigit() else str(float(number) + 1)
    if text := token["text"]:
        if _DAY.fullmatch(text):
            return f"'{date.fromisoformat(text[1:-1]) + timedelta(days=1)}'"
        return f"{text[:-1]}~'"
    if swap := token["swap"]:
        changed = _SQL.get(swap.upper()) or _SQL.get(swap.lower())
        return changed.lower() if changed and swap.islower() else changed
    return None


def python_mutants(root: Path, paths: list[str]) -> list[Mutant]:
    """Every mutant that cosmic-ray knows of modules and _PYTHON names; `made` gives them their text."""
    with tempfile.TemporaryDirectory() as folder:
        config, session = Path(folder, "cosmic-ray.toml"), Path(folder, "session.sqlite")
        modules = json.dumps([str(root / path) for path in paths])
        config.write_text(
            f'[cosmic-ray]\nmodule-path = {modules}\ntimeout = 1.0\ntest-command = "true"\n'
            '[cosmic-ray.distributor]\nname = "local"\n'
        )
        _cosmic_ray("cosmic-ray", "init", str(config), str(session))
        with closing(connect(session)) as opened:
            rows = opened.execute(
                "SELECT module_path, operator_name, occurrence, start_pos_row, start_pos_col FROM mutation_specs"
            ).fetchall()
    found = []
    for module, operator, occurrence, line, column in rows:
        if _PYTHON.fullmatch(operator):
            before = Path(module).read_text(encoding="utf-8").split("\n")[line - 1].strip()
            path = Path(module).relative_to(root).as_posix()
            place = f"{operator} {column} {occurrence % 2 if operator == 'core/NumberReplacer' else ''}"
            found.append(Mutant(path, line, before, f"{operator} {occurrence}", place))
    return found


def made(root: Path, mutants: list[Mutant]) -> list[Mutant]:
    """The same mutants with their text, those of Python made by cosmic-ray in one process."""
    asked = [mutant for mutant in mutants if not mutant.text]
    specs = [(str(root / mutant.path), *mutant.after.split(" ")) for mutant in asked]
    texts = json.loads(_cosmic_ray("python", "-c", _MAKE, given=json.dumps(specs)))
    return [mutant for mutant in mutants if mutant.text] + [
        _with_text(root, mutant, text) for mutant, text in zip(asked, texts, strict=True)
    ]


def _with_text(root: Path, mutant: Mutant, whole: str) -> Mutant:
    text = (root / mutant.path).read_text(encoding="utf-8")
    lines = zip(text.split("\n"), whole.split("\n"), strict=False)
    before, after = next((one.strip(), other.strip()) for one, other in lines if one != other)
    return replace(mutant, before=before, after=after, text=whole)


def _cosmic_ray(*command: str, given: str = "") -> str:
    """What a command prints where cosmic-ray is: uv keeps it in a cache of its own, so the project does not need it."""
    uv = str(Path(sys.executable).with_name("uv"))
    run = (uv, "run", "--no-project", "--python", sys.executable, "--with", "cosmic-ray==8.7.0", *command)
    return subprocess.run(run, input=given, check=True, stdout=subprocess.PIPE, text=True).stdout
