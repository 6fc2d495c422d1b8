"""The list of trainers, its download, the figures, the rules."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from digna.accounts.doors import door
from digna.journal import actor
from digna.registry import downloads
from digna.trainers import access, forms, selectors, telling
from digna.trainers.models import Rung
from digna.trainers.services import rules as services
from digna.training.models import Independence

PAGE = 50


def _filters(request: HttpRequest) -> selectors.Filters:
    asked = request.GET
    return selectors.Filters(
        q=asked.get("q", ""),
        module=asked.get("modulo", ""),
        rung=asked.get("escalon", ""),
        state=asked.get("estado", ""),
    )


@door(access.SEE)
def trainers(request: HttpRequest) -> HttpResponse:
    """Who trains, in which modules, and where they stand today."""
    filters, today = _filters(request), timezone.localdate()
    found = selectors.lines(request.user, filters, today)
    context = {
        "page": Paginator(found, PAGE).get_page(request.GET.get("pagina")),
        "filters": _chips(request, filters),
        "asked": filters,
        "modules": selectors.module_names().items(),
        "rungs": Rung.choices,
        "is_filtered": any((filters.q, filters.module, filters.rung, filters.state)),
        "kinds": telling.KINDS,
        "waiting": access.to_sign(request.user).count(),
        "words": telling.STANDINGS,
    }
    return render(request, "trainers/trainers.html", context)


def _chips(request: HttpRequest, filters: selectors.Filters) -> list[dict[str, Any]]:
    labels = {
        "": _("Todas/os"),
        "activos": _("Activas/os"),
        "por-vencer": _("Por vencer"),
        "sin-ciclos": _("Vencidas/os o sin ciclos"),
        "en-camino": _("En camino"),
        "dejaron": _("Dejaron"),
    }
    counts = selectors.state_counts(request.user, timezone.localdate())
    chips = []
    for state, label in labels.items():
        query = request.GET.copy()
        query.pop("pagina", None)
        query["estado"] = state
        url, is_on = f"?{query.urlencode()}", filters.state == state
        chips.append({"label": label, "count": counts[state], "url": url, "is_on": is_on})
    return chips


HEADER = (
    "Formador/a", "Socio", "Departamento", "Módulo", "Escalón", "Estado", "Ciclos", "Último ciclo",
    "Certificada/o el", "Vale hasta",
)  # fmt: skip


@door(access.SEE)
def export_trainers(request: HttpRequest) -> HttpResponse:
    """The list as it is filtered, one row a trainer and module."""
    found = selectors.lines(request.user, _filters(request), timezone.localdate())
    told = (
        (
            str(line.trainer), str(line.trainer.partner or ""), _department(line.trainer),
            one.module, one.rung, str(telling.STANDINGS[one.code]), one.cycles, one.last_on,
            one.way.certified_on, one.way.valid_until,
        )
        for line in found
        for one in line.standings
    )  # fmt: skip
    is_xlsx = request.GET.get("formato") == "xlsx"
    return (downloads.xlsx_file if is_xlsx else downloads.csv_file)("formadores", HEADER, told)


def _department(trainer: Any) -> str:
    place = trainer.person.place
    if place is None:
        return ""
    return str(place.parent.name if place.kind == "municipality" and place.parent else place.name)


@door(access.SEE)
def figures(request: HttpRequest) -> HttpResponse:
    """The ladder in numbers: of those trained, how many were certified and still deliver."""
    levels = dict(Independence.choices) | {"": _("sin dato")}
    page = selectors.figures(request.user, timezone.localdate())
    context = {
        "figures": page,
        "independence": [(levels[level], count) for level, count in page.independence],
        "today": timezone.localdate(),
    }
    return render(request, "trainers/figures.html", context)


@door(access.RULES)
def rules(request: HttpRequest) -> HttpResponse:
    """What the ladder asks for: a new version, what was granted stays."""
    code = request.GET.get("modulo", "")
    rule = selectors.rule_of(code)
    names = [name for name in forms.RuleForm.base_fields if name != "intention"]
    initial = {name: getattr(rule, name) for name in names}
    form = forms.RuleForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        act = actor.of_request(request, intention=form.intended)
        services.change_rule(actor=act, module_code=code, **form.given)
        messages.success(request, _("Guardado. Vale desde hoy; lo ya otorgado no cambia."))
        return redirect(f"{reverse('trainers:rules')}?modulo={code}")
    context = {"form": form, "modules": selectors.module_names().items(), "code": code}
    return render(request, "trainers/rules.html", context, status=422 if form.errors else 200)
