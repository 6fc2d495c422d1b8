"""The library's desk: facts of steps, corrected from a day on, by somebody who stands for them."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from digna.accounts import doing, rights
from digna.accounts.doors import door
from digna.errors import NotVisible
from digna.pathways import access, desk_forms, overlay
from digna.pathways.forms import said
from digna.pathways.models import FactCorrection, FactProposal
from digna.pathways.selectors import desk as selectors
from digna.pathways.selectors.library import shelf, spoken
from digna.pathways.services import library as services


@door(access.FOLLOW)
def library(request: HttpRequest) -> HttpResponse:
    """Every step with its facts, how old they are, what waits to be done."""
    kind, q = request.GET.get("estado", ""), request.GET.get("q", "").strip().lower()
    every = selectors.rows(timezone.localdate())
    found = [row for row in every if selectors.is_in(row, kind) and q in row.name.lower()]
    context = {
        "rows": found,
        "asked": {"kind": kind, "q": request.GET.get("q", "")},
        "filters": _chips(request, every, kind),
        "may_approve": rights.may(request.user, access.APPROVE),
        "waiting": FactProposal.objects.filter(state=FactProposal.State.OPEN).count(),
    }
    return render(request, "pathways/library.html", context)


def _chips(request: HttpRequest, every: list[selectors.Row], kind: str) -> list[dict[str, Any]]:
    labels = {
        "": _("Todos"),
        "por-hacer": _("Por hacer"),
        "vencidos": _("Costo vencido"),
        "viejos": _("Leídos hace más de un año"),
        "por-confirmar": _("Por confirmar"),
    }
    chips = []
    for value, label in labels.items():
        query = request.GET.copy()
        query["estado"] = value
        count = sum(selectors.is_in(row, value) for row in every)
        url = f"?{query.urlencode()}"
        chips.append({"label": label, "count": count, "url": url, "is_on": kind == value})
    return chips


def _step(code: str) -> selectors.DeskStep:
    found = selectors.step(code, timezone.localdate())
    if found is None:
        raise NotVisible("pathways.step.unknown", _("No hay un paso con ese nombre."))
    return found


@door(access.FOLLOW)
def library_step(request: HttpRequest, code: str) -> HttpResponse:
    """One step: the history of its prices, its facts, who corrected what."""
    context = {"page": _step(code), "may_approve": rights.may(request.user, access.APPROVE)}
    return render(request, "pathways/library_step.html", context)


@door(access.APPROVE)
def correct_price(request: HttpRequest, code: str) -> HttpResponse:
    """A new price from a day on; the one that stood there stays with its days."""
    found = _step(code)
    place = request.GET.get("lugar", found.new_place)
    if not overlay.is_place(shelf().rows[code], place):
        raise NotVisible("pathways.step.unknown", _("Ese costo ya no está en el paso."))
    return doing.form_page(
        request,
        desk_forms.PriceForm(request.POST or None, initial={"since": timezone.localdate()}),
        lambda who, f: services.correct_price(actor=who, step=code, place=place, **f.given),
        title=_("Costo: %(step)s") % {"step": found.row.name},
        sentence=_("El costo de antes queda en la historia, hasta la víspera."),
        action=_("Poner en vigencia"),
        back=reverse("pathways:library_step", args=[code]),
        done=_("Guardado: las listas ya lo usan."),
    )


@door(access.APPROVE)
def correct_fact(request: HttpRequest, code: str, slug: str) -> HttpResponse:
    """Another fact of a step from a day on."""
    found = _step(code)
    labels = {field: label for field, label, _text in found.facts}
    if slug not in labels:
        raise NotVisible("pathways.step.unknown", _("Ese dato no se corrige aquí."))
    form = desk_forms.FactForm(
        request.POST or None,
        field=slug,
        label=labels[slug],
        offices=_offices(),
        initial=_initial(found, slug),
    )
    return doing.form_page(
        request,
        form,
        lambda who, f: services.correct_fact(
            actor=who, step=code, field=slug, value=f.value, since=f.given["since"],
            source=f.given["source"], certainty=f.given["certainty"],
        ),
        title=f"{labels[slug]}: {found.row.name}",
        sentence=_("Lo que decía la ruta queda guardado en la historia."),
        action=_("Poner en vigencia"),
        back=reverse("pathways:library_step", args=[code]),
        done=_("Guardado: las listas ya lo usan."),
    )  # fmt: skip


def _offices() -> list[tuple[str, str]]:
    tongue = spoken()
    return [(key, said(one.name, tongue)) for key, one in shelf().library.agencies.items()]


def _initial(found: selectors.DeskStep, field: str) -> dict[str, Any]:
    texts = {name: text for name, _label, text in found.facts}
    initial: dict[str, Any] = {"since": timezone.localdate(), "value": texts[field]}
    span = {"duration": found.step.duration, "valid_for": found.step.valid_for}.get(field)
    if field == "agency":
        initial["value"] = found.step.agency
    if span is not None:
        initial |= {"amount": span.amount, "unit": span.unit}
    return initial


@door(access.APPROVE)
def confirm_step(request: HttpRequest, code: str) -> HttpResponse:
    """Say that a step was read again and is as it was."""
    found = _step(code)
    return doing.form_page(
        request,
        desk_forms.SourceForm(request.POST or None),
        lambda who, f: services.confirm_step(actor=who, step=code, **f.given),
        title=_("Leído otra vez: %(step)s") % {"step": found.row.name},
        sentence=_("Confirma que costos, entidad, plazo y documentos siguen como están aquí."),
        action=_("Confirmar"),
        back=reverse("pathways:library_step", args=[code]),
        done=_("Anotado: la fecha de lectura es la de hoy."),
    )


@door(access.APPROVE)
def withdraw(request: HttpRequest, key: int) -> HttpResponse:
    """Take a correction back."""
    row: FactCorrection = access.correction(request.user, key)
    back = reverse("pathways:library_step", args=[row.step])
    return doing.form_page(
        request,
        desk_forms.WithdrawForm(request.POST or None),
        lambda who, f: services.withdraw(actor=who, correction=row, **f.given),
        title=_("Retirar esta corrección"),
        sentence=_("Vuelve a valer lo que estaba antes; la corrección queda en la historia."),
        action=_("Retirar"),
        back=back,
        done=_("Retirada."),
    )
