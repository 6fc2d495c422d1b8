"""Official procedures as a dump of their portal tells them, and what they propose to change."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from digna.pathways.models.library import FactCorrection


class OfficialFile(models.Model):
    """A dump that somebody took in: what was read of it, what was refused and why."""

    name = models.CharField(_("archivo"), max_length=160)
    sha256 = models.CharField(max_length=64)
    at = models.DateTimeField(default=timezone.now, editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    read_count = models.PositiveIntegerField(_("leídos"), default=0)
    new_count = models.PositiveIntegerField(_("nuevos"), default=0)
    changed_count = models.PositiveIntegerField(_("cambiados"), default=0)
    proposed_count = models.PositiveIntegerField(_("diferencias"), default=0)
    refused = models.JSONField(default=list, blank=True)

    class Meta:
        ordering: ClassVar = ["-at", "-id"]
        verbose_name = _("archivo de trámites oficiales")

    def __str__(self) -> str:
        return self.name


class OfficialRecord(models.Model):
    """One official procedure as it was last read, and the step of ours that it is about."""

    source_id = models.CharField(max_length=40, unique=True)
    slug = models.CharField(max_length=200, blank=True)
    name = models.CharField(_("trámite"), max_length=300)
    agency = models.CharField(_("entidad"), max_length=200, blank=True)
    updated_on = models.DateField(_("fecha del registro"), null=True, blank=True)
    content = models.JSONField(default=dict)
    sha256 = models.CharField(max_length=64)
    step = models.SlugField(_("paso"), max_length=60, blank=True)
    likeness = models.DecimalField(max_digits=4, decimal_places=3, null=True, blank=True)
    is_paired_by_hand = models.BooleanField(default=False)
    paired_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    file = models.ForeignKey(OfficialFile, on_delete=models.PROTECT, related_name="records")

    class Meta:
        ordering: ClassVar = ["name", "id"]
        verbose_name = _("trámite oficial")

    def __str__(self) -> str:
        return self.name


class FactProposal(models.Model):
    """A difference between a step of ours and its official record, until somebody decides."""

    class State(models.TextChoices):
        OPEN = "open", _("por revisar")
        ACCEPTED = "accepted", _("aceptada")
        REJECTED = "rejected", _("rechazada")
        OVERTAKEN = "overtaken", _("reemplazada por otra más nueva")

    record = models.ForeignKey(OfficialRecord, on_delete=models.PROTECT, related_name="proposals")
    step = models.SlugField(_("paso"), max_length=60)
    field = models.CharField(_("dato"), max_length=9, choices=FactCorrection.Field.choices)
    place = models.CharField(max_length=40, blank=True)
    ours = models.TextField(_("lo que decimos"), blank=True)
    theirs = models.TextField(_("lo que dice el registro"), blank=True)
    value = models.JSONField(null=True, blank=True, help_text="what an acceptance would write")
    warnings = models.JSONField(default=list, blank=True)
    digest = models.CharField(max_length=64, help_text="of record, step, field and their value")
    state = models.CharField(_("estado"), max_length=9, choices=State.choices, default=State.OPEN)
    at = models.DateTimeField(default=timezone.now, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    correction = models.ForeignKey(
        FactCorrection, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering: ClassVar = ["record_id", "field", "place", "id"]
        verbose_name = _("diferencia propuesta")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["digest"], name="pathways_proposal_once")
        ]

    def __str__(self) -> str:
        return f"{self.step} · {self.field}"
