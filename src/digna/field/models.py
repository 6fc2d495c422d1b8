"""Telephones, what could not be settled at once, and how the installation is told apart."""

import uuid
from pathlib import Path
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from digna.registry.models import Enterprise, Person


def _mark() -> str:
    return uuid.uuid4().hex


class Installation(models.Model):
    """Who this server is, in one row: telephones notice when a backup took its place."""

    public_id = models.UUIDField(default=uuid.uuid4, editable=False)
    mark = models.CharField(
        max_length=32, default=_mark, help_text="another text after a backup was restored"
    )

    def __str__(self) -> str:
        return f"{self.public_id} {self.mark[:8]}"


class Device(models.Model):
    """One person on one telephone; two people on the same one are two rows."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    telephone = models.UUIDField(help_text="chosen by the telephone, the same for all on it")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="telephones"
    )
    name = models.CharField(_("teléfono"), max_length=80, blank=True)
    recovery = models.TextField(blank=True, help_text="sealed: opens what a forgotten PIN closed")
    first_seen_at = models.DateTimeField(default=timezone.now)
    last_seen_at = models.DateTimeField(default=timezone.now)
    waiting_count = models.PositiveIntegerField(
        null=True, blank=True, help_text="as it last said itself"
    )
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    journal_hidden: ClassVar[tuple[str, ...]] = ("recovery",)

    class Meta:
        ordering: ClassVar = ["-last_seen_at", "id"]
        verbose_name = _("teléfono")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["telephone", "user"], name="field_device_once_a_person")
        ]

    def __str__(self) -> str:
        return self.name or str(self.telephone)


class Arrival(models.Model):
    """An intention that a person must settle: two changed the same, or it could not be taken in.

    It keeps everything that arrived, so that nothing has to be done again on the telephone.
    """

    class State(models.TextChoices):
        QUESTION = "question", _("con pregunta")
        QUARANTINED = "quarantined", _("apartado")
        SETTLED = "settled", _("resuelto")
        REJECTED = "rejected", _("rechazado")

    OPEN: ClassVar = (State.QUESTION, State.QUARANTINED)

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    intention = models.UUIDField(unique=True)
    telephone = models.UUIDField(null=True, blank=True)
    device = models.CharField(max_length=120, blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    action = models.CharField(max_length=80)
    at = models.DateTimeField(help_text="when it was done, by the telephone")
    seq = models.PositiveBigIntegerField(null=True, blank=True)
    arrived_at = models.DateTimeField(default=timezone.now)
    values = models.JSONField(default=dict, blank=True)
    base = models.JSONField(
        null=True, blank=True, help_text="what the form held when it was opened"
    )
    clashing = models.JSONField(default=list, blank=True, help_text="names that both sides changed")
    choices = models.JSONField(
        default=list, blank=True, help_text="pairs of value and label to choose from"
    )
    answer = models.CharField(max_length=40, blank=True, help_text="the value that is chosen")
    state = models.CharField(max_length=11, choices=State.choices)
    code = models.CharField(max_length=80)
    message = models.TextField(blank=True)
    trace = models.TextField(blank=True, help_text="where it broke, without any value")
    enterprise = models.ForeignKey(
        Enterprise, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    person = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    decision = models.JSONField(default=dict, blank=True)
    reason = models.TextField(blank=True)

    journal_hidden: ClassVar[tuple[str, ...]] = (
        "values", "base", "choices", "message", "decision", "reason",
    )  # fmt: skip

    class Meta:
        ordering: ClassVar = ["arrived_at", "id"]
        verbose_name = _("pregunta del campo")
        indexes: ClassVar = [
            models.Index(fields=["state", "arrived_at"], name="field_arrival_by_state")
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.intention}"

    @property
    def is_open(self) -> bool:
        return self.state in self.OPEN


class ArrivalFile(models.Model):
    """A file of an intention that waits to be settled."""

    arrival = models.ForeignKey(Arrival, on_delete=models.CASCADE, related_name="files")
    field = models.CharField(max_length=200)
    name = models.CharField(max_length=200)
    type = models.CharField(max_length=100, blank=True)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    file = models.CharField(max_length=120, help_text="its place in the media folder")

    journal_hidden: ClassVar[tuple[str, ...]] = ("name",)

    class Meta:
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return self.name

    @property
    def path(self) -> Path:
        return Path(settings.MEDIA_ROOT) / self.file

    def facts(self) -> dict[str, Any]:
        """What the question's page shows of it."""
        return {"name": self.name, "size": self.size, "type": self.type}
