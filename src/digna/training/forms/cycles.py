"""Shapes of modules, cycles, workshops, firms entering and who takes part."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from digna.programmes.models import Programme
from digna.registry import access as registry
from digna.registry.models import Enterprise, Person, Place
from digna.registry.models.enterprises import SizeBand
from digna.registry.models.people import Sex
from digna.training import access
from digna.training.forms.pages import radios
from digna.training.models import (
    Cycle,
    CycleFirm,
    DeliveryMode,
    Independence,
    Module,
    Role,
    Workshop,
)
from digna.web.forms import DateField, Form, TimeInput, optional_choices

Choice = forms.ModelChoiceField
NOBODY: Any = Programme.objects.none()
"""Choices that depend on who asks are set when the form is made."""


class ModuleForm(Form):
    """What the programme lead may change of a module: each saving is a new version."""

    name_es = forms.CharField(label=_("Nombre"), max_length=200)
    name_en = forms.CharField(label=_("Nombre en inglés"), max_length=200)
    aims_es = forms.CharField(label=_("Propósito"), widget=forms.Textarea)
    aims_en = forms.CharField(label=_("Propósito en inglés"), widget=forms.Textarea)
    needs = forms.MultipleChoiceField(
        label=_("Requisito: haber completado uno de estos"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Ninguno: cualquier empresa puede comenzar por aquí."),
    )
    size_bands = forms.MultipleChoiceField(
        label=_("Tamaños de empresa"),
        choices=SizeBand.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    min_days = forms.DecimalField(
        label=_("Días de taller, mínimo"), min_value=0.1, max_value=60, decimal_places=1,
        localize=True,
    )  # fmt: skip
    visits = forms.IntegerField(label=_("Visitas"), min_value=0, max_value=12)
    delivery_modes = forms.MultipleChoiceField(
        label=_("Modalidades"),
        choices=DeliveryMode.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    max_firms = forms.IntegerField(label=_("Empresas por ciclo"), min_value=1, max_value=200)
    seats = forms.IntegerField(label=_("Personas por empresa"), min_value=1, max_value=50)
    licence_note_es = forms.CharField(
        label=_("Licencia de los materiales"), widget=forms.Textarea, required=False
    )

    def __init__(self, *args: Any, module: Module, **kwargs: Any) -> None:
        names = (
            "name_es", "name_en", "aims_es", "aims_en", "needs", "size_bands", "min_days",
            "visits", "delivery_modes", "max_firms", "seats", "licence_note_es",
        )  # fmt: skip
        kwargs["initial"] = {name: getattr(module, name) for name in names}
        super().__init__(*args, **kwargs)
        others = Module.objects.on_offer().exclude(code=module.code)
        needs: Any = self.fields["needs"]
        needs.choices = [(other.code, other.name) for other in others]


class CycleForm(Form):
    """A cycle as it is opened."""

    module = Choice(label=_("Módulo"), queryset=Module.objects.none())
    title = forms.CharField(
        label=_("Título"), max_length=200, required=False,
        help_text=_("Vacío: el nombre del módulo y la fecha."),
    )  # fmt: skip
    mode = radios(DeliveryMode.choices, _("Modalidad"))
    starts_on = DateField(label=_("Inicio"))
    ends_on = DateField(label=_("Fin previsto"), required=False)
    programmes = forms.ModelMultipleChoiceField(
        label=_("Programas"),
        queryset=NOBODY,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Si es de varios, se cuenta una vez en cada uno."),
    )
    partner = Choice(label=_("Socio"), queryset=NOBODY, required=False, empty_label=_("Ninguno"))
    trainers = forms.ModelMultipleChoiceField(
        label=_("Formadoras y formadores"),
        queryset=NOBODY,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    place = Choice(
        label=_("Municipio"),
        queryset=Place.objects.exclude(kind=Place.Kind.COUNTRY).order_by("name"),
        required=False,
        empty_label=_("Sin dato"),
    )
    buyer_programme = Choice(
        label=_("Programa de comprador"), queryset=NOBODY, required=False, empty_label=_("Ninguno")
    )
    independence = forms.ChoiceField(
        label=_("Autonomía con que lo da el socio"),
        choices=optional_choices(Independence.choices),
        required=False,
    )

    def __init__(self, *args: Any, user: object, cycle: Cycle | None = None, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self._choose("programmes", access.programmes_of(user))
        self._choose("partner", access.partners_of(user))
        self._choose("trainers", access.trainers_of(user))
        self._choose("buyer_programme", access.visible_buyer_programmes(user))
        self._choose("module", Module.objects.on_offer())
        if cycle is not None:
            del self.fields["module"]

    def _choose(self, name: str, rows: Any) -> None:
        field: Any = self.fields[name]
        field.queryset = rows


def cycle_initial(cycle: Cycle) -> dict[str, Any]:
    """Return what the form shows of a cycle that exists."""
    names = ("title", "mode", "starts_on", "ends_on", "partner", "place", "buyer_programme")
    return {name: getattr(cycle, name) for name in (*names, "independence")} | {
        "programmes": list(cycle.programmes.all()),
        "trainers": [row.user_id for row in cycle.trainers.all() if row.user_id],
    }


class EnrolForm(Form):
    """Which firm enters a cycle."""

    enterprise = Choice(label=_("Empresa"), queryset=Enterprise.objects.none())
    on = DateField(label=_("Fecha"), initial=timezone.localdate)

    def __init__(self, *args: Any, user: object, cycle: Cycle, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        inside = cycle.firms.values("enterprise")
        field: Any = self.fields["enterprise"]
        field.queryset = registry.visible_enterprises(user).exclude(pk__in=inside)


class WorkshopForm(Form):
    """A workshop: a day and two times of it, in Bolivia's time."""

    title = forms.CharField(label=_("Título"), max_length=200)
    task = forms.CharField(label=_("Tarea práctica"), widget=forms.Textarea, required=False)
    on = DateField(label=_("Día"))
    starts_time = forms.TimeField(label=_("Comienza"), widget=TimeInput)
    ends_time = forms.TimeField(label=_("Termina"), widget=TimeInput)
    mode = radios(DeliveryMode.choices, _("Modalidad"))
    venue = forms.CharField(label=_("Lugar"), max_length=200, required=False)
    online_url = forms.URLField(
        label=_("Enlace de la videollamada"), required=False, assume_scheme="https"
    )

    @property
    def given(self) -> dict[str, Any]:
        """The values with the day and times put together."""
        values = super().given
        on, starts, ends = (values.pop(name) for name in ("on", "starts_time", "ends_time"))
        zone = timezone.get_current_timezone()
        return values | {
            "starts_at": datetime.combine(on, starts, zone),
            "ends_at": datetime.combine(on, ends, zone),
        }


