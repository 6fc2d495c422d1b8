"""What a telephone kept of firms and people: by the same forms and services as the pages.

A page shows near matches and waits; without signal nobody can answer, so a likely match becomes a
question for the office («¿es la misma?»). Whoever looked already on the telephone sends `is_new`.
"""

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from digna.errors import Refused
from digna.journal.actor import Actor
from digna.journal.intake import Asks, takes
from digna.registry import access
from digna.registry.forms import (
    AffiliationForm,
    EnterpriseForm,
    FactsForm,
    NewEnterpriseForm,
    NewPersonForm,
    NoteForm,
    PersonForm,
    enterprise_now,
    person_now,
)
from digna.registry.models import Enterprise, Note, Person
from digna.registry.selectors import matching, records
from digna.registry.services import consents, enterprises, notes, people
from digna.web.forms import Form, as_sent

Values = Mapping[str, Any]
Files = Mapping[str, "UploadedFile[Any]"]
F = TypeVar("F", bound=Form)
Row = TypeVar("Row", Enterprise, Person)
SAME, NEW = "same", "new"


# --- which record


def firm_of(actor: Actor, values: Values) -> Enterprise:
    """Return the firm that the values name, or the one that absorbed it.

    Raises:
        NotVisible: `registry.not_visible`.
    """
    key = _kept(Enterprise, _key(values, "enterprise"))
    return access.enterprise(actor.user, key, access.EDIT)


def person_of(actor: Actor, values: Values) -> Person:
    """Return the person that the values name, or the one that absorbed them.

    Raises:
        NotVisible: `registry.not_visible`.
    """
    return access.person(actor.user, _kept(Person, _key(values, "person")), access.EDIT)


def _key(values: Values, name: str) -> uuid.UUID:
    try:
        return uuid.UUID(str(values.get(name, "")))
    except ValueError:
        return uuid.UUID(int=0)


def _kept(model: type[Row], key: uuid.UUID) -> uuid.UUID:
    """Follow merges: the office may have made two records one since the telephone was filled."""
    for _hop in range(10):
        row = model._default_manager.filter(public_id=key).select_related("merged_into").first()
        if row is None or row.merged_into is None:
            return key
        key = row.merged_into.public_id
    return key


def _read(form: F) -> F:
    """Return a form that is right.

    Raises:
        Refused: `registry.arrival.unreadable`: which field, and what its page would say of it.
    """
    if form.is_valid():
        return form
    said = [
        f"{form.fields[name].label if name in form.fields else ''}: {' '.join(map(str, errors))}"
        for name, errors in form.errors.items()
    ]
    raise Refused("registry.arrival.unreadable", " ".join(said).removeprefix(": "))


# --- firms


@takes("registry.enterprise.registered", form=NewEnterpriseForm)
def register_enterprise(actor: Actor, values: Values, files: Files) -> object:
    """Register a firm born on a telephone, or recognise it in one that was here."""
    form = _read(NewEnterpriseForm(_with_day(values, actor)))
    told, chosen = form.given_enterprise, str(values.get(SAME, ""))
    if chosen not in ("", NEW):
        found = firm_of(actor, {"enterprise": chosen})
        facts = {name: told.pop(name) for name in ("on", "sector", "legal_form", "is_formal")}
        return enterprises.recognise_enterprise(
            actor=actor, enterprise=found, facts=facts | {"numbers": form.numbers}, **told
        )
    near = [one.row for one in matching.near_enterprises(actor.user, told["name"])]
    if near and not (chosen or form.cleaned_data["is_new"]):
        raise _which(_("Se parece a una empresa que ya está. ¿Es la misma?"), near)
    return _or_ask(
        actor,
        "enterprise",
        lambda: enterprises.register_enterprise(actor=actor, numbers=form.numbers, **told),
    )


def _enterprise_as_sent(actor: Actor, values: Values) -> dict[str, list[str]]:
    return as_sent(EnterpriseForm(initial=enterprise_now(firm_of(actor, values))))


@takes("registry.enterprise.corrected", current=_enterprise_as_sent, form=EnterpriseForm)
def correct_enterprise(actor: Actor, values: Values, files: Files) -> object:
    """Correct a firm; what the telephone's form did not ask stays."""
    found = firm_of(actor, values)
    form = _read(EnterpriseForm(_over(_enterprise_as_sent(actor, values), values)))
    return enterprises.correct_enterprise(actor=actor, enterprise=found, **form.given)


@takes("registry.enterprise.facts_recorded", form=FactsForm)
def record_facts(actor: Actor, values: Values, files: Files) -> object:
    """Record what is known of a firm on a day."""
    found = firm_of(actor, values)
    form = _read(FactsForm(_with_day({"method": "declared", **_lists(values)}, actor)))
    return enterprises.record_facts(
        actor=actor, enterprise=found, numbers=form.numbers, **form.given_facts
    )


# --- people


