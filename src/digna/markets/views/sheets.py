"""Fact sheets: the list, the builder, the papers of the working copy."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from digna.accounts.doors import door
from digna.errors import NotVisible, Refused
from digna.journal import actor
from digna.markets import (
    access,
    asking,
    citations,
    delivering,
    documents,
    forms,
    naming,
    sheet_pages,
)
from digna.markets.models import Reading, Sheet
from digna.markets.parts import PARTS
from digna.markets.selectors import sheets as selectors
from digna.markets.services import sheets as services

PAGE = 30


@door(access.SEE)
def sheets(request: HttpRequest) -> HttpResponse:
    """The sheets one may see, by state; and the way to a product."""
    asked = selectors.Filters(q=request.GET.get("q", ""), state=request.GET.get("estado", ""))
    rows = selectors.sheets(request.user, asked)
    context = {
        "page": Paginator(rows, PAGE).get_page(request.GET.get("pagina")),
        "filters": selectors.chips(request.user, request.GET, asked),
        "asked": asked,
        "is_filtered": bool(asked.q or asked.state),
        "has_data": access.releases().exists(),
        "starters": naming.starters(),
    }
    return render(request, "markets/sheets.html", context)


def context_of(request: HttpRequest, row: Sheet, here: str) -> dict[str, Any]:
    """What every face of a sheet shares."""
    names = (
        ("sheet", _("La ficha"), None), ("texts", _("Textos"), None),
        ("entries", _("Requisitos, precios, ferias"), row.entries.count()),
        ("versions", _("Versiones"), row.versions.count()),
    )  # fmt: skip
    tabs = [
        {"label": label, "url": reverse(f"markets:{name}", args=[row.public_id]),
         "is_here": name == here, "count": count}
        for name, label, count in names
    ]  # fmt: skip
    return {
        "sheet": row,
        "tabs": tabs,
        "can_edit": access.may(request.user, access.EDIT, row),
        "newer": selectors.newer_reading(row),
        "last": row.versions.first(),
        "product": naming.product(row.product),
    }


@door(access.SEE)
def sheet(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The sheet as it stands, told on screen as it will be on paper."""
    row = access.sheet(request.user, key)
    context = context_of(request, row, "sheet") | {
        "paper": sheet_pages.paper(documents.document(row)) if row.reading else None,
        "figure_url": reverse("markets:figure", args=[row.exporter, row.product]),
    }
    return render(request, "markets/sheet.html", context)


@door(access.EDIT)
def open_sheet(request: HttpRequest) -> HttpResponse:
    """Begin a sheet on a reading."""
    reading = _reading_of(request)
    title = naming.product(
        reading.product, (reading.record or {}).get("product", {}).get("name_en", "")
    )
    form = forms.SheetForm(
        request.POST or None, user=request.user, initial={"title": title.name.capitalize()}
    )
    if request.method == "POST" and form.is_valid():
        who = actor.of_request(request, intention=form.intended)
        try:
            made = services.open_sheet(actor=who, reading=reading, **form.given)
        except Refused as problem:
            form.refuse(problem)
        else:
            messages.success(request, _("Abrimos la ficha. Ahora escriba su resumen."))
            return redirect("markets:texts", made.public_id)
    context = {
        "form": form,
        "title": _("Nueva ficha de mercado"),
        "sentence": _("%(product)s, desde %(country)s. Los números ya están; faltan sus palabras.")
        % {"product": title.name, "country": naming.country(reading.exporter)},
        "action": _("Abrir la ficha"),
        "back_url": reverse("markets:product", args=[reading.exporter, reading.product]),
    }
    return render(request, "web/form.html", context, status=422 if form.errors else 200)


def _reading_of(request: HttpRequest) -> Reading:
    try:
        return access.reading(uuid.UUID(request.GET.get("lectura", "")))
    except ValueError as wrong:
        raise NotVisible("markets.not_visible", _("No hay tal lectura de mercado.")) from wrong


