"""What somebody did in a course: lessons finished, answers, ticks, tasks, results of packages."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from digna.learning.models.courses import CourseVersion
from digna.learning.models.enrolments import Enrolment


class LessonProgress(models.Model):
    """A lesson that somebody says is finished."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="lessons")
    lesson_code = models.CharField(max_length=60)
    finished_at = models.DateTimeField(_("terminada el"))

    class Meta:
        ordering: ClassVar = ["enrolment_id", "finished_at", "id"]
        verbose_name = _("lección terminada")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["enrolment", "lesson_code"], name="learning_lesson_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.enrolment_id} {self.lesson_code}"


class QuizAttempt(models.Model):
    """A quiz answered once, as it was graded then: n of N. The best of all attempts counts."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="attempts")
    version = models.ForeignKey(CourseVersion, on_delete=models.PROTECT, related_name="+")
    lesson_code = models.CharField(max_length=60)
    quiz_code = models.CharField(max_length=60)
    answers = models.JSONField(_("respuestas"), default=dict)
    right_count = models.PositiveSmallIntegerField(_("correctas"))
    question_count = models.PositiveSmallIntegerField(_("preguntas"))
    at = models.DateTimeField(_("respondido el"))

    class Meta:
        ordering: ClassVar = ["enrolment_id", "at", "id"]
        verbose_name = _("preguntas respondidas")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(right_count__lte=F("question_count")), name="learning_right_within"
            )
        ]

    def __str__(self) -> str:
        return f"{self.quiz_code}: {self.right_count}/{self.question_count}"


class ChecklistMark(models.Model):
    """A line of a checklist, ticked or not."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="marks")
    lesson_code = models.CharField(max_length=60)
    checklist_code = models.CharField(max_length=60)
    item_code = models.CharField(max_length=60)
    is_done = models.BooleanField(_("hecho"))
    at = models.DateTimeField(_("marcado el"))

    class Meta:
        ordering: ClassVar = ["enrolment_id", "id"]
        verbose_name = _("línea marcada")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["enrolment", "lesson_code", "checklist_code", "item_code"],
                name="learning_mark_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.checklist_code}.{self.item_code}"


class TaskSubmission(models.Model):
    """A task handed in, and what the reviewer said. Handing in again is another one."""

    class State(models.TextChoices):
        WAITING = "waiting", _("por revisar")
        ACCEPTED = "accepted", _("aceptada")
        AGAIN = "again", _("para hacer otra vez")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="submissions")
    version = models.ForeignKey(CourseVersion, on_delete=models.PROTECT, related_name="+")
    lesson_code = models.CharField(max_length=60)
    task_code = models.CharField(max_length=60)
    text = models.TextField(_("qué hizo"), blank=True)
    at = models.DateTimeField(_("entregada el"))
    state = models.CharField(
        _("estado"), max_length=8, choices=State.choices, default=State.WAITING
    )
    met = models.JSONField(_("criterios cumplidos"), default=list, blank=True)
    note = models.TextField(_("palabras de quien revisó"), blank=True)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    reviewed_at = models.DateTimeField(_("revisada el"), null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["at", "id"]
        verbose_name = _("tarea entregada")

    def __str__(self) -> str:
        return f"{self.enrolment_id} {self.task_code}"

    def get_absolute_url(self) -> str:
        return reverse("learning:review", args=[self.public_id])


class TaskPhoto(models.Model):
    """A photograph of a task."""

    submission = models.ForeignKey(TaskSubmission, on_delete=models.CASCADE, related_name="photos")
    file = models.FileField(upload_to="learning/tasks/%Y/%m/")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["id"]
        verbose_name = _("foto de una tarea")

    def __str__(self) -> str:
        return f"{self.submission_id} {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("learning:photo", args=[self.pk])


class PackageResult(models.Model):
    """What a package (SCORM, H5P, cmi5) reported last of somebody."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="packages")
    lesson_code = models.CharField(max_length=60)
    package = models.CharField(max_length=100)
    is_complete = models.BooleanField(_("completo"), default=False)
    is_passed = models.BooleanField(_("aprobado"), null=True, blank=True)
    score = models.DecimalField(_("puntaje"), max_digits=9, decimal_places=2, null=True, blank=True)
    score_most = models.DecimalField(
        _("puntaje máximo"), max_digits=9, decimal_places=2, null=True, blank=True
    )
    at = models.DateTimeField(_("informado el"))

    class Meta:
        ordering: ClassVar = ["enrolment_id", "id"]
        verbose_name = _("resultado de un paquete")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["enrolment", "lesson_code", "package"], name="learning_package_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.enrolment_id} {self.package}"
