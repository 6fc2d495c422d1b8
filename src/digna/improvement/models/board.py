"""The few numbers a firm watches, and what was observed of each."""

import uuid
from decimal import Decimal
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from digna.improvement import kpis
from digna.improvement.models.instruments import Instrument, InstrumentVersion
from digna.improvement.models.measurements import Measurement
from digna.registry.models import Enterprise


class BoardKpi(models.Model):
    """A KPI that a firm put on its board, until it took it off; its values stay.

    A firm holds a KPI once at a time; services see to it, not a constraint, because two boards
    that a merge brings together must not lose the values under either.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="board_kpis")
    instrument = models.ForeignKey(
        Instrument, on_delete=models.PROTECT, related_name="+", verbose_name=_("indicador")
    )
    note = models.CharField(_("qué se cuenta aquí"), max_length=200, blank=True)
    order = models.PositiveSmallIntegerField(default=0)
    chosen_on = models.DateField(_("elegido el"))
    retired_on = models.DateField(_("quitado el"), null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["order", "id"]
        verbose_name = _("indicador del tablero")

    def __str__(self) -> str:
        return str(self.instrument)


class ObservationQuerySet(models.QuerySet["Observation"]):
    """Reads of one table."""

    def standing(self) -> "ObservationQuerySet":
        """Return values in force: neither corrected by a later row nor withdrawn."""
        return self.filter(replaced_by=None, withdrawn_at=None)


class Observation(models.Model):
    """Numerator and denominator of one KPI over one period, and how they are known."""

    class Method(models.TextChoices):
        RECORD = "record", _("registro de la empresa")
        ESTIMATE = "estimate", _("estimación")
        RECALLED = "recalled", _("recordado después")

    class Review(models.TextChoices):
        NOT_NEEDED = "not_needed", _("sin observación")
        WAITING = "waiting", _("por revisar")
        CONFIRMED = "confirmed", _("confirmado")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    board_kpi = models.ForeignKey(BoardKpi, on_delete=models.PROTECT, related_name="observations")
    version = models.ForeignKey(InstrumentVersion, on_delete=models.PROTECT, related_name="+")
    measurement = models.ForeignKey(
        Measurement, null=True, blank=True, on_delete=models.PROTECT, related_name="observations"
    )
    period_start = models.DateField(_("desde"))
    period_end = models.DateField(_("hasta"))
    numerator = models.DecimalField(_("numerador"), max_digits=18, decimal_places=3)
    denominator = models.DecimalField(
        _("denominador"), max_digits=18, decimal_places=3, null=True, blank=True
    )
    currency = models.CharField(_("moneda"), max_length=3, blank=True)
    method = models.CharField(_("cómo se sabe"), max_length=8, choices=Method.choices)
    record_seen = models.BooleanField(_("se vio el registro"), default=False)
    is_new_register = models.BooleanField(_("registro nuevo"), default=False)
    doubts = models.JSONField(_("preguntas hechas"), default=list, blank=True)
    confirmed_reason = models.CharField(_("explicación"), max_length=300, blank=True)
    review = models.CharField(
        _("revisión"), max_length=10, choices=Review.choices, default=Review.NOT_NEEDED
    )
    replaced_by = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaces"
    )
    withdrawn_at = models.DateTimeField(_("retirado"), null=True, blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    entered_at = models.DateTimeField(default=timezone.now)

    objects = ObservationQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["period_end", "id"]
        verbose_name = _("valor de un indicador")
        verbose_name_plural = _("valores de indicadores")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(period_end__gte=F("period_start")),
                name="improvement_observation_period_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.board_kpi_id} {self.period_start}–{self.period_end}"

    @property
    def reading(self) -> kpis.Reading:
        """The plain values that the rules of KPIs work on."""
        return kpis.Reading(
            start=self.period_start,
            end=self.period_end,
            numerator=self.numerator,
            denominator=self.denominator,
            currency=self.currency,
            is_record=self.method == self.Method.RECORD,
            is_new_register=self.is_new_register,
        )

    @property
    def value(self) -> Decimal | None:
        """What the KPI is worth; None where it cannot be worked out."""
        return kpis.value(kpis.Kpi.of(self.version.document), self.reading)

    @property
    def grade(self) -> str:
        """A record seen, B record not seen, C estimate, D recalled later."""
        return kpis.grade(self.method, record_seen=self.record_seen)


class MissingValue(models.Model):
    """Why a KPI has no value yet at a measurement, in words: «sin dato todavía»."""

    measurement = models.ForeignKey(
        Measurement, on_delete=models.CASCADE, related_name="missing_values"
    )
    board_kpi = models.ForeignKey(BoardKpi, on_delete=models.PROTECT, related_name="missing_values")
    reason = models.CharField(_("por qué no hay dato todavía"), max_length=300)

    class Meta:
        verbose_name = _("dato que falta todavía")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["measurement", "board_kpi"], name="improvement_missing_once"
            )
        ]

    def __str__(self) -> str:
        return self.reason
