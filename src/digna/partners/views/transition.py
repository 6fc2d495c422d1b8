"""The transition plan and what is handed over."""

import uuid
from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from digna.accounts.doors import door
from digna.journal.actor import Actor
from digna.partners import access
from digna.partners.forms import plans as forms
from digna.partners.forms.profile import ReasonForm, SureForm
from digna.partners.models import TransitionAction
from digna.partners.selectors import transition as shown
from digna.partners.services import assets as asset_services
from digna.partners.services import transition as services
from digna.partners.views import acts
from digna.registry.models import Organisation
from digna.web import pdf

ACTION = ("line", "what", "owner", "due_on", "risk", "likelihood", "impact", "response")
USUAL_MONTHS = 6


def url_of(partner: Organisation) -> str:
    """Return where a partner's plan stands."""
    return reverse("partners:transition", args=[partner.code])


@door(access.SEE)
def transition(request: HttpRequest, code: str) -> HttpResponse:
    """Four lines, what is late, what is handed over."""
    row = access.partner(request.user, code)
    context = acts.context_of(request, row, "transition") | {
        "plan": shown.plan(row, timezone.localdate())
    }
    return render(request, "partners/transition.html", context)


@door(access.EDIT)
def adopt_templates(request: HttpRequest, code: str) -> HttpResponse:
    """Begin a plan with the actions that transitions usually need."""
    row = access.partner(request.user, code, access.EDIT)
    form = forms.TemplatesForm(request.POST or None, initial={"starts_on": timezone.localdate()})
    left = [template.pk for template in shown.offered(row)]
    choices = form.fields["templates"]
    choices.queryset = choices.queryset.filter(pk__in=left)  # type: ignore[attr-defined]

    def act(who: Actor, given: dict) -> None:  # type: ignore[type-arg]
        services.adopt_templates(actor=who, partner=row, **given)

    return acts.by_form(
        request,
        form,
        act,
        title=_("Acciones modelo para %(name)s") % {"name": row},
        sentence=_("Elija las que hacen falta; después podrá corregir cada una."),
        action=_("Agregar al plan"),
        back_url=url_of(row),
        told=_("Agregamos las acciones al plan."),
    )


@door(access.EDIT)
def plan_action(request: HttpRequest, code: str) -> HttpResponse:
    """A new action."""
    row = access.partner(request.user, code, access.EDIT)
    due = timezone.localdate() + timedelta(days=30 * USUAL_MONTHS)
    return acts.by_form(
        request,
        forms.ActionForm(request.POST or None, initial={"due_on": due}),
        lambda who, given: services.plan_action(actor=who, partner=row, **given),
        title=_("Nueva acción"),
        action=_("Agregar la acción"),
        back_url=url_of(row),
        told=_("Agregamos la acción."),
        draft=True,
    )


@door(access.EDIT)
def change_action(request: HttpRequest, key: int) -> HttpResponse:
    """Correct an action or its risk."""
    row = access.of_partner(request.user, TransitionAction, key)
    initial = {name: getattr(row, name) for name in ACTION}
    return acts.by_form(
        request,
        forms.ActionForm(request.POST or None, initial=initial),
        lambda who, given: services.change_action(actor=who, action=row, **given),
        title=_("Corregir una acción"),
        action=_("Guardar"),
        back_url=url_of(row.partner),
        told=_("Guardamos la acción."),
    )


@door(access.EDIT)
def begin_action(request: HttpRequest, key: int) -> HttpResponse:
    """Work on an action began, or began again."""
    row = access.of_partner(request.user, TransitionAction, key)
    return acts.by_form(
        request,
        SureForm(request.POST or None),
        lambda who, _given: services.begin_action(actor=who, action=row),
        template="web/confirm.html",
        title=_("En marcha"),
        sentence=row.what,
        action=_("Sí, está en marcha"),
        back_url=url_of(row.partner),
        told=_("La acción está en marcha."),
    )


