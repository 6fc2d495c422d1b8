"""Studies of effect, and the calculator of sizes."""

import io
from dataclasses import replace
from typing import Any
from uuid import UUID

import xlsxwriter
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from digna.accounts import doing
from digna.accounts.doors import door
from digna.registry import sheets
from digna.results import access, declarations, exports, tasks
from digna.results.effect_forms import FactsForm, PowerForm, UploadForm
from digna.results.models import EffectStudy
from digna.results.selectors import effects as shown
from digna.results.services import effects as services
from digna.web.forms import Form
from digna_engines.errors import EngineError


@door(access.EFFECT)
def effects(request: HttpRequest, code: str) -> HttpResponse:
    """The studies of a programme."""
    found = access.programme(request.user, code, access.EFFECT)
    context = {"rows": shown.studies(found), "programme": found}
    return render(request, "results/effects.html", context)


@door(access.STUDY)
def new_effect(request: HttpRequest, code: str) -> HttpResponse:
    """A study of the programme's records."""
    return _planned(
        request, code, FactsForm(request.POST or None), EffectStudy.Origin.FACTS,
        _("Estudio con los registros"),
    )  # fmt: skip


@door(access.STUDY)
def upload_effect(request: HttpRequest, code: str) -> HttpResponse:
    """A study of a file."""
    form = UploadForm(request.POST or None, request.FILES or None)
    return _planned(request, code, form, EffectStudy.Origin.UPLOAD, _("Estudio con un archivo"))


def _planned(request: HttpRequest, code: str, form: Any, origin: str, title: str) -> HttpResponse:
    found = access.programme(request.user, code, access.STUDY)

    def do(act: Any, given: Any) -> EffectStudy:
        study = services.plan_study(actor=act, programme=found, origin=origin, **given.study)
        _estimate(act, study)
        return study

    return doing.form_page(
        request,
        form,
        do,
        title=title,
        sentence=_("Diga qué compara antes de ver el resultado: cada estimación queda guardada."),
        action=_("Estimar"),
        back=reverse("results:effects", args=[found.code]),
        done=_("Estudio guardado."),
        to=lambda made: reverse("results:effect", args=[found.code, made.public_id]),
    )


def _estimate(act: Any, study: EffectStudy) -> None:
    run = services.ask_for_estimate(actor=replace(act, intention=None), study=study)
    tasks.estimate_effect.enqueue(run.pk)


@door(access.EFFECT)
def effect(request: HttpRequest, code: str, key: UUID) -> HttpResponse:
    """One study whole."""
    found = access.programme(request.user, code, access.EFFECT)
    page = shown.effect_page(request.user, found, access.study(found, key))
    return render(request, "results/effect.html", {"page": page, "programme": found})


@require_POST
@door(access.STUDY)
def estimate(request: HttpRequest, code: str, key: UUID) -> HttpResponse:
    """Estimate again: another row."""
    found = access.programme(request.user, code, access.STUDY)
    study = access.study(found, key)
    return doing.press(
        request,
        Form(request.POST),
        lambda act, _form: _estimate(act, study),
        done=_("Estimación pedida."),
        to=reverse("results:effect", args=[found.code, key]),
    )


@require_POST
@door(access.STUDY)
def remove_effect(request: HttpRequest, code: str, key: UUID) -> HttpResponse:
    """Take away a study that never came to an estimate."""
    found = access.programme(request.user, code, access.STUDY)
    study = access.study(found, key)
    return doing.press(
        request,
        Form(request.POST),
        lambda act, _form: services.remove_study(actor=act, study=study),
        done=_("Estudio quitado."),
        to=reverse("results:effects", args=[found.code]),
    )


@door(access.EFFECT)
def effect_xlsx(request: HttpRequest, code: str, key: UUID) -> HttpResponse:
    """One study as a sheet."""
    found = access.programme(request.user, code, access.EFFECT)
    page = shown.effect_page(request.user, found, access.study(found, key))
    file = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(file, options) as book:
        sheet = book.add_worksheet()
        for at, line in enumerate(shown.table_of(page)):
            for column, cell in enumerate(line):
                sheet.write_string(at, column, sheets.defused(cell))
    response = HttpResponse(file.getvalue(), content_type=exports.XLSX)
    response.headers["Content-Disposition"] = f'attachment; filename="efecto-{found.code}.xlsx"'
    return response


@door(access.EFFECT)
def power(request: HttpRequest) -> HttpResponse:
    """How many units are needed, with the formulas."""
    form = PowerForm(request.GET if "effect" in request.GET else None)
    found = None
    if form.is_valid():
        try:
            found = _sizes(form.cleaned_data)
        except EngineError as refused:
            form.add_error(None, declarations.sentence_of(refused))
    return render(request, "results/power.html", {"form": form, "found": found})


def _sizes(given: dict[str, Any]) -> dict[str, Any]:
    from digna_engines import attribution  # numpy: only where it is asked for

    shared = {name: given[name] for name in ("power", "cluster_size", "icc", "correlation")}
    shared["analysis"] = given["analysis"]
    needed = attribution.sample_size_for_means(
        given["effect"], attrition=given["attrition"], **shared
    )
    survey = attribution.survey_sample(given["margin"], population=given["population"])
    found: dict[str, Any] = {"needed": needed, "survey": survey}
    if given["per_arm"] is not None:
        found["smallest"] = attribution.smallest_visible_effect(given["per_arm"], **shared)
        del shared["power"]
        chance = attribution.power_for_means(given["effect"], given["per_arm"], **shared)
        found["chance"] = 100 * chance
    return found
