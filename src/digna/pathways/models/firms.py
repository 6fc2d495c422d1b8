"""A firm on its pathways. A step is the firm's, whichever pathways ask for it: done once."""

import uuid
from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from digna.registry.models import Enterprise

CURRENCIES = (("BOB", "Bs"), ("USD", "USD"))


class FirmPathway(models.Model):
    """That a firm set out on a pathway (by its code in the kits), and with which kits."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    enterprise = models.ForeignKey(
        Enterprise, on_delete=models.PROTECT, related_name="pathways", verbose_name=_("empresa")
    )
    code = models.SlugField(_("ruta"), max_length=60)
    started_on = models.DateField(_("empezó el"))
    kits = models.JSONField(default=dict, help_text="version of each kit that day, by its code")
    recorded_at = models.DateTimeField(default=timezone.now, editable=False)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    left_on = models.DateField(_("la dejó el"), null=True, blank=True)
    left_reason = models.CharField(_("por qué la dejó"), max_length=200, blank=True)

    class Meta:
        ordering: ClassVar = ["enterprise_id", "started_on", "id"]
        verbose_name = _("ruta de una empresa")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["enterprise", "code"], name="pathways_firm_once")
        ]

    def __str__(self) -> str:
        return f"{self.enterprise} · {self.code}"


class FirmAnswer(models.Model):
    """What a firm answered to a question on a day; the latest holds, none is overwritten."""

    enterprise = models.ForeignKey(
        Enterprise, on_delete=models.PROTECT, related_name="pathway_answers"
    )
    question = models.SlugField(_("pregunta"), max_length=60)
    value = models.CharField(
        _("respuesta"), max_length=60, blank=True, help_text='"" takes it back'
    )
    on = models.DateField(_("fecha"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering: ClassVar = ["enterprise_id", "on", "id"]
        verbose_name = _("respuesta de una empresa")

    def __str__(self) -> str:
        return f"{self.question}: {self.value}"


class StepProgress(models.Model):
    """How far a firm is with a step. One that comes back every year has a row for each turn."""

    class State(models.TextChoices):
        TODO = "todo", _("por hacer")
        DOING = "doing", _("en curso")
        FILED = "filed", _("presentado")
        DONE = "done", _("hecho")
        NOT_OURS = "not_ours", _("no corresponde")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    enterprise = models.ForeignKey(
        Enterprise, on_delete=models.PROTECT, related_name="steps", verbose_name=_("empresa")
    )
    step = models.SlugField(_("paso"), max_length=60)
    turn = models.PositiveSmallIntegerField(_("vez"), default=1)
    state = models.CharField(_("estado"), max_length=8, choices=State.choices, default=State.TODO)
    reason = models.CharField(_("por qué no corresponde"), max_length=200, blank=True)
    began_on = models.DateField(_("empezó el"), null=True, blank=True)
    finished_on = models.DateField(_("terminó el"), null=True, blank=True)
    spent = models.DecimalField(_("gastó"), max_digits=12, decimal_places=2, null=True, blank=True)
    currency = models.CharField(_("moneda"), max_length=3, choices=CURRENCIES, default="BOB")
    number = models.CharField(_("número del papel obtenido"), max_length=60, blank=True)
    expires_on = models.DateField(_("vence el"), null=True, blank=True)
    note = models.CharField(_("nota"), max_length=500, blank=True)
    kit_version = models.CharField(_("versión de la ruta"), max_length=80, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField(default=timezone.now, editable=False)
    before = models.JSONField(null=True, blank=True, help_text="what it said before: for undoing")

    class Meta:
        ordering: ClassVar = ["enterprise_id", "step", "turn"]
        verbose_name = _("avance de un paso")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["enterprise", "step", "turn"], name="pathways_step_turn_once"
            ),
            models.CheckConstraint(
                condition=Q(spent__isnull=True) | Q(spent__gte=0),
                name="pathways_spent_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(began_on=None)
                | Q(finished_on=None)
                | Q(finished_on__gte=F("began_on")),
                name="pathways_step_days_in_order",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["step"], name="pathways_progress_step")]

    def __str__(self) -> str:
        return f"{self.enterprise} · {self.step}"

    @property
    def days(self) -> int | None:
        """Calendar days from beginning to end; None when one of the two is not known."""
        if self.began_on is None or self.finished_on is None:
            return None
        return (self.finished_on - self.began_on).days

    def is_expired(self, on: date) -> bool:
        """Whether what was obtained no longer holds."""
        is_done = self.state == self.State.DONE
        return is_done and self.expires_on is not None and self.expires_on < on

    def says_more_than(self, other: "StepProgress") -> bool:
        """Which of two rows to keep when two records of one firm become one."""
        ranks = list(self.State.values)
        own, its = (
            (row.state != "not_ours", ranks.index(row.state), row.finished_on or date.min)
            for row in (self, other)
        )
        return own > its


class StepPaper(models.Model):
    """A photograph or document of what a firm obtained; it hangs on the firm and the step."""

    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="step_papers")
    step = models.SlugField(_("paso"), max_length=60)
    turn = models.PositiveSmallIntegerField(_("vez"), default=1)
    file = models.FileField(_("archivo"), upload_to="pathways/%Y/%m/")
    is_photo = models.BooleanField(_("es foto"), default=True)
    title = models.CharField(_("qué es"), max_length=120, blank=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    added_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering: ClassVar = ["enterprise_id", "step", "turn", "id"]
        verbose_name = _("papel de un paso")

    def __str__(self) -> str:
        return self.title or self.step
