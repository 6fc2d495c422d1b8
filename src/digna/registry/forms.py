"""The register's forms: text into cleaned values, in the register's terms."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from digna.registry import columns, identifiers, rows
from digna.registry.models import (
    Consent,
    ConsentText,
    Enterprise,
    EnterpriseFact,
    LegalForm,
    Organisation,
    Person,
    Place,
    Sector,
)
from digna.registry.models.imports import ImportKind
from digna.registry.models.people import Affiliation, Constituency, Sex
from digna.registry.problems import SENTENCES
from digna.web.forms import Form, optional_choices


class ReadField(forms.CharField):
    """A text read by one of the pure readers; what cannot be read says why."""

    def __init__(self, reader: Any, **kwargs: Any) -> None:
        self.reader = reader
        super().__init__(required=False, **kwargs)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        try:
            return self.reader(text) or ""
        except identifiers.Unreadable as unreadable:
            sentence = str(SENTENCES[unreadable.code]) % {"text": text}
            raise ValidationError(sentence) from unreadable


class PlaceField(forms.ChoiceField):
    """A municipality, or only the department, under its department's heading."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, label=kwargs.pop("label", _("Municipio")), **kwargs)
        self.choices = _place_choices

    def clean(self, value: Any) -> Place | None:
        code = super().clean(value)
        return Place.objects.select_related("parent").get(code=code) if code else None


def _place_choices() -> Iterable[Any]:
    yield ("", _("Sin dato"))
    places = Place.objects.filter(kind__in=(Place.Kind.DEPARTMENT, Place.Kind.MUNICIPALITY))
    towns: dict[int | None, list[tuple[str, str]]] = {}
    departments = []
    for place in places.order_by("name"):
        if place.kind == Place.Kind.DEPARTMENT:
            departments.append(place)
        else:
            towns.setdefault(place.parent_id, []).append((place.code, place.name))
    for department in departments:
        whole = (department.code, _("%(name)s (departamento)") % {"name": department.name})
        yield (department.name, [whole, *towns.get(department.pk, [])])


class RowField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A row of a short reference table, by its code; empty is «sin dato»."""

    def __init__(self, model: Any, **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        super().__init__(
            model.objects.all(), to_field_name="code", empty_label=_("Sin dato"), **kwargs
        )


class DayField(forms.DateField):
    """A day, chosen with the phone's own calendar."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(widget=widget, **kwargs)


