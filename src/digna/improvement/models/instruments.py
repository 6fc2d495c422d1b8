"""Instruments as rows: a KPI, a set of practices, a checklist, a pulse; each with its versions."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from digna.improvement import wording


class Instrument(models.Model):
    """Something that is asked or measured the same way in every firm, until a new version."""

    class Kind(models.TextChoices):
        KPI = "kpi", _("indicador de la empresa")
        PRACTICES = "practices", _("prácticas")
        CHECKLIST = "checklist", _("lista de verificación")
        PULSE = "pulse", _("pulso")

    kind = models.CharField(_("tipo"), max_length=10, choices=Kind.choices)
    code = models.CharField(_("código"), max_length=40)
    kit = models.CharField(_("kit"), max_length=40, blank=True)
    order = models.PositiveSmallIntegerField(default=0)
    current = models.ForeignKey(
        "improvement.InstrumentVersion",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("versión en uso"),
    )
    retired_on = models.DateField(_("retirado el"), null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["kind", "order", "code"]
        verbose_name = _("instrumento")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "code"], name="improvement_instrument_once")
        ]

    def __str__(self) -> str:
        return str(self.current) if self.current is not None else self.code


class InstrumentVersion(models.Model):
    """What an instrument said from one day on. Never reworded: answers point at it."""

    class Origin(models.TextChoices):
        KIT = "kit", _("kit")
        SCREEN = "screen", _("editado en pantalla")

    instrument = models.ForeignKey(Instrument, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField(_("versión"))
    document = models.JSONField(_("contenido"))
    sha256 = models.CharField(max_length=64)
    origin = models.CharField(_("origen"), max_length=6, choices=Origin.choices)
    reason = models.CharField(_("motivo"), max_length=300, blank=True)
    made_at = models.DateTimeField(_("desde"), default=timezone.now)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering: ClassVar = ["instrument_id", "-number"]
        verbose_name = _("versión de un instrumento")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["instrument", "number"], name="improvement_version_once"
            )
        ]

    def __str__(self) -> str:
        return self.say("name") or str(self.number)

    def say(self, key: str) -> str:
        """Return a text of the document in the language in use."""
        return wording.say(self.document, key)

    @property
    def items(self) -> list[dict[str, Any]]:
        """Practices, items or questions, in order; a KPI has none."""
        for key in ("practices", "items", "questions"):
            if key in self.document:
                return list(self.document[key])
        return []
