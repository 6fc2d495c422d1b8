"""The programme's forms."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from digna.programmes.models import Activity, ExpectedResult, Programme, StrategicArea
from digna.registry import rows
from digna.registry.forms import DayField, ReadField, RowField
from digna.registry.models import Organisation, Place, Sector
from digna.web.forms import Form

CURRENCIES = [
    ("", _("(sin monto)")),
    ("BOB", "BOB"),
    ("USD", "USD"),
    ("CHF", "CHF"),
    ("EUR", "EUR"),
]


class ProgrammeForm(Form):
    """What a programme says of itself."""

    name = forms.CharField(label=_("Nombre"), max_length=160)
    starts_on = DayField(label=_("Inicio"))
    ends_on = DayField(label=_("Fin"))
    summary_es = forms.CharField(
        label=_("Resumen"), required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    summary_en = forms.CharField(
        label=_("Resumen en inglés"), required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    is_public = forms.BooleanField(
        label=_("Publicar sus resultados en el portal"),
        required=False,
        help_text=_("Cualquiera podrá ver las cifras, sin datos de personas."),
    )


class NewProgrammeForm(ProgrammeForm):
    """A new programme, with the code that will name it for ever."""

    code = forms.SlugField(
        label=_("Código"),
        max_length=40,
        help_text=_("Minúsculas, cifras y guiones. No cambia después: bdyp-2019"),
    )
    field_order = ("name", "code")


class FunderForm(Form):
    """Who pays."""

    organisation = RowField(Organisation, label=_("Organización"), required=True)
    amount = ReadField(rows.number, label=_("Monto"))
    currency = forms.ChoiceField(label=_("Moneda"), choices=CURRENCIES, required=False)


class PhaseForm(Form):
    """A stretch of the programme."""

    name = forms.CharField(label=_("Nombre"), max_length=160)
    code = forms.SlugField(label=_("Código"), max_length=40)
    starts_on = DayField(label=_("Inicio"))
    ends_on = DayField(label=_("Fin"))


class ResultForm(Form):
    """A result to be reached."""

    code = forms.SlugField(label=_("Código"), max_length=40)
    statement = forms.CharField(label=_("Enunciado"), widget=forms.Textarea(attrs={"rows": 3}))
    area = RowField(StrategicArea, label=_("Área estratégica"))

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].queryset = programme.areas.all()  # type: ignore[attr-defined]


class AreaForm(Form):
    """How a strategic area is worded."""

    name_es = forms.CharField(label=_("Nombre"), max_length=160)
    name_en = forms.CharField(label=_("Nombre en inglés"), max_length=160, required=False)
    description_es = forms.CharField(
        label=_("Descripción"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    description_en = forms.CharField(
        label=_("Descripción en inglés"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class ActivityForm(Form):
    """Something the programme does."""

    title = forms.CharField(label=_("Título"), max_length=200)
    kind = forms.ChoiceField(label=_("Tipo"), choices=Activity.Kind.choices)
    area = RowField(StrategicArea, label=_("Área estratégica"))
    result = RowField(ExpectedResult, label=_("Resultado esperado"))
    partner = RowField(Organisation, label=_("Socio"))
    sectors = forms.ModelMultipleChoiceField(
        Sector.objects.all(),
        label=_("Rubros"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        to_field_name="code",
    )
    departments = forms.ModelMultipleChoiceField(
        Place.objects.filter(kind=Place.Kind.DEPARTMENT),
        label=_("Departamentos"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        to_field_name="code",
    )
    starts_on = DayField(label=_("Inicio"))
    ends_on = DayField(label=_("Fin"), required=False)
    status = forms.ChoiceField(label=_("Estado"), choices=Activity.Status.choices)
    budget_line = forms.CharField(label=_("Línea de presupuesto"), max_length=60, required=False)
    budget_amount = ReadField(rows.number, label=_("Presupuesto"))
    budget_currency = forms.ChoiceField(label=_("Moneda"), choices=CURRENCIES, required=False)
    description = forms.CharField(
        label=_("Descripción"), required=False, widget=forms.Textarea(attrs={"rows": 4})
    )

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].queryset = programme.areas.all()  # type: ignore[attr-defined]
        self.fields["result"].queryset = programme.results.all()  # type: ignore[attr-defined]
        partners = Organisation.objects.filter(is_partner=True)
        self.fields["partner"].queryset = partners  # type: ignore[attr-defined]

    @property
    def given_activity(self) -> dict[str, Any]:
        """The cleaned values; an empty amount is missing."""
        given = self.given
        given["budget_amount"] = given["budget_amount"] if given["budget_amount"] != "" else None
        return given
