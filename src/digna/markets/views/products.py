"""Products and their markets: find, read, compare, explain, take away."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from digna.accounts.doors import door
from digna.errors import NotVisible, Refused
from digna.journal import actor
from digna.markets import access, asking, explaining, forms, naming
from digna.markets.models import PublishedFigure, Reading, Release
from digna.markets.selectors import readings as selectors
from digna.markets.services import data as services
from digna.registry import downloads

HOME = "BOL"


def _asked(request: HttpRequest) -> tuple[list[Release], Release | None]:
    """The data in use, and which of them the page is about."""
    rows = [row for row in access.releases() if not forms.is_national(row)]
    wanted = request.GET.get("datos")
    return rows, next((row for row in rows if row.key == wanted), rows[0] if rows else None)


@door(access.SEE)
def find(request: HttpRequest) -> HttpResponse:
    """Find a product by common words or by its code."""
    text = request.GET.get("q", "").strip()
    exporter = request.GET.get("exportador") or HOME
    digits = text.replace(".", "").replace(" ", "")
    if digits.isdigit() and len(digits) >= 6:
        return redirect("markets:product", exporter, digits[:6])
    rows, _release = _asked(request)
    context = {
        "q": text,
        "found": naming.search(text) if text else [],
        "exporter": exporter,
        "countries": naming.countries(),
        "has_data": bool(rows),
    }
    return render(request, "markets/find.html", context)


def _context(request: HttpRequest, exporter: str, product: str) -> dict[str, Any]:
    """What every page of a product shares: which data, the last reading, what is under way."""
    rows, release = _asked(request)
    readings = selectors.earlier(release, exporter, product) if release else []
    wanted = request.GET.get("lectura")
    chosen = (row for row in readings if str(row.public_id) == wanted)
    reading = next(chosen, readings[0] if readings else None)
    return {
        "readings": readings,
        "releases": rows,
        "release": release,
        "exporter": exporter,
        "exporter_name": naming.country(exporter),
        "product": naming.product(product),
        "code": product,
        "reading": reading,
        "pending": selectors.under_way(release, exporter, product) if release else None,
    }


def _read(request: HttpRequest, exporter: str, product: str) -> tuple[dict[str, Any], Reading]:
    """The same, where there must be a reading."""
    context = _context(request, exporter, product)
    if context["reading"] is None:
        raise NotVisible(
            "markets.reading.none",
            _("Todavía no hay números de este producto. Ábralo y pida calcularlos."),
        )
    return context, context["reading"]


@door(access.SEE)
def product(request: HttpRequest, exporter: str, product: str) -> HttpResponse:
    """Who imports a product, from whom, at what price; what could be sold and is not."""
    context = _context(request, exporter, product)
    release, reading = context["release"], context["reading"]
    if release is not None and reading is None and context["pending"] is None:
        who = actor.of_request(request)
        context["pending"] = asking.ask(
            actor=who, release=release, exporter=exporter, product=product
        )
    if reading is not None:
        weights = _weights(request)
        page = selectors.product_page(
            reading.record, weights, request.GET.get("orden", ""), shows_all="todos" in request.GET
        )
        context |= {
            "page": page,
            "product": page.product,
            "sorts": _sorts(request),
            "weights_form": forms.WeightsForm(request.GET or None, names=list(page.weights)),
            "has_weights": weights is not None,
        }
    return render(request, "markets/product.html", context)


def _weights(request: HttpRequest) -> dict[str, float] | None:
    """The reader's weights, from the address; None where there are none or they add up to 0."""
    told = {}
    for name, value in request.GET.items():
        if name.startswith("peso_"):
            try:
                told[name.removeprefix("peso_")] = max(float(str(value).replace(",", ".")), 0.0)
            except ValueError:
                continue
    return told if sum(told.values()) > 0 else None


def _sorts(request: HttpRequest) -> list[dict[str, Any]]:
    labels = {
        "sin_usar": _("Potencial sin usar"), "potencial": _("Potencial"), "importa": _("Importa"),
        "crece": _("Crece"), "precio": _("Precio"), "distancia": _("Cerca"),
        "vendido": _("Ya se vende"), "puntaje": _("Puntaje"),
    }  # fmt: skip
    chosen = request.GET.get("orden") or "sin_usar"
    found = []
    for key, label in labels.items():
        query = request.GET.copy()
        query["orden"] = key
        url = f"?{query.urlencode()}#mercados"
        found.append({"label": label, "url": url, "is_on": key == chosen, "count": None})
    return found


