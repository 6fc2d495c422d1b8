"""Trade data of this installation: what there is, bringing more, taking some out of use."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from digna.accounts.doors import door
from digna.errors import Refused
from digna.journal import actor
from digna.markets import access, forms, naming, tasks, trade_report
from digna.markets.models import Bringing
from digna.markets.services import data as services


@door(access.SEE)
def data(request: HttpRequest) -> HttpResponse:
    """The data in use, with their licence, and the files that were brought."""
    context = {
        "releases": list(access.releases()),
        "bringings": list(Bringing.objects.select_related("release")[:10]),
    }
    return render(request, "markets/data.html", context)


@door(access.EDIT)
def bring(request: HttpRequest) -> HttpResponse:
    """Hand a file over; the worker reads it."""
    form = forms.BringForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        who = actor.of_request(request, intention=form.intended)
        try:
            row = services.begin_bringing(actor=who, **form.given)
        except Refused as problem:
            form.refuse(problem)
        else:
            tasks.bring_file.enqueue(row.pk)
            return redirect("markets:bringing", row.public_id)
    context = {
        "form": form,
        "title": _("Traer datos de comercio"),
        "sentence": _("Un año de BACI pesa unos 85 MB en zip y tarda unos segundos en leerse."),
        "action": _("Traer el archivo"),
        "back_url": reverse("markets:data"),
        "multipart": True,
    }
    return render(request, "web/form.html", context, status=422 if form.errors else 200)


@door(access.EDIT)
def bringing(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """How far the reading of a file is; then its report, or why it was refused."""
    row = access.bringing(key)
    is_fragment = request.headers.get("hx-request") == "true"
    template = "markets/parts/bringing.html" if is_fragment else "markets/bringing.html"
    problem = row.problem_en if naming.tongue() == "en" else row.problem_es
    report = row.release.report if row.release else {}
    context = {
        "bringing": row,
        "problem": problem,
        "report": report,
        "step": trade_report.step(row.step, naming.tongue()),
        "remarks": trade_report.remarks(report, naming.tongue()),
    }
    response = render(request, template, context)
    if is_fragment and not row.is_under_way:
        response["HX-Refresh"] = "true"
    return response


@door(access.EDIT)
@require_POST
def retire(request: HttpRequest, key: str) -> HttpResponse:
    """Take data out of use."""
    row = access.release(key)
    form = forms.ActForm(request.POST)
    if form.is_valid():
        services.retire_release(
            actor=actor.of_request(request, intention=form.intended), release=row
        )
        messages.success(
            request, _("«%(name)s» quedó fuera de uso. Las lecturas hechas con ella siguen.")
            % {"name": row},
        )  # fmt: skip
    return redirect("markets:data")
