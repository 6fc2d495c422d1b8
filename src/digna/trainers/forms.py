"""Shapes of input: a trainer, a piece of evidence, a word on it, a rule."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from digna.registry.models import Organisation
from digna.trainers.models import Evidence, Trainer
from digna.training.models import Cycle
from digna.web.forms import DateField, Form


class EnlistForm(Form):
    """A person of the register becomes a trainer."""

    partner = forms.ModelChoiceField(
        label=_("Socio"), queryset=Organisation.objects.none(), required=False
    )
    languages = forms.CharField(
        label=_("Idiomas en que forma"),
        max_length=80,
        required=False,
        help_text=_("Por ejemplo: castellano y aymara."),
    )
    since = DateField(label=_("Forma desde"))

    def __init__(self, *args: Any, partners: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["partner"].queryset = partners  # type: ignore[attr-defined]


class WayForm(Form):
    """The module whose ladder is begun."""

    module_code = forms.ChoiceField(label=_("Módulo"))

    def __init__(self, *args: Any, modules: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["module_code"].choices = [(m.code, m.name) for m in modules]  # type: ignore[attr-defined]


class EvidenceForm(Form):
    """A piece of the portfolio."""

    kind = forms.ChoiceField(label=_("Qué muestra"), choices=Evidence.Kind.choices)
    on = DateField(label=_("Fecha"))
    hours = forms.IntegerField(
        label=_("Horas"),
        min_value=1,
        max_value=400,
        required=False,
        help_text=_("Solo para la formación de formadores."),
    )
    cycle = forms.ModelChoiceField(label=_("Ciclo"), queryset=Cycle.objects.none(), required=False)
    note = forms.CharField(
        label=_("Qué hizo"), required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    file = forms.FileField(
        label=_("Archivo"),
        required=False,
        help_text=_("Foto, PDF o documento de hasta 10 MB."),
    )

    def __init__(self, *args: Any, cycles: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["cycle"].queryset = cycles  # type: ignore[attr-defined]

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file is not None and file.size > 10_000_000:
            raise forms.ValidationError(
                _("El archivo pesa más de 10 MB. Suba uno más liviano o una foto.")
            )
        return file


class WordForm(Form):
    """An expert's word on a piece, a step, or a renewal."""

    comment = forms.CharField(
        label=_("Comentario"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class ReasonForm(Form):
    """Why somebody goes one rung down."""

    reason = forms.CharField(label=_("Motivo"), max_length=300, required=False)


class StopForm(Form):
    """That somebody no longer trains, and why."""

    on = DateField(label=_("Desde cuándo"))
    reason = forms.ChoiceField(label=_("Por qué"), choices=Trainer.Leaving.choices)
    note = forms.CharField(label=_("Detalle"), max_length=300, required=False)


class RuleForm(Form):
    """What the ladder asks for."""

    tot_hours = forms.IntegerField(
        label=_("Horas de formación de formadores"), min_value=1, max_value=400
    )
    valid_months = forms.IntegerField(
        label=_("Meses que vale el certificado"), min_value=1, max_value=120
    )
    active_months = forms.IntegerField(
        label=_("Meses sin ciclo hasta quedar inactiva/o"), min_value=1, max_value=120
    )
    warn_days = forms.IntegerField(label=_("Días de aviso antes"), min_value=0, max_value=366)
    expert_cycles = forms.IntegerField(
        label=_("Ciclos dictados para ser experta/o"), min_value=0, max_value=50
    )
    expert_independent = forms.IntegerField(
        label=_("De ellos, con autonomía alta"), min_value=0, max_value=50
    )
