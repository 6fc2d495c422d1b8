"""To which partner this room's rows belong: none of them leaves with a partner."""

from digna.registry.ownership import declare, never

_WHOLE = "El almacén de registros es del programa entero; un socio pide los suyos como archivo."

declare(
    {
        "xapi.accesskey": never("Las claves de programas no salen de la instalación."),
        "xapi.launchpass": never("Los pases duran unas horas y no salen de la instalación."),
        "xapi.statement": never(_WHOLE),
        "xapi.mention": never(_WHOLE),
        "xapi.reference": never(_WHOLE),
        "xapi.learningactivity": never(_WHOLE),
        "xapi.attachedfile": never(_WHOLE),
        "xapi.document": never(_WHOLE),
    }
)
