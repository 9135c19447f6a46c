"""How we know what we know: four steps, each drawn as stairs that are filled as far as they are climbed."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from transparency.exhibits.exhibit import Image
from transparency.exhibits.html import image_html
from transparency.exhibits.svg import Drawing

MOST = 3
WIDTH, RISE, LINE = 36, 16, 2


@dataclass(frozen=True)
class Step:
    """One way of knowing a figure: how many of the steps it climbs, its name and what it means."""

    climbed: int
    name: str
    meaning: str

    @property
    def dots(self) -> str:
        """The same as the pages of wards write it."""
        return "●" * self.climbed + "○" * (MOST - self.climbed)

    @property
    def picture(self) -> Markup:
        """The stairs, filled as far as they are climbed."""
        alt = f"{self.climbed} of {MOST} steps climbed: {self.name}"
        drawing = Drawing(MOST * WIDTH + 2 * LINE, MOST * RISE + 2 * LINE, self.name, alt)
        for step in range(MOST):
            height = (step + 1) * RISE
            drawing.add(
                "rect",
                x=LINE + step * WIDTH,
                y=LINE + MOST * RISE - height,
                width=WIDTH - 4,
                height=height,
                class_="met" if step < self.climbed else "unknown",
                stroke_width=LINE,
            )
        return Markup(image_html(Image(drawing.text(), alt)))  # noqa: S704 - rendered by our escaping templates


STEPS = (
    Step(3, "Published for one ward", "The Met's own figure of the ward, for a month."),
    Step(2, "Said about one ward", "By the police, a council or a ward panel, on a day."),
    Step(1, "Announced for all London", "One statement for every ward at once. Nobody checked it ward by ward."),
    Step(0, "Not known", "Nothing was published, or it is not on this site. That is not zero."),
)
