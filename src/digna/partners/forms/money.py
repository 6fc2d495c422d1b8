"""What is typed about costs, income, fees and payments."""

from datetime import date, timedelta
from decimal import ROUND_DOWN, Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from digna.partners.models import CostLine, Income, RecoveryTarget
from digna.partners.models.money import Currency
from digna.registry.models import Enterprise
from digna.training.models import Cycle
from digna.web.forms import DateField, Form

CENT = Decimal("0.01")


def amount(label: Any, *, required: bool = True, **more: Any) -> forms.DecimalField:
    """Return a field of money."""
    return forms.DecimalField(
        label=label, max_digits=12, decimal_places=2, min_value=0, required=required, **more
    )


class MoneyForm(Form):
    """What every row of money asks: its currency, its rate, and a reason in a closed year."""

    def __init__(self, *args: Any, is_closed: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["currency"] = forms.ChoiceField(label=_("Moneda"), choices=Currency.choices)
        self.fields["rate"] = forms.DecimalField(
            label=_("Tipo de cambio"),
            max_digits=12,
            decimal_places=6,
            required=False,
            help_text=_("Solo para dólares: cuántos bolivianos vale uno."),
        )
        self.fields["rate_on"] = DateField(label=_("Fecha del tipo de cambio"), required=False)
        self.fields["rate_source"] = forms.CharField(
            label=_("Quién lo publica"), max_length=120, required=False
        )
        if is_closed:
            self.fields["reason"] = forms.CharField(
                label=_("Por qué cambia un año cerrado"), max_length=300, required=False
            )
        for name in ("currency", "rate", "rate_on", "rate_source"):
            self.fields[name].initial = self.initial.get(name, self.fields[name].initial)
        for name, field in self.fields.items():
            field.widget.attrs.setdefault("id", f"id_{self.add_prefix(name)}")


class CostForm(MoneyForm):
    """One line of a cycle's cost."""

    kind = forms.ChoiceField(label=_("Rubro de gasto"), choices=CostLine.Kind.choices)
    what = forms.CharField(label=_("Detalle"), max_length=200, required=False)
    planned_days = amount(_("Días previstos"), required=False)
    actual_days = amount(_("Días trabajados"), required=False)
    day_rate = amount(
        _("Pago por día"), required=False, help_text=_("Días × pago llenan los montos vacíos.")
    )
    planned = amount(_("Monto previsto"), required=False)
    actual = amount(
        _("Monto gastado"), required=False, help_text=_("Vacío es sin dato. Nada gastado es 0.")
    )


class IncomeForm(MoneyForm):
    """Money for a cycle that no firm paid."""

    source = forms.ChoiceField(label=_("De dónde viene"), choices=Income.Source.choices)
    payer = forms.CharField(label=_("Quién paga"), max_length=160, required=False)
    amount = amount(_("Monto"))
    on = DateField(label=_("Fecha"))
    note = forms.CharField(label=_("Comprobante o nota"), max_length=200, required=False)


class FeeForm(MoneyForm):
    """What a firm agreed to pay, in equal instalments."""

    enterprise = forms.ModelChoiceField(label=_("Empresa"), queryset=Enterprise.objects.none())
    agreed = amount(_("Cuota acordada"), help_text=_("0 si no paga nada."))
    agreed_on = DateField(label=_("Acordada el"))
    parts = forms.IntegerField(label=_("En cuántos plazos"), min_value=1, max_value=12, initial=1)
    first_due = DateField(label=_("Vence el primero"))
    every = forms.IntegerField(label=_("Días entre plazos"), min_value=1, max_value=180, initial=30)
    note = forms.CharField(label=_("Nota"), max_length=200, required=False)

    def __init__(self, *args: Any, cycle: Cycle, is_new: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_new:
            del self.fields["enterprise"]
            return
        firms = Enterprise.objects.filter(cycle_firms__cycle=cycle).exclude(fees__cycle=cycle)
        self.fields["enterprise"].queryset = firms.distinct()  # type: ignore[attr-defined]

    @property
    def given(self) -> dict[str, Any]:
        """The cleaned values with the instalments laid out as `plan`."""
        told = super().given
        parts, first, every = (told.pop(name) for name in ("parts", "first_due", "every"))
        return told | {"plan": equal_parts(told["agreed"], parts, first, every)}


def equal_parts(whole: Decimal, parts: int, first: date, every: int) -> list[tuple[date, Decimal]]:
    """Split a fee into equal instalments; the last takes the cents that do not divide.

    >>> [str(part) for _day, part in equal_parts(Decimal(100), 3, date(2021, 3, 1), 30)]
    ['33.33', '33.33', '33.34']
    >>> equal_parts(Decimal(0), 3, date(2021, 3, 1), 30)
    []
    """
    if whole <= 0:
        return []
    each = (whole / parts).quantize(CENT, ROUND_DOWN)
    amounts = [each] * (parts - 1) + [whole - each * (parts - 1)]
    return [(first + timedelta(days=every * n), part) for n, part in enumerate(amounts)]


class PaymentForm(Form):
    """Money that came from a firm."""

    amount = amount(_("Monto"))
    on = DateField(label=_("Fecha"))
    receipt = forms.CharField(label=_("Número de recibo o factura"), max_length=60, required=False)


class RefundForm(Form):
    """Money that went back to a firm."""

    amount = amount(_("Monto"))
    on = DateField(label=_("Fecha"))
    why = forms.CharField(label=_("Por qué se devuelve"), max_length=200)


def with_reason(form: Form, *, is_closed: bool) -> Form:
    """Ask for a reason where the year is closed."""
    if is_closed:
        form.fields["reason"] = forms.CharField(
            label=_("Por qué cambia un año cerrado"), max_length=300, required=False
        )
        form.fields["reason"].widget.attrs["id"] = "id_reason"
    return form


class TargetForm(Form):
    """What part of the cost is meant to be covered."""

    year = forms.IntegerField(label=_("Año"), min_value=2000, max_value=2100)
    group = forms.ChoiceField(label=_("Módulos"), choices=RecoveryTarget.Group.choices)
    covered = amount(_("Cuánto de cada 100 se piensa cubrir"))


class YearForm(Form):
    """Which year is closed."""

    year = forms.IntegerField(widget=forms.HiddenInput)