class PersonForm(Form):
    """A person, new or corrected."""

    given_names = forms.CharField(label=_("Nombres"), max_length=100)
    surnames = forms.CharField(
        label=_("Apellidos"), max_length=100, required=False, help_text=_("Como en su carnet.")
    )
    sex = forms.ChoiceField(
        label=_("Sexo"),
        choices=optional_choices(Sex.choices),
        required=False,
        widget=forms.RadioSelect,
        help_text=_("Como la persona lo diga."),
    )
    birth_date = DayField(label=_("Fecha de nacimiento"), required=False)
    birth_year = forms.IntegerField(
        label=_("Año de nacimiento"),
        required=False,
        min_value=1900,
        max_value=2100,
        help_text=_("Solo si no se sabe la fecha."),
    )
    document = ReadField(
        identifiers.document,
        label=_("Número de documento"),
        help_text=_("No se guarda el número: solo una huella para no duplicar a la persona."),
    )
    phone = ReadField(
        identifiers.phone, label=_("Celular"), widget=forms.TextInput(attrs={"inputmode": "tel"})
    )
    shares_phone = forms.BooleanField(
        label=_("Comparte ese celular con otra persona"), required=False
    )
    email = forms.EmailField(label=_("Correo"), required=False)
    place = PlaceField()
    partner = RowField(Organisation, label=_("Socio que la acompaña"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        partners = Organisation.objects.filter(is_partner=True)
        self.fields["partner"].queryset = partners  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        born, year = cleaned.get("birth_date"), cleaned.get("birth_year")
        if born is not None and not date(1900, 1, 1) <= born <= date.today():  # noqa: DTZ011
            self.add_error("birth_date", _("Esa fecha no puede ser de nacimiento."))
        if born is not None and year is not None and born.year != year:
            self.add_error("birth_year", _("No es el año de la fecha. Deje uno de los dos."))
        return cleaned


class NewPersonForm(PersonForm):
    """A new person: near matches are shown first, and one says that it is another."""

    is_new = forms.BooleanField(
        label=_("Ninguna de estas es: registrar a la persona"),
        required=False,
        widget=forms.HiddenInput,
    )
    consent = forms.BooleanField(
        label=_("Leyó (o se le leyó) el texto de arriba y acepta"), required=False
    )

    @property
    def given_person(self) -> dict[str, Any]:
        """The cleaned values that describe the person."""
        return {k: v for k, v in self.given.items() if k not in {"is_new", "consent"}}


def enterprise_now(found: Enterprise) -> dict[str, object]:
    """Return what the form of a firm holds when it is opened."""
    return _now(found, ("name", "legal_name", "nit", "phone", "email", "founded_on"))


def person_now(found: Person) -> dict[str, object]:
    """Return what the form of a person holds when it is opened; the document is never shown."""
    names = ("given_names", "surnames", "sex", "birth_date", "birth_year", "phone", "email")
    return _now(found, names)


def _now(found: Enterprise | Person, names: Iterable[str]) -> dict[str, object]:
    values: dict[str, object] = {name: getattr(found, name) for name in names}
    values["place"] = found.place.code if found.place is not None else ""
    values["partner"] = found.partner.code if found.partner is not None else ""
    return values


class EnterpriseForm(Form):
    """What a firm is called and how to reach it."""

    name = forms.CharField(label=_("Nombre"), max_length=160)
    legal_name = forms.CharField(label=_("Razón social"), max_length=200, required=False)
    nit = ReadField(
        identifiers.nit, label=_("NIT"), widget=forms.TextInput(attrs={"inputmode": "numeric"})
    )
    place = PlaceField()
    phone = ReadField(
        identifiers.phone, label=_("Celular"), widget=forms.TextInput(attrs={"inputmode": "tel"})
    )
    email = forms.EmailField(label=_("Correo"), required=False)
    founded_on = DayField(label=_("Fundada el"), required=False)
    partner = RowField(Organisation, label=_("Socio que la acompaña"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        partners = Organisation.objects.filter(is_partner=True)
        self.fields["partner"].queryset = partners  # type: ignore[attr-defined]


NUMBER_KINDS = ("workers_women", "workers_men", "annual_sales", "assets", "exports")


class FactsForm(Form):
    """What is known of a firm on a day. What is left empty is not recorded."""

    on = DayField(label=_("¿De qué fecha son estos datos?"))
    sector = RowField(Sector, label=_("Rubro"))
    legal_form = RowField(LegalForm, label=_("Forma jurídica"))
    is_formal = forms.NullBooleanField(
        label=_("¿Está formalizada?"),
        widget=forms.Select(choices=[("", _("Sin dato")), ("true", _("Sí")), ("false", _("No"))]),
    )
    workers_women = ReadField(rows.number, label=_("Trabajadoras (mujeres)"))
    workers_men = ReadField(rows.number, label=_("Trabajadores (hombres)"))
    annual_sales = ReadField(rows.number, label=_("Ventas del año (Bs)"))
    assets = ReadField(rows.number, label=_("Activos productivos (Bs)"))
    exports = ReadField(rows.number, label=_("Exportaciones del año (Bs)"))
    method = forms.ChoiceField(
        label=_("¿Cómo se sabe?"),
        choices=[c for c in EnterpriseFact.Method.choices if c[0] != "rule"],
        initial="declared",
    )

    @property
    def numbers(self) -> dict[str, Any]:
        """The numbers given, by kind of fact; an empty field is missing, not zero."""
        given = {kind: self.cleaned_data.get(kind) for kind in NUMBER_KINDS}
        return {kind: value for kind, value in given.items() if value not in (None, "")}

    @property
    def given_facts(self) -> dict[str, Any]:
        """The cleaned values without the numbers."""
        return {k: v for k, v in self.given.items() if k not in NUMBER_KINDS}


class NewEnterpriseForm(EnterpriseForm, FactsForm):
    """A new firm with its first facts."""

    is_new = forms.BooleanField(required=False, widget=forms.HiddenInput)
    field_order = ("name", "legal_name", "nit", "sector", "legal_form", "is_formal", "place")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["method"]

    @property
    def given_enterprise(self) -> dict[str, Any]:
        """The cleaned values that describe the firm, its numbers apart."""
        return {k: v for k, v in self.given_facts.items() if k != "is_new"}


class OrganisationForm(Form):
    """An organisation."""

    name = forms.CharField(label=_("Nombre"), max_length=200)
    acronym = forms.CharField(label=_("Sigla"), max_length=30, required=False)
    constituency = forms.ChoiceField(
        label=_("Sector que representa"),
        choices=optional_choices(Constituency.choices),
        required=False,
    )
    is_partner = forms.BooleanField(label=_("Es socio ejecutor"), required=False)
    place = PlaceField()


class AffiliationForm(Form):
    """A link of a person with a firm or an organisation."""

    role = forms.ChoiceField(label=_("Rol"), choices=Affiliation.Role.choices)
    organisation = RowField(Organisation, label=_("Organización"))
    enterprise = forms.CharField(
        label=_("o empresa (NIT o nombre exacto)"), required=False, max_length=160
    )
    starts_on = DayField(label=_("Desde"), required=False)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if bool(cleaned.get("organisation")) == bool(cleaned.get("enterprise")):
            raise ValidationError(_("Elija una organización o escriba una empresa; una sola."))
        return cleaned


class EndForm(Form):
    """When a link ended."""

    on = DayField(label=_("Último día"))


class ConsentForm(Form):
    """An answer to one text."""

    text = forms.ModelChoiceField(ConsentText.objects.all(), widget=forms.HiddenInput)
    is_given = forms.TypedChoiceField(
        label=_("Respuesta"),
        choices=[("1", _("Acepta")), ("0", _("No acepta"))],
        coerce=lambda value: value == "1",
        widget=forms.RadioSelect,
    )
    channel = forms.ChoiceField(label=_("¿Cómo respondió?"), choices=Consent.Channel.choices)


class NoteForm(Form):
    """A dated note."""

    on = DayField(label=_("Fecha"))
    text = forms.CharField(
        label=_("Nota"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4})
    )
    photo = forms.FileField(
        label=_("Foto"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/*"}),
        help_text=_("Si ayuda: una foto se guarda chica y sin el lugar donde se tomó."),
    )

    @property
    def given_note(self) -> dict[str, Any]:
        """The cleaned values, the photograph as its bytes."""
        photo = self.cleaned_data["photo"]
        return {**self.given, "photo": photo.read() if photo else b""}


class ReasonForm(Form):
    """Why something grave is done."""

    reason = forms.CharField(label=_("Motivo"), widget=forms.Textarea(attrs={"rows": 3}))


class ConfirmForm(Form):
    """Nothing but the intention."""


class UploadForm(Form):
    """A spreadsheet to import."""

    kind = forms.ChoiceField(
        label=_("¿Qué hay en cada fila?"), choices=ImportKind.choices, widget=forms.RadioSelect
    )
    file = forms.FileField(
        label=_("Planilla"),
        help_text=_("xlsx, ods o csv, hasta 10 MB. Los títulos pueden estar en cualquier fila."),
    )
    partner = RowField(Organisation, label=_("Socio que acompaña a estas personas o empresas"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        partners = Organisation.objects.filter(is_partner=True)
        self.fields["partner"].queryset = partners  # type: ignore[attr-defined]


FIELD_WORDS = {
    "full_name": _("Nombre y apellidos"),
    "full_name_reversed": _("Apellidos y nombres"),
    "given_names": _("Nombres"),
    "surnames": _("Apellidos"),
    "first_surname": _("Apellido paterno"),
    "second_surname": _("Apellido materno"),
    "sex": _("Sexo"),
    "document": _("Documento de identidad"),
    "phone": _("Celular"),
    "email": _("Correo"),
    "birth_date": _("Fecha de nacimiento"),
    "birth_year": _("Año de nacimiento"),
    "age": _("Edad"),
    "place": _("Municipio o departamento"),
    "organisation": _("Organización"),
    "constituency": _("Sector que representa"),
    "name": _("Nombre de la empresa"),
    "legal_name": _("Razón social"),
    "nit": _("NIT"),
    "legal_form": _("Forma jurídica"),
    "sector": _("Rubro"),
    "workers_women": _("Trabajadoras (mujeres)"),
    "workers_men": _("Trabajadores (hombres)"),
    "annual_sales": _("Ventas del año (Bs)"),
    "is_formal": _("Formalizada"),
    "founded_on": _("Fundada el"),
}


class ColumnsForm(Form):
    """What each column means: one select a column, guessed beforehand."""

    def __init__(
        self, *args: Any, kind: str, header: list[str], guessed: dict[str, str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("(no importar)")), *((f, FIELD_WORDS[f]) for f in columns.FIELDS[kind])]
        for number, heading in enumerate(header):
            self.fields[f"column_{number}"] = forms.ChoiceField(
                label=heading or _("(sin título)"),
                choices=choices,
                required=False,
                initial=guessed.get(str(number), ""),
            )

    @property
    def mapping(self) -> dict[int, str]:
        """Column → field, for the columns that are imported."""
        return {
            int(name.removeprefix("column_")): value
            for name, value in self.cleaned_data.items()
            if name.startswith("column_") and value
        }
