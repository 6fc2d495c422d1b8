"""What the data of a programme say of each control point: a verdict with its n, and why. Pure.

A check never guesses: where the records cannot tell, it says so, and a person may answer instead.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from digna_engines.standards import graded
from digna_engines.standards.scoring import Verdict


@dataclass(frozen=True, slots=True)
class Facts:
    """What is counted of a programme for the self-check; each pair is so many of so many."""

    chains: int = 0
    whole_chains: int = 0
    chains_with_study: int = 0
    chains_reviewed: int = 0
    chains_ever_reviewed: int = 0
    reviewers: int = 0
    chains_with_gender: int = 0
    chains_with_displacement: int = 0
    arrows: int = 0
    arrows_with_evidence: int = 0
    arrows_strong: int = 0
    boxes: int = 0
    boxes_with_indicator: int = 0
    boxes_with_evidence: int = 0
    behaviour_boxes: int = 0
    behaviour_measured: int = 0
    indicators: int = 0
    with_target: int = 0
    with_baseline: int = 0
    baseline_before: int = 0
    impact_indicators: int = 0
    impact_addable: int = 0
    impact_unique: int = 0
    compared: int = 0
    of_people: int = 0
    by_sex: int = 0
    headlines: int = 0
    cohorts: int = 0
    cohorts_answered: int = 0
    years: int = 0
    years_with_cost: int = 0
    activities: int = 0
    activities_with_line: int = 0
    years_frozen: int = 0
    other_payers: int = 0
    iati_files: int = 0
    is_public: bool = False
    findings: int = 0
    findings_decided: int = 0
    has_lead: bool = False
    has_mel: bool = False
    has_figures: bool = False
    is_fresh: bool = False


@dataclass(frozen=True, slots=True)
class Evidence:
    """A verdict from data and the sentence that shows it."""

    verdict: Verdict
    sentence: str


Check = Callable[[Facts], Evidence]


def _of(part: int, whole: int, sentence: str, nothing: str) -> Evidence:
    """Grade a share; of nobody, say what is missing."""
    if whole == 0:
        return Evidence("cannot_tell", nothing)
    return Evidence(graded(part, whole), sentence % {"part": part, "whole": whole})


def _chain_detailed(f: Facts) -> Evidence:
    if f.chains == 0:
        return Evidence("no", _("No hay ninguna cadena de resultados."))
    said = _("%(part)s de %(whole)s cadenas van de la actividad al impacto sin cortes ni vueltas.")
    return _of(f.whole_chains, f.chains, said, "")


def _chain_researched(f: Facts) -> Evidence:
    said = _("%(part)s de %(whole)s flechas tienen evidencia.")
    found = _of(f.arrows_with_evidence, f.arrows, said, _no_chain())
    if found.verdict == "no" and f.chains_with_study:
        return Evidence("partly", found.sentence + " " + _("Hay cadenas unidas a un estudio."))
    return found


def _chain_known(f: Facts) -> Evidence:
    if f.reviewers == 0:
        return Evidence(
            "cannot_tell", _("Nadie anotó todavía una revisión con quiénes estuvieron.")
        )
    told = _(
        "Personas que anotaron revisiones: %(n)s. Si el equipo y los socios las usan, dígalo usted."
    )
    verdict: Verdict = "partly" if f.reviewers > 1 else "cannot_tell"
    return Evidence(verdict, told % {"n": f.reviewers})


def _chain_reviewed(f: Facts) -> Evidence:
    said = _("%(part)s de %(whole)s cadenas se revisaron dentro de su plazo.")
    found = _of(f.chains_reviewed, f.chains, said, _no_chain())
    if found.verdict == "no" and f.chains_ever_reviewed:
        return Evidence("partly", found.sentence + " " + _("Alguna se revisó antes."))
    return found


def _chain_gender(f: Facts) -> Evidence:
    said = _("%(part)s de %(whole)s cadenas dicen qué cambia para mujeres y hombres.")
    return _of(f.chains_with_gender, f.chains, said, _no_chain())


def _chain_displacement(f: Facts) -> Evidence:
    said = _("%(part)s de %(whole)s cadenas dicen a quién podrían perjudicar.")
    return _of(f.chains_with_displacement, f.chains, said, _no_chain())


def _coverage(f: Facts) -> Evidence:
    said = _("%(part)s de %(whole)s casillas tienen indicador.")
    return _of(f.boxes_with_indicator, f.boxes, said, _no_chain())


def _qualitative(f: Facts) -> Evidence:
    said = _("%(part)s de %(whole)s casillas tienen anotado qué se vio, además de números.")
    return _of(f.boxes_with_evidence, f.boxes, said, _no_chain())


def _impact_addable(f: Facts) -> Evidence:
    said = _("%(part)s de %(whole)s indicadores de impacto se calculan y se pueden sumar.")
    nothing = _("Ninguna casilla de impacto tiene indicador.")
    return _of(f.impact_addable, f.impact_indicators, said, nothing)


def _sustainability(f: Facts) -> Evidence:
    said = _("%(part)s de %(whole)s casillas de cambio en actores del mercado tienen indicador.")
    nothing = _("Ninguna cadena dice qué harán distinto los actores del mercado.")
    found = _of(f.behaviour_measured, f.behaviour_boxes, said, nothing)
    return Evidence("partly", found.sentence) if found.verdict == "yes" else found


def _projections(f: Facts) -> Evidence:
    said = _("%(part)s de %(whole)s indicadores de las cadenas tienen meta con fecha.")
    return _of(f.with_target, f.indicators, said, _no_indicator())


def _baseline(f: Facts) -> Evidence:
    said = _("%(part)s de %(whole)s indicadores de las cadenas tienen línea de base.")
    found = _of(f.with_baseline, f.indicators, said, _no_indicator())
    before = _("Anteriores al inicio o de ese año: %(n)s.") % {"n": f.baseline_before}
    if found.verdict == "yes" and f.baseline_before < f.with_baseline:
        return Evidence("partly", f"{found.sentence} {before}")
    return Evidence(
        found.verdict, f"{found.sentence} {before}" if f.with_baseline else found.sentence
    )


def _response(f: Facts) -> Evidence:
    said = _("En %(part)s de %(whole)s cifras se conoce al menos a 7 de cada 10 del grupo.")
    nothing = _("Ninguna cifra dice todavía de cuántos se esperaba el dato.")
    return _of(f.cohorts_answered, f.cohorts, said, nothing)


def _triangulated(f: Facts) -> Evidence:
    said = _("%(part)s de %(whole)s flechas tienen evidencia media o fuerte.")
    return _of(f.arrows_strong, f.arrows, said, _no_chain())


def _attribution(f: Facts) -> Evidence:
    if f.compared:
        told = _("Estudios de contribución que comparan con un grupo que no participó: %(n)s.")
        return Evidence("yes", told % {"n": f.compared})
    told = _("Ningún estudio de contribución compara con otro grupo. Si hubo otro método, dígalo.")
    return Evidence("cannot_tell", told)


def _by_sex(f: Facts) -> Evidence:
    said = _("%(part)s de %(whole)s indicadores que cuentan personas se desglosan por sexo.")
    return _of(f.by_sex, f.of_people, said, _("Ningún indicador cuenta personas."))


def _systemic(f: Facts) -> Evidence:
    told = _(
        "Los registros no dicen si otros copiaron o entraron al mercado. Anótelo en un estudio y "
        "respóndalo usted."
    )
    return Evidence("cannot_tell", told)


def _costs_yearly(f: Facts) -> Evidence:
    said = _("%(part)s de %(whole)s años del programa tienen costos gastados anotados.")
    return _of(f.years_with_cost, f.years, said, _("El programa todavía no empezó."))


def _no_overlap(f: Facts) -> Evidence:
    said = _("%(part)s de %(whole)s indicadores de impacto cuentan a cada quien una sola vez.")
    nothing = _("Ninguna casilla de impacto tiene indicador.")
    return _of(f.impact_unique, f.impact_indicators, said, nothing)


def _costs_by_component(f: Facts) -> Evidence:
    said = _("%(part)s de %(whole)s actividades tienen línea de presupuesto y monto.")
    return _of(f.activities_with_line, f.activities, said, _("El programa no tiene actividades."))


def _reported_yearly(f: Facts) -> Evidence:
    said = _("%(part)s de %(whole)s años del programa tienen un período congelado.")
    return _of(f.years_frozen, f.years, said, _("El programa todavía no empezó."))


def _others(f: Facts) -> Evidence:
    if f.other_payers:
        told = _("Otras fuentes de dinero que constan: %(n)s. Si el informe lo reconoce, dígalo.")
        return Evidence("partly", told % {"n": f.other_payers})
    return Evidence("cannot_tell", _("No consta quién más contribuyó."))


def _published(f: Facts) -> Evidence:
    if f.is_public and f.iati_files:
        return Evidence("yes", _("Está en el portal público y publicó su archivo IATI."))
    if f.is_public:
        return Evidence("partly", _("Está en el portal público, sin archivo IATI publicado."))
    return Evidence("no", _("Sus resultados no son públicos."))


def _managed(f: Facts) -> Evidence:
    said = _("Se decidió sobre %(part)s de %(whole)s hallazgos de los estudios.")
    found = _of(f.findings_decided, f.findings, said, "")
    reviews = _("Cadenas con alguna revisión anotada: %(n)s.")
    told = f"{found.sentence} {reviews % {'n': f.chains_ever_reviewed}}".strip()
    if f.findings_decided and f.chains_ever_reviewed:
        return Evidence("yes", told)
    some = f.findings_decided or f.chains_ever_reviewed
    return Evidence("partly" if some else "cannot_tell", told)


def _people(f: Facts) -> Evidence:
    if f.has_lead and f.has_mel:
        return Evidence("yes", _("Hay responsable del programa y de seguimiento y evaluación."))
    if f.has_lead or f.has_mel:
        return Evidence("partly", _("Falta quien responda por el programa o por el seguimiento."))
    return Evidence("no", _("Nadie tiene el rol de responsable ni el de seguimiento."))


def _integrated(f: Facts) -> Evidence:
    if not f.has_figures:
        return Evidence("no", _("Todavía no se calculó ninguna cifra."))
    if f.is_fresh:
        return Evidence("yes", _("Las cifras han visto todos los registros de hoy."))
    return Evidence("partly", _("Hay registros que las cifras todavía no han visto."))


def _no_chain() -> str:
    return _("No hay ninguna cadena de resultados.")


def _no_indicator() -> str:
    return _("Las cadenas todavía no tienen indicadores.")


CHECKS: dict[str, tuple[Check, str]] = {
    "chain_detailed": (_chain_detailed, "chains"),
    "chain_researched": (_chain_researched, "chains"),
    "chain_known": (_chain_known, "chains"),
    "chain_reviewed": (_chain_reviewed, "chains"),
    "chain_gender": (_chain_gender, "chains"),
    "chain_displacement": (_chain_displacement, "chains"),
    "indicator_coverage": (_coverage, "chains"),
    "qualitative": (_qualitative, "chains"),
    "impact_addable": (_impact_addable, "programme"),
    "sustainability": (_sustainability, "chains"),
    "projections": (_projections, "programme"),
    "baseline": (_baseline, "programme"),
    "response": (_response, "programme"),
    "triangulated": (_triangulated, "chains"),
    "attribution": (_attribution, "effects"),
    "by_sex": (_by_sex, "programme"),
    "systemic": (_systemic, "chains"),
    "costs_yearly": (_costs_yearly, "costs"),
    "no_overlap": (_no_overlap, "programme"),
    "costs_by_component": (_costs_by_component, "activities"),
    "reported_yearly": (_reported_yearly, "periods"),
    "others": (_others, "costs"),
    "published": (_published, "iati"),
    "managed": (_managed, "studies"),
    "people": (_people, "activities"),
    "integrated": (_integrated, "programme"),
}
"""Each automatic check by its name in the kit, and the page where its numbers come from."""
