"""The shape of what is typed about markets and fact sheets."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from digna.markets import access, naming
from digna.markets.models import Entry, PublishedFigure, Release, Sheet
from digna.markets.parts import PARTS
from digna.programmes.models import Programme
from digna.registry.models import Organisation
from digna.studies import access as studies_access
from digna.studies import assessment_access
from digna.studies.models import Study
from digna.web.forms import DateField, Form


class ActForm(Form):
    """A button: nothing but its intention."""


class BringForm(Form):
    """A file of trade data, and what it is where the name does not say."""

    file = forms.FileField(
        label=_("Archivo"),
        help_text=_("El zip de BACI, un csv de Comtrade o el csv de la aduana. Se lee aquí mismo."),
    )
    source = forms.ChoiceField(
        label=_("Qué es"), required=False,
        choices=[
            ("", _("Reconocerlo por su contenido")),
            ("baci", _("BACI, del CEPII")),
            ("comtrade", _("UN Comtrade")),
            ("tariffs", _("Aranceles")),
            ("distances", _("Distancias")),
            ("concordance", _("Correspondencia entre ediciones del Sistema Armonizado")),
            ("names", _("Nombres de partidas en castellano")),
            ("macro", _("Crecimiento y población previstos")),
        ],
    )  # fmt: skip
    hs = forms.CharField(
        label=_("Edición del Sistema Armonizado"), required=False, max_length=2,
        help_text=_("Solo si el nombre del archivo no la dice: 92, 96, 02, 07, 12, 17 o 22."),
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )  # fmt: skip


class SheetForm(Form):
    """What a sheet is called, to whom it belongs, on which study it leans."""

    programme = forms.ModelChoiceField(label=_("Programa"), queryset=Programme.objects.none())
    title = forms.CharField(
        label=_("Título"), max_length=160,
        help_text=_("Por ejemplo: Quinua real boliviana para Alemania y Francia."),
    )  # fmt: skip
    title_en = forms.CharField(label=_("Título en inglés"), max_length=160, required=False)
    study = forms.ModelChoiceField(
        label=_("Estudio de mercado"), queryset=Study.objects.none(), required=False,
        empty_label=_("Ninguno"),
    )  # fmt: skip
    partner = forms.ModelChoiceField(
        label=_("Socio dueño de la ficha"), queryset=Organisation.objects.none(), required=False,
        empty_label=_("El programa"),
    )  # fmt: skip

    def __init__(self, *args: Any, user: object, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        programmes = studies_access.programmes_of(user, access.EDIT)
        self.fields["programme"].queryset = programmes  # type: ignore[attr-defined]
        self.fields["study"].queryset = assessment_access.visible_studies(user)  # type: ignore[attr-defined]
        self.fields["partner"].queryset = Organisation.objects.exclude(code="").order_by("name")  # type: ignore[attr-defined]
        if programmes.count() == 1:
            self.fields["programme"].initial = programmes.first()


class MarketsForm(Form):
    """Which markets a sheet shows, in the order of the reading."""

    markets = forms.MultipleChoiceField(
        label=_("Mercados"), widget=forms.CheckboxSelectMultiple, required=False,
        help_text=_("Hasta seis: los demás quedan en la tabla de la lectura."),
    )  # fmt: skip

    def __init__(self, *args: Any, sheet: Sheet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        told = (sheet.reading.record if sheet.reading else None) or {"markets": []}
        rows = sorted(told["markets"], key=lambda row: -(row["unrealised"] or 0))
        shown = rows[:40]
        shown += [row for row in rows[40:] if row["market"] in sheet.markets]
        choices = [(row["market"], naming.country(row["market"])) for row in shown]
        self.fields["markets"].choices = choices  # type: ignore[attr-defined]
        self.fields["markets"].initial = list(sheet.markets)


class TextForm(Form):
    """One part of a sheet, in both languages."""

    es = forms.CharField(
        label=_("En castellano"), required=False, widget=forms.Textarea(attrs={"rows": 6})
    )
    en = forms.CharField(
        label=_("En inglés"), required=False, widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Vacío: la ficha en inglés muestra el texto en castellano y lo dice."),
    )  # fmt: skip

    def __init__(self, *args: Any, part: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("es", "en"):
            self.fields[name].widget.attrs["maxlength"] = PARTS[part].most
        self.fields["es"].help_text = PARTS[part].asks


class EntryForm(Form):
    """What all things of a sheet have: a name, what to know, where it comes from, since when."""

    title = forms.CharField(label=_("Nombre"), max_length=160)
    text = forms.CharField(
        label=_("Qué hay que saber"), required=False, max_length=800,
        widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip
    source = forms.CharField(
        label=_("Fuente"), max_length=200, help_text=_("Quién lo dice: norma, entidad, persona.")
    )
    url = forms.URLField(label=_("Enlace"), required=False, assume_scheme="https")
    checked_on = DateField(label=_("Revisado el"))
    certainty = forms.ChoiceField(
        label=_("Certeza"), choices=Entry.Certainty.choices, initial=Entry.Certainty.MEDIUM
    )
    title_en = forms.CharField(label=_("Nombre en inglés"), max_length=160, required=False)
    text_en = forms.CharField(
        label=_("Lo mismo en inglés"), required=False, max_length=800,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip

    def __init__(
        self,
        *args: Any,
        markets: list[tuple[str, str]],
        steps: list[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        if "market" in self.fields:
            every = [("", _("Todos los mercados")), *markets]
            self.fields["market"].choices = every  # type: ignore[attr-defined]
        if "step" in self.fields:
            self.fields["step"].choices = [("", _("Ninguno")), *steps]  # type: ignore[attr-defined]


def _market() -> forms.ChoiceField:
    return forms.ChoiceField(label=_("Mercado"), required=False)


class RequirementForm(EntryForm):
    """What a market asks for, and which step of our pathways answers it."""

    market = _market()
    step = forms.ChoiceField(
        label=_("Paso de una ruta que lo resuelve"), required=False,
        help_text=_("La ficha enlaza el paso, con su entidad, costo y plazo."),
    )  # fmt: skip
    field_order = ("title", "market", "text", "step", "source", "url", "checked_on", "certainty")


class PriceForm(EntryForm):
    """A price somebody saw, of what, where and when."""

    market = _market()
    amount = forms.DecimalField(
        label=_("Monto"), max_digits=14, decimal_places=4, required=False, localize=True
    )
    currency = forms.CharField(label=_("Moneda"), max_length=3, initial="USD")
    unit = forms.CharField(label=_("Por cada"), max_length=40, initial="kg")
    on = DateField(label=_("Precio de"), required=False)
    place = forms.CharField(label=_("Dónde"), max_length=120, required=False)
    field_order = ("title", "market", "amount", "currency", "unit", "on", "place", "text")


class ChannelForm(EntryForm):
    """A way of selling in a market."""

    market = _market()
    field_order = ("title", "market", "text", "source")


class CompetitorForm(EntryForm):
    """Who else sells, a firm or a country."""

    market = _market()
    field_order = ("title", "market", "text", "source")


class FairForm(EntryForm):
    """A fair, with its days."""

    market = _market()
    place = forms.CharField(label=_("Ciudad"), max_length=120)
    on = DateField(label=_("Empieza"), required=False)
    until = DateField(label=_("Termina"), required=False)
    field_order = ("title", "market", "place", "on", "until", "text")


class ContactForm(EntryForm):
    """An office or firm to write to; never a private person's number."""

    market = _market()
    reach = forms.CharField(
        label=_("Teléfono o correo de la entidad"), max_length=160, required=False,
        help_text=_("De la oficina, no de una persona: la ficha se publica."),
    )  # fmt: skip
    field_order = ("title", "market", "reach", "text")


