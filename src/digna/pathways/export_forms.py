"""What is typed about exporting: how ready a firm is, and its plan."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from digna.pathways.forms import NumberField
from digna.pathways.models import ExportPlan
from digna.pathways.selectors.exporting import BlockFace
from digna.web.forms import Form, optional_choices

REPLIES = (
    ("yes", _("Sí")), ("partly", _("En parte")), ("no", _("No")), ("unknown", _("No sé")),
)  # fmt: skip
MONEYS = (("USD", "USD"), ("EUR", "EUR"), ("BOB", "Bs"))


class ReadinessForm(Form):
    """One answer an item, with what shows it; papers that are done are not asked."""

    def __init__(self, *args: Any, blocks: Iterable[BlockFace], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.blocks: list[tuple[BlockFace, list[Any]]] = []
        for block in blocks:
            asked = [item for item in block.items if not item.is_from_steps]
            for item in asked:
                self.fields[item.key] = forms.ChoiceField(
                    label=item.asks, choices=REPLIES, widget=forms.RadioSelect, required=False,
                    initial=item.reply, help_text=item.evidence,
                )  # fmt: skip
                note = forms.CharField(label=_("Qué lo muestra"), max_length=200, required=False)
                note.initial = item.note
                note.widget.attrs["aria-label"] = str(_("Qué lo muestra: %s")) % item.asks
                self.fields[f"note_{item.key}"] = note
            self.blocks.append((block, [item.key for item in asked]))
        self.keys = [key for _block, keys in self.blocks for key in keys]
        for name, field in self.fields.items():
            field.widget.attrs.setdefault("id", f"id_{name}")

    @property
    def sections(self) -> list[tuple[BlockFace, list[tuple[Any, Any]]]]:
        """The fields by block, for the page."""
        return [
            (block, [(self[key], self[f"note_{key}"]) for key in keys])
            for block, keys in self.blocks
        ]

    @property
    def answers(self) -> dict[str, str]:
        """What was answered; nothing is «no sé»."""
        return {key: self.cleaned_data[key] or "unknown" for key in self.keys}

    @property
    def notes(self) -> dict[str, str]:
        """What shows each."""
        return {key: self.cleaned_data[f"note_{key}"] for key in self.keys}


def _long(label: Any, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label, help_text=help_text, required=False, max_length=1500,
        widget=forms.Textarea({"rows": 4}),
    )  # fmt: skip


class PlanForm(Form):
    """A version of an export plan."""

    product = forms.CharField(label=_("Producto"), max_length=160)
    hs_code = forms.CharField(
        label=_("Partida arancelaria"), max_length=14, required=False,
        help_text=_("De 4 a 12 cifras. Confírmela con su despachante."),
    )  # fmt: skip
    pathway = forms.ChoiceField(
        label=_("Papeles: según qué ruta"), required=False,
        help_text=_("El plan imprime los pasos de esa ruta y su estado."),
    )  # fmt: skip
    market = forms.CharField(label=_("Mercado (país, ciudad)"), max_length=120, required=False)
    fact_sheet = forms.CharField(
        label=_("Ficha de mercado: dirección o nota"), max_length=300, required=False
    )
    buyer = forms.CharField(label=_("Comprador"), max_length=160, required=False)
    volume = NumberField(label=_("Volumen por año"), required=False)
    unit = forms.CharField(
        label=_("Unidad"), max_length=20, required=False, help_text=_("Por ejemplo: kg, t, bolsas.")
    )
    price = NumberField(label=_("Precio por unidad"), required=False)
    currency = forms.ChoiceField(label=_("Moneda del precio"), choices=MONEYS, initial="USD")
    incoterm = forms.ChoiceField(
        label=_("Incoterm"), choices=optional_choices(ExportPlan.Incoterm.choices), required=False
    )
    logistics = _long(_("Transporte y salida"), _("Por dónde sale, en qué, quién lo lleva."))
    budget = NumberField(label=_("Presupuesto"), required=False)
    budget_currency = forms.ChoiceField(
        label=_("Moneda del presupuesto"), choices=MONEYS, initial="BOB"
    )
    budget_note = _long(_("En qué se va el presupuesto"))
    calendar = _long(_("Calendario"), _("Qué, quién y hasta cuándo: una línea cada cosa."))
    risks = _long(_("Riesgos y qué hará"), _("Una línea cada uno."))

    def __init__(self, *args: Any, pathways: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields["pathway"]
        chosen.choices = optional_choices(list(pathways))
