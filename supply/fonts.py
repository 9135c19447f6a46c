"""The fonts of the dashboard: `make fonts`, the framework's own cut to what is shown here.

A first visit would fetch 375 kB of icons for some sixty of them, and 170 kB of letters of every alphabet. The icons
are those that the framework's bundles name, so a new version of the framework needs this run again; a test says so.
Material Symbols is of Google, Apache License 2.0; Source Sans of Adobe, SIL Open Font License 1.1.
"""

from __future__ import annotations

import re
from importlib.util import find_spec
from pathlib import Path
from typing import Any

FONTS = Path("static/fonts")
NAMES = Path("supply/icons.txt")
# Western and central European letters, their marks and punctuation, arrows, signs of arithmetic, shapes.
LETTERS = (
    (0x20, 0x17F),
    (0x2C6, 0x2DC),
    (0x2010, 0x2044),
    (0x20AC, 0x20AC),
    (0x2116, 0x2122),
    (0x2190, 0x2199),
    (0x2212, 0x2265),
    (0x25A0, 0x25FF),
    (0x2713, 0x2717),
)
FEATURES = ("calt", "ccmp", "kern", "liga", "lnum", "locl", "mark", "mkmk", "tnum")
_NAMED = re.compile(r":material/(\w+):")


def framework_static() -> Path:
    """The folder of the framework's bundles."""
    spec = find_spec("streamlit")
    assert spec is not None and spec.submodule_search_locations  # noqa: S101 - installed with the site
    return Path(spec.submodule_search_locations[0]) / "static" / "static"


def named_icons() -> set[str]:
    """Every icon that a bundle of the framework names."""
    bundles = (framework_static() / "js").glob("*.js")
    return {name for bundle in bundles for name in _NAMED.findall(bundle.read_text(encoding="utf-8"))}


def cut(start: str, target: str, features: tuple[str, ...], **kept: Any) -> None:
    """Write the framework's font whose name begins so, cut to the glyphs, text or code points `kept`."""
    from fontTools import subset  # type: ignore[import-not-found]  # no dependency: uv brings it for this one run

    options = subset.Options(flavor="woff2", layout_closure=False, layout_features=list(features), notdef_outline=True)
    font = subset.load_font(str(next((framework_static() / "media").glob(f"{start}*.woff2"))), options)
    cutter = subset.Subsetter(options)
    cutter.populate(**kept)
    cutter.subset(font)
    subset.save_font(font, str(FONTS / target), options)
    print(f"{FONTS / target}: {(FONTS / target).stat().st_size} bytes")


def icon_glyphs(names: set[str]) -> list[str]:
    """The glyphs of the icons, each a ligature of the letters of its name."""
    from fontTools import ttLib

    font = ttLib.TTFont(next((framework_static() / "media").glob("MaterialSymbols-*.woff2")))
    spelt = {glyph: chr(code) for code, glyph in font.getBestCmap().items()}
    ligatures = {
        "".join(spelt.get(part, "") for part in (first, *each.Component)): each.LigGlyph
        for lookup in font["GSUB"].table.LookupList.Lookup
        for table in lookup.SubTable
        for first, found in getattr(table, "ExtSubTable", table).ligatures.items()
        for each in found
    }
    return [ligatures[name] for name in sorted(names & ligatures.keys())]


def main() -> None:
    names = named_icons()
    letters = [code for first, last in LETTERS for code in range(first, last + 1)]
    text = "".join(sorted(set("".join(names))))
    cut("MaterialSymbols-", "icons.woff2", ("liga", "rlig"), glyphs=icon_glyphs(names), text=text)
    cut("SourceSansVF-Upright", "source-sans.woff2", FEATURES, unicodes=letters)
    cut("SourceSansVF-Italic", "source-sans-italic.woff2", FEATURES, unicodes=letters)
    NAMES.write_text("".join(f"{name}\n" for name in sorted(names)), encoding="utf-8")


if __name__ == "__main__":
    main()
