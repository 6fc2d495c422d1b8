"""The parts of a fact sheet that somebody writes, in the order they are read."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Written:
    """A part: its heading, what to write in it, how many letters fit on the paper."""

    name: Any
    asks: Any
    most: int


PARTS = {
    "summary": Written(
        _("Resumen"), _("Lo que una empresa pequeña tiene que saber, en tres o cuatro frases."), 700
    ),
    "demand": Written(
        _("Qué se compra y quién lo compra"),
        _("Presentaciones, usos, gustos, épocas; en qué se fija quien compra."), 900,
    ),
    "prices": Written(
        _("Precios"), _("Qué mueve el precio; qué se paga más: orgánico, comercio justo, origen."),
        600,
    ),
    "channels": Written(
        _("Canales"), _("Importadores, distribuidores, tiendas, venta en línea; qué piden."), 600
    ),
    "competitors": Written(
        _("Competencia"), _("Quién vende ya, con qué ventaja, dónde queda lugar."), 600
    ),
    "advice": Written(_("Qué hacer primero"), _("Dos o tres pasos concretos para empezar."), 500),
}  # fmt: skip
