"""Trainers, their way up each module, their evidence, and the rules of the ladder."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from digna.certificates.models import Certificate
from digna.registry.models import Organisation, Person
from digna.trainers import ladder
from digna.training.models import Cycle


class Rung(models.TextChoices):
    """The rungs, in order."""

    CANDIDATE = "candidate", _("candidata/o")
    TRAINED = "trained", _("con formación de formadores")
    SUPERVISED = "supervised", _("con ciclo supervisado")
    RECOMMENDED = "recommended", _("recomendada/o")
    CERTIFIED = "certified", _("certificada/o")
    EXPERT = "expert", _("experta/o")


class Trainer(models.Model):
    """Somebody who delivers modules, or is learning to."""

    class Leaving(models.TextChoices):
        OTHER_WORK = "other_work", _("otro trabajo")
        NO_DEMAND = "no_demand", _("no hay demanda")
        PAY = "pay", _("no conviene económicamente")
        MOVED = "moved", _("se mudó")
        CARE = "care", _("cuidado de la familia o salud")
        NOT_CERTIFIED = "not_certified", _("no logró certificarse")
        OTHER = "other", _("otro")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="trainers", verbose_name=_("persona")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="trainers",
        verbose_name=_("cuenta"),
    )
    partner = models.ForeignKey(
        Organisation,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="trainers",
        verbose_name=_("socio"),
    )
    languages = models.CharField(_("idiomas en que forma"), max_length=80, blank=True)
    since = models.DateField(_("desde"))
    stopped_on = models.DateField(_("dejó de formar el"), null=True, blank=True)
    stopped_reason = models.CharField(
        _("por qué dejó"), max_length=14, choices=Leaving.choices, blank=True
    )
    stopped_note = models.CharField(_("detalle"), max_length=300, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering: ClassVar = ["person__surnames", "person__given_names", "id"]
        verbose_name = _("formador/a")

    def __str__(self) -> str:
        return str(self.person)


class Way(models.Model):
    """A trainer's way up the ladder of one module (by code: versions of a module share it)."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    trainer = models.ForeignKey(Trainer, on_delete=models.CASCADE, related_name="ways")
    module_code = models.SlugField(_("módulo"), max_length=40)
    rung = models.CharField(
        _("escalón"), max_length=12, choices=Rung.choices, default=Rung.CANDIDATE
    )
    since = models.DateField(_("desde"))
    certified_on = models.DateField(_("certificada/o el"), null=True, blank=True)
    valid_until = models.DateField(_("vale hasta"), null=True, blank=True)
    certifier = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    certificate = models.ForeignKey(
        Certificate, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering: ClassVar = ["trainer_id", "module_code"]
        verbose_name = _("camino de formador/a")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["trainer", "module_code"], name="trainers_way_once")
        ]

    def __str__(self) -> str:
        return f"{self.trainer} · {self.module_code}"


class Step(models.Model):
    """One rung climbed (or a certificate renewed, or taken away), on a day, by somebody."""

    way = models.ForeignKey(Way, on_delete=models.CASCADE, related_name="steps")
    before = models.CharField(max_length=12, choices=Rung.choices)
    after = models.CharField(max_length=12, choices=Rung.choices)
    on = models.DateField(_("fecha"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    reason = models.CharField(_("motivo"), max_length=300, blank=True)

    class Meta:
        ordering: ClassVar = ["way_id", "id"]
        verbose_name = _("escalón alcanzado")

    def __str__(self) -> str:
        return f"{self.before} → {self.after}"


class Evidence(models.Model):
    """A piece of the portfolio: what it shows, and what an expert said of it."""

    class Kind(models.TextChoices):
        TOT = "tot", _("formación de formadores (horas)")
        SELECTION = "selection", _("eligió las empresas")
        BASELINE = "baseline", _("levantó la línea de base")
        DESIGN = "design", _("diseñó el taller")
        WORKSHOP = "workshop", _("condujo el taller")
        VISITS = "visits", _("hizo las visitas")
        REPORT = "report", _("escribió el informe")
        RECOMMENDATION = "recommendation", _("recomendación de quien supervisó")
        OTHER = "other", _("otro")

    class State(models.TextChoices):
        PENDING = "pending", _("por firmar")
        ACCEPTED = "accepted", _("aceptada")
        RETURNED = "returned", _("devuelta")

    way = models.ForeignKey(Way, on_delete=models.CASCADE, related_name="evidence")
    kind = models.CharField(_("qué muestra"), max_length=14, choices=Kind.choices)
    on = models.DateField(_("fecha"))
    hours = models.PositiveSmallIntegerField(_("horas"), null=True, blank=True)
    cycle = models.ForeignKey(
        Cycle, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    note = models.TextField(_("qué hizo"), blank=True)
    file = models.FileField(_("archivo"), upload_to="trainers/%Y/%m/", blank=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    added_at = models.DateTimeField(default=timezone.now, editable=False)
    state = models.CharField(
        _("estado"), max_length=8, choices=State.choices, default=State.PENDING
    )
    judged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    judged_at = models.DateTimeField(null=True, blank=True)
    comment = models.CharField(_("comentario"), max_length=500, blank=True)

    class Meta:
        ordering: ClassVar = ["way_id", "-on", "-id"]
        verbose_name = _("evidencia")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(kind="tot") | Q(hours__isnull=False), name="trainers_tot_has_hours"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.on}"


class LadderRule(models.Model):
    """What the ladder asks for, of one module or (empty code) of all; the newest version holds."""

    module_code = models.SlugField(_("módulo"), max_length=40, blank=True)
    version = models.PositiveSmallIntegerField(default=1)
    is_current = models.BooleanField(default=True)
    tot_hours = models.PositiveSmallIntegerField(_("horas de formación de formadores"), default=24)
    valid_months = models.PositiveSmallIntegerField(_("meses que vale el certificado"), default=24)
    active_months = models.PositiveSmallIntegerField(
        _("meses sin ciclo hasta quedar inactiva/o"), default=12
    )
    warn_days = models.PositiveSmallIntegerField(_("días de aviso antes"), default=90)
    expert_cycles = models.PositiveSmallIntegerField(_("ciclos para ser experta/o"), default=3)
    expert_independent = models.PositiveSmallIntegerField(
        _("de ellos, con autonomía alta"), default=1
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering: ClassVar = ["module_code", "-version"]
        verbose_name = _("regla de la escalera")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["module_code", "version"], name="trainers_rule_version_once"
            ),
            models.UniqueConstraint(
                fields=["module_code"], condition=Q(is_current=True), name="trainers_rule_current"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.module_code or '*'} v{self.version}"

    @property
    def plain(self) -> ladder.Rule:
        """The rule as plain values."""
        return ladder.Rule(
            tot_hours=self.tot_hours,
            valid_months=self.valid_months,
            active_months=self.active_months,
            warn_days=self.warn_days,
            expert_cycles=self.expert_cycles,
            expert_independent=self.expert_independent,
        )
