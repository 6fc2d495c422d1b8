"""Continuity plans: versions of a firm's, one written step by step, approved, printed."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from digna.accounts.doors import door
from digna.improvement import access, forms
from digna.improvement.models import ContinuityPlan
from digna.improvement.selectors import plans as selectors
from digna.improvement.services import plans as services
from digna.improvement.views import forming
from digna.web import pdf


@door(access.SEE)
def plans(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The versions of a firm's plan."""
    firm = access.firm(request.user, key)
    page = forming.around(request, firm, "plans") | {
        "plans": selectors.plans_of(firm),
        "today": timezone.localdate(),
        "act_form": forms.ActForm(),
    }
    return render(request, "improvement/plans.html", page)


@door(access.RECORD)
@require_POST
def start_plan(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Start a version: the draft that stands, or a copy of the plan in force."""
    firm = access.firm(request.user, key, access.RECORD)
    return forming.press(
        request,
        forms.ActForm(request.POST),
        lambda _f, who: services.start_plan(actor=who, enterprise=firm),
        to=reverse("improvement:plans", args=[key]),
        said=_("Hay un borrador: escríbalo paso a paso."),
    )


@door(access.SEE)
def plan(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """One version whole."""
    row = access.plan(request.user, key)
    page = forming.around(request, row.enterprise, "plans") | {
        "page": selectors.plan_page(row, timezone.localdate()),
        "plan": row,
        "is_draft": row.state == ContinuityPlan.State.DRAFT,
        "act_form": forms.ActForm(),
    }
    return render(request, "improvement/plan.html", page)


@door(access.RECORD)
def write_plan(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The steps of a draft."""
    row = access.plan(request.user, key, access.RECORD)
    initial = {
        "products": "\n".join(row.products),
        "objective": row.objective,
        "impacts": "\n".join(row.impacts),
        "contacts": "\n".join(
            f"{c.get('what', '')}; {c.get('name', '')}; {c.get('phone', '')}" for c in row.contacts
        ),
        "review_due": row.review_due,
    } | {f"score_{code}": value for code, value in row.scores.items()}
    return forming.answer(
        request,
        forms.PlanForm(request.POST or None, scoring=row.scoring, initial=initial),
        lambda f, who: services.write_plan(actor=who, plan=row, **f.plan),
        to=reverse("improvement:plan", args=[key]),
        page={
            "title": _("Plan de continuidad"),
            "sentence": row.scoring.say("intro"),
            "action": _("Guardar"),
            "back_url": reverse("improvement:plan", args=[key]),
            "guard": True,
            "draft": True,
        },
    )


@door(access.RECORD)
def add_plan_action(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """An action of a draft."""
    row = access.plan(request.user, key, access.RECORD)
    return forming.answer(
        request,
        forms.PlanActionForm(request.POST or None),
        lambda f, who: services.add_action(actor=who, plan=row, **f.given),
        to=reverse("improvement:plan", args=[key]),
        page={
            "title": _("4. Agregar una acción"),
            "action": _("Agregar"),
            "back_url": reverse("improvement:plan", args=[key]),
        },
    )


@door(access.RECORD)
@require_POST
def change_plan_action(request: HttpRequest, key: int) -> HttpResponse:
    """Done, not done, or out of the draft."""
    row = access.plan_action(request.user, key, access.RECORD)
    act = request.POST.get("act")
    to = reverse("improvement:plan", args=[row.plan.public_id])
    form = forms.ActForm(request.POST)
    if act == "remove":
        return forming.press(
            request, form, lambda _f, who: services.remove_action(actor=who, action=row), to=to
        )
    return forming.press(
        request,
        form,
        lambda _f, who: services.mark_action(actor=who, action=row, is_done=act == "done"),
        to=to,
    )


@door(access.RECORD)
def approve_plan(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Put a draft in force."""
    row = access.plan(request.user, key, access.RECORD)
    due = row.review_due or timezone.localdate() + services.YEAR
    page = selectors.plan_page(row, timezone.localdate())
    return forming.answer(
        request,
        forms.ApproveForm(request.POST or None, initial={"review_due": due}),
        lambda f, who: services.approve_plan(actor=who, plan=row, **f.given),
        to=reverse("improvement:plan", args=[key]),
        page={
            "title": _("¿Aprobar esta versión del plan?"),
            "sentence": " ".join(page.warnings)
            or _("Desde hoy es la vigente; la anterior queda guardada."),
            "action": _("Aprobar el plan"),
            "back_url": reverse("improvement:plan", args=[key]),
        },
        said=_("El plan está vigente."),
    )


@door(access.SEE)
def plan_paper(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The plan as PDF."""
    row = access.plan(request.user, key)
    context = {
        "page": selectors.plan_page(row, timezone.localdate()),
        "plan": row,
        "enterprise": row.enterprise,
    }
    name = f"continuidad-{slugify(row.enterprise.name)[:40]}-v{row.number}"
    return pdf.response(request, "improvement/plan_paper.html", context, name)
