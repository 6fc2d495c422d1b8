"""Studies of effect: what is compared with what, and each estimate as it came out."""

from typing import ClassVar
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from digna.programmes.models import Programme


class EffectStudy(models.Model):
    """A question of effect: a value per unit at two times, who took part, whom to compare with."""

    class Origin(models.TextChoices):
        FACTS = "facts", _("registros del programa")
        UPLOAD = "upload", _("archivo de quien evalúa")

    class Design(models.TextChoices):
        BEFORE_AFTER = "before_after", _("antes y después")
        DIFFERENCE = "difference", _("diferencia en diferencias")
        ANCOVA = "ancova", _("ANCOVA")
        STAGGERED = "staggered", _("entradas escalonadas")

    public_id = models.UUIDField(default=uuid4, editable=False, unique=True)
    programme = models.ForeignKey(
        Programme, on_delete=models.CASCADE, related_name="effect_studies"
    )
    title = models.CharField(_("título"), max_length=160)
    origin = models.CharField(max_length=6, choices=Origin.choices, default=Origin.FACTS)
    design = models.CharField(max_length=12, choices=Design.choices, default=Design.DIFFERENCE)
    unit = models.CharField(_("unidad"), max_length=40, blank=True)
    asked = models.JSONField(
        default=dict, blank=True, help_text="what is measured, who took part, whom to compare with"
    )
    rows = models.JSONField(
        default=list, blank=True, help_text="of an upload: unit, group, before, after, cluster…"
    )
    winsorised_share = models.DecimalField(max_digits=4, decimal_places=3, default=0)
    deflator = models.CharField(
        max_length=200, blank=True, help_text="in which prices values are, and by which index"
    )
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering: ClassVar = ["-made_at", "-id"]
        verbose_name = _("estudio de efecto")

    def __str__(self) -> str:
        return self.title


class EffectRun(models.Model):
    """One estimate of a study with its inputs' hash and workings. A new run is a new row."""

    class State(models.TextChoices):
        QUEUED = "queued", _("en espera")
        DONE = "done", _("calculado")
        FAILED = "failed", _("no se pudo calcular")

    study = models.ForeignKey(EffectStudy, on_delete=models.CASCADE, related_name="runs")
    state = models.CharField(max_length=6, choices=State.choices, default=State.QUEUED)
    asked_at = models.DateTimeField(default=timezone.now)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    finished_at = models.DateTimeField(null=True, blank=True)
    engine = models.CharField(max_length=60, blank=True)
    inputs_sha256 = models.CharField(max_length=64, blank=True)
    found = models.JSONField(
        default=dict, blank=True, help_text="estimate, balance, losses, permutation, verdict"
    )
    problem_es = models.TextField(blank=True)
    problem_en = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["-asked_at", "-id"]
        verbose_name = _("estimación de efecto")

    def __str__(self) -> str:
        return f"{self.study_id} {self.state}"
