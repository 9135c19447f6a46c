"""The one opened store, for pages."""

import streamlit as st

from transparency.core.errors import StoreError
from transparency.store.current import shared_store
from transparency.store.store import Store


def opened_store() -> Store:
    """The store every page reads; where it cannot be opened the page says why and ends here."""
    try:
        return shared_store()
    except StoreError as error:
        st.title("The data cannot be shown at the moment")
        st.text(str(error))
        st.stop()
