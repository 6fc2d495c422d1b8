"""A partner's money: all of it, one cycle's, the comparison with targets, closed years."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from digna.accounts.doors import door
from digna.journal import actor
from digna.partners import access
from digna.partners.forms import money as forms
from digna.partners.forms.profile import ReasonForm, SureForm
from digna.partners.models import ClosedYear, CostLine, Income
from digna.partners.selectors import money as shown
from digna.partners.services import money as services
from digna.partners.views import acts
from digna.registry import downloads
from digna.training.models import Cycle
from digna.web import pdf

COST = (
    "kind", "what", "planned_days", "actual_days", "day_rate", "planned", "actual",
    "currency", "rate", "rate_on", "rate_source",
)  # fmt: skip
INCOME = (
    "source", "payer", "amount", "on", "note", "currency", "rate", "rate_on", "rate_source",
)  # fmt: skip


def is_closed(cycle: Cycle) -> bool:
    """Whether changing this cycle's money asks for a reason."""
    year = cycle.starts_on.year
    return ClosedYear.objects.filter(partner=cycle.partner, year=year).exists()


def url_of(cycle: Cycle) -> str:
    """Return where a cycle's money stands."""
    return reverse("partners:cycle_money", args=[cycle.public_id])


@door(access.SEE)
def money(request: HttpRequest, code: str) -> HttpResponse:
    """What cycles cost and who paid."""
    row = access.partner(request.user, code)
    context = acts.context_of(request, row, "money") | {
        "page": shown.money_page(row, timezone.localdate()),
        "form": SureForm(),
    }
    return render(request, "partners/money.html", context)


@door(access.SEE)
def export_money(request: HttpRequest, code: str) -> HttpResponse:
    """The money of each cycle, for a spreadsheet."""
    row = access.partner(request.user, code)
    page = shown.money_page(row, timezone.localdate())
    header = (
        _("Ciclo"), _("Módulo"), _("Inicio"), _("Previsto (Bs)"), _("Gastado (Bs)"),
        _("Costo completo (Bs)"), *shown.source_words().values(),
    )  # fmt: skip
    told = [
        (
            line.cycle.title,
            line.cycle.module.name,
            line.cycle.starts_on,
            line.planned,
            line.actual,
            line.money.cost,
            *(line.money.of(source) for source in shown.source_words()),
        )
        for line in page.rows
    ]
    file = downloads.xlsx_file if request.GET.get("formato") == "xlsx" else downloads.csv_file
    return file(f"dinero-{row.code}", header, told)


@door(access.SEE)
def cycle_money(request: HttpRequest, key: Any) -> HttpResponse:
    """The money of one cycle."""
    cycle = access.cycle(request.user, key)
    assert cycle.partner is not None  # noqa: S101 — `access.cycle` reaches partners' cycles only
    context = acts.context_of(request, cycle.partner, "money") | {
        "cycle": cycle,
        "page": shown.cycle_page(cycle, timezone.localdate()),
        "form": SureForm(),
    }
    return render(request, "partners/cycle_money.html", context)


@door(access.EDIT)
def add_cost(request: HttpRequest, key: Any) -> HttpResponse:
    """A new line of cost."""
    cycle = access.cycle(request.user, key, access.EDIT)
    return acts.by_form(
        request,
        forms.CostForm(request.POST or None, is_closed=is_closed(cycle)),
        lambda who, given: services.add_cost(actor=who, cycle=cycle, **given),
        title=_("Costo de «%(cycle)s»") % {"cycle": cycle},
        action=_("Agregar el costo"),
        back_url=url_of(cycle),
        told=_("Agregamos el costo."),
    )


@door(access.EDIT)
def change_cost(request: HttpRequest, key: int) -> HttpResponse:
    """Correct a line of cost."""
    line = access.of_cycle(request.user, CostLine, key)
    initial = {name: getattr(line, name) for name in COST}
    return acts.by_form(
        request,
        forms.CostForm(request.POST or None, initial=initial, is_closed=is_closed(line.cycle)),
        lambda who, given: services.change_cost(actor=who, line=line, **given),
        title=_("Corregir un costo"),
        action=_("Guardar"),
        back_url=url_of(line.cycle),
        told=_("Guardamos el costo."),
    )


@door(access.EDIT)
def remove_cost(request: HttpRequest, key: int) -> HttpResponse:
    """Take a line of cost out."""
    line = access.of_cycle(request.user, CostLine, key)
    return _removal(
        request,
        line.cycle,
        lambda who, _given: services.remove_cost(actor=who, line=line),
        title=_("Quitar el costo «%(kind)s»") % {"kind": line.get_kind_display()},
    )


@door(access.EDIT)
def add_income(request: HttpRequest, key: Any) -> HttpResponse:
    """New money for a cycle."""
    cycle = access.cycle(request.user, key, access.EDIT)
    return acts.by_form(
        request,
        forms.IncomeForm(request.POST or None, is_closed=is_closed(cycle)),
        lambda who, given: services.add_income(actor=who, cycle=cycle, **given),
        title=_("Dinero para «%(cycle)s»") % {"cycle": cycle},
        sentence=_("Lo que pagan las empresas se anota en sus cuotas, no aquí."),
        action=_("Agregar el ingreso"),
        back_url=url_of(cycle),
        told=_("Agregamos el ingreso."),
    )


