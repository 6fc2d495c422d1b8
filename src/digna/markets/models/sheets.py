"""A market fact sheet: its numbers, what people add to them, and the versions that leave."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from digna.markets.models.data import Reading
from digna.programmes.models import Programme
from digna.registry.models import Organisation
from digna.studies.models import Study


class Sheet(models.Model):
    """One product, one exporter, for whom: the working copy of a fact sheet."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    programme = models.ForeignKey(
        Programme,
        on_delete=models.PROTECT,
        related_name="market_sheets",
        verbose_name=_("programa"),
    )
    partner = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    study = models.ForeignKey(
        Study, null=True, blank=True, on_delete=models.SET_NULL, related_name="market_sheets"
    )
    title = models.CharField(_("título"), max_length=160)
    title_en = models.CharField(_("título en inglés"), max_length=160, blank=True)
    exporter = models.CharField(_("país que exporta"), max_length=12, default="BOL")
    product = models.CharField(_("partida"), max_length=6)
    reading = models.ForeignKey(
        Reading, null=True, blank=True, on_delete=models.PROTECT, related_name="sheets"
    )
    markets = models.JSONField(_("mercados que se muestran"), default=list, blank=True)
    weights = models.JSONField(_("pesos del puntaje"), default=dict, blank=True)
    texts = models.JSONField(default=dict, blank=True, help_text="{part: {es, en}}")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering: ClassVar = ["-created_at", "-id"]
        verbose_name = _("ficha de mercado")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("markets:sheet", args=[self.public_id])


class Entry(models.Model):
    """One thing a sheet says that no trade table holds: a requirement, a price, a fair…"""

    class Kind(models.TextChoices):
        REQUIREMENT = "requirement", _("requisito de acceso")
        PRICE = "price", _("precio")
        CHANNEL = "channel", _("canal de venta")
        COMPETITOR = "competitor", _("competidor")
        FAIR = "fair", _("feria")
        CONTACT = "contact", _("contacto")

    class Certainty(models.TextChoices):
        HIGH = "high", _("alta: norma o registro oficial")
        MEDIUM = "medium", _("media: una fuente conocedora")
        LOW = "low", _("baja: confírmelo antes de usarlo")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sheet = models.ForeignKey(Sheet, on_delete=models.CASCADE, related_name="entries")
    kind = models.CharField(_("qué es"), max_length=11, choices=Kind.choices)
    market = models.CharField(_("mercado"), max_length=12, blank=True)
    title = models.CharField(_("nombre"), max_length=160)
    title_en = models.CharField(_("nombre en inglés"), max_length=160, blank=True)
    text = models.TextField(_("qué hay que saber"), blank=True, max_length=800)
    text_en = models.TextField(_("lo mismo en inglés"), blank=True, max_length=800)
    step = models.SlugField(_("paso de una ruta"), max_length=60, blank=True)
    amount = models.DecimalField(_("monto"), max_digits=14, decimal_places=4, null=True, blank=True)
    currency = models.CharField(_("moneda"), max_length=3, blank=True)
    unit = models.CharField(_("por cada"), max_length=40, blank=True)
    on = models.DateField(_("fecha"), null=True, blank=True)
    until = models.DateField(_("hasta"), null=True, blank=True)
    place = models.CharField(_("lugar"), max_length=120, blank=True)
    reach = models.CharField(_("teléfono o correo"), max_length=160, blank=True)
    url = models.URLField(_("enlace"), max_length=300, blank=True)
    source = models.CharField(_("fuente"), max_length=200)
    checked_on = models.DateField(_("revisado el"))
    certainty = models.CharField(
        _("certeza"), max_length=6, choices=Certainty.choices, default=Certainty.MEDIUM
    )
    kit_code = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering: ClassVar = ["sheet_id", "kind", "market", "on", "id"]
        verbose_name = _("dato de la ficha")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(until=None) | Q(on=None) | Q(until__gte=F("on")),
                name="markets_entry_days_in_order",
            ),
            models.CheckConstraint(
                condition=Q(amount=None) | Q(amount__gt=0), name="markets_entry_amount_positive"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class SheetVersion(models.Model):
    """A sheet as it stood, whole: sent, then approved or sent back, then published or not."""

    class State(models.TextChoices):
        SENT = "sent", _("en revisión")
        RETURNED = "returned", _("devuelta")
        APPROVED = "approved", _("aprobada")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sheet = models.ForeignKey(Sheet, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField(_("versión"))
    document = models.JSONField()
    sha256 = models.CharField(max_length=64)
    note = models.CharField(_("qué cambió"), max_length=300, blank=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.SENT)
    sent_at = models.DateTimeField(default=timezone.now, editable=False)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    judged_at = models.DateTimeField(null=True, blank=True)
    judged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    judgement = models.CharField(_("qué dijo quien revisó"), max_length=500, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_because = models.CharField(max_length=300, blank=True)

    journal_hidden: ClassVar[tuple[str, ...]] = ("document",)

    class Meta:
        ordering: ClassVar = ["sheet_id", "-number"]
        verbose_name = _("versión de una ficha")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["sheet", "number"], name="markets_version_number")
        ]

    def __str__(self) -> str:
        return f"{self.sheet} v{self.number}"

    @property
    def is_public(self) -> bool:
        """Whether anybody may read it now."""
        return self.published_at is not None and self.withdrawn_at is None

    @property
    def is_waiting(self) -> bool:
        """Whether somebody has still to judge it."""
        return self.state == self.State.SENT
