"""How far the people agree: each one's own first, concordance, and spread within cells."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from digna_engines.decisions import Result, consensus, kendall_w, krippendorff_alpha, r_wg

Array = npt.NDArray[np.float64]
LOW, HIGH = 1, 5


def people(votes: Array, weights: Mapping[str, Any], result: Result) -> dict[str, Any]:
    """Return W, alpha, and how many put the group's first in first place by their own numbers."""
    shares = np.array(weights["shares"])
    totals = np.array([one @ shares for one in votes]).reshape(-1, len(result.ranking))
    w = concordance(totals)
    firsts = [_own_first(one, own, shares) for one, own in zip(
        votes, weights["by_person"] or [None] * len(votes), strict=True)]  # fmt: skip
    leader = np.flatnonzero(result.ranking == 1).tolist()
    known = [first for first in firsts if first is not None]
    alpha = (
        krippendorff_alpha(votes.reshape(len(votes), -1), level="ordinal") if len(votes) else None
    )
    return {
        **w,
        "alpha": None if alpha is None else round(alpha, 4),
        "own_first": firsts,
        "own_first_known": len(known),
        "own_first_agree": sum(bool(set(first) & set(leader)) for first in known),
    }


def _own_first(scores: Array, own: Sequence[float] | None, group: Array) -> list[int] | None:
    """Whom one person's scores put first, by their own weights where they gave them."""
    totals = scores @ (np.array(own) if own is not None else group)
    known = ~np.isnan(totals)
    if not known.any():
        return None
    best = np.nanmax(totals)
    return [int(i) for i in np.flatnonzero(known & (totals >= best - 1e-9))]


def concordance(totals: Array) -> dict[str, Any]:
    """Kendall's W among those who scored whole sectors, over the sectors most of them scored.

    One sector without evidence would leave nobody: it is left out, and both counts are told.
    """
    if not len(totals):
        return {"w": None, "w_people": 0, "w_sectors": 0}
    kept = (~np.isnan(totals)).mean(axis=0) >= 0.5
    found = kendall_w(totals[:, kept]) if kept.sum() > 1 else None
    w = None if found is None or found.w is None else round(found.w, 4)
    return {
        "w": w,
        "w_people": found.judges if found else 0,
        "w_sectors": found.items if found else 0,
    }


def spread(given: Sequence[float]) -> dict[str, float | None]:
    """Median, quartiles, Cns and r_wg of one cell's votes; None where there are too few."""
    if not given:
        return {"median": None, "low": None, "high": None, "cns": None, "r_wg": None}
    low, middle, high = np.percentile(given, [25, 50, 75])
    agreed = consensus(given, low=LOW, high=HIGH) if len(given) > 1 else None
    beyond = r_wg(given, options=HIGH)
    return {
        "median": float(middle),
        "low": float(low),
        "high": float(high),
        "cns": None if agreed is None else round(agreed, 4),
        "r_wg": None if beyond is None else round(beyond, 4),
    }
