"""The shape of what is typed about an assessment: the study, evidence, interviews, each part."""

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from digna.programmes.models import Activity, Programme
from digna.registry.models import Organisation, Place, Sector
from digna.registry.models.people import Constituency, Sex
from digna.studies import access
from digna.studies.models.assessments import (
    LEVELS,
    CauseEdge,
    Deficit,
    Evidence,
    Finding,
    MarketActor,
    Question,
    Study,
    SystemElement,
)
from digna.web.forms import DateField, Form, optional_choices

UNKNOWN = gettext_lazy("Sin dato")


def _text(label: Any, *, most: int = 160, required: bool = False, help_text: Any = "") -> Any:
    return forms.CharField(label=label, max_length=most, required=required, help_text=help_text)


def _long(label: Any, *, required: bool = False, help_text: Any = "") -> Any:
    return forms.CharField(
        label=label, required=required, help_text=help_text, widget=forms.Textarea
    )


def _level(label: Any, help_text: Any = "") -> Any:
    return forms.TypedChoiceField(
        label=label,
        choices=optional_choices(LEVELS),
        coerce=int,
        empty_value=None,
        required=False,
        help_text=help_text,
    )


def _money(label: Any, help_text: Any = "") -> Any:
    return forms.DecimalField(
        label=label, max_digits=14, decimal_places=2, required=False, localize=True,
        help_text=help_text, min_value=0,
    )  # fmt: skip


def _count(label: Any) -> Any:
    return forms.IntegerField(label=label, min_value=0, required=False)


def _row(label: Any, *, required: bool = False) -> Any:
    return forms.ModelChoiceField(
        label=label, queryset=Evidence.objects.none(), required=required, empty_label=UNKNOWN
    )


def _places() -> Any:
    return forms.ModelChoiceField(
        label=gettext_lazy("Lugar"),
        queryset=Place.objects.order_by("name"),
        required=False,
        empty_label=UNKNOWN,
    )


