"""Visits to firms, what was seen and agreed, and the trainer's report on a module."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from digna.registry.models import Person
from digna.training.models.cycles import CycleFirm, Role


class Visit(models.Model):
    """One visit to one firm of a cycle; numbers follow the dates."""

    class Mode(models.TextChoices):
        ON_SITE = "on_site", _("en la empresa")
        VIRTUAL = "virtual", _("por videollamada")
        PHONE = "phone", _("por teléfono")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    firm = models.ForeignKey(CycleFirm, on_delete=models.PROTECT, related_name="visits")
    number = models.PositiveSmallIntegerField(_("número"))
    on = models.DateField(_("fecha"))
    mode = models.CharField(_("modalidad"), max_length=8, choices=Mode.choices)
    minutes = models.PositiveSmallIntegerField(_("minutos"), null=True, blank=True)
    trainer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="visits_made",
        verbose_name=_("formador/a"),
    )
    findings = models.TextField(_("hallazgos"), blank=True)
    minutes_text = models.TextField(_("acta"), blank=True)
    next_on = models.DateField(_("próxima visita"), null=True, blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["firm_id", "number"]
        verbose_name = _("visita")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["firm", "number"], name="training_visit_number_once")
        ]
        indexes: ClassVar = [models.Index(fields=["on"], name="training_visit_by_day")]

    def __str__(self) -> str:
        return f"{self.number} of {self.firm_id}"


class VisitPresence(models.Model):
    """Somebody of the firm who was there when it was visited."""

    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="presences")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="visit_presences")
    role = models.CharField(_("rol"), max_length=9, choices=Role.choices)

    class Meta:
        ordering: ClassVar = ["visit_id", "id"]
        verbose_name = _("presencia en la visita")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["visit", "person"], name="training_presence_once")
        ]

    def __str__(self) -> str:
        return f"{self.person_id} at visit {self.visit_id}"


class NextStep(models.Model):
    """Something agreed in a visit: what, who, by when; open until a later visit ticks it."""

    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="next_steps")
    what = models.CharField(_("qué"), max_length=300)
    who = models.CharField(_("quién"), max_length=120, blank=True)
    due_on = models.DateField(_("para cuándo"), null=True, blank=True)
    done_on = models.DateField(_("hecho el"), null=True, blank=True)
    done_in = models.ForeignKey(
        Visit, null=True, blank=True, on_delete=models.SET_NULL, related_name="steps_closed"
    )

    class Meta:
        ordering: ClassVar = ["visit_id", "id"]
        verbose_name = _("próximo paso")

    def __str__(self) -> str:
        return self.what


class VisitPhoto(models.Model):
    """A photograph taken in a visit; served only through the visit's own rule of access."""

    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="photos")
    file = models.FileField(upload_to="training/%Y/%m/")
    caption = models.CharField(_("qué se ve"), max_length=200, blank=True)

    class Meta:
        ordering: ClassVar = ["visit_id", "id"]
        verbose_name = _("foto de la visita")

    def __str__(self) -> str:
        return self.caption or f"photo {self.pk}"


class TrainerReport(models.Model):
    """What the trainer says of a firm's module: live numbers beside it, words of their own."""

    class State(models.TextChoices):
        DRAFT = "draft", _("borrador")
        SENT = "sent", _("enviado")
        RETURNED = "returned", _("devuelto")
        APPROVED = "approved", _("aprobado")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    firm = models.OneToOneField(CycleFirm, on_delete=models.CASCADE, related_name="report")
    state = models.CharField(_("estado"), max_length=8, choices=State.choices, default=State.DRAFT)
    situation = models.TextField(_("punto de partida"), blank=True)
    changes = models.TextField(_("qué cambió"), blank=True)
    difficulties = models.TextField(_("dificultades"), blank=True)
    advice = models.TextField(_("recomendaciones"), blank=True)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    sent_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["-id"]
        verbose_name = _("informe de módulo")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(state="approved") | Q(decided_at__isnull=False),
                name="training_report_approved_when",
            )
        ]

    def __str__(self) -> str:
        return f"report of {self.firm_id}"


class ReportComment(models.Model):
    """What a reader of a report asked or said when returning or approving it."""

    report = models.ForeignKey(TrainerReport, on_delete=models.CASCADE, related_name="comments")
    text = models.TextField(_("comentario"))
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering: ClassVar = ["id"]
        verbose_name = _("comentario al informe")

    def __str__(self) -> str:
        return self.text[:60]
