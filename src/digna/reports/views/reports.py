"""Reports: the list, a new one, one as it stands, one's own words in it, its papers."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from digna.accounts.doors import door
from digna.errors import NotVisible, Refused
from digna.journal import actor
from digna.reports import access, asking, delivering, forms, label, making, paper
from digna.reports.models import Narrative, Report
from digna.reports.selectors import lists
from digna.reports.services import reports as services
from digna.reports.views import leaving
from digna.web import paging, papers


@door(access.SEE)
def reports(request: HttpRequest) -> HttpResponse:
    """The reports one sees, and those one may make."""
    kind = request.GET.get("tipo", "")
    counts = lists.kind_counts(request.user)
    chips = [
        _chip(_("Todos"), counts[""], "?", is_on=not kind),
        *(
            _chip(str(title), counts[code], f"?tipo={code}", is_on=kind == code)
            for code, title in lists.SHORT.items()
            if counts[code]
        ),
    ]  # fmt: skip
    page = paging.page_of(
        request, lists.reports(request.user, kind), lambda: counts.get(kind, counts[""])
    )
    rows = [(row, lists.title_of(row), str(lists.TITLES[row.kind])) for row in page]
    context = {"page": page, "rows": rows, "chips": chips, "offers": lists.offers(request.user)}
    return render(request, "reports/reports.html", context)


def _chip(label: str, count: int, url: str, *, is_on: bool) -> dict[str, Any]:
    return {"label": label, "count": count, "url": url, "is_on": is_on}


@door(access.MAKE)
def new(request: HttpRequest, kind: str) -> HttpResponse:
    """Say of whom and over which days; the report opens with its numbers in it."""
    if kind not in access.kinds(request.user):
        raise NotVisible("reports.not_visible", _("Ese informe no le toca hacerlo."))
    form = forms.FORMS[kind](request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        who = actor.of_request(request, intention=form.intended)
        try:
            told = asking.about(request.user, kind, form.given)
            made = services.open_report(actor=who, kind=kind, **told)
        except Refused as problem:
            form.refuse(problem)
        else:
            return redirect(made.get_absolute_url())
    context = {"form": form, "title": lists.TITLES[kind], "about": lists.ABOUT[kind]}
    return render(request, "reports/new.html", context)


@door(access.SEE)
def report(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """One report as it stands today, in the language asked for."""
    row = access.report(request.user, key)
    editions = lists.editions_of(row)
    context = {
        "report": row,
        "paper": making.paper_of(row, papers.language_of(request)),
        "label": label.draft(""),
        "editions": editions,
        "can_write": access.may_make(request.user),
        "issue_form": forms.IssueForm(),
        "kind_title": lists.TITLES[row.kind],
    }
    return render(request, "reports/report.html", context)


@door(access.SEE)
def report_paper(request: HttpRequest, key: uuid.UUID, form: str) -> HttpResponse:
    """A report as it stands, as pdf, docx, xlsx or html: each says that it is a draft."""
    row = access.report(request.user, key)
    delivering.known_form(form)
    language = papers.language_of(request)
    url = request.build_absolute_uri(row.get_absolute_url())
    with leaving.in_language(language):
        told = label.draft(url)
    found = making.paper_of(row, language)
    return leaving.sent(request, found, form, told, row.get_absolute_url())


@door(access.MAKE)
def write(request: HttpRequest, key: uuid.UUID, section: str) -> HttpResponse:
    """One's own words in a part of a report, with the figures that may be cited beside."""
    row = access.report(request.user, key)
    found = making.paper_of(row, papers.language_of(request))
    part = next((one for one in found.sections if one.code == section), None)
    if part is None:
        raise NotVisible("reports.text.section", _("El informe no tiene esa parte."))
    form = forms.TextForm(request.POST or None, initial=_written(row, section))
    if request.method == "POST" and form.is_valid():
        who = actor.of_request(request, intention=form.intended)
        try:
            services.write_text(actor=who, report=row, section=section, **form.given)
        except Refused as problem:
            form.refuse(problem)
        else:
            messages.success(request, _("El texto quedó guardado."))
            return redirect(f"{row.get_absolute_url()}#parte-{section}")
    context = {
        "form": form, "report": row, "section": part,
        "title": lists.title_of(row), "figures": paper.figures(found).values(),
    }  # fmt: skip
    return render(request, "reports/write.html", context)


def _written(row: Report, section: str) -> dict[str, Any]:
    found = Narrative.objects.filter(report=row, section=section).first()
    return {"es": found.es, "en": found.en} if found is not None else {}