class StudyForm(Form):
    """A study as the team describes it."""

    title = _text(gettext_lazy("Título"), most=200, required=True)
    round = _text(
        gettext_lazy("Ronda"), most=20, required=True,
        help_text=gettext_lazy("Como 2019 o 2020–21. Dos rondas del mismo rubro se comparan."),
    )  # fmt: skip
    programme = forms.ModelChoiceField(
        label=gettext_lazy("Programa"), queryset=Programme.objects.none()
    )
    sectors = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Rubros"),
        queryset=Sector.objects.all(),
        widget=forms.CheckboxSelectMultiple,
    )
    product = _text(gettext_lazy("Producto"), most=200, required=True)
    place = _places()
    end_market = _text(gettext_lazy("Mercado final"), most=200)
    starts_on = DateField(label=gettext_lazy("Inicio"))
    ends_on = DateField(label=gettext_lazy("Fin"), required=False)
    team = _text(gettext_lazy("Equipo"), most=300)
    partner = forms.ModelChoiceField(
        label=gettext_lazy("Socio que lo hace"),
        queryset=Organisation.objects.filter(is_partner=True),
        required=False,
        empty_label=gettext_lazy("El programa"),
    )
    summary = _long(gettext_lazy("Resumen"))

    def __init__(self, *args: Any, user: object, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        programmes: Any = self.fields["programme"]
        programmes.queryset = access.programmes_of(user)


class LinesForm(Form):
    """The questions of a study, one a line."""

    texts = _long(gettext_lazy("Preguntas"), help_text=gettext_lazy("Una por renglón, en orden."))


class StatusForm(Form):
    """How far a study is."""

    status = forms.ChoiceField(label=gettext_lazy("Estado"), choices=Study.Status.choices)
    reason = _text(
        gettext_lazy("Por qué"), most=200, help_text=gettext_lazy("Solo para abrir uno cerrado.")
    )


class RoundForm(Form):
    """A later round."""

    round = _text(gettext_lazy("Ronda"), most=20, required=True)
    starts_on = DateField(label=gettext_lazy("Inicio"))


class VersionForm(Form):
    """A version to freeze."""

    note = _text(
        gettext_lazy("Qué versión es"), most=200, required=True,
        help_text=gettext_lazy("Por ejemplo: la que se validó con los mandantes."),
    )  # fmt: skip


class ActForm(Form):
    """A button."""


class ToolsForm(Form):
    """Which tools of the checklist were used."""

    tools = forms.MultipleChoiceField(
        label=gettext_lazy("Herramientas usadas"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, choices: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        tools: Any = self.fields["tools"]
        tools.choices = choices


class EvidenceForm(Form):
    """One piece of evidence, short enough for a phone."""

    kind = forms.ChoiceField(label=gettext_lazy("Tipo"), choices=Evidence.Kind.choices)
    source = _text(
        gettext_lazy("Fuente"), most=300, required=True,
        help_text=gettext_lazy("Documento y página, o el papel de quien lo dijo, sin su nombre."),
    )  # fmt: skip
    on = DateField(label=gettext_lazy("Fecha"))
    says = _long(gettext_lazy("Qué dice"))
    value = forms.DecimalField(
        label=gettext_lazy("Valor"), max_digits=18, decimal_places=4, required=False, localize=True
    )
    unit = _text(gettext_lazy("Unidad"), most=60)
    place = _places()
    reliability = forms.ChoiceField(
        label=gettext_lazy("Confianza"), choices=Evidence.Reliability.choices, initial="C"
    )
    consent = forms.ChoiceField(
        label=gettext_lazy("Permiso de citar"), choices=Evidence.Consent.choices
    )
    url = forms.URLField(label=gettext_lazy("Enlace"), required=False, assume_scheme="https")
    file = forms.FileField(
        label=gettext_lazy("Foto o documento"),
        required=False,
        help_text=gettext_lazy("Foto, PDF o planilla."),
    )

    @property
    def given(self) -> dict[str, Any]:
        """The values, the file as its bytes."""
        told = super().given
        file = told.pop("file")
        return told | {"file": file.read() if hasattr(file, "read") else None}


class InterviewForm(Form):
    """A conversation: the informant without a name, and an answer to each question."""

    role = _text(
        gettext_lazy("Quién es en el rubro"), required=True,
        help_text=gettext_lazy("Como «acopiadora de Caranavi». No escriba su nombre."),
    )  # fmt: skip
    sex = forms.ChoiceField(
        label=gettext_lazy("Sexo"), choices=optional_choices(Sex.choices), required=False
    )
    on = DateField(label=gettext_lazy("Fecha"))
    place = _places()
    reliability = forms.ChoiceField(
        label=gettext_lazy("Confianza"), choices=Evidence.Reliability.choices, initial="C"
    )
    consent = forms.ChoiceField(
        label=gettext_lazy("Permiso de citar"),
        choices=[c for c in Evidence.Consent.choices if c[0] != "not_needed"],
    )

    def __init__(self, *args: Any, questions: Sequence[Question], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions = {f"question_{question.pk}": question for question in questions}
        for name, question in self.questions.items():
            self.fields[name] = _long(question.text)
            self.fields[name].widget.attrs["id"] = f"id_{name}"

    @property
    def given(self) -> dict[str, Any]:
        """The values, the answers by question."""
        told = super().given
        answers = {question: told.pop(name) for name, question in self.questions.items()}
        return told | {"answers": answers}


class PartForm(Form):
    """A part of a study: what it may name is of that study."""

    def __init__(self, *args: Any, study: Study, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sources: dict[str, Any] = {
            "evidence": study.evidence.order_by("number"),
            "link": study.links.all(),
            "cause": study.causes.all(),
            "effect": study.causes.all(),
            "activity": Activity.objects.filter(programme=study.programme_id),
        }
        actors = ("performer", "payer", "performer_later", "payer_later")
        sources |= dict.fromkeys(actors, study.actors.all())
        for name, rows in sources.items():
            field: Any = self.fields.get(name)
            if field is not None:
                field.queryset = rows


class Cites(PartForm):
    """A part that rests on evidence."""

    evidence = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Evidencia"),
        queryset=Evidence.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    field_order: Sequence[str] | None = None


class LinkForm(Cites):
    """A link of the chain."""

    name = _text(gettext_lazy("Nombre"), most=100, required=True)
    order = forms.IntegerField(
        label=gettext_lazy("Lugar en la cadena"), min_value=1, max_value=99, initial=1,
        help_text=gettext_lazy("1 es quien produce; el último vende a quien consume."),
    )  # fmt: skip
    actor_count = _count(gettext_lazy("Cuántos actores"))
    volume = _money(gettext_lazy("Volumen al año"))
    volume_unit = _text(gettext_lazy("Unidad del volumen"), most=40)
    workers = _count(gettext_lazy("Personas que trabajan"))
    women = _count(gettext_lazy("De ellas, mujeres"))
    note = _long(gettext_lazy("Nota"))


class ActorForm(Cites):
    """An actor of the market."""

    name = _text(gettext_lazy("Nombre"), required=True)
    role = forms.ChoiceField(label=gettext_lazy("Papel"), choices=MarketActor.Role.choices)
    constituency = forms.ChoiceField(
        label=gettext_lazy("A quién representa"),
        choices=optional_choices(Constituency.choices),
        required=False,
    )
    link = _row(gettext_lazy("Eslabón"))
    will = _level(gettext_lazy("Voluntad de cambiar"), gettext_lazy("1 ninguna, 5 ya lo intenta."))
    skill = _level(gettext_lazy("Capacidad"), gettext_lazy("1 ninguna, 5 puede por su cuenta."))
    influence = _level(gettext_lazy("Influencia"), gettext_lazy("1 nadie le sigue, 5 todos."))
    note = _long(gettext_lazy("Nota"))


class ChannelForm(Cites):
    """A channel with its ends."""

    name = _text(gettext_lazy("Nombre"), most=120, required=True)
    currency = forms.ChoiceField(
        label=gettext_lazy("Moneda"),
        choices=[("BOB", "Bs"), ("USD", "USD"), ("EUR", "EUR")],
    )
    unit = _text(
        gettext_lazy("Por cada"), most=60, required=True,
        help_text=gettext_lazy("La misma para todo el canal, como «kg de café verde equivalente»."),
    )  # fmt: skip
    priced_on = DateField(label=gettext_lazy("Precios de"), required=False)
    farm_gate = _money(gettext_lazy("Precio al productor"), gettext_lazy("Vacío es sin dato."))
    consumer_price = _money(gettext_lazy("Precio al consumidor"))


class StepForm(PartForm):
    """What a link pays and gets."""

    link = _row(gettext_lazy("Eslabón"), required=True)
    order = forms.IntegerField(
        label=gettext_lazy("Orden en el canal"), min_value=1, max_value=99, initial=1
    )
    price_in = _money(
        gettext_lazy("Compra a"),
        gettext_lazy("Vacío: al precio al que vende el anterior."),
    )
    price_out = _money(gettext_lazy("Vende a"), gettext_lazy("Vacío es sin dato, no cero."))
    costs = _money(gettext_lazy("Costos propios"))


class ElementForm(Cites):
    """An element of the system: without performer, action and resource it is incomplete."""

    kind = forms.ChoiceField(label=gettext_lazy("Qué es"), choices=SystemElement.Kind.choices)
    name = _text(gettext_lazy("Nombre"), most=120, required=True)
    performer = _row(gettext_lazy("Quién lo hace"))
    action = _text(gettext_lazy("Qué hace"), most=300)
    resource = _text(gettext_lazy("Con qué recurso"), most=300)
    payer = _row(gettext_lazy("Quién paga"))
    performer_later = _row(gettext_lazy("Quién lo hará después"))
    payer_later = _row(gettext_lazy("Quién pagará después"))
    performance = _level(gettext_lazy("Cómo funciona"), gettext_lazy("1 no funciona, 5 bien."))
    constraint = _long(gettext_lazy("Qué le falla"))


class CauseForm(PartForm):
    """A problem or a cause."""

    name = _text(
        gettext_lazy("Problema o causa"), most=120, required=True,
        help_text=gettext_lazy("Una sola cosa, en pocas palabras."),
    )  # fmt: skip
    note = _long(gettext_lazy("Nota"))


class EdgeForm(Cites):
    """An arrow from a cause to its effect."""

    cause = _row(gettext_lazy("Causa"), required=True)
    effect = _row(gettext_lazy("Provoca"), required=True)
    strength = forms.TypedChoiceField(
        label=gettext_lazy("Con qué fuerza"),
        choices=CauseEdge.Strength.choices,
        coerce=int,
        initial=2,
    )


class SeriesForm(Cites):
    """A figure over time, a period a line."""

    name = _text(gettext_lazy("Nombre"), required=True)
    unit = _text(gettext_lazy("Unidad"), most=60, required=True)
    source = _text(gettext_lazy("Fuente"), most=300, required=True)
    points = _long(
        gettext_lazy("Valores"), required=True,
        help_text=gettext_lazy("Uno por renglón: «2019: 1250,5». Sin valor: «2020:»."),
    )  # fmt: skip

    def clean_points(self) -> list[list[str | None]]:
        """Pairs of a period and a value as plain text; empty is a gap."""
        pairs: list[list[str | None]] = []
        for line in self.cleaned_data["points"].splitlines():
            if line.strip():
                period, _sign, value = line.partition(":")
                pairs.append([period.strip()[:20], _number(line, value)])
        return pairs


def _number(line: str, value: str) -> str | None:
    if not value.strip():
        return None
    told = value.strip()
    told = told.replace(".", "").replace(",", ".") if "," in told else told
    try:
        number = Decimal(told)
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite():
        raise ValidationError(
            _("No se entiende «%(line)s». Escriba el periodo, dos puntos y el número.")
            % {"line": line.strip()}
        )
    return str(number)


class DeficitForm(Cites):
    """A lack of decent work."""

    kind = forms.ChoiceField(label=gettext_lazy("Déficit"), choices=Deficit.Kind.choices)
    severity = forms.TypedChoiceField(
        label=gettext_lazy("Gravedad"), choices=Deficit.Severity.choices, coerce=int
    )
    who = _text(gettext_lazy("A quiénes afecta"), most=200, required=True)
    link = _row(gettext_lazy("Eslabón"))
    note = _long(gettext_lazy("Qué se vio"))


class FindingForm(Cites):
    """A finding and what it rests on."""

    text = _text(gettext_lazy("Hallazgo"), most=300, required=True)
    cause = _row(gettext_lazy("Causa del árbol"))


class DecisionForm(PartForm):
    """What is done about a finding."""

    decision = forms.ChoiceField(
        label=gettext_lazy("Decisión"),
        choices=[("", gettext_lazy("Sin decidir")), *Finding.Decision.choices],
        required=False,
    )
    reason = _long(gettext_lazy("Por qué"))
    decided_on = DateField(label=gettext_lazy("Decidido el"), required=False)
    activity = _row(gettext_lazy("Actividad del programa"))
    intervention = _text(gettext_lazy("O la intervención, si no es del programa"), most=300)
    owner = _text(gettext_lazy("A cargo de"))
