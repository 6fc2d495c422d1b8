"""The sentence of each lack and the address where it is mended: one wording for all."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from digna.errors import Refused
from digna.registry.models.enterprises import SizeBand
from digna.training.models import CycleFirm, Module
from digna.training.states import Lack

STATE_WORDS: dict[str, Any] = {
    "lead": gettext_lazy("interesada"),
    "eligible": gettext_lazy("admitida"),
    "agreement_signed": gettext_lazy("convenio firmado"),
    "baseline_done": gettext_lazy("línea base hecha"),
    "workshop_attended": gettext_lazy("taller asistido"),
    "eit_formed": gettext_lazy("equipo de mejora formado"),
    "plan_approved": gettext_lazy("plan aprobado"),
    "endline_done": gettext_lazy("línea final hecha"),
    "certificate_issued": gettext_lazy("certificado emitido"),
    "year_after_done": gettext_lazy("visita al año hecha"),
    "dropped": gettext_lazy("dejó el ciclo"),
    "closed_no_data": gettext_lazy("cerrada sin datos"),
}


def state_word(state: str) -> str:
    """Return what a state is called; visits carry their number."""
    if state.startswith("visit"):
        return _("visita %(n)s hecha") % {"n": state.removeprefix("visit")}
    return str(STATE_WORDS.get(state, state))


SENTENCES: dict[str, Any] = {
    "out_of_order": gettext_lazy(
        "La empresa está en «%(state)s» y de ahí no pasa a «%(to)s». %(next)s"
    ),
    "future": gettext_lazy("La fecha %(on)s todavía no llega. Escriba el día en que ocurrió."),
    "before_last": gettext_lazy(
        "La fecha %(on)s es anterior al paso de antes (%(since)s). Corrija una de las dos."
    ),
    "paused": gettext_lazy("La empresa está en pausa. Reanude su ciclo y siga."),
    "cycle_cancelled": gettext_lazy("El ciclo está cancelado. Rehabilítelo o use otro."),
    "prerequisite": gettext_lazy(
        "Falta que esta misma empresa complete antes uno de estos módulos: %(needs)s."
    ),
    "size_unknown": gettext_lazy(
        "Falta saber el tamaño de la empresa. Anote cuántas personas trabajan en ella."
    ),
    "size_outside": gettext_lazy(
        "Es una empresa %(band)s y el módulo es para: %(bands)s. "
        "Admítala por escrito si hay una razón."
    ),
    "no_baseline": gettext_lazy("Falta la línea base. Sin ella no hay con qué comparar después."),
    "no_manager_present": gettext_lazy(
        "Falta la asistencia de al menos una persona de gerencia o dueña en el taller."
    ),
    "no_worker_present": gettext_lazy(
        "Falta la asistencia de al menos una persona trabajadora en el taller."
    ),
    "below_two_and_two": gettext_lazy(
        "Asistieron %(managing)s de gerencia y %(working)s trabajadoras/es; "
        "se aconseja 2 y 2 por empresa."
    ),
    "team_without_manager": gettext_lazy("Falta alguien de gerencia en el equipo de mejora."),
    "team_without_worker": gettext_lazy("Falta alguien que trabaje en el equipo de mejora."),
    "no_plan": gettext_lazy("Falta escribir el plan de mejora y quién lo aprobó."),
    "no_visit": gettext_lazy("Falta registrar la visita %(number)s."),
    "visits_out_of_order": gettext_lazy(
        "Las fechas de las visitas no van en orden. Corríjalas antes de seguir."
    ),
    "no_endline": gettext_lazy("Falta la línea final, o una dispensa por escrito."),
    "no_year_after": gettext_lazy("Faltan los datos de la visita al año."),
    "year_after_too_soon": gettext_lazy("La visita al año se registra desde el %(from)s."),
}

ACTIONS: dict[str, Any] = {
    "pipeline": gettext_lazy("Ver qué módulos hizo"),
    "enterprise": gettext_lazy("Completar la empresa"),
    "admit": gettext_lazy("Admitir por escrito"),
    "baseline": gettext_lazy("Hacer la línea base"),
    "attendance": gettext_lazy("Tomar asistencia"),
    "participants": gettext_lazy("Agregar participantes"),
    "team": gettext_lazy("Formar el equipo"),
    "plan": gettext_lazy("Escribir el plan"),
    "visit": gettext_lazy("Registrar la visita"),
    "endline": gettext_lazy("Hacer la línea final"),
    "year_after": gettext_lazy("Hacer la visita al año"),
    "resume": gettext_lazy("Reanudar"),
    "cycle": gettext_lazy("Abrir el ciclo"),
    "firm": gettext_lazy("Ver el paso que sigue"),
}


@dataclass(frozen=True, slots=True)
class Told:
    """A lack as a person reads it: what is missing and a link that leads to it."""

    code: str
    sentence: str
    url: str
    action: str


def told(firm: CycleFirm, lacks: Iterable[Lack]) -> tuple[Told, ...]:
    """Return lacks with their sentences and addresses."""
    return tuple(
        Told(
            lack.code,
            sentence(lack),
            lack.url or place_url(firm, lack.place),
            str(ACTIONS.get(lack.place, _("Completar"))),
        )
        for lack in lacks
    )


def sentence(lack: Lack) -> str:
    """Return what is missing, in words."""
    if lack.text:
        return lack.text
    details = {name: _word(name, value) for name, value in lack.details}
    return str(SENTENCES[lack.code]) % details


def _word(name: str, value: Any) -> str:
    return str(WORDERS.get(name, str)(value))


def _next_word(state: str) -> str:
    return _("Sigue «%(state)s».") % {"state": state_word(state)} if state else ""


def _band_words(codes: Iterable[str]) -> str:
    return ", ".join(_band_word(code) for code in codes)


def _band_word(code: str) -> str:
    return str(dict(SizeBand.choices).get(code, code))


def _day(value: date) -> str:
    return value.strftime("%d/%m/%Y")


def _module_names(codes: Iterable[str]) -> str:
    names = {m.code: m.name for m in Module.objects.filter(code__in=list(codes), is_current=True)}
    return "; ".join(names.get(code, code) for code in codes)


WORDERS: dict[str, Callable[[Any], str]] = {
    "state": state_word,
    "to": state_word,
    "next": _next_word,
    "needs": _module_names,
    "band": _band_word,
    "bands": _band_words,
    "on": _day,
    "since": _day,
    "from": _day,
}
"""How each value of a sentence is said."""

OF_FIRM = {
    "admit": "admit", "team": "team", "plan": "plan", "resume": "resume", "waive": "waive",
    "participants": "participants", "visit": "new_visit",
}  # fmt: skip
OF_CYCLE = {"attendance": "cycle_workshops", "cycle": "cycle"}
MEASURED = ("baseline", "endline", "year_after")


def place_url(firm: CycleFirm, place: str) -> str:
    """Return the address of the page where something of this firm's way is done."""
    if place in OF_FIRM:
        return reverse(f"training:{OF_FIRM[place]}", args=[firm.public_id])
    if place in MEASURED:
        return reverse("training:measure", args=[firm.public_id, place])
    if place in OF_CYCLE:
        return reverse(f"training:{OF_CYCLE[place]}", args=[firm.cycle.public_id])
    if place in ("enterprise", "pipeline"):
        return reverse("registry:enterprise", args=[firm.enterprise.public_id])
    return reverse("training:firm", args=[firm.public_id])


def refuse(firm: CycleFirm, lacks: Iterable[Lack]) -> None:
    """Raise the refusal that tells everything missing, each with its link.

    The code is that of the first lack: `training.guard.<what>`.

    Raises:
        Refused: whenever there is a lack.
    """
    missing = told(firm, lacks)
    if not missing:
        return
    first = missing[0]
    raise Refused(
        f"training.guard.{first.code}",
        " ".join(lack.sentence for lack in missing),
        url=first.url,
        action=first.action,
        missing=missing,
    )
