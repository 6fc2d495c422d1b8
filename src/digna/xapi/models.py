"""Statements with what they mention, documents, activities, attachments, keys and passes."""

import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class AccessKey(models.Model):
    """With what a program comes in: a name and a secret that was shown once."""

    class Scope(models.TextChoices):
        ALL = "all", _("leer y escribir")
        WRITE = "write", _("solo escribir, y leer lo propio")
        READ = "read", _("solo leer")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    label = models.CharField(_("para qué programa"), max_length=120)
    name = models.CharField(_("usuario"), max_length=40, unique=True)
    secret_hash = models.CharField(max_length=64)
    scope = models.CharField(
        _("qué puede hacer"), max_length=5, choices=Scope.choices, default=Scope.ALL
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    revoked_at = models.DateTimeField(_("retirada el"), null=True, blank=True)
    last_used_at = models.DateTimeField(_("último uso"), null=True, blank=True)

    journal_hidden: ClassVar = ("secret_hash",)

    class Meta:
        ordering: ClassVar = ["label", "id"]
        verbose_name = _("clave de programa")

    def __str__(self) -> str:
        return self.label


class LaunchPass(models.Model):
    """With what a player comes in: good for one agent and one attempt, for some hours."""

    name = models.CharField(max_length=40, unique=True)
    secret_hash = models.CharField(max_length=64)
    agent = models.JSONField()
    registration = models.UUIDField()
    activity = models.CharField(max_length=500)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    expires_at = models.DateTimeField()

    journal_hidden: ClassVar = ("secret_hash",)

    class Meta:
        ordering: ClassVar = ["-id"]
        verbose_name = _("pase de reproducción")

    def __str__(self) -> str:
        return self.name


class Statement(models.Model):
    """One statement, as it was kept: its text never changes."""

    statement_id = models.UUIDField(unique=True)
    stored_at = models.DateTimeField(db_index=True)
    happened_at = models.DateTimeField()
    verb = models.CharField(max_length=64)  # a digest, as every key below
    registration = models.UUIDField(null=True, blank=True, db_index=True)
    refers_to = models.UUIDField(null=True, blank=True, db_index=True)
    is_voided = models.BooleanField(default=False)
    body = models.TextField()

    journal_hidden: ClassVar = ("body",)

    class Meta:
        ordering: ClassVar = ["id"]
        verbose_name = _("registro de aprendizaje")
        indexes: ClassVar = [models.Index(fields=["verb", "id"], name="xapi_by_verb")]

    def __str__(self) -> str:
        return str(self.statement_id)


class Mention(models.Model):
    """That a statement names an agent or an activity: what filters look through."""

    class What(models.TextChoices):
        AGENT = "agent", _("persona")
        ACTIVITY = "activity", _("actividad")

    statement = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="mentions")
    what = models.CharField(max_length=8, choices=What.choices)
    digest = models.CharField(max_length=64)
    is_direct = models.BooleanField()

    class Meta:
        verbose_name = _("mención")
        indexes: ClassVar = [
            models.Index(fields=["digest", "is_direct", "statement"], name="xapi_mentioned")
        ]

    def __str__(self) -> str:
        return f"{self.what} {self.digest[:8]}"


class Reference(models.Model):
    """That a statement points, through however many others, to one already kept."""

    source = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="references")
    target = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="referred")

    class Meta:
        verbose_name = _("referencia")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["target", "source"], name="xapi_reference_once")
        ]

    def __str__(self) -> str:
        return f"{self.source_id} → {self.target_id}"


class LearningActivity(models.Model):
    """An activity and the newest that was said of it."""

    digest = models.CharField(max_length=64, unique=True)
    iri = models.TextField()
    definition = models.TextField(blank=True)  # JSON as text: PostgreSQL's own refuses U+0000

    class Meta:
        ordering: ClassVar = ["id"]
        verbose_name = _("actividad de aprendizaje")

    def __str__(self) -> str:
        return self.iri


class AttachedFile(models.Model):
    """What came attached to statements, kept once by its SHA-2."""

    sha2 = models.CharField(max_length=128, unique=True)
    content_type = models.CharField(max_length=200)
    file = models.FileField(_("archivo"), upload_to="xapi/%Y/%m/")
    size = models.PositiveBigIntegerField()

    class Meta:
        verbose_name = _("archivo adjunto")

    def __str__(self) -> str:
        return self.sha2[:12]


class Document(models.Model):
    """What a program keeps for itself: the state of an attempt, a profile."""

    class Kind(models.TextChoices):
        STATE = "state", _("estado")
        ACTIVITY = "activity", _("perfil de actividad")
        AGENT = "agent", _("perfil de persona")

    kind = models.CharField(max_length=8, choices=Kind.choices)
    activity = models.CharField(max_length=64, blank=True)
    agent = models.CharField(max_length=64, blank=True)
    registration = models.UUIDField(null=True, blank=True)
    name = models.TextField()
    digest = models.CharField(max_length=64, unique=True)
    content = models.BinaryField()
    content_type = models.CharField(max_length=200)
    etag = models.CharField(max_length=40)
    updated_at = models.DateTimeField()

    journal_hidden: ClassVar = ("content", "name")

    class Meta:
        ordering: ClassVar = ["id"]
        verbose_name = _("documento de reproducción")
        indexes: ClassVar = [
            models.Index(fields=["kind", "activity", "agent"], name="xapi_document_place")
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(activity="") | ~Q(agent=""), name="xapi_document_of_something"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.digest[:8]}"

    @property
    def plain(self) -> bytes:
        """The content as bytes, whatever the database hands back."""
        held: Any = self.content
        return bytes(held)
