"""Rules about places, money and results."""

from typing import Final

from digna_engines.iati.forms import (
    AddsUpTo,
    AtMostOne,
    Between,
    Everywhere,
    IfThen,
    InOrder,
    Inside,
    NotAfterToday,
    Some,
    WithinAYear,
    in_vocabulary,
)
from digna_engines.iati.judging import Rule
from digna_engines.iati.rules_identifiers import ACTIVITY, ORGANISATION

_REGIONS: Final = in_vocabulary("recipient-region")
_PLACE: Final = "recipient-country or recipient-region"
_PERIOD: Final = ("period-start/@iso-date", "period-end/@iso-date")
_MEASURED: Final = f"{ACTIVITY}/result/indicator[@measure >= 1 and @measure <= 4]"
_TOLD: Final = f"{ACTIVITY}/result/indicator[@measure = '5']"
_BUDGETS: Final = " | ".join(
    f"{ORGANISATION}/{name}"
    for name in (
        "total-budget",
        "recipient-org-budget",
        "recipient-country-budget",
        "recipient-region-budget",
        "total-expenditure",
    )
)

PLACES: Final = (
    Rule(
        "3.1.1",
        "error",
        ACTIVITY,
        IfThen(
            "count(recipient-country) > 1",
            "count(recipient-country) = count(recipient-country/@percentage)",
            "recipient-country[not(@percentage)]",
        ),
        "Con varios países, cada uno lleva su porcentaje.",
        "With several countries, each has its percentage.",
        only_if="not(recipient-region)",
    ),
    Rule(
        "3.1.2",
        "error",
        ACTIVITY,
        AddsUpTo("recipient-country/@percentage"),
        "Los porcentajes de los países deben sumar exactamente 100.",
        "The percentages of the countries must add up to exactly 100.",
        only_if="count(recipient-country) > 1 and not(recipient-region)",
    ),
    Rule(
        "3.1.4",
        "error",
        ACTIVITY,
        IfThen(
            "count(recipient-country) = 1",
            "not(recipient-country/@percentage) or recipient-country/@percentage = 100",
            "recipient-country/@percentage",
        ),
        "Con un solo país, el porcentaje se omite o es 100.",
        "With a single country, the percentage is left out or is 100.",
        only_if="not(recipient-region)",
    ),
    Rule(
        "3.4.1",
        "error",
        ACTIVITY,
        IfThen(
            f"count({_REGIONS}) > 1",
            f"count({_REGIONS}) = count({_REGIONS}/@percentage)",
            f"{_REGIONS}[not(@percentage)]",
        ),
        "Con varias regiones de un vocabulario, cada una lleva su porcentaje.",
        "With several regions of a vocabulary, each has its percentage.",
        by="recipient-region",
    ),
    Rule(
        "3.4.2",
        "error",
        ACTIVITY,
        AddsUpTo(f"{_REGIONS}/@percentage | recipient-country/@percentage"),
        "Los porcentajes de los países y de las regiones de cada vocabulario deben sumar "
        "exactamente 100.",
        "The percentages of the countries and of the regions of each vocabulary must add up to "
        "exactly 100.",
        only_if=f"count({_REGIONS}) + count(recipient-country) > 1",
        by="recipient-region",
    ),
    Rule(
        "3.4.4",
        "error",
        ACTIVITY,
        IfThen(
            f"count({_REGIONS}) = 1 and not(recipient-country)",
            f"not({_REGIONS}/@percentage) or {_REGIONS}/@percentage = 100",
            f"{_REGIONS}/@percentage",
        ),
        "Con una sola región en el vocabulario, el porcentaje se omite o es 100.",
        "With a single region in the vocabulary, the percentage is left out or is 100.",
        by="recipient-region",
    ),
    Rule(
        "3.6.2",
        "error",
        ACTIVITY,
        IfThen(
            _PLACE,
            "not(transaction/recipient-country or transaction/recipient-region)",
            "transaction/recipient-country | transaction/recipient-region",
        ),
        "Hay países o regiones en la actividad y también en transacciones: deje unos u otros.",
        "There are countries or regions in the activity and in transactions too: keep one.",
    ),
    Rule(
        "3.7.1",
        "error",
        ACTIVITY,
        IfThen(f"not({_PLACE})", f"transaction[{_PLACE}]"),
        "Falta dónde ocurre: declare país o región en la actividad o en todas sus transacciones.",
        "Where it happens is missing: declare country or region for the activity or for all its "
        "transactions.",
    ),
    Rule(
        "3.7.2",
        "error",
        ACTIVITY,
        IfThen(
            f"not({_PLACE})",
            f"not(transaction[not({_PLACE})])",
            f"transaction[not({_PLACE})]",
        ),
        "Esta transacción no dice país ni región, y la actividad tampoco.",
        "This transaction says neither country nor region, nor does the activity.",
    ),
    Rule(
        "12.1.1",
        "error",
        ACTIVITY,
        Between("recipient-country/@percentage | recipient-region/@percentage"),
        "El porcentaje de un país o región va de 0 a 100.",
        "The percentage of a country or region goes from 0 to 100.",
    ),
)
"""Countries and regions."""


