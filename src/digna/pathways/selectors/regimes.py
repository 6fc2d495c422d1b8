"""Tax regimes for a set of answers: which fit, which answers decided. Never a tax due."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from digna.pathways.forms import Questions, said
from digna.pathways.selectors.library import shelf, spoken
from digna_engines.pathways import Fit, fitting
from digna_engines.pathways.conditions import leaves


@dataclass(frozen=True, slots=True)
class RegimeFace:
    """A regime as it is shown."""

    name: str
    word: str
    kind: str
    why: str
    band: str
    issues_invoice: bool
    can_export: bool
    law: tuple[str, ...]
    note: str
    is_low: bool


@dataclass(frozen=True, slots=True)
class RegimesPage:
    """The table of regimes and the questions that decide it."""

    form: Questions
    regimes: tuple[RegimeFace, ...]


def page(sent: Mapping[str, str], on: date) -> RegimesPage:
    """Return the regimes in force on a day for the answers in an address."""
    found, tongue = shelf(), spoken()
    asked = {leaf.field for one in found.regimes for leaf in leaves(one.when)}
    questions = [q for key, q in found.library.questions.items() if key in asked]
    form = Questions(questions, sent, tongue)
    fits = fitting(found.regimes, form.known(), on=on)
    asks = {key: said(q.asks, tongue) for key, q in found.library.questions.items()}
    return RegimesPage(form, tuple(face(fit, asks, tongue) for fit in fits))


def face(fit: Fit, asks: Mapping[str, str], tongue: str) -> RegimeFace:
    """Return a regime as it is shown."""
    regime = fit.regime
    words = {
        True: (_("puede corresponderle"), "good"),
        None: (_("falta una respuesta"), "warning"),
        False: (_("no le corresponde"), ""),
    }
    band = said(regime.below, tongue) if fit.is_below else ""
    if fit.category:
        band = _("Categoría %(n)s") % {"n": fit.category}
    decided = " ".join(asks[key] for key in fit.because)
    return RegimeFace(
        name=said(regime.name, tongue),
        word=words[fit.fits][0],
        kind=words[fit.fits][1],
        why=_("Lo decide: %(questions)s") % {"questions": decided} if decided else "",
        band=band,
        issues_invoice=regime.issues_invoice,
        can_export=regime.can_export,
        law=regime.law,
        note=said(regime.note, tongue),
        is_low=regime.certainty == "low",
    )
