"""A record whole: a person, a firm or an organisation with all that hangs on it."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext as _

from digna.accounts import rights
from digna.journal import history
from digna.registry import access, stories
from digna.registry.models import (
    Affiliation,
    Consent,
    ConsentText,
    DuplicatePair,
    Enterprise,
    EnterpriseFact,
    Merge,
    Organisation,
    Person,
)


@dataclass(frozen=True, slots=True)
class Row:
    """A label and a value, as the component `fields` shows them."""

    label: str
    value: Any
    url: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class PersonPage:
    """Everything the page of a person shows."""

    person: Person
    facts: list[Row]
    affiliations: list[Any]
    consents: list[Consent]
    links: list[stories.Link]
    story: list[stories.Entry]
    pairs: list[DuplicatePair]
    merges: list[Merge]
    history: list[history.Entry]
    flag: str = ""


def person_page(user: object, person: Person) -> PersonPage:
    """Return the page of one person."""
    links = person.affiliations.select_related("enterprise", "organisation")
    may_merge = rights.may(user, access.MERGE)
    pairs = access.visible_pairs(user).filter(state="open") if may_merge else None
    own = [] if pairs is None else [*pairs.filter(person_a=person), *pairs.filter(person_b=person)]
    return PersonPage(
        person=person,
        facts=_person_facts(person),
        affiliations=list(links),
        consents=latest_consents(person=person),
        links=stories.links_of_person(user, person),
        story=stories.of_person(person),
        pairs=own,
        merges=list(person.merges_kept.filter(undone_at=None).select_related("absorbed_person")),
        history=history.history(person),
        flag=stories.flags_of_people([person.pk]).get(person.pk, ""),
    )


def _person_facts(person: Person) -> list[Row]:
    place = person.place
    department = place.parent if place is not None and place.kind == "municipality" else None
    return [
        Row(_("Sexo"), person.get_sex_display() if person.sex else None),
        Row(_("Nacimiento"), _day_or_year(person)),
        Row(_("Municipio"), place, note=str(department) if department is not None else ""),
        Row(_("Celular"), person.phone, url=f"tel:{person.phone}" if person.phone else ""),
        Row(_("Correo"), person.email, url=f"mailto:{person.email}" if person.email else ""),
        Row(_("Documento"), f"··· {person.document_hint}" if person.document_hint else None),
        Row(_("Socio que la acompaña"), person.partner),
    ]


def _day_or_year(person: Person) -> str | None:
    if person.birth_date is not None:
        return person.birth_date.strftime("%d/%m/%Y")
    return str(person.birth_year) if person.birth_year is not None else None


def latest_consents(**giver: Any) -> list[Consent]:
    """Return the latest answer per purpose: the one that holds."""
    answers = Consent.objects.filter(**giver).select_related("text", "recorded_by")
    latest: dict[str, Consent] = {}
    for answer in answers.order_by("at", "id"):
        latest[answer.text.purpose] = answer
    return sorted(latest.values(), key=lambda answer: answer.text.title)


def consent_texts(language: str) -> list[ConsentText]:
    """Return the text in use of each purpose, in a language."""
    rows = ConsentText.objects.filter(language=language[:2], retired_on=None)
    newest = rows.values("purpose").annotate(newest=Max("pk")).values("newest")
    return list(rows.filter(pk__in=newest))


@dataclass(frozen=True, slots=True)
class EnterprisePage:
    """Everything the page of a firm shows."""

    enterprise: Enterprise
    facts: list[Row]
    dated: list[EnterpriseFact]
    affiliations: list[Any]
    links: list[stories.Link]
    story: list[stories.Entry]
    pairs: list[DuplicatePair]
    merges: list[Merge]
    history: list[history.Entry]
    flag: str = ""


def enterprise_page(user: object, enterprise: Enterprise) -> EnterprisePage:
    """Return the page of one firm."""
    may_merge = rights.may(user, access.MERGE)
    pairs = access.visible_pairs(user).filter(state="open") if may_merge else None
    own = (
        []
        if pairs is None
        else [*pairs.filter(enterprise_a=enterprise), *pairs.filter(enterprise_b=enterprise)]
    )
    kept = enterprise.merges_kept.filter(undone_at=None).select_related("absorbed_enterprise")
    return EnterprisePage(
        enterprise=enterprise,
        facts=_enterprise_facts(enterprise),
        dated=list(enterprise.facts.all()[:60]),
        affiliations=list(enterprise.affiliations.select_related("person")),
        links=stories.links_of_enterprise(user, enterprise),
        story=stories.of_enterprise(enterprise),
        pairs=own,
        merges=list(kept),
        history=history.history(enterprise),
        flag=stories.flags_of_enterprises([enterprise.pk]).get(enterprise.pk, ""),
    )


def _enterprise_facts(firm: Enterprise) -> list[Row]:
    place = firm.place
    department = place.parent if place is not None and place.kind == "municipality" else None
    formal = {True: _("sí"), False: _("no"), None: None}[firm.is_formal]
    return [
        Row(_("Razón social"), firm.legal_name),
        Row(_("NIT"), firm.nit),
        Row(_("Rubro"), firm.sector),
        Row(_("Forma jurídica"), firm.legal_form),
        Row(_("Tamaño"), firm.get_size_band_display() if firm.size_band else None),
        Row(_("Formalizada"), formal),
        Row(_("Municipio"), place, note=str(department) if department is not None else ""),
        Row(_("Celular"), firm.phone, url=f"tel:{firm.phone}" if firm.phone else ""),
        Row(_("Correo"), firm.email, url=f"mailto:{firm.email}" if firm.email else ""),
        Row(_("Fundada"), firm.founded_on.strftime("%d/%m/%Y") if firm.founded_on else None),
        Row(_("Socio que la acompaña"), firm.partner),
    ]


@dataclass(frozen=True, slots=True)
class OrganisationPage:
    """Everything the page of an organisation shows."""

    organisation: Organisation
    facts: list[Row]
    people: list[Affiliation]
    people_count: int
    history: list[history.Entry]


def organisation_page(user: object, organisation: Organisation) -> OrganisationPage:
    """Return the page of one organisation, with those of its people the user may see."""
    links = organisation.affiliations.filter(
        ends_on=None, person__in=access.visible_people(user)
    ).select_related("person")
    constituency = organisation.constituency
    facts = [
        Row(_("Sigla"), organisation.acronym),
        Row(_("Representa a"), organisation.get_constituency_display() if constituency else None),
        Row(_("Socio ejecutor"), _("sí") if organisation.is_partner else _("no")),
        Row(_("Lugar"), organisation.place),
    ]
    return OrganisationPage(
        organisation, facts, list(links[:50]), links.count(), history.history(organisation)
    )
