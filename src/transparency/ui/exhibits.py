"""An exhibit on a dashboard page: headline, subtitle, picture, table, source, in that order and complete."""

from __future__ import annotations

import streamlit as st

from transparency.outlets.exhibit import Chart, Exhibit
from transparency.outlets.html import exhibit_foot_html, render, still_exhibit_html

PLOTLY_CONFIG = {"displayModeBar": False, "responsive": True}


def fragment(html: str) -> None:
    """Show a piece of HTML in the site's own style."""
    st.html(f'<div class="tp">{html}</div>')


def show(exhibit: Exhibit, *, level: int = 2, is_table_open: bool = True) -> None:
    """Show the exhibit; a table of more than a screen can start folded (`is_table_open` False)."""
    picture = exhibit.picture
    if not isinstance(picture, Chart):
        fragment(still_exhibit_html(exhibit, level, is_table_open))
        return
    fragment(render("exhibit_head.html", exhibit=exhibit, level=level))
    _show_chart(exhibit.key, picture)
    fragment(exhibit_foot_html(exhibit, is_table_open))


def _show_chart(key: str, chart: Chart) -> None:
    if type(chart.figure).__module__.startswith("pydeck"):
        st.pydeck_chart(chart.figure, key=f"{key}-map", alt=chart.alt)
    else:
        st.plotly_chart(chart.figure, key=f"{key}-chart", config=PLOTLY_CONFIG, theme=None, alt=chart.alt)
