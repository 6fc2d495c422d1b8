"""How a page object is drawn by templates: what a block is, its drawing, where a note stands."""

from base64 import b64encode

from django import template
from django.utils.safestring import SafeString, mark_safe

from digna.reports import drawing, notes, workbook
from digna.reports.paper import Block, Cell, Chart, Cited

register = template.Library()


@register.filter
def shape(block: Block) -> str:
    """Return which kind of block this is, in a word."""
    return type(block).__name__.lower()


@register.filter
def is_words(cell: Cell) -> bool:
    """Whether a cell is words and no number."""
    return isinstance(cell, str)


@register.simple_tag
def chart_svg(chart: Chart, key: str) -> SafeString:
    """Draw a chart into the page, its words escaped where it is drawn."""
    return mark_safe(drawing.svg(chart, key))  # noqa: S308 — `drawing` escapes every word


@register.simple_tag
def chart_image(chart: Chart) -> str:
    """Return a chart as the address of an image, which a PDF tags as a figure with its words."""
    drawn = drawing.svg(chart, "chart").encode()
    return f"data:image/svg+xml;base64,{b64encode(drawn).decode()}"


@register.filter
def n_of(one: Cited) -> str:
    """Return «n = 41 de 60», or nothing where n is not known."""
    return notes.n_of(one.n, one.of)


@register.filter
def mark_word(one: Cited) -> str:
    """Return how firm a number is, in words."""
    return workbook.mark_word(one)
