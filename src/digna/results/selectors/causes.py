"""Which lines of the journal touched the records behind a figure: who, when, what and why.

A figure names its records by a key (`person_id`, `attendance_id`). A change touches one of them
when it is of that very row, when its row says that key, or when it is of a row that such rows
point to (a session whose day moved, with the person's attendance at it).
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from digna.journal import words
from digna.journal.models import Change
from digna.results import sources

SCANNED = 5_000
"""Changes read for one page: more than anybody corrects by hand between two freezings."""
CHUNK = 10_000
"""Keys asked of the database at once: below what SQLite takes in one statement."""
DIFFERENCES = frozenset({"unique", "count", "share"})
"""Measures that move only when records come or go; the rest move with what records say too."""


@dataclass(frozen=True, slots=True)
class Cause:
    """One line of the journal that touched records behind a figure."""

    number: int
    at: datetime
    who: str
    what: str
    reason: str
    touched: int


@dataclass(frozen=True, slots=True)
class Causes:
    """The lines found, the latest first; whether there were too many changes to read them all."""

    lines: tuple[Cause, ...]
    is_cut: bool


@dataclass(frozen=True, slots=True)
class Sought:
    """Records of a kind, as a source names them, and the line after which changes count."""

    source: str
    kind: str
    keys: frozenset[str]
    since: int

    @property
    def model(self) -> str:
        """The model whose rows these records are: `events.attendance` for `attendance_id`."""
        return model_of(self.source, self.kind)


def model_of(source: str, kind: str) -> str:
    """Return the model behind a key column of a source; nothing where none bears its name.

    >>> model_of("events.attendance", "attendance_id"), model_of("events.attendance", "sex")
    ('events.attendance', '')
    """
    named = kind.removesuffix("_id")
    reads = sources.SOURCES[source].reads if source in sources.SOURCES else ()
    return next((model for model in reads if model.partition(".")[2] == named), "")


def changes_since(source: str, line: int) -> list[Change]:
    """Return what was done, after a line, to anything a source reads; one more than is shown."""
    reads = sources.SOURCES[source].reads if source in sources.SOURCES else ()
    found = Change.objects.filter(line_id__gt=line, model__in=reads).select_related("line__actor")
    return list(found.order_by("-line_id", "id")[: SCANNED + 1])


def corrections_of(source: str) -> list[Change]:
    """Return the latest corrections of anything a source reads; one more than is shown.

    A line that adds a row and then completes it corrects nothing.
    """
    reads = sources.SOURCES[source].reads if source in sources.SOURCES else ()
    added = Change.objects.filter(
        line=OuterRef("line"),
        kind=Change.Kind.ADDED,
        model=OuterRef("model"),
        object_id=OuterRef("object_id"),
    )
    found = Change.objects.filter(~Exists(added), model__in=reads, kind=Change.Kind.CHANGED)
    return list(found.select_related("line__actor").order_by("-line_id", "id")[: SCANNED + 1])


def of(sought: Sought, changes: Sequence[Change]) -> Causes:
    """Return the lines that touched records, out of changes of their source."""
    own: list[Change] = []
    others: list[Change] = []
    for change in changes[:SCANNED]:
        (own if _touches(sought, change) else others).append(change)
    own += _around(sought, others)
    by_line: dict[int, list[Change]] = {}
    for change in own:
        by_line.setdefault(change.line_id, []).append(change)
    lines = [_cause(found) for found in by_line.values()]
    lines.sort(key=lambda cause: -cause.number)
    return Causes(tuple(lines), len(changes) > SCANNED)


def _touches(sought: Sought, change: Change) -> bool:
    if change.model == sought.model:
        return change.object_id in sought.keys
    said = {**(change.before or {}), **(change.after or {})}
    both = {(change.before or {}).get(sought.kind), said.get(sought.kind)}
    return any(str(key) in sought.keys for key in both if key is not None)


def _around(sought: Sought, changes: Iterable[Change]) -> list[Change]:
    """Return the changes of rows that rows of the records point to."""
    by_model: dict[str, list[Change]] = {}
    for change in changes:
        if change.kind == Change.Kind.CHANGED:
            by_model.setdefault(change.model, []).append(change)
    found = []
    for label, of_model in by_model.items():
        pointed = _pointed(sought, label, {change.object_id for change in of_model})
        found += [change for change in of_model if change.object_id in pointed]
    return found


def _pointed(sought: Sought, label: str, rows: Collection[str]) -> set[str]:
    """Return which rows of a model are pointed to by rows that say one of the keys."""
    pointed: set[str] = set()
    for name in sources.SOURCES[sought.source].reads:
        model = apps.get_model(name)
        link, key = _link(model, label), _key_field(model, name, sought)
        if not link or not key:
            continue
        asked: dict[str, Any] = {
            f"{link}__in": list(rows),
            f"{key}__in": sorted(sought.keys)[:CHUNK],
        }
        pointed |= {
            str(pk) for pk in model._base_manager.filter(**asked).values_list(link, flat=True)
        }
    return pointed


def _link(model: type[models.Model], label: str) -> str:
    """Return the column by which a model points to another."""
    for field in model._meta.concrete_fields:
        if field.is_relation and field.related_model._meta.label_lower == label:  # type: ignore[union-attr]
            return field.attname
    return ""


def _key_field(model: type[models.Model], name: str, sought: Sought) -> str:
    if name == sought.model:
        return "pk"
    names = {field.attname for field in model._meta.concrete_fields}
    return sought.kind if sought.kind in names else ""


def _cause(found: Sequence[Change]) -> Cause:
    line = found[0].line
    return Cause(
        number=line.pk,
        at=line.at,
        who=str(line.actor) if line.actor is not None else _("el sistema"),
        what=words.says(line.action),
        reason=line.reason,
        touched=len(found),
    )
