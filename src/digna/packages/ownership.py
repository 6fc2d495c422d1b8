"""To which partner this room's rows belong: packages go whole, attempts with their person."""

from digna.registry.ownership import REFERENCE, declare, follows, never

declare(
    {
        "packages.package": REFERENCE,
        "packages.packageversion": REFERENCE,
        "packages.packageattempt": follows("person"),
        "packages.partprogress": follows("attempt"),
        "packages.unitsession": never("Las sesiones de reproducción no salen de la instalación."),
    }
)
