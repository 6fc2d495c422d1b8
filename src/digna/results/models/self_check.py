"""What a person says of a control point over what the data say, and assessments kept whole."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from digna.programmes.models import Programme


class StandardAnswer(models.Model):
    """A verdict that stands over the automatic one, with its reason and evidence."""

    class Verdict(models.TextChoices):
        YES = "yes", _("sí")
        PARTLY = "partly", _("en parte")
        NO = "no", _("no")
        CANNOT_TELL = "cannot_tell", _("no se puede saber")
        NOT_APPLICABLE = "not_applicable", _("no corresponde")

    programme = models.ForeignKey(
        Programme, on_delete=models.CASCADE, related_name="standard_answers"
    )
    point = models.SlugField(_("punto de control"), max_length=60)
    verdict = models.CharField(_("veredicto"), max_length=14, choices=Verdict.choices)
    reason = models.TextField(_("por qué"))
    evidence = models.CharField(_("evidencia"), max_length=300, blank=True)
    link = models.URLField(_("enlace"), max_length=300, blank=True)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering: ClassVar = ["programme_id", "point"]
        verbose_name = _("respuesta de la autoevaluación")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["programme", "point"], name="results_standardanswer_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.programme_id} {self.point}: {self.verdict}"


class StandardAssessment(models.Model):
    """A self-check as it stood on a day, with what it said of every point; never changed."""

    programme = models.ForeignKey(
        Programme, on_delete=models.CASCADE, related_name="standard_assessments"
    )
    number = models.PositiveSmallIntegerField()
    note = models.CharField(_("nota"), max_length=200, blank=True)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    earned = models.DecimalField(max_digits=7, decimal_places=2)
    applicable = models.DecimalField(max_digits=7, decimal_places=2)
    document = models.JSONField(help_text="points with verdicts, elements with their sums")

    class Meta:
        ordering: ClassVar = ["-number"]
        verbose_name = _("autoevaluación guardada")
        verbose_name_plural = _("autoevaluaciones guardadas")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["programme", "number"], name="results_standardassessment_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.programme_id} {self.number}"
