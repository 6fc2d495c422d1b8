"""What the interface says when it cannot do what was asked: a code, a sentence, a status."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from digna.errors import Clash, NotAllowed, NotVisible, Refused
from digna_engines.errors import Fault


class Wrong(Refused):
    """A request that does not keep to the interface."""

    status = 400


class Unknown(Refused):
    """Nobody with that key."""

    status = 401


class Changed(Refused):
    """The document is not what the program believes it to be."""

    status = 412


class TooLarge(Refused):
    """More than this installation takes at once."""

    status = 413


class NotOffered(Refused):
    """A method that this resource does not have."""

    status = 405


class Faulty(Wrong):
    """Statements that break the rules of their form, each told with its path."""

    status: ClassVar[int] = 400

    def __init__(self, faults: Sequence[Fault]) -> None:
        language = get_language() or "es"
        told = [f.message_en if language.startswith("en") else f.message_es for f in faults]
        listed = [
            {"path": f.path, "code": f.code, "message": text}
            for f, text in zip(faults, told, strict=True)
        ]
        super().__init__(
            "xapi.statement.faulty",
            _("El registro no tiene la forma que pide la especificación: %(first)s")
            % {"first": told[0]},
            faults=listed,
        )


def parameter(name: str, why: str = "") -> Wrong:
    """A parameter that is missing, unknown or badly written."""
    return Wrong(
        "xapi.request.parameter",
        _("El parámetro «%(name)s» falta, sobra o está mal escrito. %(why)s")
        % {"name": name, "why": why},
    )


def header(name: str) -> Wrong:
    """A header that is missing or badly written."""
    return Wrong(
        "xapi.request.header",
        _("La cabecera «%(name)s» falta o está mal escrita.") % {"name": name},
    )


def body(why: str = "") -> Wrong:
    """A body that cannot be read."""
    return Wrong(
        "xapi.request.body", _("El contenido enviado no se puede leer. %(why)s") % {"why": why}
    )


def unknown() -> Unknown:
    """No key, or one that is not good."""
    return Unknown(
        "xapi.key.unknown",
        _("La clave no existe, fue retirada o venció. Pida otra a quien dirige el programa."),
    )


def beyond() -> NotAllowed:
    """A key that does not reach that far."""
    return NotAllowed("xapi.key.beyond", _("Esa clave no permite hacer esto."))


def not_there() -> NotVisible:
    """Nothing of that name, or not for this key."""
    return NotVisible("xapi.not_found", _("No hay nada con ese identificador."))


def clash(code: str, message: str) -> Clash:
    """Somebody kept something else under that name first."""
    return Clash(code, message)


def details_of(problem: Any) -> dict[str, Any]:
    """Return what a program is told of a problem."""
    told = {"code": problem.code, "message": str(problem.message)}
    if "faults" in problem.details:
        told["faults"] = problem.details["faults"]
    return told
