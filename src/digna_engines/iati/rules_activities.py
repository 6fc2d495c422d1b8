"""Rules about what an activity says of itself: names, languages, dates, sectors, markers."""

from typing import Final

from digna_engines.iati.forms import (
    AddsUpTo,
    AtMostOne,
    Between,
    Everywhere,
    IfThen,
    InOrder,
    NotAfterToday,
    Some,
    in_vocabulary,
)
from digna_engines.iati.judging import Rule
from digna_engines.iati.rules_identifiers import (
    ACTIVITY,
    ORGANISATION,
    OWNER,
    PARTICIPANT,
    PROVIDER,
    RECEIVER,
)

_SECTORS: Final = in_vocabulary("sector")
_DAC: Final = "[string(@vocabulary) = '' or @vocabulary = '1']"
_OWN: Final = "sector[@vocabulary = '98' or @vocabulary = '99']"


def _named(id_: str, within: str, es: str, en: str) -> Rule:
    return Rule(
        id_,
        "error",
        within,
        Some("@ref | narrative"),
        f"{es} no tiene ni identificador (@ref) ni nombre (<narrative>): ponga uno de los dos.",
        f"{en} has neither an identifier (@ref) nor a name (<narrative>): give one of them.",
    )


def _language(id_: str, within: str) -> Rule:
    return Rule(
        id_,
        "error",
        within,
        Everywhere("@xml:lang", ".//narrative", "@xml:lang"),
        "Este texto no dice su idioma, y no hay idioma por defecto: ponga xml:lang arriba o aquí.",
        "This text does not say its language and there is no default: set xml:lang above or here.",
    )


NAMES: Final = (
    Rule(
        "4.3.1",
        "error",
        "//title",
        Some("narrative[normalize-space()]"),
        "El título está vacío: escriba su texto en <narrative>.",
        "The title is empty: write its text in <narrative>.",
    ),
    Rule(
        "4.4.1",
        "error",
        "//description",
        Some("narrative[normalize-space()]"),
        "La descripción está vacía: escriba su texto en <narrative> o quítela.",
        "The description is empty: write its text in <narrative> or remove it.",
    ),
    _language("4.1.1", ACTIVITY),
    _language("4.5.1", ORGANISATION),
    _named("6.8.1", OWNER, "La organización dueña", "The owner organisation"),
    _named("6.9.1", PROVIDER, "Quien entrega los fondos", "The provider"),
    _named("6.9.2", RECEIVER, "Quien recibe los fondos", "The receiver"),
    _named("6.10.1", PARTICIPANT, "La organización participante", "The participating organisation"),
)
"""Names and languages."""

DATES: Final = (
    Rule(
        "6.11.1",
        "error",
        ACTIVITY,
        Some("activity-date[@type='1' or @type='2']"),
        "Falta la fecha de inicio, prevista (type 1) o real (type 2).",
        "The start date is missing, planned (type 1) or actual (type 2).",
    ),
    Rule(
        "11.1.1",
        "error",
        ACTIVITY,
        NotAfterToday("@last-updated-datetime"),
        "La última actualización de la actividad está en el futuro.",
        "The activity's last update lies in the future.",
    ),
    Rule(
        "11.4.1",
        "error",
        ORGANISATION,
        NotAfterToday("@last-updated-datetime"),
        "La última actualización de la organización está en el futuro.",
        "The organisation's last update lies in the future.",
    ),
    Rule(
        "11.1.2",
        "error",
        ACTIVITY,
        InOrder("activity-date[@type='1']/@iso-date", "activity-date[@type='3']/@iso-date"),
        "El fin previsto es anterior al inicio previsto.",
        "The planned end is before the planned start.",
    ),
    Rule(
        "11.1.3",
        "error",
        ACTIVITY,
        InOrder("activity-date[@type='2']/@iso-date", "activity-date[@type='4']/@iso-date"),
        "El fin real es anterior al inicio real.",
        "The actual end is before the actual start.",
    ),
    Rule(
        "11.1.4",
        "error",
        ACTIVITY,
        NotAfterToday("activity-date[@type='2']/@iso-date"),
        "El inicio real está en el futuro: si aún no empezó, publíquelo como previsto (type 1).",
        "The actual start lies in the future: if not begun, publish it as planned (type 1).",
    ),
    Rule(
        "11.1.5",
        "error",
        ACTIVITY,
        NotAfterToday("activity-date[@type='4']/@iso-date"),
        "El fin real está en el futuro: si aún no terminó, publíquelo como previsto (type 3).",
        "The actual end lies in the future: if not over, publish it as planned (type 3).",
    ),
)
"""Dates of activities and organisations."""

