"""Progress markers, who judged them reached, and the pictures taken of that on a day."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from digna.registry.models import Organisation
from digna.web.languages import either


class Dimension(models.TextChoices):
    """What sustainability is made of; the three are never added up."""

    TECHNICAL = "technical", _("técnica")
    INSTITUTIONAL = "institutional", _("institucional")
    FINANCIAL = "financial", _("financiera")


class Depth(models.TextChoices):
    """How far a change goes, in the words of outcome mapping."""

    EXPECT = "expect", _("esperamos ver")
    LIKE = "like", _("nos gustaría ver")
    LOVE = "love", _("nos encantaría ver")


class Reached(models.TextChoices):
    """How far a partner got on one marker. No judgement at all is «sin dato»."""

    NOT_YET = "not_yet", _("todavía no")
    PARTLY = "partly", _("en parte")
    REACHED = "reached", _("alcanzado")


class Marker(models.Model):
    """An observable change in one version of its wording; a new wording is a new version."""

    code = models.SlugField(max_length=60)
    version = models.CharField(max_length=20)
    dimension = models.CharField(_("dimensión"), max_length=13, choices=Dimension.choices)
    depth = models.CharField(_("profundidad"), max_length=6, choices=Depth.choices)
    order = models.PositiveSmallIntegerField(default=0)
    text_es = models.TextField(_("marcador"))
    text_en = models.TextField()
    kit = models.SlugField(max_length=40)
    source = models.CharField(max_length=200, blank=True)
    checked_on = models.DateField(null=True, blank=True)
    certainty = models.CharField(max_length=10, blank=True)
    retired_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["dimension", "depth", "order", "id"]
        verbose_name = _("marcador de progreso")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["code", "version"], name="partners_marker_once")
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def text(self) -> str:
        """The marker in the language in use."""
        return either(self.text_es, self.text_en)


class Judgement(models.Model):
    """One reading of one marker on a day, with its evidence. Never edited: the latest holds."""

    partner = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="judgements")
    marker = models.ForeignKey(Marker, on_delete=models.PROTECT, related_name="judgements")
    on = models.DateField(_("fecha"))
    reached = models.CharField(_("cuánto"), max_length=8, choices=Reached.choices)
    evidence = models.TextField(_("evidencia"), blank=True)
    file = models.FileField(_("documento"), upload_to="partners/%Y/%m/", blank=True)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering: ClassVar = ["-on", "-id"]
        verbose_name = _("lectura de un marcador")
        indexes: ClassVar = [
            models.Index(fields=["partner", "marker", "-on"], name="partners_judgement_latest")
        ]

    def __str__(self) -> str:
        return f"{self.partner_id} {self.marker_id} {self.reached}"


class Snapshot(models.Model):
    """The markers of a partner as they stood on a day: kept, so that it cannot move later."""

    partner = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="snapshots")
    on = models.DateField(_("fecha"))
    label = models.CharField(_("nombre"), max_length=80, blank=True)
    note = models.TextField(_("qué pasó en el semestre"), blank=True)
    reached = models.JSONField(help_text="by marker `code@version`; null where nobody judged")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering: ClassVar = ["-on", "-id"]
        verbose_name = _("corte de madurez")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["partner", "on"], name="partners_snapshot_once")
        ]

    def __str__(self) -> str:
        return f"{self.partner_id} {self.on}"
