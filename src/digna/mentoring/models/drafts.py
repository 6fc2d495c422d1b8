"""A draft of pairs for people to review: what went in, what came out, what was decided."""

import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from digna.mentoring.models.cohorts import Application, Cohort
from digna.mentoring.models.mentors import Mentor
from digna.web.languages import either


class Draft(models.Model):
    """Pairs that a method proposes, with the very inputs it saw. Nobody is told by a draft."""

    class Mode(models.TextChoices):
        OPTIMAL = "optimal", _("todo el grupo, lo mejor para el conjunto")
        SUGGESTED = "suggested", _("una lista de tres por postulante")
        CHOSEN = "chosen", _("según lo que cada postulante eligió")
        GROUPS = "groups", _("grupos que comparten un horario")

    class State(models.TextChoices):
        WAITING = "waiting", _("calculando")
        READY = "ready", _("por revisar")
        FAILED = "failed", _("no se pudo calcular")
        CLOSED = "closed", _("cerrado")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="drafts")
    mode = models.CharField(_("modo"), max_length=9, choices=Mode.choices)
    state = models.CharField(
        _("estado"), max_length=7, choices=State.choices, default=State.WAITING
    )
    inputs: Any = models.JSONField(default=dict, editable=False)
    result: Any = models.JSONField(default=dict, editable=False)
    version = models.CharField(max_length=20, blank=True)
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering: ClassVar = ["-made_at", "-id"]
        verbose_name = _("borrador de parejas")

    def __str__(self) -> str:
        return f"{self.cohort} · {self.get_mode_display()}"


class Proposal(models.Model):
    """One line of a draft: who with whom, how well they fit, why; and what people decided."""

    class Decision(models.TextChoices):
        PENDING = "pending", _("por decidir")
        CONFIRMED = "confirmed", _("confirmada")
        SET_ASIDE = "set_aside", _("dejada de lado")

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="proposals")
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="proposals")
    mentor = models.ForeignKey(Mentor, on_delete=models.CASCADE, related_name="proposals")
    place = models.PositiveSmallIntegerField(_("orden"), default=1)
    score = models.DecimalField(_("encaje"), max_digits=4, decimal_places=3, null=True, blank=True)
    reasons_es = models.TextField(blank=True)
    reasons_en = models.TextField(blank=True)
    decision = models.CharField(
        _("decisión"), max_length=9, choices=Decision.choices, default=Decision.PENDING
    )
    is_by_hand = models.BooleanField(_("puesta a mano"), default=False)

    class Meta:
        ordering: ClassVar = ["draft_id", "application_id", "place"]
        verbose_name = _("pareja propuesta")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["draft", "application", "mentor"], name="mentoring_proposal_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.application} – {self.mentor}"

    @property
    def reasons(self) -> str:
        """The reasons in the language in use."""
        return either(self.reasons_es, self.reasons_en)
