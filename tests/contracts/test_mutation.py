"""What mutation testing changes, and that the tests it names are there."""

from pathlib import Path

from benchmarks.mutants import sql_mutants
from benchmarks.mutation import PACKAGE, PARTS, ROOT, finders

SQL = """\
-- Title: a < b AND 1 = 1
CREATE VIEW late AS
SELECT *, 2 * wards AS twice, count(*) FILTER (day >= DATE '2017-12-31') -- not 3 here
FROM told LEFT JOIN ward USING (ward_code)
WHERE said IS NULL AND kind IN ('open') AND day BETWEEN lag(day) AND last_day;
"""


def test_one_operator_or_constant_of_a_line_is_changed_in_each_and_no_comment() -> None:
    assert [(mutant.line, mutant.after) for mutant in sql_mutants("a.sql", SQL)] == [
        (3, "SELECT *, 3 * wards AS twice, count(*) FILTER (day >= DATE '2017-12-31') -- not 3 here"),
        (3, "SELECT *, 2 / wards AS twice, count(*) FILTER (day >= DATE '2017-12-31') -- not 3 here"),
        (3, "SELECT *, 2 * wards AS twice, count(*) FILTER (day > DATE '2017-12-31') -- not 3 here"),
        (3, "SELECT *, 2 * wards AS twice, count(*) FILTER (day >= DATE '2018-01-01') -- not 3 here"),
        (4, "FROM told JOIN ward USING (ward_code)"),
        (5, "WHERE said IS NOT NULL AND kind IN ('open') AND day BETWEEN lag(day) AND last_day;"),
        (5, "WHERE said IS NULL OR kind IN ('open') AND day BETWEEN lag(day) AND last_day;"),
        (5, "WHERE said IS NULL AND kind NOT IN ('open') AND day BETWEEN lag(day) AND last_day;"),
        (5, "WHERE said IS NULL AND kind IN ('open~') AND day BETWEEN lag(day) AND last_day;"),
        (5, "WHERE said IS NULL AND kind IN ('open') OR day BETWEEN lag(day) AND last_day;"),
    ]


def test_every_file_has_tests_that_are_there() -> None:
    root = ROOT / PACKAGE
    files = {path.relative_to(root).as_posix() for pattern in PARTS.values() for path in root.glob(pattern)}
    named = {test for file in files for test in finders(file)}
    assert [test for test in named if not Path(ROOT, test.partition("::")[0]).is_file()] == []
    assert len(files) > 150
