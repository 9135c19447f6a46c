"""The dashboard's shell: words, preview tags, address handling, policy."""

import base64
import hashlib
import re
from html import unescape

import httpx
import pytest

from transparency.web.shell import ShellPage, shell_html


@pytest.mark.rule("A13")
def test_shell_names_the_page_and_its_language(live_server: str) -> None:
    html = httpx.get(live_server).text
    assert '<html lang="en-GB">' in html
    assert re.search(r"<title>Your ward · [^<]+</title>", html)
    assert re.search(r'<meta name="description" content="[^"]{50,}"', html)
    assert re.search(r'<meta property="og:title" content="Your ward', html)
    assert '<link rel="icon" href="/assets/favicon.svg"' in html
    assert "<title>Streamlit" not in html
    assert "_stcore/agent" not in html


def test_the_landing_page_asks_at_once_for_what_it_needs_first_and_all_of_it_is_there(live_server: str) -> None:
    asked = re.findall(r'<link rel="modulepreload" href="(/static/js/[^"]+)"', httpx.get(live_server).text)
    assert {"Html", "TextInput"} <= {path.split("/")[-1].split(".")[0] for path in asked}
    assert {httpx.get(live_server + path).status_code for path in asked} == {200}
    assert "/static/js/TextInput" not in httpx.get(live_server + "/progress").text


def test_shell_escapes_what_it_is_given() -> None:
    html = shell_html(ShellPage("/", "<script>alert(1)</script>", 'a "quoted" line & more', "", "/plain/find"))
    assert "<script>alert(1)" not in html
    assert "a &quot;quoted&quot; line &amp; more" in html


def test_shell_is_checked_again_and_not_sent_twice(live_server: str) -> None:
    first = httpx.get(live_server)
    again = httpx.get(live_server, headers={"If-None-Match": first.headers["etag"]})
    assert first.headers["cache-control"] == "no-cache"
    assert (again.status_code, again.content) == (304, b"")


def test_policy_allows_the_shells_inline_scripts_by_hash_and_no_eval(live_server: str) -> None:
    answer = httpx.get(live_server)
    policy = answer.headers["content-security-policy"]
    scripts = re.findall(r"<script>(.*?)</script>", answer.text, re.DOTALL)
    assert scripts
    for script in scripts:
        assert base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() in policy
    assert "'unsafe-eval'" not in policy
    assert "script-src 'self' 'wasm-unsafe-eval' 'sha256-" in policy


@pytest.mark.parametrize("path", ["/", "/health", "/assets/favicon.svg", "/nothing-here", "/_stcore/health"])
def test_security_headers_are_on_every_answer(live_server: str, path: str) -> None:
    headers = httpx.get(live_server + path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "same-origin"
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert "server" not in headers


@pytest.mark.parametrize("path", ["/nothing-here", "/a/b/c", "/static/js/nothing.js", "//example.com/", "/ward.py"])
def test_unknown_address_is_not_the_dashboard(live_server: str, path: str) -> None:
    answer = httpx.get(live_server + path)
    assert answer.status_code in (400, 404)
    assert 'id="root"' not in answer.text


@pytest.mark.parametrize(
    "path",
    [
        "/_stcore/metrics",
        "/_stcore/agent/openapi.json",
        "/_stcore/upload_file/a/b",
        "/_stcore/script-health-check",
    ],
)
def test_parts_of_the_framework_not_used_are_closed(live_server: str, path: str) -> None:
    assert httpx.get(live_server + path).status_code == 404
    assert httpx.put(live_server + path, content=b"x").status_code == 404


@pytest.mark.parametrize("path", ["/assets/favicon.svg", "/assets/favicon.png"])
def test_icons_are_served(live_server: str, path: str) -> None:
    answer = httpx.get(live_server + path)
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("image/")


def test_a_preview_has_a_picture_of_ours_at_a_whole_address(live_server: str) -> None:
    found = re.search(r'<meta property="og:image" content="([^"]+)"', httpx.get(live_server + "/boroughs").text)
    assert found
    assert found[1] == f"{live_server}/assets/preview.png"

    picture = httpx.get(found[1])
    assert picture.headers["content-type"] == "image/png"
    assert (int.from_bytes(picture.content[16:20]), int.from_bytes(picture.content[20:24])) == (1200, 630)
    assert len(picture.content) < 100_000


def test_an_address_that_names_a_ward_previews_its_verdict(live_server: str) -> None:
    text = httpx.get(f"{live_server}/?ward=E05000139&as_at=2017-01-04").text
    sentence = "Kentish Town had two constables and one PCSO on 4 January 2017."
    assert f'<meta property="og:description" content="{sentence}" />' in text
    assert '<meta property="og:title" content="Kentish Town, Camden · London ward officers" />' in text
    assert "How many police officers your ward was promised" in httpx.get(f"{live_server}/?ward=nonsense").text


def test_the_link_of_a_ward_shows_the_picture_of_its_answer(live_server: str) -> None:
    for address in ("/?ward=E05000139&as_at=2017-01-04", "/ward/E05000139?as_at=2017-01-04"):
        text = unescape(httpx.get(live_server + address).text)
        assert f'content="{live_server}/ward/E05000139/preview.png?as_at=2017-01-04"' in text
        assert re.search(r'og:image:alt" content="Kentish Town, Camden: Kentish Town had two ', text)
    for address in ("/ward/E05000139", "/?ward=E05999999", "/plain/london"):
        text = httpx.get(live_server + address).text
        assert ("/ward/E05000139/preview.png" in text) is (address == "/ward/E05000139")
        assert ("/assets/preview.png" in text) is (address != "/ward/E05000139")


@pytest.mark.parametrize("address", ["/ward/E05000139", "/?ward=E05000139"])
def test_the_link_of_an_ended_ward_says_what_its_picture_says(live_server: str, address: str) -> None:
    text = httpx.get(live_server + address).text
    ended = "Kentish Town was abolished in May 2022. Choose your ward today."
    assert f'og:description" content="{ended}"' in text
    assert f'og:image:alt" content="Kentish Town, Camden: {ended}"' in text


def test_without_javascript_the_front_page_has_the_form_itself(live_server: str) -> None:
    (without,) = re.findall(r"<noscript>(.*?)</noscript>", httpx.get(live_server).text, re.DOTALL)
    assert '<form method="post" action="/plain/find">' in without
    assert "<form" not in httpx.get(live_server + "/counters").text
