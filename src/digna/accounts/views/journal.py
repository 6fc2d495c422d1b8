"""The journal, for auditors: search, one line, csv."""

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render

from digna.accounts import access, auditing, forms
from digna.accounts.doors import door


@door(access.SEARCH_JOURNAL)
def journal(request: HttpRequest) -> HttpResponse:
    """The lines that the address asks for, the newest first."""
    form, asked = forms.journal_query(request)
    page = auditing.lines_page(request.user, asked, request.GET.get("antes", ""))
    context = {"form": form, "page": page, "asked": any(asked.values())}
    return render(request, "accounts/journal.html", context)


@door(access.SEARCH_JOURNAL)
def journal_line(request: HttpRequest, number: int) -> HttpResponse:
    """One line: what changed, before and after."""
    page = auditing.line_page(access.line(request.user, number))
    return render(request, "accounts/journal_line.html", {"page": page})


@door(access.SEARCH_JOURNAL)
def export_journal(request: HttpRequest) -> StreamingHttpResponse:
    """The lines that the address asks for, as csv."""
    _form, asked = forms.journal_query(request)
    rows = auditing.exported(auditing.found(request.user, asked))
    response = StreamingHttpResponse(rows, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="diario.csv"'
    return response
