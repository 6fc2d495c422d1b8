"""Visits and the trainer's report: the telephone's form, photos, corrections, the paper."""

import uuid

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from digna.accounts import doing
from digna.accounts.doors import door
from digna.errors import Refused
from digna.training import access
from digna.training.forms.pages import ActForm, CommentForm, ReasonForm
from digna.training.forms.visits import CorrectVisitForm, PhotoForm, ReportForm, VisitForm
from digna.training.models import TrainerReport
from digna.training.selectors import reports as report_selectors
from digna.training.selectors import ways
from digna.training.services import reports, visits
from digna.training.views.firms import url_of
from digna.web import links, pdf


@door(access.EDIT)
def new_visit(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The visit form, pre-filled from the last visit; made for a thumb."""
    row = access.firm(request.user, key, access.EDIT)
    today = timezone.localdate()
    form = VisitForm(request.POST or None, request.FILES or None, firm=row, today=today)
    number = row.visits.count() + 1
    return doing.form_page(
        request,
        form,
        lambda who, form: visits.record_visit(actor=who, firm=row, seen=form.seen),
        title=_("Visita %(n)s") % {"n": number},
        action=_("Guardar la visita"),
        back=url_of(row),
        done=_("Guardamos la visita."),
        template="training/visit_form.html",
        context={
            "firm": row,
            "way": ways.way(row, today),
            "kpis": form.kpi_rows(),
            "is_step": number <= row.cycle.module.visits,
        },
    )


@door(access.EDIT)
def correct_visit(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Correct a visit."""
    row = access.visit(request.user, key, access.EDIT)
    names = ("on", "mode", "minutes", "findings", "minutes_text", "next_on")
    initial = {name: getattr(row, name) for name in names}
    return doing.form_page(
        request,
        CorrectVisitForm(request.POST or None, initial=initial),
        lambda who, form: visits.correct_visit(actor=who, visit=row, **form.given),
        title=_("Corregir la visita %(n)s") % {"n": row.number},
        sentence=str(row.firm.enterprise),
        action=_("Guardar"),
        back=url_of(row.firm),
        done=_("Guardamos los cambios de la visita."),
    )


@door(access.EDIT)
def remove_visit(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Remove a visit, with the reason."""
    row = access.visit(request.user, key, access.EDIT)
    return doing.form_page(
        request,
        ReasonForm(request.POST or None),
        lambda who, _form: visits.remove_visit(actor=who, visit=row),
        title=_("Quitar la visita %(n)s") % {"n": row.number},
        sentence=_(
            "El paso se deshace con ella. Los indicadores y proyectos quedan en el tablero."
        ),
        action=_("Quitar la visita"),
        back=url_of(row.firm),
        done=_("Quitamos la visita."),
        template="web/confirm.html",
        context={"is_grave": True},
    )


@door(access.EDIT)
def add_photo(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """One more photo of a visit."""
    row = access.visit(request.user, key, access.EDIT)
    return doing.form_page(
        request,
        PhotoForm(request.POST or None, request.FILES or None),
        lambda who, form: visits.add_photo(
            actor=who,
            visit=row,
            content=form.cleaned_data["photo"].read(),
            caption=form.cleaned_data["caption"],
        ),
        title=_("Agregar una foto"),
        sentence=f"{row.firm.enterprise} · " + _("Visita %(n)s") % {"n": row.number},
        action=_("Agregar"),
        back=url_of(row.firm),
        done=_("Agregamos la foto."),
    )


@door(access.SEE_FIRM)
def photo(request: HttpRequest, key: int) -> FileResponse:
    """The photo itself, for who may see the visit."""
    row = access.photo(request.user, key)
    response = FileResponse(row.file.open("rb"), content_type="image/jpeg")
    response["Cache-Control"] = "private, max-age=3600"
    return response


@door(access.EDIT)
@require_POST
def remove_photo(request: HttpRequest, key: int) -> HttpResponse:
    """Take a photo away."""
    row = access.photo(request.user, key)
    visit = access.visit(request.user, row.visit.public_id, access.EDIT)
    form = ActForm(request.POST)
    if form.is_valid():
        visits.remove_photo(actor=doing.who(request, form), photo=row)
        messages.success(request, _("Quitamos la foto."))
    return redirect(url_of(visit.firm))


@door(access.SEE)
def report(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The trainer's report: exceptions on top, then live numbers, then words to edit."""
    row = access.firm(request.user, key)
    found = report_selectors.of(row, timezone.localdate())
    version = found.stored.version if found.stored is not None else 0
    form = ReportForm(request.POST or None, initial={**found.texts, "version": version})
    can_edit = access.may_edit(request.user, row.cycle)
    if request.method == "POST" and not can_edit:
        return redirect("training:report", key)
    return doing.form_page(
        request,
        form,
        lambda who, form: reports.write_report(
            actor=who,
            firm=row,
            base_version=form.cleaned_data["version"] or 0,
            **{name: form.cleaned_data[name] for name in reports.WRITTEN},
        ),
        title=_("Informe de módulo"),
        action=_("Guardar"),
        back=reverse("training:report", args=[key]),
        done=_("Guardamos el informe."),
        template="training/report.html",
        context={
            "firm": row,
            "report": found,
            "can_edit": can_edit and found.state in ("draft", "returned"),
            "can_decide": access.may(request.user, row.cycle, access.APPROVE)
            and found.state == "sent",
            "act": ActForm(),
            "comment": CommentForm(),
        },
    )


ACTS = {
    "enviar": (access.EDIT, reports.send_report),
    "devolver": (access.APPROVE, reports.return_report),
    "aprobar": (access.APPROVE, reports.approve_report),
}


@door(access.EDIT)
@require_POST
def decide_report(request: HttpRequest, key: uuid.UUID, act: str) -> HttpResponse:
    """Send, return or approve a report."""
    right, service = ACTS.get(act, ACTS["enviar"])
    row = access.firm(request.user, key, right)
    stored = TrainerReport.objects.filter(firm=row).first()
    form = CommentForm(request.POST)
    if stored is None:
        messages.error(request, _("Guarde primero el informe."))
    elif form.is_valid():
        extra = {} if act == "enviar" else {"comment": form.cleaned_data["comment"]}
        try:
            service(actor=doing.who(request, form), report=stored, **extra)  # type: ignore[operator]
        except Refused as problem:
            messages.error(request, str(problem.message))
        else:
            messages.success(request, _("Listo."))
    return redirect("training:report", key)


@door(access.EDIT)
def reopen_report(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Reopen a report that was sent or approved, with the reason."""
    row = access.firm(request.user, key, access.EDIT)
    stored = TrainerReport.objects.filter(firm=row).first()
    if stored is None:
        return redirect("training:report", key)
    if stored.state == "approved":
        row = access.firm(request.user, key, access.APPROVE)
    return doing.form_page(
        request,
        ReasonForm(request.POST or None),
        lambda who, _form: reports.reopen_report(actor=who, report=stored),
        title=_("Reabrir el informe"),
        sentence=str(row.enterprise),
        action=_("Reabrir"),
        back=reverse("training:report", args=[key]),
        done=_("El informe vuelve a ser borrador."),
        template="web/confirm.html",
    )


@door(access.SEE)
def report_paper(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The report on A4."""
    row = access.firm(request.user, key)
    url = request.build_absolute_uri(url_of(row))
    context = {
        "firm": row,
        "report": report_selectors.of(row, timezone.localdate()),
        "qr": links.qr(url),
    }
    return pdf.response(request, "training/report_paper.html", context, "informe-modulo")
