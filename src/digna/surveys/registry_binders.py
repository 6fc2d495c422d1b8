"""Answers that become a firm of the register, with what is known of it on the day: its baseline."""

import uuid
from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, TypeVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from digna.errors import Refused
from digna.journal.actor import Actor
from digna.registry import access
from digna.registry.models import Enterprise, LegalForm, Place, Sector
from digna.registry.services import enterprises
from digna.surveys import registry_lists
from digna.surveys.binding import Binder, Bound, Given

Coded = TypeVar("Coded", bound=models.Model)
TEXTS = {"name": 160, "legal_name": 200, "nit": 15, "phone": 16}  # and how long each may be
NUMBERS = ("workers_women", "workers_men", "annual_sales", "assets", "exports")
YES, NO = (
    frozenset(("si", "sí", "1", "yes", "true", "formal")),
    frozenset(("no", "0", "false", "informal")),
)
TARGETS = {
    "key": gettext_lazy("la empresa, elegida de digna_empresas.csv"),
    "name": gettext_lazy("nombre de la empresa"),
    "on": gettext_lazy("día al que se refieren los datos"),
    "legal_name": gettext_lazy("razón social"),
    "nit": gettext_lazy("NIT"),
    "phone": gettext_lazy("celular"),
    "sector": gettext_lazy("código de rubro"),
    "legal_form": gettext_lazy("código de forma jurídica"),
    "place": gettext_lazy("código de lugar"),
    "is_formal": gettext_lazy("si está formalizada (si o no)"),
    "workers_women": gettext_lazy("trabajadoras"),
    "workers_men": gettext_lazy("trabajadores"),
    "annual_sales": gettext_lazy("ventas del año, en bolivianos"),
    "assets": gettext_lazy("activos productivos, en bolivianos"),
    "exports": gettext_lazy("exportaciones del año"),
}


def bind_enterprise(actor: Actor, given: Given) -> Bound:
    """Add to the firm that was chosen, or that has this NIT or this name in the same place; else
    register it.

    Raises:
        Refused: `surveys.binding.value`, `surveys.binding.firm`, and what the register refuses.
    """
    told = given.values
    on = _day(told.get("on", ""), given)
    facts: dict[str, Any] = {
        "sector": _row(Sector, told.get("sector", ""), _("rubro")),
        "legal_form": _row(LegalForm, told.get("legal_form", ""), _("forma jurídica")),
        "is_formal": _truth(told.get("is_formal", "")),
        "numbers": {n: _number(n, told[n]) for n in NUMBERS if told.get(n)},
    }
    if told.get("key"):
        return _of_chosen(actor, _chosen(actor, told["key"]), told, {"on": on, **facts})
    known = _known(told)
    if known is not None:
        enterprises.record_facts(actor=actor, enterprise=known, on=on, **facts)
        said = _("Los datos se agregaron a «%(name)s», que ya estaba en el registro.")
        return Bound(known, said % {"name": known.name})
    made = enterprises.register_enterprise(
        actor=actor,
        on=on,
        **_texts(told),
        place=_row(Place, told.get("place", ""), _("lugar")),
        **facts,
    )
    return Bound(made, _("Se registró la empresa «%(name)s».") % {"name": made.name})


def _chosen(actor: Actor, key: str) -> Enterprise:
    """Return the firm of a key, for who approves; of a merged one, the record that stands for it.

    Raises:
        Refused: `surveys.binding.firm`.
    """
    try:
        row = Enterprise.objects.filter(public_id=uuid.UUID(key)).first()
    except ValueError:
        row = None
    while row is not None and row.merged_into is not None:
        row = row.merged_into
    if row is None or not access.visible_enterprises(actor.user).filter(pk=row.pk).exists():
        raise Refused(
            "surveys.binding.firm",
            _(
                "La empresa elegida en «%(what)s» no está en el registro, o no le toca verla. "
                "Devuelva el envío para que elijan otra, o pida a quien la ve que lo apruebe."
            )
            % {"what": registry_lists.FIRMS.name},
        )
    return row


def _of_chosen(
    actor: Actor, firm: Enterprise, told: Mapping[str, str], facts: Mapping[str, Any]
) -> Bound:
    """Add dated facts to the chosen firm, and what its record lacks."""
    enterprises.recognise_enterprise(
        actor=actor,
        enterprise=firm,
        facts=facts,
        **_texts(told),
        place=_row(Place, told.get("place", ""), _("lugar")),
    )
    said = _("Los datos se agregaron a «%(name)s», la empresa que se eligió.")
    return Bound(firm, said % {"name": firm.name})


def _texts(told: Mapping[str, str]) -> dict[str, Any]:
    return {name: told[name][:most] for name, most in TEXTS.items() if told.get(name)}


def _known(told: Mapping[str, str]) -> Enterprise | None:
    living = Enterprise.objects.living()
    if told.get("nit"):
        return living.filter(nit=told["nit"]).first()
    if not told.get("place"):
        return None
    same = living.filter(name__iexact=told["name"].strip(), place__code=told["place"])
    return same.get() if same.count() == 1 else None


def _wrong(what: str, value: str) -> Refused:
    return Refused(
        "surveys.binding.value",
        _("La respuesta «%(value)s» no sirve de %(what)s. Corrija el envío o regístrelo a mano.")
        % {"value": value, "what": what},
    )


def _row(model: type[Coded], code: str, what: str) -> Coded | None:
    if not code:
        return None
    row = model._default_manager.filter(code=code).first()
    if row is None:
        raise _wrong(what, code)
    return row


def _day(told: str, given: Given) -> date:
    if not told:
        return timezone.localdate(given.submission.received_at)
    try:
        return date.fromisoformat(told[:10])
    except ValueError as problem:
        raise _wrong(str(TARGETS["on"]), told) from problem


def _truth(told: str) -> bool | None:
    if not told:
        return None
    if told.lower() in YES:
        return True
    if told.lower() in NO:
        return False
    raise _wrong(str(TARGETS["is_formal"]), told)


def _number(name: str, told: str) -> Decimal:
    try:
        number = Decimal(told)
    except InvalidOperation as problem:
        raise _wrong(str(TARGETS[name]), told) from problem
    if not number.is_finite() or number < 0:
        raise _wrong(str(TARGETS[name]), told)
    return number


BINDERS = [
    Binder(
        code="enterprise",
        targets=TARGETS,
        needed=frozenset(),
        bind=bind_enterprise,
        either=frozenset(("key", "name")),
        row_model="registry.enterprise",
        page="registry:enterprise",
    )
]
