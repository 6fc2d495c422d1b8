"""How much of a cycle earns its certificate of attendance, and who signs."""

from django import forms
from django.utils.translation import gettext_lazy as _

from digna.web.forms import Form


class CertificatesForm(Form):
    """The least share and the signature."""

    least_share = forms.IntegerField(
        label=_("Asistencia mínima (% de los talleres realizados)"), min_value=1, max_value=100
    )
    signed_by = forms.CharField(
        label=_("Quien firma"), max_length=120, required=False, help_text=_("Nombre y cargo.")
    )
