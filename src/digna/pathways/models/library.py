"""What people say of the library: errors they report, facts they correct from a day on."""

import json
import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from digna.pathways.overlay import Correction
from digna.registry.models import Enterprise
from digna.registry.models.reference import Certainty


class StepReport(models.Model):
    """That something in a step is wrong, said by anybody; no personal data is asked for."""

    class State(models.TextChoices):
        NEW = "new", _("nuevo")
        SEEN = "seen", _("visto")
        MENDED = "mended", _("corregido")
        REFUSED = "refused", _("no procede")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    step = models.SlugField(_("paso"), max_length=60)
    pathway = models.SlugField(_("ruta"), max_length=60, blank=True)
    text = models.TextField(_("qué está mal"), max_length=1000)
    enterprise = models.ForeignKey(
        Enterprise, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField(default=timezone.now, editable=False)
    state = models.CharField(_("estado"), max_length=7, choices=State.choices, default=State.NEW)
    answer = models.CharField(_("respuesta"), max_length=500, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-at", "-id"]
        verbose_name = _("reporte de error en un paso")
        indexes: ClassVar = [models.Index(fields=["state", "step"], name="pathways_report_state")]

    def __str__(self) -> str:
        return f"{self.step}: {self.text[:40]}"

    @property
    def is_open(self) -> bool:
        return self.state in (self.State.NEW, self.State.SEEN)


class FactCorrection(models.Model):
    """A fact of a step corrected here, from a day on, by somebody who says where it was read."""

    class Field(models.TextChoices):
        PRICE = "price", _("costo")
        AGENCY = "agency", _("entidad")
        DURATION = "duration", _("plazo")
        VALID_FOR = "valid_for", _("vigencia")
        URL = "url", _("dirección")
        LAW = "law", _("norma")
        DOCUMENTS = "documents", _("documentos")
        CHECK = "check", _("leído otra vez, sin cambios")

    step = models.SlugField(_("paso"), max_length=60)
    field = models.CharField(_("dato"), max_length=9, choices=Field.choices)
    place = models.CharField(max_length=40, blank=True, help_text="which price of the step")
    value = models.JSONField(null=True, blank=True)
    since = models.DateField(_("vale desde"))
    until = models.DateField(_("vale hasta"), null=True, blank=True)
    checked_on = models.DateField(_("comprobado el"))
    certainty = models.CharField(
        _("certeza"), max_length=6, choices=Certainty.choices, default=Certainty.MEDIUM
    )
    source = models.CharField(_("dónde se leyó"), max_length=300)
    source_record = models.CharField(max_length=120, blank=True, help_text="of an official file")
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    approved_at = models.DateTimeField(default=timezone.now, editable=False)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.CharField(_("por qué se retiró"), max_length=200, blank=True)

    class Meta:
        ordering: ClassVar = ["step", "-since", "-id"]
        verbose_name = _("dato corregido")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")),
                name="pathways_correction_days_in_order",
            )
        ]
        indexes: ClassVar = [models.Index(fields=["step"], name="pathways_correction_step")]

    def __str__(self) -> str:
        return f"{self.step} · {self.field}"

    @property
    def plain(self) -> Correction:
        """The correction as plain values."""
        return Correction(
            step=self.step,
            field=self.field,
            place=self.place,
            value=json.dumps(self.value, sort_keys=True, ensure_ascii=False),
            since=self.since,
            until=self.until,
            checked_on=self.checked_on,
            certainty=self.certainty,
            source=self.source,
        )
