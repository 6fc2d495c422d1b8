"""Cohorts with their call and terms, and who applies."""

import secrets
import uuid
from datetime import date
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from digna.mentoring.models.choices import Care, WantedSex
from digna.programmes.models import Programme
from digna.registry.models import Enterprise, Organisation, Person, Sector
from digna.web.languages import either


def new_token() -> str:
    """Return a key for a link that works without an account."""
    return secrets.token_urlsafe(16)


class Cohort(models.Model):
    """A round of mentoring: its template, its call, and the terms it keeps to its end."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    title = models.CharField(_("título"), max_length=160)
    programme = models.ForeignKey(
        Programme, on_delete=models.PROTECT, related_name="mentoring_cohorts"
    )
    partner = models.ForeignKey(
        Organisation,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="mentoring_cohorts",
        verbose_name=_("socio"),
    )
    template = models.SlugField(_("modelo"), max_length=40)
    terms = models.JSONField(default=dict, editable=False)
    starts_on = models.DateField(_("inicio"))
    ends_on = models.DateField(_("fin"))
    call_opens_on = models.DateField(_("la convocatoria abre"))
    call_closes_on = models.DateField(_("la convocatoria cierra"))
    call_text = models.TextField(_("texto de la convocatoria"), blank=True)
    token = models.CharField(  # noqa: DJ001 — null once it left with a copy; "" would clash
        max_length=32, unique=True, null=True, default=new_token, editable=False
    )
    answer_days = models.PositiveSmallIntegerField(_("días para responder"), default=7)
    silent_days = models.PositiveSmallIntegerField(_("días sin contacto que avisan"), default=21)
    no_show_limit = models.PositiveSmallIntegerField(_("ausencias que avisan"), default=2)
    closed_on = models.DateField(_("cerrada el"), null=True, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    journal_hidden = ("token",)

    class Meta:
        ordering: ClassVar = ["-starts_on", "title"]
        verbose_name = _("cohorte de mentoría")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="mentoring_cohort_dates_in_order"
            ),
            models.CheckConstraint(
                condition=Q(call_closes_on__gte=F("call_opens_on")),
                name="mentoring_call_dates_in_order",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_group(self) -> bool:
        """Whether a mentor goes along with several mentees at once."""
        return bool(self.terms.get("template", {}).get("group_size", 1) > 1)

    @property
    def group_size(self) -> int:
        """How many mentees one mentor takes in this cohort at most."""
        return int(self.terms.get("template", {}).get("group_size", 1))

    @property
    def template_name(self) -> str:
        """The template's name in the language in use."""
        told = self.terms.get("template", {})
        return either(told.get("name_es", self.template), told.get("name_en", ""))

    def is_call_open_on(self, day: date) -> bool:
        """Whether somebody may apply on a day."""
        return self.closed_on is None and self.call_opens_on <= day <= self.call_closes_on


class Application(models.Model):
    """Somebody applies to be mentored: what she needs and when, with whom, she can meet."""

    class State(models.TextChoices):
        RECEIVED = "received", _("por revisar")
        ACCEPTED = "accepted", _("aceptada")
        DECLINED = "declined", _("no aceptada")
        WITHDRAWN = "withdrawn", _("se retiró")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    token = models.CharField(  # noqa: DJ001 — null once it left with a copy; "" would clash
        max_length=32, unique=True, null=True, default=new_token, editable=False
    )
    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="applications")
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="mentoring_applications"
    )
    enterprise = models.ForeignKey(
        Enterprise,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="mentoring_applications",
        verbose_name=_("empresa"),
    )
    state = models.CharField(
        _("estado"), max_length=9, choices=State.choices, default=State.RECEIVED
    )
    business = models.CharField(_("su negocio"), max_length=160, blank=True)
    sector = models.ForeignKey(
        Sector, null=True, blank=True, on_delete=models.PROTECT, verbose_name=_("rubro")
    )
    stage = models.SlugField(_("etapa"), max_length=40, blank=True)
    needs: Any = models.JSONField(_("en qué quiere apoyo"), default=list, blank=True)
    languages: Any = models.JSONField(_("idiomas"), default=list, blank=True)
    slots: Any = models.JSONField(_("horarios libres"), default=list, blank=True)
    hours_a_month = models.PositiveSmallIntegerField(_("horas al mes"), null=True, blank=True)
    care = models.CharField(_("cuida a otras personas"), max_length=11, choices=Care, blank=True)
    needs_childcare = models.BooleanField(_("necesita cuidado infantil"), null=True, blank=True)
    constraints_note = models.CharField(_("qué tomar en cuenta"), max_length=400, blank=True)
    wants_sex = models.CharField(
        _("con quién prefiere trabajar"), max_length=6, choices=WantedSex.choices, blank=True
    )
    ranking: Any = models.JSONField(_("mentores que prefiere"), default=list, blank=True)
    refuses: Any = models.JSONField(_("conflictos de interés"), default=list, blank=True)
    motivation = models.TextField(_("qué espera lograr"), blank=True)
    conduct_accepted_at = models.DateTimeField(null=True, blank=True)
    conduct_version = models.CharField(max_length=20, blank=True)
    received_at = models.DateTimeField(default=timezone.now, editable=False)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decision_note = models.CharField(_("motivo"), max_length=300, blank=True)

    journal_hidden = ("token",)

    class Meta:
        ordering: ClassVar = ["received_at", "id"]
        verbose_name = _("postulación")

    def __str__(self) -> str:
        return str(self.person)
