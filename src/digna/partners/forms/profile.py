"""What is typed about partners, their own budget and why one was lost."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from digna.partners.models import PartnerProfile
from digna.partners.models.money import Currency
from digna.registry.models import Organisation, Person
from digna.web.forms import DateField, Form, optional_choices

DOCUMENT = _("PDF o foto, hasta 10 MB.")


class ProfileForm(Form):
    """What a partner is."""

    kind = forms.ChoiceField(
        label=_("Tipo"), choices=optional_choices(PartnerProfile.Kind.choices), required=False
    )
    mou_from = DateField(label=_("Convenio desde"), required=False)
    mou_until = DateField(label=_("Convenio hasta"), required=False)
    plan_from = DateField(label=_("Plan de negocio desde"), required=False)
    plan_until = DateField(label=_("Plan de negocio hasta"), required=False)
    contact = forms.ModelChoiceField(
        label=_("Persona de contacto"),
        queryset=Person.objects.none(),
        required=False,
        empty_label=_("Sin dato"),
        help_text=_("Se elige entre las personas vinculadas a la organización."),
    )

    def __init__(self, *args: Any, partner: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        linked = Person.objects.living().filter(affiliations__organisation=partner)
        self.fields["contact"].queryset = linked.distinct()  # type: ignore[attr-defined]


class LostForm(Form):
    """Since when a partner no longer takes part, and why."""

    on = DateField(label=_("Desde"))
    reason = forms.ChoiceField(label=_("Por qué"), choices=PartnerProfile.LostReason.choices)
    note = forms.CharField(
        label=_("Detalle"), widget=forms.Textarea(attrs={"rows": 3}), required=False
    )


class OwnBudgetForm(Form):
    """Whether the partner's own budget of a year pays for the service."""

    year = forms.IntegerField(label=_("Año"), min_value=2000, max_value=2100)
    has_line = forms.TypedChoiceField(
        label=_("¿Hay una partida propia para el servicio?"),
        choices=[("si", _("Sí")), ("no", _("No"))],
        widget=forms.RadioSelect,
        coerce=lambda value: value == "si",
    )
    amount = forms.DecimalField(
        label=_("Monto"), max_digits=16, decimal_places=2, min_value=0, required=False
    )
    currency = forms.ChoiceField(label=_("Moneda"), choices=Currency.choices)
    evidence = forms.CharField(
        label=_("Dónde consta"),
        help_text=_("Resolución, POA, acta, página del presupuesto."),
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
    )
    file = forms.FileField(label=_("Documento"), help_text=DOCUMENT, required=False)


class ReasonForm(Form):
    """Why, where a reason is asked."""

    reason = forms.CharField(
        label=_("Motivo"), widget=forms.Textarea(attrs={"rows": 2}), required=False
    )


class SureForm(Form):
    """Nothing but the intention."""
