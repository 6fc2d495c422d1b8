"""Shapes of input of who teaches: groups, enrolling, withdrawing, reviewing."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from digna.accounts.models import User
from digna.learning.models import Course, Group
from digna.programmes.models import Programme
from digna.registry.models import Organisation, Person
from digna.web.forms import DateField, DateInput, Form

UNIT = "unit."


class GroupForm(Form):
    """A group: its course is chosen once, each unit may have its day."""

    course = forms.ModelChoiceField(label=_("Curso"), queryset=Course.objects.none())
    name = forms.CharField(
        label=_("Nombre del grupo"), max_length=120, help_text=_("Por ejemplo: Talleres de El Alto")
    )
    starts_on = DateField(label=_("Comienza"))
    due_on = DateField(label=_("Termina"), required=False)
    programme = forms.ModelChoiceField(
        label=_("Programa"), queryset=Programme.objects.none(), required=False
    )
    partner = forms.ModelChoiceField(
        label=_("Socio"), queryset=Organisation.objects.none(), required=False
    )
    trainer = forms.ModelChoiceField(
        label=_("Quien acompaña"), queryset=User.objects.none(), required=False
    )

    def __init__(
        self, *args: Any, courses: Any, partners: Any, trainers: Any, units: Any = (), **kw: Any
    ) -> None:
        super().__init__(*args, **kw)
        fields: Any = self.fields
        fields["course"].queryset = courses
        fields["partner"].queryset = partners
        fields["trainer"].queryset = trainers
        fields["programme"].queryset = Programme.objects.order_by("name")
        for code, name in units:
            fields[f"{UNIT}{code}"] = forms.DateField(
                label=name, required=False, widget=DateInput(attrs={"id": f"id_unit-{code}"})
            )
        if units:
            del fields["course"]

    @property
    def told(self) -> dict[str, Any]:
        """What the service is given: the days of the units as one schedule."""
        given = {name: value for name, value in self.given.items() if not name.startswith(UNIT)}
        days = {
            name.removeprefix(UNIT): day
            for name, day in self.given.items()
            if name.startswith(UNIT) and day is not None
        }
        return given | {"schedule": days}


class EnrolForm(Form):
    """In which course, or in which group of it, a person or a firm's people are put."""

    where = forms.ChoiceField(label=_("Curso o grupo"))
    people = forms.ModelMultipleChoiceField(
        label=_("Personas"),
        queryset=Person.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, places: Any, people: Any = None, **kw: Any) -> None:
        super().__init__(*args, **kw)
        fields: Any = self.fields
        fields["where"].choices = places
        if people is None:
            del fields["people"]
        else:
            fields["people"].queryset = people
            fields["people"].initial = list(people)


class ReasonForm(Form):
    """Why somebody leaves a course."""

    reason = forms.CharField(label=_("Por qué se retira"), max_length=300, required=False)


class ReviewForm(Form):
    """What the reviewer looked at and says."""

    met = forms.MultipleChoiceField(
        label=_("Se cumple"), required=False, widget=forms.CheckboxSelectMultiple
    )
    note = forms.CharField(
        label=_("Palabras para quien hizo la tarea"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, criteria: Any, **kw: Any) -> None:
        super().__init__(*args, **kw)
        fields: Any = self.fields
        fields["met"].choices = criteria
        if not criteria:
            del fields["met"]


def days_of(group: Group) -> dict[str, Any]:
    """Return the days of a group's units as the form names them."""
    return {f"{UNIT}{unit}": day for unit, day in group.schedule.items()}
