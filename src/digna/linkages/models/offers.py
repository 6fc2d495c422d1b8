"""What firms offer, and what each agreed that buyers may see."""

import uuid
from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from digna.linkages.labels import UNITS
from digna.linkages.models.buyers import HS_CODE, HsEdition
from digna.linkages.models.reference import Requirement
from digna.registry.models import Enterprise
from digna.web.languages import either


class Incoterm(models.TextChoices):
    """The eleven rules of Incoterms 2020, by their letters."""

    EXW = "EXW", "EXW"
    FCA = "FCA", "FCA"
    FAS = "FAS", "FAS"
    FOB = "FOB", "FOB"
    CFR = "CFR", "CFR"
    CIF = "CIF", "CIF"
    CPT = "CPT", "CPT"
    CIP = "CIP", "CIP"
    DAP = "DAP", "DAP"
    DPU = "DPU", "DPU"
    DDP = "DDP", "DDP"


class Offer(models.Model):
    """A product of a firm as it can be sold: how much, for how much, when, with what papers."""

    class State(models.TextChoices):
        DRAFT = "draft", _("borrador")
        PUBLISHED = "published", _("publicada")
        WITHDRAWN = "withdrawn", _("retirada")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    enterprise = models.ForeignKey(
        Enterprise, on_delete=models.PROTECT, related_name="offers", verbose_name=_("empresa")
    )
    name_es = models.CharField(_("producto o servicio"), max_length=160)
    name_en = models.CharField(_("en inglés"), max_length=160, blank=True)
    common_name = models.CharField(_("nombre común"), max_length=120, blank=True)
    description_es = models.TextField(_("descripción"), blank=True)
    description_en = models.TextField(_("descripción en inglés"), blank=True)
    hs_code = models.CharField(_("código HS"), max_length=10, blank=True, validators=[HS_CODE])
    hs_edition = models.CharField(
        _("edición del HS"), max_length=6, choices=HsEdition.choices, default=HsEdition.HS2022
    )
    capacity_per_month = models.DecimalField(
        _("capacidad al mes"), max_digits=14, decimal_places=3, null=True, blank=True
    )
    unit = models.CharField(_("unidad"), max_length=12, choices=UNITS, blank=True)
    minimum_order = models.DecimalField(
        _("pedido mínimo"), max_digits=14, decimal_places=3, null=True, blank=True
    )
    price_low = models.DecimalField(
        _("precio desde"), max_digits=14, decimal_places=4, null=True, blank=True
    )
    price_high = models.DecimalField(
        _("precio hasta"), max_digits=14, decimal_places=4, null=True, blank=True
    )
    currency = models.CharField(_("moneda"), max_length=3, blank=True)
    price_unit = models.CharField(_("precio por"), max_length=12, choices=UNITS, blank=True)
    incoterm = models.CharField(_("Incoterm"), max_length=3, choices=Incoterm.choices, blank=True)
    languages = models.JSONField(_("idiomas"), default=list, blank=True)
    months = models.JSONField(
        _("meses disponibles"), default=list, blank=True, help_text="1 to 12; empty is not known"
    )
    papers_stated_on = models.DateField(
        _("certificaciones preguntadas el"), null=True, blank=True, help_text="null: nobody asked"
    )
    state = models.CharField(_("estado"), max_length=9, choices=State.choices, default=State.DRAFT)
    published_on = models.DateField(_("publicada el"), null=True, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(_("actualizada"), default=timezone.now)

    class Meta:
        ordering: ClassVar = ["name_es", "id"]
        verbose_name = _("oferta")
        indexes: ClassVar = [models.Index(fields=["state", "hs_code"], name="linkages_offer_shown")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(price_low=None)
                | Q(price_high=None)
                | Q(price_high__gte=F("price_low")),
                name="linkages_offer_prices_in_order",
            ),
            models.CheckConstraint(
                condition=Q(price_low=None, price_high=None) | ~Q(currency=""),
                name="linkages_offer_price_has_currency",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """What it is, in the language in use; Spanish where there is no other."""
        return either(self.name_es, self.name_en)

    @property
    def description(self) -> str:
        """What is told of it, in the language in use."""
        return either(self.description_es, self.description_en)

    @property
    def lacks_english(self) -> bool:
        """Whether a buyer abroad would read some of it in Spanish."""
        return not self.name_en or bool(self.description_es and not self.description_en)


class OfferCertification(models.Model):
    """A certificate or registration that stands behind an offer, with its number and its end."""

    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="certifications")
    requirement = models.ForeignKey(
        Requirement, on_delete=models.PROTECT, related_name="held_by", verbose_name=_("cuál")
    )
    number = models.CharField(_("número"), max_length=60, blank=True)
    valid_until = models.DateField(_("vale hasta"), null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["offer_id", "requirement__order", "id"]
        verbose_name = _("certificación de una oferta")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["offer", "requirement"], name="linkages_certification_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.offer_id}: {self.requirement_id}"

    def stands_on(self, day: date) -> bool:
        """Whether it is in force; without an end it is taken to be."""
        return self.valid_until is None or day <= self.valid_until


class OfferPhoto(models.Model):
    """A photograph of what is offered: small, upright, without its place."""

    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="photos")
    file = models.FileField(_("foto"), upload_to="linkages/%Y/%m/")
    caption = models.CharField(_("qué se ve"), max_length=120, blank=True)
    order = models.PositiveSmallIntegerField(default=0)
    added_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["offer_id", "order", "id"]
        verbose_name = _("foto de una oferta")

    def __str__(self) -> str:
        return f"{self.offer_id} {self.order}"


class MarketConsent(models.Model):
    """What a firm agreed to show, to whom; the latest day holds, and on one day the last said.

    Without one nothing is shown. The product itself (its name, description, HS code, languages) is
    shown to whom the firm agreed to be shown; everything else only where each was agreed to.
    """

    class Audience(models.TextChoices):
        NOBODY = "nobody", _("a nadie")
        BUYERS = "buyers", _("a los compradores del programa")
        PUBLIC = "public", _("a todos, en la página pública")

    enterprise = models.ForeignKey(
        Enterprise, on_delete=models.PROTECT, related_name="market_consents"
    )
    audience = models.CharField(_("a quién"), max_length=7, choices=Audience.choices)
    shows_name = models.BooleanField(_("nombre de la empresa"), default=False)
    shows_place = models.BooleanField(_("municipio"), default=False)
    shows_phone = models.BooleanField(_("celular"), default=False)
    shows_email = models.BooleanField(_("correo"), default=False)
    shows_price = models.BooleanField(_("precios"), default=False)
    shows_capacity = models.BooleanField(_("capacidad y pedido mínimo"), default=False)
    shows_papers = models.BooleanField(_("certificaciones y registros"), default=False)
    shows_photos = models.BooleanField(_("fotos"), default=False)
    on = models.DateField(_("fecha"))
    said_by = models.CharField(_("quién lo dijo"), max_length=120)
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    noted_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["enterprise_id", "-on", "-id"]
        verbose_name = _("qué puede mostrarse de una empresa")
        verbose_name_plural = _("qué puede mostrarse de las empresas")

    def __str__(self) -> str:
        return f"{self.enterprise_id}: {self.audience}"
