"""A figure that says what it shows, and that is the same file each time it is drawn.

Colours come from the palette of Okabe and Ito, which stays apart for colour-blind readers; each is
at least 3:1 against white. No colour carries a meaning alone: panels have headings, lines have
marks or labels. Nothing here touches pyplot, so that a figure in a notebook disturbs no other.
"""

# matplotlib leaves its keyword arguments without types.
# pyright: reportUnknownMemberType=false

from __future__ import annotations

import io
import threading
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, Self
from xml.sax.saxutils import escape

import matplotlib
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from speciosa.errors import InputError
from speciosa.files import write_bytes

PEOPLE = "#0072B2"
UNKNOWN = "#C04E00"  # a little darker than the palette's vermilion: 4.8:1 on white
BOTH = "#5B4A8A"
INK = "#222222"
FAINT = "#6B6B6B"
GRID = "#E4E4E4"

Width = Literal["wide", "narrow"]
"""Of a figure: for a page on a screen, or for a phone."""

KIND_COLOURS = {"variability": PEOPLE, "uncertainty": UNKNOWN, "both": BOTH}

# Text stays text in SVG, so that it can be read aloud, searched and enlarged.
_STYLE: Any = {
    "font.family": ["DejaVu Sans"],
    "font.size": 9.0,
    "svg.fonttype": "none",
    "svg.hashsalt": "speciosa",
    "text.color": INK,
    "axes.edgecolor": FAINT,
    "axes.labelcolor": INK,
    "axes.linewidth": 0.8,
    "xtick.color": FAINT,
    "ytick.color": FAINT,
    "xtick.labelcolor": INK,
    "ytick.labelcolor": INK,
    "hatch.linewidth": 0.6,
}


_STYLING = threading.RLock()


@contextmanager
def styled() -> Generator[None]:
    """Our style for as long as the context lasts; the reader's own settings come back after.

    Of several threads one draws at a time: the settings of matplotlib are those of all of them.
    """
    with _STYLING, matplotlib.rc_context(_STYLE):
        yield


@dataclass(frozen=True)
class Margins:
    """Inches around the panels of a figure, and between them."""

    left: float
    right: float
    top: float
    bottom: float
    between: float


class Chart(Figure):
    """A matplotlib figure with a title and a description for those who cannot see it."""

    def __init__(self, title: str, size: tuple[float, float]) -> None:
        super().__init__(figsize=size, layout="constrained", facecolor="white")
        self.title = title
        self.description = ""

    def panels(self, count: int, *, beside: bool) -> list[Axes]:
        """Panels that share their scales, beside one another or one above the other."""
        rows, columns = (1, count) if beside else (count, 1)
        grid = self.subplots(rows, columns, sharex=True, sharey=True, squeeze=False)
        return [axes for row in grid for axes in row]

    def settle(self) -> None:
        """Fix the layout, which matplotlib would move a little at each drawing."""
        for _ in range(2):  # the second pass sees the labels where the first one put them
            self.draw_without_rendering()
        self.set_layout_engine(None)  # any other, "none" too, has each drawing made twice

    def fit(self, rows: int, columns: int, margins: Margins) -> None:
        """Lay the panels out with these margins, without looking for a layout."""
        width, height = self.get_size_inches()
        wide = width - margins.left - margins.right
        high = height - margins.top - margins.bottom
        self.set_layout_engine(None)
        self.subplots_adjust(
            left=margins.left / width,
            right=1.0 - margins.right / width,
            top=1.0 - margins.top / height,
            bottom=margins.bottom / height,
            wspace=_share(margins.between, wide, columns),
            hspace=_share(margins.between, high, rows),
        )

    def svg(self) -> str:
        """The figure as SVG: no date in it, and the description inside."""
        buffer = io.StringIO()
        metadata = {"Title": self.title, "Creator": "Speciosa", "Date": None}
        with styled():
            self.savefig(buffer, format="svg", metadata=metadata)
        head, _, body = buffer.getvalue().partition("<metadata>")
        # matplotlib writes the title; the description has no place in its metadata.
        return f"{head}<desc>{escape(self.description)}</desc>\n <metadata>{body}"

    def png(self, dots_per_inch: int = 160) -> bytes:
        """The figure as PNG."""
        buffer = io.BytesIO()
        metadata = {"Title": self.title, "Description": self.description, "Software": "Speciosa"}
        with styled():
            self.savefig(buffer, format="png", dpi=dots_per_inch, metadata=metadata)
        return buffer.getvalue()

    def save(self, path: Path | str) -> None:
        """Write the figure; the name's ending says how, .svg or .png."""
        path = picture(path)
        content = self.svg().encode() if path.suffix == ".svg" else self.png()
        write_bytes(path, content)

    def _repr_svg_(self) -> str:
        """How a notebook shows it."""
        return self.svg()


@dataclass(frozen=True)
class Drawing:
    """A figure as it was drawn once: what a page needs of a chart that is drawn again and again."""

    title: str
    description: str
    text: str

    @classmethod
    def of(cls, chart: Chart) -> Self:
        """A chart as it is now."""
        return cls(chart.title, chart.description, chart.svg())

    def svg(self) -> str:
        """The figure as SVG."""
        return self.text


def _share(gap: float, whole: float, count: int) -> float:
    """A gap between panels as a share of one of them."""
    return count * gap / (whole - (count - 1) * gap)


def picture(name: Path | str) -> Path:
    """The name of a file that a figure can be written to. Raises InputError for another ending."""
    path = Path(name)
    if path.suffix not in {".svg", ".png"}:
        raise InputError("figure", str(name), "a name that ends in .svg or .png")
    return path


def tidy(axes: Axes) -> None:
    """Two thin axes and a faint grid: the data is the darkest thing in the figure."""
    axes.spines[["top", "right"]].set_visible(False)
    axes.grid(axis="y", color=GRID, linewidth=0.8)
    axes.set_axisbelow(True)
    axes.tick_params(length=3)
