"""The ladder in words: what is lacking, where somebody stands."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from digna.trainers.ladder import Lack
from digna.trainers.models import Evidence

STANDINGS: dict[str, Any] = {
    "climbing": gettext_lazy("en camino"),
    "active": gettext_lazy("activa/o"),
    "lapsing": gettext_lazy("por vencer"),
    "idle": gettext_lazy("sin ciclos recientes"),
    "lapsed": gettext_lazy("vencida/o"),
    "stopped": gettext_lazy("dejó de formar"),
}
KINDS = {
    "active": "good",
    "lapsing": "warning",
    "idle": "warning",
    "lapsed": "error",
    "stopped": "",
    "climbing": "info",
}


def lack(one: Lack) -> str:
    """Return what is missing as part of a sentence."""
    numbers = {"have": one.have, "want": one.want}
    if one.code == "tasks":
        named = ", ".join(str(Evidence.Kind(task).label) for task in one.which)
        return _("tareas del ciclo supervisado sin aceptar: %(which)s") % {"which": named}
    told = {
        "tot_hours": _("horas de formación de formadores aceptadas (%(have)s de %(want)s)"),
        "recommendation": _("la recomendación de quien supervisó"),
        "cycles": _("ciclos dictados (%(have)s de %(want)s)"),
        "independent": _("ciclos con autonomía alta (%(have)s de %(want)s)"),
    }
    return told[one.code] % numbers
