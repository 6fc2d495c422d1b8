"""The form of what IATI asks: identifiers, contact, sectors, tags, codes of indicators."""

import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from digna.programmes.models import StrategicArea
from digna.registry.models import Organisation
from digna.results.models import ActivityStatus, IatiProfile, OrganisationType, ResultType
from digna.web.forms import DateField, Form

SDG = "3"
NONE = ("", gettext_lazy("—"))
PLAIN = (
    "org_ref", "org_name", "org_type", "is_accountable", "activity_ref", "status", "country",
    "currency", "contact_name", "contact_email", "contact_phone", "contact_website",
)  # fmt: skip
_CODE = re.compile(r"[A-Za-z0-9.\-/:]+")
_AMOUNT = re.compile(r"[0-9]+(\.[0-9]+)?")


class LinesField(forms.CharField):
    """One thing a line."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.Textarea(attrs={"rows": 4, "spellcheck": "false"})
        super().__init__(required=False, widget=widget, **kwargs)


class ProfileForm(Form):
    """Everything the records of a programme do not hold."""

    org_ref = forms.CharField(
        label=gettext_lazy("Identificador de la organización que informa"),
        help_text=gettext_lazy("El de IATI, por ejemplo XM-DAC-41302."),
        max_length=80,
        required=False,
    )
    org_name = forms.CharField(
        label=gettext_lazy("Organización que informa"), max_length=160, required=False
    )
    org_type = forms.ChoiceField(
        label=gettext_lazy("Tipo de organización"),
        choices=[NONE, *OrganisationType.choices],
        required=False,
    )
    is_accountable = forms.BooleanField(
        label=gettext_lazy("Responde por el programa ante quien lo financia"), required=False
    )
    activity_ref = forms.CharField(
        label=gettext_lazy("Identificador de la actividad"),
        help_text=gettext_lazy("Vacío: el de la organización, un guion y el código del programa."),
        max_length=120,
        required=False,
    )
    status = forms.ChoiceField(
        label=gettext_lazy("Estado"),
        choices=[("", gettext_lazy("Según las fechas del programa")), *ActivityStatus.choices],
        required=False,
    )
    country = forms.CharField(
        label=gettext_lazy("País"), help_text=gettext_lazy("Dos letras: BO."), max_length=2,
        required=False,
    )  # fmt: skip
    currency = forms.CharField(
        label=gettext_lazy("Moneda de la actividad"),
        help_text=gettext_lazy("Tres letras: USD, BOB, CHF."),
        max_length=3,
        required=False,
    )
    contact_name = forms.CharField(
        label=gettext_lazy("Persona u oficina de contacto"), max_length=160, required=False
    )
    contact_email = forms.EmailField(label=gettext_lazy("Correo de contacto"), required=False)
    contact_phone = forms.CharField(
        label=gettext_lazy("Teléfono de contacto"), max_length=40, required=False
    )
    contact_website = forms.CharField(
        label=gettext_lazy("Página de contacto"), max_length=200, required=False
    )
    sectors = LinesField(
        label=gettext_lazy("Sectores"),
        help_text=gettext_lazy(
            "Uno por línea: vocabulario, código y porcentaje. «1 32130 60». "
            "Los porcentajes de un vocabulario suman 100; uno solo va sin porcentaje."
        ),
    )
    tags = LinesField(
        label=gettext_lazy("Metas de los ODS y otras etiquetas"),
        help_text=gettext_lazy("Una por línea: «8.3» es una meta de los ODS; otras, «1 código»."),
    )
    references = LinesField(
        label=gettext_lazy("Indicadores que son de un estándar"),
        help_text=gettext_lazy(
            "Uno por línea: código del indicador, vocabulario y código. "
            "«constituents_trained 9 4.4.1» (9 es ODS, 8 es HIPSO)."
        ),
    )

    def __init__(
        self,
        *args: Any,
        areas: Iterable[StrategicArea],
        organisations: Iterable[Organisation],
        codes: Iterable[str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.areas, self.organisations = list(areas), list(organisations)
        self.codes = frozenset(codes)
        for area in self.areas:
            self._ask(
                f"area_{area.code}",
                forms.ChoiceField(
                    label=_("«%(name)s» es") % {"name": area.name},
                    choices=[NONE, *ResultType.choices],
                    required=False,
                ),
            )
        for row in self.organisations:
            named = {"name": row.name}
            ref = forms.CharField(
                label=_("Identificador de %(name)s") % named, max_length=80, required=False
            )
            kind = forms.ChoiceField(
                label=_("Tipo de %(name)s") % named,
                choices=[NONE, *OrganisationType.choices],
                required=False,
            )
            self._ask(f"org_{row.pk}_ref", ref)
            self._ask(f"org_{row.pk}_type", kind)

    def _ask(self, name: str, field: forms.Field) -> None:
        field.widget.attrs.setdefault("id", f"id_{name}")
        self.fields[name] = field

    def clean_country(self) -> str:
        """Codes of countries are written in capitals."""
        return str(self.cleaned_data["country"]).upper()

    def clean_currency(self) -> str:
        """Codes of currencies are written in capitals."""
        return str(self.cleaned_data["currency"]).upper()

    def clean_sectors(self) -> list[dict[str, str]]:
        """Read «vocabulary code percentage»."""
        return [self._sector(pieces) for pieces in self._lines("sectors", (2, 3))]

    def clean_tags(self) -> list[dict[str, str]]:
        """Read «code» as an SDG target, «vocabulary code» as it stands."""
        rows = self._lines("tags", (1, 2))
        return [dict(zip(("code", "vocabulary"), [*row[::-1], SDG], strict=False)) for row in rows]

    def clean_references(self) -> list[dict[str, str]]:
        """Read «indicator vocabulary code»; the indicator is one of the programme."""
        rows = self._lines("references", (3,))
        for row in rows:
            if row[0] not in self.codes:
                sentence = _("Este programa no tiene un indicador con el código «%s».") % row[0]
                raise ValidationError(sentence)
        names = ("indicator", "vocabulary", "code")
        return [dict(zip(names, row, strict=True)) for row in rows]

    def _sector(self, pieces: list[str]) -> dict[str, str]:
        if len(pieces) == 3 and not _AMOUNT.fullmatch(pieces[2]):
            raise ValidationError(_("«%s» no es un porcentaje: escriba 60 o 33.4.") % pieces[2])
        share = pieces[2] if len(pieces) == 3 else ""
        return {"vocabulary": pieces[0], "code": pieces[1], "percentage": share}

    def _lines(self, name: str, sizes: tuple[int, ...]) -> list[list[str]]:
        found = []
        for line in str(self.cleaned_data[name]).splitlines():
            pieces = line.replace(",", " ").replace("%", "").split()
            if not pieces:
                continue
            if len(pieces) not in sizes or not all(map(_is_code, pieces)):
                raise ValidationError(_("No se entiende la línea «%s».") % line.strip())
            found.append(pieces)
        return found

    @property
    def profile(self) -> dict[str, Any]:
        """The columns of a profile."""
        given = self.cleaned_data
        organisations = {
            str(row.pk): {"ref": given[f"org_{row.pk}_ref"], "type": given[f"org_{row.pk}_type"]}
            for row in self.organisations
        }
        return {
            **{name: given[name] for name in (*PLAIN, "sectors", "tags", "references")},
            "area_types": {
                area.code: given[f"area_{area.code}"]
                for area in self.areas
                if given[f"area_{area.code}"]
            },
            "organisations": {
                key: said for key, said in organisations.items() if any(said.values())
            },
        }


def _is_code(piece: str) -> bool:
    return _CODE.fullmatch(piece) is not None or "_" in piece


def initial_of(profile: IatiProfile) -> dict[str, Any]:
    """Return a profile as its form shows it."""
    found: dict[str, Any] = {name: getattr(profile, name) for name in PLAIN}
    found["sectors"] = _written(profile.sectors, ("vocabulary", "code", "percentage"))
    found["tags"] = "\n".join(
        row["code"] if row["vocabulary"] == SDG else f"{row['vocabulary']} {row['code']}"
        for row in profile.tags
    )
    found["references"] = _written(profile.references, ("indicator", "vocabulary", "code"))
    found |= {f"area_{code}": kind for code, kind in profile.area_types.items()}
    for key, said in profile.organisations.items():
        found |= {f"org_{key}_ref": said.get("ref"), f"org_{key}_type": said.get("type")}
    return found


def _written(rows: list[dict[str, str]], names: tuple[str, ...]) -> str:
    return "\n".join(" ".join(row[name] for name in names if row.get(name)) for row in rows)


class BaselineForm(Form):
    """Where an indicator stood before."""

    year = forms.IntegerField(label=gettext_lazy("Año"), min_value=1900, max_value=2200)
    on = DateField(label=gettext_lazy("Fecha"), required=False)
    amount = forms.DecimalField(
        label=gettext_lazy("Valor"),
        help_text=gettext_lazy("En la unidad en que se muestra; vacío es «sin dato»."),
        max_digits=20,
        decimal_places=4,
        required=False,
    )
    comment = forms.CharField(label=gettext_lazy("Comentario"), max_length=300, required=False)
    source = forms.CharField(label=gettext_lazy("Fuente"), max_length=200, required=False)


class ArrivalForm(Form):
    """A file that somebody published; looked at first, kept when it is sent again with `keep`."""

    MOST = 10 * 1024 * 1024

    file = forms.FileField(
        label=gettext_lazy("Archivo IATI"),
        help_text=gettext_lazy("Un archivo de actividades 2.03, en XML, de hasta 10 MB."),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": ".xml,application/xml,text/xml"}),
    )
    create_missing = forms.BooleanField(
        label=gettext_lazy("Crear los indicadores que falten, como informados"), required=False
    )
    activity = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    again = forms.UUIDField(required=False, widget=forms.HiddenInput)
    keep = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """Ask for the file, and for one that a page can hold."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        file = cleaned.get("file")
        if file is None and not cleaned.get("again"):
            self.add_error("file", _("Elija el archivo."))
        elif file is not None and file.size > self.MOST:
            self.add_error("file", _("Pesa más de 10 MB: pida el archivo de una sola actividad."))
        return cleaned
