"""Shapes of input: an archive, what is told of a package."""

from django import forms
from django.utils.translation import gettext_lazy as _

from digna.web.forms import Form


class ImportForm(Form):
    """A new package."""

    archive = forms.FileField(
        label=_("Archivo del paquete"),
        help_text=_("Un .zip de SCORM 1.2 o 2004, un .h5p, o un .zip de cmi5. Hasta 300 MB."),
        widget=forms.ClearableFileInput({"accept": ".zip,.h5p"}),
    )
    title = forms.CharField(
        label=_("Título"),
        max_length=200,
        required=False,
        help_text=_("Si lo deja vacío, se usa el que trae el paquete."),
    )
    licence = forms.CharField(
        label=_("Licencia o permiso de uso"),
        max_length=200,
        required=False,
        help_text=_("Por ejemplo: CC BY 4.0, o quién nos dio permiso y cuándo."),
    )


class VersionForm(Form):
    """Another version of a package."""

    archive = forms.FileField(
        label=_("Archivo de la versión nueva"),
        widget=forms.ClearableFileInput({"accept": ".zip,.h5p"}),
    )
    note = forms.CharField(
        label=_("Qué cambió"), max_length=300, required=False, widget=forms.Textarea({"rows": 2})
    )


class CorrectForm(Form):
    """What is told of a package."""

    title = forms.CharField(label=_("Título"), max_length=200)
    language = forms.CharField(
        label=_("Idioma"), max_length=20, required=False, help_text=_("Por ejemplo: es, qu, ay.")
    )
    licence = forms.CharField(label=_("Licencia o permiso de uso"), max_length=200, required=False)