@door(access.EDIT)
def change_sheet(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Correct title, programme, study, owner."""
    row = access.sheet(request.user, key, access.EDIT)
    initial = {
        name: getattr(row, name) for name in ("programme", "title", "title_en", "study", "partner")
    }
    form = forms.SheetForm(request.POST or None, user=request.user, initial=initial)
    if request.method == "POST" and form.is_valid():
        who = actor.of_request(request, intention=form.intended)
        services.change_sheet(actor=who, sheet=row, **form.given)
        return redirect(row)
    context = {
        "form": form,
        "title": _("Corregir la ficha"),
        "action": _("Guardar"),
        "back_url": row.get_absolute_url(),
    }
    return render(request, "web/form.html", context, status=422 if form.errors else 200)


@door(access.EDIT)
def choose_markets(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Which markets the sheet shows."""
    row = access.sheet(request.user, key, access.EDIT)
    form = forms.MarketsForm(request.POST or None, sheet=row)
    if request.method == "POST" and form.is_valid():
        who = actor.of_request(request, intention=form.intended)
        try:
            services.change_sheet(actor=who, sheet=row, markets=form.given["markets"])
        except Refused as problem:
            form.refuse(problem)
        else:
            return redirect(row)
    context = {
        "form": form,
        "title": _("Mercados de la ficha"),
        "sentence": _("En orden de lo que todavía no se vende y podría venderse."),
        "action": _("Guardar"),
        "back_url": row.get_absolute_url(),
    }
    return render(request, "web/form.html", context, status=422 if form.errors else 200)


@door(access.EDIT)
def renew_numbers(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Rest the sheet on the newest reading; ask for one where the data are newer than all."""
    row = access.sheet(request.user, key, access.EDIT)
    form = forms.ActForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        who = actor.of_request(request, intention=form.intended)
        newer = selectors.newer_reading(row)
        if newer is not None:
            services.take_reading(actor=who, sheet=row, reading=newer)
            messages.success(request, _("La ficha ya tiene los números nuevos."))
        else:
            release = access.releases().first()
            if release is not None:
                asking.ask(actor=who, release=release, exporter=row.exporter, product=row.product)
            messages.info(request, _("Estamos calculando. Vuelva en un momento."))
    return redirect(row)


@door(access.SEE)
def texts(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """What people wrote, part by part, and what is still to be written."""
    row = access.sheet(request.user, key)
    told = (row.reading.record if row.reading else None) or {}
    parts = [
        {"code": code, "part": part, "es": row.texts.get(code, {}).get("es", ""),
         "en": row.texts.get(code, {}).get("en", ""),
         "pieces": citations.pieces(row.texts.get(code, {}).get("es", ""), told) if told else ()}
        for code, part in PARTS.items()
    ]  # fmt: skip
    context = context_of(request, row, "texts") | {
        "parts": parts,
        "figure_url": reverse("markets:figure", args=[row.exporter, row.product]),
    }
    return render(request, "markets/texts.html", context)


@door(access.EDIT)
def write_text(request: HttpRequest, key: uuid.UUID, part: str) -> HttpResponse:
    """Write one part, with the numbers that may be cited beside it."""
    row = access.sheet(request.user, key, access.EDIT)
    if part not in PARTS:
        raise NotVisible("markets.text.part", _("Esa parte no está en la ficha."))
    form = forms.TextForm(request.POST or None, part=part, initial=row.texts.get(part, {}))
    if request.method == "POST" and form.is_valid():
        who = actor.of_request(request, intention=form.intended)
        try:
            services.write_text(actor=who, sheet=row, part=part, **form.given)
        except Refused as problem:
            form.refuse(problem)
        else:
            return redirect("markets:texts", row.public_id)
    told = (row.reading.record if row.reading else None) or {}
    context = {
        "form": form,
        "part": PARTS[part],
        "sheet": row,
        "offers": citations.offers(told, tuple(row.markets)) if told else (),
        "back_url": reverse("markets:texts", args=[row.public_id]),
    }
    return render(request, "markets/write_text.html", context, status=422 if form.errors else 200)


@door(access.SEE)
def paper(request: HttpRequest, key: uuid.UUID, form: str) -> HttpResponse:
    """The working copy as pdf, docx, html or json, marked as a draft."""
    row = access.sheet(request.user, key)
    if row.reading is None or row.reading.record is None:
        raise NotVisible("markets.reading.not_done", _("La ficha todavía no tiene números."))
    url = request.build_absolute_uri(row.get_absolute_url())
    return delivering.deliver(
        request, documents.document(row), form, delivering.Label(url=url, is_draft=True)
    )
