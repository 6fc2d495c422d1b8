"""An estimate in plain words, as careful as the estimate allows."""

import math
from dataclasses import dataclass
from typing import Literal

from digna_engines.attribution.estimates import LEAST_PER_ARM, Estimate

Code = Literal["too_few", "no_error", "change_only", "not_distinguishable", "increase", "decrease"]


@dataclass(frozen=True)
class Verdict:
    """What may be said: a stable code and a sentence in each language."""

    code: Code
    message_es: str
    message_en: str


def verdict(estimate: Estimate, *, unit_es: str = "", unit_en: str = "") -> Verdict:
    r"""The sentence that goes beside, or in place of, an estimate.

    Formula
        first rule that applies: fewer than 10 firms in an arm, and no figure is told as impact; no
        error, none either; no comparison, a change and not an impact; the interval holds 0, «not
        distinguishable from zero»; else an increase or a decrease.
    Symbols
        ``unit_es`` and ``unit_en`` go behind the figures («Bs por mes», “Bs a month”).
    Source
        DCED Standard VIII (2017), 3: convince a reasonable but sceptical observer.

    >>> from digna_engines.attribution.estimates import Estimate
    >>> found = Estimate(-0.7394, 0.6827, -2.1093, 0.6306, 0.2838, 52, 0.95, 19, 35, "x")
    >>> print(verdict(found).message_es.replace("; IC", ";\nIC"))
    No distinguible de cero: −0,739; n = 19 del programa y 35 de comparación;
    IC 95 % de −2,11 a 0,631.
    """
    if estimate.has_comparison and not estimate.is_impact:
        return Verdict(
            "too_few",
            f"No se informa como impacto: {_arms_es(estimate)}; hacen falta al menos "
            f"{LEAST_PER_ARM} de cada lado.",
            f"Not told as impact: {_arms_en(estimate)}; at least {LEAST_PER_ARM} on each side are "
            "needed.",
        )
    if estimate.low is None or estimate.high is None:
        return Verdict(
            "no_error",
            f"No se informa: no hay con qué calcular el error; {_arms_es(estimate)}.",
            f"Not told: there is nothing to compute its error from; {_arms_en(estimate)}.",
        )
    told_es, told_en = _told(estimate, estimate.low, estimate.high, unit_es, unit_en)
    if not estimate.has_comparison:
        return Verdict(
            "change_only",
            f"Cambio observado, sin comparación (no es impacto): {told_es}",
            f"Change observed, without comparison (not an impact): {told_en}",
        )
    return _with_comparison(estimate, told_es, told_en)


def _with_comparison(estimate: Estimate, told_es: str, told_en: str) -> Verdict:
    assert estimate.low is not None  # noqa: S101  (the only caller has just asked)
    assert estimate.high is not None  # noqa: S101
    if estimate.low <= 0 <= estimate.high:
        return Verdict(
            "not_distinguishable",
            f"No distinguible de cero: {told_es}",
            f"Not distinguishable from zero: {told_en}",
        )
    if estimate.value > 0:
        return Verdict(
            "increase", f"Más que la comparación: {told_es}", f"More than comparison: {told_en}"
        )
    return Verdict(
        "decrease", f"Menos que la comparación: {told_es}", f"Less than comparison: {told_en}"
    )


def _told(
    estimate: Estimate, low: float, high: float, unit_es: str, unit_en: str
) -> tuple[str, str]:
    level = f"{100 * estimate.confidence:g}"
    after_es, after_en = (f" {unit}" if unit else "" for unit in (unit_es, unit_en))
    return (
        f"{_es(estimate.value)}{after_es}; {_arms_es(estimate)}; "
        f"IC {level.replace('.', ',')} % de {_es(low)} a {_es(high)}.",
        f"{_en(estimate.value)}{after_en}; {_arms_en(estimate)}; "
        f"{level}% CI {_en(low)} to {_en(high)}.",
    )


def _arms_es(estimate: Estimate) -> str:
    if estimate.n_control is None:
        return f"n = {estimate.n_treated} del programa"
    return f"n = {estimate.n_treated} del programa y {estimate.n_control} de comparación"


def _arms_en(estimate: Estimate) -> str:
    if estimate.n_control is None:
        return f"n = {estimate.n_treated} of the programme"
    return f"n = {estimate.n_treated} of the programme and {estimate.n_control} for comparison"


def _en(number: float) -> str:
    """Three significant figures, thousands apart, and a true minus."""
    if number == 0 or not math.isfinite(number):
        return f"{number:g}"
    decimals = max(0, 2 - math.floor(math.log10(abs(number))))
    return f"{number:,.{decimals}f}".replace("-", "−")


def _es(number: float) -> str:
    return _en(number).translate(str.maketrans(",.", ".,"))
