"""Official procedures: a dump comes in, a person decides field by field what is taken over."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from digna.accounts import doing
from digna.accounts.doors import door
from digna.pathways import access, desk_forms
from digna.pathways.models import FactProposal
from digna.pathways.selectors import official as selectors
from digna.pathways.services import official as services
from digna.web.forms import Form

PAGE = 50


@door(access.APPROVE)
def official(request: HttpRequest) -> HttpResponse:
    """The records, those with something to review first; a dump is taken in here."""
    kind = request.GET.get("estado", "por-revisar")
    form = desk_forms.DumpForm(request.POST or None, request.FILES or None)
    context = {
        "page": Paginator(selectors.records(kind), PAGE).get_page(request.GET.get("pagina")),
        "filters": _chips(request, kind),
        "kind": kind,
        "files": [(one, selectors.faults(one)) for one in selectors.files()],
        "names": selectors.step_names(),
    }
    return doing.form_page(
        request,
        form,
        lambda who, f: services.take_in(
            actor=who, name=f.cleaned_data["file"].name, content=f.cleaned_data["file"].read()
        ),
        title=_("Trámites oficiales"),
        sentence=_("Nada se publica solo: una persona decide dato por dato."),
        action=_("Leer el archivo"),
        back=reverse("pathways:official"),
        done=_("Leído. Abajo está lo que se puede revisar."),
        template="pathways/official.html",
        context=context,
    )


def _chips(request: HttpRequest, kind: str) -> list[dict[str, Any]]:
    labels = {"por-revisar": _("Por revisar"), "sin-paso": _("Sin paso nuestro"), "": _("Todos")}
    counts = selectors.counts()
    return [
        {"label": label, "count": counts[v], "url": f"?estado={v}", "is_on": kind == v}
        for v, label in labels.items()
    ]


@door(access.APPROVE)
def official_record(request: HttpRequest, key: int) -> HttpResponse:
    """One record beside our step: what differs, what looks wrong."""
    row = access.record(request.user, key)
    since = row.updated_on or timezone.localdate()
    context = {
        "record": row,
        "step_name": selectors.step_names().get(row.step, row.step),
        "sides": selectors.sides(row),
        "accept_form": desk_forms.AcceptForm(initial={"since": since}),
        "act_form": Form(),
        "pair_form": desk_forms.PairForm(
            steps=selectors.step_names().items(), initial={"step": row.step}
        ),
    }
    return render(request, "pathways/official_record.html", context)


@door(access.APPROVE)
@require_POST
def pair(request: HttpRequest, key: int) -> HttpResponse:
    """Say which step of ours a record is about."""
    row = access.record(request.user, key)
    return doing.press(
        request,
        desk_forms.PairForm(request.POST, steps=selectors.step_names().items()),
        lambda who, f: services.pair(actor=who, row=row, **f.given),
        done=_("Guardado: abajo están sus diferencias."),
        to=reverse("pathways:official_record", args=[key]),
    )


@door(access.APPROVE)
@require_POST
def decide(request: HttpRequest, key: int) -> HttpResponse:
    """Accept or reject one field."""
    row: FactProposal = access.proposal(request.user, key)
    to = reverse("pathways:official_record", args=[row.record_id])
    if "accept" in request.POST:
        return doing.press(
            request,
            desk_forms.AcceptForm(request.POST),
            lambda who, f: services.accept(actor=who, proposal=row, **f.given),
            done=_("Aceptado: vale desde el día que puso, con su procedencia."),
            to=to,
        )
    return doing.press(
        request,
        Form(request.POST),
        lambda who, _f: services.reject(actor=who, proposal=row),
        done=_("Rechazado: no se volverá a proponer."),
        to=to,
    )
