"""Mentors and their places: a place holds one pair, and the database keeps it so."""

import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from digna.mentoring.models.choices import WantedSex
from digna.registry.models import Organisation, Person


class Mentor(models.Model):
    """Somebody with experience who gives time. What they offer, and when."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="mentoring_profiles")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="mentoring_profiles",
        verbose_name=_("cuenta"),
    )
    partner = models.ForeignKey(
        Organisation,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="mentors",
        verbose_name=_("socio"),
    )
    headline = models.CharField(_("presentación"), max_length=160, blank=True)
    organisations: Any = models.ManyToManyField(
        Organisation, blank=True, related_name="+", verbose_name=_("organizaciones en que trabaja")
    )
    expertise: Any = models.JSONField(_("áreas que domina"), default=list, blank=True)
    sectors: Any = models.JSONField(_("rubros que conoce"), default=list, blank=True)
    stages: Any = models.JSONField(_("etapas que acompaña"), default=list, blank=True)
    languages: Any = models.JSONField(_("idiomas"), default=list, blank=True)
    slots: Any = models.JSONField(_("horarios libres"), default=list, blank=True)
    wants_sex = models.CharField(
        _("con quién prefiere trabajar"), max_length=6, choices=WantedSex.choices, blank=True
    )
    is_available = models.BooleanField(_("disponible"), default=True)
    conduct_accepted_at = models.DateTimeField(null=True, blank=True)
    conduct_version = models.CharField(max_length=20, blank=True)
    since = models.DateField(_("desde"))
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering: ClassVar = ["person__surnames", "person__given_names", "id"]
        verbose_name = _("mentor/a")

    def __str__(self) -> str:
        return str(self.person)


class Seat(models.Model):
    """A place beside a mentor. Capacity is how many of them there are."""

    mentor = models.ForeignKey(Mentor, on_delete=models.CASCADE, related_name="seats")
    number = models.PositiveSmallIntegerField(_("lugar"))

    class Meta:
        ordering: ClassVar = ["mentor_id", "number"]
        verbose_name = _("lugar de mentoría")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["mentor", "number"], name="mentoring_seat_once"),
            models.CheckConstraint(
                condition=Q(number__gte=1) & Q(number__lte=30), name="mentoring_seat_in_range"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.mentor_id} · {self.number}"
