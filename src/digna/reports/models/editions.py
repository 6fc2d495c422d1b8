"""A report as it was issued, and the files drawn of it."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from digna.reports.models.reports import Report


class Edition(models.Model):
    """A report as it stood, whole and in both languages: it never changes.

    Published, anybody may read it; withdrawn, it says why.
    """

    class State(models.TextChoices):
        ISSUED = "issued", _("emitida")
        PUBLISHED = "published", _("publicada")
        WITHDRAWN = "withdrawn", _("retirada")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="editions")
    number = models.PositiveSmallIntegerField(_("edición"))
    papers = models.JSONField(help_text="language → page object, as `keeping` writes it")
    sha256 = models.CharField(max_length=64)
    engine = models.CharField(max_length=40)
    note = models.CharField(_("qué cambió"), max_length=300, blank=True)
    state = models.CharField(max_length=9, choices=State.choices, default=State.ISSUED)
    issued_at = models.DateTimeField(default=timezone.now, editable=False)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    published_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_because = models.CharField(max_length=300, blank=True)

    # A whole report that the hash stands for: the journal keeps the hash.
    journal_hidden: ClassVar[tuple[str, ...]] = ("papers",)

    class Meta:
        ordering: ClassVar = ["report_id", "-number"]
        verbose_name = _("edición de un informe")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["report", "number"], name="reports_edition_number")
        ]

    def __str__(self) -> str:
        return f"{self.report_id} · {self.number}"


class Rendering(models.Model):
    """A PDF of one page object: drawn once by the worker, found again by what it says."""

    class State(models.TextChoices):
        ASKED = "asked", _("pedido")
        DONE = "done", _("listo")
        FAILED = "failed", _("falló")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sha256 = models.CharField(max_length=64, help_text="of the paper and what it is labelled with")
    paper = models.JSONField(null=True, blank=True, help_text="emptied once it is drawn")
    file = models.FileField(upload_to="reports/%Y/%m/", blank=True)
    state = models.CharField(max_length=6, choices=State.choices, default=State.ASKED)
    problem = models.TextField(blank=True)
    asked_at = models.DateTimeField(default=timezone.now, editable=False)
    done_at = models.DateTimeField(null=True, blank=True)

    journal_hidden: ClassVar[tuple[str, ...]] = ("paper",)

    class Meta:
        ordering: ClassVar = ["-asked_at", "-id"]
        verbose_name = _("archivo de un informe")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["sha256"], condition=~Q(state="failed"), name="reports_rendering_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.sha256[:8]} {self.state}"
