"""The shape of what is typed about offers, consent, buyers and demands."""

from typing import Any

from django import forms
from django.utils.dates import MONTHS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from digna.improvement.forms import amount as number_field
from digna.linkages import labels
from digna.linkages.models import Buyer, Demand, MarketConsent, Offer, Requirement
from digna.linkages.models.offers import Incoterm
from digna.linkages.showing import GROUPS
from digna.programmes.models import Programme
from digna.registry.models import Organisation, Person
from digna.web.forms import DateField, Form, optional_choices

CURRENCIES = [("BOB", "BOB (Bs)"), ("USD", "USD"), ("EUR", "EUR"), ("PEN", "PEN"), ("CLP", "CLP")]
ZONES = (
    "America/La_Paz", "America/Lima", "America/Bogota", "America/Guayaquil", "America/Santiago",
    "America/Asuncion", "America/Argentina/Buenos_Aires", "America/Montevideo",
    "America/Sao_Paulo", "America/Panama", "America/Mexico_City", "America/New_York",
    "America/Chicago", "America/Denver", "America/Los_Angeles", "America/Toronto",
    "Europe/London", "Europe/Madrid", "Europe/Paris", "Europe/Berlin", "Europe/Amsterdam",
    "Europe/Rome", "Europe/Zurich", "Europe/Stockholm", "Asia/Dubai", "Asia/Shanghai",
    "Asia/Seoul", "Asia/Tokyo", "Australia/Sydney", "Pacific/Auckland",
)  # fmt: skip


def several(label: Any, choices: Any, help_text: Any = "") -> forms.MultipleChoiceField:
    """Return a field of boxes to tick; none ticked is «not known»."""
    return forms.MultipleChoiceField(
        label=label,
        choices=choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=help_text,
    )


