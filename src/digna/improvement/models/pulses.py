"""The workers' pulse and their suggestions, kept so that nobody can be told apart.

No row stands for a person's answers: each answer raises the tallies of its round and is gone. The
tallies are one value of the round, so that the journal, too, tells only that somebody answered.
No user, person, address or device is kept; a suggestion knows its month only.
"""

import secrets
import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from digna.improvement.models.instruments import InstrumentVersion
from digna.registry.models import Enterprise

ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


def new_token() -> str:
    """Return a short unguessable address: twelve signs that nobody misreads, 59 bits."""
    return "".join(secrets.choice(ALPHABET) for _sign in range(12))


class PulseRound(models.Model):
    """A stretch in which the workers of a firm may answer, by a link that tells nobody who."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    enterprise = models.ForeignKey(
        Enterprise, on_delete=models.PROTECT, related_name="pulse_rounds"
    )
    version = models.ForeignKey(InstrumentVersion, on_delete=models.PROTECT, related_name="+")
    token = models.CharField(max_length=16, default=new_token, unique=True)
    opens_on = models.DateField(_("abre el"))
    closes_on = models.DateField(_("cierra el"))
    answer_count = models.PositiveIntegerField(default=0)
    tallies = models.JSONField(default=dict, blank=True, help_text="question → value → how often")
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    journal_hidden: ClassVar[tuple[str, ...]] = ("answer_count", "tallies")

    class Meta:
        ordering: ClassVar = ["-opens_on", "-id"]
        verbose_name = _("ronda del pulso")
        verbose_name_plural = _("rondas del pulso")

    def __str__(self) -> str:
        return f"{self.version} {self.opens_on:%d/%m/%Y}"


class Suggestion(models.Model):
    """What somebody proposed, and what became of it. Its key says nothing of its turn."""

    class State(models.TextChoices):
        RECEIVED = "received", _("recibida")
        STUDIED = "studied", _("en estudio")
        ACCEPTED = "accepted", _("aceptada")
        DONE = "done", _("hecha")
        DECLINED = "declined", _("no se hará")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(PulseRound, on_delete=models.CASCADE, related_name="suggestions")
    text = models.CharField(_("sugerencia"), max_length=500)
    month = models.DateField(_("mes"))
    state = models.CharField(
        _("estado"), max_length=8, choices=State.choices, default=State.RECEIVED
    )
    answer = models.CharField(_("respuesta del equipo"), max_length=300, blank=True)

    journal_hidden: ClassVar[tuple[str, ...]] = ("text",)

    class Meta:
        ordering: ClassVar = ["-month", "id"]
        verbose_name = _("sugerencia")

    def __str__(self) -> str:
        return self.text
