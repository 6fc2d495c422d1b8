"""What a partner is: its kind, its agreement, its own budget for the service."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from digna.registry.models import Organisation, Person


class PartnerProfile(models.Model):
    """What is known of an organisation as a partner that delivers. None is «sin dato»."""

    class Kind(models.TextChoices):
        EMPLOYERS = "employers", _("organización de empleadores")
        ASSOCIATION = "association", _("asociación o cámara sectorial")
        GOVERNMENT = "government", _("entidad pública")
        PRIVATE = "private", _("empresa o centro privado")

    class State(models.TextChoices):
        ACTIVE = "active", _("activo")
        LOST = "lost", _("perdido")

    class LostReason(models.TextChoices):
        MONEY = "money", _("falta de dinero")
        PRIORITIES = "priorities", _("cambio de prioridades o de autoridades")
        STAFF = "staff", _("se fue la persona encargada")
        DEMAND = "demand", _("falta de demanda de las empresas")
        DISAGREEMENT = "disagreement", _("desacuerdo con el programa")
        CLOSED = "closed", _("la organización cerró")
        OTHER = "other", _("otro")

    partner = models.OneToOneField(
        Organisation, on_delete=models.CASCADE, related_name="partner_profile"
    )
    kind = models.CharField(_("tipo"), max_length=12, choices=Kind.choices, blank=True)
    mou_from = models.DateField(_("convenio desde"), null=True, blank=True)
    mou_until = models.DateField(_("convenio hasta"), null=True, blank=True)
    plan_from = models.DateField(_("plan de negocio desde"), null=True, blank=True)
    plan_until = models.DateField(_("plan de negocio hasta"), null=True, blank=True)
    contact = models.ForeignKey(
        Person,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("persona de contacto"),
    )
    state = models.CharField(_("estado"), max_length=8, choices=State.choices, default=State.ACTIVE)
    lost_on = models.DateField(_("perdido el"), null=True, blank=True)
    lost_reason = models.CharField(
        _("por qué se perdió"), max_length=14, choices=LostReason.choices, blank=True
    )
    lost_note = models.TextField(_("detalle"), blank=True)

    class Meta:
        verbose_name = _("perfil de socio")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(mou_from=None) | Q(mou_until=None) | Q(mou_until__gte=F("mou_from")),
                name="partners_profile_mou_in_order",
            ),
            models.CheckConstraint(
                condition=Q(plan_from=None)
                | Q(plan_until=None)
                | Q(plan_until__gte=F("plan_from")),
                name="partners_profile_plan_in_order",
            ),
            models.CheckConstraint(
                condition=~Q(state="lost") | (Q(lost_on__isnull=False) & ~Q(lost_reason="")),
                name="partners_profile_lost_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.partner_id} {self.state}"


class OwnBudget(models.Model):
    """Whether a partner's own budget of a year has a line for the service, and how much."""

    partner = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="own_budgets")
    year = models.PositiveSmallIntegerField(_("año"))
    has_line = models.BooleanField(_("tiene partida propia"))
    amount = models.DecimalField(_("monto"), max_digits=16, decimal_places=2, null=True, blank=True)
    currency = models.CharField(_("moneda"), max_length=3, blank=True)
    evidence = models.TextField(_("evidencia"), blank=True)
    file = models.FileField(_("documento"), upload_to="partners/%Y/%m/", blank=True)

    class Meta:
        ordering: ClassVar = ["-year"]
        verbose_name = _("partida propia")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["partner", "year"], name="partners_ownbudget_once"),
            models.CheckConstraint(
                condition=Q(amount=None) | ~Q(currency=""), name="partners_ownbudget_has_currency"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.partner_id} {self.year}"
