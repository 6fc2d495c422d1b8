"""Shapes of input: what records are looked for, a new key."""

from django import forms
from django.utils.translation import gettext_lazy as _

from digna.web.forms import DateField, Form
from digna.xapi.models import AccessKey

_ADL = "http://adlnet.gov/expapi/verbs/"
VERBS = (
    ("", _("Cualquier cosa")),
    (f"{_ADL}initialized", _("empezó")),
    (f"{_ADL}completed", _("terminó")),
    (f"{_ADL}passed", _("aprobó")),
    (f"{_ADL}failed", _("no aprobó")),
    (f"{_ADL}answered", _("respondió")),
    ("https://w3id.org/xapi/adl/verbs/satisfied", _("cumplió")),
)


class SearchForm(forms.Form):
    """Which records a person looks for."""

    quien = forms.CharField(
        label=_("Quién"),
        required=False,
        max_length=300,
        help_text=_("Un correo, o el código de la ficha de la persona."),
    )
    verbo = forms.ChoiceField(label=_("Qué hizo"), required=False, choices=VERBS)
    actividad = forms.CharField(label=_("Actividad (su dirección)"), required=False, max_length=500)
    desde = DateField(label=_("Desde"), required=False)
    hasta = DateField(label=_("Hasta"), required=False)


class KeyForm(Form):
    """A key for a program."""

    label = forms.CharField(
        label=_("Para qué programa"), max_length=120, help_text=_("Por ejemplo: Moodle del socio.")
    )
    scope = forms.ChoiceField(label=_("Qué puede hacer"), choices=AccessKey.Scope.choices)
