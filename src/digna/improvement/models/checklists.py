"""Checklists walked in a firm: one engine for 5S, safety, biosafety, walk-through and the rest."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from digna.improvement.models.instruments import InstrumentVersion
from digna.improvement.models.measurements import Measurement
from digna.registry.models import Enterprise


class ChecklistRun(models.Model):
    """One walk with one version of a checklist; a re-check names the run it compares with."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    enterprise = models.ForeignKey(
        Enterprise, on_delete=models.PROTECT, related_name="checklist_runs"
    )
    version = models.ForeignKey(InstrumentVersion, on_delete=models.PROTECT, related_name="+")
    measurement = models.ForeignKey(
        Measurement, null=True, blank=True, on_delete=models.PROTECT, related_name="checklist_runs"
    )
    previous = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="rechecks"
    )
    on = models.DateField(_("fecha"))
    area = models.CharField(_("área de trabajo"), max_length=80, blank=True)
    closed_at = models.DateTimeField(_("cerrada"), null=True, blank=True)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    started_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["-on", "-id"]
        verbose_name = _("verificación")
        verbose_name_plural = _("verificaciones")

    def __str__(self) -> str:
        return f"{self.version} {self.on:%d/%m/%Y}"


class ChecklistAnswer(models.Model):
    """What was answered to one item, and what will be done about it."""

    run = models.ForeignKey(ChecklistRun, on_delete=models.CASCADE, related_name="answers")
    item_code = models.CharField(_("punto"), max_length=40)
    value = models.CharField(_("respuesta"), max_length=12, blank=True)
    is_priority = models.BooleanField(_("prioridad"), default=False)
    note = models.CharField(_("observación"), max_length=300, blank=True)
    photo = models.FileField(_("foto"), upload_to="improvement/%Y/%m/", blank=True)
    action = models.CharField(_("qué se hará"), max_length=200, blank=True)
    who = models.CharField(_("quién"), max_length=120, blank=True)
    due_on = models.DateField(_("para cuándo"), null=True, blank=True)
    done_on = models.DateField(_("hecho el"), null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["run_id", "id"]
        verbose_name = _("punto verificado")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["run", "item_code"], name="improvement_checklist_answer_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.item_code}: {self.value}"
