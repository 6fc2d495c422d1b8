"""An occasion on which a firm was measured: who works there, which practices are in place."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from digna.improvement.models.instruments import InstrumentVersion
from digna.registry.models import Enterprise


class Point(models.TextChoices):
    """When in a firm's way a measurement was taken."""

    BASELINE = "baseline", _("línea de base")
    PROGRESS = "progress", _("avance")
    ENDLINE = "endline", _("cierre")
    YEAR_AFTER = "year_after", _("a los 12 meses")


ONCE = (Point.BASELINE.value, Point.ENDLINE.value, Point.YEAR_AFTER.value)
"""Points of which an occasion has one only."""


class Measurement(models.Model):
    """A dated occasion; it may be partial and grow. Rooms above know it by its `occasion`."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    enterprise = models.ForeignKey(
        Enterprise, on_delete=models.PROTECT, related_name="measurements"
    )
    point = models.CharField(_("momento"), max_length=10, choices=Point.choices)
    on = models.DateField(_("fecha"))
    occasion = models.UUIDField(null=True, blank=True, db_index=True)
    practices_version = models.ForeignKey(
        InstrumentVersion, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    kept_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    opened_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["on", "id"]
        verbose_name = _("medición")
        verbose_name_plural = _("mediciones")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["occasion", "point"],
                condition=Q(occasion__isnull=False) & Q(point__in=ONCE),
                name="improvement_measurement_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_point_display()} {self.on:%d/%m/%Y}"


class Headcount(models.Model):
    """Who works in the firm on that day, by contract and sex. Empty is not known; 0 is nobody.

    Hours and months are averages of a contract: with them heads become full-time jobs.
    """

    measurement = models.OneToOneField(
        Measurement, on_delete=models.CASCADE, related_name="headcount"
    )
    permanent_women = models.PositiveIntegerField(_("mujeres, permanentes"), null=True, blank=True)
    permanent_men = models.PositiveIntegerField(_("hombres, permanentes"), null=True, blank=True)
    permanent_other = models.PositiveIntegerField(
        _("otra identidad o sin decir, permanentes"), null=True, blank=True
    )
    casual_women = models.PositiveIntegerField(_("mujeres, eventuales"), null=True, blank=True)
    casual_men = models.PositiveIntegerField(_("hombres, eventuales"), null=True, blank=True)
    casual_other = models.PositiveIntegerField(
        _("otra identidad o sin decir, eventuales"), null=True, blank=True
    )
    permanent_hours = models.DecimalField(
        _("horas por semana de cada permanente, en promedio"), max_digits=5, decimal_places=1,
        null=True, blank=True,
    )  # fmt: skip
    permanent_months = models.DecimalField(
        _("meses del año que trabaja cada permanente, en promedio"), max_digits=4, decimal_places=1,
        null=True, blank=True,
    )  # fmt: skip
    casual_hours = models.DecimalField(
        _("horas por semana de cada eventual, en promedio"), max_digits=5, decimal_places=1,
        null=True, blank=True,
    )  # fmt: skip
    casual_months = models.DecimalField(
        _("meses del año que trabaja cada eventual, en promedio"), max_digits=4, decimal_places=1,
        null=True, blank=True,
    )  # fmt: skip

    class Meta:
        verbose_name = _("personal")

    def __str__(self) -> str:
        return f"headcount of {self.measurement_id}"

    @property
    def is_known(self) -> bool:
        """Whether women and men of both contracts are known; others may be left unsaid."""
        return None not in (
            self.permanent_women, self.permanent_men, self.casual_women, self.casual_men
        )  # fmt: skip


class PracticeAnswer(models.Model):
    """Whether one good practice was in place, answered to one version of the set."""

    class Value(models.TextChoices):
        YES = "yes", _("sí")
        PARTLY = "partly", _("en parte")
        NO = "no", _("no")
        NA = "na", _("no corresponde")

    measurement = models.ForeignKey(Measurement, on_delete=models.CASCADE, related_name="practices")
    version = models.ForeignKey(InstrumentVersion, on_delete=models.PROTECT, related_name="+")
    practice_code = models.CharField(_("práctica"), max_length=40)
    value = models.CharField(_("respuesta"), max_length=6, choices=Value.choices)

    class Meta:
        ordering: ClassVar = ["measurement_id", "id"]
        verbose_name = _("respuesta de práctica")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["measurement", "practice_code"], name="improvement_practice_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.practice_code}: {self.value}"
