"""Measurements: opened, grown by headcount, practices and KPI values; practices over time."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from digna.accounts.doors import door
from digna.errors import NotVisible
from digna.improvement import access, forms
from digna.improvement.models import BoardKpi, Headcount, Measurement, MissingValue, Observation
from digna.improvement.selectors import completeness, practices
from digna.improvement.services import measurements as services
from digna.improvement.views import forming


@door(access.SEE)
def measurements(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The measurements of a firm and its practices over them."""
    firm = access.firm(request.user, key)
    page = forming.around(request, firm, "measurements") | {
        "measurements": list(Measurement.objects.filter(enterprise=firm)),
        "table": practices.table_of(firm),
    }
    return render(request, "improvement/measurements.html", page)


@door(access.COACH)
def open_measurement(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Open a measurement of a firm, with no cycle behind it."""
    firm = access.firm(request.user, key, access.COACH)
    form = forms.MeasurementForm(
        request.POST or None, initial={"on": timezone.localdate(), "point": "baseline"}
    )
    return forming.answer(
        request,
        form,
        lambda f, who: services.open_measurement(actor=who, enterprise=firm, **f.given),
        to=reverse("improvement:measurements", args=[key]),
        page={
            "title": _("Nueva medición de %(firm)s") % {"firm": firm},
            "sentence": _("Puede quedar a medias y completarse en otra visita."),
            "action": _("Abrir la medición"),
            "back_url": reverse("improvement:measurements", args=[key]),
        },
    )


@door(access.SEE)
def measurement(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """One measurement: what it holds and what it lacks."""
    row = access.measurement(request.user, key)
    asked = completeness.kpis_asked(row)
    values = {
        o.board_kpi_id: o
        for o in Observation.objects.standing().filter(measurement=row).select_related("version")
    }
    reasons = {m.board_kpi_id: m.reason for m in MissingValue.objects.filter(measurement=row)}
    page = forming.around(request, row.enterprise, "measurements") | {
        "measurement": row,
        "complete": completeness.of(row),
        "headcount": Headcount.objects.filter(measurement=row).first(),
        "kpis": [(kpi, values.get(kpi.pk), reasons.get(kpi.pk, "")) for kpi in asked],
    }
    return render(request, "improvement/measurement.html", page)


@door(access.COACH)
def headcount(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Who works in the firm on that day."""
    row = access.measurement(request.user, key, access.COACH)
    standing = Headcount.objects.filter(measurement=row).first()
    initial = {name: getattr(standing, name, None) for name in forms.HEADCOUNT}
    return forming.answer(
        request,
        forms.HeadcountForm(request.POST or None, initial=initial),
        lambda f, who: services.record_headcount(actor=who, measurement=row, **f.given),
        to=reverse("improvement:measurement", args=[key]),
        page={
            "title": _("¿Quiénes trabajan en %(firm)s?") % {"firm": row.enterprise},
            "sentence": _("Vacío quiere decir que no se sabe; 0, que no hay nadie."),
            "action": _("Guardar"),
            "back_url": reverse("improvement:measurement", args=[key]),
            "guard": True,
        },
    )


@door(access.COACH)
def answer_practices(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The practices, one after the other."""
    row = access.measurement(request.user, key, access.COACH)
    version = row.practices_version or services.practices_in_use()
    form = forms.PracticesForm(
        request.POST or None, version=version, initial=forms.initial_of_measurement(row)
    )
    return forming.answer(
        request,
        form,
        lambda f, who: services.record_practices(actor=who, measurement=row, answers=f.given),
        to=reverse("improvement:measurement", args=[key]),
        page={
            "title": str(version),
            "sentence": _("Responda por lo que se ve, no por lo que se piensa hacer."),
            "action": _("Guardar las respuestas"),
            "back_url": reverse("improvement:measurement", args=[key]),
            "guard": True,
            "draft": True,
        },
    )


@door(access.COACH)
def record_at(request: HttpRequest, key: uuid.UUID, kpi: uuid.UUID) -> HttpResponse:
    """A value of a KPI at a measurement."""
    row = access.measurement(request.user, key, access.COACH)
    board_kpi = _kpi_of(row, kpi)
    start, end = forms.month_before(row.on)
    form = forms.KpiForm(
        request.POST or None, kpi=board_kpi, initial={"period_start": start, "period_end": end}
    )
    return forming.answer(
        request,
        form,
        lambda f, who: services.record_kpi(
            actor=who, measurement=row, board_kpi=board_kpi, **f.given
        ),
        to=reverse("improvement:measurement", args=[key]),
        page={
            "title": str(board_kpi),
            "sentence": board_kpi.instrument.current.say("question")
            if board_kpi.instrument.current is not None
            else "",
            "action": _("Guardar"),
            "back_url": reverse("improvement:measurement", args=[key]),
            "guard": True,
        },
    )


@door(access.COACH)
def say_missing(request: HttpRequest, key: uuid.UUID, kpi: uuid.UUID) -> HttpResponse:
    """Why a KPI has no value yet."""
    row = access.measurement(request.user, key, access.COACH)
    board_kpi = _kpi_of(row, kpi)
    return forming.answer(
        request,
        forms.MissingForm(request.POST or None),
        lambda f, who: services.say_missing(
            actor=who, measurement=row, board_kpi=board_kpi, reason=f.given["reason"]
        ),
        to=reverse("improvement:measurement", args=[key]),
        page={
            "title": _("%(kpi)s: sin dato todavía") % {"kpi": board_kpi},
            "sentence": _("No es cero: es que aún no se sabe."),
            "action": _("Guardar el motivo"),
            "back_url": reverse("improvement:measurement", args=[key]),
        },
    )


def _kpi_of(row: Measurement, key: uuid.UUID) -> BoardKpi:
    """Return a KPI of the measured firm's own board."""
    rows = BoardKpi.objects.filter(enterprise=row.enterprise_id, public_id=key)
    found = rows.select_related("enterprise", "instrument__current").first()
    if found is None:
        raise NotVisible(
            "improvement.not_visible", _("Ese indicador no está en el tablero de esta empresa.")
        )
    return found
