"""A person's own words in a report: `{ind:code}` is written as the number, and leads to it. Pure.

Who types a number is wrong next quarter; who cites it is not.
"""

import re
from collections.abc import Mapping

from digna.reports.paper import Cell, Cited, Paragraph

TOKEN = re.compile(r"\{ind:([^{}]*)\}")


def unknown(text: str, figures: Mapping[str, Cited]) -> tuple[str, ...]:
    """Return the citations of a text that name no figure of the report.

    >>> unknown("Fueron {ind:firms} y {ind:fims}.", {"firms": Cited("firms", "", "3")})
    ('{ind:fims}',)
    """
    return tuple(one[0] for one in TOKEN.finditer(text) if one[1].strip() not in figures)


def paragraphs(text: str, figures: Mapping[str, Cited]) -> tuple[Paragraph, ...]:
    """Return a text as paragraphs; a citation that names nothing any more stays as written."""
    blocks = (block.strip() for block in re.split(r"\n\s*\n", text.strip()))
    return tuple(Paragraph(pieces(block, figures), is_own=True) for block in blocks if block)


def pieces(text: str, figures: Mapping[str, Cited]) -> tuple[Cell, ...]:
    """Split a text at its citations.

    >>> pieces("Son {ind:x}.", {"x": Cited("x", "", "3")})[1].text
    '3'
    """
    found: list[Cell] = []
    end = 0
    for token in TOKEN.finditer(text):
        if token.start() > end:
            found.append(text[end : token.start()])
        found.append(figures.get(token[1].strip(), token[0]))
        end = token.end()
    if end < len(text):
        found.append(text[end:])
    return tuple(found)
