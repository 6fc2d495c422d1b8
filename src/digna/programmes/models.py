"""Programmes and their parts, and the kits that are installed."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from digna.registry.models import Organisation, Place, Sector
from digna.web.languages import either


class Programme(models.Model):
    """An undertaking with a start, an end, funders and results to be reached."""

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(_("nombre"), max_length=160)
    summary_es = models.TextField(_("resumen"), blank=True)
    summary_en = models.TextField(blank=True)
    starts_on = models.DateField(_("inicio"))
    ends_on = models.DateField(_("fin"))
    is_public = models.BooleanField(_("se publica en el portal"), default=False)
    is_synthetic = models.BooleanField(_("datos sintéticos"), default=False)

    class Meta:
        ordering: ClassVar = ["-starts_on", "name"]
        verbose_name = _("programa")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="programmes_programme_dates_in_order"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Funder(models.Model):
    """Who pays, and how much."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="funders")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="funds")
    amount = models.DecimalField(_("monto"), max_digits=16, decimal_places=2, null=True, blank=True)
    currency = models.CharField(_("moneda"), max_length=3, blank=True)

    class Meta:
        verbose_name = _("financiador")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["programme", "organisation"], name="programmes_funder_once"
            )
        ]

    def __str__(self) -> str:
        return str(self.organisation)


class Phase(models.Model):
    """A stretch of the programme with its own dates."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="phases")
    code = models.SlugField(max_length=40)
    name = models.CharField(_("nombre"), max_length=160)
    starts_on = models.DateField(_("inicio"))
    ends_on = models.DateField(_("fin"))

    class Meta:
        ordering: ClassVar = ["starts_on"]
        verbose_name = _("fase")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["programme", "code"], name="programmes_phase_once"),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="programmes_phase_dates_in_order"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class StrategicArea(models.Model):
    """One of the headings under which the programme accounts for its work."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="areas")
    code = models.SlugField(max_length=40)
    name_es = models.CharField(_("nombre"), max_length=160)
    name_en = models.CharField(max_length=160, blank=True)
    description_es = models.TextField(_("descripción"), blank=True)
    description_en = models.TextField(blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["order", "id"]
        verbose_name = _("área estratégica")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["programme", "code"], name="programmes_area_once")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the language in use; Spanish where there is no other."""
        return either(self.name_es, self.name_en)

    @property
    def description(self) -> str:
        """The description in the language in use; Spanish where there is no other."""
        return either(self.description_es, self.description_en)


class ExpectedResult(models.Model):
    """A result the programme undertook to reach."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="results")
    area = models.ForeignKey(
        StrategicArea, null=True, blank=True, on_delete=models.PROTECT, related_name="results"
    )
    code = models.SlugField(max_length=40)
    statement = models.TextField(_("enunciado"))
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["order", "id"]
        verbose_name = _("resultado esperado")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["programme", "code"], name="programmes_result_once")
        ]

    def __str__(self) -> str:
        return self.statement


class Activity(models.Model):
    """Something the programme does: with a partner, in a sector, in departments, on a budget."""

    class Kind(models.TextChoices):
        MARKET_ASSESSMENT = "market_assessment", _("estudio rápido de mercado")
        DIAGNOSTIC = "diagnostic", _("diagnóstico")
        TRAINING = "training", _("capacitación")
        EVENT = "event", _("evento")
        ALLIANCE = "alliance", _("alianza")
        OTHER = "other", _("otra")

    class Status(models.TextChoices):
        PLANNED = "planned", _("prevista")
        ONGOING = "ongoing", _("en marcha")
        DONE = "done", _("realizada")
        CANCELLED = "cancelled", _("cancelada")

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="activities")
    area = models.ForeignKey(
        StrategicArea,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="activities",
        verbose_name=_("área estratégica"),
    )
    result = models.ForeignKey(
        ExpectedResult,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="activities",
        verbose_name=_("resultado esperado"),
    )
    kind = models.CharField(_("tipo"), max_length=20, choices=Kind.choices)
    title = models.CharField(_("título"), max_length=200)
    description = models.TextField(_("descripción"), blank=True)
    partner = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, verbose_name=_("socio")
    )
    sectors = models.ManyToManyField(
        Sector, blank=True, related_name="activities", verbose_name=_("rubros")
    )
    departments = models.ManyToManyField(
        Place, blank=True, related_name="activities", verbose_name=_("departamentos")
    )
    starts_on = models.DateField(_("inicio"))
    ends_on = models.DateField(_("fin"), null=True, blank=True)
    status = models.CharField(
        _("estado"), max_length=10, choices=Status.choices, default=Status.PLANNED
    )
    budget_line = models.CharField(_("línea de presupuesto"), max_length=60, blank=True)
    budget_amount = models.DecimalField(
        _("presupuesto"), max_digits=16, decimal_places=2, null=True, blank=True
    )
    budget_currency = models.CharField(_("moneda"), max_length=3, blank=True)

    class Meta:
        ordering: ClassVar = ["-starts_on", "id"]
        verbose_name = _("actividad")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="programmes_activity_dates_in_order",
            )
        ]

    def __str__(self) -> str:
        return self.title


class InstalledKit(models.Model):
    """A kit that was loaded, in one version: what it held and who loaded it."""

    code = models.SlugField(max_length=40)
    version = models.CharField(max_length=20)
    title = models.CharField(max_length=160)
    licence = models.CharField(max_length=60, blank=True)
    sha256 = models.CharField(max_length=64)
    documents = models.JSONField(default=dict, help_text="its sections, as they were read")
    loaded_at = models.DateTimeField(default=timezone.now)
    loaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering: ClassVar = ["-loaded_at", "-id"]
        verbose_name = _("kit instalado")

    def __str__(self) -> str:
        return f"{self.code} {self.version}"
