"""A partner's working copy: asked for, followed, taken, handed over against a receipt."""

import uuid

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from digna.accounts.doors import door
from digna.errors import Refused
from digna.journal import actor
from digna.partners import access, packing, tasks
from digna.partners.forms import plans as forms
from digna.partners.forms.profile import SureForm
from digna.partners.models import WorkingCopy
from digna.partners.services import copies as services
from digna.partners.views import acts
from digna.registry.models import Organisation
from digna.web import pdf
from digna.web.languages import either


def url_of(partner: Organisation) -> str:
    """Return where a partner's copies stand."""
    return reverse("partners:copies", args=[partner.code])


@door(access.HAND_OVER)
def copies(request: HttpRequest, code: str) -> HttpResponse:
    """The copies made so far, and the button for another."""
    row = access.partner(request.user, code, access.HAND_OVER)
    context = acts.context_of(request, row, "copies") | {
        "copies": list(WorkingCopy.objects.filter(partner=row).select_related("asked_by")[:20]),
        "form": SureForm(),
        "rule": either(packing.RULE_ES, packing.RULE_EN),
    }
    return render(request, "partners/copies.html", context)


@door(access.HAND_OVER)
@require_POST
def ask_copy(request: HttpRequest, code: str) -> HttpResponse:
    """Begin a copy."""
    row = access.partner(request.user, code, access.HAND_OVER)
    form = SureForm(request.POST)
    form.is_valid()
    who = actor.of_request(request, intention=form.intended)
    try:
        copy = services.ask_copy(actor=who, partner=row)
    except Refused as problem:
        messages.error(request, str(problem.message))
    else:
        if copy.state == WorkingCopy.State.PACKING and copy.total is None:
            tasks.pack_copy.enqueue(copy.pk, request.user.pk)
    return redirect(url_of(row))


@door(access.HAND_OVER)
def copy_progress(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """How far it is: a fragment asked for again and again; reloads the page at the end."""
    copy = access.copy(request.user, key)
    response = render(request, "partners/parts/copy_progress.html", {"copy": copy})
    if copy.state != WorkingCopy.State.PACKING:
        response.headers["HX-Refresh"] = "true"
    return response


@door(access.HAND_OVER)
def download_copy(request: HttpRequest, key: uuid.UUID) -> HttpResponseBase:
    """The file; that it was taken is written down."""
    copy = access.copy(request.user, key)
    services.download(actor=actor.of_request(request), copy=copy)
    name = f"digna-{copy.partner.code}-{copy.asked_at:%Y-%m-%d}.zip"
    return FileResponse(copy.file.open("rb"), as_attachment=True, filename=name)


@door(access.HAND_OVER)
def hand_over_copy(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Who received it."""
    copy = access.copy(request.user, key)
    return acts.by_form(
        request,
        forms.HandOverForm(request.POST or None, initial={"on": timezone.localdate()}),
        lambda who, given: services.hand_over(actor=who, copy=copy, **given),
        title=_("Entregar la copia de trabajo"),
        action=_("Anotar la entrega"),
        back_url=url_of(copy.partner),
        told=_("Anotamos la entrega. Imprima el recibo y hágalo firmar."),
    )


@door(access.HAND_OVER)
def copy_receipt(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The receipt to be signed, on paper."""
    copy = access.copy(request.user, key)
    context = {
        "copy": copy,
        "partner": copy.partner,
        "manifest": copy.manifest,
        "rule": either(packing.RULE_ES, packing.RULE_EN),
    }
    return pdf.response(request, "partners/paper_copy.html", context, f"recibo-{copy.partner.code}")


@door(access.HAND_OVER)
def discard_copy(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Delete the file from the server."""
    copy = access.copy(request.user, key)
    return acts.by_form(
        request,
        SureForm(request.POST or None),
        lambda who, _given: services.discard(actor=who, copy=copy),
        template="web/confirm.html",
        title=_("Borrar la copia del servidor"),
        sentence=_("Queda escrito qué contenía, cuándo se hizo y quién la recibió."),
        action=_("Sí, borrar el archivo"),
        is_grave=True,
        back_url=url_of(copy.partner),
        told=_("Borramos el archivo."),
    )
