"""A synthetic year of world trade in BACI's own layout, of any size, for timing against.

Run: ``python benchmarks/world.py FOLDER [--products 5000] [--countries 226] [--density 0.03]``.
Countries and products of a log-normal size, four latent traits for comparative advantage, gravity
over a square, log-normal tails; 3.3 % of quantities missing; rows in BACI's order (i, j, k), values
with three decimals, quantities padded to 13. Seeded: the same arguments give the same file.
"""

import argparse
import sys
from pathlib import Path

import numpy as np

RELEASE = "202501"
YEAR = 2023
SEED = 7


def made(folder: Path, countries: int = 226, products: int = 5_000, density: float = 0.03) -> Path:
    """Write a year and its two lists into ``folder``; return the file of flows."""
    import duckdb
    import pyarrow as pa

    folder.mkdir(parents=True, exist_ok=True)
    chance = np.random.default_rng(SEED)
    numbers = np.sort(chance.choice(np.arange(4, 900), countries, replace=False))
    codes = np.sort(chance.choice(np.arange(10_121, 970_600), products, replace=False))
    mass, size = chance.normal(0, 2.2, countries), chance.normal(0, 1.2, products)
    place = chance.uniform(0, 1, (countries, 2))
    far = np.log(np.hypot(*(place[:, None] - place[None]).transpose(2, 0, 1)) + 0.03)
    traits, asked = chance.normal(0, 1, (countries, 4)), chance.normal(0, 1, (products, 4))

    def pull(i: int) -> np.ndarray:
        """How strongly i sells each product to each market."""
        apart = 0.75 * mass[i] + 0.75 * mass - far[i]
        return apart[:, None] + 0.8 * size[None] + 0.5 * (asked @ traits[i])[None]

    sample = np.concatenate([pull(i).ravel()[::97] for i in range(0, countries, 5)])
    level = _level(sample, density)
    database = duckdb.connect()
    database.execute(
        "CREATE TABLE f (t SMALLINT, i SMALLINT, j SMALLINT, k INTEGER, v DOUBLE, q DOUBLE)"
    )
    for i in range(countries):
        strong = pull(i) + level
        there = chance.random(strong.shape, dtype=np.float32) < 1 / (1 + np.exp(-1.1 * strong))
        there[i] = False
        j, k = np.nonzero(there)
        n = len(j)
        value = np.maximum(np.exp(1.2 * strong[j, k] + chance.normal(2, 1.6, n)).round(3), 0.001)
        tons = (value / np.exp(size[k] + 1) * np.exp(chance.normal(0, 0.3, n))).round(3)
        tons[chance.random(n) < 0.033] = np.nan
        rows = pa.table(  # noqa: F841 (DuckDB reads it by its name)
            {"t": np.full(n, YEAR), "i": np.full(n, numbers[i]), "j": numbers[j], "k": codes[k],
             "v": value, "q": tons}
        )  # fmt: skip
        database.execute("INSERT INTO f SELECT * FROM rows")
    flows = folder / f"BACI_HS17_Y{YEAR}_V{RELEASE}.csv"
    database.execute(
        "COPY (SELECT t, i, j, lpad(k::VARCHAR, 6, '0') AS k, v::DECIMAL(18, 3) AS v, lpad(CASE "
        "WHEN isnan(q) THEN 'NA' ELSE q::DECIMAL(18, 3)::VARCHAR END, 13, ' ') AS q FROM f) "
        f"TO '{flows}' (HEADER, QUOTE '', ESCAPE '')"
    )
    letters = (f"{chr(65 + n // 26 % 26)}{chr(65 + n % 26)}" for n in range(countries))
    (folder / f"country_codes_V{RELEASE}.csv").write_text(
        "country_code,country_name,country_iso2,country_iso3\n"
        + "".join(f"{n},Land {n},,X{two}\n" for n, two in zip(numbers, letters, strict=True))
    )
    (folder / f"product_codes_HS17_V{RELEASE}.csv").write_text(
        "code,description\n" + "".join(f"{k:06d},Product {k}\n" for k in codes)
    )
    return flows


def _level(sample: np.ndarray, density: float) -> float:
    """The intercept that gives the share of cells that trade, by halving."""
    low, high = -30.0, 10.0
    for _ in range(40):
        middle = (low + high) / 2
        share = (1 / (1 + np.exp(-1.1 * (sample + middle)))).mean()
        low, high = (middle, high) if share < density else (low, middle)
    return (low + high) / 2


def main() -> None:
    """Write what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--countries", type=int, default=226)
    parser.add_argument("--products", type=int, default=5_000)
    parser.add_argument("--density", type=float, default=0.03)
    asked = parser.parse_args()
    path = made(asked.folder, asked.countries, asked.products, asked.density)
    print(f"{path}: {path.stat().st_size / 1e6:.0f} MB", file=sys.stderr)


if __name__ == "__main__":
    main()
