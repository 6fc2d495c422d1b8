"""Firms: registered, corrected, and what is known of them on a date."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from digna.errors import Refused
from digna.journal import record
from digna.journal.actor import Actor
from digna.journal.writes import writes
from digna.registry import search, sizes
from digna.registry.models import (
    Enterprise,
    EnterpriseFact,
    LegalForm,
    Organisation,
    Place,
    Sector,
    SizeRule,
)

Kind = EnterpriseFact.Kind


@writes("registry.enterprise.registered")
def register_enterprise(
    *,
    actor: Actor,
    name: str,
    on: date,
    legal_name: str = "",
    nit: str = "",
    sector: Sector | None = None,
    legal_form: LegalForm | None = None,
    is_formal: bool | None = None,
    place: Place | None = None,
    phone: str = "",
    email: str = "",
    founded_on: date | None = None,
    partner: Organisation | None = None,
    numbers: Mapping[str, Decimal] | None = None,
) -> Enterprise:
    """Register a firm and its first dated facts, `on` the day they were learnt.

    `numbers` maps kinds of fact (`workers_women`, `annual_sales`…) to values.

    Raises:
        Refused: `registry.enterprise.nit_taken`, with the other record.
    """
    refuse_taken_nit(nit, but=None)
    enterprise = record.add(
        Enterprise(
            name=name,
            legal_name=legal_name,
            nit=nit,
            place=place,
            phone=phone,
            email=email,
            founded_on=founded_on,
            partner=partner,
            created_by=actor.user,
        )
    )
    search.index(enterprise)
    record_facts(
        actor=actor,
        enterprise=enterprise,
        on=on,
        sector=sector,
        legal_form=legal_form,
        is_formal=is_formal,
        numbers=numbers,
    )
    return enterprise


@writes("registry.enterprise.corrected")
def correct_enterprise(*, actor: Actor, enterprise: Enterprise, **values: Any) -> Enterprise:
    """Change a firm's name, keys or contacts. What changes over time is a fact instead.

    Raises:
        Refused: `registry.enterprise.nit_taken`.
    """
    refuse_taken_nit(values.get("nit", ""), but=enterprise)
    record.change(enterprise, **values)
    if {"name", "legal_name"} & set(values):
        search.index(enterprise)
    return enterprise


@writes("registry.enterprise.recognised")
def recognise_enterprise(
    *, actor: Actor, enterprise: Enterprise, facts: Mapping[str, Any], **told: Any
) -> Enterprise:
    """Take in what somebody registered anew of a firm that was here already.

    What the record lacks is filled in, dated facts are added; where both say something else the
    record stands, and the journal keeps what was told.
    """
    lacking, otherwise = told_of_known(enterprise, told)
    if lacking:
        correct_enterprise(actor=actor, enterprise=enterprise, **lacking)
    record_facts(actor=actor, enterprise=enterprise, **facts)
    if otherwise:
        record.note(enterprise, told_otherwise=otherwise)
    return enterprise


def told_of_known(row: Any, told: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return what a record lacks of what was told, and what it says otherwise."""
    given = {name: value for name, value in told.items() if value not in (None, "")}
    empty = {name for name in given if getattr(row, name) in (None, "")}
    lacking = {name: given[name] for name in given if name in empty}
    return lacking, {
        name: value
        for name, value in given.items()
        if name not in empty and getattr(row, name) != value
    }


@writes("registry.enterprise.facts_recorded")
def record_facts(
    *,
    actor: Actor,
    enterprise: Enterprise,
    on: date,
    sector: Sector | None = None,
    legal_form: LegalForm | None = None,
    is_formal: bool | None = None,
    numbers: Mapping[str, Decimal] | None = None,
    method: str = EnterpriseFact.Method.DECLARED,
) -> Enterprise:
    """Record what is known of a firm on a day, and class its size by the rule in force.

    Facts are added, never overwritten; the firm's own columns repeat the latest of each.
    """
    texts: dict[str, str] = {}
    if sector is not None:
        texts[Kind.SECTOR] = sector.code
    if legal_form is not None:
        texts[Kind.LEGAL_FORM] = legal_form.code
    if is_formal is not None:
        texts[Kind.FORMALITY] = "formal" if is_formal else "informal"
    for kind, text in texts.items():
        _add_fact(enterprise, on, kind, text=text, method=method)
    for kind, number in (numbers or {}).items():
        _add_fact(enterprise, on, kind, number=number, method=method)
    if numbers:
        _class_by_size(enterprise, on)
    _repeat_latest(enterprise)
    return enterprise


def _add_fact(
    enterprise: Enterprise,
    on: date,
    kind: str,
    *,
    number: Decimal | None = None,
    text: str = "",
    method: str,
    rule: SizeRule | None = None,
) -> None:
    is_money = kind in sizes.MONEY
    record.add(
        EnterpriseFact(
            enterprise=enterprise,
            kind=kind,
            on=on,
            number=number,
            text=text,
            currency="BOB" if is_money else "",
            method=method,
            rule=rule.code if rule is not None else "",
            rule_version=rule.version if rule is not None else "",
        )
    )


def _class_by_size(enterprise: Enterprise, on: date) -> None:
    """Add the size band that the rule in force gives the numbers known on that day."""
    rule = sizes.rule_in_force(list(SizeRule.objects.all()), on)
    if rule is None:
        return
    known = latest_numbers(enterprise, on)
    band = sizes.band(rule.thresholds, sizes.variables(known))
    if band is not None:
        _add_fact(
            enterprise, on, Kind.SIZE_BAND, text=band, method=EnterpriseFact.Method.RULE, rule=rule
        )


def latest_numbers(enterprise: Enterprise, on: date) -> dict[str, Decimal]:
    """Return the latest number of each kind known on a day."""
    rows = EnterpriseFact.objects.filter(enterprise=enterprise, on__lte=on, number__isnull=False)
    return {f.kind: f.number for f in rows.order_by("on", "id") if f.number is not None}


def _repeat_latest(enterprise: Enterprise) -> None:
    """Bring the firm's own columns into step with its latest facts."""
    latest = {f.kind: f.text for f in enterprise.facts.exclude(text="").order_by("on", "id")}
    formality = latest.get(Kind.FORMALITY)
    record.change(
        enterprise,
        sector=Sector.objects.filter(code=latest.get(Kind.SECTOR, "")).first(),
        legal_form=LegalForm.objects.filter(code=latest.get(Kind.LEGAL_FORM, "")).first(),
        size_band=latest.get(Kind.SIZE_BAND, ""),
        is_formal=None if formality is None else formality == "formal",
    )


def refuse_taken_nit(nit: str, *, but: Enterprise | None) -> None:
    """Refuse a NIT that a living record already has."""
    if not nit:
        return
    others = Enterprise.objects.living()
    if but is not None:
        others = others.exclude(pk=but.pk)
    if other := others.filter(nit=nit).first():
        raise Refused(
            "registry.enterprise.nit_taken",
            _("El NIT %(nit)s ya es de %(name)s (%(place)s). Ábrala o corrija el número.")
            % {"nit": nit, "name": other.name, "place": other.place or _("lugar sin dato")},
            field="nit",
            enterprise=other,
        )
