"""A form, its versions, and the files each version leans on."""

import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from digna.programmes.models import Programme
from digna.surveys.reading import definitions
from digna.surveys.reading.definitions import Definition


class SurveyForm(models.Model):
    """A questionnaire of a programme."""

    class State(models.TextChoices):
        DRAFT = "draft", _("borrador")
        OPEN = "open", _("abierto")
        CLOSED = "closed", _("cerrado")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    programme = models.ForeignKey(
        Programme, on_delete=models.PROTECT, related_name="forms", verbose_name=_("programa")
    )
    form_id = models.CharField(_("identificador"), max_length=100)
    title = models.CharField(_("título"), max_length=200)
    state = models.CharField(_("estado"), max_length=6, choices=State.choices, default=State.DRAFT)
    opened_at = models.DateTimeField(_("abierto el"), null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering: ClassVar = ["title", "id"]
        verbose_name = _("formulario")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["programme", "form_id"], name="surveys_form_once")
        ]

    def __str__(self) -> str:
        return self.title


class FormVersion(models.Model):
    """One XLSForm as it was uploaded, and the XForm made of it: neither changes."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    form = models.ForeignKey(SurveyForm, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    version = models.CharField(_("versión"), max_length=200)
    workbook = models.FileField(_("XLSForm"), upload_to="surveys/forms/%Y/%m/")
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    xform = models.BinaryField()
    md5 = models.CharField(max_length=32)
    definition = models.JSONField()
    warnings = models.JSONField(default=list, blank=True)
    note = models.CharField(_("qué cambió"), max_length=300, blank=True)
    added_at = models.DateTimeField(default=timezone.now, editable=False)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    journal_hidden: ClassVar = ("xform", "definition", "warnings")

    class Meta:
        ordering: ClassVar = ["form_id", "-number"]
        verbose_name = _("versión de formulario")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["form", "number"], name="surveys_version_number_once"),
            models.UniqueConstraint(fields=["form", "version"], name="surveys_version_once"),
        ]

    def __str__(self) -> str:
        return self.version

    @property
    def plain(self) -> bytes:
        """The XForm as bytes, whatever the database hands back."""
        held: Any = self.xform
        return bytes(held)

    @property
    def questions(self) -> Definition:
        """What it asks, as plain values."""
        return definitions.of_plain(self.definition)


class FormMedia(models.Model):
    """A file that a version leans on: an image, a sound, a list of choices."""

    version = models.ForeignKey(FormVersion, on_delete=models.PROTECT, related_name="media")
    name = models.CharField(_("nombre"), max_length=150)
    file = models.FileField(_("archivo"), upload_to="surveys/media/%Y/%m/")
    size = models.PositiveBigIntegerField()
    md5 = models.CharField(max_length=32)

    class Meta:
        ordering: ClassVar = ["name"]
        verbose_name = _("archivo de formulario")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["version", "name"], name="surveys_media_once")
        ]

    def __str__(self) -> str:
        return self.name
