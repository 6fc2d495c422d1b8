"""Small forms used on many pages: a button, a reason, a day."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from digna.training.models import DropReason
from digna.web.forms import DateField, Form


def radios(choices: Any, label: Any, **kwargs: Any) -> forms.ChoiceField:
    """A choice of few, drawn as chips."""
    return forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect, **kwargs)


class ActForm(Form):
    """A button: nothing but its intention."""


class ReasonForm(Form):
    """Why something is done that others will ask about."""

    reason = forms.CharField(label=_("Motivo"), max_length=300)


class DayForm(Form):
    """The day on which something happened; today unless said otherwise."""

    on = DateField(label=_("Fecha"), initial=timezone.localdate)


class DayReasonForm(DayForm):
    """A day and a reason."""

    reason = forms.CharField(label=_("Motivo"), max_length=300)


class DropForm(DayForm):
    """Why a firm leaves its cycle."""

    reason = radios(DropReason.choices, _("Por qué deja el ciclo"))
    note = forms.CharField(label=_("Qué dijo"), max_length=300, required=False)


class CommentForm(Form):
    """What a reader says of a report."""

    comment = forms.CharField(label=_("Comentario"), widget=forms.Textarea, required=False)
