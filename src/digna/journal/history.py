"""A record's history as people read it: who did what, and which fields, before and after."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import models
from django.utils.translation import gettext as _

from digna.journal import selectors, words
from digna.journal.models import Change


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field: its label, and what it held before and after."""

    label: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened."""

    when: datetime
    who: str
    what: str
    reason: str
    changes: tuple[FieldChange, ...]


def history(row: models.Model, limit: int = 30) -> list[Entry]:
    """Return the latest things that happened to `row`, the newest first."""
    changes = list(selectors.history_of(row)[:limit])
    named = names_of_keys(changes)
    return [
        Entry(
            when=change.line.at,
            who=str(change.line.actor) if change.line.actor is not None else _("el sistema"),
            what=words.says(change.line.action),
            reason=change.line.reason,
            changes=tuple(field_changes(change, named)),
        )
        for change in changes
    ]


def field_changes(
    change: Change, named: dict[tuple[str, str], str] | None = None
) -> Iterable[FieldChange]:
    """Yield the fields of a change with labels a person knows; an addition lists what it set."""
    if change.forgotten_at is not None:
        yield FieldChange(_("contenido"), _("(borrado con la persona)"), _("(borrado)"))
        return
    model = _model(change)
    before, after = change.before or {}, change.after or {}
    for name in {**before, **after}:
        field = _field(model, name)
        if field is None or name in {"created_at", "public_id", "created_by_id"}:
            continue
        yield FieldChange(
            str(field.verbose_name).capitalize(),
            _shown(field, before.get(name), named or {}),
            _shown(field, after.get(name), named or {}),
        )


def _model(change: Change) -> type[models.Model] | None:
    try:
        return apps.get_model(change.model)
    except LookupError:
        return None


def _field(model: type[models.Model] | None, attname: str) -> Any:
    if model is None:
        return None
    return next((f for f in model._meta.concrete_fields if f.attname == attname), None)


def _shown(field: Any, value: Any, named: dict[tuple[str, str], str]) -> Any:
    if value is None or value == "":
        return None
    if field.is_relation:
        return named.get((field.related_model._meta.label_lower, str(value)), value)
    if field.choices:
        return dict(field.flatchoices).get(value, value)
    if isinstance(value, bool):
        return _("sí") if value else _("no")
    return value


def names_of_keys(changes: Iterable[Change]) -> dict[tuple[str, str], str]:
    """Return the names behind the foreign keys that the changes mention, a query a model."""
    wanted: dict[type[models.Model], set[str]] = {}
    for change in changes:
        model = _model(change)
        for values in (change.before or {}, change.after or {}):
            for name, value in values.items():
                field = _field(model, name)
                if field is not None and field.is_relation and value is not None:
                    wanted.setdefault(field.related_model, set()).add(str(value))
    return {
        (model._meta.label_lower, str(row.pk)): str(row)
        for model, keys in wanted.items()
        for row in model._base_manager.filter(pk__in=keys)
    }
