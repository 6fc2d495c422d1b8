"""Markdown of a lesson as HTML that can be trusted: no raw HTML, no program, no foreign picture.

`markdown-it-py` escapes HTML and refuses dangerous links by itself; what is added here is that a
picture may only come from the course's own files, and that headings begin below the page's own.
"""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererProtocol
from markdown_it.token import Token

AddressOf = Callable[[str], str]


def html_of(markdown: str, address_of: AddressOf) -> SafeString:
    """Return Markdown as HTML; `address_of` gives the address of a file by its name, or ""."""
    reader, environment = _reader(), {"address_of": address_of}
    tokens = reader.parse(markdown, environment)
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = _LOWER.get(token.tag, "h5")
    # every text was escaped by markdown-it, every address passed its validator or ours
    html: str = reader.renderer.render(tokens, reader.options, environment)
    return mark_safe(html)  # noqa: S308


_LOWER: Mapping[str, str] = {"h1": "h3", "h2": "h3", "h3": "h4", "h4": "h5"}


@cache
def _reader() -> MarkdownIt:
    reader = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    reader.add_render_rule("image", _picture)
    reader.add_render_rule("table_open", _table_opens)
    reader.add_render_rule("table_close", _table_closes)
    return reader


def _picture(
    _self: RendererProtocol, tokens: list[Token], at: int, _options: Any, environment: Any
) -> str:
    """A picture of the course; of any other only its words stay."""
    token = tokens[at]
    name = str(token.attrs.get("src", "")).removeprefix("media/")
    url = environment["address_of"](name)
    words = token.content
    if not url:
        return escape(words)
    return format_html('<img src="{}" alt="{}" loading="lazy">', url, words)


def _table_opens(*_ignored: Any) -> str:
    return '<div class="scroll" tabindex="0"><table class="table">'


def _table_closes(*_ignored: Any) -> str:
    return "</table></div>"
