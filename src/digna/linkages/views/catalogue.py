"""The catalogue outside: public pages by consent, and a buyer's own by their personal link.

Both are made of `showing.Facts` that went through each firm's consent, read anew at every request:
what is withdrawn is gone with the next page. No row reaches a template.
"""

import uuid
from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from digna.errors import NotVisible
from digna.journal import actor
from digna.linkages import access, catalogue_papers, labels, showing
from digna.linkages.models import BuyerLink, Interest, Offer, OfferPhoto
from digna.linkages.selectors import fits
from digna.linkages.selectors import showing as selectors
from digna.linkages.services import buyers, interests
from digna.linkages.showing import Facts
from digna.linkages.views import listing
from digna.web import limits, links, pdf
from digna.web.doors import public

PAGE = 24
MOST = 400
"""Offers of a paper or a sheet."""

Inside = Callable[..., HttpResponseBase]


def by_link(view: Inside) -> Inside:
    """Let in who holds a personal link, in their language and at their hour.

    A language chosen on the page stands before that of the link.
    """

    @wraps(view)
    def guarded(request: HttpRequest, token: str, **kwargs: Any) -> HttpResponseBase:
        try:
            link = access.link_by_token(token)
        except NotVisible:
            limits.count_try(request, "buyer")
            raise
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
        language = chosen or {"es": settings.LANGUAGE_CODE}.get(link.language, link.language)
        buyers.note_opening(actor=actor.of_request(request), link=link)
        with translation.override(language), timezone.override(ZoneInfo(link.buyer.time_zone)):
            request.LANGUAGE_CODE = language
            return view(request, link, **kwargs)

    open_to_all: Inside = public(never_cache(guarded))
    return open_to_all


def _found(audience: str, asked: str) -> list[Facts]:
    rows = selectors.offers_for(audience)
    if asked:
        code = "".join(sign for sign in asked if sign.isdigit())
        words = (
            Q(name_es__icontains=asked)
            | Q(name_en__icontains=asked)
            | Q(common_name__icontains=asked)
            | Q(description_es__icontains=asked)
            | Q(description_en__icontains=asked)
            | Q(enterprise__sector__name_es__icontains=asked)
        )
        rows = rows.filter(words | Q(hs_code__startswith=code) if code else words)
    ordered = selectors.with_parts(rows).order_by("name_es", "pk")[:MOST]
    return selectors.shown(ordered, audience, timezone.localdate())


def _one(audience: str, key: uuid.UUID) -> tuple[Offer, Facts]:
    rows = selectors.with_parts(selectors.offers_for(audience).filter(public_id=key))
    row = rows.first()
    found = selectors.shown([row], audience, timezone.localdate()) if row is not None else []
    if row is None or not found:
        raise NotVisible(
            "linkages.offer_not_shown",
            _("Esta oferta no se muestra: la empresa la retiró o no permitió mostrarla."),
        )
    return row, found[0]


def _photo(audience: str, key: int) -> FileResponse:
    row = OfferPhoto.objects.select_related("offer").filter(pk=key).first()
    if row is not None and key in _one(audience, row.offer.public_id)[1].photos:
        return FileResponse(row.file.open("rb"), content_type="image/jpeg")
    raise NotVisible("linkages.offer_not_shown", _("Esta foto no se muestra."))


# --- for the public


@public
@never_cache
def catalogue(request: HttpRequest) -> HttpResponse:
    """What firms agreed to show to everybody."""
    asked = request.GET.get("q", "").strip()[:80]
    found = _found(showing.PUBLIC, asked)
    context = {
        "page": Paginator(found, PAGE).get_page(request.GET.get("pagina")),
        "asked": asked,
        "count": len(found),
        "offer_url": "linkages:catalogue_offer",
        "photo_url": "linkages:catalogue_photo",
    }
    return render(request, "linkages/catalogue.html", context)


