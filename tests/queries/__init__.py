"""Queries and the views behind them, against the facts and an invented city."""