SECTORS: Final = (
    Rule(
        "6.2.2",
        "error",
        ACTIVITY,
        Some("sector | transaction/sector"),
        "Falta el sector: declárelo en la actividad o en todas sus transacciones.",
        "The sector is missing: declare it for the activity or for all its transactions.",
    ),
    Rule(
        "6.7.2",
        "error",
        ACTIVITY,
        Everywhere("sector", "transaction", "sector"),
        "Esta transacción no dice su sector, y la actividad tampoco.",
        "This transaction does not say its sector, nor does the activity.",
    ),
    Rule(
        "6.6.2",
        "error",
        ACTIVITY,
        IfThen("sector", "not(transaction/sector)", "transaction/sector"),
        "Hay sectores en la actividad y también en transacciones: deje unos u otros.",
        "There are sectors in the activity and in transactions too: keep one or the other.",
    ),
    Rule(
        "2.1.1",
        "error",
        ACTIVITY,
        IfThen(
            f"count({_SECTORS}) > 1",
            f"count({_SECTORS}) = count({_SECTORS}/@percentage)",
            f"{_SECTORS}[not(@percentage)]",
        ),
        "Con varios sectores de un mismo vocabulario, cada uno lleva su porcentaje.",
        "With several sectors of one vocabulary, each has its percentage.",
        by="sector",
    ),
    Rule(
        "2.1.2",
        "error",
        ACTIVITY,
        AddsUpTo(f"{_SECTORS}/@percentage"),
        "Los porcentajes de los sectores de un vocabulario deben sumar exactamente 100.",
        "The percentages of the sectors of a vocabulary must add up to exactly 100.",
        only_if=f"count({_SECTORS}/@percentage) > 1",
        by="sector",
    ),
    Rule(
        "2.1.4",
        "error",
        ACTIVITY,
        IfThen(
            f"count({_SECTORS}) = 1",
            f"not({_SECTORS}/@percentage) or {_SECTORS}/@percentage = 100",
            f"{_SECTORS}/@percentage",
        ),
        "Con un solo sector en el vocabulario, el porcentaje se omite o es 100.",
        "With a single sector in the vocabulary, the percentage is left out or is 100.",
        by="sector",
    ),
    Rule(
        "2.2.1",
        "error",
        ACTIVITY,
        IfThen(_OWN, f"count({_OWN}/narrative) >= count({_OWN})", f"{_OWN}[not(narrative)]"),
        "Un sector de vocabulario propio (98 o 99) debe llevar su nombre en <narrative>.",
        "A sector of one's own vocabulary (98 or 99) must have its name in <narrative>.",
    ),
    Rule(
        "102.1.1",
        "warning",
        ACTIVITY,
        IfThen("sector", f"sector{_DAC}", "sector"),
        "Junto a otros vocabularios, declare también el sector del CAD de la OCDE (vocabulario 1).",
        "Beside other vocabularies, declare the OECD DAC sector (vocabulary 1) too.",
    ),
    Rule(
        "12.3.1",
        "error",
        ACTIVITY,
        Between("sector/@percentage"),
        "El porcentaje de un sector va de 0 a 100.",
        "The percentage of a sector goes from 0 to 100.",
    ),
)
"""Sectors: there, at one level only, with percentages that add up."""

CLASSES: Final = (
    Rule(
        "6.14.1",
        "error",
        f"{ACTIVITY}/policy-marker",
        Some("@significance"),
        "Un marcador de política del CAD (vocabulario 1) debe decir su significación.",
        "A policy marker of the DAC (vocabulary 1) must say its significance.",
        only_if="string(@vocabulary) = '' or @vocabulary = '1'",
    ),
    Rule(
        "6.13.1",
        "error",
        f"{ACTIVITY}/policy-marker",
        Some("narrative"),
        "Un marcador de política propio (vocabulario 99) debe llevar su nombre en <narrative>.",
        "A policy marker of one's own (vocabulary 99) must have its name in <narrative>.",
        only_if="@vocabulary = '99'",
    ),
    Rule(
        "107.1.1",
        "warning",
        ACTIVITY,
        IfThen("default-aid-type", f"default-aid-type{_DAC}", "default-aid-type"),
        "Junto a otros vocabularios, declare también el tipo de ayuda del CAD (vocabulario 1).",
        "Beside other vocabularies, declare the DAC's aid type (vocabulary 1) too.",
    ),
    Rule(
        "107.1.2",
        "warning",
        ACTIVITY,
        AtMostOne(in_vocabulary("default-aid-type")),
        "Hay más de un tipo de ayuda por defecto de un mismo vocabulario: deje uno.",
        "There is more than one default aid type of one vocabulary: keep one.",
        by="default-aid-type",
    ),
    Rule(
        "107.2.1",
        "warning",
        ACTIVITY,
        IfThen("transaction/aid-type", f"transaction/aid-type{_DAC}", "transaction/aid-type"),
        "Las transacciones deberían llevar también un tipo de ayuda del CAD (vocabulario 1).",
        "Transactions should have an aid type of the DAC (vocabulary 1) too.",
    ),
    Rule(
        "107.2.2",
        "warning",
        f"{ACTIVITY}/transaction",
        AtMostOne(in_vocabulary("aid-type")),
        "La transacción tiene más de un tipo de ayuda de un mismo vocabulario: deje uno.",
        "The transaction has more than one aid type of one vocabulary: keep one.",
        by="aid-type",
    ),
)
"""Policy markers and aid types."""

RULES: Final = (*NAMES, *DATES, *SECTORS, *CLASSES)
