"""Deals: the list, one whole with its steps, what is due, every step and correction."""

import uuid
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from digna.accounts.doors import door
from digna.errors import NotVisible
from digna.improvement.views import forming
from digna.journal.history import history
from digna.linkages import access, deal_forms, dealing, sentences
from digna.linkages.models import Buyer, Deal, DealStep, Demand
from digna.linkages.selectors import deals as selectors
from digna.linkages.selectors.deals import DealStanding
from digna.linkages.services import deals as services
from digna.linkages.views import listing
from digna.programmes.models import Programme

PAGE = 30
SOON = timedelta(days=14)
NO_KEY = uuid.UUID(int=0)


def _filters(request: HttpRequest) -> selectors.Filters:
    asked = request.GET
    try:
        buyer = str(uuid.UUID(asked.get("comprador", "")))
    except ValueError:
        buyer = ""
    return selectors.Filters(
        q=asked.get("q", "").strip(),
        state=asked.get("estado", ""),
        kind=asked.get("tipo", ""),
        programme=asked.get("programa", ""),
        buyer=buyer,
    )


def _standings(request: HttpRequest) -> list[DealStanding]:
    rows = selectors.found(access.visible_deals(request.user), _filters(request))
    return selectors.standings(selectors.with_steps(rows))


@door(access.SEE)
def deals(request: HttpRequest) -> HttpResponse:
    """Deals, and what those shown come to: sold beside intended, never one sum."""
    rows, today = _standings(request), timezone.localdate()
    states = {"": _("Todos")} | {
        state: selectors.state_label(state).capitalize() for state in ("open", *dealing.RANKS)
    }
    counts = selectors.state_counts(access.visible_deals(request.user))
    summary = selectors.summary(rows)
    context = {
        "page": Paginator(rows, PAGE).get_page(request.GET.get("pagina")),
        "filters": listing.chips(request, "estado", states, counts),
        "asked": _filters(request),
        "kinds": {
            "exportacion": _("Exportaciones"),
            "proveedores": _("Programas de proveedores"),
            "nacional": _("Dentro del país"),
        },
        "programmes": Programme.objects.filter(deals__isnull=False).distinct(),
        "sold": sentences.followed_lines(summary.followed),
        "known": sentences.known(summary.followed),
        "in_doubt": sentences.tally(summary.waiting) if summary.waiting else "",
        "due_count": len(selectors.chase(rows, today)),
    }
    return render(request, "linkages/deals.html", context)


HEADER = (
    "Empresa", "Comprador", "Producto", "Programa", "Abierto el", "Estado", "Desde", "Moneda",
    "Intención", "Pedido", "Cobrado", "Por revisar", "Exportación", "Programa de proveedores",
    "Con seguimiento", "Próximo seguimiento", "Última evidencia",
)  # fmt: skip


@door(access.SEE)
def export_deals(request: HttpRequest) -> HttpResponse:
    """The list as it is filtered: one row a deal and currency, measures in columns of their own."""
    rows = _standings(request)
    return listing.file(request, "negocios", HEADER, _told(rows))


def _told(rows: list[DealStanding]) -> Iterator[tuple[Any, ...]]:
    for row in rows:
        deal, due, evidence = row.deal, row.due, row.last_evidence
        tallies = [t.by_currency for t in (row.intended, row.ordered, row.realised, row.waiting)]
        for code in sorted({code for tally in tallies for code in tally}) or [""]:
            yield (
                deal.enterprise.name, deal.buyer_label, deal.product, deal.programme.name,
                deal.opened_on, row.state_label, row.since, code,
                *(tally.get(code) for tally in tallies),
                _yes(deal.is_export), _yes(deal.is_supplier_programme), _yes(row.is_followed_up),
                due.on if due is not None else None,
                evidence.on if evidence is not None else None,
            )  # fmt: skip


def _yes(value: bool) -> str:
    return _("sí") if value else _("no")


@door(access.SEE)
def chase(request: HttpRequest) -> HttpResponse:
    """What is due: deals to ask after, the longest overdue first."""
    today = timezone.localdate()
    due = selectors.chase(_standings(request), today + SOON)
    context = {
        "due": [(when, row, when.on <= today) for when, row in due][:200],
        "overdue": sum(when.on <= today for when, _row in due),
        "count": len(due),
        "can_edit": True,
    }
    return render(request, "linkages/chase.html", context)


