"""What an attacker tries, and how it would show that a try worked."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from html.parser import HTMLParser

# A sum that stands nowhere in the data: a template or formula that was run would show it.
SUM = "7*191919"
SUMMED = "1343433"
OUTSIDE = "evil.example"
ADDRESS = "http://127.0.0.1"

ATTACKS: dict[str, tuple[str, ...]] = {
    "sql": (
        "' OR '1'='1",
        "'; DROP TABLE boroughs; --",
        '" OR ""="',
        "E05000139' UNION SELECT version() --",
        f"1) UNION SELECT {SUM} --",
        "'; COPY (SELECT 1) TO 'canary.csv'; --",
        "'; ATTACH 'canary.duckdb' AS canary; --",
        "read_text('/etc/passwd')",
        "$code; PRAGMA database_list",
        "%' ESCAPE '!' --",
    ),
    "html": (
        "<script>canary()</script>",
        '"><img src=x onerror=canary()>',
        "'\"><svg/onload=canary()>",
        "</title></script><script>canary()</script>",
        "</textarea></noscript><iframe src=//evil.example></iframe>",
        '" autofocus onfocus="canary()',
        "javascript:canary()",
        "<!--<script>canary()//-->",
        "<meta http-equiv=refresh content=0;url=//evil.example>",
        "&lt;script&gt;canary()&lt;/script&gt;",
    ),
    "template": (
        f"{{{{{SUM}}}}}",
        f"{{% if 1 %}}{{{{{SUM}}}}}{{% endif %}}",
        "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        f"${{{SUM}}}",
        f"#{{{SUM}}}",
        f"<%= {SUM} %>",
        "%(code)s %n %x",
        "{0.__class__}",
    ),
    "path": (
        "../../../../../../etc/passwd",
        "..%2f..%2f..%2f..%2fetc%2fpasswd",
        "%252e%252e%252fetc%252fpasswd",
        "....//....//....//etc/passwd",
        "/etc/passwd",
        "..\\..\\..\\windows\\win.ini",
        "staffing.csv/../../../../app.py",
        "file:///etc/passwd",
        "//evil.example/x",
        "\\\\evil.example\\share",
        "staffing.csv\x00.html",
        "con",
    ),
    "header": (
        "x\r\nX-Canary: 1",
        "x\r\n\r\n<script>canary()</script>",
        "x%0d%0aSet-Cookie:%20canary=1",
        "x\nLocation: //evil.example",
        "x\u560d\u560aX-Canary: 1",
    ),
    "csv": (
        '=HYPERLINK("http://evil.example")',
        "+cmd|' /C calc'!A0",
        "-2+3",
        f"@SUM({SUM})",
        f"\t={SUM}",
        f"＝{SUM}",
    ),
    "typst": (
        '#read("/etc/passwd")',
        '#include "/etc/passwd"',
        f"#({SUM})",
        f'#eval("{SUM}")',
        "]#panic[canary]",
        '#image("/etc/passwd")',
    ),
    "odd": ("\x00", "\ufffe", "١٢٣", "NaN", "1e999", "-1", "[]", "null", "e" * 190, "🚓" * 50, "a&as_at=b#c;d"),
}
PAYLOADS = [(kind, payload) for kind, payloads in ATTACKS.items() for payload in payloads]

_LEAKED = re.compile(
    r"Traceback \(most recent|File \"/|root:[x*]:0:0|\b(?:Parser|Binder|Catalog|Conversion|IO) Error:"
    r"|duckdb\.\w+Exception|jinja2\.|TemplateSyntaxError|import streamlit as st"
)
_LEADS = {"href", "src", "action", "formaction", "data", "srcset", "poster"}
_ELSEWHERE = re.compile(rf"javascript:|vbscript:|data:text|(?:https?:)?//{re.escape(OUTSIDE)}")
_RUNS_BY_ITSELF = {"iframe", "object", "embed", "base", "applet", "frame"}


class _Elements(HTMLParser):
    """What in a page could act: collected, with `canary` in scripts."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.acting: list[str] = []
        self._in_script = False

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: (value or "").strip().lower() for name, value in attributes}
        # Data for search engines is not run, whatever words are in it.
        self._in_script = tag == "script" and given.get("type") != "application/ld+json"
        if tag in _RUNS_BY_ITSELF or (tag == "meta" and "http-equiv" in given):
            self.acting.append(f"<{tag}>")
        for name, value in given.items():
            if name.startswith("on"):
                self.acting.append(f"{tag} {name}")
            if name in _LEADS and _ELSEWHERE.match(value):
                self.acting.append(f"{tag} {name}={value}")

    def handle_endtag(self, tag: str) -> None:
        self._in_script = False

    def handle_data(self, data: str) -> None:
        if self._in_script and "canary()" in data:
            self.acting.append("canary in a script")


def acting_elements(html: str) -> list[str]:
    """Elements and attributes of a piece of HTML that could run or fetch what an attacker asked for."""
    reader = _Elements()
    reader.feed(html)
    reader.close()
    return reader.acting


def leaks(text: str) -> list[str]:
    """Words that only a fault's inner workings, a file of the server or a sum that was worked out would show."""
    return [found[0] for found in _LEAKED.finditer(text)] + ([SUMMED] if SUMMED in text else [])


def what_worked(status: int, headers: Mapping[str, str], body: bytes) -> list[str]:
    """What an answer shows of a try that worked; nothing of one that did not."""
    worked = [f"status {status}"] if status >= 500 else []
    worked += [f"header {name}" for name in ("x-canary", "set-cookie") if name in headers]
    location = headers.get("location", "/").removeprefix(ADDRESS)
    if not location.startswith("/") or location.startswith(("//", "/\\")):
        worked.append(f"led to {location}")
    media_type = headers.get("content-type", "")
    if media_type.startswith(("text/", "application/")) and "pdf" not in media_type and "zip" not in media_type:
        text = body.decode("utf-8", "replace")
        worked += leaks(text)
        if media_type.startswith("text/html"):
            worked += acting_elements(text)
        elif "json" in media_type:
            json.loads(text)
    return worked
