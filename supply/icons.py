"""The icons of the dashboard: `make icons`, the framework's icon font cut to the icons that its bundles name.

A first visit would fetch the whole font, 375 kB for some sixty icons. The names come from the bundles, so a new version
of the framework needs this run again; a test says so. Material Symbols is of Google, Apache License 2.0.
"""

from __future__ import annotations

import re
from importlib.util import find_spec
from pathlib import Path

ICONS = Path("static/icons.woff2")
NAMES = Path("supply/icons.txt")
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


def main() -> None:
    from fontTools import subset  # type: ignore[import-not-found]  # no dependency: uv brings it for this one run

    names = named_icons()
    font = subset.load_font(str(next((framework_static() / "media").glob("MaterialSymbols-*.woff2"))), subset.Options())
    letters = font.getBestCmap()
    ligatures = {
        "".join(spelt.get(part, "") for part in (first, *each.Component)): each.LigGlyph
        for spelt in [{glyph: chr(code) for code, glyph in letters.items()}]
        for lookup in font["GSUB"].table.LookupList.Lookup
        for table in lookup.SubTable
        for first, found in getattr(table, "ExtSubTable", table).ligatures.items()
        for each in found
    }
    options = subset.Options(
        flavor="woff2", layout_closure=False, layout_features=["liga", "rlig"], notdef_outline=True
    )
    cut = subset.Subsetter(options)
    glyphs = [ligatures[name] for name in sorted(names & ligatures.keys())]
    cut.populate(glyphs=glyphs, text="".join(sorted(set("".join(names)))))
    cut.subset(font)
    subset.save_font(font, str(ICONS), options)
    NAMES.write_text("".join(f"{name}\n" for name in sorted(names)), encoding="utf-8")
    print(f"{ICONS}: {len(glyphs)} icons, {ICONS.stat().st_size} bytes; not in the font: {names - ligatures.keys()}")


if __name__ == "__main__":
    main()
