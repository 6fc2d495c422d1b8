"""The plan by which a partner carries on alone: actions with their risk, assets handed over."""

import uuid
from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from digna.registry.models import Organisation
from digna.web.languages import either


class PlanLine(models.TextChoices):
    """The four lines of the transition."""

    ALLIANCES = "alliances", _("alianzas")
    CAPABILITY = "capability", _("capacidad del socio para ofrecer SCORE")
    SUPPLY_CHAINS = "supply_chains", _("cadenas de suministro nacionales y globales")
    ENVIRONMENTS = "environments", _("entornos más verdes, justos y resilientes")


class ActionTemplate(models.Model):
    """An action that transitions usually need, offered when a plan is begun."""

    code = models.SlugField(max_length=60, unique=True)
    version = models.CharField(max_length=20)
    line = models.CharField(max_length=14, choices=PlanLine.choices)
    order = models.PositiveSmallIntegerField(default=0)
    text_es = models.TextField()
    text_en = models.TextField()
    months = models.PositiveSmallIntegerField(null=True, help_text="usual time to do it")
    kit = models.SlugField(max_length=40)
    source = models.CharField(max_length=200, blank=True)
    retired_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["line", "order", "id"]
        verbose_name = _("acción modelo")

    def __str__(self) -> str:
        return self.text

    @property
    def text(self) -> str:
        """The action in the language in use."""
        return either(self.text_es, self.text_en)


class TransitionAction(models.Model):
    """Something to do before the programme leaves: whose, by when, with what risk and proof."""

    class State(models.TextChoices):
        PENDING = "pending", _("pendiente")
        ONGOING = "ongoing", _("en marcha")
        DONE = "done", _("hecha")
        DROPPED = "dropped", _("descartada")

    class Level(models.IntegerChoices):
        LOW = 1, _("bajo")
        MIDDLE = 2, _("medio")
        HIGH = 3, _("alto")

    partner = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="transition_actions"
    )
    line = models.CharField(_("línea"), max_length=14, choices=PlanLine.choices)
    what = models.TextField(_("qué se hará"))
    template = models.ForeignKey(
        ActionTemplate, null=True, blank=True, on_delete=models.SET_NULL, related_name="actions"
    )
    owner = models.CharField(_("responsable"), max_length=160)
    due_on = models.DateField(_("hasta"))
    state = models.CharField(
        _("estado"), max_length=8, choices=State.choices, default=State.PENDING
    )
    closed_on = models.DateField(_("cerrada el"), null=True, blank=True)
    evidence = models.TextField(_("evidencia"), blank=True)
    file = models.FileField(_("documento"), upload_to="partners/%Y/%m/", blank=True)
    risk = models.TextField(_("qué puede impedirlo"), blank=True)
    likelihood = models.PositiveSmallIntegerField(
        _("probabilidad"), choices=Level.choices, null=True, blank=True
    )
    impact = models.PositiveSmallIntegerField(
        _("impacto"), choices=Level.choices, null=True, blank=True
    )
    response = models.TextField(_("qué haremos ante ese riesgo"), blank=True)

    class Meta:
        ordering: ClassVar = ["line", "due_on", "id"]
        verbose_name = _("acción de la transición")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(state="done") | (Q(closed_on__isnull=False) & ~Q(evidence="")),
                name="partners_action_done_has_evidence",
            ),
            models.CheckConstraint(
                condition=Q(likelihood=None, impact=None)
                | Q(likelihood__isnull=False, impact__isnull=False),
                name="partners_action_risk_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.what

    @property
    def is_open(self) -> bool:
        """Still to be done."""
        return self.state in (self.State.PENDING, self.State.ONGOING)

    @property
    def risk_score(self) -> int | None:
        """Likelihood × impact, 1 to 9; None where nobody weighed it."""
        if self.likelihood is None or self.impact is None:
            return None
        return self.likelihood * self.impact

    def is_late_on(self, today: date) -> bool:
        """Open past its date."""
        return self.is_open and self.due_on < today


class Asset(models.Model):
    """Something the partner keeps when the programme leaves; handed over once it is received."""

    class Kind(models.TextChoices):
        MATERIALS = "materials", _("materiales de formación")
        TRAINERS = "trainers", _("equipo formador")
        DATABASE = "database", _("base de datos")
        BRAND = "brand", _("reglas de marca")
        LICENCES = "licences", _("licencias y permisos de uso")
        OTHER = "other", _("otro")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    partner = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="assets")
    kind = models.CharField(_("tipo"), max_length=10, choices=Kind.choices)
    what = models.TextField(_("qué se entrega"))
    conditions = models.TextField(_("condiciones de uso"), blank=True)
    handed_on = models.DateField(_("entregado el"), null=True, blank=True)
    handed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    received_by = models.CharField(_("quién recibe"), max_length=160, blank=True)
    received_as = models.CharField(_("cargo"), max_length=120, blank=True)
    receipt = models.FileField(_("acta firmada"), upload_to="partners/%Y/%m/", blank=True)
    receipt_on = models.DateField(_("acta firmada el"), null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["kind", "id"]
        verbose_name = _("bien por entregar")
        verbose_name_plural = _("bienes por entregar")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(handed_on=None) | ~Q(received_by=""),
                name="partners_asset_handed_to_somebody",
            )
        ]

    def __str__(self) -> str:
        return self.what
