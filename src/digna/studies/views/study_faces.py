"""The faces of a study: summary, evidence, actors, chain, system, causes, trends, findings."""

import uuid
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from digna.accounts.doors import door
from digna.studies import access, study_tools
from digna.studies import assessment_access as reach
from digna.studies import assessment_forms as forms
from digna.studies.models.assessments import Evidence, Study
from digna.studies.selectors import assessments as selectors
from digna.studies.selectors import markets, rounds
from digna.web import svg

PAGE = 30


def tabs_of(study: Study, here: str) -> list[dict[str, Any]]:
    """Return the faces of a study."""
    faces = {
        "study": _("Resumen"),
        "study_evidence": _("Evidencia"),
        "study_actors": _("Actores"),
        "study_chain": _("Cadena"),
        "study_system": _("Sistema"),
        "study_causes": _("Causas"),
        "study_trends": _("Tendencias"),
        "study_findings": _("Hallazgos"),
        "study_versions": _("Versiones"),
        "study_settings": _("Ajustes"),
    }
    return [
        {
            "label": label,
            "url": reverse(f"studies:{name}", args=[study.public_id]),
            "is_here": name == here,
        }
        for name, label in faces.items()
    ]


def context_of(request: HttpRequest, study: Study, here: str) -> dict[str, Any]:
    """Return what every face of a study shows."""
    may_edit = reach.may_edit(request.user, study)
    return {
        "study": study,
        "tabs": tabs_of(study, here),
        "may_edit": may_edit,
        "can_edit": may_edit and study.status != Study.Status.CLOSED,
        "form_of_act": forms.ActForm(),
    }


@door(access.SEE)
def study(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The summary: the findings nobody follows up come first."""
    row = reach.study(request.user, key)
    context = context_of(request, row, "study") | {
        "summary": selectors.summary(row),
        "questions": list(row.questions.all()),
        "tools": [(tool, tool.code in row.tools) for tool in study_tools.tools()],
        "others": list(rounds.comparable(request.user, row)[:5]),
    }
    return render(request, "studies/study.html", context)


@door(access.SEE)
def study_evidence(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """What the study rests on, with how far each piece can be trusted."""
    row = reach.study(request.user, key)
    kind, q = request.GET.get("tipo", ""), request.GET.get("q", "")
    counts = selectors.kind_counts(row)
    labels = {"": _("Toda")} | {v: str(x).capitalize() for v, x in Evidence.Kind.choices}
    chips = [
        {"label": label, "count": counts[v], "url": f"?tipo={v}", "is_on": v == kind}
        for v, label in labels.items()
    ]
    rows = selectors.evidence(row, kind, q)
    context = context_of(request, row, "study_evidence") | {
        "page": Paginator(rows, PAGE).get_page(request.GET.get("pagina")),
        "filters": chips,
        "q": q,
        "kind": kind,
    }
    return render(request, "studies/study_evidence.html", context)


@door(access.SEE)
def study_actors(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Who is in the market, how willing and how able."""
    row = reach.study(request.user, key)
    context = context_of(request, row, "study_actors") | {"actors": markets.actors(row)}
    return render(request, "studies/study_actors.html", context)


@door(access.SEE)
def study_chain(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The links of the chain, and who keeps what of the price in each channel."""
    row = reach.study(request.user, key)
    context = context_of(request, row, "study_chain") | {
        "chain": markets.chain(row),
        "channels": markets.channels(row),
    }
    return render(request, "studies/study_chain.html", context)


@door(access.SEE)
def study_system(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Functions and rules with who performs each; what is incomplete is listed."""
    row = reach.study(request.user, key)
    context = context_of(request, row, "study_system") | {"system": markets.system(row)}
    return render(request, "studies/study_system.html", context)


@door(access.SEE)
def study_causes(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The problem tree, its roots and how much hangs on each."""
    row = reach.study(request.user, key)
    context = context_of(request, row, "study_causes") | {"causes": markets.causes(row)}
    return render(request, "studies/study_causes.html", context)


@door(access.SEE)
def study_trends(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Figures over time, and the lacks of decent work."""
    row = reach.study(request.user, key)
    series = row.series.prefetch_related(markets.CITED)
    context = context_of(request, row, "study_trends") | {
        "series": [(entry, svg.trend(entry.values, kind="line")) for entry in series],
        "deficits": list(row.deficits.select_related("link").prefetch_related(markets.CITED)),
    }
    return render(request, "studies/study_trends.html", context)


@door(access.SEE)
def study_findings(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Each finding, its evidence, what was decided and who acts."""
    row = reach.study(request.user, key)
    found = row.findings.select_related("cause", "activity").prefetch_related(markets.CITED)
    context = context_of(request, row, "study_findings") | {"findings": list(found)}
    return render(request, "studies/study_findings.html", context)
