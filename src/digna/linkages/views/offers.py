"""Offers: the list, one whole, a firm's own with what may be shown of it, papers, photographs."""

import uuid
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from digna.accounts.doors import door
from digna.improvement.forms import ActForm
from digna.improvement.views import forming
from digna.journal.history import history
from digna.linkages import access, forms, labels
from digna.linkages.models import MarketConsent, Offer
from digna.linkages.selectors import fits
from digna.linkages.selectors import offers as selectors
from digna.linkages.selectors import showing as shown
from digna.linkages.services import consents
from digna.linkages.services import offers as services
from digna.linkages.showing import GROUPS
from digna.linkages.views import listing
from digna.registry.models import Enterprise

PAGE = 30


def _filters(request: HttpRequest) -> selectors.Filters:
    asked = request.GET
    return selectors.Filters(
        q=asked.get("q", "").strip(), state=asked.get("estado", ""), lacking=asked.get("falta", "")
    )


@door(access.SEE)
def offers(request: HttpRequest) -> HttpResponse:
    """What firms offer, and what each offer still lacks."""
    filters, visible = _filters(request), access.visible_offers(request.user)
    found = shown.with_parts(selectors.found(visible, filters)).distinct()
    states = {"": _("Todas")} | {str(v): str(t).capitalize() for v, t in Offer.State.choices}
    context = {
        "page": Paginator(found, PAGE).get_page(request.GET.get("pagina")),
        "filters": listing.chips(request, "estado", states, selectors.state_counts(visible)),
        "asked": filters,
        "audiences": {str(v): str(t) for v, t in MarketConsent.Audience.choices},
        "lacks": _lacks(),
        "waiting": selectors.waiting_interests(visible).count(),
    }
    return render(request, "linkages/offers.html", context)


def _lacks() -> dict[str, str]:
    return {
        "fotos": _("Sin fotos"),
        "papeles": _("Sin preguntar por papeles"),
        "capacidad": _("Sin capacidad"),
        "ingles": _("Sin inglés"),
    }


HEADER = (
    "Empresa", "Producto", "En inglés", "Código HS", "Capacidad al mes", "Unidad", "Pedido mínimo",
    "Precio desde", "Precio hasta", "Moneda", "Precio por", "Idiomas", "Meses", "Certificaciones",
    "Estado", "Publicada el",
)  # fmt: skip


@door(access.SEE)
def export_offers(request: HttpRequest) -> HttpResponse:
    """The list as it is filtered, for a spreadsheet."""
    found = selectors.found(access.visible_offers(request.user), _filters(request))
    rows = shown.with_parts(found).distinct()
    return listing.file(request, "ofertas", HEADER, _told(rows))


def _told(rows: Any) -> Iterator[tuple[Any, ...]]:
    for row in rows:
        papers = ", ".join(str(one.requirement) for one in row.certifications.all())
        yield (
            row.enterprise.name, row.name_es, row.name_en, row.hs_code, row.capacity_per_month,
            labels.unit(row.unit), row.minimum_order, row.price_low, row.price_high, row.currency,
            labels.unit(row.price_unit), ", ".join(row.languages),
            ", ".join(str(month) for month in row.months), papers,
            str(row.get_state_display()), row.published_on,
        )  # fmt: skip


