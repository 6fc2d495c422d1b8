"""What is typed about a firm's steps: how far, when, for how much, with which paper."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from digna.pathways.forms import NumberField, field_of, understood
from digna.pathways.models import StepProgress
from digna.pathways.models.firms import CURRENCIES
from digna.web.forms import DateField, Form
from digna_engines.pathways import Question
from digna_engines.pathways.conditions import Answer

State = StepProgress.State


class AnswersForm(Form):
    """The questions that the register does not answer; a blank one takes its answer back."""

    def __init__(self, *args: Any, questions: Iterable[Question], tongue: str, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.questions = tuple(questions)
        for question in self.questions:
            self.fields[question.key] = field_of(question, tongue)
            self.fields[question.key].widget.attrs.setdefault("id", f"id_{question.key}")

    @property
    def answers(self) -> dict[str, Answer | None]:
        """What was answered, by question; None where it was left blank."""
        told: Mapping[str, Answer] = understood(self.questions, self.cleaned_data)
        return {question.key: told.get(question.key) for question in self.questions}


class StepForm(Form):
    """How far a step is."""

    state = forms.ChoiceField(label=_("¿Cómo va?"), choices=State.choices, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Por qué no corresponde"),
        required=False,
        max_length=200,
        help_text=_("Solo si eligió «no corresponde»."),
    )
    began_on = DateField(label=_("Empezó el"), required=False)
    finished_on = DateField(
        label=_("Terminó el"), required=False, help_text=_("Si ya está hecho; en blanco: hoy.")
    )
    spent = NumberField(
        label=_("Cuánto gastó de verdad"),
        required=False,
        help_text=_("En blanco si no se sabe; 0 si no gastó nada."),
        widget=forms.TextInput({"inputmode": "decimal", "autocomplete": "off"}),
    )
    currency = forms.ChoiceField(label=_("Moneda"), choices=CURRENCIES, initial="BOB")
    number = forms.CharField(label=_("Número del papel obtenido"), max_length=60, required=False)
    expires_on = DateField(label=_("Vence el"), required=False)
    photo = forms.FileField(
        label=_("Foto del papel"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/*"}),
        help_text=_("Se guarda sin el lugar donde fue tomada; la ven solo quienes ven la empresa."),
    )
    note = forms.CharField(
        label=_("Nota"), max_length=500, required=False, widget=forms.Textarea({"rows": 2})
    )

    def hint_expiry(self, lasts: str) -> None:
        """Say what a blank day of expiry becomes, where it is known how long the paper lasts."""
        if lasts:
            told = gettext("En blanco: %(time)s después de terminado.") % {"time": lasts}
            self.fields["expires_on"].help_text = told

    @property
    def values(self) -> dict[str, Any]:
        """What the service takes, the photograph as bytes."""
        given = self.given
        photo = given.pop("photo", None)
        return given | {"photo": photo.read() if photo is not None else None}


class PaperForm(Form):
    """A photograph or a PDF of what was obtained."""

    file = forms.FileField(
        label=_("Foto o PDF"), widget=forms.FileInput(attrs={"accept": "image/*,application/pdf"})
    )
    title = forms.CharField(label=_("Qué es"), max_length=120, required=False)

    @property
    def values(self) -> dict[str, Any]:
        """What the service takes."""
        file = self.cleaned_data["file"]
        content = file.read()
        return {
            "content": content,
            "is_photo": not content.startswith(b"%PDF-"),
            "title": self.cleaned_data["title"],
            "name": file.name or "",
        }


class LeaveForm(Form):
    """Why a firm leaves a pathway."""

    reason = forms.CharField(label=_("Motivo"), max_length=200, required=False)


class ReportForm(Form):
    """What is wrong in a step. Nothing is asked of who says it."""

    text = forms.CharField(
        label=_("Qué está mal y cómo es en realidad"),
        max_length=1000,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("Por ejemplo: «Ya cobran Bs 150». No escriba nombres ni teléfonos."),
    )
