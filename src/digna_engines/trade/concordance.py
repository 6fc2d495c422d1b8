"""Editions of the Harmonized System side by side: what a code was before, and what it was part of.

A code of one edition may be one of another (1:1), be split into several (1:n), be one of several
merged (n:1) or both (n:n). A value that is split is shared out by weights, and every answer says
so: a series that crosses a split is an estimate, not a fact.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from digna_engines.errors import EngineError
from digna_engines.trade import beside
from digna_engines.trade.beside import Origin
from digna_engines.trade.reading import small

KIND = "concordance"
EDITIONS = ("92", "96", "02", "07", "12", "17", "22")
"""In the order they came; a table leads from each to the one before."""
SINCE: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "071335": ("12", ("071339",)),
    "080121": ("96", ("080120",)),
    "080122": ("96", ("080120",)),
    "080390": ("12", ("080300",)),
    "090190": ("96", ("090130", "090140")),
    "090421": ("12", ("090420",)),
    "090422": ("12", ("090420",)),
    "100850": ("12", ("100890",)),
    "120190": ("12", ("120100",)),
    "120241": ("12", ("120210",)),
    "120242": ("12", ("120220",)),
    "190420": ("96", ("190410", "200892")),
    "210111": ("96", ("210110",)),
    "410411": ("02", ("410410", "410421", "410422", "410429")),
    "410792": ("02", ("410431",)),
    "440729": ("96", ("440721", "440722", "440799")),
    "440922": ("17", ("440929",)),
    "510219": ("02", ("510210",)),
    "510539": ("02", ("510530",)),
    "611019": ("02", ("611010",)),
}
"""Products of the programme that an older edition lacks: since which one they exist, and in what
they were before. Facts of the UNSD correlation tables, kept here so that the warning needs no
file."""
Weights = Mapping[str, Mapping[str, float]]
"""Trade by edition and code, to share out splits by: of the stores at hand."""


@dataclass(frozen=True, slots=True)
class Share:
    """A code of the other edition and the part of the value that is its."""

    code: str
    weight: float


@dataclass(frozen=True, slots=True)
class Converted:
    """What a code is in another edition.

    Symbols: ``shares`` whose weights add up to 1; ``relation`` ``1:1``, ``1:n`` (it is split),
    ``n:1`` (others are merged with it) or ``n:n``; ``by`` what splits were shared out by:
    ``equal``, ``trade``, or ``none`` without a split.
    """

    code: str
    edition: str
    to: str
    shares: tuple[Share, ...]
    relation: str
    by: str


@dataclass(frozen=True, slots=True)
class Absent:
    """A product that an edition does not have, and the codes it is within there."""

    code: str
    edition: str
    since: str
    within: tuple[str, ...]


def absent_from(code: str, hs: str) -> Absent | None:
    """Whether a product of the programme is missing from an edition; no file is needed.

    >>> absent_from("100850", "07")
    Absent(code='100850', edition='07', since='12', within=('100890',))
    >>> absent_from("100850", "17") is None
    True
    """
    if code not in SINCE or hs not in EDITIONS:
        return None
    since, within = SINCE[code]
    if EDITIONS.index(hs) >= EDITIONS.index(since):
        return None
    return Absent(code, hs, since, within)


@dataclass(frozen=True, eq=False)
class Concordance:
    """Pairs of codes between editions that follow each other.

    Symbols: ``pairs[newer]`` pairs (newer code, older code) of an edition and the one before it.
    """

    pairs: Mapping[str, tuple[tuple[str, str], ...]]
    origin: Origin | None = None

    def convert(
        self, code: str, edition: str, to: str, *, weights: Weights | None = None
    ) -> Converted:
        """What ``code`` of ``edition`` is in the edition ``to``.

        Choices: a split is shared out by trade where ``weights`` tells trade of its codes in the
        edition it leads to, else in equal parts: the tables give no shares.
        Errors: ``trade.edition`` for editions that no table joins, ``trade.unknown_code``.

        >>> told = Concordance({"12": (("100850", "100890"), ("100890", "100890"))})
        >>> told.convert("100850", "12", "07").relation
        'n:1'
        >>> told.convert("100890", "07", "12").shares
        (Share(code='100850', weight=0.5), Share(code='100890', weight=0.5))
        """
        held = {code: 1.0}
        by_trade = False
        for newer, onward in self._steps(edition, to):
            held, used = self._step(held, newer, onward, weights)
            by_trade = by_trade or used
        shares = tuple(Share(one, held[one]) for one in sorted(held))
        back = self._reached(held, to, edition)
        relation = f"{'n' if len(back) > 1 else '1'}:{'n' if len(shares) > 1 else '1'}"
        split = "trade" if by_trade else "equal"
        return Converted(code, edition, to, shares, relation, split if len(shares) > 1 else "none")

    def convert_table(
        self, table: Mapping[str, Sequence[Any]], edition: str, to: str, *,
        weights: Weights | None = None,
    ) -> dict[str, list[Any]]:  # fmt: skip
        """A long table with ``product``, ``value`` and others in another edition; totals stay.

        Formula: a row of product k becomes one for each code c of ``convert(k)``, its ``value``
        (and ``quantity``, where there is one) times the weight of c. The column ``relation`` says
        what each row went through.
        Edge cases: a missing quantity stays missing; rows are not added up.
        Errors: as ``convert``.
        """
        measures = [name for name in ("value", "quantity") if name in table]
        out: dict[str, list[Any]] = {name: [] for name in (*table, "relation")}
        known: dict[str, Converted] = {}
        for row in zip(*table.values(), strict=True):
            cells = dict(zip(table, row, strict=True))
            code = str(cells["product"])
            if code not in known:
                known[code] = self.convert(code, edition, to, weights=weights)
            for share in known[code].shares:
                made = cells | {"product": share.code, "relation": known[code].relation}
                for name in measures:
                    made[name] = None if cells[name] is None else cells[name] * share.weight
                for name, cell in made.items():
                    out[name].append(cell)
        return out

    @cached_property
    def _links(self) -> dict[tuple[str, bool], dict[str, tuple[str, ...]]]:
        """By (newer edition, whether towards the newer one): what each code leads to."""
        found: dict[tuple[str, bool], dict[str, set[str]]] = {}
        for newer, pairs in self.pairs.items():
            for onward in (True, False):
                led = found.setdefault((newer, onward), defaultdict(set))
                for new, old in pairs:
                    led[old if onward else new].add(new if onward else old)
        return {
            key: {code: tuple(sorted(others)) for code, others in led.items()}
            for key, led in found.items()
        }

    def _steps(self, edition: str, to: str) -> list[tuple[str, bool]]:
        """The tables on the way: (newer edition, towards the newer one)."""
        for one in (edition, to):
            if one not in EDITIONS:
                raise _no_table(one, to)
        a, b = EDITIONS.index(edition), EDITIONS.index(to)
        steps = (
            [(EDITIONS[at], True) for at in range(a + 1, b + 1)]
            if a < b
            else [(EDITIONS[at], False) for at in range(a, b, -1)]
        )
        for newer, _onward in steps:
            if newer not in self.pairs:
                raise _no_table(newer, EDITIONS[EDITIONS.index(newer) - 1])
        return steps

    def _step(
        self, held: Mapping[str, float], newer: str, onward: bool, weights: Weights | None
    ) -> tuple[dict[str, float], bool]:
        target = newer if onward else EDITIONS[EDITIONS.index(newer) - 1]
        trade = (weights or {}).get(target, {})
        out: dict[str, float] = defaultdict(float)
        used = False
        for code, part in held.items():
            others = self._led(code, newer, onward)
            worth = np.array([trade.get(other, 0.0) for other in others])
            by_trade = len(others) > 1 and worth.sum() > 0
            shares = worth / worth.sum() if by_trade else np.full(len(others), 1 / len(others))
            used = used or by_trade
            for other, share in zip(others, shares.tolist(), strict=True):
                if share > 0:
                    out[other] += part * share
        return dict(out), used

    def _led(self, code: str, newer: str, onward: bool) -> tuple[str, ...]:
        found = self._links[newer, onward].get(code)
        if found is None:
            older = EDITIONS[EDITIONS.index(newer) - 1]
            edition = older if onward else newer
            raise EngineError(
                "trade.unknown_code",
                f"La tabla entre HS{older} y HS{newer} no tiene el código «{code}» de HS{edition}.",
                f"The table between HS{older} and HS{newer} does not have the code “{code}” of "
                f"HS{edition}.",
                code_asked=code,
                edition=edition,
            )
        return found

    def _reached(self, codes: Iterable[str], edition: str, to: str) -> set[str]:
        """Every code of ``to`` that leads to one of ``codes``: more than one is a merger."""
        held = set(codes)
        for newer, onward in self._steps(edition, to):
            held = {other for code in held for other in self._led(code, newer, onward)}
        return held


def bring(root: Path, path: Path) -> Origin:
    """Keep a file of correlation tables.

    Columns: ``code.after``, ``code.before``, ``adjustment`` («2012 to 2007»); rows that lead to
    other classifications (SITC) are left out. Codes of the Harmonized System that lost their zero
    get it back, for it has none of five digits.
    Errors: ``trade.column``, ``trade.cell``, ``trade.empty``, ``trade.file_unreadable``.
    """
    table = small.opened(path, ("code.after", "code.before", "adjustment"))
    pairs: dict[tuple[str, str, str], None] = {}
    for line, row in table.rows:
        newer, older = _adjusted(table, line, row)
        if newer not in EDITIONS or older not in EDITIONS or not _follows(newer, older):
            continue
        codes = [_code(table, line, row, name) for name in ("code.after", "code.before")]
        pairs[newer, codes[0], codes[1]] = None
    if not pairs:
        raise EngineError(
            "trade.empty",
            f"«{path.name}» no tiene tablas entre ediciones seguidas del Sistema Armonizado.",
            f"“{path.name}” has no tables between editions of the Harmonized System that follow "
            "each other.",
            file=path.name,
        )
    names = ("newer", "after", "before")
    columns: dict[str, list[Any]] = {
        name: [key[at] for key in pairs] for at, name in enumerate(names)
    }
    return beside.keep(root, KIND, columns, path, "UNSD correlation tables")


def read(root: Path) -> Concordance | None:
    """The tables somebody brought, or None."""
    kept = beside.load(root, KIND)
    if kept is None:
        return None
    columns, origin = kept
    pairs: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for newer, after, before in zip(*columns.values(), strict=True):
        pairs[newer].append((after, before))
    return Concordance({newer: tuple(found) for newer, found in pairs.items()}, origin)


def _adjusted(table: small.Small, line: int, row: small.Row) -> tuple[str, str]:
    years = row["adjustment"].strip().split(" to ")
    if len(years) != 2 or not all(len(year) == 4 and year.isdigit() for year in years):
        raise table.wrong(
            line, "adjustment", row["adjustment"], "Debe decir, por ejemplo, «2012 to 2007».",
            "It must say, for instance, “2012 to 2007”.",
        )  # fmt: skip
    # 1976 and 1988 are SITC's: two digits would make them editions of the Harmonized System
    newer, older = (year[2:] if int(year) >= 1992 else year for year in years)
    return newer, older


def _follows(newer: str, older: str) -> bool:
    return EDITIONS.index(newer) == EDITIONS.index(older) + 1


def _code(table: small.Small, line: int, row: small.Row, column: str) -> str:
    code = row[column].strip()
    code = code.zfill(6) if len(code) == 5 else code
    if len(code) != 6 or not code.isdigit():
        raise table.wrong(
            line, column, row[column], "Debe tener seis dígitos.", "It must have six digits."
        )
    return code


def _no_table(a: str, b: str) -> EngineError:
    return EngineError(
        "trade.edition",
        f"No hay tabla entre las ediciones HS{a} y HS{b}. Tráigala con «digna trade import ARCHIVO "
        "--source concordance».",
        f"There is no table between editions HS{a} and HS{b}. Bring it with “digna trade import "
        "FILE --source concordance”.",
        editions=[a, b],
    )
