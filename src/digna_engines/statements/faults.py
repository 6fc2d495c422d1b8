"""The rules a statement can break, each as a sentence in both languages."""

from typing import Any

from digna_engines.errors import Fault

RULES: dict[str, tuple[str, str]] = {
    "object": ("tiene que ser un objeto JSON", "must be a JSON object"),
    "list": ("tiene que ser una lista", "must be a list"),
    "text": ("tiene que ser texto", "must be a string"),
    "number": ("tiene que ser un número", "must be a number"),
    "whole": ("tiene que ser un número entero, cero o más", "must be a whole number, zero or more"),
    "boolean": ("tiene que ser verdadero o falso", "must be true or false"),
    "null": ("no puede ser nulo", "must not be null"),
    "missing": ("falta", "is missing"),
    "unknown": ("no es una propiedad conocida", "is not a known property"),
    "iri": ("tiene que ser un IRI completo, con esquema", "must be a full IRI with a scheme"),
    "uuid": ("tiene que ser un UUID", "must be a UUID"),
    "when": ("tiene que ser una fecha y hora ISO 8601", "must be an ISO 8601 date and time"),
    "duration": ("tiene que ser una duración ISO 8601", "must be an ISO 8601 duration"),
    "language": ("tiene que ser un código de idioma RFC 5646", "must be an RFC 5646 language tag"),
    "version": ("tiene que ser una versión 1.0", "must be a 1.0 version"),
    "mailbox": ("tiene que ser mailto: y un correo", "must be mailto: and an address"),
    "sha1": ("tiene que ser un SHA-1 en hexadecimal", "must be a hexadecimal SHA-1"),
    "sha2": ("tiene que ser un SHA-2", "must be a SHA-2"),
    "media": ("tiene que ser un tipo de contenido", "must be a media type"),
    "one_identifier": (
        "lleva exactamente un identificador (mbox, mbox_sha1sum, openid o account)",
        "bears exactly one identifier (mbox, mbox_sha1sum, openid or account)",
    ),
    "kind": ("no es un tipo permitido aquí", "is not a type allowed here"),
    "two_members": (
        "una autoridad en grupo lleva exactamente dos miembros",
        "a group as authority has exactly two members",
    ),
    "range": ("se sale de sus límites", "is out of its limits"),
    "interaction": ("pide un interactionType que la use", "needs an interactionType that uses it"),
    "twice": ("repite un identificador", "repeats an identifier"),
    "no_space": ("no lleva espacios", "must not hold spaces"),
    "needs_activity": (
        "solo vale si el objeto es una actividad",
        "only with an Activity as object",
    ),
    "void_what": (
        "una anulación apunta con StatementRef a lo que anula",
        "a voiding statement points with a StatementRef to what it voids",
    ),
}


class Faults:
    """Collects what is wrong, in the order found."""

    def __init__(self) -> None:
        self.found: list[Fault] = []

    def add(self, path: str, rule: str) -> None:
        """Note that what is at ``path`` breaks ``rule``."""
        spanish, english = RULES[rule]
        self.found.append(
            Fault(path, f"statements.{rule}", f"{path} {spanish}.", f"{path} {english}.")
        )


def is_number(value: Any) -> bool:
    """Whether a JSON value is a number: true and false are not.

    >>> is_number(1.5), is_number(True)
    (True, False)
    """
    return isinstance(value, int | float) and not isinstance(value, bool)
