"""What is typed about markers, snapshots, actions, assets and copies."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from digna.partners.forms.profile import DOCUMENT
from digna.partners.models import ActionTemplate, Asset, TransitionAction
from digna.partners.models.maturity import Reached
from digna.partners.models.transition import PlanLine
from digna.web.forms import DateField, Form, optional_choices


def told(label: Any, rows: int = 2, *, required: bool = True, **more: Any) -> forms.CharField:
    """Return a field of free text."""
    return forms.CharField(
        label=label, widget=forms.Textarea(attrs={"rows": rows}), required=required, **more
    )


class JudgementForm(Form):
    """How far a partner got on a marker, and how that is known."""

    reached = forms.ChoiceField(
        label=_("¿Cuánto se alcanzó?"), choices=Reached.choices, widget=forms.RadioSelect
    )
    on = DateField(label=_("Comprobado el"))
    evidence = told(
        _("Cómo se sabe"), required=False, help_text=_("Qué documento, qué reunión, qué se vio.")
    )
    file = forms.FileField(label=_("Documento"), help_text=DOCUMENT, required=False)


class SnapshotForm(Form):
    """A picture of all markers on a day."""

    on = DateField(label=_("Día"))
    label = forms.CharField(
        label=_("Nombre"), max_length=80, required=False, help_text=_("Por ejemplo: 1.er semestre.")
    )
    note = told(_("Qué pasó en el semestre"), 4, required=False)


class ActionForm(Form):
    """An action of the transition, with its risk."""

    line = forms.ChoiceField(label=_("Línea"), choices=PlanLine.choices)
    what = told(_("Qué se hará"))
    owner = forms.CharField(
        label=_("Quién responde"), max_length=160, help_text=_("Una persona con nombre y cargo.")
    )
    due_on = DateField(label=_("Hasta"))
    risk = told(_("Qué puede impedirlo"), required=False)
    likelihood = forms.TypedChoiceField(
        label=_("Probabilidad"),
        choices=optional_choices(TransitionAction.Level.choices),
        coerce=int,
        empty_value=None,
        required=False,
    )
    impact = forms.TypedChoiceField(
        label=_("Impacto"),
        choices=optional_choices(TransitionAction.Level.choices),
        coerce=int,
        empty_value=None,
        required=False,
    )
    response = told(_("Qué haremos ante ese riesgo"), required=False)


class TemplatesForm(Form):
    """Which template actions a plan begins with."""

    templates = forms.ModelMultipleChoiceField(
        label=_("Acciones"),
        queryset=ActionTemplate.objects.filter(retired_on=None),
        widget=forms.CheckboxSelectMultiple,
    )
    owner = forms.CharField(label=_("Quién responde por ellas al comenzar"), max_length=160)
    starts_on = DateField(
        label=_("Comienza"), help_text=_("La fecha de cada una se calcula con su plazo usual.")
    )


class CloseActionForm(Form):
    """How an action ended."""

    outcome = forms.ChoiceField(
        label=_("¿Cómo terminó?"),
        choices=[("done", _("Se hizo")), ("dropped", _("Se descarta"))],
        widget=forms.RadioSelect,
        initial="done",
    )
    on = DateField(label=_("Fecha"))
    evidence = told(_("Qué lo prueba, o por qué se descarta"), required=False)
    file = forms.FileField(label=_("Documento"), help_text=DOCUMENT, required=False)


class AssetForm(Form):
    """Something the partner will keep."""

    kind = forms.ChoiceField(label=_("Tipo"), choices=Asset.Kind.choices)
    what = told(_("Qué se entrega"), help_text=_("Con cantidades, versión y formato."))
    conditions = told(_("Condiciones de uso"), required=False)


class HandOverForm(Form):
    """Who received something, and when."""

    received_by = forms.CharField(label=_("Quién recibe"), max_length=160)
    received_as = forms.CharField(label=_("Cargo"), max_length=120, required=False)
    on = DateField(label=_("Fecha"))


class ReceiptForm(Form):
    """The signed record."""

    file = forms.FileField(label=_("Acta firmada"), help_text=DOCUMENT)
    on = DateField(label=_("Firmada el"))
