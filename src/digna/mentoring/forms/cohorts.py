"""Cohorts and drafts."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from digna.mentoring import instruments
from digna.mentoring.forms.profiles import one_of
from digna.mentoring.models import Draft
from digna.programmes.models import Programme
from digna.registry.models import Organisation
from digna.web.forms import DateField, Form


class CohortForm(Form):
    """A cohort: its template, its days, its call and the limits of its alerts."""

    title = forms.CharField(label=_("Título"), max_length=160)
    programme = forms.ModelChoiceField(label=_("Programa"), queryset=Programme.objects.none())
    partner = forms.ModelChoiceField(
        label=_("Socio"),
        queryset=Organisation.objects.none(),
        required=False,
        empty_label=_("Ninguno"),
    )
    template = one_of(_("Modelo"), ())
    starts_on = DateField(label=_("Inicio"))
    ends_on = DateField(label=_("Fin"))
    call_opens_on = DateField(label=_("La convocatoria abre"))
    call_closes_on = DateField(label=_("La convocatoria cierra"))
    call_text = forms.CharField(
        label=_("Texto de la convocatoria"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Lo lee quien postula: para quién es, qué ofrece, qué pide."),
    )
    answer_days = forms.IntegerField(
        label=_("Días que tiene quien acompañaría para responder"),
        min_value=1,
        max_value=60,
        initial=7,
        help_text=_("Pasado ese día, el lugar queda libre solo."),
    )
    silent_days = forms.IntegerField(
        label=_("Avisar tras cuántos días sin contacto"), min_value=7, max_value=120, initial=21
    )
    no_show_limit = forms.IntegerField(
        label=_("Avisar tras cuántas ausencias seguidas"), min_value=1, max_value=10, initial=2
    )

    def __init__(self, *args: Any, programmes: Any, partners: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choosable("programme").queryset = programmes
        self.choosable("partner").queryset = partners
        templates = instruments.installed()["templates"]
        self.choosable("template").choices = list(instruments.named(templates).items())

    def choosable(self, name: str) -> Any:
        """Return a field whose choices depend on who asks."""
        return self.fields[name]


class ChangeCohortForm(CohortForm):
    """The same, without what people have agreed to already."""

    template = None  # type: ignore[assignment]

    def choosable(self, name: str) -> Any:
        """Return a field, or one that is thrown away where this form does not have it."""
        return self.fields.get(name, forms.ChoiceField())


class DraftForm(Form):
    """How a draft is to be made."""

    mode = one_of(_("Cómo armar el borrador"), Draft.Mode.choices, initial=Draft.Mode.OPTIMAL)
