"""What a kit brings: requirements that buyers set, and the steps of the digital market."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from digna.registry.models.reference import Bilingual
from digna.web.languages import either


class Requirement(Bilingual):
    """A certificate, a registration or a condition: buyers ask for it, firms say they have it."""

    class Kind(models.TextChoices):
        CERTIFICATION = "certification", _("certificación")
        REGISTRATION = "registration", _("registro")
        CONDITION = "condition", _("condición de entrega")

    code = models.SlugField(max_length=40, unique=True)
    kind = models.CharField(_("tipo"), max_length=13, choices=Kind.choices)
    order = models.PositiveSmallIntegerField(default=0)
    how_es = models.TextField(_("cómo se obtiene"), blank=True)
    how_en = models.TextField(blank=True)
    is_retired = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["order", "code"]
        verbose_name = _("requisito")

    @property
    def how(self) -> str:
        """How a firm gets it, in the language in use."""
        return either(self.how_es, self.how_en)


class MarketStep(Bilingual):
    """One step of a firm into the digital market: why, how, and what shows that it was done."""

    code = models.SlugField(max_length=40, unique=True)
    order = models.PositiveSmallIntegerField(default=0)
    why_es = models.TextField(_("para qué"), blank=True)
    why_en = models.TextField(blank=True)
    how_es = models.TextField(_("cómo"), blank=True)
    how_en = models.TextField(blank=True)
    evidence_es = models.CharField(_("qué lo muestra"), max_length=200, blank=True)
    evidence_en = models.CharField(max_length=200, blank=True)
    ideas = models.JSONField(
        _("mini proyectos"), default=list, blank=True, help_text="[{es, en, measure_es, …}]"
    )
    is_channel = models.BooleanField(_("abre un canal de venta"), default=False)
    is_retired = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["order", "code"]
        verbose_name = _("paso al mercado digital")

    @property
    def why(self) -> str:
        """What it is good for, in the language in use."""
        return either(self.why_es, self.why_en)

    @property
    def how(self) -> str:
        """How it is done, in the language in use."""
        return either(self.how_es, self.how_en)

    @property
    def evidence(self) -> str:
        """What shows that it was done, in the language in use."""
        return either(self.evidence_es, self.evidence_en)
