"""A large export: asked for, made by the worker, taken within some days by who asked."""

import uuid
from datetime import timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from digna.surveys.models.forms import SurveyForm
from digna.surveys.models.submissions import on_disk

LOST_AFTER = timedelta(minutes=15)
"""The maker says every few seconds how far it is; silent this long, its process was killed."""
FORGOTTEN_AFTER = timedelta(days=1)
"""What waited this long in the queue is in no queue any more (a backup restores none)."""


class Export(models.Model):
    """A file of a form's submissions that takes too long to wait for: one person's."""

    class State(models.TextChoices):
        ASKED = "asked", _("en espera")
        MAKING = "making", _("preparándose")
        DONE = "done", _("lista")
        FAILED = "failed", _("no se pudo")
        CANCELLED = "cancelled", _("cancelada")
        EXPIRED = "expired", _("vencida")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    form = models.ForeignKey(SurveyForm, on_delete=models.PROTECT, related_name="exports")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked = models.JSONField(default=dict, blank=True, help_text="how it is wanted; see `asking`")
    digest = models.CharField(max_length=64, help_text="of what is asked: the same is made once")
    is_whole = models.BooleanField(
        default=False, help_text="made with everybody's submissions, not only one's own"
    )
    state = models.CharField(_("estado"), max_length=9, choices=State.choices, default=State.ASKED)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(null=True, blank=True)
    file = models.FileField(
        _("archivo"), upload_to="surveys/exports/", storage=on_disk, blank=True, max_length=200
    )
    size = models.PositiveBigIntegerField(default=0)
    problem = models.CharField(max_length=20, blank=True, help_text="a word of `words.PROBLEMS`")
    asked_at = models.DateTimeField(default=timezone.now, editable=False)
    moved_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)

    # What was searched for may be somebody's name.
    journal_hidden: ClassVar = ("asked",)

    class Meta:
        ordering: ClassVar = ["-asked_at", "-id"]
        verbose_name = _("descarga de envíos")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["user", "form", "digest"],
                condition=Q(state__in=["asked", "making"]),
                name="surveys_export_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.form_id} {self.state}"

    @property
    def is_under_way(self) -> bool:
        """Whether it waits or is being made."""
        return self.state in (self.State.ASKED, self.State.MAKING)

    def is_lost(self) -> bool:
        """Whether whoever was making it is gone."""
        patience = FORGOTTEN_AFTER if self.state == self.State.ASKED else LOST_AFTER
        return self.is_under_way and self.moved_at < timezone.now() - patience

    @property
    def is_ready(self) -> bool:
        """Whether its file can be taken."""
        there = self.state == self.State.DONE and bool(self.file)
        return there and self.expires_at is not None and timezone.now() < self.expires_at
