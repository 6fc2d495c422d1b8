"""What a cycle costs, who pays for it, what firms owe and paid; years that are closed.

Every amount keeps its own currency; `rate` is how many bolivianos one unit was worth on `rate_on`,
and who said so. Without a rate, an amount in another currency is not converted: it is missing.
"""

from decimal import Decimal
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from digna.registry.models import Enterprise, Organisation
from digna.training.models import Cycle


class Currency(models.TextChoices):
    """The currencies money is recorded in."""

    BOB = "BOB", _("bolivianos (Bs)")
    USD = "USD", _("dólares (USD)")


class Converted(models.Model):
    """What every row of money says of its currency."""

    currency = models.CharField(
        _("moneda"), max_length=3, choices=Currency.choices, default=Currency.BOB
    )
    rate = models.DecimalField(
        _("tipo de cambio"), max_digits=12, decimal_places=6, null=True, blank=True
    )
    rate_on = models.DateField(_("fecha del tipo de cambio"), null=True, blank=True)
    rate_source = models.CharField(_("quién lo publica"), max_length=120, blank=True)

    class Meta:
        abstract = True

    def in_bolivianos(self, amount: Decimal | None) -> Decimal | None:
        """Return an amount of this row in bolivianos; None where it or its rate is missing."""
        if amount is None or self.currency == Currency.BOB:
            return amount
        return None if self.rate is None else (amount * self.rate).quantize(Decimal("0.01"))


class CostLine(Converted):
    """One line of a cycle's budget: foreseen and spent; a missing amount is not zero."""

    class Kind(models.TextChoices):
        TRAINER = "trainer", _("días de formación")
        TRAVEL = "travel", _("viajes")
        VENUE = "venue", _("local y refrigerio")
        MATERIALS = "materials", _("materiales")
        COORDINATION = "coordination", _("coordinación")
        OTHER = "other", _("otros")

    cycle = models.ForeignKey(Cycle, on_delete=models.CASCADE, related_name="cost_lines")
    kind = models.CharField(_("rubro de gasto"), max_length=12, choices=Kind.choices)
    what = models.CharField(_("detalle"), max_length=200, blank=True)
    planned_days = models.DecimalField(
        _("días previstos"), max_digits=6, decimal_places=2, null=True, blank=True
    )
    actual_days = models.DecimalField(
        _("días trabajados"), max_digits=6, decimal_places=2, null=True, blank=True
    )
    day_rate = models.DecimalField(
        _("pago por día"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    planned = models.DecimalField(
        _("previsto"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    actual = models.DecimalField(
        _("gastado"), max_digits=14, decimal_places=2, null=True, blank=True
    )

    class Meta:
        ordering: ClassVar = ["cycle_id", "kind", "id"]
        verbose_name = _("línea de costo")
        verbose_name_plural = _("líneas de costo")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=(Q(planned=None) | Q(planned__gte=0))
                & (Q(actual=None) | Q(actual__gte=0)),
                name="partners_costline_not_negative",
            )
        ]

    def __str__(self) -> str:
        return f"{self.cycle_id} {self.kind}"


class CostStatement(models.Model):
    """Somebody's word that every cost and every income of a cycle is written down."""

    cycle = models.OneToOneField(Cycle, on_delete=models.CASCADE, related_name="cost_statement")
    is_complete = models.BooleanField(_("costo completo"), default=False)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("declaración de costo completo")

    def __str__(self) -> str:
        return f"{self.cycle_id} {self.is_complete}"


class Income(Converted):
    """Money for a cycle that no firm paid; what firms paid is `Payment`."""

    class Source(models.TextChoices):
        PARTNER = "partner", _("dinero del socio")
        BUYER = "buyer", _("comprador o auspiciador")
        PUBLIC = "public", _("subsidio público")
        DONOR = "donor", _("OIT o donante")

    cycle = models.ForeignKey(Cycle, on_delete=models.CASCADE, related_name="incomes")
    source = models.CharField(_("de dónde viene"), max_length=8, choices=Source.choices)
    payer = models.CharField(_("quién paga"), max_length=160, blank=True)
    amount = models.DecimalField(_("monto"), max_digits=14, decimal_places=2)
    on = models.DateField(_("fecha"))
    note = models.CharField(_("comprobante o nota"), max_length=200, blank=True)

    class Meta:
        ordering: ClassVar = ["cycle_id", "on", "id"]
        verbose_name = _("ingreso")
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(amount__gte=0), name="partners_income_not_negative")
        ]

    def __str__(self) -> str:
        return f"{self.cycle_id} {self.source}"


