"""The engine of attribution over the units of a study. The worker alone imports it: numpy."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from digna.results.effects import reading, table
from digna.results.effects.table import Moment, Unit
from digna.results.models import EffectStudy
from digna_engines.attribution import (
    Estimate,
    Firm,
    Observation,
    ancova,
    attrition,
    balance,
    before_after,
    difference_in_differences,
    permutation_test,
    staggered_effects,
    verdict,
    winsorised,
)
from digna_engines.values import Share

SEED = 20191
SMALL = 30
Design = EffectStudy.Design


@dataclass(frozen=True, slots=True)
class Came:
    """What came out of a study: the result as plain values, and the hash of what went in."""

    found: dict[str, Any]
    inputs_sha256: str
    engine: str


def estimate(study: EffectStudy) -> Came:
    """Read the units of a study and estimate; raises the engine's error where it cannot."""
    if study.design == Design.STAGGERED:
        return _staggered(study)
    units = _units(study)
    plain = [Firm(u.before, u.after, u.is_treated, u.cluster) for u in units]
    firms = winsorised(plain, share=float(study.winsorised_share))
    found = _designed(str(study.design), firms)
    compared = study.design != Design.BEFORE_AFTER
    result = {
        **_told(found, study),
        "means": _means(firms),
        "attrition": _lost(plain) if compared else None,
        "balance": _balanced(units) if compared else [],
        "permutation": _permuted(firms) if compared else None,
    }
    return Came(result, table.sealed(table.written(units)), _engine(found))


def _units(study: EffectStudy) -> list[Unit]:
    if study.origin == EffectStudy.Origin.UPLOAD:
        return table.units(study.rows)
    return reading.units(reading.Asked.of(study.asked), study.programme_id)


def _designed(design: str, firms: list[Firm]) -> Estimate:
    if design == Design.BEFORE_AFTER:
        return before_after(firms)
    return ancova(firms) if design == Design.ANCOVA else difference_in_differences(firms)


def _told(found: Estimate, study: EffectStudy) -> dict[str, Any]:
    said = verdict(found, unit_es=study.unit, unit_en=study.unit)
    kept = asdict(found)
    kept["notices"] = [{"es": n.message_es, "en": n.message_en} for n in found.notices]
    return {
        "estimate": kept,
        "is_impact": found.is_impact,
        "verdict": {"code": said.code, "es": said.message_es, "en": said.message_en},
    }


def _engine(found: Estimate) -> str:
    return f"attribution.{found.design} {found.version}"


def _means(firms: Sequence[Firm]) -> dict[str, list[float | None]]:
    """Return the mean before and after of each arm, over the firms measured twice."""
    whole = [one for one in firms if one.before is not None and one.after is not None]
    arms = {"treated": [o for o in whole if o.is_treated]}
    arms["control"] = [o for o in whole if not o.is_treated]
    return {
        name: [_mean([o.before for o in arm]), _mean([o.after for o in arm])]
        for name, arm in arms.items()
    }


def _mean(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return float(np.mean(known)) if known else None


def _lost(firms: Sequence[Firm]) -> dict[str, Any]:
    found = attrition(firms)
    return {
        "treated": _share(found.treated),
        "control": _share(found.control),
        "difference": found.difference,
        "p": found.p,
    }


def _share(share: Share) -> list[int]:
    return [int(share.numerator), int(share.denominator)]


def _balanced(units: Sequence[Unit]) -> list[dict[str, Any]]:
    treated = [one.is_treated for one in units]
    names = {name for one in units for name in one.traits}
    characteristics = {"before": [one.before for one in units]}
    characteristics |= {name: [one.traits.get(name) for one in units] for name in sorted(names)}
    if not any(treated) or all(treated):
        return []
    return [{**asdict(row), "is_large": row.is_large} for row in balance(characteristics, treated)]


def _permuted(firms: Sequence[Firm]) -> dict[str, Any] | None:
    """Return the permutation p where an arm is small; large ones do not need it."""
    whole = [one for one in firms if one.before is not None and one.after is not None]
    treated = sum(one.is_treated for one in whole)
    if not 0 < min(treated, len(whole) - treated) < SMALL or any(o.cluster for o in whole):
        return None
    found = permutation_test(whole, seed=SEED)
    return {"p": found.p, "draws": found.draws, "exact": found.exact}


def _staggered(study: EffectStudy) -> Came:
    moments = _moments(study)
    rows = [Observation(m.unit, m.period, m.value, m.entered, m.cluster) for m in moments]
    found = staggered_effects(rows)
    cells: list[Mapping[str, Any]] = [asdict(cell) for cell in found.cells]
    exposure = [
        {"periods": at, "value": one.value, "low": one.low, "high": one.high}
        for at, one in sorted(found.by_exposure.items())
    ]
    result = {
        **_told(found.estimate, study),
        "cells": cells,
        "exposure": exposure,
        "means": None,
        "attrition": None,
        "balance": [],
        "permutation": None,
    }
    return Came(result, table.sealed(table.written(moments)), _engine(found.estimate))


def _moments(study: EffectStudy) -> list[Moment]:
    if study.origin == EffectStudy.Origin.UPLOAD:
        return table.moments(study.rows)
    return reading.moments(reading.Asked.of(study.asked), study.programme_id)
