"""Market-access cohorts: the list, one with its firms by steps, one firm's way, small projects."""

import uuid
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from digna.accounts import rights
from digna.accounts.doors import door
from digna.errors import NotVisible
from digna.improvement.forms import ActForm
from digna.improvement.views import forming
from digna.journal.history import history
from digna.linkages import access, deal_forms
from digna.linkages.models import Cohort, CohortFirm, MarketStep
from digna.linkages.selectors import cohorts as selectors
from digna.linkages.services import cohorts as services
from digna.linkages.views import listing
from digna.registry.models import Organisation
from digna.web.languages import either


@door(access.SEE_COHORTS)
def cohorts(request: HttpRequest) -> HttpResponse:
    """Groups of firms that go to the digital market together."""
    today = timezone.localdate()
    rows = selectors.listed(access.visible_cohorts(request.user))
    context = {
        "cohorts": [(row, selectors.is_over(row, today)) for row in rows[:200]],
        "may_keep": rights.may(request.user, access.KEEP_COHORTS),
    }
    return render(request, "linkages/cohorts.html", context)


@door(access.SEE_COHORTS)
def cohort(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """One group: firms by steps, readiness at the start and now."""
    row = access.cohort(request.user, key)
    lines = selectors.lines(row)
    inside = [line for line in lines if line.firm.left_on is None]
    context = {
        "cohort": row,
        "lines": lines,
        "steps": selectors.steps(),
        "inside": len(inside),
        "with_channel": sum(line.has_channel for line in inside),
        "with_readiness": sum(line.first is not None for line in inside),
        "may_keep": _may(request, access.KEEP_COHORTS, row),
        "history": history(row),
    }
    return render(request, "linkages/cohort.html", context)


def _may(request: HttpRequest, right: rights.Right, row: Cohort) -> bool:
    return access.visible_cohorts(request.user, right).filter(pk=row.pk).exists()


@door(access.SEE_COHORTS)
def export_cohort(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Firms by steps, for a spreadsheet."""
    row = access.cohort(request.user, key)
    steps = selectors.steps()
    header = [
        "Empresa", "Municipio", "Entró", "Salió", "Preparación al inicio", "Preparación ahora",
        "Puntos posibles", "Pasos hechos", "Pasos que le tocan", *(str(step) for step in steps),
    ]  # fmt: skip
    told = []
    for line in selectors.lines(row):
        states = {one.step.pk: one.mark for one in line.states}
        firm, first, last = line.firm, line.first, line.last
        told.append(
            (
                firm.enterprise.name, str(firm.enterprise.place or ""), firm.joined_on,
                firm.left_on, first.score if first else None, last.score if last else None,
                first.most if first else None, line.done, line.wanted,
                *(_state(states.get(step.pk)) for step in steps),
            )
        )  # fmt: skip
    return listing.file(request, "grupo", header, told)


def _state(mark: Any) -> str:
    return str(mark.get_state_display()) if mark is not None else ""


@door(access.KEEP_COHORTS)
def open_cohort(request: HttpRequest) -> HttpResponse:
    """A new group."""
    form = _cohort_form(request, initial={"starts_on": timezone.localdate()})
    made: list[Cohort] = []
    back = reverse("linkages:cohorts")
    reply = forming.answer(
        request,
        form,
        lambda f, who: made.append(services.open_cohort(actor=who, **f.given)),
        to=back,
        page=_page(_("Nuevo grupo de acceso a mercados"), back),
        said=_("Grupo abierto. Agregue las empresas."),
    )
    return redirect("linkages:cohort", made[0].public_id) if made else reply


def _cohort_form(request: HttpRequest, initial: dict[str, Any]) -> deal_forms.CohortForm:
    scopes = rights.reach(request.user, access.KEEP_COHORTS).scopes
    partners: QuerySet[Organisation] = Organisation.objects.filter(is_partner=True)
    if scopes and all(scope.partner for scope in scopes):
        partners = partners.filter(code__in={scope.partner for scope in scopes})
        initial = {"partner": partners.first()} | initial
    form = deal_forms.CohortForm(
        request.POST or None,
        programmes=access.programmes_of(request.user, access.KEEP_COHORTS),
        partners=partners,
        initial=initial,
    )
    if scopes and all(scope.partner for scope in scopes):
        form.fields["partner"].required = True
    return form


def _page(title: str, back: str, sentence: str = "") -> dict[str, Any]:
    return {"title": title, "sentence": sentence, "back_url": back, "action": _("Guardar")}


@door(access.KEEP_COHORTS)
def change_cohort(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Correct a group."""
    row = access.cohort(request.user, key, access.KEEP_COHORTS)
    names = ("name", "programme", "partner", "starts_on", "ends_on")
    form = _cohort_form(request, initial={name: getattr(row, name) for name in names})
    to = reverse("linkages:cohort", args=[key])
    return forming.answer(
        request,
        form,
        lambda f, who: services.change_cohort(actor=who, cohort=row, **f.given),
        to=to,
        page=_page(_("Corregir el grupo"), to),
    )


@door(access.KEEP_COHORTS)
def add_firm(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """A firm joins."""
    row = access.cohort(request.user, key, access.KEEP_COHORTS)
    inside = row.firms.filter(left_on=None).values("enterprise")
    firms = access.visible_firms(request.user, access.MARK).exclude(pk__in=inside)
    to = reverse("linkages:cohort", args=[key])
    form = deal_forms.JoinForm(
        request.POST or None, firms=firms, initial={"joined_on": timezone.localdate()}
    )
    return forming.answer(
        request,
        form,
        lambda f, who: services.add_firm(actor=who, cohort=row, **f.given),
        to=to,
        page=_page(_("Agregar una empresa a «%(cohort)s»") % {"cohort": row}, to),
        said=_("Empresa agregada."),
    )


@door(access.SEE_COHORTS)
def cohort_firm(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """One firm's way: steps with their evidence, readiness, small projects."""
    row = access.cohort_firm(request.user, key)
    line = selectors.lines(row.cohort, row)[0]
    context = {
        "firm": row,
        "line": line,
        "checklist": selectors.checklist(row.cohort),
        "today": timezone.localdate(),
        "can_mark": _may(request, access.MARK, row.cohort),
        "may_keep": _may(request, access.KEEP_COHORTS, row.cohort),
        "history": history(row),
    }
    return render(request, "linkages/cohort_firm.html", context)


def _to(row: CohortFirm) -> str:
    return reverse("linkages:cohort_firm", args=[row.public_id])


@door(access.KEEP_COHORTS)
def let_go(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """A firm leaves, and why."""
    row = access.cohort_firm(request.user, key, access.KEEP_COHORTS)
    form = deal_forms.LeaveForm(request.POST or None, initial={"on": timezone.localdate()})
    return forming.answer(
        request,
        form,
        lambda f, who: services.let_go(actor=who, firm=row, **f.given),
        to=_to(row),
        page=_page(_("%(firm)s sale del grupo") % {"firm": row.enterprise}, _to(row)),
    )


@door(access.MARK)
def mark_step(request: HttpRequest, key: uuid.UUID, slug: str) -> HttpResponse:
    """Where a firm stands with a step."""
    row = access.cohort_firm(request.user, key, access.MARK)
    step = MarketStep.objects.filter(code=slug).first()
    if step is None:
        raise NotVisible("linkages.not_visible", _("No hay tal paso."))
    mark = row.marks.filter(step=step).first()
    initial: dict[str, Any] = {"on": timezone.localdate(), "state": "done"}
    if mark is not None:
        initial |= {n: getattr(mark, n) for n in ("state", "evidence_link", "note")}
    form = deal_forms.MarkForm(request.POST or None, request.FILES or None, initial=initial)
    return forming.answer(
        request,
        form,
        lambda f, who: services.mark_step(actor=who, firm=row, step=step, **f.told),
        to=_to(row),
        page=_page(str(step), _to(row), f"{step.how} {_('Lo muestra')}: {step.evidence}."),
        said=_("Anotado."),
    )


@door(access.MARK)
def plan_project(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Something small with a result; `?idea=catalogue.0` fills in one that the kit suggests."""
    row = access.cohort_firm(request.user, key, access.MARK)
    initial = {"starts_on": timezone.localdate()} | _idea(request.GET.get("idea", ""))
    return forming.answer(
        request,
        deal_forms.ProjectForm(request.POST or None, initial=initial),
        lambda f, who: services.plan_project(actor=who, firm=row, **f.given),
        to=_to(row),
        page=_page(
            _("Mini proyecto de %(firm)s") % {"firm": row.enterprise},
            _to(row),
            _("Pequeño, de pocas semanas, con un resultado que se pueda contar."),
        ),
        said=_("Mini proyecto anotado."),
    )


def _idea(told: str) -> dict[str, Any]:
    code, _dot, place = told.partition(".")
    step = MarketStep.objects.filter(code=code).first()
    if step is None or not place.isdigit() or int(place) >= len(step.ideas):
        return {}
    idea = step.ideas[int(place)]
    return {
        "step": step,
        "title": either(idea["es"], idea["en"]),
        "unit": either(idea["measure_es"], idea["measure_en"])[:40],
    }


@door(access.MARK)
def end_project(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """What came of a small project."""
    row = access.project(request.user, key)
    form = deal_forms.ResultForm(
        request.POST or None, request.FILES or None, initial={"on": timezone.localdate()}
    )
    return forming.answer(
        request,
        form,
        lambda f, who: services.end_project(actor=who, project=row, **f.told),
        to=_to(row.firm),
        page=_page(_("Resultado de «%(project)s»") % {"project": row}, _to(row.firm)),
        said=_("Resultado anotado."),
    )


@door(access.MARK)
@require_POST
def drop_project(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """It will not be done."""
    row = access.project(request.user, key)
    return forming.press(
        request,
        ActForm(request.POST),
        lambda _f, who: services.drop_project(actor=who, project=row),
        to=_to(row.firm),
        said=_("Anotado: no se hará."),
    )
