"""A figure that is handed over at each run is written once, and as Plotly writes it."""

from datetime import date

import plotly.graph_objects as go

from transparency.exhibits.palette import KeptFigure
from transparency.months.charts import SharePoint, share_figure


def test_a_kept_figure_is_written_once_and_as_plotly_writes_it() -> None:
    figure = share_figure([SharePoint(date(2024, 1, 1), 12.5, None), SharePoint(date(2024, 2, 1), 14.0, None)])
    assert isinstance(figure, KeptFigure)
    assert figure.to_dict() == go.Figure(data=figure.data, layout=figure.layout).to_dict()
    assert figure.to_dict()["data"] is figure.to_dict()["data"]


def test_to_print_a_kept_figure_does_not_change_it() -> None:
    figure = share_figure([SharePoint(date(2024, 1, 1), 12.5, None)])
    before = figure.to_json()
    assert "template" in repr(figure)
    assert figure.to_json() == before