@door(access.SEE)
def offer(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """One offer: its facts, what buyers see of it, the demands it could answer."""
    row = access.offer(request.user, key)
    rows = shown.with_parts(Offer.objects.filter(pk=row.pk))
    today = timezone.localdate()
    facts = shown.all_facts(rows, today)[0]
    context = {
        "offer": row,
        "facts": facts,
        "papers": list(row.certifications.select_related("requirement")),
        "today": today,
        "photos": list(row.photos.all()),
        "consent": shown.latest_consent(row.enterprise),
        "fits": fits.for_offer(facts, selectors.open_demands(today), today)[:12],
        "deals": row.deals.all()[:20],
        "can_edit": access.may(request.user, access.EDIT, row.enterprise),
        "photo_form": forms.PhotoForm(),
        "paper_form": forms.PaperForm(),
        "history": history(row),
    }
    return render(request, "linkages/offer.html", context)


@door(access.SEE)
def firm_offers(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """What one firm offers, and what it agreed to show of itself."""
    firm = access.firm(request.user, key)
    rows = shown.with_parts(Offer.objects.filter(enterprise=firm))
    context = {
        "enterprise": firm,
        "offers": list(rows),
        "consent": shown.latest_consent(firm),
        "shows": _shows(shown.latest_consent(firm)),
        "words": firm.market_consents.order_by("-on", "-pk")[1:11],
        "can_edit": access.may(request.user, access.EDIT, firm),
    }
    return render(request, "linkages/firm_offers.html", context)


def _shows(row: MarketConsent | None) -> list[tuple[str, bool]]:
    if row is None:
        return []
    fields = {f.name: f for f in MarketConsent._meta.get_fields()}
    names = [(f"shows_{group}", group) for group in GROUPS]
    return [(str(fields[n].verbose_name), getattr(row, n)) for n, _group in names]  # type: ignore[union-attr]


@door(access.EDIT)
def note_offer(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """A new product of a firm."""
    firm = access.firm(request.user, key, access.EDIT)
    made: list[Offer] = []
    return forming.answer(
        request,
        forms.OfferForm(request.POST or None),
        lambda f, who: made.append(services.note_offer(actor=who, enterprise=firm, **f.given)),
        to=reverse("linkages:firm_offers", args=[key]),
        page=_page(_("Nueva oferta de %(firm)s") % {"firm": firm}, _of_firm(firm))
        | {
            "sentence": _(
                "Escriba lo que sabe hoy; lo que falta se completa después. Nadie de fuera la ve "
                "hasta que se publique."
            )
        },
        said=_("Oferta guardada. Agregue fotos y certificaciones, y publíquela."),
    )


@door(access.EDIT)
def change_offer(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Correct an offer."""
    row = access.offer(request.user, key, access.EDIT)
    return forming.answer(
        request,
        forms.OfferForm(request.POST or None, initial=forms.offer_initial(row)),
        lambda f, who: services.change_offer(actor=who, offer=row, **f.given),
        to=_to(row),
        page=_page(_("Corregir la oferta"), _to(row)),
    )


def _to(row: Offer) -> str:
    return reverse("linkages:offer", args=[row.public_id])


def _pressed(
    request: HttpRequest, row: Offer, act: Callable[..., object], said: str
) -> HttpResponse:
    """Carry out a button on an offer's page and go back to it."""
    form = ActForm(request.POST)
    return forming.press(request, form, lambda _f, who: act(actor=who), to=_to(row), said=said)


def _of_firm(firm: Enterprise) -> str:
    return reverse("linkages:firm_offers", args=[firm.public_id])


def _page(title: str, back: str, **more: Any) -> dict[str, Any]:
    return {"title": title, "back_url": back, "action": _("Guardar"), "draft": True} | more


@door(access.EDIT)
@require_POST
def publish_offer(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Put an offer into the catalogue."""
    row = access.offer(request.user, key, access.EDIT)
    said = _("Publicada. La ve quien la empresa permitió, y solo lo que permitió.")
    return _pressed(request, row, partial(services.publish_offer, offer=row), said)


@door(access.EDIT)
@require_POST
def withdraw_offer(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Take an offer out of the catalogue."""
    row = access.offer(request.user, key, access.EDIT)
    act = partial(services.withdraw_offer, offer=row)
    return _pressed(request, row, act, _("Retirada del catálogo."))


@door(access.EDIT)
def note_paper(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """A certificate or registration behind an offer."""
    row = access.offer(request.user, key, access.EDIT)
    return forming.answer(
        request,
        forms.PaperForm(request.POST or None),
        lambda f, who: services.note_paper(actor=who, offer=row, **f.given),
        to=_to(row),
        page=_page(_("Certificación o registro de «%(offer)s»") % {"offer": row}, _to(row)),
    )


@door(access.EDIT)
@require_POST
def remove_paper(request: HttpRequest, key: int) -> HttpResponse:
    """Take a paper back."""
    paper = access.paper(request.user, key)
    return _pressed(
        request, paper.offer, partial(services.remove_paper, paper=paper), _("Quitada.")
    )


@door(access.EDIT)
@require_POST
def no_more_papers(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The firm was asked and has no other paper."""
    row = access.offer(request.user, key, access.EDIT)
    act = partial(services.state_no_more_papers, offer=row)
    return _pressed(request, row, act, _("Anotado: no tiene otras."))


@door(access.EDIT)
@require_POST
def add_photo(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """A photograph of the product."""
    row = access.offer(request.user, key, access.EDIT)
    return forming.press(
        request,
        forms.PhotoForm(request.POST, request.FILES),
        lambda f, who: services.add_photo(
            actor=who, offer=row, content=f.content(), caption=f.given["caption"]
        ),
        to=_to(row),
        said=_("Guardamos la foto."),
    )


@door(access.EDIT)
@require_POST
def remove_photo(request: HttpRequest, key: int) -> HttpResponse:
    """Take a photograph away."""
    photo = access.photo(request.user, key, access.EDIT)
    act = partial(services.remove_photo, photo=photo)
    return _pressed(request, photo.offer, act, _("Quitamos la foto."))


@door(access.SEE)
def photo(request: HttpRequest, key: int) -> FileResponse:
    """The photograph itself, for those who see the firm."""
    reply = FileResponse(access.photo(request.user, key).file.open("rb"), content_type="image/jpeg")
    reply["Cache-Control"] = "private, max-age=86400"
    return reply


@door(access.EDIT)
def consent(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """What the firm agrees to show, and to whom."""
    firm = access.firm(request.user, key, access.EDIT)
    row = shown.latest_consent(firm)
    initial: dict[str, Any] = {"audience": "buyers", "shows": ["name", "capacity", "photos"]}
    if row is not None:
        ticked = [group for group in GROUPS if getattr(row, f"shows_{group}")]
        initial = {"audience": row.audience, "shows": ticked}
    return forming.answer(
        request,
        forms.ConsentForm(request.POST or None, initial=initial),
        lambda f, who: consents.say_consent(actor=who, enterprise=firm, **f.agreed),
        to=_of_firm(firm),
        page=_page(_("Qué puede mostrarse de %(firm)s") % {"firm": firm}, _of_firm(firm))
        | {
            "sentence": _(
                "Lo decide la empresa y puede cambiarlo o quitarlo cuando quiera: vale desde ese "
                "momento."
            ),
            "draft": False,
        },
        said=_("Anotado. Vale desde ahora."),
    )


@door(access.EDIT)
def withdraw_consent(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Take everything back at once."""
    firm = access.firm(request.user, key, access.EDIT)
    return forming.answer(
        request,
        forms.WithdrawForm(request.POST or None),
        lambda f, who: consents.withdraw_consent(actor=who, enterprise=firm, **f.given),
        to=_of_firm(firm),
        page={
            "title": _("Dejar de mostrar a %(firm)s") % {"firm": firm},
            "sentence": _("Nadie de fuera verá sus ofertas desde este momento."),
            "consequences": [
                _("Los enlaces de compradores y la página pública dejan de mostrarla al instante."),
                _("Los negocios ya abiertos siguen. Puede volver a permitirlo cuando quiera."),
            ],
            "action": _("Dejar de mostrar"),
            "is_grave": True,
            "back_url": _of_firm(firm),
        },
        said=_("Ya no se muestra a nadie."),
        template="web/confirm.html",
    )
