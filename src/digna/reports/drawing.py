"""A chart as SVG and as a picture: bars from zero, words at their ends. Pure.

Okabe–Ito blue, the reader's words beside each bar and its number at its end: nothing is told by
colour alone. The table of the same numbers stands below, written by whoever draws the report.
"""

import io
from dataclasses import dataclass
from html import escape

from digna.reports.paper import Chart, Point

BLUE, VERMILLION, INK, MUTED = "#0072B2", "#D55E00", "#1b2330", "#5a6372"
WIDTH, STEP, LABEL, THICK, ROOM = 640, 50, 21, 18, 200
"""Each bar has its words above it, so that they keep their size on a telephone; ROOM is what is
kept beside it for its number."""
LETTERS = 48


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar as drawn; a missing value has no length and says so."""

    label: str
    text: str
    x: float
    width: float
    y: float
    is_negative: bool
    is_missing: bool


@dataclass(frozen=True, slots=True)
class Layout:
    """All bars, where zero is, how high the drawing is."""

    bars: tuple[Bar, ...]
    zero: float
    height: int


def layout(chart: Chart) -> Layout:
    """Return where each bar stands; zero is always in view.

    >>> from decimal import Decimal
    >>> points = Point("a", Decimal(2), "2"), Point("b", Decimal(-2), "-2")
    >>> chart = Chart("t", "d", "l", "v", points)
    >>> [round(bar.x) for bar in layout(chart).bars], round(layout(chart).zero)
    ([320, 200], 320)
    """
    values = [float(point.value) for point in chart.points if point.value is not None]
    low, high = min([0.0, *values]), max([0.0, *values])
    # numbers of bars to the left of zero are written at their left: they need room there too
    left = float(ROOM if low < 0 else 1)
    scale = (WIDTH - ROOM - left) / ((high - low) or 1.0)
    zero = left - low * scale
    bars = tuple(_bar(point, place, zero, scale) for place, point in enumerate(chart.points))
    return Layout(bars, zero, STEP * len(bars))


def _bar(point: Point, place: int, zero: float, scale: float) -> Bar:
    length = 0.0 if point.value is None else float(point.value) * scale
    return Bar(
        label=point.label if len(point.label) <= LETTERS else f"{point.label[: LETTERS - 1]}…",
        text=point.text,
        x=min(zero, zero + length),
        width=abs(length),
        y=float(STEP * place + LABEL),
        is_negative=length < 0,
        is_missing=point.value is None,
    )


def svg(chart: Chart, key: str) -> str:
    """Return a chart as SVG with its title and description; `key` keeps their ids apart."""
    found = layout(chart)
    ids = f"{key}-title {key}-about"
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="report-chart" role="img" '
        f'aria-labelledby="{escape(ids)}" viewBox="0 0 {WIDTH} {found.height}" '
        f'font-size="15" font-family="DejaVu Sans, system-ui, sans-serif">'
        f'<title id="{escape(key)}-title">{escape(chart.title)}</title>'
        f'<desc id="{escape(key)}-about">{escape(chart.description)}</desc>'
    )
    return f"{head}{''.join(_drawn(bar, found.zero) for bar in found.bars)}</svg>"


def _drawn(bar: Bar, zero: float) -> str:
    middle = bar.y + THICK - 3
    fill = VERMILLION if bar.is_negative else BLUE
    end = bar.x - 6 if bar.is_negative else bar.x + bar.width + 6
    anchor = "end" if bar.is_negative else "start"
    rect = (
        ""
        if bar.is_missing
        else f'<rect x="{bar.x:.1f}" y="{bar.y:.1f}" width="{bar.width:.1f}" height="{THICK}" '
        f'fill="{fill}"/>'
    )
    words = (
        f'<text x="0" y="{bar.y - 5:.1f}" fill="{INK}" '
        f'class="report-chart__word">{escape(bar.label)}</text>'
    )
    number = (
        f'<text x="{end:.1f}" y="{middle:.1f}" text-anchor="{anchor}" fill="{INK}" '
        f'class="report-chart__word">{escape(bar.text)}</text>'
    )
    line = (
        f'<line x1="{zero:.1f}" x2="{zero:.1f}" y1="{bar.y - 3:.1f}" y2="{bar.y + THICK + 3:.1f}" '
        f'stroke="{MUTED}" stroke-width="1.5" class="report-chart__zero"/>'
    )
    return f"{words}{rect}{line}{number}"


def png(chart: Chart) -> bytes:
    """Return a chart as a picture at twice its size, for papers that hold no vectors."""
    from PIL import Image, ImageDraw, ImageFont  # only where a Word file is made

    found = layout(chart)
    picture = Image.new("RGB", (2 * WIDTH, 2 * found.height), "white")
    pen, font = ImageDraw.Draw(picture), ImageFont.load_default(28)
    for bar in found.bars:
        top, bottom = 2 * bar.y, 2 * (bar.y + THICK)
        pen.text((0, top - 2 * LABEL + 6), bar.label, fill=INK, font=font)
        if not bar.is_missing:
            fill = VERMILLION if bar.is_negative else BLUE
            pen.rectangle((2 * bar.x, top, 2 * (bar.x + bar.width), bottom), fill=fill)
        pen.line((2 * found.zero, top - 6, 2 * found.zero, bottom + 6), fill=MUTED, width=3)
        length = pen.textlength(bar.text, font=font)
        start = 2 * bar.x - 12 - length if bar.is_negative else 2 * (bar.x + bar.width) + 12
        pen.text((start, top + 1), bar.text, fill=INK, font=font)
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()
