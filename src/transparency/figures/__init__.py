"""Pictures: images as SVG, charts in Plotly, maps in pydeck, all from the same rows as the tables beside them."""
