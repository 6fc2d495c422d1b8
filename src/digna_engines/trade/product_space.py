"""Economic complexity and the product space, by the symmetric form of the eigenproblem.

Sources: Hidalgo and Hausmann (2009); Hausmann et al. (2014), The Atlas of Economic Complexity. The
matrix D⁻¹ M U⁻¹ Mᵀ is similar to the symmetric S = B Bᵀ with B = D^(-1/2) M U^(-1/2): exporters ×
exporters, so the second eigenvector costs what the few exporters cost, not the many products.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from digna_engines.trade.specialisation import rca
from digna_engines.trade.tables import VERSION, Array, Exports, exports_of, frozen

Presence = Literal["binary", "continuous"]
CONNECTED = 1 - 1e-9
"""A second eigenvalue above this: the countries fall into groups that share no product."""


FLAT = 1e-12
"""A deviation below this: every country is the same."""
NOTHING_TO_ORDER = (
    "No hay dos países o productos distintos con ventaja: no hay complejidad que calcular.",
    "There are no two different exporters or products with an advantage: there is no complexity.",
)
SEPARATE = (
    "Hay grupos de países que no comparten ningún producto: la complejidad no los ordena.",
    "There are groups of countries that share no product: complexity does not order them.",
)


@dataclass(frozen=True, eq=False)
class Complexity:
    """Complexity of exporters and products, and how near products are to each other.

    Symbols: ``rca`` advantage; ``m`` presence, exporters × products; ``diversity`` D_i = Σ_k m,
    ``ubiquity`` U_k = Σ_i m; ``eci``, ``pci`` standardised with the mean and deviation of ``eci``,
    so that a country's ECI is the mean PCI of its basket; ``proximity`` φ, products × products;
    ``density`` exporters × products, ``distance`` is 1 - density. ``nan`` where an exporter has no
    product or a product no exporter. Levels of ECI of different years cannot be compared: compare
    ranks.
    """

    exporters: tuple[str, ...]
    products: tuple[str, ...]
    rca: Array
    m: Array
    diversity: Array
    ubiquity: Array
    eci: Array
    pci: Array
    proximity: Array
    density: Array
    method: str
    warnings: tuple[tuple[str, str], ...] = ()
    version: str = VERSION

    @cached_property
    def coi(self) -> Array:
        """Outlook of each exporter: worth of the products it lacks, by how near they are."""
        return frozen((np.nan_to_num(self.density) * (1 - self.m)) @ np.nan_to_num(self.pci))

    @cached_property
    def cog(self) -> Array:
        """Outlook gain of each cell, worked out when first asked: as much work as the density."""
        lacking, weight = 1 - self.m, self.proximity.sum(axis=0)
        with np.errstate(divide="ignore", invalid="ignore"):
            each = np.where(weight > 0, np.nan_to_num(self.pci) / weight, 0.0)
        return frozen(lacking * ((lacking * each) @ self.proximity))


def complexity(
    exports: Exports | Any,
    *,
    year: int | None = None,
    m: Presence = "binary",
    ddof: int = 0,
    threshold: float = 1.0,
) -> Complexity:
    """ECI, PCI, proximity, density, outlook and outlook gain of one table of exports.

    Formulas: M = [RCA ≥ threshold], or RCA/(1+RCA) when continuous; φ_kl = (MᵀM)_kl over the
    greater of U_k and U_l; density = Σ_l M_il φ_kl / Σ_l φ_kl; COI = Σ_k density (1-M) PCI;
    COG_ik = (1-M_ik) Σ_l (1-M_il) φ_lk PCI_l / Σ_m φ_lm.
    Choices: ``ddof`` of the deviation (0 as py-ecomplexity, 1 as R's economiccomplexity); the sign
    of ECI is that of its correlation with diversity.
    Symbols: ``exports`` are ``Exports``, a store (with ``year``) or a long table.
    """
    exports = exports_of(exports, year)
    advantage = rca(exports)
    known = np.nan_to_num(advantage)
    presence = (known >= threshold).astype(float) if m == "binary" else known / (1 + known)
    diversity, ubiquity = presence.sum(axis=1), presence.sum(axis=0)
    rows, columns = diversity > 0, ubiquity > 0
    eci, pci, warnings = _eigen(presence, diversity, ubiquity, rows, columns, ddof)
    near = _proximity(presence, ubiquity)
    weight = near.sum(axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        density = presence @ near / weight
    return Complexity(
        exporters=exports.exporters,
        products=exports.products,
        rca=advantage,
        m=_sealed(presence),
        diversity=_sealed(diversity),
        ubiquity=_sealed(ubiquity),
        eci=_sealed(eci),
        pci=_sealed(pci),
        proximity=_sealed(near),
        density=_sealed(density),
        method=f"symmetric eigenvector, M {m}, ddof {ddof}",
        warnings=warnings,
    )


def _eigen(
    m: Array,
    diversity: Array,
    ubiquity: Array,
    rows: npt.NDArray[np.bool_],
    columns: npt.NDArray[np.bool_],
    ddof: int,
) -> tuple[Array, Array, tuple[tuple[str, str], ...]]:
    eci, pci = np.full(len(diversity), np.nan), np.full(len(ubiquity), np.nan)
    if rows.sum() < 2 or columns.sum() < 2:
        return eci, pci, (NOTHING_TO_ORDER,)
    own, d, u = m[np.ix_(rows, columns)], diversity[rows], ubiquity[columns]
    half = own / np.sqrt(d)[:, None] / np.sqrt(u)[None, :]
    values, vectors = np.linalg.eigh(half @ half.T)
    kc = vectors[:, -2] / np.sqrt(d)
    kp = own.T @ kc / u
    raw = own @ kp / d
    if (d - d.mean()) @ (raw - raw.mean()) < 0:
        raw, kp = -raw, -kp
    spread = raw.std(ddof=ddof)
    if spread < FLAT:
        return eci, pci, (NOTHING_TO_ORDER,)
    eci[rows], pci[columns] = (raw - raw.mean()) / spread, (kp - raw.mean()) / spread
    if values[-2] < CONNECTED:
        return eci, pci, ()
    return eci, pci, (SEPARATE,)


def _proximity(m: Array, ubiquity: Array) -> Array:
    """φ: counts are exact in single precision, which is half the work; the division is in double.

    Divided by the greater of the two: twice by each one's own would take two arrays of this size.
    """
    is_whole = np.array_equal(m, np.rint(m))
    single = m.astype(np.float32) if is_whole else m
    near: Array = (single.T @ single).astype(float)
    some = np.where(ubiquity > 0, ubiquity, 1.0)
    for at, own in enumerate(some):
        near[at] /= np.maximum(some, own)
    return near


def _sealed(values: Array) -> Array:
    """The array itself, closed: a copy of the product space would be hundreds of megabytes."""
    values.setflags(write=False)
    return values


def reflections(exports: Exports, rounds: int, *, ddof: int = 1) -> tuple[Array, Array]:
    """The method of reflections after some rounds: exporters (even rounds), products (odd).

    kc₀ = D, kp₀ = U; kc_n = D⁻¹ M kp_(n-1); kp_n = U⁻¹ Mᵀ kc_(n-1); standardised each with its own
    mean and deviation. It only approaches the eigenvector: it is not the ECI.

    Symbols: ``rounds`` for exporters, one more for products. Exporters without a product: ``nan``.
    """
    m = (np.nan_to_num(rca(exports)) >= 1).astype(float)
    d, u = m.sum(axis=1), m.sum(axis=0)
    countries, products = d, u
    kept = (countries, products)
    with np.errstate(divide="ignore", invalid="ignore"):
        for step in range(1, rounds + 2):
            countries, products = (
                m @ np.nan_to_num(products) / d,
                m.T @ np.nan_to_num(countries) / u,
            )
            kept = (countries if step == rounds else kept[0], products)
    return _standard(kept[0], ddof), _standard(kept[1], ddof)


def _standard(values: Array, ddof: int) -> Array:
    return frozen((values - np.nanmean(values)) / np.nanstd(values, ddof=ddof))
