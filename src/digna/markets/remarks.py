"""What the engine remarks, in plain words: reasons, cautions, warnings, caveats, what is missing.

The engine gives codes and values; the sentences live here, in the reader's language. A test walks
every code the engine can give: none is without its sentence.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from digna.markets import measures, naming

Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Advice:
    """A market worth looking at first: why, and what to mind."""

    market: str
    name: str
    reasons: tuple[str, ...]
    cautions: tuple[str, ...]


def _unrealised(v: Values) -> str:
    return _(
        "Podría comprarle unos %(left)s más al año: el potencial es %(all)s y hoy se le venden "
        "%(now)s (media de los años)."
    ) % {
        "left": measures.usd(v["unrealised"]), "all": measures.usd(v["potential"]),
        "now": measures.usd(v["actual"]),
    }  # fmt: skip


def _growing(v: Values) -> str:
    own = {"rate": measures.growth(v["growth"]), "n": v["growth_n"]}
    if v["world_growth"] is None:
        return _("Sus compras crecen %(rate)s (%(n)s años).") % own
    return _("Sus compras crecen %(rate)s (%(n)s años); las del mundo, %(world)s.") % (
        own | {"world": measures.growth(v["world_growth"])}
    )


REASONS: dict[str, Callable[[Values], str]] = {
    "unrealised": _unrealised,
    "sold_there": lambda v: _(
        "Ya se le vende: %(value)s el último año, %(share)s de lo que compra."
    ) % {
        "value": measures.usd(v["exporter_value"]),
        "share": measures.hundredths(v["exporter_share"]),
    },
    "large": lambda v: _("Es de los que más compran: %(value)s, puesto %(rank)s del mundo.")
    % {"value": measures.usd(v["value"]), "rank": v["world_rank"]},
    "growing": _growing,
    "pays_more": lambda v: _("Paga %(theirs)s; hoy se vende a %(ours)s en promedio.")
    % {"theirs": measures.price(v["unit_value"]), "ours": measures.price(v["exporter_unit_value"])},
    "many_suppliers": lambda v: ngettext(
        "Compra de %(n)s país sin depender de uno solo.",
        "Compra de %(n)s países sin depender de uno solo.", v["suppliers"] or 0,
    ) % {"n": v["suppliers"]},
    "nearer_than_suppliers": lambda v: _(
        "Está a %(own)s; quienes le venden hoy, a %(theirs)s en promedio."
    ) % {"own": measures.km(v["distance_km"]), "theirs": measures.km(v["supplier_km"])},
    "no_tariff": lambda _v: _("No cobra arancel."),
}  # fmt: skip

CAUTIONS: dict[str, Callable[[Values], str]] = {
    "not_sold_there": lambda _v: _("Todavía no se le vende: habrá que hacerse conocer."),
    "shrinking": lambda v: _("Sus compras bajan %(rate)s al año (%(n)s años).")
    % {"rate": measures.hundredths(-v["growth"]), "n": v["growth_n"]},
    "growth_unknown": lambda v: _("No se sabe si crece: hay %(n)s años con datos y hacen falta 3.")
    % {"n": v["growth_n"]},
    "few_suppliers": lambda v: ngettext(
        "Depende de pocos: %(n)s país le vende y la concentración es %(index)s.",
        "Depende de pocos: %(n)s países le venden y la concentración es %(index)s.",
        v["suppliers"] or 0,
    ) % {"n": v["suppliers"], "index": measures.index(v["concentration"])},
    "pays_less": lambda v: _("Paga %(theirs)s, menos que los %(ours)s a que se vende hoy.")
    % {"theirs": measures.price(v["unit_value"]), "ours": measures.price(v["exporter_unit_value"])},
    "farther_than_suppliers": lambda v: _(
        "Está más lejos (%(own)s) que quienes le venden hoy (%(theirs)s): el flete pesa."
    ) % {"own": measures.km(v["distance_km"]), "theirs": measures.km(v["supplier_km"])},
    "tariff_unknown": lambda _v: _("No se sabe qué arancel cobra: pregúntelo antes de cotizar."),
    "tariff_above_others": lambda v: _("Cobra %(own)s de arancel; los demás pagan %(theirs)s.")
    % {"own": measures.hundredths(v["tariff"]), "theirs": measures.hundredths(v["tariff_mean"])},
    "small": lambda v: _("Compra poco (%(value)s al año): una venta cambia todo.")
    % {"value": measures.usd(v["value"])},
    "provisional_year": lambda v: _("Los datos de %(year)s son provisionales.")
    % {"year": v["year"]},
}  # fmt: skip

WARNINGS: dict[str, Callable[[], str]] = {
    "few_years": lambda: _("Menos de tres años con datos: no hay crecimiento."),
    "no_quantity": lambda: _("Sin cantidad declarada: no hay precio."),
    "small": lambda: _("Compra menos de USD 100 mil al año."),
    "re_exporter": lambda: _("Vende a otros buena parte de lo que compra."),
}

MISSING: dict[str, Callable[[], str]] = {
    "distances": lambda: _("las distancias"),
    "tariffs": lambda: _("los aranceles"),
    "growth": lambda: _("el crecimiento económico previsto"),
    "population": lambda: _("la población prevista"),
}

CAVEATS: dict[str, Callable[[Values], str]] = {
    "not_a_ceiling": lambda _v: _(
        "El potencial no es un tope ni una promesa: es lo que se vendería si ese mercado comprara "
        "como compra en general."
    ),
    "synthetic": lambda _v: _("Los datos de comercio son sintéticos: no describen ningún mercado."),
    "provisional_years": lambda v: _("Años provisionales: %(years)s. La fuente los corregirá.")
    % {"years": ", ".join(str(year) for year in v["years"])},
    "younger_than_data": lambda v: _(
        "Esta partida existe desde el Sistema Armonizado de %(since)s: antes iba dentro de otra y "
        "no se ve aparte."
    ) % {"since": edition(str(v["exists_since"]))},
    "re_exports": lambda v: _(
        "El país también importa este producto (%(own)s contra %(value)s que exporta): parte puede "
        "ser reventa."
    ) % {"own": measures.usd(v["own_imports"]), "value": measures.usd(v["value"])},
    "capitals": lambda v: ngettext(
        "La distancia de %(n)s mercado es en línea recta entre capitales: nadie trajo otra.",
        "Las distancias de %(n)s mercados son en línea recta entre capitales: nadie trajo otras.",
        v["markets"],
    ) % {"n": v["markets"]},
    "missing_input": lambda v: _("Faltan %(what)s: no entran en el potencial.")
    % {"what": MISSING[v["name"]]()},
}  # fmt: skip


def edition(hs: str) -> str:
    """Return the year of an edition of the Harmonized System: `12` and `HS12` are 2012."""
    digits = int("".join(c for c in hs if c.isdigit()) or 0)
    if digits >= 1900:
        return str(digits)
    return str(digits + (1900 if digits >= 88 else 2000))


SAID_ONCE = {"provisional_year": "provisional_years", "tariff_unknown": "missing_input"}
"""Cautions of every market that the whole reading says once: repeated, they hide the others."""


def recommended(record: Values) -> tuple[Advice, ...]:
    """Return the markets to look at first, in words."""
    whole = {one["code"] for one in record["caveats"]}
    if "tariffs" not in record["missing"]:
        whole.discard("missing_input")
    return tuple(
        Advice(
            market=row["market"],
            name=naming.country(row["market"]),
            reasons=tuple(REASONS[one["code"]](one["values"]) for one in row["reasons"]),
            cautions=tuple(
                CAUTIONS[one["code"]](one["values"])
                for one in row["cautions"]
                if SAID_ONCE.get(one["code"]) not in whole
            ),
        )
        for row in record["recommended"]
    )


def warnings(codes: Iterable[str]) -> tuple[str, ...]:
    """Return what the row of a market must say beside its figures."""
    return tuple(WARNINGS[code]() for code in codes)


def caveats(record: Values) -> tuple[str, ...]:
    """Return what the whole reading must say."""
    return tuple(CAVEATS[one["code"]](one["values"]) for one in record["caveats"])


def missing(record: Values) -> tuple[str, ...]:
    """Return what was not brought, by name."""
    return tuple(MISSING[name]() for name in record["missing"])


NAMES = {
    "unrealised": lambda: _("Potencial sin usar"),
    "potential": lambda: _("Potencial"),
    "value": lambda: _("Tamaño: lo que importa"),
    "growth": lambda: _("Crecimiento"),
    "growth_usd": lambda: _("Crecimiento en dólares"),
    "growth_over_world": lambda: _("Crece más que el mundo"),
    "unit_value": lambda: _("Precio que paga"),
    "distance_km": lambda: _("Cercanía"),
    "tariff": lambda: _("Arancel bajo"),
    "tariff_disadvantage": lambda: _("Arancel frente a los demás"),
    "concentration": lambda: _("No depende de pocos"),
    "exporter_share": lambda: _("Ya se le vende"),
    "world_share": lambda: _("Parte del mundo"),
}


def weights(record: Values) -> tuple[tuple[str, str, float], ...]:
    """Return the weights of the score: key, name, fraction."""
    return tuple((key, NAMES[key](), value) for key, value in record["weights"].items())


def scored(record: Values, asked: Mapping[str, float] | None) -> dict[str, Any]:
    """Return the reading with its markets scored by other weights; None leaves it as it is.

    Weights the engine does not know are dropped: they come from an address anybody may write.
    """
    known = {key: value for key, value in (asked or {}).items() if key in NAMES}
    if not known or sum(known.values()) <= 0:
        return dict(record)
    from digna_engines.trade.ranking import Weights, rank

    told = Weights(known)
    places = {place.market: place for place in rank(record, told)}
    rows = [
        row | {
            "score": places[row["market"]].score,
            "rank_by_score": places[row["market"]].rank_by_score,
        }
        for row in record["markets"]
    ]  # fmt: skip
    return {**record, "markets": rows, "weights": told.shares}
