"""Questions of a pathway as a form in the address: nothing is kept, the address is the answer."""

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.utils.translation import gettext_lazy as _

from digna.pathways import answers
from digna.pathways.answers import NO, YES
from digna_engines.pathways import Question
from digna_engines.pathways.conditions import Answer

YES_NO = ((YES, _("Sí")), (NO, _("No")))


class Questions(forms.Form):
    """One field for each question; a blank one is unanswered."""

    def __init__(self, questions: Iterable[Question], sent: Mapping[str, str], tongue: str) -> None:
        super().__init__(sent)
        self.questions = tuple(questions)
        for question in self.questions:
            self.fields[question.key] = field_of(question, tongue)

    def known(self) -> dict[str, Answer]:
        """What was understood; who answers one thing badly loses no other answer."""
        self.is_valid()
        return understood(self.questions, self.cleaned_data)


def understood(questions: Iterable[Question], cleaned: Mapping[str, Any]) -> dict[str, Answer]:
    """Return cleaned fields as answers; a blank one is unanswered."""
    found = {}
    for question in questions:
        value = cleaned.get(question.key)
        if value not in (None, ""):
            found[question.key] = value == YES if question.kind == "yes_no" else value
    return found


class NumberField(forms.CharField):
    """A number from 0 on, as people write it."""

    default_error_messages = {"number": _("Escriba un número, por ejemplo 30.000.")}

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        found = answers.number(text)
        if found is None:
            raise forms.ValidationError(self.error_messages["number"], code="number")
        return found


def field_of(question: Question, tongue: str) -> forms.Field:
    """Return the field that asks a question."""
    texts = {
        "label": said(question.asks, tongue),
        "help_text": said(question.help, tongue),
        "required": False,
    }
    if question.kind == "number":
        widget = forms.TextInput({"inputmode": "decimal", "class": "input", "autocomplete": "off"})
        return NumberField(widget=widget, **texts)  # type: ignore[arg-type]
    if question.kind == "yes_no":
        return forms.ChoiceField(choices=YES_NO, widget=forms.RadioSelect, **texts)  # type: ignore[arg-type]
    options: list[tuple[str, Any]] = [("", _("Todavía no lo sé"))]
    options += [(key, said(words, tongue)) for key, words in question.options.items()]
    widget_ = forms.Select({"class": "input"})
    return forms.ChoiceField(choices=options, widget=widget_, **texts)  # type: ignore[arg-type]


def said(words: Mapping[str, str], tongue: str) -> str:
    """A text of a kit in the reader's language, else in Spanish."""
    return words.get(tongue) or words.get("es", "")


def written(known: Mapping[str, Answer]) -> str:
    """Answers as the query of an address; the same answers always give the same text."""
    return urlencode({key: answers.written(value) for key, value in sorted(known.items())})
