"""What an operator may set, what is refused with which words, and that SECURITY.md lists every variable."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest

from transparency.core.errors import SettingError
from transparency.core.settings import (
    Logged,
    Settings,
    data_folder,
    listening,
    read_settings,
    source_of_replica,
)

ROOT = Path(__file__).parents[2]


def test_without_variables_faults_alone_are_logged_and_searches_are_limited() -> None:
    assert read_settings({}) == Settings(
        site="", hosts=(), proxies=(), hsts="", searches=120, log=Logged.ERRORS, metrics=False
    )


def test_every_variable_is_read() -> None:
    assert read_settings(
        {
            "TRANSPARENCY_SITE": "https://wards.example/",
            "TRANSPARENCY_HOSTS": "wards.example, *.wards.example,10.0.0.5",
            "TRANSPARENCY_PROXIES": "10.0.0.5,10.1.0.0/16,::1",
            "TRANSPARENCY_HSTS": "max-age=31536000; includeSubDomains",
            "TRANSPARENCY_SEARCHES": "30",
            "TRANSPARENCY_LOG": "addresses",
            "TRANSPARENCY_METRICS": "on",
            "TRANSPARENCY_LOOK_SECONDS": "0.5",
            "TRANSPARENCY_OPERATOR": "/etc/operator.json",
        }
    ) == Settings(
        site="https://wards.example",
        hosts=("wards.example", "*.wards.example", "10.0.0.5"),
        proxies=("10.0.0.5", "10.1.0.0/16", "::1"),
        hsts="max-age=31536000; includeSubDomains",
        searches=30,
        log=Logged.ADDRESSES,
        metrics=True,
        look_seconds=0.5,
        operator="/etc/operator.json",
    )


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("SITE", "wards.example", "such as https://wards.example"),
        ("SITE", "https://wards.example/path", "without a path"),
        ("SITE", "https://wards.example\r\nX: y", "without a path"),
        ("HOSTS", "https://wards.example", "host names without ports"),
        ("HOSTS", "*", "host names without ports"),
        ("PROXIES", "nginx", "addresses or networks"),
        ("HSTS", "yes", "such as max-age=31536000"),
        ("SEARCHES", "-1", "whole number"),
        ("SEARCHES", "many", "whole number"),
        ("LOG", "everything", "one of: errors, requests, addresses"),
        ("METRICS", "off", "must be on"),
        ("LOOK_SECONDS", "0", "above 0, such as 5"),
        ("LOOK_SECONDS", "soon", "above 0, such as 5"),
    ],
)
def test_a_value_that_cannot_be_used_is_refused_by_name(name: str, value: str, said: str) -> None:
    with pytest.raises(SettingError, match=f"TRANSPARENCY_{name} is ") as refused:
        read_settings({f"TRANSPARENCY_{name}": value})
    assert said in str(refused.value)


def test_the_folder_of_the_data_its_source_and_where_to_listen_are_read_when_they_are_asked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("TRANSPARENCY_DATA", "TRANSPARENCY_SOURCE", "HOST", "PORT"):
        monkeypatch.delenv(name, raising=False)
    assert (data_folder(), source_of_replica(), listening()) == (None, "", ("127.0.0.1", "8501"))
    monkeypatch.setenv("TRANSPARENCY_DATA", "/srv/wards")
    monkeypatch.setenv("TRANSPARENCY_SOURCE", "https://store.example")
    monkeypatch.setenv("HOST", "0.0.0.0")
    monkeypatch.setenv("PORT", "80")
    assert (data_folder(), source_of_replica(), listening()) == (
        Path("/srv/wards"),
        "https://store.example",
        ("0.0.0.0", "80"),
    )


def test_security_md_lists_every_setting_and_no_other() -> None:
    text = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
    listed = re.findall(r"^\| `TRANSPARENCY_(\w+)` \|", text, re.MULTILINE)
    assert sorted(listed) == sorted(field.name.upper() for field in fields(Settings))
