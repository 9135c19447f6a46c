"""The dashboard as one ASGI application, for `make run`, `uvicorn app:app` and `streamlit run app.py`."""

from pathlib import Path

import streamlit as st

from transparency.core.logs import set_up_logs
from transparency.core.settings import settings
from transparency.outlets import dashboard
from transparency.outlets.dashboard.failures import page_failed, share_one_log
from transparency.web.lifespan import lifespan
from transparency.web.middleware import middleware
from transparency.web.routes import routes
from transparency.web.shell import shell_bundles

share_one_log()
set_up_logs()

app = st.App(
    Path(dashboard.__file__).with_name("navigation.py"),
    routes=routes(),
    middleware=middleware(settings()),
    on_script_error=page_failed,
    lifespan=lifespan(shell_bundles()),
)
