"""Take the data away: every table as a file, how to get it in one line, what it means, and what was published."""

import streamlit as st

from transparency.core.vocabulary import today
from transparency.outlets.dashboard.citation import cite
from transparency.outlets.dashboard.downloads import downloads, import_report
from transparency.outlets.dashboard.exhibits import fragment, in_one_piece, show
from transparency.outlets.dashboard.frame import page_frame, part
from transparency.outlets.downloads import LINE, TITLE, dictionary_html, one_liners, other_ways_html

with page_frame() as store:
    fragment(f'<h1>{TITLE}</h1><p>{LINE} <a href="/data/">The same as a plain page</a>.</p>')
    with in_one_piece():
        with part("The list of tables"):
            tables, _, _ = downloads(store)
            show(tables)
        with part("The official sources"):
            _, official, _ = downloads(store)
            show(official)
        with part("The import of the monthly workbook"):
            for report in import_report(store):
                show(report, is_table_open=False)
        with part("The list of files that hold everything"):
            fragment(f"<h2>Everything at once, the API and the feeds</h2>{other_ways_html()}")
    with part("The ways to get a table in one line"):
        fragment("<h2>In one line</h2>")
        address = (st.context.url or "").split("?")[0]
        for tool, line in one_liners(address.removesuffix("/downloads").removesuffix("/")):
            fragment(f"<p>{tool}</p>")
            st.code(line, language=None, wrap_lines=True)
    with in_one_piece():
        with part("The data dictionary"):
            fragment(f"<h2>What each column means</h2>{dictionary_html()}")
        with part("The list of snapshots"):
            _, _, snapshots = downloads(store)
            show(snapshots, is_table_open=False)
        with part("The citation"):
            cite(store, tables.headline, today(), tables.sources)
