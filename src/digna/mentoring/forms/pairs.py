"""What a pair writes down: sessions in three taps, agreement, goals, notes, endings, outcomes."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from digna.mentoring import instruments
from digna.mentoring.forms.profiles import one_of, yes_no
from digna.mentoring.models import Channel, Ending, Goal, Happened, Outcome, Pair
from digna.web.forms import DateField, Form, TimeInput

MOODS = (
    (1, _("muy mal")), (2, _("mal")), (3, _("regular")), (4, _("bien")), (5, _("muy bien")),
)  # fmt: skip
PAST = tuple(c for c in Happened.choices if c[0] not in (Happened.PLANNED, Happened.HELD))


class ActForm(Form):
    """A button: nothing but its intention."""


class QuickForm(Form):
    """A session in three taps: the day is today; the last button says how it went, and saves."""

    on = DateField(label=_("Fecha"), initial=timezone.localdate)
    channel = one_of(_("¿Por dónde?"), Channel.choices)
    mood = forms.TypedChoiceField(
        choices=MOODS, coerce=int, empty_value=None, required=False, widget=forms.HiddenInput
    )
    happened = forms.ChoiceField(choices=Happened.choices, required=False, widget=forms.HiddenInput)
    agreed = forms.CharField(
        label=_("Acuerdos, si quiere"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class GroupForm(QuickForm):
    """One meeting of a group: who did not come is ticked."""

    absent = forms.ModelMultipleChoiceField(
        label=_("¿Quién no pudo venir?"),
        queryset=Pair.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, pairs: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        absent: Any = self.fields["absent"]
        absent.queryset = pairs
        absent.label_from_instance = lambda pair: str(pair.application.person)


class SessionForm(Form):
    """A session corrected or completed."""

    on = DateField(label=_("Fecha"))
    at = forms.TimeField(label=_("Hora"), required=False, widget=TimeInput)
    happened = one_of(_("Qué pasó"), Happened.choices)
    channel = one_of(_("Por dónde"), Channel.choices, required=False)
    minutes = forms.IntegerField(label=_("Minutos"), min_value=1, max_value=600, required=False)
    agreed = forms.CharField(
        label=_("Acuerdos"), required=False, widget=forms.Textarea(attrs={"rows": 4})
    )


class PlanForm(Form):
    """The next session."""

    on = DateField(label=_("Fecha"))
    at = forms.TimeField(label=_("Hora"), required=False, widget=TimeInput)
    channel = one_of(_("Por dónde"), Channel.choices, initial=Channel.WHATSAPP)


class MoodForm(Form):
    """How the mentee came out of a session."""

    mood = forms.TypedChoiceField(choices=MOODS, coerce=int)


class AgreementForm(Form):
    """What the two agree at their first meeting."""

    agreed_on = DateField(label=_("Fecha"), initial=timezone.localdate)
    how_often = forms.CharField(
        label=_("Cada cuánto se reúnen"), max_length=80, help_text=_("Por ejemplo: cada 15 días.")
    )
    channel = one_of(_("Por dónde"), Channel.choices, initial=Channel.WHATSAPP)
    aims = forms.CharField(
        label=_("Qué quieren lograr"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    care_note = forms.CharField(
        label=_("Qué tomar en cuenta"),
        max_length=400,
        required=False,
        help_text=_("Horarios de cuidado, señal, viajes: lo que ayude a cumplir."),
    )


class GoalForm(Form):
    """A goal."""

    what = forms.CharField(label=_("Meta"), max_length=200)
    due_on = DateField(label=_("Para cuándo"), required=False)


class SettleForm(Form):
    """What came of a goal."""

    state = forms.ChoiceField(choices=Goal.State.choices)


class NoteForm(Form):
    """A note that only its author reads."""

    text = forms.CharField(
        label=_("Nota privada"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Solo usted la lee. No sale en ninguna descarga ni en el diario."),
    )


class FollowUpForm(Form):
    """What was done about a pair."""

    on = DateField(label=_("Fecha"), initial=timezone.localdate)
    what = forms.CharField(label=_("Qué se hizo"), max_length=300)


class ChangeForm(Form):
    """A change of pair: reasons that blame nobody."""

    on = DateField(label=_("Hasta cuándo"), initial=timezone.localdate)
    ending = one_of(_("Motivo"), Ending.choices)
    note = forms.CharField(
        label=_("Detalle"),
        max_length=300,
        required=False,
        help_text=_("No hace falta. Si escribe, cuente la situación, no a la persona."),
    )


class CloseForm(Form):
    """A pair that came to its end."""

    on = DateField(label=_("Fecha"), initial=timezone.localdate)
    note = forms.CharField(label=_("Cómo cierra"), max_length=300, required=False)


class DeclineForm(Form):
    """A mentor says no."""

    is_unavailable = forms.BooleanField(
        label=_("Por ahora no estoy disponible para nadie"), required=False
    )


class OutcomeForm(Form):
    """One measurement: every question may stay without an answer."""

    on = DateField(label=_("Fecha"), initial=timezone.localdate)
    method = one_of(_("Cómo se sabe"), Outcome.Method.choices, initial=Outcome.Method.DECLARED)
    sales = forms.DecimalField(
        label=_("Ventas del último mes (Bs)"),
        min_value=0,
        max_digits=14,
        decimal_places=2,
        required=False,
        localize=True,
        help_text=_("Si no vendió, escriba 0. Si no sabe, deje vacío."),
    )
    sells_digitally = yes_no(_("¿Vende por algún canal digital?"))
    is_formal = yes_no(_("¿Tiene NIT y licencia de funcionamiento?"))
    jobs_women = forms.IntegerField(
        label=_("Mujeres que trabajan, contándose"), min_value=0, max_value=100_000, required=False
    )
    jobs_men = forms.IntegerField(
        label=_("Hombres que trabajan, contándose"), min_value=0, max_value=100_000, required=False
    )

    def __init__(self, *args: Any, terms: Mapping[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.codes = instruments.questions(terms)
        for code, question in self.codes.items():
            self.fields[f"practice-{code}"] = yes_no(question)

    @property
    def told(self) -> dict[str, Any]:
        """The values as the service takes them."""
        given = self.given
        practices = {code: given.pop(f"practice-{code}") for code in self.codes}
        return given | {"practices": practices, "currency": "BOB"}