class MonthsField(forms.TypedMultipleChoiceField):
    """Months by their number."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            choices=[(str(n), str(name).capitalize()) for n, name in MONTHS.items()],
            coerce=int,
            required=False,
            widget=forms.CheckboxSelectMultiple,
            **options,
        )


def unit_field(label: Any) -> forms.ChoiceField:
    """Return a field for a unit of sale."""
    return forms.ChoiceField(label=label, choices=optional_choices(labels.UNITS), required=False)


def currency_field() -> forms.ChoiceField:
    """Return a field for a currency."""
    return forms.ChoiceField(
        label=gettext_lazy("Moneda"), choices=optional_choices(CURRENCIES), required=False
    )


def text(label: Any, most: int, **options: Any) -> forms.CharField:
    """Return a field for a line of text."""
    return forms.CharField(label=label, max_length=most, **options)


def long_text(label: Any, **options: Any) -> forms.CharField:
    """Return a field for a few lines, that may stay empty."""
    return forms.CharField(
        label=label, required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 3}),
        **options,
    )  # fmt: skip


class OfferForm(Form):
    """A product of a firm as it can be sold."""

    name_es = text(gettext_lazy("Producto o servicio"), 160)
    name_en = text(gettext_lazy("En inglés"), 160, required=False)
    common_name = text(
        gettext_lazy("Nombre común"),
        120,
        required=False,
        help_text=gettext_lazy("Cómo lo llaman quienes compran: «quinua real», «café verde»."),
    )
    hs_code = text(
        gettext_lazy("Código HS"),
        14,
        required=False,
        help_text=gettext_lazy("6, 8 o 10 dígitos, por ejemplo 1008.50. Vacío si no lo sabe."),
    )
    description_es = long_text(gettext_lazy("Descripción"))
    description_en = long_text(gettext_lazy("Descripción en inglés"))
    capacity_per_month = number_field(gettext_lazy("Cuánto puede entregar al mes"), required=False)
    unit = unit_field(gettext_lazy("Unidad"))
    minimum_order = number_field(
        gettext_lazy("Pedido mínimo"),
        required=False,
        help_text=gettext_lazy("En la misma unidad."),
    )
    price_low = number_field(gettext_lazy("Precio desde"), required=False)
    price_high = number_field(gettext_lazy("Precio hasta"), required=False)
    currency = currency_field()
    price_unit = unit_field(gettext_lazy("Precio por"))
    incoterm = forms.ChoiceField(
        label=gettext_lazy("Incoterm"), choices=optional_choices(Incoterm.choices), required=False
    )
    languages = several(gettext_lazy("Idiomas en que atiende"), labels.LANGUAGES)
    months = MonthsField(label=gettext_lazy("Meses en que hay"))


OFFER_FIELDS = tuple(name for name in OfferForm.base_fields if name != "intention")


def offer_initial(row: Offer) -> dict[str, Any]:
    """Return an offer as the form shows it."""
    return {name: getattr(row, name) for name in OFFER_FIELDS}


class ConsentForm(Form):
    """What a firm agrees to show, to whom, and who said so."""

    audience = forms.ChoiceField(
        label=gettext_lazy("A quién se muestran sus ofertas"),
        choices=MarketConsent.Audience.choices,
        widget=forms.RadioSelect,
    )
    shows = forms.MultipleChoiceField(
        label=gettext_lazy("Qué se muestra además del producto"),
        choices=[
            ("name", gettext_lazy("Nombre de la empresa")),
            ("place", gettext_lazy("Municipio")),
            ("phone", gettext_lazy("Celular")),
            ("email", gettext_lazy("Correo")),
            ("price", gettext_lazy("Precios")),
            ("capacity", gettext_lazy("Capacidad y pedido mínimo")),
            ("papers", gettext_lazy("Certificaciones y registros")),
            ("photos", gettext_lazy("Fotos")),
        ],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Lo que no se marca no lo ve nadie de fuera."),
    )
    said_by = text(
        gettext_lazy("Quién lo decide"),
        120,
        help_text=gettext_lazy("Nombre de la persona de la empresa que da el permiso."),
    )

    @property
    def agreed(self) -> dict[str, Any]:
        """What the service is called with."""
        told = self.given
        ticked = set(told.pop("shows"))
        return told | {group: group in ticked for group in GROUPS}


class WithdrawForm(Form):
    """Who takes the permission back."""

    said_by = text(gettext_lazy("Quién lo decide"), 120)


class PaperForm(Form):
    """A certificate, registration or condition behind an offer."""

    requirement = forms.ModelChoiceField(
        label=gettext_lazy("Cuál tiene"), queryset=Requirement.objects.none()
    )
    number = text(gettext_lazy("Número"), 60, required=False)
    valid_until = DateField(label=gettext_lazy("Vale hasta"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["requirement"]
        field.queryset = Requirement.objects.filter(is_retired=False)


class PhotoForm(Form):
    """A photograph of what is offered."""

    photo = forms.FileField(
        label=gettext_lazy("Foto"), widget=forms.ClearableFileInput(attrs={"accept": "image/*"})
    )
    caption = text(gettext_lazy("Qué se ve"), 120, required=False)

    def content(self) -> bytes:
        """The bytes of the photograph."""
        return bytes(self.cleaned_data["photo"].read())


class BuyerForm(Form):
    """An organisation that buys."""

    organisation = forms.ModelChoiceField(
        label=gettext_lazy("Organización del registro"),
        queryset=Organisation.objects.none(),
        required=False,
        help_text=gettext_lazy("Si no está en la lista, escriba su nombre abajo."),
    )
    name = text(gettext_lazy("Nombre, si es nueva"), 160, required=False)
    kind = forms.ChoiceField(label=gettext_lazy("Tipo"), choices=Buyer.Kind.choices)
    country = text(
        gettext_lazy("País"),
        2,
        initial="BO",
        help_text=gettext_lazy("Dos letras: BO, PE, DE."),
    )
    city = text(gettext_lazy("Ciudad"), 80, required=False)
    time_zone = forms.ChoiceField(label=gettext_lazy("Zona horaria"), initial="America/La_Paz")
    languages = several(gettext_lazy("Idiomas"), labels.LANGUAGES)
    seeks_es = long_text(gettext_lazy("Qué busca"))
    seeks_en = long_text(gettext_lazy("Qué busca, en inglés"))
    supplier_programme = text(gettext_lazy("Programa de proveedores"), 160, required=False)
    contact = forms.ModelChoiceField(
        label=gettext_lazy("Persona de contacto"), queryset=Person.objects.none(), required=False
    )
    email = forms.EmailField(label=gettext_lazy("Correo público"), required=False)
    phone = text(gettext_lazy("Teléfono público"), 20, required=False)
    programmes = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Programas"),
        queryset=Programme.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    is_active = forms.BooleanField(
        label=gettext_lazy("Sigue comprando"), required=False, initial=True
    )

    def __init__(self, *args: Any, row: Buyer | None = None, programmes: Any, **kw: Any) -> None:
        super().__init__(*args, **kw)
        fields: Any = self.fields
        fields["programmes"].queryset = programmes
        zones = [*ZONES, *([row.time_zone] if row and row.time_zone not in ZONES else [])]
        fields["time_zone"].choices = [(zone, zone.replace("_", " ")) for zone in zones]
        if row is None:
            fields["organisation"].queryset = Organisation.objects.filter(buyer=None)
            del fields["contact"], fields["is_active"]
        else:
            del fields["organisation"], fields["name"]
            people = Person.objects.living().filter(affiliations__organisation=row.organisation)
            known = Person.objects.filter(pk=row.contact_id) if row.contact_id else people.none()
            fields["contact"].queryset = (people | known).distinct()

    def clean_country(self) -> str:
        code = str(self.cleaned_data["country"]).upper()
        if not (len(code) == 2 and code.isalpha()):
            raise forms.ValidationError(_("Escriba el código de dos letras: BO, DE."))
        return code


class LinkForm(Form):
    """A personal link: for whom, in which language, until when."""

    name = text(gettext_lazy("Para quién"), 120)
    language = forms.ChoiceField(
        label=gettext_lazy("Idioma"),
        choices=[("en", gettext_lazy("inglés")), ("es", gettext_lazy("español"))],
        widget=forms.RadioSelect,
        initial="en",
    )
    expires_on = DateField(label=gettext_lazy("Vale hasta"), required=False)


class DemandForm(Form):
    """What a buyer asks for."""

    product_es = text(gettext_lazy("Qué busca"), 160)
    product_en = text(gettext_lazy("En inglés"), 160, required=False)
    hs_code = text(
        gettext_lazy("Código HS"),
        14,
        required=False,
        help_text=gettext_lazy("6, 8 o 10 dígitos, por ejemplo 1008.50. Vacío si no lo sabe."),
    )
    details_es = long_text(gettext_lazy("Detalles"))
    details_en = long_text(gettext_lazy("Detalles, en inglés"))
    quantity_per_month = number_field(gettext_lazy("Cantidad al mes"), required=False)
    unit = unit_field(gettext_lazy("Unidad"))
    price_wanted = number_field(gettext_lazy("Precio que busca"), required=False)
    currency = currency_field()
    price_unit = unit_field(gettext_lazy("Precio por"))
    must = several(gettext_lazy("Exige"), ())
    wish = several(gettext_lazy("Desea"), ())
    languages = several(gettext_lazy("Idiomas"), labels.LANGUAGES)
    months = MonthsField(label=gettext_lazy("Meses en que lo necesita"))
    delivery_place = text(gettext_lazy("Lugar de entrega"), 120, required=False)
    valid_from = DateField(label=gettext_lazy("Desde"))
    valid_until = DateField(label=gettext_lazy("Hasta"), required=False)
    is_published = forms.BooleanField(
        label=gettext_lazy("Abierta: las empresas pueden responder"), required=False, initial=True
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(r.code, str(r)) for r in Requirement.objects.filter(is_retired=False)]
        for name in ("must", "wish"):
            field: Any = self.fields[name]
            field.choices = choices

    @property
    def told(self) -> dict[str, Any]:
        """What the service is called with: what is a must is no wish as well."""
        values = self.given
        must, wish = values.pop("must"), values.pop("wish")
        needs = [{"code": code, "level": "must"} for code in must]
        needs += [{"code": code, "level": "wish"} for code in wish if code not in must]
        return values | {"requirements": needs}


def demand_initial(row: Demand) -> dict[str, Any]:
    """Return a demand as the form shows it."""
    names = (n for n in DemandForm.base_fields if n not in ("intention", "must", "wish"))
    levels = {
        level: [one["code"] for one in row.requirements if one["level"] == level]
        for level in ("must", "wish")
    }
    return {name: getattr(row, name) for name in names} | levels
