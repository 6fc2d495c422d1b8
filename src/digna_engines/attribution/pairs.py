"""Firms measured before and after, with and without the programme."""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from digna_engines.errors import EngineError

Array = npt.NDArray[np.float64]


class Firm(NamedTuple):
    """One firm: its value before and after (``None`` not known), and whether it took part.

    ``cluster`` is what it shares with others that were chosen with it (a municipality, an
    intake): firms of one cluster are not independent.
    """

    before: float | None
    after: float | None
    is_treated: bool
    cluster: Hashable = None


@dataclass(frozen=True)
class Matched:
    """The firms with both values, as arrays of length n; ``dropped`` had one or none.

    ``clusters`` are numbers from 0, or ``None`` when no firm names one.
    """

    before: Array
    after: Array
    treated: npt.NDArray[np.bool_]
    clusters: npt.NDArray[np.int64] | None
    dropped: int

    @property
    def change(self) -> Array:
        """After less before."""
        return self.after - self.before

    @property
    def arms(self) -> tuple[int, int]:
        """How many took part and how many did not."""
        return int(self.treated.sum()), int((~self.treated).sum())


def matched(firms: Iterable[Firm]) -> Matched:
    """The firms measured twice; a change is never taken from a firm with one value.

    Errors: ``attribution.clusters`` when some firms name a cluster and others do not.

    >>> matched([Firm(1, 2, True), Firm(None, 3, True), Firm(0, 0, False)]).dropped
    1
    """
    rows = list(firms)
    whole = [one for one in rows if one.before is not None and one.after is not None]
    named = [one.cluster is not None for one in whole]
    if any(named) and not all(named):
        raise EngineError(
            "attribution.clusters",
            f"{named.count(False)} empresas no dicen su conglomerado y las demás sí: complételo o "
            "quítelo a todas.",
            f"{named.count(False)} firms do not say their cluster and the others do: complete it "
            "or remove it from all.",
        )
    return Matched(
        np.array([one.before for one in whole], dtype=float),
        np.array([one.after for one in whole], dtype=float),
        np.array([one.is_treated for one in whole], dtype=bool),
        numbered([one.cluster for one in whole]) if any(named) else None,
        len(rows) - len(whole),
    )


def winsorised(firms: Iterable[Firm], *, share: float) -> list[Firm]:
    """The same firms with values beyond the outer ``share`` on each side drawn in to its edge.

    Formula: before and after each by their own quantiles, share and 1 - share, of all firms
    together, so that both arms meet the same edges.
    Symbols: ``share`` 0 to below 0.5, for each side; 0 changes nothing. Missing stays missing.
    Source: Tukey (1962). An estimate from drawn-in values must say so, and with which share.
    Error: ``attribution.winsorised`` for a share outside its range.

    >>> firms = [Firm(value, value, value > 5) for value in (1, 4, 5, 6, 9, 500)]
    >>> [one.after for one in winsorised(firms, share=0.2)]
    [4.0, 4.0, 5.0, 6.0, 9.0, 9.0]
    """
    if not 0 <= share < 0.5:
        raise EngineError(
            "attribution.winsorised",
            f"La parte que se recorta de cada lado va de 0 a menos de 0,5; se pidió {share}.",
            f"The part drawn in on each side goes from 0 to below 0.5; {share} was asked for.",
        )
    rows = list(firms)
    before = _drawn_in([one.before for one in rows], share)
    after = _drawn_in([one.after for one in rows], share)
    return [
        one._replace(before=first, after=last)
        for one, first, last in zip(rows, before, after, strict=True)
    ]


def _drawn_in(values: list[float | None], share: float) -> list[float | None]:
    known = [value for value in values if value is not None]
    if not known:
        return values
    low, high = np.quantile(known, [share, 1 - share])
    return [None if value is None else float(min(max(value, low), high)) for value in values]


def numbered(labels: Iterable[Hashable]) -> npt.NDArray[np.int64]:
    """Labels as numbers from 0, in the order of their first appearance.

    >>> numbered(["b", "a", "b"]).tolist()
    [0, 1, 0]
    """
    places: dict[Hashable, int] = {}
    return np.array([places.setdefault(label, len(places)) for label in labels], dtype=np.int64)


def require_arms(found: Matched, least: int = 2) -> None:
    """Error ``attribution.too_few`` when an arm has fewer than ``least`` firms measured twice."""
    treated, control = found.arms
    if min(treated, control) < least:
        raise EngineError(
            "attribution.too_few",
            f"Hay {treated} empresas del programa y {control} de comparación con ambos datos: "
            f"hacen falta al menos {least} de cada lado.",
            f"There are {treated} firms of the programme and {control} for comparison with both "
            f"values: at least {least} of each are needed.",
            treated=treated,
            control=control,
        )