ENTRY_FORMS: dict[str, type[EntryForm]] = {
    Entry.Kind.REQUIREMENT: RequirementForm,
    Entry.Kind.PRICE: PriceForm,
    Entry.Kind.CHANNEL: ChannelForm,
    Entry.Kind.COMPETITOR: CompetitorForm,
    Entry.Kind.FAIR: FairForm,
    Entry.Kind.CONTACT: ContactForm,
}


class FigureForm(Form):
    """A figure that somebody published."""

    year = forms.IntegerField(label=_("Año"), min_value=1960, max_value=2100)
    measure = forms.ChoiceField(label=_("Qué mide"), choices=PublishedFigure.Measure.choices)
    amount = forms.DecimalField(
        label=_("Cifra"), max_digits=18, decimal_places=4, min_value=0, localize=True,
        help_text=_("Entera: 197000000, no 197 millones."),
    )  # fmt: skip
    source = forms.CharField(label=_("Quién la publicó"), max_length=200)
    url = forms.URLField(label=_("Enlace"), required=False, assume_scheme="https")
    read_on = DateField(label=_("Leída el"), required=False)


class SendForm(Form):
    """Ask for a version to be judged."""

    note = forms.CharField(
        label=_("Qué cambió"), required=False, max_length=300,
        help_text=_("Una frase para quien revisa."),
    )  # fmt: skip


class JudgeForm(Form):
    """Approve, or send back with what is to be mended."""

    judgement = forms.CharField(
        label=_("Qué dice de ella"), required=False, max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Para devolverla hace falta decir qué hay que corregir."),
    )  # fmt: skip


class WithdrawForm(Form):
    """Take a version off the portal."""

    because = forms.CharField(label=_("Por qué se retira"), max_length=300)


class WeightsForm(forms.Form):
    """The reader's own weights, in the address of the page: nothing is stored."""

    def __init__(self, data: Any, *, names: list[tuple[str, str, float]]) -> None:
        super().__init__(data)
        for key, label, value in names:
            self.fields[f"peso_{key}"] = forms.FloatField(
                label=label, required=False, min_value=0, max_value=100, initial=round(value * 100)
            )


def release_choices() -> list[tuple[str, str]]:
    """The data in use, for choosing."""
    return [(row.key, str(row)) for row in access.releases()]


def is_national(row: Release) -> bool:
    return row.source == Release.Source.NATIONAL
