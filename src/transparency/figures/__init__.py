"""Pictures: images as SVG, charts in Plotly, maps in pydeck, from the rows of the tables beside them."""