@takes("registry.person.registered", form=NewPersonForm)
def register_person(actor: Actor, values: Values, files: Files) -> object:
    """Register a person met without signal, with their consent; or recognise them."""
    form = _read(NewPersonForm(values))
    told, chosen = form.given_person, str(values.get(SAME, ""))
    if chosen not in ("", NEW):
        found = person_of(actor, {"person": chosen})
        row: Person = people.recognise_person(actor=actor, person=found, **told)
    else:
        near = matching.near_people(actor.user, told["given_names"], told["surnames"])
        if near and not (chosen or form.cleaned_data["is_new"]):
            raise _which(
                _("Se parece a una persona que ya está. ¿Es la misma?"), [one.row for one in near]
            )
        # Somebody in the office said that it is another person: then the telephone is shared.
        told["shares_phone"] = told["shares_phone"] or chosen == NEW
        row = _or_ask(actor, "person", lambda: people.register_person(actor=actor, **told))
    if form.cleaned_data["consent"]:
        _consent(actor, row)
    return row


def _consent(actor: Actor, person: Person) -> None:
    """Record the first consent, held by an intention of its own: sent twice it counts once."""
    text = next(iter(records.consent_texts("es-bo")), None)
    if text is not None and actor.intention is not None:
        own = replace(actor, intention=uuid.uuid5(actor.intention, "consent"))
        consents.record_consent(
            actor=own, person=person, text=text, is_given=True, channel="spoken"
        )


def _person_as_sent(actor: Actor, values: Values) -> dict[str, list[str]]:
    return as_sent(PersonForm(initial=person_now(person_of(actor, values))))


@takes("registry.person.corrected", current=_person_as_sent, form=PersonForm)
def correct_person(actor: Actor, values: Values, files: Files) -> object:
    """Correct a person; what the telephone's form did not ask stays."""
    found = person_of(actor, values)
    form = _read(PersonForm(_over(_person_as_sent(actor, values), values)))
    return people.correct_person(actor=actor, person=found, **form.given)


@takes("registry.affiliation.added", form=AffiliationForm)
def affiliate(actor: Actor, values: Values, files: Files) -> object:
    """Link a person with a firm (by its key, its NIT or its exact name) or an organisation."""
    person = person_of(actor, values)
    given = _read(AffiliationForm(values)).given
    named = given["enterprise"]
    if _key(values, "enterprise").int:
        given["enterprise"] = access.enterprise(
            actor.user, _kept(Enterprise, _key(values, "enterprise")), access.EDIT
        )
    else:
        given["enterprise"] = people.enterprise_named(named)
    people.affiliate(actor=actor, person=person, **given)
    return {"person": str(person.public_id)}


# --- notes


@takes("registry.note.written", form=NoteForm)
def write_note(actor: Actor, values: Values, files: Files) -> object:
    """Note something of a firm, a person, or both."""
    form = _read(NoteForm(_with_day(values, actor), files))
    note: Note = notes.write_note(
        actor=actor,
        enterprise=firm_of(actor, values) if values.get("enterprise") else None,
        person=person_of(actor, values) if values.get("person") else None,
        **form.given_note,
    )
    return {"note": str(note.public_id)}


# --- asking


def _or_ask(actor: Actor, kind: str, register: Callable[[], Any]) -> Any:
    """Register; where a key is taken by a record that this person sees, ask whether it is that.

    Raises:
        Asks: as `_which`; Refused: taken by one they do not see.
    """
    try:
        return register()
    except Refused as problem:
        taken = problem.details.get(kind)
        visible = {
            "enterprise": access.visible_enterprises,
            "person": access.visible_people,
        }[kind](actor.user, access.EDIT)
        if taken is None or not visible.filter(pk=taken.pk).exists():
            raise
        is_shared = problem.details.get("field") == "phone"
        raise _which(str(problem.message), [taken], may_be_new=is_shared) from problem


def _which(message: str, rows: Sequence[Any], *, may_be_new: bool = True) -> Asks:
    """Return the question which of these records it is, or none of them."""
    choices = [(str(row.public_id), _described(row)) for row in rows]
    if may_be_new:
        choices.append((NEW, _("Ninguna de estas: es nueva")))
    return Asks("registry.arrival.same", message, answer=SAME, choices=choices)


def _described(row: Any) -> str:
    return _("Es %(name)s (%(place)s)") % {"name": row, "place": row.place or _("lugar sin dato")}


# --- values


def _lists(values: Values) -> dict[str, Any]:
    return {name: values.getlist(name) for name in values} if isinstance(values, QueryDict) else {
        **values
    }  # fmt: skip


def _over(now: Mapping[str, list[str]], values: Values) -> QueryDict:
    """Return what a record holds now with what was sent put over it."""
    return _query({**now, **_lists(values)})


def _with_day(values: Values, actor: Actor) -> QueryDict:
    """Return values with the day they were noted, where the form did not ask for one."""
    day = timezone.localdate(actor.at).isoformat()
    lists = _lists(values)
    return _query(lists if any(lists.get("on", ())) else lists | {"on": day})


def _query(lists: Mapping[str, Any]) -> QueryDict:
    query = QueryDict(mutable=True)
    for name, given in lists.items():
        query.setlist(name, given if isinstance(given, list) else [given])
    return query