@public
@never_cache
def catalogue_offer(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """One offer, as its firm agreed to show it."""
    _row, facts = _one(showing.PUBLIC, key)
    url = request.build_absolute_uri()
    context = {"offer": facts, "qr": links.qr(url, scale=3), "url": url}
    return render(request, "linkages/catalogue_offer.html", context)


@public
@never_cache
def catalogue_photo(request: HttpRequest, key: int) -> FileResponse:
    """A photograph that its firm agreed to show."""
    return _photo(showing.PUBLIC, key)


@public
@never_cache
def catalogue_paper(request: HttpRequest) -> HttpResponse:
    """The catalogue on A4."""
    limits.count_try(request, "paper")
    url = request.build_absolute_uri(reverse("linkages:catalogue"))
    found = _found(showing.PUBLIC, request.GET.get("q", "").strip()[:80])
    return pdf.response(
        request,
        "linkages/catalogue_paper.html",
        catalogue_papers.context(found, url, _("Catálogo de ofertas")),
        "catalogo",
    )


@public
@never_cache
def export_catalogue(request: HttpRequest) -> HttpResponse:
    """The catalogue for a spreadsheet."""
    found = _found(showing.PUBLIC, request.GET.get("q", "").strip()[:80])
    return listing.file(request, "catalogo", _header(), _told(found))


def _header() -> list[str]:
    return [
        _("Producto"), _("Nombre común"), _("Código HS"), _("Empresa"), _("Municipio"),
        _("Capacidad al mes"), _("Unidad"), _("Pedido mínimo"), _("Precio desde"),
        _("Precio hasta"), _("Moneda"), _("Precio por"), _("Certificaciones y registros"),
        _("Idiomas en que atiende"), _("Meses en que hay"), _("Celular"), _("Correo"),
    ]  # fmt: skip


def _told(found: list[Facts]) -> Iterator[tuple[Any, ...]]:
    for one in found:
        papers = ", ".join(paper.name for paper in one.papers or ())
        yield (
            one.name, one.common_name, one.hs_code, one.firm_name, one.place, one.capacity,
            labels.unit(one.unit), one.minimum_order, one.price_low, one.price_high, one.currency,
            labels.unit(one.price_unit), papers, labels.languages(one.languages),
            labels.months(one.months), one.phone, one.email,
        )  # fmt: skip


# --- for a buyer, by their link


@by_link
def buyer_home(request: HttpRequest, link: BuyerLink) -> HttpResponse:
    """What one asked for with the offers that fit, and the whole catalogue."""
    asked = request.GET.get("q", "").strip()[:80]
    found = _found(showing.BUYERS, asked)
    today = timezone.localdate()
    demands = [one for one in link.buyer.demands.all() if one.is_open_on(today)]
    context = {
        "link": link,
        "page": Paginator(found, PAGE).get_page(request.GET.get("pagina")),
        "asked": asked,
        "count": len(found),
        "fitting": [(one, fits.for_demand(one, found, today)[:6]) for one in demands]
        if not asked
        else [],
        "now": timezone.localtime(),
        "offer_url": "linkages:buyer_offer",
        "photo_url": "linkages:buyer_photo",
    }
    return render(request, "linkages/buyer_home.html", context)


@by_link
def buyer_offer(request: HttpRequest, link: BuyerLink, key: uuid.UUID) -> HttpResponse:
    """One offer, as its firm agreed to show it to buyers; from here one asks for it."""
    row, facts = _one(showing.BUYERS, key)
    today = timezone.localdate()
    demands = [one for one in link.buyer.demands.all() if one.is_open_on(today)]
    context = {
        "link": link,
        "offer": facts,
        "fits": fits.for_offer(facts, demands, today),
        "said": list(Interest.objects.filter(buyer=link.buyer, offer=row)),
        "kinds": Interest.Kind.choices,
    }
    return render(request, "linkages/buyer_offer.html", context)


@by_link
def buyer_photo(request: HttpRequest, link: BuyerLink, key: int) -> FileResponse:
    """A photograph that its firm agreed to show to buyers."""
    return _photo(showing.BUYERS, key)


@by_link
def buyer_paper(request: HttpRequest, link: BuyerLink) -> HttpResponse:
    """The catalogue on A4, in the buyer's language; its QR leads to the public one."""
    url = request.build_absolute_uri(reverse("linkages:catalogue"))
    found = _found(showing.BUYERS, request.GET.get("q", "").strip()[:80])
    title = _("Catálogo para %(buyer)s") % {"buyer": link.buyer}
    context = catalogue_papers.context(found, url, title)
    return pdf.response(request, "linkages/catalogue_paper.html", context, "catalogo")


@by_link
def buyer_export(request: HttpRequest, link: BuyerLink) -> HttpResponse:
    """The catalogue for a spreadsheet, in the buyer's language."""
    found = _found(showing.BUYERS, request.GET.get("q", "").strip()[:80])
    return listing.file(request, "catalogo", _header(), _told(found))


@by_link
def say_interest(request: HttpRequest, link: BuyerLink, key: uuid.UUID) -> HttpResponse:
    """A buyer is interested, or asks for a sample."""
    return _say_interest(request, link, key)


@require_POST
def _say_interest(request: HttpRequest, link: BuyerLink, key: uuid.UUID) -> HttpResponse:
    row, _facts = _one(showing.BUYERS, key)
    interests.show_interest(
        actor=actor.of_request(request),
        link=link,
        offer=row,
        kind=request.POST.get("kind", ""),
        message=request.POST.get("message", ""),
    )
    return redirect("linkages:buyer_offer", link.token, key)
