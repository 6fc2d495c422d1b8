"""The indices of specialisation and structure as Ibis expressions, for tables of any size.

Each takes an Ibis table with ``exporter, importer, product, year, value`` (keys of any type) and
returns an expression: nothing is read until it is executed, and DuckDB, Spark and a server that
speaks Spark's protocol give the same figures. ``specialisation`` has the same indices over arrays.
``year`` picks one year; without it all rows are taken together. A pair that does not trade has no
row unless it is said otherwise. Sources: as in ``specialisation`` and docs/methods/trade.md.
"""

from typing import Any

from digna_engines.trade.shares import number, of_year, over


def exports_of(table: Any, year: int | None = None) -> Any:
    """x_ik: ``exporter, product, value``."""
    return _totals(of_year(table, year), "exporter", "product")


def imports_of(table: Any, year: int | None = None) -> Any:
    """m_jk: ``importer, product, value``."""
    return _totals(of_year(table, year), "importer", "product")


def rca(table: Any, *, year: int | None = None) -> Any:
    """Balassa's advantage: ``exporter, product, value, rca``, a row where something is sold.

    Formula: (x_ik / x_i) / (x_k / x).
    """
    import ibis

    x = exports_of(table, year)
    by_exporter, by_product = ibis.window(group_by="exporter"), ibis.window(group_by="product")
    own = over(x["value"], x["value"].sum().over(by_exporter))
    world = over(x["value"].sum().over(by_product), x["value"].sum().over(ibis.window()))
    return x.mutate(rca=own / world)


def rsca(table: Any, *, year: int | None = None) -> Any:
    """Laursen's symmetric form beside the advantage: (RCA - 1) / (RCA + 1), in [-1, 1)."""
    found = rca(table, year=year)
    return found.mutate(rsca=(found["rca"] - 1) / (found["rca"] + 1))


def lafay(table: Any, *, year: int | None = None) -> Any:
    """Lafay's index: ``country, product, exports, imports, lafay``; sums to 0 over products.

    Formula: 100 [ (x-m)/(x+m)|k - Σ(x-m)/Σ(x+m) ] (x_k+m_k)/Σ(x+m).
    """
    import ibis

    rows = of_year(table, year)
    both = ibis.union(
        rows.select(country="exporter", product="product", x=number(rows["value"]),
                    m=number(ibis.literal(0))),
        rows.select(country="importer", product="product", x=number(ibis.literal(0)),
                    m=number(rows["value"])),
    )  # fmt: skip
    cells = both.group_by("country", "product").aggregate(
        exports=both["x"].sum(), imports=both["m"].sum()
    )
    net, gross = cells["exports"] - cells["imports"], cells["exports"] + cells["imports"]
    country = ibis.window(group_by="country")
    whole = gross.sum().over(country)
    departs = over(net, gross) - over(net.sum().over(country), whole)
    return cells.mutate(lafay=100 * departs * over(gross, whole))


def complementarity(
    table: Any, *, year: int | None = None, exporter: Any = None, importer: Any = None
) -> Any:
    """Michaely's fit of exports and imports: ``exporter, importer, complementarity`` in [0, 100].

    Formula: 100 (1 - Σ_k |m_jk/m_j - x_ik/x_i| / 2), which for shares that sum to 1 is
    100 Σ_k min(m_jk/m_j, x_ik/x_i): products that only one of them trades need no row. Every pair
    of an exporter and an importer has a row, 0 where they share no product. Naming ``exporter`` or
    ``importer`` keeps the join small.
    """
    import ibis

    sold = _basket(exports_of(table, year), "exporter", exporter)
    bought = _basket(imports_of(table, year), "importer", importer)
    joined = sold.join(bought, "product")
    least = ibis.least(joined["share"], joined["share_right"])
    found = joined.group_by("exporter", "importer").aggregate(common=least.sum())
    pairs = sold.select("exporter").distinct().cross_join(bought.select("importer").distinct())
    both = pairs.left_join(found, ["exporter", "importer"])
    return both.select("exporter", "importer", complementarity=100 * both["common"].fill_null(0))


def intensity(table: Any, *, year: int | None = None) -> Any:
    """Trade intensity: ``exporter, importer, value, intensity``; 1 is the market's world share.

    Formula: (x_ij / x_i) / (m_j / m_w).
    """
    import ibis

    pairs = _totals(of_year(table, year), "exporter", "importer")
    sold = pairs["value"].sum().over(ibis.window(group_by="exporter"))
    bought = pairs["value"].sum().over(ibis.window(group_by="importer"))
    world = pairs["value"].sum().over(ibis.window())
    return pairs.mutate(intensity=over(pairs["value"], sold) / over(bought, world))


