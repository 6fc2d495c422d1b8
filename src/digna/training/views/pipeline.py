"""Sales: offers by stage, one offer, its diagnosis and its paper; buyers' programmes."""

import uuid
from decimal import Decimal
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from digna.accounts import doing, rights
from digna.accounts.doors import door
from digna.registry import access as registry
from digna.registry import downloads
from digna.training import access
from digna.training.forms.pipeline import (
    BuyerForm,
    ConsentForm,
    EnrolFromForm,
    IntakeForm,
    LoseForm,
    OpportunityForm,
    StageForm,
)
from digna.training.models import Opportunity
from digna.training.selectors import lists, offers
from digna.training.services import buyers
from digna.training.services import pipeline as services
from digna.training.views.cycles import chips
from digna.web import links, pdf

PAGE = 30


@door(access.SEE)
def pipeline(request: HttpRequest) -> HttpResponse:
    """Offers by stage, who is to be called first on top."""
    stage, q = request.GET.get("etapa", ""), request.GET.get("q", "")
    stages = lists.stages(request.user)
    told = [("", _("Todas"), sum(one.count for one in stages))]
    told += [(one.stage, one.label, one.count) for one in stages]
    rows = lists.opportunities(request.user, stage, q)
    context = {
        "stages": stages,
        "page": Paginator(rows, PAGE).get_page(request.GET.get("pagina")),
        "filters": chips(request, "etapa", told),
        "q": q,
        "today": timezone.localdate(),
        "can_sell": rights.may(request.user, access.SELL),
    }
    return render(request, "training/pipeline.html", context)


HEADER = (
    "Empresa", "Módulo", "Socio", "Etapa", "Desde", "Precio ofrecido", "Descuento", "Subsidio",
    "Precio aceptado", "Pagado", "Moneda", "Próximo contacto", "Por qué se perdió", "Qué dijo",
)  # fmt: skip


@door(access.SEE)
def export_pipeline(request: HttpRequest) -> HttpResponse:
    """The offers as filtered, for a spreadsheet."""
    rows = lists.opportunities(request.user, request.GET.get("etapa", ""), request.GET.get("q", ""))
    told = (
        (
            row.enterprise.name,
            row.module.name if row.module is not None else None,
            str(row.partner or ""),
            row.get_stage_display(),
            row.since,
            row.price_offered,
            row.discount,
            row.subsidy,
            row.price_accepted,
            row.paid,
            row.currency,
            row.next_contact_on,
            row.get_lost_reason_display() if row.lost_reason else None,
            row.lost_note,
        )
        for row in rows
    )
    is_xlsx = request.GET.get("formato") == "xlsx"
    file = downloads.xlsx_file if is_xlsx else downloads.csv_file
    return file("ventas", HEADER, told)


def url_of(row: Opportunity) -> str:
    """Return the address of an offer."""
    return reverse("training:opportunity", args=[row.public_id])


@door(access.SELL)
def new_opportunity(request: HttpRequest) -> HttpResponse:
    """A first contact."""
    firm = None
    if key := _uuid(request.GET.get("empresa", "")):
        firm = registry.visible_enterprises(request.user).filter(public_id=key).first()
    return doing.form_page(
        request,
        OpportunityForm(request.POST or None, user=request.user, initial={"enterprise": firm}),
        lambda who, form: services.open_opportunity(actor=who, **form.given),
        title=_("Nueva oportunidad"),
        sentence=_("Una empresa a la que se le ofrecerá formación."),
        action=_("Anotar"),
        back=reverse("training:pipeline"),
        done=_("Anotamos el contacto. Siga con el diagnóstico."),
        to=url_of,
    )


