"""The Streamlit side: navigation, frame, exhibits, pickers. Only this room and the pages import Streamlit."""
