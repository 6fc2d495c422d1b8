"""Rules about identifiers: of activities, organisations, and those that they name."""

from typing import Final

from digna_engines.iati.forms import (
    Distinct,
    FreeOf,
    FromAgency,
    StartsWith,
    Trimmed,
)
from digna_engines.iati.judging import Rule

ACTIVITY: Final = "/iati-activities/iati-activity"
ORGANISATION: Final = "/iati-organisations/iati-organisation"
PROVIDER: Final = (
    f"{ACTIVITY}/transaction/provider-org | {ACTIVITY}/planned-disbursement/provider-org"
)
RECEIVER: Final = (
    f"{ACTIVITY}/transaction/receiver-org | {ACTIVITY}/planned-disbursement/receiver-org"
)
OWNER: Final = f"{ACTIVITY}/other-identifier/owner-org"
PARTICIPANT: Final = f"{ACTIVITY}/participating-org"


def _blanks(id_: str, within: str, path: str, es: str, en: str) -> Rule:
    return Rule(
        id_,
        "warning",
        within,
        Trimmed(path),
        f"{es} empieza o termina con espacios o saltos de línea: quítelos.",
        f"{en} begins or ends with blanks or line breaks: remove them.",
    )


def _symbols(id_: str, within: str, path: str, es: str, en: str) -> Rule:
    return Rule(
        id_,
        "warning",
        within,
        FreeOf(path),
        f"{es} lleva alguno de los signos / & | ?, que no se admiten.",
        f"{en} has one of the symbols / & | ?, which are not allowed.",
    )


def _agency(id_: str, within: str) -> Rule:
    return Rule(
        id_,
        "warning",
        within,
        FromAgency("reporting-org/@ref"),
        "El identificador de quien reporta debe empezar con un registro aprobado (XM-DAC, …).",
        "The reporting organisation's identifier must begin with an approved agency (XM-DAC, …).",
    )


RULES: Final = (
    Rule(
        "1.1.3",
        "error",
        ACTIVITY,
        Distinct("reporting-org/@ref | iati-identifier"),
        "La actividad lleva el mismo identificador que la organización que la reporta: "
        "agregue un guion y un código propio.",
        "The activity has the identifier of the organisation that reports it: "
        "add a hyphen and a code of its own.",
    ),
    Rule(
        "1.1.21",
        "warning",
        ACTIVITY,
        StartsWith("iati-identifier", "reporting-org/@ref | other-identifier[@type='B1']/@ref"),
        "El identificador de la actividad debería empezar con el de quien reporta y un guion.",
        "The activity's identifier should begin with the reporting organisation's and a hyphen.",
    ),
    _agency("1.14.8", ACTIVITY),
    _agency("1.18.8", ORGANISATION),
    _symbols(
        "1.3.13", ACTIVITY, "iati-identifier",
        "El identificador de la actividad", "The activity's identifier",
    ),
    _symbols(
        "1.14.13", ACTIVITY, "reporting-org/@ref",
        "El identificador de quien reporta", "The reporting organisation's identifier",
    ),
    _symbols(
        "1.11.13", OWNER, "@ref",
        "El identificador de la organización dueña", "The owner organisation's identifier",
    ),
    _symbols(
        "1.10.13", PROVIDER, "@ref",
        "El identificador de quien entrega los fondos", "The provider's identifier",
    ),
    _symbols(
        "1.15.13", RECEIVER, "@ref",
        "El identificador de quien recibe los fondos", "The receiver's identifier",
    ),
    _symbols(
        "1.8.13", PARTICIPANT, "@ref",
        "El identificador de la organización participante", "The participant's identifier",
    ),
    _symbols(
        "1.12.13", ORGANISATION, "organisation-identifier",
        "El identificador de la organización", "The organisation's identifier",
    ),
    _symbols(
        "1.18.13", ORGANISATION, "reporting-org/@ref",
        "El identificador de quien reporta", "The reporting organisation's identifier",
    ),
    _blanks(
        "1.3.1", ACTIVITY, "iati-identifier",
        "El identificador de la actividad", "The activity's identifier",
    ),
    _blanks(
        "1.14.1", ACTIVITY, "reporting-org/@ref",
        "El identificador de quien reporta", "The reporting organisation's identifier",
    ),
    _blanks(
        "1.16.1", ACTIVITY, "other-identifier[@type='B1']/@ref",
        "El identificador anterior de la organización", "The organisation's previous identifier",
    ),
    _blanks(
        "1.6.1", ACTIVITY, "other-identifier[@type='A3']/@ref",
        "El identificador anterior de la actividad", "The activity's previous identifier",
    ),
    _blanks(
        "1.7.1", ACTIVITY, "related-activity/@ref",
        "El identificador de la actividad relacionada", "The related activity's identifier",
    ),
    _blanks(
        "1.11.1", OWNER, "@ref",
        "El identificador de la organización dueña", "The owner organisation's identifier",
    ),
    _blanks(
        "1.10.1", PROVIDER, "@ref",
        "El identificador de quien entrega los fondos", "The provider's identifier",
    ),
    _blanks(
        "1.4.1", PROVIDER, "@provider-activity-id",
        "La actividad de quien entrega los fondos", "The provider's activity",
    ),
    _blanks(
        "1.15.1", RECEIVER, "@ref",
        "El identificador de quien recibe los fondos", "The receiver's identifier",
    ),
    _blanks(
        "1.5.1", RECEIVER, "@receiver-activity-id",
        "La actividad de quien recibe los fondos", "The receiver's activity",
    ),
    _blanks(
        "1.8.1", PARTICIPANT, "@ref",
        "El identificador de la organización participante", "The participant's identifier",
    ),
    _blanks(
        "1.9.1", PARTICIPANT, "@activity-id",
        "La actividad de la organización participante", "The participant's activity",
    ),
    _blanks(
        "1.12.1", ORGANISATION, "organisation-identifier",
        "El identificador de la organización", "The organisation's identifier",
    ),
    _blanks(
        "1.17.1", ORGANISATION, "recipient-org-budget/recipient-org/@ref",
        "El identificador de la organización destinataria", "The recipient's identifier",
    ),
    _blanks(
        "1.18.1", ORGANISATION, "reporting-org/@ref",
        "El identificador de quien reporta", "The reporting organisation's identifier",
    ),
)  # fmt: skip
"""Identifiers: different from each other, well begun, without blanks or symbols."""
