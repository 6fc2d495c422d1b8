"""The verbs by which services write rows: each saves and remembers what changed.

They work only inside a function marked `@writes`, so that no write goes unrecorded.
"""

import hashlib
import secrets
from collections.abc import Iterable, Mapping, Sequence
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.db import models

from digna.journal import sealing
from digna.journal.actor import Actor
from digna.journal.models import Change

Row = TypeVar("Row", bound=models.Model)
MASKED = "•••"


@dataclass
class Draft:
    """The line being written: filled by the verbs below, sealed by `@writes`."""

    action: str
    actor: Actor
    changes: list[Change] = field(default_factory=list)


_open: ContextVar[Draft | None] = ContextVar("open journal line", default=None)


def current() -> Draft:
    """Return the line being written.

    Raises:
        RuntimeError: called outside a service marked `@writes`.
    """
    draft = _open.get()
    if draft is None:
        raise RuntimeError("a row was written outside a service marked @writes")
    return draft


def values(row: models.Model) -> dict[str, Any]:
    """Return the row's own columns as plain values; those in `journal_hidden` are masked."""
    hidden = getattr(row, "journal_hidden", ())
    return {
        f.attname: MASKED if f.name in hidden else sealing.plain(f.value_from_object(row))
        for f in row._meta.concrete_fields
        if not f.primary_key
    }


def add(row: Row) -> Row:
    """Validate and insert `row`, and record its values."""
    draft = current()
    row.clean_fields(exclude=_keys(row))
    row.save(force_insert=True)
    present = {name: value for name, value in values(row).items() if value not in (None, "")}
    draft.changes.append(_change(Change.Kind.ADDED, row, None, present))
    return row


def change(row: Row, **new: Any) -> Row:
    """Set the named fields, validate and save; record those that differ, if any do."""
    draft = current()
    before = values(row)
    for name, value in new.items():
        setattr(row, name, value)
    after = values(row)
    touched = {name for name in after if after[name] != before[name]}
    touched |= _hidden(row) & set(new)
    if not touched:
        return row
    row.clean_fields(exclude=_keys(row) | {f.name for f in row._meta.fields} - set(new))
    row.save(update_fields=[*new])
    draft.changes.append(
        _change(
            Change.Kind.CHANGED,
            row,
            {name: before[name] for name in sorted(touched)},
            {name: after[name] for name in sorted(touched)},
        )
    )
    return row


def blank(row: Row, **new: Any) -> Row:
    """Set and save the named fields, recording which but neither what they held nor hold."""
    for name, value in new.items():
        setattr(row, name, value)
    row.save(update_fields=[*new])
    masked = dict.fromkeys(sorted(new), MASKED)
    current().changes.append(_change(Change.Kind.CHANGED, row, masked, masked))
    return row


def remove(row: models.Model) -> None:
    """Delete `row` and record what it held."""
    draft = current()
    draft.changes.append(_change(Change.Kind.REMOVED, row, values(row), None))
    row.delete()


def remove_many(rows: Sequence[models.Model], *, batch_size: int = 500) -> None:
    """Delete many rows of one model and record what each held, a few statements a batch."""
    draft = current()
    for start in range(0, len(rows), batch_size):
        batch = rows[start : start + batch_size]
        draft.changes += [_change(Change.Kind.REMOVED, row, values(row), None) for row in batch]
        type(batch[0])._base_manager.filter(pk__in=[row.pk for row in batch]).delete()


def link(row: models.Model, field_name: str, targets: Iterable[models.Model]) -> None:
    """Set a many-to-many field and record the keys before and after."""
    relation = getattr(row, field_name)
    before = sorted(relation.values_list("pk", flat=True))
    after = sorted(target.pk for target in targets)
    if before == after:
        return
    relation.set(after)
    current().changes.append(
        _change(Change.Kind.CHANGED, row, {field_name: before}, {field_name: after})
    )


def note(row: models.Model, **facts: Any) -> None:
    """Record something that happened to `row` and changed no column of it."""
    current().changes.append(
        _change(Change.Kind.NOTED, row, None, {k: sealing.plain(v) for k, v in facts.items()})
    )


def add_many(rows: Sequence[Row], *, each: bool = True, batch_size: int = 500) -> Sequence[Row]:
    """Insert many rows of one model.

    With `each`, one change per row, as `add` would give. Without, one change for the lot that
    holds its size, first and last key and a sha256 over every value in order: for fixtures of
    a million rows, where the lot is what somebody did.
    """
    if not rows:
        return rows
    draft = current()
    model = type(rows[0])
    made = model._default_manager.bulk_create(rows, batch_size=batch_size)
    if each:
        draft.changes += [
            _change(
                Change.Kind.ADDED,
                row,
                None,
                {k: v for k, v in values(row).items() if v not in (None, "")},
            )
            for row in made
        ]
    else:
        draft.changes.append(_lot(made))
    return made


def _lot(rows: Sequence[models.Model]) -> Change:
    total = hashlib.sha256()
    for row in rows:
        total.update(sealing.digest_of("", values(row)).encode())
    first, last = rows[0], rows[-1]
    after = {
        "count": len(rows),
        "first": sealing.plain(first.pk),
        "last": sealing.plain(last.pk),
        "sha256": total.hexdigest(),
    }
    return _change(Change.Kind.BULK, first, None, after)


def _keys(row: models.Model) -> set[str]:
    """Foreign keys: the database itself refuses a dangling one, so no query is spent asking."""
    return {f.name for f in row._meta.fields if f.is_relation}


def _hidden(row: models.Model) -> frozenset[str]:
    return frozenset(getattr(row, "journal_hidden", ()))


def _change(
    kind: Change.Kind,
    row: models.Model,
    before: Mapping[str, Any] | None,
    after: Mapping[str, Any] | None,
) -> Change:
    salt = secrets.token_hex(16)
    model, key = row._meta.label_lower, str(row.pk)
    return Change(
        kind=kind,
        model=model,
        object_id=key,
        before=before,
        after=after,
        salt=salt,
        digest=sealing.digest_of(salt, kind, model, key, before, after),
    )
