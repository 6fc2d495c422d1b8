"""Deals and their steps. What was intended and what was paid are two measures, never one sum."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from digna.linkages.labels import UNITS
from digna.linkages.models.buyers import Buyer, Demand
from digna.linkages.models.offers import Offer
from digna.programmes.models import Programme
from digna.registry.models import Enterprise


class Deal(models.Model):
    """Business between a firm and a buyer, from the first word to the payment or the loss."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    enterprise = models.ForeignKey(
        Enterprise, on_delete=models.PROTECT, related_name="deals", verbose_name=_("empresa")
    )
    buyer = models.ForeignKey(
        Buyer,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="deals",
        verbose_name=_("comprador"),
    )
    buyer_name = models.CharField(_("comprador (en palabras)"), max_length=160, blank=True)
    programme = models.ForeignKey(
        Programme, on_delete=models.PROTECT, related_name="deals", verbose_name=_("programa")
    )
    product = models.CharField(_("producto"), max_length=160)
    offer = models.ForeignKey(
        Offer,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="deals",
        verbose_name=_("oferta"),
    )
    demand = models.ForeignKey(
        Demand,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="deals",
        verbose_name=_("demanda"),
    )
    origin = models.CharField(_("de dónde viene"), max_length=120, blank=True, editable=False)
    is_export = models.BooleanField(_("es exportación"), default=False)
    is_supplier_programme = models.BooleanField(_("por un programa de proveedores"), default=False)
    opened_on = models.DateField(_("abierto el"))
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["-opened_on", "-id"]
        verbose_name = _("negocio")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["origin"], condition=~Q(origin=""), name="linkages_deal_origin_once"
            ),
            models.CheckConstraint(
                condition=Q(buyer__isnull=False) | ~Q(buyer_name=""),
                name="linkages_deal_has_a_buyer",
            ),
        ]

    def __str__(self) -> str:
        return self.product

    @property
    def buyer_label(self) -> str:
        """Who buys: the buyer on record, or the words it was noted with."""
        return str(self.buyer) if self.buyer is not None else self.buyer_name


class DealStep(models.Model):
    """One dated step. A correction is a new step that `replaces` one; both stay to be read.

    `rate` turns `amount` into `rate_currency` (amount × rate), as read on a day in a source.
    """

    class Kind(models.TextChoices):
        INTENTION = "intention", _("intención")
        SAMPLE = "sample", _("muestra")
        ORDER = "order", _("pedido")
        PAID = "paid", _("pago")
        LOST = "lost", _("perdido")

    class Review(models.TextChoices):
        NOT_NEEDED = "not_needed", _("sin observación")
        WAITING = "waiting", _("por revisar")
        CONFIRMED = "confirmed", _("confirmado")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    deal = models.ForeignKey(Deal, on_delete=models.CASCADE, related_name="steps")
    kind = models.CharField(_("paso"), max_length=9, choices=Kind.choices)
    on = models.DateField(_("fecha"))
    amount = models.DecimalField(_("monto"), max_digits=16, decimal_places=2, null=True, blank=True)
    currency = models.CharField(_("moneda"), max_length=3, blank=True)
    quantity = models.DecimalField(
        _("cantidad"), max_digits=14, decimal_places=3, null=True, blank=True
    )
    unit = models.CharField(_("unidad"), max_length=12, choices=UNITS, blank=True)
    rate = models.DecimalField(
        _("tipo de cambio"), max_digits=16, decimal_places=8, null=True, blank=True
    )
    rate_currency = models.CharField(_("convertido a"), max_length=3, blank=True)
    rate_on = models.DateField(_("tipo de cambio del"), null=True, blank=True)
    rate_source = models.CharField(_("fuente del tipo de cambio"), max_length=120, blank=True)
    note = models.CharField(_("nota"), max_length=500, blank=True)
    evidence_file = models.FileField(_("evidencia"), upload_to="linkages/deals/%Y/%m/", blank=True)
    evidence_link = models.URLField(_("enlace a la evidencia"), max_length=300, blank=True)
    doubts = models.JSONField(_("preguntas hechas"), default=list, blank=True)
    confirmed_reason = models.CharField(_("explicación"), max_length=300, blank=True)
    review = models.CharField(
        _("revisión"), max_length=10, choices=Review.choices, default=Review.NOT_NEEDED
    )
    replaces = models.OneToOneField(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="replaced_by",
        verbose_name=_("corrige a"),
    )
    correction_reason = models.CharField(_("por qué se corrigió"), max_length=300, blank=True)
    withdrawn_at = models.DateTimeField(_("quitado"), null=True, blank=True)
    withdrawn_reason = models.CharField(_("por qué se quitó"), max_length=300, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["deal_id", "on", "id"]
        verbose_name = _("paso de un negocio")
        verbose_name_plural = _("pasos de un negocio")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(amount=None) | ~Q(currency=""),
                name="linkages_step_amount_has_currency",
            ),
            models.CheckConstraint(
                condition=~Q(kind="paid") | Q(amount__isnull=False),
                name="linkages_step_paid_has_amount",
            ),
            models.CheckConstraint(
                condition=Q(rate=None)
                | (Q(rate__gt=0, rate_on__isnull=False) & ~Q(rate_currency="", rate_source="")),
                name="linkages_step_rate_is_sourced",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.deal_id}: {self.kind} {self.on}"

    @property
    def has_evidence(self) -> bool:
        """Whether something besides words stands behind it."""
        return bool(self.evidence_file or self.evidence_link)


class FollowUp(models.Model):
    """Somebody asked after a deal: what was said, and when to ask again. It moves no step.

    Only an answer counts as a follow-up: a call that nobody took is kept, and counts for nothing.
    """

    deal = models.ForeignKey(Deal, on_delete=models.CASCADE, related_name="follow_ups")
    on = models.DateField(_("fecha"))
    was_answered = models.BooleanField(_("respondieron"), default=True)
    note = models.CharField(_("qué dijeron"), max_length=500, blank=True)
    next_on = models.DateField(_("volver a preguntar el"), null=True, blank=True)
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    noted_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["deal_id", "on", "id"]
        verbose_name = _("seguimiento de un negocio")
        verbose_name_plural = _("seguimientos de un negocio")

    def __str__(self) -> str:
        return f"{self.deal_id}: {self.on}"


class Interest(models.Model):
    """What a buyer said of an offer: it interests, or a sample is wanted. It may open a deal."""

    class Kind(models.TextChoices):
        INTERESTED = "interested", _("le interesa")
        SAMPLE = "sample", _("pide una muestra")

    buyer = models.ForeignKey(Buyer, on_delete=models.CASCADE, related_name="interests")
    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="interests")
    kind = models.CharField(_("qué pide"), max_length=10, choices=Kind.choices)
    message = models.CharField(_("mensaje"), max_length=500, blank=True)
    said_by = models.CharField(_("quién"), max_length=120, blank=True)
    deal = models.ForeignKey(
        Deal, null=True, blank=True, on_delete=models.SET_NULL, related_name="interests"
    )
    at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(_("atendido"), null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-at", "-id"]
        verbose_name = _("interés de un comprador")
        verbose_name_plural = _("intereses de compradores")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["buyer", "offer", "kind"], name="linkages_interest_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.buyer_id} {self.kind} {self.offer_id}"
