"""Erasing a person: the identity goes, from the journal too; what was counted stays counted."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from digna.errors import Refused
from digna.journal import record, redaction
from digna.journal.actor import Actor
from digna.journal.writes import writes
from digna.registry import search
from digna.registry.models import ImportRow, Merge, Person, SearchUse
from digna.registry.services import notes

FORGETTERS: list[Callable[[Person], None]] = []
"""What rooms above must forget: each adds its own from its `apps.ready`."""


@writes("registry.person.erased")
def erase_person(*, actor: Actor, person: Person) -> Person:
    """Erase a person who asks for it: names, keys, contacts, birth day, and what quoted them.

    Kept, because counts hang on them and they identify nobody: sex, year of birth, department,
    attendances. The journal's contents about the person are blanked; its chain still verifies.

    Raises:
        Refused: `registry.erasure.needs_reason`, `registry.erasure.already`.
    """
    if not actor.reason.strip():
        raise Refused(
            "registry.erasure.needs_reason",
            _("Escriba por qué se borra a la persona (por ejemplo: lo pidió por escrito)."),
            field="reason",
        )
    if person.erased_at is not None:
        raise Refused("registry.erasure.already", _("Esta persona ya fue borrada."))
    absorbed = list(Person.objects.filter(merged_into=person))
    keys = [row.pk for row in [person, *absorbed]]
    redaction.forget(model=Person, keys=keys, at=actor.at)
    for row in [person, *absorbed]:
        _erase_row(actor, row)
    record.note(person, erased=True)
    return person


def _erase_row(actor: Actor, person: Person) -> None:
    for forget in FORGETTERS:
        forget(person)
    place = person.place
    record.blank(
        person,
        given_names="—",
        surnames="",
        birth_year=person.year_born(),
        birth_date=None,
        document_hash="",
        document_hint="",
        phone="",
        email="",
        place=place.parent if place is not None and place.kind == "municipality" else place,
        account=None,
        erased_at=actor.at,
    )
    _forget_imports(actor, person)
    _forget_merges(person)
    notes.forget(person)
    search.forget(SearchUse.Kind.PERSON, person.pk)


def _forget_imports(actor: Actor, person: Person) -> None:
    rows = list(ImportRow.objects.filter(person=person))
    redaction.forget(model=ImportRow, keys=[row.pk for row in rows], at=actor.at)
    for row in rows:
        record.blank(row, cells=[], values={}, problems=[])


def _forget_merges(person: Person) -> None:
    merges = Merge.objects.filter(kept_person=person) | Merge.objects.filter(absorbed_person=person)
    for merge in merges:
        record.blank(merge, dropped=[], overwritten={})
