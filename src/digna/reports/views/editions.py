"""Editions: issued, read, compared, published, withdrawn; and the statement as anybody reads it."""

import uuid
from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from digna.accounts import rights
from digna.accounts.doors import door
from digna.errors import DomainError
from digna.journal import actor
from digna.reports import access, delivering, forms, label, making
from digna.reports.label import Label
from digna.reports.models import Edition
from digna.reports.paper import Paper
from digna.reports.selectors import lists
from digna.reports.services import editions as services
from digna.reports.views import leaving
from digna.web import papers
from digna.web.doors import public


@door(access.MAKE)
@require_POST
def issue(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Keep the report as it stands."""
    row = access.report(request.user, key)
    form = forms.IssueForm(request.POST)
    if form.is_valid():
        who = actor.of_request(request, intention=form.intended)
        try:
            made = services.issue(actor=who, report=row, **form.given)
        except DomainError as problem:
            messages.error(request, str(problem.message))
        else:
            messages.success(request, _("La edición %(n)s quedó guardada.") % {"n": made.number})
            return redirect("reports:edition", made.public_id)
    return redirect(row.get_absolute_url())


@door(access.SEE)
def edition(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """One edition, as it was issued."""
    row = access.edition(request.user, key)
    language = papers.language_of(request)
    with leaving.in_language(language):
        told = label.of(row, "")
    may_publish = rights.may(request.user, access.PUBLISH) and row.report.kind == "statement"
    context = {
        "edition": row,
        "report": row.report,
        "paper": lists.paper_in(row, language),
        "label": told,
        "may_publish": may_publish and row.state == Edition.State.ISSUED,
        "may_withdraw": access.may_make(request.user) and row.state != Edition.State.WITHDRAWN,
        "act_form": forms.ActForm(),
        "withdraw_form": forms.WithdrawForm(),
        "title": lists.title_of(row.report),
        "kind_title": lists.TITLES[row.report.kind],
    }
    return render(request, "reports/edition.html", context)


@door(access.SEE)
def edition_paper(request: HttpRequest, key: uuid.UUID, form: str) -> HttpResponse:
    """An edition as pdf, docx, xlsx or html."""
    row = access.edition(request.user, key)
    delivering.known_form(form)
    return _sent(request, row, form, reverse("reports:edition", args=[row.public_id]))


def _sent(request: HttpRequest, row: Edition, form: str, back: str) -> HttpResponse:
    language = papers.language_of(request)
    with leaving.in_language(language):
        told = label.of(row, request.build_absolute_uri(back))
    return leaving.sent(request, lists.paper_in(row, language), form, told, back)


@door(access.SEE)
def compare(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Which figures two editions of a report say differently."""
    row = access.report(request.user, key)
    editions = list(row.editions.all())
    found = lists.pair(editions, request.GET.get("a", ""), request.GET.get("b", ""))
    language = papers.language_of(request)
    differences = (
        lists.differences(*(lists.paper_in(one, language) for one in found)) if found else []
    )
    context = {
        "report": row, "title": lists.title_of(row), "editions": editions, "pair": found,
        "differences": differences,
    }  # fmt: skip
    return render(request, "reports/compare.html", context)


@door(access.PUBLISH)
@require_POST
def publish(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Put an edition of the public statement on the portal."""
    form = forms.ActForm(request.POST)
    return _act(request, key, form, services.publish, _("La edición ya está en el portal."))


@door(access.MAKE)
@require_POST
def withdraw(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Withdraw an edition, with the reason."""
    form = forms.WithdrawForm(request.POST)
    return _act(request, key, form, services.withdraw, _("La edición quedó retirada."))


def _act(
    request: HttpRequest,
    key: uuid.UUID,
    form: forms.ActForm | forms.WithdrawForm,
    serve: Callable[..., object],
    said: str,
) -> HttpResponse:
    row = access.edition(request.user, key)
    if not form.is_valid():
        messages.error(request, _("Diga por qué: hace falta para el registro."))
        return redirect("reports:edition", row.public_id)
    who = actor.of_request(request, intention=form.intended)
    try:
        serve(actor=who, edition=row, **form.given)
    except DomainError as problem:
        messages.error(request, str(problem.message))
    else:
        messages.success(request, said)
    return redirect("reports:edition", row.public_id)


def _public(request: HttpRequest, code: str, url: str) -> tuple[Paper, Label]:
    """Return what anybody reads: the published edition, else the figures the portal shows."""
    programme = access.public_programme(code)
    language = papers.language_of(request)
    row = access.public_edition(programme)
    with leaving.in_language(language):
        if row is not None:
            return lists.paper_in(row, language), label.of(row, url)
        return making.public_paper(programme, language), label.live(url)


@public
def statement(request: HttpRequest, code: str) -> HttpResponse:
    """A programme's public statement by strategic area."""
    paper, told = _public(request, code, "")
    context = {"paper": paper, "label": told, "programme": access.public_programme(code)}
    response = render(request, "reports/statement.html", context)
    patch_cache_control(response, no_cache=True)
    return response


@public
def statement_paper(request: HttpRequest, code: str, form: str) -> HttpResponse:
    """The same as a paper."""
    delivering.known_form(form)
    back = reverse("reports:statement", args=[code])
    paper, told = _public(request, code, request.build_absolute_uri(back))
    return leaving.sent(request, paper, form, told, back)
