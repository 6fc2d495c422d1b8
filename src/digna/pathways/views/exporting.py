"""How ready a firm is to export; its export plan on screen, on paper and in Word."""

import uuid
from decimal import Decimal

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from digna.accounts import doing
from digna.accounts.doors import door
from digna.pathways import access, costs, export_forms, plan_word
from digna.pathways.forms import said
from digna.pathways.models import ExportPlan
from digna.pathways.selectors import exporting as selectors
from digna.pathways.selectors.library import shelf, spoken
from digna.pathways.services import exporting as services
from digna.web import links, pdf

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FIELDS = tuple(name for name in export_forms.PlanForm.base_fields if name != "intention")


@door(access.SEE)
def readiness(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """How ready a firm is, its weakest block and what to do next."""
    firm = access.firm(request.user, key)
    context = {
        "enterprise": firm,
        "page": selectors.readiness_page(firm, timezone.localdate()),
        "may_work": access.may(request.user, access.WORK, firm),
    }
    return render(request, "pathways/readiness.html", context)


@door(access.WORK)
def check_readiness(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Answer the questions of a day."""
    firm = access.firm(request.user, key, access.WORK)
    page = selectors.readiness_page(firm, timezone.localdate())
    back = reverse("pathways:readiness", args=[key])
    return doing.form_page(
        request,
        export_forms.ReadinessForm(request.POST or None, blocks=page.blocks),
        lambda who, f: services.check_readiness(
            actor=who, enterprise=firm, answers=f.answers, notes=f.notes
        ),
        title=_("¿Lista para exportar?"),
        sentence=_("Lo que no sepa, déjelo en «No sé»: cuenta como desconocido, no como no."),
        action=_("Guardar"),
        back=back,
        done=_("Guardado."),
        template="pathways/readiness_form.html",
        context={"enterprise": firm},
    )


@door(access.SEE)
def export_plans(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The versions of a firm's export plan."""
    firm = access.firm(request.user, key)
    context = {
        "enterprise": firm,
        "plans": selectors.plans_of(firm),
        "may_work": access.may(request.user, access.WORK, firm),
    }
    return render(request, "pathways/export_plans.html", context)


@door(access.WORK)
def write_plan(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Write a new version, from the last one."""
    firm = access.firm(request.user, key, access.WORK)
    last = next(iter(selectors.plans_of(firm)), None)
    found, tongue = shelf().library.pathways, spoken()
    form = export_forms.PlanForm(
        request.POST or None,
        pathways=[(code, said(one.name, tongue)) for code, one in found.items()],
        initial={name: _text(getattr(last, name)) for name in FIELDS} if last else {},
    )
    return doing.form_page(
        request,
        form,
        lambda who, f: services.write_plan(actor=who, enterprise=firm, **f.given),
        title=_("Plan de exportación de %(firm)s") % {"firm": firm},
        sentence=_("Se guarda como una versión nueva; las anteriores quedan."),
        action=_("Guardar la versión"),
        back=reverse("pathways:export_plans", args=[key]),
        to=lambda made: reverse("pathways:export_plan", args=[made.public_id]),
        done=_("Guardado."),
    )


def _text(value: object) -> object:
    """A stored number as somebody would type it."""
    return costs.typed(value) if isinstance(value, Decimal) else value


@door(access.SEE)
def export_plan(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """One version whole."""
    row = access.export_plan(request.user, key)
    context = {
        "enterprise": row.enterprise,
        "page": selectors.plan_page(row, timezone.localdate()),
        "may_work": access.may(request.user, access.WORK, row.enterprise),
    }
    return render(request, "pathways/export_plan.html", context)


@door(access.SEE)
def plan_paper(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """A version on A4, with a QR that leads to it."""
    row = access.export_plan(request.user, key)
    url = request.build_absolute_uri(reverse("pathways:export_plan", args=[key]))
    context = {
        "enterprise": row.enterprise,
        "page": selectors.plan_page(row, timezone.localdate()),
        "url": url,
        "qr": links.qr(url, scale=3),
    }
    return pdf.response(request, "pathways/paper_export_plan.html", context, _name(row))


@door(access.SEE)
def plan_docx(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """A version as a Word file."""
    row = access.export_plan(request.user, key)
    content = plan_word.word(selectors.plan_page(row, timezone.localdate()))
    reply = HttpResponse(content, content_type=DOCX)
    reply["Content-Disposition"] = f'attachment; filename="{_name(row)}.docx"'
    return reply


def _name(row: ExportPlan) -> str:
    return f"plan-de-exportacion-{slugify(row.enterprise.name)[:40]}-v{row.version}"
