"""The picture of a ward's link over HTTP: drawn once, kept, never framed, and refused for what is no ward or day."""

from __future__ import annotations

import httpx
import pytest


def test_the_picture_is_sent_once_and_kept(live_server: str) -> None:
    address = f"{live_server}/ward/e05000139/preview.png?as_at=2017-01-04"
    first = httpx.get(address)
    assert (first.status_code, first.headers["Content-Type"]) == (200, "image/png")
    assert first.headers["Cache-Control"] == "public, max-age=300"
    assert "Content-Encoding" not in first.headers
    assert len(first.content) < 250_000
    again = httpx.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_a_borough_has_a_picture_too(live_server: str) -> None:
    answer = httpx.get(f"{live_server}/borough/e09000007/preview.png")
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "image/png")


@pytest.mark.parametrize(
    "path",
    [
        "/ward/E05999999/preview.png",
        "/ward/E05000139/preview.png?as_at=soon",
        "/borough/E05000139/preview.png",
    ],
)
def test_what_does_not_exist_has_no_picture(live_server: str, path: str) -> None:
    assert httpx.get(live_server + path).status_code == 404
