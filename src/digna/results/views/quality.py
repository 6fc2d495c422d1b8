"""The ledger of quality, what fails, samples drawn and looked for."""

import csv
import io

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from digna.accounts import doing
from digna.accounts.doors import door
from digna.errors import NotVisible
from digna.journal import actor
from digna.registry import sheets
from digna.results import access, tasks
from digna.results.models import Figure, Indicator, QualityRun, ReportingPeriod
from digna.results.quality_forms import DrawForm, ResultForm
from digna.results.selectors import grades, overview, samples
from digna.results.selectors import quality as shown
from digna.results.services import quality as services


@door(access.QUALITY)
def ledger(request: HttpRequest, code: str) -> HttpResponse:
    """The ledger of a period."""
    found = access.programme(request.user, code, access.QUALITY)
    page = shown.ledger(request, found)
    return render(request, "results/quality.html", {"page": page, "programme": found})


@require_POST
@door(access.CHECK)
def check(request: HttpRequest, code: str) -> HttpResponse:
    """Ask for every check over a period."""
    found = access.programme(request.user, code, access.CHECK)
    period = _period(found.pk, request.POST.get("periodo", ""))
    run = services.ask_for_run(actor=actor.of_request(request), programme=found, period=period)
    if run.state == QualityRun.State.QUEUED:
        tasks.check_quality.enqueue(run.pk)
    asked = f"?periodo={period.pk}" if period is not None else ""
    return redirect(reverse("results:quality", args=[found.code]) + asked)


def _period(programme_id: int, asked: str) -> ReportingPeriod | None:
    return overview.chosen(tuple(ReportingPeriod.objects.filter(programme=programme_id)), asked)


@door(access.QUALITY)
def ledger_csv(request: HttpRequest, code: str) -> HttpResponse:
    """The newest ledger of a period as a table."""
    found = access.programme(request.user, code, access.QUALITY)
    period = _period(found.pk, request.GET.get("periodo", ""))
    run = grades.newest_run(found.pk, period.pk if period is not None else None)
    if run is None:
        raise NotVisible("results.not_visible", _("Todavía no se revisó la calidad."))
    buffer = io.StringIO()
    buffer.write("\ufeff")
    rows = ([sheets.defused(str(cell)) for cell in row] for row in shown.exported(run))
    csv.writer(buffer).writerows(rows)
    response = HttpResponse(buffer.getvalue(), content_type="text/csv; charset=utf-8")
    name = f"calidad-{found.code}.csv"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@door(access.QUALITY)
def of_figure(request: HttpRequest, code: str, indicator: str) -> HttpResponse:
    """The ledger of one indicator."""
    found = access.programme(request.user, code, access.QUALITY)
    row = access.indicator(found, indicator)
    page = shown.figure_ledger(request, found, row)
    context = {"page": page, "programme": found, "indicator": row}
    return render(request, "results/quality_one.html", context)


@door(access.QUALITY)
def failing(request: HttpRequest, code: str, key: int) -> HttpResponse:
    """The records that fail one rule."""
    found = access.programme(request.user, code, access.QUALITY)
    page = shown.failing_page(request.user, found, access.check(found, key))
    context = {"page": page, "programme": found, "indicator": page.check.indicator}
    return render(request, "results/quality_failing.html", context)


@door(access.CHECK)
def draw_sample(request: HttpRequest, code: str, indicator: str) -> HttpResponse:
    """Draw records of a figure to be looked for."""
    found = access.programme(request.user, code, access.CHECK)
    row = access.indicator(found, indicator)
    period = _period(found.pk, request.GET.get("periodo", ""))
    figure = _figure(row, period)
    return doing.form_page(
        request,
        DrawForm(request.POST or None),
        lambda act, form: services.draw_sample(actor=act, figure=figure, **form.given),
        title=_("Sortear una muestra"),
        sentence=f"{row.name} · {period.label if period is not None else _('a la fecha')}",
        action=_("Sortear"),
        back=shown.of_figure_url(found, row, period),
        done=_("Muestra sorteada."),
        to=lambda made: reverse("results:sample", args=[found.code, made.pk]),
    )


def _figure(row: Indicator, period: ReportingPeriod | None) -> Figure:
    kinds = Figure.objects.filter(indicator=row, period=period).select_related(
        "indicator", "period"
    )
    found = (
        kinds.filter(kind=Figure.Kind.FROZEN).first()
        or kinds.filter(kind=Figure.Kind.CURRENT).first()
    )
    if found is None:
        raise NotVisible("results.not_visible", _("Este indicador todavía no tiene cifra."))
    return found


@door(access.VERIFY)
def sample(request: HttpRequest, code: str, key: int) -> HttpResponse:
    """A sample: its records to print, and what was found of each."""
    found = access.programme(request.user, code, access.VERIFY)
    page = samples.sample_page(request.user, found, access.sample(found, key))
    context = {"page": page, "programme": found, "indicator": page.sample.indicator}
    return render(request, "results/sample.html", context)


@door(access.VERIFY)
def look_for(request: HttpRequest, code: str, key: int, place: int) -> HttpResponse:
    """Write what was found of one record."""
    found = access.programme(request.user, code, access.VERIFY)
    drawn = access.sample(found, key)
    row = access.verified_record(drawn, place)
    page = samples.sample_page(request.user, found, drawn)
    shown_row = next(one for one in page.rows if one.row.pk == row.pk)
    if not shown_row.label:
        raise NotVisible("results.not_visible", _("Este registro no le toca verlo."))
    names = ("result", "reported", "recounted", "note")
    form = ResultForm(request.POST or None, initial={name: getattr(row, name) for name in names})
    if page.is_counted:
        del form.fields["reported"]
    return doing.form_page(
        request,
        form,
        lambda act, given: services.record_result(actor=act, row=row, **given.given),
        title=f"{row.place}. {shown_row.label}",
        sentence=shown_row.detail,
        action=_("Guardar"),
        back=reverse("results:sample", args=[found.code, drawn.pk]),
        done=_("Guardado."),
    )
