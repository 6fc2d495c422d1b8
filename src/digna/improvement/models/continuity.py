"""Business continuity plans: four axes, six steps, versions; the old ones stay readable."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from digna.improvement.models.instruments import InstrumentVersion
from digna.registry.models import Enterprise


class Axis(models.TextChoices):
    """What a firm must keep going."""

    PEOPLE = "people", _("personas")
    PROCESSES = "processes", _("procesos")
    PROFITS = "profits", _("ingresos y dinero")
    PARTNERSHIPS = "partnerships", _("alianzas")


class ContinuityPlan(models.Model):
    """One version of a firm's plan. Approving a newer one makes this one the past."""

    class State(models.TextChoices):
        DRAFT = "draft", _("borrador")
        APPROVED = "approved", _("vigente")
        PAST = "past", _("anterior")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    enterprise = models.ForeignKey(
        Enterprise, on_delete=models.PROTECT, related_name="continuity_plans"
    )
    number = models.PositiveIntegerField(_("versión"))
    state = models.CharField(_("estado"), max_length=8, choices=State.choices, default=State.DRAFT)
    scoring = models.ForeignKey(InstrumentVersion, on_delete=models.PROTECT, related_name="+")
    scores = models.JSONField(_("puntos por pregunta"), default=dict, blank=True)
    products = models.JSONField(
        _("productos o servicios clave, en orden"), default=list, blank=True
    )
    objective = models.TextField(_("objetivo"), blank=True)
    impacts = models.JSONField(_("efectos de una interrupción"), default=list, blank=True)
    contacts = models.JSONField(_("contactos"), default=list, blank=True)
    approved_on = models.DateField(_("aprobado el"), null=True, blank=True)
    review_due = models.DateField(_("revisar hasta"), null=True, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField(default=timezone.now)

    # Names and telephones of people: in the plan, never copied to the journal.
    journal_hidden: ClassVar[tuple[str, ...]] = ("contacts",)

    class Meta:
        ordering: ClassVar = ["-number", "-id"]
        verbose_name = _("plan de continuidad")
        verbose_name_plural = _("planes de continuidad")

    def __str__(self) -> str:
        return f"{self.enterprise_id} v{self.number}"


class ContinuityAction(models.Model):
    """Something to do before, by axis; for dangers to health, at which step of the controls."""

    class Control(models.TextChoices):
        ELIMINATE = "eliminate", _("eliminar el peligro")
        SUBSTITUTE = "substitute", _("sustituirlo")
        ENGINEERING = "engineering", _("separar con obras o equipos")
        ADMINISTRATIVE = "administrative", _("organizar de otro modo")
        PPE = "ppe", _("protección personal")

    plan = models.ForeignKey(ContinuityPlan, on_delete=models.CASCADE, related_name="actions")
    axis = models.CharField(_("eje"), max_length=12, choices=Axis.choices)
    what = models.CharField(_("acción"), max_length=200)
    who = models.CharField(_("quién"), max_length=120, blank=True)
    due_on = models.DateField(_("para cuándo"), null=True, blank=True)
    done_on = models.DateField(_("hecho el"), null=True, blank=True)
    control = models.CharField(
        _("si protege la salud, cómo"), max_length=14, choices=Control.choices, blank=True
    )

    class Meta:
        ordering: ClassVar = ["plan_id", "axis", "id"]
        verbose_name = _("acción de continuidad")

    def __str__(self) -> str:
        return self.what
