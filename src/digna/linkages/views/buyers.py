"""Buyers: the list, one whole, their personal links, their demands with the offers that fit."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from digna.accounts import rights
from digna.accounts.doors import door
from digna.improvement.forms import ActForm
from digna.improvement.views import forming
from digna.journal import actor
from digna.journal.history import history
from digna.linkages import access, forms
from digna.linkages.models import Buyer, Demand
from digna.linkages.selectors import fits
from digna.linkages.selectors import offers as selectors
from digna.linkages.selectors import showing as shown
from digna.linkages.services import buyers as services
from digna.linkages.services import interests
from digna.linkages.views import listing
from digna.web import links

PAGE = 30


def _found(request: HttpRequest) -> Any:
    asked = selectors.BuyerFilters(
        q=request.GET.get("q", "").strip(), kind=request.GET.get("tipo", "")
    )
    rows = access.visible_buyers(request.user)
    return asked, selectors.buyers(rows, asked, timezone.localdate())


@door(access.SEE_BUYERS)
def buyers(request: HttpRequest) -> HttpResponse:
    """Who buys, where, and what they ask for."""
    asked, found = _found(request)
    kinds = {"": _("Todos")} | {str(v): str(t).capitalize() for v, t in Buyer.Kind.choices}
    counts = selectors.kind_counts(access.visible_buyers(request.user))
    context = {
        "page": Paginator(found, PAGE).get_page(request.GET.get("pagina")),
        "filters": listing.chips(request, "tipo", kinds, counts),
        "asked": asked,
    }
    return render(request, "linkages/buyers.html", context)


HEADER = (
    "Comprador", "Tipo", "País", "Ciudad", "Zona horaria", "Idiomas", "Qué busca",
    "Demandas abiertas", "Negocios", "Activo",
)  # fmt: skip


@door(access.SEE_BUYERS)
def export_buyers(request: HttpRequest) -> HttpResponse:
    """The list as it is filtered, for a spreadsheet; no personal contact leaves with it."""
    _asked, found = _found(request)
    rows = (
        (
            row.organisation.name, str(row.get_kind_display()), row.country, row.city,
            row.time_zone, ", ".join(row.languages), row.seeks_es, row.demand_count,
            row.deal_count, _("sí") if row.is_active else _("no"),
        )
        for row in found
    )  # fmt: skip
    return listing.file(request, "compradores", HEADER, rows)


@door(access.SEE_BUYERS)
def buyer(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """One buyer: who they are, what they ask for, their links, their deals."""
    row = access.buyer(request.user, key)
    may_keep = rights.may(request.user, access.KEEP_BUYERS)
    today = timezone.localdate()
    context = {
        "buyer": row,
        "demands": [(one, one.is_open_on(today)) for one in row.demands.all()],
        "links": _links(request, row, today) if may_keep else [],
        "deals": access.visible_deals(request.user).filter(buyer=row).select_related("enterprise"),
        "may_keep": may_keep,
        "history": history(row),
    }
    return render(request, "linkages/buyer.html", context)


def _links(request: HttpRequest, row: Buyer, today: Any) -> list[dict[str, Any]]:
    found = []
    for link in row.links.all():
        url = request.build_absolute_uri(reverse("linkages:buyer_home", args=[link.token]))
        works = link.works_on(today)
        found.append(
            {
                "row": link,
                "works": works,
                "url": url,
                "qr": links.qr(url, scale=3) if works else "",
                "chat": links.whatsapp(row.phone, url) if works else "",
            }
        )
    return found


@door(access.KEEP_BUYERS)
def register_buyer(request: HttpRequest) -> HttpResponse:
    """A new buyer."""
    programmes = access.programmes_of(request.user, access.KEEP_BUYERS)
    form = forms.BuyerForm(request.POST or None, programmes=programmes)
    made: list[Buyer] = []
    reply = forming.answer(
        request,
        form,
        lambda f, who: made.append(services.register_buyer(actor=who, **f.given)),
        to=reverse("linkages:buyers"),
        page=_page(_("Nuevo comprador"), reverse("linkages:buyers")),
        said=_("Comprador registrado. Anote qué busca y dele su enlace."),
    )
    return redirect("linkages:buyer", made[0].public_id) if made else reply


@door(access.KEEP_BUYERS)
def change_buyer(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Correct what is known of a buyer."""
    row = access.buyer(request.user, key, access.KEEP_BUYERS)
    shown_fields = (n for n in forms.BuyerForm.base_fields if hasattr(row, n) and n != "name")
    initial = {name: getattr(row, name) for name in shown_fields}
    initial["programmes"] = row.programmes.all()
    programmes = access.programmes_of(request.user, access.KEEP_BUYERS)
    form = forms.BuyerForm(request.POST or None, row=row, programmes=programmes, initial=initial)
    return forming.answer(
        request,
        form,
        lambda f, who: services.change_buyer(actor=who, buyer=row, **f.given),
        to=_to(row),
        page=_page(_("Corregir los datos de %(buyer)s") % {"buyer": row}, _to(row)),
    )