def workshop_initial(workshop: Workshop) -> dict[str, Any]:
    """Return what the form shows of a workshop that exists."""
    starts, ends = timezone.localtime(workshop.starts_at), timezone.localtime(workshop.ends_at)
    return {n: getattr(workshop, n) for n in ("title", "task", "mode", "venue", "online_url")} | {
        "on": starts.date(),
        "starts_time": starts.time(),
        "ends_time": ends.time(),
    }


class PlanWorkshopsForm(Form):
    """When the module's sessions begin and how far apart they are."""

    first_on = DateField(label=_("Primer día"))
    at = forms.TimeField(label=_("Hora"), widget=TimeInput)
    every_days = forms.IntegerField(
        label=_("Días entre un taller y otro"), min_value=1, max_value=60, initial=1
    )


class ParticipantForm(Form):
    """Somebody of the firm: from the register, or new with name and sex."""

    person = Choice(
        label=_("Persona del registro"),
        queryset=Person.objects.none(),
        required=False,
        empty_label=_("Es una persona nueva"),
    )
    given_names = forms.CharField(label=_("Nombres"), max_length=100, required=False)
    surnames = forms.CharField(label=_("Apellidos"), max_length=100, required=False)
    sex = forms.ChoiceField(label=_("Sexo"), required=False, widget=forms.RadioSelect)
    role = radios(Role.choices, _("Rol"))

    def __init__(self, *args: Any, user: object, firm: CycleFirm, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        person: Any = self.fields["person"]
        person.queryset = (
            registry.visible_people(user)
            .filter(affiliations__enterprise=firm.enterprise)
            .exclude(pk__in=firm.participants.values("person"))
            .distinct()
        )
        sex: Any = self.fields["sex"]
        sex.choices = Sex.choices

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if found.get("person") is None and not found.get("given_names"):
            self.add_error("given_names", str(_("Elija a alguien o escriba su nombre.")))
        return found


class SeatForm(ParticipantForm):
    """The same in the field, where somebody new is met at a workshop."""

    workshop = forms.ModelChoiceField(
        label=_("Estuvo en el taller"),
        queryset=Workshop.objects.none(),
        required=False,
        empty_label=_("Ninguno: solo se agrega a la lista"),
    )

    def __init__(self, *args: Any, user: object, firm: CycleFirm, **kwargs: Any) -> None:
        super().__init__(*args, user=user, firm=firm, **kwargs)
        held: Any = self.fields["workshop"]
        held.queryset = firm.cycle.workshops.filter(is_cancelled=False).order_by("starts_at", "pk")


class TeamForm(Form):
    """Who of the firm's participants is in its improvement team."""

    on = DateField(label=_("Desde"), initial=timezone.localdate)
    members = forms.ModelMultipleChoiceField(
        label=_("Integrantes"),
        queryset=NOBODY,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Al menos una persona de gerencia y una que trabaje."),
    )

    def __init__(self, *args: Any, firm: CycleFirm, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        members: Any = self.fields["members"]
        members.queryset = firm.participants.select_related("person")
        members.label_from_instance = lambda row: f"{row.person} · {row.get_role_display()}"


class PlanForm(Form):
    """The firm's improvement plan and who approved it."""

    plan = forms.CharField(
        label=_("Plan de mejora"),
        widget=forms.Textarea,
        help_text=_("Qué se hará, quién y para cuándo; los proyectos van en el tablero."),
    )
    approved_by = forms.CharField(label=_("Quién lo aprobó en la empresa"), max_length=160)
    on = DateField(label=_("Aprobado el"), initial=timezone.localdate)
