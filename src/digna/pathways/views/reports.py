"""Errors in a step: anybody reports one, the lead answers."""

import uuid
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from digna.accounts import doing
from digna.accounts.doors import door
from digna.errors import NotVisible, Refused
from digna.pathways import access, desk_forms, firm_forms
from digna.pathways.forms import said
from digna.pathways.models import StepReport
from digna.pathways.selectors import reports as selectors
from digna.pathways.selectors.library import shelf, spoken
from digna.pathways.services import reports as services
from digna.registry.models import Enterprise
from digna.web import limits
from digna.web.doors import public

PAGE = 50


@public
def report(request: HttpRequest, code: str) -> HttpResponse:
    """Say what is wrong in a step; nothing is asked of who says it."""
    step = shelf().library.steps.get(code)
    if step is None:
        raise NotVisible("pathways.step.unknown", _("No hay un paso con ese nombre."))
    form = firm_forms.ReportForm(request.POST or None)
    if request.method == "POST":
        limits.count_try(request, "pathways.report")
        if form.is_valid():
            try:
                made = services.report_error(
                    actor=doing.who(request, form), step=code, pathway=_pathway(request),
                    enterprise=_firm(request), **form.given,
                )  # fmt: skip
            except Refused as problem:
                form.refuse(problem)
            else:
                return redirect("pathways:sent_report", made.public_id)
    context = {"form": form, "name": said(step.name, spoken()), "code": code}
    return render(request, "pathways/report.html", context, status=422 if form.errors else 200)


def _pathway(request: HttpRequest) -> str:
    code = request.GET.get("ruta", "")
    return code if code in shelf().library.pathways else ""


def _firm(request: HttpRequest) -> Enterprise | None:
    """The firm whose list one came from, where one may see it."""
    try:
        key = uuid.UUID(request.GET.get("empresa", ""))
    except ValueError:
        return None
    return access.visible_firms(request.user).filter(public_id=key).first()


@public
def sent_report(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """What became of a report, at the address given to who sent it."""
    row = access.report(key)
    step = shelf().library.steps.get(row.step)
    context = {"report": row, "name": said(step.name, spoken()) if step is not None else row.step}
    return render(request, "pathways/sent_report.html", context)


@door(access.FOLLOW)
def reports(request: HttpRequest) -> HttpResponse:
    """The queue: what waits first, with the count by step."""
    state, code = request.GET.get("estado", "abiertos"), request.GET.get("paso", "")
    rows = selectors.queue(state, code)
    context = {
        "page": Paginator(rows, PAGE).get_page(request.GET.get("pagina")),
        "names": selectors.names(),
        "filters": _chips(request, state),
        "by_step": selectors.by_step(),
        "code": code,
    }
    return render(request, "pathways/reports.html", context)


def _chips(request: HttpRequest, state: str) -> list[dict[str, Any]]:
    labels = {"abiertos": _("Por revisar"), "": _("Todos")}
    labels |= {str(value): str(label).capitalize() for value, label in StepReport.State.choices}
    counts = selectors.counts()
    chips = []
    for value, label in labels.items():
        query = request.GET.copy()
        query.pop("pagina", None)
        query["estado"] = value
        url = f"?{query.urlencode()}"
        chips.append({"label": label, "count": counts[value], "url": url, "is_on": state == value})
    return chips


@door(access.APPROVE)
def answer_report(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Say what became of a report."""
    row = access.report(key)
    step = shelf().library.steps.get(row.step)
    state = StepReport.State.SEEN if row.state == StepReport.State.NEW else row.state
    return doing.form_page(
        request,
        desk_forms.AnswerForm(request.POST or None, initial={"state": state, "answer": row.answer}),
        lambda who, f: services.answer_report(actor=who, report=row, **f.given),
        title=said(step.name, spoken()) if step is not None else row.step,
        sentence=row.text,
        action=_("Guardar"),
        back=reverse("pathways:reports"),
        done=_("Guardado."),
    )
