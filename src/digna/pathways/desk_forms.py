"""What is typed at the library's desk: a price, another fact, an answer, a dump."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from digna.pathways.forms import NumberField
from digna.pathways.models import StepReport
from digna.registry.models.reference import Certainty
from digna.web.forms import DateField, Form

MONEYS = (("BOB", "Bs"), ("USD", "USD"), ("EUR", "EUR"))
UNITS = (
    ("hours", _("horas")), ("days", _("días")), ("working_days", _("días hábiles")),
    ("months", _("meses")), ("years", _("años")),
)  # fmt: skip


class SourceForm(Form):
    """Where a fact was read and how sure it is; who sends it stands for it."""

    source = forms.CharField(
        label=_("Dónde lo leyó o quién lo confirmó"),
        max_length=300,
        help_text=_("Por ejemplo: «Afiche en ventanilla de SEPREC El Alto»."),
    )
    certainty = forms.ChoiceField(
        label=_("Certeza"), choices=Certainty.choices, initial=Certainty.HIGH
    )


class PriceForm(SourceForm):
    """A price from a day on."""

    amount = NumberField(
        label=_("Costo"),
        required=False,
        help_text=_("En blanco si no se sabe; 0 si es gratis."),
        widget=forms.TextInput({"inputmode": "decimal", "autocomplete": "off"}),
    )
    currency = forms.ChoiceField(label=_("Moneda"), choices=MONEYS, initial="BOB")
    since = DateField(label=_("Vale desde"))
    until = DateField(label=_("Vale hasta"), required=False)
    field_order = ("amount", "currency", "since", "until", "source", "certainty")


class FactForm(SourceForm):
    """Another fact of a step from a day on; its shape hangs on the field."""

    since = DateField(label=_("Vale desde"))

    def __init__(self, *args: Any, field: str, label: str, offices: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = field
        if field in ("duration", "valid_for"):
            self.fields["amount"] = NumberField(label=label)
            self.fields["unit"] = forms.ChoiceField(label=_("Unidad"), choices=UNITS)
        elif field == "agency":
            self.fields["value"] = forms.ChoiceField(label=label, choices=offices)
        elif field == "url":
            self.fields["value"] = forms.URLField(label=label, assume_scheme="https")
        else:
            self.fields["value"] = forms.CharField(
                label=label, widget=forms.Textarea({"rows": 6}), help_text=_("Uno por línea.")
            )
        self.order_fields(("value", "amount", "unit", "since", "source", "certainty"))
        for name, one in self.fields.items():
            one.widget.attrs.setdefault("id", f"id_{name}")

    @property
    def value(self) -> Any:
        """The fact as the library keeps it."""
        given = self.cleaned_data
        if self.kind in ("duration", "valid_for"):
            return {"amount": f"{given['amount'].normalize():f}", "unit": given["unit"]}
        lines = [line.strip() for line in str(given["value"]).splitlines() if line.strip()]
        if self.kind == "documents":
            return [{"es": line} for line in lines]
        return lines if self.kind == "law" else given["value"]


class WithdrawForm(Form):
    """Why a correction is taken back."""

    reason = forms.CharField(label=_("Por qué se retira"), max_length=200)


class AnswerForm(Form):
    """What became of a report."""

    state = forms.ChoiceField(
        label=_("Estado"), choices=StepReport.State.choices, widget=forms.RadioSelect
    )
    answer = forms.CharField(
        label=_("Respuesta"),
        max_length=500,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("La lee quien avisó, en la dirección que se le dio."),
    )


class DumpForm(Form):
    """An official file."""

    file = forms.FileField(
        label=_("Archivo JSON del portal de trámites"),
        widget=forms.FileInput(attrs={"accept": ".json,application/json"}),
    )


class PairForm(Form):
    """Which step a record is about."""

    step = forms.ChoiceField(label=_("Paso de nuestras rutas"), required=False)

    def __init__(self, *args: Any, steps: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields["step"]
        chosen.choices = [("", _("Ninguno: no es de nuestras rutas")), *steps]


class AcceptForm(Form):
    """From when an accepted fact counts, and how sure it is."""

    since = DateField(label=_("Vale desde"))
    certainty = forms.ChoiceField(
        label=_("Certeza"), choices=Certainty.choices, initial=Certainty.HIGH
    )