def margins(table: Any, *, year: int | None = None) -> Any:
    """Hummels and Klenow's margins: ``exporter, importer, extensive, intensive, share``.

    With v_jk(-i) = j's imports of k from all but i and K_ij the products i sells to j:
    extensive Σ_K v_jk(-i) / Σ_k v_jk(-i); intensive v_ij / Σ_K v_jk(-i); share is their product.
    Missing where the market buys from nobody else.
    """
    import ibis

    rows = of_year(table, year)
    cells = _totals(rows, "exporter", "importer", "product")
    demand = cells["value"].sum().over(ibis.window(group_by=["importer", "product"]))
    cells = cells.mutate(demand=demand)
    pairs = cells.group_by("exporter", "importer").aggregate(
        value=cells["value"].sum(), reached=(cells["demand"] - cells["value"]).sum()
    )
    market = pairs["value"].sum().over(ibis.window(group_by="importer"))
    pairs = pairs.mutate(others=market - pairs["value"])
    return pairs.select(
        "exporter",
        "importer",
        extensive=over(pairs["reached"], pairs["others"]),
        intensive=over(pairs["value"], pairs["reached"]),
        share=over(pairs["value"], pairs["others"]),
    )


def growth_split(table: Any, *, first: int, last: int) -> Any:
    """Where an exporter's change came from: ``exporter, continued, entering, leaving, change``.

    Over (product, market) cells: continued ones changed by as much, entering ones are new in
    ``last``, leaving ones were sold in ``first`` (a positive value that is taken off):
    change = continued + entering - leaving.
    """
    year, value = table["year"], number(table["value"])
    cells = table.group_by("exporter", "product", "importer").aggregate(
        a=(year == first).ifelse(value, 0).sum(), b=(year == last).ifelse(value, 0).sum()
    )
    a, b = cells["a"], cells["b"]
    split = cells.group_by("exporter").aggregate(
        continued=((a > 0) & (b > 0)).ifelse(b - a, 0).sum(),
        entering=(a == 0).ifelse(b, 0).sum(),
        leaving=(b == 0).ifelse(a, 0).sum(),
    )
    return split.mutate(change=split["continued"] + split["entering"] - split["leaving"])


def penetration(table: Any, *, year: int | None = None) -> Any:
    """How many (product, market) cells are reached: ``exporter, reached, there, penetration``.

    Source: World Bank WITS, index of export market penetration. ``there`` counts the markets other
    than itself that import the exporter's products from anyone.
    """
    rows = of_year(table, year)
    rows = rows.filter(rows["value"] > 0)
    own = rows.select("exporter", "importer", "product").distinct()
    reached = own.group_by("exporter").aggregate(reached=own.count())
    asked = rows.select("importer", "product").distinct()
    sold = own.select("exporter", "product").distinct()
    pairs = sold.join(asked, "product")
    pairs = pairs.filter(pairs["exporter"] != pairs["importer"])
    there = pairs.group_by("exporter").aggregate(there=pairs.count())
    found = reached.join(there, "exporter")
    return found.mutate(penetration=over(found["reached"], found["there"]))


def prody(table: Any, income: Any, *, year: int | None = None) -> Any:
    """Income per head behind each product: ``product, prody``.

    Formula: Σ_i [ (x_ik/x_i) / Σ_i (x_ik/x_i) ] Y_i over the exporters whose income is known.
    Symbols: ``income`` is a table ``exporter, income``. Source: Hausmann, Hwang and Rodrik (2007).
    """
    import ibis

    x = exports_of(table, year)
    known = income.filter(income["income"].notnull())
    x = x.mutate(share=over(x["value"], x["value"].sum().over(ibis.window(group_by="exporter"))))
    rows = x.join(known, "exporter")
    weighted = (rows["share"] * number(rows["income"])).sum()
    return rows.group_by("product").aggregate(prody=over(weighted, rows["share"].sum()))


def expy(table: Any, income: Any, *, year: int | None = None) -> Any:
    """Income per head behind a basket: ``exporter, expy`` = Σ_k (x_ik/x_i) PRODY_k.

    A product that nobody of known income sells counts as 0.
    """
    x = exports_of(table, year)
    joined = x.left_join(prody(table, income, year=year), "product")
    worth = (number(joined["value"]) * joined["prody"].fill_null(0)).sum()
    return joined.group_by("exporter").aggregate(expy=over(worth, joined["value"].sum()))


def _totals(rows: Any, *keys: str) -> Any:
    """Positive sums of the value by keys, in double precision."""
    found = rows.group_by(*keys).aggregate(value=number(rows["value"]).sum())
    return found.filter(found["value"] > 0)


def _basket(cells: Any, who: str, only: Any) -> Any:
    """Each country's cells as shares of its whole."""
    import ibis

    if only is not None:
        cells = cells.filter(cells[who] == only)
    whole = cells["value"].sum().over(ibis.window(group_by=who))
    return cells.mutate(share=over(cells["value"], whole)).drop("value")
