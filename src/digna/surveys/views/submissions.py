"""The screens of what was sent: the list, one submission, its files, review."""

import uuid

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from digna.accounts.doors import door
from digna.errors import DomainError, Refused
from digna.journal import actor
from digna.surveys import access, asking, forms
from digna.surveys.models import Submission
from digna.surveys.reading import attachments
from digna.surveys.selectors import submissions as selectors
from digna.surveys.services import readins, reviews
from digna.surveys.services import submissions as services

PAGE = 50


@door(access.SEE)
def list_submissions(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """What was sent of a form."""
    row = access.form(request.user, key)
    filters = asking.filters_of(request.GET)
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
        "export": forms.ExportForm(languages=asking.languages(row)),
        "is_large": asking.is_large(page.paginator.count),
        "exports": selectors.exports(request.user, row),
    }
    return render(request, "surveys/submissions.html", context)


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
