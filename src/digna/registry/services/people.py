"""People: registered, corrected, linked to firms and organisations."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from digna.errors import Refused
from digna.journal import record
from digna.journal.actor import Actor
from digna.journal.writes import writes
from digna.registry import documents, search
from digna.registry.models import Affiliation, Enterprise, Organisation, Person, Place
from digna.registry.services import enterprises


@writes("registry.person.registered")
def register_person(
    *,
    actor: Actor,
    given_names: str,
    surnames: str = "",
    sex: str = "",
    birth_date: date | None = None,
    birth_year: int | None = None,
    document: str = "",
    phone: str = "",
    email: str = "",
    place: Place | None = None,
    partner: Organisation | None = None,
    shares_phone: bool = False,
) -> Person:
    """Register a new person, unless a key says that they are here already.

    `document` is the normalised number; only its keyed hash is kept.

    Raises:
        Refused: `registry.person.document_taken` or `.phone_taken`, with the other record.
    """
    document_hash = documents.hash_of(document)
    refuse_taken_keys(document_hash, "" if shares_phone else phone, but=None)
    person = record.add(
        Person(
            given_names=given_names,
            surnames=surnames,
            sex=sex,
            birth_date=birth_date,
            birth_year=None if birth_date is not None else birth_year,
            document_hash=document_hash,
            document_hint=documents.hint_of(document),
            phone=phone,
            email=email,
            place=place,
            partner=partner,
            created_by=actor.user,
        )
    )
    search.index(person)
    return person


@writes("registry.person.corrected")
def correct_person(
    *, actor: Actor, person: Person, shares_phone: bool = False, **values: Any
) -> Person:
    """Change what is known of a person. `document`, when given, replaces the hash.

    Raises:
        Refused: as `register_person`.
    """
    if values.get("document"):
        number = values.pop("document")
        values["document_hash"] = documents.hash_of(number)
        values["document_hint"] = documents.hint_of(number)
    values.pop("document", None)
    phone = values.get("phone", "")
    refuse_taken_keys(
        values.get("document_hash", ""),
        "" if shares_phone or phone == person.phone else phone,
        but=person,
    )
    record.change(person, **values)
    if {"given_names", "surnames"} & set(values):
        search.index(person)
    return person


@writes("registry.person.recognised")
def recognise_person(
    *, actor: Actor, person: Person, document: str = "", shares_phone: bool = False, **told: Any
) -> Person:
    """Take in what somebody registered anew of a person who was here already.

    What the record lacks is filled in; where both say something else the record stands, and the
    journal keeps what was told.
    """
    lacking, otherwise = enterprises.told_of_known(person, told)
    if document and not person.document_hash:
        lacking["document"] = document
    if person.birth_date is not None:
        lacking.pop("birth_year", None)
    if lacking:
        correct_person(actor=actor, person=person, shares_phone=True, **lacking)
    if otherwise:
        record.note(person, told_otherwise=otherwise)
    return person


def refuse_taken_keys(document_hash: str, phone: str, *, but: Person | None) -> None:
    """Refuse a document or telephone that a living record already has."""
    others = Person.objects.living()
    if but is not None:
        others = others.exclude(pk=but.pk)
    if document_hash and (other := others.filter(document_hash=document_hash).first()):
        raise Refused(
            "registry.person.document_taken",
            _("Ese documento ya es de %(name)s (%(place)s). Abra su ficha o corrija el número.")
            % {"name": other.full_name, "place": other.place or _("lugar sin dato")},
            field="document",
            person=other,
        )
    if phone and (other := others.filter(phone=phone).first()):
        raise Refused(
            "registry.person.phone_taken",
            _(
                "Ese celular ya es de %(name)s (%(place)s). Abra su ficha, corrija el número "
                "o marque que lo comparten."
            )
            % {"name": other.full_name, "place": other.place or _("lugar sin dato")},
            field="phone",
            person=other,
        )


@writes("registry.affiliation.added")
def affiliate(
    *,
    actor: Actor,
    person: Person,
    role: str,
    enterprise: Enterprise | None = None,
    organisation: Organisation | None = None,
    starts_on: date | None = None,
) -> Affiliation:
    """Link a person, in a role, with an enterprise or an organisation; once while it lasts."""
    standing = Affiliation.objects.filter(
        person=person, role=role, enterprise=enterprise, organisation=organisation, ends_on=None
    ).first()
    if standing is not None:
        return standing
    return record.add(
        Affiliation(
            person=person,
            role=role,
            enterprise=enterprise,
            organisation=organisation,
            starts_on=starts_on,
        )
    )


def enterprise_named(text: str) -> Enterprise | None:
    """Return the living firm with that NIT or, accents and case aside, that name; None for "".

    Raises:
        Refused: `registry.affiliation.no_such_enterprise`.
    """
    if not text:
        return None
    living = Enterprise.objects.living()
    found = living.filter(nit=text).first() or living.filter(name__iexact=text).first()
    if found is None:
        raise Refused(
            "registry.affiliation.no_such_enterprise",
            _("No hay una empresa «%(text)s». Revise el nombre o regístrela primero.")
            % {"text": text},
            field="enterprise",
        )
    return found


@writes("registry.affiliation.ended")
def end_affiliation(*, actor: Actor, affiliation: Affiliation, on: date) -> Affiliation:
    """Close a link on a day; what it was stays.

    Raises:
        Refused: `registry.affiliation.ends_before_start`.
    """
    if affiliation.starts_on is not None and on < affiliation.starts_on:
        raise Refused(
            "registry.affiliation.ends_before_start",
            _("El vínculo comenzó el %(day)s: no puede terminar antes. Corrija la fecha.")
            % {"day": affiliation.starts_on.strftime("%d/%m/%Y")},
            field="on",
        )
    return record.change(affiliation, ends_on=on)
