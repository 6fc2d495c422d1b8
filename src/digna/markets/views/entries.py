"""Requirements, prices, channels, competitors, fairs and contacts of a sheet."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from digna.accounts.doors import door
from digna.errors import NotVisible, Refused
from digna.journal import actor
from digna.markets import access, forms, naming
from digna.markets.models import Entry, Sheet
from digna.markets.selectors import sheets as selectors
from digna.markets.selectors import suggestions
from digna.markets.services import sheets as services
from digna.markets.views.sheets import context_of


@door(access.SEE)
def entries(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """What the sheet says that no trade table holds, and what the kits can add."""
    row = access.sheet(request.user, key)
    context = context_of(request, row, "entries") | {
        "groups": selectors.entry_groups(row),
        "suggestions": suggestions.suggestions(row, naming.tongue()),
    }
    return render(request, "markets/entries.html", context)


@door(access.EDIT)
@require_POST
def take_suggestion(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Copy a fact of a kit into the sheet, with its source."""
    row = access.sheet(request.user, key, access.EDIT)
    wanted = set(request.POST.getlist("codigo"))
    form = forms.ActForm(request.POST)
    if form.is_valid():
        offered = [one for one in suggestions.suggestions(row) if one.code in wanted]
        for one in offered:
            services.add_entry(
                actor=actor.of_request(request), sheet=row, kind=one.kind, **one.values
            )
        if not offered:
            messages.info(request, _("Marque primero lo que quiere agregar."))
    return redirect("markets:entries", row.public_id)


def _form(request: HttpRequest, row: Sheet, kind: str, initial: dict[str, Any]) -> forms.EntryForm:
    markets = [(code, naming.country(code)) for code in row.markets]
    if initial.get("market") and initial["market"] not in row.markets:
        markets.append((initial["market"], naming.country(initial["market"])))
    return forms.ENTRY_FORMS[kind](
        request.POST or None, markets=markets, steps=selectors.step_choices(), initial=initial
    )


@door(access.EDIT)
def add_entry(request: HttpRequest, key: uuid.UUID, kind: str) -> HttpResponse:
    """Add one."""
    row = access.sheet(request.user, key, access.EDIT)
    if kind not in forms.ENTRY_FORMS:
        raise NotVisible("markets.not_visible", _("La ficha no tiene esa clase de dato."))
    form = _form(request, row, kind, {"checked_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        who = actor.of_request(request, intention=form.intended)
        try:
            services.add_entry(actor=who, sheet=row, kind=kind, **form.given)
        except Refused as problem:
            form.refuse(problem)
        else:
            return redirect("markets:entries", row.public_id)
    return _page(request, form, row, _("Agregar: %(kind)s") % {"kind": Entry.Kind(kind).label})


@door(access.EDIT)
def change_entry(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Correct one."""
    entry = access.entry(request.user, key)
    names = [name for name in forms.ENTRY_FORMS[entry.kind].base_fields if name != "intention"]
    form = _form(request, entry.sheet, entry.kind, {name: getattr(entry, name) for name in names})
    if request.method == "POST" and form.is_valid():
        who = actor.of_request(request, intention=form.intended)
        try:
            services.change_entry(actor=who, entry=entry, **form.given)
        except Refused as problem:
            form.refuse(problem)
        else:
            return redirect("markets:entries", entry.sheet.public_id)
    return _page(request, form, entry.sheet, _("Corregir: %(name)s") % {"name": entry.title})


def _page(request: HttpRequest, form: forms.EntryForm, row: Sheet, title: str) -> HttpResponse:
    context = {
        "form": form,
        "title": title,
        "action": _("Guardar"),
        "back_url": reverse("markets:entries", args=[row.public_id]),
        "draft": True,
    }
    return render(request, "web/form.html", context, status=422 if form.errors else 200)


@door(access.EDIT)
@require_POST
def remove_entry(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Take one off the working copy."""
    entry = access.entry(request.user, key)
    row = entry.sheet
    form = forms.ActForm(request.POST)
    if form.is_valid():
        services.remove_entry(actor=actor.of_request(request, intention=form.intended), entry=entry)
        messages.success(request, _("Quitado. Las versiones que lo tenían lo conservan."))
    return redirect("markets:entries", row.public_id)
