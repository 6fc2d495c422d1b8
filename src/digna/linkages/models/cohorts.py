"""Market-access cohorts: firms, the steps each has taken, and their small projects."""

import uuid
from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from digna.linkages.models.reference import MarketStep
from digna.programmes.models import Programme
from digna.registry.models import Enterprise, Organisation


class Cohort(models.Model):
    """A group of firms that goes to the digital market together."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    programme = models.ForeignKey(
        Programme,
        on_delete=models.PROTECT,
        related_name="market_cohorts",
        verbose_name=_("programa"),
    )
    partner = models.ForeignKey(
        Organisation,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="market_cohorts",
        verbose_name=_("socio"),
    )
    name = models.CharField(_("nombre"), max_length=160)
    starts_on = models.DateField(_("comienza"))
    ends_on = models.DateField(_("termina"), null=True, blank=True)
    checklist_code = models.SlugField(
        _("lista de preparación"), max_length=60, default="ecommerce-readiness"
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering: ClassVar = ["-starts_on", "-id"]
        verbose_name = _("grupo de acceso a mercados")
        verbose_name_plural = _("grupos de acceso a mercados")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="linkages_cohort_dates_in_order",
            )
        ]

    def __str__(self) -> str:
        return self.name


class CohortFirm(models.Model):
    """A firm in a cohort. That it enters once is held by the service: merges may bring two."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="firms")
    enterprise = models.ForeignKey(
        Enterprise, on_delete=models.PROTECT, related_name="cohort_firms"
    )
    joined_on = models.DateField(_("entró el"))
    left_on = models.DateField(_("salió el"), null=True, blank=True)
    left_reason = models.CharField(_("por qué salió"), max_length=200, blank=True)

    class Meta:
        ordering: ClassVar = ["cohort_id", "enterprise__name", "id"]
        verbose_name = _("empresa en el grupo")
        verbose_name_plural = _("empresas en el grupo")

    def __str__(self) -> str:
        return f"{self.enterprise_id} in {self.cohort_id}"


class MarketMark(models.Model):
    """Where a firm stands with one step, since when, and what shows it."""

    class State(models.TextChoices):
        DONE = "done", _("hecho")
        DOING = "doing", _("en marcha")
        NOT_NEEDED = "not_needed", _("no le corresponde")

    firm = models.ForeignKey(CohortFirm, on_delete=models.CASCADE, related_name="marks")
    step = models.ForeignKey(MarketStep, on_delete=models.PROTECT, related_name="marks")
    state = models.CharField(_("estado"), max_length=10, choices=State.choices)
    on = models.DateField(_("fecha"))
    evidence_file = models.FileField(_("foto"), upload_to="linkages/steps/%Y/%m/", blank=True)
    evidence_link = models.URLField(_("enlace"), max_length=300, blank=True)
    note = models.CharField(_("nota"), max_length=300, blank=True)
    marked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering: ClassVar = ["firm_id", "step__order", "id"]
        verbose_name = _("paso de una empresa")
        verbose_name_plural = _("pasos de las empresas")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["firm", "step"], name="linkages_mark_once")
        ]

    def __str__(self) -> str:
        return f"{self.firm_id} {self.step_id}: {self.state}"

    @property
    def has_evidence(self) -> bool:
        """Whether a photograph or an address shows it."""
        return bool(self.evidence_file or self.evidence_link)


class MiniProject(models.Model):
    """Something small with a dated result: a page, ten photographed products, a first delivery."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    firm = models.ForeignKey(CohortFirm, on_delete=models.CASCADE, related_name="projects")
    step = models.ForeignKey(
        MarketStep,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="projects",
        verbose_name=_("paso que ayuda a dar"),
    )
    title = models.CharField(_("qué hará"), max_length=160)
    measure = models.CharField(_("cómo se sabrá"), max_length=160, blank=True)
    target = models.DecimalField(
        _("cuánto se propone"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    unit = models.CharField(_("de qué"), max_length=40, blank=True)
    responsible = models.CharField(_("responsable"), max_length=120, blank=True)
    starts_on = models.DateField(_("inicio"))
    due_on = models.DateField(_("para cuándo"), null=True, blank=True)
    result_on = models.DateField(_("resultado el"), null=True, blank=True)
    result = models.DecimalField(
        _("resultado"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    result_note = models.CharField(_("qué pasó"), max_length=300, blank=True)
    evidence_file = models.FileField(_("foto"), upload_to="linkages/projects/%Y/%m/", blank=True)
    evidence_link = models.URLField(_("enlace"), max_length=300, blank=True)
    dropped_on = models.DateField(_("dejado el"), null=True, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering: ClassVar = ["firm_id", "starts_on", "id"]
        verbose_name = _("mini proyecto")
        verbose_name_plural = _("mini proyectos")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(result=None) | Q(result_on__isnull=False),
                name="linkages_miniproject_result_is_dated",
            )
        ]

    def __str__(self) -> str:
        return self.title

    def is_late(self, today: date) -> bool:
        """Whether its result should be known by now."""
        is_open = self.result_on is None and self.dropped_on is None
        return is_open and self.due_on is not None and self.due_on < today
