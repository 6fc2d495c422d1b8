"""A report that somebody keeps making: of what, of whom, over which days; and their own words."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from digna.programmes.models import Programme
from digna.registry.models import Organisation


class Report(models.Model):
    """The working copy: its numbers are read anew each time it is opened."""

    class Kind(models.TextChoices):
        TRAINER = "trainer", _("de una formadora o un formador")
        PARTNER = "partner", _("de un socio")
        LOGFRAME = "logframe", _("marco lógico para el donante")
        STATEMENT = "statement", _("declaración pública por área estratégica")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("informe"), max_length=9, choices=Kind.choices)
    programme = models.ForeignKey(
        Programme, null=True, blank=True, on_delete=models.PROTECT, related_name="reports",
        verbose_name=_("programa"),
    )  # fmt: skip
    partner = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="reports",
        verbose_name=_("socio"),
    )  # fmt: skip
    trainer = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT,
        related_name="reports_about", verbose_name=_("formador/a"),
    )  # fmt: skip
    period = models.CharField(
        _("período"), max_length=40, blank=True, help_text="empty: to date, or what is public"
    )
    starts_on = models.DateField(_("desde"))
    ends_on = models.DateField(_("hasta"))
    opened_at = models.DateTimeField(default=timezone.now, editable=False)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering: ClassVar = ["kind", "-ends_on", "-starts_on", "id"]
        verbose_name = _("informe")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="reports_report_days_in_order"
            ),
            models.CheckConstraint(
                condition=Q(kind="trainer", trainer__isnull=False)
                | Q(kind="partner", partner__isnull=False)
                | Q(kind__in=["logframe", "statement"], programme__isnull=False),
                name="reports_report_is_about_something",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.period}"

    def get_absolute_url(self) -> str:
        return reverse("reports:report", args=[self.public_id])


class Narrative(models.Model):
    """What a person writes in one section of a report, with numbers cited and not typed."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="narratives")
    section = models.CharField(_("parte"), max_length=60)
    es = models.TextField(_("en castellano"), blank=True)
    en = models.TextField(_("en inglés"), blank=True)
    written_at = models.DateTimeField(default=timezone.now)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering: ClassVar = ["report_id", "section"]
        verbose_name = _("texto de un informe")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["report", "section"], name="reports_narrative_once")
        ]

    def __str__(self) -> str:
        return f"{self.report_id} {self.section}"
