"""Who keeps what of the price: margins that add up, or the difference named.

A chain is a line of prices: the farm gate, what each link pays and gets, the consumer. Between two
prices that are known lies a *stretch*. Whatever is missing, the stretches add up to the distance
between the first and the last price known: nothing is lost and nothing is taken for zero.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from digna_engines.errors import EngineError

MARGIN, JUMP, OPEN = "margin", "jump", "open"


@dataclass(frozen=True)
class ChainLink:
    """What one link pays and gets for the same unit of product; ``None`` is not known.

    Symbols: ``costs`` are the link's own costs per unit, so that its net margin can be told.
    """

    name: str
    price_in: Decimal | None
    price_out: Decimal | None
    currency: str
    unit: str
    costs: Decimal | None = None


@dataclass(frozen=True)
class MarginTable:
    """The prices of one channel, from farm gate to consumer.

    Errors: ``systems.currencies`` and ``systems.units`` (a sum over different ones means nothing),
    ``systems.negative_price``, ``systems.no_links``.
    """

    farm_gate: Decimal | None
    links: tuple[ChainLink, ...]
    consumer_price: Decimal | None

    def __post_init__(self) -> None:
        if not self.links:
            raise EngineError(
                "systems.no_links",
                "El canal no tiene eslabones: agregue quién compra y quién vende.",
                "The channel has no links: add who buys and who sells.",
            )
        _refuse_mixture("currencies", "monedas", [link.currency for link in self.links])
        _refuse_mixture("units", "unidades", [link.unit for link in self.links])
        given = [self.farm_gate, self.consumer_price]
        given += [p for x in self.links for p in (x.price_in, x.price_out, x.costs)]
        if any(price is not None and price < 0 for price in given):
            raise EngineError(
                "systems.negative_price",
                "Un precio o un costo es negativo. Corríjalo; vacío es «sin dato».",
                "A price or a cost is negative. Correct it; empty means “no data”.",
            )


def _refuse_mixture(code: str, word: str, found: Sequence[str]) -> None:
    kinds = tuple(dict.fromkeys(found))
    if len(kinds) > 1:
        raise EngineError(
            f"systems.{code}",
            f"No se pueden sumar {word} distintas: {', '.join(kinds)}. Lleve todo a una sola.",
            f"Different {code} cannot be added: {', '.join(kinds)}. Bring all to one.",
            found=kinds,
        )


@dataclass(frozen=True)
class Stretch:
    """The distance between two prices that are known, one after the other.

    Symbols: ``kind`` is ``margin`` (one link, what it pays to what it gets), ``jump`` (one hand
    sells at a price and the next buys at another: loss of weight, a cost nobody named, an error)
    or ``open`` (prices in between are missing: only the total over ``links`` is known).
    """

    kind: str
    start: str
    end: str
    low: Decimal
    high: Decimal
    links: tuple[str, ...]

    @property
    def amount(self) -> Decimal:
        """What lies between."""
        return self.high - self.low


@dataclass(frozen=True)
class Margin:
    """What one link keeps. ``gross`` is None where a price is missing; then it lies between
    ``least`` and ``most`` provided no link within sells below what it paid.
    """

    link: str
    gross: Decimal | None
    net: Decimal | None
    least: Decimal | None
    most: Decimal | None


@dataclass(frozen=True)
class Margins:
    """What a margin table says."""

    margins: tuple[Margin, ...]
    stretches: tuple[Stretch, ...]
    taken_over: tuple[str, ...]
    farm_gate: Decimal | None
    consumer_price: Decimal | None
    tolerance: Decimal

    @property
    def total(self) -> Decimal | None:
        """The sum of the gross margins; None while one is missing."""
        known = [margin.gross for margin in self.margins]
        return None if None in known else sum((x for x in known if x is not None), Decimal(0))

    @property
    def difference(self) -> Decimal | None:
        """Consumer price less farm gate less margins: 0 when the table adds up; None if unknown."""
        if self.total is None or self.farm_gate is None or self.consumer_price is None:
            return None
        return self.consumer_price - self.farm_gate - self.total

    @property
    def jumps(self) -> tuple[Stretch, ...]:
        """Where a price changes between two hands: together they are the difference."""
        return tuple(s for s in self.stretches if s.kind == JUMP and abs(s.amount) > self.tolerance)

    @property
    def gaps(self) -> tuple[Stretch, ...]:
        """Where prices are missing: only the total over several links is known."""
        return tuple(s for s in self.stretches if s.kind == OPEN)

    @property
    def adds_up(self) -> bool | None:
        """Whether farm gate and margins make the consumer price; None while it cannot be said.

        Two jumps that cancel out do not add up: each of them is a price nobody can explain.
        """
        return None if self.difference is None else not self.jumps


def margins(
    table: MarginTable, *, take_over: bool = True, tolerance: Decimal = Decimal(0)
) -> Margins:
    """Gross margin of each link, and whether the table adds up.

    Formula: margin(i) = price_out(i) - price_in(i); farm gate + Σ margins = consumer price.
    ``take_over``: a link whose buying price is missing is taken to buy at the price the one before
    sells (margin(i) = price(i) - price(i-1), as the manuals write it); each such link is named in
    ``taken_over``. With False the price stays missing. ``tolerance``: rounding allowed at a jump.

    >>> d = Decimal
    >>> told = margins(MarginTable(d(20), (
    ...     ChainLink("collector", d(20), d(23), "BOB", "kg"),
    ...     ChainLink("roaster", None, d(60), "BOB", "kg")), d(60)))
    >>> [m.gross for m in told.margins], told.difference, told.adds_up, told.taken_over
    ([Decimal('3'), Decimal('37')], Decimal('0'), True, ('roaster',))
    """
    links, taken = _taken_over(table) if take_over else (table.links, ())
    stretches = _stretches(table.farm_gate, links, table.consumer_price)
    told = tuple(_margin(link, stretches) for link in links)
    return Margins(told, stretches, taken, table.farm_gate, table.consumer_price, tolerance)


def _taken_over(table: MarginTable) -> tuple[tuple[ChainLink, ...], tuple[str, ...]]:
    before, links, taken = table.farm_gate, [], []
    for link in table.links:
        price = link.price_in
        if price is None and before is not None:
            price = before
            taken.append(link.name)
        links.append(
            ChainLink(link.name, price, link.price_out, link.currency, link.unit, link.costs)
        )
        before = link.price_out
    return tuple(links), tuple(taken)


@dataclass(frozen=True)
class _Point:
    label: str
    link: int
    price: Decimal


def _stretches(
    farm_gate: Decimal | None, links: Sequence[ChainLink], consumer: Decimal | None
) -> tuple[Stretch, ...]:
    """Every distance between neighbouring known prices, by where the prices stand."""
    line: list[tuple[str, Decimal | None]] = [("farm_gate", farm_gate)]
    for link in links:
        line += [(link.name, link.price_in), (link.name, link.price_out)]
    line.append(("consumer", consumer))
    known = [
        _Point(label, at, price) for at, (label, price) in enumerate(line) if price is not None
    ]
    found = []
    for one, other in pairwise(known):
        between = links[one.link // 2 : other.link // 2]
        # Odd places are buying prices, even ones selling prices: in → out of one link is a margin.
        is_next = other.link == one.link + 1
        kind = (MARGIN if one.link % 2 else JUMP) if is_next else OPEN
        names = () if kind == JUMP else tuple(link.name for link in between)
        found.append(Stretch(kind, one.label, other.label, one.price, other.price, names))
    return tuple(found)


def _margin(link: ChainLink, stretches: Sequence[Stretch]) -> Margin:
    if link.price_in is not None and link.price_out is not None:
        gross = link.price_out - link.price_in
        net = None if link.costs is None else gross - link.costs
        return Margin(link.name, gross, net, gross, gross)
    around = next((s for s in stretches if s.kind == OPEN and link.name in s.links), None)
    if around is None or around.amount < 0:
        return Margin(link.name, None, None, None, None)
    return Margin(link.name, None, None, Decimal(0), around.amount)
