"""The screens of what was sent: the list, one submission, its files, review, export."""

import uuid
from typing import IO

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import (
    FileResponse,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    StreamingHttpResponse,
)
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from digna.accounts.doors import door
from digna.errors import DomainError, Refused
from digna.journal import actor
from digna.registry import downloads
from digna.surveys import access, exporting, forms, versions
from digna.surveys.models import Submission, SurveyForm
from digna.surveys.reading import attachments
from digna.surveys.reading.tables import Wishes
from digna.surveys.selectors import submissions as selectors
from digna.surveys.services import readins, reviews
from digna.surveys.services import submissions as services

PAGE = 50


def _filters(request: HttpRequest) -> selectors.Filters:
    form = forms.SearchForm(request.GET)
    form.is_valid()
    told = form.cleaned_data
    return selectors.Filters(
        q=told.get("q", ""),
        state=told.get("estado", ""),
        since=told.get("desde"),
        until=told.get("hasta"),
        is_mine=bool(told.get("mios")),
    )


@door(access.SEE)
def list_submissions(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """What was sent of a form."""
    row = access.form(request.user, key)
    filters = _filters(request)
    found = selectors.submissions(request.user, row, filters)
    page = Paginator(found, PAGE).get_page(request.GET.get("pagina"))
    lacking = selectors.lacking_counts(list(page.object_list))
    context = {
        "form": row,
        "page": page,
        "rows": [(one, lacking.get(one.pk, 0)) for one in page.object_list],
        "asked": filters,
        "states": [(name, Submission.State(s).label) for name, s in selectors.STATES.items()],
        "is_filtered": filters != selectors.Filters(),
        "export": forms.ExportForm(languages=_languages(row)),
    }
    return render(request, "surveys/submissions.html", context)


def _languages(form: SurveyForm) -> list[str]:
    found = versions.every(form)
    return list(dict.fromkeys(one for v in found for one in v.languages))


@door(access.SEE)
def submission(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """One submission: questions and answers in a language of its form."""
    row = access.submission(request.user, key)
    page = selectors.page(row, request.GET.get("idioma", ""))
    may = access.programmes_of(request.user, access.REVIEW).filter(pk=row.form.programme_id)
    may_review = may.exists()
    context = {
        "page": page,
        "submission": row,
        "may_review": may_review,
        "review": forms.ReviewForm(initial={"state": row.state}) if may_review else None,
        "shown": {n for n in page.files if attachments.SHOWN.match(attachments.type_of(n))},
    }
    return render(request, "surveys/submission.html", context)


@door(access.SEE)
def attachment(request: HttpRequest, key: uuid.UUID, name: str) -> FileResponse:
    """A file of a submission; what a browser could run leaves as a download."""
    row = access.attachment(request.user, key, name)
    kind = attachments.type_of(row.name) or "application/octet-stream"
    response = FileResponse(
        row.file.open("rb"),
        as_attachment=not attachments.SHOWN.match(kind),
        filename=row.name,
        content_type=kind,
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


@door(access.SEE)
def xml(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The XML of a submission, byte for byte as it came."""
    row = access.submission(request.user, key)
    current = row.versions.get(is_current=True)
    response = HttpResponse(current.plain, content_type="application/xml")
    response["Content-Disposition"] = f'attachment; filename="{row.public_id}.xml"'
    return response


@door(access.REVIEW)
@require_POST
def review(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Say what is thought of it."""
    row = access.submission_to_review(request.user, key)
    form = forms.ReviewForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Elija un estado."))
        return redirect("surveys:submission", key)
    try:
        reviews.review(
            actor=actor.of_request(request, intention=form.intended),
            submission=row,
            carries=not request.POST.get("sin-llevar"),
            **form.given,
        )
    except DomainError as problem:
        messages.error(request, str(problem.message))
    else:
        messages.success(request, _("Guardado."))
    return redirect("surveys:submission", key)


@door(access.REVIEW)
@require_POST
def settle(request: HttpRequest, key: uuid.UUID, number: int) -> HttpResponse:
    """Choose which of two corrections counts."""
    row = access.submission_to_review(request.user, key)
    version = row.versions.filter(number=number).first()
    if version is not None:
        services.settle(actor=actor.of_request(request), submission=row, version=version)
        messages.success(request, _("Desde ahora vale esa versión."))
    return redirect("surveys:submission", key)


@door(access.REVIEW)
def read_in(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Take in what another system exported of this form."""
    row = access.form(request.user, key, access.REVIEW)
    form = forms.ReadInForm(request.POST or None, request.FILES or None)
    report = None
    if request.method == "POST" and form.is_valid():
        act = actor.of_request(request, intention=form.intended)
        try:
            report = readins.read_in(actor=act, form=row, **form.given)
        except Refused as problem:
            form.refuse(problem)
    context = {
        "form": form,
        "report": report,
        "title": _("Leer envíos de otro sistema"),
        "sentence": _("De «%(title)s». Los que ya están no se repiten.") % {"title": row},
        "action": _("Leer"),
        "back_url": reverse("surveys:submissions", args=[key]),
    }
    return render(request, "surveys/read_in.html", context, status=422 if form.errors else 200)


@door(access.SEE)
def export(request: HttpRequest, key: uuid.UUID) -> HttpResponseBase:
    """What was sent, as the list is filtered, in a file."""
    row = access.form(request.user, key)
    form = forms.ExportForm(request.GET, languages=_languages(row))
    wishes = form.wishes if form.is_valid() else Wishes()
    plan = exporting.layout(row, wishes)
    found = selectors.submissions(request.user, row, _filters(request))
    name = f"{row.form_id}-{timezone.localdate():%Y%m%d}"
    if request.GET.get("formato") != "csv":
        return _file(exporting.xlsx(found, plan), f"{name}.xlsx", downloads.XLSX)
    if len(plan.tables) > 1:
        return _file(exporting.csv_zip(found, plan), f"{name}.zip", "application/zip")
    response = StreamingHttpResponse(
        exporting.csv_lines(found, plan), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def _file(opened: IO[bytes], name: str, kind: str) -> FileResponse:
    return FileResponse(opened, as_attachment=True, filename=name, content_type=kind)
