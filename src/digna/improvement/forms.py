"""The shape of what is typed about boards, measurements, projects, lists, pulses and plans."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from digna.improvement import kpis, savings, wording
from digna.improvement.models import (
    BoardKpi,
    ContinuityAction,
    Headcount,
    Instrument,
    InstrumentVersion,
    Measurement,
    Observation,
    PracticeAnswer,
    Project,
    Suggestion,
)
from digna.improvement.models.continuity import Axis
from digna.improvement.models.measurements import Point
from digna.registry.models import Enterprise
from digna.web.forms import DateField, Form, optional_choices
from digna.web.handwriting import Column, Row, Table, numbered

SHOWN_PROJECT = (
    "title", "area", "responsible", "starts_on", "due_on", "status", "done_on", "cost", "saving",
    "saving_kind", "running_cost", "overlaps",
)  # fmt: skip
HEADCOUNT = tuple(f.name for f in Headcount._meta.fields if f.name not in ("id", "measurement"))


def amount(label: Any, **options: Any) -> forms.DecimalField:
    """Return a field for a quantity, written with a comma or a point."""
    return forms.DecimalField(
        label=label, max_digits=options.pop("max_digits", 18), localize=True,
        decimal_places=options.pop("decimal_places", 3), **options,
    )  # fmt: skip


class Question(forms.ChoiceField):
    """A question that may be left open: it is shown as any other, without «(opcional)»."""

    def __init__(self, **options: Any) -> None:
        super().__init__(required=True, widget=options.pop("widget", forms.RadioSelect), **options)

    def validate(self, value: Any) -> None:
        """Take no answer as one: «sin dato»."""
        if value:
            super().validate(value)


class Asking(Form):
    """A form whose doubtful answer is asked about: the explanation shows once it was asked."""

    confirmed_reason = forms.CharField(
        label=gettext_lazy("Sí, es correcto, porque…"),
        max_length=300,
        required=False,
        widget=forms.HiddenInput,
        help_text=gettext_lazy("Quien coordina lo revisará; mientras, no entra en los promedios."),
    )

    def refuse(self, problem: Any) -> None:
        """Show a refusal; a question opens the field that answers it."""
        if problem.details.get("field") == "confirmed_reason":
            self.ask()
        super().refuse(problem)

    def ask(self) -> None:
        """Show the field for the explanation."""
        self.fields["confirmed_reason"].widget = forms.Textarea(
            attrs={"rows": 3, "id": "id_confirmed_reason"}
        )


class ActForm(Form):
    """A button: nothing but its intention."""


class ReasonForm(Form):
    """Why something is done that others will ask about."""

    reason = forms.CharField(label=gettext_lazy("Motivo"), max_length=300, required=False)


class KpisForm(Form):
    """Which KPIs a firm watches; those that suit its trade come first."""

    instruments = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Indicadores"),
        queryset=Instrument.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("De 3 a 5. Lo que ya se anota en la empresa es lo mejor."),
    )

    def __init__(self, *args: Any, rows: Any, choices: Sequence[tuple[int, str]], **kw: Any):
        super().__init__(*args, **kw)
        field: Any = self.fields["instruments"]
        field.queryset = rows
        field.choices = choices


class KpiForm(Asking):
    """One value: two quantities over a period, and how they are known."""

    period_start = DateField(label=gettext_lazy("Desde"))
    period_end = DateField(label=gettext_lazy("Hasta"))
    numerator = amount(gettext_lazy("Cantidad"))
    denominator = amount(gettext_lazy("De un total de"), required=False)
    method = forms.ChoiceField(
        label=gettext_lazy("Cómo se sabe"),
        choices=Observation.Method.choices,
        widget=forms.RadioSelect,
        initial="record",
    )
    record_seen = forms.BooleanField(
        label=gettext_lazy("Vi el registro con mis ojos"), required=False
    )
    is_new_register = forms.BooleanField(
        label=gettext_lazy("El registro es nuevo: antes no se anotaba"), required=False
    )

    def __init__(self, *args: Any, kpi: BoardKpi, is_owner: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        version = kpi.instrument.current
        assert version is not None  # noqa: S101 — chosen KPIs have a version
        rule = kpis.Kpi.of(version.document)
        for name in ("numerator", "denominator"):
            self.fields[name].label = version.say(name)
        if kpi.note:
            self.fields["numerator"].help_text = kpi.note
        if not rule.has_denominator:
            del self.fields["denominator"]
        else:
            self.fields["denominator"].required = True
        if not rule.grows_with_register:
            del self.fields["is_new_register"]
        if is_owner:
            del self.fields["record_seen"]
        self.order_fields([n for n in self.fields if n != "confirmed_reason"])
        if self.data.get("confirmed_reason"):
            self.ask()

    @property
    def given(self) -> dict[str, Any]:
        """The values, with those a KPI does not ask as not given."""
        return {"record_seen": False} | super().given


class MissingForm(Form):
    """Why there is no value yet."""

    reason = forms.CharField(
        label=gettext_lazy("Por qué no hay dato todavía"),
        max_length=300,
        help_text=gettext_lazy("Por ejemplo: se empezará a anotar desde enero."),
    )


class MeasurementForm(Form):
    """A dated occasion."""

    point = forms.ChoiceField(
        label=gettext_lazy("Momento"), choices=Point.choices, widget=forms.RadioSelect
    )
    on = DateField(label=gettext_lazy("Fecha"))


class HeadcountForm(Form):
    """Who works in the firm. Empty is not known; 0 is nobody."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in HEADCOUNT:
            label = str(Headcount._meta.get_field(name).verbose_name).capitalize()  # type: ignore[union-attr]
            most = savings.MOST_TIME.get(name.rpartition("_")[2])
            if most is not None:
                self.fields[name] = amount(
                    label, min_value=0, max_value=most, max_digits=5, decimal_places=1,
                    required=False,
                )  # fmt: skip
                continue
            self.fields[name] = forms.IntegerField(
                label=label,
                min_value=0,
                max_value=100_000,
                required=False,
                widget=forms.NumberInput(attrs={"inputmode": "numeric", "id": f"id_{name}"}),
            )


