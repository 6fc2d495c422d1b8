"""What was sent: each submission with its versions, files, reviews and what it led to."""

import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from digna.surveys.models.credentials import AppKey
from digna.surveys.models.forms import FormVersion, SurveyForm
from digna.surveys.reading import attachments


def on_disk() -> FileSystemStorage:
    """Where the files of submissions lie: a folder of this machine, written as `storing` does."""
    return FileSystemStorage()


class Submission(models.Model):
    """One filled form, whoever corrected it since."""

    class State(models.TextChoices):
        RECEIVED = "received", _("recibido")
        HAS_ISSUES = "has_issues", _("con observaciones")
        APPROVED = "approved", _("aprobado")
        REJECTED = "rejected", _("rechazado")

    class Source(models.TextChoices):
        OPENROSA = "openrosa", _("ODK Collect o Kobo")
        READ_IN = "read_in", _("leído de otro sistema")
        FIELD = "field", _("la aplicación de campo")
        PAPER = "paper", _("pasado de papel")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    form = models.ForeignKey(SurveyForm, on_delete=models.PROTECT, related_name="submissions")
    instance_id = models.CharField(max_length=200)
    name = models.CharField(_("nombre"), max_length=200, blank=True)
    state = models.CharField(
        _("estado"), max_length=10, choices=State.choices, default=State.RECEIVED
    )
    source = models.CharField(_("por dónde llegó"), max_length=8, choices=Source.choices)
    is_late = models.BooleanField(_("llegó con el formulario cerrado"), default=False)
    has_clash = models.BooleanField(_("corregido dos veces a la vez"), default=False)
    received_at = models.DateTimeField(_("recibido el"), default=timezone.now)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("quién"),
    )

    class Meta:
        ordering: ClassVar = ["-id"]
        verbose_name = _("envío")
        indexes: ClassVar = [
            models.Index(fields=["form", "-id"], name="surveys_sent_by_form"),
            models.Index(fields=["form", "state", "-id"], name="surveys_sent_by_state"),
            models.Index(fields=["user", "-id"], name="surveys_sent_by_user"),
        ]

    def __str__(self) -> str:
        return self.name or self.instance_id.removeprefix("uuid:")


class SubmissionVersion(models.Model):
    """The XML of a submission as it came: bytes that are never changed.

    `is_current` marks the one that counts. Two corrections of the same version are both kept; the
    first that came counts until somebody decides.
    """

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="versions")
    form = models.ForeignKey(SurveyForm, on_delete=models.PROTECT, related_name="+")
    version = models.ForeignKey(
        FormVersion, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    number = models.PositiveIntegerField()
    instance_id = models.CharField(max_length=200)
    deprecated_id = models.CharField(max_length=200, blank=True)
    xml = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    is_current = models.BooleanField(default=True)
    received_at = models.DateTimeField(default=timezone.now)
    device = models.CharField(_("teléfono"), max_length=120, blank=True)
    key = models.ForeignKey(
        AppKey, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    journal_hidden: ClassVar = ("xml",)

    class Meta:
        ordering: ClassVar = ["submission_id", "-number"]
        verbose_name = _("versión de envío")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["form", "instance_id"], name="surveys_instance_once"),
            models.UniqueConstraint(
                fields=["submission"], condition=Q(is_current=True), name="surveys_one_current"
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["form", "deprecated_id"],
                condition=~Q(deprecated_id=""),
                name="surveys_deprecates",
            )
        ]

    def __str__(self) -> str:
        return self.instance_id

    @property
    def plain(self) -> bytes:
        """The XML as bytes, whatever the database hands back."""
        held: Any = self.xml
        return bytes(held)


class Attachment(models.Model):
    """A file of a submission; without `file` it was announced and has not come yet."""

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="attachments")
    name = models.CharField(_("nombre"), max_length=150)
    file = models.FileField(
        _("archivo"), upload_to="surveys/files/", storage=on_disk, blank=True, max_length=200
    )
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    received_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["name"]
        verbose_name = _("archivo de envío")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["submission", "name"], name="surveys_attachment_once")
        ]
        indexes: ClassVar = [models.Index(fields=["file"], name="surveys_attachment_by_file")]

    def __str__(self) -> str:
        return self.name

    @property
    def kind(self) -> str:
        """What it is: `image`, `audio`, `video`, or another kind of file."""
        return attachments.type_of(self.name).split("/")[0]


class Review(models.Model):
    """What somebody of the office said of a submission."""

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="reviews")
    state = models.CharField(_("estado"), max_length=10, choices=Submission.State.choices)
    comment = models.TextField(_("comentario"), blank=True)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering: ClassVar = ["-at", "-id"]
        verbose_name = _("revisión de envío")

    def __str__(self) -> str:
        return f"{self.submission_id} {self.state}"


class BindingOutcome(models.Model):
    """What an approved submission became in the domain, or why it could not."""

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="outcomes")
    target = models.CharField(_("dato"), max_length=60)
    is_done = models.BooleanField(_("hecho"))
    sentence = models.CharField(max_length=500, blank=True)
    row_model = models.CharField(max_length=100, blank=True)
    row_key = models.CharField(max_length=40, blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["target"]
        verbose_name = _("resultado de una respuesta")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["submission", "target"], name="surveys_outcome_once")
        ]

    def __str__(self) -> str:
        return f"{self.submission_id} {self.target}"
