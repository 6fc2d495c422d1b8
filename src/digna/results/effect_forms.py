"""Forms of studies of effect: from records, from a file, and the calculator of sizes."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from digna.results.effects import table, uploads
from digna.results.effects.reading import Asked
from digna.results.models import EffectStudy
from digna.results.selectors import naming
from digna.web.forms import DateField, Form

COMPARISONS = (
    ("others", gettext_lazy("Todas las demás con dato: entraron después o nunca")),
    ("late", gettext_lazy("Sólo las que entraron después")),
    ("never", gettext_lazy("Sólo las que nunca entraron")),
)
CLUSTERS = (
    ("", gettext_lazy("Ninguno: cada empresa por sí")),
    ("department", gettext_lazy("Departamento")),
    ("sector", gettext_lazy("Rubro")),
)
SHARES = (
    (Decimal("0"), gettext_lazy("No recortar")),
    (Decimal("0.010"), gettext_lazy("1 % de cada lado")),
    (Decimal("0.050"), gettext_lazy("5 % de cada lado")),
)
DAYS = ("before_from", "before_to", "after_from", "after_to")
MOST_BYTES = 4_000_000


class StudyForm(Form):
    """What every study says."""

    title = forms.CharField(label=gettext_lazy("Título"), max_length=160)
    design = forms.ChoiceField(
        label=gettext_lazy("Diseño"),
        choices=EffectStudy.Design.choices,
        initial=EffectStudy.Design.DIFFERENCE,
        help_text=gettext_lazy(
            "Antes y después no compara con nadie. ANCOVA vale si participar se decidió por sorteo."
        ),
    )
    unit = forms.CharField(label=gettext_lazy("Unidad"), max_length=40, required=False)
    winsorised_share = forms.TypedChoiceField(
        label=gettext_lazy("Recorte de valores extremos"), choices=SHARES, coerce=Decimal
    )
    deflator = forms.CharField(
        label=gettext_lazy("Precios"),
        help_text=gettext_lazy(
            "Si son montos: a precios de qué año y con qué índice; o «corrientes»."
        ),
        max_length=200,
        required=False,
    )


class FactsForm(StudyForm):
    """A study of the programme's own records."""

    kpi = forms.ChoiceField(label=gettext_lazy("Qué se mide"))
    before_from = DateField(label=gettext_lazy("Antes, desde"))
    before_to = DateField(label=gettext_lazy("Antes, hasta"))
    after_from = DateField(label=gettext_lazy("Después, desde"))
    after_to = DateField(
        label=gettext_lazy("Después, hasta"),
        help_text=gettext_lazy("Participaron las empresas que entraron a un ciclo hasta este día."),
    )
    comparison = forms.ChoiceField(label=gettext_lazy("Con quién se compara"), choices=COMPARISONS)
    cluster = forms.ChoiceField(
        label=gettext_lazy("Conglomerado"), choices=CLUSTERS, required=False
    )
    field_order = ("title", "kpi", *DAYS, "comparison", "design", "cluster")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named: Any = self.fields["kpi"]
        named.choices = sorted(naming.names_of({"kpi"})["kpi"].items(), key=lambda one: one[1])

    def clean(self) -> dict[str, Any]:
        """See that the two windows follow each other."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        days = [cleaned.get(name) for name in DAYS]
        if all(days) and not days[0] <= days[1] < days[2] <= days[3]:  # type: ignore[operator]
            raise ValidationError(
                _("Las fechas van en orden: antes desde, hasta; después desde, hasta.")
            )
        return cleaned

    @property
    def study(self) -> dict[str, Any]:
        """What the service is given."""
        kept = self.given
        asked = {name: kept.pop(name) for name in ("kpi", *DAYS, "comparison", "cluster")}
        return {**kept, "asked": Asked(**asked).as_kept()}


class UploadForm(StudyForm):
    """A study of a file of units."""

    file = forms.FileField(
        label=gettext_lazy("Archivo CSV"),
        help_text=gettext_lazy(
            "Columnas unidad, grupo, antes, después y, si hay, conglomerado; en entradas "
            "escalonadas: unidad, período, valor, entrada. Sin nombres de personas."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.txt"}),
    )
    field_order = ("title", "file", "design")

    def clean(self) -> dict[str, Any]:
        """Read the file, each fault with its line and column."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        file = cleaned.get("file")
        if file is None or "design" not in cleaned:
            return cleaned
        if file.size > MOST_BYTES:
            raise ValidationError(_("El archivo es demasiado grande."))
        try:
            text = file.read().decode("utf-8-sig")
        except UnicodeDecodeError:
            self.add_error("file", _("El archivo no está en UTF-8: guárdelo como CSV UTF-8."))
            return cleaned
        is_staggered = cleaned["design"] == EffectStudy.Design.STAGGERED
        found = uploads.read(text, is_staggered=is_staggered)
        for fault in found.faults:
            where = _("Línea %(line)s, columna %(column)s:") % {
                "line": fault.line, "column": fault.column,
            }  # fmt: skip
            self.add_error("file", f"{where} {fault.sentence}")
        cleaned["rows"] = table.written([*found.units, *found.moments])
        return cleaned

    @property
    def study(self) -> dict[str, Any]:
        """What the service is given."""
        return {name: value for name, value in self.given.items() if name != "file"}


class PowerForm(Form):
    """How many units are needed, or what can be seen with those there are."""

    effect = forms.FloatField(
        label=gettext_lazy("Efecto que se quiere ver"),
        help_text=gettext_lazy("En desviaciones estándar: 0,2 chico, 0,5 mediano, 0,8 grande."),
        initial=0.5,
    )
    power = forms.FloatField(
        label=gettext_lazy("Potencia"), initial=0.8, min_value=0.01, max_value=0.999
    )
    analysis = forms.ChoiceField(
        label=gettext_lazy("Análisis"),
        choices=(
            ("end", gettext_lazy("Sólo al final")),
            ("difference", gettext_lazy("Diferencia en diferencias")),
            ("ancova", "ANCOVA"),
        ),
    )
    correlation = forms.FloatField(
        label=gettext_lazy("Correlación entre antes y después"), initial=0.5,
        min_value=-0.99, max_value=0.99,
    )  # fmt: skip
    cluster_size = forms.FloatField(
        label=gettext_lazy("Empresas por conglomerado"), initial=1, min_value=1
    )
    icc = forms.FloatField(
        label=gettext_lazy("Correlación dentro del conglomerado"), initial=0,
        min_value=0, max_value=1,
    )  # fmt: skip
    attrition = forms.FloatField(
        label=gettext_lazy("Parte que se perderá"), initial=0, min_value=0, max_value=0.95
    )
    per_arm = forms.IntegerField(
        label=gettext_lazy("Empresas por grupo que hay"), required=False, min_value=2
    )
    margin = forms.FloatField(
        label=gettext_lazy("Margen de una encuesta"), initial=0.05, min_value=0.001, max_value=0.5
    )
    population = forms.IntegerField(
        label=gettext_lazy("Población de la encuesta"), required=False, min_value=1
    )
