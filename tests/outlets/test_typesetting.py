"""Whatever character a name, a source or an event holds, its hand-out prints it, or a box, as PDF/UA-1."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from typing import Any

import pypdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from transparency.outlets.handouts import typeset, ward_sheet
from transparency.outlets.typesetting import as_printed
from transparency.pages.ward_record import ward_page
from transparency.store.store import Store

PRINTED = date(2026, 11, 22)
WARD = "E05900032"


def words_of(pdf: bytes) -> str:
    read = pypdf.PdfReader(io.BytesIO(pdf))
    root: Any = read.trailer["/Root"]
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_object().get_data()
    return " ".join(page.extract_text() for page in read.pages)


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("Ward‑based", "Ward‑based"),
        ("Café Ω Ж “quoted” …", "Café Ω Ж “quoted” …"),
        ("Cafe\u0301", "Caf\u00e9"),
        ("x\u0323", "x\u0323"),
        ("مرحبا", "مرحبا"),
        ("Tea 🙂 and 茶", "Tea □ and □"),
        ("👩\u200d👧", "□□"),
        ("☕\ufe0f", "☕\ufe0f"),
        ("soft\u00adhyphen zero\u200bwidth \ufeffmark \u2067right", "softhyphen zerowidth mark right"),
        ("bell\x07 half\ud83d", "bell\ufffd half\ufffd"),
        ("q\u0378", "q□"),
        ("two\nlines", "two\nlines"),
        ("", ""),
    ],
)
def test_what_no_font_has_is_a_box(text: str, printed: str) -> None:
    assert as_printed(text) == printed


def sheet_of_a_ward_named(name: str, store: Store) -> bytes:
    page = ward_page(store, WARD, date(2020, 12, 1))
    ward = replace(page.ward, ward_name=name, borough_name=name)
    sheet = ward_sheet(store, replace(page, standing=replace(page.standing, ward=ward)), PRINTED)
    return typeset(sheet.title, (replace(sheet, sources=name, context=(name,)),), PRINTED)


@pytest.mark.parametrize("name", ["Ward‑based", "🙂 茶 مرحبا", "\u236e\u07fd and \u2596\u0827", "\x0b\x00\ud800\ufffe"])
def test_a_ward_of_any_name_is_printed(name: str, city: Store) -> None:
    assert len(words_of(sheet_of_a_ward_named(name, city))) > 500


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=st.text(min_size=1, max_size=30))
def test_any_text_is_printed(name: str, city: Store) -> None:
    assert len(words_of(sheet_of_a_ward_named(name, city))) > 500