@door(access.SEE)
def deal(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """One deal: how far it came, every step with its evidence, what was corrected."""
    row = access.deal(request.user, key)
    standing = selectors.standing(selectors.with_steps(Deal.objects.filter(pk=row.pk)).get())
    context = {
        "deal": row,
        "standing": standing,
        "way": _way(standing),
        "replaced": [s for s in standing.deal.steps.all() if s not in standing.steps],
        "follow_ups": list(standing.deal.follow_ups.all())[::-1],
        "due": standing.due,
        "today": timezone.localdate(),
        "can_edit": access.may(request.user, access.EDIT, row.enterprise),
        "can_review": access.may(request.user, access.REVIEW, row.enterprise),
        "history": history(row),
    }
    return render(request, "linkages/deal.html", context)


def _way(standing: DealStanding) -> list[dict[str, Any]]:
    """The way of a deal: each kind with what was recorded for it, in order."""
    told = []
    for kind in ("intention", "sample", "order", "paid"):
        steps = [step for step in standing.steps if step.kind == kind]
        told.append(
            {
                "label": DealStep.Kind(kind).label,
                "is_done": bool(steps),
                "is_here": standing.state == kind,
            }
        )
    return told


@door(access.EDIT)
def open_deal(request: HttpRequest) -> HttpResponse:
    """A new deal, from a firm's page, an offer's or a demand's."""
    firms = access.visible_firms(request.user, access.EDIT)
    offers = access.visible_offers(request.user, access.EDIT)
    sees_buyers = access.visible_buyers(request.user).exists()
    form = deal_forms.DealForm(
        request.POST or None,
        firms=firms,
        buyers=Buyer.objects.filter(is_active=True) if sees_buyers else Buyer.objects.none(),
        offers=offers,
        demands=Demand.objects.filter(is_published=True) if sees_buyers else Demand.objects.none(),
        programmes=access.programmes_of(request.user),
        initial=_initial(request, firms, offers),
    )
    made: list[Deal] = []
    back = reverse("linkages:deals")
    reply = forming.answer(
        request,
        form,
        lambda f, who: made.append(services.open_deal(actor=who, **f.told)),
        to=back,
        page={
            "title": _("Nuevo negocio"),
            "sentence": _("Una intención es una esperanza: se anota, y se sigue hasta el pago."),
            "action": _("Abrir el negocio"),
            "back_url": back,
            "draft": True,
        },
        said=_("Negocio abierto. Le recordaremos preguntar a los 3, 6 y 12 meses."),
    )
    return redirect("linkages:deal", made[0].public_id) if made else reply


def _initial(request: HttpRequest, firms: Any, offers: Any) -> dict[str, Any]:
    found: dict[str, Any] = {"on": timezone.localdate()}
    found["enterprise"] = firms.filter(public_id=_key(request, "empresa")).first()
    offer = offers.filter(public_id=_key(request, "oferta")).first()
    if offer is not None:
        found |= {"offer": offer, "enterprise": offer.enterprise_id, "product": offer.name_es}
    if access.visible_buyers(request.user).exists():
        demand = Demand.objects.filter(public_id=_key(request, "demanda")).first()
        if demand is not None:
            found |= {"demand": demand, "buyer": demand.buyer_id}
            found.setdefault("product", demand.product_es)
    return found


def _key(request: HttpRequest, name: str) -> uuid.UUID:
    try:
        return uuid.UUID(request.GET.get(name, ""))
    except ValueError:
        return NO_KEY


def _to(row: Deal) -> str:
    return reverse("linkages:deal", args=[row.public_id])


def _page(title: str, row: Deal, action: str = "", **more: Any) -> dict[str, Any]:
    sentence = f"{row.enterprise} → {row.buyer_label} · {row.product}"
    return {
        "title": title,
        "sentence": sentence,
        "action": action or _("Guardar"),
        "back_url": _to(row),
    } | more


@door(access.EDIT)
def change_deal(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Correct what a deal is about."""
    row = access.deal(request.user, key, access.EDIT)
    names = ("product", "is_export", "is_supplier_programme")
    form = deal_forms.DealFactsForm(
        request.POST or None, initial={name: getattr(row, name) for name in names}
    )
    return forming.answer(
        request,
        form,
        lambda f, who: services.change_deal(actor=who, deal=row, **f.given),
        to=_to(row),
        page=_page(_("Corregir el negocio"), row),
    )


@door(access.EDIT)
def record_step(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The next step."""
    row = access.deal(request.user, key, access.EDIT)
    standing = selectors.standing(selectors.with_steps(Deal.objects.filter(pk=row.pk)).get())
    form = deal_forms.StepForm(
        request.POST or None,
        request.FILES or None,
        initial={"on": timezone.localdate(), "kind": NEXT.get(standing.state, "paid")}
        | {"currency": _currency(standing)},
    )
    if not standing.ordered:
        form.without_rate()
    return forming.answer(
        request,
        form,
        lambda f, who: services.record_step(actor=who, deal=row, **f.told),
        to=_to(row),
        page=_page(_("Qué pasó con el negocio"), row, draft=True),
        said=_("Paso anotado."),
    )


NEXT = {"open": "intention", "intention": "sample", "sample": "order", "order": "paid"}


def _currency(standing: DealStanding) -> str:
    stated = [step.currency for step in standing.steps if step.currency]
    return stated[-1] if stated else ""


@door(access.EDIT)
def lose_deal(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """That a deal will not be, and why."""
    row = access.deal(request.user, key, access.EDIT)
    return forming.answer(
        request,
        deal_forms.LossForm(request.POST or None, initial={"on": timezone.localdate()}),
        lambda f, who: services.lose_deal(actor=who, deal=row, **f.given),
        to=_to(row),
        page=_page(_("El negocio se perdió"), row),
        said=_("Anotado. De los que se pierden también se aprende."),
    )


@door(access.EDIT)
def follow_up(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Somebody asked after a deal and nothing moved."""
    row = access.deal(request.user, key, access.EDIT)
    return forming.answer(
        request,
        deal_forms.FollowUpForm(request.POST or None, initial={"on": timezone.localdate()}),
        lambda f, who: services.note_follow_up(actor=who, deal=row, **f.given),
        to=_to(row),
        page=_page(_("Seguimiento"), row),
        said=_("Seguimiento anotado."),
    )


@door(access.EDIT)
def correct_step(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """A step anew; the old one stays to be read."""
    step = access.step(request.user, key)
    form = deal_forms.CorrectionForm(
        request.POST or None, request.FILES or None, initial=deal_forms.step_initial(step)
    )
    return forming.answer(
        request,
        form,
        lambda f, who: services.correct_step(actor=who, step=step, **f.told),
        to=_to(step.deal),
        page=_page(_("Corregir el paso"), step.deal),
        said=_("Corregido. El anterior queda en el historial."),
    )


@door(access.EDIT)
def withdraw_step(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Take back a step that never was."""
    step = access.step(request.user, key)
    return forming.answer(
        request,
        deal_forms.NeededReasonForm(request.POST or None),
        lambda _f, who: services.withdraw_step(actor=who, step=step),
        to=_to(step.deal),
        page=_page(
            _("Quitar el paso «%(kind)s»") % {"kind": step.get_kind_display()},
            step.deal,
            _("Quitar"),
            is_grave=True,
            consequences=[_("Deja de contarse; queda en el historial con su motivo.")],
        ),
        said=_("Quitado."),
        template="web/confirm.html",
    )


@door(access.REVIEW)
def confirm_step(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """A doubtful payment is right."""
    step = access.step(request.user, key, access.REVIEW)
    return forming.answer(
        request,
        deal_forms.NeededReasonForm(request.POST or None),
        lambda _f, who: services.confirm_step(actor=who, step=step),
        to=_to(step.deal),
        page=_page(
            _("Confirmar el pago"),
            step.deal,
            _("Confirmar"),
            consequences=[
                _("Explicación de quien lo anotó: %(why)s") % {"why": step.confirmed_reason},
                _("Desde ahora se suma a lo cobrado."),
            ],
        ),
        said=_("Confirmado: ya se suma."),
        template="web/confirm.html",
    )


@door(access.SEE)
def evidence(request: HttpRequest, key: uuid.UUID) -> FileResponse:
    """What stands behind a step."""
    step = access.step(request.user, key, access.SEE)
    if not step.evidence_file:
        raise NotVisible("linkages.not_visible", _("Este paso no tiene archivo de evidencia."))
    is_pdf = str(step.evidence_file.name).endswith(".pdf")
    kind = "application/pdf" if is_pdf else "image/jpeg"
    reply = FileResponse(step.evidence_file.open("rb"), content_type=kind)
    reply["Cache-Control"] = "private, max-age=3600"
    return reply
