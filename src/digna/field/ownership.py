"""To which partner this room's rows belong: telephones and questions stay with the installation."""

from digna.registry.ownership import PRIVATE, declare, never

_UNSETTLED = "se resuelve en la oficina que lo recibió; lo resuelto va con su ficha"

declare(
    {
        "field.installation": never("cada instalación tiene la suya"),
        "field.device": never(PRIVATE),
        "field.arrival": never(_UNSETTLED),
        "field.arrivalfile": never(_UNSETTLED),
    }
)
