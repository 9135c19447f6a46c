"""GET /health, over HTTP, with a good store and with none."""

from datetime import UTC, date, datetime
from pathlib import Path

import httpx

from tests.serving import serve


def test_health_names_code_data_and_their_age(live_server: str) -> None:
    answer = httpx.get(f"{live_server}/health")
    said = answer.json()
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    assert said["status"] == "ok"
    assert said["code_version"]
    assert said["data_version"]
    age = datetime.now(UTC).date() - date.fromisoformat(said["newest_as_at"])
    assert abs(age.days - said["age_days"]) <= 1  # London may be a day ahead of UTC


def test_health_is_503_with_the_reason_when_the_store_is_not_there(tmp_path: Path) -> None:
    with serve(tmp_path / "nowhere") as address:
        answer = httpx.get(f"{address}/health")
        page = httpx.get(address)
    assert answer.status_code == 503
    assert answer.json()["status"] == "unavailable"
    assert "nowhere" in answer.json()["reason"]
    assert page.status_code == 200  # the dashboard itself is there to say what is wrong


def test_health_answers_head(live_server: str) -> None:
    answer = httpx.head(f"{live_server}/health")
    assert (answer.status_code, answer.content) == (200, b"")
