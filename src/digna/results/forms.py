"""Forms of results: text into declarations, periods, targets and tables."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from digna.programmes.models import Programme, StrategicArea
from digna.results import conditions, declarations, sources, wording
from digna.results.models import Indicator
from digna.web.forms import DateField, Form
from digna_engines.errors import Fault

NONE = ("", gettext_lazy("—"))
WORDS = (
    "name_es", "name_en", "area", "so_what_es", "so_what_en", "is_headline", "is_public",
)  # fmt: skip
CONDITIONS = ("where", "meets", "among", "before", "after")
TEXTS = (
    "source", "measure", "of", "value", "per", "hours", "months", "heads", "statistic", "on",
    "unit", "direction", "semantics",
)  # fmt: skip
LISTS = ("disaggregate", "window")
PAIRS = "measure:matched_change,adoption"
ONLY_WITH = {
    "of": "measure:unique,share,matched_change,adoption;semantics:snapshot",
    "value": "measure:sum,mean,median,ratio,matched_change",
    "per": "measure:ratio",
    "meets": "measure:share,adoption",
    "among": "semantics:snapshot",
    "statistic": PAIRS, "before": PAIRS, "after": PAIRS,
    "window": "measure:matched_change",
    "gate": "measure:sum,mean,median,matched_change",
    "hours": "measure:fte", "months": "measure:fte", "heads": "measure:fte",
}  # fmt: skip
"""The answers with which a field matters; with others the screen puts it out of sight."""


class ConditionsField(forms.CharField):
    """Conditions, one a line."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.Textarea(attrs={"rows": 4, "spellcheck": "false"})
        super().__init__(required=False, widget=widget, **kwargs)


