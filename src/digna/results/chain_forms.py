"""Forms of results chains and of the self-check: text into cleaned values."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from digna.programmes.models import Programme, StrategicArea
from digna.results.models import (
    ChainArrow,
    ChainAssumption,
    ChainBox,
    Indicator,
    ResultsChain,
    StandardAnswer,
)
from digna.studies.models.assessments import Study
from digna.web.forms import DateField, Form


def _text(
    label: Any, length: int, *, rows: int = 2, help_text: Any = "", required: bool = False
) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(
        label=label, max_length=length, help_text=help_text, required=required, widget=widget
    )


class ChainForm(Form):
    """A chain's name, what it belongs to and what it promises to watch."""

    name_es = forms.CharField(
        label=gettext_lazy("Nombre"),
        max_length=160,
        help_text=gettext_lazy("La intervención, en pocas palabras."),
    )
    name_en = forms.CharField(
        label=gettext_lazy("Nombre en inglés"), max_length=160, required=False
    )
    area = forms.ModelChoiceField(
        StrategicArea.objects.none(),
        label=gettext_lazy("Área estratégica"),
        required=False,
        empty_label=gettext_lazy("Ninguna"),
    )
    study = forms.ModelChoiceField(
        Study.objects.none(),
        label=gettext_lazy("Estudio en que se apoya"),
        required=False,
        empty_label=gettext_lazy("Ninguno"),
    )
    intervention = forms.CharField(
        label=gettext_lazy("Intervención"), max_length=160, required=False
    )
    gender = _text(
        gettext_lazy("Mujeres y hombres"),
        2000,
        rows=3,
        help_text=gettext_lazy("Qué cambia distinto para unas y otros, y cómo se verá."),
    )
    displacement = _text(
        gettext_lazy("A quién podría perjudicar"),
        2000,
        rows=3,
        help_text=gettext_lazy("Qué empresas o personas podrían perder por lo que otras ganan."),
    )
    review_months = forms.IntegerField(
        label=gettext_lazy("Se revisa cada (meses)"), min_value=1, max_value=60, initial=12
    )

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].queryset = programme.areas.all()  # type: ignore[attr-defined]
        studies = Study.objects.filter(programme=programme)
        self.fields["study"].queryset = studies  # type: ignore[attr-defined]


class BoxForm(Form):
    """A change: at which level, what, and how it would be seen."""

    level = forms.ChoiceField(label=gettext_lazy("Nivel"), choices=ChainBox.Level.choices)
    statement_es = _text(
        gettext_lazy("Qué cambia"),
        240,
        help_text=gettext_lazy("Quién hace o logra qué: «Las tostadurías pierden menos café»."),
        required=True,
    )
    statement_en = _text(gettext_lazy("Qué cambia, en inglés"), 240)
    order = forms.IntegerField(
        label=gettext_lazy("Orden en su nivel"), min_value=0, max_value=999, initial=0
    )
    indicators = forms.ModelMultipleChoiceField(
        Indicator.objects.none(),
        label=gettext_lazy("Indicadores"),
        help_text=gettext_lazy("Cómo se vería que el cambio ocurrió."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Indicator.objects.filter(programme=programme)
        self.fields["indicators"].queryset = rows  # type: ignore[attr-defined]


class ArrowForm(Form):
    """Why one change leads to another, and how sure anybody is."""

    claim_es = _text(
        gettext_lazy("Por qué lo uno lleva a lo otro"),
        300,
        help_text=gettext_lazy("Una frase que se pueda discutir."),
    )
    claim_en = _text(gettext_lazy("Por qué, en inglés"), 300)
    strength = forms.TypedChoiceField(
        label=gettext_lazy("Fuerza de la evidencia"),
        choices=[("", gettext_lazy("sin juzgar")), *ChainArrow.Strength.choices],
        coerce=int,
        empty_value=None,
        required=False,
    )


class NewArrowForm(ArrowForm):
    """An arrow between two boxes that stand."""

    source = forms.ModelChoiceField(ChainBox.objects.none(), label=gettext_lazy("De"))
    target = forms.ModelChoiceField(ChainBox.objects.none(), label=gettext_lazy("A"))
    field_order = ("source", "target", "claim_es", "claim_en", "strength")

    def __init__(self, *args: Any, chain: ResultsChain, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        boxes = list(ChainBox.objects.standing().filter(chain=chain))
        for name in ("source", "target"):
            field = self.fields[name]
            field.queryset = ChainBox.objects.standing().filter(chain=chain)  # type: ignore[attr-defined]
            field.choices = [("", "—"), *_by_level(boxes)]  # type: ignore[attr-defined]


def _by_level(boxes: Iterable[ChainBox]) -> list[tuple[str, list[tuple[int, str]]]]:
    """Return boxes in groups, because a select is read better by level."""
    rows = list(boxes)
    groups = [
        (str(name).capitalize(), [(box.pk, str(box)) for box in rows if box.level == level])
        for level, name in ChainBox.Level.choices
    ]
    return [group for group in groups if group[1]]


class AssumptionForm(Form):
    """What has to hold besides, and whether it does."""

    text_es = _text(gettext_lazy("Supuesto"), 300, required=True)
    text_en = _text(gettext_lazy("Supuesto, en inglés"), 300)
    state = forms.ChoiceField(
        label=gettext_lazy("Estado"),
        choices=ChainAssumption.State.choices,
        widget=forms.RadioSelect,
        initial=ChainAssumption.State.UNKNOWN,
    )
    evidence = _text(
        gettext_lazy("Cómo se sabe"),
        300,
        help_text=gettext_lazy("Se pide si está en riesgo o roto."),
    )
    since = DateField(label=gettext_lazy("Desde"), required=False)


class EvidenceForm(Form):
    """Something seen, read or measured."""

    text = _text(gettext_lazy("Evidencia"), 300, required=True)
    link = forms.URLField(
        label=gettext_lazy("Enlace"), max_length=300, required=False, assume_scheme="https"
    )
    on = DateField(label=gettext_lazy("Fecha"), required=False)
    who = forms.CharField(label=gettext_lazy("De quién"), max_length=160, required=False)


class ReviewForm(Form):
    """Somebody looked at the chain again."""

    on = DateField(label=gettext_lazy("Fecha de la revisión"))
    present = forms.CharField(
        label=gettext_lazy("Quiénes participaron"), max_length=300, required=False
    )
    changed = _text(gettext_lazy("Qué cambió o se decidió"), 2000, rows=4, required=True)
    next_on = DateField(label=gettext_lazy("Próxima revisión"), required=False)


class NoteForm(Form):
    """A short note beside what is kept."""

    note = forms.CharField(label=gettext_lazy("Nota"), max_length=200, required=False)


class AnswerForm(Form):
    """What a person says of a control point, over the data."""

    verdict = forms.ChoiceField(
        label=gettext_lazy("Veredicto"),
        choices=StandardAnswer.Verdict.choices,
        widget=forms.RadioSelect,
    )
    reason = _text(
        gettext_lazy("Por qué"),
        1000,
        rows=3,
        help_text=gettext_lazy("Lo lee quien audita, junto al veredicto."),
        required=True,
    )
    evidence = _text(
        gettext_lazy("En qué se apoya"),
        300,
        help_text=gettext_lazy("Se pide con «sí» o «en parte»."),
    )
    link = forms.URLField(
        label=gettext_lazy("Enlace"), max_length=300, required=False, assume_scheme="https"
    )


def initial_of(row: Any, names: Iterable[str]) -> dict[str, Any]:
    """Return what a row says now, for a form of the same names."""
    return {name: getattr(row, name) for name in names if name != "intention"}
