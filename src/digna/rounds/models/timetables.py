"""Timetables as they were computed, the meetings of the published one, and who was told what."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from digna.linkages.models import Deal
from digna.rounds.models.rounds import BusinessRound, Interpreter, Party, Slot

TAKES_PLACE = Q(state__in=("planned", "held"))
"""A meeting that was not held leaves its table and its time to others."""


class Timetable(models.Model):
    """One computed timetable: what it was computed from, what came out, how near the best.

    `asked` is the whole problem as the engine read it and `sha256` its print; `told` is what the
    engine answered. `from_at` says from when on it was free to place: earlier meetings stood.
    """

    class State(models.TextChoices):
        WORKING = "working", _("calculando")
        FAILED = "failed", _("no se pudo")
        DRAFT = "draft", _("borrador")
        PUBLISHED = "published", _("publicada")
        PAST = "past", _("reemplazada")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    round = models.ForeignKey(BusinessRound, on_delete=models.CASCADE, related_name="timetables")
    number = models.PositiveSmallIntegerField(_("versión"))
    state = models.CharField(
        _("estado"), max_length=9, choices=State.choices, default=State.WORKING
    )
    seconds = models.PositiveSmallIntegerField(_("segundos de cálculo"), default=10)
    from_at = models.DateTimeField(_("desde"), null=True, blank=True)
    reason = models.CharField(_("por qué"), max_length=200, blank=True)
    asked = models.JSONField(default=dict)
    sha256 = models.CharField(max_length=64, blank=True)
    kept = models.JSONField(null=True, blank=True, help_text="places to keep; null: from scratch")
    told = models.JSONField(default=dict, blank=True)
    value = models.PositiveIntegerField(_("valor"), null=True, blank=True)
    upper_bound = models.PositiveIntegerField(_("cota"), null=True, blank=True)
    problem = models.CharField(_("problema"), max_length=500, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now)
    solved_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(_("publicada"), null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering: ClassVar = ["round_id", "-number"]
        verbose_name = _("agenda calculada")
        verbose_name_plural = _("agendas calculadas")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "number"], name="rounds_timetable_once"),
            models.UniqueConstraint(
                fields=["round"], condition=Q(state="published"), name="rounds_one_published"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}"

    @property
    def gap(self) -> int | None:
        """How many points the best possible timetable could be above this one, at most."""
        if self.value is None or self.upper_bound is None:
            return None
        return self.upper_bound - self.value


class Meeting(models.Model):
    """A buyer and a firm, in the place of the published timetable. Its identity never changes:
    when it moves, this row moves; a deal that comes of it points here."""

    class State(models.TextChoices):
        PLANNED = "planned", _("por realizarse")
        HELD = "held", _("realizada")
        NOT_HELD = "not_held", _("no se realizó")
        CANCELLED = "cancelled", _("sacada de la agenda")

    class Held(models.TextChoices):
        ON_SITE = "on_site", _("en el lugar")
        HYBRID = "hybrid", _("una parte por videollamada")
        VIRTUAL = "virtual", _("por videollamada")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    round = models.ForeignKey(BusinessRound, on_delete=models.CASCADE, related_name="meetings")
    buyer = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="meetings_as_buyer")
    firm = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="meetings_as_firm")
    slot = models.ForeignKey(
        Slot, null=True, blank=True, on_delete=models.PROTECT, related_name="meetings"
    )
    table = models.CharField(_("mesa"), max_length=12, blank=True)
    interpreter = models.ForeignKey(
        Interpreter, null=True, blank=True, on_delete=models.SET_NULL, related_name="meetings"
    )
    mode = models.CharField(max_length=8, choices=Held.choices, default=Held.ON_SITE)
    points = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(
        _("estado"), max_length=9, choices=State.choices, default=State.PLANNED
    )
    deal = models.ForeignKey(
        Deal, null=True, blank=True, on_delete=models.SET_NULL, related_name="round_meetings"
    )

    class Meta:
        ordering: ClassVar = ["round_id", "slot__starts_at", "table", "id"]
        verbose_name = _("reunión de la rueda")
        verbose_name_plural = _("reuniones de la rueda")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["buyer", "firm"], name="rounds_pair_meets_once"),
            models.UniqueConstraint(
                fields=["slot", "buyer"], condition=TAKES_PLACE, name="rounds_buyer_one_at_a_time"
            ),
            models.UniqueConstraint(
                fields=["slot", "firm"], condition=TAKES_PLACE, name="rounds_firm_one_at_a_time"
            ),
            models.UniqueConstraint(
                fields=["slot", "table"],
                condition=TAKES_PLACE & ~Q(table=""),
                name="rounds_table_one_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(state="cancelled", slot=None) | Q(slot__isnull=False),
                name="rounds_meeting_has_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.buyer_id} {self.firm_id}"

    @property
    def origin(self) -> str:
        """What a deal that comes of it says of where it comes from."""
        return f"round-meeting:{self.public_id}"

    def side_of(self, party: Party) -> Party:
        """Return the other side."""
        return self.firm if party.pk == self.buyer_id else self.buyer


class Notice(models.Model):
    """What one party is told when a published agenda changes: from what, to what."""

    class Kind(models.TextChoices):
        ADDED = "added", _("reunión nueva")
        MOVED = "moved", _("cambió de hora o de mesa")
        DROPPED = "dropped", _("ya no se realiza")

    party = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="notices")
    timetable = models.ForeignKey(Timetable, on_delete=models.CASCADE, related_name="notices")
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(_("qué cambió"), max_length=7, choices=Kind.choices)
    before = models.JSONField(default=dict, blank=True, help_text="{starts_at, table}")
    after = models.JSONField(default=dict, blank=True)
    at = models.DateTimeField(default=timezone.now)
    told_at = models.DateTimeField(_("se le avisó"), null=True, blank=True)
    seen_at = models.DateTimeField(_("lo vio"), null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-id"]
        verbose_name = _("aviso de cambio")
        verbose_name_plural = _("avisos de cambio")

    def __str__(self) -> str:
        return f"{self.kind} {self.party_id}"