@door(access.SEE)
@require_POST
def compute(request: HttpRequest, exporter: str, product: str) -> HttpResponse:
    """Ask for the numbers again: a new reading, the ones before stay."""
    release = access.release(request.POST.get("datos", ""))
    national = next((row for row in access.releases() if forms.is_national(row)), None)
    form = forms.ActForm(request.POST)
    if form.is_valid():
        who = actor.of_request(request, intention=form.intended)
        asking.ask(
            actor=who, release=release, exporter=exporter, product=product, national=national
        )
    url = reverse("markets:product", args=[exporter, product])
    return redirect(f"{url}?datos={release.key}")


@door(access.SEE)
def progress(request: HttpRequest, exporter: str, product: str) -> HttpResponse:
    """How far a reading is; once it is there, the page is loaded again."""
    context = _context(request, exporter, product)
    response = render(request, "markets/parts/pending.html", context)
    pending = context["pending"]
    if pending is None or not pending.is_under_way:
        response["HX-Refresh"] = "true"
    return response


@door(access.SEE)
def market(request: HttpRequest, exporter: str, product: str, market: str) -> HttpResponse:
    """One market of a product."""
    context, reading = _read(request, exporter, product)
    page = selectors.market_page(reading.record or {}, market)
    context |= {"page": page, "tabs": [], "last_year": (reading.record or {})["years"][-1]}
    return render(request, "markets/market.html", context)


@door(access.SEE)
def compare(request: HttpRequest, exporter: str, product: str) -> HttpResponse:
    """Up to four markets side by side."""
    context, reading = _read(request, exporter, product)
    context["page"] = selectors.comparison(reading.record or {}, request.GET.getlist("m"))
    return render(request, "markets/compare.html", context)


@door(access.SEE)
def figure(request: HttpRequest, exporter: str, product: str) -> HttpResponse:
    """How one number was made: formula, inputs, years, source."""
    context, reading = _read(request, exporter, product)
    context["told"] = explaining.explained(reading.record or {}, request.GET.get("de", ""))
    context["here"] = request.get_full_path()
    return render(request, "markets/figure.html", context)


@door(access.SEE)
def export(request: HttpRequest, exporter: str, product: str, form: str) -> HttpResponse:
    """The table of markets as csv, xlsx, or the whole reading as json."""
    _shared, reading = _read(request, exporter, product)
    name = f"mercados-{product}-{exporter}"
    if form == "json":
        return downloads.json_file(name, reading.record)
    header, lines = selectors.table(reading.record or {})
    if form == "xlsx":
        return downloads.xlsx_file(name, header, lines)
    if form == "csv":
        return downloads.csv_file(name, header, lines)
    raise NotVisible("markets.export.form", _("Hay csv, xlsx y json; no «%s».") % form)


@door(access.EDIT)
def add_figure(request: HttpRequest, exporter: str, product: str) -> HttpResponse:
    """Note a figure that somebody published."""
    form = forms.FigureForm(request.POST or None)
    back = reverse("markets:product", args=[exporter, product])
    if request.method == "POST" and form.is_valid():
        who = actor.of_request(request, intention=form.intended)
        try:
            services.add_figure(actor=who, product=product, exporter=exporter, **form.given)
        except Refused as problem:
            form.refuse(problem)
        else:
            messages.success(request, _("La cifra quedó al lado de la nuestra."))
            return redirect(f"{back}#publicadas")
    context = {
        "form": form,
        "title": _("Cifra publicada"),
        "sentence": _("Se muestra junto a la nuestra, con su fuente, aunque no coincidan."),
        "action": _("Anotar"),
        "back_url": back,
        "draft": True,
    }
    return render(request, "web/form.html", context, status=422 if form.errors else 200)


@door(access.EDIT)
@require_POST
def remove_figure(request: HttpRequest, figure: int) -> HttpResponse:
    """Take back a figure noted on screen."""
    row = PublishedFigure.objects.filter(pk=figure).first()
    if row is None:
        raise NotVisible("markets.not_visible", _("Esa cifra ya no está."))
    form = forms.ActForm(request.POST)
    if form.is_valid():
        try:
            who = actor.of_request(request, intention=form.intended)
            services.remove_figure(actor=who, figure=row)
        except Refused as problem:
            messages.error(request, str(problem.message))
    back = request.POST.get("vuelve", "")
    safe = url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()})
    return redirect(back if safe else reverse("markets:product", args=[row.exporter, row.product]))
