"""What the field asks: the list, one question side by side, decided, rejected, tried again."""

import uuid
from datetime import date

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from digna.accounts.doors import door
from digna.errors import DomainError, NotVisible
from digna.field import access, deciding
from digna.field import questions as selectors
from digna.field.forms import DecisionForm, RejectionForm
from digna.field.models import Arrival
from digna.field.services import arrivals as services
from digna.journal import actor
from digna.registry import downloads

HEADER = ("Llegó", "Se hizo", "Qué", "De quién trata", "Quién", "Estado", "Decidió", "Motivo")


@door(access.DECIDE)
@require_GET
def questions(request: HttpRequest) -> HttpResponse:
    """The list."""
    return render(request, "field/questions.html", {"listing": selectors.listing(request)})


@door(access.DECIDE)
def question(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """One question: the sides, and the decision."""
    row = access.arrival(request.user, key)
    page = selectors.page_of(row)
    given = request.POST if request.method == "POST" else None  # one button is enough to decide
    form = DecisionForm(given, asked=page.asked, initial={"seen": page.seen})
    status = 200
    if form.is_valid():
        try:
            act = actor.of_request(request, intention=form.intended)
            seen = form.cleaned_data["seen"]
            deciding.settle(actor=act, arrival=row, picks=form.picks, seen=seen)
        except DomainError as problem:
            return _shown_again(request, row, problem)
        messages.success(request, _("Quedó resuelto. El teléfono lo sabrá la próxima vez."))
        return redirect("field:questions")
    if form.is_bound:
        status = 422
    context = {"page": page, "form": form, "rejection": RejectionForm(prefix="no")}
    return render(request, "field/question.html", context, status=status)


def _shown_again(request: HttpRequest, row: Arrival, problem: DomainError) -> HttpResponse:
    """Show the question as it is now, with what stood in the way; nothing chosen is lost."""
    row.refresh_from_db()
    page = selectors.page_of(row)
    data = request.POST.copy()
    data["seen"] = page.seen
    form = DecisionForm(data, asked=page.asked)
    form.is_valid()
    form.add_error(None, str(problem.message))
    context = {"page": page, "form": form, "rejection": RejectionForm(prefix="no")}
    return render(request, "field/question.html", context, status=422)


@require_POST
@door(access.DECIDE)
def reject(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Do not take it in; who sent it reads why."""
    row = access.arrival(request.user, key)
    form = RejectionForm(request.POST, prefix="no")
    if row.is_open and form.is_valid():
        act = actor.of_request(request, intention=form.intended, reason=form.cleaned_data["reason"])
        services.reject(actor=act, arrival=row)
        messages.success(request, _("No se aceptó. El teléfono mostrará el motivo."))
        return redirect("field:questions")
    page = selectors.page_of(row)
    decision = DecisionForm(asked=page.asked, initial={"seen": page.seen})
    context = {"page": page, "form": decision, "rejection": form}
    return render(request, "field/question.html", context, status=422)


@door(access.DECIDE)
@require_GET
def question_file(request: HttpRequest, key: uuid.UUID, number: int) -> FileResponse:
    """A file of a question, as it came; never shown as a page of ours."""
    row = access.arrival_file(request.user, key, number)
    response = FileResponse(row.path.open("rb"), as_attachment=True, filename=row.name or "archivo")
    response["Content-Type"] = "application/octet-stream"
    response["Cache-Control"] = "private, no-store"
    return response


@door(access.DECIDE)
@require_GET
def export_questions(request: HttpRequest, form: str) -> HttpResponse:
    """The questions one may decide, settled ones too, as a spreadsheet."""
    makers = {"csv": downloads.csv_file, "xlsx": downloads.xlsx_file}
    if form not in makers:
        raise NotVisible("field.export.form", _("Hay csv y xlsx; no «%s».") % form)
    rows = access.visible_arrivals(request.user)
    return makers[form]("preguntas-del-campo", HEADER, map(_exported, rows.iterator(500)))


def _exported(row: Arrival) -> tuple[str | date, ...]:
    return (
        row.arrived_at.date(), row.at.date(), selectors.what_of(row), selectors.about_of(row),
        row.user.name if row.user is not None else "", str(row.get_state_display()),
        row.decided_by.name if row.decided_by is not None else "", row.reason,
    )  # fmt: skip
