"""Packages, their versions, attempts at them, and what each part reported."""

import uuid
from collections.abc import Sequence
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from digna.packages.standards import values
from digna.packages.standards.values import Part
from digna.registry.models import Person


class Package(models.Model):
    """A lesson made elsewhere, whatever its version."""

    class Kind(models.TextChoices):
        SCORM12 = "scorm12", "SCORM 1.2"
        SCORM2004 = "scorm2004", "SCORM 2004"
        H5P = "h5p", "H5P"
        CMI5 = "cmi5", "cmi5"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    title = models.CharField(_("título"), max_length=200)
    kind = models.CharField(_("estándar"), max_length=9, choices=Kind.choices)
    language = models.CharField(_("idioma"), max_length=20, blank=True)
    licence = models.CharField(_("licencia"), max_length=200, blank=True)
    withdrawn_at = models.DateTimeField(_("retirado el"), null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering: ClassVar = ["title", "id"]
        verbose_name = _("paquete")

    def __str__(self) -> str:
        return self.title


class PackageVersion(models.Model):
    """One archive of a package, and what it holds."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    package = models.ForeignKey(Package, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField(_("versión"))
    standard = models.CharField(_("estándar"), max_length=120)
    archive = models.FileField(_("archivo"), upload_to="packages/archives/%Y/")
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64, db_index=True)
    size = models.PositiveBigIntegerField(_("bytes"))
    unpacked_size = models.PositiveBigIntegerField(_("bytes sin comprimir"))
    file_count = models.PositiveIntegerField(_("archivos"))
    parts = models.JSONField(default=list)
    identifier = models.CharField(max_length=500, blank=True)
    note = models.CharField(_("qué cambió"), max_length=300, blank=True)
    added_at = models.DateTimeField(default=timezone.now, editable=False)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering: ClassVar = ["package_id", "-number"]
        verbose_name = _("versión de paquete")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["package", "number"], name="packages_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.package_id} v{self.number}"

    @property
    def folder(self) -> str:
        """Where its files are kept."""
        return f"packages/content/{self.public_id}"

    @property
    def pieces(self) -> Sequence[Part]:
        """Its parts, as plain values."""
        return [values.of_plain(kept) for kept in self.parts]

    def piece(self, key: str) -> Part | None:
        """Return one part."""
        return next((part for part in self.pieces if part.key == key), None)


class PackageAttempt(models.Model):
    """Somebody's way through one version; a trial by an author never counts."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    version = models.ForeignKey(PackageVersion, on_delete=models.PROTECT, related_name="attempts")
    person = models.ForeignKey(
        Person,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="package_attempts",
        verbose_name=_("persona"),
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="package_attempts",
        verbose_name=_("cuenta"),
    )
    number = models.PositiveSmallIntegerField(_("intento"))
    is_trial = models.BooleanField(_("de prueba"), default=False)
    registration = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    started_at = models.DateTimeField(default=timezone.now)
    last_at = models.DateTimeField(default=timezone.now)
    completed_at = models.DateTimeField(_("terminado el"), null=True, blank=True)
    is_passed = models.BooleanField(_("aprobado"), null=True, blank=True)
    scaled = models.DecimalField(
        _("puntaje"), max_digits=5, decimal_places=4, null=True, blank=True
    )

    class Meta:
        ordering: ClassVar = ["-started_at", "-id"]
        verbose_name = _("intento de paquete")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(person__isnull=False) | Q(user__isnull=False),
                name="packages_attempt_by_somebody",
            )
        ]

    def __str__(self) -> str:
        return f"{self.version_id} · {self.number}"


class PartProgress(models.Model):
    """What one part reported in one attempt: its data as it left them, and how it went."""

    attempt = models.ForeignKey(PackageAttempt, on_delete=models.CASCADE, related_name="progress")
    key = models.TextField()
    data = models.TextField(blank=True)  # JSON as text: what players leave may hold U+0000
    sitting = models.UUIDField(null=True, blank=True)
    sequence = models.PositiveIntegerField(default=0)
    is_complete = models.BooleanField(_("terminada"), null=True, blank=True)
    is_passed = models.BooleanField(_("aprobada"), null=True, blank=True)
    scaled = models.DecimalField(max_digits=5, decimal_places=4, null=True, blank=True)
    raw = models.DecimalField(max_digits=14, decimal_places=4, null=True, blank=True)
    most = models.DecimalField(max_digits=14, decimal_places=4, null=True, blank=True)
    seconds = models.PositiveIntegerField(null=True, blank=True)
    satisfied_at = models.DateTimeField(null=True, blank=True)
    updated_at = models.DateTimeField(default=timezone.now)

    journal_hidden: ClassVar = ("data",)

    class Meta:
        ordering: ClassVar = ["attempt_id", "id"]
        verbose_name = _("avance de una parte")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["attempt", "key"], name="packages_part_once")
        ]

    def __str__(self) -> str:
        return f"{self.attempt_id} · {self.key[:40]}"


class UnitSession(models.Model):
    """One launch of a cmi5 unit: its token is fetched once, its statements keep an order."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    attempt = models.ForeignKey(PackageAttempt, on_delete=models.CASCADE, related_name="sessions")
    key = models.TextField()
    mode = models.CharField(max_length=6, default="Normal")
    started_at = models.DateTimeField(default=timezone.now)
    fetched_at = models.DateTimeField(null=True, blank=True)
    initialized_at = models.DateTimeField(null=True, blank=True)
    terminated_at = models.DateTimeField(null=True, blank=True)
    is_abandoned = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["attempt_id", "id"]
        verbose_name = _("sesión de unidad")

    def __str__(self) -> str:
        return str(self.public_id)