class PracticesForm(Form):
    """Every practice of a version, answered or left open."""

    def __init__(self, *args: Any, version: InstrumentVersion, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for item in version.items:
            self.fields[item["code"]] = Question(
                label=wording.say(item, "text"),
                choices=PracticeAnswer.Value.choices,
                widget=forms.RadioSelect(attrs={"id": f"id_{item['code']}"}),
            )


class ProjectForm(Asking):
    """An improvement project; 5S comes first."""

    title = forms.CharField(label=gettext_lazy("Qué se mejora"), max_length=160)
    area = forms.ChoiceField(label=gettext_lazy("Área"), choices=Project.Area.choices)
    responsible = forms.CharField(
        label=gettext_lazy("Responsable"),
        max_length=120,
        required=False,
        help_text=gettext_lazy("El puesto basta: «jefa de taller»."),
    )
    starts_on = DateField(label=gettext_lazy("Inicio"))
    due_on = DateField(label=gettext_lazy("Para cuándo"), required=False)
    status = forms.ChoiceField(label=gettext_lazy("Estado"), choices=Project.Status.choices)
    done_on = DateField(label=gettext_lazy("Terminado el"), required=False)
    cost = amount(gettext_lazy("Costo (Bs)"), required=False, decimal_places=2, max_digits=14)
    saving = amount(
        gettext_lazy("Ahorro (Bs)"), required=False, decimal_places=2, max_digits=14,
        help_text=gettext_lazy("Vacío: todavía no se sabe. 0: no ahorra dinero."),
    )  # fmt: skip
    saving_kind = forms.ChoiceField(
        label=gettext_lazy("El ahorro es"),
        choices=Project.SavingKind.choices,
        widget=forms.RadioSelect,
        initial="recurring",
    )
    running_cost = amount(
        gettext_lazy("Costo de mantenerlo al año (Bs)"), required=False, decimal_places=2,
        max_digits=14,
    )  # fmt: skip
    overlaps = forms.ModelChoiceField(
        label=gettext_lazy("Su ahorro ya está contado en"),
        queryset=Project.objects.none(),
        required=False,
        empty_label=gettext_lazy("Ninguno: es un ahorro propio"),
    )
    kpis = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Indicadores que debería mover"),
        queryset=BoardKpi.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(
        self, *args: Any, enterprise: Any, but: Project | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        others = Project.objects.filter(enterprise=enterprise, overlaps=None)
        overlaps, chosen = self._choosable("overlaps"), self._choosable("kpis")
        overlaps.queryset = others if but is None else others.exclude(pk=but.pk)
        chosen.queryset = BoardKpi.objects.filter(
            enterprise=enterprise, retired_on=None
        ).select_related("instrument__current")
        self.order_fields([n for n in self.fields if n != "confirmed_reason"])
        if self.data.get("confirmed_reason"):
            self.ask()

    def _choosable(self, name: str) -> Any:
        return self.fields[name]


class PhotoForm(Form):
    """A photograph of before or after."""

    moment = forms.ChoiceField(
        label=gettext_lazy("Momento"),
        choices=[("before", gettext_lazy("Antes")), ("after", gettext_lazy("Después"))],
        widget=forms.RadioSelect,
        initial="before",
    )
    photo = forms.FileField(
        label=gettext_lazy("Foto"), widget=forms.FileInput(attrs={"accept": "image/*"})
    )

    def content(self) -> bytes:
        """The file's bytes."""
        return bytes(self.cleaned_data["photo"].read())


class RunForm(Form):
    """When and where a checklist is walked."""

    on = DateField(label=gettext_lazy("Fecha"))
    area = forms.CharField(label=gettext_lazy("Área de trabajo"), max_length=80, required=False)


class ItemForm(Form):
    """What is found at one item of a checklist."""

    value = Question(label="")
    is_priority = forms.BooleanField(label=gettext_lazy("Es prioridad"), required=False)
    note = forms.CharField(label=gettext_lazy("Observación"), max_length=300, required=False)
    action = forms.CharField(label=gettext_lazy("Qué se hará"), max_length=200, required=False)
    who = forms.CharField(label=gettext_lazy("Quién"), max_length=120, required=False)
    due_on = DateField(label=gettext_lazy("Para cuándo"), required=False)
    photo = forms.FileField(
        label=gettext_lazy("Foto"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/*"}),
    )

    def __init__(
        self, *args: Any, item: Mapping[str, Any], scale: Mapping[str, Any], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["intention"]  # the whole list is one intention
        value: Any = self.fields["value"]
        value.label = wording.say(item, "text")
        value.choices = [(o["value"], wording.say(o, "label")) for o in scale["options"]]


class WalkForm(RunForm):
    """A whole walk on one page: when and where, every item, and whether it is over."""

    enterprise = forms.ModelChoiceField(
        label=gettext_lazy("Empresa"),
        queryset=Enterprise.objects.none(),
        to_field_name="public_id",
        empty_label=gettext_lazy("Elija la empresa"),
    )
    is_closed = forms.BooleanField(
        label=gettext_lazy("El recorrido terminó"), required=False, initial=True
    )

    def __init__(
        self, data: Any = None, files: Any = None, *, instrument: Instrument, firms: Any, **kw: Any
    ) -> None:
        super().__init__(data, files, **kw)
        chosen: Any = self.fields["enterprise"]
        chosen.queryset = firms.order_by("name", "pk")
        chosen.label_from_instance = lambda row: row.name
        self.order_fields(["enterprise", "on", "area", "is_closed"])
        version = instrument.current
        assert version is not None  # noqa: S101 — a list in use has a version
        self.version = version
        if not version.document.get("by_area"):
            del self.fields["area"]
        else:
            self.fields["area"].required = True
        scale = version.document["scale"]
        self.items = {
            item["code"]: ItemForm(data, files, prefix=item["code"], item=item, scale=scale)
            for item in version.items
        }

    def is_valid(self) -> bool:
        """Whether the walk and each of its items can be read; the items' faults are told here."""
        is_sound = super().is_valid()
        for form in self.items.values():
            for name, problems in form.errors.items():
                self.errors.setdefault(f"{form[name].label}", problems)
        return is_sound and not self.errors

    def is_multipart(self) -> bool:
        """A walk carries photographs."""
        return True

    def holds(self, name: str) -> bool:
        """Whether an item asks for `name`."""
        return any(name == bound.html_name for form in self.items.values() for bound in form)

    def groups(self) -> list[tuple[str, list[ItemForm]]]:
        """Return the items' forms under the names of their groups, in the list's order."""
        found: dict[str, list[ItemForm]] = {}
        for item in self.version.items:
            found.setdefault(wording.say(item, "group"), []).append(self.items[item["code"]])
        return list(found.items())

    def on_paper(self) -> list[Table]:
        """Return the points to tick, under their groups, with room to write beside each."""
        scale: Any = self.version.document["scale"]
        marks = numbered(wording.say(option, "label") for option in scale["options"])
        rows: list[Row] = []
        for name, items in self.groups():
            rows += [Row(name, is_heading=True), *(Row(str(it["value"].label)) for it in items)]
        columns = (Column(_("Respuesta"), marks), Column(_("Observación y qué se hará")))
        return [Table(heading="", first=_("Punto"), columns=columns, rows=tuple(rows))]

    def answers(self) -> dict[str, dict[str, Any]]:
        """Return what was said of each item that something was said of."""
        parts = ("value", "is_priority", "note", "action", "who", "due_on")
        found = {
            code: {name: form.cleaned_data.get(name) for name in parts}
            for code, form in self.items.items()
        }
        return {code: said for code, said in found.items() if any(said.values())}

    def photos(self) -> dict[str, bytes]:
        """Return each item's photograph, where one was taken."""
        taken = {code: form.cleaned_data.get("photo") for code, form in self.items.items()}
        return {code: file.read() for code, file in taken.items() if file is not None}


class FieldProjectForm(ProjectForm):
    """A project begun in the field, with the photograph of how things stand."""

    project_photo = forms.FileField(
        label=gettext_lazy("Foto del antes"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/*", "capture": "environment"}),
    )

    @property
    def given_project(self) -> dict[str, Any]:
        """The cleaned values of the project itself."""
        return {k: v for k, v in self.given.items() if k != "project_photo"}

    def photo(self) -> bytes | None:
        """The photograph's bytes, if one was taken."""
        file = self.cleaned_data.get("project_photo")
        return None if file is None else bytes(file.read())


class RoundForm(Form):
    """When a pulse is open, and which questions."""

    instrument = forms.ModelChoiceField(
        label=gettext_lazy("Preguntas"), queryset=Instrument.objects.none(), empty_label=None
    )
    opens_on = DateField(label=gettext_lazy("Abre el"))
    closes_on = DateField(label=gettext_lazy("Cierra el"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["instrument"]
        field.queryset = Instrument.objects.filter(
            kind=Instrument.Kind.PULSE, retired_on=None
        ).select_related("current")


class PulseForm(Form):
    """The questions of a pulse and a box for a suggestion; nothing asks who answers."""

    def __init__(self, *args: Any, version: InstrumentVersion, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for item in version.items:
            self.fields[item["code"]] = Question(
                label=wording.say(item, "text"),
                choices=[(o["value"], wording.say(o, "label")) for o in item["options"]],
                widget=forms.RadioSelect(attrs={"id": f"id_{item['code']}"}),
            )
        self.fields["suggestion"] = forms.CharField(
            label=_("¿Qué propone para que el trabajo sea mejor?"),
            max_length=500,
            required=False,
            widget=forms.Textarea(attrs={"rows": 4, "id": "id_suggestion"}),
            help_text=_("No escriba nombres: ni el suyo ni el de otra persona."),
        )

    @property
    def answers(self) -> dict[str, str]:
        """What was answered to the questions alone."""
        return {k: str(v) for k, v in self.given.items() if k != "suggestion"}


class SuggestionForm(Form):
    """What became of a suggestion."""

    state = forms.ChoiceField(
        label=gettext_lazy("Estado"), choices=Suggestion.State.choices, widget=forms.RadioSelect
    )
    answer = forms.CharField(
        label=gettext_lazy("Respuesta del equipo"), max_length=300, required=False
    )


class PlanForm(Form):
    """The steps of a continuity plan; lists are written one a line."""

    products = forms.CharField(
        label=gettext_lazy("1. Productos o servicios clave"),
        widget=forms.Textarea(attrs={"rows": 4, "id": "id_products"}),
        required=False,
        help_text=gettext_lazy("Uno por renglón, el más importante primero."),
    )
    objective = forms.CharField(
        label=gettext_lazy("2. Qué quiere lograr el plan"),
        widget=forms.Textarea(attrs={"rows": 3, "id": "id_objective"}),
        required=False,
    )
    impacts = forms.CharField(
        label=gettext_lazy("3. Qué pasaría en la empresa y con su gente si se interrumpe"),
        widget=forms.Textarea(attrs={"rows": 4, "id": "id_impacts"}),
        required=False,
        help_text=gettext_lazy("Un efecto por renglón."),
    )
    contacts = forms.CharField(
        label=gettext_lazy("5. Contactos"),
        widget=forms.Textarea(attrs={"rows": 5, "id": "id_contacts"}),
        required=False,
        help_text=gettext_lazy("Uno por renglón: para qué; nombre; teléfono."),
    )
    review_due = DateField(label=gettext_lazy("6. Revisar el plan hasta"), required=False)

    def __init__(self, *args: Any, scoring: InstrumentVersion, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        scale = scoring.document["scale"]
        for item in scoring.items:
            name = f"score_{item['code']}"
            self.fields[name] = forms.ChoiceField(
                label=f"{wording.say(item, 'group')}: {wording.say(item, 'text')}",
                choices=optional_choices(
                    [(o["value"], wording.say(o, "label")) for o in scale["options"]]
                ),
                widget=forms.Select(attrs={"id": f"id_{name}"}),
                required=False,
            )

    @property
    def plan(self) -> dict[str, Any]:
        """The values as the service takes them."""
        given = self.given
        contacts = [line.split(";") for line in given["contacts"].splitlines() if line.strip()]
        return {
            "scores": {
                n.removeprefix("score_"): v for n, v in given.items() if n.startswith("score_")
            },
            "products": given["products"].splitlines(),
            "objective": given["objective"].strip(),
            "impacts": given["impacts"].splitlines(),
            "contacts": [
                dict(zip(("what", "name", "phone"), [*parts, "", ""], strict=False))
                for parts in contacts
            ],
            "review_due": given["review_due"],
        }


class PlanActionForm(Form):
    """An action of a continuity plan."""

    axis = forms.ChoiceField(label=gettext_lazy("Eje"), choices=Axis.choices)
    what = forms.CharField(label=gettext_lazy("Qué se hará"), max_length=200)
    who = forms.CharField(label=gettext_lazy("Quién"), max_length=120, required=False)
    due_on = DateField(label=gettext_lazy("Para cuándo"), required=False)
    control = forms.ChoiceField(
        label=gettext_lazy("Si protege la salud, cómo"),
        choices=[("", gettext_lazy("No es de salud")), *ContinuityAction.Control.choices],
        required=False,
        help_text=gettext_lazy("De arriba hacia abajo: lo primero protege más."),
    )


class ApproveForm(Form):
    """When an approved plan is looked at again."""

    review_due = DateField(label=gettext_lazy("Revisar hasta"))


class DocumentForm(Form):
    """The texts of an instrument, each in its field; codes and scales stay as they are."""

    base = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, version: InstrumentVersion, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.version = version
        self.fields["base"].initial = version.number
        for path, text in texts_of(version.document):
            name = "t:" + "/".join(path)
            self.fields[name] = forms.CharField(
                label=_label(version.document, path),
                initial=text,
                max_length=600,
                required=path[-1].endswith("_es"),
                widget=forms.Textarea(attrs={"rows": 2, "id": f"id_{name}"}),
            )
        self.fields["reason"] = forms.CharField(
            label=_("Por qué cambia"), max_length=300, required=False,
            widget=forms.TextInput(attrs={"id": "id_reason"}),
        )  # fmt: skip

    @property
    def document(self) -> dict[str, Any]:
        """The document with the texts as they were typed."""
        document: dict[str, Any] = _copied(self.version.document)
        for name, value in self.given.items():
            if not name.startswith("t:"):
                continue
            *way, last = name.removeprefix("t:").split("/")
            inner: Any = document
            for step in way:
                inner = inner[int(step)] if isinstance(inner, list) else inner[step]
            inner[last] = value or (None if inner[last] is None else value)
        return document


TEXTS = ("_es", "_en", "_qu", "_ay")


def texts_of(document: Any, path: tuple[str, ...] = ()) -> list[tuple[tuple[str, ...], str]]:
    """Return every text of a document in a language, with the way to it."""
    found: list[tuple[tuple[str, ...], str]] = []
    pairs = document.items() if isinstance(document, dict) else enumerate(document)
    for key, value in pairs:
        way = (*path, str(key))
        if isinstance(value, dict | list) and not str(key).startswith("traps"):
            found += texts_of(value, way)
        elif str(key).endswith(TEXTS) and (value is None or isinstance(value, str)):
            found.append((way, value or ""))
    return found


def _label(document: Any, path: tuple[str, ...]) -> str:
    """Return what a text is called: its key, after the code of the item it belongs to."""
    inner, codes = document, []
    for step in path[:-1]:
        inner = inner[int(step)] if isinstance(inner, list) else inner[step]
        if isinstance(inner, dict) and ("code" in inner or "value" in inner):
            codes.append(str(inner.get("code", inner.get("value"))))
    return " · ".join([*codes, path[-1]])


def _copied(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _copied(inner) for key, inner in value.items()}
    return [_copied(inner) for inner in value] if isinstance(value, list) else value


def initial_of_measurement(measurement: Measurement) -> dict[str, Any]:
    """Return what the practices form shows of a measurement."""
    return {row.practice_code: row.value for row in measurement.practices.all()}


def month_before(today: date) -> tuple[date, date]:
    """Return the first and last day of the month before: the usual period of a board."""
    last = date.fromordinal(today.replace(day=1).toordinal() - 1)
    return last.replace(day=1), last