@door(access.EDIT)
def close_action(request: HttpRequest, key: int) -> HttpResponse:
    """An action that was done, or that will not be."""
    row = access.of_partner(request.user, TransitionAction, key)

    def act(who: Actor, given: dict) -> None:  # type: ignore[type-arg]
        is_dropped = given.pop("outcome") == "dropped"
        services.close_action(actor=who, action=row, is_dropped=is_dropped, **given)

    form = forms.CloseActionForm(
        request.POST or None, request.FILES or None, initial={"on": timezone.localdate()}
    )
    return acts.by_form(
        request,
        form,
        act,
        title=_("Cerrar una acción"),
        sentence=row.what,
        action=_("Cerrar la acción"),
        back_url=url_of(row.partner),
        told=_("Cerramos la acción."),
    )


@door(access.EDIT)
def list_asset(request: HttpRequest, code: str) -> HttpResponse:
    """Something the partner will keep."""
    row = access.partner(request.user, code, access.EDIT)
    return acts.by_form(
        request,
        forms.AssetForm(request.POST or None),
        lambda who, given: asset_services.list_asset(actor=who, partner=row, **given),
        title=_("Agregar algo por entregar"),
        action=_("Agregar"),
        back_url=url_of(row),
        told=_("Agregado a la lista."),
    )


@door(access.EDIT)
def change_asset(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Correct what is said of something not yet handed over."""
    row = access.asset(request.user, key, access.EDIT)
    initial = {name: getattr(row, name) for name in ("kind", "what", "conditions")}
    return acts.by_form(
        request,
        forms.AssetForm(request.POST or None, initial=initial),
        lambda who, given: asset_services.change_asset(actor=who, asset=row, **given),
        title=_("Corregir algo por entregar"),
        action=_("Guardar"),
        back_url=url_of(row.partner),
        told=_("Guardado."),
    )


@door(access.EDIT)
def unlist_asset(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Take something off the list."""
    row = access.asset(request.user, key, access.EDIT)
    return acts.by_form(
        request,
        SureForm(request.POST or None),
        lambda who, _given: asset_services.unlist_asset(actor=who, asset=row),
        template="web/confirm.html",
        title=_("Quitar de la lista"),
        sentence=row.what,
        action=_("Sí, quitar"),
        is_grave=True,
        back_url=url_of(row.partner),
        told=_("Quitado de la lista."),
    )


@door(access.EDIT)
def hand_over_asset(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Who received it, and when."""
    row = access.asset(request.user, key, access.EDIT)
    return acts.by_form(
        request,
        forms.HandOverForm(request.POST or None, initial={"on": timezone.localdate()}),
        lambda who, given: asset_services.hand_over(actor=who, asset=row, **given),
        title=_("Entregar"),
        sentence=row.what,
        action=_("Anotar la entrega"),
        back_url=url_of(row.partner),
        told=_("Anotamos la entrega. Imprima el acta y hágala firmar."),
    )


@door(access.EDIT)
def keep_receipt(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The signed record."""
    row = access.asset(request.user, key, access.EDIT)
    form = forms.ReceiptForm(
        request.POST or None, request.FILES or None, initial={"on": timezone.localdate()}
    )
    return acts.by_form(
        request,
        form,
        lambda who, given: asset_services.keep_receipt(actor=who, asset=row, **given),
        title=_("Guardar el acta firmada"),
        sentence=row.what,
        action=_("Guardar el acta"),
        back_url=url_of(row.partner),
        told=_("Guardamos el acta."),
    )


@door(access.EDIT)
def take_back(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Undo a hand-over noted by mistake."""
    row = access.asset(request.user, key, access.EDIT)
    return acts.by_form(
        request,
        ReasonForm(request.POST or None),
        lambda who, _given: asset_services.take_back(actor=who, asset=row),
        template="web/confirm.html",
        title=_("Deshacer la entrega"),
        sentence=row.what,
        action=_("Sí, deshacer"),
        is_grave=True,
        back_url=url_of(row.partner),
        told=_("La entrega se deshizo."),
    )


@door(access.SEE)
def hand_over_record(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The record to be signed, on paper."""
    row = access.asset(request.user, key)
    context = {"asset": row, "partner": row.partner}
    return pdf.response(request, "partners/paper_asset.html", context, f"acta-{row.partner.code}")
