"""What changed in a mentee's firm at 0, 6 and 12 months. Empty is «sin dato», not zero."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from digna.mentoring.models.cohorts import Application


class Outcome(models.Model):
    """One measurement of one mentee at one point."""

    class Point(models.IntegerChoices):
        START = 0, _("al empezar")
        HALF = 6, _("a los 6 meses")
        YEAR = 12, _("a los 12 meses")

    class Method(models.TextChoices):
        RECORD = "record", _("registro contable")
        DECLARED = "declared", _("declarado")
        ESTIMATE = "estimate", _("estimado")

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="outcomes")
    point = models.PositiveSmallIntegerField(_("momento"), choices=Point.choices)
    on = models.DateField(_("fecha"))
    method = models.CharField(
        _("cómo se sabe"), max_length=8, choices=Method.choices, default=Method.DECLARED
    )
    sales = models.DecimalField(
        _("ventas del último mes"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    currency = models.CharField(_("moneda"), max_length=3, default="BOB", blank=True)
    sells_digitally = models.BooleanField(_("vende por un canal digital"), null=True, blank=True)
    is_formal = models.BooleanField(_("tiene NIT y licencia"), null=True, blank=True)
    jobs_women = models.PositiveIntegerField(_("mujeres que trabajan"), null=True, blank=True)
    jobs_men = models.PositiveIntegerField(_("hombres que trabajan"), null=True, blank=True)
    practices: Any = models.JSONField(_("prácticas"), default=dict, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering: ClassVar = ["application_id", "point"]
        verbose_name = _("resultado de mentoría")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["application", "point"], name="mentoring_outcome_once"),
            models.CheckConstraint(
                condition=Q(sales=None) | Q(sales__gte=0), name="mentoring_sales_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application_id} +{self.point}"
