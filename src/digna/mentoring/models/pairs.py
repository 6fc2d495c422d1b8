"""Pairs and what they live through: agreement, goals, sessions, notes, follow-up."""

import uuid
from datetime import date
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from digna.mentoring.models.choices import Channel, Ending, Happened
from digna.mentoring.models.cohorts import Application, Cohort
from digna.mentoring.models.mentors import Mentor, Seat


class Pair(models.Model):
    """A mentor and a mentee. While it waits for an answer or goes on, it holds one place."""

    class State(models.TextChoices):
        ASKED = "asked", _("espera respuesta")
        ACTIVE = "active", _("en marcha")
        DECLINED = "declined", _("no pudo aceptar")
        RELEASED = "released", _("sin respuesta a tiempo")
        CHANGED = "changed", _("cambió de pareja")
        CLOSED = "closed", _("completada")

    HOLDING = (State.ASKED, State.ACTIVE)
    STARTED = (State.ACTIVE, State.CHANGED, State.CLOSED)

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="pairs")
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="pairs")
    mentor = models.ForeignKey(Mentor, on_delete=models.PROTECT, related_name="pairs")
    seat = models.ForeignKey(
        Seat, null=True, blank=True, on_delete=models.SET_NULL, related_name="pairs"
    )
    state = models.CharField(_("estado"), max_length=8, choices=State.choices, default=State.ASKED)
    asked_at = models.DateTimeField(default=timezone.now, editable=False)
    answer_by = models.DateField(_("responde hasta"))
    answered_at = models.DateTimeField(null=True, blank=True)
    started_on = models.DateField(_("desde"), null=True, blank=True)
    ended_on = models.DateField(_("hasta"), null=True, blank=True)
    ending = models.CharField(_("por qué cambió"), max_length=8, choices=Ending, blank=True)
    ending_note = models.CharField(_("detalle"), max_length=300, blank=True)
    follows = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="followed_by"
    )
    score = models.DecimalField(_("encaje"), max_digits=4, decimal_places=3, null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-asked_at", "-id"]
        verbose_name = _("pareja de mentoría")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["seat"],
                condition=Q(state__in=["asked", "active"]),
                name="mentoring_one_pair_a_seat",
            ),
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(state__in=["asked", "active"]),
                name="mentoring_one_mentor_at_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["asked", "active"]) | Q(seat__isnull=False),
                name="mentoring_pair_holds_a_seat",
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(started_on=None) | Q(ended_on__gte=F("started_on")),
                name="mentoring_pair_dates_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application} – {self.mentor}"

    def is_late_on(self, day: date) -> bool:
        """Whether the mentor let the day to answer pass: read late, that is an answer too."""
        return self.state == self.State.ASKED and self.answer_by < day

    def state_on(self, day: date) -> str:
        """The state as it counts on a day."""
        return str(self.State.RELEASED if self.is_late_on(day) else self.state)


class Agreement(models.Model):
    """What the two agreed at their first meeting."""

    pair = models.OneToOneField(Pair, on_delete=models.CASCADE, related_name="agreement")
    agreed_on = models.DateField(_("fecha"))
    how_often = models.CharField(_("cada cuánto"), max_length=80)
    channel = models.CharField(_("por dónde"), max_length=9, choices=Channel.choices)
    aims = models.TextField(_("qué quieren lograr"))
    care_note = models.CharField(_("qué tomar en cuenta"), max_length=400, blank=True)
    mentor_accepted_at = models.DateTimeField(null=True, blank=True)
    mentee_accepted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("acuerdo de inicio")

    def __str__(self) -> str:
        return f"{self.pair_id} {self.agreed_on}"


class Goal(models.Model):
    """Something the mentee wants to reach, and by when."""

    class State(models.TextChoices):
        OPEN = "open", _("en camino")
        REACHED = "reached", _("lograda")
        DROPPED = "dropped", _("dejada")

    pair = models.ForeignKey(Pair, on_delete=models.CASCADE, related_name="goals")
    what = models.CharField(_("meta"), max_length=200)
    due_on = models.DateField(_("para cuándo"), null=True, blank=True)
    state = models.CharField(_("estado"), max_length=7, choices=State.choices, default=State.OPEN)
    closed_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["pair_id", "id"]
        verbose_name = _("meta de mentoría")

    def __str__(self) -> str:
        return self.what


MOODS = Q(mentor_mood=None) | (Q(mentor_mood__gte=1) & Q(mentor_mood__lte=5))
MENTEE_MOODS = Q(mentee_mood=None) | (Q(mentee_mood__gte=1) & Q(mentee_mood__lte=5))


class MentoringSession(models.Model):
    """One meeting of a pair, planned or past. A call by WhatsApp counts."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    pair = models.ForeignKey(Pair, on_delete=models.CASCADE, related_name="sessions")
    on = models.DateField(_("fecha"))
    at = models.TimeField(_("hora"), null=True, blank=True)
    happened = models.CharField(_("qué pasó"), max_length=13, choices=Happened.choices)
    channel = models.CharField(_("por dónde"), max_length=9, choices=Channel.choices, blank=True)
    minutes = models.PositiveSmallIntegerField(_("minutos"), null=True, blank=True)
    mentor_mood = models.PositiveSmallIntegerField(
        _("ánimo de quien acompaña"), null=True, blank=True
    )
    mentee_mood = models.PositiveSmallIntegerField(
        _("ánimo de quien emprende"), null=True, blank=True
    )
    agreed = models.TextField(_("acuerdos"), blank=True)
    logged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    logged_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering: ClassVar = ["-on", "-id"]
        verbose_name = _("sesión de mentoría")
        constraints: ClassVar = [
            models.CheckConstraint(condition=MOODS, name="mentoring_mentor_mood_1_to_5"),
            models.CheckConstraint(condition=MENTEE_MOODS, name="mentoring_mentee_mood_1_to_5"),
        ]

    def __str__(self) -> str:
        return f"{self.pair_id} {self.on}"


class PrivateNote(models.Model):
    """What somebody notes for themselves about a pair. Only they read it; it never leaves."""

    pair = models.ForeignKey(Pair, on_delete=models.CASCADE, related_name="private_notes")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    text = models.TextField(_("nota"))
    at = models.DateTimeField(default=timezone.now, editable=False)

    journal_hidden: Any = ("text",)

    class Meta:
        ordering: ClassVar = ["-at", "-id"]
        verbose_name = _("nota privada")

    def __str__(self) -> str:
        return f"{self.pair_id} {self.at:%Y-%m-%d}"


class FollowUp(models.Model):
    """What the coordinator did about a pair that needed help."""

    pair = models.ForeignKey(Pair, on_delete=models.CASCADE, related_name="follow_ups")
    on = models.DateField(_("fecha"))
    what = models.CharField(_("qué se hizo"), max_length=300)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering: ClassVar = ["-on", "-id"]
        verbose_name = _("seguimiento de pareja")

    def __str__(self) -> str:
        return self.what
