"""How ready a firm is to export, and the plan with which it goes: versions of both are kept."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from digna.registry.models import Enterprise


class ReadinessCheck(models.Model):
    """The answers of one day; papers that the pathway shows as done answer by themselves."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    enterprise = models.ForeignKey(
        Enterprise, on_delete=models.PROTECT, related_name="readiness_checks"
    )
    on = models.DateField(_("fecha"))
    answers = models.JSONField(default=dict, help_text="reply by item; a missing one is unknown")
    notes = models.JSONField(default=dict, blank=True, help_text="what shows it, by item")
    from_steps = models.JSONField(default=list, blank=True, help_text="items answered by papers")
    kit_version = models.CharField(max_length=80, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering: ClassVar = ["enterprise_id", "-on", "-id"]
        verbose_name = _("revisión de preparación para exportar")

    def __str__(self) -> str:
        return f"{self.enterprise} {self.on}"


class ExportPlan(models.Model):
    """One version of a firm's export plan; a newer one never rewrites it."""

    class Incoterm(models.TextChoices):
        EXW = "EXW", _("EXW: en su planta")
        FCA = "FCA", _("FCA: entregado al transportista")
        FOB = "FOB", _("FOB: a bordo en el puerto de salida")
        CFR = "CFR", _("CFR: costo y flete")
        CIF = "CIF", _("CIF: costo, seguro y flete")
        CPT = "CPT", _("CPT: transporte pagado hasta")
        DAP = "DAP", _("DAP: entregado en el lugar")
        DDP = "DDP", _("DDP: entregado con derechos pagados")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    enterprise = models.ForeignKey(
        Enterprise, on_delete=models.PROTECT, related_name="export_plans"
    )
    version = models.PositiveSmallIntegerField(_("versión"), default=1)
    pathway = models.SlugField(_("ruta"), max_length=60, blank=True)
    on = models.DateField(_("fecha"))
    product = models.CharField(_("producto"), max_length=160)
    hs_code = models.CharField(_("partida arancelaria"), max_length=14, blank=True)
    market = models.CharField(_("mercado"), max_length=120, blank=True)
    fact_sheet = models.CharField(
        _("ficha de mercado (dirección o nota)"), max_length=300, blank=True
    )
    buyer = models.CharField(_("comprador"), max_length=160, blank=True)
    volume = models.DecimalField(
        _("volumen por año"), max_digits=14, decimal_places=3, null=True, blank=True
    )
    unit = models.CharField(_("unidad"), max_length=20, blank=True)
    price = models.DecimalField(
        _("precio por unidad"), max_digits=12, decimal_places=4, null=True, blank=True
    )
    currency = models.CharField(_("moneda del precio"), max_length=3, default="USD")
    incoterm = models.CharField(_("Incoterm"), max_length=3, choices=Incoterm.choices, blank=True)
    logistics = models.TextField(_("transporte y salida"), blank=True, max_length=1500)
    budget = models.DecimalField(
        _("presupuesto"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    budget_currency = models.CharField(_("moneda del presupuesto"), max_length=3, default="BOB")
    budget_note = models.TextField(_("en qué se va el presupuesto"), blank=True, max_length=1500)
    calendar = models.TextField(_("calendario"), blank=True, max_length=1500)
    risks = models.TextField(_("riesgos y qué hará"), blank=True, max_length=1500)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering: ClassVar = ["enterprise_id", "-at", "-id"]
        verbose_name = _("plan de exportación")

    def __str__(self) -> str:
        return f"{self.enterprise} v{self.version}"
