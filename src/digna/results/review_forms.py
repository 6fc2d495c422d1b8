"""Forms of the review: which indicators, why, until when, what is asked."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from digna.results.models import Indicator
from digna.web.forms import DateField, Form


class ChosenForm(Form):
    """Indicators marked on the monthly page; all of them where «all» was pressed."""

    indicators = forms.ModelMultipleChoiceField(Indicator.objects.none(), required=False)

    def __init__(self, *args: Any, indicators: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["indicators"]
        field.queryset = indicators

    @property
    def chosen(self) -> list[Indicator]:
        """The indicators marked."""
        return list(self.cleaned_data["indicators"])


class CommentForm(Form):
    """A question or an answer."""

    text = forms.CharField(
        label=_("Comentario"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )


class DueForm(Form):
    """Until when a period is to be reviewed."""

    due_on = DateField(label=_("Plazo"), required=False, help_text=_("Vacío: sin plazo."))


class WhyForm(Form):
    """A reason that may be left out; the service says when it may not."""

    reason = forms.CharField(
        label=_("Motivo"),
        help_text=_("Queda en el diario y lo lee quien audita."),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )
