"""The shape of what is asked for when a report is made, written in, issued or withdrawn."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from digna.accounts.models import User
from digna.programmes.models import Programme
from digna.registry.models import Organisation
from digna.reports import access, quarters
from digna.results.models import ReportingPeriod
from digna.web.forms import Form

YEARS_BACK = 6


class ActForm(Form):
    """A button: nothing but its intention."""


class IssueForm(Form):
    """What changed since the last edition, for who compares them."""

    note = forms.CharField(
        label=_("Qué cambió"), max_length=300, required=False,
        help_text=_("Opcional: lo lee quien compare esta edición con otra."),
    )  # fmt: skip


class WithdrawForm(Form):
    """Why an edition no longer holds."""

    because = forms.CharField(
        label=_("Por qué se retira"), max_length=300,
        help_text=_("Lo lee quien tenga la dirección de la edición."),
    )  # fmt: skip


class TextForm(Form):
    """A person's own words in both languages."""

    es = forms.CharField(
        label=_("En castellano"), required=False, widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Cite las cifras, no las escriba: «{ind:firms}» se vuelve el número y lleva a "
                    "su definición."),
    )  # fmt: skip
    en = forms.CharField(
        label=_("En inglés"), required=False, widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Si falta, el informe en inglés lleva el texto en castellano."),
    )  # fmt: skip


def stretch_choices(since: Any) -> list[tuple[str, str]]:
    """Return the quarters and years that have begun, the last first."""
    return [(one.key, one.key) for one in quarters.between(since, timezone.localdate())]


class StretchForm(Form):
    """A quarter or a year of something."""

    period = forms.ChoiceField(label=_("Trimestre o año"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        first = Programme.objects.order_by("starts_on").values_list("starts_on", flat=True).first()
        today = timezone.localdate()
        since = min(first or today, today)
        self.fields["period"].choices = stretch_choices(since)  # type: ignore[attr-defined]


class TrainerForm(StretchForm):
    """Of which trainer, over which days."""

    trainer = forms.ModelChoiceField(label=_("Formador/a"), queryset=User.objects.none())
    field_order = ("trainer", "period")

    def __init__(self, *args: Any, user: object, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        trainers = access.trainers_of(user)
        self.fields["trainer"].queryset = trainers  # type: ignore[attr-defined]
        if len(trainers) == 1:
            self.fields["trainer"].initial = trainers[0]


class PartnerForm(StretchForm):
    """Of which partner, over which days."""

    partner = forms.ModelChoiceField(label=_("Socio"), queryset=Organisation.objects.none())
    field_order = ("partner", "period")

    def __init__(self, *args: Any, user: object, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        partners = access.partners_of(user)
        self.fields["partner"].queryset = partners  # type: ignore[attr-defined]
        if len(partners) == 1:
            self.fields["partner"].initial = partners[0]


class StatementForm(Form):
    """Of which programme: its figures are those the portal shows."""

    programme = forms.ModelChoiceField(label=_("Programa"), queryset=Programme.objects.none())

    def __init__(self, *args: Any, user: object, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        programmes = access.programmes_of(user)
        self.fields["programme"].queryset = programmes  # type: ignore[attr-defined]
        self.fields["programme"].initial = programmes.filter(indicators__isnull=False).first()


class LogframeForm(StatementForm):
    """Of which programme, and up to which of its periods."""

    period = forms.ChoiceField(
        label=_("Hasta qué período"), required=False,
        help_text=_("Los períodos anteriores también salen, cada uno en su fila."),
    )  # fmt: skip

    def __init__(self, *args: Any, user: object, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        rows = ReportingPeriod.objects.filter(programme__in=access.programmes_of(user))
        labels = dict.fromkeys(rows.order_by("-ends_on").values_list("label", flat=True))
        self.fields["period"].choices = [  # type: ignore[attr-defined]
            ("", _("A la fecha")), *((label, label) for label in labels),
        ]  # fmt: skip


FORMS: dict[str, Any] = {
    "trainer": TrainerForm, "partner": PartnerForm, "logframe": LogframeForm,
    "statement": StatementForm,
}  # fmt: skip
