"""A result in plain words: who leads, how far to trust it, what would change it."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from digna.web.numbers import number, percent

ROBUST, ARGUABLE = 0.8, 0.5
"""From which share of weights and scores a first place is firm, and from which it is defensible."""


def share(part: float) -> str:
    """Return a share in whole hundredths; what is not all or nothing never prints as such."""
    if 0.995 <= part < 1:
        return _("más de %(p)s") % {"p": percent(99, 100)}
    if 0 < part < 0.005:
        return _("menos de %(p)s") % {"p": percent(1, 100)}
    return percent(part, 1)


def verdict(value: dict[str, Any], names: Sequence[str]) -> str:
    """Return the one sentence for the wall."""
    firsts = [row[0] for row in value["smaa"]["acceptability"]]
    best = max(range(len(firsts)), key=lambda place: firsts[place])
    told = {"name": names[best], "share": share(firsts[best])}
    if firsts[best] >= ROBUST:
        return _("«%(name)s» es primero con el %(share)s de los pesos y puntajes posibles.") % told
    if firsts[best] >= ARGUABLE:
        return (
            _(
                "«%(name)s» va primero con el %(share)s de los pesos y puntajes posibles: "
                "defendible, no seguro."
            )
            % told
        )
    return (
        _(
            "No hay ganador robusto: el que más veces queda primero («%(name)s») lo hace con el "
            "%(share)s de los pesos y puntajes posibles."
        )
        % told
    )


def robustness(value: dict[str, Any], names: Sequence[str], criteria: Sequence[str]) -> list[str]:
    """Return the sentences below it, one question each."""
    found = [
        _by_weights(value, names),
        _seated(value, names),
        _nearest_crossover(value, names, criteria),
        _left_out(value["without_criterion"], criteria),
        _people_out(value["without_person"]),
        _methods(value, names),
        _own(value),
        _dominated(value, names),
        _missing(value),
    ]
    return [sentence for sentence in found if sentence]


def leader_of(value: dict[str, Any]) -> int:
    """Return the place of the sector with the highest total."""
    return int(value["ranking"]["order"][0])


def _by_weights(value: dict[str, Any], names: Sequence[str]) -> str:
    leader = leader_of(value)
    part = value["smaa"]["first_by_weights"][leader]
    return _(
        "Con los puntajes promedio, «%(name)s» queda primero con el %(share)s de todos los pesos "
        "que se podrían dar."
    ) % {"name": names[leader], "share": share(part)}


def _seated(value: dict[str, Any], names: Sequence[str]) -> str:
    seats = value["smaa"]["seated"]
    order = value["ranking"]["order"]
    told = ", ".join(f"{names[i]} {share(seats[i])}" for i in order)
    return _("Queda entre los que se eligen: %(told)s.") % {"told": told}


def _nearest_crossover(value: dict[str, Any], names: Sequence[str], criteria: Sequence[str]) -> str:
    known = [row for row in value["crossovers"] if row["crossover"] is not None]
    if not known:
        return _("Cambiar el peso de un solo criterio nunca cambia el primer lugar con el segundo.")
    near = min(known, key=lambda row: abs(row["crossover"] - row["weight"]))
    return _(
        "Lo más cerca de cambiar: si «%(criterion)s» pesara %(at)s en vez de %(now)s, "
        "«%(challenger)s» igualaría a «%(leader)s»."
    ) % {
        "criterion": criteria[near["criterion"]],
        "at": percent(near["crossover"], 1),
        "now": percent(near["weight"], 1),
        "challenger": names[near["challenger"]],
        "leader": names[near["leader"]],
    }


def _left_out(rows: Sequence[dict[str, Any]], criteria: Sequence[str]) -> str:
    changed = [row["criterion"] for row in rows if not row["stays"]]
    if not changed:
        return _("Sin cualquiera de los %(n)s criterios el primero sigue siendo el mismo.") % {
            "n": len(rows)
        }
    names = ", ".join(f"«{criteria[place]}»" for place in changed)
    return _("El primero cambia si se quita: %(names)s.") % {"names": names}


def _people_out(rows: Sequence[dict[str, Any]]) -> str:
    if not rows:
        return ""
    changed = sum(not row["stays"] for row in rows)
    if not changed:
        return _("Sin cualquiera de las %(n)s personas el primero sigue siendo el mismo.") % {
            "n": len(rows)
        }
    return ngettext(
        "El primero depende de %(changed)s persona de %(n)s: sin ella sería otro.",
        "El primero depende de %(changed)s personas de %(n)s: sin una de ellas sería otro.",
        changed,
    ) % {"changed": changed, "n": len(rows)}


def _methods(value: dict[str, Any], names: Sequence[str]) -> str:
    rows = value["methods"]
    leader = set(rows[0]["first"])
    agree = sum(bool(leader & set(row["first"])) for row in rows)
    if agree == len(rows):
        return _("Los %(n)s métodos probados ponen primero al mismo.") % {"n": len(rows)}
    others = "; ".join(
        f"{row['method']}: {', '.join(names[i] for i in row['first'])}"
        for row in rows
        if not leader & set(row["first"])
    )
    return _("%(agree)s de %(n)s métodos ponen primero al mismo; distinto en %(others)s.") % {
        "agree": agree,
        "n": len(rows),
        "others": others,
    }


def _own(value: dict[str, Any]) -> str:
    people = value["people"]
    if not people["own_first_known"]:
        return ""
    return _(
        "Con sus propios pesos y puntajes, %(agree)s de %(known)s personas ponen primero al mismo "
        "que el grupo."
    ) % {"agree": people["own_first_agree"], "known": people["own_first_known"]}


def _dominated(value: dict[str, Any], names: Sequence[str]) -> str:
    if not value["dominance"]:
        return ""
    told = "; ".join(f"«{names[a]}» a «{names[b]}»" for a, b in value["dominance"][:4])
    return _("Gana o iguala en todos los criterios: %(told)s.") % {"told": told}


def _missing(value: dict[str, Any]) -> str:
    n = len(value["missing"])
    if not n:
        return ""
    return ngettext(
        "Falta evidencia en %(n)s celda: el total se muestra como intervalo entre su peor y su "
        "mejor puntaje posible.",
        "Falta evidencia en %(n)s celdas: los totales se muestran como intervalos entre su peor y "
        "su mejor puntaje posible.",
        n,
    ) % {"n": n}


def agreement(value: dict[str, Any]) -> str:
    """Return how far the people agree on the order, and who could be asked."""
    people = value["people"]
    if people["w"] is None:
        return _("No se puede medir el acuerdo sobre el orden: faltan personas que puntúen todo.")
    w = people["w"]
    word = _("alto") if w >= 0.7 else _("medio") if w >= 0.4 else _("bajo")
    told = _(
        "Acuerdo sobre el orden: %(word)s (W de Kendall %(w)s, %(people)s personas sobre "
        "%(sectors)s sectores)."
    ) % {
        "word": word,
        "w": number(w, 2),
        "people": people["w_people"],
        "sectors": people["w_sectors"],
    }
    if people["alpha"] is not None:
        told += " " + _("Alfa de Krippendorff %(alpha)s.") % {"alpha": number(people["alpha"], 2)}
    return told
