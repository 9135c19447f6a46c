"""The tool row of a page: print, copy its link, cite it, download its rows, put its card on another site."""

from __future__ import annotations

from html import escape

from transparency.exhibits.html import render
from transparency.outlets.citation import citation
from transparency.outlets.embeds import EMBED
from transparency.pages.page import Asked, Card, Tools
from transparency.store.store import Store

CARD_WIDTH, CARD_HEIGHT = 320, 300  # CSS pixels
_SUBJECTS = {"ward": "ward officers", "borough": "police counters"}


def tools_html(store: Store, tools: Tools, asked: Asked, address: str, site: str) -> str:
    """The row. `address` is the page's within the site, with its day where one is asked for; `site` the origin."""
    permanent = tools.address + (f"?as_at={asked.as_at}" if asked.is_dated else "") if tools.address else address
    return render(
        "tools.html",
        tools=tools,
        link=f"{site}{permanent}",
        citation=citation(store, tools, asked.day, address, site),
        frame=frame_to_copy(tools.card, site) if tools.card else "",
    )


def frame_to_copy(card: Card, site: str) -> str:
    """The HTML that puts a place's card on another page."""
    source, title = f"{site}{EMBED}/{card.kind}/{card.code}", escape(f"{card.name}: {_SUBJECTS[card.kind]}")
    return (
        f'<iframe src="{source}" title="{title}" width="{CARD_WIDTH}" height="{CARD_HEIGHT}" loading="lazy" '
        'style="border:1px solid #d5d9de"></iframe>'
    )
