"""What the browser noticed while a page loaded, and what axe says of it."""

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import Page, Request, WebSocket

LONGEST_WAIT_MS = 180_000  # a busy machine draws slowly; what is awaited still has to come
# WCAG 2.2 A and AA with everything they include, and axe's best practices.
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@dataclass
class Noticed:
    """What the browser noticed on a page from its opening on."""

    finished: list[Request] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    console_errors: list[str] = field(default_factory=list)
    socket_bytes: int = 0

    def other_hosts(self, address: str) -> set[str]:
        """Hosts spoken to that are not the server at `address`."""
        own = urlsplit(address).netloc
        return {host for host in (urlsplit(url).netloc for url in self.asked) if host not in ("", own)}

    def bytes_over_the_wire(self) -> int:
        """Headers and bodies of all answers as sent, and the socket's messages before their compression."""
        sizes = [request.sizes() for request in self.finished]
        return sum(size["responseHeadersSize"] + size["responseBodySize"] for size in sizes) + self.socket_bytes

    def forget(self) -> None:
        """Begin anew, for another page in the same window."""
        for told in (self.finished, self.asked, self.console_errors):
            told.clear()
        self.socket_bytes = 0


def watch(page: Page, seen: Noticed) -> None:
    """Record from now on what the page asks for, what it gets, and what it complains of."""
    page.on("request", lambda request: seen.asked.append(request.url))
    page.on("requestfinished", lambda request: seen.finished.append(request))
    page.on("websocket", lambda socket: watch_socket(seen, socket))
    page.on("console", lambda said: seen.console_errors.extend([said.text] if said.type == "error" else []))
    page.on("pageerror", lambda fault: seen.console_errors.append(str(fault)))


def watch_socket(seen: Noticed, socket: WebSocket) -> None:
    """Record where the page's socket leads and how much comes through it."""

    def received(message: str | bytes) -> None:
        seen.socket_bytes += len(message)

    seen.asked.append(socket.url)
    socket.on("framereceived", received)


MAP = '[data-testid="stDeckGlJsonChart"]'


def settled(page: Page) -> None:
    """Wait until the script has run to its end and nothing is being loaded.

    The worker of a map never counts as loaded, so that a page with one is never idle; there its canvas is awaited,
    which is there before anything is drawn on it.
    """
    page.wait_for_selector("h1", timeout=LONGEST_WAIT_MS)
    page.locator("#opening").wait_for(state="detached", timeout=LONGEST_WAIT_MS)
    page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]", timeout=LONGEST_WAIT_MS)
    page.locator("[data-testid=stSkeleton]").first.wait_for(state="detached", timeout=LONGEST_WAIT_MS)
    if page.locator(MAP).count():
        page.locator(f"{MAP} canvas").first.wait_for(timeout=LONGEST_WAIT_MS)
    else:
        page.wait_for_load_state("networkidle", timeout=LONGEST_WAIT_MS)
