"""After a meeting: the slip of each side. What was really sold stands in its deal."""

from decimal import Decimal
from typing import ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from digna.rounds.models.rounds import Party
from digna.rounds.models.timetables import Meeting

INTEREST_MAX = 3


class Interest(models.IntegerChoices):
    """What a meeting leaves, in one tap."""

    NONE = 0, _("ninguno")
    SOME = 1, _("poco")
    GOOD = 2, _("bueno")
    HIGH = 3, _("muy alto")


class NextStep(models.TextChoices):
    """What the two agreed to do next."""

    NOTHING = "nothing", _("nada por ahora")
    QUOTE = "quote", _("mandar cotización o catálogo")
    SAMPLE = "sample", _("mandar muestra")
    VISIT = "visit", _("visita o llamada")
    ORDER = "order", _("preparar un pedido")


class Slip(models.Model):
    """One minute after a meeting, one side's word: held or not, interest, what next."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="slips")
    party = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="slips")
    was_held = models.BooleanField(_("se reunieron"), default=True)
    interest = models.PositiveSmallIntegerField(
        _("interés"),
        null=True,
        blank=True,
        choices=Interest.choices,
        validators=[MaxValueValidator(INTEREST_MAX)],
    )
    next_step = models.CharField(_("qué sigue"), max_length=7, choices=NextStep.choices, blank=True)
    product = models.CharField(_("producto"), max_length=160, blank=True)
    amount = models.DecimalField(
        _("monto que se conversó"), max_digits=16, decimal_places=2, null=True, blank=True
    )
    currency = models.CharField(_("moneda"), max_length=3, blank=True)
    note = models.CharField(_("nota"), max_length=300, blank=True)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering: ClassVar = ["meeting_id", "id"]
        verbose_name = _("ficha de reunión")
        verbose_name_plural = _("fichas de reunión")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["meeting", "party"], name="rounds_slip_once_a_side"),
            models.CheckConstraint(
                condition=Q(amount=None) | (Q(amount__gt=Decimal(0)) & ~Q(currency="")),
                name="rounds_slip_amount_has_currency",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id}: {self.interest}"


class Outcome(models.TextChoices):
    """What became of a meeting, asked months later. The deal keeps it; see `linkages`."""

    PAID = "paid", _("vendió y cobró")
    ORDER = "order", _("hay pedido, falta cobrar")
    SAMPLE = "sample", _("mandó muestra")
    TALKING = "talking", _("siguen conversando")
    SILENT = "silent", _("no contestan")
    LOST = "lost", _("no se concretó")
