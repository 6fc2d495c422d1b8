"""A partner's own working copy: asked for, packed in the background, taken away against receipt."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from digna.registry.models import Organisation


class WorkingCopy(models.Model):
    """One packing of one partner's data, with its manifest and who took it."""

    class State(models.TextChoices):
        PACKING = "packing", _("preparándose")
        READY = "ready", _("lista para descargar")
        FAILED = "failed", _("interrumpida")
        DISCARDED = "discarded", _("borrada del servidor")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    partner = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="copies")
    state = models.CharField(_("estado"), max_length=9, choices=State.choices, default="packing")
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(null=True, blank=True)
    file = models.FileField(upload_to="copies/%Y/%m/", blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    bytes = models.BigIntegerField(null=True, blank=True)
    manifest = models.JSONField(default=dict, blank=True)
    problem = models.TextField(blank=True)
    asked_at = models.DateTimeField(default=timezone.now)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    finished_at = models.DateTimeField(null=True, blank=True)
    received_by = models.CharField(_("quién la recibe"), max_length=160, blank=True)
    received_as = models.CharField(_("cargo"), max_length=120, blank=True)
    received_on = models.DateField(_("recibida el"), null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-asked_at", "-id"]
        verbose_name = _("copia de trabajo")
        verbose_name_plural = _("copias de trabajo")

    def __str__(self) -> str:
        return f"{self.partner_id} {self.asked_at:%Y-%m-%d}"
