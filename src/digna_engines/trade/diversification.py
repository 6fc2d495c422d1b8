"""Products an exporter does not yet sell with advantage, ranked for each market.

Source: ITC's product diversification indicator (Decreux and Spies 2016): the demand and the ease of
the export potential, with the supply replaced by how near a product lies to what the exporter sells
well (its density in the product space). The result is a rank in a market, never an amount.
"""

from dataclasses import dataclass, field

import numpy as np

from digna_engines.trade.potential import ExportPotential, position
from digna_engines.trade.product_space import Presence, complexity
from digna_engines.trade.tables import VERSION, Array, Exports, frozen


@dataclass(frozen=True, slots=True)
class Option:
    """A product for one market: its ``rank`` among ``of``, its nearness to the basket, its RCA."""

    product: str
    rank: int
    of: int
    density: float
    rca: float


@dataclass(frozen=True, eq=False)
class Diversification:
    """Densities and corrected advantages, exporters × products; ranks are worked out when asked."""

    density: Array
    rca: Array
    potential: ExportPotential = field(repr=False)
    method: str
    version: str = VERSION

    def options(self, exporter: str, market: str, count: int | None = None) -> tuple[Option, ...]:
        """Products for one market, best first; ties in the order of codes.

        Formula: order of density_ik · demand_jk (· nearness · tariff term) over the products with
        RCA < 1 that the market buys; the ease of the pair is the same for all of them. Empty where
        the exporter has never sold to the market: there is no ease to go by.
        Errors: ``trade.unknown``.
        """
        made = self.potential
        i = position(made.countries, exporter, "country")
        j = position(made.countries, market, "country")
        worth = np.nan_to_num(self.density[i]) * made.ease[i, j] * made.demand_at(i, j)
        # a share of nothing sold is no advantage: it counts as below 1
        worth = np.where(np.nan_to_num(self.rca[i]) >= 1, 0.0, worth)
        order = [int(k) for k in np.argsort(-worth, kind="stable") if worth[k] > 0]
        return tuple(
            Option(
                made.products[k], rank, len(order), float(self.density[i, k]),
                float(np.nan_to_num(self.rca[i, k])),
            )
            for rank, k in enumerate(order[:count], 1)
        )  # fmt: skip


def diversification(potential: ExportPotential, *, m: Presence = "binary") -> Diversification:
    """The diversification of a prepared export potential.

    Exports are corrected as its supply is: x_ik · min(1, x_ik/m_ik), so that what only passes
    through a country is no advantage of it; then RCA, proximity and density as in ``complexity``.
    Choice: ``m`` continuous counts every product by RCA/(1+RCA) in the density.
    """
    flows = potential.flows
    sold = np.zeros((len(flows.countries), len(flows.products)))
    np.add.at(sold, (flows.i, flows.k), flows.v)
    bought = np.zeros_like(sold)
    np.add.at(bought, (flows.j, flows.k), flows.v)
    with np.errstate(divide="ignore", invalid="ignore"):
        own = np.where(bought > 0, np.minimum(1, sold / bought), 1.0)
    found = complexity(Exports(flows.countries, flows.products, frozen(sold * own)), m=m)
    return Diversification(found.density, found.rca, potential, f"density, M {m}")
