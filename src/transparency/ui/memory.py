"""Exhibits kept between visits: decided by the data's version, what is asked and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TypeVar

import streamlit as st

from transparency.store import Store

Asked = str | int | date | tuple[str, ...] | None
Answer = TypeVar("Answer")


def remembered(store: Store, make: Callable[..., Answer], *asked: Asked) -> Answer:
    """What `make(store, *asked)` gives, worked out once for each version of the data."""
    answer: Answer = _remembered(store.data_version, f"{make.__module__}.{make.__qualname__}", asked, make, store)
    return answer


@st.cache_data(show_spinner=False, max_entries=2000)
def _remembered(
    data_version: str, name: str, asked: tuple[Asked, ...], _make: Callable[..., Answer], _store: Store
) -> Answer:
    return _make(_store, *asked)