def _uuid(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


@door(access.SEE)
def opportunity(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """One offer: its diagnosis, its price and its stage."""
    row = access.opportunity(request.user, key)
    can_sell = (
        rights.may(request.user, access.SELL)
        and access.visible_opportunities(request.user, access.SELL).filter(pk=row.pk).exists()
    )
    form = StageForm(request.POST if can_sell and request.POST else None, opportunity=row)

    def do(who: Any, form: Any) -> Opportunity:
        given = form.given
        return services.move_opportunity(
            actor=who, opportunity=row, on=timezone.localdate(), **given
        )

    return doing.form_page(
        request,
        form,
        do,
        title=str(row.enterprise),
        action=_("Guardar"),
        back=url_of(row),
        done=_("Guardamos la oferta."),
        template="training/opportunity.html",
        context={"row": row, "offer": offers.of(row), "can_sell": can_sell},
    )


@door(access.SELL)
def diagnose(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The short diagnosis; it begins from the last one's answers."""
    row = access.opportunity(request.user, key, access.SELL)
    last = row.intakes.first()
    initial: dict[str, Any] = dict(last.answers) if last is not None else {}
    return doing.form_page(
        request,
        IntakeForm(request.POST or None, initial=initial),
        lambda who, form: services.record_intake(
            actor=who, opportunity=row, on=form.cleaned_data["on"], answers=form.answers
        ),
        title=_("Diagnóstico"),
        sentence=_("%(name)s · lo que no se sepa queda vacío.") % {"name": row.enterprise},
        action=_("Calcular"),
        back=url_of(row),
        done=_("Guardamos el diagnóstico."),
        template="training/diagnose.html",
        context={"row": row, "known": offers.known_facts(row)},
    )


@door(access.SELL)
def lose(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Note that an offer was lost."""
    row = access.opportunity(request.user, key, access.SELL)
    return doing.form_page(
        request,
        LoseForm(request.POST or None),
        lambda who, form: services.lose_opportunity(
            actor=who,
            opportunity=row,
            reason=form.cleaned_data["reason"],
            note=form.cleaned_data["note"],
            on=form.cleaned_data["on"],
        ),
        title=_("Oportunidad perdida"),
        sentence=str(row.enterprise),
        action=_("Anotar como perdida"),
        back=url_of(row),
        done=_("Anotamos por qué se perdió. Puede reabrirla pasando a otra etapa."),
    )


@door(access.SELL)
def enrol_from(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Take a firm that signed into a cycle."""
    row = access.opportunity(request.user, key, access.SELL)
    return doing.form_page(
        request,
        EnrolFromForm(request.POST or None, user=request.user, opportunity=row),
        lambda who, form: services.enrol_from(actor=who, opportunity=row, **form.given),
        title=_("Inscribir en un ciclo"),
        sentence=str(row.enterprise),
        action=_("Inscribir"),
        back=url_of(row),
        done=_("La empresa entró al ciclo."),
        to=lambda made: reverse("training:firm", args=[made.public_id]),
    )


@door(access.SEE)
def offer_paper(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The offer on one page of A4."""
    row = access.opportunity(request.user, key)
    context = {
        "row": row,
        "offer": offers.of(row),
        "qr": links.qr(request.build_absolute_uri(url_of(row))),
        "zero": Decimal(0),
    }
    return pdf.response(request, "training/offer_paper.html", context, "oferta")


@door(access.BUYER)
def buyer_programmes(request: HttpRequest) -> HttpResponse:
    """The buyers' programmes that this person leads or looks at."""
    context = {
        "rows": access.visible_buyer_programmes(request.user).select_related("buyer", "partner"),
        "can_create": rights.may(request.user, access.PLAN),
    }
    return render(request, "training/buyer_programmes.html", context)


@door(access.BUYER)
def buyer_programme(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Totals of a buyer's suppliers; by name only those who consented."""
    row = access.buyer_programme(request.user, key)
    can_change = access.may_change_buyer(request.user, row)
    context = {
        "programme": row,
        "buyer": lists.buyer_page(row),
        "can_change": can_change,
        "suppliers": offers.suppliers(row) if can_change else [],
    }
    return render(request, "training/buyer_programme.html", context)


@door(access.PLAN)
def new_buyer_programme(request: HttpRequest) -> HttpResponse:
    """A new buyer's programme."""
    return doing.form_page(
        request,
        BuyerForm(request.POST or None, user=request.user),
        lambda who, form: buyers.create_buyer_programme(actor=who, **form.given),
        title=_("Nuevo programa de comprador"),
        sentence=_("Un comprador que apoya la formación de sus proveedores."),
        action=_("Crear"),
        back=reverse("training:buyer_programmes"),
        done=_("Creamos el programa. Elíjalo al abrir o corregir un ciclo."),
        to=lambda made: reverse("training:buyer_programme", args=[made.public_id]),
    )


@door(access.PLAN)
def change_buyer_programme(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Correct a buyer's programme and who looks on."""
    row = access.buyer_programme_to_change(request.user, key)
    names = ("name", "buyer", "partner", "starts_on", "ends_on")
    initial = {name: getattr(row, name) for name in names}
    initial["viewers"] = list(row.viewers.all())
    return doing.form_page(
        request,
        BuyerForm(request.POST or None, user=request.user, initial=initial),
        lambda who, form: buyers.change_buyer_programme(actor=who, programme=row, **form.given),
        title=_("Corregir el programa de comprador"),
        action=_("Guardar"),
        back=reverse("training:buyer_programme", args=[key]),
        done=_("Guardamos los cambios."),
    )


@door(access.PLAN)
def supplier_consent(request: HttpRequest, key: uuid.UUID, firm: uuid.UUID) -> HttpResponse:
    """What a supplier said of showing its own figures."""
    row = access.buyer_programme_to_change(request.user, key)
    supplier = access.supplier(row, firm)
    return doing.form_page(
        request,
        ConsentForm(request.POST or None),
        lambda who, form: buyers.record_consent(
            actor=who, programme=row, enterprise=supplier, **form.given
        ),
        title=_("Consentimiento de %(name)s") % {"name": supplier},
        sentence=_("Sin consentimiento el comprador ve solo totales."),
        action=_("Anotar"),
        back=reverse("training:buyer_programme", args=[key]),
        done=_("Anotamos lo que dijo el proveedor."),
    )
