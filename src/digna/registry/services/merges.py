"""Two records made one, field by field, and made two again if that was a mistake.

Every row that points at the absorbed record, in whatever room, is pointed at the kept one; a
row that the kept record already has (the same session, the same process) is dropped and
remembered. A test walks every foreign key of the house.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.apps import apps
from django.db import models
from django.utils.translation import gettext as _

from digna.errors import Refused
from digna.journal import record, sealing
from digna.journal.actor import Actor
from digna.journal.writes import writes
from digna.registry import search
from digna.registry.models import DuplicatePair, Enterprise, Merge, Person
from digna.registry.services import duplicates

Register = Person | Enterprise

FIELDS: Mapping[type[models.Model], tuple[str, ...]] = {
    Person: (
        "given_names", "surnames", "sex", "birth_date", "birth_year", "document",
        "phone", "email", "place", "partner",
    ),
    Enterprise: (
        "name", "legal_name", "nit", "sector", "legal_form", "size_band", "is_formal",
        "place", "phone", "email", "founded_on", "partner",
    ),
}  # fmt: skip
"""What a person chooses between when merging, in the order shown."""


def columns_of(field: str) -> tuple[str, ...]:
    """Return the columns behind a choice: a document is its hash and its hint."""
    return ("document_hash", "document_hint") if field == "document" else (field,)


@writes("registry.records.merged")
def merge(*, actor: Actor, keep: Register, absorb: Register, take: Iterable[str] = ()) -> Merge:
    """Absorb one record into another; `take` names the fields whose absorbed value wins.

    Raises:
        Refused: `registry.merge.itself`, `registry.merge.gone` (one was merged or erased).
    """
    _refuse_unfit(keep, absorb)
    chosen = {c: getattr(absorb, c) for field in take for c in columns_of(field)}
    before = {c: sealing.plain(_column(keep, c)) for c in chosen}
    record.change(absorb, merged_into=keep)
    moved, dropped = _move_rows(keep, absorb)
    record.change(keep, **chosen)
    _settle_pair(actor, keep, absorb)
    search.forget(search.KIND_OF[type(absorb)], absorb.pk)
    search.index(keep)
    kind = "person" if isinstance(keep, Person) else "enterprise"
    return record.add(
        Merge(
            **{f"kept_{kind}": keep, f"absorbed_{kind}": absorb},
            moved=moved,
            dropped=dropped,
            overwritten=before,
            at=actor.at,
            by=actor.user,
        )
    )


@writes("registry.records.unmerged")
def undo_merge(*, actor: Actor, merge: Merge) -> Merge:
    """Make two of one again: rows go back, dropped rows return, overwritten values too.

    Raises:
        Refused: `registry.merge.undone_already`, `registry.merge.built_upon` (the kept record
            was itself merged or erased since).
    """
    keep, absorb = parties(merge)
    if merge.undone_at is not None:
        raise Refused("registry.merge.undone_already", _("Esa fusión ya se deshizo."))
    if keep.merged_into_id is not None or getattr(keep, "erased_at", None) is not None:
        raise Refused(
            "registry.merge.built_upon",
            _("Después hubo otra fusión o un borrado. Deshaga primero lo último."),
        )
    for label, key, field in merge.moved:
        row = apps.get_model(label)._base_manager.filter(pk=key).first()
        if row is not None:
            record.change(row, **{field: absorb})
    record.change(keep, **_restored(keep, merge.overwritten))
    record.change(absorb, merged_into=None)
    for label, values in merge.dropped:
        _bring_back(apps.get_model(label), values)
    search.index(keep)
    search.index(absorb)
    pair = _pair(keep, absorb)
    if pair is not None:
        duplicates.reopen_pair(actor=actor, pair=pair)
    return record.change(merge, undone_at=actor.at)


def parties(merge: Merge) -> tuple[Any, Any]:
    """Return (kept, absorbed)."""
    if merge.kept_person is not None:
        return merge.kept_person, merge.absorbed_person
    return merge.kept_enterprise, merge.absorbed_enterprise


def _refuse_unfit(keep: Register, absorb: Register) -> None:
    if keep.pk == absorb.pk:
        raise Refused("registry.merge.itself", _("Son la misma ficha: no hay qué fusionar."))
    for row in (keep, absorb):
        if row.merged_into_id is not None or getattr(row, "erased_at", None) is not None:
            raise Refused(
                "registry.merge.gone",
                _("%(name)s ya fue fusionada o borrada. Recargue la lista.") % {"name": row},
            )


def pointers_to(model: type[models.Model]) -> Iterator[tuple[type[models.Model], models.Field]]:  # type: ignore[type-arg]
    """Yield every (model, foreign key) of the house that points at `model`.

    Left out, because they speak of the merge itself: the record's own `merged_into`, `Merge` and
    the pair of the two.
    """
    for relation in model._meta.related_objects:
        field, owner = relation.field, relation.related_model
        if owner in {model, Merge} or not isinstance(field, models.ForeignKey):
            continue
        yield owner, field


def _move_rows(keep: Register, absorb: Register) -> tuple[list[Any], list[Any]]:
    moved: list[Any] = []
    dropped: list[Any] = []
    for owner, field in pointers_to(type(keep)):
        rows = owner._base_manager.filter(**{field.name: absorb})
        if owner is DuplicatePair:
            rows = rows.exclude(pk=getattr(_pair(keep, absorb), "pk", None))
        for row in rows:
            loser = _loser(row, field.name, keep)
            if loser is not None:
                dropped.append([owner._meta.label_lower, _all_values(loser)])
                record.remove(loser)
            if loser is not row:
                moved.append([owner._meta.label_lower, row.pk, field.name])
                record.change(row, **{field.name: keep})
    return moved, dropped


def _loser(row: Any, field: str, keep: models.Model) -> Any:
    """Return the row to drop where both records have one: the absorbed, unless it says more."""
    twin = _twin(row, field, keep)
    if twin is None:
        return None
    prefers = getattr(row, "says_more_than", None)
    return twin if prefers is not None and prefers(twin) else row


def _twin(row: Any, field: str, keep: models.Model) -> Any:
    """Return the row of the kept record that a uniqueness rule would clash with."""
    model = type(row)
    rules = [
        c.fields for c in model._meta.constraints if isinstance(c, models.UniqueConstraint)
    ] + [(f.name,) for f in model._meta.fields if f.unique and not f.primary_key]
    for names in rules:
        if field not in names:
            continue
        same = {name: getattr(row, name) for name in names if name != field}
        twin = model._base_manager.filter(**same, **{field: keep}).first()
        if twin is not None:
            return twin
    return None


def _settle_pair(actor: Actor, keep: Register, absorb: Register) -> None:
    pair = _pair(keep, absorb)
    if pair is not None:
        record.change(
            pair,
            state=DuplicatePair.State.SAME,
            decided_at=actor.at,
            decided_by=actor.user,
        )


def _pair(one: Any, other: Any) -> DuplicatePair | None:
    a, b = sorted((one, other), key=lambda row: row.pk)
    kind = "person" if isinstance(one, Person) else "enterprise"
    return DuplicatePair.objects.filter(**{f"{kind}_a": a, f"{kind}_b": b}).first()


def _column(row: models.Model, name: str) -> Any:
    field = next(f for f in row._meta.concrete_fields if f.name == name)
    return field.value_from_object(row)


def _all_values(row: models.Model) -> dict[str, Any]:
    return {f.attname: sealing.plain(f.value_from_object(row)) for f in row._meta.concrete_fields}


def _restored(keep: models.Model, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return stored plain values as the model's own types, foreign keys as rows."""
    out: dict[str, Any] = {}
    for name, value in values.items():
        field = keep._meta.get_field(name)
        if isinstance(field, models.ForeignKey):
            related = field.related_model._base_manager
            out[name] = None if value is None else related.get(pk=value)
        else:
            out[name] = field.to_python(value)  # type: ignore[union-attr]
    return out


def _bring_back(model: type[models.Model], values: Mapping[str, Any]) -> None:
    fields = {f.attname: f for f in model._meta.concrete_fields}
    row = model(**{name: fields[name].to_python(value) for name, value in values.items()})
    record.add(row)
