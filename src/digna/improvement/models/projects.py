"""Improvement projects: what is being bettered, by whom, what it cost and what it saves."""

import uuid
from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from digna.improvement.models.board import BoardKpi
from digna.registry.models import Enterprise


class Project(models.Model):
    """One improvement. It lives on after the module in which it was begun.

    A saving that another project counts already names it in `overlaps`, and counts 0.
    """

    class Area(models.TextChoices):
        FIVE_S = "5s", _("5S: orden y limpieza")
        QUALITY = "quality", _("calidad")
        WASTE = "waste", _("residuos y desperdicio")
        ENERGY = "energy", _("energía y agua")
        HR = "hr", _("gestión de personas")
        OSH = "osh", _("seguridad y salud")
        COMMUNICATION = "communication", _("comunicación")
        GENDER = "gender", _("igualdad de género")
        CLIMATE = "climate", _("clima")

    class Status(models.TextChoices):
        PLANNED = "planned", _("planificado")
        DOING = "doing", _("en marcha")
        DONE = "done", _("terminado")
        DROPPED = "dropped", _("dejado")

    class SavingKind(models.TextChoices):
        ONE_OFF = "one_off", _("una sola vez")
        RECURRING = "recurring", _("cada año")

    class Review(models.TextChoices):
        NOT_NEEDED = "not_needed", _("sin observación")
        WAITING = "waiting", _("por revisar")
        CONFIRMED = "confirmed", _("confirmado")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="projects")
    title = models.CharField(_("título"), max_length=160)
    area = models.CharField(_("área"), max_length=14, choices=Area.choices)
    responsible = models.CharField(_("responsable"), max_length=120, blank=True)
    starts_on = models.DateField(_("inicio"))
    due_on = models.DateField(_("para cuándo"), null=True, blank=True)
    done_on = models.DateField(_("terminado el"), null=True, blank=True)
    status = models.CharField(
        _("estado"), max_length=8, choices=Status.choices, default=Status.PLANNED
    )
    currency = models.CharField(_("moneda"), max_length=3, default="BOB")
    cost = models.DecimalField(_("costo"), max_digits=14, decimal_places=2, null=True, blank=True)
    saving = models.DecimalField(
        _("ahorro"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    saving_kind = models.CharField(
        _("el ahorro es"), max_length=9, choices=SavingKind.choices, default=SavingKind.RECURRING
    )
    running_cost = models.DecimalField(
        _("costo de mantenerlo al año"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    overlaps = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="overlapped_by",
        verbose_name=_("su ahorro ya está en"),
    )  # fmt: skip
    kpis = models.ManyToManyField(
        BoardKpi, related_name="projects", blank=True, verbose_name=_("indicadores")
    )
    doubts = models.JSONField(_("preguntas hechas"), default=list, blank=True)
    confirmed_reason = models.CharField(_("explicación"), max_length=300, blank=True)
    review = models.CharField(
        _("revisión"), max_length=10, choices=Review.choices, default=Review.NOT_NEEDED
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["-starts_on", "-id"]
        verbose_name = _("proyecto de mejora")
        verbose_name_plural = _("proyectos de mejora")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(done_on=None) | Q(status="done"),
                name="improvement_project_done_on_when_done",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def is_late(self, today: date) -> bool:
        """Whether it should have been finished by now."""
        is_open = self.status in {self.Status.PLANNED, self.Status.DOING}
        return is_open and self.due_on is not None and self.due_on < today

    @property
    def counts_in_total(self) -> bool:
        """Whether its saving is added: reached, not counted elsewhere, and not in doubt."""
        return (
            self.status == self.Status.DONE
            and self.overlaps_id is None
            and self.saving is not None
            and self.review != self.Review.WAITING
        )


class ProjectPhoto(models.Model):
    """A photograph of before or after."""

    class Moment(models.TextChoices):
        BEFORE = "before", _("antes")
        AFTER = "after", _("después")

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="photos")
    moment = models.CharField(_("momento"), max_length=6, choices=Moment.choices)
    file = models.FileField(_("foto"), upload_to="improvement/%Y/%m/")
    added_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["project_id", "moment", "id"]
        verbose_name = _("foto de un proyecto")

    def __str__(self) -> str:
        return f"{self.project_id} {self.moment}"
