"""The file of an outbox."""

from django import forms
from django.utils.translation import gettext_lazy as _


class OutboxForm(forms.Form):
    """What «Guardar en un archivo» made on a telephone."""

    file = forms.FileField(
        label=_("Archivo de «Por enviar»"),
        help_text=_("Se llama digna-AAAA-MM-DD.json. Entregarlo dos veces cuenta una vez."),
    )
