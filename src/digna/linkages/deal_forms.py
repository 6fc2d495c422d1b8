"""The shape of what is typed about deals and cohorts."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from digna.improvement.forms import Asking
from digna.improvement.forms import amount as number_field
from digna.linkages.forms import (
    CURRENCIES,
    currency_field,
    long_text,
    text,
    unit_field,
)
from digna.linkages.models import Buyer, DealStep, Demand, MarketMark, MarketStep, Offer
from digna.linkages.rates import RateValues
from digna.linkages.services.deals import IntentionValues
from digna.programmes.models import Programme
from digna.registry.models import Enterprise, Organisation
from digna.web.forms import DateField, Form, optional_choices


class DealForm(Form):
    """A deal between a firm and a buyer, perhaps with its intention."""

    enterprise = forms.ModelChoiceField(
        label=gettext_lazy("Empresa"), queryset=Enterprise.objects.none()
    )
    product = text(gettext_lazy("Qué se vendería"), 160)
    buyer = forms.ModelChoiceField(
        label=gettext_lazy("Comprador"), queryset=Buyer.objects.none(), required=False
    )
    buyer_name = text(gettext_lazy("Comprador, si no está en la lista"), 160, required=False)
    offer = forms.ModelChoiceField(
        label=gettext_lazy("Oferta"), queryset=Offer.objects.none(), required=False
    )
    demand = forms.ModelChoiceField(
        label=gettext_lazy("Demanda"), queryset=Demand.objects.none(), required=False
    )
    programme = forms.ModelChoiceField(
        label=gettext_lazy("Programa"), queryset=Programme.objects.none()
    )
    on = DateField(label=gettext_lazy("Fecha"))
    amount = number_field(
        gettext_lazy("Intención: cuánto compraría"), required=False, decimal_places=2
    )
    currency = currency_field()
    note = long_text(gettext_lazy("Nota"))

    def __init__(
        self, *args: Any, firms: Any, buyers: Any, offers: Any, demands: Any, programmes: Any,
        **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["enterprise"].queryset = firms
        fields["buyer"].queryset = buyers
        fields["offer"].queryset = offers
        fields["demand"].queryset = demands
        fields["programme"].queryset = programmes

    @property
    def told(self) -> dict[str, Any]:
        """What the service is called with: an intention only where something was intended."""
        values = self.given
        on, sum_, code, note = (values.pop(n) for n in ("on", "amount", "currency", "note"))
        intention = None
        if sum_ is not None or note:
            intention = IntentionValues(
                on=on, amount=sum_, currency=code if sum_ is not None else "", note=note[:500]
            )
        return values | {"on": on, "intention": intention}


class DealFactsForm(Form):
    """What can be corrected of a deal without touching its steps."""

    product = text(gettext_lazy("Qué se vendería"), 160)
    is_export = forms.BooleanField(label=gettext_lazy("Es exportación"), required=False)
    is_supplier_programme = forms.BooleanField(
        label=gettext_lazy("Por un programa de proveedores"), required=False
    )


RATE = ("rate", "rate_currency", "rate_on", "rate_source")


class StepForm(Asking):
    """The next step of a deal, or a correction of one."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Qué pasó"),
        choices=[c for c in DealStep.Kind.choices if c[0] != DealStep.Kind.LOST],
        widget=forms.RadioSelect,
    )
    on = DateField(label=gettext_lazy("Fecha"))
    amount = number_field(
        gettext_lazy("Monto"),
        required=False,
        decimal_places=2,
        help_text=gettext_lazy("De una intención, un pedido o un pago. Vacío si no se sabe."),
    )
    currency = currency_field()
    quantity = number_field(gettext_lazy("Cantidad"), required=False)
    unit = unit_field(gettext_lazy("Unidad"))
    evidence = forms.FileField(
        label=gettext_lazy("Evidencia"),
        required=False,
        help_text=gettext_lazy("Foto de la factura, el pedido o el depósito; o un PDF."),
    )
    evidence_link = forms.URLField(
        label=gettext_lazy("Enlace a la evidencia"), required=False, assume_scheme="https"
    )
    note = text(gettext_lazy("Nota"), 500, required=False)
    rate = number_field(
        gettext_lazy("Tipo de cambio"),
        required=False,
        decimal_places=8,
        help_text=gettext_lazy("Solo si el pago está en otra moneda que el pedido."),
    )
    rate_currency = forms.ChoiceField(
        label=gettext_lazy("Convierte a"), choices=optional_choices(CURRENCIES), required=False
    )
    rate_on = DateField(label=gettext_lazy("Tipo de cambio del día"), required=False)
    rate_source = text(gettext_lazy("Fuente del tipo de cambio"), 120, required=False)

    def without_rate(self) -> "StepForm":
        """Leave out the rate of exchange: there is no order yet to be compared with."""
        for name in RATE:
            del self.fields[name]
        return self

    @property
    def told(self) -> dict[str, Any]:
        """What the service is called with."""
        values = self.given
        values.pop("reason", None)
        file = values.pop("evidence")
        given = {
            n: values.pop(n, None) for n in ("rate", "rate_currency", "rate_on", "rate_source")
        }
        rate = None
        if given["rate"] is not None and given["rate_on"] is not None:
            rate = RateValues(
                value=given["rate"],
                currency=given["rate_currency"],
                on=given["rate_on"],
                source=given["rate_source"],
            )
        return values | {"evidence": file.read() if file else None, "rate": rate}


