"""Setting a Typst template as tagged PDF/UA-1 or as a picture, whatever characters its words hold.

PDF/UA-1 allows no character that the fonts lack. Ours come first, then those that the typesetter brings; what none of
them has is printed as a box.
"""

from __future__ import annotations

import json
import re
import threading
import unicodedata
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import typst

from transparency.core.project import PROJECT_ROOT
from transparency.core.text import each_text, without_control_characters

BOX = "□"
TEMPLATES = Path(__file__).parents[1] / "exhibits" / "templates"
_FONTS = TEMPLATES.parent / "fonts"
_CLUSTERS_KEPT = 8192
# What the fonts may lack, with the letter before it, on which its first mark may be set.
_BEYOND_ASCII = re.compile(r"[ -~]?[^ -~]+")

# How many documents later the typesetter gives back what it laid out for one.
_DOCUMENTS_REMEMBERED = 12
_LONG_PDF_BYTES = 500_000

_setting = threading.Lock()


def set_pdf(template: str, words: dict[str, Any], printed_on: date) -> bytes:
    """The template filled with words as PDF/UA-1: tagged, fonts embedded; the same bytes for the same words and day."""
    with _setting:
        try:
            pdf = _filled(template, each_text(words, as_printed), printed_on)
        except typst.TypstError:
            # A mark may be set apart from its character, where their scripts differ, and is then in no font.
            pdf = _filled(template, each_text(words, _without_marks), printed_on)
    if len(pdf) > _LONG_PDF_BYTES:
        forget()
    return pdf


def forget() -> None:
    """Have the typesetter give back what it laid out, if anything: for a borough's pack that is 200 MB."""
    with _setting:
        if _compiler.cache_info().currsize:
            for _ in range(_DOCUMENTS_REMEMBERED):
                _compiled("character.typ", {"character": "a"}, None)


def set_png(template: str, words: dict[str, Any]) -> bytes:
    """The template's one page filled with words as PNG, a pixel for each point."""
    with _setting:
        filled = {"words": json.dumps(each_text(words, as_printed))}
        picture = _compiler(template).compile(format="png", ppi=72, sys_inputs=filled)
    assert isinstance(picture, bytes)  # noqa: S101 - a list of them is made of several pages only
    return picture


@cache
def sites_mark() -> str:
    """The mark of the site as SVG text: that of its tab, its cards and its pages."""
    return (PROJECT_ROOT / "static" / "favicon.svg").read_text(encoding="utf-8")


def as_printed(text: str) -> str:
    """The text with a box for each character that no font has, and without what only steers other characters."""
    return _BEYOND_ASCII.sub(lambda run: "".join(_cluster_as_printed(each) for each in _clusters(run[0])), text)


def _without_marks(text: str) -> str:
    return _BEYOND_ASCII.sub(lambda run: "".join(_cluster_as_printed(each[0]) for each in _clusters(run[0])), text)


def _clusters(text: str) -> Iterator[str]:
    """Each character with the marks that are set upon it, which must come from the same font."""
    cluster = ""
    for character in unicodedata.normalize("NFC", without_control_characters(text)):
        category = unicodedata.category(character)
        if category == "Cf":
            continue
        if cluster and not category.startswith("M"):
            yield cluster
            cluster = ""
        cluster += character
    if cluster:
        yield cluster


@lru_cache(_CLUSTERS_KEPT)
def _cluster_as_printed(cluster: str) -> str:
    """A cluster as it can be printed: whole, or its character and a box for its marks, or a box."""
    try:
        _compiled("character.typ", {"character": cluster}, None)
    except typst.TypstError:
        without_marks = _cluster_as_printed(cluster[0]) if len(cluster) > 1 else BOX
        return BOX if without_marks == BOX else without_marks + BOX
    return cluster


def _filled(template: str, words: dict[str, Any], printed_on: date) -> bytes:
    return _compiled(template, {"words": json.dumps(words)}, datetime.combine(printed_on, time(), UTC))


def _compiled(template: str, inputs: dict[str, str], timestamp: datetime | None) -> bytes:
    pdf = _compiler(template).compile(format="pdf", sys_inputs=inputs, pdf_standards="ua-1", timestamp=timestamp)
    assert isinstance(pdf, bytes)  # noqa: S101 - a list of them is made of pictures only
    return pdf


@cache
def _compiler(template: str) -> typst.Compiler:
    return typst.Compiler(TEMPLATES / template, root=TEMPLATES, font_paths=_fonts())


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[_FONTS])
