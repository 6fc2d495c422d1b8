"""Forms of the ledger: a sample to be drawn, what was found of a record."""

from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from digna.results.models import VerifiedRecord
from digna.web.forms import Form

MARGINS = ((Decimal("0.05"), "± 5 %"), (Decimal("0.075"), "± 7,5 %"), (Decimal("0.10"), "± 10 %"))


class DrawForm(Form):
    """How large a sample, and the seed of its lot."""

    margin = forms.TypedChoiceField(
        label=_("Margen"),
        choices=MARGINS,
        coerce=Decimal,
        initial=Decimal("0.10"),
        help_text=_("Con 95 % de confianza. De 263 registros, ± 5 % pide 157."),
    )
    seed = forms.IntegerField(
        label=_("Semilla"),
        min_value=1,
        max_value=999_999_999,
        help_text=_("Un número cualquiera: con el mismo se sortean los mismos registros."),
    )


class ResultForm(Form):
    """What was found of one record."""

    result = forms.ChoiceField(
        label=_("Resultado"), choices=VerifiedRecord.Result.choices, widget=forms.RadioSelect
    )
    reported = forms.DecimalField(
        label=_("Valor informado"), max_digits=20, decimal_places=4, required=False
    )
    recounted = forms.DecimalField(
        label=_("Valor encontrado"),
        max_digits=20,
        decimal_places=4,
        required=False,
        help_text=_("Si difiere. En lo que se cuenta: 1 si igual entra en la cuenta, 0 si no."),
    )
    note = forms.CharField(label=_("Nota"), max_length=300, required=False)
