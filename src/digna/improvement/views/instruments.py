"""Instruments: the list, one with its versions, edited and retired by the programme's lead."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from digna.accounts import rights
from digna.accounts.doors import door
from digna.errors import NotVisible
from digna.improvement import access, forms
from digna.improvement.selectors import instruments as selectors
from digna.improvement.services import instruments as services
from digna.improvement.views import forming


@door(access.INSTRUMENTS)
def instruments(request: HttpRequest) -> HttpResponse:
    """Every instrument, by kind."""
    page = {"instruments": list(access.visible_instruments(request.user))}
    return render(request, "improvement/instruments.html", page)


@door(access.INSTRUMENTS)
def instrument(request: HttpRequest, key: int) -> HttpResponse:
    """One instrument: what it says, its versions and what each changed."""
    row = access.instrument(request.user, key)
    page = {
        "instrument": row,
        "explained": None if row.current is None else selectors.explained(row.current),
        "versions": selectors.versions_of(row),
        "can_edit": rights.may(request.user, access.EDIT_INSTRUMENTS),
        "act_form": forms.ActForm(),
    }
    return render(request, "improvement/instrument.html", page)


@door(access.EDIT_INSTRUMENTS)
def edit_instrument(request: HttpRequest, key: int) -> HttpResponse:
    """Reword an instrument: a new version, old answers keep theirs."""
    row = access.instrument(request.user, key)
    if row.current is None:
        raise NotVisible("improvement.not_visible", _("Este instrumento no tiene contenido."))
    return forming.answer(
        request,
        forms.DocumentForm(request.POST or None, version=row.current),
        lambda f, who: services.edit_instrument(
            actor=who, instrument=row, base=f.given["base"], document=f.document
        ),
        to=reverse("improvement:instrument", args=[key]),
        page={
            "title": _("Editar «%(name)s»") % {"name": row},
            "sentence": _("Se guarda como versión nueva; lo ya respondido conserva la suya."),
            "action": _("Guardar la versión nueva"),
            "back_url": reverse("improvement:instrument", args=[key]),
            "guard": True,
        },
    )


@door(access.EDIT_INSTRUMENTS)
def retire_instrument(request: HttpRequest, key: int) -> HttpResponse:
    """Take an instrument out of use."""
    row = access.instrument(request.user, key)
    return forming.answer(
        request,
        forms.ReasonForm(request.POST or None),
        lambda _f, who: services.retire_instrument(actor=who, instrument=row),
        to=reverse("improvement:instrument", args=[key]),
        page={
            "title": _("¿Retirar «%(name)s»?") % {"name": row},
            "sentence": _("Deja de ofrecerse; lo respondido no se pierde y puede reponerse."),
            "action": _("Retirar"),
            "back_url": reverse("improvement:instrument", args=[key]),
        },
    )


@door(access.EDIT_INSTRUMENTS)
@require_POST
def reinstate_instrument(request: HttpRequest, key: int) -> HttpResponse:
    """Put a retired instrument back."""
    row = access.instrument(request.user, key)
    return forming.press(
        request,
        forms.ActForm(request.POST),
        lambda _f, who: services.reinstate_instrument(actor=who, instrument=row),
        to=reverse("improvement:instrument", args=[key]),
        said=_("El instrumento está otra vez en uso."),
    )
