"""What the living page shows: every component in its states, with made-up values.

Only for `/estilo`; nothing here is data of a programme.
"""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from digna.web import svg
from digna.web.forms import DateField, Form, optional_choices

SEXES = [("f", _("Mujer")), ("m", _("Hombre")), ("o", _("Otra")), ("n", _("Prefiere no decir"))]
TOPICS = [("mercado", _("Fichas de mercado")), ("calidad", _("Calidad")), ("costos", _("Costos"))]
COLOURS = (
    ("paper", _("fondo")),
    ("ink", _("texto")),
    ("muted", _("texto secundario")),
    ("lago", _("enlaces, botón principal")),
    ("aguayo", _("lo que toca hacer ahora")),
    ("ocre", _("aviso")),
    ("hoja", _("bien")),
    ("alerta", _("error")),
    ("hairline", _("líneas")),
    ("control", _("bordes de controles")),
)


class SampleForm(Form):
    """One field of each kind."""

    name = forms.CharField(label=_("Nombre de la empresa"), max_length=120)
    nit = forms.CharField(
        label=_("NIT"),
        required=False,
        help_text=_("Solo números, sin guiones. Está en la factura."),
    )
    starts_on = DateField(label=_("Fecha de inicio"))
    department = forms.ChoiceField(
        label=_("Departamento"),
        choices=optional_choices([("LP", "La Paz"), ("CB", "Cochabamba"), ("OR", "Oruro")]),
        required=False,
    )
    sex = forms.ChoiceField(label=_("Sexo"), choices=SEXES, widget=forms.RadioSelect)
    topics = forms.MultipleChoiceField(
        label=_("Temas"), choices=TOPICS, widget=forms.CheckboxSelectMultiple, required=False
    )
    notes = forms.CharField(label=_("Notas"), widget=forms.Textarea, required=False)
    roster = forms.FileField(
        label=_("Planilla"), help_text=_("xlsx, ods o csv, hasta 10 MB."), required=False
    )
    password = forms.CharField(
        label=_("Contraseña"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    agrees = forms.BooleanField(
        label=_("La persona aceptó que guardemos sus datos"),
        help_text=_("Léale el texto antes de marcar."),
    )


def page(wanted: str | None) -> dict[str, Any]:
    """Return everything `web/style.html` shows; `wanted` is the page of the long list."""
    return {
        "colours": COLOURS,
        "form": SampleForm(),
        "wrong_form": SampleForm({"name": "", "nit": "1023-A"}, prefix="mal"),
        "rows": _rows(),
        "page": Paginator(range(1, 264), 50).get_page(wanted),
        "filters": _filters(),
        "tabs": _tabs(),
        "steps": [_("Archivo"), _("Columnas"), _("Revisión"), _("Listo")],
        "entries": _entries(),
        "story": _story(),
        "facts": _facts(),
        "options": _options(),
        "columns": svg.trend(
            [("2018", 34), ("2019", 96), ("2020", None), ("2021", 263)], target=250
        ),
        "line": svg.trend(
            [("ene", 12.4), ("feb", 11.8), ("mar", None), ("abr", 9.1), ("may", 8.1)], kind="line"
        ),
        "amount": Decimal("1234.5"),
        "today": date(2026, 11, 24),
        "qr": _qr(),
    }


def _qr() -> SafeString:
    import segno

    code = segno.make("https://digna.example/r/7QK2", error="m")
    return mark_safe(code.svg_inline(scale=4, border=0))  # noqa: S308 - drawn by segno, ours


def _rows() -> list[dict[str, Any]]:
    return [
        {"name": "Mamani Quispe, Rosa", "from": "CEPB", "hours": Decimal("4"), "mark": "p"},
        {"name": "Choque Apaza, Juan", "from": "COB", "hours": Decimal("0"), "mark": "a"},
        {"name": "Flores Condori, Elena", "from": "", "hours": None, "mark": "j"},
        {"name": "Guzmán Rocha, Óscar", "from": "Ministerio", "hours": Decimal("3.5"), "mark": "p"},
    ]


def _filters() -> list[dict[str, Any]]:
    return [
        {"label": _("Todas"), "count": 1263, "url": "?", "is_on": True},
        {"label": _("Con visita pendiente"), "count": 41, "url": "?filtro=visita", "is_on": False},
        {"label": _("Sin línea de base"), "count": 0, "url": "?filtro=base", "is_on": False},
    ]


def _tabs() -> list[dict[str, Any]]:
    return [
        {"label": _("Resumen"), "url": "?", "is_here": True},
        {"label": _("Lista"), "url": "?vista=lista", "is_here": False, "count": 263},
        {"label": _("Mapa"), "url": "?vista=mapa", "is_here": False},
        {"label": _("Ajustes"), "url": "?vista=ajustes", "is_here": False},
    ]


def _entries() -> list[dict[str, Any]]:
    return [
        {
            "what": _("Corrigió la empresa"),
            "who": "Ana Rojas",
            "when": datetime(2026, 11, 24, 19, 5, tzinfo=UTC),
            "reason": _("Lo mostró en su factura"),
            "changes": [
                {"label": "NIT", "before": None, "after": "1023456028"},
                {"label": _("Personas"), "before": 0, "after": 14},
            ],
            "is_now": True,
        },
        {
            "what": _("Registró la empresa"),
            "who": "Luis Vargas",
            "when": datetime(2026, 11, 20, 13, 40, tzinfo=UTC),
        },
    ]


def _story() -> list[dict[str, Any]]:
    return [
        {"label": "2019", "what": _("Diagnóstico"), "detail": _("42 de 80 prácticas")},
        {"label": "2020", "what": _("Módulo 1, visita 2 de 3"), "url": "#registro"},
        {"when": date(2021, 5, 14), "what": _("Rueda de negocios"), "is_now": True},
    ]


def _facts() -> list[dict[str, Any]]:
    return [
        {"label": _("Lugar"), "value": "Caranavi, La Paz"},
        {"label": _("Rubro"), "value": _("café tostado")},
        {"label": _("Personas"), "value": 14, "note": _("9 mujeres · 2021")},
        {"label": _("Ventas"), "value": None},
        {"label": "NIT", "value": "1023456028", "url": "#registro"},
    ]


def _options() -> list[dict[str, Any]]:
    return [
        {"label": "Tostaduría Illimani", "detail": "Caranavi, La Paz", "url": "#", "icon": "store"},
        {"label": "Rosa Mamani Quispe", "detail": "CEPB", "url": "#", "icon": "user"},
    ]