@door(access.EDIT)
def change_income(request: HttpRequest, key: int) -> HttpResponse:
    """Correct an income."""
    row = access.of_cycle(request.user, Income, key)
    initial = {name: getattr(row, name) for name in INCOME}
    return acts.by_form(
        request,
        forms.IncomeForm(request.POST or None, initial=initial, is_closed=is_closed(row.cycle)),
        lambda who, given: services.change_income(actor=who, income=row, **given),
        title=_("Corregir un ingreso"),
        action=_("Guardar"),
        back_url=url_of(row.cycle),
        told=_("Guardamos el ingreso."),
    )


@door(access.EDIT)
def remove_income(request: HttpRequest, key: int) -> HttpResponse:
    """Take an income out."""
    row = access.of_cycle(request.user, Income, key)
    return _removal(
        request,
        row.cycle,
        lambda who, _given: services.remove_income(actor=who, income=row),
        title=_("Quitar el ingreso «%(source)s»") % {"source": row.get_source_display()},
    )


def _removal(request: HttpRequest, cycle: Cycle, act: acts.Act, *, title: str) -> HttpResponse:
    return acts.by_form(
        request,
        ReasonForm(request.POST or None) if is_closed(cycle) else SureForm(request.POST or None),
        act,
        template="web/confirm.html",
        title=title,
        sentence=_("Lo que decía queda en el diario."),
        action=_("Sí, quitar"),
        is_grave=True,
        back_url=url_of(cycle),
        told=_("Lo quitamos."),
    )


@door(access.EDIT)
def state_costs(request: HttpRequest, key: Any) -> HttpResponse:
    """State that a cycle's money is complete, or that it is not."""
    cycle = access.cycle(request.user, key, access.EDIT)
    is_complete = request.GET.get("como") != "incompleto"
    consequences = [
        _("El ciclo entra en la recuperación de costos del socio."),
        _("Una fuente de dinero sin nada anotado cuenta como 0."),
    ]
    return acts.by_form(
        request,
        forms.with_reason(SureForm(request.POST or None), is_closed=is_closed(cycle)),
        lambda who, _given: services.state_costs(actor=who, cycle=cycle, is_complete=is_complete),
        template="web/confirm.html",
        title=_("El costo está completo") if is_complete else _("El costo no está completo"),
        sentence=_("«%(cycle)s»: ¿están todos sus gastos y todos sus ingresos?") % {"cycle": cycle}
        if is_complete
        else _("El ciclo deja de contarse en la recuperación hasta que se declare completo."),
        consequences=consequences if is_complete else [],
        action=_("Sí, está completo") if is_complete else _("Sí, falta algo"),
        back_url=url_of(cycle),
        told=_("Anotado."),
    )


@door(access.EDIT)
@require_POST
def close_year(request: HttpRequest, code: str, year: int) -> HttpResponse:
    """Close a year that was accounted for."""
    row = access.partner(request.user, code, access.EDIT)
    form = SureForm(request.POST)
    if form.is_valid():
        who = actor.of_request(request, intention=form.intended)
        services.close_year(actor=who, partner=row, year=year)
        messages.success(request, _("Cerramos el año %(year)s.") % {"year": year})
    return redirect("partners:money", row.code)


@door(access.EDIT)
def reopen_year(request: HttpRequest, key: int) -> HttpResponse:
    """Open a closed year again."""
    closed = access.of_partner(request.user, ClosedYear, key)
    return acts.by_form(
        request,
        ReasonForm(request.POST or None),
        lambda who, _given: services.reopen_year(actor=who, closed=closed),
        template="web/confirm.html",
        title=_("Reabrir el año %(year)s") % {"year": closed.year},
        sentence=_("Su dinero podrá cambiar sin dar un motivo cada vez."),
        action=_("Sí, reabrir"),
        back_url=reverse("partners:money", args=[closed.partner.code]),
        told=_("El año está abierto."),
    )


@door(access.AIM)
def set_target(request: HttpRequest, code: str) -> HttpResponse:
    """What part of the cost is meant to be covered in a year."""
    row = access.partner(request.user, code, access.AIM)
    initial = {"year": timezone.localdate().year}
    return acts.by_form(
        request,
        forms.TargetForm(request.POST or None, initial=initial),
        lambda who, given: services.set_target(actor=who, partner=row, **given),
        title=_("Meta de recuperación de %(name)s") % {"name": row},
        action=_("Guardar la meta"),
        back_url=reverse("partners:money", args=[row.code]),
        told=_("Guardamos la meta."),
    )


def _comparisons(request: HttpRequest) -> dict[str, Any]:
    partners = list(access.visible_partners(request.user))
    cycles = list(shown.cycles_of([partner.pk for partner in partners]))
    return {"comparisons": shown.comparisons(partners, shown.money_of(cycles))}


@door(access.SEE)
def comparison(request: HttpRequest) -> HttpResponse:
    """Targets beside what happened, partner by partner."""
    return render(request, "partners/comparison.html", _comparisons(request))


@door(access.SEE)
def comparison_paper(request: HttpRequest) -> HttpResponse:
    """The same on paper."""
    context = _comparisons(request)
    return pdf.response(
        request, "partners/paper_comparison.html", context, "recuperacion-meta-y-real"
    )
