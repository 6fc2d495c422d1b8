"""Who learns: people in courses, alone or in a group with a trainer and dates."""

import secrets
import uuid
from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from digna.certificates.models import Certificate
from digna.learning.models.courses import Course, CourseVersion
from digna.programmes.models import Programme
from digna.registry.models import Enterprise, Organisation, Person


def new_token() -> str:
    """Return a key for a link that works without an account."""
    return secrets.token_urlsafe(16)


class Group(models.Model):
    """People who take a course together, with somebody who follows them and days to keep."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("nombre"), max_length=120)
    course = models.ForeignKey(
        Course, on_delete=models.PROTECT, related_name="groups", verbose_name=_("curso")
    )
    programme = models.ForeignKey(
        Programme,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="learning_groups",
        verbose_name=_("programa"),
    )
    partner = models.ForeignKey(
        Organisation,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="learning_groups",
        verbose_name=_("socio"),
    )
    trainer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="learning_groups",
        verbose_name=_("quien acompaña"),
    )
    starts_on = models.DateField(_("comienza"))
    due_on = models.DateField(_("termina"), null=True, blank=True)
    schedule = models.JSONField(_("fechas por unidad"), default=dict, blank=True)
    closed_on = models.DateField(_("cerrado el"), null=True, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering: ClassVar = ["-starts_on", "name", "id"]
        verbose_name = _("grupo de un curso")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(due_on=None) | Q(due_on__gte=F("starts_on")),
                name="learning_group_dates_in_order",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("learning:group", args=[self.public_id])

    def day_of(self, unit: str) -> date | None:
        """The day by which a unit should be done; its meeting, in a blended course."""
        told = self.schedule.get(unit)
        return date.fromisoformat(told) if told else None


class Enrolment(models.Model):
    """One person's way through one version of a course.

    Not unique by person and course on purpose: when two records of a person are merged, both ways
    stay and the furthest is gone on with; the service lets nobody open two.
    """

    class State(models.TextChoices):
        ACTIVE = "active", _("en curso")
        FINISHED = "finished", _("terminado")
        WITHDRAWN = "withdrawn", _("se retiró")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    token = models.CharField(  # noqa: DJ001 — null once it left with a copy; "" would clash
        max_length=32, unique=True, null=True, default=new_token, editable=False
    )
    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="enrolments")
    version = models.ForeignKey(CourseVersion, on_delete=models.PROTECT, related_name="enrolments")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="course_enrolments")
    enterprise = models.ForeignKey(
        Enterprise,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="course_enrolments",
        verbose_name=_("empresa"),
    )
    group = models.ForeignKey(
        Group,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="enrolments",
        verbose_name=_("grupo"),
    )
    state = models.CharField(_("estado"), max_length=9, choices=State.choices, default=State.ACTIVE)
    enrolled_at = models.DateTimeField(_("inscrita/o el"), default=timezone.now)
    began_at = models.DateTimeField(_("comenzó el"), null=True, blank=True)
    latest_at = models.DateTimeField(_("última vez"), null=True, blank=True)
    finished_at = models.DateTimeField(_("terminó el"), null=True, blank=True)
    withdrawn_reason = models.CharField(_("por qué se retiró"), max_length=300, blank=True)
    certificate = models.ForeignKey(
        Certificate, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    journal_hidden = ("token",)

    class Meta:
        ordering: ClassVar = ["person__surnames", "person__given_names", "id"]
        verbose_name = _("inscripción a un curso")

    def __str__(self) -> str:
        return f"{self.person} · {self.course}"

    @property
    def is_open(self) -> bool:
        return self.state != self.State.WITHDRAWN


class UnitAttendance(models.Model):
    """Who came to the meeting of a unit, in a blended course."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="attendances")
    unit_code = models.CharField(max_length=60)
    came = models.BooleanField(_("vino"))
    on = models.DateField(_("fecha"))
    marked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering: ClassVar = ["enrolment_id", "unit_code"]
        verbose_name = _("asistencia a un encuentro")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["enrolment", "unit_code"], name="learning_attendance_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.enrolment_id} {self.unit_code}"
