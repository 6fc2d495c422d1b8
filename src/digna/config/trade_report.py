"""What an import of trade data tells on the terminal, in Spanish or English."""

import sys
from collections.abc import Iterator

from babel.numbers import format_decimal

from digna_engines.trade.beside import Origin
from digna_engines.trade.manifest import Manifest
from digna_engines.trade.reports import Report

STEPS = {
    "looking": ("mirando el archivo", "looking at the file"),
    "unpacking": ("descomprimiendo", "unpacking"),
    "reading": ("leyendo y revisando", "reading and checking"),
    "sorting": ("ordenando", "sorting"),
    "means": ("promediando años", "averaging years"),
}
LEFT_OUT = {
    "below_one_dollar": ("valen menos de un dólar", "are worth less than a dollar"),
    "special_codes": ("llevan códigos que no son productos", "have codes that are no product"),
    "other_flow": ("son de otro flujo (reexportaciones…)", "are of another flow (re-exports…)"),
    "other_edition": ("son de otra edición del HS", "are of another edition of the HS"),
    "other_level": ("no son de seis dígitos", "are not of six digits"),
    "not_annual": ("no son anuales", "are not annual"),
    "detail_second_partner": ("desglosan el segundo socio", "break down the second partner"),
    "detail_transport": ("desglosan el transporte", "break down the transport"),
    "detail_customs": ("desglosan el régimen aduanero", "break down the customs procedure"),
    "detail_supply": ("desglosan el modo de suministro", "break down the mode of supply"),
    "world_reporter": ("son del mundo como declarante", "have the world as reporter"),
    "own_trade": ("son de un país consigo mismo", "are of a country with itself"),
    "not_kept": ("el archivo de correspondencias no las pide", "the mapping does not ask for"),
}
WARNINGS = {
    "products_of_another_release": (
        "La lista de productos es de otra versión que los flujos.",
        "The list of products is of another release than the flows.",
    ),
    "zeros_restored": (
        "Se repuso el cero inicial de códigos de producto que lo habían perdido.",
        "Product codes that had lost their leading zero got it back.",
    ),
    "zero_weights_are_missing": (
        "Un peso de 0 se toma como dato que falta.",
        "A weight of 0 is taken as missing.",
    ),
    "told_by_importers": (
        "Son importaciones, valoradas en la frontera de llegada (CIF).",
        "These are imports, valued at the border of arrival (CIF).",
    ),
    "converted_to_usd": (
        "Los valores se pasaron a dólares con el tipo de cambio declarado.",
        "Values were turned into dollars at the declared exchange rate.",
    ),
}


def said(pair: tuple[str, str], language: str) -> str:
    """Pick the text of a language: English where it is asked for, else Spanish."""
    return pair[1] if language.startswith("en") else pair[0]


def number(value: int, language: str) -> str:
    """Return a whole number as people of the language write it."""
    return str(format_decimal(value, locale="en_US" if language.startswith("en") else "es_BO"))


class Progress:
    """Writes each step once on the error stream, so that the answer can be piped on."""

    def __init__(self, language: str) -> None:
        self._language = language
        self._told: tuple[str, int | None] | None = None

    def __call__(self, step: str, done: int, total: int | None) -> None:
        tenth = None if not total else 10 * done // total
        if self._told == (step, tenth):
            return
        self._told = (step, tenth)
        words = said(STEPS.get(step, (step, step)), self._language)
        share = "" if tenth is None else f" {10 * tenth} %"
        sys.stderr.write(f"· {words}{share}\n")
        sys.stderr.flush()


def lines(report: Report, language: str) -> Iterator[str]:
    """Yield what an import did, line by line."""
    told = report.manifest
    if report.already:
        yield said(
            ("Estos mismos archivos ya estaban importados: no se volvieron a leer.",
             "These same files were imported before: they were not read again."), language,
        )  # fmt: skip
    if told.synthetic:
        yield said(("Mundo inventado: ninguna cifra es real.",
                    "Invented world: no figure is real."), language)  # fmt: skip
    yield release_line(report.release_id, told, language)
    for year in told.years:
        mark = " *" if year in told.provisional_years else ""
        yield f"  {year}: USD {number(told.total_usd[year], language)}{mark}"
    if told.provisional_years:
        yield said(("  * provisional", "  * provisional"), language)
    missing, rows = number(report.missing_quantities, language), number(told.rows, language)
    yield said((f"Sin cantidad: {missing} de {rows} flujos.",
                f"Without a quantity: {missing} of {rows} flows."), language)  # fmt: skip
    for reason, count in told.left_out.items():
        why = said(LEFT_OUT.get(reason, (reason, reason)), language)
        out = said(("No entraron", "Left out"), language)
        yield f"{out}: {number(count, language)} — {why}."
    for warning in told.warnings:
        yield "! " + said(WARNINGS.get(warning, (warning, warning)), language)
    yield said(("Licencia", "Licence"), language) + f": {told.licence}. {told.attribution}."


def release_line(name: str, told: Manifest, language: str) -> str:
    """Return a release on one line."""
    years = f"{told.years[0]}–{told.years[-1]}" if len(told.years) > 1 else str(told.years[0])
    flows = said(("flujos", "flows"), language)
    return f"{name}: HS{told.hs}, {years}, {number(told.rows, language)} {flows}, {told.valuation}"


def kept_line(source: str, origin: Origin, language: str) -> str:
    """Return what was kept beside the stores, on one line."""
    rows = number(origin.rows, language)
    return said(
        (f"{source}: {rows} filas de «{origin.file.name}». Fuente: {origin.attribution}.",
         f"{source}: {rows} rows of “{origin.file.name}”. Source: {origin.attribution}."), language,
    )  # fmt: skip
