"""Users, their memberships and their cards."""

import uuid
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class UserManager(BaseUserManager["User"]):
    """Reads for Django's own sign-in; users are made by `services.create_user`."""

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class User(AbstractBaseUser):
    """A person who signs in. Many have no e-mail, some no phone: those have a card."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("nombre"), max_length=120)
    email = models.EmailField(_("correo"), null=True, blank=True, unique=True)
    phone = models.CharField(_("celular"), max_length=16, null=True, blank=True, unique=True)
    phone_verified = models.BooleanField(_("celular verificado"), default=False)
    language = models.CharField(_("idioma"), max_length=8, default="es-bo")
    is_active = models.BooleanField(_("activa"), default=True)
    must_change_password = models.BooleanField(_("debe cambiar su contraseña"), default=False)
    sought = models.CharField(max_length=240, blank=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    journal_hidden = ("password",)
    # `sought` is name, e-mail and phone folded for search: it says nothing the others do not.
    objects = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        verbose_name = _("cuenta")
        verbose_name_plural = _("cuentas")
        ordering: ClassVar = ["name", "id"]

    def __str__(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name.split(" ")[0]


class Role(models.TextChoices):
    """What a member does in the programme; rights hang on these and on nothing else."""

    LEAD = "lead", _("Responsable del programa")
    MEL = "mel", _("Seguimiento y evaluación")
    COORDINATOR = "coordinator", _("Coordinación de socio")
    TRAINER = "trainer", _("Formador/a")
    MENTOR = "mentor", _("Mentor/a")
    ANALYST = "analyst", _("Analista de mercado")
    OWNER = "owner", _("Empresaria/o")
    WORKER = "worker", _("Trabajador/a")
    BUYER = "buyer", _("Comprador/a")
    AUDITOR = "auditor", _("Auditoría")


class Membership(models.Model):
    """A role of a user, and how far it reaches. An empty limit means «all».

    Limits are codes, not foreign keys: partners, departments and programmes live on floors
    above this one, and their codes outlive a merge (ADR 0006).
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(_("rol"), max_length=12, choices=Role.choices)
    partner = models.CharField(_("socio"), max_length=40, blank=True)
    departments = models.JSONField(_("departamentos"), default=list, blank=True)
    programmes = models.JSONField(_("programas"), default=list, blank=True)
    starts_on = models.DateField(_("desde"), default=timezone.localdate)
    ends_on = models.DateField(_("hasta"), null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["user_id", "role"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["user", "role", "partner"], name="accounts_membership_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role}"


class Card(models.Model):
    """A printed card: the QR carries a token, the person knows the PIN. Both are hashed here."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="cards")
    token_hash = models.CharField(max_length=64, unique=True)
    pin_hash = models.CharField(max_length=128)
    issued_at = models.DateTimeField(_("entregada"), default=timezone.now)
    revoked_at = models.DateTimeField(_("anulada"), null=True, blank=True)
    failed_count = models.PositiveSmallIntegerField(_("intentos fallidos"), default=0)
    locked_until = models.DateTimeField(_("en pausa hasta"), null=True, blank=True)

    journal_hidden: ClassVar[tuple[str, ...]] = ("token_hash", "pin_hash")

    class Meta:
        ordering: ClassVar = ["-issued_at"]

    def __str__(self) -> str:
        return f"card {self.pk} of user {self.user_id}"

    def is_usable_at(self, moment: Any) -> bool:
        """Not revoked, and not locked after repeated failures."""
        locked = self.locked_until is not None and moment < self.locked_until
        return self.revoked_at is None and not locked
