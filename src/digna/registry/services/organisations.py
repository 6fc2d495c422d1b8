"""Organisations: registered and corrected."""

from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext as _

from digna.errors import Refused
from digna.journal import record
from digna.journal.actor import Actor
from digna.journal.writes import writes
from digna.registry import names, search
from digna.registry.models import Organisation, Place


@writes("registry.organisation.registered")
def register_organisation(
    *,
    actor: Actor,
    name: str,
    acronym: str = "",
    constituency: str = "",
    is_partner: bool = False,
    place: Place | None = None,
    code: str = "",
    needs_review: bool = False,
) -> Organisation:
    """Register an organisation under a code made from its acronym or name.

    Raises:
        Refused: `registry.organisation.exists` when one has the same name but for accents.
    """
    if (other := named(name) or (named(acronym) if acronym else None)) is not None:
        raise Refused(
            "registry.organisation.exists",
            _("«%(name)s» ya está registrada. Ábrala o escriba otro nombre.")
            % {"name": other.name},
            field="name",
        )
    organisation = record.add(
        Organisation(
            code=code or free_code(acronym or name),
            name=name,
            acronym=acronym,
            constituency=constituency,
            is_partner=is_partner,
            place=place,
            needs_review=needs_review,
        )
    )
    search.index(organisation)
    return organisation


@writes("registry.organisation.corrected")
def correct_organisation(
    *, actor: Actor, organisation: Organisation, **values: Any
) -> Organisation:
    """Change what is known of an organisation; its code stays."""
    record.change(organisation, **values)
    search.index(organisation)
    return organisation


def named(name: str) -> Organisation | None:
    """Return the organisation of that name, acronym or alias, accents and case aside."""
    wanted = names.fold(name)
    for organisation in Organisation.objects.all():
        known = (organisation.name, organisation.acronym, *organisation.aliases)
        if wanted and wanted in {names.fold(text) for text in known if text}:
            return organisation
    return None


def free_code(text: str) -> str:
    """Return a code made from `text` that no organisation has."""
    stem = slugify(text)[:34] or "org"
    code, number = stem, 2
    while Organisation.objects.filter(code=code).exists():
        code, number = f"{stem}-{number}", number + 1
    return code
