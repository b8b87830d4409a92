"""The rich menu's picture: a field a button, each with a drawing and its label. Pure but
for reading the font.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

SIZE = (2500, 843)
"""Pixels: the platform's own small format, a third of the screen's width in height."""

FINE = 2
"""Drawn so many times larger, then made smaller: that smooths the edges."""

PAPER, INK, ACCENT, EDGE = "#FFFFFF", "#123C4A", "#0B7A75", "#D5DEE2"
LETTERS = 116
SMALLEST = 24
MARGIN = 36


@dataclass(frozen=True, slots=True)
class Pen:
    """Draws around a middle, in units of `unit` pixels, with one colour on another."""

    canvas: ImageDraw.ImageDraw
    x: float
    y: float
    unit: float
    ink: str
    paper: str

    def _at(self, *points: float) -> list[float]:
        return [(self.x, self.y)[n % 2] + p * self.unit for n, p in enumerate(points)]

    @property
    def _thick(self) -> int:
        return round(self.unit * 0.12)

    def line(self, *points: float) -> None:
        """A line through points."""
        self.canvas.line(self._at(*points), self.ink, self._thick, joint="curve")

    def oval(self, left: float, top: float, right: float, bottom: float) -> None:
        """An oval's outline."""
        box = self._at(left, top, right, bottom)
        self.canvas.ellipse(box, outline=self.ink, width=self._thick)

    def dot(self, x: float, y: float) -> None:
        """A dot."""
        self.canvas.ellipse(self._at(x - 0.08, y - 0.08, x + 0.08, y + 0.08), self.ink)

    def sheet(self, left: float, top: float, right: float, bottom: float) -> None:
        """The outline of a rectangle with round corners."""
        box = self._at(left, top, right, bottom)
        self.canvas.rounded_rectangle(box, self.unit * 0.2, None, self.ink, self._thick)

    def tail(self, *points: float) -> None:
        """A corner that opens into what is above it."""
        self.canvas.polygon(self._at(*points), self.paper)
        self.line(*points)

    def bow(self, left: float, top: float, right: float, bottom: float) -> None:
        """A circle without its lower left quarter."""
        box = self._at(left, top, right, bottom)
        self.canvas.arc(box, 180, 450, self.ink, self._thick)


def _report(pen: Pen) -> None:
    """A speech bubble with an exclamation mark."""
    pen.sheet(-0.9, -0.8, 0.9, 0.45)
    pen.tail(-0.5, 0.39, -0.4, 0.85, 0.05, 0.39)
    pen.line(0, -0.55, 0, -0.12)
    pen.dot(0, 0.1)


def _status(pen: Pen) -> None:
    """A sheet with a list."""
    pen.sheet(-0.7, -0.85, 0.7, 0.85)
    for y in (-0.42, 0.0, 0.42):
        pen.dot(-0.36, y)
        pen.line(-0.12, y, 0.42, y)


def _language(pen: Pen) -> None:
    """A globe."""
    pen.oval(-0.85, -0.85, 0.85, 0.85)
    pen.oval(-0.4, -0.85, 0.4, 0.85)
    pen.line(-0.8, 0, 0.8, 0)


def _help(pen: Pen) -> None:
    """A question mark in a circle."""
    pen.oval(-0.85, -0.85, 0.85, 0.85)
    pen.bow(-0.3, -0.5, 0.3, 0.1)
    pen.line(0, 0.04, 0, 0.25)
    pen.dot(0, 0.48)


ICONS: Mapping[str, Callable[[Pen], None]] = {
    "report": _report,
    "status": _status,
    "language": _language,
    "help": _help,
}


def draw(buttons: Sequence[tuple[str, str]], font: Path | None) -> bytes:
    """A PNG of SIZE with a field for each (icon, label), the first one dark.

    Without a font there are no labels. The same buttons and font give the same bytes.
    """
    width, height = SIZE[0] * FINE, SIZE[1] * FINE
    image = Image.new("RGB", (width, height), PAPER)
    canvas = ImageDraw.Draw(image)
    letters = _letters([label for _, label in buttons], width // len(buttons), font)
    for number, (icon, label) in enumerate(buttons):
        left, right = (width * n // len(buttons) for n in (number, number + 1))
        paper, ink = (ACCENT, PAPER) if number == 0 else (PAPER, INK)
        canvas.rectangle((left, 0, right, height), paper, EDGE)
        middle, unit = (left + right) / 2, height * 0.2
        ICONS[icon](Pen(canvas, middle, height * (0.38 if letters else 0.5), unit, ink, paper))
        if letters:
            canvas.text((middle, height * 0.77), label, ink, letters, anchor="mm")
    written = BytesIO()
    image.resize(SIZE, Image.Resampling.LANCZOS).quantize(64).save(written, "PNG", optimize=True)
    return written.getvalue()


def _letters(labels: Sequence[str], width: int, font: Path | None) -> ImageFont.FreeTypeFont | None:
    """The font in the largest size in which every label fits into its field."""
    if font is None:
        return None
    room = width - 2 * MARGIN * FINE
    for size in range(LETTERS * FINE, SMALLEST * FINE, -4):
        letters = ImageFont.truetype(font, size)
        if max(letters.getlength(label) for label in labels) <= room:
            break
    return letters
