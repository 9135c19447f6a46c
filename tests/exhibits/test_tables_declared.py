"""A table is declared by its columns: each takes its cell from a record, a row of SQL or an object alike."""

from dataclasses import dataclass

import pytest

from transparency.exhibits.exhibit import Column, table
from transparency.exhibits.files import table_csv


@dataclass(frozen=True)
class Ward:
    ward_name: str
    officers: float | None


COLUMNS = (
    Column("ward_name", "Ward"),
    Column("officers", "Officers", True),
    Column("known", "Known", cell=lambda ward: "no" if ward.officers is None else "yes"),
)
WARDS = (Ward("Abbey", 2), Ward("Alibon", None))


def test_a_column_takes_the_field_of_its_name_or_what_its_cell_makes() -> None:
    assert table("Wards", COLUMNS, WARDS).rows == (("Abbey", 2, "yes"), ("Alibon", None, "no"))


def test_rows_of_sql_do_as_well_as_records() -> None:
    rows = [{"ward_name": "Abbey", "officers": 2}]
    assert table("Wards", COLUMNS[:2], rows).rows == (("Abbey", 2),)


def test_a_column_without_its_field_is_refused() -> None:
    with pytest.raises(AttributeError):
        table("Wards", (Column("no_such_field", "Nothing"),), WARDS)


def test_the_file_has_the_columns_declared() -> None:
    assert table_csv(table("Wards", COLUMNS, WARDS)).splitlines() == [
        b"ward_name,officers,known",
        b"Abbey,2,yes",
        b"Alibon,,no",
    ]
