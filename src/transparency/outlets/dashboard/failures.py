"""What a reader reads when a page or a part of it fails: what cannot be shown, and the reference in the log."""

from __future__ import annotations

import logging
import re

import streamlit as st
from streamlit import logger as framework_logger

from transparency.core.logs import REQUEST_ID, new_reference

# What begins a link or a picture in Markdown, and the places where a bare address would become a link by itself.
_MARKDOWN = re.compile(r"[\\\[<]|(?<=:)(?=//)|(?<=www)(?=\.)|(?=@)", re.IGNORECASE)
_JOINER = "\N{WORD JOINER}"


def begin_run() -> None:
    """Number this run of a page, so that what it logs and what it shows of an error have one reference."""
    REQUEST_ID.set(new_reference())


def failure_text(said: str) -> str:
    """What is said of a failure, and its reference where the run has one."""
    reference = REQUEST_ID.get()
    return f"{said} Reference: {reference}." if reference else said


def warn(text: str) -> None:
    """A warning, with words of the address in it shown as they are.

    The framework reads warnings as Markdown, in which an address could otherwise set links and pictures.
    """
    st.warning(_MARKDOWN.sub(lambda found: f"\\{found[0]}" if found[0] else _JOINER, text))


def page_failed(_fault: Exception) -> bool:
    """Say that a page failed, in place of the framework's own words; it has logged the error by then."""
    st.error(failure_text("This page cannot be shown at the moment. The other pages are not affected."))
    return True


def share_one_log() -> None:
    """Let the framework's loggers, which set up a handler each, hand their records to the one of `logs`."""

    def hand_on(logger: logging.Logger) -> None:
        logger.propagate = True

    framework_logger.setup_formatter = hand_on
