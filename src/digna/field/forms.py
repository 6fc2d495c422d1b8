"""The file of an outbox; what is decided of a question."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from digna.web.forms import Form


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing to be decided: its name, what it is called, and the answers."""

    name: str
    label: str
    choices: tuple[tuple[str, str], ...]
    help: str = ""


class OutboxForm(forms.Form):
    """What «Guardar en un archivo» made on a telephone."""

    file = forms.FileField(
        label=_("Archivo de «Por enviar»"),
        help_text=_("Se llama digna-AAAA-MM-DD.json. Entregarlo dos veces cuenta una vez."),
    )


class DecisionForm(Form):
    """What a person decides: one answer a clashing field, and which record it is."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, asked: Sequence[Asked] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked = [one.name for one in asked]
        for one in asked:
            self.fields[f"pick_{one.name}"] = forms.ChoiceField(
                label=one.label, choices=one.choices, widget=forms.RadioSelect, help_text=one.help
            )

    @property
    def picks(self) -> dict[str, str]:
        """The answers, by the name of what was asked."""
        return {name: self.cleaned_data[f"pick_{name}"] for name in self.asked}


class RejectionForm(Form):
    """Why something is not taken in: the telephone shows it to who did it."""

    reason = forms.CharField(
        label=_("¿Por qué no se acepta?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Lo lee en su teléfono quien lo envió."),
    )


class RevocationForm(Form):
    """Nothing but the intention."""
