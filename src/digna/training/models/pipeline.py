"""The partner's sales: a firm from first contact to the next module, and its diagnosis."""

import uuid
from decimal import Decimal
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from digna.registry.models import Enterprise, Organisation
from digna.training.models.catalogue import Module
from digna.training.models.cycles import BuyerProgramme, CycleFirm


class Opportunity(models.Model):
    """One module offered to one firm: how far it got, its price, and why it was lost."""

    class Stage(models.TextChoices):
        CONTACT = "contact", _("contacto")
        DIAGNOSED = "diagnosed", _("diagnosticada")
        OFFER = "offer", _("oferta")
        SIGNED = "signed", _("firmada")
        PAID = "paid", _("pagada")
        NEXT = "next", _("siguiente módulo ofrecido")
        LOST = "lost", _("perdida")

    class LostReason(models.TextChoices):
        PRICE = "price", _("precio")
        TIME = "time", _("tiempo")
        NO_INTEREST = "no_interest", _("sin interés")
        FREE_ALTERNATIVE = "free", _("hay una oferta gratuita")
        CRISIS = "crisis", _("crisis")
        OTHER = "other", _("otra")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    enterprise = models.ForeignKey(
        Enterprise,
        on_delete=models.PROTECT,
        related_name="opportunities",
        verbose_name=_("empresa"),
    )
    partner = models.ForeignKey(
        Organisation,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="opportunities",
        verbose_name=_("socio"),
    )
    module = models.ForeignKey(
        Module,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="opportunities",
        verbose_name=_("módulo"),
    )
    buyer_programme = models.ForeignKey(
        BuyerProgramme,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="opportunities",
        verbose_name=_("programa de comprador"),
    )
    stage = models.CharField(_("etapa"), max_length=9, choices=Stage.choices, default=Stage.CONTACT)
    since = models.DateField(_("desde"))
    contacted_on = models.DateField(_("primer contacto"))
    last_contact_on = models.DateField(_("último contacto"), null=True, blank=True)
    next_contact_on = models.DateField(_("próximo contacto"), null=True, blank=True)
    price_offered = models.DecimalField(
        _("precio ofrecido"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    subsidy = models.DecimalField(
        _("subsidio"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    discount = models.DecimalField(
        _("descuento"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    price_accepted = models.DecimalField(
        _("precio aceptado"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    paid = models.DecimalField(_("pagado"), max_digits=12, decimal_places=2, null=True, blank=True)
    currency = models.CharField(_("moneda"), max_length=3, default="BOB")
    starts_on = models.DateField(_("comenzaría el"), null=True, blank=True)
    valid_until = models.DateField(_("oferta válida hasta"), null=True, blank=True)
    lost_reason = models.CharField(
        _("por qué se perdió"), max_length=12, choices=LostReason.choices, blank=True
    )
    lost_note = models.CharField(_("qué dijo"), max_length=300, blank=True)
    notes = models.TextField(_("notas"), blank=True)
    firm = models.OneToOneField(
        CycleFirm, null=True, blank=True, on_delete=models.SET_NULL, related_name="opportunity"
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering: ClassVar = ["next_contact_on", "-since", "-id"]
        verbose_name = _("oportunidad")
        indexes: ClassVar = [models.Index(fields=["stage"], name="training_opportunity_by_stage")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(stage="lost") | ~Q(lost_reason=""),
                name="training_opportunity_lost_with_reason",
            )
        ]

    def __str__(self) -> str:
        return f"{self.enterprise_id}: {self.stage}"

    @property
    def firm_pays(self) -> Decimal | None:
        """What the firm would pay: price less discount and subsidy; none without a price."""
        if self.price_accepted is not None:
            return self.price_accepted
        if self.price_offered is None:
            return None
        return self.price_offered - (self.discount or 0) - (self.subsidy or 0)


class Intake(models.Model):
    """A diagnosis: what the firm answered, and the estimate and advice computed from it then."""

    opportunity = models.ForeignKey(Opportunity, on_delete=models.CASCADE, related_name="intakes")
    on = models.DateField(_("fecha"))
    answers = models.JSONField(
        blank=True, help_text="the form as answered; a missing answer is absent"
    )
    estimate = models.JSONField(
        blank=True, help_text="low, high, currency and each part's reasoning"
    )
    advice = models.JSONField(
        blank=True, help_text="modules in order, each with the codes of its reasons"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["-on", "-id"]
        verbose_name = _("diagnóstico")

    def __str__(self) -> str:
        return f"{self.opportunity_id} {self.on}"