class IndicatorForm(Form):
    """An indicator whole: its words and its declaration."""

    code = forms.SlugField(
        label=gettext_lazy("Código"),
        max_length=60,
        help_text=gettext_lazy("Corto y sin espacios: personas_capacitadas."),
    )
    name_es = forms.CharField(label=gettext_lazy("Nombre"), max_length=160)
    name_en = forms.CharField(
        label=gettext_lazy("Nombre en inglés"), max_length=160, required=False
    )
    area = forms.ModelChoiceField(
        StrategicArea.objects.none(),
        label=gettext_lazy("Área estratégica"),
        required=False,
        empty_label=gettext_lazy("Ninguna"),
    )
    so_what_es = forms.CharField(
        label=gettext_lazy("¿Y para qué?"),
        help_text=gettext_lazy("Qué decisión cambia según este número."),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )
    so_what_en = forms.CharField(
        label=gettext_lazy("¿Y para qué?, en inglés"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )
    source = forms.ChoiceField(label=gettext_lazy("Fuente"))
    measure = forms.ChoiceField(
        label=gettext_lazy("Cómo se cuenta"), choices=list(wording.MEASURES.items())
    )
    of = forms.CharField(
        label=gettext_lazy("Qué se cuenta una sola vez"),
        help_text=gettext_lazy("Una clave de la fuente: person_id, enterprise_id…"),
        required=False,
    )
    value = forms.CharField(label=gettext_lazy("Columna que se suma"), required=False)
    per = forms.CharField(label=gettext_lazy("Entre qué columna se divide"), required=False)
    where = ConditionsField(
        label=gettext_lazy("Qué entra"),
        help_text=gettext_lazy("Una condición por línea: role = participant, hours >= 4."),
    )
    meets = ConditionsField(
        label=gettext_lazy("Qué cumple la parte"),
        help_text=gettext_lazy("Solo para partes de un total: sex = female."),
    )
    among = ConditionsField(
        label=gettext_lazy("De qué serie se toma lo último"),
        help_text=gettext_lazy("Solo para la situación al fin del período."),
    )
    statistic = forms.ChoiceField(
        label=gettext_lazy("Qué se dice del cambio"),
        help_text=gettext_lazy("Solo para cambios entre dos momentos y prácticas adoptadas."),
        choices=[NONE, *wording.STATISTICS.items()],
        required=False,
    )
    before = ConditionsField(
        label=gettext_lazy("Cuál es el antes"),
        help_text=gettext_lazy("point = baseline. Vacío: lo primero que se supo de cada uno."),
    )
    after = ConditionsField(
        label=gettext_lazy("Cuál es el después"),
        help_text=gettext_lazy("point = endline. Vacío: lo último que se supo de cada uno."),
    )
    window = forms.CharField(
        label=gettext_lazy("Misma temporada"),
        help_text=gettext_lazy(
            "Para rubros de temporada, las dos columnas del período: period_start, period_end."
        ),
        required=False,
    )
    gate = forms.DecimalField(
        label=gettext_lazy("Apartar valores lejos de lo usual"),
        help_text=gettext_lazy(
            "A cuántas desviaciones (MAD) de la mediana: 3,5. Se dice cuántos se apartaron."
        ),
        min_value=Decimal("0.5"), max_value=100, max_digits=5, decimal_places=2,
        required=False, localize=True,
    )  # fmt: skip
    hours = forms.CharField(
        label=gettext_lazy("Columna de horas por semana"),
        help_text=gettext_lazy("Solo para empleos a tiempo completo."),
        required=False,
    )
    months = forms.CharField(label=gettext_lazy("Columna de meses del año"), required=False)
    heads = forms.CharField(
        label=gettext_lazy("Columna de cuántos empleos"),
        help_text=gettext_lazy("Vacío: cada registro es un empleo."),
        required=False,
    )
    on = forms.CharField(
        label=gettext_lazy("Fecha que lo pone en un período"), required=False, initial="session_on"
    )
    unit = forms.CharField(label=gettext_lazy("Unidad"), max_length=40)
    direction = forms.ChoiceField(
        label=gettext_lazy("Sentido"), choices=Indicator.Direction.choices
    )
    semantics = forms.ChoiceField(
        label=gettext_lazy("Qué abarca un período"), choices=list(wording.SEMANTICS.items())
    )
    disaggregate = forms.CharField(
        label=gettext_lazy("Se desglosa por"),
        help_text=gettext_lazy("Columnas separadas por comas: sex, constituency, department."),
        required=False,
    )
    is_headline = forms.BooleanField(label=gettext_lazy("Es un titular"), required=False)
    is_public = forms.BooleanField(
        label=gettext_lazy("Se publica en el portal"), required=False, initial=True
    )

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        areas: Any = self.fields["area"]
        areas.queryset = StrategicArea.objects.filter(programme=programme)
        named: Any = self.fields["source"]
        named.choices = [(name, source.label) for name, source in sources.SOURCES.items()]
        for name, answers in ONLY_WITH.items():
            self.fields[name].widget.attrs["data-only-with"] = answers

    def clean(self) -> dict[str, Any]:
        """Read the conditions against the columns of the source."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        schema = sources.schemas().get(cleaned.get("source", ""))
        for name in CONDITIONS:
            try:
                cleaned[name] = conditions.read(cleaned.get(name, ""), schema)
            except conditions.UnreadableCondition as unreadable:
                sentence = _("No se entiende «%s». Escriba: columna = valor.") % unreadable
                self.add_error(name, ValidationError(sentence))
        return cleaned

    @property
    def words(self) -> dict[str, Any]:
        """What a person reads."""
        return {name: self.cleaned_data[name] for name in WORDS}

    def declaration(self, standing: dict[str, Any]) -> dict[str, Any]:
        """Return what the engine reads; a cohort that a kit declared stays."""
        given = self.cleaned_data
        found = {name: given[name] for name in TEXTS if given[name]}
        found |= {name: given[name] for name in CONDITIONS if given[name]}
        found["disaggregate"] = _named(given["disaggregate"])
        if given["window"]:
            found["window"] = _named(given["window"])
        if given["gate"] is not None:
            found["gate"] = float(given["gate"])
        if standing.get("cohort"):
            found["cohort"] = standing["cohort"]
        return found

    def blame(self, faults: Iterable[Fault]) -> None:
        """Show each fault beside the field it is about."""
        for fault in faults:
            name = fault.path.partition(".")[0].partition("[")[0]
            self.add_error(name if name in self.fields else None, declarations.sentence(fault))


def initial_of(indicator: Indicator) -> dict[str, Any]:
    """Return an indicator as its form shows it."""
    declared = indicator.declaration
    found: dict[str, Any] = {name: getattr(indicator, name) for name in ("code", *WORDS)}
    found |= {name: declared.get(name, "") for name in TEXTS}
    found |= {name: conditions.write(declared.get(name, ())) for name in CONDITIONS}
    found |= {name: ", ".join(declared.get(name, ())) for name in LISTS}
    found["gate"] = declared.get("gate")
    return found


def _named(written: str) -> list[str]:
    return [name.strip() for name in written.split(",") if name.strip()]


class TrialForm(IndicatorForm):
    """An indicator while it is being written: only what it takes to compute it is asked for."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("code", "name_es", "unit"):
            self.fields[name].required = False


class ReportedForm(Form):
    """The words of an indicator whose values are stated."""

    name_es = forms.CharField(label=gettext_lazy("Nombre"), max_length=160)
    name_en = forms.CharField(
        label=gettext_lazy("Nombre en inglés"), max_length=160, required=False
    )
    so_what_es = forms.CharField(
        label=gettext_lazy("¿Y para qué?"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )
    is_headline = forms.BooleanField(label=gettext_lazy("Es un titular"), required=False)
    is_public = forms.BooleanField(label=gettext_lazy("Se publica en el portal"), required=False)


class PeriodForm(Form):
    """A stretch of time to report on."""

    label = forms.CharField(
        label=gettext_lazy("Nombre"), max_length=40, help_text=gettext_lazy("Por ejemplo 2021-T3.")
    )
    starts_on = DateField(label=gettext_lazy("Desde"))
    ends_on = DateField(label=gettext_lazy("Hasta"))


class ReasonForm(Form):
    """Why something is done."""

    reason = forms.CharField(
        label=gettext_lazy("Motivo"),
        help_text=gettext_lazy("Queda en el diario y lo lee quien audita."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class TargetForm(Form):
    """What is to be reached, in the words of whoever promised it."""

    period = forms.CharField(
        label=gettext_lazy("Período"),
        help_text=gettext_lazy("2021, 2021-S1, 2021-T3, 2021-03 o 2019-10-01/2021-12-31."),
    )
    subject = forms.CharField(
        label=gettext_lazy("De"),
        help_text=gettext_lazy("País o socio; vacío para todo el programa."),
        max_length=60,
        required=False,
    )
    written = forms.CharField(
        label=gettext_lazy("Meta"), help_text=gettext_lazy("250, 35 (60%F), 50%…"), max_length=120
    )
    source = forms.CharField(label=gettext_lazy("Fuente"), max_length=200, required=False)


class TableForm(Form):
    """A table of targets and actuals, pasted or as a file."""

    file = forms.FileField(
        label=gettext_lazy("Archivo"),
        help_text=gettext_lazy("xlsx, ods o csv."),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.ods,.csv"}),
    )
    pasted = forms.CharField(
        label=gettext_lazy("O péguela aquí"),
        help_text=gettext_lazy("Con su encabezado: indicador, de, período, meta, valor."),
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
        required=False,
    )
    source = forms.CharField(
        label=gettext_lazy("Fuente"),
        help_text=gettext_lazy("El informe de donde vienen."),
        max_length=200,
        required=False,
    )
    create_missing = forms.BooleanField(
        label=gettext_lazy("Crear los indicadores que falten, como informados"), required=False
    )

    def clean(self) -> dict[str, Any]:
        """Ask for one of the two."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not cleaned.get("file") and not cleaned.get("pasted", "").strip():
            raise ValidationError(_("Elija un archivo o pegue la tabla."))
        return cleaned
