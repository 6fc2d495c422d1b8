"""The shape of what is typed about processes, sessions, people and the public's own data."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy

from digna.events import access
from digna.events.models import Enrolment, ParticipantRole, Process, Session, Topic
from digna.events.services.newcomers import Answer, Details
from digna.programmes.models import Programme
from digna.registry import identifiers
from digna.registry.models import (
    ConsentText,
    ImportBatch,
    Organisation,
    Person,
    Place,
    Sector,
)
from digna.registry.models.people import Constituency, Sex
from digna.web.forms import DateField, Form, TimeInput, optional_choices

WHY = {
    "phone.unreadable": gettext_lazy("No parece un número de celular. Escriba los 8 dígitos."),
    "phone.digits": gettext_lazy("Al celular le faltan o le sobran dígitos: son 8 en Bolivia."),
    "document.form": gettext_lazy(
        "El carnet lleva números, y complemento si lo tiene: 4567890-1A."
    ),
}
NEEDED = gettext_lazy("Para participar hace falta aceptar «%(title)s». Marque la casilla.")


def read_by(reader: Callable[[str], str | None], text: str) -> str:
    """Return a normalised value, or say on the field what is wrong with it."""
    try:
        return reader(text) or ""
    except identifiers.Unreadable as unreadable:
        raise ValidationError(WHY[unreadable.code]) from unreadable


class ProcessForm(Form):
    """A process as the office describes it."""

    title = forms.CharField(label=gettext_lazy("Título"), max_length=200)
    kind = forms.ChoiceField(
        label=gettext_lazy("Tipo"), choices=Process.Kind.choices, widget=forms.RadioSelect
    )
    programmes = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Programas"),
        queryset=Programme.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Si es de varios, se cuenta una vez en cada uno."),
    )
    starts_on = DateField(label=gettext_lazy("Inicio"))
    ends_on = DateField(label=gettext_lazy("Fin"), required=False)
    partner = forms.ModelChoiceField(
        label=gettext_lazy("Socio"),
        queryset=Organisation.objects.none(),
        required=False,
        empty_label=gettext_lazy("Ninguno"),
    )
    sector = forms.ModelChoiceField(
        label=gettext_lazy("Rubro"),
        queryset=Sector.objects.all(),
        required=False,
        empty_label=gettext_lazy("Sin dato"),
    )
    capacity = forms.IntegerField(
        label=gettext_lazy("Cupo"),
        min_value=1,
        max_value=100_000,
        required=False,
        help_text=gettext_lazy("Vacío: sin límite. Quien llega después queda en lista de espera."),
    )
    description = forms.CharField(
        label=gettext_lazy("Descripción"), widget=forms.Textarea, required=False
    )

    def __init__(self, *args: Any, user: object, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choosable("programmes").queryset = access.programmes_of(user)
        self.choosable("partner").queryset = access.partners_of(user)

    def choosable(self, name: str) -> Any:
        """Return a field whose choices depend on who asks."""
        return self.fields[name]


class TopicsForm(Form):
    """The topics of a process, one a line."""

    titles = forms.CharField(
        label=gettext_lazy("Temas"),
        widget=forms.Textarea,
        required=False,
        help_text=gettext_lazy("Uno por renglón, en su orden."),
    )


class SessionForm(Form):
    """A session: a day and two times of it, in Bolivia's time."""

    title = forms.CharField(label=gettext_lazy("Título"), max_length=200)
    topic = forms.ModelChoiceField(
        label=gettext_lazy("Tema"),
        queryset=Topic.objects.none(),
        required=False,
        empty_label=gettext_lazy("Ninguno"),
    )
    on = DateField(label=gettext_lazy("Día"))
    starts_time = forms.TimeField(label=gettext_lazy("Comienza"), widget=TimeInput)
    ends_time = forms.TimeField(label=gettext_lazy("Termina"), widget=TimeInput)
    hours = forms.DecimalField(
        label=gettext_lazy("Horas"),
        max_digits=5,
        decimal_places=2,
        required=False,
        localize=True,
        help_text=gettext_lazy("Vacío: lo que dura. Escríbalas si hubo pausas largas."),
    )
    mode = forms.ChoiceField(
        label=gettext_lazy("Modalidad"), choices=Session.Mode.choices, widget=forms.RadioSelect
    )
    place = forms.ModelChoiceField(
        label=gettext_lazy("Municipio"),
        queryset=Place.objects.exclude(kind=Place.Kind.COUNTRY).order_by("name"),
        required=False,
        empty_label=gettext_lazy("Sin dato"),
    )
    venue = forms.CharField(label=gettext_lazy("Lugar"), max_length=200, required=False)
    online_url = forms.URLField(
        label=gettext_lazy("Enlace de la videollamada"),
        required=False,
        assume_scheme="https",
        help_text=gettext_lazy("Se ve solo dentro de Digna; no sale en la página pública."),
    )

    def __init__(self, *args: Any, process: Process, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        topic: Any = self.fields["topic"]
        topic.queryset = process.topics.all()

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


def session_initial(session: Session) -> dict[str, Any]:
    """Return what the form shows of a session that exists."""
    starts, ends = timezone.localtime(session.starts_at), timezone.localtime(session.ends_at)
    names = ("title", "topic", "hours", "mode", "place", "venue", "online_url")
    return {name: getattr(session, name) for name in names} | {
        "on": starts.date(),
        "starts_time": starts.time(),
        "ends_time": ends.time(),
    }


class ReasonForm(Form):
    """Why something is done that others will ask about."""

    reason = forms.CharField(label=gettext_lazy("Motivo"), max_length=300)


class ActForm(Form):
    """A button: nothing but its intention."""


class FileForm(Form):
    """One file."""

    file = forms.FileField(label=gettext_lazy("Archivo"))

    def content(self) -> bytes:
        """The file's bytes."""
        return bytes(self.cleaned_data["file"].read())

    def file_name(self) -> str:
        """The file's name, as it was chosen."""
        return str(self.cleaned_data["file"].name)


class ImportForm(Form):
    """Which finished import to enrol, and in what role."""

    batch = forms.ModelChoiceField(
        label=gettext_lazy("Planilla importada"),
        queryset=ImportBatch.objects.none(),
        help_text=gettext_lazy("Las personas de esa planilla, ya importadas al registro."),
    )
    role = forms.ChoiceField(
        label=gettext_lazy("Rol"), choices=ParticipantRole.choices, widget=forms.RadioSelect,
        initial="participant",
    )  # fmt: skip

    def __init__(self, *args: Any, user: object, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        batch: Any = self.fields["batch"]
        batch.queryset = access.imports_of(user)


class EnrolmentForm(Form):
    """In what capacity, and for whom, a person takes part."""

    role = forms.ChoiceField(
        label=gettext_lazy("Rol"), choices=ParticipantRole.choices, widget=forms.RadioSelect
    )
    constituency = forms.ChoiceField(
        label=gettext_lazy("Sector que representa"),
        choices=optional_choices(Constituency.choices),
        required=False,
    )
    organisation = forms.ModelChoiceField(
        label=gettext_lazy("Organización"),
        queryset=Organisation.objects.all(),
        required=False,
        empty_label=gettext_lazy("Sin dato"),
    )


def enrolment_initial(enrolment: Enrolment) -> dict[str, Any]:
    """Return what the form shows of an enrolment."""
    return {name: getattr(enrolment, name) for name in ("role", "constituency", "organisation")}


class DetailsForm(Form):
    """What a person says of themselves, or the office writes down for them."""

    given_names = forms.CharField(label=gettext_lazy("Nombres"), max_length=100)
    surnames = forms.CharField(label=gettext_lazy("Apellidos"), max_length=100)
    sex = forms.ChoiceField(
        label=gettext_lazy("Sexo"),
        choices=Sex.choices,
        widget=forms.RadioSelect,
        required=False,
    )
    phone = forms.CharField(
        label=gettext_lazy("Celular"),
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"}),
    )
    email = forms.EmailField(label=gettext_lazy("Correo"), required=False)
    document = forms.CharField(
        label=gettext_lazy("Carnet de identidad"),
        max_length=30,
        required=False,
        help_text=gettext_lazy(
            "Se guarda solo una huella del número, para no registrarle dos veces."
        ),
    )
    place = forms.ModelChoiceField(
        label=gettext_lazy("Departamento"),
        queryset=Place.objects.filter(kind=Place.Kind.DEPARTMENT),
        required=False,
        empty_label=gettext_lazy("Sin dato"),
    )
    organisation = forms.CharField(
        label=gettext_lazy("Organización o empresa"), max_length=200, required=False
    )
    constituency = forms.ChoiceField(
        label=gettext_lazy("A quién representa"),
        choices=optional_choices(Constituency.choices),
        required=False,
    )

    def clean_phone(self) -> str:
        return read_by(identifiers.phone, self.cleaned_data["phone"])

    def clean_document(self) -> str:
        return read_by(identifiers.document, self.cleaned_data["document"])

    @property
    def details(self) -> Details:
        """The cleaned values as services take them."""
        return Details(**{name: self.cleaned_data[name] for name in Details.__slots__})


class OfficeDetailsForm(DetailsForm):
    """As the office registers somebody new, after seeing who is alike."""

    is_new = forms.BooleanField(widget=forms.HiddenInput, required=False)


class PublicDetailsForm(DetailsForm):
    """As the public fills it in: with every required consent text, word for word."""

    def __init__(self, *args: Any, texts: Sequence[ConsentText], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.texts = texts
        for text in texts:
            self.fields[f"consent_{text.pk}"] = forms.BooleanField(
                label=text.title,
                help_text=format_html("{}", text.text),
                required=text.is_required,
                error_messages={"required": NEEDED % {"title": text.title}},
                widget=forms.CheckboxInput(attrs={"id": f"id_consent_{text.pk}"}),
            )

    @property
    def answers(self) -> list[Answer]:
        """What was answered to each text that was shown."""
        return [Answer(t, bool(self.cleaned_data[f"consent_{t.pk}"])) for t in self.texts]


class WhoForm(Form):
    """Who is at the door: a telephone or a name."""

    who = forms.CharField(
        label=gettext_lazy("Su celular, o su nombre y apellido"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class CallReviewForm(Form):
    """How a reviewed call becomes attendance."""

    present_from = forms.IntegerField(
        label=gettext_lazy("Presente desde este porcentaje de la sesión"),
        min_value=1,
        max_value=100,
        initial=50,
    )
    others_are_absent = forms.BooleanField(
        label=gettext_lazy("Marcar ausentes a las demás personas inscritas"), required=False
    )


def people_choices(people: Sequence[Person]) -> list[str]:
    """Return how people are written in a list to choose from: with a number nobody shares."""
    return [f"{person.full_name} · {person.pk}" for person in people]


class CertificatesForm(Form):
    """How much of a process earns its certificate, and who signs."""

    least_share = forms.IntegerField(
        label=gettext_lazy("Asistencia mínima (% de las sesiones realizadas)"),
        min_value=1,
        max_value=100,
    )
    signed_by = forms.CharField(
        label=gettext_lazy("Quien firma"),
        max_length=120,
        required=False,
        help_text=gettext_lazy("Nombre y cargo."),
    )
