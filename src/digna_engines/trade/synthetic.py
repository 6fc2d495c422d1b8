"""An invented world of trade, for the demonstration and for tests, marked as invented throughout.

Flows follow gravity: what a country sells of a product, times what another buys, over the distance
between them, with noise. The files are laid out as BACI's, so that taking them in is the same
import as that of a real release; a file beside them says that nothing in them is true.
"""

import io
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from digna_engines.trade.distances import great_circle
from digna_engines.trade.reading.baci import MARK
from digna_engines.trade.synthetic_facts import GOODS, LANDS, TARGETS, Good
from digna_engines.trade.tables import Array

RELEASE = "202601"
YEARS = (2019, 2020, 2021, 2022, 2023, 2024)
SEED = 2021
ADVANTAGE = 150.0
"""How much more the first seller of a product sells than its size would make one expect; the next
ones a part of it."""
LEAST, LEAST_OWN = 0.1, 0.002
"""Million dollars below which a flow is not there, for others and for Bolivia, whose small markets
are what the demonstration is about."""
WITHOUT_WEIGHT = 0.033
"""Share of flows without a quantity, as in a real release."""
NOTE = "Mundo inventado: ninguna cifra es real.\nInvented world: no figure is real.\n"


def write_world(path: str | Path, *, seed: int = SEED, years: Sequence[int] = YEARS) -> Path:
    """Write the invented world as a zip laid out like BACI's.

    Symbols: ``seed`` of the noise; the same seed and years give the same bytes.
    """
    target = Path(path)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in files(seed=seed, years=years):
            # a date of its own would make each day's zip another release
            file.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), text)
    return target


def files(*, seed: int = SEED, years: Sequence[int] = YEARS) -> Iterator[tuple[str, str]]:
    """The members of the zip: name and text.

    >>> [name for name, _ in files(years=[2024])][-1]
    'BACI_HS17_Y2024_V202601.csv'
    """
    yield MARK, NOTE
    header = "country_code,country_name,country_iso2,country_iso3\n"
    rows = (f'{one.code},"{one.name}",{one.iso2},{one.iso3}\n' for one in LANDS)
    yield f"country_codes_V{RELEASE}.csv", header + "".join(rows)
    rows = (f'{one.code},"{one.name}"\n' for one in GOODS)
    yield f"product_codes_HS17_V{RELEASE}.csv", "code,description\n" + "".join(rows)
    chance = np.random.default_rng(seed)
    base = [_usual(good, chance) for good in GOODS]
    for year in years:
        yield f"BACI_HS17_Y{year}_V{RELEASE}.csv", _year(year, max(years), base, chance)


def _usual(good: Good, chance: np.random.Generator) -> Array:
    """Million dollars from each country to each, in the last year and without its noise."""
    n = len(LANDS)
    size = np.array([land.income for land in LANDS])
    sellers = good.sellers.split()
    better = np.array(
        [ADVANTAGE / (1 + sellers.index(land.iso3)) if land.iso3 in sellers else 1.0
         for land in LANDS]
    )  # fmt: skip
    sells = size**0.3 * better * np.exp(chance.normal(0, 0.6, n))
    buys = size**0.9 * np.exp(chance.normal(0, 0.4, n))
    pull = sells[:, None] * buys[None, :] / _distances() ** 0.8
    pull *= np.exp(chance.normal(0, 0.7, (n, n)))
    np.fill_diagonal(pull, 0)
    flows: Array = pull / pull.sum() * good.world
    flows[flows < LEAST] = 0
    own = next(at for at, land in enumerate(LANDS) if land.iso3 == "BOL")
    flows[own] = pull[own] / pull[own].sum() * TARGETS.get(good.code, 0.0)
    flows[own, flows[own] < LEAST_OWN] = 0
    return flows


def _distances() -> Array:
    places = [(land.lat, land.lon) for land in LANDS]
    return np.array([[max(great_circle(a, b), 300.0) for b in places] for a in places])


def _year(year: int, last: int, base: Sequence[Array], chance: np.random.Generator) -> str:
    out = io.StringIO()
    out.write("t,i,j,k,v,q\n")
    rows: list[tuple[int, int, str, float, float]] = []
    for good, usual in zip(GOODS, base, strict=True):
        shape = usual.shape
        cycle = np.exp(chance.normal(0, 0.06))
        value = usual * cycle * (1 + good.growth) ** (year - last)
        value = value * np.exp(chance.normal(0, 0.18, shape)) * 1000
        price = good.price * (1 + good.growth / 2) ** (year - last)
        tons = value / price * np.exp(chance.normal(0, 0.12, shape))
        tons[chance.random(shape) < WITHOUT_WEIGHT] = np.nan
        for i, j in zip(*np.nonzero(usual), strict=True):
            rows.append((LANDS[i].code, LANDS[j].code, good.code, value[i, j], tons[i, j]))
    for i, j, k, v, q in sorted(rows, key=lambda row: row[:3]):
        weight = "NA" if np.isnan(q) else f"{q:.3f}"
        out.write(f"{year},{i},{j},{k},{max(v, 0.001):.3f},{weight:>13}\n")
    return out.getvalue()