def _to(row: Buyer) -> str:
    return reverse("linkages:buyer", args=[row.public_id])


def _page(title: str, back: str, sentence: str = "") -> dict[str, Any]:
    return {
        "title": title,
        "sentence": sentence,
        "back_url": back,
        "action": _("Guardar"),
        "draft": True,
    }


@door(access.KEEP_BUYERS)
def give_link(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """A personal link for somebody of a buyer's."""
    row = access.buyer(request.user, key, access.KEEP_BUYERS)
    language = "es" if not row.is_foreign or "en" not in row.languages else "en"
    return forming.answer(
        request,
        forms.LinkForm(request.POST or None, initial={"language": language}),
        lambda f, who: services.give_link(actor=who, buyer=row, **f.given),
        to=_to(row),
        page=_page(
            _("Enlace personal para %(buyer)s") % {"buyer": row},
            _to(row),
            _("Con él se abre el catálogo sin cuenta. Muestra solo lo que cada empresa permitió."),
        ),
        said=_("Enlace listo. Cópielo y envíelo a esa persona y a nadie más."),
    )


@door(access.KEEP_BUYERS)
@require_POST
def revoke_link(request: HttpRequest, key: int) -> HttpResponse:
    """Close a personal link."""
    row = access.link(request.user, key)
    return forming.press(
        request,
        ActForm(request.POST),
        lambda _f, who: services.revoke_link(actor=who, link=row),
        to=_to(row.buyer),
        said=_("Anulado: ya no abre nada."),
    )


@door(access.KEEP_BUYERS)
def note_demand(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Something a buyer asks for."""
    row = access.buyer(request.user, key, access.KEEP_BUYERS)
    form = forms.DemandForm(request.POST or None, initial={"valid_from": timezone.localdate()})
    made: list[Demand] = []
    reply = forming.answer(
        request,
        form,
        lambda f, who: made.append(services.note_demand(actor=who, buyer=row, **f.told)),
        to=_to(row),
        page=_page(_("Qué busca %(buyer)s") % {"buyer": row}, _to(row)),
        said=_("Demanda anotada. Estas son las ofertas que más se acercan."),
    )
    return redirect("linkages:demand", made[0].public_id) if made else reply


@door(access.KEEP_BUYERS)
def change_demand(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Correct, close or open again a demand."""
    row = access.demand(request.user, key, access.KEEP_BUYERS)
    to = reverse("linkages:demand", args=[key])
    return forming.answer(
        request,
        forms.DemandForm(request.POST or None, initial=forms.demand_initial(row)),
        lambda f, who: services.change_demand(actor=who, demand=row, **f.told),
        to=to,
        page=_page(_("Corregir la demanda"), to),
    )


@door(access.SEE_BUYERS)
def demand(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """One demand, and the offers of one's firms before it: reasons, gaps, what to ask."""
    row, today = access.demand(request.user, key), timezone.localdate()
    rows = shown.with_parts(access.visible_offers(request.user).exclude(state="withdrawn"))
    context = {
        "demand": row,
        "is_open": row.is_open_on(today),
        "needs": selectors.requirement_rows(row),
        "fits": fits.for_demand(row, shown.all_facts(rows, today), today)[:40],
        "may_keep": rights.may(request.user, access.KEEP_BUYERS),
        "history": history(row),
    }
    return render(request, "linkages/demand.html", context)


@door(access.MARK)
def interest_list(request: HttpRequest) -> HttpResponse:
    """What buyers asked through their links and nobody answered yet."""
    rows = selectors.waiting_interests(access.visible_offers(request.user, access.MARK))
    programmes = access.programmes_of(request.user, access.MARK)
    context = {"interests": rows[:200], "programmes": programmes}
    return render(request, "linkages/interests.html", context)


@door(access.MARK)
@require_POST
def answer_interest(request: HttpRequest, key: int) -> HttpResponse:
    """Open the deal that an interest announces, or note that the buyer was answered."""
    row = access.interest(request.user, key)
    programme = (
        access.programmes_of(request.user, access.MARK)
        .filter(code=request.POST.get("programme", ""))
        .first()
    )
    act = actor.of_request(request)
    if request.POST.get("act") != "open":
        interests.answer_interest(actor=act, interest=row)
        messages.success(request, _("Anotado: se le respondió."))
        return redirect("linkages:interests")
    if programme is None:
        messages.error(request, _("Elija el programa en que se cuenta el negocio."))
        return redirect("linkages:interests")
    deal = interests.open_deal_of(actor=act, interest=row, programme=programme)
    return redirect("linkages:deal", deal.public_id)
