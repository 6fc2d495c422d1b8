"""The tables of market intelligence, by noun. Django finds models through this module."""

from digna.markets.models.data import Bringing, PublishedFigure, Reading, Release
from digna.markets.models.sheets import Entry, Sheet, SheetVersion

__all__ = [
    "Bringing",
    "Entry",
    "PublishedFigure",
    "Reading",
    "Release",
    "Sheet",
    "SheetVersion",
]
