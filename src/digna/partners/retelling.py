"""How a chosen row is told: links to what stays are emptied, secrets and identities blanked."""

from collections.abc import Callable
from typing import Any

from django.db import models

from digna.journal import tables
from digna.partners import choosing
from digna.partners.choosing import Choice, Model
from digna.registry.ownership import Owned

SILENT = "—"
Blank = Callable[[Any], Any]


def teller(
    choice: Choice, model: Model, declared: Owned
) -> Callable[[list[Any]], list[Any] | None]:
    """Return what `journal.tables.lines` asks of each row: the row as told, or None."""
    fields = tables.columns(model)
    label = choosing.label_of(model)
    key_at = fields.index(model._meta.pk)
    loose = _loose_links(model, declared)
    fixed = _places(fields, declared.blanks)
    hushed = _hushed(fields, declared)

    def tell(row: list[Any]) -> list[Any] | None:
        key = row[key_at]
        if not choice.has(label, key):
            return None
        for place, target in loose:
            if row[place] is not None and not choice.has(target, row[place]):
                row[place] = None
        for place, value in fixed:
            row[place] = value
        if choice.is_quiet(label, key):
            for place, blank in hushed:
                row[place] = blank(row[place])
        return row

    return tell


def _loose_links(model: Model, declared: Owned) -> list[tuple[int, str]]:
    """Places of optional links, with the table each points at."""
    return [
        (place, choosing.label_of(f.related_model))
        for place, f in enumerate(tables.columns(model))
        if f.is_relation and f.null and f.name not in declared.needs
    ]


def _places(fields: list[Any], values: Any) -> list[tuple[int, Any]]:
    by_name = {f.attname: place for place, f in enumerate(fields)}
    return [(by_name[name], value) for name, value in values.items()]


def _hushed(fields: list[Any], declared: Owned) -> list[tuple[int, Blank]]:
    """What is blanked of a quiet row: its identity, or the words and files that hang on one."""
    if declared.consent:
        return [(place, _always(value)) for place, value in _places(fields, declared.identity)]
    found: list[tuple[int, Blank]] = []
    for place, f in enumerate(fields):
        if isinstance(f, models.FileField):
            found.append((place, lambda _old: ""))
        elif isinstance(f, models.TextField) or f.name in declared.hush:
            found.append((place, lambda old: SILENT if old else old))
        elif isinstance(f, models.JSONField):
            found.append((place, _emptied))
    return found


def _always(value: Any) -> Blank:
    return lambda _old: value


def _emptied(old: Any) -> Any:
    """Keep the shape of a document and nothing it says."""
    return type(old)() if isinstance(old, list | dict) else old
