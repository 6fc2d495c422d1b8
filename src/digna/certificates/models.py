"""Certificates as they were issued, and the keys their credentials were signed with."""

import secrets
import uuid
from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from digna.programmes.models import Programme
from digna.registry.models import Enterprise, Organisation, Person
from digna.web.languages import either

# Crockford's base 32: no letter that is read as a digit. Twelve of them are sixty bits.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH = 12


def new_code() -> str:
    """Return an unguessable code that can be read aloud and typed."""
    return "".join(secrets.choice(ALPHABET) for _n in range(CODE_LENGTH))


class Certificate(models.Model):
    """What somebody earned, told in full: every fact on the paper stands here, none is computed.

    `reference` is the record of the room that issued it (a firm's way through a cycle, a process);
    a holder has one certificate in force for it. `holder_name` is as printed: a later correction
    of the register does not change a paper that is already on a wall.
    """

    class Kind(models.TextChoices):
        ATTENDANCE = "attendance", _("asistencia")
        COMPLETION = "completion", _("aprobación")
        TRAINER = "trainer", _("formador/a")

    class State(models.TextChoices):
        VALID = "valid", _("vigente")
        EXPIRED = "expired", _("vencido")
        REVOKED = "revoked", _("anulado")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.CharField(_("código"), max_length=CODE_LENGTH, default=new_code, unique=True)
    kind = models.CharField(_("tipo"), max_length=10, choices=Kind.choices)
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="certificates"
    )
    enterprise = models.ForeignKey(
        Enterprise, null=True, blank=True, on_delete=models.PROTECT, related_name="certificates"
    )
    holder_name = models.CharField(_("a nombre de"), max_length=200)
    title_es = models.CharField(_("título"), max_length=200)
    title_en = models.CharField(max_length=200, blank=True)
    detail_es = models.TextField(_("detalle"), blank=True)
    detail_en = models.TextField(blank=True)
    level = models.CharField(_("nivel"), max_length=60, blank=True)
    hours = models.DecimalField(_("horas"), max_digits=6, decimal_places=1, null=True, blank=True)
    starts_on = models.DateField(_("desde"), null=True, blank=True)
    ends_on = models.DateField(_("hasta"), null=True, blank=True)
    issued_on = models.DateField(_("emitido el"))
    valid_until = models.DateField(_("vale hasta"), null=True, blank=True)
    partner = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="certificates"
    )
    programme = models.ForeignKey(
        Programme, null=True, blank=True, on_delete=models.PROTECT, related_name="certificates"
    )
    issuer_name = models.CharField(_("emite"), max_length=200)
    signed_by = models.CharField(_("firma"), max_length=120, blank=True)
    reference = models.UUIDField(null=True, blank=True, db_index=True)
    replaces = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaced_by"
    )
    revoked_at = models.DateTimeField(_("anulado el"), null=True, blank=True)
    revoked_reason = models.CharField(_("motivo"), max_length=300, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering: ClassVar = ["-issued_on", "-id"]
        verbose_name = _("certificado")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(person=None) | Q(enterprise=None), name="certificates_one_holder"
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(starts_on=None) | Q(ends_on__gte=F("starts_on")),
                name="certificates_dates_in_order",
            ),
            models.UniqueConstraint(
                fields=["reference", "kind", "person"],
                condition=Q(revoked_at=None, person__isnull=False),
                name="certificates_one_in_force_person",
            ),
            models.UniqueConstraint(
                fields=["reference", "kind", "enterprise"],
                condition=Q(revoked_at=None, enterprise__isnull=False),
                name="certificates_one_in_force_firm",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.holder_name} · {self.title_es}"

    def get_absolute_url(self) -> str:
        """Where it is read inside; the public check is at its code."""
        return reverse("certificates:certificate", args=[self.public_id])

    @property
    def title(self) -> str:
        """The title in the language in use."""
        return either(self.title_es, self.title_en)

    @property
    def detail(self) -> str:
        """The detail in the language in use."""
        return either(self.detail_es, self.detail_en)

    @property
    def spoken_code(self) -> str:
        """The code in groups of four, as printed."""
        return "-".join(self.code[at : at + 4] for at in range(0, CODE_LENGTH, 4))

    def state_on(self, day: date) -> "Certificate.State":
        """Return whether it is in force on a day."""
        if self.revoked_at is not None:
            return self.State.REVOKED
        if self.valid_until is not None and self.valid_until < day:
            return self.State.EXPIRED
        return self.State.VALID


class SigningKey(models.Model):
    """The public half of a key this installation signed with; the private half is a file."""

    did = models.CharField(max_length=200, unique=True)
    used_since = models.DateTimeField(default=timezone.now)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-used_since"]
        verbose_name = _("llave de firma")

    def __str__(self) -> str:
        return self.did
