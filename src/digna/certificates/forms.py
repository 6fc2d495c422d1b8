"""Shapes of input: a certificate by hand, a reason, a code, a credential to judge."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from digna.certificates import signing
from digna.certificates.models import Certificate
from digna.programmes.models import Programme
from digna.registry.models import Organisation
from digna.web.forms import DateField, Form


class FactsForm(Form):
    """What a certificate states."""

    kind = forms.ChoiceField(label=_("Tipo"), choices=Certificate.Kind.choices)
    title_es = forms.CharField(label=_("Qué certifica"), max_length=200)
    title_en = forms.CharField(label=_("En inglés"), max_length=200, required=False)
    detail_es = forms.CharField(
        label=_("Detalle"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    detail_en = forms.CharField(
        label=_("Detalle en inglés"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    level = forms.CharField(label=_("Nivel"), max_length=60, required=False)
    hours = forms.DecimalField(
        label=_("Horas"), max_digits=6, decimal_places=1, min_value=0, required=False
    )
    starts_on = DateField(label=_("Desde"), required=False)
    ends_on = DateField(label=_("Hasta"), required=False)
    valid_until = DateField(label=_("Vale hasta"), required=False, help_text=_("Vacío: no vence."))
    signed_by = forms.CharField(
        label=_("Quien firma"), max_length=120, required=False, help_text=_("Nombre y cargo.")
    )


class IssueForm(FactsForm):
    """A certificate for one person or firm, found beforehand."""

    partner = forms.ModelChoiceField(
        label=_("Socio que lo emite"),
        queryset=Organisation.objects.none(),
        required=False,
    )
    programme = forms.ModelChoiceField(
        label=_("Programa"), queryset=Programme.objects.none(), required=False
    )

    def __init__(self, *args: Any, partners: Any, programmes: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["partner"].queryset = partners  # type: ignore[attr-defined]
        self.fields["programme"].queryset = programmes  # type: ignore[attr-defined]


class ReasonForm(Form):
    """Why a certificate is revoked."""

    reason = forms.CharField(
        label=_("Por qué se anula"),
        max_length=300,
        required=False,
        help_text=_("Lo verá quien compruebe el certificado."),
    )


class ReissueForm(FactsForm):
    """The corrected facts, and why."""

    reason = forms.CharField(label=_("Qué se corrige"), max_length=300, required=False)

    field_order = ("reason",)


class CodeForm(forms.Form):
    """The code on a paper."""

    code = forms.CharField(
        label=_("Código del certificado"),
        max_length=40,
        help_text=_("Doce letras y números, debajo del dibujo cuadrado."),
        widget=forms.TextInput(attrs={"autocapitalize": "characters", "autocomplete": "off"}),
    )


class CredentialForm(forms.Form):
    """A credential file to judge."""

    file = forms.FileField(label=_("Archivo de la credencial (.json)"))

    def clean_file(self) -> str:
        file = self.cleaned_data["file"]
        if file.size > signing.BYTES_MAX:
            raise ValidationError(_("Ese archivo es demasiado grande para ser una credencial."))
        try:
            return str(file.read().decode())
        except UnicodeDecodeError as error:
            raise ValidationError(
                _("Ese archivo no es texto. Suba la credencial .json tal como la descargó.")
            ) from error
