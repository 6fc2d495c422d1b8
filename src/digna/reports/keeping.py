"""A page object as JSON and back: what an edition keeps, and the hash it must still have. Pure."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from decimal import Decimal
from typing import Any

from digna.reports import paper
from digna.reports.paper import Paper

CLASSES: dict[str, type[Any]] = {
    one.__name__: one
    for one in (
        paper.Cited, paper.Paragraph, paper.Cards, paper.Column, paper.Row, paper.Table,
        paper.Point, paper.Chart, paper.Note, paper.Section, paper.Definition, paper.Paper,
    )
}  # fmt: skip


def written(value: Any) -> Any:
    """Return a page object, or a part of it, as JSON holds it."""
    if is_dataclass(value) and not isinstance(value, type):
        told = {field.name: written(getattr(value, field.name)) for field in fields(value)}
        return {"is": type(value).__name__, **told}
    if isinstance(value, tuple):
        return [written(one) for one in value]
    if isinstance(value, Decimal):
        return {"is": "number", "of": str(value)}
    return value


def read(kept: Any) -> Any:
    """Return what `written` wrote.

    >>> one = paper.Paragraph(("Llegó a ", paper.Cited("x", "X", "3", Decimal(3)), "."))
    >>> read(written(one)) == one
    True
    """
    if isinstance(kept, list):
        return tuple(read(one) for one in kept)
    if not isinstance(kept, Mapping):
        return kept
    if kept["is"] == "number":
        return Decimal(kept["of"])
    known = CLASSES[kept["is"]]
    return known(**{name: read(value) for name, value in kept.items() if name != "is"})


def paper_of(kept: Any) -> Paper:
    """Return the whole report that was kept."""
    found = read(kept)
    assert isinstance(found, Paper)  # noqa: S101 — only papers are kept so
    return found


def hash_of(kept: Any) -> str:
    """Return the hash that what was kept must still have."""
    text = json.dumps(kept, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
