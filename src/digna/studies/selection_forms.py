"""The shape of what is typed about a selection, and of what its evaluators answer."""

import uuid
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy

from digna.programmes.models import Programme
from digna.registry.models import Sector
from digna.studies import access
from digna.studies.models import Candidate, Criterion, Scheme, Selection, Verdict
from digna.studies.models.selections import Seat
from digna.web.forms import DateField, Form


class ActForm(Form):
    """A button: nothing but its intention."""


class Lines(forms.CharField):
    """One thing a line."""

    widget = forms.Textarea

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        return [line.strip() for line in (text or "").splitlines() if line.strip()]


class EvidenceField(forms.CharField):
    """Public ids of evidence, in any order, with whatever stands between them."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", gettext_lazy("Evidencia"))
        kwargs.setdefault("required", False)
        kwargs.setdefault(
            "help_text", gettext_lazy("Códigos de las fichas de evidencia, separados por comas.")
        )
        super().__init__(**kwargs)

    def clean(self, value: Any) -> Any:
        text = (super().clean(value) or "").replace(",", " ")
        try:
            return [
                uuid.UUID(word.rstrip("/").rsplit("/", maxsplit=1)[-1]) for word in text.split()
            ]
        except ValueError as wrong:
            raise ValidationError(
                gettext_lazy("Un código no es de evidencia. Cópielo de su ficha.")
            ) from wrong


class SelectionForm(Form):
    """What a selection says of itself."""

    title = forms.CharField(label=gettext_lazy("Título"), max_length=200)
    question = forms.CharField(
        label=gettext_lazy("Pregunta"),
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Lo que la decisión debe responder, en una frase."),
    )
    scope = forms.CharField(
        label=gettext_lazy("Alcance"), widget=forms.Textarea(attrs={"rows": 3}), required=False
    )
    held_on = DateField(label=gettext_lazy("Fecha"))
    programmes = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Programas"),
        queryset=Programme.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )
    seats = forms.IntegerField(
        label=gettext_lazy("Sectores por elegir"), min_value=1, max_value=20, initial=3
    )
    weighting = forms.ChoiceField(
        label=gettext_lazy("Cómo se dan los pesos"),
        choices=Selection.Weighting.choices,
        widget=forms.RadioSelect,
        initial=Selection.Weighting.POINTS,
    )

    def __init__(self, *args: Any, user: object, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choosable: Any = self.fields["programmes"]
        choosable.queryset = access.programmes_of(user)


class NewSelectionForm(SelectionForm):
    """A new one may start from a published scheme."""

    scheme = forms.ModelChoiceField(
        label=gettext_lazy("Esquema de criterios"),
        queryset=Scheme.objects.all(),
        required=False,
        empty_label=gettext_lazy("Ninguno: escribiremos los nuestros"),
        help_text=gettext_lazy("Se copian sus criterios; después los pone en sus palabras."),
    )


class CandidatesForm(Form):
    """Sectors for the long list."""

    sectors = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Del registro"),
        queryset=Sector.objects.all(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    names = Lines(
        label=gettext_lazy("Otros"),
        required=False,
        help_text=gettext_lazy("Uno por renglón."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class VerdictForm(Form):
    """What a knock-out criterion says of a sector."""

    outcome = forms.ChoiceField(
        label=gettext_lazy("Veredicto"), choices=Verdict.Outcome.choices, widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label=gettext_lazy("Por qué"), widget=forms.Textarea(attrs={"rows": 3}), required=False
    )
    evidence = EvidenceField()


class CriterionForm(Form):
    """A criterion in this selection's own words."""

    name = forms.CharField(label=gettext_lazy("Nombre"), max_length=160)
    dimension = forms.CharField(label=gettext_lazy("Dimensión"), max_length=120, required=False)
    direction = forms.ChoiceField(
        label=gettext_lazy("Sentido"),
        choices=Criterion.Direction.choices,
        widget=forms.RadioSelect,
        initial=Criterion.Direction.MORE,
    )
    is_knock_out = forms.BooleanField(
        label=gettext_lazy("Es excluyente: no se puntúa, deja fuera al sector"), required=False
    )
    default_weight = forms.DecimalField(
        label=gettext_lazy("Peso de partida, %"),
        min_value=Decimal(0),
        max_value=Decimal(100),
        max_digits=6,
        decimal_places=3,
        required=False,
    )
    anchors = Lines(
        label=gettext_lazy("Anclas"),
        required=False,
        help_text=gettext_lazy("Cinco frases, una por renglón: qué merece 1, 2, 3, 4 y 5."),
    )
    questions = Lines(
        label=gettext_lazy("Preguntas guía"),
        required=False,
        help_text=gettext_lazy("Una por renglón."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class EvaluatorForm(Form):
    """Somebody to invite."""

    name = forms.CharField(label=gettext_lazy("Nombre y apellidos"), max_length=160)
    constituency = forms.ChoiceField(
        label=gettext_lazy("A quién representa"), choices=Seat.choices, widget=forms.RadioSelect
    )
    organisation = forms.CharField(
        label=gettext_lazy("Organización"), max_length=160, required=False
    )
    phone = forms.CharField(
        label=gettext_lazy("Celular"),
        max_length=20,
        required=False,
        help_text=gettext_lazy("Para mandarle su enlace por WhatsApp."),
    )


class LeavingForm(Form):
    """Somebody takes part no more."""

    answers_stand = forms.ChoiceField(
        label=gettext_lazy("Lo que ya respondió"),
        choices=[("si", gettext_lazy("sigue contando")), ("no", gettext_lazy("no cuenta"))],
        widget=forms.RadioSelect,
        initial="si",
    )


class NoteForm(Form):
    """What was said about a cell."""

    candidate = forms.ModelChoiceField(
        label=gettext_lazy("Sector"),
        queryset=Candidate.objects.none(),
        required=False,
        empty_label=gettext_lazy("Todos"),
    )
    criterion = forms.ModelChoiceField(
        label=gettext_lazy("Criterio"),
        queryset=Criterion.objects.none(),
        required=False,
        empty_label=gettext_lazy("Todos"),
    )
    text = forms.CharField(
        label=gettext_lazy("Qué se dijo"), widget=forms.Textarea(attrs={"rows": 3}), required=False
    )

    def __init__(self, *args: Any, selection: Selection, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("candidate", "criterion"):
            choosable: Any = self.fields[name]
            rows = selection.candidates if name == "candidate" else selection.criteria
            choosable.queryset = rows.all()


class DecisionForm(Form):
    """The decision."""

    chosen = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Sectores elegidos"),
        queryset=Candidate.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    justification = forms.CharField(
        label=gettext_lazy("Justificación"),
        widget=forms.Textarea(attrs={"rows": 5}),
        required=False,
        help_text=gettext_lazy("Si lo elegido difiere del orden calculado, es obligatoria."),
    )
    dissent = Lines(
        label=gettext_lazy("Disensos"),
        required=False,
        help_text=gettext_lazy("Uno por renglón: «Trabajadores: no comparten…»."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    signatories = Lines(
        label=gettext_lazy("Quién firma"),
        required=False,
        help_text=gettext_lazy("Nombre y cargo, una persona por renglón."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    decided_on = DateField(label=gettext_lazy("Fecha"))

    def __init__(self, *args: Any, candidates: Sequence[Candidate], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choosable: Any = self.fields["chosen"]
        choosable.queryset = Candidate.objects.filter(
            pk__in=[row.pk for row in candidates]
        ).select_related("sector")

    @property
    def given(self) -> dict[str, Any]:
        """The cleaned values, each dissent split into whose it is and what it says."""
        told = super().given
        parts = [line.partition(":") for line in told["dissent"]]
        return told | {
            "dissent": [{"who": who.strip(), "text": text.strip()} for who, _sep, text in parts]
        }


class ScoreForm(Form):
    """One cell: a score by its anchors or «no evidence», how sure, why."""

    answer = forms.ChoiceField(
        choices=[*((str(n), str(n)) for n in range(1, 6)), ("sin", "sin evidencia")]
    )
    confidence = forms.TypedChoiceField(
        choices=[("", ""), ("1", "1"), ("2", "2"), ("3", "3")],
        coerce=int,
        empty_value=None,
        required=False,
    )
    rationale = forms.CharField(max_length=2000, required=False)
    evidence = EvidenceField()

    @property
    def given(self) -> dict[str, Any]:
        """The cleaned values; «sin evidencia» is None."""
        told = super().given
        answer = told.pop("answer")
        return told | {"score": None if answer == "sin" else int(answer)}