class Fee(Converted):
    """What one firm agreed to pay for one cycle."""

    cycle = models.ForeignKey(Cycle, on_delete=models.CASCADE, related_name="fees")
    enterprise = models.ForeignKey(
        Enterprise, on_delete=models.PROTECT, related_name="fees", verbose_name=_("empresa")
    )
    agreed = models.DecimalField(_("cuota acordada"), max_digits=12, decimal_places=2)
    agreed_on = models.DateField(_("acordada el"))
    note = models.CharField(_("nota"), max_length=200, blank=True)

    class Meta:
        ordering: ClassVar = ["cycle_id", "enterprise__name", "id"]
        verbose_name = _("cuota de empresa")
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(agreed__gte=0), name="partners_fee_not_negative")
        ]

    def __str__(self) -> str:
        return f"{self.enterprise_id} in {self.cycle_id}"


class Instalment(models.Model):
    """A part of a fee and the day by which it is due."""

    fee = models.ForeignKey(Fee, on_delete=models.CASCADE, related_name="instalments")
    due_on = models.DateField(_("vence"))
    amount = models.DecimalField(_("monto"), max_digits=12, decimal_places=2)

    class Meta:
        ordering: ClassVar = ["fee_id", "due_on", "id"]
        verbose_name = _("plazo")
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="partners_instalment_positive")
        ]

    def __str__(self) -> str:
        return f"{self.fee_id} {self.due_on}"


class Payment(models.Model):
    """Money that came from a firm, or went back to it; numbered receipts, never edited."""

    class Kind(models.TextChoices):
        PAYMENT = "payment", _("pago")
        REFUND = "refund", _("devolución")

    fee = models.ForeignKey(Fee, on_delete=models.CASCADE, related_name="payments")
    kind = models.CharField(_("tipo"), max_length=7, choices=Kind.choices, default=Kind.PAYMENT)
    on = models.DateField(_("fecha"))
    amount = models.DecimalField(_("monto"), max_digits=12, decimal_places=2)
    receipt = models.CharField(_("recibo o factura"), max_length=60, blank=True)
    why = models.CharField(_("motivo"), max_length=200, blank=True)

    class Meta:
        ordering: ClassVar = ["fee_id", "on", "id"]
        verbose_name = _("pago")
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="partners_payment_positive"),
            models.CheckConstraint(
                condition=~Q(kind="refund") | ~Q(why=""), name="partners_refund_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.fee_id} {self.kind} {self.on}"

    @property
    def signed(self) -> Decimal:
        """The amount as it counts: what went back is taken off."""
        return -self.amount if self.kind == self.Kind.REFUND else self.amount


class ClosedYear(models.Model):
    """A year of a partner's money that was accounted for: changing it asks for a reason."""

    partner = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="closed_years")
    year = models.PositiveSmallIntegerField(_("año"))
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering: ClassVar = ["-year"]
        verbose_name = _("año cerrado")
        verbose_name_plural = _("años cerrados")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["partner", "year"], name="partners_closedyear_once")
        ]

    def __str__(self) -> str:
        return f"{self.partner_id} {self.year}"


class RecoveryTarget(models.Model):
    """What part of the cost is meant to be covered: `covered` of every `cost` (40 of 100)."""

    class Group(models.TextChoices):
        ALL = "all", _("todos los módulos")
        FIRST = "first", _("módulo 1")
        LATER = "later", _("módulos 2 a 5")

    partner = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="recovery_targets"
    )
    year = models.PositiveSmallIntegerField(_("año"))
    group = models.CharField(_("módulos"), max_length=5, choices=Group.choices, default=Group.ALL)
    covered = models.DecimalField(_("cubierto"), max_digits=6, decimal_places=2)
    cost = models.DecimalField(_("de cada"), max_digits=6, decimal_places=2, default=Decimal(100))

    class Meta:
        ordering: ClassVar = ["-year", "group"]
        verbose_name = _("meta de recuperación")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["partner", "year", "group"], name="partners_target_once"
            ),
            models.CheckConstraint(
                condition=Q(covered__gte=0) & Q(cost__gt=0), name="partners_target_in_range"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.partner_id} {self.year} {self.group}"
