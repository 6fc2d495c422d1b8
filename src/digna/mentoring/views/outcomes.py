"""What changed: who was measured at 0, 6 and 12 months, of how many; one measurement."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from digna.accounts import doing
from digna.accounts.doors import door
from digna.errors import NotVisible
from digna.mentoring import access, instruments
from digna.mentoring.forms.pairs import OutcomeForm
from digna.mentoring.forms.profiles import as_yes_no
from digna.mentoring.models import Outcome
from digna.mentoring.selectors import lists
from digna.mentoring.services import outcomes as services
from digna.mentoring.views.cohorts import tabs
from digna.registry import downloads


@door(access.SEE)
def outcomes(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Who was measured when; «sin dato» where nobody was."""
    row = access.cohort(request.user, key)
    lines = lists.expected_outcomes(row)
    counts = [
        (point.label, sum(line["points"][place][1] is not None for line in lines), len(lines))
        for place, point in enumerate(Outcome.Point)
    ]
    context = {
        "cohort": row,
        "tabs": tabs(row, "outcomes"),
        "lines": lines,
        "counts": counts,
        "points": [point.label for point in Outcome.Point],
        "may_edit": access.visible_cohorts(request.user, access.EDIT).filter(pk=row.pk).exists(),
    }
    return render(request, "mentoring/outcomes.html", context)


@door(access.SEE)
def export_outcomes(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """One row a mentee and point; what nobody answered is an empty cell, and zero is zero."""
    row = access.cohort(request.user, key)
    questions = instruments.questions(row.terms)
    header = (
        "Emprende", "Empresa", "Mes", "Medido el", "Cómo se sabe", "Ventas del último mes",
        "Moneda", "Canal digital", "Formal", "Mujeres", "Hombres", *questions.values(),
    )  # fmt: skip
    told = [
        (
            str(line["application"]), str(line["application"].enterprise or ""), int(point),
            *_cells(found, list(questions)),
        )
        for line in lists.expected_outcomes(row)
        for point, found in line["points"]
    ]  # fmt: skip
    is_csv = request.GET.get("formato") == "csv"
    return (downloads.csv_file if is_csv else downloads.xlsx_file)("resultados", header, told)


def _cells(row: Outcome | None, codes: list[str]) -> tuple[downloads.Cell, ...]:
    if row is None:
        return (None,) * (8 + len(codes))
    words = {True: _("sí"), False: _("no"), None: None}
    return (
        row.on, str(row.get_method_display()), row.sales, row.currency,
        words[row.sells_digitally], words[row.is_formal], row.jobs_women, row.jobs_men,
        *(words[row.practices.get(code)] for code in codes),
    )  # fmt: skip


@door(access.EDIT)
def record_outcome(request: HttpRequest, key: uuid.UUID, point: int) -> HttpResponse:
    """Measure, or correct what was measured."""
    row = access.application(request.user, key, access.EDIT)
    if point not in Outcome.Point.values:
        raise NotVisible("mentoring.not_visible", _("Se mide a los 0, 6 y 12 meses."))
    standing = Outcome.objects.filter(application=row, point=point).first()
    initial = {}
    if standing is not None:
        names = ("on", "method", "sales", "jobs_women", "jobs_men")
        initial = {name: getattr(standing, name) for name in names}
        initial["sells_digitally"] = as_yes_no(standing.sells_digitally)
        initial["is_formal"] = as_yes_no(standing.is_formal)
        for code, said in standing.practices.items():
            initial[f"practice-{code}"] = as_yes_no(said)
    form = OutcomeForm(request.POST or None, terms=row.cohort.terms, initial=initial)
    return doing.form_page(
        request,
        form,
        lambda act, given: services.record_outcome(
            actor=act, application=row, point=point, **given.told
        ),
        template="mentoring/chip_form.html",
        title=f"{row.person}: {Outcome.Point(point).label}",
        sentence=_(
            "Puede dejar cualquier pregunta sin responder: quedará «sin dato», que no es cero."
        ),
        action=_("Guardar la medición"),
        back=reverse("mentoring:outcomes", args=[row.cohort.public_id]),
        done=_("Guardado."),
    )
