"""World trade data brought here, what the engine read out of them, figures others published."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Release(models.Model):
    """A set of trade data in the store: one folder, never changed, known by the hash in its key."""

    class Source(models.TextChoices):
        BACI = "baci", _("BACI, del CEPII")
        COMTRADE = "comtrade", _("UN Comtrade")
        NATIONAL = "national", _("aduana o instituto de estadística")
        SYNTHETIC = "synthetic", _("mundo sintético de demostración")

    key = models.CharField(max_length=120, unique=True)
    source = models.CharField(_("fuente"), max_length=10, choices=Source.choices)
    name = models.CharField(_("edición"), max_length=120)
    hs = models.CharField(_("edición del Sistema Armonizado"), max_length=4, blank=True)
    years = models.JSONField(_("años"), default=list)
    provisional_years = models.JSONField(_("años provisionales"), default=list, blank=True)
    row_count = models.BigIntegerField(_("filas"))
    totals = models.JSONField(_("total por año, en USD"), default=dict, blank=True)
    licence = models.TextField(_("licencia"), blank=True)
    attribution = models.TextField(_("cómo se cita"), blank=True)
    is_synthetic = models.BooleanField(_("sintético"), default=False)
    report = models.JSONField(default=dict, blank=True)
    brought_at = models.DateTimeField(_("traído el"), default=timezone.now, editable=False)
    brought_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    retired_at = models.DateTimeField(_("retirado el"), null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-brought_at", "-id"]
        verbose_name = _("datos de comercio")

    def __str__(self) -> str:
        return f"{self.name} · HS {self.hs}" if self.hs else self.name

    @property
    def span(self) -> str:
        """Its years as `2019–2023`."""
        if not self.years:
            return ""
        first, last = min(self.years), max(self.years)
        return f"{first}" if first == last else f"{first}–{last}"


class Bringing(models.Model):
    """One file being read into a release: how far it got, and why it was refused."""

    class State(models.TextChoices):
        WAITING = "waiting", _("en espera")
        READING = "reading", _("leyendo")
        DONE = "done", _("traído")
        REFUSED = "refused", _("rechazado")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    file = models.FileField(_("archivo"), upload_to="trade/%Y/", blank=True)
    file_name = models.CharField(_("archivo"), max_length=200)
    source = models.CharField(max_length=12, blank=True)
    hs = models.CharField(max_length=4, blank=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    step = models.CharField(max_length=120, blank=True)
    done = models.BigIntegerField(default=0)
    total = models.BigIntegerField(null=True, blank=True)
    problem_es = models.TextField(blank=True)
    problem_en = models.TextField(blank=True)
    release = models.ForeignKey(
        Release, null=True, blank=True, on_delete=models.SET_NULL, related_name="bringings"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField(default=timezone.now, editable=False)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-at", "-id"]
        verbose_name = _("archivo de comercio que se trae")

    def __str__(self) -> str:
        return self.file_name

    @property
    def is_under_way(self) -> bool:
        return self.state in (self.State.WAITING, self.State.READING)


class Reading(models.Model):
    """What the engine said of one product of one country; a new run is a new row."""

    class State(models.TextChoices):
        ASKED = "asked", _("pedida")
        COMPUTING = "computing", _("calculando")
        DONE = "done", _("lista")
        FAILED = "failed", _("falló")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="readings")
    national = models.ForeignKey(
        Release, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    exporter = models.CharField(_("país que exporta"), max_length=12)
    product = models.CharField(_("partida"), max_length=6)
    state = models.CharField(max_length=9, choices=State.choices, default=State.ASKED)
    record = models.JSONField(null=True, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    engine_version = models.CharField(max_length=20, blank=True)
    problem_es = models.TextField(blank=True)
    problem_en = models.TextField(blank=True)
    asked_at = models.DateTimeField(default=timezone.now, editable=False)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    computed_at = models.DateTimeField(null=True, blank=True)

    # Hundreds of numbers that the hash stands for: the journal keeps the hash.
    journal_hidden: ClassVar[tuple[str, ...]] = ("record",)

    class Meta:
        ordering: ClassVar = ["-asked_at", "-id"]
        verbose_name = _("lectura de mercado")
        indexes: ClassVar = [
            models.Index(fields=["release", "exporter", "product"], name="markets_reading_of")
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["release", "exporter", "product"],
                condition=Q(state__in=["asked", "computing"]),
                name="markets_reading_asked_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.exporter} {self.product}"

    @property
    def is_under_way(self) -> bool:
        return self.state in (self.State.ASKED, self.State.COMPUTING)


class PublishedFigure(models.Model):
    """A figure somebody printed about a product: shown beside ours, never averaged with it."""

    class Measure(models.TextChoices):
        VALUE = "value", _("valor exportado, USD")
        QUANTITY = "quantity", _("cantidad exportada, kg")
        UNIT_VALUE = "unit_value", _("precio, USD por kg")

    product = models.CharField(_("partida"), max_length=6)
    exporter = models.CharField(_("país que exporta"), max_length=12)
    year = models.PositiveSmallIntegerField(_("año"))
    measure = models.CharField(_("qué mide"), max_length=10, choices=Measure.choices)
    amount = models.DecimalField(_("cifra"), max_digits=18, decimal_places=4)
    source = models.CharField(_("quién la publicó"), max_length=200)
    url = models.URLField(_("enlace"), max_length=300, blank=True)
    read_on = models.DateField(_("leída el"), null=True, blank=True)
    kit = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering: ClassVar = ["product", "exporter", "measure", "year", "id"]
        verbose_name = _("cifra publicada")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["product", "exporter", "year", "measure", "source"],
                name="markets_figure_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.product} {self.exporter} {self.year}: {self.amount}"
