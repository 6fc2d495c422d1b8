"""What the reader of a figure is told about what did not enter it."""

from collections.abc import Mapping

from digna_engines.indicators.declaration import Indicator
from digna_engines.indicators.figures import Notice

_TOLD = {
    "without_value": (
        "registro(s) sin dato: no entran en el cálculo.",
        "record(s) without the value: not part of the computation.",
    ),
    "seen_once": (
        "con un solo valor, o ninguno después: no entran en el cambio.",
        "with one value only, or none later: not part of the change.",
    ),
    "without_date": (
        "registro(s) sin fecha: no están en ningún período.",
        "record(s) without a date: in no period at all.",
    ),
    "without_unit": (
        "registro(s) sin identificar a quién corresponden: no se cuentan.",
        "record(s) that do not say whose they are: not counted.",
    ),
    "outside_cohort": (
        "fuera del universo declarado: no entran en «n de N».",
        "outside the declared cohort: not part of “n of N”.",
    ),
    "held_out": (
        "apartado(s) antes de calcular, lejos de lo usual o de otra temporada: revíselos.",
        "held out before computing, far from the usual or of another season: review them.",
    ),
}
_NOT_ADDITIVE = (
    "Los promedios y medianas por categoría no se suman ni se promedian entre sí.",
    "Means and medians by category neither add up nor average to the total.",
)


def of(one: Indicator, workings: Mapping[str, object]) -> tuple[Notice, ...]:
    """The notices of a figure: what was left out and how many, and what its parts are not."""
    told = [
        Notice(f"figure.{key}", f"{count} {es}", f"{count} {en}", count)
        for key, (es, en) in _TOLD.items()
        if isinstance(count := workings.get(key), int) and count > 0
    ]
    if one.shape in {"mean", "median"} and one.disaggregate:
        told.append(Notice("figure.not_additive", *_NOT_ADDITIVE))
    return tuple(told)
