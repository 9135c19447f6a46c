"""What an operator sets in the environment: the only module that reads it.

Each is one field below, read once when the server starts; SECURITY.md lists them with what they are for.
"""

from __future__ import annotations

import ipaddress
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from transparency.core.errors import SettingError

DEFAULT_HOST, DEFAULT_PORT = "127.0.0.1", 8501
_ORIGIN = re.compile(r"https?://[a-z0-9.-]+(?::\d{1,5})?", re.IGNORECASE)
_HOST_NAME = re.compile(r"(?:\*\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)*", re.IGNORECASE)
_HSTS = re.compile(r"max-age=\d+(?:; ?includeSubDomains)?(?:; ?preload)?")


class Logged(StrEnum):
    """How much is logged: errors alone; one line for each request as well; and with the client's address."""

    ERRORS = "errors"
    REQUESTS = "requests"
    ADDRESSES = "addresses"


@dataclass(frozen=True)
class Settings:
    """`site` is the public origin ("https://wards.example"), `hosts` further names the site answers for,
    `proxies` addresses or networks whose forwarded headers are believed, `hsts` the header's value,
    `searches` how many a client may make in a minute (0: any number), `look_seconds` the time between two looks for
    a newly published release, `operator` the file that says who runs the site, where it is not data/operator.json."""

    site: str = ""
    hosts: tuple[str, ...] = ()
    proxies: tuple[str, ...] = ()
    hsts: str = ""
    searches: int = 120
    log: Logged = Logged.ERRORS
    metrics: bool = False
    look_seconds: float = 5.0
    operator: str = ""


def read_settings(environment: Mapping[str, str]) -> Settings:
    """The settings in an environment; raises SettingError naming the variable, its value and what it may be."""

    def value(name: str) -> str:
        return environment.get(f"TRANSPARENCY_{name}", "").strip()

    def refused(name: str, remedy: str) -> SettingError:
        return SettingError(f"TRANSPARENCY_{name} is {value(name)!r}: {remedy}")

    def listed(name: str) -> tuple[str, ...]:
        return tuple(part for entry in value(name).split(",") if (part := entry.strip()))

    site = value("SITE").rstrip("/")
    if site and not _ORIGIN.fullmatch(site):
        raise refused("SITE", "it must be the site's address without a path, such as https://wards.example")
    hosts = listed("HOSTS")
    if not all(_HOST_NAME.fullmatch(host) or is_ip_address(host) for host in hosts):
        raise refused("HOSTS", "it must be host names without ports, such as wards.example,*.wards.example")
    proxies = listed("PROXIES")
    if not all(_is_network(proxy) for proxy in proxies):
        raise refused("PROXIES", "it must be addresses or networks, such as 10.0.0.5,10.1.0.0/16")
    hsts = value("HSTS")
    if hsts and not _HSTS.fullmatch(hsts):
        raise refused("HSTS", "it must be such as max-age=31536000; includeSubDomains")
    searches = value("SEARCHES") or str(Settings.searches)
    if not (searches.isascii() and searches.isdecimal()):
        raise refused("SEARCHES", "it must be a whole number of searches a minute; 0 allows any number")
    log = value("LOG") or Logged.ERRORS
    if log not in list(Logged):
        raise refused("LOG", f"it must be one of: {', '.join(Logged)}")
    if value("METRICS") not in ("", "on"):
        raise refused("METRICS", "it must be on, or not be set")
    look = value("LOOK_SECONDS") or str(Settings.look_seconds)
    if not re.fullmatch(r"\d{1,5}(?:\.\d+)?", look, re.ASCII) or float(look) == 0:
        raise refused("LOOK_SECONDS", "it must be a number of seconds above 0, such as 5")
    # The server changes its folder once it has read this.
    operator = str(Path(value("OPERATOR")).absolute()) if value("OPERATOR") else ""
    metrics = value("METRICS") == "on"
    return Settings(site, hosts, proxies, hsts, int(searches), Logged(log), metrics, float(look), operator)


@cache
def settings() -> Settings:
    """Those of this process."""
    return read_settings(os.environ)


def data_folder() -> Path | None:
    """The folder that `TRANSPARENCY_DATA` names, or None."""
    named = os.environ.get("TRANSPARENCY_DATA")
    return Path(named) if named else None


def source_of_replica() -> str:
    """The folder or address that `TRANSPARENCY_SOURCE` names; empty where this store is no replica."""
    return os.environ.get("TRANSPARENCY_SOURCE", "")


def listening() -> tuple[str, str]:
    """The host and the port to listen at, as `HOST` and `PORT` name them."""
    return os.environ.get("HOST", DEFAULT_HOST), os.environ.get("PORT", str(DEFAULT_PORT))


def environment_with(**variables: str) -> dict[str, str]:
    """The environment of this process with some variables set, for a process it starts."""
    return {**os.environ, **variables}


def is_ip_address(text: str) -> bool:
    """Whether a host is named by its address in numbers."""
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True


def _is_network(text: str) -> bool:
    try:
        ipaddress.ip_network(text)
    except ValueError:
        return False
    return True
