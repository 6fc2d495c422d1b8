"""What dimensions, rules and reasons are called on screen."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

DIMENSIONS = {
    "validity": gettext_lazy("validez"),
    "integrity": gettext_lazy("integridad"),
    "precision": gettext_lazy("precisión"),
    "reliability": gettext_lazy("fiabilidad"),
    "timeliness": gettext_lazy("puntualidad"),
    "completeness": gettext_lazy("completitud"),
    "uniqueness": gettext_lazy("unicidad"),
    "traceability": gettext_lazy("trazabilidad"),
}
RULES = {
    "range": gettext_lazy("Ningún valor negativo donde no puede haberlo"),
    "future": gettext_lazy("Ninguna fecha futura"),
    "order": gettext_lazy("Lo que termina no termina antes de empezar"),
    "parts": gettext_lazy("Las partes de cada desglose suman el total"),
    "reasons": gettext_lazy("Las correcciones tienen un motivo escrito"),
    "outliers": gettext_lazy("Ningún valor a más de 3,5 desviaciones absolutas de la mediana"),
    "heaping": gettext_lazy("Los valores no se amontonan en cifras redondas"),
    "straight": gettext_lazy("Nadie respondió igual a todas las preguntas"),
    "verified": gettext_lazy("Una muestra buscada de nuevo tiene pocos errores"),
    "late": gettext_lazy("Se registró dentro de los treinta días"),
    "missing": gettext_lazy("Cada registro dice de quién, cuándo y cuánto"),
    "unknown": gettext_lazy("Cada registro tiene su categoría en los desgloses"),
    "cohort": gettext_lazy("Hay dato de todos los que podría haber (n de N)"),
    "pairs": gettext_lazy("Nadie espera en la cola de pares dudosos"),
    "journal": gettext_lazy("Cada registro tiene la línea del diario que lo escribió"),
    "evidence": gettext_lazy("El valor viene de un registro que alguien vio"),
}
WHY = {
    "nothing": gettext_lazy("no hay nada que mirar"),
    "none": gettext_lazy("no hay registros detrás"),
    "few": gettext_lazy("hay muy pocos valores"),
    "no_spread": gettext_lazy("los valores casi no varían"),
    "no_figure": gettext_lazy("todavía no hay cifra"),
    "no_journal": gettext_lazy("el diario no dice cuándo se escribió cada uno"),
    "no_sample": gettext_lazy("no se verificó ninguna muestra"),
}
OUTCOMES = {
    "good": gettext_lazy("bien"),
    "fair": gettext_lazy("a medias"),
    "poor": gettext_lazy("débil"),
    "n/a": gettext_lazy("no aplica"),
    "not run": gettext_lazy("no se pudo revisar"),
}
KINDS = {"good": "good", "fair": "warning", "poor": "error", "n/a": "", "not run": ""}


def sentence(letter: str, weak: list[str], unjudged: list[str]) -> str:
    """Return what a grade means, in one sentence or two."""
    parts = [_("Calidad %s.") % letter if letter else _("Sin nota: se pudo juzgar muy poco.")]
    if weak:
        parts.append(_("Débil en %s.") % _listed(weak))
    if unjudged:
        parts.append(_("Sin juzgar: %s.") % _listed(unjudged))
    if not weak and letter:
        parts.append(_("Nada débil en lo que se juzgó."))
    return " ".join(parts)


def _listed(names: list[str]) -> str:
    return ", ".join(str(DIMENSIONS.get(name, name)) for name in names)