def _currency(id_: str, within: str) -> Rule:
    return Rule(
        id_,
        "error",
        within,
        Everywhere("@default-currency", ".//value | .//forecast | .//loan-status", "@currency"),
        "Este monto no dice su moneda, y no hay moneda por defecto: ponga default-currency arriba "
        "o currency aquí.",
        "This amount does not say its currency and there is no default: set default-currency "
        "above or currency here.",
    )


MONEY: Final = (
    _currency("7.8.1", ACTIVITY),
    _currency("7.8.2", ORGANISATION),
    Rule(
        "11.2.1",
        "error",
        ACTIVITY,
        NotAfterToday("transaction/transaction-date/@iso-date"),
        "La fecha de la transacción está en el futuro: lo previsto va en planned-disbursement.",
        "The transaction's date lies in the future: what is planned goes in planned-disbursement.",
    ),
    Rule(
        "11.2.2",
        "error",
        ACTIVITY,
        NotAfterToday("transaction/value/@value-date"),
        "La fecha del valor de la transacción está en el futuro.",
        "The value date of the transaction lies in the future.",
    ),
    Rule(
        "8.6.3",
        "error",
        f"{ACTIVITY}/planned-disbursement | {ACTIVITY}/budget | {_BUDGETS}",
        InOrder(*_PERIOD),
        "El período termina antes de empezar.",
        "The period ends before it starts.",
    ),
    Rule(
        "7.5.3",
        "error",
        f"{ACTIVITY}/budget | {_BUDGETS}",
        WithinAYear(*_PERIOD),
        "El período de un presupuesto no pasa de un año: divídalo.",
        "The period of a budget is no longer than a year: split it.",
    ),
    Rule(
        "11.3.1",
        "error",
        f"{ORGANISATION}/recipient-country-budget",
        Inside("budget-line/value/@value-date", *_PERIOD),
        "La fecha del valor de la línea está fuera del período del presupuesto.",
        "The value date of the line is outside the budget's period.",
    ),
    Rule(
        "7.9.1",
        "warning",
        f"{ACTIVITY}/country-budget-items",
        Some("budget-item/@percentage"),
        "Con varias partidas, cada una lleva su porcentaje.",
        "With several budget items, each has its percentage.",
        only_if="@vocabulary and count(budget-item) > 1",
    ),
    Rule(
        "7.9.2",
        "warning",
        f"{ACTIVITY}/country-budget-items",
        AddsUpTo("budget-item/@percentage"),
        "Los porcentajes de las partidas deberían sumar 100.",
        "The percentages of the budget items should add up to 100.",
        only_if="@vocabulary and count(budget-item) > 1",
    ),
    Rule(
        "7.9.4",
        "warning",
        f"{ACTIVITY}/country-budget-items",
        IfThen(
            "@vocabulary and count(budget-item) = 1",
            "not(budget-item/@percentage) or budget-item/@percentage = 100",
            "budget-item/@percentage",
        ),
        "Con una sola partida, el porcentaje se omite o es 100.",
        "With a single budget item, the percentage is left out or is 100.",
    ),
    Rule(
        "12.2.1",
        "error",
        ACTIVITY,
        Between("capital-spend/@percentage | country-budget-items/budget-item/@percentage"),
        "El porcentaje va de 0 a 100.",
        "The percentage goes from 0 to 100.",
    ),
)
"""Currencies, budgets, transactions."""


def _value(number: str, path: str, es: str, en: str) -> tuple[Rule, Rule, Rule]:
    measured, told = f"{_MEASURED}/{path}", f"{_TOLD}/{path}"
    return (
        Rule(
            f"{number}.1",
            "error",
            measured,
            Some("@value"),
            f"{es} no tiene valor, y el indicador se mide con números: si no hay dato, quite el "
            "elemento (no ponga 0).",
            f"{en} has no value, and the indicator is measured in numbers: without data, remove "
            "the element (do not write 0).",
        ),
        Rule(
            f"{number}.2",
            "warning",
            measured,
            IfThen("@value", "number(@value) = @value", "@value"),
            f"{es} debería ser un número con punto decimal, sin separador de miles.",
            f"{en} should be a number with a decimal point and no thousands separator.",
        ),
        Rule(
            f"{number}.3",
            "warning",
            told,
            IfThen("@value", "not(@value)", "@value"),
            f"{es} de un indicador cualitativo se cuenta en <comment>: quite @value.",
            f"{en} of a qualitative indicator is told in <comment>: remove @value.",
        ),
    )


RESULTS: Final = (
    Rule(
        "8.11.1",
        "error",
        f"{ACTIVITY}/result/indicator",
        AtMostOne("reference[1] | ../reference[1]"),
        "Hay referencias en el resultado y también en su indicador: deje unas u otras.",
        "There are references in the result and in its indicator too: keep one or the other.",
    ),
    Rule(
        "8.6.1",
        "error",
        f"{ACTIVITY}/result/indicator/period",
        InOrder(*_PERIOD),
        "El período del indicador termina antes de empezar.",
        "The indicator's period ends before it starts.",
    ),
    *_value("8.8", "baseline", "La línea de base", "The baseline"),
    *_value("8.9", "period/target", "La meta", "The target"),
    *_value("8.10", "period/actual", "Lo alcanzado", "The actual"),
)
"""Results, indicators, baselines, targets and actuals."""

RULES: Final = (*PLACES, *MONEY, *RESULTS)
