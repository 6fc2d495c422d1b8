"""Lines, changes and the head of the chain. Nothing here is ever updated, except `Head`.

The one exception is erasing a person: `redaction.forget` blanks the contents of the changes
about that person and keeps their digests, so that the chain still verifies.
"""

from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models

from digna.errors import Refused


class AppendOnly(models.QuerySet[Any]):
    """Rows that are written once: bulk update and delete are refused."""

    def update(self, **_: Any) -> int:
        raise Refused("journal.append_only", "El diario no se modifica.")

    def delete(self) -> tuple[int, dict[str, int]]:
        raise Refused("journal.append_only", "El diario no se borra.")


class Line(models.Model):
    """One call of one service."""

    at = models.DateTimeField(help_text="when it was done (field work: on the phone)")
    written_at = models.DateTimeField(auto_now_add=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    action = models.CharField(max_length=80, db_index=True)
    device = models.CharField(max_length=120, blank=True)
    reason = models.TextField(blank=True)
    intention = models.UUIDField(null=True, unique=True)
    receipt = models.JSONField(null=True)
    digest = models.CharField(max_length=64, help_text="sha256 over the digests of its changes")
    previous = models.CharField(max_length=64)
    seal = models.CharField(max_length=64, help_text="sha256 over this line and `previous`")

    objects: ClassVar[models.Manager[Self]] = AppendOnly.as_manager()

    class Meta:
        ordering: ClassVar = ["-id"]

    def __str__(self) -> str:
        return f"{self.pk} {self.action}"


class Change(models.Model):
    """What one line did to one row: the values before and after, of the fields that differ."""

    class Kind(models.TextChoices):
        ADDED = "added"
        CHANGED = "changed"
        REMOVED = "removed"
        BULK = "bulk"
        NOTED = "noted"

    line = models.ForeignKey(Line, on_delete=models.PROTECT, related_name="changes")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    model = models.CharField(max_length=60)
    object_id = models.CharField(max_length=40)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    salt = models.CharField(max_length=32)
    digest = models.CharField(max_length=64)
    forgotten_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager[Self]] = AppendOnly.as_manager()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["model", "object_id"])]
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return f"{self.kind} {self.model} {self.object_id}"


class Head(models.Model):
    """The last link of the chain: one row, locked while a line is appended."""

    line_count = models.BigIntegerField(default=0)
    seal = models.CharField(max_length=64, default="0" * 64)

    def __str__(self) -> str:
        return f"{self.line_count} {self.seal[:12]}"