class CorrectionForm(StepForm):
    """A step anew, and why."""

    reason = text(gettext_lazy("Por qué se corrige"), 300)


def step_initial(row: DealStep) -> dict[str, Any]:
    """Return a step as the form shows it."""
    names = (
        "kind", "on", "amount", "currency", "quantity", "unit", "evidence_link", "note", "rate",
        "rate_currency", "rate_on", "rate_source",
    )  # fmt: skip
    return {name: getattr(row, name) for name in names}


class LossForm(Form):
    """That a deal will not be."""

    on = DateField(label=gettext_lazy("Fecha"))
    note = text(
        gettext_lazy("Por qué se perdió"),
        300,
        help_text=gettext_lazy("Precio, plazo, calidad, sin respuesta…"),
    )


class FollowUpForm(Form):
    """Somebody asked after a deal."""

    on = DateField(label=gettext_lazy("Fecha"))
    was_answered = forms.TypedChoiceField(
        label=gettext_lazy("¿Respondieron?"),
        choices=[("yes", gettext_lazy("Sí")), ("no", gettext_lazy("No respondieron"))],
        coerce=lambda given: given == "yes",
        widget=forms.RadioSelect,
        initial="yes",
    )
    note = text(gettext_lazy("Qué dijeron"), 500, required=False)
    next_on = DateField(label=gettext_lazy("Volver a preguntar el"), required=False)


class NeededReasonForm(Form):
    """Why something is taken back or confirmed."""

    reason = text(gettext_lazy("Motivo"), 300)


class CohortForm(Form):
    """A group of firms that goes to market together."""

    name = text(gettext_lazy("Nombre"), 160)
    programme = forms.ModelChoiceField(
        label=gettext_lazy("Programa"), queryset=Programme.objects.none()
    )
    partner = forms.ModelChoiceField(
        label=gettext_lazy("Socio"), queryset=Organisation.objects.none(), required=False
    )
    starts_on = DateField(label=gettext_lazy("Comienza"))
    ends_on = DateField(label=gettext_lazy("Termina"), required=False)

    def __init__(self, *args: Any, programmes: Any, partners: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["programme"].queryset = programmes
        fields["partner"].queryset = partners


class JoinForm(Form):
    """A firm joins a cohort."""

    enterprise = forms.ModelChoiceField(
        label=gettext_lazy("Empresa"), queryset=Enterprise.objects.none()
    )
    joined_on = DateField(label=gettext_lazy("Entra el"))

    def __init__(self, *args: Any, firms: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["enterprise"]
        field.queryset = firms


class LeaveForm(Form):
    """A firm leaves a cohort."""

    on = DateField(label=gettext_lazy("Fecha"))
    why = text(gettext_lazy("Por qué"), 200)


class Evidenced(Form):
    """A form with a file that shows what it says."""

    @property
    def told(self) -> dict[str, Any]:
        """What the service is called with: the file as its bytes."""
        values = self.given
        file = values.pop("evidence")
        return values | {"evidence": file.read() if file else None}


class MarkForm(Evidenced):
    """Where a firm stands with a step."""

    state = forms.ChoiceField(
        label=gettext_lazy("Cómo está"),
        choices=MarketMark.State.choices,
        widget=forms.RadioSelect,
    )
    on = DateField(label=gettext_lazy("Fecha"))
    evidence_link = forms.URLField(
        label=gettext_lazy("Enlace que lo muestra"), required=False, assume_scheme="https"
    )
    evidence = forms.FileField(label=gettext_lazy("Foto que lo muestra"), required=False)
    note = text(gettext_lazy("Nota"), 300, required=False)


class ProjectForm(Form):
    """Something small with a result that can be counted."""

    title = text(gettext_lazy("Qué hará"), 160)
    step = forms.ModelChoiceField(
        label=gettext_lazy("Paso que ayuda a dar"),
        queryset=MarketStep.objects.filter(is_retired=False),
        required=False,
    )
    target = number_field(gettext_lazy("Cuánto se propone"), required=False, decimal_places=2)
    unit = text(
        gettext_lazy("De qué"), 40, required=False, help_text=gettext_lazy("Fotos, ventas, días…")
    )
    responsible = text(gettext_lazy("Responsable"), 120, required=False)
    starts_on = DateField(label=gettext_lazy("Inicio"))
    due_on = DateField(label=gettext_lazy("Para cuándo"), required=False)


class ResultForm(Evidenced):
    """What came of a small project."""

    on = DateField(label=gettext_lazy("Fecha del resultado"))
    result = number_field(gettext_lazy("Resultado"), required=False, decimal_places=2)
    result_note = text(gettext_lazy("Qué pasó"), 300, required=False)
    evidence_link = forms.URLField(
        label=gettext_lazy("Enlace que lo muestra"), required=False, assume_scheme="https"
    )
    evidence = forms.FileField(label=gettext_lazy("Foto"), required=False)
