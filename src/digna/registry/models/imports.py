"""A spreadsheet brought in: the file as it came, its columns' meaning, and each row's fate."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from digna.registry.models.enterprises import Enterprise
from digna.registry.models.people import Organisation, Person


class ImportKind(models.TextChoices):
    """What the rows are."""

    PEOPLE = "people", _("personas")
    ENTERPRISES = "enterprises", _("empresas")


class ImportBatch(models.Model):
    """One file. Checked first; then run; and undone as a whole while nothing leans on it."""

    class State(models.TextChoices):
        UPLOADED = "uploaded", _("recibido")
        CHECKING = "checking", _("revisando")
        CHECKED = "checked", _("revisado")
        RUNNING = "running", _("importando")
        DONE = "done", _("importado")
        UNDONE = "undone", _("deshecho")
        FAILED = "failed", _("con error")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=12, choices=ImportKind.choices)
    file_name = models.CharField(max_length=200)
    file = models.FileField(upload_to="imports/%Y/%m/", blank=True)
    sha256 = models.CharField(max_length=64)
    sheet = models.CharField(max_length=120, blank=True)
    header_row = models.PositiveIntegerField(default=1)
    mapping = models.JSONField(default=dict, blank=True, help_text="column index → field")
    partner = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT)
    state = models.CharField(max_length=10, choices=State.choices, default=State.UPLOADED)
    row_count = models.PositiveIntegerField(default=0)
    done_count = models.PositiveIntegerField(default=0)
    problem = models.TextField(blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-created_at", "-id"]
        verbose_name = _("importación")
        verbose_name_plural = _("importaciones")

    def __str__(self) -> str:
        return self.file_name


class ImportRow(models.Model):
    """One row: its cells as they came, what they were read as, what is wrong, what became of it."""

    class Outcome(models.TextChoices):
        VALID = "valid", _("lista para importar")
        ERROR = "error", _("con errores")
        CREATED = "created", _("creada")
        MATCHED = "matched", _("ya existía")
        DOUBTFUL = "doubtful", _("creada, parecida a otra")
        SKIPPED = "skipped", _("vacía o de totales")

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField(help_text="row in the sheet, from 1")
    cells = models.JSONField()
    values = models.JSONField(default=dict, blank=True)
    problems = models.JSONField(default=list, blank=True, help_text="cell, column, code, message")
    match = models.JSONField(
        default=dict, help_text="record it is, or is like: key, score, reasons"
    )
    outcome = models.CharField(max_length=8, choices=Outcome.choices)
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="import_rows"
    )
    enterprise = models.ForeignKey(
        Enterprise, null=True, blank=True, on_delete=models.SET_NULL, related_name="import_rows"
    )

    class Meta:
        ordering: ClassVar = ["batch_id", "number"]
        verbose_name = _("fila importada")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["batch", "number"], name="registry_importrow_once")
        ]

    def __str__(self) -> str:
        return f"{self.batch_id}:{self.number} {self.outcome}"


class SavedMapping(models.Model):
    """What the columns of a partner's usual spreadsheet mean, remembered by its header."""

    kind = models.CharField(max_length=12, choices=ImportKind.choices)
    signature = models.CharField(max_length=64)
    mapping = models.JSONField(help_text="normalised header → field")
    used_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("columnas guardadas")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "signature"], name="registry_mapping_once")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.signature[:8]}"
