"""The dashboard's pages, declared once: navigation, routes, titles and link previews all read this list."""

from dataclasses import dataclass
from pathlib import Path

from transparency.core.project import PROJECT_ROOT

SITE_NAME = "London ward officers"
PAGES_FOLDER = PROJECT_ROOT / "pages"


@dataclass(frozen=True)
class Page:
    """One dashboard page.

    `file` is a script in the top-level `pages/` folder; `url_path` is a single word, empty for the landing
    page (the first of the list); `line` says in one sentence what the page answers.
    """

    file: str
    title: str
    url_path: str
    line: str

    @property
    def script(self) -> Path:
        return PAGES_FOLDER / self.file

    @property
    def address(self) -> str:
        """The path a browser asks for, starting with a slash."""
        return f"/{self.url_path}"

    @property
    def full_title(self) -> str:
        return f"{self.title} · {SITE_NAME}"


PAGES: tuple[Page, ...] = (
    Page(
        file="ward.py",
        title="Find your ward",
        url_path="",
        line="What was promised, and what is known, about the police officers dedicated to your London ward.",
    ),
    Page(
        file="progress.py",
        title="Progress",
        url_path="progress",
        line="How many London wards had two dedicated constables and a PCSO on any day, and the pace that was needed.",
    ),
    Page(
        file="boroughs.py",
        title="Boroughs",
        url_path="boroughs",
        line="What can fairly be compared between London's 32 boroughs on any day, and what is known of each.",
    ),
    Page(
        file="counters.py",
        title="Counters",
        url_path="counters",
        line="Which police front counters and hubs in London were open on any day, what closed, and how far one was.",
    ),
    Page(
        file="ring_fencing.py",
        title="Ring-fencing",
        url_path="ring_fencing",
        line="How much of ward officers' recorded time is taken from their wards, by month, borough and ward.",
    ),
    Page(
        file="promises.py",
        title="Promises",
        url_path="promises",
        line="What was promised about ward policing in London, what became of it, and which evidence is missing.",
    ),
    Page(
        file="downloads.py",
        title="Downloads",
        url_path="downloads",
        line="Every table as a file with its meaning attached, one database with everything, an API and feeds.",
    ),
    Page(
        file="about.py",
        title="About",
        url_path="about",
        line="What this site is, how to read it, who runs it, and how to report an error.",
    ),
)
