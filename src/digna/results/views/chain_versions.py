"""Versions of a chain: kept, and held against today."""

from functools import partial
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from digna.accounts import rights
from digna.accounts.doors import door
from digna.results import access, chain_access, chain_forms
from digna.results.selectors import chain_parts as shown
from digna.results.services import chains as services
from digna.results.views.chain_saving import kept, sent


@door(access.SEE)
def chain_versions(request: HttpRequest, code: str, key: UUID) -> HttpResponse:
    """The versions of a chain; who edits may keep one more."""
    found = access.programme(request.user, code)
    row = chain_access.chain(found, key)
    may_edit = rights.may(request.user, access.EDIT)
    form = chain_forms.NoteForm(sent(request) if may_edit else None)
    context = {
        "programme": found,
        "chain": row,
        "versions": list(row.versions.select_related("saved_by")),
        "may_edit": may_edit,
    }
    return kept(
        request,
        form,
        partial(services.save_version, chain=row),
        context=context,
        back=reverse("results:chain_versions", args=[code, key]),
        template="results/chain_versions.html",
    )


@door(access.SEE)
def chain_version(request: HttpRequest, code: str, key: UUID, number: int) -> HttpResponse:
    """One version against the chain as it is today."""
    row = chain_access.chain(access.programme(request.user, code), key)
    page = shown.version_page(chain_access.version(row, number), row)
    return render(request, "results/chain_version.html", {"page": page})
