"""Courses, their versions, and the files their lessons show."""

import uuid
from functools import cached_property
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from digna.web.languages import either
from digna_engines import courses


class Course(models.Model):
    """A course by its code; what it says is in its versions."""

    class Mode(models.TextChoices):
        SELF_PACED = "self_paced", _("a su ritmo")
        COHORT = "cohort", _("en grupo")
        BLENDED = "blended", _("en grupo, con encuentros")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.SlugField(_("código"), max_length=60, unique=True)
    name_es = models.CharField(_("nombre"), max_length=200)
    name_en = models.CharField(max_length=200, blank=True)
    mode = models.CharField(
        _("modalidad"), max_length=10, choices=Mode.choices, default=Mode.SELF_PACED
    )
    module_code = models.CharField(_("módulo de formación"), max_length=40, blank=True)
    kit = models.CharField(_("kit"), max_length=40, blank=True)
    current = models.ForeignKey(
        "learning.CourseVersion",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("versión en uso"),
    )
    retired_on = models.DateField(_("retirado el"), null=True, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering: ClassVar = ["name_es", "id"]
        verbose_name = _("curso")

    def __str__(self) -> str:
        return either(self.name_es, self.name_en)

    def get_absolute_url(self) -> str:
        return reverse("learning:course_page", args=[self.code])


class CourseVersion(models.Model):
    """What a course said from one day on. Once published it is never reworded.

    `content` holds `course` (as in a kit's `courses.yaml`), `pages` (Markdown with its header, by
    name and language) and `media` (the sha256 of each file, by its name).
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("borrador")
        PUBLISHED = "published", _("publicada")

    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField(_("versión"))
    label = models.CharField(_("nombre de la versión"), max_length=20, blank=True)
    content = models.JSONField(_("contenido"))
    sha256 = models.CharField(max_length=64)
    state = models.CharField(
        _("estado"), max_length=9, choices=State.choices, default=State.PUBLISHED
    )
    made_at = models.DateTimeField(_("hecha el"), default=timezone.now)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    # a draft is saved many times; its digest is enough for the journal
    journal_hidden = ("content",)

    class Meta:
        ordering: ClassVar = ["course_id", "-number"]
        verbose_name = _("versión de un curso")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["course", "number"], name="learning_version_once"),
            models.UniqueConstraint(
                fields=["course"], condition=Q(state="draft"), name="learning_one_draft"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label or self.number}"

    @cached_property
    def course_read(self) -> courses.Course:
        """The course as the engine knows it; a draft may be too faulty to be read."""
        return courses.read_course(self.content["course"])

    @property
    def pages(self) -> dict[str, dict[str, Any]]:
        return dict(self.content.get("pages", {}))

    @property
    def media(self) -> dict[str, str]:
        return dict(self.content.get("media", {}))


class MediaFile(models.Model):
    """An image, a recording or a video of a course, kept once for each content it had."""

    class Kind(models.TextChoices):
        IMAGE = "image", _("imagen")
        AUDIO = "audio", _("audio")
        VIDEO = "video", _("video")

    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="files")
    name = models.CharField(_("nombre"), max_length=100)
    sha256 = models.CharField(max_length=64)
    kind = models.CharField(_("tipo"), max_length=5, choices=Kind.choices)
    size = models.PositiveIntegerField(_("tamaño"))
    file = models.FileField(upload_to="learning/media/")
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    added_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering: ClassVar = ["course_id", "name", "id"]
        verbose_name = _("archivo de un curso")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["course", "name", "sha256"], name="learning_media_once")
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("learning:media", args=[self.sha256[:16], self.name])
