"""Who a record is like, and what merging two would do."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from digna.registry import access, likeness, names, search
from digna.registry.likeness import Traits
from digna.registry.models import DuplicatePair
from digna.registry.services import merges


@dataclass(frozen=True, slots=True)
class Near:
    """A record that is like what is being typed, and how much."""

    row: Any
    score: float


def near_people(user: object, given_names: str, surnames: str) -> list[Near]:
    """Return people whose names are near what is typed, the nearest first."""
    typed = names.words(f"{given_names} {surnames}")
    if len("".join(typed)) < 4:
        return []
    visible = access.visible_people(user).select_related("place__parent")
    keys = search.find(search.Kind.PERSON, f"{given_names} {surnames}", visible.order_by(), 12)
    return _nearest(typed, visible.in_bulk(keys).values())


def near_enterprises(user: object, name: str) -> list[Near]:
    """Return firms whose names are near what is typed, the nearest first."""
    typed = names.firm_words(name)
    if len("".join(typed)) < 4:
        return []
    visible = access.visible_enterprises(user).select_related("place__parent", "sector")
    keys = search.find(search.Kind.ENTERPRISE, " ".join(typed), visible.order_by(), 12)
    return _nearest(typed, visible.in_bulk(keys).values())


def _nearest(typed: tuple[str, ...], rows: Any) -> list[Near]:
    found = [
        Near(row, likeness.compare(Traits(typed), Traits(search.words_of(row))).score)
        for row in rows
    ]
    near = [one for one in found if one.score >= likeness.NEAR]
    return sorted(near, key=lambda one: -one.score)[:5]


# --- merging


@dataclass(frozen=True, slots=True)
class Choice:
    """One field of two records: both values, and which one stands if nobody chooses."""

    field: str
    label: str
    kept: Any
    absorbed: Any
    takes_absorbed: bool
    differs: bool


@dataclass(frozen=True, slots=True)
class MergePreview:
    """What merging would do: choices field by field, and how many rows move from where."""

    keep: Any
    absorb: Any
    choices: list[Choice]
    moves: list[tuple[str, int]]


def merge_preview(keep: Any, absorb: Any) -> MergePreview:
    """Return what merging `absorb` into `keep` would do, without doing it."""
    choices = []
    for field in merges.FIELDS[type(keep)]:
        column = merges.columns_of(field)[-1]
        ours, theirs = _display(keep, column), _display(absorb, column)
        label = _("documento") if field == "document" else keep._meta.get_field(field).verbose_name
        lacks = ours in (None, "") and theirs not in (None, "")
        choices.append(Choice(field, str(label), ours, theirs, lacks, ours != theirs))
    moves = []
    for owner, pointer in merges.pointers_to(type(keep)):
        count = owner._base_manager.filter(**{pointer.name: absorb}).count()
        if count and owner is not DuplicatePair:
            moves.append((str(owner._meta.verbose_name_plural), count))
    return MergePreview(keep, absorb, choices, moves)


def _display(row: Any, column: str) -> Any:
    if column == "document_hint":
        return f"··· {row.document_hint}" if row.document_hint else ""
    display = getattr(row, f"get_{column}_display", None)
    return display() if display is not None else getattr(row, column)
